/* bp-stability.c: the learning rates with which a training does not explode
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-stability.h"

#include <math.h>

#include "base/bp-random.h"
#include "training/bp-evaluator.h"
#include "training/bp-trainer.h"

/* The longest trial, and the shortest worth trying. */
#define MAX_ITERATIONS 10000
#define MIN_ITERATIONS 500

/* Iterations between two looks at the loss. */
#define CHUNK 50

/* About how many rates are tried. An iteration has overhead besides the operations of its graph. */
#define N_TRIALS 25
#define OVERHEAD 100

/* The loss has exploded when it is EXPLOSION times its value at the start. */
#define EXPLOSION 1000

/* Rates are tried a power of ten apart until N_DECADES in a row are stable, then FACTOR apart until N_CONFIRMED are,
 * then by bisection. */
#define N_DECADES 4
#define FACTOR 0.8
#define N_CONFIRMED 3
#define N_BISECTIONS 4

/* If at twice the limit the loss explodes only after 1/LATE of the trial, there is no limit: a smaller rate only delays
 * the explosion. */
#define LATE 8

/* How far from the start a loss is compared with a parabola, and how exactly it has to be one. */
static const double distances[] = { 0.5, 20, 1000 };
#define PARABOLA 1e-9

/* An eigenvalue that is smaller in relation to the largest is a rounding error. */
#define NEGLIGIBLE 1e-6

double
bp_stability_get_factor (const BpSettings *settings)
{
  const BpOptimizer *optimizer = &settings->optimizer;
  double momentum = optimizer->parameters[BP_PARAMETER_MOMENTUM];

  /* Gradients that add up are momentum 1. */
  if (settings->keep_gradients)
    return optimizer->kind == BP_OPTIMIZER_GRADIENT_DESCENT ? 4 : (double) INFINITY;

  switch ((int) optimizer->kind)
    {
    case BP_OPTIMIZER_GRADIENT_DESCENT:
      return 2;
    case BP_OPTIMIZER_MOMENTUM:
      return 2 * (1 + momentum);
    case BP_OPTIMIZER_NESTEROV:
      return 2 * (1 + momentum) / (1 + 2 * momentum);
    default: /* the adaptive ones */
      return (double) INFINITY;
    }
}

/* The formula */

static double
get_magnitude (const double *vector,
               gsize         n)
{
  double magnitude = 0;

  for (gsize i = 0; i < n; i++)
    magnitude = fmax (magnitude, fabs (vector[i]));

  return magnitude;
}

/* Whether the gradient at @start is the mean of the gradients beside it, near and far: then the Hessian is constant. */
static gboolean
is_quadratic (BpEvaluator  *evaluator,
              const double *start,
              gsize         n)
{
  guint64 key = bp_random_key (0, "stability");
  g_autofree double *numbers = g_new (double, 4 * n);
  double *point = numbers, *here = numbers + n, *below = numbers + 2 * n, *above = numbers + 3 * n;

  bp_evaluator_get_loss (evaluator, start, here);
  for (gsize k = 0; k < G_N_ELEMENTS (distances); k++)
    {
      double bend = 0, scale;

      for (gsize i = 0; i < n; i++)
        point[i] = start[i] - distances[k] * (bp_random_uniform (key, k * n + i) - 0.5);
      bp_evaluator_get_loss (evaluator, point, below);
      for (gsize i = 0; i < n; i++)
        point[i] = 2 * start[i] - point[i];
      bp_evaluator_get_loss (evaluator, point, above);

      scale = get_magnitude (below, n) + get_magnitude (above, n) + get_magnitude (here, n);
      for (gsize i = 0; i < n; i++)
        bend = fmax (bend, fabs (above[i] - 2 * here[i] + below[i]));
      /* Written so that NaN is no parabola. */
      if (!(bend <= PARABOLA * scale) || !isfinite (scale))
        return FALSE;
    }

  return TRUE;
}

