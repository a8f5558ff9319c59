/* bp-plot.c: what a plot shows, as plain data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static void
layer_free (gpointer data)
{
  BpLayer *layer = data;

  g_free (layer->label);
  g_free (layer->short_label);
  g_free (layer->value);
  g_free (layer->name);
  g_clear_pointer (&layer->ys, g_array_unref);
  switch (layer->kind)
    {
    case BP_LAYER_SERIES:
      g_clear_pointer (&layer->buckets, g_array_unref);
      break;
    case BP_LAYER_BARS:
    case BP_LAYER_CELLS:
      g_clear_pointer (&layer->bars, g_array_unref);
      g_clear_pointer (&layer->cells, g_array_unref);
      break;
    case BP_LAYER_GRID:
      g_clear_pointer (&layer->values, g_array_unref);
      g_clear_pointer (&layer->levels, g_array_unref);
      break;
    case BP_LAYER_LINE:
    case BP_LAYER_POINTS:
    case BP_LAYER_RULE_X:
    case BP_LAYER_RULE_Y:
    case BP_LAYER_ARROW:
    case BP_LAYER_EXIT:
    case BP_LAYER_NOTE:
    default:
      g_clear_pointer (&layer->points, g_array_unref);
    }
  g_free (layer);
}

BpPlot *
bp_plot_new (const char *title)
{
  BpPlot *plot = g_new0 (BpPlot, 1);

  plot->title = g_strdup (title);
  plot->layers = g_ptr_array_new_with_free_func (layer_free);
  plot->is_complete = TRUE;
  plot->x.maximum = 1;
  plot->y.maximum = 1;
  plot->optimum = NAN;
  plot->x_parameter = plot->y_parameter = -1;
  plot->x_column = plot->y_column = -1;
  plot->course.first = NAN;

  return plot;
}

void
bp_plot_free (BpPlot *plot)
{
  if (plot == NULL)
    return;

  g_free (plot->title);
  g_free (plot->subtitle);
  g_free (plot->description);
  bp_axis_clear (&plot->x);
  bp_axis_clear (&plot->y);
  g_ptr_array_unref (plot->layers);
  g_strfreev (plot->inputs);
  g_free (plot);
}

BpLayer *
bp_plot_add_layer (BpPlot     *plot,
                   BpLayerKind kind,
                   BpColor     color,
                   const char *label)
{
  BpLayer *layer = g_new0 (BpLayer, 1);

  layer->kind = kind;
  layer->color = color;
  layer->width = BP_WIDTH_NORMAL;
  layer->joined = kind == BP_LAYER_LINE || kind == BP_LAYER_SERIES;
  layer->label = g_strdup (label);
  layer->dim_from = INFINITY;
  g_ptr_array_add (plot->layers, layer);

  return layer;
}

BpLayer *
bp_plot_get_layer (const BpPlot *plot,
                   guint         index)
{
  g_return_val_if_fail (index < plot->layers->len, NULL);

  return g_ptr_array_index (plot->layers, index);
}

gboolean
bp_layer_has_points (const BpLayer *layer)
{
  return layer->kind != BP_LAYER_SERIES && layer->kind != BP_LAYER_BARS && layer->kind != BP_LAYER_CELLS
         && layer->kind != BP_LAYER_GRID && layer->kind != BP_LAYER_NOTE;
}

void
bp_layer_append (BpLayer *layer,
                 double   x,
                 double   y)
{
  BpPlotPoint point = { x, y };

  g_return_if_fail (bp_layer_has_points (layer));

  if (layer->points == NULL)
    layer->points = g_array_new (FALSE, FALSE, sizeof (BpPlotPoint));
  g_array_append_val (layer->points, point);
}

static void
append_y (BpLayer *layer,
          double   y)
{
  if (layer->ys == NULL)
    layer->ys = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (layer->ys, y);
}

void
bp_layer_append_beside (BpLayer *layer,
                        double   x,
                        double   y,
                        double   drawn_y)
{
  bp_layer_append (layer, x, drawn_y);
  append_y (layer, y);
}

void
bp_layer_append_bar_beside (BpLayer *layer,
                            double   x0,
                            double   x1,
                            double   y0,
                            double   y1,
                            double   y)
{
  bp_layer_append_bar (layer, x0, x1, y0, y1);
  append_y (layer, y);
}

void
bp_layer_append_bar (BpLayer *layer,
                     double   x0,
                     double   x1,
                     double   y0,
                     double   y1)
{
  BpPlotBar bar = { x0, x1, y0, y1 };

  g_return_if_fail (layer->kind == BP_LAYER_BARS || layer->kind == BP_LAYER_CELLS);

  if (layer->bars == NULL)
    layer->bars = g_array_new (FALSE, FALSE, sizeof (BpPlotBar));
  g_array_append_val (layer->bars, bar);
}

void
bp_layer_append_cell (BpLayer          *layer,
                      double            x,
                      double            y,
                      const BpPlotCell *cell)
{
  /* Without what lies between its members: cells are compared as memory. */
  BpPlotCell copy;

  g_return_if_fail (layer->kind == BP_LAYER_CELLS);

  memset (&copy, 0, sizeof copy);
  copy.value = cell->value;
  copy.shade = cell->shade;
  copy.is_framed = cell->is_framed;
  bp_layer_append_bar (layer, x, x + 1, y, y + 1);
  if (layer->cells == NULL)
    layer->cells = g_array_new (FALSE, FALSE, sizeof (BpPlotCell));
  g_array_append_val (layer->cells, copy);
}

