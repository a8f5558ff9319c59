/* test-explain-cases.c: sentences that were false once, and what is true instead
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "base/bp-number.h"
#include "experiment/bp-builtin.h"
#include "explain/bp-explain.h"
#include "lib/truth-text.h"

static BpTrainer *
trainer_new (BpExperiment *experiment,
             GError       *error)
{
  BpTrainer *trainer;

  g_assert_no_error (error);
  trainer = bp_trainer_new (experiment, &error);
  g_assert_no_error (error);
  bp_experiment_free (experiment);

  return trainer;
}

/* One of tests/data/cases/truth. */
static BpTrainer *
open_case (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".experiment", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cases", "truth", file, NULL);
  GError *error = NULL;
  BpExperiment *experiment = bp_experiment_new_from_file (path, &error);

  return trainer_new (experiment, error);
}

static BpTrainer *
open_text (const char *text)
{
  GError *error = NULL;
  BpExperiment *experiment = bp_experiment_new_from_data (text, -1, "test", NULL, &error);

  return trainer_new (experiment, error);
}

/* The explanation of a step, or of a node, as text. */
static void
assert_says (BpTrainer  *trainer,
             BpCursor    cursor,
             const char *node,
             const char *expected)
{
  g_autoptr (BpExplanation) explanation = NULL;
  g_autofree char *text = NULL;

  bp_trainer_seek (trainer, cursor);
  explanation = bp_explain (trainer, node != NULL ? bp_graph_find (bp_trainer_get_graph (trainer), node)
                                                  : BP_NODE_NONE, BP_ELEMENT_NONE);
  text = bp_explanation_to_text (explanation);
  if (strstr (text, expected) == NULL)
    g_error ("“%s” is not in:\n%s", expected, text);
}

static const BpCursor end = { 1, 0 };

/* Where a step leads */
static void
test_landing (void)
{
  static const struct {
    const char *name;
    const char *sentence;
  } cases[] = {
    { "log-step-to-nan", "With this step the loss of the same data becomes undefined (NaN)." },
    { "exp-step-to-infinity", "With this step the loss of the same data grows beyond every number (∞)." },
    { "uphill-called-downhill", "The loss of the same data rises from −1 to −0.64: the step went uphill." },
    { "at-the-minimum", "The loss of the same data rises from 0 to 0.05: the step went uphill." },
    { "ascent-to-maximum", "it takes every gradient with its sign flipped, to make the loss larger." },
    { "large-argument", "falls from 0.8269 to 0.794: the step went downhill." },
    { "saturated-tanh", "A was 6 and is smaller by 4.915·10⁻⁶ now" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpTrainer) trainer = open_case (cases[i].name);

      assert_says (trainer, end, NULL, cases[i].sentence);
    }
}

/* The same in a valley, with η·L″ of 0.5, 1.9 and 2.2. */
static void
test_valley (void)
{
  static const struct {
    const char *rate;
    const char *sentence;
  } cases[] = {
    { "0.25", "falls from 1 to 0.25: the step went downhill." },
    { "0.95", "falls from 1 to 0.81: the step went downhill, across a valley and part of the way up again." },
    { "1.1", "rises from 1 to 1.44: the step went downhill, but too far." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Variables]\nA=1\n[Model]\nloss=square(A)\n[Optimizer]\n"
                                               "LearningRate=%s\n", cases[i].rate);
      g_autoptr (BpTrainer) trainer = open_text (text);

      assert_says (trainer, end, NULL, cases[i].sentence);
    }
}

/* Why a gradient is 0 */
static void
test_zero (void)
{
  g_autoptr (BpTrainer) kink = open_case ("zero-by-convention");
  g_autoptr (BpTrainer) block = open_case ("zero-by-stop-gradient");
  g_autoptr (BpTrainer) level = open_text ("[Variables]\nA=0\n[Model]\nloss=square(A)\n");
  g_autoptr (BpTrainer) far = open_text ("[Variables]\nA=-3\n[Model]\nloss=square(relu(A) * 2)\n");

  assert_says (kink, end, "f", "The gradient is 0 by convention: the loss has a kink here (slope 0 from below, 1 from "
               "above).");
  assert_says (block, end, "A", "The gradient is 0 because “stop_gradient” passes none on; the loss does change with "
               "A.");
  assert_says (level, end, "A", "The gradient is 0: the loss is level here along A, so nothing pushes it.");
  assert_says (far, end, "A", "ReLU is inactive here");
}

/* Why a run stops */
static void
assert_stops (BpTrainer  *trainer,
              const char *expected,
              gboolean    by_steps)
{
  g_autofree char *text = NULL;

  bp_trainer_run (trainer, 1000);
  text = bp_explain_divergence (trainer);
  g_assert_cmpstr (text, ==, expected);
  g_assert_true (bp_explain_blames_steps (trainer) == by_steps);
}

