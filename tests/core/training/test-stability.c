/* test-stability.c: below the limit no training explodes, above one of the formula it does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-builtin.h"
#include "training/bp-stability.h"
#include "training/bp-trainer.h"
#include "lib/trainer-fixture.h"

#include <math.h>

#define MAX_RATE 10
#define N_ITERATIONS 10000

/* What nobody calls stable: besides numbers that are not finite, a loss so many times that of the start, or of 1. */
#define EXPLOSION 1e6

static BpExperiment *
parse (const char *text)
{
  BpExperiment *experiment = experiment_from_text (text);

  return experiment;
}

static BpStability
find (const BpExperiment *experiment,
      BpWork             *work)
{
  g_autoptr (BpDataset) dataset = bp_experiment_create_dataset (experiment, NULL);
  BpStability stability;

  bp_stability_init (&stability, experiment, dataset, MAX_RATE, work);

  return stability;
}

/* Whether the loss of @experiment, trained at @rate, gets beyond all bounds. */
static gboolean
explodes (const BpExperiment *experiment,
          double              rate)
{
  g_autoptr (BpExperiment) copy = bp_experiment_copy (experiment);
  g_autoptr (BpTrainer) trainer = NULL;
  const BpBucket *buckets;
  guint n;

  copy->settings.optimizer.learning_rate = rate;
  copy->iterations = N_ITERATIONS;
  trainer = trainer_new (copy);
  g_assert_nonnull (trainer);
  if (bp_trainer_run (trainer, N_ITERATIONS) < N_ITERATIONS)
    return TRUE;

  buckets = bp_series_get_buckets (bp_history_get_loss (bp_trainer_get_history (trainer)), &n);
  for (guint i = 0; i < n; i++)
    if (fmax (fabs (buckets[i].minimum), fabs (buckets[i].maximum)) > EXPLOSION * fmax (1, fabs (buckets[0].first)))
      return TRUE;

  return FALSE;
}

static void
check_limit (const BpExperiment *experiment,
             const char         *name)
{
  static const double parts[] = { 0.99, 0.7, 0.3, 0.03, 0.001 };
  const BpStability stability = find (experiment, NULL);
  const double highest = fmin (stability.limit, MAX_RATE);

  g_test_message ("%s: %s, batch %zu: kind %d, limit %g", name,
                  bp_optimizer_get_class (experiment->settings.optimizer.kind)->name, experiment->settings.batch_size,
                  stability.kind, stability.limit);
  if (isnan (stability.limit))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_false (explodes (experiment, parts[i] * highest));
  if (stability.kind == BP_STABILITY_EXACT)
    g_assert_true (explodes (experiment, 1.05 * stability.limit));
}

/* Large ones take too long. Where a step can kill a unit, a rate may explode among others that do not. */
static gboolean
has_limit (const char *name)
{
  return is_small_builtin (name) && !g_str_equal (name, "dead-relu");
}

/* Built-ins, all optimizers, and batches of one sample, of 20, and of all. */
static void
test_builtins (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    for (guint kind = 0; kind < BP_N_OPTIMIZERS && has_limit (names[i]); kind++)
      for (guint batch = 0; batch < 3; batch++)
        {
          g_autoptr (BpExperiment) experiment = load_builtin (names[i]);
          g_autoptr (BpDataset) dataset = bp_experiment_create_dataset (experiment, NULL);
          const gboolean maximize = experiment->settings.optimizer.maximize;
          gsize sizes[] = { 1, 20, 0 };

          bp_dataset_get_rows (dataset, FALSE, &sizes[2]);
          if (batch == 2)
            experiment->sampling = BP_SAMPLING_SEQUENTIAL;
          experiment->settings.batch_size = sizes[batch];
          bp_optimizer_init (&experiment->settings.optimizer, (BpOptimizerKind) kind);
          experiment->settings.optimizer.maximize = maximize;
          check_limit (experiment, names[i]);
        }
}

static void
assert_limit (const char *text,
              double      limit)
{
  g_autoptr (BpExperiment) experiment = parse (text);
  const BpStability stability = find (experiment, NULL);

  g_test_message ("%s", text);
  g_assert_cmpint (stability.kind, ==, BP_STABILITY_EXACT);
  if (isinf (limit))
    g_assert_true (isinf (stability.limit));
  else
    g_assert_cmpfloat_with_epsilon (stability.limit, limit, 1e-6 * limit);
  check_limit (experiment, "text");
}

/* Quadratic losses whose curvature is plain to see. */
static void
test_formula (void)
{
  assert_limit ("[Variables]\nA=1\n[Model]\nloss=4 * square(A)\n", 0.25);
  assert_limit ("[Variables]\nA=1\nB=1\n[Model]\nloss=square(A) + 0.5 * square(A - 3 * B)\n", 2 / 10.24264069);
  assert_limit ("[Variables]\nA=1\n[Model]\nloss=square(A)\n[Optimizer]\nName=momentum\nMomentum=0.5\n", 1.5);
  assert_limit ("[Variables]\nA=1\n[Model]\nloss=square(A)\n[Optimizer]\nName=nesterov\nMomentum=0.5\n", 0.75);
  assert_limit ("[Variables]\nw=1\n[Model]\nloss=0.5 * square(w)\n[Optimizer]\nName=momentum\nMomentum=0.99\n", 3.98);
  /* An ascent to a maximum, 0, is as stable as a descent to a minimum. */
  assert_limit ("[Variables]\nA=1\n[Model]\nloss=0 - square(A)\n[Optimizer]\nMaximize=true\n", 1);
  /* Beyond the rates that are tried. */
  assert_limit ("[Variables]\nA=1\n[Model]\nloss=0.001 * square(A)\n", 1000);
  /* B changes nothing. */
  assert_limit ("[Variables]\nA=1\nB=1\n[Model]\nloss=square(A) + 0 * B\n", 1);
  /* All rows in each batch: 2 / (2·mean (x²)). */
  assert_limit ("[Experiment]\nBatchSize=4\n[Data]\nSampling=shuffled\nx=1 x 2; 3 x 2\n[Variables]\nA=1\n"
                "[Model]\nloss=square(x * A)\n", 0.2);
}

