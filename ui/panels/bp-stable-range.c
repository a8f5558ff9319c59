/* bp-stable-range.c: the learning rates with which training comes to rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panels/bp-stable-range.h"

#include <math.h>
#include <string.h>

/* How far beside a place its curvature is looked at again, and how much smaller it must be there for a kink. */
#define BESIDE 1e-3
#define KINK 10

/* At least so many gradients are needed: where even they cost too much, nothing is begun. */
#define MIN_GRADIENTS 10

struct _BpCurvatureInput {
  BpExperiment *experiment;
  BpDataset    *dataset;
  double       *parameters;
};

BpCurvatureInput *
bp_curvature_input_new (BpTrainer *trainer)
{
  BpCurvatureInput *self;
  gsize n;

  g_return_val_if_fail (trainer != NULL, NULL);

  self = g_new0 (BpCurvatureInput, 1);
  n = bp_graph_get_n_parameters (bp_trainer_get_graph (trainer));
  self->experiment = bp_experiment_copy (bp_trainer_get_experiment (trainer));
  self->dataset = bp_dataset_ref (bp_trainer_get_dataset (trainer));
  self->parameters = g_memdup2 (bp_session_get_parameters (bp_trainer_get_session (trainer)), n * sizeof (double));

  return self;
}

void
bp_curvature_input_free (BpCurvatureInput *input)
{
  bp_experiment_free (input->experiment);
  bp_dataset_unref (input->dataset);
  g_free (input->parameters);
  g_free (input);
}

static BpCurvature
measure (BpEvaluator  *evaluator,
         const double *place)
{
  return (BpCurvature) { bp_evaluator_get_curvature (evaluator, place),
                         bp_evaluator_get_worst_curvature (evaluator, place) };
}

/* At a kink, where a loss of absolute values likes to have its minimum, the difference of the gradients to either side
 * is no curvature; beside it is. Moves @place there. */
static BpCurvature
measure_around (BpEvaluator *evaluator,
                double      *place,
                gsize        n)
{
  BpCurvature here = measure (evaluator, place);
  BpCurvature beside;

  for (gsize i = 0; i < n; i++)
    place[i] += BESIDE * fmax (1, fabs (place[i]));
  beside = measure (evaluator, place);

  return here.full > KINK * beside.full || here.worst > KINK * beside.worst ? beside : here;
}

void
bp_curvature_init (BpCurvature            *curvature,
                   const BpCurvatureInput *input,
                   BpWork                 *work)
{
  g_autoptr (BpEvaluator) evaluator = NULL;
  g_autofree double *start = NULL;
  g_autofree double *place = NULL;
  gsize n;

  g_return_if_fail (curvature != NULL && input != NULL);

  *curvature = (BpCurvature) { NAN, NAN };
  evaluator = bp_evaluator_new (input->experiment, input->dataset);
  bp_evaluator_set_work (evaluator, work);
  if (work != NULL && work->limit < MIN_GRADIENTS * bp_evaluator_get_gradient_cost (evaluator))
    {
      bp_work_spend (work, INFINITY);
      return;
    }

  n = bp_evaluator_get_n_parameters (evaluator);
  start = g_new (double, n);
  place = g_new (double, n);
  bp_experiment_init_parameters (input->experiment, start);
  if (!bp_evaluator_get_optimum (evaluator, start, place))
    memcpy (place, input->parameters, n * sizeof (double));

  *curvature = measure_around (evaluator, place, n);
}

double
bp_stable_range_get_limit (const BpSettings *settings,
                           double            curvature)
{
  const BpOptimizer *optimizer = &settings->optimizer;
  double mu = optimizer->parameters[BP_PARAMETER_MOMENTUM];

  if (isnan (curvature))
    return NAN;
  if (optimizer->maximize || settings->keep_gradients)
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
