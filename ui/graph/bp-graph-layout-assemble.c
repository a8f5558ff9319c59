/* bp-graph-layout-assemble.c: from boxes and the paths between them to nodes and edges
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-private.h"

#include <math.h>
#include <string.h>

/* All boxes of a column have its width, but beside a group they keep their own. */
static void
set_nodes (BpGraphLayout *layout)
{
  BpSketch *sketch = layout->sketch;

  for (guint box = 0; box < sketch->n_nodes; box++)
    {
      const BpVertex *vertex = bp_sketch_vertex (sketch, box);
      const BpLayer  *layer = &layout->layers[vertex->layer];
      double          width = layer->has_group && sketch->groups[box] == NULL ? layout->boxes[box].width : layer->width;

      layout->boxes[box] = (cairo_rectangle_t){ layer->x, vertex->y - vertex->rise, width, vertex->height };
    }
  for (guint node = 0; node < layout->n_nodes; node++)
    {
      guint             box = sketch->plan->box_of[node];
      cairo_rectangle_t place;

      layout->nodes[node] = layout->boxes[box];
      if (sketch->groups[box] == NULL)
        continue;
      place = bp_group_get_node (sketch->groups[box], node);
      place.x += layout->boxes[box].x;
      place.y += bp_sketch_vertex (sketch, box)->y;
      layout->nodes[node] = place;
    }
}

/* The path of edge @edge of the graph, which is @outer of the plan or within a group, as far as it has one. */
static guint
append_path (BpGraphLayout *layout,
             GArray        *points,
             guint          edge,
             guint          outer,
             gboolean       is_gradient)
{
  BpSketch       *sketch = layout->sketch;
  const guint     from = sketch->plan->box_of[layout->edges[edge].from];
  const guint     to = sketch->plan->box_of[layout->edges[edge].to];
  const BpPoint  *track = NULL;
  double          offset = (is_gradient ? 0.5 : -0.5) * 0.66 * layout->unit * layout->edges[edge].differentiated;
  guint           first = points->len;

  if (outer != G_MAXUINT)
    {
      const BpGraphEdge *path = &layout->outer[outer];
      double             middle;
      double             right = layout->boxes[from].x + layout->boxes[from].width;

      track = is_gradient ? path->gradient_track : path->value_track;
      middle = path->gradient_track != NULL ? (path->value_track[0].y + path->gradient_track[0].y) / 2 : track[0].y;
      offset = track[0].y - middle;
      if (sketch->groups[from] != NULL)
        bp_group_append_exit (sketch->groups[from], points, layout->edges[edge].from, layout->boxes[from].x,
                              bp_sketch_vertex (sketch, from)->y, middle - bp_sketch_vertex (sketch, from)->y, offset);
      else if (track[0].x > right + 1e-9)
        {
          BpPoint line[BP_CURVE_POINTS];

          bp_curve_init (line, right, middle, track[0].x, middle, offset);
          g_array_append_vals (points, line, BP_CURVE_POINTS);
        }
      if (points->len > first)
        g_array_append_vals (points, track + 1, path->n_points - 1);
      else
        g_array_append_vals (points, track, path->n_points);
    }
  if (sketch->groups[to] != NULL)
    bp_group_append_path (sketch->groups[to], points, first, edge, layout->boxes[to].x,
                          bp_sketch_vertex (sketch, to)->y, offset);

  return points->len - first;
}

/* From the paths between boxes to those between nodes. */
static void
set_edges (BpGraphLayout *layout)
{
  BpSketch         *sketch = layout->sketch;
  g_autofree guint *starts = g_new (guint, 2 * layout->n_edges + 1);
  g_autofree guint *outer = g_new (guint, layout->n_edges + 1);
  GArray           *points = g_array_new (FALSE, FALSE, sizeof (BpPoint));

  memset (outer, 0xff, (layout->n_edges + 1) * sizeof *outer);
  for (guint i = 0; i < sketch->n_edges; i++)
    outer[sketch->plan->edges[i].edge] = i;
  for (guint i = 0; i < layout->n_edges; i++)
    {
      BpGraphEdge *edge = &layout->edges[i];
      guint        box = sketch->plan->box_of[edge->to];

      edge->label = outer[i] != G_MAXUINT ? layout->outer[outer[i]].label : (cairo_rectangle_t){ 0, 0, 0, 0 };
      if (outer[i] == G_MAXUINT && sketch->groups[box] != NULL
          && bp_group_get_label (sketch->groups[box], i, &edge->label))
        {
          edge->label.x += layout->boxes[box].x;
          edge->label.y += bp_sketch_vertex (sketch, box)->y;
        }
      starts[2 * i] = points->len;
      edge->n_points = append_path (layout, points, i, outer[i], FALSE);
      starts[2 * i + 1] = points->len;
      if (edge->differentiated && edge->n_points > 0)
        append_path (layout, points, i, outer[i], TRUE);
    }
  for (guint i = 0; i < layout->n_edges; i++)
    {
      BpGraphEdge *edge = &layout->edges[i];

      edge->value_track = edge->n_points > 0 ? &g_array_index (points, BpPoint, starts[2 * i]) : NULL;
      edge->gradient_track = edge->n_points > 0 && edge->differentiated
                             ? &g_array_index (points, BpPoint, starts[2 * i + 1]) : NULL;
    }
  g_array_unref (layout->points);
  layout->points = points;
}

