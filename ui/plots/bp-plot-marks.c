/* bp-plot-marks.c: markers, bars, arrows and notes of a plot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-marks.h"

#include <math.h>

/* Radii of a marker on a normal line. */
#define DOT_RADIUS 1.6
#define MARKER_RADIUS 3.2

#define CURSOR_RIM 2

/* Points are crowded where each has less room than so many squares of its radius. */
#define CROWDED 16

/* How opaque the ground behind a label is. */
#define HALO 0.85

void
bp_plot_set_stroke (const BpPlotPen *pen,
                    const BpLayer   *layer)
{
  static const double widths[] = { [BP_WIDTH_THIN] = 1, [BP_WIDTH_NORMAL] = 2, [BP_WIDTH_THICK] = 3 };
  static const struct {
    guint  n;
    double lengths[4];
  } dashes[BP_N_DASHES] = {
    [BP_DASH_SOLID] = { 0 },
    [BP_DASH_DASHED] = { 2, { 5, 3.5 } },
    [BP_DASH_DOTTED] = { 2, { 1.2, 2.8 } },
    [BP_DASH_DASH_DOT] = { 4, { 7, 3, 1.2, 3 } },
  };
  BpLine line = {
    .width = widths[layer->width] * pen->style->stroke,
    .n_dashes = dashes[layer->dash].n,
    .has_round_caps = layer->dash == BP_DASH_SOLID,
    .has_round_joins = TRUE,
  };

  for (guint i = 0; i < line.n_dashes; i++)
    line.dashes[i] = dashes[layer->dash].lengths[i] * pen->style->stroke;
  bp_painter_set_line (pen->painter, &line);
}

BpColor
bp_plot_get_fill (BpColor color)
{
  switch (color)
    {
    case BP_COLOR_VALUE:
      return BP_COLOR_VALUE_FILL;
    case BP_COLOR_GRADIENT:
    case BP_COLOR_LAYER_1:
    case BP_COLOR_LAYER_2:
    case BP_COLOR_LAYER_3:
    case BP_COLOR_LAYER_4:
    case BP_COLOR_LAYER_5:
      return BP_COLOR_GRADIENT_FILL;
    case BP_COLOR_PARAMETER:
      return BP_COLOR_PARAMETER_FILL;
    default:
      return BP_COLOR_DATA;
    }
}

/* Markers */

double
bp_plot_get_marker_radius (const BpPlotPen *pen,
                           BpMarker         marker,
                           BpWidth          width)
{
  static const double factors[] = { [BP_WIDTH_THIN] = 0.8, [BP_WIDTH_NORMAL] = 1, [BP_WIDTH_THICK] = 1.55 };

  return (marker == BP_MARKER_DOT ? DOT_RADIUS : MARKER_RADIUS) * factors[width] * pen->style->stroke;
}

static void
add_polygon (BpPainter *painter,
             double     x,
             double     y,
             double     radius,
             int        n,
             double     turn)
{
  for (int i = 0; i < n; i++)
    {
      double angle = turn + 2 * G_PI * i / n;

      (i == 0 ? bp_painter_move_to : bp_painter_line_to) (painter, x + radius * sin (angle), y - radius * cos (angle));
    }
  bp_painter_close (painter);
}

static void
add_cross (BpPainter *painter,
           double     x,
           double     y,
           double     radius,
           double     turn)
{
  for (int i = 0; i < 2; i++)
    {
      double dx = radius * cos (turn + i * G_PI_2);
      double dy = radius * sin (turn + i * G_PI_2);

      bp_painter_move_to (painter, x - dx, y - dy);
      bp_painter_line_to (painter, x + dx, y + dy);
    }
}

static void
add_marker (BpPainter *painter,
            BpMarker   marker,
            double     x,
            double     y,
            double     radius)
{
  switch (marker)
    {
    case BP_MARKER_SQUARE:
    case BP_MARKER_BOX:
      bp_painter_rectangle (painter, &(cairo_rectangle_t) { x - radius * 0.88, y - radius * 0.88, radius * 1.76,
                                                            radius * 1.76 }, 0);
      break;
    case BP_MARKER_TRIANGLE:
      add_polygon (painter, x, y, radius * 1.25, 3, 0);
      break;
    case BP_MARKER_DIAMOND:
      add_polygon (painter, x, y, radius * 1.25, 4, 0);
      break;
    case BP_MARKER_CROSS:
      add_cross (painter, x, y, radius * 1.25, G_PI_4);
      break;
    case BP_MARKER_PLUS:
      add_cross (painter, x, y, radius * 1.25, 0);
      break;
    case BP_MARKER_HALO:
      bp_painter_circle (painter, x, y, radius * 1.9);
      break;
    case BP_MARKER_DOT:
    case BP_MARKER_CIRCLE:
    case BP_MARKER_RING:
    case BP_MARKER_NONE:
    case BP_N_MARKERS:
    default:
      bp_painter_circle (painter, x, y, radius);
      break;
    }
}