static void
test_stops (void)
{
  g_autoptr (BpTrainer) start = open_case ("diverges-before-any-step");
  g_autoptr (BpTrainer) power = open_case ("power-overflows");
  g_autoptr (BpTrainer) steps = open_case ("log-step-to-nan");
  g_autoptr (BpTrainer) ascent = open_case ("ascent-to-maximum");

  assert_stops (start, "log of −1 at node log: a negative number has no logarithm.", FALSE);
  assert_stops (power, "The value of node loss would be beyond the largest number, about 1.8·10³⁰⁸.", FALSE);
  assert_stops (steps, "log of −0.9 at node loss: a negative number has no logarithm.", TRUE);
  assert_stops (ascent, NULL, FALSE);
}

/* Numbers whose own arithmetic arrives */
static void
test_digits (void)
{
  g_autoptr (BpTrainer) tanh = open_case ("saturated-tanh");
  g_autoptr (BpTrainer) adagrad = open_case ("adagrad-cancels");
  g_autoptr (BpTrainer) constant = open_text ("[Variables]\nA=3\n[Model]\nloss=0.12345678 * A\n");

  assert_says (tanh, end, "A", "2·0.999987712 · (1 − 0.999987712²) ≈ 4.915·10⁻⁵");
  assert_says (adagrad, end, NULL, "= 0.1 − 0.1·0.3333333/(√0.1111110888889 + 10⁻¹⁰) ≈ 3·10⁻¹¹");
  assert_says (constant, end, "A", "∂L/∂A = 0.12345678 ≈ 0.1235");
}

/* Letters */
static void
test_letters (void)
{
  g_autoptr (BpTrainer) v = open_case ("variable-v");
  g_autoptr (BpTrainer) g = open_case ("variable-g");
  g_autoptr (BpTrainer) m = open_text ("[Variables]\nm=3\n[Model]\nloss=square(m)\n[Optimizer]\nName=adam\n");
  g_autoptr (BpTrainer) n = open_text ("[Variables]\nn=3 [2]\n[Model]\nloss=reduce_mean(n)\n");

  assert_says (v, end, NULL, "vₜ ← μ·vₜ + g,  v ← v − η·vₜ");
  assert_says (g, end, NULL, "s ← s + gₜ²,  g ← g − η·gₜ/(√s + ε)");
  assert_says (g, end, NULL, "gₜ = ∂L/∂g");
  assert_says (m, end, NULL, "mₜ ← β₁·mₜ + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,  m ← m − η·m̂ₜ/(√v̂ + ε)");
  assert_says (m, end, NULL, "Here m̂ₜ = mₜ/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ) take out that mₜ and v began at 0");
  assert_says (n, (BpCursor) { 0, 2 }, NULL, "L = Σ n/2");
}

/* What an op does for one input of two, and what it does for two variables at once */
static void
test_inputs (void)
{
  g_autoptr (BpTrainer) one = open_text ("[Data]\nSamples=1\nx=2\n[Variables]\nA=3\n[Model]\ns=x + A\n"
                                         "loss=square(s)\n");
  g_autoptr (BpTrainer) two = open_text ("[Variables]\nA=3\nB=4\n[Model]\ns=A * B\nloss=s * 1\n[Optimizer]\n"
                                         "LearningRate=0.5\n");

  assert_says (one, end, "A", "Addition passes the gradient on unchanged.");
  assert_says (two, (BpCursor) { 0, 6 }, NULL, "next: A ← A − η·∂L/∂A = 3 − 0.5·4 = 1\n"
               "next: B ← B − η·∂L/∂B = 4 − 0.5·3 = 2.5\nMultiplication passes the gradient on to each factor");
}

/* Nothing is given away */
static void
assert_hides (const char *text,
              BpCursor    cursor,
              const char *expected)
{
  g_autoptr (BpTrainer) trainer = open_text (text);
  g_autoptr (BpExplanation) explanation = NULL;
  g_autofree char *formula = NULL;

  bp_trainer_seek (trainer, cursor);
  explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  bp_explanation_hide_numbers (explanation);
  formula = bp_explanation_get_formula (explanation);
  g_assert_cmpstr (formula, ==, expected);
  g_assert_null (explanation->update);
  g_assert_null (explanation->second_update);
}

