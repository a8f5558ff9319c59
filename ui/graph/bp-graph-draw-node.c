/* bp-graph-draw-node.c: a node: its shape says what it is, its rows name, value and gradient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

#define NODE_RADIUS 0.8
/* The arrow from an old number to a new one is at least so long. */
#define LEAST_ARROW 0.9

#define WARNING_SIZE 1.2
#define PLATE 0.18
/* A thicker one would touch the text. */
#define GREATEST_BORDER 0.4
#define SHAPE_MAX 6

static void
trace_box (BpPainter               *painter,
           const cairo_rectangle_t *box,
           double                   inset,
           double                   radius)
{
  cairo_rectangle_t inner = { box->x + inset, box->y + inset, box->width - 2 * inset, box->height - 2 * inset };

  bp_painter_rectangle (painter, &inner, MAX (0, radius - inset));
}

static double
get_border_width (const BpGraphPen  *pen,
                  const BpNodeState *state)
{
  double width = state->kind == BP_NODE_VARIABLE ? 2.2 : 1.1;

  /* The two lines of the loss are together as wide as one of another node, or they would cross its name. */
  if (state->mark != BP_MARK_NONE)
    width = state->kind == BP_NODE_LOSS ? 2.2 : 4;

  return MIN (width * pen->stroke, GREATEST_BORDER * pen->unit);
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
    case BP_NODE_LAYER:
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

/* What is behind a folded layer, above it, where no edge arrives. */
static void
show_plates (BpGraphPen              *pen,
             const cairo_rectangle_t *box)
{
  bp_painter_set_line (pen->painter, &(BpLine) { .width = pen->stroke });
  for (guint i = 2; i > 0; i--)
    {
      const double      step = i * PLATE * pen->unit;
      cairo_rectangle_t plate = { box->x + step, box->y - step, box->width - 2 * step, box->height / 2 };

      bp_painter_rectangle (pen->painter, &plate, NODE_RADIUS * pen->unit);
      bp_painter_fill_and_stroke (pen->painter, BP_COLOR_NODE, BP_COLOR_DIM);
    }
}

static void
show_box (BpGraphPen              *pen,
          const BpNodeState       *state,
          const cairo_rectangle_t *box)
{
  double width = get_border_width (pen, state);
  double radius = state->kind == BP_NODE_DATA ? 0 : NODE_RADIUS * pen->unit;
  BpLine line = { .width = width, .dashes = { 2.5 * pen->stroke, 2 * pen->stroke } };

  if (state->kind == BP_NODE_LAYER)
    show_plates (pen, box);
  trace_box (pen->painter, box, 0, radius);
  bp_painter_set_color (pen->painter, get_fill (state));
  bp_painter_fill (pen->painter);

  line.n_dashes = state->aside && state->mark == BP_MARK_NONE ? 2 : 0;
  trace_box (pen->painter, box, width / 2, radius);
  bp_painter_set_color (pen->painter, get_border (state));
  bp_painter_set_line (pen->painter, &line);
  bp_painter_stroke (pen->painter);

  if (state->kind == BP_NODE_LOSS)
    {
      line.width = pen->stroke;
      trace_box (pen->painter, box, MAX (width + 1.3 * pen->stroke, 3.2 * pen->stroke), radius);
      bp_painter_set_line (pen->painter, &line);
      bp_painter_stroke (pen->painter);
    }
}

void
bp_graph_draw_ring (BpPainter      *painter,
                    BpGraphDrawing *drawing,
                    guint           node,
                    double          gap,
                    double          width)
{
  const BpNodeState       *state = bp_graph_drawing_get_node (drawing, node);
  const cairo_rectangle_t *box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (drawing), node);
  double                   radius = state->kind == BP_NODE_DATA ? 0 : NODE_RADIUS * drawing->unit;

  trace_box (painter, box, -gap - width / 2, radius);
  bp_painter_set_color (painter, BP_COLOR_TEXT);
  bp_painter_set_line (painter, &(BpLine) { .width = width });
  bp_painter_stroke (painter);
}

/* The arc of an update: from the gradient at the left of the variable back into its value. */
static void
show_update (BpGraphPen              *pen,
             const BpNodeState       *state,
             const cairo_rectangle_t *box,
             double                   value_y,
             double                   gradient_y)
{
  gboolean active = state->mark == BP_MARK_UPDATE;
  double   size = active ? 2 : 1;
  double   length = bp_graph_pen_get_arrow_length (pen, size);
  double   reach = 1.5 * bp_graph_layout_get_loop_width (pen->drawing->layout) - length;

  bp_painter_set_color (pen->painter, BP_COLOR_PARAMETER);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = (active ? 3.4 : 1.7) * pen->stroke });
  bp_painter_move_to (pen->painter, box->x, gradient_y);
  bp_painter_curve_to (pen->painter, box->x - reach, gradient_y, box->x - reach, value_y, box->x - length, value_y);
  bp_painter_stroke (pen->painter);
  bp_graph_pen_show_arrow (pen, box->x, value_y, 1, size);
}

