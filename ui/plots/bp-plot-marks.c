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

void
bp_plot_set_stroke (const BpPlotPen *pen,
                    const BpLayer   *layer)
{
  static const double widths[] = { [BP_WIDTH_THIN] = 1, [BP_WIDTH_NORMAL] = 2, [BP_WIDTH_THICK] = 3 };
  static const struct {
    int    n;
    double lengths[4];
  } dashes[BP_N_DASHES] = {
    [BP_DASH_SOLID] = { 0 },
    [BP_DASH_DASHED] = { 2, { 5, 3.5 } },
    [BP_DASH_DOTTED] = { 2, { 1.2, 2.8 } },
    [BP_DASH_DASH_DOT] = { 4, { 7, 3, 1.2, 3 } },
  };
  double scaled[4];

  for (int i = 0; i < dashes[layer->dash].n; i++)
    scaled[i] = dashes[layer->dash].lengths[i] * pen->style->stroke;

  cairo_set_line_width (pen->cr, widths[layer->width] * pen->style->stroke);
  cairo_set_line_join (pen->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (pen->cr, layer->dash == BP_DASH_SOLID ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (pen->cr, scaled, dashes[layer->dash].n, 0);
}

BpColor
bp_plot_get_fill (BpColor color)
{
  switch (color)
    {
    case BP_COLOR_VALUE:
      return BP_COLOR_VALUE_FILL;
    case BP_COLOR_GRADIENT:
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
add_polygon (cairo_t *cr,
             double   x,
             double   y,
             double   radius,
             int      n,
             double   turn)
{
  for (int i = 0; i < n; i++)
    cairo_line_to (cr, x + radius * sin (turn + 2 * G_PI * i / n), y - radius * cos (turn + 2 * G_PI * i / n));
  cairo_close_path (cr);
}

static void
add_cross (cairo_t *cr,
           double   x,
           double   y,
           double   radius,
           double   turn)
{
  for (int i = 0; i < 2; i++)
    {
      double dx = radius * cos (turn + i * G_PI_2);
      double dy = radius * sin (turn + i * G_PI_2);

      cairo_move_to (cr, x - dx, y - dy);
      cairo_line_to (cr, x + dx, y + dy);
    }
}

static void
add_marker (cairo_t *cr,
            BpMarker marker,
            double   x,
            double   y,
            double   radius)
{
  switch (marker)
    {
    case BP_MARKER_SQUARE:
    case BP_MARKER_BOX:
      cairo_rectangle (cr, x - radius * 0.88, y - radius * 0.88, radius * 1.76, radius * 1.76);
      break;
    case BP_MARKER_TRIANGLE:
      add_polygon (cr, x, y, radius * 1.25, 3, 0);
      break;
    case BP_MARKER_DIAMOND:
      add_polygon (cr, x, y, radius * 1.25, 4, 0);
      break;
    case BP_MARKER_CROSS:
      add_cross (cr, x, y, radius * 1.25, G_PI_4);
      break;
    case BP_MARKER_PLUS:
      add_cross (cr, x, y, radius * 1.25, 0);
      break;
    case BP_MARKER_DOT:
    case BP_MARKER_CIRCLE:
    case BP_MARKER_RING:
    case BP_MARKER_NONE:
    case BP_N_MARKERS:
    default:
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      break;
    }
}

static void
fill_surface (const BpPlotPen *pen)
{
  cairo_pattern_t *source = cairo_pattern_reference (cairo_get_source (pen->cr));

  bp_palette_set_source (pen->style->palette, BP_COLOR_SURFACE, pen->cr);
  cairo_fill (pen->cr);
  cairo_set_source (pen->cr, source);
  cairo_pattern_destroy (source);
}

/* Fills within fills: stroking a circle costs four times as much as filling it. */
void
bp_plot_draw_marker (const BpPlotPen *pen,
                     const BpLayer   *layer,
                     double           x,
                     double           y)
{
  double radius = bp_plot_get_marker_radius (pen, layer->marker, layer->width);
  double line = (layer->width == BP_WIDTH_THICK ? 2.2 : 1.4) * pen->style->stroke;

  cairo_new_path (pen->cr);
  /* A rim sets the cursor off from what it lies on. */
  if (layer->is_cursor)
    {
      add_marker (pen->cr, BP_MARKER_CIRCLE, x, y, radius + CURSOR_RIM * pen->style->stroke);
      fill_surface (pen);
    }

  if (layer->marker == BP_MARKER_CROSS || layer->marker == BP_MARKER_PLUS)
    {
      add_marker (pen->cr, layer->marker, x, y, radius);
      cairo_set_dash (pen->cr, NULL, 0, 0);
      cairo_set_line_cap (pen->cr, CAIRO_LINE_CAP_ROUND);
      cairo_set_line_width (pen->cr, line);
      cairo_stroke (pen->cr);
      return;
    }

  gboolean is_hollow = bp_layer_has_hollow_markers (layer);
  add_marker (pen->cr, layer->marker, x, y, is_hollow ? radius + line / 2 : radius);
  cairo_fill (pen->cr);
  if (is_hollow)
    {
      add_marker (pen->cr, layer->marker, x, y, MAX (radius - line / 2, 0));
      fill_surface (pen);
    }
}

/* Layers */

static void
draw_bars (const BpPlotPen *pen,
           const BpLayer   *layer)
{
  cairo_set_line_join (pen->cr, CAIRO_LINE_JOIN_MITER);

  for (guint i = 0; layer->bars != NULL && i < layer->bars->len; i++)
    {
      const BpPlotBar *bar = &g_array_index (layer->bars, BpPlotBar, i);
      double x0 = bp_plot_layout_map_x (pen->layout, pen->plot, bar->x0);
      double x1 = bp_plot_layout_map_x (pen->layout, pen->plot, bar->x1);
      double y0 = bp_plot_layout_map_y (pen->layout, pen->plot, bar->y0);
      double y1 = bp_plot_layout_map_y (pen->layout, pen->plot, bar->y1);

      if (isnan (x0 + x1 + y0 + y1) || bar->y0 == bar->y1)
        continue;
      cairo_rectangle (pen->cr, round (x0) + 0.5, round (y1) + 0.5, round (x1) - round (x0), round (y0) - round (y1));
    }

  bp_palette_set_source (pen->style->palette, bp_plot_get_fill (layer->color), pen->cr);
  cairo_fill_preserve (pen->cr);
  bp_palette_set_source (pen->style->palette, layer->color, pen->cr);
  cairo_stroke (pen->cr);
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

  cairo_move_to (pen->cr, x0, y0);
  cairo_line_to (pen->cr, base_x, base_y);
  cairo_stroke (pen->cr);
  cairo_move_to (pen->cr, x1, y1);
  cairo_line_to (pen->cr, base_x - dy * head * 0.5, base_y + dx * head * 0.5);
  cairo_line_to (pen->cr, base_x + dy * head * 0.5, base_y - dx * head * 0.5);
  cairo_fill (pen->cr);
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
  cairo_move_to (pen->cr, area->x + area->width * 0.05, area->y + area->height / 2 - height / 2.0 / PANGO_SCALE);
  pango_cairo_show_layout (pen->cr, pango);
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
  gboolean is_cut = layer->is_reference && layer->kind != BP_LAYER_EXIT;
  cairo_rectangle_t clip = is_cut ? pen->layout->area : bp_plot_get_clip (pen->layout, pen->style);

  cairo_rectangle (pen->cr, clip.x, clip.y, clip.width, clip.height);
  cairo_clip (pen->cr);
}

void
bp_plot_draw_layer (const BpPlotPen *pen,
                    const BpLayer   *layer)
{
  guint n_points = bp_layer_has_points (layer) && layer->points != NULL ? layer->points->len : 0;

  clip_area (pen, layer);
  bp_palette_set_source (pen->style->palette, layer->color, pen->cr);
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
