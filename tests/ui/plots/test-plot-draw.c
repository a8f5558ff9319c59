/* test-plot-draw.c: drawings against equivalent drawings, and strange data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-draw.h"

#include <math.h>
#include <string.h>

#include "ui/plots/plot-draw-fixture.h"

static double
wave (double x)
{
  return sin (x / 90) * 0.6 + sin (x * 7.3) * 0.3;
}

/* As columns, and stroked in pieces that are too short for columns: the same extent in each pixel column. */
static void
test_columns (void)
{
  g_autoptr (BpPlot) columns = new_plot ();
  g_autoptr (BpPlot) strokes = new_plot ();
  BpLayer *line = bp_plot_add_layer (columns, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);
  BpLayer *piece = NULL;
  enum { N = 3000, PIECE = 100 };

  for (int i = 0; i <= N; i++)
    {
      double x = i * 1000.0 / N;

      if (i % PIECE == 0)
        {
          if (piece != NULL)
            bp_layer_append (piece, x, wave (x));
          piece = bp_plot_add_layer (strokes, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);
        }
      bp_layer_append (line, x, wave (x));
      bp_layer_append (piece, x, wave (x));
    }

  cairo_surface_t *a = draw_parts (columns, BP_PLOT_PART_DATA);
  cairo_surface_t *b = draw_parts (strokes, BP_PLOT_PART_DATA);
  guint n = 0;

  g_assert_false (is_same (a, b));
  for (int x = 0; x < WIDTH; x++)
    {
      int top_a, bottom_a, top_b, bottom_b;

      if (!get_extent (a, x, &top_a, &bottom_a) || !get_extent (b, x, &top_b, &bottom_b))
        continue;
      /* A slope reaches into the neighbouring column by the width of the stroke. */
      g_assert_cmpint (ABS (top_a - top_b), <=, 6);
      g_assert_cmpint (ABS (bottom_a - bottom_b), <=, 6);
      n++;
    }
  g_assert_cmpuint (n, >, WIDTH / 2);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

/* One outlier among a million is seen. */
static void
test_outlier (void)
{
  g_autoptr (BpPlot) plot = new_plot ();
  BpLayer *layer = bp_plot_add_layer (plot, BP_LAYER_SERIES, BP_COLOR_VALUE, NULL);
  g_autoptr (BpSeries) series = bp_series_new ();
  BpPlotStyle style = get_style ();

  plot->x.maximum = 1e6;
  for (int i = 0; i < 1000000; i++)
    bp_series_append (series, &(const double) { i == 654321 ? 0.9 : -0.5 }, 1);
  bp_layer_set_series (layer, series, 0, BP_SERIES_MAX_BUCKETS);

  cairo_surface_t *surface = draw_parts (plot, BP_PLOT_PART_DATA);
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, WIDTH, HEIGHT, &style);
  int x = (int) bp_plot_layout_map_x (layout, plot, 654321);
  int y = (int) bp_plot_layout_map_y (layout, plot, 0.9);
  int top, bottom;

  g_assert_true (get_extent (surface, x, &top, &bottom));
  g_assert_cmpint (ABS (top - y), <=, 2);
  g_assert_true (get_extent (surface, x - 5, &top, &bottom));
  g_assert_cmpint (top, >, y + 50);
  cairo_surface_destroy (surface);
}

/* A series of single iterations is the line through its values. */
static void
test_series_is_line (void)
{
  g_autoptr (BpPlot) a = new_plot ();
  g_autoptr (BpPlot) b = new_plot ();
  BpLayer *line = bp_plot_add_layer (a, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);
  BpLayer *layer = bp_plot_add_layer (b, BP_LAYER_SERIES, BP_COLOR_VALUE, NULL);
  g_autoptr (BpSeries) series = bp_series_new ();

  for (int i = 0; i < 400; i++)
    {
      bp_layer_append (line, i, wave (i));
      bp_series_append (series, &(const double) { wave (i) }, 1);
    }
  bp_layer_set_series (layer, series, 0, BP_SERIES_MAX_BUCKETS);

  cairo_surface_t *surface_a = draw_parts (a, BP_PLOT_PART_ALL);
  cairo_surface_t *surface_b = draw_parts (b, BP_PLOT_PART_ALL);
  g_assert_true (is_same (surface_a, surface_b));
  cairo_surface_destroy (surface_a);
  cairo_surface_destroy (surface_b);
}

