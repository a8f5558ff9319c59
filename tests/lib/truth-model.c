/* truth-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-model.h"

#include <math.h>
#include <string.h>

#include "lib/truth-visit.h"

gsize
truth_size (const Truth *truth,
            guint        node)
{
  return bp_graph_get_n_elements (truth->graph, node);
}

guint
truth_input (const Truth *truth,
             guint        node,
             guint        i)
{
  return bp_graph_get_input (truth->graph, node, i);
}

static gboolean
truth_passes (BpOp op)
{
  return op != BP_OP_ROUND && op != BP_OP_SIGN && op != BP_OP_STOP_GRADIENT && op != BP_OP_ONE_HOT
         && op != BP_OP_ARGMAX && !(op >= BP_OP_GREATER && op <= BP_OP_NOT_EQUAL);
}

Truth *
truth_new (BpGraph *graph)
{
  Truth *truth = g_new0 (Truth, 1);
  const guint n = bp_graph_get_n_nodes (graph);

  truth->graph = graph;
  truth->value = g_new0 (Real *, n);
  truth->gradient = g_new0 (Real *, n);
  truth->needs = g_new0 (gboolean, n);
  truth->reaches = g_new0 (gboolean, n);
  truth->passed = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    {
      const BpOp op = bp_graph_get_op (graph, i);

      truth->value[i] = g_new0 (Real, truth_size (truth, i));
      truth->gradient[i] = g_new0 (Real, truth_size (truth, i));
      truth->needs[i] = op == BP_OP_VARIABLE;
      for (guint k = 0; k < bp_graph_get_n_inputs (graph, i); k++)
        truth->needs[i] |= truth->needs[truth_input (truth, i, k)] && truth_passes (op);
      if (op == BP_OP_CONSTANT)
        truth->value[i][0] = bp_graph_get_attributes (graph, i)->value;
    }
  truth->reaches[bp_graph_get_loss (graph)] = truth->passed[bp_graph_get_loss (graph)] = TRUE;
  for (guint i = n; i-- > 0;)
    for (guint k = 0; truth->reaches[i] && k < bp_graph_get_n_inputs (graph, i); k++)
      {
        truth->reaches[truth_input (truth, i, k)] = TRUE;
        truth->passed[truth_input (truth, i, k)] |= truth->passed[i] && truth->needs[i];
      }

  return truth;
}

void
truth_free (Truth *truth)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (truth->graph); i++)
    {
      g_free (truth->value[i]);
      g_free (truth->gradient[i]);
    }
  g_free (truth->value);
  g_free (truth->gradient);
  g_free (truth->needs);
  g_free (truth->reaches);
  g_free (truth->passed);
  g_free (truth);
}

void
truth_set (Truth        *truth,
           guint         node,
           const double *values)
{
  for (gsize i = 0; i < truth_size (truth, node); i++)
    truth->value[node][i] = values[i];
}

gsize
truth_align (const BpShape *out,
             const BpShape *in,
             gsize          element)
{
  gsize index[4] = { 0 }, result = 0;

  for (guint d = out->rank; d-- > 0; element /= out->dims[d])
    index[d] = element % out->dims[d];
  for (guint d = 0; d < in->rank; d++)
    result = result * in->dims[d] + (in->dims[d] == 1 ? 0 : index[d + out->rank - in->rank]);

  return result;
}

static Real
truth_sigmoid (Real x)
{
  return x >= 0 ? 1 / (1 + expl (-x)) : expl (x) / (1 + expl (x));
}

/* Φ: how much of the standard normal distribution is below x. */
static Real
truth_normal (Real x)
{
  return erfcl (-x / sqrtl (2)) / 2;
}

/* Elementwise */

