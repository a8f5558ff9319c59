/* bp-trainer-step.c: a cursor that walks the train step, forward and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-trainer-private.h"

#include <math.h>
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

static double
get_loss (BpTrainer *self)
{
  return bp_session_get_value (self->program->session, bp_graph_get_loss (self->program->graph))[0];
}

/* 0·v is 0 for finite v and not a number otherwise, so that one comparison answers for all. */
static gboolean
all_finite (const double *values,
            gsize         n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += 0 * values[i];

  return sum == 0;
}

static gboolean
iteration_is_finite (BpTrainer *self)
{
  return isfinite (get_loss (self)) && all_finite (bp_trainer_get_parameters (self), self->n_parameters);
}

/* Whether the iteration at the cursor ends in numbers that are finite. Leaves the trainer in the middle of it. */
static gboolean
rest_is_finite (BpTrainer *self)
{
  for (guint i = self->cursor.instruction; i < self->program->n_instructions; i++)
    bp_trainer_execute (self, &self->program->instructions[i]);

  return iteration_is_finite (self);
}

/* Whether what @instruction computed is finite. */
static gboolean
result_is_finite (BpTrainer           *self,
                  const BpInstruction *instruction)
{
  BpGraph *graph = self->program->graph;
  BpSession *session = self->program->session;

  switch (instruction->phase)
    {
    case BP_PHASE_BACKWARD:
      for (guint i = 0; !instruction->seed && i < bp_graph_get_n_inputs (graph, instruction->node); i++)
        {
          guint input = bp_graph_get_input (graph, instruction->node, i);

          if (!all_finite (bp_session_get_gradient (session, input), bp_graph_get_n_elements (graph, input)))
            return FALSE;
        }
      return TRUE;

    case BP_PHASE_FORWARD:
    case BP_PHASE_UPDATE:
      return all_finite (bp_session_get_value (session, instruction->node),
                         bp_graph_get_n_elements (graph, instruction->node));

    case BP_PHASE_FEED:
    case BP_N_PHASES:
    default:
      return TRUE;
    }
}

static void
stand_before_divergence (BpTrainer *self,
                         BpCursor   cursor,
                         guint      node)
{
  self->diverged = TRUE;
  self->diverged_at = cursor;
  self->diverged_node = node;
  bp_trainer_go_to (self, cursor);
}

static gboolean
at (BpTrainer *self,
    BpCursor   cursor)
{
  return self->cursor.iteration == cursor.iteration && self->cursor.instruction == cursor.instruction;
}

gboolean
bp_trainer_is_diverged (BpTrainer *self)
{
  return self->diverged && at (self, self->diverged_at);
}

static void
execute_at_cursor (BpTrainer *self)
{
  bp_trainer_execute (self, &self->program->instructions[self->cursor.instruction]);
  self->cursor.instruction++;
  self->n_shown = self->cursor.instruction;
}

/* One instruction. An infinity in the middle is passed when the iteration ends well all the same (1/∞ is 0). */
static gboolean
execute_next (BpTrainer *self)
{
  const BpCursor before = self->cursor;
  BpInstruction instruction;

  if (bp_trainer_is_diverged (self))
    return FALSE;

  if (before.instruction == 0)
    bp_trainer_begin_iteration (self);

  /* A copy, for going to another place may free the program. */
  instruction = self->program->instructions[before.instruction];
  execute_at_cursor (self);

  if (before.iteration != self->known_finite && !result_is_finite (self, &instruction))
    {
      if (!rest_is_finite (self))
        {
          stand_before_divergence (self, before, instruction.node);
          return FALSE;
        }

      self->known_finite = before.iteration;
      bp_trainer_go_to (self, before);
      execute_at_cursor (self);
    }

  if (self->cursor.instruction == self->program->n_instructions)
    {
      double loss = get_loss (self);

      bp_history_record (self->history, before.iteration + 1, loss, bp_trainer_get_parameters (self));
      bp_trainer_complete_iterations (self, 1);
    }

  return TRUE;
}

/* Instructions to the end of an iteration: how many there are is known when it has begun. */
#define ALL G_MAXUINT

/* Goes on to @instruction of the iteration at the cursor, at most to its end, or until something is not finite. */
static void
execute_to (BpTrainer *self,
            guint      instruction)
{
  while (self->cursor.instruction < instruction)
    if (!execute_next (self) || self->cursor.instruction == 0)
      break;
}

