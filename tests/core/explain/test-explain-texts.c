/* test-explain-texts.c: whole sentences and formulas of explanations, as examples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "lib/explain-checks.h"
#include "lib/trainer-fixture.h"

/* Exact texts */

static void
assert_text (const BpFormula *formula,
             const char      *expected)
{
  g_autofree char *text = formula != NULL ? bp_formula_to_text (formula) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_explanation (BpTrainer  *trainer,
                    guint       instruction,
                    const char *where,
                    const char *symbols,
                    const char *numbers,
                    const char *update)
{
  g_autoptr (BpExplanation) explanation = NULL;

  bp_trainer_seek (trainer, (BpCursor) { 0, instruction });
  explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  g_assert_cmpstr (explanation->where, ==, where);
  assert_text (explanation->symbols, symbols);
  assert_text (explanation->numbers, numbers);
  assert_text (explanation->update, update);
}

#define REGRESSION \
  "[Experiment]\nTitle=t\nIterations=100\n[Data]\nSamples=2\nx_data=1\ny_target=10\n[Variables]\nA=2\n" \
  "[Model]\nmy_output=x_data * A\nresidual=my_output - y_target\nloss=square(residual)\n" \
  "[Optimizer]\nName=gradient-descent\nLearningRate=0.125\n"

/* Those held out are in no batch. */
static void
test_batch_of_training_samples (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text ("[Experiment]\nBatchSize=3\n[Data]\nx=1 x 10\nTest=0.2\n"
                                               "[Variables]\nA=2\n[Model]\nloss=square(x * A)\n");

  assert_explanation (trainer, 1, "Feed · a batch of 3 from 8 samples", NULL, "x = (1, 1, 1)", NULL);
}

static void
test_regression_texts (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (REGRESSION);
  g_autoptr (BpExplanation) end = NULL;
  gsize n_rows;
  g_autofree char *feed = NULL;

  assert_explanation (trainer, 0, "Ready · iteration 0 of 100", NULL, NULL, NULL);
  bp_trainer_step_node (trainer, 1);
  feed = g_strdup_printf ("Feed · sample no. %u", (guint) bp_trainer_get_batch (trainer, &n_rows)[0] + 1);
  assert_explanation (trainer, 1, feed, NULL, "x = 1,  y = 10", NULL);
  assert_explanation (trainer, 2, "Forward 1 of 3 · multiply: my_output", "p = x·A", "1·2 = 2", NULL);
  assert_explanation (trainer, 3, "Forward 2 of 3 · subtract: residual", "d = p − y", "2 − 10 = −8", NULL);
  assert_explanation (trainer, 4, "Forward 3 of 3 · square: loss", "L = d²", "(−8)² = 64", NULL);
  assert_explanation (trainer, 5, "Backward 1 of 4 · seed: loss", "∂L/∂L = 1", NULL, NULL);
  assert_explanation (trainer, 6, "Backward 2 of 4 · square → residual", "∂L/∂d = 2d", "2·(−8) = −16", NULL);
  assert_explanation (trainer, 7, "Backward 3 of 4 · subtract → my_output", "∂L/∂p = ∂L/∂d · ∂d/∂p = 2d · 1",
                      "2·(−8) · 1 = −16", NULL);
  assert_explanation (trainer, 8, "Backward 4 of 4 · multiply → A", "∂L/∂A = ∂L/∂d · ∂d/∂p · ∂p/∂A = 2d · 1 · x",
                      "2·(−8) · 1 · 1 = −16", "next: A ← A − η·∂L/∂A = 2 − 0.125·(−16) = 4");
  assert_explanation (trainer, 9, "Update 1 of 1 · A", "A ← A − η·∂L/∂A", "2 − 0.125·(−16) = 4", "A was 2, is now 4");
  end = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  g_assert_cmpstr (end->meaning, ==, "The loss of the same data falls from 64 to 36: the step went downhill.");
}

static void
test_sum_texts (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_model ("z=3", "a=z * 2\nb=square(z)\ns=a * b\nloss=s - 4",
                                                     "Name=gradient-descent\nLearningRate=0.5");
  g_autoptr (BpExplanation) part = NULL;

  bp_trainer_step_iteration (trainer, 1);
  assert_explanation (trainer, 9, "Backward 4 of 5 · square → z", "∂L/∂z += ∂L/∂b·∂b/∂z = ∂L/∂b·2z", "6·2·3 = 36",
                      NULL);
  part = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  g_assert_cmpstr (part->meaning, ==,
                   "Gradients add where paths meet: 1 of 2 contributions to the gradient of z are in.");
  assert_explanation (trainer, 10, "Backward 5 of 5 · multiply → z", "∂L/∂z = ∂L/∂b·∂b/∂z + ∂L/∂a·∂a/∂z",
                      "6·2·3 + 9·2 = 54", "next: z ← z − η·∂L/∂z = 3 − 0.5·54 = −24");
}

/* "=" is said only where the numbers that are shown give just that; seen at the value of the node named "n" and its
 * gradient. */
static void
assert_numbers (const char *variables,
                const char *model,
                const char *forward,
                const char *gradient)
{
  g_autoptr (BpTrainer) trainer = trainer_from_model (variables, model, "Name=gradient-descent\nLearningRate=0.1");
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autoptr (BpExplanation) value = NULL;
  g_autoptr (BpExplanation) slope = NULL;

  bp_trainer_step_phase (trainer, 1);
  bp_trainer_step_phase (trainer, 1);
  value = bp_explain (trainer, bp_graph_find (graph, "n"), BP_ELEMENT_NONE);
  assert_text (value->numbers, forward);
  bp_trainer_step_phase (trainer, 1);
  slope = bp_explain (trainer, bp_graph_find (graph, "A"), BP_ELEMENT_NONE);
  assert_text (slope->numbers, gradient);
}

static void
test_exactness (void)
{
  assert_numbers ("A=0.5", "n=A * 3\nloss=n * 2", "0.5·3 = 1.5", "2 · 3 = 6");
  assert_numbers ("A=0.333333333333333333", "n=A * 3\nloss=n * 2", "0.33333·3 ≈ 1", "2 · 3 = 6");
  assert_numbers ("A=3\nB=0.333333333333333333", "n=A * B\nloss=n * 3", "3·0.33333 ≈ 1", "3 · 0.33333 ≈ 1");
  assert_numbers ("A=0\nB=0.333333333333333333", "n=A * B\nloss=n * 3", "0·0.3333 = 0", "3 · 0.33333 ≈ 1");
  assert_numbers ("A=1\nB=1e-20", "n=A + B\nloss=n * 0", "1 + 10⁻²⁰ ≈ 1", "0 · 1 = 0");
  assert_numbers ("A=1\nB=0.99999999", "n=A - B\nloss=square(n) * 0", "1 − 0.99999999 ≈ 10⁻⁸",
                  "0 · 2·10⁻⁸ · 1 = 0");
  assert_numbers ("A=1e-200", "n=square(A)\nloss=n * 1", "(10⁻²⁰⁰)² ≈ 0", "1 · 2·10⁻²⁰⁰ = 2·10⁻²⁰⁰");
  assert_numbers ("A=40", "n=sigmoid(A)\nloss=n * 1", "σ(40) ≈ 1", "1 · 1·(1 − 1) = 0");
  assert_numbers ("A=0", "n=sigmoid(A)\nloss=n * 1", "σ(0) = 0.5", "1 · 0.5·(1 − 0.5) = 0.25");
  assert_numbers ("A=-30", "n=tanh(A)\nloss=n * 1", "tanh(−30) ≈ −1", "1 · (1 − (−1)²) = 0");
  assert_numbers ("A=1", "n=log(A)\nloss=n * 1", "log(1) = 0", "1 · 1/1 = 1");
  assert_numbers ("A=0.999999999999", "n=log(A)\nloss=n * 1", "log(0.999999999999) ≈ −10⁻¹²", "1 · 1/1 ≈ 1");
  assert_numbers ("A=4", "n=sqrt(A)\nloss=n * 1", "√4 = 2", "1 · 1/(2·2) = 0.25");
  assert_numbers ("A=2", "n=sqrt(A)\nloss=n * 1", "√2 ≈ 1.414", "1 · 1/(2·1.414) ≈ 0.3536");
  assert_numbers ("A=-2", "n=A ** 3\nloss=n * 1", "(−2)³ = −8", "1 · 12 = 12");
  assert_numbers ("A=50 []", "n=sigmoid_cross_entropy_with_logits(labels=1, logits=A)\nloss=n * 1",
                  "max(50, 0) − 50·1 + log(1 + exp(−|50|)) ≈ 1.929·10⁻²²", "1 · (σ(50) − 1) ≈ 0");
  assert_numbers ("A=1e16 [3]\nV=1 [3]", "n=softmax_cross_entropy_with_logits(labels=V, logits=A)\nloss=n * 1",
                  "1·1.0986 + 1·1.0986 + 1·1.0986 ≈ 3.296", "[0]: 1 · 0 ≈ 0");
  assert_numbers ("A=0", "n=cos(A)\nloss=n * 1", "cos(0) = 1", "1 · (−sin(0)) = 0");
  assert_numbers ("A=3", "n=maximum(A, A)\nloss=n * 2", "max(3, 3) = 3", "2 · 1 = 2");
  assert_numbers ("A=3", "n=A * A\nloss=n * 2", "3·3 = 9", "2 · (3 + 3) = 12");
  assert_numbers ("A=3", "n=A - A\nloss=n * 2", "3 − 3 = 0", "2 · (1 + (−1)) = 0");
}

/* Of matrices the order of the factors matters. */
static void
test_matrix_texts (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_model ("A=0.5 [2, 1]\nB=2 [1, 3]", "m=matmul(A, B)\nloss=reduce_sum(m)",
                                                     "Name=gradient-descent\nLearningRate=0.5");
  g_autoptr (BpExplanation) first = NULL;
  g_autoptr (BpExplanation) second = NULL;

  assert_explanation (trainer, 2, "Forward 1 of 2 · matmul: m", "m = A·B", "[0,0]: 0.5·2 = 1", NULL);
  assert_explanation (trainer, 3, "Forward 2 of 2 · reduce_sum: loss", "L = Σ m", "1 + 1 + ⋯ + 1 + 1 = 6", NULL);
  assert_explanation (trainer, 5, "Backward 2 of 3 · reduce_sum → m", "∂L/∂m = 1", "[0,0]: 1", NULL);
  assert_explanation (trainer, 6, "Backward 3 of 3 · matmul → A and B", "∂L/∂A = ∂L/∂m·Bᵀ,  ∂L/∂B = Aᵀ·∂L/∂m",
                      "∂L/∂A[0,0] = 1·2 + 1·2 + 1·2 = 6,  ∂L/∂B[0,0] = 1·0.5 + 1·0.5 = 1",
                      "next: A ← A − η·∂L/∂A,  [0,0]: 0.5 − 0.5·6 = −2.5");
  first = bp_explain (trainer, bp_graph_find (bp_trainer_get_graph (trainer), "A"), BP_ELEMENT_NONE);
  assert_text (first->symbols, "∂L/∂A = ∂L/∂m·Bᵀ");
  assert_text (first->numbers, "[0,0]: 1·2 + 1·2 + 1·2 = 6");
  second = bp_explain (trainer, bp_graph_find (bp_trainer_get_graph (trainer), "B"), BP_ELEMENT_NONE);
  assert_text (second->symbols, "∂L/∂B = Aᵀ·∂L/∂m");
}

/* What things mean */

static void
assert_meaning (const char *variables,
                const char *model,
                BpCursor    cursor,
                const char *node,
                const char *expected)
{
  g_autoptr (BpTrainer) trainer = trainer_from_model (variables, model, "Name=gradient-descent\nLearningRate=0.1");
  g_autoptr (BpExplanation) explanation = NULL;

  bp_trainer_seek (trainer, cursor);
  explanation = bp_explain (trainer, node == NULL ? BP_NODE_NONE : bp_graph_find (bp_trainer_get_graph (trainer),
                                                                                  node), BP_ELEMENT_NONE);
  if (strstr (explanation->meaning, expected) == NULL)
    g_error ("“%s” does not have “%s”", explanation->meaning, expected);
}

static void
test_meanings (void)
{
  const BpCursor end = { 1, 0 };

  assert_meaning ("A=1", "loss=square(A)", (BpCursor) { 0, 0 }, NULL, "Nothing is computed yet");
  assert_meaning ("A=1", "loss=square(A)", (BpCursor) { 0, 0 }, "loss", "has not reached this node");
  assert_meaning ("A=1", "loss=square(A)", (BpCursor) { 0, 1 }, "A", "its gradient is not computed yet");
  assert_meaning ("A=1", "loss=square(A)", (BpCursor) { 0, 1 }, NULL, "The model has no data");
  assert_meaning ("A=1", "loss=square(A)", (BpCursor) { 0, 2 }, NULL, "This number is the loss");
  assert_meaning ("A=1", "loss=square(A)", (BpCursor) { 0, 3 }, NULL, "so ∂L/∂L = 1");
  assert_meaning ("A=1", "loss=square(A)", end, "loss", "so ∂L/∂L = 1");
  assert_meaning ("A=1", "loss=square(A)", end, NULL, "falls from 1 to 0.64");
  assert_meaning ("A=1", "loss=square(A) * 20", end, NULL,
                  "rises from 20 to 180: the step went downhill, but too far.");
  assert_meaning ("A=0", "loss=square(A)", (BpCursor) { 0, 4 }, NULL,
                  "The gradient is 0: the loss is level here along A");
  assert_meaning ("A=0", "loss=square(A)", end, NULL, "The gradient is 0, so A stays where it is.");
  assert_meaning ("A=9", "s=sigmoid(A)\nloss=s * 1", (BpCursor) { 0, 2 }, NULL,
                  "saturated here: its derivative is only 0.0001234");
  assert_meaning ("A=9", "s=sigmoid(A)\nloss=s * 1", end, "A", "The sigmoid is saturated here");
  assert_meaning ("A=1", "s=sigmoid(A)\nloss=s * 1", end, "A", "at most a quarter of the gradient");
  assert_meaning ("A=-5", "s=tanh(A)\nloss=s * 1", end, "A", "The hyperbolic tangent is saturated here");
  assert_meaning ("A=-5", "s=relu(A)\nloss=s * 1", end, "A", "ReLU is inactive here: its input −5 is not positive");
  assert_meaning ("A=5", "s=relu(A)\nloss=s * 1", end, "A", "where its input is positive");
  assert_meaning ("A=5\nB=5", "s=maximum(A, B)\nloss=s * 1", end, "A", "A tie: both inputs are equal");
  assert_meaning ("A=5\nB=4", "s=maximum(A, B)\nloss=s * 1", end, "A", "to the larger input alone");
  assert_meaning ("A=0", "s=abs(A)\nloss=s * 1", end, "A", "a kink");
  assert_meaning ("A=5\nB=4", "s=round(A)\nloss=s * B", end, "A", "No gradient reaches A, for “s” passes none on");
  assert_meaning ("A=5\nB=4", "s=stop_gradient(A)\nloss=s * B", end, "A", "No gradient reaches A, for “s” passes none");
  assert_meaning ("A=5\nB=4", "s=stop_gradient(A)\nloss=s * B", end, "s", "the gradient does not");
  assert_meaning ("A=5\nB=4", "loss=square(B)", end, "A", "The loss does not depend on A");
  assert_meaning ("A=5\nB=4", "loss=square(B)", (BpCursor) { 0, 5 }, NULL, "The loss does not depend on A");
  assert_meaning ("A=5", "k=3\nloss=A * k", end, "k", "A constant never changes");
  assert_meaning ("A=5", "loss=A * A", end, "A",
                  "Gradients add where paths meet: 2 contributions make up the gradient of A.");
  assert_meaning ("A=5", "b=A * 2\nc=A * 3\nloss=b * c", (BpCursor) { 0, 7 }, "A",
                  "1 of 2 contributions to the gradient of A are in");
  assert_meaning ("A=5 [4]", "loss=reduce_mean(A)", end, "A", "In a mean of 4 numbers each counts for 1/4");
  assert_meaning ("A=5\nB=2 [3]", "s=A * B\nloss=reduce_sum(s)", end, "A", "A was used for 3 elements");
  assert_meaning ("A=5 []", "loss=sigmoid_cross_entropy_with_logits(labels=A, logits=2)", end, "A",
                  "times minus the logit");
  assert_meaning ("A=5 []", "loss=sigmoid_cross_entropy_with_logits(labels=0, logits=A)", end, "A",
                  "the predicted probability minus the label");
  assert_meaning ("A=1 [2]\nB=2 [2]", "loss=softmax_cross_entropy_with_logits(labels=A, logits=B)", end, "A",
                  "goes to the labels");
  assert_meaning ("A=5\nB=4", "loss=A * B", (BpCursor) { 0, 5 }, NULL,
                  "Each variable moves by its own gradient");
}

static void
test_data_meanings (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (REGRESSION "[Evaluate]\nprediction=round(my_output)\n"
                                                               "Target=y_target\n");
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autoptr (BpExplanation) feed = NULL;
  g_autoptr (BpExplanation) data = NULL;
  g_autoptr (BpExplanation) evaluation = NULL;

  bp_trainer_step_node (trainer, 1);
  feed = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  g_assert_cmpstr (feed->meaning, ==, "One sample, drawn at random, is fed; nothing else is computed yet.");
  bp_trainer_step_iteration (trainer, 1);
  data = bp_explain (trainer, bp_graph_find (graph, "x_data"), BP_ELEMENT_NONE);
  g_assert_cmpstr (data->meaning, ==, "Data are given and not learned, so they have no gradient.");
  evaluation = bp_explain (trainer, bp_graph_find (graph, "prediction"), BP_ELEMENT_NONE);
  g_assert_nonnull (strstr (evaluation->meaning, "only judges the model"));
}

static void
assert_update (const char *optimizer,
               const char *symbols,
               const char *next)
{
  g_autofree char *settings = g_strdup_printf ("%s\nLearningRate=0.5", optimizer);
  g_autoptr (BpTrainer) trainer = trainer_from_model ("A=3", "loss=square(A)", settings);
  g_autoptr (BpExplanation) before = NULL;
  g_autoptr (BpExplanation) after = NULL;

  bp_trainer_seek (trainer, (BpCursor) { 0, 4 });
  before = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  assert_text (before->update, next);
  bp_trainer_step_node (trainer, 1);
  after = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  assert_text (after->symbols, symbols);
}

static void
test_update_texts (void)
{
  assert_update ("Name=gradient-descent", "A ← A − η·∂L/∂A", "next: A ← A − η·∂L/∂A = 3 − 0.5·6 = 0");
  assert_update ("Name=momentum\nMomentum=0.5", "v ← μ·v + g,  A ← A − η·v",
                 "next: v ← μ·v + g = 0.5·0 + 6 = 6,  A ← A − η·v = 3 − 0.5·6 = 0");
  assert_update ("Name=nesterov\nMomentum=0.5", "v ← μ·v + g,  A ← A − η·(g + μ·v)",
                 "next: v ← μ·v + g = 0.5·0 + 6 = 6,  A ← A − η·(g + μ·v) = 3 − 0.5·(6 + 0.5·6) = −1.5");
  assert_update ("Name=adagrad", "s ← s + g²,  A ← A − η·g/(√s + ε)",
                 "next: s ← s + g² = 0 + 6² = 36,  A ← A − η·g/(√s + ε) = 3 − 0.5·6/(√36 + 10⁻¹⁰) ≈ 2.5");
  assert_update ("Name=rmsprop\nDecay=0.75", "s ← ρ·s + (1 − ρ)·g²,  A ← A − η·g/(√s + ε)",
                 "next: s ← ρ·s + (1 − ρ)·g² = 0.75·0 + (1 − 0.75)·6² = 9,  A ← A − η·g/(√s + ε) = 3 − 0.5·6/(√9 + "
                 "10⁻⁸) ≈ 2");
  assert_update ("Name=adam\nBeta1=0.5\nBeta2=0.75", "m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,  A ← A − "
                                                     "η·m̂/(√v̂ + ε)",
                 "next: m = 3,  v = 9,  A ← A − η·m̂/(√v̂ + ε) = 3 − 0.5·6/(√36 + 10⁻⁸) ≈ 2.5");
}

/* Settings that change at the end of an iteration do not change what is said about it. */
static void
test_changed_settings (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (REGRESSION);
  BpSettings settings;
  g_autoptr (BpExplanation) explanation = NULL;

  bp_trainer_step_iteration (trainer, 1);
  settings = *bp_trainer_get_settings (trainer);
  bp_optimizer_init (&settings.optimizer, BP_OPTIMIZER_ADAM);
  g_assert_true (bp_trainer_set_settings (trainer, &settings, NULL));
  explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  assert_text (explanation->symbols, "A ← A − η·∂L/∂A");
  assert_text (explanation->numbers, "2 − 0.125·(−16) = 4");
  check_iterations (trainer, 2);
}

/* A long chain keeps its ends and its length. */
static void
test_long_chain (void)
{
  g_autoptr (GString) model = g_string_new ("first_of_them=sin(A)\n");
  g_autoptr (BpTrainer) trainer = NULL;
  g_autoptr (BpExplanation) explanation = NULL;
  g_autofree char *symbols = NULL;
  g_autofree char *numbers = NULL;

  g_string_append (model, "a_node_0=tanh(first_of_them)\n");
  for (guint i = 1; i < 300; i++)
    g_string_append_printf (model, "a_node_%u=%s(a_node_%u)\n", i, i % 2 ? "cos" : "tanh", i - 1);
  g_string_append (model, "loss=square(a_node_299)");
  trainer = trainer_from_model ("A=0.3", model->str, "Name=gradient-descent\nLearningRate=0.1");
  bp_trainer_step_phase (trainer, 1);
  bp_trainer_step_phase (trainer, 1);
  bp_trainer_step_phase (trainer, 1);
  explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  symbols = bp_formula_to_text (explanation->symbols);
  numbers = bp_formula_to_text (explanation->numbers);
  g_assert_cmpint (g_utf8_strlen (symbols, -1), <=, 110);
  g_assert_cmpint (g_utf8_strlen (numbers, -1), <=, 110);
  g_assert_nonnull (strstr (symbols, " · ⋯ · "));
  g_assert_true (g_str_has_prefix (symbols, "∂L/∂A = ∂L/∂"));
  g_assert_true (g_str_has_suffix (symbols, "cos(A)"));
  g_assert_nonnull (strstr (numbers, " · ⋯ · "));
  check_unique_symbols (bp_trainer_get_graph (trainer));
  check_cursor (trainer);
}

/* Symbols */

static void
assert_symbol (BpTrainer  *trainer,
               const char *name,
               const char *symbol)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autofree char *actual = bp_explain_symbol (graph, bp_graph_find (graph, name));

  g_assert_cmpstr (actual, ==, symbol);
}

