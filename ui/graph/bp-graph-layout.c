/* bp-graph-layout.c: from a graph and the sizes of its nodes to a picture that fits its area
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-private.h"

#include <math.h>
#include <string.h>

/* Where the area is larger than needed, distances grow to this part beyond the natural ones. */
#define MAX_ROOMINESS 1.8

/* More rows than this are not tried, and one more must show the graph so much larger. */
#define MAX_ROWS 6
#define WORTH_A_ROW 1.05

/* @roominess 0 is the most compact, 1 natural, the same for all distances in one direction. Nodes reach their natural
 * width half way: names go before distances. */
static double
mix (double compact,
     double natural,
     double roominess)
{
  return MAX (compact, compact + (natural - compact) * roominess);
}

static BpDistances
get_distances (double unit,
               double across,
               double down)
{
  return (BpDistances){
    .track = 0.66 * unit,
    .bend = 1.1 * unit,
    .node_gap = mix (0.55, 1.2, down) * unit,
    .row_gap = mix (0.3, 0.8, down) * unit,
    .aside_gap = mix (1.4, 2.4, down) * unit,
    .curve = mix (0.9, 2.2, across) * unit,
    .spread = MIN (across, 1) * 1.2,
    .margin = 0.5 * unit,
    .label_gap = 0.25 * unit,
  };
}

static void
set_heights (BpSketch                   *sketch,
             const BpGraphLayoutOptions *options,
             const BpDistances          *distances,
             double                      down)
{
  for (guint v = 0; v < sketch->vertices->len; v++)
    {
      BpVertex *vertex = bp_sketch_vertex (sketch, v);

      if (vertex->node == BP_NODE_NONE)
        vertex->height = distances->bend;
      else if (sketch->groups[v] != NULL)
        {
          double width;

          bp_group_get_size (sketch->groups[v], &width, &vertex->height, &vertex->rise);
          continue;
        }
      else
        {
          const BpNodeSize *size = &options->nodes[sketch->plan->boxes[v].node];

          vertex->height = mix (size->min_height, size->height, MIN (down, 1));
        }
      vertex->rise = vertex->height / 2;
    }
}

/* The widest label that lies left of each column. */
static double *
find_label_widths (BpSketch          *sketch,
                   const BpLabelSize *labels)
{
  double *widths = g_new0 (double, sketch->n_layers + 1);

  for (guint node = 0; labels != NULL && node < sketch->n_nodes; node++)
    for (guint edge = sketch->first_edges[node]; edge < sketch->first_edges[node + 1]; edge++)
      {
        double *width = &widths[bp_sketch_vertex (sketch, node)->layer];

        *width = MAX (*width, labels[edge].width);
      }

  return widths;
}

/* How far the links left of each column climb or fall at most: steep ones need more width to be followed. */
static double *
find_climbs (BpSketch *sketch)
{
  double *climbs = g_new0 (double, sketch->n_layers + 1);

  for (guint l = 0; l < sketch->links->len; l++)
    {
      const BpVertex *from = bp_sketch_vertex (sketch, bp_sketch_link (sketch, l)->from);
      const BpVertex *to = bp_sketch_vertex (sketch, bp_sketch_link (sketch, l)->to);

      if (sketch->layer_rows[from->layer] == sketch->layer_rows[to->layer])
        climbs[to->layer] = MAX (climbs[to->layer], fabs (to->y - from->y));
    }

  return climbs;
}

