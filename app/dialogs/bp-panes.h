/* bp-panes.h: the parts of a dialog beside each other, or one below the other where it is narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Lets the children of @box, which is not in a window yet, stand below each other as long as the window is narrow. */
void bp_panes_stack_when_narrow (GtkWidget *box);

G_END_DECLS
