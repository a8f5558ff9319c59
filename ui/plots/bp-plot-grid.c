/* bp-plot-grid.c: a function of both axes as fills and lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-marks.h"

#include "drawing/bp-contour.h"

#include <math.h>

/* Fills lie on one another: each level adds this much of the colour, all of them at most that. */
#define FILL_STEP 0.09
#define FILL_MAX 0.5
#define LINE 0.45

typedef struct {
  const BpPlotPen *pen;
  const BpLayer   *layer;
} Grid;

static void
add_piece (const BpContourPoint *points,
           guint                 n_points,
           gpointer              data)
{
  const Grid *grid = data;
  const BpLayer *layer = grid->layer;

  for (guint i = 0; i < n_points; i++)
    {
      double x = layer->x0 + (layer->x1 - layer->x0) * points[i].x / (layer->n_columns - 1);
      double y = layer->y0 + (layer->y1 - layer->y0) * points[i].y / (layer->n_rows - 1);

      x = bp_plot_layout_map_x (grid->pen->layout, grid->pen->plot, x);
      y = bp_plot_layout_map_y (grid->pen->layout, grid->pen->plot, y);
      if (i == 0)
        cairo_move_to (grid->pen->cr, x, y);
      else
        cairo_line_to (grid->pen->cr, x, y);
    }
  if (n_points > 2)
    cairo_close_path (grid->pen->cr);
}

void
bp_plot_draw_grid (const BpPlotPen *pen,
                   const BpLayer   *layer)
{
  const GdkRGBA *rgba = &pen->style->palette->colors[layer->color];
  const cairo_rectangle_t *area = &pen->layout->area;
  Grid grid = { pen, layer };

  if (layer->values == NULL || layer->levels->len == 0)
    return;

  double step = MIN (FILL_STEP, FILL_MAX / layer->levels->len);
  cairo_rectangle (pen->cr, area->x, area->y, area->width, area->height);
  cairo_clip (pen->cr);
  for (guint i = 0; i < layer->levels->len; i++)
    {
      bp_contour_foreach ((const double *) layer->values->data, layer->n_columns, layer->n_rows,
                          g_array_index (layer->levels, double, i), add_piece, NULL, &grid);
      cairo_set_source_rgba (pen->cr, (double) rgba->red, (double) rgba->green, (double) rgba->blue, step);
      cairo_fill (pen->cr);
    }

  bp_plot_set_stroke (pen, layer);
  cairo_set_source_rgba (pen->cr, (double) rgba->red, (double) rgba->green, (double) rgba->blue, LINE);
  for (guint i = 0; i < layer->levels->len; i++)
    bp_contour_foreach ((const double *) layer->values->data, layer->n_columns, layer->n_rows,
                        g_array_index (layer->levels, double, i), NULL, add_piece, &grid);
  cairo_stroke (pen->cr);
}
