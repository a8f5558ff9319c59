/* test-op-values.c: values that can be read off, kinks, numbers of any size, and shapes that do not fit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "core/graph/op-fixture.h"

static gboolean
is_comparison (BpOp op)
{
  return op >= BP_OP_GREATER && op <= BP_OP_NOT_EQUAL;
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

static const struct {
  BpOp op;
  BpOpAttributes attributes;
  const char *a, *b, *message;
} shape_errors[] = {
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

static void
test_shape_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape_errors); i++)
    {
      BpShape shape;
      g_autoptr (GError) error = NULL;

      g_assert_false (infer (shape_errors[i].op, &shape_errors[i].attributes, shape_errors[i].a, shape_errors[i].b,
                             &shape, &error));
      g_assert_error (error, BP_ERROR, BP_ERROR_SHAPE);
      g_assert_cmpstr (error->message, ==, shape_errors[i].message);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/op-values/values", test_values);
  g_test_add_func ("/op-values/kinks", test_kinks);
  g_test_add_func ("/op-values/activations", test_activations);
  g_test_add_func ("/op-values/round", test_round);
  g_test_add_func ("/op-values/stable", test_stable);
  g_test_add_func ("/op-values/softmax-stable", test_softmax_stable);
  g_test_add_func ("/op-values/softmax-large", test_softmax_large);
  g_test_add_func ("/op-values/softmax-alone", test_softmax_alone);
  g_test_add_func ("/op-values/extreme-tie", test_extreme_tie);
  g_test_add_func ("/op-values/softmax-apart", test_softmax_apart);
  g_test_add_func ("/op-values/nan", test_nan);
  g_test_add_func ("/op-values/unneeded", test_unneeded);
  g_test_add_func ("/op-values/shape-errors", test_shape_errors);

  return g_test_run ();
}