/* fmin() and fmax() without their calls: NaN stands for no value. */
static inline double
get_less (double a,
          double b)
{
  return b < a || isnan (a) ? b : a;
}

static inline double
get_greater (double a,
             double b)
{
  return b > a || isnan (a) ? b : a;
}

static BpBucket
merge_buckets (const BpBucket *buckets,
               guint           n)
{
  BpBucket merged = buckets[0];

  for (guint i = 1; i < n; i++)
    {
      merged.first = isnan (merged.first) ? buckets[i].first : merged.first;
      merged.last = isnan (buckets[i].last) ? merged.last : buckets[i].last;
      merged.minimum = get_less (merged.minimum, buckets[i].minimum);
      merged.maximum = get_greater (merged.maximum, buckets[i].maximum);
    }

  return merged;
}

void
bp_layer_set_series (BpLayer        *layer,
                     const BpSeries *series,
                     double          first_x,
                     guint           max_buckets)
{
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (series, &n);
  guint stride = 1;

  g_return_if_fail (layer->kind == BP_LAYER_SERIES);

  while (n / stride > MAX (max_buckets, 1))
    stride *= 2;

  g_clear_pointer (&layer->buckets, g_array_unref);
  layer->buckets = g_array_sized_new (FALSE, FALSE, sizeof (BpBucket), n / stride + 1);
  layer->first_x = first_x;
  layer->step = (double) bp_series_get_bucket_width (series) * stride;

  for (guint i = 0; i < n; i += stride)
    {
      BpBucket bucket = merge_buckets (buckets + i, MIN (stride, n - i));

      g_array_append_val (layer->buckets, bucket);
    }
}

void
bp_layer_set_grid (BpLayer *layer,
                   guint    n_columns,
                   guint    n_rows,
                   double   x0,
                   double   x1,
                   double   y0,
                   double   y1)
{
  double none = NAN;

  g_return_if_fail (layer->kind == BP_LAYER_GRID && n_columns >= 2 && n_rows >= 2);

  layer->n_columns = n_columns;
  layer->n_rows = n_rows;
  layer->x0 = x0;
  layer->x1 = x1;
  layer->y0 = y0;
  layer->y1 = y1;
  g_clear_pointer (&layer->values, g_array_unref);
  g_clear_pointer (&layer->levels, g_array_unref);
  layer->strong_level = NAN;
  layer->values = g_array_sized_new (FALSE, FALSE, sizeof (double), n_columns * n_rows);
  layer->levels = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < n_columns * n_rows; i++)
    g_array_append_val (layer->values, none);
}

void
bp_layer_set_style (BpLayer *layer,
                    guint    index)
{
  static const BpMarker markers[] = {
    BP_MARKER_NONE, BP_MARKER_CIRCLE, BP_MARKER_BOX, BP_MARKER_TRIANGLE, BP_MARKER_PLUS, BP_MARKER_DIAMOND,
    BP_MARKER_RING, BP_MARKER_SQUARE, BP_MARKER_CROSS,
  };

  /* Both change from one to the next; they meet again after the least common multiple of 4 and 9. */
  layer->dash = index % BP_N_DASHES;
  layer->marker = markers[index % G_N_ELEMENTS (markers)];
}

gboolean
bp_layer_is_wide (const BpLayer *layer)
{
  if (layer->kind != BP_LAYER_SERIES)
    return FALSE;

  for (guint i = 0; i < bp_layer_get_n_points (layer); i++)
    if (g_array_index (layer->buckets, BpBucket, i).maximum > g_array_index (layer->buckets, BpBucket, i).minimum)
      return TRUE;

  return layer->step > 1;
}

guint
bp_layer_get_n_points (const BpLayer *layer)
{
  switch (layer->kind)
    {
    case BP_LAYER_LINE:
    case BP_LAYER_POINTS:
      return layer->points != NULL ? layer->points->len : 0;

    case BP_LAYER_SERIES:
      return layer->buckets != NULL ? layer->buckets->len : 0;

    case BP_LAYER_BARS:
    case BP_LAYER_CELLS:
      return layer->bars != NULL ? layer->bars->len : 0;

    case BP_LAYER_GRID:
    case BP_LAYER_RULE_X:
    case BP_LAYER_RULE_Y:
    case BP_LAYER_ARROW:
    case BP_LAYER_EXIT:
    case BP_LAYER_NOTE:
    default:
      return 0;
    }
}