static Real
truth_apply (BpOp op,
             Real a,
             Real b)
{
  switch ((int) op)
    {
    case BP_OP_ADD: return a + b;
    case BP_OP_SUBTRACT: return a - b;
    case BP_OP_MULTIPLY: return a * b;
    case BP_OP_DIVIDE: return a / b;
    case BP_OP_POW: return powl (a, b);
    case BP_OP_MAXIMUM: return isnan (a) || isnan (b) ? NAN : a > b ? a : b;
    case BP_OP_MINIMUM: return isnan (a) || isnan (b) ? NAN : a < b ? a : b;
    /* −a·log σ(b) − (1 − a)·log(1 − σ(b)), where 1 − σ(b) is σ(−b) */
    case BP_OP_SIGMOID_CROSS_ENTROPY:
      return a * (b > 0 ? log1pl (expl (-b)) : log1pl (expl (b)) - b)
             + (1 - a) * (b > 0 ? log1pl (expl (-b)) + b : log1pl (expl (b)));
    case BP_OP_LEAKY_RELU: return (a > 0 ? a : 0) + b * (a > 0 ? 0 : a); /* no number where alpha is none */
    case BP_OP_DROPOUT: return a * b;
    case BP_OP_GREATER: return a > b;
    case BP_OP_LESS: return a < b;
    case BP_OP_GREATER_EQUAL: return a >= b;
    case BP_OP_LESS_EQUAL: return a <= b;
    case BP_OP_EQUAL: return a == b;
    case BP_OP_NOT_EQUAL: return a != b;
    case BP_OP_NEGATIVE: return -a;
    case BP_OP_SQUARE: return a * a;
    case BP_OP_SQRT: return sqrtl (a);
    case BP_OP_EXP: return expl (a);
    case BP_OP_LOG: return logl (a);
    case BP_OP_LOG1P: return log1pl (a);
    case BP_OP_ABS: return a < 0 ? -a : a;
    case BP_OP_SIN: return sinl (a);
    case BP_OP_COS: return cosl (a);
    case BP_OP_SIGMOID: return truth_sigmoid (a);
    case BP_OP_TANH: return tanhl (a);
    case BP_OP_RELU: return a > 0 ? a : isnan (a) ? a : 0;
    case BP_OP_SOFTPLUS: return a > 0 ? a + log1pl (expl (-a)) : log1pl (expl (a));
    case BP_OP_ELU: return a > 0 ? a : expm1l (a);
    case BP_OP_GELU: return a * truth_normal (a);
    case BP_OP_SILU: return a * truth_sigmoid (a);
    case BP_OP_ROUND: return rintl (a);
    case BP_OP_SIGN: return isnan (a) ? a : (a > 0) - (a < 0);
    case BP_OP_STOP_GRADIENT: return a;
    case BP_OP_IDENTITY: return a;
    default: g_assert_not_reached ();
    }
}

/* As textbooks have them; at kinks what FORMAT.md says. */
static Real
truth_derive (BpOp  op,
              guint input,
              Real  a,
              Real  b)
{
  switch ((int) op)
    {
    case BP_OP_ADD: return 1;
    case BP_OP_IDENTITY: return 1;
    case BP_OP_SUBTRACT: return input == 0 ? 1 : -1;
    case BP_OP_MULTIPLY: return input == 0 ? b : a;
    case BP_OP_DIVIDE: return input == 0 ? 1 / b : -a / (b * b);
    case BP_OP_POW:
      if (input == 0)
        return b == 0 ? 0 : b * powl (a, b - 1);
      return a == 0 && b >= 0 ? 0 : powl (a, b) * logl (a);
    case BP_OP_MAXIMUM: return a == b ? 0.5L : (a > b) == (input == 0);
    case BP_OP_MINIMUM: return a == b ? 0.5L : (a < b) == (input == 0);
    case BP_OP_SIGMOID_CROSS_ENTROPY: return input == 0 ? -b : truth_sigmoid (b) - a;
    case BP_OP_LEAKY_RELU: return input == 0 ? (a > 0 ? 1 : b) : a > 0 ? 0 : a;
    case BP_OP_DROPOUT: return input == 0 ? b : a;
    case BP_OP_WHERE: return input == 0 ? 0 : (a != 0) == (input == 1);
    case BP_OP_NEGATIVE: return -1;
    case BP_OP_SQUARE: return 2 * a;
    case BP_OP_SQRT: return 1 / (2 * sqrtl (a));
    case BP_OP_EXP: return expl (a);
    case BP_OP_LOG: return 1 / a;
    case BP_OP_LOG1P: return 1 / (1 + a);
    case BP_OP_ABS: return a > 0 ? 1 : a < 0 ? -1 : 0;
    case BP_OP_SIN: return cosl (a);
    case BP_OP_COS: return -sinl (a);
    case BP_OP_SIGMOID: return truth_sigmoid (a) * truth_sigmoid (-a);
    case BP_OP_TANH: return 1 / (coshl (a) * coshl (a));
    case BP_OP_RELU: return a > 0;
    case BP_OP_SOFTPLUS: return truth_sigmoid (a);
    case BP_OP_ELU: return a > 0 ? 1 : expl (a);
    case BP_OP_GELU: return truth_normal (a) + a * expl (-a * a / 2) / sqrtl (2 * acosl (-1));
    case BP_OP_SILU: return truth_sigmoid (a) * (1 + a * truth_sigmoid (-a));
    default: return 0;
    }
}

