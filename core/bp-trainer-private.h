/* bp-trainer-private.h: what the four parts of the trainer share
 *
 * bp-trainer.c makes it and answers questions, bp-trainer-settings.c knows which settings hold when and keeps
 * checkpoints, bp-trainer-step.c goes from place to place, bp-trainer-run.c executes whole iterations at full speed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-history-private.h"
#include "bp-program.h"
#include "bp-trainer.h"

G_BEGIN_DECLS

struct _BpTrainer {
  BpExperiment *experiment;
  BpDataset    *dataset;
  BpEvaluator  *evaluator;
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

  gboolean      diverged;
  BpCursor      diverged_at;
  guint         diverged_node;
  gint64        known_finite; /* an iteration that ends well whatever comes up in its middle, or −1 */
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

/** Goes to the last checkpoint at or before @iteration; nothing of an iteration is visible there. */
void bp_trainer_restore_checkpoint (BpTrainer *trainer,
                                    gint64     iteration);

/** Updates @variable as iteration @iteration (from 0) does. */
void bp_trainer_update (BpTrainer *trainer,
                        guint      variable,
                        gint64     iteration);

/** Executes one instruction of the iteration at the cursor, without moving the cursor. */
void bp_trainer_execute (BpTrainer           *trainer,
                         const BpInstruction *instruction);

/**
 * bp_trainer_execute_iterations:
 *
 * Executes whole iterations up to @iteration, from the start of one on. Returns: FALSE when one gives numbers that are
 * not finite; then the cursor stands at its start, but the numbers are those of its end
 */
gboolean bp_trainer_execute_iterations (BpTrainer *trainer,
                                        gint64     iteration);

/** Moves the cursor to the end of @n_iterations iterations that are executed, and does what is due there. */
void bp_trainer_complete_iterations (BpTrainer *trainer,
                                     gint64     n_iterations);

/** Goes to @cursor by replay from a checkpoint. Returns: FALSE when the run diverges before it */
gboolean bp_trainer_go_to (BpTrainer *trainer,
                           BpCursor   cursor);

/** Computes the evaluation branch for what is visible. */
void bp_trainer_evaluate (BpTrainer *trainer);

/** Whether the cursor stands before the instruction that is not finite any more. */
gboolean bp_trainer_is_diverged (BpTrainer *trainer);

/** Whether all iterations are done. */
gboolean bp_trainer_at_end (BpTrainer *trainer);

G_END_DECLS