static void
set_layers (BpGraphLayout              *layout,
            const BpGraphLayoutOptions *options,
            const BpDistances          *distances,
            double                      across)
{
  BpSketch          *sketch = layout->sketch;
  g_autofree double *labels = find_label_widths (sketch, layout->labels);
  g_autofree double *climbs = find_climbs (sketch);

  for (guint i = 0; i < sketch->n_layers; i++)
    {
      double gap = MAX (2 * distances->curve + labels[i], mix (3, 6, across) * options->unit);

      gap += mix (0, 0.15, across) * CLAMP (climbs[i] - gap, 0, 100 * options->unit);
      layout->layers[i] = (BpLayer){ .gap = gap, .label = labels[i] };
    }
  for (guint node = 0; node < sketch->n_nodes; node++)
    {
      BpLayer         *layer = &layout->layers[bp_sketch_vertex (sketch, node)->layer];
      const BpPlanBox *box = &sketch->plan->boxes[node];
      double           width = mix (options->nodes[box->node].min_width, options->nodes[box->node].width,
                                    MIN (2 * across, 1));

      layout->boxes[node].width = width;
      if (sketch->groups[node] != NULL)
        {
          double height, rise;

          bp_group_get_size (sketch->groups[node], &width, &height, &rise);
          layer->has_group = TRUE;
        }
      layer->width = MAX (layer->width, width);
      if (box->has_update)
        layer->lead = layout->loop;
    }
}

static void
arrange (BpGraphLayout              *layout,
         const BpGraphLayoutOptions *options,
         double                      across,
         double                      down)
{
  BpDistances distances = get_distances (options->unit, across, down);

  set_heights (layout->sketch, options, &distances, down);
  bp_sketch_place (layout->sketch, &distances);
  set_layers (layout, options, &distances, across);
  g_clear_pointer (&layout->points, g_array_unref);
  layout->points = bp_sketch_route (layout->sketch, &distances, layout->layers, layout->labels, layout->outer);
  bp_graph_layout_assemble (layout, distances.margin);
}

/* How roomy the layout may be to take @size, given what it takes at its most compact, half way and at its natural. */
static double
get_roominess (double size,
               double compact,
               double half,
               double natural)
{
  if (size < half)
    return half > compact ? MAX (0, 0.5 * (size - compact) / (half - compact)) : 0;

  return natural > half ? MIN (0.5 + 0.5 * (size - half) / (natural - half), MAX_ROOMINESS) : 1;
}

/* How many times @size has room for @compact; any size has. */
static double
get_share (double size,
           double compact)
{
  return size > 0 ? size / compact : HUGE_VAL;
}

/* How large the graph can be shown at its most compact, 1 for all of it. */
static double
get_scale (BpGraphLayout              *layout,
           const BpGraphLayoutOptions *options)
{
  arrange (layout, options, 0, 0);

  return MIN (1, MIN (get_share (options->width, layout->width), get_share (options->height, layout->height)));
}

/* As few rows as show the graph at its size, or else as show it at its largest; but not more than fit the height where
 * the graph is scrolled. Returns: that scale */
static double
choose_rows (BpGraphLayout              *layout,
             const BpGraphLayoutOptions *options)
{
  double greatest = get_scale (layout, options);
  guint  best = 1;
  guint  most = options->width > 0 && options->height > 0 ? MIN (MAX_ROWS, layout->sketch->n_layers) : 1;

  for (guint n_rows = 2; n_rows <= most && greatest < 1; n_rows++)
    {
      double scale;

      bp_sketch_split (layout->sketch, layout->layers, options->unit, n_rows);
      scale = get_scale (layout, options);
      if (scale < WORTH_A_ROW * greatest || get_share (options->height, layout->height) < options->least)
        continue;
      greatest = scale;
      best = n_rows;
    }
  if (layout->sketch->n_layers > 0)
    bp_sketch_split (layout->sketch, layout->layers, options->unit, best);

  return MAX (greatest, options->least);
}

/* Arranges the graph so that it fills the area: by rows, then by distances; what is still too large is left to be
 * scaled down, or scrolled. */
