/* bp-graph-layout-layers.c: columns by longest path, and bends for the edges that span several
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-private.h"

/* An edge that would need more bends than this in all has none: it runs behind the nodes of a graph that nobody can
 * follow anyway. */
#define MAX_BENDS 5000

guint
bp_graph_layout_count_edges (BpGraph *graph)
{
  guint n_edges = 0;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    n_edges += bp_graph_get_n_inputs (graph, node);

  return n_edges;
}

gboolean
bp_graph_layout_is_differentiated (BpGraph *graph,
                                   guint    node,
                                   guint    input)
{
  return bp_graph_needs_gradient (graph, node)
         && bp_graph_needs_gradient (graph, bp_graph_get_input (graph, node, input))
         && bp_op_get_class (bp_graph_get_op (graph, node))->backward != NULL;
}

/* What laying out in columns needs to know of each node. */
typedef struct {
  guint    layer;
  guint    n_consumers;
  guint    n_aside_consumers;
  guint    first_consumer; /* the least layer of a consumer */
  gboolean aside;
} Placement;

static Placement *
find_longest_paths (const BpPlan *plan)
{
  guint      n_nodes = plan->n_boxes;
  Placement *placements = g_new0 (Placement, n_nodes);

  for (guint node = 0; node < n_nodes; node++)
    {
      placements[node].first_consumer = G_MAXUINT;
      placements[node].aside = plan->boxes[node].aside;
      for (guint i = 0; i < bp_plan_get_n_inputs (plan, node); i++)
        {
          Placement *input = &placements[bp_plan_get_input (plan, node, i)];

          placements[node].layer = MAX (placements[node].layer, input->layer + 1);
          input->n_consumers++;
          input->n_aside_consumers += placements[node].aside;
        }
    }

  return placements;
}

/* How many inputs of @node would get a longer edge if it moved right: those that others use too. */
static guint
count_anchors (const BpPlan    *plan,
               const Placement *placements,
               const guint     *anchors,
               guint            node)
{
  guint n_anchors = 0;

  for (guint i = 0; i < bp_plan_get_n_inputs (plan, node); i++)
    {
      guint input = bp_plan_get_input (plan, node, i);

      n_anchors += placements[input].n_consumers > 1 ? 1 : anchors[input];
    }

  return n_anchors;
}

/* Moves nodes next to what uses them where that shortens edges: a placeholder beside its op, not at the far left. */
static void
pull_right (const BpPlan *plan,
            Placement    *placements)
{
  guint           n_nodes = plan->n_boxes;
  g_autofree guint *anchors = g_new (guint, n_nodes);

  for (guint node = 0; node < n_nodes; node++)
    anchors[node] = MIN (count_anchors (plan, placements, anchors, node), 1000);

  for (guint node = n_nodes; node-- > 0;)
    {
      Placement *placement = &placements[node];

      if (placement->n_consumers > anchors[node])
        placement->layer = placement->first_consumer - 1;
      if (bp_plan_get_n_inputs (plan, node) == 0 && placement->n_consumers > 0
          && placement->n_aside_consumers == placement->n_consumers
          && plan->boxes[node].node != bp_graph_get_loss (plan->graph))
        placement->aside = TRUE;

      for (guint i = 0; i < bp_plan_get_n_inputs (plan, node); i++)
        {
          Placement *input = &placements[bp_plan_get_input (plan, node, i)];

          input->first_consumer = MIN (input->first_consumer, placement->layer);
        }
    }
}

static void
add_nodes (BpSketch        *sketch,
           const Placement *placements)
{
  for (guint node = 0; node < sketch->n_nodes; node++)
    {
      BpVertex vertex = { .node = node, .layer = placements[node].layer, .aside = placements[node].aside };

      g_array_append_val (sketch->vertices, vertex);
      sketch->n_layers = MAX (sketch->n_layers, vertex.layer + 1);
    }
}

static guint
get_weight (const BpPlan     *plan,
            const BpPlanEdge *edge)
{
  if (!edge->differentiated)
    return 0;

  return bp_plan_get_n_inputs (plan, edge->from) == 0 ? 1 : 2;
}

static guint
add_bend (BpSketch *sketch,
          guint     layer,
          gboolean  aside)
{
  BpVertex vertex = { .node = BP_NODE_NONE, .layer = layer, .aside = aside };

  g_array_append_val (sketch->vertices, vertex);

  return sketch->vertices->len - 1;
}

