/* bp-stable-range.c: the learning rates with which training comes to rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bp-stable-range.h"

#include <math.h>

void
bp_curvature_init (BpCurvature *curvature,
                   BpTrainer   *trainer)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (trainer);
  BpEvaluator *evaluator = bp_trainer_get_evaluator (trainer);
  g_autofree double *start = NULL;
  g_autofree double *place = NULL;
  gsize n;

  *curvature = (BpCurvature) { NAN, NAN };
  if (evaluator == NULL
      || bp_dataset_get_n_samples (bp_trainer_get_dataset (trainer)) > BP_STABLE_RANGE_MAX_SAMPLES)
    return;

  n = bp_evaluator_get_n_parameters (evaluator);
  start = g_new (double, n);
  place = g_new (double, n);
  bp_experiment_init_parameters (experiment, start);
  if (!bp_evaluator_get_optimum (evaluator, start, place))
    memcpy (place, bp_session_get_parameters (bp_trainer_get_session (trainer)), n * sizeof (double));

  curvature->full = bp_evaluator_get_curvature (evaluator, place);
  curvature->worst = bp_evaluator_get_worst_curvature (evaluator, place);
}

double
bp_stable_range_get_limit (const BpOptimizer *optimizer,
                           double             curvature)
{
  double mu = optimizer->parameters[BP_PARAMETER_MOMENTUM];

  if (isnan (curvature))
    return NAN;
  if (optimizer->maximize)
    return 0;
  if (curvature <= 0)
    return INFINITY;

  switch (optimizer->kind)
    {
    case BP_OPTIMIZER_GRADIENT_DESCENT:
      return 2 / curvature;
    case BP_OPTIMIZER_MOMENTUM:
      return 2 * (1 + mu) / curvature;
    case BP_OPTIMIZER_NESTEROV:
      return 2 * (1 + mu) / (1 + 2 * mu) / curvature;
    case BP_OPTIMIZER_ADAGRAD:
    case BP_OPTIMIZER_RMSPROP:
    case BP_OPTIMIZER_ADAM:
    case BP_N_OPTIMIZERS:
    default:
      return NAN;
    }
}