gboolean
truth_is_elementwise (BpOp op)
{
  return op >= BP_OP_ADD && op <= BP_OP_WHERE;
}

int
truth_side (const Truth *truth,
            guint        node,
            Real         a)
{
  const BpOpAttributes *limits = bp_graph_get_attributes (truth->graph, node);

  return (a > limits->greatest) - (a < limits->least);
}

Real
truth_operand (const Truth *truth,
               guint        node,
               guint        i,
               gsize        element)
{
  guint input;

  if (i >= bp_graph_get_n_inputs (truth->graph, node))
    return 0;
  input = truth_input (truth, node, i);

  return truth->value[input][truth_align (bp_graph_get_shape (truth->graph, node),
                                          bp_graph_get_shape (truth->graph, input), element)];
}

Real
truth_local (const Truth *truth,
             guint        node,
             guint        i,
             gsize        element)
{
  if (bp_graph_get_op (truth->graph, node) == BP_OP_CLIP_BY_VALUE)
    return truth_side (truth, node, truth_operand (truth, node, 0, element)) == 0;

  return truth_derive (bp_graph_get_op (truth->graph, node), i, truth_operand (truth, node, 0, element),
                       truth_operand (truth, node, 1, element));
}

static Real
truth_compute (const Truth *truth,
               guint        node,
               gsize        element)
{
  const BpOp op = bp_graph_get_op (truth->graph, node);
  const Real a = truth_operand (truth, node, 0, element);
  const int side = truth_side (truth, node, a);

  if (op == BP_OP_WHERE)
    return truth_operand (truth, node, a != 0 ? 1 : 2, element);
  if (op != BP_OP_CLIP_BY_VALUE)
    return truth_apply (op, a, truth_operand (truth, node, 1, element));

  return side == 0 ? a : side < 0 ? bp_graph_get_attributes (truth->graph, node)->least
                                  : bp_graph_get_attributes (truth->graph, node)->greatest;
}

/* Forward and backward */

/* A double is infinite beyond its largest number, and 0 below its smallest. */
static Real
truth_clip (Real value)
{
  if (fabsl (value) < 2.4e-324L)
    return 0;

  return value > G_MAXDOUBLE ? (Real) INFINITY : value < -G_MAXDOUBLE ? -(Real) INFINITY : value;
}

static void
truth_add_value (Truth *truth,
                 guint  node,
                 gsize  output,
                 guint  input,
                 gsize  element,
                 Real   derivative)
{
  truth->value[node][output] = truth_clip (truth->value[node][output] + derivative * truth->value[input][element]);
}