static void
add_edge (BpSketch *sketch,
          guint     edge)
{
  guint    from = sketch->plan->edges[edge].from;
  guint    node = sketch->plan->edges[edge].to;
  guint    layer = bp_sketch_vertex (sketch, from)->layer + 1;
  guint    end = bp_sketch_vertex (sketch, node)->layer;
  gboolean aside = bp_sketch_vertex (sketch, node)->aside;
  guint    weight = get_weight (sketch->plan, &sketch->plan->edges[edge]);
  BpLink   link = { .from = from, .edge = edge, .weight = weight };

  sketch->first_links[edge] = sketch->links->len;
  if (sketch->vertices->len - sketch->n_nodes + end - layer > MAX_BENDS)
    layer = end;
  for (; layer < end; layer++)
    {
      link.to = add_bend (sketch, layer, aside);
      if (link.from != from)
        link.weight = 3;
      g_array_append_val (sketch->links, link);
      link.from = link.to;
    }
  link.to = node;
  link.weight = weight;
  g_array_append_val (sketch->links, link);
}

static void
add_edges (BpSketch *sketch)
{
  for (guint edge = 0; edge < sketch->n_edges; edge++)
    add_edge (sketch, edge);
  sketch->first_links[sketch->n_edges] = sketch->links->len;
}

/* Groups links by their end on the other side of @side: the links to the left of v are those that lead to v. */
static void
index_links (BpSketch *sketch,
             BpSide    side)
{
  BpIncidence *incidence = &sketch->sides[side];
  BpSide       opposite = side == BP_SIDE_LEFT ? BP_SIDE_RIGHT : BP_SIDE_LEFT;
  guint        n_vertices = sketch->vertices->len;

  incidence->starts = g_new0 (guint, n_vertices + 2);
  incidence->links = g_new (guint, sketch->links->len);
  for (guint link = 0; link < sketch->links->len; link++)
    incidence->starts[bp_link_get_end (bp_sketch_link (sketch, link), opposite) + 2]++;
  for (guint v = 0; v < n_vertices; v++)
    incidence->starts[v + 2] += incidence->starts[v + 1];
  for (guint link = 0; link < sketch->links->len; link++)
    incidence->links[incidence->starts[bp_link_get_end (bp_sketch_link (sketch, link), opposite) + 1]++] = link;
}

BpSketch *
bp_sketch_new (BpPlan *plan)
{
  BpSketch             *sketch = g_new0 (BpSketch, 1);
  g_autofree Placement *placements = find_longest_paths (plan);

  sketch->plan = plan;
  sketch->n_nodes = plan->n_boxes;
  sketch->n_edges = plan->n_edges;
  sketch->first_edges = plan->first_edges;
  sketch->groups = g_new0 (BpGroup *, plan->n_boxes + 1);
  sketch->first_links = g_new (guint, sketch->n_edges + 1);
  sketch->vertices = g_array_new (FALSE, FALSE, sizeof (BpVertex));
  sketch->links = g_array_new (FALSE, FALSE, sizeof (BpLink));

  pull_right (plan, placements);
  add_nodes (sketch, placements);
  add_edges (sketch);
  index_links (sketch, BP_SIDE_LEFT);
  index_links (sketch, BP_SIDE_RIGHT);
  sketch->n_rows = 1;
  sketch->row_starts = g_new0 (guint, sketch->n_layers + 2);
  sketch->row_starts[1] = sketch->n_layers;
  sketch->layer_rows = g_new0 (guint, sketch->n_layers + 1);

  return sketch;
}

void
bp_sketch_free (BpSketch *sketch)
{
  for (guint box = 0; box < sketch->n_nodes; box++)
    g_clear_pointer (&sketch->groups[box], bp_group_free);
  g_free (sketch->groups);
  bp_plan_free (sketch->plan);
  g_free (sketch->first_links);
  g_array_unref (sketch->vertices);
  g_array_unref (sketch->links);
  for (guint side = BP_SIDE_LEFT; side <= BP_SIDE_RIGHT; side++)
    {
      g_free (sketch->sides[side].starts);
      g_free (sketch->sides[side].links);
    }
  g_free (sketch->order);
  g_free (sketch->layer_starts);
  g_free (sketch->row_starts);
  g_free (sketch->layer_rows);
  g_free (sketch);
}
