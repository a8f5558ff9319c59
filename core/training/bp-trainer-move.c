/* bp-trainer-move.c: moves the cursor to a target, in pieces of work of a few milliseconds
 *
 * A move back begins at a checkpoint. An iteration that is at most a piece of work is executed at full speed; a larger
 * one instruction by instruction. Between two pieces the trainer can be read, get another target, and be freed.
 *
 * When a result is not finite, the iteration is executed to its end. If its loss and parameters are finite there (1/∞
 * is 0), the run goes on. Otherwise it has diverged, and the cursor moves back to before the instruction with the first
 * such result.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-trainer-private.h"

#include <math.h>

#include "session/bp-work.h"

gboolean
bp_trainer_at (BpTrainer *self,
               BpCursor   cursor)
{
  return self->cursor.iteration == cursor.iteration && self->cursor.instruction == cursor.instruction;
}

gboolean
bp_trainer_is_diverged (BpTrainer *self)
{
  return self->diverged && bp_trainer_at (self, self->diverged_at);
}

/* Numbers that are not finite */

/* 0·v is 0 for a finite v and NaN otherwise, so one comparison of the sum tests all values. */
static gboolean
all_finite (const double *values,
            gsize         n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += 0 * values[i];

  return sum == 0;
}

static double
get_loss (BpTrainer *self)
{
  return bp_session_get_value (self->program->session, bp_graph_get_loss (self->program->graph))[0];
}

