/* test-explain-nudge.c: what is said of a nudge: texts, and the trees evaluated again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "base/bp-number.h"
#include "explain/bp-explain.h"
#include "lib/trainer-fixture.h"

#define REGRESSION \
  "[Experiment]\nTitle=t\nIterations=100\n[Data]\nSamples=2\nx_data=1.5\ny_target=10\n[Variables]\nA=3\n" \
  "[Model]\nmy_output=x_data * A\nresidual=my_output - y_target\nloss=square(residual)\n" \
  "[Optimizer]\nName=gradient-descent\nLearningRate=0.125\n[Evaluate]\nprediction=-my_output\n"

#define COST \
  " All 4 gradients this way: 5 forward passes (parameters: 2); backward: one."

static BpNudge *
nudge_new (BpTrainer  *trainer,
           const char *name,
           gsize       element,
           double      epsilon)
{
  BpSession *session = bp_trainer_get_session (trainer);
  const guint node = bp_graph_find (bp_trainer_get_graph (trainer), name);
  BpNudge *nudge = bp_nudge_new (session, bp_trainer_get_previous_parameters (trainer), node, element, epsilon, NULL);

  g_assert_nonnull (nudge);

  return nudge;
}

static BpExplanation *
explain (BpTrainer  *trainer,
         const char *name,
         double      epsilon,
         gboolean    is_hidden)
{
  g_autoptr (BpNudge) nudge = nudge_new (trainer, name, 0, epsilon);

  return bp_explain_nudge (trainer, nudge, is_hidden);
}

static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* At the end of an iteration the numbers are those of before the update. */
static void
test_variable (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (REGRESSION);
  g_autoptr (BpExplanation) nudge = NULL;

  bp_trainer_step_iteration (trainer, 1);
  nudge = explain (trainer, "A", 0.5, FALSE);
  g_assert_cmpstr (nudge->where, ==, "Nudge · A by ε = 0.5");
  g_assert_cmpstr (nudge->legend, ==, "L = loss");
  assert_text (bp_explanation_get_formula (nudge), "ΔL = L(A + ε) − L(A) = 22.562 − 30.25 ≈ −7.688");
  assert_text (bp_explanation_get_update (nudge),
               "∂L/∂A·ε = −16.5·0.5 = −8.25\nΔL − ∂L/∂A·ε = −7.6875 − (−8.25) = 0.5625");
  g_assert_cmpstr (nudge->meaning, ==, "Half of ε leaves 1/4 of it (ε²: 1/4)." COST);
}

static void
test_lacks (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (REGRESSION);
  g_autoptr (BpExplanation) forward = NULL, hidden = NULL, data = NULL, aside = NULL, linear = NULL;

  bp_trainer_seek (trainer, (BpCursor) { 0, 4 });
  forward = explain (trainer, "A", 0.5, FALSE);
  assert_text (bp_explanation_get_formula (forward), "ΔL = L(A + ε) − L(A) = 22.562 − 30.25 ≈ −7.688");
  g_assert_null (forward->update);
  g_assert_cmpstr (forward->meaning, ==,
                   "The gradient of A is not computed yet: the steps backward lead to it." COST);

  bp_trainer_step_iteration (trainer, 1);
  hidden = explain (trainer, "A", 0.5, TRUE);
  assert_text (bp_explanation_get_update (hidden), "∂L/∂A·ε = ?");
  g_assert_cmpstr (hidden->meaning, ==,
                   "Predict the gradient of A from this: what is Δ divided by ε about?" COST);
  data = explain (trainer, "y_target", 0.5, FALSE);
  g_assert_null (data->update);
  g_assert_cmpstr (data->meaning, ==, "Backward computes no gradient of y_target." COST);
  aside = explain (trainer, "prediction", 0.5, FALSE);
  assert_text (bp_explanation_get_formula (aside), "ΔL = L(r + ε) − L(r) = 30.25 − 30.25 = 0");
  g_assert_cmpstr (aside->meaning, ==, "The loss does not depend on prediction." COST);
  linear = explain (trainer, "loss", 0.5, FALSE);
  g_assert_cmpstr (linear->meaning, ==, "No difference is left." COST);
}

/* At a kink what is left does not go with ε². */
static void
test_kink (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_model ("A=0", "loss=abs(A)", "Name=gradient-descent");
  g_autoptr (BpExplanation) nudge = NULL;

  bp_trainer_step_iteration (trainer, 1);
  nudge = explain (trainer, "A", 0.5, FALSE);
  g_assert_true (g_str_has_prefix (nudge->meaning, "Half of ε leaves 1/2 of it (ε²: 1/4)."));
}

static void
test_infinite (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_model ("A=709", "loss=exp(A)", "Name=gradient-descent");
  g_autoptr (BpExplanation) nudge = NULL;

  bp_trainer_seek (trainer, (BpCursor) { 0, 2 });
  nudge = explain (trainer, "A", 1, FALSE);
  g_assert_null (nudge->symbols);
  g_assert_cmpstr (nudge->meaning, ==, "With this ε the loss is no finite number.");
}

/* The numbers as they are shown give the result as it is shown, whatever the size of ε; −2.3·10⁻⁵ is both. */
static void
check_shown (const BpFormula *equation,
             guint            n_left)
{
  const BpFormula *result = bp_formula_get_result (equation);
  const guint n = equation->children->len;

  if (n < n_left + 2)
    return;
  g_assert_cmpfloat (bp_number_round (bp_formula_evaluate (g_ptr_array_index (equation->children, n - 2), TRUE), 4), ==,
                     bp_number_round (result->value, 4));
}

static void
test_exact_digits (gconstpointer name)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin (name);
  BpGraph *graph = bp_trainer_get_graph (trainer);

  bp_trainer_run (trainer, 7);
  for (guint v = 0; v < bp_graph_get_n_variables (graph); v++)
    for (double epsilon = 1; epsilon > 1e-7; epsilon /= 10)
      {
        const char *variable = bp_graph_get_name (graph, bp_graph_get_variable (graph, v));
        g_autoptr (BpNudge) nudge = nudge_new (trainer, variable, 0, epsilon);
        g_autoptr (BpExplanation) explanation = bp_explain_nudge (trainer, nudge, FALSE);

        check_shown (explanation->numbers, 0);
        check_shown (explanation->update, 1);
        check_shown (explanation->second_update, 1);
        g_assert_cmpfloat (bp_formula_get_result (explanation->numbers)->value, ==, nudge->after - nudge->before);
        if (epsilon < 1e-3)
          g_assert_cmpfloat_with_epsilon ((nudge->after - nudge->before) / epsilon, nudge->gradient,
                                          1e3 * epsilon * (1 + fabs (nudge->gradient)));
      }
}

int
main (int    argc,
      char **argv)
{
  static const char * const builtins[] = { "regression", "classification", "line", "xor", "gradients-not-reset" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain-nudge/variable", test_variable);
  g_test_add_func ("/explain-nudge/lacks", test_lacks);
  g_test_add_func ("/explain-nudge/kink", test_kink);
  g_test_add_func ("/explain-nudge/infinite", test_infinite);
  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    {
      g_autofree char *path = g_strconcat ("/explain-nudge/exact-digits/", builtins[i], NULL);

      g_test_add_data_func (path, builtins[i], test_exact_digits);
    }

  return g_test_run ();
}
