/* bp-sweep-dialog.h: asks what to vary, runs it all at once and keeps the runs to compare with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "dialogs/bp-sweep.h"

G_BEGIN_DECLS

/**
 * bp_sweep_dialog_new:
 *
 * A window over @parent. It closes when the runs are done; closing or cancelling it before stops them, and none is
 * kept. Presenting it is the caller's.
 */
GtkWidget *bp_sweep_dialog_new (GtkWindow *parent,
                                BpRun     *run);

G_END_DECLS
