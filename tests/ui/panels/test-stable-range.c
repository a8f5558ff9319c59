/* test-stable-range.c: the limits are where training really stops coming to rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "experiment/bp-builtin.h"
#include "panels/bp-stable-range.h"

static BpExperiment *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_builtin_load (name, &error);

  g_assert_no_error (error);

  return experiment;
}

static BpTrainer *
create_trainer (const BpExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  BpTrainer *trainer = bp_trainer_new (experiment, &error);

  g_assert_no_error (error);

  return trainer;
}

static const double *
get_column (BpTrainer  *trainer,
            const char *name)
{
  BpDataset *dataset = bp_trainer_get_dataset (trainer);

  return bp_dataset_get_column (dataset, bp_dataset_find (dataset, name));
}

static void
init_curvature (BpCurvature *curvature,
                BpTrainer   *trainer)
{
  g_autoptr (BpCurvatureInput) input = bp_curvature_input_new (trainer);

  bp_curvature_init (curvature, input, NULL);
}

static void
assert_close (double value,
              double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-4 * fabs (expected));
}

/* (x·A − y)² has the second derivative 2x². */
static void
test_regression (void)
{
  g_autoptr (BpExperiment) experiment = load ("regression");
  g_autoptr (BpTrainer) trainer = create_trainer (experiment);
  const double *x = get_column (trainer, "x_data");
  gsize n = bp_dataset_get_n_samples (bp_trainer_get_dataset (trainer));
  BpCurvature curvature;
  double sum = 0, largest = 0;

  for (gsize i = 0; i < n; i++)
    {
      sum += x[i] * x[i];
      largest = fmax (largest, x[i] * x[i]);
    }

  init_curvature (&curvature, trainer);
  assert_close (curvature.full, 2 * sum / n);
  assert_close (curvature.worst, 2 * largest);
}

/* The cross entropy of σ(x + A) has the second derivative σ(1 − σ), taken where the first, σ − y, is 0 on average. */
static void
test_classification (void)
{
  g_autoptr (BpExperiment) experiment = load ("classification");
  g_autoptr (BpTrainer) trainer = create_trainer (experiment);
  const double *x = get_column (trainer, "x_data");
  const double *y = get_column (trainer, "y_target");
  gsize n = bp_dataset_get_n_samples (bp_trainer_get_dataset (trainer));
  BpCurvature curvature;
  double low = -20, high = 20, sum = 0, largest = 0;

  for (guint step = 0; step < 100; step++)
    {
      double middle = (low + high) / 2;
      double gradient = 0;

      for (gsize i = 0; i < n; i++)
        gradient += 1 / (1 + exp (-x[i] - middle)) - y[i];
      *(gradient > 0 ? &high : &low) = middle;
    }
  for (gsize i = 0; i < n; i++)
    {
      double s = 1 / (1 + exp (-x[i] - low));

      sum += s * (1 - s);
      largest = fmax (largest, s * (1 - s));
    }

  init_curvature (&curvature, trainer);
  assert_close (curvature.full, sum / n);
  assert_close (curvature.worst, largest);
}

/* How far A is from its optimum after a long run on all the data, relative to where it began. */
static double
get_shrinkage (BpOptimizerKind kind,
               double          momentum,
               double          learning_rate_by_limit)
{
  g_autoptr (BpExperiment) experiment = load ("regression");
  g_autoptr (BpTrainer) trainer = NULL;
  BpCurvature curvature;
  double optimum, start;

  bp_optimizer_init (&experiment->settings.optimizer, kind);
  experiment->settings.optimizer.parameters[BP_PARAMETER_MOMENTUM] = momentum;
  experiment->settings.batch_size = experiment->samples;
  experiment->sampling = BP_SAMPLING_SEQUENTIAL;
  experiment->iterations = 3000;
  trainer = create_trainer (experiment);
  init_curvature (&curvature, trainer);
  bp_evaluator_get_optimum (bp_trainer_get_evaluator (trainer),
                            bp_session_get_parameters (bp_trainer_get_session (trainer)), &optimum);
  start = bp_session_get_parameters (bp_trainer_get_session (trainer))[0];

  experiment->settings.optimizer.learning_rate =
    learning_rate_by_limit * bp_stable_range_get_limit (&experiment->settings, curvature.full);
  bp_trainer_free (trainer);
  trainer = create_trainer (experiment);
  bp_trainer_run (trainer, experiment->iterations);

  return fabs (bp_session_get_parameters (bp_trainer_get_session (trainer))[0] - optimum) / fabs (start - optimum);
}

static void
check_limit (BpOptimizerKind kind,
             double          momentum)
{
  g_assert_cmpfloat (get_shrinkage (kind, momentum, 0.99), <, 1e-3);
  g_assert_cmpfloat (get_shrinkage (kind, momentum, 1.01), >, 1e3);
}

static void
test_limit (void)
{
  check_limit (BP_OPTIMIZER_GRADIENT_DESCENT, 0);
  check_limit (BP_OPTIMIZER_MOMENTUM, 0.5);
  check_limit (BP_OPTIMIZER_MOMENTUM, 0.9);
  check_limit (BP_OPTIMIZER_NESTEROV, 0.5);
  check_limit (BP_OPTIMIZER_NESTEROV, 0.9);
}

static void
test_no_limit (void)
{
  BpSettings settings = { .batch_size = 1 };

  bp_optimizer_init (&settings.optimizer, BP_OPTIMIZER_GRADIENT_DESCENT);
  g_assert_cmpfloat (bp_stable_range_get_limit (&settings, 4), ==, 0.5);
  g_assert_true (isinf (bp_stable_range_get_limit (&settings, 0)));
  g_assert_true (isinf (bp_stable_range_get_limit (&settings, -1)));
  g_assert_true (isnan (bp_stable_range_get_limit (&settings, NAN)));

  settings.keep_gradients = TRUE;
  g_assert_cmpfloat (bp_stable_range_get_limit (&settings, 4), ==, 0);
  settings.keep_gradients = FALSE;
  settings.optimizer.maximize = TRUE;
  g_assert_cmpfloat (bp_stable_range_get_limit (&settings, 4), ==, 0);

  for (guint kind = BP_OPTIMIZER_ADAGRAD; kind < BP_N_OPTIMIZERS; kind++)
    {
      bp_optimizer_init (&settings.optimizer, kind);
      g_assert_true (isnan (bp_stable_range_get_limit (&settings, 4)));
    }
}

/* An absolute loss is straight between its kinks: there is no curvature that limits the rate. */
static void
test_straight (void)
{
  g_autoptr (BpExperiment) experiment = load ("regression-l1");
  g_autoptr (BpTrainer) trainer = create_trainer (experiment);
  BpCurvature curvature;

  init_curvature (&curvature, trainer);
  g_assert_true (isinf (bp_stable_range_get_limit (&experiment->settings, curvature.full)));
  g_assert_true (isinf (bp_stable_range_get_limit (&experiment->settings, curvature.worst)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stable-range/regression", test_regression);
  g_test_add_func ("/stable-range/classification", test_classification);
  g_test_add_func ("/stable-range/limit", test_limit);
  g_test_add_func ("/stable-range/no-limit", test_no_limit);
  g_test_add_func ("/stable-range/straight", test_straight);

  return g_test_run ();
}