/* A triangle with an exclamation mark, half of it above the box's upper right corner, where no edge arrives. */
static void
show_warning (BpGraphPen              *pen,
              const cairo_rectangle_t *box)
{
  double size = WARNING_SIZE * pen->unit;
  double x = box->x + box->width - 0.3 * size;
  double bottom = box->y + 0.3 * size;

  bp_painter_set_line (pen->painter, &(BpLine) { .width = 0.16 * size, .has_round_caps = TRUE,
                                                 .has_round_joins = TRUE });
  bp_painter_move_to (pen->painter, x, bottom - size);
  bp_painter_line_to (pen->painter, x + 0.58 * size, bottom);
  bp_painter_line_to (pen->painter, x - 0.58 * size, bottom);
  bp_painter_close (pen->painter);
  bp_painter_fill_and_stroke (pen->painter, BP_COLOR_TEXT, BP_COLOR_TEXT);

  bp_painter_move_to (pen->painter, x, bottom - 0.66 * size);
  bp_painter_line_to (pen->painter, x, bottom - 0.34 * size);
  bp_painter_move_to (pen->painter, x, bottom - 0.1 * size);
  bp_painter_line_to (pen->painter, x, bottom - 0.1 * size);
  bp_painter_set_color (pen->painter, BP_COLOR_NODE);
  bp_painter_stroke (pen->painter);
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
show_gradient_row (BpGraphPen        *pen,
                   const BpNodeState *state,
                   double             left,
                   double             right,
                   double             baseline)
{
  BpTextStyle style = state->is_tensor ? BP_TEXT_GRADIENT_RANGE : BP_TEXT_GRADIENT;
  BpColor     color = bp_node_state_get_gradient_color (state);

  if (state->sum != NULL && state->change == NULL)
    {
      double width = bp_graph_pen_show_text (pen, BP_TEXT_SUM, color, state->sum, right, baseline, right - left, 1);

      right -= width + 0.4 * pen->unit;
    }
  left += bp_graph_pen_show_text (pen, BP_TEXT_GRADIENT, color, "∂", left, baseline, right - left, 0);
  left += 0.35 * pen->unit;
  bp_graph_pen_show_numbers (pen, style, color, state->gradient, &state->gradient_numbers, left, baseline,
                             right - left);
}

/* The lines of text from @top on, between @left and @right. */
typedef struct {
  double left;
  double right;
  double top;
} Rows;

/* The symbol that stands for the node in formulas, in a frame behind its name. */
static void
show_tag (BpGraphPen *pen,
          const char *tag,
          double      x,
          double      baseline,
          double      width)
{
  cairo_rectangle_t box = { x, baseline - 0.93 * pen->unit, width, 1.22 * pen->unit };

  trace_box (pen->painter, &box, 0, 0.25 * pen->unit);
  bp_painter_set_color (pen->painter, BP_COLOR_DIM);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = pen->stroke });
  bp_painter_stroke (pen->painter);
  bp_graph_pen_show_text (pen, BP_TEXT_TAG, BP_COLOR_TEXT, tag, x + width / 2, baseline, width, 0.5);
}

static void
show_name (BpGraphPen        *pen,
           const BpNodeState *state,
           const Rows        *rows)
{
  double baseline = rows->top + 0.98 * pen->unit;
  double tag = bp_graph_drawing_measure_tag (pen->drawing, state);
  double room = rows->right - rows->left - (tag > 0 ? tag + BP_TAG_GAP * pen->unit : 0);
  double width = BP_FOLD_BUTTON * pen->unit;

  if (state->kind != BP_NODE_LAYER)
    width = bp_graph_pen_show_text (pen, BP_TEXT_SHAPE, BP_COLOR_DIM, bp_graph_drawing_get_shape (pen->drawing, state),
                                    rows->right, baseline, SHAPE_MAX * pen->unit, 1);

  if (width > 0)
    room -= width + 0.5 * pen->unit;
  width = bp_graph_pen_show_text (pen, BP_TEXT_NAME, BP_COLOR_TEXT, state->name, rows->left, baseline, room, 0);
  if (tag > 0 && width > 0)
    show_tag (pen, state->tag, rows->left + width + BP_TAG_GAP * pen->unit, baseline, tag);
}

/* "9.8 → 9.743", or "→ 9.743": what it was, grey, and what the update made of it. The old one is left to the
 * explanation where both have no room. */
