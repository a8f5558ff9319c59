/* test-plot.c: layers, series and what makes two plots the same picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot.h"
#include "base/bp-random.h"

#include <math.h>

static void
test_layers (void)
{
  g_autoptr (BpPlot) plot = bp_plot_new ("Title");
  BpLayer *line = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, "line");
  BpLayer *rule = bp_plot_add_layer (plot, BP_LAYER_RULE_Y, BP_COLOR_DIM, "optimum");
  BpLayer *bars = bp_plot_add_layer (plot, BP_LAYER_BARS, BP_COLOR_VALUE, NULL);

  g_assert_cmpuint (plot->layers->len, ==, 3);
  g_assert_true (bp_plot_get_layer (plot, 1) == rule);
  g_assert_true (bp_layer_in_legend (line));
  g_assert_true (bp_layer_in_legend (rule));
  rule->is_label_inside = TRUE;
  g_assert_false (bp_layer_in_legend (rule));
  g_assert_false (bp_layer_in_legend (bars));
  g_assert_cmpuint (bp_layer_get_n_points (line), ==, 0);

  bp_layer_append (line, 1, 2);
  bp_layer_append (line, 3, 4);
  g_assert_cmpuint (bp_layer_get_n_points (line), ==, 2);
  g_assert_cmpfloat (bp_layer_get_point (line, 1).x, ==, 3);
  g_assert_cmpfloat (bp_layer_get_point (line, 1).y, ==, 4);
  g_assert_cmpint (bp_layer_get_iteration (line, 1), ==, -1);
  line->first_x = 10;
  line->step = 5;
  g_assert_cmpint (bp_layer_get_iteration (line, 1), ==, 15);

  bp_layer_append_bar (bars, 1, 2, 0, 7);
  g_assert_cmpfloat (bp_layer_get_point (bars, 0).x, ==, 1.5);
  g_assert_cmpfloat (bp_layer_get_point (bars, 0).y, ==, 7);
  bp_layer_append (rule, 0, 9.9);
  g_assert_cmpuint (bp_layer_get_n_points (rule), ==, 0);
}

/* The run, then those it is compared with, what else there is, and rules. */
static void
test_legend (void)
{
  static const guint expected[] = { 3, 0, 4, 1 };
  g_autoptr (BpPlot) plot = bp_plot_new ("Title");
  g_autoptr (GArray) entries = NULL;

  bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_DIM, "earlier")->is_reference = TRUE;
  bp_plot_add_layer (plot, BP_LAYER_RULE_Y, BP_COLOR_DIM, "optimum");
  bp_plot_add_layer (plot, BP_LAYER_BARS, BP_COLOR_VALUE, NULL);
  bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, "run")->is_strong = TRUE;
  bp_plot_add_layer (plot, BP_LAYER_POINTS, BP_COLOR_VALUE, "samples");
  entries = bp_plot_list_legend (plot);
  g_assert_cmpmem (entries->data, entries->len * sizeof (guint), expected, sizeof expected);
}

/* However many rules there are: labels on the same line are half the plot's width apart. */
static void
test_label_lines (void)
{
  const guint64 key = bp_random_key (1, "labels");

  for (guint round = 0; round < 1000; round++)
    {
      g_autoptr (BpPlot) plot = bp_plot_new ("Title");
      const guint n = 1 + (guint) bp_random_below (key, 9 * round, 7);

      plot->x.minimum = -2;
      plot->x.maximum = 2;
      for (guint i = 0; i < n; i++)
        {
          BpLayer *rule = bp_plot_add_layer (plot, BP_LAYER_RULE_X, BP_COLOR_DIM, "x");

          rule->is_label_inside = TRUE;
          bp_layer_append (rule, -2 + 0.25 * bp_random_below (key, 9 * round + 1 + i, 17), 0);
        }
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < i; j++)
          {
            const BpLayer *a = bp_plot_get_layer (plot, i), *b = bp_plot_get_layer (plot, j);
            const double gap = g_array_index (a->points, BpPlotPoint, 0).x - g_array_index (b->points, BpPlotPoint,
                                                                                            0).x;

            if (fabs (gap) < 2)
              g_assert_cmpuint (bp_plot_get_label_line (plot, a), !=, bp_plot_get_label_line (plot, b));
          }
      if (n == 1)
        g_assert_cmpuint (bp_plot_get_label_line (plot, bp_plot_get_layer (plot, 0)), ==, 0);
    }
}

