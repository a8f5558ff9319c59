/* bp-graph-layout-plan.c: what is laid out of a graph: a box for each node, or for all of a layer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-private.h"

/* The nodes that boxes stand for: of a layer, folded or open, its output. */
static guint *
find_box_nodes (BpGraph         *graph,
                const GPtrArray *layers,
                BpOpenLayers     open,
                const guint     *shown_in)
{
  guint *nodes = g_memdup2 (shown_in, (bp_graph_get_n_nodes (graph) + 1) * sizeof *shown_in);

  for (guint l = 0; layers != NULL && l < layers->len; l++)
    {
      const BpDenseLayer *layer = bp_layers_get (layers, l);

      for (guint i = 0; bp_layers_is_open (open, l) && i < layer->n_members; i++)
        nodes[layer->members[i]] = layer->output;
    }

  return nodes;
}

static void
add_boxes (BpPlan      *plan,
           const guint *nodes)
{
  guint n_nodes = bp_graph_get_n_nodes (plan->graph);

  for (guint node = 0; node < n_nodes; node++)
    if (nodes[node] == node)
      {
        plan->boxes[plan->n_boxes] = (BpPlanBox){ .node = node, .layer = G_MAXUINT,
                                                  .aside = bp_graph_is_evaluation (plan->graph, node) };
        plan->box_of[node] = plan->n_boxes++;
      }
  for (guint node = 0; node < n_nodes; node++)
    {
      plan->box_of[node] = plan->box_of[nodes[node]];
      if (bp_graph_get_op (plan->graph, node) == BP_OP_VARIABLE)
        plan->boxes[plan->box_of[node]].has_update = TRUE;
    }
}

/* A group has the arcs of its variables inside. */
static void
mark_groups (BpPlan          *plan,
             const GPtrArray *layers,
             BpOpenLayers     open)
{
  for (guint l = 0; layers != NULL && l < layers->len; l++)
    if (bp_layers_is_open (open, l))
      {
        BpPlanBox *box = &plan->boxes[plan->box_of[bp_layers_get (layers, l)->output]];

        box->layer = l;
        box->has_update = FALSE;
      }
}

/* Edges of the graph come by the node that they lead to; here they are sorted by box, otherwise in the same order. */
static void
add_edges (BpPlan *plan)
{
  guint *starts = plan->first_edges;
  guint  number = 0;

  for (guint pass = 0; pass < 2; pass++)
    {
      number = 0;
      for (guint node = 0; node < bp_graph_get_n_nodes (plan->graph); node++)
        for (guint i = 0; i < bp_graph_get_n_inputs (plan->graph, node); i++, number++)
          {
            guint source = bp_graph_get_input (plan->graph, node, i);
            guint from = plan->box_of[source];
            guint to = plan->box_of[node];

            plan->sources[number] = source;
            if (from == to)
              continue;
            if (pass == 0)
              starts[to + 2]++;
            else
              plan->edges[starts[to + 1]++]
                  = (BpPlanEdge){ from, to, number, bp_graph_layout_is_differentiated (plan->graph, node, i) };
          }
      for (guint box = 0; pass == 0 && box < plan->n_boxes; box++)
        starts[box + 2] += starts[box + 1];
    }
  plan->n_edges = starts[plan->n_boxes];
}

BpPlan *
bp_plan_new (BpGraph         *graph,
             const GPtrArray *layers,
             BpOpenLayers     open)
{
  guint             n_nodes = bp_graph_get_n_nodes (graph);
  BpPlan           *plan = g_new0 (BpPlan, 1);
  g_autofree guint *nodes = NULL;

  plan->graph = bp_graph_ref (graph);
  plan->boxes = g_new0 (BpPlanBox, n_nodes + 1);
  plan->edges = g_new0 (BpPlanEdge, bp_graph_layout_count_edges (graph) + 1);
  plan->first_edges = g_new0 (guint, n_nodes + 2);
  plan->sources = g_new (guint, bp_graph_layout_count_edges (graph) + 1);
  plan->shown_in = g_new (guint, n_nodes + 1);
  plan->box_of = g_new (guint, n_nodes + 1);

  if (layers != NULL)
    bp_layers_fold (layers, graph, open, plan->shown_in);
  else
    for (guint node = 0; node < n_nodes; node++)
      plan->shown_in[node] = node;
  nodes = find_box_nodes (graph, layers, open, plan->shown_in);
  add_boxes (plan, nodes);
  mark_groups (plan, layers, open);
  add_edges (plan);

  return plan;
}

void
bp_plan_free (BpPlan *plan)
{
  bp_graph_unref (plan->graph);
  g_free (plan->boxes);
  g_free (plan->edges);
  g_free (plan->first_edges);
  g_free (plan->sources);
  g_free (plan->shown_in);
  g_free (plan->box_of);
  g_free (plan);
}
