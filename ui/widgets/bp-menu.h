/* bp-menu.h: menus whose widgets are built when first opened
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Sets the menu of @button to @model. Its widgets are built when it is first opened, so that the window opens
 *  sooner. */
void bp_menu_button_set_menu (GtkMenuButton *button,
                              GMenuModel    *model);

G_END_DECLS