static void
test_range (void)
{
  g_autoptr (BpPlot) plot = bp_plot_new ("Title");
  BpLayer *line = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);
  double minimum = NAN;
  double maximum = NAN;

  bp_layer_get_range (line, FALSE, &minimum, &maximum);
  g_assert_true (isnan (minimum) && isnan (maximum));

  bp_layer_append (line, 0, NAN);
  bp_layer_append (line, 0, -3);
  bp_layer_append (line, 0, 0);
  bp_layer_append (line, 0, 0.5);
  bp_layer_append (line, 0, INFINITY);
  bp_layer_append (line, 0, 7);
  bp_layer_get_range (line, FALSE, &minimum, &maximum);
  g_assert_cmpfloat (minimum, ==, -3);
  g_assert_cmpfloat (maximum, ==, 7);

  minimum = maximum = NAN;
  bp_layer_get_range (line, TRUE, &minimum, &maximum);
  g_assert_cmpfloat (minimum, ==, 0.5);
  g_assert_cmpfloat (maximum, ==, 7);

  BpLayer *rule = bp_plot_add_layer (plot, BP_LAYER_RULE_X, BP_COLOR_DIM, NULL);
  bp_layer_append (rule, 5, 1000);
  bp_layer_get_range (rule, FALSE, &minimum, &maximum);
  g_assert_cmpfloat (maximum, ==, 7);
}

/* Buckets that were merged to fewer say of their values what the values say. */
static void
test_series (void)
{
  GRand *rand = g_rand_new_with_seed (1);

  for (guint length = 1; length < 40000; length = length * 2 + 1)
    {
      g_autoptr (BpPlot) plot = bp_plot_new ("Title");
      BpLayer *layer = bp_plot_add_layer (plot, BP_LAYER_SERIES, BP_COLOR_VALUE, NULL);
      g_autoptr (BpSeries) series = bp_series_new ();
      g_autofree double *values = g_new (double, length);

      for (guint i = 0; i < length; i++)
        {
          values[i] = g_rand_double_range (rand, -5, 5);
          bp_series_append (series, &(const double) { values[i] }, 1);
        }
      bp_layer_set_series (layer, series, 1, 100);

      guint n = bp_layer_get_n_points (layer);
      guint step = (guint) layer->step;
      g_assert_cmpuint (n, <=, 101);
      g_assert_cmpuint (n, ==, (length + step - 1) / step);
      for (guint i = 0; i < n; i++)
        {
          const BpBucket *bucket = &g_array_index (layer->buckets, BpBucket, i);
          double minimum = INFINITY;
          double maximum = -INFINITY;

          for (guint j = i * step; j < MIN ((i + 1) * step, length); j++)
            {
              minimum = MIN (minimum, values[j]);
              maximum = MAX (maximum, values[j]);
            }
          g_assert_cmpfloat (bucket->minimum, ==, minimum);
          g_assert_cmpfloat (bucket->maximum, ==, maximum);
          g_assert_cmpfloat (bucket->first, ==, values[i * step]);
          g_assert_cmpfloat (bucket->last, ==, values[MIN ((i + 1) * step, length) - 1]);
          g_assert_cmpint (bp_layer_get_iteration (layer, i), ==, 1 + i * step);
        }
    }
  g_rand_free (rand);
}

static void
test_styles (void)
{
  g_autoptr (BpPlot) plot = bp_plot_new ("Title");
  BpLayer *a = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);
  BpLayer *b = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);

  bp_layer_set_style (a, 0);
  g_assert_cmpint (a->dash, ==, BP_DASH_SOLID);
  g_assert_cmpint (a->marker, ==, BP_MARKER_NONE);
  for (guint i = 0; i < 36; i++)
    for (guint j = 0; j < i; j++)
      {
        bp_layer_set_style (a, i);
        bp_layer_set_style (b, j);
        g_assert_true (a->dash != b->dash || a->marker != b->marker);
      }
}

