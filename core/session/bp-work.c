/* bp-work.c: the cost of a computation, and its budget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-work.h"

/* The least cost of a node, and the cost of an element of a function such as exp. */
#define NODE_COST 10
#define FUNCTION_COST 10

gboolean
bp_work_spend (BpWork *work,
               double  operations)
{
  if (work == NULL)
    return TRUE;

  if (g_atomic_int_get (&work->is_cancelled))
    return FALSE;

  work->done += operations;

  return work->done <= work->limit;
}

gboolean
bp_work_is_exceeded (const BpWork *work)
{
  g_return_val_if_fail (work != NULL, FALSE);

  return work->done > work->limit;
}

double
bp_work_get_progress (const BpWork *work)
{
  const gint n_parts = g_atomic_int_get (&work->n_parts);
  const double done = g_atomic_int_get (&work->n_done) + g_atomic_int_get (&work->n_thousandths) / 1000.0;

  return MIN (done / MAX (n_parts, 1), 1);
}

/* The cost of an element of the largest tensor that @op reads or writes. */
static double
get_element_cost (BpOp op)
{
  switch (op)
    {
    case BP_OP_POW:
    case BP_OP_EXP:
    case BP_OP_LOG:
    case BP_OP_LOG1P:
    case BP_OP_SIN:
    case BP_OP_COS:
    case BP_OP_SIGMOID:
    case BP_OP_TANH:
    case BP_OP_SOFTPLUS:
    case BP_OP_ELU:
    case BP_OP_GELU:
    case BP_OP_SILU:
    case BP_OP_SIGMOID_CROSS_ENTROPY:
    case BP_OP_SOFTMAX:
    case BP_OP_LOG_SOFTMAX:
    case BP_OP_SOFTMAX_CROSS_ENTROPY:
    case BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY:
      return FUNCTION_COST;
    default:
      return 1;
    }
}

double
bp_work_get_node_cost (BpGraph *graph,
                       guint    node)
{
  guint n_inputs;
  double n;

  g_return_val_if_fail (graph != NULL && node < bp_graph_get_n_nodes (graph), 0);

  n_inputs = bp_graph_get_n_inputs (graph, node);
  if (n_inputs == 0)
    return 0;

  n = (double) bp_graph_get_n_elements (graph, node);
  if (bp_graph_get_op (graph, node) == BP_OP_MATMUL)
    {
      const BpShape *left = bp_graph_get_shape (graph, bp_graph_get_input (graph, node, 0));

      return NODE_COST + n * (double) left->dims[left->rank - 1];
    }

  for (guint i = 0; i < n_inputs; i++)
    n = MAX (n, (double) bp_graph_get_n_elements (graph, bp_graph_get_input (graph, node, i)));

  return NODE_COST + n * get_element_cost (bp_graph_get_op (graph, node));
}

double
bp_work_get_cost (BpGraph *graph)
{
  double cost = 0;

  g_return_val_if_fail (graph != NULL, 0);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    cost += bp_work_get_node_cost (graph, node);

  return cost;
}

double
bp_work_get_n_elements (BpGraph *graph)
{
  double n = 0;

  g_return_val_if_fail (graph != NULL, 0);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    n += (double) bp_graph_get_n_elements (graph, node);

  return n;
}