static gboolean
iteration_is_finite (BpTrainer *self)
{
  return isfinite (get_loss (self)) && all_finite (bp_trainer_get_parameters (self), self->n_parameters);
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

/* Targets */

/* Moves the cursor back to the checkpoint before @target. To show (k, 0), iteration k has to be executed. */
static void
go_back (BpTrainer *self,
         BpCursor   target)
{
  gint64 from = target.instruction > 0 ? target.iteration : MAX (target.iteration - 1, 0);

  bp_trainer_restore_checkpoint (self, MIN (from, bp_history_get_recorded (self->history)));
}

/* Whether to go to the target from the cursor: the target is not before it, and no checkpoint is nearer. */
static gboolean
is_ahead (BpTrainer *self,
          BpCursor   target)
{
  const BpCursor cursor = self->cursor;
  gint64 checkpoint;

  if (target.iteration < cursor.iteration
      || (target.iteration == cursor.iteration && target.instruction < cursor.instruction)
      || (bp_trainer_at (self, target) && self->n_shown == 0 && target.iteration > 0))
    return FALSE;

  bp_history_get_checkpoint (self->history, MIN (target.iteration, bp_history_get_recorded (self->history)),
                             &checkpoint);

  return bp_trainer_is_diverged (self) || checkpoint <= cursor.iteration;
}

void
bp_trainer_set_out (BpTrainer *self,
                    BpCursor   target,
                    gboolean   again)
{
  self->target = target;
  self->is_moving = TRUE;
  if (again || !is_ahead (self, target))
    go_back (self, target);
}

/* An instruction beyond the last one stands for the end of the iteration. */
static gboolean
has_arrived (BpTrainer *self)
{
  if (self->is_suspect)
    return FALSE;
  if (self->cursor.iteration != self->target.iteration)
    return self->cursor.iteration > self->target.iteration || bp_trainer_is_diverged (self);

  return self->cursor.instruction >= self->target.instruction || bp_trainer_is_diverged (self);
}

/* Pieces of work */

/* Whether to execute whole iterations, up to @end (out), at full speed. */
static gboolean
executes_iterations (BpTrainer *self,
                     gint64    *end)
{
  const gint64 iteration = self->cursor.iteration;

  *end = self->target.iteration;
  if (self->diverged)
    *end = MIN (*end, self->diverged_at.iteration);
  if (self->careful >= iteration)
    *end = MIN (*end, self->careful);
  if (self->cursor.instruction > 0 || iteration >= *end)
    return FALSE;

  bp_trainer_begin_iteration (self);

  return self->program->work <= BP_PIECE;
}

/* An iteration whose end is not finite is executed again in single steps, to find the first such result. */
static gsize
execute_iterations (BpTrainer *self,
                    gint64     end)
{
  const gint64 before = self->cursor.iteration;
  const gsize work = (gsize) self->program->work;

  if (!bp_trainer_execute_iterations (self, end))
    {
      self->careful = self->cursor.iteration;
      go_back (self, (BpCursor) { self->careful, 0 });
      return BP_PIECE;
    }

  return (self->cursor.iteration - before) * work;
}

static void
end_iteration (BpTrainer *self)
{
  const gint64 iteration = self->cursor.iteration;
  const double loss = get_loss (self);
  const gboolean is_passed = self->is_suspect && self->target.iteration == iteration
                             && self->target.instruction < self->program->session->n_instructions;

  if (self->is_suspect && !iteration_is_finite (self))
    {
      self->diverged = TRUE;
      self->diverged_at = self->suspect;
      self->diverged_node = self->program->session->instructions[self->suspect.instruction].node;
      go_back (self, self->diverged_at);
      return;
    }

  if (self->is_suspect)
    self->known_finite = iteration;
  self->is_suspect = FALSE;
  bp_history_record (self->history, iteration + 1, 1, &loss, bp_trainer_get_parameters (self), 1);
  bp_trainer_complete_iterations (self, 1);
  if (is_passed)
    go_back (self, self->target);
}

static gsize
get_work (BpTrainer           *self,
          const BpInstruction *instruction)
{
  if (instruction->phase == BP_PHASE_FORWARD || (instruction->phase == BP_PHASE_BACKWARD && !instruction->seed))
    return (gsize) bp_work_get_node_cost (self->program->graph, instruction->node);

  return self->program->other_work;
}

static gsize
execute_next (BpTrainer *self)
{
  const BpCursor before = self->cursor;
  const BpInstruction *instruction;
  gsize work;

  if (before.instruction == 0)
    bp_trainer_begin_iteration (self);

  instruction = &self->program->session->instructions[before.instruction];
  work = get_work (self, instruction);
  bp_program_forget_evaluation (self->program);
  bp_trainer_execute (self, instruction);
  self->cursor.instruction++;
  self->n_shown = self->cursor.instruction;
  if (!self->is_suspect && before.iteration != self->known_finite && !result_is_finite (self, instruction))
    {
      self->is_suspect = TRUE;
      self->suspect = before;
    }
  if (self->cursor.instruction == self->program->session->n_instructions)
    end_iteration (self);

  return work;
}

static gsize
advance (BpTrainer *self)
{
  gint64 end;

  self->is_moving = !has_arrived (self);
  if (!self->is_moving)
    return 0;

  return executes_iterations (self, &end) ? execute_iterations (self, end) : execute_next (self);
}

gboolean
bp_trainer_continue (BpTrainer *trainer,
                     gsize      work,
                     gint64     end)
{
  gsize done = 0;

  g_return_val_if_fail (trainer != NULL, FALSE);

  while (trainer->is_moving && done < work && (end == G_MAXINT64 || g_get_monotonic_time () < end))
    done += advance (trainer);

  /* A small evaluation branch is computed between two pieces too, so that it is visible. */
  if (!trainer->is_moving || trainer->program->evaluation_work <= BP_PIECE)
    bp_program_evaluate (trainer->program);

  return trainer->is_moving;
}

void
bp_trainer_stop (BpTrainer *trainer)
{
  g_return_if_fail (trainer != NULL);

  trainer->is_moving = FALSE;
}

gboolean
bp_trainer_is_moving (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, FALSE);

  return trainer->is_moving;
}

BpCursor
bp_trainer_get_target (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, ((BpCursor) { 0, 0 }));

  return trainer->is_moving ? trainer->target : trainer->cursor;
}
