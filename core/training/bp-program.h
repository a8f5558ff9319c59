/* bp-program.h: the train step for one batch size (private to the trainer)
 *
 * A session with the instructions, the columns that feed it, and which of its numbers are computed after how many
 * instructions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "session/bp-session-step.h"
#include "training/bp-trainer.h"

G_BEGIN_DECLS

/** How many operations (bp-work.h) a piece of work takes: several iterations at full speed, or an instruction. */
#define BP_PIECE (1 << 22)

/** The most iterations that are executed in one go. */
#define BP_MAX_RUN 128

/** A column of the dataset, and the elements of a placeholder that it feeds: every @stride-th from @values on. */
typedef struct {
  const double *column;
  double       *values;
  gsize         stride;
} BpFeed;

/** A mask of dropout: of which random numbers, and its elements. */
typedef struct {
  guint64 key;
  double  rate;
  double *values;
  gsize   n;
} BpMask;

/**
 * BpProgram:
 * @batch_size: the batch it is compiled for
 * @session: the instructions and their numbers
 * @masks: those of dropout in the train step
 * @feeds: where the numbers of each column that a placeholder has come from and go to
 * @rows: the rows of the batch last fed, within @run_rows
 * @run_length: how many iterations may be executed in one go
 * @run_rows: room for the rows of their batches
 * @work: about how many operations an iteration takes
 * @evaluation_work: about how many the evaluation branch takes
 * @other_work: about how many feed, the seed or an update take at most
 * @is_evaluated: whether the evaluation branch is computed
 * @scratch: a second session on the same graph, for the loss after the update, which must not disturb the first
 * @has_loss_after: whether it has computed that loss
 * @value_at: for each node, after how many instructions its value is computed
 * @n_uses: for each node, of how many contributions its gradient is the sum
 * @n_contributions: for each node, how many of them are added after @n_counted instructions
 */
typedef struct {
  gsize        batch_size;
  BpGraph     *graph;
  BpSession   *session;
  BpFeed      *feeds;
  guint        n_feeds;
  BpMask      *masks;
  guint        n_masks;
  const gsize *rows;
  gsize        run_length;
  gsize       *run_rows;
  double       work;
  double       evaluation_work;
  gsize        other_work;
  gboolean     is_evaluated;
  BpSession   *scratch;
  gboolean     has_loss_after;
  guint       *value_at;
  guint       *n_uses;
  guint       *n_contributions;
  guint        n_counted;
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

/** Whether the value of @node is computed after @n_executed instructions. */
gboolean bp_program_has_value (const BpProgram *program,
                               guint            node,
                               guint            n_executed);

/** How many contributions to the gradient of @node are added by then; @n_total: (out) (optional): of how many. */
guint bp_program_get_n_contributions (BpProgram *program,
                                      guint      node,
                                      guint      n_executed,
                                      guint     *n_total);

/** Feeds the batch that consists of @rows, which must stay in place until another is fed. */
static inline void
bp_program_feed (BpProgram   *program,
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
        feeds[i].values[j * feeds[i].stride] = feeds[i].column[rows[j]];
}

/** Draws the masks of dropout for @iteration, from 0. */
void bp_program_draw_masks (BpProgram *program,
                            gint64     iteration);

/** Computes the evaluation branch, unless it is computed. */
void bp_program_evaluate (BpProgram *program);

/** The loss of the batch last fed at the parameters as they are now. */
double bp_program_get_loss_after (BpProgram *program);

/** Invalidates the evaluation branch and the loss after the update. To be called when values of the session change. */
static inline void
bp_program_forget_evaluation (BpProgram *program)
{
  program->is_evaluated = program->has_loss_after = FALSE;
}

G_END_DECLS
