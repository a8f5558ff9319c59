/* bp-run-batch.c: which samples are fed in the iteration at the cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include <string.h>

gboolean
bp_run_get_can_choose_batch (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  return bp_dataset_get_n_columns (bp_trainer_get_dataset (run->trainer)) > 0 && !bp_run_is_under_way (run)
         && bp_trainer_get_cursor (run->trainer).iteration < bp_trainer_get_n_iterations (run->trainer);
}

const char *
bp_run_get_batch (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  return bp_numbered_lines_get (bp_trainer_get_experiment (run->trainer)->batches,
                                bp_trainer_get_cursor (run->trainer).iteration);
}

/* What is typed may be no class of the model, which the reader of files finds out. */
static gboolean
check (const BpExperiment *experiment,
       const char         *samples,
       GError            **error)
{
  g_autoptr (BpExperiment) read = NULL;
  g_autofree char *text = NULL;

  if (samples == NULL || strchr (samples, '=') == NULL)
    return TRUE;
  text = bp_experiment_to_data (experiment);
  read = bp_experiment_new_from_data (text, -1, experiment->name, experiment->folder, error);

  return read != NULL;
}

gboolean
bp_run_choose_batch (BpRun      *run,
                     const char *samples,
                     GError    **error)
{
  g_autoptr (BpExperiment) experiment = NULL;
  BpTrainer *trainer;
  BpCursor cursor;

  g_return_val_if_fail (BP_IS_RUN (run) && bp_run_get_can_choose_batch (run), FALSE);

  if (g_strcmp0 (samples, bp_run_get_batch (run)) == 0)
    return TRUE;

  cursor = bp_trainer_get_cursor (run->trainer);
  experiment = bp_experiment_copy (bp_trainer_get_experiment (run->trainer));
  bp_numbered_lines_set (experiment->batches, cursor.iteration, samples);
  if (!check (experiment, samples, error))
    return FALSE;
  trainer = bp_trainer_new_sliced (experiment, error);
  if (trainer == NULL)
    return FALSE;

  bp_run_stop (run);
  bp_run_remember_cursor (run);
  bp_run_keep_future (run);
  bp_run_take_trainer (run, trainer);
  bp_trainer_seek (trainer, (BpCursor) { cursor.iteration, MAX (cursor.instruction, 1) });
  bp_run_set_out (run);
  bp_run_update (run);
  bp_run_say_read_change (run, experiment, bp_trainer_get_experiment (run->trainer));

  return TRUE;
}