/* What lies after the cursor is fainter, in the same place. */
static void
test_dim (void)
{
  g_autoptr (BpPlot) plot = new_plot ();
  BpLayer *layer = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);
  BpPlotStyle style = get_style ();

  bp_layer_append (layer, 0, 0);
  bp_layer_append (layer, 1000, 0);
  layer->dim_from = 500;

  cairo_surface_t *surface = draw_parts (plot, BP_PLOT_PART_DATA);
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, WIDTH, HEIGHT, &style);
  int y = (int) bp_plot_layout_map_y (layout, plot, 0);
  guint before = get_alpha (surface, (int) bp_plot_layout_map_x (layout, plot, 400), y);
  guint after = get_alpha (surface, (int) bp_plot_layout_map_x (layout, plot, 600), y);

  g_assert_cmpuint (before, >, 200);
  g_assert_cmpuint (after, >, 30);
  g_assert_cmpuint (after, <, before / 2);
  cairo_surface_destroy (surface);
}

/* What is drawn in parts lies as what is drawn at once. */
static void
test_parts (void)
{
  g_autoptr (BpPlot) plot = new_plot ();
  BpLayer *line = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, "all data");
  BpLayer *cursor = bp_plot_add_layer (plot, BP_LAYER_POINTS, BP_COLOR_PARAMETER, NULL);
  BpLayer *rule = bp_plot_add_layer (plot, BP_LAYER_RULE_X, BP_COLOR_TEXT, "x = 0.3");
  BpLayer *grid = bp_plot_add_layer (plot, BP_LAYER_GRID, BP_COLOR_VALUE, NULL);
  double level = 0.5;
  BpPlotStyle style = get_style ();

  plot->subtitle = g_strdup ("log");
  bp_layer_append (rule, 0.3, 0);
  rule->is_label_inside = TRUE;
  bp_layer_set_grid (grid, 2, 2, 0, 1000, 0, 1);
  for (guint i = 0; i < 4; i++)
    g_array_index (grid->values, double, i) = i;
  g_array_append_val (grid->levels, level);
  cursor->marker = BP_MARKER_CIRCLE;
  cursor->is_cursor = TRUE;
  bp_layer_append (cursor, 300, 0.5);
  for (int i = 0; i < 100; i++)
    bp_layer_append (line, i * 10, wave (i));

  cairo_surface_t *whole = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_surface_t *parts = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  BpPainter *painter = bp_painter_cairo_new (cairo_create (whole), style.palette);
  bp_plot_draw (painter, plot, WIDTH, HEIGHT, &style);
  bp_painter_free (painter);

  painter = bp_painter_cairo_new (cairo_create (parts), style.palette);
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, WIDTH, HEIGHT, &style);
  for (guint part = BP_PLOT_PART_GRIDS; part <= BP_PLOT_PART_CURSOR; part *= 2)
    {
      cairo_surface_t *one = draw_parts (plot, part);

      g_assert_cmpuint (get_ink (one), >, 0);
      cairo_surface_destroy (one);
      bp_plot_draw_parts (painter, plot, layout, &style, part);
    }
  bp_painter_free (painter);
  cairo_surface_flush (whole);
  cairo_surface_flush (parts);
  g_assert_true (is_same (whole, parts));
  cairo_surface_destroy (whole);
  cairo_surface_destroy (parts);
}

static BpLayer *
add_kind (BpPlot      *plot,
          BpLayerKind  kind,
          const double values[][2],
          guint        n)
{
  BpLayer *layer = bp_plot_add_layer (plot, kind, BP_COLOR_VALUE, "name");
  g_autoptr (BpSeries) series = bp_series_new ();

  layer->marker = BP_MARKER_CIRCLE;
  for (guint i = 0; i < n; i++)
    {
      if (bp_layer_has_points (layer))
        bp_layer_append (layer, values[i][0], values[i][1]);
      if (kind == BP_LAYER_BARS)
        bp_layer_append_bar (layer, values[i][0], values[i][0] + 1, 0, values[i][1]);
      bp_series_append (series, &(const double) { values[i][1] }, 1);
    }
  if (kind == BP_LAYER_SERIES)
    bp_layer_set_series (layer, series, 0, 100);
  if (kind != BP_LAYER_GRID)
    return layer;

  bp_layer_set_grid (layer, 2, 2, 0, 1, 0, 1);
  for (guint i = 0; i < MIN (n, 4); i++)
    g_array_index (layer->values, double, i) = values[i][1];
  g_array_append_val (layer->levels, values[0][1]);

  return layer;
}

