/* bp-graph-draw-node.c: a node: its shape says what it is, its rows name, value and gradient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <math.h>

#include "base/bp-number.h"

#define NODE_RADIUS 0.8
#define WARNING_SIZE 1.2

static void
trace_box (cairo_t                 *cr,
           const cairo_rectangle_t *box,
           double                   inset,
           double                   radius)
{
  double left = box->x + inset;
  double top = box->y + inset;
  double right = box->x + box->width - inset;
  double bottom = box->y + box->height - inset;

  radius = MAX (0, radius - inset);
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, top + radius, radius, -M_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, M_PI_2);
  cairo_arc (cr, left + radius, bottom - radius, radius, M_PI_2, M_PI);
  cairo_arc (cr, left + radius, top + radius, radius, M_PI, 1.5 * M_PI);
  cairo_close_path (cr);
}

static double
get_border_width (const BpPainter   *painter,
                  const BpNodeState *state)
{
  double width = state->kind == BP_NODE_VARIABLE ? 2.2 : 1.1;

  if (state->mark != BP_MARK_NONE)
    width = 4;

  return width * painter->stroke;
}

static BpColor
get_fill (const BpNodeState *state)
{
  switch (state->kind)
    {
    case BP_NODE_DATA:
      return BP_COLOR_DATA;
    case BP_NODE_VARIABLE:
      return BP_COLOR_PARAMETER_FILL;
    case BP_NODE_OP:
    case BP_NODE_LOSS:
    default:
      return BP_COLOR_NODE;
    }
}

static BpColor
get_border (const BpNodeState *state)
{
  if (state->mark != BP_MARK_NONE)
    return bp_mark_get_color (state->mark);

  return state->kind == BP_NODE_VARIABLE ? BP_COLOR_PARAMETER : BP_COLOR_DIM;
}

static void
show_box (BpPainter               *painter,
          const BpNodeState       *state,
          const cairo_rectangle_t *box)
{
  double width = get_border_width (painter, state);
  double radius = state->kind == BP_NODE_DATA ? 0 : NODE_RADIUS * painter->unit;
  double dashes[] = { 2.5 * painter->stroke, 2 * painter->stroke };

  cairo_save (painter->cr);
  trace_box (painter->cr, box, 0, radius);
  bp_palette_set_source (painter->palette, get_fill (state), painter->cr);
  cairo_fill (painter->cr);

  if (state->aside && state->mark == BP_MARK_NONE)
    cairo_set_dash (painter->cr, dashes, G_N_ELEMENTS (dashes), 0);
  trace_box (painter->cr, box, width / 2, radius);
  bp_palette_set_source (painter->palette, get_border (state), painter->cr);
  cairo_set_line_width (painter->cr, width);
  cairo_stroke (painter->cr);

  if (state->kind == BP_NODE_LOSS)
    {
      trace_box (painter->cr, box, width + 2.5 * painter->stroke, radius);
      cairo_set_line_width (painter->cr, 1.1 * painter->stroke);
      cairo_stroke (painter->cr);
    }
  cairo_restore (painter->cr);
}

void
bp_graph_draw_ring (cairo_t        *cr,
                    BpGraphDrawing *drawing,
                    guint           node,
                    double          gap,
                    double          width)
{
  const BpNodeState       *state = bp_graph_drawing_get_node (drawing, node);
  const cairo_rectangle_t *box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (drawing), node);
  double                   radius = state->kind == BP_NODE_DATA ? 0 : NODE_RADIUS * drawing->unit;

  cairo_save (cr);
  trace_box (cr, box, -gap - width / 2, radius);
  bp_palette_set_source (drawing->palette, BP_COLOR_TEXT, cr);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* The arc of an update: from the gradient at the left of the variable back into its value. */
static void
show_update (BpPainter               *painter,
             const BpNodeState       *state,
             const cairo_rectangle_t *box,
             double                   value_y,
             double                   gradient_y)
{
  gboolean active = state->mark == BP_MARK_UPDATE;
  double   size = active ? 2 : 1;
  double   length = bp_painter_get_arrow_length (painter, size);
  double   reach = 1.5 * bp_graph_layout_get_loop_width (painter->drawing->layout) - length;

  bp_palette_set_source (painter->palette, BP_COLOR_PARAMETER, painter->cr);
  cairo_set_line_width (painter->cr, (active ? 3.4 : 1.7) * painter->stroke);
  cairo_move_to (painter->cr, box->x, gradient_y);
  cairo_curve_to (painter->cr, box->x - reach, gradient_y, box->x - reach, value_y, box->x - length, value_y);
  cairo_stroke (painter->cr);
  bp_painter_show_arrow (painter, box->x, value_y, 1, size);
}