static void
test_same_frame (void)
{
  g_autoptr (BpPlot) a = bp_plot_new ("Title");
  g_autoptr (BpPlot) b = bp_plot_new ("Title");
  BpLayer *line = bp_plot_add_layer (a, BP_LAYER_LINE, BP_COLOR_VALUE, "line");

  g_assert_false (bp_plot_has_same_frame (a, b));
  BpLayer *other = bp_plot_add_layer (b, BP_LAYER_LINE, BP_COLOR_VALUE, "line");
  g_assert_true (bp_plot_has_same_frame (a, b));

  /* What is in the frame does not count. */
  bp_layer_append (line, 1, 2);
  a->subtitle = g_strdup ("optimum 9.9");
  g_assert_false (bp_plot_has_same_frame (a, b));
  b->subtitle = g_strdup ("optimum 10.1");
  bp_plot_add_layer (a, BP_LAYER_RULE_X, BP_COLOR_VALUE, "x = 1")->is_label_inside = TRUE;
  bp_plot_add_layer (b, BP_LAYER_RULE_X, BP_COLOR_VALUE, "x = 2")->is_label_inside = TRUE;
  g_assert_true (bp_plot_has_same_frame (a, b));

  other->dash = BP_DASH_DOTTED;
  g_assert_false (bp_plot_has_same_frame (a, b));
  other->dash = line->dash;
  b->y.maximum = 2;
  g_assert_false (bp_plot_has_same_frame (a, b));
  b->y.maximum = a->y.maximum;
  b->x.label = g_strdup ("x");
  g_assert_false (bp_plot_has_same_frame (a, b));
}

/* Values of a grid are marks, not a part of the frame. */
static void
test_same_grid (void)
{
  g_autoptr (BpPlot) a = bp_plot_new ("Title");
  g_autoptr (BpPlot) b = bp_plot_new ("Title");
  BpLayer *grid_a = bp_plot_add_layer (a, BP_LAYER_GRID, BP_COLOR_VALUE, NULL);
  BpLayer *grid_b = bp_plot_add_layer (b, BP_LAYER_GRID, BP_COLOR_VALUE, NULL);

  bp_layer_set_grid (grid_a, 2, 2, 0, 1, 0, 1);
  bp_layer_set_grid (grid_b, 2, 2, 0, 1, 0, 1);
  for (guint i = 0; i < 4; i++)
    {
      g_array_index (grid_a->values, double, i) = i;
      g_array_index (grid_b->values, double, i) = i;
    }
  g_assert_true (bp_layer_has_same_marks (grid_a, grid_b));
  g_array_index (grid_b->values, double, 3) = 7;
  g_assert_true (bp_plot_has_same_frame (a, b));
  g_assert_false (bp_layer_has_same_marks (grid_a, grid_b));
}

/* Layers that the legend does not have may come and go. */
static void
test_same_legend (void)
{
  g_autoptr (BpPlot) a = bp_plot_new ("Title");
  g_autoptr (BpPlot) b = bp_plot_new ("Title");

  bp_plot_add_layer (a, BP_LAYER_LINE, BP_COLOR_VALUE, "line");
  bp_plot_add_layer (b, BP_LAYER_LINE, BP_COLOR_VALUE, "line");
  bp_plot_add_layer (b, BP_LAYER_POINTS, BP_COLOR_VALUE, NULL);
  g_assert_true (bp_plot_has_same_frame (a, b));
  g_assert_true (bp_plot_has_same_frame (b, a));
  bp_plot_add_layer (b, BP_LAYER_POINTS, BP_COLOR_VALUE, "points");
  g_assert_false (bp_plot_has_same_frame (a, b));
  g_assert_false (bp_plot_has_same_frame (b, a));
}

typedef struct {
  gsize offset;
  gsize size;
} Field;

#define FIELD(name) { G_STRUCT_OFFSET (BpLayer, name), sizeof (((BpLayer *) NULL)->name) }

