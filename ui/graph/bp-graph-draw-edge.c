/* bp-graph-draw-edge.c: edges: the value solid and to the right, above; the gradient dashed and to the left, below
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How wide lines are. */
#define WIDTH_AHEAD 1.1
#define WIDTH_PASSED 1.7
#define WIDTH_ACTIVE 3.4

/* The same straight down (@direction 1) or up: between a parameter and the op below it. */
static void
show_upright_track (BpGraphPen    *pen,
                    const BpPoint *points,
                    guint          n_points,
                    int            direction,
                    double         size)
{
  double length = bp_graph_pen_get_arrow_length (pen, size);
  double half = 0.45 * length;
  double x = points[0].x;
  double tip = direction > 0 ? points[n_points - 1].y : points[0].y;

  bp_painter_move_to (pen->painter, x, direction > 0 ? points[0].y : points[n_points - 1].y);
  bp_painter_line_to (pen->painter, x, tip - direction * length);
  bp_painter_stroke (pen->painter);
  bp_painter_move_to (pen->painter, x, tip);
  bp_painter_line_to (pen->painter, x - half, tip - direction * length);
  bp_painter_line_to (pen->painter, x + half, tip - direction * length);
  bp_painter_close (pen->painter);
  bp_painter_fill (pen->painter);
}

/* Strokes a path that gives way to an arrow at its right (@direction 1) or left end. */
static void
show_track (BpGraphPen    *pen,
            const BpPoint *points,
            guint          n_points,
            int            direction,
            double         size)
{
  double  length = bp_graph_pen_get_arrow_length (pen, size);
  BpPoint tip = direction > 0 ? points[n_points - 1] : points[0];

  if (points[0].x == points[n_points - 1].x)
    {
      show_upright_track (pen, points, n_points, direction, size);
      return;
    }
  bp_painter_move_to (pen->painter, points[0].x + (direction < 0 ? length : 0), points[0].y);
  for (guint i = 1; i + 2 < n_points; i += 3)
    {
      gboolean is_first = i == 1;
      gboolean is_last = i + 3 == n_points;
      double   end = points[i + 2].x - (is_last && direction > 0 ? length : 0);
      double   first = points[i].x;
      double   second = points[i + 1].x;

      if (is_first && direction < 0)
        first = MAX (first, points[0].x + length);
      if (is_last && direction > 0)
        second = MIN (second, end);
      bp_painter_curve_to (pen->painter, first, points[i].y, second, points[i + 1].y, end, points[i + 2].y);
    }
  bp_painter_stroke (pen->painter);
  bp_graph_pen_show_arrow (pen, tip.x, tip.y, direction, size);
}

static void
show_value_track (BpGraphPen        *pen,
                  const BpGraphEdge *edge,
                  const BpEdgeState *state)
{
  gboolean active = state->mark == BP_MARK_VALUE;
  double   width = active ? WIDTH_ACTIVE : state->has_value ? WIDTH_PASSED : WIDTH_AHEAD;

  bp_painter_set_color (pen->painter, state->has_value && !state->is_value_old ? BP_COLOR_VALUE : BP_COLOR_DIM);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = width * pen->stroke });
  show_track (pen, edge->value_track, edge->n_points, 1, active ? 2 : 1);
}

static BpColor
get_gradient_color (const BpEdgeState *state)
{
  return state->is_gradient_old ? BP_COLOR_DIM : BP_COLOR_GRADIENT;
}

static void
show_gradient_track (BpGraphPen        *pen,
                     const BpGraphEdge *edge,
                     const BpEdgeState *state)
{
  gboolean active = state->mark == BP_MARK_GRADIENT;
  double   stroke = pen->stroke * (active ? 1.5 : 1);
  BpLine   line = {
    .width = (active ? WIDTH_ACTIVE : WIDTH_PASSED) * pen->stroke,
    .dashes = { 5 * stroke, 3.2 * stroke },
    .n_dashes = 2,
  };

  bp_painter_set_color (pen->painter, get_gradient_color (state));
  bp_painter_set_line (pen->painter, &line);
  show_track (pen, edge->gradient_track, edge->n_points, -1, active ? 2 : 1);
}

