/* bp-trainer-settings.c: the settings of each iteration, their changes, and checkpoints
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-trainer-private.h"

#include <math.h>
#include <string.h>

static BpSettingsChange *
get_change (BpTrainer *self,
            guint      index)
{
  return &g_array_index (self->experiment->changes, BpSettingsChange, index);
}

const BpSettings *
bp_trainer_settings_at (BpTrainer *self,
                        gint64     iteration,
                        gint64    *since,
                        gint64    *until)
{
  const BpSettings *settings = &self->experiment->settings;
  guint i;

  *since = 0;

  for (i = 0; i < self->experiment->changes->len && get_change (self, i)->iteration <= iteration; i++)
    {
      if (get_change (self, i)->settings.optimizer.kind != settings->optimizer.kind)
        *since = get_change (self, i)->iteration;

      settings = &get_change (self, i)->settings;
    }

  *until = i < self->experiment->changes->len ? get_change (self, i)->iteration : G_MAXINT64;

  return settings;
}

double
bp_trainer_get_learning_rate (BpTrainer *trainer,
                              gint64     iteration)
{
  const BpOptimizer *optimizer;
  gint64 since = 0;

  g_return_val_if_fail (trainer != NULL && iteration >= 0, (double) NAN);

  optimizer = &trainer->experiment->settings.optimizer;
  for (guint i = 0; i < trainer->experiment->changes->len && get_change (trainer, i)->iteration <= iteration; i++)
    {
      const BpSettingsChange *change = get_change (trainer, i);

      if (!bp_schedule_equal (&change->settings.optimizer.schedule, &optimizer->schedule))
        since = change->iteration;
      optimizer = &change->settings.optimizer;
    }

  return optimizer->learning_rate * bp_schedule_get_factor (&optimizer->schedule, iteration - since,
                                                            trainer->experiment->iterations - since);
}

void
bp_trainer_update_scheduled (BpTrainer           *self,
                             const BpInstruction *update,
                             gint64               iteration)
{
  BpOptimizer optimizer = self->settings.optimizer;

  optimizer.learning_rate = bp_trainer_get_learning_rate (self, iteration);
  bp_trainer_update_by (self, update, iteration, &optimizer);
}

static void
clear_slots (BpTrainer *self)
{
  memset (self->slots, 0, self->n_parameters * BP_OPTIMIZER_MAX_SLOTS * sizeof (double));
}

/* Replaces the program. The new one gets the parameters and their gradients; it has computed nothing yet. */
static void
change_program (BpTrainer *self,
                BpProgram *program)
{
  gsize size = self->n_parameters * sizeof (double);

  memcpy (bp_session_get_parameters (program->session), bp_trainer_get_parameters (self), size);
  memcpy (bp_session_get_parameter_gradients (program->session),
          bp_session_get_parameter_gradients (self->program->session), size);
  bp_program_free (self->program);
  self->program = program;
  self->n_shown = 0;
}

/* Takes the settings that hold after @iteration completed iterations, and makes the program that they need. */
static void
take_settings (BpTrainer *self,
               gint64     iteration)
{
  self->settings = *bp_trainer_settings_at (self, iteration, &self->settings_since, &self->settings_until);

  if (self->program->batch_size != self->settings.batch_size)
    {
      BpProgram *program = bp_program_new (self->experiment, self->dataset, self->settings.batch_size, NULL);

      g_return_if_fail (program != NULL);
      change_program (self, program);
    }
  bp_session_set_keeps_parameters (self->program->session, self->settings.keep_gradients);
}

void
bp_trainer_enter_settings (BpTrainer *self)
{
  take_settings (self, self->cursor.iteration);

  if (self->settings_since == self->cursor.iteration)
    clear_slots (self);
}

/* Checkpoints: the parameters, their gradients (which matter when they are kept), and the optimizer state in use */

static gboolean
has_slots (BpTrainer *self)
{
  return bp_optimizer_get_class (self->settings.optimizer.kind)->n_slots > 0;
}

static double
sum_squares (const double *values,
             gsize         n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += values[i] * values[i];

  return sum;
}

