/* op-fixture.c: one node on its own, without a graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "core/graph/op-fixture.h"

#include <math.h>

const BpOpAttributes limits = { .least = -0.5, .greatest = 1 };

BpShape
parse (const char *text)
{
  BpShape shape;
  g_autoptr (GError) error = NULL;

  bp_shape_parse (text, &shape, &error);
  g_assert_no_error (error);

  return shape;
}

gboolean
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

Node *
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

void
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

gboolean
is_tested (BpOp op)
{
  return bp_op_get_class (op)->elementwise && bp_op_get_class (op)->n_inputs < 3;
}

double
draw_input (BpOp   op,
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

void
node_fill (Node  *node,
           BpOp   op,
           GRand *rand)
{
  for (guint i = 0; i < node->class->n_inputs; i++)
    for (gsize k = 0; k < node->n_inputs[i]; k++)
      node->inputs[i][k] = draw_input (op, i, rand);
  for (gsize k = 0; k < node->n; k++)
    node->gradient[k] = g_rand_double_range (rand, -1, 1);
}

void
assert_near (double a,
             double b,
             double tolerance)
{
  if (!(fabs (a - b) <= tolerance * MAX (1, MAX (fabs (a), fabs (b)))))
    g_error ("%.17g and %.17g differ by more than %g", a, b, tolerance);
}
