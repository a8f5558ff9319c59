/* bp-help.h: how to read and use the window, and what to look at in each experiment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BP_TYPE_HELP (bp_help_get_type ())
G_DECLARE_FINAL_TYPE (BpHelp, bp_help, BP, HELP, AdwWindow)

/** Shows it in a window of its own beside @parent, which stays usable. Each parent has one, which closes with
 *  it. */
void bp_help_present (GtkWindow *parent);

G_END_DECLS
