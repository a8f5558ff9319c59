/* truth-visit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-visit.h"

#include <math.h>

/* The others are linear in what they reduce, move or multiply, but for the cross entropy: a weight for each pair of
 * elements. */

gsize
truth_reduced (const BpShape        *in,
               const BpOpAttributes *attributes,
               gsize                 element)
{
  const guint axis = attributes->axis < 0 ? (guint) (attributes->axis + (int) in->rank) : (guint) attributes->axis;
  gsize inner = 1;

  if (!attributes->has_axis)
    return 0;
  for (guint d = axis + 1; d < in->rank; d++)
    inner *= in->dims[d];

  return element / (inner * in->dims[axis]) * inner + element % inner;
}

static void
truth_visit_matmul (Truth     *truth,
                    guint      node,
                    guint      i,
                    TruthVisit visit)
{
  const guint a = truth_input (truth, node, 0), b = truth_input (truth, node, 1);
  const BpShape *shape = bp_graph_get_shape (truth->graph, a);
  const gsize n = shape->dims[0], k = shape->dims[1], m = bp_graph_get_shape (truth->graph, b)->dims[1];

  g_assert_cmpuint (shape->rank, ==, 2);
  for (gsize r = 0; r < n; r++)
    for (gsize c = 0; c < m; c++)
      for (gsize j = 0; j < k; j++)
        if (i == 0)
          visit (truth, node, r * m + c, a, r * k + j, truth->value[b][j * m + c]);
        else
          visit (truth, node, r * m + c, b, j * m + c, truth->value[a][r * k + j]);
}

Real
truth_log_sum (const Real *logits,
               gsize       n)
{
  Real largest = logits[0], sum = 0;

  for (gsize i = 1; i < n; i++)
    largest = fmaxl (largest, logits[i]);
  for (gsize i = 0; i < n; i++)
    sum += expl (logits[i] - largest);

  return largest + logl (sum);
}

static void
truth_visit_cross_entropy (Truth     *truth,
                           guint      node,
                           guint      i,
                           TruthVisit visit)
{
  const guint labels = truth_input (truth, node, 0), logits = truth_input (truth, node, 1);
  const gsize n = truth_size (truth, logits) / truth_size (truth, node);

  for (gsize row = 0; row < truth_size (truth, node); row++)
    {
      const Real *y = truth->value[labels] + row * n, *z = truth->value[logits] + row * n;
      const Real log_sum = truth_log_sum (z, n);
      Real total = 0;

      for (gsize j = 0; j < n; j++)
        total += y[j];
      for (gsize j = 0; j < n; j++)
        visit (truth, node, row, i == 0 ? labels : logits, row * n + j,
               i == 0 ? log_sum - z[j] : total * expl (z[j] - log_sum) - y[j]);
    }
}

/* The same of classes: log Σ exp(logits) less the logit of the class, which gets no gradient. */
static void
truth_visit_sparse (Truth     *truth,
                    guint      node,
                    guint      i,
                    TruthVisit visit)
{
  const guint labels = truth_input (truth, node, 0), logits = truth_input (truth, node, 1);
  const gsize n = truth_size (truth, logits) / truth_size (truth, node);

  for (gsize row = 0; row < truth_size (truth, node); row++)
    for (gsize j = 0; j < n; j++)
      {
        const Real *z = truth->value[logits] + row * n;

        if (i == 1)
          visit (truth, node, row, logits, row * n + j,
                 expl (z[j] - truth_log_sum (z, n)) - (truth->value[labels][row] == (Real) j));
        else if (j == 0)
          visit (truth, node, row, labels, row, 0);
      }
}

/* Where an element of input @i of what is joined or stacked goes. */
static gsize
truth_joined (const Truth *truth,
              guint        node,
              guint        i,
              gsize        element)
{
  const BpShape *out = bp_graph_get_shape (truth->graph, node);
  const BpShape *in = bp_graph_get_shape (truth->graph, truth_input (truth, node, i));
  const BpShape *first = bp_graph_get_shape (truth->graph, truth_input (truth, node, 0));
  const int given = bp_graph_get_attributes (truth->graph, node)->axis;
  const guint axis = given < 0 ? (guint) (given + (int) out->rank) : (guint) given;
  gsize index[4] = { 0 }, result = 0;

  for (guint d = in->rank; d-- > 0; element /= in->dims[d])
    index[in->rank == out->rank || d < axis ? d : d + 1] = element % in->dims[d];
  if (i == 1)
    index[axis] += in->rank == out->rank ? first->dims[axis] : 1;
  for (guint d = 0; d < out->rank; d++)
    result = result * out->dims[d] + index[d];

  return result;
}

