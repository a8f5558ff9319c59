/* bp-kept-runs-dialog.h: the runs that are kept to compare with, to be removed or computed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

/** A dialog over @parent that follows @run. Presenting it is the caller's. */
GtkWidget *bp_kept_runs_dialog_new (GtkWindow *parent,
                                    BpRun     *run);

G_END_DECLS
