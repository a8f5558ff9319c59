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

/* Strokes a path that gives way to an arrow at its right (@direction 1) or left end. */
static void
show_track (BpPainter     *painter,
            const BpPoint *points,
            guint          n_points,
            int            direction,
            double         size)
{
  double  length = bp_painter_get_arrow_length (painter, size);
  BpPoint tip = direction > 0 ? points[n_points - 1] : points[0];

  cairo_move_to (painter->cr, points[0].x + (direction < 0 ? length : 0), points[0].y);
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
      cairo_curve_to (painter->cr, first, points[i].y, second, points[i + 1].y, end, points[i + 2].y);
    }
  cairo_stroke (painter->cr);
  bp_painter_show_arrow (painter, tip.x, tip.y, direction, size);
}

static void
show_value_track (BpPainter         *painter,
                  const BpGraphEdge *edge,
                  const BpEdgeState *state)
{
  gboolean active = state->mark == BP_MARK_VALUE;
  double   width = active ? WIDTH_ACTIVE : state->has_value ? WIDTH_PASSED : WIDTH_AHEAD;

  bp_palette_set_source (painter->palette, state->has_value && !state->is_value_old ? BP_COLOR_VALUE : BP_COLOR_DIM,
                         painter->cr);
  cairo_set_line_width (painter->cr, width * painter->stroke);
  cairo_set_dash (painter->cr, NULL, 0, 0);
  show_track (painter, edge->value_track, edge->n_points, 1, active ? 2 : 1);
}

static BpColor
get_gradient_color (const BpEdgeState *state)
{
  return state->is_gradient_old ? BP_COLOR_DIM : BP_COLOR_GRADIENT;
}

static void
show_gradient_track (BpPainter         *painter,
                     const BpGraphEdge *edge,
                     const BpEdgeState *state)
{
  gboolean active = state->mark == BP_MARK_GRADIENT;
  double   stroke = painter->stroke * (active ? 1.5 : 1);
  double   dashes[] = { 5 * stroke, 3.2 * stroke };

  bp_palette_set_source (painter->palette, get_gradient_color (state), painter->cr);
  cairo_set_line_width (painter->cr, (active ? WIDTH_ACTIVE : WIDTH_PASSED) * painter->stroke);
  cairo_set_dash (painter->cr, dashes, G_N_ELEMENTS (dashes), 0);
  show_track (painter, edge->gradient_track, edge->n_points, -1, active ? 2 : 1);
  cairo_set_dash (painter->cr, NULL, 0, 0);
}

static gboolean
is_visible (BpPainter *painter,
            guint      edge)
{
  cairo_rectangle_t box;
  double            left;
  double            top;
  double            right;
  double            bottom;

  bp_graph_drawing_get_edge_bounds (painter->drawing, edge, &box);
  cairo_clip_extents (painter->cr, &left, &top, &right, &bottom);

  return box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top;
}

static void
show_label (BpPainter         *painter,
            const BpGraphEdge *edge,
            const BpEdgeState *state)
{
  const cairo_rectangle_t *box = &edge->label;
  gboolean                 has_number = bp_graph_drawing_has_numbers (painter->drawing, state);
  const char              *rows[2] = { state->symbols, has_number ? state->numbers : NULL };

  if (box->width <= 0)
    return;

  if (rows[1] == NULL && box->height > 1.5 * BP_ROW_LABEL * painter->unit
      && bp_graph_drawing_measure (painter->drawing, BP_TEXT_LABEL, state->symbols) > box->width + 1)
    {
      rows[0] = state->left;
      rows[1] = state->right;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    bp_painter_show_text (painter, BP_TEXT_LABEL, get_gradient_color (state), rows[i], box->x + box->width / 2,
                          box->y + (0.95 + i * BP_ROW_LABEL) * painter->unit, box->width, 0.5);
}

/* A caption above the evaluation branch, with a line over its width, says that it stands apart. */
static void
show_aside (BpPainter               *painter,
            const cairo_rectangle_t *aside)
{
  double y = aside->y - 0.4 * painter->unit;
  double width = bp_painter_show_text (painter, BP_TEXT_CAPTION, BP_COLOR_DIM, _("evaluation, not trained"), aside->x,
                                       y, aside->width, 0);

  bp_palette_set_source (painter->palette, BP_COLOR_DIM, painter->cr);
  cairo_move_to (painter->cr, aside->x + width + 0.5 * painter->unit, y - 0.3 * painter->unit);
  cairo_line_to (painter->cr, aside->x + MAX (aside->width, width + painter->unit), y - 0.3 * painter->unit);
  cairo_stroke (painter->cr);
}

void
bp_painter_show_aside (BpPainter *painter)
{
  double            dashes[] = { 1.5 * painter->stroke, 3 * painter->stroke };
  cairo_rectangle_t aside;

  cairo_save (painter->cr);
  cairo_set_line_width (painter->cr, painter->stroke);
  cairo_set_dash (painter->cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (guint row = 0; row < bp_graph_layout_get_n_rows (painter->drawing->layout); row++)
    if (bp_graph_layout_get_aside (painter->drawing->layout, row, &aside))
      show_aside (painter, &aside);
  cairo_restore (painter->cr);
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

void
bp_painter_show_edges (BpPainter *painter,
                       guint      level,
                       guint      first,
                       guint      end)
{
  cairo_save (painter->cr);
  for (guint i = first; i < end; i++)
    {
      const BpGraphEdge *edge = bp_graph_layout_get_edge (painter->drawing->layout, i);
      const BpEdgeState *state = bp_graph_drawing_get_edge (painter->drawing, i);

      if (bp_graph_drawing_get_edge_level (painter->drawing, i) != level || !is_visible (painter, i))
        continue;
      show_value_track (painter, edge, state);
      if (state->has_gradient && edge->gradient_track != NULL)
        {
          show_gradient_track (painter, edge, state);
          show_label (painter, edge, state);
        }
    }
  cairo_restore (painter->cr);
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

  *bounds = (cairo_rectangle_t) { line->value_track[0].x, line->value_track[0].y, 0, 0 };
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
