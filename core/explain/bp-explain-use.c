/* bp-explain-use.c: which elements of the ops that use a node depend on one of its elements, and how much
 *
 * A tensor's element may reach several elements of the op that uses it: those that it was stretched over, or a row or
 * column of a matrix product. They are the terms of a sum.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "graph/bp-op-math.h"

/* Elements under broadcasting */

static gsize
get_size (const BpShape *shape,
          guint          dimension)
{
  return dimension < shape->rank ? shape->dims[shape->rank - 1 - dimension] : 1;
}

/* The @term-th element of shape @out that element @element of shape @in was stretched to. */
static gsize
stretch (const BpShape *out,
         const BpShape *in,
         gsize          element,
         gsize          term)
{
  gsize result = 0, stride = 1;

  for (guint d = 0; d < out->rank; d++)
    {
      gsize size = get_size (out, d);

      if (get_size (in, d) != size)
        {
          result += term % size * stride;
          term /= size;
        }
      else
        {
          result += element % size * stride;
          element /= size;
        }
      stride *= size;
    }

  return result;
}

static const BpShape *
get_input_shape (const BpScene *scene,
                 guint          node,
                 guint          input)
{
  return bp_graph_get_shape (scene->graph, bp_graph_get_input (scene->graph, node, input));
}

gsize
bp_scene_get_input_element (const BpScene *scene,
                            guint          node,
                            guint          input,
                            gsize          element)
{
  return bp_shape_shrink_index (get_input_shape (scene, node, input), bp_graph_get_shape (scene->graph, node), element);
}

/* Elements that are moved or reduced */

/* Where element @element of a tensor of @shape is once its dimensions are in reverse order. */
static gsize
transpose (const BpShape *shape,
           gsize          element)
{
  gsize result = 0;

  for (guint d = 0; d < shape->rank; d++)
    {
      const gsize size = get_size (shape, d);

      result = result * size + element % size;
      element /= size;
    }

  return result;
}

BpReduction
bp_explain_get_reduction (const BpScene *scene,
                          guint          node)
{
  return bp_op_get_reduction (bp_graph_get_attributes (scene->graph, node), get_input_shape (scene, node, 0));
}

gsize
bp_explain_get_source (const BpScene *scene,
                       guint          node,
                       gsize          output)
{
  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_REDUCE_SUM:
    case BP_OP_REDUCE_MEAN:
    case BP_OP_REDUCE_MAX:
    case BP_OP_REDUCE_MIN:
    case BP_OP_ARGMAX:
    case BP_OP_L2_LOSS:
      {
        const BpReduction reduction = bp_explain_get_reduction (scene, node);

        return output / reduction.inner * reduction.inner * reduction.n + output % reduction.inner;
      }
    case BP_OP_SOFTMAX_CROSS_ENTROPY:
    case BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY:
      return output * get_size (get_input_shape (scene, node, 1), 0);
    case BP_OP_SOFTMAX:
    case BP_OP_LOG_SOFTMAX:
      return output - output % get_size (get_input_shape (scene, node, 0), 0);
    case BP_OP_TRANSPOSE:
      return transpose (bp_graph_get_shape (scene->graph, node), output);
    default: /* reshaped */
      return output;
    }
}

/* Where joined inputs take turns, each with a row as long as its elements from the axis on. */
static gsize
get_joined (const BpScene *scene,
            const BpUse   *use)
{
  const BpShape *inputs[] = { get_input_shape (scene, use->node, 0), get_input_shape (scene, use->node, 1) };
  const BpJoin join = bp_op_get_join (bp_graph_get_attributes (scene->graph, use->node), inputs,
                                      bp_graph_get_shape (scene->graph, use->node));
  const gsize length = join.length[use->input];

  return use->element / length * (join.length[0] + join.length[1]) + use->input * join.length[0]
         + use->element % length;
}