/* Whether each update is by the gradient of the same function: of the same rows, and without dropout. */
static gboolean
is_full_batch (const BpExperiment *experiment,
               BpEvaluator        *evaluator)
{
  const gsize n_rows = bp_evaluator_get_n_rows (evaluator);

  if (bp_graph_has_op (bp_evaluator_get_graph (evaluator), BP_OP_MASK))
    return FALSE;

  return n_rows == 1 || (experiment->settings.batch_size == n_rows && experiment->sampling != BP_SAMPLING_RANDOM);
}

/* Returns: FALSE where there is no formula */
static gboolean
find_by_formula (BpStability        *self,
                 const BpExperiment *experiment,
                 BpEvaluator        *evaluator,
                 const double       *start)
{
  gsize n = bp_graph_get_n_parameters (bp_evaluator_get_graph (evaluator));
  double factor = bp_stability_get_factor (&experiment->settings);
  int sign = experiment->settings.optimizer.maximize ? -1 : 1;
  g_autofree double *gradient = g_new (double, n);
  double largest, smallest;

  if (!is_full_batch (experiment, evaluator) || !is_quadratic (evaluator, start, n))
    return FALSE;

  largest = bp_evaluator_get_curvature (evaluator, start, sign);
  smallest = -bp_evaluator_get_curvature (evaluator, start, -sign);
  if (isnan (largest) || isnan (smallest))
    return FALSE;

  bp_evaluator_get_loss (evaluator, start, gradient);
  if (smallest < -NEGLIGIBLE * fabs (largest) || (!(largest > 0) && get_magnitude (gradient, n) > 0))
    self->kind = BP_STABILITY_NEVER;
  else
    *self = (BpStability) { .kind = BP_STABILITY_EXACT, .limit = largest > 0 ? factor / largest : (double) INFINITY };

  return TRUE;
}

/* Trying */

typedef struct {
  BpTrainer  *trainer;
  BpSettings  settings;
  BpWork     *work;
  double      cost;  /* of an iteration */
  double      bound; /* of the loss */
  gint64      n_iterations;
} Trial;

static gboolean
has_exploded (Trial *self)
{
  const BpSeries *losses = bp_history_get_loss (bp_trainer_get_history (self->trainer));
  gint64 iteration = bp_trainer_get_cursor (self->trainer).iteration;
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (losses, &n);

  for (guint i = (guint) ((iteration - CHUNK) / bp_series_get_bucket_width (losses)); i < n; i++)
    if (fabs (buckets[i].minimum) > self->bound || fabs (buckets[i].maximum) > self->bound)
      return TRUE;

  return FALSE;
}

/* Returns: after how many iterations with @rate the loss has exploded, G_MAXINT64 if it has not, −1 beyond the work */
static gint64
try_rate (Trial  *self,
          double  rate)
{
  self->settings.optimizer.learning_rate = rate;
  bp_trainer_reset (self->trainer);
  if (!bp_trainer_set_settings (self->trainer, &self->settings, NULL))
    return 0;

  for (gint64 i = 0; i < self->n_iterations; i += CHUNK)
    {
      if (!bp_work_spend (self->work, CHUNK * self->cost))
        return -1;
      if (bp_trainer_run (self->trainer, CHUNK) < CHUNK || has_exploded (self))
        return i;
    }

  return G_MAXINT64;
}

/* When the budget is spent every rate counts as unstable, so that the search ends. */
static gboolean
is_stable (Trial  *self,
           double  rate)
{
  return try_rate (self, rate) == G_MAXINT64;
}

/* The largest rate below which every tried rate was stable. Returns: infinity if all were stable, 0 if none was */
static double
find_limit (Trial  *self,
            double  max_rate)
{
  double high = (double) INFINITY, rate = max_rate;
  guint n_stable = 0;

  for (; n_stable < N_DECADES && rate >= BP_LEARNING_RATE_MIN; rate /= 10)
    if (is_stable (self, rate))
      n_stable++;
    else
      {
        high = rate;
        n_stable = 0;
      }
  if (isinf (high) || n_stable == 0)
    return isinf (high) ? high : 0;

  n_stable = 0;
  for (rate = high * FACTOR; n_stable < N_CONFIRMED && rate >= BP_LEARNING_RATE_MIN; rate *= FACTOR)
    if (is_stable (self, rate))
      n_stable++;
    else
      {
        high = rate;
        n_stable = 0;
      }

  for (double low = high * FACTOR, i = 0; ; i++)
    {
      if (i == N_BISECTIONS)
        return low;
      rate = sqrt (low * high);
      *(is_stable (self, rate) ? &low : &high) = rate;
    }
}

