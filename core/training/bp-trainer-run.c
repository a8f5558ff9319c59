/* bp-trainer-run.c: whole iterations at full speed
 *
 * Iterations are executed in runs between the places where something is due: a checkpoint, other settings, the end, and
 * a piece of work at most.
 * Within a run an iteration is the session's tape and what is written out below; nothing is looked up and nothing asked
 * twice. The bits are those of executing its instructions one by one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-trainer-private.h"

#include <string.h>

#include "session/bp-session-step.h"

/* What the iterations of a run leave behind. */
typedef struct {
  double losses[BP_MAX_RUN];
  double parameters[BP_HISTORY_MAX_SERIES][BP_MAX_RUN];
} Records;

static void
record (Records      *records,
        gsize         i,
        double        loss,
        const double *parameters,
        gsize         n_series)
{
  records->losses[i] = loss;

  for (gsize j = 0; j < n_series; j++)
    records->parameters[j][i] = parameters[j];
}

/* These execute @n iterations, or up to one that is not finite, and return how many ended well. 0·v is 0 for finite v
 * and not a number otherwise, so that one comparison answers for all. */

/* Gradient descent, of all variables at once, as bp_optimizer_update() does it. */
G_ALWAYS_INLINE static inline gsize
run_descent (BpTrainer *self,
             gsize      n,
             Records   *records,
             gsize      n_parameters)
{
  const BpOptimizer *optimizer = &self->settings.optimizer;
  const double rate = optimizer->maximize ? -optimizer->learning_rate : optimizer->learning_rate;
  const gsize n_series = MIN (n_parameters, BP_HISTORY_MAX_SERIES);
  BpProgram *program = self->program;
  BpSession *session = program->session;
  const gsize *rows = program->run_rows;
  const double *loss = session->values + session->offsets[bp_graph_get_loss (program->graph)];
  const double *gradients = session->gradients;
  double *values = session->values;
  double *previous = self->previous;

  for (gsize i = 0; i < n; i++, rows += program->batch_size)
    {
      double sum;

      bp_program_feed_rows (program, rows);
      bp_session_step (session);
      sum = 0 * *loss;

      for (gsize j = 0; j < n_parameters; j++)
        {
          const double value = values[j];

          previous[j] = value;
          values[j] = value - rate * gradients[j];
          sum += 0 * values[j];
        }

      if (G_UNLIKELY (sum != 0))
        return i;

      record (records, i, *loss, values, n_series);
    }

  return n;
}

static void
execute_iteration (BpTrainer *self,
                   gsize      i)
{
  BpProgram *program = self->program;

  if (!self->settings.keep_gradients)
    {
      bp_program_feed_rows (program, program->run_rows + i * program->batch_size);
      bp_session_step (program->session);
      memcpy (self->previous, program->session->values, self->n_parameters * sizeof (double));
      for (guint j = 0; j < bp_graph_get_n_variables (program->graph); j++)
        bp_trainer_update (self, bp_graph_get_variable (program->graph, j), self->cursor.iteration + i);
      return;
    }

  /* What is kept is added to, which the tape does not do. */
  for (guint j = 0; j < program->n_instructions; j++)
    bp_trainer_execute (self, &program->instructions[j]);
}

static gsize
run_any (BpTrainer *self,
         gsize      n,
         Records   *records)
{
  const double *values = self->program->session->values;
  const double *loss = values + self->program->session->offsets[bp_graph_get_loss (self->program->graph)];

  for (gsize i = 0; i < n; i++)
    {
      double sum;

      execute_iteration (self, i);
      sum = 0 * *loss;

      for (gsize j = 0; j < self->n_parameters; j++)
        sum += 0 * values[j];

      if (G_UNLIKELY (sum != 0))
        return i;

      record (records, i, *loss, values, MIN (self->n_parameters, BP_HISTORY_MAX_SERIES));
    }

  return n;
}

static gsize
run (BpTrainer *self,
     gsize      n,
     Records   *records)
{
  const BpProgram *program = self->program;

  if (self->settings.keep_gradients)
    return run_any (self, n, records);

  bp_dataset_get_batches (self->dataset, self->cursor.iteration, n, program->batch_size, program->run_rows);

  if (self->settings.optimizer.kind != BP_OPTIMIZER_GRADIENT_DESCENT)
    return run_any (self, n, records);

  return self->n_parameters == 1 ? run_descent (self, n, records, 1)
                                 : run_descent (self, n, records, self->n_parameters);
}

/* How many iterations from the cursor on go by before something is due. */
static gsize
get_run_length (BpTrainer *self,
                gint64     iteration)
{
  gint64 due = MIN (self->settings_until, bp_history_get_next_checkpoint (self->history));

  /* Instructions feed themselves, with the iteration at the cursor. */
  if (self->settings.keep_gradients)
    return 1;

  return MIN (MIN (iteration, due) - self->cursor.iteration, (gint64) self->program->run_length);
}

gboolean
bp_trainer_execute_iterations (BpTrainer *self,
                               gint64     iteration)
{
  Records records;

  const gsize n = get_run_length (self, iteration);
  const gsize n_done = run (self, n, &records);

  bp_history_record_run (self->history, self->cursor.iteration + 1, n_done, records.losses, records.parameters[0],
                         BP_MAX_RUN);

  if (n_done > 0)
    bp_trainer_complete_iterations (self, n_done);

  return n_done == n;
}

void
bp_trainer_complete_iterations (BpTrainer *self,
                                gint64     n_iterations)
{
  self->cursor.iteration += n_iterations;
  self->cursor.instruction = 0;
  self->n_shown = self->program->n_instructions;
  bp_trainer_forget_evaluation (self);

  if (self->cursor.iteration == bp_history_get_next_checkpoint (self->history))
    bp_trainer_save_checkpoint (self);
}
