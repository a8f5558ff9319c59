/* expression-graph.h: a graph for expressions to refer to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

static inline guint
add_leaf (BpGraph    *graph,
          const char *name,
          BpOp        op,
          const char *shape)
{
  BpOpAttributes attributes = { 0, };

  g_assert_true (bp_shape_parse (shape, &attributes.shape, NULL));

  return bp_graph_add (graph, name, op, NULL, &attributes, NULL);
}

/* x_data and y_target [1], the variables A [1] and W [2, 3]. */
static inline BpGraph *
create_graph (void)
{
  BpGraph *graph = bp_graph_new ();

  add_leaf (graph, "x_data", BP_OP_PLACEHOLDER, "[1]");
  add_leaf (graph, "y_target", BP_OP_PLACEHOLDER, "[1]");
  add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  add_leaf (graph, "W", BP_OP_VARIABLE, "[2, 3]");

  return graph;
}