static void
find_by_trials (BpStability *self,
                Trial       *trial,
                double       max_rate)
{
  double limit = find_limit (trial, max_rate);
  gboolean is_late = isfinite (limit) && limit > 0 && try_rate (trial, 2 * limit) > trial->n_iterations / LATE;

  if (trial->work != NULL && !bp_work_spend (trial->work, 0))
    return;

  if (limit == 0 || is_late)
    self->kind = BP_STABILITY_NEVER;
  else
    *self = (BpStability) { BP_STABILITY_MEASURED, limit, max_rate, trial->n_iterations };
}

/* How many iterations are tried, in whole chunks; 0 where that is too much work. */
static gint64
get_n_iterations (const Trial *trial)
{
  double n = trial->work != NULL ? trial->work->limit / (N_TRIALS * trial->cost) : MAX_ITERATIONS;

  return n < MIN_ITERATIONS ? 0 : (gint64) MIN (n, MAX_ITERATIONS) / CHUNK * CHUNK;
}

void
bp_stability_init (BpStability        *stability,
                   const BpExperiment *experiment,
                   BpDataset          *dataset,
                   double              max_rate,
                   BpWork             *work)
{
  g_autoptr (BpEvaluator) evaluator = NULL;
  g_autoptr (BpExperiment) training = NULL;
  g_autofree double *start = NULL;
  const BpSchedule constant = { BP_SCHEDULE_CONSTANT, 0, 0 };
  Trial trial = { .settings = experiment->settings, .work = work };
  double loss;

  g_return_if_fail (stability != NULL && experiment != NULL && dataset != NULL);

  *stability = (BpStability) { BP_STABILITY_UNKNOWN, NAN, NAN, 0 };
  if (experiment->settings.optimizer.kind > BP_OPTIMIZER_NESTEROV)
    stability->kind = BP_STABILITY_ADAPTS;
  else if (experiment->settings.keep_gradients)
    stability->kind = BP_STABILITY_SWINGS;
  if (stability->kind != BP_STABILITY_UNKNOWN)
    return;

  evaluator = bp_evaluator_new_for_data (experiment, dataset, FALSE, NULL);
  if (evaluator == NULL)
    return;

  bp_evaluator_set_work (evaluator, work);
  start = g_new (double, bp_graph_get_n_parameters (bp_evaluator_get_graph (evaluator)));
  bp_experiment_init_parameters (experiment, start);
  loss = bp_evaluator_get_loss (evaluator, start, NULL);
  if (!isfinite (loss) || find_by_formula (stability, experiment, evaluator, start))
    return;

  training = bp_experiment_copy (experiment);
  g_array_set_size (training->changes, 0);
  training->iterations = MAX_ITERATIONS;
  trial.trainer = bp_trainer_new_with_data (training, dataset, NULL);
  if (trial.trainer == NULL)
    return;

  trial.settings.optimizer.schedule = constant;
  trial.bound = EXPLOSION * fmax (1, fabs (loss));
  trial.cost = OVERHEAD + 3 * bp_work_get_cost (bp_trainer_get_graph (trial.trainer))
               + 10 * (double) bp_graph_get_n_parameters (bp_trainer_get_graph (trial.trainer));
  trial.n_iterations = get_n_iterations (&trial);
  if (trial.n_iterations > 0)
    find_by_trials (stability, &trial, max_rate);
  else
    bp_work_spend (work, INFINITY);
  bp_trainer_free (trial.trainer);
}
