/* data-evaluator.c: what a trainer's model makes of all its data, for tests that ask once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/data-evaluator.h"

BpEvaluator *
new_data_evaluator (BpTrainer *trainer,
                    gboolean   test)
{
  g_autoptr (GError) error = NULL;
  BpEvaluator *evaluator = bp_evaluator_new_for_data (bp_trainer_get_experiment (trainer),
                                                      bp_trainer_get_dataset (trainer), test, &error);

  g_assert_no_error (error);

  return evaluator;
}

double
get_data_loss (BpTrainer    *trainer,
               gboolean      test,
               const double *parameters)
{
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, test);

  return bp_evaluator_get_loss (evaluator, parameters, NULL);
}

double
get_data_accuracy (BpTrainer    *trainer,
                   gboolean      test,
                   const double *parameters)
{
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, test);

  return bp_evaluator_get_accuracy (evaluator, bp_trainer_get_experiment (trainer), parameters);
}
