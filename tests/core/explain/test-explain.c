/* test-explain.c: the trees of explanations evaluated again, for every op, phase, optimizer and experiment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "lib/explain-checks.h"
#include "lib/trainer-fixture.h"

/* The experiments that come with the program */

static void
test_builtin (gconstpointer name)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin (name);

  check_iterations (trainer, 2);
  bp_trainer_run (trainer, 20);
  check_iterations (trainer, 1);
  bp_trainer_run (trainer, 1000);
  check_iterations (trainer, 1);
}

/* Every op */

static const struct {
  const char *name;
  const char *expression; /* of a and, where there are two inputs, b */
} ops[] = {
  { "add", "a + b" },
  { "subtract", "a - b" },
  { "multiply", "a * b" },
  { "divide", "a / b" },
  { "pow", "a ** b" },
  { "maximum", "maximum(a, b)" },
  { "minimum", "minimum(a, b)" },
  { "sigmoid_cross_entropy_with_logits", "sigmoid_cross_entropy_with_logits(labels=a, logits=b)" },
  { "negative", "-a" },
  { "square", "square(a)" },
  { "sqrt", "sqrt(a)" },
  { "exp", "exp(a)" },
  { "log", "log(a)" },
  { "abs", "abs(a)" },
  { "sin", "sin(a)" },
  { "cos", "cos(a)" },
  { "sigmoid", "sigmoid(a)" },
  { "tanh", "tanh(a)" },
  { "relu", "relu(a)" },
  { "softplus", "softplus(a)" },
  { "leaky_relu", "leaky_relu(a, b)" },
  { "log1p", "log1p(abs(a))" },
  { "elu", "elu(a)" },
  { "gelu", "gelu(a)" },
  { "silu", "silu(a)" },
  { "sign", "sign(a) + b" },
  { "clip_by_value", "clip_by_value(a, -0.5, 0.75)" },
  { "round", "round(a) + b" },
  { "where", "where(a > b, a, b)" },
  { "dropout", "dropout(a, 0.5) + b" },
  { "greater", "(a > b) + a" },
  { "less", "(a < b) + a" },
  { "greater_equal", "(a >= b) + a" },
  { "less_equal", "(a <= b) + a" },
  { "equal", "(a == b) + a" },
  { "not_equal", "(a != b) + a" },
  { "concat", "concat([reshape(a, [1]), reshape(b, [1])], 0)" },
  { "stack", "stack([a, b], 0)" },
  { "one_hot", "one_hot(a > 0, 2) * b" },
  { "argmax", "argmax(stack([a, b], 0), 0) + a" },
  { "sparse_softmax_cross_entropy_with_logits",
    "sparse_softmax_cross_entropy_with_logits(labels=a > b, logits=stack([a, b], -1))" },
  { "stop_gradient", "stop_gradient(a) + b" },
  { "matmul", "matmul(expand_dims(a, 0), expand_dims(b, 0))" },
  { "transpose", "transpose(a)" },
  { "expand_dims", "expand_dims(a, 0)" },
  { "reshape", "reshape(a, [1, 1])" },
  { "reduce_sum", "reduce_sum(a)" },
  { "reduce_mean", "reduce_mean(a)" },
  { "reduce_max", "reduce_max(a)" },
  { "reduce_min", "reduce_min(a)" },
  { "l2_loss", "l2_loss(a)" },
  { "softmax", "softmax(a) * b" },
  { "log_softmax", "log_softmax(a) * b" },
  { "softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits(labels=a, logits=b)" },
};

/* Each op has a row above. */
static void
test_rows (void)
{
  for (BpOp op = 0; op < BP_N_OPS; op++)
    {
      const BpOpClass *class = bp_op_get_class (op);
      guint row = 0;

      while (row < G_N_ELEMENTS (ops) && !g_str_equal (ops[row].name, class->name))
        row++;
      if (row == G_N_ELEMENTS (ops) && class->n_inputs > 0 && op != BP_OP_IDENTITY)
        g_error ("%s has no row", class->name);
    }
}

static const struct {
  double a, b;
} operands[] = {
  { 0.7, 1.3 }, { 1.3, 0.7 }, { 2, 2 }, { 1, 1 }, { 0.5, -2.25 }, { 12345.678, 0.00012345678 }, { 1.23456e-7, 3 },
  { 30, 40 },
  { -0.7, 3 }, { -1.5, -0.3 }, { 0, 1 },
};

static gboolean
is_in_domain (const char *op,
              double      a,
              double      b)
{
  if (g_str_equal (op, "sqrt") || g_str_equal (op, "log") || g_str_equal (op, "pow"))
    return a > 0 && fabs (b) < 50;
  if (g_str_equal (op, "exp"))
    return a < 100;

  return b != 0;
}

