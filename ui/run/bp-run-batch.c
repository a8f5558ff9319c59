/* bp-run-batch.c: which samples are fed in the iteration at the cursor, and what is changed of samples
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
       GError            **error)
{
  g_autofree char *text = bp_experiment_to_data (experiment);
  g_autoptr (BpExperiment) read = bp_experiment_new_from_data (text, -1, experiment->name, experiment->folder, error);

  return read != NULL;
}

gboolean
bp_run_choose_batch (BpRun      *run,
                     const char *samples,
                     GError    **error)
{
  g_autoptr (BpExperiment) experiment = NULL;
  BpCursor cursor;

  g_return_val_if_fail (BP_IS_RUN (run) && bp_run_get_can_choose_batch (run), FALSE);

  if (g_strcmp0 (samples, bp_run_get_batch (run)) == 0)
    return TRUE;

  cursor = bp_trainer_get_cursor (run->trainer);
  experiment = bp_experiment_copy (bp_trainer_get_experiment (run->trainer));
  bp_numbered_lines_set (experiment->batches, cursor.iteration, samples);
  cursor.instruction = MAX (cursor.instruction, 1);

  return (samples == NULL || strchr (samples, '=') == NULL || check (experiment, error))
         && bp_run_compute_again (run, experiment, cursor, BP_STROKE_NEW, error);
}

gboolean
bp_run_edit_sample (BpRun        *run,
                    gsize         row,
                    const guint  *columns,
                    const double *values,
                    guint         n_columns,
                    GError      **error)
{
  g_autoptr (BpExperiment) experiment = NULL;

  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  experiment = bp_experiment_copy (bp_trainer_get_experiment (run->trainer));
  bp_experiment_edit_sample (experiment, bp_trainer_get_dataset (run->trainer), row, columns, values, n_columns);

  return check (experiment, error)
         && bp_run_compute_again (run, experiment, bp_run_get_destination (run), BP_STROKE_NEW, error);
}
