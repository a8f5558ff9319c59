/* bp-plot-pattern.c: the regions of classes: plain, tinted, hatched, which can be told apart without colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-marks.h"

#include "drawing/bp-contour.h"

#include <math.h>

#define BORDER 1.6

/* Of hatches: the distance between lines, their width, and what of their colour they have. */
#define DISTANCE 7
#define HATCH 1.3
#define HATCH_INK 0.6

/* How finely a line of a hatch looks for the border of its region, in pixels. */
#define STEP 3

/* Directions of hatches. */
enum {
  RISING = 1 << 0,
  FALLING = 1 << 1,
  LEVEL = 1 << 2,
  UPRIGHT = 1 << 3,
};

static const struct {
  double tint;
  guint  directions;
} patterns[] = {
  { 0, 0 }, { 0.25, 0 }, { 0, RISING }, { 0.45, 0 }, { 0, FALLING }, { 0.25, RISING }, { 0, LEVEL }, { 0.25, UPRIGHT },
};

static const BpPlotPoint directions[] = {
  { G_SQRT2 / 2, -G_SQRT2 / 2 }, { G_SQRT2 / 2, G_SQRT2 / 2 }, { 1, 0 }, { 0, 1 },
};

/* @layer: (nullable): NULL for all of @box */
typedef struct {
  const BpPlotPen   *pen;
  const BpLayer     *layer;
  cairo_rectangle_t  box;
} Region;

static void
add_piece (const BpContourPoint *points,
           guint                 n_points,
           gpointer              data)
{
  const Region *region = data;
  const BpLayer *layer = region->layer;
  const BpPlotPen *pen = region->pen;

  for (guint i = 0; i < n_points; i++)
    {
      double x = layer->x0 + (layer->x1 - layer->x0) * points[i].x / (layer->n_columns - 1);
      double y = layer->y0 + (layer->y1 - layer->y0) * points[i].y / (layer->n_rows - 1);

      (i == 0 ? bp_painter_move_to : bp_painter_line_to) (pen->painter,
                                                          bp_plot_layout_map_x (pen->layout, pen->plot, x),
                                                          bp_plot_layout_map_y (pen->layout, pen->plot, y));
    }
  if (n_points > 2)
    bp_painter_close (pen->painter);
}

static double
get_value (const BpLayer *layer,
           guint          column,
           guint          row)
{
  return g_array_index (layer->values, double, row * layer->n_columns + column);
}

/* The function at a place of the drawing, between the places where it is known; above 0 inside the region. */
static double
get_depth (const Region *region,
           double        x,
           double        y)
{
  const BpLayer *layer = region->layer;

  if (layer == NULL)
    return 1;

  double x0 = bp_plot_layout_map_x (region->pen->layout, region->pen->plot, layer->x0);
  double x1 = bp_plot_layout_map_x (region->pen->layout, region->pen->plot, layer->x1);
  double y0 = bp_plot_layout_map_y (region->pen->layout, region->pen->plot, layer->y0);
  double y1 = bp_plot_layout_map_y (region->pen->layout, region->pen->plot, layer->y1);
  double column = CLAMP ((x - x0) / (x1 - x0), 0, 1) * (layer->n_columns - 1);
  double row = CLAMP ((y - y0) / (y1 - y0), 0, 1) * (layer->n_rows - 1);
  guint i = MIN ((guint) column, layer->n_columns - 2);
  guint j = MIN ((guint) row, layer->n_rows - 2);
  double u = column - i;
  double v = row - j;

  return (1 - v) * ((1 - u) * get_value (layer, i, j) + u * get_value (layer, i + 1, j))
         + v * ((1 - u) * get_value (layer, i, j + 1) + u * get_value (layer, i + 1, j + 1));
}

/* Cuts the part of a line from @from to @to where its coordinate @start + t · @slope is within @low and @high. */
static void
cut (double  start,
     double  slope,
     double  low,
     double  high,
     double *from,
     double *to)
{
  if (slope == 0)
    {
      if (start < low || start > high)
        *to = -INFINITY;
      return;
    }
  *from = MAX (*from, MIN ((low - start) / slope, (high - start) / slope));
  *to = MIN (*to, MAX ((low - start) / slope, (high - start) / slope));
}