void
bp_trainer_write_squares (BpTrainer *self,
                          double    *squares)
{
  BpGraph *graph = self->program->graph;
  const double *gradients = bp_session_get_parameter_gradients (self->program->session);

  for (guint i = 0; i < bp_graph_get_n_variables (graph); i++)
    {
      gsize n = bp_graph_get_n_elements (graph, bp_graph_get_variable (graph, i));

      squares[i] = sum_squares (gradients, n);
      gradients += n;
    }
}

void
bp_trainer_save_checkpoint (BpTrainer *self)
{
  gsize n = self->n_parameters;
  double *checkpoint = bp_history_add_checkpoint (self->history);

  memcpy (checkpoint, bp_trainer_get_parameters (self), n * sizeof (double));
  memcpy (checkpoint + n, bp_session_get_parameter_gradients (self->program->session), n * sizeof (double));
  if (has_slots (self))
    memcpy (checkpoint + 2 * n, self->slots, n * BP_OPTIMIZER_MAX_SLOTS * sizeof (double));
  bp_trainer_write_squares (self, checkpoint + MAX (n, 1) * BP_CHECKPOINT_NUMBERS);
}

void
bp_trainer_restore_checkpoint (BpTrainer *self,
                               gint64     iteration)
{
  gsize n = self->n_parameters;
  const double *checkpoint = bp_history_get_checkpoint (self->history, iteration, &self->cursor.iteration);

  self->cursor.instruction = 0;
  self->is_suspect = FALSE;
  bp_program_forget_evaluation (self->program);
  take_settings (self, MAX (self->cursor.iteration - 1, 0));
  self->n_shown = 0;

  memcpy (bp_trainer_get_parameters (self), checkpoint, n * sizeof (double));
  memcpy (bp_session_get_parameter_gradients (self->program->session), checkpoint + n, n * sizeof (double));
  if (self->cursor.iteration == 0)
    clear_slots (self);
  else if (has_slots (self))
    memcpy (self->slots, checkpoint + 2 * n, n * BP_OPTIMIZER_MAX_SLOTS * sizeof (double));
}

/* Forgets what was computed after @iteration. */
static void
drop_results (BpTrainer *self,
              gint64     iteration)
{
  bp_history_truncate (self->history, iteration);
  self->diverged = FALSE;
  self->known_finite = -1;
  self->careful = -1;
}

static void
drop_future (BpTrainer *self)
{
  GArray *changes = self->experiment->changes;

  while (changes->len > 0 && get_change (self, changes->len - 1)->iteration >= self->cursor.iteration)
    g_array_set_size (changes, changes->len - 1);

  drop_results (self, self->cursor.iteration);
}

static void
record_change (BpTrainer        *self,
               const BpSettings *settings)
{
  BpSettingsChange change = { self->cursor.iteration, *settings };
  gint64 since, until;

  drop_future (self);

  if (self->cursor.iteration == 0)
    self->experiment->settings = change.settings;
  else if (!bp_settings_equal (bp_trainer_settings_at (self, self->cursor.iteration, &since, &until),
                               &change.settings))
    g_array_append_val (self->experiment->changes, change);
}

gboolean
bp_trainer_check_settings (BpTrainer        *trainer,
                           const BpSettings *settings,
                           GError          **error)
{
  g_autoptr (BpProgram) program = NULL;

  g_return_val_if_fail (trainer != NULL && settings != NULL, FALSE);

  if (!bp_settings_check (settings, error))
    return FALSE;

  if (settings->batch_size == trainer->program->batch_size)
    return TRUE;

  program = bp_program_new (trainer->experiment, trainer->dataset, settings->batch_size, error);

  return program != NULL;
}

static void
execute_again (BpTrainer *self,
               BpCursor   target)
{
  bp_trainer_set_out (self, target, TRUE);
  if (!self->is_sliced)
    bp_trainer_continue (self, G_MAXSIZE, G_MAXINT64);
}

/* A change at the end of an iteration only affects the next one, so nothing is replayed. */
static gboolean
keeps_numbers (BpTrainer *self)
{
  return self->cursor.instruction == 0 && self->n_shown > 0
         && bp_history_get_recorded (self->history) >= self->cursor.iteration;
}

