/* bp-plot-points.c: lines and points of a plot, and what has no place on a log axis
 *
 * Lines of up to two points a column are stroked as they are. Of more they become columns from their least to their
 * greatest, filled at once: that costs pixels, not points.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-draw.h"
#include "plots/bp-plot-marks.h"

#include <math.h>

/* How far outside the area a line is followed. */
#define OVERHANG 20

/* Where markers sit that tell lines apart, as parts of the x axis. */
#define N_LINE_MARKERS 6

/* What is left of a colour after the cursor. */
#define FAINT 0.35

/* Single marks are smaller where they would cover a larger part of the area, but not by more. */
#define MOST_COVERED 0.3
#define LEAST_SCALE 0.5

/* How far a mark for 0 is from the next, as a multiple of its width. */
#define ZERO_DISTANCE 1.4

/* Liang and Barsky: the part of [0, 1] of a segment where p·t ≤ q. Returns: whether any is left. */
static gboolean
clip_part (double  p,
           double  q,
           double *from,
           double *to)
{
  if (p == 0)
    return q >= 0;

  if (p < 0)
    *from = MAX (*from, q / p);
  else
    *to = MIN (*to, q / p);

  return *from <= *to;
}

/* Cuts a segment to the surroundings of the area, so that dashes are not made for what nobody sees. */
static gboolean
clip_segment (const cairo_rectangle_t *area,
              BpPlotPoint             *a,
              BpPlotPoint             *b)
{
  double from = 0;
  double to = 1;
  double dx = b->x - a->x;
  double dy = b->y - a->y;

  if (!clip_part (-dx, a->x - area->x + OVERHANG, &from, &to)
      || !clip_part (dx, area->x + area->width + OVERHANG - a->x, &from, &to)
      || !clip_part (-dy, a->y - area->y + OVERHANG, &from, &to)
      || !clip_part (dy, area->y + area->height + OVERHANG - a->y, &from, &to))
    return FALSE;

  *b = (BpPlotPoint) { a->x + to * dx, a->y + to * dy };
  *a = (BpPlotPoint) { a->x + from * dx, a->y + from * dy };

  return TRUE;
}

static BpPlotPoint
map_point (const BpPlotPen *pen,
           BpPlotPoint      point)
{
  return (BpPlotPoint) {
    bp_plot_layout_map_x (pen->layout, pen->plot, point.x),
    bp_plot_layout_map_y (pen->layout, pen->plot, point.y),
  };
}

static gboolean
is_drawable (BpPlotPoint point)
{
  return !isnan (point.x) && !isnan (point.y);
}

/*
 * A point whose neighbours are missing has no segment: it gets a dot, which a round cap makes of a line without
 * length.
 */
static void
add_lone_point (const BpPlotPen *pen,
                BpPlotPoint      point)
{
  bp_painter_move_to (pen->painter, point.x, point.y);
  bp_painter_line_to (pen->painter, point.x, point.y);
}

static void
add_segment (const BpPlotPen *pen,
             BpPlotPoint      a,
             BpPlotPoint      b,
             BpPlotPoint     *pen_at)
{
  if (!clip_segment (&pen->layout->area, &a, &b))
    return;

  if (a.x != pen_at->x || a.y != pen_at->y)
    bp_painter_move_to (pen->painter, a.x, a.y);
  bp_painter_line_to (pen->painter, b.x, b.y);
  *pen_at = b;
}

static gboolean
is_in_area (const BpPlotPen *pen,
            BpPlotPoint      point)
{
  const cairo_rectangle_t *area = &pen->layout->area;

  return point.x >= area->x - 1 && point.x <= area->x + area->width + 1 && point.y >= area->y - 1
         && point.y <= area->y + area->height + 1;
}

/* A reference run that has left and leaps across the plot again and again would cover it. */
static gboolean
is_leap (const BpPlotPen *pen,
         const BpLayer   *layer,
         BpPlotPoint      from,
         BpPlotPoint      to)
{
  return layer->is_reference && !is_in_area (pen, from) && !is_in_area (pen, to);
}

static void
add_line (const BpPlotPen *pen,
          const BpLayer   *layer)
{
  guint n = bp_layer_get_n_points (layer);
  BpPlotPoint previous = { NAN, NAN };
  BpPlotPoint pen_at = { NAN, NAN };
  gboolean is_lone = FALSE;

  for (guint i = 0; i < n; i++)
    {
      BpPlotPoint point = map_point (pen, bp_layer_get_point (layer, i));

      if (is_drawable (previous) && is_drawable (point))
        {
          if (!is_leap (pen, layer, previous, point))
            add_segment (pen, previous, point, &pen_at);
        }
      else if (is_lone)
        add_lone_point (pen, previous);
      is_lone = is_drawable (point) && !is_drawable (previous);
      previous = point;
    }
  if (is_lone)
    add_lone_point (pen, previous);
}

/* Markers */

/* Where it can be seen. */
static void
draw_marker_at (const BpPlotPen *pen,
                const BpLayer   *layer,
                BpPlotPoint      point)
{
  const cairo_rectangle_t *area = &pen->layout->area;

  if (point.x >= area->x - OVERHANG && point.x <= area->x + area->width + OVERHANG && point.y >= area->y - OVERHANG
      && point.y <= area->y + area->height + OVERHANG)
    bp_plot_draw_marker (pen, layer, point.x, point.y);
}