static void
truth_forward_softmax (Truth *truth,
                       guint  node)
{
  const guint logits = truth_input (truth, node, 0);
  const BpShape *shape = bp_graph_get_shape (truth->graph, logits);
  const gsize n = shape->dims[shape->rank - 1];

  for (gsize e = 0; e < truth_size (truth, node); e++)
    {
      const Real log = truth->value[logits][e] - truth_log_sum (truth->value[logits] + e / n * n, n);

      truth->value[node][e] = truth_clip (bp_graph_get_op (truth->graph, node) == BP_OP_SOFTMAX ? expl (log) : log);
    }
}

static void
truth_forward_classes (Truth *truth,
                       guint  node,
                       BpOp   op)
{
  const guint first = truth_input (truth, node, 0);
  const BpShape *in = bp_graph_get_shape (truth->graph, first);
  const BpOpAttributes *attributes = bp_graph_get_attributes (truth->graph, node);
  gsize n = attributes->depth;

  if (op == BP_OP_ARGMAX)
    for (gsize e = truth_size (truth, first); e-- > 0;)
      {
        const guint axis = (guint) (attributes->axis < 0 ? attributes->axis + (int) in->rank : attributes->axis);
        gsize inner = 1;

        for (guint d = axis + 1; d < in->rank; d++)
          inner *= in->dims[d];
        if (truth_wins (truth, node, e))
          truth->value[node][truth_reduced (in, attributes, e)] = (Real) (e / inner % in->dims[axis]);
      }
  else if (op == BP_OP_ONE_HOT)
    for (gsize e = 0; e < truth_size (truth, node); e++)
      truth->value[node][e] = truth->value[first][e / n] == (Real) (e % n);
  else
    for (gsize e = 0; e < truth_size (truth, node); e++)
      {
        const guint logits = truth_input (truth, node, 1);
        const Real *z = truth->value[logits];

        n = truth_size (truth, logits) / truth_size (truth, node);
        truth->value[node][e] = truth_log_sum (z + e * n, n) - z[e * n + (gsize) truth->value[first][e]];
      }
}

void
truth_forward (Truth *truth)
{
  for (guint node = 0; node < bp_graph_get_n_nodes (truth->graph); node++)
    {
      const BpOp op = bp_graph_get_op (truth->graph, node);

      if (bp_graph_get_n_inputs (truth->graph, node) == 0)
        continue;
      for (gsize e = 0; e < truth_size (truth, node); e++)
        truth->value[node][e] = !truth_is_elementwise (op) ? 0
                                : truth_clip (truth_compute (truth, node, e));
      if (truth_is_softmax (op))
        truth_forward_softmax (truth, node);
      else if (op == BP_OP_ARGMAX || op == BP_OP_ONE_HOT || op == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY)
        truth_forward_classes (truth, node, op);
      else if (!truth_is_elementwise (op))
        for (guint i = 0; i < (op == BP_OP_CONCAT || op == BP_OP_STACK ? 2 : 1); i++)
          truth_visit (truth, node, i, truth_add_value);
      if (op == BP_OP_L2_LOSS)
        truth->value[node][0] /= 2;
    }
}

static void
truth_add_gradient (Truth *truth,
                    guint  node,
                    gsize  output,
                    guint  input,
                    gsize  element,
                    Real   derivative)
{
  truth->gradient[input][element] = truth_clip (truth->gradient[input][element]
                                                + truth_clip (derivative) * truth->gradient[node][output]);
}

void
truth_backward (Truth *truth)
{
  const guint loss = bp_graph_get_loss (truth->graph);

  for (guint node = 0; node < bp_graph_get_n_nodes (truth->graph); node++)
    memset (truth->gradient[node], 0, truth_size (truth, node) * sizeof (Real));
  truth->gradient[loss][0] = 1;
  for (guint node = loss + 1; node-- > 0;)
    for (guint i = 0; truth->needs[node] && truth->passed[node] && i < bp_graph_get_n_inputs (truth->graph, node); i++)
      if (truth->needs[truth_input (truth, node, i)])
        truth_visit (truth, node, i, truth_add_gradient);
}

Real
truth_loss (Truth *truth)
{
  truth_forward (truth);

  return truth->value[bp_graph_get_loss (truth->graph)][0];
}