static void
fit (BpGraphLayout              *layout,
     const BpGraphLayoutOptions *options)
{
  double scale = choose_rows (layout, options);
  double widths[3];
  double heights[3];
  double across;
  double down;

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      arrange (layout, options, 0.5 * i, 0.5 * i);
      widths[i] = layout->width;
      heights[i] = layout->height;
    }
  across = options->width > 0 ? get_roominess (options->width / scale, widths[0], widths[1], widths[2]) : 1;
  down = options->height > 0 ? get_roominess (options->height / scale, heights[0], heights[1], heights[2]) : 1;

  /* A gap that gets wider for its labels can take more than there is between the measured widths. */
  arrange (layout, options, across, down);
  for (; options->width > 0 && layout->width > options->width / scale + 1 && across > 0; across -= 0.2)
    arrange (layout, options, MAX (across - 0.2, 0), down);
}

static void
init_edges (BpGraphLayout              *layout,
            const BpGraphLayoutOptions *options)
{
  const BpPlan *plan = layout->sketch->plan;
  guint         edge = 0;

  for (guint node = 0; node < layout->n_nodes; node++)
    {
      layout->first_edges[node] = edge;
      for (guint i = 0; i < bp_graph_get_n_inputs (plan->graph, node); i++, edge++)
        layout->edges[edge] = (BpGraphEdge){
          .from = bp_graph_get_input (plan->graph, node, i),
          .to = node,
          .input = i,
          .differentiated = bp_graph_layout_is_differentiated (plan->graph, node, i),
          .aside = bp_sketch_vertex (layout->sketch, plan->box_of[node])->aside,
        };
    }
  for (guint i = 0; i < plan->n_edges; i++)
    {
      layout->outer[i] = (BpGraphEdge){ .from = plan->edges[i].from, .to = plan->edges[i].to,
                                        .differentiated = plan->edges[i].differentiated };
      if (options->labels != NULL)
        layout->labels[i] = options->labels[plan->edges[i].edge];
    }
}

static void
init_groups (BpGraphLayout              *layout,
             const BpGraphLayoutOptions *options)
{
  BpSketch *sketch = layout->sketch;

  for (guint box = 0; box < sketch->n_nodes; box++)
    if (sketch->plan->boxes[box].layer != G_MAXUINT)
      sketch->groups[box] = bp_group_new (sketch->plan->graph,
                                          bp_layers_get (options->layers, sketch->plan->boxes[box].layer), options,
                                          layout->first_edges, layout->loop);
}

BpGraphLayout *
bp_graph_layout_new (BpGraph                    *graph,
                     const BpGraphLayoutOptions *options)
{
  BpGraphLayout *layout;
  BpSketch      *sketch;

  g_return_val_if_fail (graph != NULL && options != NULL && options->unit > 0, NULL);
  g_return_val_if_fail (options->nodes != NULL || bp_graph_get_n_nodes (graph) == 0, NULL);

  layout = g_new0 (BpGraphLayout, 1);
  sketch = layout->sketch = bp_sketch_new (bp_plan_new (graph, options->layers, options->open));
  layout->n_nodes = bp_graph_get_n_nodes (graph);
  layout->n_edges = bp_graph_layout_count_edges (graph);
  layout->first_edges = g_new0 (guint, layout->n_nodes + 1);
  layout->nodes = g_new0 (cairo_rectangle_t, layout->n_nodes);
  layout->boxes = g_new0 (cairo_rectangle_t, sketch->n_nodes);
  layout->edges = g_new0 (BpGraphEdge, layout->n_edges);
  layout->outer = g_new0 (BpGraphEdge, sketch->n_edges);
  layout->labels = g_new0 (BpLabelSize, sketch->n_edges);
  layout->layers = g_new0 (BpLayer, sketch->n_layers);
  layout->unit = options->unit;
  layout->loop = 1.9 * options->unit;

  init_edges (layout, options);
  init_groups (layout, options);
  bp_sketch_order (sketch);
  if ((options->width > 0 || options->height > 0) && sketch->n_nodes <= BP_GRAPH_LAYOUT_MAX_FITTED)
    fit (layout, options);
  else
    arrange (layout, options, 1, 1);

  return layout;
}

