/* bp-kept-runs-dialog.h: lists the reference runs, to remove or compute them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

/** Returns: a dialog over @parent that follows @run; the caller presents it */
GtkWidget *bp_kept_runs_dialog_new (GtkWindow *parent,
                                    BpRun     *run);

G_END_DECLS
