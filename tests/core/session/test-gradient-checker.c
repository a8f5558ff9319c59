/* test-gradient-checker.c: that wrong gradients of every op are found, right ones pass, and kinks are named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment.h"
#include "session/bp-session.h"
#include "training/bp-trainer.h"

#include <math.h>

/* A model of every op that a gradient passes, at numbers where it has a derivative. */
typedef struct {
  BpOp        op;
  const char *variables;
  const char *model;
} OpCase;

static const OpCase op_cases[] = {
  { BP_OP_ADD, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [3]", "y=a + b" },
  { BP_OP_SUBTRACT, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [3]", "y=a - b" },
  { BP_OP_MULTIPLY, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [3]", "y=a * b" },
  { BP_OP_DIVIDE, "a=normal(0, 1) [2, 3]\nb=uniform(1, 2) [3]", "y=a / b" },
  { BP_OP_POW, "a=uniform(1, 2) [2, 3]\nb=normal(0, 1) [3]", "y=a ** b" },
  { BP_OP_MAXIMUM, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [3]", "y=maximum(a, b)" },
  { BP_OP_MINIMUM, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [3]", "y=minimum(a, b)" },
  { BP_OP_SIGMOID_CROSS_ENTROPY, "a=uniform(0, 1) [2, 3]\nb=normal(0, 2) [2, 3]",
    "y=sigmoid_cross_entropy_with_logits(labels=a, logits=b)" },
  { BP_OP_LEAKY_RELU, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [3]", "y=leaky_relu(a, b)" },
  { BP_OP_DROPOUT, "a=normal(0, 1) [2, 3]", "y=dropout(a, 0.5)" },
  { BP_OP_WHERE, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [3]", "y=where(a > b, a * b, b)" },
  { BP_OP_CONCAT, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [2, 1]", "y=concat([a, b], 1)" },
  { BP_OP_STACK, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [2, 3]", "y=stack([a, b], -1)" },
  { BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY, "a=normal(0, 2) [2, 3]\nb=normal(0, 1) [2, 4]",
    "y=sparse_softmax_cross_entropy_with_logits(labels=argmax(a, 1), logits=b)" },
  { BP_OP_NEGATIVE, "a=normal(0, 1) [2, 3]", "y=-a" },
  { BP_OP_SQUARE, "a=normal(0, 1) [2, 3]", "y=square(a)" },
  { BP_OP_SQRT, "a=uniform(0.1, 2) [2, 3]", "y=sqrt(a)" },
  { BP_OP_EXP, "a=normal(0, 1) [2, 3]", "y=exp(a)" },
  { BP_OP_LOG, "a=uniform(0.01, 2) [2, 3]", "y=log(a)" },
  { BP_OP_LOG1P, "a=uniform(-0.9, 2) [2, 3]", "y=log1p(a)" },
  { BP_OP_ABS, "a=normal(0, 1) [2, 3]", "y=abs(a)" },
  { BP_OP_SIN, "a=normal(0, 1) [2, 3]", "y=sin(a)" },
  { BP_OP_COS, "a=normal(0, 1) [2, 3]", "y=cos(a)" },
  { BP_OP_SIGMOID, "a=normal(0, 1) [2, 3]", "y=sigmoid(a)" },
  { BP_OP_TANH, "a=normal(0, 1) [2, 3]", "y=tanh(a)" },
  { BP_OP_RELU, "a=normal(0, 1) [2, 3]", "y=relu(a)" },
  { BP_OP_SOFTPLUS, "a=normal(0, 1) [2, 3]", "y=softplus(a)" },
  { BP_OP_ELU, "a=normal(0, 1) [2, 3]", "y=elu(a)" },
  { BP_OP_GELU, "a=normal(0, 1) [2, 3]", "y=gelu(a)" },
  { BP_OP_SILU, "a=normal(0, 1) [2, 3]", "y=silu(a)" },
  { BP_OP_IDENTITY, "a=normal(0, 1) [2, 3]", "y=a" },
  { BP_OP_CLIP_BY_VALUE, "a=normal(0, 1) [2, 3]", "y=clip_by_value(a, -0.5, 1)" },
  { BP_OP_MATMUL, "a=normal(0, 1) [2, 3]\nb=normal(0, 1) [3, 2]", "y=matmul(a, b)" },
  { BP_OP_TRANSPOSE, "a=normal(0, 1) [2, 3]", "y=transpose(a)" },
  { BP_OP_EXPAND_DIMS, "a=normal(0, 1) [2, 3]", "y=expand_dims(a, 1)" },
  { BP_OP_RESHAPE, "a=normal(0, 1) [2, 3]", "y=reshape(a, [3, 2])" },
  { BP_OP_REDUCE_SUM, "a=normal(0, 1) [2, 3]", "y=reduce_sum(a, 0)" },
  { BP_OP_REDUCE_MEAN, "a=normal(0, 1) [2, 3]", "y=reduce_mean(a, 1)" },
  { BP_OP_REDUCE_MAX, "a=normal(0, 1) [2, 3]", "y=reduce_max(a, 0)" },
  { BP_OP_REDUCE_MIN, "a=normal(0, 1) [2, 3]", "y=reduce_min(a, 1)" },
  { BP_OP_L2_LOSS, "a=normal(0, 1) [2, 3]", "y=l2_loss(a)" },
  { BP_OP_SOFTMAX, "a=normal(0, 1) [2, 3]", "y=softmax(a)" },
  { BP_OP_LOG_SOFTMAX, "a=normal(0, 1) [2, 3]", "y=log_softmax(a)" },
  { BP_OP_SOFTMAX_CROSS_ENTROPY, "a=uniform(0, 1) [2, 3]\nb=normal(0, 2) [2, 3]",
    "y=softmax_cross_entropy_with_logits(labels=a, logits=b)" },
};

/* After feed, forward and backward. */
static BpTrainer *
create_trainer (const char *variables,
                const char *model,
                guint       seed)
{
  g_autofree char *file = g_strdup_printf ("[Experiment]\nIterations=1\nSeed=%u\n[Variables]\n%s\n[Model]\n%s\n", seed,
                                           variables, model);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (file, -1, "test", NULL, &error);
  BpTrainer *trainer;

  g_assert_no_error (error);
  trainer = bp_trainer_new (experiment, &error);
  g_assert_no_error (error);
  bp_session_forward (bp_trainer_get_session (trainer));
  bp_session_backward (bp_trainer_get_session (trainer));

  return trainer;
}

/* Right as it is, and found when falsified by so little. */
static void
check_element (BpGradientChecker *checker,
               BpSession         *session,
               const char        *name,
               BpElementCheck    *check)
{
  const double shares[] = { 1e-4, -1e-5, 1e-6, -3e-7 };
  double *gradient = (double *) bp_session_get_gradient (session, check->node) + check->element;
  const double right = *gradient;

  if (check->verdict != BP_SLOPE_AGREES)
    g_error ("%s: gradient %.17g, slope %.17g ± %g, verdict %d", name, right, check->slope.value, check->slope.error,
             check->verdict);

  for (guint i = 0; i < G_N_ELEMENTS (shares) && right != 0; i++)
    {
      BpElementCheck wrong;

      *gradient = right * (1 + shares[i]);
      bp_gradient_checker_check (checker, check->node, check->element, &wrong);
      if (wrong.verdict != BP_SLOPE_DIFFERS)
        g_error ("%s: gradient %.17g falsified by %g, slope %.17g ± %g, verdict %d", name, right, shares[i],
                 wrong.slope.value, wrong.slope.error, wrong.verdict);
      g_assert_cmpfloat_with_epsilon (wrong.error, fabs (shares[i]), 1e-7);
    }
  *gradient = right;
}

static void
test_mutations (void)
{
  guint n_elements = 0;

  for (guint i = 0; i < G_N_ELEMENTS (op_cases); i++)
    for (guint seed = 1; seed <= 20; seed++)
      {
        g_autofree char *model = g_strdup_printf ("%s\nloss=reduce_mean(exp(0.3 * y))", op_cases[i].model);
        g_autoptr (BpTrainer) trainer = create_trainer (op_cases[i].variables, model, seed);
        BpSession *session = bp_trainer_get_session (trainer);
        g_autoptr (BpGradientChecker) checker = bp_gradient_checker_new (session);
        BpElementCheck check;

        g_assert_cmpint (bp_graph_get_op (bp_session_get_graph (session), bp_graph_find (bp_session_get_graph (session),
                                                                                         "y")), ==, op_cases[i].op);
        while (bp_gradient_checker_next (checker, &check))
          {
            check_element (checker, session, op_cases[i].model, &check);
            n_elements++;
          }
        g_assert_cmpfloat (bp_gradient_checker_get_progress (checker), ==, 1);
      }
  g_assert_cmpuint (n_elements, >, 5000);
}

/* Every op of the table is among the cases above, but those that a gradient does not come from or pass through. */
static void
test_all_ops (void)
{
  for (BpOp op = BP_OP_ADD; op < BP_N_OPS; op++)
    {
      gboolean found = bp_op_get_class (op)->backward == NULL;

      for (guint i = 0; i < G_N_ELEMENTS (op_cases); i++)
        found |= op_cases[i].op == op;
      if (!found)
        g_error ("%s is not checked", bp_op_get_class (op)->name);
    }
}

/* Kinks: ties, and what lies close beside one */

static void
assert_slopes (const char *variables,
               const char *model,
               double      below,
               double      above,
               double      gradient)
{
  g_autoptr (BpTrainer) trainer = create_trainer (variables, model, 1);
  BpSession *session = bp_trainer_get_session (trainer);
  g_autoptr (BpGradientChecker) checker = bp_gradient_checker_new (session);
  BpElementCheck check;

  g_assert_true (bp_gradient_checker_next (checker, &check));
  g_assert_cmpfloat (check.gradient, ==, gradient);
  g_assert_cmpint (check.verdict, ==, below == above ? BP_SLOPE_AGREES : BP_SLOPE_AT_KINK);
  g_assert_cmpfloat_with_epsilon (check.slope.below, below, 1e-7);
  g_assert_cmpfloat_with_epsilon (check.slope.above, above, 1e-7);
  g_assert_cmpfloat (check.error, <=, BP_SLOPE_LIMIT);

  /* Beyond both sides is wrong at a kink too. */
  *(double *) bp_session_get_gradient (session, check.node) = above + (above >= below ? 0.01 : -0.01);
  bp_gradient_checker_check (checker, check.node, 0, &check);
  g_assert_cmpint (check.verdict, ==, BP_SLOPE_DIFFERS);
}

static void
test_kinks (void)
{
  assert_slopes ("x=0 []", "loss=relu(x)", 0, 1, 0);
  assert_slopes ("x=0 []", "loss=abs(x)", -1, 1, 0);
  assert_slopes ("x=0 []", "loss=-3 * abs(x) + x", 4, -2, 1);
  assert_slopes ("x=1 []\nz=1 []", "loss=maximum(x, z)", 0, 1, 0.5);
  assert_slopes ("x=1 []\nz=1 []", "loss=maximum(z, x)", 0, 1, 0.5);
  assert_slopes ("x=1 []\nz=1 []", "loss=minimum(x, z)", 1, 0, 0.5);
  assert_slopes ("x=1 [1]\nz=1 [1]", "loss=relu(1 - z * x)", -1, 0, 0);
  assert_slopes ("x=0 []", "loss=abs(sin(x) * 0.25)", -0.25, 0.25, 0);

  /* One input twice has no kink, and neither have the ops that only look as if. */
  assert_slopes ("x=1 []", "loss=maximum(x, x)", 1, 1, 1);
  assert_slopes ("x=0 []", "loss=softplus(x)", 0.5, 0.5, 0.5);
  assert_slopes ("x=0 []", "loss=sigmoid_cross_entropy_with_logits(labels=1, logits=x)", -0.5, -0.5, -0.5);
  assert_slopes ("x=0 []", "loss=abs(x) * x + x", 1, 1, 1);
}

/* From far away a softmax looks like a maximum. */
static void
test_large_logits (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer ("x=1e12 [3]\nl=uniform(0, 1) [3]",
                                                  "loss=softmax_cross_entropy_with_logits(labels=l, logits=x)", 1);
  g_autoptr (BpGradientChecker) checker = bp_gradient_checker_new (bp_trainer_get_session (trainer));
  BpElementCheck check;

  while (bp_gradient_checker_next (checker, &check))
    {
      g_assert_cmpint (check.verdict, ==, BP_SLOPE_AGREES);
      g_assert_cmpint (check.slope.kind, ==, BP_SLOPE_SMOOTH);
    }
}

static void
test_near_kinks (void)
{
  const char *distances[] = { "0.1", "0.001", "0.00001", "0.0000001", "0.000000001" };

  for (guint i = 0; i < G_N_ELEMENTS (distances); i++)
    {
      g_autofree char *before = g_strdup_printf ("loss=relu(x - %s)", distances[i]);
      g_autofree char *after = g_strdup_printf ("loss=relu(x + %s)", distances[i]);
      g_autofree char *smaller = g_strdup_printf ("loss=minimum(x, 1 + %s)", distances[i]);

      assert_slopes ("x=0 []", before, 0, 0, 0);
      assert_slopes ("x=0 []", after, 1, 1, 1);
      assert_slopes ("x=1 []", smaller, 1, 1, 1);
    }
}

/* Where a sum of squares is almost 0, rounding of what is squared is all there is to see. The gradient is right, there
 * is no kink, and one that is larger than the rounding is found. */
static void
test_converged (void)
{
  const char *factors[] = { "1", "0.9999999999999999", "1.0000000000000002", "0.999999999999", "1.0000000003" };
  const char *summands[] = { "0", "1e-17", "2e-16", "-3e-16", "7e-16", "1e-14", "1e-12", "-1e-10" };
  g_autoptr (BpTrainer) tiny = create_trainer ("A=1e-283", "loss=square(A)", 1);
  g_autoptr (BpGradientChecker) tiny_checker = bp_gradient_checker_new (bp_trainer_get_session (tiny));
  BpElementCheck tiny_check;
  guint n_within_rounding = 0;

  for (guint i = 0; i < G_N_ELEMENTS (factors) * G_N_ELEMENTS (summands); i++)
    {
      g_autofree char *variables = g_strdup_printf ("A=%s\nb=%s", factors[i / G_N_ELEMENTS (summands)],
                                                    summands[i % G_N_ELEMENTS (summands)]);
      g_autoptr (BpTrainer) trainer = create_trainer (variables, "loss=square((1.2247448713915892 * A + b) * "
                                                      "1.632993161855452 + 4 - 6)", 1);
      BpSession *session = bp_trainer_get_session (trainer);
      g_autoptr (BpGradientChecker) checker = bp_gradient_checker_new (session);
      BpElementCheck check;

      while (bp_gradient_checker_next (checker, &check))
        {
          double *gradient = (double *) bp_session_get_gradient (session, check.node);
          const double right = *gradient;

          g_assert_cmpint (check.verdict, <=, BP_SLOPE_WITHIN_ROUNDING);
          g_assert_cmpint (check.slope.kind, ==, BP_SLOPE_SMOOTH);
          g_assert_true (isnan (check.error) == (check.verdict == BP_SLOPE_WITHIN_ROUNDING));
          n_within_rounding += check.verdict == BP_SLOPE_WITHIN_ROUNDING;
          if (fabs (right) > 1e-3)
            continue;
          *gradient = right + 1e-9;
          bp_gradient_checker_check (checker, check.node, 0, &check);
          g_assert_cmpint (check.verdict, ==, BP_SLOPE_DIFFERS);
          *gradient = right;
        }
    }
  g_assert_cmpuint (n_within_rounding, >, 30);

  /* The square rounds to 0. */
  g_assert_true (bp_gradient_checker_next (tiny_checker, &tiny_check));
  g_assert_cmpfloat (tiny_check.gradient, ==, 2e-283);
  g_assert_cmpint (tiny_check.verdict, ==, BP_SLOPE_WITHIN_ROUNDING);
}

/* Beside a loss of ordinary size a gradient as small as 10⁻⁹ is told from 0, and from its half. */
static void
test_small (void)
{
  const struct {
    const char *model;
    double      wrong;
  } cases[] = {
    { "loss=square(A) + 1", 1e-9 },
    { "loss=square(A) + 1", -1e-9 },
    { "loss=1e-9 * A + 1", 5e-10 },
    { "loss=1e-9 * A + 1", 0 },
    { "loss=reduce_mean(square(A * [1, 2, 3] - [1, -2, 5]))", -4 + 1e-6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpTrainer) trainer = create_trainer ("A=0", cases[i].model, 1);
      BpSession *session = bp_trainer_get_session (trainer);
      g_autoptr (BpGradientChecker) checker = bp_gradient_checker_new (session);
      BpElementCheck check;

      g_assert_true (bp_gradient_checker_next (checker, &check));
      g_assert_cmpint (check.verdict, <=, BP_SLOPE_WITHIN_ROUNDING);
      *(double *) bp_session_get_gradient (session, check.node) = cases[i].wrong;
      bp_gradient_checker_check (checker, check.node, 0, &check);
      g_assert_cmpint (check.verdict, ==, BP_SLOPE_DIFFERS);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gradient-checker/mutations", test_mutations);
  g_test_add_func ("/gradient-checker/all-ops", test_all_ops);
  g_test_add_func ("/gradient-checker/kinks", test_kinks);
  g_test_add_func ("/gradient-checker/large-logits", test_large_logits);
  g_test_add_func ("/gradient-checker/near-kinks", test_near_kinks);
  g_test_add_func ("/gradient-checker/converged", test_converged);
  g_test_add_func ("/gradient-checker/small", test_small);

  return g_test_run ();
}