/* The element that an element of the input goes into. */
static gsize
get_destination (const BpScene *scene,
                 const BpUse   *use)
{
  const guint node = use->node;
  const gsize element = use->element;

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_REDUCE_SUM:
    case BP_OP_REDUCE_MEAN:
    case BP_OP_REDUCE_MAX:
    case BP_OP_REDUCE_MIN:
    case BP_OP_L2_LOSS:
      {
        const BpReduction reduction = bp_explain_get_reduction (scene, node);

        return element / (reduction.inner * reduction.n) * reduction.inner + element % reduction.inner;
      }
    case BP_OP_SOFTMAX_CROSS_ENTROPY:
      return element / get_size (get_input_shape (scene, node, 0), 0);
    case BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY:
      return use->input == 0 ? element : element / get_size (get_input_shape (scene, node, 1), 0);
    case BP_OP_CONCAT:
    case BP_OP_STACK:
      return get_joined (scene, use);
    case BP_OP_TRANSPOSE:
      return transpose (get_input_shape (scene, node, 0), element);
    default:
      return element;
    }
}

/* Matrix products */

typedef struct {
  BpShape outer;        /* of the output, without the last two dimensions */
  BpShape inputs[2];    /* the same of the inputs */
  gsize   n, k, m;      /* n×k times k×m */
} Product;

static BpShape
get_outer (const BpShape *shape)
{
  BpShape outer = *shape;

  outer.rank -= 2;

  return outer;
}

static Product
get_product (const BpScene *scene,
             guint          node)
{
  const BpShape *shape = bp_graph_get_shape (scene->graph, node);
  const BpShape *a = get_input_shape (scene, node, 0);

  return (Product) {
    .outer = get_outer (shape),
    .inputs = { get_outer (a), get_outer (get_input_shape (scene, node, 1)) },
    .n = get_size (shape, 1), .k = get_size (a, 0), .m = get_size (shape, 0),
  };
}

/* An element of the first matrix goes into a row, one of the second into a column. */
static gsize
get_product_term (const BpScene *scene,
                  const BpUse   *use,
                  gsize          term)
{
  const Product p = get_product (scene, use->node);
  const gsize n_terms = use->input == 0 ? p.m : p.n;
  const gsize size = p.k * (use->input == 0 ? p.n : p.m);
  const gsize row = use->input == 0 ? use->element % size / p.k : term % n_terms;
  const gsize column = use->input == 0 ? term % n_terms : use->element % p.m;
  const gsize matrix = stretch (&p.outer, &p.inputs[use->input], use->element / size, term / n_terms);

  return (matrix * p.n + row) * p.m + column;
}

gsize
bp_explain_get_factor (const BpScene *scene,
                       guint          node,
                       guint          input,
                       gsize          output,
                       gsize          term)
{
  const Product p = get_product (scene, node);
  const gsize matrix = bp_shape_shrink_index (&p.inputs[input], &p.outer, output / (p.n * p.m));

  return input == 0 ? (matrix * p.n + output / p.m % p.n) * p.k + term : (matrix * p.k + term) * p.m + output % p.m;
}

static double
get_product_derivative (const BpScene *scene,
                        const BpUse   *use,
                        gsize          output)
{
  const Product p = get_product (scene, use->node);
  const guint other = 1 - use->input;
  const gsize term = use->input == 0 ? use->element % p.k : use->element / p.m % p.k;

  return bp_scene_get_value (scene, bp_graph_get_input (scene->graph, use->node, other),
                             bp_explain_get_factor (scene, use->node, other, output, term));
}