static void
show_change (BpGraphPen        *pen,
             const BpNodeState *state,
             const Rows        *rows,
             double             baseline,
             BpTextStyle        style)
{
  const double gap = 0.3 * pen->unit;
  const double middle = baseline - 0.42 * pen->unit;
  const double old = bp_graph_drawing_measure (pen->drawing, BP_TEXT_RANGE, state->old_value);
  const double new = bp_graph_drawing_measure (pen->drawing, style, state->value);
  const double room = rows->right - rows->left - 2 * gap;
  /* The arrow gets shorter before the numbers get smaller. */
  const double length = CLAMP (room - old - new, LEAST_ARROW * pen->unit, 1.4 * pen->unit);
  double       x = rows->left;

  if (old + length + new * bp_text_style_get_least_scale (style) <= room)
    x += bp_graph_pen_show_text (pen, BP_TEXT_RANGE, BP_COLOR_DIM, state->old_value, x, baseline, old, 0) + gap;
  bp_painter_set_color (pen->painter, BP_COLOR_PARAMETER);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = 1.7 * pen->stroke });
  bp_painter_move_to (pen->painter, x, middle);
  bp_painter_line_to (pen->painter, x + length - bp_graph_pen_get_arrow_length (pen, 1), middle);
  bp_painter_stroke (pen->painter);
  x += length;
  bp_graph_pen_show_arrow (pen, x, middle, 1, 1);
  x += gap;
  bp_graph_pen_show_numbers (pen, style, bp_node_state_get_value_color (state), state->value, &state->value_numbers,
                             x, baseline, rows->right - x);
}

/* "RMS 0.6378" */
static void
show_rms (BpGraphPen      *pen,
          const char      *label,
          BpColor          color,
          const char      *text,
          const BpNumbers *numbers,
          const Rows      *rows,
          double           baseline)
{
  double x = rows->left;

  x += bp_graph_pen_show_text (pen, BP_TEXT_SHAPE, BP_COLOR_DIM, label, x, baseline, rows->right - x, 0);
  x += 0.4 * pen->unit;
  bp_graph_pen_show_numbers (pen, BP_TEXT_RANGE, color, text, numbers, x, baseline, rows->right - x);
}

/* "RMS 0.6378", or "RMS 0.6378 → 0.6391" */
static void
show_value_rms (BpGraphPen        *pen,
                const BpNodeState *state,
                const Rows        *rows,
                double             baseline)
{
  Rows rest = *rows;

  if (state->old_value == NULL)
    {
      show_rms (pen, _("RMS"), bp_node_state_get_value_color (state), state->value, &state->value_numbers, rows,
                baseline);
      return;
    }

  rest.left += bp_graph_pen_show_text (pen, BP_TEXT_SHAPE, BP_COLOR_DIM, _("RMS"), rows->left, baseline,
                                       rows->right - rows->left, 0) + 0.4 * pen->unit;
  show_change (pen, state, &rest, baseline, BP_TEXT_RANGE);
}

/* What a folded layer is; while a step is within it, the node that the step computes stands in the place of the shape,
 * and of the rest where it has no room beside it. */
static void
show_layer (BpGraphPen        *pen,
            const BpNodeState *state,
            const Rows        *rows,
            double             baseline)
{
  const double room = rows->right - rows->left;
  const double gap = 0.5 * pen->unit;
  double       step = 0;
  double       layer;

  if (state->step != NULL)
    step = gap + bp_graph_pen_show_text (pen, BP_TEXT_SUM, bp_mark_get_color (state->mark), state->step, rows->right,
                                         baseline, room, 1);
  layer = bp_graph_drawing_measure (pen->drawing, BP_TEXT_SHAPE, state->layer);
  if (layer + step > room)
    return;
  bp_graph_pen_show_text (pen, BP_TEXT_SHAPE, BP_COLOR_DIM, state->layer, rows->left, baseline, room, 0);
  if (state->step == NULL)
    bp_graph_pen_show_text (pen, BP_TEXT_SHAPE, BP_COLOR_DIM, bp_graph_drawing_get_shape (pen->drawing, state),
                            rows->right, baseline, room - layer - gap, 1);
}

/* What a folded layer is, and how large its output and the gradient of that are. */
static void
show_layer_numbers (BpGraphPen        *pen,
                    const BpNodeState *state,
                    const Rows        *rows)
{
  const double y = rows->top + (BP_ROW_NAME + BP_ROW_LAYER + 1.0) * pen->unit;

  show_layer (pen, state, rows, rows->top + (BP_ROW_NAME + 0.9) * pen->unit);
  /* Translators: root mean square */
  show_rms (pen, _("RMS"), bp_node_state_get_value_color (state), state->value, &state->value_numbers, rows, y);
  if (state->has_gradient)
    show_rms (pen, _("RMS ∂"), bp_node_state_get_gradient_color (state), state->gradient, &state->gradient_numbers,
              rows, y + BP_ROW_RMS * pen->unit);
}

