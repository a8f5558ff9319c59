/* bp-sample-dialog.h: asks which samples are fed in the iteration at the cursor
 *
 * Those that are drawn, some by their numbers, or one whose values are typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

/** Returns: a dialog over @parent for @run, which can choose a batch; the caller presents it */
GtkWidget *bp_sample_dialog_new (GtkWindow *parent,
                                 BpRun     *run);

G_END_DECLS
