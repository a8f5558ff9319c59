/* bp-theme.h: light, dark, or as the system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * bp_theme_install:
 *
 * Adds the action "theme", whose state is an AdwColorScheme: "default", "force-light" or "force-dark". What is chosen
 * is remembered for the next start.
 */
void bp_theme_install (GtkApplication *application);

G_END_DECLS
