/* bp-trainer-private.h: what the four parts of the trainer share
 *
 * bp-trainer.c makes it and answers questions, bp-trainer-settings.c knows which settings hold when and keeps
 * checkpoints, bp-trainer-step.c knows where steps lead, bp-trainer-move.c goes there, bp-trainer-run.c executes whole
 * iterations at full speed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-history-private.h"
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
  gsize         n_parameters;

  gboolean      is_sliced; /* whether moves only set out, for bp_trainer_continue() to execute */
  gboolean      is_moving;
  BpCursor      target;
  gsize         n_drawn; /* parameters whose initial value is drawn */
  gsize         part;    /* of the instruction at the cursor, as bp_session_execute_part() has it */

  gboolean      diverged;
  BpCursor      diverged_at;
  guint         diverged_node;
  gint64        known_finite; /* an iteration that ends well whatever comes up in its middle, or −1 */
  gint64        careful;      /* an iteration that does not end well at full speed, or −1 */
  gboolean      is_suspect;   /* whether the iteration at the cursor gave a number that is not finite */
  BpCursor      suspect;      /* before the instruction that did first */
};

/** The parameter vector of the program in place. */
double *bp_trainer_get_parameters (BpTrainer *trainer);

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

/** Makes the settings of the iteration that begins at the cursor hold. Another batch size frees @trainer's program. */
void bp_trainer_enter_settings (BpTrainer *trainer);

/** The same when they are not those that hold already: to be called before anything of an iteration is executed. */
static inline void
bp_trainer_begin_iteration (BpTrainer *trainer)
{
  if (G_UNLIKELY (trainer->cursor.iteration == trainer->settings_until))
    bp_trainer_enter_settings (trainer);
}

/** Adds the checkpoint that is due at the cursor, (k, 0). */
void bp_trainer_save_checkpoint (BpTrainer *trainer);

/** Goes to the last checkpoint at or before @iteration; nothing of an iteration is visible there, but the program in
 * place is that of the iteration that ended there. */
void bp_trainer_restore_checkpoint (BpTrainer *trainer,
                                    gint64     iteration);

/** Executes an UPDATE of iteration @iteration (from 0). */
static inline void
bp_trainer_update (BpTrainer           *trainer,
                   const BpInstruction *update,
                   gint64               iteration)
{
  BpSession *session = trainer->program->session;

  bp_optimizer_update (&trainer->settings.optimizer, (guint64) (iteration - trainer->settings_since + 1), update->a,
                       session->values + update->out, session->gradients + update->out,
                       trainer->slots + (gsize) update->out * BP_OPTIMIZER_MAX_SLOTS);
}

/** Executes one instruction of the iteration at the cursor, without moving the cursor. */
void bp_trainer_execute (BpTrainer           *trainer,
                         const BpInstruction *instruction);

/**
 * bp_trainer_execute_iterations:
 *
 * Executes whole iterations, from the one that begins at the cursor on, up to @iteration or until something is due.
 * Returns: FALSE when one gives numbers that are not finite; then the cursor stands at its start, but the numbers are
 * those of its end
 */
gboolean bp_trainer_execute_iterations (BpTrainer *trainer,
                                        gint64     iteration);

/** Moves the cursor to the end of @n_iterations iterations that are executed, and does what is due there. */
void bp_trainer_complete_iterations (BpTrainer *trainer,
                                     gint64     n_iterations);

/**
 * bp_trainer_set_out:
 * @again: whether what is executed after the last checkpoint before @target has to be executed again
 *
 * Makes @target where bp_trainer_continue() goes, from the cursor or from a checkpoint.
 */
void bp_trainer_set_out (BpTrainer *trainer,
                         BpCursor   target,
                         gboolean   again);

/** Draws the next of the initial values. Returns: how much work it was */
gsize bp_trainer_draw (BpTrainer *trainer);

/** Whether an iteration is a piece of work or less. */
gboolean bp_trainer_is_light (BpTrainer *trainer);

gboolean bp_trainer_at (BpTrainer *trainer,
                        BpCursor   cursor);

/** Whether the cursor stands before the instruction that is not finite any more. */
gboolean bp_trainer_is_diverged (BpTrainer *trainer);

/** Whether all iterations are done. */
gboolean bp_trainer_at_end (BpTrainer *trainer);

G_END_DECLS
