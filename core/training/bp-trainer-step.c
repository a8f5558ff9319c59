/* bp-trainer-step.c: executes an instruction; targets of steps and seeks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-trainer-private.h"

#include <string.h>

static void
feed (BpTrainer *self)
{
  memcpy (self->previous, bp_trainer_get_parameters (self), self->n_parameters * sizeof (double));
  bp_trainer_write_squares (self, self->previous_squares);
  bp_dataset_get_batch (self->dataset, self->cursor.iteration, self->program->batch_size, self->program->run_rows);
  bp_program_feed (self->program, self->program->run_rows);
  bp_program_draw_masks (self->program, self->cursor.iteration);
}

void
bp_trainer_execute (BpTrainer           *self,
                    const BpInstruction *instruction)
{
  switch (instruction->phase)
    {
    case BP_PHASE_FEED:
      feed (self);
      break;

    case BP_PHASE_FORWARD:
    case BP_PHASE_BACKWARD:
      bp_session_execute (self->program->session, instruction);
      break;

    case BP_PHASE_UPDATE:
      bp_trainer_update (self, instruction, self->cursor.iteration);
      break;

    case BP_N_PHASES:
    default:
      g_assert_not_reached ();
    }
}

/* Steps and seeks */

gboolean
bp_trainer_at_end (BpTrainer *self)
{
  return self->cursor.iteration >= self->experiment->iterations;
}

/* Returns: whether the cursor has moved, or will in slices */
static gboolean
move_to (BpTrainer *self,
         BpCursor   target)
{
  const BpCursor before = self->cursor;

  bp_trainer_set_out (self, target, FALSE);
  if (self->is_sliced)
    return !bp_trainer_at (self, target);

  bp_trainer_continue (self, G_MAXSIZE, G_MAXINT64);

  return !bp_trainer_at (self, before);
}

gboolean
bp_trainer_seek (BpTrainer *trainer,
                 BpCursor   cursor)
{
  g_return_val_if_fail (trainer != NULL, FALSE);

  cursor.iteration = MAX (cursor.iteration, 0);

  if (cursor.iteration >= trainer->experiment->iterations)
    cursor = (BpCursor) { trainer->experiment->iterations, 0 };

  return move_to (trainer, cursor);
}

static BpCursor
cursor_before (BpTrainer *self)
{
  const BpCursor cursor = self->cursor;

  return cursor.instruction > 0 ? (BpCursor) { cursor.iteration, cursor.instruction - 1 }
                                : (BpCursor) { cursor.iteration - 1, self->program->session->n_instructions - 1 };
}

static BpPhase
get_phase (BpTrainer *self,
           guint      instruction)
{
  return self->program->session->instructions[instruction].phase;
}

static gboolean
at_start (BpTrainer *self)
{
  return self->cursor.iteration == 0 && self->cursor.instruction == 0;
}

gboolean
bp_trainer_step_node (BpTrainer *trainer,
                      int        direction)
{
  g_return_val_if_fail (trainer != NULL, FALSE);

  if (direction < 0)
    return !at_start (trainer) && move_to (trainer, cursor_before (trainer));

  return !bp_trainer_at_end (trainer)
         && move_to (trainer, (BpCursor) { trainer->cursor.iteration, trainer->cursor.instruction + 1 });
}

gboolean
bp_trainer_step_phase (BpTrainer *trainer,
                       int        direction)
{
  BpCursor target;
  BpPhase phase;

  g_return_val_if_fail (trainer != NULL, FALSE);

  if (direction < 0 ? at_start (trainer) : bp_trainer_at_end (trainer))
    return FALSE;

  /* Back, the step of a node enters the phase that is left, and the start of that is the end of the one before. Ahead,
   * the instructions of another batch size may be next, but all begin alike. */
  target = direction < 0 ? cursor_before (trainer) : trainer->cursor;
  phase = get_phase (trainer, target.instruction);
  if (direction < 0)
    while (target.instruction > 0 && get_phase (trainer, target.instruction - 1) == phase)
      target.instruction--;
  else
    while (get_phase (trainer, target.instruction) == phase)
      target.instruction++;

  return move_to (trainer, target);
}

gboolean
bp_trainer_step_iteration (BpTrainer *trainer,
                           int        direction)
{
  BpCursor cursor;

  g_return_val_if_fail (trainer != NULL, FALSE);

  cursor = trainer->cursor;

  if (direction < 0)
    return !at_start (trainer) && move_to (trainer, (BpCursor) { cursor.iteration - (cursor.instruction == 0), 0 });

  return !bp_trainer_at_end (trainer) && move_to (trainer, (BpCursor) { cursor.iteration + 1, 0 });
}

gint64
bp_trainer_run (BpTrainer *trainer,
                gint64     n_iterations)
{
  gint64 before, n;

  g_return_val_if_fail (trainer != NULL && n_iterations >= 0, 0);

  before = trainer->cursor.iteration;
  n = MIN (n_iterations, trainer->experiment->iterations - before);
  if (n > 0)
    move_to (trainer, (BpCursor) { before + n, 0 });

  return trainer->cursor.iteration - before;
}

void
bp_trainer_reset (BpTrainer *trainer)
{
  bp_trainer_seek (trainer, (BpCursor) { 0, 0 });
}