static void
fill_surface (const BpPlotPen *pen)
{
  bp_painter_save (pen->painter);
  bp_painter_set_color (pen->painter, BP_COLOR_SURFACE);
  bp_painter_fill (pen->painter);
  bp_painter_restore (pen->painter);
}

/* In type for a lecture many points would cover each other: they get smaller, down to what they are on a desk. */
static double
get_crowding (const BpPlotPen *pen,
              const BpLayer   *layer,
              double           radius)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  const double n = layer->kind == BP_LAYER_POINTS ? bp_layer_get_n_points (layer) : 0;
  const double room = area->width * area->height / MAX (n * CROWDED * radius * radius, 1);

  return CLAMP (sqrt (room), MIN (1, 1 / pen->style->stroke), 1);
}

/* Fills within fills: stroking a circle costs four times as much as filling it. */
void
bp_plot_draw_marker (const BpPlotPen *pen,
                     const BpLayer   *layer,
                     double           x,
                     double           y)
{
  double radius = bp_plot_get_marker_radius (pen, layer->marker, layer->width);
  double crowding = get_crowding (pen, layer, radius);
  double line = (layer->width == BP_WIDTH_THICK ? 2.2 : 1.4) * pen->style->stroke * crowding;

  radius *= crowding;

  /* A rim sets the cursor off from what it lies on. */
  if (layer->is_cursor && layer->marker != BP_MARKER_HALO)
    {
      add_marker (pen->painter, BP_MARKER_CIRCLE, x, y, radius + CURSOR_RIM * pen->style->stroke);
      fill_surface (pen);
    }

  if (layer->marker == BP_MARKER_CROSS || layer->marker == BP_MARKER_PLUS || layer->marker == BP_MARKER_HALO)
    {
      add_marker (pen->painter, layer->marker, x, y, radius);
      bp_painter_set_line (pen->painter, &(BpLine) { .width = line, .has_round_caps = TRUE });
      bp_painter_stroke (pen->painter);
      return;
    }

  gboolean is_hollow = bp_layer_has_hollow_markers (layer);
  add_marker (pen->painter, layer->marker, x, y, is_hollow ? radius + line / 2 : radius);
  bp_painter_fill (pen->painter);
  if (is_hollow)
    {
      add_marker (pen->painter, layer->marker, x, y, MAX (radius - line / 2, 0));
      fill_surface (pen);
    }
}

/* Layers */

static void
draw_bars (const BpPlotPen *pen,
           const BpLayer   *layer)
{
  BpLine line = *bp_painter_get_line (pen->painter);

  line.has_round_joins = FALSE;
  bp_painter_set_line (pen->painter, &line);
  for (guint i = 0; layer->bars != NULL && i < layer->bars->len; i++)
    {
      const BpPlotBar *bar = &g_array_index (layer->bars, BpPlotBar, i);
      double x0 = bp_plot_layout_map_x (pen->layout, pen->plot, bar->x0);
      double x1 = bp_plot_layout_map_x (pen->layout, pen->plot, bar->x1);
      double y0 = bp_plot_layout_map_y (pen->layout, pen->plot, bar->y0);
      double y1 = bp_plot_layout_map_y (pen->layout, pen->plot, bar->y1);

      if (isnan (x0 + x1 + y0 + y1) || bar->y0 == bar->y1)
        continue;
      bp_painter_rectangle (pen->painter, &(cairo_rectangle_t) { round (x0) + 0.5, round (y1) + 0.5,
                                                                 round (x1) - round (x0), round (y0) - round (y1) }, 0);
    }

  bp_painter_fill_and_stroke (pen->painter,
                              layer->width == BP_WIDTH_THICK ? layer->color : bp_plot_get_fill (layer->color),
                              layer->color);
}

void
bp_plot_draw_arrow (const BpPlotPen *pen,
                    double           x0,
                    double           y0,
                    double           x1,
                    double           y1)
{
  double length = hypot (x1 - x0, y1 - y0);

  if (isnan (length) || length < 1)
    return;

  double head = MIN (7 * pen->style->stroke, length * 0.7);
  double dx = (x1 - x0) / length;
  double dy = (y1 - y0) / length;
  double base_x = x1 - dx * head;
  double base_y = y1 - dy * head;

  bp_painter_move_to (pen->painter, x0, y0);
  bp_painter_line_to (pen->painter, base_x, base_y);
  bp_painter_stroke (pen->painter);
  bp_painter_move_to (pen->painter, x1, y1);
  bp_painter_line_to (pen->painter, base_x - dy * head * 0.5, base_y + dx * head * 0.5);
  bp_painter_line_to (pen->painter, base_x + dy * head * 0.5, base_y - dx * head * 0.5);
  bp_painter_fill (pen->painter);
}

