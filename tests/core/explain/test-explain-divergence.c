/* test-explain-divergence.c: why a run cannot go on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "explain/bp-explain.h"
#include "base/bp-number.h"
#include "lib/trainer-fixture.h"

/* A built-in experiment run until it diverges. */
static BpTrainer *
run_builtin (const char     *name,
             BpOptimizerKind kind,
             double          learning_rate)
{
  g_autoptr (BpExperiment) experiment = load_builtin (name);
  const gboolean maximize = experiment->settings.optimizer.maximize;
  BpTrainer *trainer;

  bp_optimizer_init (&experiment->settings.optimizer, kind);
  experiment->settings.optimizer.learning_rate = learning_rate;
  experiment->settings.optimizer.maximize = maximize;
  experiment->iterations = 1000000;
  trainer = trainer_new (experiment);
  bp_trainer_run (trainer, experiment->iterations);
  g_assert_cmpint (bp_trainer_get_status (trainer), ==, BP_STATUS_DIVERGED);

  return trainer;
}

static double
get_x (BpTrainer *trainer)
{
  return bp_session_get_value (bp_trainer_get_session (trainer),
                               bp_graph_find (bp_trainer_get_graph (trainer), "x_data"))[0];
}

/* Regression: the number is 2ηx² of the very sample that was fed last. */
static void
test_regression (void)
{
  g_autoptr (BpTrainer) trainer = run_builtin ("regression", BP_OPTIMIZER_GRADIENT_DESCENT, 3);
  g_autofree char *text = bp_explain_divergence (trainer);
  g_autofree char *number = bp_number_format (2 * 3 * get_x (trainer) * get_x (trainer));
  g_autofree char *expected = g_strdup_printf ("2ηx² ≈ %s > 2: on the whole, errors grow from step to step.", number);

  g_assert_cmpstr (text, ==, expected);
}

/* With momentum the limit is another. */
static void
test_momentum (void)
{
  g_autoptr (BpTrainer) momentum = run_builtin ("regression", BP_OPTIMIZER_MOMENTUM, 5);
  g_autoptr (BpTrainer) nesterov = run_builtin ("regression", BP_OPTIMIZER_NESTEROV, 5);
  g_autofree char *first = bp_explain_divergence (momentum);
  g_autofree char *second = bp_explain_divergence (nesterov);

  g_assert_nonnull (strstr (first, " > 2(1 + μ) = 3.8: "));
  g_assert_nonnull (strstr (second, " > 2(1 + μ)/(1 + 2μ) ≈ 1.357: "));
}