static void
test_hidden (void)
{
  const char *scalar = "[Variables]\nA=3\n[Model]\nq=square(A)\nloss=1 - q\n";
  const char *tensor = "[Variables]\nA=3 [2, 2]\nB=2 [2, 2]\n[Model]\ns=A * B\nloss=reduce_sum(s)\n";

  assert_hides (scalar, (BpCursor) { 0, 4 }, "∂L/∂L = ?");
  assert_hides (scalar, (BpCursor) { 0, 5 }, "∂L/∂q = ?");
  assert_hides (scalar, (BpCursor) { 0, 6 }, "∂L/∂A = ∂L/∂q · ∂q/∂A = −1 · 2A = ?");
  assert_hides (scalar, (BpCursor) { 1, 0 }, "A ← A − η·∂L/∂A = ?");
  assert_hides (tensor, (BpCursor) { 0, 5 }, "∂L/∂s = ?;  [0,0]: ?");
  assert_hides (tensor, (BpCursor) { 0, 6 }, "∂L/∂A = ∂L/∂s·∂s/∂A = ∂L/∂s·B,  ∂L/∂B = ∂L/∂s·∂s/∂B = ∂L/∂s·A;  "
                "∂L/∂A[0,0] = ?,  ∂L/∂B[0,0] = ?");
}

/* "[1,0,2]: 0.3·2 + 0.5·1 ≈ 1.1": what stands left gives @value, and the index is that of @element. Returns: whether
 * something stands left, and all of it */
static gboolean
assert_element (BpTrainer *trainer,
                guint      node,
                gsize      element,
                double     value)
{
  g_autoptr (BpExplanation) explanation = bp_explain (trainer, node, (gssize) element);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autofree char *index = bp_shape_index_to_string (bp_graph_get_shape (graph, node), element);
  g_autofree char *name = g_strconcat (bp_graph_get_name (graph, node), index, NULL);
  g_autofree char *text = bp_formula_to_text (explanation->numbers);
  g_auto (Equation) equation = { NULL, };
  Reader reader = { NULL, };

  g_assert_true (g_str_has_prefix (explanation->where, name));
  equation_split (&equation, text);
  g_assert_cmpstr (equation.index, ==, index);
  for (guint i = equation.n; i-- > 0;)
    {
      const Real side = reader_read (&reader, equation.sides[i]);

      if (reader.is_whole && fabsl (side - (Real) value) > 2e-3L * MAX (fabs (value), 0.01))
        g_error ("“%s” of %s%s is not %g", text, bp_graph_get_name (graph, node), index, value);
    }

  return equation.n > 1 && reader.is_whole;
}

/* Of each element of each op its value is what is fed to it, and its gradient what comes back. */
static void
test_elements (void)
{
  static const char * const models[] = {
    "m=matmul(T, U)\nloss=reduce_sum(m)",
    "m=matmul(transpose(T), S)\nloss=reduce_sum(sin(m))",
    "m=reduce_mean(T, 1) * R\nloss=reduce_sum(m * m)",
    "m=reduce_sum(T, 0) + R\nloss=reduce_mean(exp(m))",
    "m=matmul(reshape(T, [6, 2]), S)\nloss=reduce_sum(m * m)",
    "m=softmax_cross_entropy_with_logits(labels=abs(T), logits=T * R)\nloss=reduce_sum(m)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "[Experiment]\nIterations=1\n[Variables]\nT=normal(0, 1) [2, 2, 3]\nU=normal(0, 1) [3, 2]\n"
        "S=normal(0, 1) [2, 2]\nR=normal(0, 1) [3]\n[Model]\n%s\n[Optimizer]\nLearningRate=0.1\n", models[i]);
      g_autoptr (BpTrainer) trainer = open_text (text);
      BpGraph *graph = bp_trainer_get_graph (trainer);
      BpSession *session = bp_trainer_get_session (trainer);
      guint n_whole = 0;

      for (guint step = 0; step < 2; step++)
        {
          bp_trainer_step_phase (trainer, 1);
          if (step == 0)
            bp_trainer_step_phase (trainer, 1);
          for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
            for (gsize element = 0; element < bp_graph_get_n_elements (graph, node); element++)
              {
                const gboolean has_gradient = bp_trainer_has_gradient (trainer, node);

                if (bp_graph_get_n_elements (graph, node) == 1
                    || (step == 0 && bp_graph_get_n_inputs (graph, node) == 0) || (step > 0 && !has_gradient))
                  continue;
                n_whole += assert_element (trainer, node, element,
                                           has_gradient ? bp_session_get_gradient (session, node)[element]
                                                        : bp_session_get_value (session, node)[element]);
              }
        }
      g_assert_cmpuint (n_whole, >, 20);
    }
}