static gboolean
is_visible (BpGraphPen *pen,
            guint       edge)
{
  cairo_rectangle_t box;

  bp_graph_drawing_get_edge_bounds (pen->drawing, edge, &box);

  return bp_painter_is_visible (pen->painter, &box);
}

static void
show_label (BpGraphPen        *pen,
            const BpGraphEdge *edge,
            const BpEdgeState *state)
{
  const cairo_rectangle_t *box = &edge->label;
  gboolean                 has_number = bp_graph_drawing_has_numbers (pen->drawing, state);
  const char              *rows[2] = { state->symbols, has_number ? state->numbers : NULL };

  if (box->width <= 0)
    return;

  if (rows[1] == NULL && box->height > 1.5 * BP_ROW_LABEL * pen->unit
      && bp_graph_drawing_measure (pen->drawing, BP_TEXT_LABEL, state->symbols) > box->width + 1)
    {
      rows[0] = state->left;
      rows[1] = state->right;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    bp_graph_pen_show_text (pen, BP_TEXT_LABEL, get_gradient_color (state), rows[i], box->x + box->width / 2,
                            box->y + (0.95 + i * BP_ROW_LABEL) * pen->unit, box->width, 0.5);
}

/* A caption above the evaluation branch, with a line over its width, says that it stands apart. */
static void
show_aside (BpGraphPen              *pen,
            const cairo_rectangle_t *aside)
{
  double y = aside->y - 0.4 * pen->unit;
  double width = bp_graph_pen_show_text (pen, BP_TEXT_CAPTION, BP_COLOR_DIM, _("evaluation, not trained"), aside->x,
                                         y, aside->width, 0);

  bp_painter_set_color (pen->painter, BP_COLOR_DIM);
  bp_painter_move_to (pen->painter, aside->x + width + 0.5 * pen->unit, y - 0.3 * pen->unit);
  bp_painter_line_to (pen->painter, aside->x + MAX (aside->width, width + pen->unit), y - 0.3 * pen->unit);
  bp_painter_stroke (pen->painter);
}

/* The frame of an open layer, with its name and what it is. */
static void
show_group (BpGraphPen              *pen,
            const BpDenseLayer      *layer,
            const cairo_rectangle_t *group,
            double                   heading)
{
  g_autofree char *description = bp_dense_layer_describe (layer, pen->drawing->graph);
  g_autofree char *id = g_strconcat ("layer-", layer->name, NULL);
  double           baseline = group->y + 0.68 * heading;
  double           right = group->x + group->width - (BP_FOLD_BUTTON + 0.8) * pen->unit;
  double           x = group->x + 0.8 * pen->unit;

  bp_painter_begin_group (pen->painter, id, layer->name);
  bp_painter_rectangle (pen->painter, group, 0.8 * pen->unit);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = 1.1 * pen->stroke });
  bp_painter_fill_and_stroke (pen->painter, BP_COLOR_DATA, BP_COLOR_DIM);
  x += bp_graph_pen_show_text (pen, BP_TEXT_NAME, BP_COLOR_TEXT, layer->name, x, baseline, right - x, 0) + pen->unit;
  bp_graph_pen_show_text (pen, BP_TEXT_SHAPE, BP_COLOR_DIM, description, x, baseline, right - x, 0);
  bp_painter_end_group (pen->painter);
}

static void
show_groups (BpGraphPen *pen)
{
  cairo_rectangle_t group;
  double            heading;

  for (guint l = 0; l < pen->drawing->layers->len; l++)
    if (bp_graph_layout_get_group (pen->drawing->layout, l, &group, &heading))
      show_group (pen, bp_layers_get (pen->drawing->layers, l), &group, heading);
}