static void
assert_kind (const char     *text,
             BpStabilityKind kind)
{
  g_autoptr (BpExperiment) experiment = parse (text);

  g_test_message ("%s", text);
  g_assert_cmpint (find (experiment, NULL).kind, ==, kind);
}

static void
test_kinds (void)
{
  /* A concave loss, one that falls for ever, and a saddle. */
  assert_kind ("[Variables]\nA=1\n[Model]\nloss=0 - square(A)\n", BP_STABILITY_NEVER);
  assert_kind ("[Variables]\nA=1\n[Model]\nloss=2 * A\n", BP_STABILITY_NEVER);
  assert_kind ("[Variables]\nA=1\nB=1\n[Model]\nloss=A * B\n", BP_STABILITY_NEVER);
  assert_kind ("[Variables]\nA=1\n[Model]\nloss=0 - A ** 4\n", BP_STABILITY_NEVER);
  assert_kind ("[Variables]\nA=1\n[Model]\nloss=square(A)\n[Optimizer]\nMaximize=true\n", BP_STABILITY_NEVER);
  assert_kind ("[Data]\nx=normal(0, 1, 50)\n[Variables]\nA=1\n[Model]\nloss=square(A - x)\n[Optimizer]\n"
               "Maximize=true\n", BP_STABILITY_NEVER);
  assert_kind ("[Variables]\nA=1\n[Model]\nloss=square(A)\n[Optimizer]\nName=adam\n", BP_STABILITY_ADAPTS);
  assert_kind ("[Variables]\nA=1\n[Model]\nloss=square(A)\n[Optimizer]\nKeepGradients=true\n", BP_STABILITY_SWINGS);
  /* Nothing is finite before the first step. */
  assert_kind ("[Variables]\nA=-1\n[Model]\nloss=log(A)\n", BP_STABILITY_UNKNOWN);
  /* No parabola: a kink, a bounded slope, a fourth power. */
  assert_kind ("[Variables]\nA=1\n[Model]\nloss=abs(A)\n", BP_STABILITY_MEASURED);
  assert_kind ("[Variables]\nA=1\n[Model]\nloss=softplus(A) - 0.5 * A\n", BP_STABILITY_MEASURED);
  assert_kind ("[Variables]\nA=1\n[Model]\nloss=A ** 4\n", BP_STABILITY_MEASURED);
}

/* A⁴ from 1: a step −4ηA³ leads to where the next is larger while η > ½. */
static void
test_fourth_power (void)
{
  g_autoptr (BpExperiment) experiment = parse ("[Variables]\nA=1\n[Model]\nloss=A ** 4\n");
  const BpStability stability = find (experiment, NULL);

  g_assert_cmpfloat (stability.limit, >, 0.48);
  g_assert_cmpfloat (stability.limit, <=, 0.5);
  g_assert_cmpint (stability.n_iterations, ==, N_ITERATIONS);
}

/* Single samples of a line throw it further than all of them together would. */
static void
test_samples (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("line");
  BpStability stability = find (experiment, NULL);

  g_assert_cmpint (stability.kind, ==, BP_STABILITY_MEASURED);
  g_assert_cmpfloat (stability.limit, >, 0.15);
  g_assert_cmpfloat (stability.limit, <, 0.3);

  bp_optimizer_init (&experiment->settings.optimizer, BP_OPTIMIZER_NESTEROV);
  stability = find (experiment, NULL);
  g_assert_cmpfloat (stability.limit, >, 0.05);
  g_assert_cmpfloat (stability.limit, <, 0.1);
}

/* A budget shortens the trainings, and forbids them. */
static void
test_work (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("line");
  BpWork half = BP_WORK_INIT (1.5e7), none = BP_WORK_INIT (1e5), cancelled = BP_WORK_INIT (INFINITY);
  BpStability stability = find (experiment, &half);

  g_assert_cmpint (stability.kind, ==, BP_STABILITY_MEASURED);
  g_assert_cmpint (stability.n_iterations, <, N_ITERATIONS);
  g_assert_cmpint (stability.n_iterations, >=, 500);
  g_assert_false (bp_work_is_exceeded (&half));

  stability = find (experiment, &none);
  g_assert_cmpint (stability.kind, ==, BP_STABILITY_UNKNOWN);
  g_assert_true (bp_work_is_exceeded (&none));

  cancelled.is_cancelled = TRUE;
  stability = find (experiment, &cancelled);
  g_assert_cmpint (stability.kind, ==, BP_STABILITY_UNKNOWN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stability/formula", test_formula);
  g_test_add_func ("/stability/kinds", test_kinds);
  g_test_add_func ("/stability/fourth-power", test_fourth_power);
  g_test_add_func ("/stability/samples", test_samples);
  g_test_add_func ("/stability/work", test_work);
  g_test_add_func ("/stability/builtins", test_builtins);

  return g_test_run ();
}
