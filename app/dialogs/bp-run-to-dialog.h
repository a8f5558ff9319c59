/* bp-run-to-dialog.h: asks for an iteration and moves the run to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

/** Returns: a dialog over @parent that runs @run to an iteration, or seeks back to one; the caller presents it */
GtkWidget *bp_run_to_dialog_new (GtkWindow *parent,
                                 BpRun     *run);

G_END_DECLS