/* An arrow has its head in the legend too, which tells it from a line. */
static void
test_arrow_sample (void)
{
  guint64 ink[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BpPlot) plot = new_plot ();
      BpLayer *layer = bp_plot_add_layer (plot, i == 0 ? BP_LAYER_LINE : BP_LAYER_ARROW, BP_COLOR_PARAMETER, "step");
      cairo_surface_t *surface = draw_parts (plot, BP_PLOT_PART_AXES);

      g_assert_true (bp_layer_in_legend (layer));
      ink[i] = get_ink (surface);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (ink[1], >, ink[0] + 8 * 255);
}

/* How much more ink @n points take where strokes are twice as wide. */
static double
get_growth (guint n)
{
  g_autoptr (BpPlot) plot = bp_plot_new ("Title");
  BpLayer *layer = bp_plot_add_layer (plot, BP_LAYER_POINTS, BP_COLOR_TEXT, NULL);
  double ink[2];

  layer->marker = BP_MARKER_SQUARE;
  for (guint i = 0; i < n; i++)
    bp_layer_append (layer, (i % 20 + 0.5) / 20, (i / 20 + 0.5) / 20);
  for (guint i = 0; i < 2; i++)
    {
      BpPlotStyle style = get_style ();
      cairo_surface_t *surface;

      style.stroke = i + 1;
      surface = draw_styled (plot, BP_PLOT_PART_LAYERS, style);
      ink[i] = (double) get_ink (surface);
      cairo_surface_destroy (surface);
    }

  return ink[1] / ink[0];
}

/* In large type few points are as large as the type; many stay apart. */
static void
test_crowded (void)
{
  g_assert_cmpfloat (get_growth (4), >, 3.5);
  g_assert_cmpfloat (get_growth (400), <, 1.5);
}

/* Every kind of layer with every strange number, on both scales: no error, no warning. */
static void
test_strange_data (void)
{
  const double strange[] = { 0, 1, -1, 1e-300, 1e300, -1e300, G_MAXDOUBLE, NAN, INFINITY, -INFINITY };
  guint n = G_N_ELEMENTS (strange);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      for (guint scale = 0; scale < 2; scale++)
        {
          const double values[][2] = {
            { 0, strange[i] }, { 1, strange[j] }, { strange[j], strange[i] }, { 2, strange[i] },
          };
          g_autoptr (BpPlot) plot = bp_plot_new ("Title");

          plot->y.scale = scale;
          for (guint kind = BP_LAYER_LINE; kind <= BP_LAYER_NOTE; kind++)
            add_kind (plot, kind, values, G_N_ELEMENTS (values));
          bp_axis_fit (&plot->x, 0, 2);
          bp_axis_fit (&plot->y, strange[i], strange[j]);
          cairo_surface_destroy (draw_parts (plot, BP_PLOT_PART_ALL));
          /* And where the range knows nothing of the data. */
          bp_axis_fit (&plot->y, 1, 2);
          cairo_surface_destroy (draw_parts (plot, BP_PLOT_PART_ALL));
        }
}

static void
test_empty (void)
{
  for (guint kind = BP_LAYER_LINE; kind <= BP_LAYER_NOTE; kind++)
    {
      g_autoptr (BpPlot) plot = bp_plot_new ("Title");

      bp_plot_add_layer (plot, kind, BP_COLOR_VALUE, NULL);
      cairo_surface_t *surface = draw_parts (plot, BP_PLOT_PART_DATA | BP_PLOT_PART_CURSOR);
      g_assert_cmpuint (get_ink (surface), ==, 0);
      cairo_surface_destroy (surface);
      surface = draw_parts (plot, BP_PLOT_PART_FRAME);
      g_assert_cmpuint (get_ink (surface), >, 0);
      cairo_surface_destroy (surface);
    }
}

/* A line of one point, and one between gaps, is a dot. */
static void
test_one_point (void)
{
  for (guint gap = 0; gap < 2; gap++)
    {
      g_autoptr (BpPlot) plot = new_plot ();
      BpLayer *layer = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, NULL);

      if (gap)
        bp_layer_append (layer, 100, NAN);
      bp_layer_append (layer, 500, 0);
      if (gap)
        bp_layer_append (layer, 900, NAN);

      cairo_surface_t *surface = draw_parts (plot, BP_PLOT_PART_DATA);
      g_assert_cmpuint (get_ink (surface), >, 255);
      cairo_surface_destroy (surface);
    }
}

