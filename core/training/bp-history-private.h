/* bp-history-private.h: recording and checkpoints, for the trainer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-history.h"
#include "experiment/bp-optimizer.h"

G_BEGIN_DECLS

/** Numbers of a checkpoint for each parameter: its value, its gradient and the optimizer's slots. */
#define BP_CHECKPOINT_NUMBERS (2 + BP_OPTIMIZER_MAX_SLOTS)

/** How many parameters series are kept for, at most. */
#define BP_HISTORY_MAX_SERIES 16

/** Records the end of @iteration (from 1), unless it is recorded already. */
void bp_history_record (BpHistory    *history,
                        gint64        iteration,
                        double        loss,
                        const double *parameters);

/**
 * bp_history_record_run:
 * @iteration: the first of them, from 1
 * @losses: (array length=n_iterations):
 * @parameters: the values of each parameter that has a series; parameter i begins at i · @stride
 *
 * Records the ends of @n_iterations iterations, as bp_history_record() does.
 */
void bp_history_record_run (BpHistory    *history,
                            gint64        iteration,
                            gsize         n_iterations,
                            const double *losses,
                            const double *parameters,
                            gsize         stride);

/** The parameters' part alone: the initial values are those after iteration 0. */
void bp_history_record_parameters (BpHistory    *history,
                                   gint64        iteration,
                                   const double *parameters);

/** Up to which iteration all series are recorded. */
gint64 bp_history_get_recorded (BpHistory *history);

/** Drops all after @iteration. Series may lose some values before it too, which a replay records again. */
void bp_history_truncate (BpHistory *history,
                          gint64     iteration);

/** After how many iterations the next checkpoint is due. */
gint64 bp_history_get_next_checkpoint (BpHistory *history);

/** Adds the checkpoint that is due. Returns: where to write its numbers */
double *bp_history_add_checkpoint (BpHistory *history);

/** The last checkpoint at or before @iteration; @found: (out) (optional): its iteration. */
double *bp_history_get_checkpoint (BpHistory *history,
                                   gint64     iteration,
                                   gint64    *found);

G_END_DECLS