BpPlotPoint
bp_layer_get_point (const BpLayer *layer,
                    guint          index)
{
  g_return_val_if_fail (index < bp_layer_get_n_points (layer), ((BpPlotPoint) { NAN, NAN }));

  if (layer->kind == BP_LAYER_SERIES)
    return (BpPlotPoint) {
      layer->first_x + index * layer->step,
      g_array_index (layer->buckets, BpBucket, index).first,
    };
  if (layer->kind == BP_LAYER_BARS || layer->kind == BP_LAYER_CELLS)
    {
      const BpPlotBar *bar = &g_array_index (layer->bars, BpPlotBar, index);

      return (BpPlotPoint) { bar->x0 / 2 + bar->x1 / 2,
                             layer->kind == BP_LAYER_CELLS ? bar->y0 / 2 + bar->y1 / 2 : bar->y1 };
    }

  return g_array_index (layer->points, BpPlotPoint, index);
}

double
bp_layer_get_y (const BpLayer *layer,
                guint          index)
{
  g_return_val_if_fail (index < bp_layer_get_n_points (layer), NAN);

  return layer->ys != NULL ? g_array_index (layer->ys, double, index) : bp_layer_get_point (layer, index).y;
}

gint64
bp_layer_get_iteration (const BpLayer *layer,
                        guint          index)
{
  if (layer->step == 0)
    return -1;

  return (gint64) (layer->first_x + index * layer->step);
}

gboolean
bp_layer_has_hollow_markers (const BpLayer *layer)
{
  if (layer->marker == BP_MARKER_RING || layer->marker == BP_MARKER_BOX)
    return TRUE;

  /* Those of a reference run, but for what is too small, or has no inside, and where the run is now. */
  return layer->is_reference && layer->marker != BP_MARKER_DOT && layer->marker != BP_MARKER_CROSS
         && layer->marker != BP_MARKER_PLUS;
}

gboolean
bp_layer_in_legend (const BpLayer *layer)
{
  return layer->label != NULL && layer->kind != BP_LAYER_NOTE && layer->kind != BP_LAYER_EXIT
         && !layer->is_label_inside;
}

char *
bp_layer_dup_legend_label (const BpLayer *layer)
{
  /* Translators: an entry of a legend that a number follows: "η = 0.02: " */
  return layer->value != NULL ? g_strdup_printf (C_("legend", "%s: "), layer->label) : g_strdup (layer->label);
}

gboolean
bp_plot_has_axes (const BpPlot *plot)
{
  g_return_val_if_fail (plot != NULL, FALSE);

  return plot->layers->len != 1 || bp_plot_get_layer (plot, 0)->kind != BP_LAYER_NOTE;
}

/* The run itself comes first, then those it is compared with, what else there is, and last the rules. */
static guint
get_rank (const BpLayer *layer)
{
  if (layer->is_strong)
    return 0;
  if (layer->is_reference)
    return 1;

  return layer->kind == BP_LAYER_RULE_X || layer->kind == BP_LAYER_RULE_Y ? 3 : 2;
}

GArray *
bp_plot_list_legend (const BpPlot *plot)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint rank = 0; rank <= 3; rank++)
    for (guint i = 0; i < plot->layers->len; i++)
      {
        const BpLayer *layer = bp_plot_get_layer (plot, i);

        if (bp_layer_in_legend (layer) && get_rank (layer) == rank)
          g_array_append_val (entries, i);
      }

  return entries;
}

void
bp_range_include (double *minimum,
                  double *maximum,
                  double  value)
{
  if (!isfinite (value))
    return;

  *minimum = get_less (*minimum, value);
  *maximum = get_greater (*maximum, value);
}

static void
include (gboolean positive,
         double  *minimum,
         double  *maximum,
         double   value)
{
  if (!positive || value > 0)
    bp_range_include (minimum, maximum, value);
}

void
bp_layer_get_range (const BpLayer *layer,
                    gboolean       positive,
                    double        *minimum,
                    double        *maximum)
{
  for (guint i = 0; layer->kind == BP_LAYER_SERIES && i < bp_layer_get_n_points (layer); i++)
    {
      const BpBucket *bucket = &g_array_index (layer->buckets, BpBucket, i);

      include (positive, minimum, maximum, bucket->minimum);
      include (positive, minimum, maximum, bucket->maximum);
    }
  for (guint i = 0; layer->kind == BP_LAYER_BARS && i < bp_layer_get_n_points (layer); i++)
    {
      const BpPlotBar *bar = &g_array_index (layer->bars, BpPlotBar, i);

      include (positive, minimum, maximum, bar->y0);
      include (positive, minimum, maximum, bar->y1);
    }
  if (!bp_layer_has_points (layer) || layer->points == NULL || layer->kind == BP_LAYER_RULE_X)
    return;
  for (guint i = 0; i < layer->points->len; i++)
    include (positive, minimum, maximum, g_array_index (layer->points, BpPlotPoint, i).y);
}