/* A batch: the curvature is the mean of 2x² over its rows, which is no longer a formula of one x. */
static void
test_batch (void)
{
  g_autoptr (BpTrainer) trainer = run_builtin ("regression-batch", BP_OPTIMIZER_GRADIENT_DESCENT, 4);
  g_autofree char *text = bp_explain_divergence (trainer);
  const guint x = bp_graph_find (bp_trainer_get_graph (trainer), "x_data");
  const gsize n = bp_graph_get_n_elements (bp_trainer_get_graph (trainer), x);
  g_autofree char *number = NULL;
  g_autofree char *expected = NULL;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += pow (bp_session_get_value (bp_trainer_get_session (trainer), x)[i], 2);
  number = bp_number_format (4 * 2 * sum / (double) n);
  expected = g_strdup_printf ("η·L″(A) ≈ %s > 2: on the whole, errors grow from step to step.", number);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_wrong_sign (void)
{
  g_autoptr (BpTrainer) trainer = run_builtin ("wrong-sign", BP_OPTIMIZER_GRADIENT_DESCENT, 0.1);
  g_autofree char *text = bp_explain_divergence (trainer);

  g_assert_nonnull (strstr (text, "maximize"));
}

/* Two parameters: the curvature over all data. */
static void
test_line (void)
{
  g_autoptr (BpTrainer) trainer = run_builtin ("line", BP_OPTIMIZER_GRADIENT_DESCENT, 3);
  g_autofree char *text = bp_explain_divergence (trainer);

  g_assert_true (g_str_has_prefix (text, "η times the curvature of the loss over all data is "));
}

/* The naive cross entropy takes the logarithm of a probability that has become 0. */
static void
test_naive (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("naive-log-sigmoid");
  g_autofree char *text = NULL;
  guint node;

  bp_trainer_run (trainer, 100000);
  g_assert_cmpint (bp_trainer_get_status (trainer), ==, BP_STATUS_DIVERGED);
  text = bp_explain_divergence (trainer);
  node = bp_trainer_get_diverged_node (trainer);
  g_assert_cmpint (bp_graph_get_op (bp_trainer_get_graph (trainer), node), ==, BP_OP_LOG);
  g_assert_true (g_str_has_prefix (text, "log of 0 at node "));
  g_assert_nonnull (strstr (text, bp_graph_get_name (bp_trainer_get_graph (trainer), node)));
}

/* Numbers outside of an op's domain, and too large ones */
static void
assert_cause (const char *variables,
              const char *model,
              const char *expected)
{
  g_autofree char *file = g_strdup_printf ("[Experiment]\nTitle=t\nIterations=100000\n[Variables]\n%s\n[Model]\n%s\n"
                                           "[Optimizer]\nName=gradient-descent\nLearningRate=0.1\n", variables, model);
  g_autoptr (BpTrainer) trainer = NULL;
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;

  trainer = trainer_from_text (file);
  before = bp_explain_divergence (trainer);
  g_assert_null (before);
  bp_trainer_run (trainer, 100000);
  text = bp_explain_divergence (trainer);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_causes (void)
{
  assert_cause ("A=0", "l=log(A)\nloss=square(l)", "log of 0 at node l: the logarithm of 0 is −∞.");
  assert_cause ("A=-1", "loss=log1p(A)",
                "log1p of −1 at node loss: 1 plus that is not positive, and only positive numbers have a logarithm.");
  assert_cause ("A=-2", "loss=log(A)", "log of −2 at node loss: a negative number has no logarithm.");
  assert_cause ("A=-2", "loss=sqrt(A)", "square root of −2 at node loss: a negative number has no square root.");
  assert_cause ("A=0", "loss=sqrt(A)", "square root of 0 at node loss: its derivative there is infinite.");
  assert_cause ("A=0", "q=3 / A\nloss=square(q)", "division by 0 at node q: A is 0.");
  assert_cause ("A=0", "loss=A ** -1", "0 to the power of −1 at node loss: that is a division by 0.");
  assert_cause ("A=-2", "loss=A ** 0.5", "−2 to the power of 0.5 at node loss: a negative number has no such power.");
  assert_cause ("A=0", "loss=A ** 0.5", "a power of 0 at node loss: its derivative there is infinite.");
  assert_cause ("A=720", "loss=exp(A)",
                "exp of 720 at node loss: the result is beyond the largest number, about 1.8·10³⁰⁸.");
  assert_cause ("A=-1e-200", "loss=pow(A, -1)",
                "The derivative at node loss has −10⁻²⁰⁰ to the power of −2, which is beyond the largest number, about "
                "1.8·10³⁰⁸.");
  assert_cause ("A=-2\nb=-3", "loss=A ** b",
                "a power of −2 at node loss: its derivative by the exponent needs a logarithm, which a negative number "
                "has not.");
  assert_cause ("A=1e160", "s=A * 1e160\nloss=s - s", "The value of node s would be beyond the largest number, about "
                "1.8·10³⁰⁸.");
  assert_cause ("A=1e-200\nB=1e200", "loss=A * B * 1e200",
                "The gradient of A, which comes from node multiply, would be beyond the largest number, about "
                "1.8·10³⁰⁸.");
  assert_cause ("A=1e200", "loss=square(A) * 0",
                "The value of node square would be beyond the largest number, about 1.8·10³⁰⁸.");
  assert_cause ("A=1\nB=1e-160", "loss=A / B * 1e-300 / B",
                "division by a number close to 0 in the derivative at node divide: the gradient is beyond the "
                "largest number, about 1.8·10³⁰⁸.");
}

/* In the first iteration there was no step yet that could be too long. */
static void
test_before_any_step (void)
{
  assert_cause ("A=1e200", "loss=square(A) * 100",
                "The value of node square would be beyond the largest number, about 1.8·10³⁰⁸.");
  assert_cause ("A=720", "e=exp(A)\nloss=square(A) * 100 + e",
                "exp of 720 at node e: the result is beyond the largest number, about 1.8·10³⁰⁸.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explain-divergence/regression", test_regression);
  g_test_add_func ("/explain-divergence/momentum", test_momentum);
  g_test_add_func ("/explain-divergence/batch", test_batch);
  g_test_add_func ("/explain-divergence/wrong-sign", test_wrong_sign);
  g_test_add_func ("/explain-divergence/line", test_line);
  g_test_add_func ("/explain-divergence/naive", test_naive);
  g_test_add_func ("/explain-divergence/causes", test_causes);
  g_test_add_func ("/explain-divergence/before-any-step", test_before_any_step);

  return g_test_run ();
}
