/* test-op.c: every op's value against long double formulas and its gradient against central differences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "graph/bp-op.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* One node on its own: its numbers, and a gradient that flows in. */
typedef struct {
  const BpOpClass *class;
  BpOpAttributes   attributes;
  BpShape          shapes[BP_MAX_INPUTS];
  BpShape          shape;
  gsize            n_inputs[BP_MAX_INPUTS];
  gsize            n;
  double          *inputs[BP_MAX_INPUTS];
  double          *input_gradients[BP_MAX_INPUTS];
  double          *output;
  double          *gradient;
  BpOpArguments    arguments;
} Node;

static BpShape
parse (const char *text)
{
  BpShape shape;
  g_autoptr (GError) error = NULL;

  bp_shape_parse (text, &shape, &error);
  g_assert_no_error (error);

  return shape;
}

static gboolean
infer (BpOp                  op,
       const BpOpAttributes *attributes,
       const char           *a,
       const char           *b,
       BpShape              *shape,
       GError              **error)
{
  const BpOpAttributes none = { 0, };
  const BpShape shape_a = parse (a), shape_b = parse (b != NULL ? b : "[]");
  const BpShape *inputs[] = { &shape_a, &shape_b };

  return bp_op_get_class (op)->infer_shape (attributes != NULL ? attributes : &none, inputs, shape, error);
}

static const BpOpAttributes limits = { .least = -0.5, .greatest = 1 };

/* Returns: (nullable): NULL when the shapes do not fit */
static Node *
node_new (BpOp                  op,
          const BpOpAttributes *attributes,
          const char           *a,
          const char           *b)
{
  Node *node = g_new0 (Node, 1);

  node->class = bp_op_get_class (op);
  if (attributes == NULL && op == BP_OP_CLIP_BY_VALUE)
    attributes = &limits;
  if (attributes != NULL)
    node->attributes = *attributes;
  if (!infer (op, attributes, a, b, &node->shape, NULL))
    {
      g_free (node);
      return NULL;
    }
  node->n = bp_shape_get_n_elements (&node->shape);
  node->output = g_new0 (double, node->n);
  node->gradient = g_new0 (double, node->n);
  node->arguments = (BpOpArguments) {
    .attributes = &node->attributes, .shape = &node->shape, .output = node->output, .gradient = node->gradient,
  };
  for (guint i = 0; i < node->class->n_inputs; i++)
    {
      node->shapes[i] = parse (i == 0 ? a : b);
      node->n_inputs[i] = bp_shape_get_n_elements (&node->shapes[i]);
      node->inputs[i] = g_new0 (double, node->n_inputs[i]);
      node->input_gradients[i] = g_new0 (double, node->n_inputs[i]);
      node->arguments.input_shapes[i] = &node->shapes[i];
      node->arguments.inputs[i] = node->inputs[i];
      node->arguments.input_gradients[i] = node->input_gradients[i];
    }
  bp_op_plan (&node->arguments);

  return node;
}

static void
node_free (Node *node)
{
  for (guint i = 0; i < BP_MAX_INPUTS; i++)
    {
      g_free (node->inputs[i]);
      g_free (node->input_gradients[i]);
    }
  g_free (node->output);
  g_free (node->gradient);
  g_free (node);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Node, node_free)

/* Those of three inputs have tests of their own, test-op-select.c. */
static gboolean
is_tested (BpOp op)
{
  return bp_op_get_class (op)->elementwise && bp_op_get_class (op)->n_inputs < 3;
}

static gboolean
is_comparison (BpOp op)
{
  return op >= BP_OP_GREATER && op <= BP_OP_NOT_EQUAL;
}

