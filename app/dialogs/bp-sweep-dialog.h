/* bp-sweep-dialog.h: asks for a setting and its values, runs them and keeps the runs as reference runs
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
 * Returns: a window over @parent, which closes when the runs are done. Closing it before cancels them and keeps none.
 * The caller presents it.
 */
GtkWidget *bp_sweep_dialog_new (GtkWindow *parent,
                                BpRun     *run);

G_END_DECLS