/* Each of @fields that differs makes a difference between two empty layers of @kind. */
static void
check_fields (BpLayerKind  kind,
              const Field *fields,
              guint        n_fields)
{
  g_autoptr (BpPlot) plot = bp_plot_new ("Title");
  BpLayer *mine = bp_plot_add_layer (plot, kind, BP_COLOR_VALUE, "layer");
  BpLayer *theirs = bp_plot_add_layer (plot, kind, BP_COLOR_VALUE, "layer");

  for (guint i = 0; i < n_fields; i++)
    {
      guint8 *byte = (guint8 *) theirs + fields[i].offset + fields[i].size / 2;

      *byte ^= 1;
      g_assert_false (bp_layer_has_same_marks (mine, theirs));
      *byte ^= 1;
      g_assert_true (bp_layer_has_same_marks (mine, theirs));
    }
  theirs->dim_from = 3;
  g_assert_true (bp_layer_has_same_marks (mine, theirs));
}

/* Every field that is drawn makes a difference, but dim_from, which the canvas compares by the pixel. */
static void
test_same_fields (void)
{
  static const Field common[] = {
    FIELD (color), FIELD (dash), FIELD (width), FIELD (marker), FIELD (joined), FIELD (is_cursor), FIELD (first_x),
    FIELD (step),
  };
  static const Field grid[] = { FIELD (n_columns), FIELD (n_rows), FIELD (x0), FIELD (x1), FIELD (y0), FIELD (y1) };

  for (guint kind = BP_LAYER_LINE; kind <= BP_LAYER_NOTE; kind++)
    check_fields (kind, common, G_N_ELEMENTS (common));
  check_fields (BP_LAYER_GRID, grid, G_N_ELEMENTS (grid));
}

/* So does what each kind of layer has of its own. */
static void
test_same_marks (void)
{
  g_autoptr (BpPlot) plot = bp_plot_new ("Title");
  BpLayer *line = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);
  BpLayer *other_line = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);
  BpLayer *bars = bp_plot_add_layer (plot, BP_LAYER_BARS, BP_COLOR_VALUE, NULL);
  BpLayer *other_bars = bp_plot_add_layer (plot, BP_LAYER_BARS, BP_COLOR_VALUE, NULL);
  BpLayer *buckets = bp_plot_add_layer (plot, BP_LAYER_SERIES, BP_COLOR_VALUE, NULL);
  BpLayer *other_buckets = bp_plot_add_layer (plot, BP_LAYER_SERIES, BP_COLOR_VALUE, NULL);
  g_autoptr (BpSeries) series = bp_series_new ();

  g_assert_false (bp_layer_has_same_marks (line, bars));
  bp_layer_append (other_line, 1, 2);
  g_assert_false (bp_layer_has_same_marks (line, other_line));
  bp_layer_append (line, 1, 2);
  g_assert_true (bp_layer_has_same_marks (line, other_line));
  g_array_index (line->points, BpPlotPoint, 0).y = nextafter (2, 3);
  g_assert_false (bp_layer_has_same_marks (line, other_line));

  bp_layer_append_bar (other_bars, 0, 1, 0, 1);
  g_assert_false (bp_layer_has_same_marks (bars, other_bars));
  bp_layer_append_bar (bars, 0, 1, 0, 1);
  g_assert_true (bp_layer_has_same_marks (bars, other_bars));

  bp_series_append (series, &(const double) { 1 }, 1);
  bp_layer_set_series (buckets, series, 0, 10);
  bp_series_append (series, &(const double) { 2 }, 1);
  bp_layer_set_series (other_buckets, series, 0, 10);
  g_assert_false (bp_layer_has_same_marks (buckets, other_buckets));
  bp_layer_set_series (buckets, series, 0, 10);
  g_assert_true (bp_layer_has_same_marks (buckets, other_buckets));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot/layers", test_layers);
  g_test_add_func ("/plot/legend", test_legend);
  g_test_add_func ("/plot/label-lines", test_label_lines);
  g_test_add_func ("/plot/range", test_range);
  g_test_add_func ("/plot/series", test_series);
  g_test_add_func ("/plot/styles", test_styles);
  g_test_add_func ("/plot/same-frame", test_same_frame);
  g_test_add_func ("/plot/same-grid", test_same_grid);
  g_test_add_func ("/plot/same-legend", test_same_legend);
  g_test_add_func ("/plot/same-fields", test_same_fields);
  g_test_add_func ("/plot/same-marks", test_same_marks);

  return g_test_run ();
}
