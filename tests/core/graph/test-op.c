/* test-op.c: every op's value against long double formulas and its gradient against central differences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "core/graph/op-fixture.h"

/* Which element of an input stands at element @index of the output. */
static gsize
broadcast_index (const BpShape *output,
                 const BpShape *input,
                 gsize          index)
{
  gsize result = 0, length = 1;

  for (guint d = 0; d < output->rank; d++)
    {
      gsize place = index % output->dims[output->rank - 1 - d];

      index /= output->dims[output->rank - 1 - d];
      if (d < input->rank)
        {
          result += (input->dims[input->rank - 1 - d] == 1 ? 0 : place) * length;
          length *= input->dims[input->rank - 1 - d];
        }
    }

  return result;
}

/* The textbook's formulas, in more digits and without regard to stability. */
static long double
reference (BpOp        op,
           long double a,
           long double b)
{
  switch (op)
    {
    case BP_OP_ADD: return a + b;
    case BP_OP_SUBTRACT: return a - b;
    case BP_OP_MULTIPLY: return a * b;
    case BP_OP_DIVIDE: return a / b;
    case BP_OP_POW: return powl (a, b);
    case BP_OP_MAXIMUM: return fmaxl (a, b);
    case BP_OP_MINIMUM: return fminl (a, b);
    case BP_OP_SIGMOID_CROSS_ENTROPY:
      return -a * logl (1 / (1 + expl (-b))) - (1 - a) * logl (1 - 1 / (1 + expl (-b)));
    case BP_OP_LEAKY_RELU: return a < 0 ? a * b : a;
    case BP_OP_DROPOUT: return b * a;
    case BP_OP_GREATER: return a - b > 0 ? 1 : 0;
    case BP_OP_LESS: return b - a > 0 ? 1 : 0;
    case BP_OP_GREATER_EQUAL: return a - b < 0 ? 0 : 1;
    case BP_OP_LESS_EQUAL: return b - a < 0 ? 0 : 1;
    case BP_OP_EQUAL: return a - b == 0 ? 1 : 0;
    case BP_OP_NOT_EQUAL: return a - b == 0 ? 0 : 1;
    case BP_OP_NEGATIVE: return -a;
    case BP_OP_SQUARE: return powl (a, 2);
    case BP_OP_SQRT: return sqrtl (a);
    case BP_OP_EXP: return expl (a);
    case BP_OP_LOG: return logl (a);
    case BP_OP_LOG1P: return logl (1 + a);
    case BP_OP_ABS: return a < 0 ? -a : a;
    case BP_OP_SIN: return sinl (a);
    case BP_OP_COS: return cosl (a);
    case BP_OP_SIGMOID: return 1 / (1 + expl (-a));
    case BP_OP_TANH: return (expl (a) - expl (-a)) / (expl (a) + expl (-a));
    case BP_OP_RELU: return a > 0 ? a : 0;
    case BP_OP_SOFTPLUS: return logl (1 + expl (a));
    case BP_OP_ELU: return a < 0 ? expl (a) - 1 : a;
    case BP_OP_GELU: return a / 2 * (1 + erfl (a / sqrtl (2)));
    case BP_OP_SILU: return a / (1 + expl (-a));
    case BP_OP_SIGN: return copysignl (1, a);
    case BP_OP_ROUND: return floorl (a + 0.5L);
    case BP_OP_IDENTITY: return a;
    case BP_OP_STOP_GRADIENT: return a;
    case BP_OP_CLIP_BY_VALUE: return fminl (fmaxl (a, limits.least), limits.greatest);
    default: g_assert_not_reached ();
    }
}

static const char * const shapes[] = {
  "[]", "[1]", "[4]", "[7]", "[1, 1]", "[3, 1]", "[1, 4]", "[3, 4]", "[2, 3, 4]", "[2, 1, 4]", "[2, 3, 1]", "[1, 3, 1]",
  "[3, 2, 1, 4]", "[1, 2, 3, 1]", "[3, 1, 3, 4]", "[1, 1, 1, 1]",
};

/* Value and gradient of one elementwise op, element by element. */
static void
check_elementwise (BpOp        op,
                   const char *a,
                   const char *b,
                   GRand      *rand)
{
  g_autoptr (Node) node = node_new (op, NULL, a, b);
  g_autofree double *expected[BP_MAX_INPUTS] = { NULL, NULL };

  if (node == NULL)
    return;
  node_fill (node, op, rand);
  /* What is there must stay: backward accumulates. */
  for (guint i = 0; i < node->class->n_inputs; i++)
    {
      for (gsize k = 0; k < node->n_inputs[i]; k++)
        node->input_gradients[i][k] = g_rand_double_range (rand, -1, 1);
      expected[i] = g_memdup2 (node->input_gradients[i], node->n_inputs[i] * sizeof (double));
    }

  node->class->forward (&node->arguments);
  if (node->class->backward != NULL)
    node->class->backward (&node->arguments);
  for (gsize k = 0; k < node->n; k++)
    {
      gsize at[BP_MAX_INPUTS] = { broadcast_index (&node->shape, &node->shapes[0], k), 0 };
      double x[BP_MAX_INPUTS] = { node->inputs[0][at[0]], 0 };

      if (b != NULL)
        {
          at[1] = broadcast_index (&node->shape, &node->shapes[1], k);
          x[1] = node->inputs[1][at[1]];
        }
      assert_near (node->output[k], (double) reference (op, x[0], x[1]), 1e-14);
      for (guint i = 0; i < node->class->n_inputs; i++)
        expected[i][at[i]] += node->gradient[k] * bp_op_local_derivative (op, i, x[0], x[1], node->output[k]);
    }
  for (guint i = 0; i < node->class->n_inputs; i++)
    for (gsize k = 0; k < node->n_inputs[i]; k++)
      assert_near (node->input_gradients[i][k], expected[i][k], 1e-14);
  g_clear_pointer (&expected[1], g_free);
}