/* The op followed by others, and as the loss itself; numbers that are exact and numbers that are not. */
static void
test_op (gconstpointer data)
{
  const guint op = GPOINTER_TO_UINT (data);

  for (guint i = 0; i < G_N_ELEMENTS (operands); i++)
    for (guint is_loss = 0; is_loss < 2; is_loss++)
      {
        g_autofree char *variables = g_strdup_printf ("a=%.17g\nb=%.17g", operands[i].a, operands[i].b);
        g_autofree char *model = g_strdup_printf (is_loss ? "middle=%s"
                                                  : "middle=%s\nscaled=middle*0.3\nloss=sin(scaled)",
                                                  ops[op].expression);
        g_autoptr (BpTrainer) trainer = NULL;

        if (!is_in_domain (ops[op].name, operands[i].a, operands[i].b))
          continue;
        trainer = trainer_from_model (variables, model, "Name=gradient-descent\nLearningRate=0.01");
        check_iterations (trainer, 1);
      }
}

/* The ops on tensors, with broadcasting and both kinds of input. */
static void
test_tensors (void)
{
  static const char * const models[] = {
    "m=W * r\nloss=reduce_sum(square(m))",
    "m=W + c\nloss=reduce_mean(exp(m))",
    "m=W / c - r\nloss=reduce_mean(tanh(m))",
    "m=matmul(W, transpose(V))\nloss=reduce_sum(m * m)",
    "m=matmul(transpose(W), V)\nloss=reduce_sum(sin(matmul(m, m)))",
    "m=reduce_sum(W, 0) * reduce_mean(V, 0)\nloss=reduce_sum(m)",
    "m=reduce_mean(W, 1) + reduce_sum(V * V, 1)\nloss=reduce_sum(exp(m))",
    "m=reshape(W, [3, 2])\nloss=reduce_mean(sigmoid(matmul(m, Q)))",
    "m=expand_dims(r, 0) * c\nloss=reduce_mean(m * W)",
    "m=softmax_cross_entropy_with_logits(labels=V, logits=W)\nloss=reduce_mean(m)",
    "m=sigmoid_cross_entropy_with_logits(labels=sigmoid(V), logits=W)\nloss=reduce_sum(m)",
    "m=matmul(Q, Q)\nloss=reduce_sum(m * Q)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_model ("W=normal(0, 1) [2, 3]\nV=uniform(0.2, 1) [2, "
                                                         "3]\nr=normal(0, 1) [3]\n"
                                                         "c=uniform(0.5, 1) [2, 1]\nQ=normal(0, 1) [2, 2]",
                                                         models[i], "Name=adam\nLearningRate=0.01");

      check_iterations (trainer, 2);
    }
}

/* Appends @expression with the node before, n_0 for node 1, in the place of a. */
static void
append_expression (GString    *model,
                   const char *expression,
                   guint       node)
{
  g_autoptr (GRegex) a = g_regex_new ("\\ba\\b", 0, 0, NULL);
  g_autofree char *before = g_strdup_printf ("n_%u", node - 1);
  g_autofree char *text = g_regex_replace_literal (a, expression, -1, 0, node > 0 ? before : "a", 0, NULL);

  g_string_append_printf (model, "n_%u=0.5 + sigmoid(%s)\n", node, text);
}

/* Random models of a few ops, each with another optimizer. Results are kept small and positive, so that the next op
 * takes them. */
static void
test_random (void)
{
  for (guint seed = 1; seed <= 100; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GString) model = g_string_new (NULL);
      g_autofree char *variables = g_strdup_printf ("a=%.17g\nb=%.17g", g_rand_double_range (rand, 0.1, 3),
                                                    g_rand_double_range (rand, -3, 3));
      g_autofree char *optimizer = g_strdup_printf ("Name=%s\nLearningRate=%g",
                                                    bp_optimizer_get_class (seed % BP_N_OPTIMIZERS)->name,
                                                    g_rand_double_range (rand, 0.001, 0.1));
      g_autoptr (BpTrainer) trainer = NULL;

      for (guint node = 0; node < 4; node++)
        append_expression (model, ops[g_rand_int_range (rand, 0, 21)].expression, node);
      g_string_append (model, "loss=square(n_3 - 1)");
      trainer = trainer_from_model (variables, model->str, optimizer);
      check_iterations (trainer, 2);
    }
}

/* The updates with their slots, over several steps and with the sign turned: the numbers are checked against what
 * comes. */
static void
test_optimizers (void)
{
  for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
    for (guint maximize = 0; maximize < 2; maximize++)
      {
        g_autofree char *optimizer = g_strdup_printf ("Name=%s\nLearningRate=0.03", bp_optimizer_get_class (i)->name);
        g_autoptr (BpTrainer) trainer = trainer_from_model ("A=1.2345678\nW=normal(0, 1) [2, 2]",
                                                           "loss=reduce_mean(square(sin(A * W)))", optimizer);
        BpSettings settings = *bp_trainer_get_settings (trainer);

        settings.optimizer.maximize = (gboolean) maximize;
        g_assert_true (bp_trainer_set_settings (trainer, &settings, NULL));
        check_iterations (trainer, 3);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (const char * const *name = bp_builtin_get_names (); *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat ("/explain/builtin/", *name, NULL);

      g_test_add_data_func (path, *name, test_builtin);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      g_autofree char *path = g_strconcat ("/explain/op/", ops[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_op);
    }
  g_test_add_func ("/explain/rows", test_rows);
  g_test_add_func ("/explain/tensors", test_tensors);
  g_test_add_func ("/explain/random", test_random);
  g_test_add_func ("/explain/optimizers", test_optimizers);

  return g_test_run ();
}