gboolean
bp_trainer_set_settings (BpTrainer        *trainer,
                         const BpSettings *settings,
                         GError          **error)
{
  BpCursor cursor;

  g_return_val_if_fail (trainer != NULL && settings != NULL, FALSE);

  if (bp_settings_equal (settings, bp_trainer_get_settings (trainer)))
    return TRUE;

  if (!bp_trainer_check_settings (trainer, settings, error))
    return FALSE;

  bp_trainer_stop (trainer);
  cursor = trainer->cursor;
  record_change (trainer, settings);

  if (keeps_numbers (trainer))
    {
      bp_trainer_settings_at (trainer, cursor.iteration - 1, &trainer->settings_since, &trainer->settings_until);
      return TRUE;
    }

  execute_again (trainer, cursor);

  return TRUE;
}

/* After how many iterations the settings of the run first differ from the settings of @other. */
static gint64
first_difference (BpTrainer          *self,
                  const BpExperiment *other)
{
  GArray *a = self->experiment->changes;
  GArray *b = other->changes;
  guint i = 0;

  if (!bp_settings_equal (&self->experiment->settings, &other->settings))
    return 0;

  for (i = 0; i < MIN (a->len, b->len); i++)
    {
      const BpSettingsChange *mine = &g_array_index (a, BpSettingsChange, i);
      const BpSettingsChange *theirs = &g_array_index (b, BpSettingsChange, i);

      if (mine->iteration != theirs->iteration || !bp_settings_equal (&mine->settings, &theirs->settings))
        return MIN (mine->iteration, theirs->iteration);
    }

  if (a->len == b->len)
    return G_MAXINT64;

  return g_array_index (a->len > b->len ? a : b, BpSettingsChange, i).iteration;
}

/* Whether learning rates depend on where the run ends. */
static gboolean
depends_on_end (const BpExperiment *experiment)
{
  gboolean depends = experiment->settings.optimizer.schedule.kind == BP_SCHEDULE_COSINE;

  for (guint i = 0; i < experiment->changes->len; i++)
    depends |= g_array_index (experiment->changes, BpSettingsChange, i).settings.optimizer.schedule.kind
               == BP_SCHEDULE_COSINE;

  return depends;
}

void
bp_trainer_restore_settings (BpTrainer          *trainer,
                             const BpExperiment *experiment)
{
  BpExperiment *self;
  gint64 difference;
  BpCursor cursor;

  g_return_if_fail (trainer != NULL && experiment != NULL);

  self = trainer->experiment;
  difference = first_difference (trainer, experiment);
  if (self->iterations != experiment->iterations && depends_on_end (experiment))
    difference = 0;
  cursor = trainer->cursor;
  self->settings = experiment->settings;
  self->iterations = experiment->iterations;
  g_array_set_size (self->changes, 0);
  g_array_append_vals (self->changes, experiment->changes->data, experiment->changes->len);

  if (difference < G_MAXINT64)
    drop_results (trainer, difference);

  if (cursor.iteration >= difference)
    cursor = (BpCursor) { difference, 0 };

  if (cursor.iteration >= self->iterations)
    cursor = (BpCursor) { self->iterations, 0 };

  execute_again (trainer, cursor);
}

void
bp_trainer_set_n_iterations (BpTrainer *trainer,
                             gint64     n_iterations)
{
  gint64 minimum, before;

  g_return_if_fail (trainer != NULL);

  before = trainer->experiment->iterations;
  minimum = MAX (trainer->cursor.iteration + (trainer->cursor.instruction > 0), 1);
  trainer->experiment->iterations = CLAMP (n_iterations, minimum, BP_MAX_ITERATIONS);
  if (trainer->experiment->iterations != before && depends_on_end (trainer->experiment))
    {
      const BpCursor cursor = trainer->cursor;

      bp_trainer_stop (trainer);
      drop_results (trainer, 0);
      execute_again (trainer, cursor);
    }
  else if (trainer->target.iteration >= trainer->experiment->iterations)
    trainer->target = (BpCursor) { trainer->experiment->iterations, 0 };
}
