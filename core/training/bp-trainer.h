/* bp-trainer.h: a run: the instructions of the train step, and a cursor in them
 *
 * The session compiles an iteration into one array of instructions
 *
 *   FEED, FORWARD n…, BACKWARD loss (the seed ∂L/∂L = 1), BACKWARD n…, UPDATE v…
 *
 * and a cursor (iterations completed, instructions executed since) moves through it. Steps of every size, play and seek
 * execute the same instructions. The samples of an iteration depend only on the seed and the iteration. So every
 * position can be reached again, forward or back, with the same bits.
 *
 *   BpTrainer *trainer = bp_trainer_new (experiment, &error);
 *   bp_trainer_run (trainer, 100);
 *   bp_trainer_step_node (trainer, -1);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"
#include "training/bp-history.h"
#include "session/bp-session.h"
#include "experiment/bp-stretch.h"

G_BEGIN_DECLS

typedef struct _BpTrainer BpTrainer;

/**
 * BpCursor:
 * @iteration: iterations completed
 * @instruction: instructions executed since, 0 … n − 1
 *
 * A position in a run. (0, 0) is the start; (k, 0) is the end of iteration k, with all its numbers and the graph they
 * belong to, also where the settings change: other settings are entered when the next iteration begins.
 */
typedef struct {
  gint64 iteration;
  guint  instruction;
} BpCursor;

typedef enum {
  BP_STATUS_READY,    /* can go on */
  BP_STATUS_FINISHED, /* all iterations done */
  BP_STATUS_DIVERGED, /* the next instruction would give a number that is not finite */
} BpStatus;

/**
 * bp_trainer_new:
 * @experiment: (transfer none): copied
 *
 * Compiles the train step and stands at the start. Fails as bp_experiment_new_from_data() does, for programs may have
 * changed the experiment since.
 */
BpTrainer *bp_trainer_new (const BpExperiment *experiment,
                           GError            **error);

/**
 * bp_trainer_new_with_data:
 * @dataset: (transfer none) (nullable): the data of @experiment, where somebody has them already; NULL to draw or read
 *   them
 */
BpTrainer *bp_trainer_new_with_data (const BpExperiment *experiment,
                                     BpDataset          *dataset,
                                     GError            **error);

/**
 * bp_trainer_new_sliced:
 *
 * The same for a caller that must not wait: functions that move the cursor only set its target, and
 * bp_trainer_continue() moves it there piece by piece. Functions that return whether the cursor moved return whether it
 * will. The numbers are the same to the bit.
 */
BpTrainer *bp_trainer_new_sliced (const BpExperiment *experiment,
                                  GError            **error);

void bp_trainer_free (BpTrainer *trainer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpTrainer, bp_trainer_free)

/** The experiment of the run, with the changes of settings made since. Saving it saves the run. */
const BpExperiment *bp_trainer_get_experiment (BpTrainer *trainer);

/**
 * bp_trainer_get_graph:
 *
 * The graph of the iteration whose numbers are visible. Another batch size gives another graph, and even a step may
 * meet a number that is not finite and replay the run across such a change: the pointer lives until the cursor moves or
 * the settings change. So do those to its instructions, its session and their numbers.
 */
BpGraph *bp_trainer_get_graph (BpTrainer *trainer);

/** The numbers at the cursor, with the same life as the graph. */
BpSession *bp_trainer_get_session (BpTrainer *trainer);

BpDataset *bp_trainer_get_dataset (BpTrainer *trainer);

/** Returns: (nullable): two vectors of samples that the model makes a matrix of; NULL where it does not */
const BpStretch *bp_trainer_get_stretch (BpTrainer *trainer);

/** The recorded series of the run. */
BpHistory *bp_trainer_get_history (BpTrainer *trainer);

/* The program of the iteration whose numbers are visible */

guint bp_trainer_get_n_instructions (BpTrainer *trainer);

const BpInstruction *bp_trainer_get_instruction (BpTrainer *trainer,
                                                 guint      index);

