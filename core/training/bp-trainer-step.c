/* bp-trainer-step.c: what an instruction does, and where steps and seeks lead
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-trainer-private.h"

#include <string.h>

static void
feed (BpTrainer *self)
{
  memcpy (self->previous, bp_trainer_get_parameters (self), self->n_parameters * sizeof (double));
  bp_program_feed (self->program, self->dataset, self->cursor.iteration);
}

void
bp_trainer_update (BpTrainer *self,
                   guint      variable,
                   gint64     iteration)
{
  BpSession *session = self->program->session;
  gsize offset = bp_trainer_get_offset (self, variable);

  bp_optimizer_update (&self->settings.optimizer,
                       iteration - self->settings_since + 1,
                       bp_graph_get_n_elements (self->program->graph, variable),
                       bp_session_get_parameters (session) + offset,
                       bp_session_get_parameter_gradients (session) + offset,
                       self->slots + offset * BP_OPTIMIZER_MAX_SLOTS);
}

void
bp_trainer_execute (BpTrainer           *self,
                    const BpInstruction *instruction)
{
  BpSession *session = self->program->session;

  switch (instruction->phase)
    {
    case BP_PHASE_FEED:
      feed (self);
      break;

    case BP_PHASE_FORWARD:
      bp_session_forward_node (session, instruction->node);
      break;

    case BP_PHASE_BACKWARD:
      if (instruction->seed)
        bp_session_seed_gradient (session, self->settings.keep_gradients);
      else
        bp_session_backward_node (session, instruction->node);
      break;

    case BP_PHASE_UPDATE:
      bp_trainer_update (self, instruction->node, self->cursor.iteration);
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
                                : (BpCursor) { cursor.iteration - 1, self->program->n_instructions - 1 };
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

  g_return_val_if_fail (trainer != NULL, FALSE);

  if (direction < 0)
    {
      if (at_start (trainer))
        return FALSE;

      /* The step of a node enters the phase that is left; from within it, its start is the end of the one before. */
      target = cursor_before (trainer);
      target.instruction = bp_program_get_phase_start (trainer->program, target.instruction);
      return move_to (trainer, target);
    }

  /* All programs begin alike: at the end of an iteration that of the next may be another. */
  target = trainer->cursor;
  target.instruction = bp_program_get_phase_end (trainer->program, target.instruction);

  return !bp_trainer_at_end (trainer) && move_to (trainer, target);
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
