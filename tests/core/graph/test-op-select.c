/* test-op-select.c: the ops that choose, join, compare positions and know classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "graph/bp-op.h"

#include <math.h>
#include <string.h>

#define MAX_ELEMENTS 64

/* One node on its own: its numbers, and a gradient that flows in. */
typedef struct {
  const BpOpClass *class;
  BpOpAttributes   attributes;
  BpShape          shapes[BP_MAX_INPUTS];
  BpShape          shape;
  double           inputs[BP_MAX_INPUTS][MAX_ELEMENTS];
  double           input_gradients[BP_MAX_INPUTS][MAX_ELEMENTS];
  double           output[MAX_ELEMENTS];
  double           gradient[MAX_ELEMENTS];
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
node_init (Node                 *node,
           BpOp                  op,
           const BpOpAttributes *attributes,
           const char * const   *shapes,
           GError              **error)
{
  const BpShape *inputs[BP_MAX_INPUTS] = { NULL, };

  *node = (Node) { .class = bp_op_get_class (op) };
  if (attributes != NULL)
    node->attributes = *attributes;
  node->arguments = (BpOpArguments) {
    .attributes = &node->attributes, .shape = &node->shape, .output = node->output, .gradient = node->gradient,
  };
  for (guint i = 0; i < node->class->n_inputs; i++)
    {
      node->shapes[i] = parse (shapes[i]);
      inputs[i] = node->arguments.input_shapes[i] = &node->shapes[i];
      node->arguments.inputs[i] = node->inputs[i];
      node->arguments.input_gradients[i] = node->input_gradients[i];
    }

  if (!node->class->infer_shape (&node->attributes, inputs, &node->shape, error))
    return FALSE;
  bp_op_plan (&node->arguments);

  return TRUE;
}

/* Computes the node with @inputs, and compares it with @expected. */
static void
check_values (Node         *node,
              const char   *shape,
              const double *expected)
{
  const BpShape expected_shape = parse (shape);

  g_assert_true (bp_shape_equal (&node->shape, &expected_shape));
  node->class->forward (&node->arguments);
  for (gsize i = 0; i < bp_shape_get_n_elements (&node->shape); i++)
    if (isnan (expected[i]))
      g_assert_true (isnan (node->output[i]));
    else
      g_assert_cmpfloat (node->output[i], ==, expected[i]);
}

static void
fill (double *numbers,
      gsize   n,
      double  first)
{
  for (gsize i = 0; i < n; i++)
    numbers[i] = first + (double) i;
}

static double
get_sum (Node *node)
{
  double sum = 0;

  node->class->forward (&node->arguments);
  for (gsize i = 0; i < bp_shape_get_n_elements (&node->shape); i++)
    sum += node->gradient[i] * node->output[i];

  return sum;
}

/* Gradients of the inputs from @first on, which begin at 1, against central differences. */
static void
check_gradients (Node  *node,
                 guint  first)
{
  for (gsize i = 0; i < bp_shape_get_n_elements (&node->shape); i++)
    node->gradient[i] = 0.3 - 0.1 * (double) i;
  for (guint input = 0; input < node->class->n_inputs; input++)
    for (gsize i = 0; i < bp_shape_get_n_elements (&node->shapes[input]); i++)
      node->input_gradients[input][i] = 1;
  node->class->forward (&node->arguments);
  node->class->backward (&node->arguments);

  for (guint input = first; input < node->class->n_inputs; input++)
    for (gsize i = 0; i < bp_shape_get_n_elements (&node->shapes[input]); i++)
      {
        const double h = 1e-4, value = node->inputs[input][i];
        double above, below;

        node->inputs[input][i] = value + h;
        above = get_sum (node);
        node->inputs[input][i] = value - h;
        below = get_sum (node);
        node->inputs[input][i] = value;
        g_assert_cmpfloat_with_epsilon (node->input_gradients[input][i] - 1, (above - below) / (2 * h), 1e-6);
      }
  for (guint input = 0; input < first; input++)
    g_assert_cmpfloat (node->input_gradients[input][0], ==, 1);
}

/* where */

static void
test_where (void)
{
  static const char * const shapes[] = { "[2, 1]", "[3]", "[2, 3]" };
  const double expected[] = { 11, 12, 13, 24, 25, 26 };
  Node node;

  g_assert_true (node_init (&node, BP_OP_WHERE, NULL, shapes, NULL));
  node.inputs[0][0] = 1;
  fill (node.inputs[1], 3, 11);
  fill (node.inputs[2], 6, 21);
  check_values (&node, "[2, 3]", expected);
  check_gradients (&node, 1);
}

/* Each combination of dimensions that are there, are 1 and are missing. */
static void
test_where_broadcast (void)
{
  static const char * const all[] = { "[]", "[3]", "[1, 3]", "[2, 1]", "[2, 3]", "[2, 2, 3]", "[2, 1, 1, 3]" };

  for (guint i = 0; i < G_N_ELEMENTS (all) * G_N_ELEMENTS (all) * G_N_ELEMENTS (all); i++)
    {
      const char * const shapes[] = { all[i % 7], all[i / 7 % 7], all[i / 49] };
      Node node;

      g_assert_true (node_init (&node, BP_OP_WHERE, NULL, shapes, NULL));
      for (gsize k = 0; k < bp_shape_get_n_elements (&node.shapes[0]); k++)
        node.inputs[0][k] = (double) (k % 2);
      fill (node.inputs[1], MAX_ELEMENTS, 1);
      fill (node.inputs[2], MAX_ELEMENTS, -100);
      check_gradients (&node, 1);
    }
}

/* What is not chosen may be no number. */
static void
test_where_nan (void)
{
  static const char * const shapes[] = { "[2]", "[2]", "[2]" };
  const double expected[] = { 3, 4 };
  Node node;

  g_assert_true (node_init (&node, BP_OP_WHERE, NULL, shapes, NULL));
  memcpy (node.inputs, (double[3][MAX_ELEMENTS]) { { 1, 0 }, { 3, NAN }, { NAN, 4 } }, sizeof node.inputs);
  check_values (&node, "[2]", expected);
  fill (node.gradient, 2, 5);
  node.class->backward (&node.arguments);
  g_assert_cmpfloat (node.input_gradients[1][0], ==, 5);
  g_assert_cmpfloat (node.input_gradients[1][1], ==, 0);
  g_assert_cmpfloat (node.input_gradients[2][0], ==, 0);
  g_assert_cmpfloat (node.input_gradients[2][1], ==, 6);
  g_assert_cmpfloat (bp_op_local_derivative (BP_OP_WHERE, 0, 1, 3, 3), ==, 0);
  g_assert_cmpfloat (bp_op_local_derivative (BP_OP_WHERE, 1, 1, 3, 3), ==, 1);
  g_assert_cmpfloat (bp_op_local_derivative (BP_OP_WHERE, 2, 1, 3, 3), ==, 0);
}

/* concat and stack */

static void
test_concat (void)
{
  static const char * const rows[] = { "[1, 2]", "[2, 2]" }, * const columns[] = { "[2, 1]", "[2, 2]" };
  const double by_rows[] = { 1, 2, 11, 12, 13, 14 }, by_columns[] = { 1, 11, 12, 2, 13, 14 };
  Node node;

  for (int axis = -2; axis < 2; axis++)
    {
      const gboolean joins_rows = axis == 0 || axis == -2;

      g_assert_true (node_init (&node, BP_OP_CONCAT, &(BpOpAttributes) { .axis = axis }, joins_rows ? rows : columns,
                                NULL));
      fill (node.inputs[0], 2, 1);
      fill (node.inputs[1], 4, 11);
      check_values (&node, joins_rows ? "[3, 2]" : "[2, 3]", joins_rows ? by_rows : by_columns);
      check_gradients (&node, 0);
    }
}

static void
test_stack (void)
{
  static const char * const shapes[] = { "[2, 2]", "[2, 2]" }, * const scalars[] = { "[]", "[]" };
  const double expected[][8] = {
    { 1, 2, 3, 4, 11, 12, 13, 14 }, { 1, 2, 11, 12, 3, 4, 13, 14 }, { 1, 11, 2, 12, 3, 13, 4, 14 },
  };
  Node node;

  for (int axis = -3; axis < 3; axis++)
    {
      g_assert_true (node_init (&node, BP_OP_STACK, &(BpOpAttributes) { .axis = axis }, shapes, NULL));
      fill (node.inputs[0], 4, 1);
      fill (node.inputs[1], 4, 11);
      check_values (&node, "[2, 2, 2]", expected[(axis + 3) % 3]);
      check_gradients (&node, 0);
    }
  g_assert_true (node_init (&node, BP_OP_STACK, NULL, scalars, NULL));
  node.inputs[0][0] = 1;
  node.inputs[1][0] = 11;
  check_values (&node, "[2]", (double[]) { 1, 11 });
}

/* Classes */

static void
test_argmax (void)
{
  static const char * const shape[] = { "[2, 3]" };
  const double numbers[] = { 1, 5, 5, 7, -2, 7 };
  Node node;

  g_assert_true (node_init (&node, BP_OP_ARGMAX, &(BpOpAttributes) { .axis = -1, .has_axis = TRUE }, shape, NULL));
  memcpy (node.inputs[0], numbers, sizeof numbers);
  check_values (&node, "[2]", (double[]) { 1, 0 });
  g_assert_null (node.class->backward);
  g_assert_true (node_init (&node, BP_OP_ARGMAX, &(BpOpAttributes) { .axis = 0, .has_axis = TRUE }, shape, NULL));
  memcpy (node.inputs[0], numbers, sizeof numbers);
  check_values (&node, "[3]", (double[]) { 1, 0, 1 });
}

static void
test_one_hot (void)
{
  static const char * const shape[] = { "[5]" };
  const double nan = (double) NAN;
  const double expected[] = { 0, 1, 1, 0, nan, nan, nan, nan, nan, nan };
  Node node;

  g_assert_true (node_init (&node, BP_OP_ONE_HOT, &(BpOpAttributes) { .depth = 2 }, shape, NULL));
  memcpy (node.inputs[0], (double[]) { 1, 0, 2, -1, 0.5 }, 5 * sizeof (double));
  check_values (&node, "[5, 2]", expected);
  g_assert_null (node.class->backward);
}

/* −log of the probability, with logits of any size, in more digits than a double has. */
static void
test_sparse (void)
{
  static const char * const shapes[] = { "[3]", "[3, 4]" };
  const double logits[] = { 1, -2, 0.5, 3, 1000, 999, 998, -1000, -1e6, -1e6, -1e6, -1e6 };
  const double labels[] = { 0, 2, 3 };
  Node node;

  g_assert_true (node_init (&node, BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY, NULL, shapes, NULL));
  memcpy (node.inputs[0], labels, sizeof labels);
  memcpy (node.inputs[1], logits, sizeof logits);
  node.class->forward (&node.arguments);
  for (guint row = 0; row < 3; row++)
    {
      const double *z = logits + 4 * row, largest = fmax (fmax (z[0], z[1]), fmax (z[2], z[3]));
      long double sum = 0;

      for (guint i = 0; i < 4; i++)
        sum += expl ((long double) z[i] - largest);
      g_assert_cmpfloat_with_epsilon (node.output[row], (double) (logl (sum) + (largest - z[(guint) labels[row]])),
                                      1e-15);
    }
  check_gradients (&node, 1);

  node.inputs[0][1] = 4;
  node.inputs[0][2] = 0.5;
  node.class->forward (&node.arguments);
  g_assert_true (isfinite (node.output[0]) && isnan (node.output[1]) && isnan (node.output[2]));
}

/* Shapes that do not fit */

static void
test_errors (void)
{
  static const struct {
    BpOp           op;
    BpOpAttributes attributes;
    const char    *shapes[BP_MAX_INPUTS];
    const char    *message;
  } cases[] = {
    { BP_OP_WHERE, { 0 }, { "[2]", "[3]", "[3]" },
      "shapes [2] and [3] do not fit together: sizes 2 and 3 differ and neither is 1" },
    { BP_OP_WHERE, { 0 }, { "[3]", "[3]", "[2]" },
      "shapes [3] and [2] do not fit together: sizes 3 and 2 differ and neither is 1" },
    { BP_OP_CONCAT, { .axis = 0 }, { "[2, 3]", "[2, 2]" },
      "tensors [2, 3] and [2, 2] cannot be joined along dimension 0: the other dimensions differ" },
    { BP_OP_CONCAT, { .axis = 1 }, { "[2, 3]", "[2]" },
      "tensors [2, 3] and [2] cannot be joined along dimension 1: the other dimensions differ" },
    { BP_OP_CONCAT, { .axis = 2 }, { "[2, 3]", "[2, 3]" },
      "tensors of shape [2, 3] cannot be joined along dimension 2; expected -2 to 1" },
    { BP_OP_CONCAT, { .axis = 0 }, { "[]", "[]" },
      "scalars have no dimension to be joined along; stack makes one" },
    { BP_OP_STACK, { .axis = 0 }, { "[2]", "[1]" }, "tensors [2] and [1] cannot be stacked: their shapes differ" },
    { BP_OP_STACK, { .axis = -3 }, { "[2]", "[2]" },
      "tensors of shape [2] cannot be joined along dimension -3; expected -2 to 1" },
    { BP_OP_STACK, { .axis = 0 }, { "[1, 1, 1, 2]", "[1, 1, 1, 2]" },
      "a shape of 5 dimensions; at most 4 are possible" },
    { BP_OP_ONE_HOT, { .depth = 2 }, { "[1, 1, 1, 2]" }, "a shape of 5 dimensions; at most 4 are possible" },
    { BP_OP_ARGMAX, { .axis = 1, .has_axis = TRUE }, { "[2]" },
      "shape [2] has no dimension 1 to reduce; expected -1 to 0" },
    { BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY, { 0 }, { "[2, 3]", "[2, 3]" },
      "labels [2, 3] have a number for each class; those are for softmax_cross_entropy_with_logits" },
    { BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY, { 0 }, { "[3]", "[2, 3]" },
      "labels [3] and logits [2, 3] do not fit: labels are one class for each row of logits, [2]" },
    { BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY, { 0 }, { "[]", "[]" },
      "a scalar has no probabilities; softmax needs a dimension of classes, the last one" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      Node node;

      g_assert_false (node_init (&node, cases[i].op, &cases[i].attributes, cases[i].shapes, &error));
      g_assert_error (error, BP_ERROR, BP_ERROR_SHAPE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/op-select/where", test_where);
  g_test_add_func ("/op-select/where-broadcast", test_where_broadcast);
  g_test_add_func ("/op-select/where-nan", test_where_nan);
  g_test_add_func ("/op-select/concat", test_concat);
  g_test_add_func ("/op-select/stack", test_stack);
  g_test_add_func ("/op-select/argmax", test_argmax);
  g_test_add_func ("/op-select/one-hot", test_one_hot);
  g_test_add_func ("/op-select/sparse", test_sparse);
  g_test_add_func ("/op-select/errors", test_errors);

  return g_test_run ();
}