/* The parts of a line through @start that are inside the region. */
static void
add_hatch_line (const Region *region,
                BpPlotPoint   start,
                BpPlotPoint   along)
{
  BpPainter *painter = region->pen->painter;
  double from = -INFINITY, to = INFINITY;

  cut (start.x, along.x, region->box.x, region->box.x + region->box.width, &from, &to);
  cut (start.y, along.y, region->box.y, region->box.y + region->box.height, &from, &to);
  if (!(to > from))
    return;

  const guint n = (guint) ceil ((to - from) / (STEP * region->pen->style->stroke));
  double depth = get_depth (region, start.x + from * along.x, start.y + from * along.y);
  if (depth > 0)
    bp_painter_move_to (painter, start.x + from * along.x, start.y + from * along.y);
  for (guint i = 1; i <= n; i++)
    {
      const double t = from + (to - from) * i / n;
      const double next = get_depth (region, start.x + t * along.x, start.y + t * along.y);
      const double border = t - (to - from) / n * next / (next - depth);

      if ((depth > 0) != (next > 0))
        (next > 0 ? bp_painter_move_to : bp_painter_line_to) (painter, start.x + border * along.x,
                                                              start.y + border * along.y);
      if (next > 0 && i == n)
        bp_painter_line_to (painter, start.x + t * along.x, start.y + t * along.y);
      depth = next;
    }
}

/* Lines lie where they would in any other region, so that they stay while its border moves. */
static void
hatch (const Region *region,
       guint         directions_of_lines,
       BpColor       color)
{
  const double distance = DISTANCE * region->pen->style->stroke;

  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      const BpPlotPoint along = directions[i];
      const BpPlotPoint across = { -along.y, along.x };
      double low = INFINITY, high = -INFINITY;

      for (guint corner = 0; corner < 4; corner++)
        {
          double place = across.x * (region->box.x + (corner % 2) * region->box.width)
                         + across.y * (region->box.y + (corner / 2) * region->box.height);

          low = MIN (low, place);
          high = MAX (high, place);
        }
      for (double k = ceil (low / distance); directions_of_lines & 1u << i && k * distance <= high; k++)
        add_hatch_line (region, (BpPlotPoint) { k * distance * across.x, k * distance * across.y }, along);
    }
  bp_painter_set_line (region->pen->painter, &(BpLine) { .width = HATCH * region->pen->style->stroke });
  bp_painter_set_ink (region->pen->painter, color, HATCH_INK);
  bp_painter_stroke (region->pen->painter);
}

void
bp_plot_draw_region (const BpPlotPen *pen,
                     const BpLayer   *layer)
{
  const guint index = (layer->pattern - BP_PATTERN_FIRST) % G_N_ELEMENTS (patterns);
  Region region = { pen, layer, pen->layout->area };

  bp_painter_clip (pen->painter, &pen->layout->area);
  if (patterns[index].tint > 0)
    {
      bp_contour_foreach ((const double *) layer->values->data, layer->n_columns, layer->n_rows, 0, add_piece, NULL,
                          &region);
      bp_painter_set_ink (pen->painter, layer->color, patterns[index].tint);
      bp_painter_fill (pen->painter);
    }
  if (patterns[index].directions != 0)
    hatch (&region, patterns[index].directions, layer->color);

  bp_painter_set_line (pen->painter, &(BpLine) { .width = BORDER * pen->style->stroke, .has_round_caps = TRUE });
  bp_painter_set_color (pen->painter, BP_COLOR_TEXT);
  bp_contour_foreach ((const double *) layer->values->data, layer->n_columns, layer->n_rows, 0, NULL, add_piece,
                      &region);
  bp_painter_stroke (pen->painter);
}

void
bp_plot_draw_pattern (const BpPlotPen         *pen,
                      guint                    pattern,
                      const cairo_rectangle_t *box)
{
  const guint index = (pattern - BP_PATTERN_FIRST) % G_N_ELEMENTS (patterns);

  if (patterns[index].tint > 0)
    {
      bp_painter_rectangle (pen->painter, box, 0);
      bp_painter_set_ink (pen->painter, BP_COLOR_VALUE, patterns[index].tint);
      bp_painter_fill (pen->painter);
    }
  if (patterns[index].directions != 0)
    hatch (&(Region) { pen, NULL, *box }, patterns[index].directions, BP_COLOR_VALUE);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = 1 });
  bp_painter_set_color (pen->painter, BP_COLOR_DIM);
  bp_painter_rectangle (pen->painter, box, 0);
  bp_painter_stroke (pen->painter);
}
