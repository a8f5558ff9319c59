/* bp-plot-grid.c: a function of both axes as fills and lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-marks.h"

#include "base/bp-number.h"
#include "drawing/bp-contour.h"

#include <math.h>

/* Fills lie on one another: each level adds this much of the colour, all of them at most that. */
#define FILL_STEP 0.09
#define FILL_MAX 0.5
#define LINE 0.45
#define STRONG_WIDTH 2

/* Around a label. */
#define LABEL_PADDING 2

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
        bp_painter_move_to (grid->pen->painter, x, y);
      else
        bp_painter_line_to (grid->pen->painter, x, y);
    }
  if (n_points > 2)
    bp_painter_close (grid->pen->painter);
}

void
bp_plot_draw_grid (const BpPlotPen *pen,
                   const BpLayer   *layer)
{
  BpLine strong;
  Grid grid = { pen, layer };

  if (layer->values == NULL || layer->levels->len == 0)
    return;
  if (layer->pattern != BP_PATTERN_NONE)
    {
      bp_plot_draw_region (pen, layer);
      return;
    }

  double step = MIN (FILL_STEP, FILL_MAX / layer->levels->len);
  bp_painter_clip (pen->painter, &pen->layout->area);
  for (guint i = 0; i < layer->levels->len; i++)
    {
      bp_contour_foreach ((const double *) layer->values->data, layer->n_columns, layer->n_rows,
                          g_array_index (layer->levels, double, i), add_piece, NULL, &grid);
      bp_painter_set_ink (pen->painter, layer->color, step);
      bp_painter_fill (pen->painter);
    }

  bp_plot_set_stroke (pen, layer);
  bp_painter_set_ink (pen->painter, layer->color, LINE);
  for (guint i = 0; i < layer->levels->len; i++)
    bp_contour_foreach ((const double *) layer->values->data, layer->n_columns, layer->n_rows,
                        g_array_index (layer->levels, double, i), NULL, add_piece, &grid);
  bp_painter_stroke (pen->painter);

  if (isnan (layer->strong_level))
    return;
  bp_painter_set_ink (pen->painter, layer->color, 1);
  strong = *bp_painter_get_line (pen->painter);
  strong.width = STRONG_WIDTH * pen->style->stroke;
  bp_painter_set_line (pen->painter, &strong);
  bp_contour_foreach ((const double *) layer->values->data, layer->n_columns, layer->n_rows, layer->strong_level, NULL,
                      add_piece, &grid);
  bp_painter_stroke (pen->painter);
}

/* Labels */

static gboolean
overlaps (const GArray            *boxes,
          const cairo_rectangle_t *box)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const cairo_rectangle_t *other = &g_array_index (boxes, cairo_rectangle_t, i);

      if (box->x < other->x + other->width && other->x < box->x + box->width && box->y < other->y + other->height
          && other->y < box->y + box->height)
        return TRUE;
    }

  return FALSE;
}

/* The value of @level at its line, unless it would hide another. */
static void
draw_level_label (const BpPlotPen *pen,
                  const BpLayer   *grid,
                  double           level,
                  GArray          *boxes)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  g_autofree char *text = bp_number_format (level);
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_entry (pen->layout, text, level == grid->strong_level);
  cairo_rectangle_t box;
  BpPlotPoint place;
  int width, height;

  if (!bp_layer_find_level (grid, level, &place))
    return;

  pango_layout_get_size (pango, &width, &height);
  box.width = width / (double) PANGO_SCALE + 2 * LABEL_PADDING;
  box.height = height / (double) PANGO_SCALE;
  box.x = bp_plot_layout_map_x (pen->layout, pen->plot, place.x) - box.width / 2;
  box.y = bp_plot_layout_map_y (pen->layout, pen->plot, place.y) - box.height / 2;
  box.x = CLAMP (box.x, area->x, MAX (area->x, area->x + area->width - box.width));
  box.y = CLAMP (box.y, area->y, MAX (area->y, area->y + area->height - box.height));
  if (overlaps (boxes, &box))
    return;

  g_array_append_val (boxes, box);
  bp_plot_draw_label (pen, BP_ROLE_TICK, pango, grid->color, box.x + LABEL_PADDING, &box);
}

void
bp_plot_draw_grid_labels (const BpPlotPen *pen,
                          const BpLayer   *layer)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));

  if (layer->kind != BP_LAYER_GRID || layer->values == NULL || layer->pattern != BP_PATTERN_NONE)
    return;

  if (!isnan (layer->strong_level))
    draw_level_label (pen, layer, layer->strong_level, boxes);
  for (guint i = 0; i < layer->levels->len; i++)
    draw_level_label (pen, layer, g_array_index (layer->levels, double, i), boxes);
}
