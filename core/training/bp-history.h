/* bp-history.h: the series of a run, to plot, and its checkpoints, to go back to
 *
 * Both are bounded for any length of the run: when they are full, every other checkpoint is dropped, as a series merges
 * its buckets in pairs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-series.h"

G_BEGIN_DECLS

typedef struct _BpHistory BpHistory;

/** @n_parameters: how many parameters series are kept for: all up to 16, none of the others */
BpHistory *bp_history_new (gsize n_parameters);

void bp_history_free (BpHistory *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpHistory, bp_history_free)

/** Loss of the batch before the update; value i belongs to iteration i + 1. */
BpSeries *bp_history_get_loss (BpHistory *history);

/** Parameter @index; value i is the one after i iterations, value 0 the initial one. NULL beyond the sixteenth. */
BpSeries *bp_history_get_parameter (BpHistory *history,
                                    gsize      index);

/** How many checkpoints there are. @stride: (out): iterations from one to the next; the first is at 0. */
guint bp_history_get_n_checkpoints (BpHistory *history,
                                    gint64    *stride);

/** All parameters at checkpoint @index. Returns: (transfer none) (array) */
const double *bp_history_get_checkpoint_parameters (BpHistory *history,
                                                    guint      index);

G_END_DECLS
