/* bp-program.h: a graph's train step as a flat list of instructions (private to the trainer)
 *
 * Besides the instructions it knows, as a pure function of how many of them are executed, which numbers are there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-trainer.h"

G_BEGIN_DECLS

/**
 * BpProgram:
 * @batch_size: the batch it is compiled for
 * @columns: the dataset's column of each placeholder
 * @rows: the rows of the batch last fed
 * @batch: room for one placeholder's batch
 * @scratch: (nullable): a second session on the same graph, for questions that must not disturb the first
 * @value_at: for each node, how many instructions must be executed before its value is there
 * @contributions: for each node, where the contributions to its gradient come in: a slice of @contribution_at
 */
typedef struct {
  gsize          batch_size;
  BpGraph       *graph;
  BpSession     *session;
  BpSession     *scratch;
  BpInstruction *instructions;
  guint          n_instructions;
  guint         *columns;
  gsize         *rows;
  double        *batch;
  guint         *value_at;
  guint         *contributions;
  guint         *contribution_at;
  gboolean       has_evaluation;
} BpProgram;

/** Builds the graph of @experiment for @batch_size and compiles it; @dataset supplies the placeholders. */
BpProgram *bp_program_new (const BpExperiment *experiment,
                           BpDataset          *dataset,
                           gsize               batch_size,
                           GError            **error);

void bp_program_free (BpProgram *program);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpProgram, bp_program_free)

/** Whether @node has its value once @n_executed instructions are executed. */
gboolean bp_program_has_value (const BpProgram *program,
                               guint            node,
                               guint            n_executed);

/** How many contributions to the gradient of @node are in by then; @n_total: (out) (optional): of how many. */
guint bp_program_get_n_contributions (const BpProgram *program,
                                      guint            node,
                                      guint            n_executed,
                                      guint           *n_total);

/** The number of instructions executed at the end of the phase that instruction @index belongs to. */
guint bp_program_get_phase_end (const BpProgram *program,
                                guint            index);

/** The number of instructions before the phase that instruction @index belongs to. */
guint bp_program_get_phase_start (const BpProgram *program,
                                  guint            index);

/** Feeds the batch of @iteration (from 0) of @dataset. */
void bp_program_feed (BpProgram *program,
                      BpDataset *dataset,
                      gint64     iteration);

/** The loss of the batch last fed at the parameters of the session as they are now, leaving the session alone. */
double bp_program_get_loss_now (BpProgram *program);

G_END_DECLS