/* Of data there is just the number. */
static void
test_element_of_data (void)
{
  g_autoptr (BpTrainer) trainer = open_text ("[Experiment]\nBatchSize=3\n[Data]\nx=1; 2; 3.5\n"
                                             "[Variables]\nA=2\n[Model]\nloss=reduce_mean(A * x)\n");
  const guint x = bp_graph_get_placeholder (bp_trainer_get_graph (trainer), 0);
  const double *values = bp_session_get_value (bp_trainer_get_session (trainer), x);

  for (guint step = 0; step < 2; step++)
    {
      g_autoptr (BpExplanation) explanation = bp_explain (trainer, x, 1);
      g_autofree char *number = bp_number_format (values[1]);
      g_autofree char *expected = g_strdup_printf ("x[1] = %s", number);
      g_autofree char *formula = bp_explanation_get_formula (explanation);

      g_assert_cmpstr (formula, ==, step == 0 ? NULL : expected);
      bp_trainer_step_node (trainer, 1);
    }
}

/* A layer that is selected is one formula, with the numbers of the chosen element in full: the arithmetic of what is
 * shown gives what the session has. */
static void
test_layer (void)
{
  g_autoptr (BpTrainer) trainer = open_text ("[Experiment]\nBatchSize=2\n[Data]\nx=1; 2; 3.5; -0.5\n"
                                             "[Variables]\nA=normal(0, 1) [1, 5]\nb=normal(0, 1) [5]\n"
                                             "B=normal(0, 1) [5, 3]\nd=normal(0, 1) [3]\nC=normal(0, 1) [3, 1]\n"
                                             "[Model]\nx0=expand_dims(x, 1)\nh=relu(matmul(x0, A) + b)\n"
                                             "k=tanh(d + matmul(h, B))\nloss=reduce_mean(matmul(k, C))\n");
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  const struct { const char *node, *symbols; } layers[] = {
    { "h", "h = max(x0·A + b, 0)" },
    { "k", "k = tanh(d + h·B)" },
  };

  bp_trainer_step_phase (trainer, 1);
  bp_trainer_step_phase (trainer, 1);
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      const guint node = bp_graph_find (graph, layers[i].node);

      for (gsize element = 0; element < bp_graph_get_n_elements (graph, node); element++)
        {
          g_autoptr (BpExplanation) explanation = bp_explain (trainer, node, (gssize) element);
          g_autofree char *symbols = bp_formula_to_text (explanation->symbols);
          const BpFormula *first = g_ptr_array_index (explanation->numbers->children, 0);
          const double value = bp_session_get_value (session, node)[element];

          g_assert_cmpstr (symbols, ==, layers[i].symbols);
          g_assert_cmpfloat_with_epsilon (bp_formula_evaluate (first, FALSE), value, 1e-12);
          g_assert_cmpfloat_with_epsilon (bp_formula_evaluate (bp_formula_get_result (explanation->numbers), TRUE),
                                          value, 1e-3 * fabs (value) + 1e-9);
        }
    }
}

/* A node whose name says its op is called by that alone. */
static void
test_named_by_op (void)
{
  static const struct
  {
    const char *node;
    const char *step;
    const char *text;
  } cases[] = {
    { "multiply", "Forward 1 of 4 · multiply", "multiply, no gradient yet" },
    { "multiply_1", "Forward 2 of 4 · multiply_1", "multiply_1, no gradient yet" },
    { "add_more", "Forward 3 of 4 · add: add_more", "add_more · add, no gradient yet" },
    { "loss", "Forward 4 of 4 · square: loss", "loss · square, no gradient yet" },
  };
  g_autoptr (BpTrainer) trainer = open_text ("[Experiment]\n[Variables]\nA=2\n[Model]\nadd_more=A * 3 + A * 4\n"
                                             "loss=square(add_more)\n");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const guint node = bp_graph_find (bp_trainer_get_graph (trainer), cases[i].node);
      g_autoptr (BpExplanation) step = NULL;
      g_autoptr (BpExplanation) chosen = NULL;

      bp_trainer_seek (trainer, (BpCursor) { 0, i + 2 });
      step = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
      chosen = bp_explain (trainer, node, BP_ELEMENT_NONE);
      g_assert_cmpstr (step->where, ==, cases[i].step);
      g_assert_cmpstr (chosen->where, ==, cases[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explain-cases/landing", test_landing);
  g_test_add_func ("/explain-cases/valley", test_valley);
  g_test_add_func ("/explain-cases/zero", test_zero);
  g_test_add_func ("/explain-cases/stops", test_stops);
  g_test_add_func ("/explain-cases/digits", test_digits);
  g_test_add_func ("/explain-cases/letters", test_letters);
  g_test_add_func ("/explain-cases/inputs", test_inputs);
  g_test_add_func ("/explain-cases/hidden", test_hidden);
  g_test_add_func ("/explain-cases/elements", test_elements);
  g_test_add_func ("/explain-cases/element-of-data", test_element_of_data);
  g_test_add_func ("/explain-cases/layer", test_layer);
  g_test_add_func ("/explain-cases/named-by-op", test_named_by_op);

  return g_test_run ();
}