void
bp_graph_pen_show_aside (BpGraphPen *pen)
{
  BpLine            line = { .width = pen->stroke, .dashes = { 1.5 * pen->stroke, 3 * pen->stroke }, .n_dashes = 2 };
  cairo_rectangle_t aside;

  show_groups (pen);
  bp_painter_set_line (pen->painter, &line);
  for (guint row = 0; row < bp_graph_layout_get_n_rows (pen->drawing->layout); row++)
    if (bp_graph_layout_get_aside (pen->drawing->layout, row, &aside))
      show_aside (pen, &aside);
}

guint
bp_graph_drawing_get_edge_level (const BpGraphDrawing *drawing,
                                 guint                 edge)
{
  const BpEdgeState *state = bp_graph_drawing_get_edge (drawing, edge);

  if (state->mark != BP_MARK_NONE)
    return 2;

  return state->has_value ? 1 : 0;
}

static void
begin_edge (BpGraphPen        *pen,
            const BpGraphEdge *edge,
            const BpEdgeState *state)
{
  g_autofree char *id = g_strdup_printf ("edge-%s-%s", bp_graph_drawing_get_node (pen->drawing, edge->from)->name,
                                         bp_graph_drawing_get_node (pen->drawing, edge->to)->name);

  bp_painter_begin_group (pen->painter, id, state->symbols);
}

void
bp_graph_pen_show_edges (BpGraphPen *pen,
                         guint       level,
                         guint       first,
                         guint       end)
{
  for (guint i = first; i < end; i++)
    {
      const BpGraphEdge *edge = bp_graph_layout_get_edge (pen->drawing->layout, i);
      const BpEdgeState *state = bp_graph_drawing_get_edge (pen->drawing, i);

      if (edge->n_points == 0 || bp_graph_drawing_get_edge_level (pen->drawing, i) != level || !is_visible (pen, i))
        continue;
      begin_edge (pen, edge, state);
      show_value_track (pen, edge, state);
      if (state->has_gradient && edge->gradient_track != NULL)
        {
          show_gradient_track (pen, edge, state);
          show_label (pen, edge, state);
        }
      bp_painter_end_group (pen->painter);
    }
}

static void
include_track (cairo_rectangle_t *box,
               const BpPoint     *points,
               guint              n_points)
{
  for (guint i = 0; points != NULL && i < n_points; i++)
    {
      double right = MAX (box->x + box->width, points[i].x);
      double bottom = MAX (box->y + box->height, points[i].y);

      box->x = MIN (box->x, points[i].x);
      box->y = MIN (box->y, points[i].y);
      box->width = right - box->x;
      box->height = bottom - box->y;
    }
}

/* A curve lies within the hull of its controls. */
void
bp_graph_drawing_get_edge_bounds (BpGraphDrawing    *drawing,
                                  guint              edge,
                                  cairo_rectangle_t *bounds)
{
  const BpGraphEdge *line = bp_graph_layout_get_edge (bp_graph_drawing_get_layout (drawing), edge);
  double margin = drawing->unit * MAX (1, drawing->stroke_scale / 1.5);

  *bounds = (cairo_rectangle_t) { 0, 0, 0, 0 };
  if (line->n_points == 0)
    return;
  bounds->x = line->value_track[0].x;
  bounds->y = line->value_track[0].y;
  include_track (bounds, line->value_track, line->n_points);
  include_track (bounds, line->gradient_track, line->n_points);
  if (line->label.width > 0)
    {
      const BpPoint corners[] = {
        { line->label.x, line->label.y },
        { line->label.x + line->label.width, line->label.y + line->label.height },
      };

      include_track (bounds, corners, G_N_ELEMENTS (corners));
    }
  bounds->x -= margin;
  bounds->y -= margin;
  bounds->width += 2 * margin;
  bounds->height += 2 * margin;
}
