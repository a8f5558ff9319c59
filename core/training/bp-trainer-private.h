/* bp-trainer-private.h: what the five files of the trainer share
 *
 * bp-trainer.c creates it and has the getters, bp-trainer-settings.c finds the settings of an iteration and keeps
 * checkpoints, bp-trainer-step.c executes an instruction and finds the target of a step, bp-trainer-move.c moves the
 * cursor to a target, bp-trainer-run.c executes whole iterations at full speed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-program.h"
#include "training/bp-trainer.h"

G_BEGIN_DECLS

struct _BpTrainer {
  BpExperiment *experiment;
  BpDataset    *dataset;
  BpHistory    *history;
  BpStretch     stretch;
  gboolean      is_stretched;
  BpProgram    *program;
  BpSettings    settings; /* of the iteration whose numbers are visible: at (k, 0) that is k */
  gint64        settings_since; /* the optimizer's state was cleared there */
  gint64        settings_until; /* the next change of settings, or G_MAXINT64; entered when iteration k + 1 begins */
  BpCursor      cursor;
  guint         n_shown; /* instructions whose numbers are visible: at (k, 0) all of iteration k */
  double       *slots;
  double       *previous; /* parameters at the start of the iteration shown */
  double       *previous_squares; /* of an iteration that is stepped, those of the gradients of the one before */
  gsize         n_parameters;

  gboolean      is_sliced; /* whether moves only set the target, for bp_trainer_continue() */
  gboolean      is_moving;
  BpCursor      target;

  gboolean      diverged;
  BpCursor      diverged_at;
  guint         diverged_node;
  gint64        known_finite; /* an iteration that ends finite although a result inside it is not, or −1 */
  gint64        careful;      /* an iteration that does not end finite at full speed, or −1 */
  gboolean      is_suspect;   /* whether the iteration at the cursor gave a number that is not finite */
  BpCursor      suspect;      /* before the instruction that did first */
};

/** The parameter vector of the current program. */
double *bp_trainer_get_parameters (BpTrainer *trainer);

/** Writes the sum of the squares of the gradient of each variable to @squares. */
void bp_trainer_write_squares (BpTrainer *trainer,
                               double    *squares);

/** Where the elements of @variable begin in the parameter vector. */
gsize bp_trainer_get_offset (BpTrainer *trainer,
                             guint      variable);

/**
 * bp_trainer_settings_at:
 * @since: (out): after how many iterations the optimizer's state was cleared last
 * @until: (out): after how many iterations the settings change next, or G_MAXINT64
 *
 * The settings that hold after @iteration completed iterations.
 */
const BpSettings *bp_trainer_settings_at (BpTrainer *trainer,
                                          gint64     iteration,
                                          gint64    *since,
                                          gint64    *until);

/** Takes the settings of the iteration that begins at the cursor. Another batch size frees @trainer's program. */
void bp_trainer_enter_settings (BpTrainer *trainer);

/** The same if they change there. To be called before an iteration is executed. */
static inline void
bp_trainer_begin_iteration (BpTrainer *trainer)
{
  if (G_UNLIKELY (trainer->cursor.iteration == trainer->settings_until))
    bp_trainer_enter_settings (trainer);
}

/** Adds the checkpoint that is due at the cursor, (k, 0). */
void bp_trainer_save_checkpoint (BpTrainer *trainer);

/** Moves the cursor to the last checkpoint at or before @iteration. No number of an iteration is visible there; the
 *  program is the one of the iteration that ended there. */
void bp_trainer_restore_checkpoint (BpTrainer *trainer,
                                    gint64     iteration);

/** Executes an UPDATE of iteration @iteration (from 0) by @optimizer. */
static inline void
bp_trainer_update_by (BpTrainer           *trainer,
                      const BpInstruction *update,
                      gint64               iteration,
                      const BpOptimizer   *optimizer)
{
  BpSession *session = trainer->program->session;

  bp_optimizer_update (optimizer, (guint64) (iteration - trainer->settings_since + 1), update->a,
                       session->values + update->out, session->gradients + update->out,
                       trainer->slots + (gsize) update->out * BP_OPTIMIZER_MAX_SLOTS);
}

/** The same by the trainer's optimizer, with the learning rate that its schedule makes. */
void bp_trainer_update_scheduled (BpTrainer           *trainer,
                                  const BpInstruction *update,
                                  gint64               iteration);

static inline void
bp_trainer_update (BpTrainer           *trainer,
                   const BpInstruction *update,
                   gint64               iteration)
{
  if (G_UNLIKELY (trainer->settings.optimizer.schedule.kind != BP_SCHEDULE_CONSTANT))
    bp_trainer_update_scheduled (trainer, update, iteration);
  else
    bp_trainer_update_by (trainer, update, iteration, &trainer->settings.optimizer);
}

/** Executes one instruction of the iteration at the cursor, without moving the cursor. */
void bp_trainer_execute (BpTrainer           *trainer,
                         const BpInstruction *instruction);

/**
 * bp_trainer_execute_iterations:
 *
 * Executes whole iterations from the cursor on, up to @iteration, a checkpoint or a change of settings.
 * Returns: FALSE when one gives numbers that are not finite; the cursor is at its start then, but the numbers are those
 * of its end
 */
gboolean bp_trainer_execute_iterations (BpTrainer *trainer,
                                        gint64     iteration);

/** Moves the cursor over @n_iterations executed iterations, and saves the checkpoint if one is due there. */
void bp_trainer_complete_iterations (BpTrainer *trainer,
                                     gint64     n_iterations);

/**
 * bp_trainer_set_out:
 * @again: whether to begin at the last checkpoint before @target even if the cursor is closer
 *
 * Sets the target of bp_trainer_continue().
 */
void bp_trainer_set_out (BpTrainer *trainer,
                         BpCursor   target,
                         gboolean   again);

gboolean bp_trainer_at (BpTrainer *trainer,
                        BpCursor   cursor);

/** Whether the cursor is before the instruction whose result is not finite. */
gboolean bp_trainer_is_diverged (BpTrainer *trainer);

/** Whether all iterations are done. */
gboolean bp_trainer_at_end (BpTrainer *trainer);

G_END_DECLS