/* Whole iterations up to @iteration; at divergence stands before the instruction that is not finite any more. */
static void
execute_iterations_to (BpTrainer *self,
                       gint64     iteration)
{
  BpCursor start;

  if (bp_trainer_is_diverged (self) || bp_trainer_execute_iterations (self, iteration))
    return;

  start = (BpCursor) { self->cursor.iteration, 0 };
  bp_trainer_go_to (self, start);
  execute_to (self, ALL);
}

/* Replays from the last checkpoint. To show (k, 0), iteration k is executed too. */
gboolean
bp_trainer_go_to (BpTrainer *self,
                  BpCursor   cursor)
{
  gint64 recorded = bp_history_get_recorded (self->history);
  gint64 from = cursor.instruction > 0 ? cursor.iteration : MAX (cursor.iteration - 1, 0);

  bp_trainer_restore_checkpoint (self, MIN (from, recorded));
  execute_iterations_to (self, cursor.iteration);

  if (self->cursor.iteration == cursor.iteration)
    execute_to (self, cursor.instruction);

  return at (self, cursor);
}

void
bp_trainer_evaluate (BpTrainer *self)
{
  if (self->program->has_evaluation)
    bp_session_forward_evaluation (self->program->session);
}

/* Steps */

gboolean
bp_trainer_at_end (BpTrainer *self)
{
  return self->cursor.iteration >= self->experiment->iterations;
}

gboolean
bp_trainer_seek (BpTrainer *trainer,
                 BpCursor   cursor)
{
  BpCursor before;

  g_return_val_if_fail (trainer != NULL, FALSE);

  before = trainer->cursor;
  cursor.iteration = MAX (cursor.iteration, 0);

  if (cursor.iteration >= trainer->experiment->iterations)
    cursor = (BpCursor) { trainer->experiment->iterations, 0 };

  if (at (trainer, cursor))
    return FALSE;

  bp_trainer_go_to (trainer, cursor);
  bp_trainer_evaluate (trainer);

  return !at (trainer, before);
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
  gboolean moved;

  g_return_val_if_fail (trainer != NULL, FALSE);

  if (direction < 0)
    return !at_start (trainer) && bp_trainer_seek (trainer, cursor_before (trainer));

  if (bp_trainer_at_end (trainer))
    return FALSE;

  moved = execute_next (trainer);
  bp_trainer_evaluate (trainer);

  return moved;
}

gboolean
bp_trainer_step_phase (BpTrainer *trainer,
                       int        direction)
{
  BpCursor before;

  g_return_val_if_fail (trainer != NULL, FALSE);

  before = trainer->cursor;

  if (direction < 0)
    {
      /* The step of a node enters the phase that is left; from within it, its start is the end of the one before. */
      if (!bp_trainer_step_node (trainer, -1))
        return FALSE;

      bp_trainer_seek (trainer, (BpCursor) { trainer->cursor.iteration,
                                             bp_program_get_phase_start (trainer->program,
                                                                         trainer->cursor.instruction) });
      return TRUE;
    }

  if (bp_trainer_at_end (trainer))
    return FALSE;

  execute_to (trainer, bp_program_get_phase_end (trainer->program, trainer->cursor.instruction));
  bp_trainer_evaluate (trainer);

  return !at (trainer, before);
}

gboolean
bp_trainer_step_iteration (BpTrainer *trainer,
                           int        direction)
{
  BpCursor cursor;

  g_return_val_if_fail (trainer != NULL, FALSE);

  cursor = trainer->cursor;

  if (direction < 0)
    return bp_trainer_seek (trainer, (BpCursor) { cursor.iteration - (cursor.instruction == 0), 0 });

  if (bp_trainer_at_end (trainer))
    return FALSE;

  execute_to (trainer, ALL);
  bp_trainer_evaluate (trainer);

  return !at (trainer, cursor);
}

gint64
bp_trainer_run (BpTrainer *trainer,
                gint64     n_iterations)
{
  gint64 before, target;

  g_return_val_if_fail (trainer != NULL && n_iterations >= 0, 0);

  before = trainer->cursor.iteration;
  target = MIN (n_iterations, trainer->experiment->iterations - before) + before;

  if (target > before && trainer->cursor.instruction > 0)
    execute_to (trainer, ALL);

  execute_iterations_to (trainer, target);
  bp_trainer_evaluate (trainer);

  return trainer->cursor.iteration - before;
}

void
bp_trainer_reset (BpTrainer *trainer)
{
  bp_trainer_seek (trainer, (BpCursor) { 0, 0 });
}