/* How much ink is in a box around (@x, @y) that reaches @up pixels up. */
static guint
count_ink (cairo_surface_t *surface,
           double           x,
           double           y,
           int              up)
{
  guint n = 0;

  for (int dy = -up; dy < 0; dy++)
    for (int dx = -4; dx <= 4; dx++)
      n += get_alpha (surface, (int) x + dx, (int) y + dy) > 100;

  return n;
}

/* A zero has no place on a log axis: a line has a gap there, a point is no point, and a "0" stands at the edge. */
static void
test_zero_on_log_axis (void)
{
  for (guint joined = 0; joined < 2; joined++)
    {
      g_autoptr (BpPlot) plot = new_plot ();
      BpLayer *layer = bp_plot_add_layer (plot, joined ? BP_LAYER_LINE : BP_LAYER_POINTS, BP_COLOR_VALUE, NULL);
      BpPlotStyle style = get_style ();

      layer->marker = joined ? BP_MARKER_NONE : BP_MARKER_CIRCLE;
      plot->y.scale = BP_SCALE_LOG;
      bp_axis_fit (&plot->y, 0.01, 10);
      bp_layer_append (layer, 200, 1);
      bp_layer_append (layer, 500, 0);
      bp_layer_append (layer, 800, 1);

      cairo_surface_t *surface = draw_parts (plot, BP_PLOT_PART_DATA);
      g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, WIDTH, HEIGHT, &style);
      double bottom = layout->area.y + layout->area.height;
      double middle = bp_plot_layout_map_x (layout, plot, 500);
      g_assert_cmpuint (count_ink (surface, middle, bottom, 14), >, 5);
      g_assert_cmpuint (count_ink (surface, bp_plot_layout_map_x (layout, plot, 350), bottom,
                                   (int) layout->area.height), ==, 0);
      g_assert_cmpuint (count_ink (surface, bp_plot_layout_map_x (layout, plot, 200), bottom, 14), ==, 0);
      g_assert_cmpuint (count_ink (surface, middle, bottom - 16, (int) layout->area.height - 20), ==, 0);
      cairo_surface_destroy (surface);
    }
}

/* Files */

static char *
write_svg (const BpPlot *plot)
{
  GString *svg = g_string_new (NULL);
  BpPlotStyle style = get_style ();
  BpPainter *painter = bp_painter_svg_new (svg, style.palette, style.font);

  bp_plot_draw (painter, plot, WIDTH, HEIGHT, &style);
  bp_painter_free (painter);

  return g_string_free (svg, FALSE);
}

/* A million iterations in a file: no larger than its pixels need, and the same each time. */
static void
test_svg (void)
{
  g_autoptr (BpPlot) plot = new_plot ();
  BpLayer *joined = bp_plot_add_layer (plot, BP_LAYER_SERIES, BP_COLOR_VALUE, NULL);
  g_autoptr (BpSeries) series = bp_series_new ();

  for (int i = 0; i < 1000000; i++)
    bp_series_append (series, &(const double) { wave (i) }, 1);
  bp_layer_set_series (joined, series, 0, BP_SERIES_MAX_BUCKETS);
  plot->x.maximum = 1e6;

  g_autofree char *a = write_svg (plot);
  g_autofree char *b = write_svg (plot);
  g_assert_cmpuint (strlen (a), <, 200000);
  g_assert_cmpuint (strlen (a), >, 2000);
  g_assert_cmpstr (a, ==, b);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-draw/columns", test_columns);
  g_test_add_func ("/plot-draw/crowded", test_crowded);
  g_test_add_func ("/plot-draw/outlier", test_outlier);
  g_test_add_func ("/plot-draw/series-is-line", test_series_is_line);
  g_test_add_func ("/plot-draw/dim", test_dim);
  g_test_add_func ("/plot-draw/parts", test_parts);
  g_test_add_func ("/plot-draw/arrow-sample", test_arrow_sample);
  g_test_add_func ("/plot-draw/strange-data", test_strange_data);
  g_test_add_func ("/plot-draw/empty", test_empty);
  g_test_add_func ("/plot-draw/one-point", test_one_point);
  g_test_add_func ("/plot-draw/zero-on-log-axis", test_zero_on_log_axis);
  g_test_add_func ("/plot-draw/svg", test_svg);

  return g_test_run ();
}