/* Softmax, or its logarithm: ∂yₖ/∂zⱼ = yₖ·([k = j] − pⱼ), or [k = j] − pⱼ. */
static void
truth_visit_softmax (Truth     *truth,
                     guint      node,
                     TruthVisit visit)
{
  const guint logits = truth_input (truth, node, 0);
  const BpShape *shape = bp_graph_get_shape (truth->graph, logits);
  const gsize n = shape->dims[shape->rank - 1];

  for (gsize row = 0; row < truth_size (truth, node); row += n)
    {
      const Real *z = truth->value[logits] + row, log_sum = truth_log_sum (z, n);

      for (gsize k = 0; k < n; k++)
        for (gsize j = 0; j < n; j++)
          visit (truth, node, row + k, logits, row + j,
                 (bp_graph_get_op (truth->graph, node) == BP_OP_SOFTMAX ? expl (z[k] - log_sum) : 1)
                 * ((k == j) - expl (z[j] - log_sum)));
    }
}

gboolean
truth_wins (const Truth *truth,
            guint        node,
            gsize        element)
{
  const guint input = truth_input (truth, node, 0);
  const BpShape *in = bp_graph_get_shape (truth->graph, input);
  const BpOpAttributes *attributes = bp_graph_get_attributes (truth->graph, node);
  const Real sign = bp_graph_get_op (truth->graph, node) == BP_OP_REDUCE_MIN ? -1 : 1;
  const Real *a = truth->value[input];

  for (gsize e = 0; e < truth_size (truth, input); e++)
    if (truth_reduced (in, attributes, e) == truth_reduced (in, attributes, element)
        && (sign * a[e] > sign * a[element] || (a[e] == a[element] && e < element)))
      return FALSE;

  return TRUE;
}

gboolean
truth_is_softmax (BpOp op)
{
  return op == BP_OP_SOFTMAX || op == BP_OP_LOG_SOFTMAX;
}

void
truth_visit (Truth     *truth,
             guint      node,
             guint      i,
             TruthVisit visit)
{
  const BpOp op = bp_graph_get_op (truth->graph, node);
  const guint input = truth_input (truth, node, i);
  const BpShape *in = bp_graph_get_shape (truth->graph, input), *out = bp_graph_get_shape (truth->graph, node);
  const gsize n = truth_size (truth, input), n_out = truth_size (truth, node);

  if (truth_is_elementwise (op))
    for (gsize e = 0; e < n_out; e++)
      visit (truth, node, e, input, truth_align (out, in, e), truth_local (truth, node, i, e));
  else if (op == BP_OP_MATMUL)
    truth_visit_matmul (truth, node, i, visit);
  else if (op == BP_OP_SOFTMAX_CROSS_ENTROPY)
    truth_visit_cross_entropy (truth, node, i, visit);
  else if (op == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY)
    truth_visit_sparse (truth, node, i, visit);
  else if (op == BP_OP_CONCAT || op == BP_OP_STACK)
    for (gsize e = 0; e < n; e++)
      visit (truth, node, truth_joined (truth, node, i, e), input, e, 1);
  else if (truth_is_softmax (op))
    truth_visit_softmax (truth, node, visit);
  else if (op == BP_OP_L2_LOSS)
    for (gsize e = 0; e < n; e++)
      visit (truth, node, 0, input, e, truth->value[input][e]);
  else if (op == BP_OP_REDUCE_MAX || op == BP_OP_REDUCE_MIN)
    for (gsize e = 0; e < n; e++)
      visit (truth, node, truth_reduced (in, bp_graph_get_attributes (truth->graph, node), e), input, e,
             truth_wins (truth, node, e));
  else if (op == BP_OP_REDUCE_SUM || op == BP_OP_REDUCE_MEAN)
    for (gsize e = 0; e < n; e++)
      visit (truth, node, truth_reduced (in, bp_graph_get_attributes (truth->graph, node), e), input, e,
             op == BP_OP_REDUCE_MEAN ? (Real) n_out / (Real) n : 1);
  else if (op == BP_OP_TRANSPOSE && in->rank == 2)
    for (gsize e = 0; e < n; e++)
      visit (truth, node, e % in->dims[1] * in->dims[0] + e / in->dims[1], input, e, 1);
  else
    for (gsize e = 0; e < n; e++)
      visit (truth, node, e, input, e, 1);
}

Real
truth_single (const Truth *truth,
              guint        node,
              guint        i)
{
  const BpOp op = bp_graph_get_op (truth->graph, node);

  if (op == BP_OP_L2_LOSS)
    return truth->value[truth_input (truth, node, 0)][0];
  if (truth_is_softmax (op))
    return 0;

  return truth_is_elementwise (op) ? truth_local (truth, node, i, 0) : 1;
}