static void
show_numbers (BpGraphPen        *pen,
              const BpNodeState *state,
              const Rows        *rows)
{
  double      unit = pen->unit;
  double      value = rows->top + (BP_ROW_NAME + 1.32) * unit;
  BpTextStyle style = state->is_tensor ? BP_TEXT_RANGE : BP_TEXT_VALUE;
  double      width;

  if (bp_node_state_has_rms (state))
    {
      show_value_rms (pen, state, rows, value);
      if (state->has_gradient)
        show_rms (pen, _("RMS ∂"), bp_node_state_get_gradient_color (state), state->gradient,
                  &state->gradient_numbers, rows, rows->top + (BP_ROW_NAME + BP_ROW_VALUE + 1.08) * unit);
      return;
    }
  width = bp_graph_pen_show_text (pen, bp_graph_drawing_get_symbol_style (pen->drawing, state), BP_COLOR_DIM,
                                  bp_graph_drawing_get_symbol (pen->drawing, state), rows->right, value,
                                  rows->right - rows->left, 1);
  if (state->old_value != NULL)
    show_change (pen, state, rows, value, BP_TEXT_VALUE);
  else
    bp_graph_pen_show_numbers (pen, style, bp_node_state_get_value_color (state), state->value,
                               &state->value_numbers, rows->left, value,
                               rows->right - rows->left - (width > 0 ? width + BP_SYMBOL_GAP * unit : 0));
  if (state->has_gradient)
    show_gradient_row (pen, state, rows->left, rows->right,
                       rows->top + (BP_ROW_NAME + BP_ROW_VALUE + 1.08) * unit);
}

static void
show_body (BpGraphPen              *pen,
           const BpNodeState       *state,
           const cairo_rectangle_t *box,
           const Rows              *rows)
{
  /* That of a layer is above the edges that arrive at its middle. */
  const double arc = state->kind == BP_NODE_LAYER ? BP_ROW_NAME / 2 : BP_ROW_NAME + BP_ROW_VALUE / 2;

  show_box (pen, state, box);
  if (state->is_updated)
    show_update (pen, state, box, rows->top + arc * pen->unit,
                 rows->top + (arc + (BP_ROW_VALUE + BP_ROW_GRADIENT) / 2) * pen->unit);
  show_name (pen, state, rows);
  if (state->warning != NULL)
    show_warning (pen, box);
}

/* The height of the text, in rows. */
static double
get_n_rows (const BpNodeState *state)
{
  if (state->kind == BP_NODE_LAYER)
    return BP_ROW_NAME + BP_ROW_LAYER + BP_ROW_RMS * (state->has_gradient ? 2 : 1);

  return BP_ROW_NAME + BP_ROW_VALUE + (state->has_gradient ? BP_ROW_GRADIENT : 0);
}

void
bp_graph_pen_show_node (BpGraphPen *pen,
                        guint       node)
{
  const BpNodeState       *state = bp_graph_drawing_get_node (pen->drawing, node);
  const cairo_rectangle_t *box = bp_graph_layout_get_node (pen->drawing->layout, node);
  double                   padding = bp_graph_drawing_get_padding (pen->drawing, state->kind);
  double                   n_rows = get_n_rows (state);
  gboolean                 has_matrix = state->matrix != NULL && bp_matrix_is_shown (state->matrix, pen->drawing);
  Rows                     rows = { box->x + padding, box->x + box->width - padding, 0 };
  double                   below = 0, width = 0, height = 0;
  g_autofree char         *id = g_strconcat ("node-", state->name, NULL);

  if (pen->drawing->shown_in[node] != node)
    return;
  if (has_matrix)
    {
      bp_matrix_get_size (state->matrix, pen->drawing, &width, &height);
      if (state->matrix->is_beside)
        rows.right -= width + pen->unit;
      else
        below = height + BP_MATRIX_GAP * pen->unit;
    }
  rows.top = box->y + (box->height - n_rows * pen->unit - below) / 2;
  bp_painter_begin_group (pen->painter, id, state->name);
  show_body (pen, state, box, &rows);
  if (state->kind == BP_NODE_LAYER)
    show_layer_numbers (pen, state, &rows);
  else
    show_numbers (pen, state, &rows);
  if (has_matrix)
    {
      const BpPoint place = bp_matrix_get_place (pen->drawing, node);

      bp_graph_pen_show_matrix (pen, state, place.x, place.y);
    }
  if (state->change != NULL)
    bp_graph_pen_show_nudge (pen, state, box);
  bp_painter_end_group (pen->painter);
}