void
bp_graph_layout_free (BpGraphLayout *layout)
{
  bp_sketch_free (layout->sketch);
  g_free (layout->first_edges);
  g_free (layout->nodes);
  g_free (layout->boxes);
  g_free (layout->edges);
  g_free (layout->outer);
  g_free (layout->labels);
  g_free (layout->layers);
  g_clear_pointer (&layout->points, g_array_unref);
  g_free (layout);
}

void
bp_graph_layout_get_size (const BpGraphLayout *layout,
                          double              *width,
                          double              *height)
{
  *width = layout->width;
  *height = layout->height;
}

guint
bp_graph_layout_get_n_nodes (const BpGraphLayout *layout)
{
  return layout->n_nodes;
}

guint
bp_graph_layout_get_box (const BpGraphLayout *layout,
                         guint                node)
{
  g_return_val_if_fail (node < layout->n_nodes, node);

  return layout->sketch->plan->shown_in[node];
}

gboolean
bp_graph_layout_get_group (const BpGraphLayout *layout,
                           guint                layer,
                           cairo_rectangle_t   *group,
                           double              *heading)
{
  const BpSketch *sketch = layout->sketch;

  for (guint box = 0; box < sketch->n_nodes; box++)
    if (sketch->groups[box] != NULL && sketch->plan->boxes[box].layer == layer)
      {
        *group = layout->boxes[box];
        *heading = bp_group_get_heading (sketch->groups[box]);
        return TRUE;
      }

  return FALSE;
}

const cairo_rectangle_t *
bp_graph_layout_get_node (const BpGraphLayout *layout,
                          guint                node)
{
  g_return_val_if_fail (node < layout->n_nodes, NULL);

  return &layout->nodes[node];
}

guint
bp_graph_layout_get_layer (const BpGraphLayout *layout,
                           guint                node)
{
  g_return_val_if_fail (node < layout->n_nodes, 0);

  return bp_sketch_vertex (layout->sketch, layout->sketch->plan->box_of[node])->layer;
}

guint
bp_graph_layout_get_n_edges (const BpGraphLayout *layout)
{
  return layout->n_edges;
}

const BpGraphEdge *
bp_graph_layout_get_edge (const BpGraphLayout *layout,
                          guint                edge)
{
  g_return_val_if_fail (edge < layout->n_edges, NULL);

  return &layout->edges[edge];
}

guint
bp_graph_layout_get_first_edge (const BpGraphLayout *layout,
                                guint                node)
{
  g_return_val_if_fail (node < layout->n_nodes, 0);

  return layout->first_edges[node];
}

guint64
bp_graph_layout_get_n_crossings (const BpGraphLayout *layout)
{
  return layout->sketch->n_crossings;
}

double
bp_graph_layout_get_loop_width (const BpGraphLayout *layout)
{
  return layout->loop;
}

guint
bp_graph_layout_get_n_rows (const BpGraphLayout *layout)
{
  return layout->sketch->n_rows;
}

guint
bp_graph_layout_get_row (const BpGraphLayout *layout,
                         guint                node)
{
  g_return_val_if_fail (node < layout->n_nodes, 0);

  return bp_sketch_get_row (layout->sketch, layout->sketch->plan->box_of[node]);
}

gboolean
bp_graph_layout_get_aside (const BpGraphLayout *layout,
                           guint                row,
                           cairo_rectangle_t   *aside)
{
  double left = HUGE_VAL;
  double top = HUGE_VAL;
  double right = -HUGE_VAL;
  double bottom = -HUGE_VAL;

  for (guint node = 0; node < layout->sketch->n_nodes; node++)
    if (bp_sketch_vertex (layout->sketch, node)->aside && bp_sketch_get_row (layout->sketch, node) == row)
      bp_extend_box (&left, &top, &right, &bottom, &layout->boxes[node]);
  if (left > right)
    return FALSE;
  *aside = (cairo_rectangle_t){ left, top, right - left, bottom - top };

  return TRUE;
}