/* A triangle with an exclamation mark, half of it above the box's upper right corner, where no edge arrives. */
static void
show_warning (BpPainter               *painter,
              const cairo_rectangle_t *box)
{
  double size = WARNING_SIZE * painter->unit;
  double x = box->x + box->width - 0.3 * size;
  double bottom = box->y + 0.3 * size;

  cairo_save (painter->cr);
  cairo_set_line_join (painter->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (painter->cr, 0.16 * size);
  cairo_move_to (painter->cr, x, bottom - size);
  cairo_line_to (painter->cr, x + 0.58 * size, bottom);
  cairo_line_to (painter->cr, x - 0.58 * size, bottom);
  cairo_close_path (painter->cr);
  bp_palette_set_source (painter->palette, BP_COLOR_TEXT, painter->cr);
  cairo_fill_preserve (painter->cr);
  cairo_stroke (painter->cr);

  cairo_set_line_cap (painter->cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (painter->cr, x, bottom - 0.66 * size);
  cairo_line_to (painter->cr, x, bottom - 0.34 * size);
  cairo_move_to (painter->cr, x, bottom - 0.1 * size);
  cairo_line_to (painter->cr, x, bottom - 0.1 * size);
  bp_palette_set_source (painter->palette, BP_COLOR_NODE, painter->cr);
  cairo_stroke (painter->cr);
  cairo_restore (painter->cr);
}

/* A number that is not there yet is not worth its hue, and one that no longer holds has lost it. */
BpColor
bp_node_state_get_value_color (const BpNodeState *state)
{
  return state->is_value_old || g_str_equal (state->value, BP_NUMBER_NONE) ? BP_COLOR_DIM : BP_COLOR_VALUE;
}

BpColor
bp_node_state_get_gradient_color (const BpNodeState *state)
{
  return state->is_gradient_old || g_str_equal (state->gradient, BP_NUMBER_NONE) ? BP_COLOR_DIM : BP_COLOR_GRADIENT;
}

static void
show_gradient_row (BpPainter         *painter,
                   const BpNodeState *state,
                   double             left,
                   double             right,
                   double             baseline)
{
  BpTextStyle style = state->is_tensor ? BP_TEXT_RANGE : BP_TEXT_GRADIENT;
  BpColor     color = bp_node_state_get_gradient_color (state);

  if (state->sum != NULL)
    {
      double width = bp_painter_show_text (painter, BP_TEXT_SUM, color, state->sum, right, baseline, right - left, 1);

      right -= width + 0.4 * painter->unit;
    }
  left += bp_painter_show_text (painter, BP_TEXT_GRADIENT, color, "∂", left, baseline, right - left, 0);
  left += 0.35 * painter->unit;
  bp_painter_show_text (painter, style, color, state->gradient, left, baseline, right - left, 0);
}

/* The lines of text from @top on, between @left and @right. */
typedef struct {
  double left;
  double right;
  double top;
} Rows;

/* The symbol that stands for the node in formulas, in a frame behind its name. */
static void
show_tag (BpPainter  *painter,
          const char *tag,
          double      x,
          double      baseline,
          double      width)
{
  cairo_rectangle_t box = { x, baseline - 0.93 * painter->unit, width, 1.22 * painter->unit };

  trace_box (painter->cr, &box, 0, 0.25 * painter->unit);
  bp_palette_set_source (painter->palette, BP_COLOR_DIM, painter->cr);
  cairo_set_line_width (painter->cr, painter->stroke);
  cairo_stroke (painter->cr);
  bp_painter_show_text (painter, BP_TEXT_TAG, BP_COLOR_TEXT, tag, x + width / 2, baseline, width, 0.5);
}

static void
show_name (BpPainter         *painter,
           const BpNodeState *state,
           const Rows        *rows)
{
  double baseline = rows->top + 0.98 * painter->unit;
  double tag = bp_graph_drawing_measure_tag (painter->drawing, state);
  double room = rows->right - rows->left - (tag > 0 ? tag + BP_TAG_GAP * painter->unit : 0);
  double width = bp_painter_show_text (painter, BP_TEXT_SHAPE, BP_COLOR_DIM,
                                       bp_graph_drawing_get_shape (painter->drawing, state), rows->right, baseline,
                                       5 * painter->unit, 1);

  if (width > 0)
    room -= width + 0.5 * painter->unit;
  width = bp_painter_show_text (painter, BP_TEXT_NAME, BP_COLOR_TEXT, state->name, rows->left, baseline, room, 0);
  if (tag > 0 && width > 0)
    show_tag (painter, state->tag, rows->left + width + BP_TAG_GAP * painter->unit, baseline, tag);
}

/* "9.8 → 9.743": what it was, smaller and grey, and what the update made of it. */
static void
show_change (BpPainter         *painter,
             const BpNodeState *state,
             const Rows        *rows,
             double             baseline)
{
  const double gap = 0.3 * painter->unit;
  const double length = 1.4 * painter->unit;
  const double middle = baseline - 0.42 * painter->unit;
  const double room = rows->right - rows->left - length - 2 * gap;
  const double old = bp_graph_drawing_measure (painter->drawing, BP_TEXT_SUM, state->old_value);
  const double new = bp_graph_drawing_measure (painter->drawing, BP_TEXT_VALUE, state->value);
  const double scale = MIN (1, room / (old + new));
  double       x = rows->left;

  x += bp_painter_show_text (painter, BP_TEXT_SUM, BP_COLOR_DIM, state->old_value, x, baseline, scale * old, 0) + gap;
  bp_palette_set_source (painter->palette, BP_COLOR_PARAMETER, painter->cr);
  cairo_set_line_width (painter->cr, 1.7 * painter->stroke);
  cairo_move_to (painter->cr, x, middle);
  cairo_line_to (painter->cr, x + length - bp_painter_get_arrow_length (painter, 1), middle);
  cairo_stroke (painter->cr);
  x += length;
  bp_painter_show_arrow (painter, x, middle, 1, 1);
  x += gap;
  bp_painter_show_text (painter, BP_TEXT_VALUE, bp_node_state_get_value_color (state), state->value, x, baseline,
                        rows->right - x, 0);
}

static void
show_numbers (BpPainter         *painter,
              const BpNodeState *state,
              const Rows        *rows)
{
  double      unit = painter->unit;
  double      value = rows->top + (BP_ROW_NAME + 1.32) * unit;
  BpTextStyle style = state->is_tensor ? BP_TEXT_RANGE : BP_TEXT_VALUE;
  double      width;

  width = bp_painter_show_text (painter, state->kind == BP_NODE_DATA ? BP_TEXT_SHAPE : BP_TEXT_SYMBOL, BP_COLOR_DIM,
                                bp_graph_drawing_get_symbol (painter->drawing, state), rows->right, value,
                                BP_SYMBOL_MAX * unit, 1);
  if (state->old_value != NULL)
    show_change (painter, state, rows, value);
  else
    bp_painter_show_text (painter, style, bp_node_state_get_value_color (state), state->value, rows->left, value,
                          rows->right - rows->left - (width > 0 ? width + BP_SYMBOL_GAP * unit : 0), 0);
  if (state->has_gradient)
    show_gradient_row (painter, state, rows->left, rows->right,
                       rows->top + (BP_ROW_NAME + BP_ROW_VALUE + 1.08) * unit);
}

static void
show_body (BpPainter               *painter,
           const BpNodeState       *state,
           const cairo_rectangle_t *box,
           const Rows              *rows)
{
  show_box (painter, state, box);
  if (state->is_updated)
    show_update (painter, state, box, rows->top + (BP_ROW_NAME + BP_ROW_VALUE / 2) * painter->unit,
                 rows->top + (BP_ROW_NAME + BP_ROW_VALUE + BP_ROW_GRADIENT / 2) * painter->unit);
  show_name (painter, state, rows);
  if (state->warning != NULL)
    show_warning (painter, box);
}

void
bp_painter_show_node (BpPainter  *painter,
                      guint       node,
                      BpNodeParts parts)
{
  const BpNodeState       *state = bp_graph_drawing_get_node (painter->drawing, node);
  const cairo_rectangle_t *box = bp_graph_layout_get_node (painter->drawing->layout, node);
  double                   padding = bp_graph_drawing_get_padding (painter->drawing, state->kind);
  double                   n_rows = BP_ROW_NAME + BP_ROW_VALUE + (state->has_gradient ? BP_ROW_GRADIENT : 0);
  Rows                     rows = { box->x + padding, box->x + box->width - padding,
                                    box->y + (box->height - n_rows * painter->unit) / 2 };

  if (parts & BP_NODE_PART_BODY)
    show_body (painter, state, box, &rows);
  if (parts & BP_NODE_PART_NUMBERS)
    show_numbers (painter, state, &rows);
}
