/* bp-run-experiment.c: loads experiments, and changes the experiment and the settings of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include "base/bp-random.h"

/* New seeds are smaller, so that they can be read out in a lecture. */
#define MAX_SHUFFLED_SEED 1000000

/* The experiment */

void
bp_run_load_trainer (BpRun              *run,
                     const BpExperiment *experiment,
                     BpTrainer          *trainer)
{
  g_return_if_fail (BP_IS_RUN (run) && experiment != NULL && trainer != NULL);

  bp_run_stop (run);
  g_ptr_array_set_size (run->undo, 0);
  g_ptr_array_set_size (run->redo, 0);
  run->learning_rate_time = run->hand_time = 0;
  run->selected_node = BP_NODE_NONE;
  run->selected_element = BP_ELEMENT_NONE;
  run->n_revealed = 0;
  bp_run_take_trainer (run, trainer);
  bp_run_set_out (run);
  bp_run_leave_references (run);
  run->n_loads++;
  run->n_edits++;
  g_clear_pointer (&run->said_change, g_free);
  bp_run_update (run);
  bp_run_say_saved_change (run, experiment, bp_trainer_get_experiment (trainer));
}

gboolean
bp_run_load (BpRun              *run,
             const BpExperiment *experiment,
             GError            **error)
{
  BpTrainer *trainer;

  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  trainer = bp_trainer_new_sliced (experiment, error);

  if (trainer == NULL)
    return FALSE;

  bp_run_load_trainer (run, experiment, trainer);

  return TRUE;
}

BpExperiment *
bp_run_dup_experiment (BpRun *run)
{
  BpExperiment *experiment;

  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  experiment = bp_experiment_copy (bp_trainer_get_experiment (run->trainer));
  experiment->settings = *bp_trainer_get_settings (run->trainer);
  g_array_set_size (experiment->changes, 0);

  return experiment;
}

void
bp_run_go_on_with (BpRun              *run,
                   BpTrainer          *trainer,
                   const BpExperiment *experiment,
                   BpCursor            cursor)
{
  bp_run_take_trainer (run, trainer);
  bp_trainer_seek (trainer, cursor);
  bp_run_set_out (run);
  bp_run_drop_foreign_references (run);
  bp_run_update (run);
  bp_run_say_read_change (run, experiment, bp_trainer_get_experiment (trainer));
}

gboolean
bp_run_set_experiment (BpRun              *run,
                       const BpExperiment *experiment,
                       GError            **error)
{
  BpTrainer *trainer;

  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  trainer = bp_trainer_new_sliced (experiment, error);
  if (trainer == NULL)
    return FALSE;

  bp_run_stop (run);
  run->n_edits++;
  bp_run_remember (run, BP_RUN_EDIT_START);
  bp_run_go_on_with (run, trainer, experiment, (BpCursor) { 0, 0 });

  return TRUE;
}

/* Whether it belongs to the undo of the change by hand before it. */
static gboolean
goes_on (BpRun      *self,
         BpRunStroke stroke,
         gint64      now)
{
  return self->hand_time != 0
         && (stroke == BP_STROKE_DRAG
             || (stroke == BP_STROKE_KEY && self->stroke == stroke && now - self->hand_time <= BP_RUN_BURST));
}

gboolean
bp_run_compute_again (BpRun              *run,
                      const BpExperiment *experiment,
                      BpCursor            cursor,
                      BpRunStroke         stroke,
                      GError            **error)
{
  const gint64 now = g_get_monotonic_time ();
  BpTrainer *trainer = bp_trainer_new_sliced (experiment, error);

  if (trainer == NULL)
    return FALSE;

  bp_run_stop (run);
  run->n_edits++;
  if (!goes_on (run, stroke, now))
    bp_run_remember (run, BP_RUN_EDIT_AGAIN);
  run->hand_time = now;
  run->stroke = stroke;
  bp_run_keep_future (run, cursor.iteration);
  bp_run_go_on_with (run, trainer, experiment, cursor);

  return TRUE;
}

void
bp_run_shuffle (BpRun *run)
{
  g_autoptr (BpExperiment) experiment = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (BP_IS_RUN (run));

  experiment = bp_run_dup_experiment (run);
  experiment->seed = bp_random_below (bp_random_key (experiment->seed, "shuffle"), 0, MAX_SHUFFLED_SEED);
  if (!bp_run_set_experiment (run, experiment, &error))
    g_signal_emit_by_name (run, "message", error->message);
}

guint
bp_run_get_n_edits (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), 0);

  return run->n_edits;
}

/* Settings */

static void
change_settings (BpRun            *self,
                 const BpSettings *settings)
{
  self->n_edits++;
  if (self->is_under_way)
    bp_run_stop (self);
  bp_trainer_set_settings (self->trainer, settings, NULL);
  bp_run_set_out (self);
  bp_run_update (self);
}

gboolean
bp_run_set_settings (BpRun            *run,
                     const BpSettings *settings,
                     GError          **error)
{
  g_return_val_if_fail (BP_IS_RUN (run) && settings != NULL, FALSE);

  if (bp_settings_equal (settings, bp_trainer_get_settings (run->trainer)))
    return TRUE;

  if (!bp_trainer_check_settings (run->trainer, settings, error))
    return FALSE;

  bp_run_remember (run, BP_RUN_EDIT_SETTINGS);
  bp_run_keep_future (run, bp_trainer_get_cursor (run->trainer).iteration);
  change_settings (run, settings);

  return TRUE;
}

double
bp_run_get_learning_rate (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), 0);

  return bp_trainer_get_settings (run->trainer)->optimizer.learning_rate;
}

void
bp_run_set_learning_rate (BpRun *run,
                          double learning_rate)
{
  BpSettings settings;
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (BP_IS_RUN (run));

  settings = *bp_trainer_get_settings (run->trainer);
  settings.optimizer.learning_rate = learning_rate;

  if (bp_settings_equal (&settings, bp_trainer_get_settings (run->trainer))
      || !bp_trainer_check_settings (run->trainer, &settings, NULL))
    return;

  if (run->learning_rate_time == 0 || now - run->learning_rate_time > BP_RUN_BURST)
    {
      bp_run_remember (run, BP_RUN_EDIT_SETTINGS);
      bp_run_keep_future (run, bp_trainer_get_cursor (run->trainer).iteration);
    }

  run->learning_rate_time = now;
  change_settings (run, &settings);
}

gint64
bp_run_get_n_iterations (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), 0);

  return bp_trainer_get_n_iterations (run->trainer);
}

void
bp_run_set_n_iterations (BpRun *run,
                         gint64 n_iterations)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (n_iterations == bp_trainer_get_n_iterations (run->trainer))
    return;

  run->n_edits++;
  bp_run_remember (run, BP_RUN_EDIT_SETTINGS);
  bp_trainer_set_n_iterations (run->trainer, n_iterations);
  run->state.running_to = MIN (run->state.running_to, bp_trainer_get_n_iterations (run->trainer));
  bp_run_update (run);
}
