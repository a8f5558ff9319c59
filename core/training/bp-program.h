/* bp-program.h: a graph's train step as a flat list of instructions (private to the trainer)
 *
 * Besides the instructions it knows, as a pure function of how many of them are executed, which numbers are there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-trainer.h"

G_BEGIN_DECLS

/** The most iterations that are executed in one go. */
#define BP_MAX_RUN 128

/** A column of the dataset, and the elements of a placeholder. */
typedef struct {
  const double *column;
  double       *values;
} BpFeed;

/**
 * BpProgram:
 * @batch_size: the batch it is compiled for
 * @feeds: where each placeholder's numbers come from and go to
 * @rows: the rows of the batch last fed, within @run_rows
 * @run_length: how many iterations may be executed in one go
 * @run_rows: room for the rows of their batches
 * @work: about how many nanoseconds an iteration takes
 * @evaluation_work: about how many the evaluation branch takes
 * @other_work: about how many feed, the seed or an update take at most
 * @scratch: (nullable): a second session on the same graph, for questions that must not disturb the first
 * @scratch_node: up to which node it has computed what the first would now, see bp_program_get_loss_now()
 * @scratch_part: and which part of that node
 * @value_at: for each node, how many instructions must be executed before its value is there
 * @contributions: for each node, where the contributions to its gradient come in: a slice of @contribution_at
 */
typedef struct {
  gsize          batch_size;
  BpGraph       *graph;
  BpSession     *session;
  BpSession     *scratch;
  guint          scratch_node;
  gsize          scratch_part;
  BpInstruction *instructions;
  guint          n_instructions;
  BpFeed        *feeds;
  guint          n_feeds;
  const gsize   *rows;
  gsize          run_length;
  gsize         *run_rows;
  guint         *value_at;
  guint         *contributions;
  guint         *contribution_at;
  guint64        work;
  guint64        evaluation_work;
  gsize          other_work;
} BpProgram;

/** What a program of @graph takes, its two sessions included. */
gsize bp_program_get_n_bytes (BpGraph *graph,
                              gsize    batch_size);

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

/** Feeds the batch that consists of @rows, which must stay in place until another is fed. */
static inline void
bp_program_feed_rows (BpProgram   *program,
                      const gsize *rows)
{
  const BpFeed *feeds = program->feeds;
  const guint n_feeds = program->n_feeds;

  program->rows = rows;
  if (program->batch_size == 1)
    for (guint i = 0; i < n_feeds; i++)
      feeds[i].values[0] = feeds[i].column[rows[0]];
  else
    for (guint i = 0; i < n_feeds; i++)
      for (gsize j = 0; j < program->batch_size; j++)
        feeds[i].values[j] = feeds[i].column[rows[j]];
}

/** The loss of the batch last fed at the parameters of the session as they are now, leaving the session alone. */
double bp_program_get_loss_now (BpProgram *program);

/** A piece of the work that this takes. Returns: how much it was; 0 when it is done */
gsize bp_program_continue_loss_now (BpProgram *program);

/** To be called when values of the session have changed. */
static inline void
bp_program_forget_loss_now (BpProgram *program)
{
  program->scratch_node = 0;
  program->scratch_part = 0;
}

G_END_DECLS
