/* bp-graph.c: a graph, and questions about its nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-private.h"

static void
node_clear (gpointer data)
{
  BpNode *node = data;

  g_free (node->name);
  g_free ((double *) node->attributes.values);
}

BpGraph *
bp_graph_new (void)
{
  BpGraph *self = g_new0 (BpGraph, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->nodes = g_array_new (FALSE, FALSE, sizeof (BpNode));
  g_array_set_clear_func (self->nodes, node_clear);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->next_numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->variables = g_array_new (FALSE, FALSE, sizeof (guint));
  self->placeholders = g_array_new (FALSE, FALSE, sizeof (guint));
  self->loss = BP_NODE_NONE;

  return self;
}

BpGraph *
bp_graph_ref (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, NULL);

  g_atomic_ref_count_inc (&graph->ref_count);

  return graph;
}

void
bp_graph_unref (BpGraph *graph)
{
  g_return_if_fail (graph != NULL);

  if (!g_atomic_ref_count_dec (&graph->ref_count))
    return;
  g_hash_table_unref (graph->by_name);
  g_hash_table_unref (graph->next_numbers);
  g_array_unref (graph->nodes);
  g_array_unref (graph->variables);
  g_array_unref (graph->placeholders);
  g_free (graph);
}

/* Asking */

guint
bp_graph_get_loss (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, BP_NODE_NONE);

  return graph->loss;
}

gboolean
bp_graph_is_evaluation (BpGraph *graph,
                        guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, FALSE);

  return (BP_NODE (graph, node)->flags & BP_NODE_EVALUATION) != 0;
}

guint
bp_graph_get_n_nodes (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, 0);

  return graph->nodes->len;
}

const char *
bp_graph_get_name (BpGraph *graph,
                   guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, NULL);

  return BP_NODE (graph, node)->name;
}

gboolean
bp_graph_is_anonymous (BpGraph *graph,
                       guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, FALSE);

  return (BP_NODE (graph, node)->flags & BP_NODE_ANONYMOUS) != 0;
}

BpOp
bp_graph_get_op (BpGraph *graph,
                 guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, BP_OP_CONSTANT);

  return BP_NODE (graph, node)->op;
}

gboolean
bp_graph_has_op (BpGraph *graph,
                 BpOp     op)
{
  g_return_val_if_fail (graph != NULL, FALSE);

  for (guint node = 0; node < graph->nodes->len; node++)
    if (BP_NODE (graph, node)->op == op)
      return TRUE;

  return FALSE;
}

guint
bp_graph_get_n_inputs (BpGraph *graph,
                       guint    node)
{
  return bp_op_get_class (bp_graph_get_op (graph, node))->n_inputs;
}

guint
bp_graph_get_input (BpGraph *graph,
                    guint    node,
                    guint    index)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, BP_NODE_NONE);
  g_return_val_if_fail (index < bp_graph_get_n_inputs (graph, node), BP_NODE_NONE);

  return BP_NODE (graph, node)->inputs[index];
}

const BpShape *
bp_graph_get_shape (BpGraph *graph,
                    guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, NULL);

  return &BP_NODE (graph, node)->shape;
}

const BpOpAttributes *
bp_graph_get_attributes (BpGraph *graph,
                         guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, NULL);

  return &BP_NODE (graph, node)->attributes;
}

gsize
bp_graph_get_n_elements (BpGraph *graph,
                         guint    node)
{
  return bp_shape_get_n_elements (bp_graph_get_shape (graph, node));
}

gboolean
bp_graph_needs_gradient (BpGraph *graph,
                         guint    node)
{
  const guint both = BP_NODE_DEPENDS | BP_NODE_REACHES;

  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, FALSE);

  return (BP_NODE (graph, node)->flags & both) == both;
}

guint
bp_graph_find (BpGraph    *graph,
               const char *name)
{
  gpointer node;

  g_return_val_if_fail (graph != NULL && name != NULL, BP_NODE_NONE);

  return g_hash_table_lookup_extended (graph->by_name, name, NULL, &node) ? GPOINTER_TO_UINT (node) : BP_NODE_NONE;
}

guint
bp_graph_get_n_variables (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, 0);

  return graph->variables->len;
}

guint
bp_graph_get_variable (BpGraph *graph,
                       guint    index)
{
  g_return_val_if_fail (graph != NULL && index < graph->variables->len, BP_NODE_NONE);

  return g_array_index (graph->variables, guint, index);
}

guint
bp_graph_get_n_placeholders (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, 0);

  return graph->placeholders->len;
}

guint
bp_graph_get_placeholder (BpGraph *graph,
                          guint    index)
{
  g_return_val_if_fail (graph != NULL && index < graph->placeholders->len, BP_NODE_NONE);

  return g_array_index (graph->placeholders, guint, index);
}

gsize
bp_graph_get_n_parameters (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, 0);

  return graph->n_parameters;
}
