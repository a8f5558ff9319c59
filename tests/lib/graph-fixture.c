/* graph-fixture.c: leaves of graphs, and a graph for expressions to refer to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/graph-fixture.h"

guint
add_leaf (BpGraph    *graph,
          const char *name,
          BpOp        op,
          const char *shape)
{
  BpOpAttributes attributes = { 0, };
  g_autoptr (GError) error = NULL;
  guint node;

  bp_shape_parse (shape, &attributes.shape, &error);
  g_assert_no_error (error);
  node = bp_graph_add (graph, name, op, NULL, &attributes, &error);
  g_assert_no_error (error);

  return node;
}

BpGraph *
create_graph (void)
{
  BpGraph *graph = bp_graph_new ();

  add_leaf (graph, "x_data", BP_OP_PLACEHOLDER, "[1]");
  add_leaf (graph, "y_target", BP_OP_PLACEHOLDER, "[1]");
  add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  add_leaf (graph, "W", BP_OP_VARIABLE, "[2, 3]");

  return graph;
}