static void
test_elementwise (gconstpointer data)
{
  const BpOp op = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (op);

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (bp_op_get_class (op)->n_inputs == 1)
      check_elementwise (op, shapes[i], NULL, rand);
    else
      for (guint j = 0; j < G_N_ELEMENTS (shapes); j++)
        check_elementwise (op, shapes[i], shapes[j], rand);
}

/* Central differences of the long double formula have some twelve digits. */
static void
test_local_derivative (gconstpointer data)
{
  const BpOp op = GPOINTER_TO_UINT (data);
  const long double h = 1e-6L;
  g_autoptr (GRand) rand = g_rand_new_with_seed (op + 100);

  for (guint n = 0; n < 1000; n++)
    {
      const double a = draw_input (op, 0, rand), b = draw_input (op, 1, rand);
      const double y = (double) reference (op, a, b);
      const long double d_a = (reference (op, a + h, b) - reference (op, a - h, b)) / (2 * h);
      const long double d_b = (reference (op, a, b + h) - reference (op, a, b - h)) / (2 * h);

      /* The value of stop_gradient changes with its input: that its derivative is 0 is what it is for. */
      assert_near (bp_op_local_derivative (op, 0, a, b, y), op == BP_OP_STOP_GRADIENT ? 0 : (double) d_a, 1e-9);
      if (bp_op_get_class (op)->n_inputs == 2)
        assert_near (bp_op_local_derivative (op, 1, a, b, y), (double) d_b, 1e-9);
    }
}

static double
weighted_sum (Node *node)
{
  double sum = 0;

  node->class->forward (&node->arguments);
  for (gsize k = 0; k < node->n; k++)
    sum += node->gradient[k] * node->output[k];

  return sum;
}

static void
check_central (BpOp                  op,
               const BpOpAttributes *attributes,
               const char           *a,
               const char           *b)
{
  g_autoptr (Node) node = node_new (op, attributes, a, b);
  g_autoptr (GRand) rand = g_rand_new_with_seed (op + 200);

  g_assert_nonnull (node);
  node_fill (node, op, rand);
  node->class->forward (&node->arguments);
  node->class->backward (&node->arguments);
  for (guint i = 0; i < node->class->n_inputs; i++)
    for (gsize k = 0; k < node->n_inputs[i]; k++)
      {
        const double h = 1e-5, x = node->inputs[i][k];
        double above, below;

        node->inputs[i][k] = x + h;
        above = weighted_sum (node);
        node->inputs[i][k] = x - h;
        below = weighted_sum (node);
        node->inputs[i][k] = x;
        assert_near (node->input_gradients[i][k], (above - below) / (2 * h), 1e-8);
      }
}

static void
test_central_elementwise (void)
{
  for (guint op = 0; op < BP_N_OPS; op++)
    {
      const BpOpClass *class = bp_op_get_class (op);

      if (!is_tested (op) || class->backward == NULL)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
        for (guint j = 0; j < (class->n_inputs == 1 ? 1 : G_N_ELEMENTS (shapes)); j++)
          {
            BpShape shape;

            if (infer (op, NULL, shapes[i], shapes[j], &shape, NULL))
              check_central (op, NULL, shapes[i], class->n_inputs == 1 ? NULL : shapes[j]);
          }
    }
}

