/* evaluator-fixture.c: evaluators of all data, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "core/training/evaluator-fixture.h"

#include "lib/trainer-fixture.h"

void
case_clear (Case *self)
{
  bp_evaluator_free (self->evaluator);
  bp_evaluator_free (self->test);
  g_clear_error (&self->error);
  bp_dataset_unref (self->dataset);
  bp_experiment_free (self->experiment);
}

Case
case_new (BpExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  Case self = { .experiment = experiment };
  gsize n_rows;

  self.dataset = bp_experiment_create_dataset (experiment, &error);
  g_assert_no_error (error);
  self.evaluator = bp_evaluator_new_for_data (experiment, self.dataset, FALSE, &self.error);
  bp_dataset_get_rows (self.dataset, TRUE, &n_rows);
  if (n_rows > 0)
    self.test = bp_evaluator_new_for_data (experiment, self.dataset, TRUE, NULL);

  return self;
}

gsize
get_n_parameters (Case *self)
{
  return bp_graph_get_n_parameters (bp_evaluator_get_graph (self->evaluator));
}

Case
case_new_from_text (const char *text)
{
  BpExperiment *experiment = experiment_from_text (text);

  return case_new (experiment);
}
