/* bp-run-to-dialog.h: asks for an iteration and takes the run there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

/** A dialog over @parent that runs on to an iteration, or goes back to one. */
GtkWidget *bp_run_to_dialog_new (GtkWindow *parent,
                                 BpRun     *run);

G_END_DECLS