/* The cursor */

/** The most parameters a run may have: checkpoints hold four numbers for each. */
#define BP_MAX_TRAINED_PARAMETERS (1 << 22)

BpCursor bp_trainer_get_cursor (BpTrainer *trainer);

/**
 * Where to seek later, to be at the cursor with the same status. For a run that diverged it is one instruction on: on
 * its way there it stops again before that, and knows why.
 */
BpCursor bp_trainer_get_cursor_to_save (BpTrainer *trainer);

/** The instruction executed last, which is the one the screen explains; NULL at the start of the run. */
const BpInstruction *bp_trainer_get_last_instruction (BpTrainer *trainer);

/** The instruction that a step of one node would execute; NULL at the end of the run. */
const BpInstruction *bp_trainer_get_next_instruction (BpTrainer *trainer);

/**
 * bp_trainer_get_shown:
 * @n_executed: (out) (optional): how many of its instructions are executed, 1 … n
 *
 * The iteration whose numbers are visible: at (k, 0) that is k, all of it; else k + 1. Returns: it, from 1; 0 at the
 * start, where nothing is computed yet
 */
gint64 bp_trainer_get_shown (BpTrainer *trainer,
                             guint     *n_executed);

BpStatus bp_trainer_get_status (BpTrainer *trainer);

/** The node whose number stops being finite when diverged, else BP_NODE_NONE. */
guint bp_trainer_get_diverged_node (BpTrainer *trainer);

/**
 * bp_trainer_has_value:
 *
 * Whether the value of @node belongs to the cursor's iteration; what does not is shown as –. Variables have one as soon
 * as their initial values are drawn; else they are NaN.
 */
gboolean bp_trainer_has_value (BpTrainer *trainer,
                               guint      node);

/** Whether the cursor's iteration has computed a gradient of @node, complete or in part. */
gboolean bp_trainer_has_gradient (BpTrainer *trainer,
                                  guint      node);

/** How many of the contributions to the gradient of @node are in; @n_total: (out): how many there are, one a use. */
guint bp_trainer_get_n_contributions (BpTrainer *trainer,
                                      guint      node,
                                      guint     *n_total);

/** How many samples a batch of the graph has. Where one of another size begins, the graph is still that before. */
gsize bp_trainer_get_batch_size (BpTrainer *trainer);

/** The rows of the batch last fed; NULL before the first. */
const gsize *bp_trainer_get_batch (BpTrainer *trainer,
                                   gsize     *n_rows);

/** The parameters as they were at the start of the iteration shown, to show what the update did; NULL before the
 *  first. */
const double *bp_trainer_get_previous_parameters (BpTrainer *trainer);

/** Of each variable the sum of the squares of its gradient in the iteration before, while another is under way; NULL
 *  where none is, or none was before. Returns: (array) (nullable) */
const double *bp_trainer_get_previous_squares (BpTrainer *trainer);

/**
 * bp_trainer_get_slots:
 * @variable: a variable's node
 *
 * Returns: (nullable): the state that the optimizer of the iteration shown has for the elements of @variable, slot by
 * slot; NULL when it has none. Another optimizer clears it only when the next iteration begins
 */
const double *bp_trainer_get_slots (BpTrainer *trainer,
                                    guint      variable);

/** Iterations since the state that bp_trainer_get_slots() gives was cleared: what Adam's bias correction counts. */
gint64 bp_trainer_get_n_updates (BpTrainer *trainer);

/** The learning rate of the iteration that follows @iteration completed ones, as its schedule makes it. */
double bp_trainer_get_learning_rate (BpTrainer *trainer,
                                     gint64     iteration);

/** The loss of the batch last fed, evaluated again with the variables as they are now; NaN before the first. */
double bp_trainer_get_loss_after (BpTrainer *trainer);

/* Steps: all return whether the cursor moved. They stop at the start, after the last iteration, and at the last
 * finite state. */