static void
extend_box (double *left,
            double *top,
            double *right,
            double *bottom,
            double  x,
            double  y)
{
  *left = MIN (*left, x);
  *top = MIN (*top, y);
  *right = MAX (*right, x);
  *bottom = MAX (*bottom, y);
}

void
bp_extend_box (double                  *left,
                         double                  *top,
                         double                  *right,
                         double                  *bottom,
                         const cairo_rectangle_t *rectangle)
{
  extend_box (left, top, right, bottom, rectangle->x, rectangle->y);
  extend_box (left, top, right, bottom, rectangle->x + rectangle->width, rectangle->y + rectangle->height);
}

/* Curves are farthest out at an end or, where they turn, half way. */
static void
extend_box_by_path (double            *left,
                    double            *top,
                    double            *right,
                    double            *bottom,
                    const BpGraphEdge *edge,
                    const BpPoint     *points)
{
  for (guint i = 0; points != NULL && i + 3 < edge->n_points; i += 3)
    {
      extend_box (left, top, right, bottom, points[i].x, points[i].y);
      extend_box (left, top, right, bottom, points[i + 3].x, points[i + 3].y);
      extend_box (left, top, right, bottom,
                  (points[i].x + 3 * (points[i + 1].x + points[i + 2].x) + points[i + 3].x) / 8,
                  (points[i].y + points[i + 3].y) / 2);
    }
}

/* Moves everything so that it starts at the margin, and measures it. */
static void
trim (BpGraphLayout *layout,
      double         margin)
{
  double left = HUGE_VAL;
  double top = HUGE_VAL;
  double right = -HUGE_VAL;
  double bottom = -HUGE_VAL;

  for (guint box = 0; box < layout->sketch->n_nodes; box++)
    bp_extend_box (&left, &top, &right, &bottom, &layout->boxes[box]);
  if (layout->sketch->n_layers > 0)
    left = MIN (left, 0);
  for (guint edge = 0; edge < layout->n_edges; edge++)
    {
      extend_box_by_path (&left, &top, &right, &bottom, &layout->edges[edge], layout->edges[edge].value_track);
      extend_box_by_path (&left, &top, &right, &bottom, &layout->edges[edge], layout->edges[edge].gradient_track);
    }
  for (guint edge = 0; edge < layout->n_edges; edge++)
    if (layout->edges[edge].label.width > 0)
      bp_extend_box (&left, &top, &right, &bottom, &layout->edges[edge].label);
  if (left > right)
    left = right = top = bottom = 0;

  for (guint node = 0; node < layout->n_nodes; node++)
    {
      layout->nodes[node].x += margin - left;
      layout->nodes[node].y += margin - top;
    }
  for (guint box = 0; box < layout->sketch->n_nodes; box++)
    {
      layout->boxes[box].x += margin - left;
      layout->boxes[box].y += margin - top;
    }
  for (guint i = 0; i < layout->points->len; i++)
    {
      g_array_index (layout->points, BpPoint, i).x += margin - left;
      g_array_index (layout->points, BpPoint, i).y += margin - top;
    }
  for (guint edge = 0; edge < layout->n_edges; edge++)
    {
      layout->edges[edge].label.x += margin - left;
      layout->edges[edge].label.y += margin - top;
    }
  layout->width = right - left + 2 * margin;
  layout->height = bottom - top + 2 * margin;
}

void
bp_graph_layout_assemble (BpGraphLayout *layout,
                          double         margin)
{
  set_nodes (layout);
  set_edges (layout);
  trim (layout, margin);
}