static void
test_symbols (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_model ("L=1\nA=2\nW_1=3\nlearned_weight=4\nd=5",
                                                     "my_output=L * A\nresidual=my_output * W_1 - d\nother=residual "
                                                     "** 2\n"
                                                     "total=other * learned_weight * -3\nthe_loss=square(total)",
                                                     "Name=gradient-descent\nLearningRate=0.1");

  assert_symbol (trainer, "the_loss", "J");
  assert_symbol (trainer, "L", "L");
  assert_symbol (trainer, "A", "A");
  assert_symbol (trainer, "W_1", "W_1");
  assert_symbol (trainer, "d", "d");
  assert_symbol (trainer, "learned_weight", "learned_weight");
  assert_symbol (trainer, "my_output", "p");
  assert_symbol (trainer, "residual", "r");
  assert_symbol (trainer, "other", "t");
  assert_symbol (trainer, "total", "a");
  check_unique_symbols (bp_trainer_get_graph (trainer));
  check_iterations (trainer, 1);
}

/* What the edge of the graph view shows */

static void
test_local_derivative (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (REGRESSION);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const guint output = bp_graph_find (graph, "my_output"), loss = bp_graph_find (graph, "loss");
  BpFormula *symbols = NULL, *numbers = NULL;

  g_assert_true (bp_explain_local_derivative (trainer, loss, 0, &symbols, &numbers));
  assert_text (symbols, "∂L/∂d = 2d");
  g_assert_null (numbers);
  g_clear_pointer (&symbols, bp_formula_free);
  g_assert_false (bp_explain_local_derivative (trainer, output, 0, &symbols, &numbers));
  g_assert_false (bp_explain_local_derivative (trainer, bp_graph_find (graph, "residual"), 1, NULL, NULL));

  bp_trainer_step_iteration (trainer, 1);
  g_assert_true (bp_explain_local_derivative (trainer, loss, 0, &symbols, &numbers));
  assert_text (numbers, "2·(−8) = −16");
  g_clear_pointer (&symbols, bp_formula_free);
  g_clear_pointer (&numbers, bp_formula_free);
  g_assert_true (bp_explain_local_derivative (trainer, output, 1, &symbols, &numbers));
  assert_text (symbols, "∂p/∂A = x");
  assert_text (numbers, "= 1");
  g_clear_pointer (&symbols, bp_formula_free);
  g_clear_pointer (&numbers, bp_formula_free);
  g_assert_true (bp_explain_local_derivative (trainer, bp_graph_find (graph, "residual"), 0, &symbols, &numbers));
  assert_text (symbols, "∂d/∂p = 1");
  g_assert_null (numbers);
  g_clear_pointer (&symbols, bp_formula_free);
}

