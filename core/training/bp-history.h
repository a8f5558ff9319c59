/* bp-history.h: the series of a run, to plot, and its checkpoints, to go back to
 *
 * Both are bounded for any length of the run: when they are full, every other checkpoint is dropped, as a series merges
 * its buckets in pairs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-optimizer.h"
#include "training/bp-series.h"

G_BEGIN_DECLS

/** How many parameters series are kept for, at most. */
#define BP_HISTORY_MAX_SERIES 16

/** Numbers of a checkpoint for each parameter: its value, its gradient and the optimizer's slots. */
#define BP_CHECKPOINT_NUMBERS (2 + BP_OPTIMIZER_MAX_SLOTS)

typedef struct _BpHistory BpHistory;

/**
 * bp_history_new:
 * @n_parameters: how many the run has; the first BP_HISTORY_MAX_SERIES get a series
 * @n_variables: how many tensors they are the elements of
 */
BpHistory *bp_history_new (gsize n_parameters,
                           guint n_variables);

void bp_history_free (BpHistory *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpHistory, bp_history_free)

/** Loss of the batch before the update; value i belongs to iteration i + 1. */
BpSeries *bp_history_get_loss (BpHistory *history);

/** Parameter @index; value i is the one after i iterations, value 0 the initial one. NULL where there is no series. */
BpSeries *bp_history_get_parameter (BpHistory *history,
                                    gsize      index);

/** How many checkpoints there are. @stride: (out): iterations from one to the next; the first is at 0. */
guint bp_history_get_n_checkpoints (BpHistory *history,
                                    gint64    *stride);

/** All parameters at checkpoint @index. Returns: (transfer none) (array) */
const double *bp_history_get_checkpoint_parameters (BpHistory *history,
                                                    guint      index);

/** Of each variable the sum of the squares of its gradient in the iteration that checkpoint @index ends; without
 *  meaning at the first, which no iteration precedes. Returns: (transfer none) (array) */
const double *bp_history_get_checkpoint_squares (BpHistory *history,
                                                 guint      index);

/* Recording, for the trainer */

/**
 * bp_history_record:
 * @iteration: the first of them, from 1; 0 for the initial values, which have no loss
 * @losses: (nullable) (array length=n_iterations):
 * @parameters: the values of each parameter that has a series; parameter i begins at i · @stride
 *
 * Records the ends of @n_iterations iterations, except those that are recorded already.
 */
void bp_history_record (BpHistory    *history,
                        gint64        iteration,
                        gsize         n_iterations,
                        const double *losses,
                        const double *parameters,
                        gsize         stride);

/** Up to which iteration all series are recorded. */
gint64 bp_history_get_recorded (BpHistory *history);

/** Drops all after @iteration. Series may lose some values before it too, which a replay records again. */
void bp_history_truncate (BpHistory *history,
                          gint64     iteration);

/** After how many iterations the next checkpoint is due. */
gint64 bp_history_get_next_checkpoint (BpHistory *history);

/** Adds the checkpoint that is due. Returns: where to write its numbers, BP_CHECKPOINT_NUMBERS for each parameter and
 *  then the squares of each variable */
double *bp_history_add_checkpoint (BpHistory *history);

/** The last checkpoint at or before @iteration; @found: (out): its iteration. */
double *bp_history_get_checkpoint (BpHistory *history,
                                   gint64     iteration,
                                   gint64    *found);

G_END_DECLS