/* Inputs away from kinks and poles: bases positive, nothing near 0, and the two of a maximum never near each other. */
static double
draw (BpOp   op,
      guint  input,
      GRand *rand)
{
  const double sign = g_rand_boolean (rand) ? 1 : -1;

  switch (op)
    {
    case BP_OP_CLIP_BY_VALUE:
      return g_rand_int_range (rand, -20, 20) * 0.1 + 0.05;
    case BP_OP_MAXIMUM:
    case BP_OP_MINIMUM:
    case BP_OP_GREATER:
    case BP_OP_LESS:
    case BP_OP_GREATER_EQUAL:
    case BP_OP_LESS_EQUAL:
    case BP_OP_EQUAL:
    case BP_OP_NOT_EQUAL:
      return g_rand_int_range (rand, -20, 20) * 0.1 + (input == 0 ? 0 : 0.05);
    case BP_OP_POW:
      return input == 0 ? g_rand_double_range (rand, 0.3, 2) : sign * g_rand_double_range (rand, 0.2, 3);
    case BP_OP_SQRT:
    case BP_OP_LOG:
      return g_rand_double_range (rand, 0.2, 3);
    case BP_OP_LOG1P:
      return g_rand_double_range (rand, -0.8, 3);
    case BP_OP_ROUND:
      return g_rand_int_range (rand, -5, 5) + g_rand_double_range (rand, -0.4, 0.4);
    default:
      return sign * g_rand_double_range (rand, 0.2, 2);
    }
}

static void
node_fill (Node  *node,
           BpOp   op,
           GRand *rand)
{
  for (guint i = 0; i < node->class->n_inputs; i++)
    for (gsize k = 0; k < node->n_inputs[i]; k++)
      node->inputs[i][k] = draw (op, i, rand);
  for (gsize k = 0; k < node->n; k++)
    node->gradient[k] = g_rand_double_range (rand, -1, 1);
}

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

