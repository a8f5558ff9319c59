/* fuzz-experiment.c: any text as an experiment file, trained a little when it is one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "training/bp-saved-run.h"

/* A saved run reads back as what it was. */
static void
check_written (const BpExperiment *experiment)
{
  g_autofree char *text = bp_experiment_to_data (experiment);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) read = bp_experiment_new_from_data (text, -1, "written", NULL, &error);

  g_assert_no_error (error);

  g_autofree char *again = bp_experiment_to_data (read);

  g_assert_cmpstr (text, ==, again);
}

/* Some steps forward, and those back and forward again: the same bits. */
static void
check_trained (const BpExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpTrainer) trainer = bp_trainer_new (experiment, &error);

  fuzz_check_outcome (trainer != NULL, error);
  if (trainer == NULL)
    return;

  bp_trainer_run (trainer, 3);
  bp_trainer_step_node (trainer, 1);
  bp_trainer_step_phase (trainer, 1);

  gsize n_bytes = bp_graph_get_n_parameters (bp_trainer_get_graph (trainer)) * sizeof (double);
  BpCursor cursor = bp_trainer_get_cursor (trainer);
  g_autofree double *parameters = g_memdup2 (bp_session_get_parameters (bp_trainer_get_session (trainer)), n_bytes);

  bp_trainer_step_iteration (trainer, -1);
  bp_trainer_reset (trainer);
  bp_trainer_seek (trainer, cursor);
  g_assert_cmpmem (parameters, n_bytes, bp_session_get_parameters (bp_trainer_get_session (trainer)), n_bytes);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = fuzz_dup_text (data, size);

  if (!fuzz_is_quick (text))
    return 0;

  g_autoptr (GError) error = NULL;
  g_autoptr (BpSavedRun) saved = bp_saved_run_new_from_data ((const char *) data, (gssize) size, "input", NULL, &error);

  fuzz_check_outcome (saved != NULL, error);
  if (saved != NULL)
    {
      check_written (saved->experiment);
      check_trained (saved->experiment);
    }

  return 0;
}
