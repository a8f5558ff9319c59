/* bp-menu.h: menus that are built when they are wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Gives @button the menu @model, whose widgets are made when it is opened for the first time and not when the
 *  window is. */
void bp_menu_button_set_menu (GtkMenuButton *button,
                              GMenuModel    *model);

G_END_DECLS
