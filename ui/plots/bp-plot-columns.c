/* bp-plot-columns.c: a line of very many points as pixel columns, from the least to the greatest in each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-marks.h"

#include <math.h>

#include "drawing/bp-decimate.h"

/* Lines of up to so many points a column are stroked. */
#define POINTS_PER_COLUMN 2

/* How far outside the area a line is followed. */
#define OVERHANG 20

/* Columns whose ends differ by less are drawn as one. */
#define SAME_EXTENT 0.06

static guint
get_n_columns (const BpPlotPen *pen)
{
  return (guint) ceil (pen->layout->area.width * bp_painter_get_resolution (pen->painter));
}

static gboolean
is_sorted (const BpLayer *layer)
{
  guint n = bp_layer_get_n_points (layer);

  for (guint i = 1; i < n; i++)
    if (!(bp_layer_get_point (layer, i - 1).x <= bp_layer_get_point (layer, i).x))
      return FALSE;

  return TRUE;
}

gboolean
bp_plot_needs_columns (const BpPlotPen *pen,
                       const BpLayer   *layer)
{
  if (!layer->joined)
    return FALSE;
  if (bp_layer_is_wide (layer))
    return TRUE;

  return bp_layer_get_n_points (layer) > POINTS_PER_COLUMN * get_n_columns (pen) && is_sorted (layer);
}

static BpBucket *
create_columns (const BpPlotPen *pen,
                const BpLayer   *layer,
                guint            n_columns)
{
  BpBucket *columns = g_new (BpBucket, n_columns);
  guint n = bp_layer_get_n_points (layer);

  bp_decimate_clear (columns, n_columns);
  for (guint i = 0; i < n; i++)
    {
      BpPlotPoint point = bp_layer_get_point (layer, i);
      BpBucket bucket = { point.y, point.y, point.y, point.y };
      double position = bp_axis_map (&pen->plot->x, point.x);

      if (layer->kind == BP_LAYER_SERIES)
        bucket = g_array_index (layer->buckets, BpBucket, i);
      /* What lies on the right edge belongs to the last column. */
      bp_decimate_add (columns, n_columns, position == 1 ? n_columns - 1 : floor (position * n_columns), &bucket);
    }
  bp_decimate_join (columns, n_columns);

  return columns;
}

/* The rectangle of equal neighbouring columns. */
typedef struct {
  double x;
  double width;
  double top;
  double bottom;
} Run;

static void
flush_run (const BpPlotPen *pen,
           Run             *run)
{
  cairo_rectangle_t box = { run->x, run->top, run->width, run->bottom - run->top };

  if (run->width > 0)
    bp_painter_rectangle (pen->painter, &box, 0);
  run->width = 0;
}

/* From the least to the greatest of a column. Returns: FALSE when nothing of it is to be seen */
static gboolean
get_extent (const BpPlotPen *pen,
            const BpBucket  *column,
            double           thickness,
            gboolean         is_reference,
            double          *top,
            double          *bottom)
{
  const cairo_rectangle_t *area = &pen->layout->area;

  *top = bp_plot_layout_map_y (pen->layout, pen->plot, column->maximum);
  *bottom = bp_plot_layout_map_y (pen->layout, pen->plot, column->minimum);
  if (isnan (*top))
    return FALSE;
  /* On a log axis what is not positive lies below everything. */
  if (isnan (*bottom))
    *bottom = area->y + area->height + OVERHANG;

  *top = MAX (*top - thickness / 2, area->y - OVERHANG);
  *bottom = MIN (*bottom + thickness / 2, area->y + area->height + OVERHANG);

  return *bottom > *top && (!is_reference || *top >= area->y || *bottom <= area->y + area->height);
}

static void
add_column (const BpPlotPen *pen,
            Run             *run,
            const BpBucket  *column,
            double           x,
            double           width,
            double           thickness,
            gboolean         is_reference)
{
  double top, bottom;

  if (!get_extent (pen, column, thickness, is_reference, &top, &bottom))
    {
      flush_run (pen, run);
      return;
    }

  if (run->width > 0 && fabs (top - run->top) < SAME_EXTENT && fabs (bottom - run->bottom) < SAME_EXTENT)
    {
      run->width = x + width - run->x;
      return;
    }
  flush_run (pen, run);
  *run = (Run) { x, width, top, bottom };
}

/* Whether the dash in force leaves ink so far from its beginning: columns have no length that cairo could follow. */
static gboolean
is_in_dash (const BpPlotPen *pen,
            double           distance)
{
  const BpLine *line = bp_painter_get_line (pen->painter);
  double total = 0;

  for (guint i = 0; i < line->n_dashes; i++)
    total += line->dashes[i];
  distance = total > 0 ? fmod (distance, total) : 0;
  for (guint i = 0; i < line->n_dashes; distance -= line->dashes[i++])
    if (distance < line->dashes[i])
      return i % 2 == 0;

  return line->n_dashes == 0;
}

void
bp_plot_fill_columns (const BpPlotPen *pen,
                      const BpLayer   *layer)
{
  guint n_columns = get_n_columns (pen);
  g_autofree BpBucket *columns = create_columns (pen, layer, n_columns);
  double width = pen->layout->area.width / n_columns;
  double thickness = bp_painter_get_line (pen->painter)->width;
  Run run = { 0 };

  for (guint i = 0; i < n_columns; i++)
    if (!isnan (columns[i].first) && is_in_dash (pen, i * width))
      add_column (pen, &run, &columns[i], pen->layout->area.x + i * width, width, thickness, layer->is_reference);
    else
      flush_run (pen, &run);
  flush_run (pen, &run);
  bp_painter_fill (pen->painter);
}