/* How large single marks may be, of those that would cover each other at their size. */
static double
get_scale (const BpPlotPen *pen,
           const BpLayer   *layer)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  double covered = 0;

  if (layer->is_cursor || layer->marker == BP_MARKER_DOT)
    return 1;
  for (guint i = 0; i < pen->plot->layers->len; i++)
    {
      const BpLayer *other = bp_plot_get_layer (pen->plot, i);

      if (other->kind == BP_LAYER_POINTS && !other->joined && !other->is_cursor && other->marker > BP_MARKER_DOT)
        covered += bp_layer_get_n_points (other) * G_PI
                   * pow (bp_plot_get_marker_radius (pen, other->marker, other->width), 2);
    }

  return CLAMP (sqrt (MOST_COVERED * area->width * area->height / MAX (covered, 1)), LEAST_SCALE, 1);
}

static void
draw_each_marker (const BpPlotPen *pen,
                  const BpLayer   *layer)
{
  guint n = bp_layer_get_n_points (layer);
  BpPlotStyle style = *pen->style;
  BpPlotPen smaller = *pen;

  style.stroke *= get_scale (pen, layer);
  smaller.style = &style;
  for (guint i = 0; i < n; i++)
    draw_marker_at (&smaller, layer, map_point (pen, bp_layer_get_point (layer, i)));
}

/* A few markers along a line whose x grows, at the same places however far it has come, else along its points. */
static void
draw_line_markers (const BpPlotPen *pen,
                   const BpLayer   *layer)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  guint n = bp_layer_get_n_points (layer);
  double shift = (double) layer->marker / BP_MARKER_HALO;
  guint i = 0;

  if (layer->marker == BP_MARKER_NONE)
    return;

  if (!pen->plot->x.integer)
    {
      for (guint j = 0; j < N_LINE_MARKERS && n > 0; j++)
        draw_marker_at (pen, layer,
                        map_point (pen, bp_layer_get_point (layer, (guint) ((j + shift) / N_LINE_MARKERS * n))));
      return;
    }

  for (guint j = 0; j < N_LINE_MARKERS; j++)
    {
      double x = area->x + area->width * (j + shift) / N_LINE_MARKERS;
      BpPlotPoint point = { NAN, NAN };

      while (i < n && !((point = map_point (pen, bp_layer_get_point (layer, i))).x >= x))
        i++;
      if (i < n)
        draw_marker_at (pen, layer, point);
    }
}

/* A 0 has no place on a log axis: where it would be, the edge says "0". As many marks as there is room for. */
static void
draw_zeros (const BpPlotPen *pen,
            const BpLayer   *layer)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  g_autoptr (PangoLayout) pango = NULL;
  double last = -INFINITY;
  int width = 0, height = 0;

  for (guint i = 0; pen->plot->y.scale == BP_SCALE_LOG && i < bp_layer_get_n_points (layer); i++)
    {
      double x = bp_plot_layout_map_x (pen->layout, pen->plot, bp_layer_get_point (layer, i).x);

      if (bp_layer_get_point (layer, i).y != 0 || !(x >= area->x - 1 && x <= area->x + area->width + 1)
          || x - last < ZERO_DISTANCE * width / PANGO_SCALE)
        continue;
      if (pango == NULL)
        {
          pango = bp_plot_layout_create_text (pen->layout, "0", layer->is_cursor);
          pango_layout_get_size (pango, &width, &height);
        }
      bp_painter_show_text (pen->painter, BP_ROLE_TICK, pango, x,
                            area->y + area->height - height / (double) PANGO_SCALE, 0.5);
      last = x;
    }
}

static void
draw_points (const BpPlotPen *pen,
             const BpLayer   *layer,
             double           alpha)
{
  bp_painter_set_ink (pen->painter, layer->color, alpha * (layer->is_band ? BP_PLOT_BAND : 1));
  draw_zeros (pen, layer);
  if (!layer->joined)
    {
      draw_each_marker (pen, layer);
      return;
    }

  bp_plot_set_stroke (pen, layer);
  if (bp_plot_needs_columns (pen, layer))
    bp_plot_fill_columns (pen, layer);
  else
    {
      add_line (pen, layer);
      bp_painter_stroke (pen->painter);
    }
  draw_line_markers (pen, layer);
}

/* Clips to [@x0, @x1] of the plot's width, whole pixels, which is cheap. */
static void
clip_width (const BpPlotPen *pen,
            double           x0,
            double           x1)
{
  bp_painter_clip (pen->painter, &(cairo_rectangle_t) { x0, 0, MAX (0, x1 - x0), pen->layout->height });
}

/* Where the layer ends, if it goes from left to right. */
static double
get_last_x (const BpPlotLayout *layout,
            const BpPlot       *plot,
            const BpLayer      *layer)
{
  guint n = bp_layer_get_n_points (layer);

  return n > 0 ? bp_plot_layout_map_x (layout, plot, bp_layer_get_point (layer, n - 1).x) : (double) NAN;
}

double
bp_plot_get_split (const BpPlotLayout *layout,
                   const BpPlot       *plot,
                   const BpLayer      *layer)
{
  double split = bp_plot_layout_map_x (layout, plot, layer->dim_from);

  if (isinf (layer->dim_from) && layer->dim_from < 0)
    split = 0;

  return split < layout->width && get_last_x (layout, plot, layer) > split ? ceil (split) : (double) INFINITY;
}

void
bp_plot_draw_points (const BpPlotPen *pen,
                     const BpLayer   *layer)
{
  double split = bp_plot_get_split (pen->layout, pen->plot, layer);

  if (isinf (split))
    {
      draw_points (pen, layer, 1);
      return;
    }

  bp_painter_save (pen->painter);
  clip_width (pen, 0, split);
  draw_points (pen, layer, 1);
  bp_painter_restore (pen->painter);

  bp_painter_save (pen->painter);
  clip_width (pen, split, pen->layout->width);
  draw_points (pen, layer, FAINT);
  bp_painter_restore (pen->painter);
}
