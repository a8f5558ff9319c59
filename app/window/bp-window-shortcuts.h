/* bp-window-shortcuts.h: the window of shortcuts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A GtkShortcutsWindow with every key, for gtk_application_window_set_help_overlay(). */
GtkWidget *bp_window_shortcuts_new (void);

G_END_DECLS
