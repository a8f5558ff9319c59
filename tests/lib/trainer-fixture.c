/* trainer-fixture.c: experiments and trainers for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/trainer-fixture.h"

#include "training/bp-saved-run.h"

#define MAX_SMALL 40

BpExperiment *
load_builtin (const char *name)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_builtin_load (name, &error);

  g_assert_no_error (error);

  return experiment;
}

BpExperiment *
experiment_from_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_experiment_new_from_data (text, -1, "test", NULL, &error);

  g_assert_no_error (error);

  return experiment;
}

BpTrainer *
trainer_new (const BpExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  BpTrainer *trainer = bp_trainer_new (experiment, &error);

  g_assert_no_error (error);

  return trainer;
}

BpTrainer *
trainer_from_text (const char *text)
{
  g_autoptr (BpExperiment) experiment = experiment_from_text (text);

  return trainer_new (experiment);
}

BpTrainer *
trainer_from_model (const char *variables,
                    const char *model,
                    const char *optimizer)
{
  g_autofree char *text = g_strdup_printf ("[Experiment]\nTitle=t\nIterations=100000\nBatchSize=1\n"
                                           "[Variables]\n%s\n[Model]\n%s\n[Optimizer]\n%s\n",
                                           variables, model, optimizer);

  return trainer_from_text (text);
}

BpTrainer *
trainer_from_builtin (const char *name)
{
  g_autoptr (BpExperiment) experiment = load_builtin (name);

  return trainer_new (experiment);
}

BpTrainer *
create_trainer (BpExperiment *experiment,
                BpCursor      cursor)
{
  BpTrainer *trainer = trainer_new (experiment);

  if (cursor.instruction == G_MAXUINT)
    cursor.instruction = bp_trainer_get_n_instructions (trainer) - 1;
  bp_trainer_run (trainer, cursor.iteration);
  bp_trainer_seek (trainer, cursor);
  bp_experiment_free (experiment);

  return trainer;
}

char *
saved_run_to_data (BpTrainer       *trainer,
                   BpCursor         cursor,
                   const GPtrArray *references,
                   const char      *folder)
{
  g_autofree char *data = bp_saved_run_experiment_to_data (bp_trainer_get_experiment (trainer), folder);
  g_autofree char *sections = bp_saved_run_sections_to_data (trainer, cursor, references, folder);

  return g_strconcat (data, sections, NULL);
}

gboolean
step_nodes (BpTrainer *trainer,
            guint      n)
{
  gboolean has_moved = FALSE;

  while (n-- > 0 && bp_trainer_step_node (trainer, 1))
    has_moved = TRUE;

  return has_moved;
}

gboolean
is_small_builtin (const char *name)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin (name);

  return bp_graph_get_n_parameters (bp_trainer_get_graph (trainer)) <= MAX_SMALL;
}