/** One instruction forward (@direction 1) or back (−1). */
gboolean bp_trainer_step_node (BpTrainer *trainer,
                               int        direction);

/** To the end of this phase (or of the next when at an end), or back to the end of the one before. */
gboolean bp_trainer_step_phase (BpTrainer *trainer,
                                int        direction);

/** To the end of this iteration, or back to the end of the one before. */
gboolean bp_trainer_step_iteration (BpTrainer *trainer,
                                    int        direction);

/** Up to @n_iterations ends of iterations forward, at full speed. Returns: how many were completed */
gint64 bp_trainer_run (BpTrainer *trainer,
                       gint64     n_iterations);

/** To any position within [start, last iteration], forward or back; an instruction beyond the last one stands for
 *  (iteration + 1, 0). */
gboolean bp_trainer_seek (BpTrainer *trainer,
                          BpCursor   cursor);

/** Back to the start: seek to (0, 0). The recorded series and later changes of settings stay. */
void bp_trainer_reset (BpTrainer *trainer);

/* Slices: a trainer of bp_trainer_new_sliced() moves to its target in pieces of a few milliseconds. */

/**
 * bp_trainer_continue:
 * @work: about how many operations (bp-work.h) to execute, which is the same on all machines; G_MAXSIZE for all
 * @end: when to return at the latest, in the time of g_get_monotonic_time(), or G_MAXINT64
 *
 * Moves the cursor on towards the target. Between two calls, what is computed at the cursor is visible; just after the
 * start of a move that may be nothing. Moving the cursor or changing settings sets another target.
 *
 * Returns: whether there is more to do
 */
gboolean bp_trainer_continue (BpTrainer *trainer,
                              gsize      work,
                              gint64     end);

/** Whether there is something for bp_trainer_continue() to do. */
gboolean bp_trainer_is_moving (BpTrainer *trainer);

/** The target of the move, or the cursor when it is not moving. */
BpCursor bp_trainer_get_target (BpTrainer *trainer);

/** Ends the move at the cursor. */
void bp_trainer_stop (BpTrainer *trainer);

/* Settings */

/** The settings of the iteration that the cursor is in or, at (k, 0), that begins there. Lives until they change. */
const BpSettings *bp_trainer_get_settings (BpTrainer *trainer);

/** The settings of the iteration shown: at (k, 0) that is the one that ends there. Lives until the cursor moves. */
const BpSettings *bp_trainer_get_shown_settings (BpTrainer *trainer);

/** Whether bp_trainer_set_settings() would take @settings; fails as it does. */
gboolean bp_trainer_check_settings (BpTrainer        *trainer,
                                    const BpSettings *settings,
                                    GError          **error);

/**
 * bp_trainer_set_settings:
 *
 * Changes the settings from the iteration at the cursor on; instructions of it that were executed are executed again.
 * Changes and recorded series after the cursor are dropped. Another optimizer starts with clear state.
 * Fails with BP_ERROR_VALUE, or BP_ERROR_SHAPE when the model does not take the batch size; nothing has changed then.
 */
gboolean bp_trainer_set_settings (BpTrainer        *trainer,
                                  const BpSettings *settings,
                                  GError          **error);

/**
 * bp_trainer_restore_settings:
 * @experiment: an earlier copy of bp_trainer_get_experiment()
 *
 * Takes over its settings, changes and number of iterations, and goes back to where they first differ from
 * those now if the cursor is beyond: undo. The rest of @experiment must be the same.
 */
void bp_trainer_restore_settings (BpTrainer          *trainer,
                                  const BpExperiment *experiment);

gint64 bp_trainer_get_n_iterations (BpTrainer *trainer);

/** Where the run ends; clamped to 1 … BP_MAX_ITERATIONS and not before the cursor. If a schedule depends on it, the run
 *  is computed again. */
void bp_trainer_set_n_iterations (BpTrainer *trainer,
                                  gint64     n_iterations);

G_END_DECLS