/* From a marker, if it has one. */
static void
draw_arrow (const BpPlotPen *pen,
            const BpLayer   *layer)
{
  BpPlotPoint from = g_array_index (layer->points, BpPlotPoint, 0);
  BpPlotPoint to = g_array_index (layer->points, BpPlotPoint, 1);
  double x = bp_plot_layout_map_x (pen->layout, pen->plot, from.x);
  double y = bp_plot_layout_map_y (pen->layout, pen->plot, from.y);

  bp_plot_draw_arrow (pen, x, y, bp_plot_layout_map_x (pen->layout, pen->plot, to.x),
                      bp_plot_layout_map_y (pen->layout, pen->plot, to.y));
  if (layer->marker != BP_MARKER_NONE && !isnan (x + y))
    bp_plot_draw_marker (pen, layer, x, y);
}

static void
draw_note (const BpPlotPen *pen,
           const BpLayer   *layer)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_text (pen->layout, layer->label, FALSE);
  int height;

  pango_layout_set_width (pango, (int) (area->width * 0.9 * PANGO_SCALE));
  pango_layout_set_wrap (pango, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (pango, PANGO_ALIGN_CENTER);
  pango_layout_get_size (pango, NULL, &height);
  bp_painter_show_text (pen->painter, BP_ROLE_TEXT, pango, area->x + area->width / 2,
                        area->y + area->height / 2 - height / 2.0 / PANGO_SCALE, 0.5);
}

cairo_rectangle_t
bp_plot_get_clip (const BpPlotLayout *layout,
                  const BpPlotStyle  *style)
{
  const cairo_rectangle_t *area = &layout->area;
  double margin = ceil (2 * MARKER_RADIUS * style->stroke);

  return (cairo_rectangle_t) {
    area->x - margin, area->y - margin, area->width + 2 * margin, area->height + 2 * margin,
  };
}

/* Markers may overhang; a reference run that leaves ends at the edge. */
static void
clip_area (const BpPlotPen *pen,
           const BpLayer   *layer)
{
  gboolean is_cut = (layer->is_reference || pen->plot->is_clipped) && layer->kind != BP_LAYER_EXIT;
  cairo_rectangle_t clip = is_cut ? pen->layout->area : bp_plot_get_clip (pen->layout, pen->style);

  bp_painter_clip (pen->painter, &clip);
}

void
bp_plot_draw_label (const BpPlotPen         *pen,
                    BpRole                   role,
                    PangoLayout             *pango,
                    BpColor                  color,
                    double                   x,
                    const cairo_rectangle_t *box)
{
  bp_painter_set_ink (pen->painter, BP_COLOR_SURFACE, HALO);
  bp_painter_rectangle (pen->painter, box, 0);
  bp_painter_fill (pen->painter);
  bp_painter_set_color (pen->painter, color);
  bp_painter_show_text (pen->painter, role, pango, x, box->y, 0);
}

void
bp_plot_draw_layer (const BpPlotPen *pen,
                    const BpLayer   *layer)
{
  guint n_points = bp_layer_has_points (layer) && layer->points != NULL ? layer->points->len : 0;

  clip_area (pen, layer);
  bp_painter_set_color (pen->painter, layer->color);
  bp_plot_set_stroke (pen, layer);

  switch (layer->kind)
    {
    case BP_LAYER_LINE:
    case BP_LAYER_POINTS:
    case BP_LAYER_SERIES:
      bp_plot_draw_points (pen, layer);
      break;
    case BP_LAYER_BARS:
      draw_bars (pen, layer);
      break;
    case BP_LAYER_CELLS:
      bp_plot_draw_cells (pen, layer);
      break;
    case BP_LAYER_GRID:
      bp_plot_draw_grid (pen, layer);
      break;
    case BP_LAYER_RULE_X:
    case BP_LAYER_RULE_Y:
      if (n_points > 0)
        bp_plot_draw_rule (pen, layer);
      break;
    case BP_LAYER_ARROW:
      if (n_points > 1)
        draw_arrow (pen, layer);
      break;
    case BP_LAYER_EXIT:
      if (n_points > 1)
        bp_plot_draw_exit (pen, layer);
      break;
    case BP_LAYER_NOTE:
      if (layer->label != NULL)
        draw_note (pen, layer);
      break;
    default:
      g_assert_not_reached ();
    }
}