/* The op's own backward, on one row of its inputs. */
static double
get_row_derivative (const BpScene *scene,
                    const BpUse   *use)
{
  const BpShape *shape = get_input_shape (scene, use->node, use->input);
  const gsize n = get_size (shape, 0);
  const BpShape row = { .rank = 1, .dims = { (guint32) n, 1, 1, 1 } };
  const BpShape scalar = { .dims = { 1, 1, 1, 1 } };
  const gboolean is_sparse = bp_graph_get_op (scene->graph, use->node) == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY;
  g_autofree double *values = g_new0 (double, 3 * n);
  const double one = 1;
  BpOpArguments arguments = {
    .attributes = bp_graph_get_attributes (scene->graph, use->node),
    .shape = &scalar,
    .input_shapes = { is_sparse ? &scalar : &row, &row },
    .inputs = { values, values + n },
    .gradient = &one,
  };

  values[0] = bp_scene_get_value (scene, bp_graph_get_input (scene->graph, use->node, 0), use->element / n);
  for (guint input = is_sparse ? 1 : 0; input < 2; input++)
    for (gsize i = 0; i < n; i++)
      values[input * n + i] = bp_scene_get_value (scene, bp_graph_get_input (scene->graph, use->node, input),
                                                  use->element / n * n + i);
  arguments.input_gradients[use->input] = values + 2 * n;
  if (use->both)
    arguments.input_gradients[use->input + 1] = values + 2 * n;
  bp_op_get_class (bp_graph_get_op (scene->graph, use->node))->backward (&arguments);

  return values[2 * n + use->element % n];
}

/* Uses */

gboolean
bp_explain_init_use (BpUse   *use,
                     BpGraph *graph,
                     guint    node,
                     guint    input)
{
  const guint target = bp_graph_get_input (graph, node, input);
  const BpOp op = bp_graph_get_op (graph, node);
  const guint n_inputs = bp_graph_get_n_inputs (graph, node);
  const gboolean same = n_inputs >= 2 && bp_graph_get_input (graph, node, n_inputs - 2) == target
                        && bp_graph_get_input (graph, node, n_inputs - 1) == target
                        && (bp_op_get_class (op)->elementwise || op == BP_OP_SOFTMAX_CROSS_ENTROPY);

  *use = (BpUse) { .node = node, .input = input, .both = same };

  return bp_graph_needs_gradient (graph, node) && bp_graph_needs_gradient (graph, target)
         && !(same && input == n_inputs - 1);
}

GArray *
bp_explain_find_uses (const BpScene *scene,
                      guint          node,
                      guint          op)
{
  BpGraph *graph = scene->graph;
  GArray *uses = g_array_new (FALSE, FALSE, sizeof (BpUse));

  for (guint i = bp_graph_get_n_nodes (graph); i-- > node + 1;)
    for (guint input = 0; input < bp_graph_get_n_inputs (graph, i); input++)
      {
        BpUse use;

        if (bp_graph_get_input (graph, i, input) != node || (op != BP_NODE_NONE && i != op)
            || !bp_explain_init_use (&use, graph, i, input))
          continue;
        use.element = bp_scene_get_element (scene, node);
        g_array_append_val (uses, use);
      }

  return uses;
}

guint
bp_explain_get_targets (BpGraph *graph,
                        guint    op,
                        guint    targets[BP_MAX_INPUTS])
{
  guint n = 0;

  for (guint input = 0; input < bp_graph_get_n_inputs (graph, op); input++)
    {
      guint target = bp_graph_get_input (graph, op, input);

      if (bp_graph_needs_gradient (graph, op) && bp_graph_needs_gradient (graph, target)
          && (n == 0 || targets[0] != target) && (n < 2 || targets[1] != target))
        targets[n++] = target;
    }

  return n;
}

gsize
bp_explain_count_terms (const BpScene *scene,
                        const BpUse   *use)
{
  const BpShape *in = get_input_shape (scene, use->node, use->input);
  const BpOp op = bp_graph_get_op (scene->graph, use->node);

  if (bp_op_get_class (op)->elementwise)
    return bp_graph_get_n_elements (scene->graph, use->node) / bp_shape_get_n_elements (in);

  if (op == BP_OP_MATMUL)
    {
      const Product p = get_product (scene, use->node);

      return (use->input == 0 ? p.m : p.n) * bp_shape_get_n_elements (&p.outer)
             / bp_shape_get_n_elements (&p.inputs[use->input]);
    }

  return op == BP_OP_SOFTMAX || op == BP_OP_LOG_SOFTMAX ? get_size (in, 0) : 1;
}

