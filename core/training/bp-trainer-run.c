/* bp-trainer-run.c: whole iterations at full speed
 *
 * Iterations are executed in a loop up to the next checkpoint, change of settings or target, and for at most a piece of
 * work. The instructions are those of single steps; the state of the cursor is only kept between two loops.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-trainer-private.h"

#include <string.h>

/* The loss and the first parameters after each iteration of a loop. */
typedef struct {
  double losses[BP_MAX_RUN];
  double parameters[BP_HISTORY_MAX_SERIES][BP_MAX_RUN];
} Records;

/* Executes @n iterations, or up to one whose end is not finite. Returns: how many ended with finite numbers */
static gsize
run (BpTrainer *self,
     gsize      n,
     Records   *records)
{
  BpProgram *program = self->program;
  BpSession *session = program->session;
  const gsize n_parameters = self->n_parameters, n_series = MIN (n_parameters, BP_HISTORY_MAX_SERIES);
  const double *loss = session->values + session->offsets[bp_graph_get_loss (program->graph)];
  const double *values = session->values;
  const BpInstruction *updates = session->instructions + session->n_instructions
                                 - bp_graph_get_n_variables (program->graph);

  bp_dataset_get_batches (self->dataset, self->cursor.iteration, n, program->batch_size, program->run_rows);
  for (gsize i = 0; i < n; i++)
    {
      /* 0·v is 0 for a finite v and NaN otherwise, so one comparison of the sum tests all values. */
      double sum;

      memcpy (self->previous, values, n_parameters * sizeof (double));
      bp_program_feed (program, program->run_rows + i * program->batch_size);
      if (program->n_masks > 0)
        bp_program_draw_masks (program, self->cursor.iteration + (gint64) i);
      bp_session_step (session);
      for (const BpInstruction *update = updates; update->phase == BP_PHASE_UPDATE; update++)
        bp_trainer_update (self, update, self->cursor.iteration + (gint64) i);

      sum = 0 * *loss;
      for (gsize j = 0; j < n_parameters; j++)
        sum += 0 * values[j];
      if (G_UNLIKELY (sum != 0))
        return i;

      records->losses[i] = *loss;
      for (gsize j = 0; j < n_series; j++)
        records->parameters[j][i] = values[j];
    }

  return n;
}

gboolean
bp_trainer_execute_iterations (BpTrainer *self,
                               gint64     iteration)
{
  const gint64 due = MIN (self->settings_until, bp_history_get_next_checkpoint (self->history));
  const gsize n = (gsize) MIN (MIN (iteration, due) - self->cursor.iteration, (gint64) self->program->run_length);
  Records records;
  const gsize n_done = run (self, n, &records);

  bp_history_record (self->history, self->cursor.iteration + 1, n_done, records.losses, records.parameters[0],
                     BP_MAX_RUN);
  if (n_done > 0)
    bp_trainer_complete_iterations (self, (gint64) n_done);

  return n_done == n;
}

void
bp_trainer_complete_iterations (BpTrainer *self,
                                gint64     n_iterations)
{
  self->cursor.iteration += n_iterations;
  self->cursor.instruction = 0;
  self->n_shown = self->program->session->n_instructions;
  bp_program_forget_evaluation (self->program);

  if (self->cursor.iteration == bp_history_get_next_checkpoint (self->history))
    bp_trainer_save_checkpoint (self);
}