static void
assert_near (double a,
             double b,
             double tolerance)
{
  if (!(fabs (a - b) <= tolerance * MAX (1, MAX (fabs (a), fabs (b)))))
    g_error ("%.17g and %.17g differ by more than %g", a, b, tolerance);
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
      const double a = draw (op, 0, rand), b = draw (op, 1, rand);
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

/* Values that can be read off: where elements go in products, transposes and reductions. */
static void
check_values (BpOp                  op,
              const BpOpAttributes *attributes,
              const char           *a,
              const char           *b,
              const char           *shape,
              const double         *expected)
{
  const BpShape expected_shape = parse (shape);
  g_autoptr (Node) node = node_new (op, attributes, a, b);

  g_assert_nonnull (node);
  g_assert_true (bp_shape_equal (&node->shape, &expected_shape));
  for (guint i = 0; i < node->class->n_inputs; i++)
    for (gsize k = 0; k < node->n_inputs[i]; k++)
      node->inputs[i][k] = k + 1;
  node->class->forward (&node->arguments);
  for (gsize k = 0; k < node->n; k++)
    g_assert_cmpfloat (node->output[k], ==, expected[k]);
}

static void
test_values (void)
{
  check_values (BP_OP_MATMUL, NULL, "[2, 3]", "[3, 2]", "[2, 2]", (double[]) { 22, 28, 49, 64 });
  check_values (BP_OP_MATMUL, NULL, "[2, 1, 2]", "[2, 1]", "[2, 1, 1]", (double[]) { 5, 11 });
  check_values (BP_OP_TRANSPOSE, NULL, "[2, 3]", NULL, "[3, 2]", (double[]) { 1, 4, 2, 5, 3, 6 });
  check_values (BP_OP_TRANSPOSE, NULL, "[2, 1, 3]", NULL, "[3, 1, 2]", (double[]) { 1, 4, 2, 5, 3, 6 });
  check_values (BP_OP_REDUCE_SUM, NULL, "[2, 3]", NULL, "[]", (double[]) { 21 });
  check_values (BP_OP_REDUCE_MEAN, NULL, "[2, 3]", NULL, "[]", (double[]) { 3.5 });
  check_values (BP_OP_REDUCE_SUM, &(BpOpAttributes) { .axis = 0, .has_axis = TRUE }, "[2, 3]", NULL, "[3]",
                (double[]) { 5, 7, 9 });
  check_values (BP_OP_REDUCE_MEAN, &(BpOpAttributes) { .axis = -1, .has_axis = TRUE }, "[2, 3]", NULL, "[2]",
                (double[]) { 2, 5 });
  check_values (BP_OP_REDUCE_MAX, NULL, "[2, 3]", NULL, "[]", (double[]) { 6 });
  check_values (BP_OP_REDUCE_MAX, &(BpOpAttributes) { .axis = 0, .has_axis = TRUE }, "[2, 3]", NULL, "[3]",
                (double[]) { 4, 5, 6 });
  check_values (BP_OP_REDUCE_MIN, &(BpOpAttributes) { .axis = -1, .has_axis = TRUE }, "[2, 3]", NULL, "[2]",
                (double[]) { 1, 4 });
  check_values (BP_OP_L2_LOSS, NULL, "[2, 3]", NULL, "[]", (double[]) { 45.5 });
  check_values (BP_OP_EXPAND_DIMS, &(BpOpAttributes) { .axis = -1 }, "[2]", NULL, "[2, 1]", (double[]) { 1, 2 });
  check_values (BP_OP_EXPAND_DIMS, &(BpOpAttributes) { .axis = 0 }, "[2]", NULL, "[1, 2]", (double[]) { 1, 2 });
  check_values (BP_OP_EXPAND_DIMS, &(BpOpAttributes) { .axis = 0 }, "[]", NULL, "[1]", (double[]) { 1 });
  check_values (BP_OP_RESHAPE, &(BpOpAttributes) { .shape = { 2, { 3, 0 } } }, "[2, 3]", NULL, "[3, 2]",
                (double[]) { 1, 2, 3, 4, 5, 6 });
  check_values (BP_OP_RESHAPE, &(BpOpAttributes) { .shape = { 1, { 0 } } }, "[]", NULL, "[1]", (double[]) { 1 });
  check_values (BP_OP_RESHAPE, &(BpOpAttributes) { .shape = { 0 } }, "[1, 1]", NULL, "[]", (double[]) { 1 });
}

static double
evaluate (BpOp   op,
          double a,
          double b)
{
  g_autoptr (Node) node = node_new (op, NULL, "[]", bp_op_get_class (op)->n_inputs == 2 ? "[]" : NULL);

  node->inputs[0][0] = a;
  if (node->inputs[1] != NULL)
    node->inputs[1][0] = b;
  node->class->forward (&node->arguments);

  return node->output[0];
}

static double
slope (BpOp   op,
       guint  input,
       double a,
       double b)
{
  return bp_op_local_derivative (op, input, a, b, evaluate (op, a, b));
}

/* PyTorch's choices where the derivative does not exist. */
static void
test_kinks (void)
{
  g_assert_cmpfloat (slope (BP_OP_RELU, 0, 0, 0), ==, 0);
  g_assert_cmpfloat (slope (BP_OP_RELU, 0, DBL_MIN, 0), ==, 1);
  g_assert_cmpfloat (slope (BP_OP_ABS, 0, 0, 0), ==, 0);
  g_assert_cmpfloat (slope (BP_OP_ABS, 0, -DBL_MIN, 0), ==, -1);
  g_assert_cmpfloat (slope (BP_OP_LEAKY_RELU, 0, 0, 0.2), ==, 0.2);
  g_assert_cmpfloat (slope (BP_OP_LEAKY_RELU, 0, DBL_MIN, 0.2), ==, 1);
  g_assert_cmpfloat (slope (BP_OP_LEAKY_RELU, 1, 0, 0.2), ==, 0);
  g_assert_cmpfloat (slope (BP_OP_ELU, 0, 0, 0), ==, 1);
  g_assert_cmpfloat (slope (BP_OP_GELU, 0, 0, 0), ==, 0.5);
  g_assert_cmpfloat (slope (BP_OP_SILU, 0, 0, 0), ==, 0.5);
  g_assert_cmpfloat (slope (BP_OP_SIGN, 0, 0, 0), ==, 0);
  g_assert_cmpfloat (slope (BP_OP_CLIP_BY_VALUE, 0, limits.least, 0), ==, 1);
  g_assert_cmpfloat (slope (BP_OP_CLIP_BY_VALUE, 0, limits.greatest, 0), ==, 1);
  g_assert_cmpfloat (slope (BP_OP_CLIP_BY_VALUE, 0, nextafter (limits.least, -1), 0), ==, 0);
  g_assert_cmpfloat (slope (BP_OP_CLIP_BY_VALUE, 0, nextafter (limits.greatest, 2), 0), ==, 0);
  for (guint input = 0; input < 2; input++)
    {
      g_assert_cmpfloat (slope (BP_OP_MAXIMUM, input, 3, 3), ==, 0.5);
      g_assert_cmpfloat (slope (BP_OP_MINIMUM, input, 3, 3), ==, 0.5);
      g_assert_cmpfloat (slope (BP_OP_MAXIMUM, input, 3, 4), ==, input == 1);
      g_assert_cmpfloat (slope (BP_OP_MINIMUM, input, 3, 4), ==, input == 0);
    }
  g_assert_cmpfloat (slope (BP_OP_POW, 0, 0, 0), ==, 0);
  g_assert_cmpfloat (slope (BP_OP_POW, 0, 5, 0), ==, 0);
  g_assert_cmpfloat (slope (BP_OP_POW, 0, -3, 2), ==, -6);
  g_assert_cmpfloat (slope (BP_OP_POW, 1, 0, 0), ==, 0);
  g_assert_cmpfloat (slope (BP_OP_POW, 1, 0, 2), ==, 0);
  g_assert_true (isnan (slope (BP_OP_POW, 1, -2, 2)));
  g_assert_cmpfloat (slope (BP_OP_ROUND, 0, 2.5, 0), ==, 0);
  g_assert_cmpfloat (slope (BP_OP_STOP_GRADIENT, 0, 2.5, 0), ==, 0);
}

/* Values of the formulas, computed apart with more digits than a double has. */
static void
test_activations (void)
{
  const struct {
    BpOp op;
    double a, b, value, slope;
  } cases[] = {
    { BP_OP_LEAKY_RELU, -2, 0.2, -0.4, 0.2 },
    { BP_OP_LOG1P, -0.5, 0, -0.69314718055994529, 2 },
    { BP_OP_ELU, -1, 0, -0.63212055882855767, 0.36787944117144233 },
    { BP_OP_GELU, 1, 0, 0.84134474606854293, 1.0833154705876864 },
    { BP_OP_GELU, -1, 0, -0.15865525393145707, -0.083315470587686291 },
    { BP_OP_SILU, 1, 0, 0.7310585786300049, 0.92767051187148755 },
    { BP_OP_SILU, -1, 0, -0.2689414213699951, 0.072329488128512439 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_near (evaluate (cases[i].op, cases[i].a, cases[i].b), cases[i].value, 1e-15);
      assert_near (slope (cases[i].op, 0, cases[i].a, cases[i].b), cases[i].slope, 1e-15);
    }
  g_assert_cmpfloat (evaluate (BP_OP_SIGN, 0, 0), ==, 0);
  g_assert_cmpfloat (evaluate (BP_OP_SIGN, -0.0, 0), ==, 0);
  g_assert_cmpfloat (evaluate (BP_OP_SIGN, -5e-324, 0), ==, -1);
}

static void
test_round (void)
{
  const double halves[][2] = { { 0.5, 0 }, { 1.5, 2 }, { 2.5, 2 }, { -0.5, 0 }, { -1.5, -2 }, { 2.4, 2 }, { 2.6, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    g_assert_cmpfloat (evaluate (BP_OP_ROUND, halves[i][0], 0), ==, halves[i][1]);
}

static void
test_stable (void)
{
  for (int sign = -1; sign <= 1; sign += 2)
    {
      const double z = sign * 1000.0;

      g_assert_cmpfloat (evaluate (BP_OP_SIGMOID, z, 0), ==, sign > 0);
      g_assert_cmpfloat (evaluate (BP_OP_SOFTPLUS, z, 0), ==, sign > 0 ? 1000 : 0);
      g_assert_cmpfloat (slope (BP_OP_SOFTPLUS, 0, z, 0), ==, sign > 0);
      g_assert_cmpfloat (evaluate (BP_OP_SIGMOID_CROSS_ENTROPY, 1, z), ==, sign > 0 ? 0 : 1000);
      g_assert_cmpfloat (evaluate (BP_OP_SIGMOID_CROSS_ENTROPY, 0, z), ==, sign > 0 ? 1000 : 0);
      g_assert_cmpfloat (slope (BP_OP_SIGMOID_CROSS_ENTROPY, 1, 0, z), ==, sign > 0);
    }
  for (int sign = -1; sign <= 1; sign += 2)
    {
      const double z = sign * 1e300;

      g_assert_cmpfloat (evaluate (BP_OP_ELU, z, 0), ==, sign > 0 ? z : -1);
      g_assert_cmpfloat (slope (BP_OP_ELU, 0, z, 0), ==, sign > 0);
      g_assert_cmpfloat (evaluate (BP_OP_GELU, z, 0), ==, sign > 0 ? z : 0);
      g_assert_cmpfloat (slope (BP_OP_GELU, 0, z, 0), ==, sign > 0);
      g_assert_cmpfloat (evaluate (BP_OP_SILU, z, 0), ==, sign > 0 ? z : 0);
      g_assert_cmpfloat (slope (BP_OP_SILU, 0, z, 0), ==, sign > 0);
    }
  /* Small numbers keep their digits where 1 is added to them. */
  g_assert_cmpfloat (evaluate (BP_OP_LOG1P, 1e-20, 0), ==, 1e-20);
  g_assert_cmpfloat (evaluate (BP_OP_ELU, -1e-20, 0), ==, -1e-20);
  assert_near (evaluate (BP_OP_GELU, -30, 0) / (double) (-15 * erfcl (30 * sqrtl (0.5L))), 1, 1e-12);
  g_assert_cmpfloat (evaluate (BP_OP_SOFTPLUS, -50, 0), ==, exp (-50));
  assert_near (evaluate (BP_OP_SIGMOID, -700, 0) / exp (-700), 1, 1e-15);
}

static void
test_softmax_stable (void)
{
  g_autoptr (Node) node = node_new (BP_OP_SOFTMAX_CROSS_ENTROPY, NULL, "[2, 3]", "[2, 3]");
  const double logits[] = { 1000, 0, -1000, -1000, -1000, -1000 };
  const double labels[] = { 0, 1, 0, 0.5, 0.5, 0 };
  const double expected[] = { 1, -1, 0, 1.0 / 3 - 0.5, 1.0 / 3 - 0.5, 1.0 / 3 };

  memcpy (node->inputs[0], labels, sizeof labels);
  memcpy (node->inputs[1], logits, sizeof logits);
  node->gradient[0] = node->gradient[1] = 1;
  node->class->forward (&node->arguments);
  node->class->backward (&node->arguments);
  assert_near (node->output[0], 1000, 1e-15);
  assert_near (node->output[1], log (3), 1e-13);
  for (guint i = 0; i < 6; i++)
    assert_near (node->input_gradients[1][i], expected[i], 1e-12);
}

/* Logits of any size, whose difference alone counts. */
static void
test_softmax_large (void)
{
  const double sizes[] = { 0, 1e3, 1e8, 1e12, 1e16, 1e300, -1e16, DBL_MAX };
  const double labels[] = { 0, 1, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (Node) node = node_new (BP_OP_SOFTMAX_CROSS_ENTROPY, NULL, "[3]", "[3]");

      memcpy (node->inputs[0], labels, sizeof labels);
      for (guint k = 0; k < 3; k++)
        node->inputs[1][k] = sizes[i];
      node->gradient[0] = 1;
      node->class->forward (&node->arguments);
      node->class->backward (&node->arguments);
      g_assert_cmpfloat (node->output[0], ==, 1.0986122886681098);
      for (guint k = 0; k < 3; k++)
        {
          g_assert_cmpfloat (bp_op_minus_log_softmax (node->inputs[1], 3, k), ==, 1.0986122886681098);
          g_assert_cmpfloat (node->input_gradients[0][k], ==, 1.0986122886681098);
          assert_near (node->input_gradients[1][k], 1.0 / 3 - labels[k], DBL_EPSILON);
        }
    }
}

/* Softmax and its logarithm against the textbook's formula in more digits, and with logits of any size. */
static void
test_softmax_alone (void)
{
  const double shifts[] = { 0, 700, 1e6, -1e6 };
  const double rows[] = { 1, 2, 4, 0.5, 0.5, -3 };

  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++)
    {
      g_autoptr (Node) softmax = node_new (BP_OP_SOFTMAX, NULL, "[2, 3]", NULL);
      g_autoptr (Node) logarithm = node_new (BP_OP_LOG_SOFTMAX, NULL, "[2, 3]", NULL);

      for (guint k = 0; k < 6; k++)
        softmax->inputs[0][k] = logarithm->inputs[0][k] = rows[k] + shifts[i];
      softmax->class->forward (&softmax->arguments);
      logarithm->class->forward (&logarithm->arguments);
      for (guint k = 0; k < 6; k++)
        {
          const double *row = rows + k / 3 * 3;
          const long double sum = expl (row[0]) + expl (row[1]) + expl (row[2]);

          assert_near (softmax->output[k], (double) (expl (rows[k]) / sum), 1e-15);
          assert_near (logarithm->output[k], (double) (rows[k] - logl (sum)), 1e-15);
        }
    }
}

/* As PyTorch: the first of equal elements gets it all. */
static void
test_extreme_tie (void)
{
  const BpOp ops[] = { BP_OP_REDUCE_MAX, BP_OP_REDUCE_MIN };
  const double numbers[] = { -1, 1, 1, 1, -1, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      g_autoptr (Node) columns = node_new (ops[i], &(BpOpAttributes) { .axis = 0, .has_axis = TRUE }, "[3, 2]", NULL);
      g_autoptr (Node) all = node_new (ops[i], NULL, "[6]", NULL);

      memcpy (columns->inputs[0], (double[]) { -1, 1, 1, 1, 1, -1 }, sizeof numbers);
      columns->gradient[0] = 2;
      columns->gradient[1] = 3;
      columns->class->forward (&columns->arguments);
      columns->class->backward (&columns->arguments);
      for (gsize k = 0; k < 6; k++)
        g_assert_cmpfloat (columns->input_gradients[0][k], ==,
                           k == (i == 0 ? 2 : 0) ? 2 : k == (i == 0 ? 1 : 5) ? 3 : 0);

      memcpy (all->inputs[0], numbers, sizeof numbers);
      all->gradient[0] = 1;
      all->class->backward (&all->arguments);
      for (gsize k = 0; k < 6; k++)
        g_assert_cmpfloat (all->input_gradients[0][k], ==, k == (i == 0 ? 1 : 0));
      all->inputs[0][4] = NAN;
      all->class->forward (&all->arguments);
      g_assert_true (isnan (all->output[0]));
    }
}

/* A class so far below the others that the distance is no number costs nothing where it has no share. */
static void
test_softmax_apart (void)
{
  g_autoptr (Node) node = node_new (BP_OP_SOFTMAX_CROSS_ENTROPY, NULL, "[2]", "[2]");

  node->inputs[0][0] = node->gradient[0] = 1;
  node->inputs[1][0] = DBL_MAX;
  node->inputs[1][1] = -DBL_MAX;
  node->class->forward (&node->arguments);
  node->class->backward (&node->arguments);
  g_assert_cmpfloat (node->output[0], ==, 0);
  g_assert_cmpfloat (node->input_gradients[1][0], ==, 0);
  g_assert_cmpfloat (node->input_gradients[1][1], ==, 0);
}

/* A number that stops being one is not hidden by a maximum, say; what compares says no, as C does. */
static void
test_nan (void)
{
  g_assert_cmpfloat (evaluate (BP_OP_GREATER_EQUAL, NAN, NAN), ==, 0);
  g_assert_cmpfloat (evaluate (BP_OP_NOT_EQUAL, NAN, NAN), ==, 1);
  for (guint op = 0; op < BP_N_OPS; op++)
    if (is_tested (op) && !is_comparison (op))
      {
        g_assert_true (isnan (evaluate (op, NAN, 1.5)));
        if (bp_op_get_class (op)->n_inputs == 2)
          g_assert_true (isnan (evaluate (op, 1.5, NAN)));
      }
}

/* An input whose gradient nobody needs has none, and the other's is the same as ever. */
static void
test_unneeded (void)
{
  const BpOp ops[] = { BP_OP_MULTIPLY, BP_OP_MATMUL, BP_OP_SOFTMAX_CROSS_ENTROPY };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    for (guint unneeded = 0; unneeded < 2; unneeded++)
      {
        g_autoptr (Node) both = node_new (ops[i], NULL, "[2, 2]", "[2, 2]");
        g_autoptr (Node) one = node_new (ops[i], NULL, "[2, 2]", "[2, 2]");
        g_autoptr (GRand) rand = g_rand_new_with_seed (1);
        g_autoptr (GRand) again = g_rand_new_with_seed (1);

        node_fill (both, ops[i], rand);
        node_fill (one, ops[i], again);
        one->arguments.input_gradients[unneeded] = NULL;
        both->class->forward (&both->arguments);
        both->class->backward (&both->arguments);
        one->class->forward (&one->arguments);
        one->class->backward (&one->arguments);
        g_assert_cmpmem (one->input_gradients[!unneeded], 4 * sizeof (double),
                         both->input_gradients[!unneeded], 4 * sizeof (double));
        for (guint k = 0; k < 4; k++)
          g_assert_cmpfloat (one->input_gradients[unneeded][k], ==, 0);
      }
}

static void
test_shape_errors (void)
{
  static const struct {
    BpOp op;
    BpOpAttributes attributes;
    const char *a, *b, *message;
  } cases[] = {
    { BP_OP_ADD, { 0 }, "[2, 3]", "[2]",
      "shapes [2, 3] and [2] do not fit together: sizes 3 and 2 differ and neither is 1" },
    { BP_OP_MATMUL, { 0 }, "[3]", "[3, 1]",
      "a matrix product needs two matrices, not the shapes [3] and [3, 1]; expand_dims adds a dimension" },
    { BP_OP_MATMUL, { 0 }, "[3, 3]", "[]",
      "a matrix product needs two matrices, not the shapes [3, 3] and []; expand_dims adds a dimension" },
    { BP_OP_MATMUL, { 0 }, "[2, 3]", "[2, 3]",
      "matrices [2, 3] and [2, 3] cannot be multiplied: the first has 3 columns and the second 2 rows" },
    { BP_OP_MATMUL, { 0 }, "[2, 2, 3]", "[5, 3, 1]",
      "stacks of matrices [2, 2, 3] and [5, 3, 1] cannot be multiplied: their outer dimensions do not fit together" },
    { BP_OP_MATMUL, { 0 }, "[1048576, 1]", "[1, 1048576]",
      "shape [1048576, 1048576] has more than the 268435456 elements that are possible" },
    { BP_OP_EXPAND_DIMS, { .axis = 3 }, "[2, 3]", NULL,
      "shape [2, 3] has no place 3 for another dimension; expected -3 to 2" },
    { BP_OP_EXPAND_DIMS, { .axis = -4 }, "[2, 3]", NULL,
      "shape [2, 3] has no place -4 for another dimension; expected -3 to 2" },
    { BP_OP_EXPAND_DIMS, { .axis = G_MININT }, "[2, 3]", NULL,
      "shape [2, 3] has no place -2147483648 for another dimension; expected -3 to 2" },
    { BP_OP_EXPAND_DIMS, { .axis = 0 }, "[1, 2, 1, 2]", NULL, "a shape of 5 dimensions; at most 4 are possible" },
    { BP_OP_RESHAPE, { .shape = { 1, { 5, 1, 1, 1 } } }, "[2, 3]", NULL,
      "shape [2, 3] cannot be reshaped to [5]: the elements, 6 in all, do not fit" },
    { BP_OP_RESHAPE, { .shape = { 2, { 4, 0, 1, 1 } } }, "[2, 3]", NULL,
      "shape [2, 3] cannot be reshaped to [4, -1]: the elements, 6 in all, do not fit" },
    { BP_OP_RESHAPE, { .shape = { 2, { 0, 0, 1, 1 } } }, "[2, 3]", NULL,
      "a shape has at most one -1" },
    { BP_OP_RESHAPE, { .shape = { 4, { 65536, 65536, 65536, 65536 } } }, "[]", NULL,
      "shape [] cannot be reshaped to [65536, 65536, 65536, 65536]: the elements, 1 in all, do not fit" },
    { BP_OP_RESHAPE, { .shape = { 5, { 1, 1, 1, 1 } } }, "[]", NULL,
      "a shape of 5 dimensions; at most 4 are possible" },
    { BP_OP_REDUCE_SUM, { .axis = 2, .has_axis = TRUE }, "[2, 3]", NULL,
      "shape [2, 3] has no dimension 2 to reduce; expected -2 to 1" },
    { BP_OP_REDUCE_MEAN, { .axis = -3, .has_axis = TRUE }, "[2, 3]", NULL,
      "shape [2, 3] has no dimension -3 to reduce; expected -2 to 1" },
    { BP_OP_REDUCE_SUM, { .axis = 0, .has_axis = TRUE }, "[]", NULL, "a scalar has no dimension 0 to reduce" },
    { BP_OP_REDUCE_MAX, { .axis = 2, .has_axis = TRUE }, "[2, 3]", NULL,
      "shape [2, 3] has no dimension 2 to reduce; expected -2 to 1" },
    { BP_OP_SOFTMAX, { 0 }, "[]", NULL,
      "a scalar has no probabilities; softmax needs a dimension of classes, the last one" },
    { BP_OP_SOFTMAX_CROSS_ENTROPY, { 0 }, "[2, 3]", "[3]", "labels [2, 3] and logits [3] are not of equal shape" },
    { BP_OP_SOFTMAX_CROSS_ENTROPY, { 0 }, "[]", "[]",
      "labels and logits are scalars; they need a dimension of classes, the last one" },
    { BP_OP_SOFTMAX_CROSS_ENTROPY, { 0 }, "[3]", "[1, 3]",
      "labels [3] and logits [1, 3] are not of equal shape; did you mean expand_dims(labels, 0)?" },
    { BP_OP_SIGMOID_CROSS_ENTROPY, { 0 }, "[4]", "[4, 1]",
      "labels [4] and logits [4, 1] are not of equal shape; did you mean expand_dims(labels, 1)?" },
    { BP_OP_SIGMOID_CROSS_ENTROPY, { 0 }, "[4, 1]", "[4]",
      "labels [4, 1] and logits [4] are not of equal shape; did you mean expand_dims(logits, 1)?" },
    { BP_OP_SIGMOID_CROSS_ENTROPY, { 0 }, "[1]", "[1, 1]",
      "labels [1] and logits [1, 1] are not of equal shape; did you mean expand_dims(labels, 1)?" },
    { BP_OP_SIGMOID_CROSS_ENTROPY, { 0 }, "[]", "[4]", "labels [] and logits [4] are not of equal shape" },
    { BP_OP_SIGMOID_CROSS_ENTROPY, { 0 }, "[4, 1]", "[1, 4]",
      "labels [4, 1] and logits [1, 4] are not of equal shape" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BpShape shape;
      g_autoptr (GError) error = NULL;

      g_assert_false (infer (cases[i].op, &cases[i].attributes, cases[i].a, cases[i].b, &shape, &error));
      g_assert_error (error, BP_ERROR, BP_ERROR_SHAPE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
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
  g_test_add_func ("/op/values", test_values);
  g_test_add_func ("/op/kinks", test_kinks);
  g_test_add_func ("/op/activations", test_activations);
  g_test_add_func ("/op/round", test_round);
  g_test_add_func ("/op/stable", test_stable);
  g_test_add_func ("/op/softmax-stable", test_softmax_stable);
  g_test_add_func ("/op/softmax-large", test_softmax_large);
  g_test_add_func ("/op/softmax-alone", test_softmax_alone);
  g_test_add_func ("/op/extreme-tie", test_extreme_tie);
  g_test_add_func ("/op/softmax-apart", test_softmax_apart);
  g_test_add_func ("/op/nan", test_nan);
  g_test_add_func ("/op/unneeded", test_unneeded);
  g_test_add_func ("/op/shape-errors", test_shape_errors);

  return g_test_run ();
}