gsize
bp_explain_get_term (const BpScene *scene,
                     const BpUse   *use,
                     gsize          term)
{
  const BpOp op = bp_graph_get_op (scene->graph, use->node);

  if (op == BP_OP_MATMUL)
    return get_product_term (scene, use, term);
  if (op == BP_OP_SOFTMAX || op == BP_OP_LOG_SOFTMAX)
    return use->element - use->element % get_size (get_input_shape (scene, use->node, 0), 0) + term;

  return bp_op_get_class (op)->elementwise ? stretch (bp_graph_get_shape (scene->graph, use->node),
                                                      get_input_shape (scene, use->node, use->input), use->element,
                                                      term)
                                           : get_destination (scene, use);
}

BpOperands
bp_scene_get_operands (const BpScene *scene,
                       guint          node,
                       gsize          output)
{
  BpOperands operands = { .y = bp_scene_get_value (scene, node, output) };
  double *inputs[BP_MAX_INPUTS] = { &operands.a, &operands.b, &operands.c };

  for (guint i = 0; i < bp_graph_get_n_inputs (scene->graph, node); i++)
    *inputs[i] = bp_scene_get_value (scene, bp_graph_get_input (scene->graph, node, i),
                                     bp_scene_get_input_element (scene, node, i, output));

  return operands;
}

static double
get_elementwise_derivative (const BpScene *scene,
                            const BpUse   *use,
                            gsize          output)
{
  const BpOp op = bp_graph_get_op (scene->graph, use->node);
  const BpOperands operands = bp_scene_get_operands (scene, use->node, output);
  double derivative = bp_op_local_derivative (op, use->input, operands.a, operands.b, operands.y);

  if (use->both)
    derivative += bp_op_local_derivative (op, use->input + 1, operands.a, operands.b, operands.y);

  return derivative;
}

/* Whether the element is the first that is the largest or smallest. */
static gboolean
is_extreme (const BpScene *scene,
            const BpUse   *use,
            gsize          output)
{
  const guint input = bp_graph_get_input (scene->graph, use->node, 0);
  const gsize stride = bp_explain_get_reduction (scene, use->node).inner;
  gsize first = bp_explain_get_source (scene, use->node, output);

  while (first < use->element
         && bp_scene_get_value (scene, input, first) != bp_scene_get_value (scene, use->node, output))
    first += stride;

  return first == use->element
         && bp_scene_get_value (scene, input, first) == bp_scene_get_value (scene, use->node, output);
}

double
bp_explain_get_derivative (const BpScene *scene,
                           const BpUse   *use,
                           gsize          output)
{
  const BpOp op = bp_graph_get_op (scene->graph, use->node);

  if (bp_op_get_class (op)->elementwise)
    return get_elementwise_derivative (scene, use, output);

  switch ((int) op)
    {
    case BP_OP_SOFTMAX:
      return bp_scene_get_value (scene, use->node, output)
             * ((output == use->element) - bp_scene_get_value (scene, use->node, use->element));
    case BP_OP_LOG_SOFTMAX:
      return (output == use->element) - bp_exp (bp_scene_get_value (scene, use->node, use->element));
    case BP_OP_L2_LOSS:
      return bp_scene_get_value (scene, bp_graph_get_input (scene->graph, use->node, 0), use->element);
    case BP_OP_REDUCE_MAX:
    case BP_OP_REDUCE_MIN:
      return is_extreme (scene, use, output);
    case BP_OP_MATMUL:
      return get_product_derivative (scene, use, output);
    case BP_OP_REDUCE_MEAN:
      return 1 / (double) bp_explain_get_reduction (scene, use->node).n;
    case BP_OP_SOFTMAX_CROSS_ENTROPY:
      return get_row_derivative (scene, use);
    case BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY:
      return use->input == 0 ? 0 : get_row_derivative (scene, use);
    default: /* the others move or add */
      return 1;
    }
}