/* The check beside the card */

static void
test_check (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (REGRESSION);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const guint a = bp_graph_find (graph, "A"), data = bp_graph_find (graph, "x_data");
  BpElementCheck check;

  g_assert_false (bp_explain_check (trainer, a, 0, &check));
  bp_trainer_seek (trainer, (BpCursor) { 0, 7 });
  g_assert_false (bp_explain_check (trainer, a, 0, &check));
  g_assert_true (bp_explain_check (trainer, bp_graph_find (graph, "residual"), 0, &check));
  bp_trainer_seek (trainer, (BpCursor) { 1, 0 });
  g_assert_false (bp_explain_check (trainer, data, 0, &check));
  g_assert_true (bp_explain_check (trainer, a, 0, &check));

  /* The gradient is that of A = 2, not of the 4 that it has become; and the check leaves that alone. */
  g_assert_cmpfloat (check.gradient, ==, -16);
  g_assert_cmpfloat_with_epsilon (check.slope.value, -16, 1e-6);
  g_assert_cmpfloat (check.error, <, 1e-8);
  g_assert_cmpfloat (bp_session_get_parameters (bp_trainer_get_session (trainer))[0], ==, 4);
}

/* What is fed of a column of texts has the names of its classes. */
static void
test_class_names (void)
{
  static const char *const names[] = { "setosa", "versicolor", "virginica" };
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("iris");
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  g_autoptr (BpExplanation) explanation = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  const gsize *rows;
  gsize n_rows;
  guint label;

  bp_trainer_step_node (trainer, 1);
  rows = bp_trainer_get_batch (trainer, &n_rows);
  label = (guint) bp_dataset_get_column (dataset, bp_dataset_find (dataset, "species"))[rows[0]];
  expected = g_strdup_printf ("p = (%u %s, ", label, names[label]);
  explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  text = bp_formula_to_text (explanation->numbers);
  g_assert_nonnull (strstr (text, expected));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explain-texts/batch-of-training-samples", test_batch_of_training_samples);
  g_test_add_func ("/explain-texts/class-names", test_class_names);
  g_test_add_func ("/explain-texts/regression", test_regression_texts);
  g_test_add_func ("/explain-texts/sum", test_sum_texts);
  g_test_add_func ("/explain-texts/update", test_update_texts);
  g_test_add_func ("/explain-texts/matrix", test_matrix_texts);
  g_test_add_func ("/explain-texts/exactness", test_exactness);
  g_test_add_func ("/explain-texts/meanings", test_meanings);
  g_test_add_func ("/explain-texts/meanings/data", test_data_meanings);
  g_test_add_func ("/explain-texts/changed-settings", test_changed_settings);
  g_test_add_func ("/explain-texts/long-chain", test_long_chain);
  g_test_add_func ("/explain-texts/symbols", test_symbols);
  g_test_add_func ("/explain-texts/local-derivative", test_local_derivative);
  g_test_add_func ("/explain-texts/check", test_check);

  return g_test_run ();
}