static void
test_central_matrix (void)
{
  static const char * const products[][3] = {
    { "[1, 1]", "[1, 1]", "[1, 1]" }, { "[2, 3]", "[3, 4]", "[2, 4]" }, { "[1, 5]", "[5, 1]", "[1, 1]" },
    { "[5, 1]", "[1, 5]", "[5, 5]" }, { "[2, 2, 3]", "[3, 4]", "[2, 2, 4]" }, { "[2, 3]", "[4, 3, 2]", "[4, 2, 2]" },
    { "[2, 1, 2, 3]", "[1, 3, 3, 2]", "[2, 3, 2, 2]" }, { "[3, 2, 3]", "[2, 3, 3, 1]", "[2, 3, 2, 1]" },
  };
  static const char * const transposes[][2] = {
    { "[]", "[]" }, { "[3]", "[3]" }, { "[2, 3]", "[3, 2]" }, { "[2, 3, 4]", "[4, 3, 2]" },
    { "[2, 1, 3, 4]", "[4, 3, 1, 2]" },
  };
  BpShape shape;

  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    {
      const BpShape expected = parse (products[i][2]);

      g_assert_true (infer (BP_OP_MATMUL, NULL, products[i][0], products[i][1], &shape, NULL));
      g_assert_true (bp_shape_equal (&shape, &expected));
      check_central (BP_OP_MATMUL, NULL, products[i][0], products[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (transposes); i++)
    {
      const BpShape expected = parse (transposes[i][1]);

      g_assert_true (infer (BP_OP_TRANSPOSE, NULL, transposes[i][0], NULL, &shape, NULL));
      g_assert_true (bp_shape_equal (&shape, &expected));
      check_central (BP_OP_TRANSPOSE, NULL, transposes[i][0], NULL);
    }
}

static void
test_central_reduction (void)
{
  static const char * const inputs[] = { "[]", "[1]", "[5]", "[2, 3]", "[2, 3, 4]", "[2, 3, 1, 4]" };
  const BpOp ops[] = { BP_OP_REDUCE_SUM, BP_OP_REDUCE_MEAN, BP_OP_REDUCE_MAX, BP_OP_REDUCE_MIN };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    for (guint k = 0; k < G_N_ELEMENTS (ops); k++)
      {
        const int rank = (int) parse (inputs[i]).rank;

        check_central (ops[k], NULL, inputs[i], NULL);
        for (int axis = -rank; axis < rank; axis++)
          check_central (ops[k], &(BpOpAttributes) { .axis = axis, .has_axis = TRUE }, inputs[i], NULL);
      }
}

static void
test_central_shape (void)
{
  check_central (BP_OP_EXPAND_DIMS, &(BpOpAttributes) { .axis = 1, .has_axis = TRUE }, "[2, 3]", NULL);
  check_central (BP_OP_RESHAPE, &(BpOpAttributes) { .shape = parse ("[3, 2]") }, "[2, 3]", NULL);
}

static void
test_central_softmax (void)
{
  static const char * const inputs[] = { "[1]", "[4]", "[3, 4]", "[2, 3, 5]", "[3, 1]" };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      check_central (BP_OP_SOFTMAX_CROSS_ENTROPY, NULL, inputs[i], inputs[i]);
      check_central (BP_OP_SOFTMAX, NULL, inputs[i], NULL);
      check_central (BP_OP_LOG_SOFTMAX, NULL, inputs[i], NULL);
      check_central (BP_OP_L2_LOSS, NULL, inputs[i], NULL);
    }
}

/* No row lacks what its readers count on. */
static void
test_table (void)
{
  for (guint op = 0; op < BP_N_OPS; op++)
    {
      const BpOpClass *class = bp_op_get_class (op);
      BpOp found;

      g_assert_nonnull (class->name);
      g_assert_nonnull (class->symbol);
      g_assert_nonnull (class->infer_shape);
      g_assert_true (g_str_has_suffix (class->meaning, "."));
      g_assert_true (g_utf8_validate (class->meaning, -1, NULL));
      if (class->n_inputs == 0)
        {
          g_assert_false (bp_op_find (class->name, &found));
          g_assert_null (class->forward);
          continue;
        }
      g_assert_true (bp_op_find (class->name, &found));
      g_assert_cmpint (found, ==, op);
      g_assert_nonnull (class->forward);
    }
}

static void
test_find (void)
{
  BpOp op;

  g_assert_true (bp_op_find ("sigmoid_cross_entropy_with_logits", &op));
  g_assert_cmpint (op, ==, BP_OP_SIGMOID_CROSS_ENTROPY);
  g_assert_cmpstr (bp_op_get_class (op)->arguments[0], ==, "labels");
  g_assert_cmpstr (bp_op_get_class (op)->arguments[1], ==, "logits");
  g_assert_null (bp_op_get_class (BP_OP_ADD)->arguments[0]);
  g_assert_false (bp_op_find ("Sigmoid", &op));
  g_assert_false (bp_op_find ("", &op));
}

static void
add_elementwise_tests (void)
{
  for (guint op = 0; op < BP_N_OPS; op++)
    if (is_tested (op))
      {
        const char *name = bp_op_get_class (op)->name;
        g_autofree char *elementwise = g_strconcat ("/op/elementwise/", name, NULL);
        g_autofree char *derivative = g_strconcat ("/op/local-derivative/", name, NULL);

        g_test_add_data_func (elementwise, GUINT_TO_POINTER (op), test_elementwise);
        g_test_add_data_func (derivative, GUINT_TO_POINTER (op), test_local_derivative);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/op/table", test_table);
  g_test_add_func ("/op/find", test_find);
  add_elementwise_tests ();
  g_test_add_func ("/op/central/elementwise", test_central_elementwise);
  g_test_add_func ("/op/central/matrix", test_central_matrix);
  g_test_add_func ("/op/central/reduction", test_central_reduction);
  g_test_add_func ("/op/central/shape", test_central_shape);
  g_test_add_func ("/op/central/softmax", test_central_softmax);

  return g_test_run ();
}
