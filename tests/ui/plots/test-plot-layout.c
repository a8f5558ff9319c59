/* test-plot-layout.c: where ticks, legends and points are: nothing overlaps, and the nearest point is found
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "ui/plots/plot-draw-fixture.h"

static double
get_width (const BpPlotLayout *layout,
           const char         *text)
{
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_text (layout, text, FALSE);
  int width;

  pango_layout_get_size (pango, &width, NULL);

  return width / (double) PANGO_SCALE;
}

static void
assert_ticks_fit (const BpPlot       *plot,
                  const BpPlotLayout *layout)
{
  double end = -INFINITY;

  for (guint i = 0; i < layout->x_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->x_ticks, BpTick, i);

      if (tick->label == NULL)
        continue;

      double x = bp_plot_layout_map_x (layout, plot, tick->value);
      double width = get_width (layout, tick->label);

      g_assert_cmpfloat (x - width / 2, >=, 0);
      g_assert_cmpfloat (x + width / 2, <=, layout->width);
      g_assert_cmpfloat (x - width / 2, >, end);
      end = x + width / 2;
    }
  for (guint i = 0; i < layout->y_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->y_ticks, BpTick, i);

      if (tick->label != NULL)
        g_assert_cmpfloat (get_width (layout, tick->label), <, layout->area.x);
    }
}

static void
assert_legend_fits (const BpPlotLayout *layout)
{
  for (guint i = 0; i < layout->entries->len; i++)
    {
      const BpLegendEntry *a = &g_array_index (layout->entries, BpLegendEntry, i);

      g_assert_cmpfloat (a->x, >=, 0);
      g_assert_cmpfloat (a->text_x + a->text_width, <=, layout->width);
      g_assert_cmpfloat (a->y + layout->em / 2, <=, layout->area.y);
      for (guint j = 0; j < i; j++)
        {
          const BpLegendEntry *b = &g_array_index (layout->entries, BpLegendEntry, j);

          g_assert_true (a->y != b->y || a->x >= b->text_x + b->text_width);
        }
    }
}

/* Random frames in random sizes: nothing overlaps, nothing is cut off. */
static void
test_layout (void)
{
  const double sizes[] = { 9, 14.67, 22, 40 };
  GRand *rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (BpPlot) plot = bp_plot_new ("Parameter A");
      double size = sizes[g_rand_int_range (rand, 0, G_N_ELEMENTS (sizes))];
      double width = size * g_rand_double_range (rand, 14, 60);
      double height = size * g_rand_double_range (rand, 5, 40);
      guint n_layers = g_rand_int_range (rand, 0, 12);
      g_autoptr (PangoFontDescription) other_font = pango_font_description_from_string ("Sans");
      BpPlotStyle style = { bp_palette_get (BP_PALETTE_DARK), other_font, 1 };

      pango_font_description_set_absolute_size (other_font, size * PANGO_SCALE);
      plot->x.label = g_strdup (i % 2 ? "iteration" : NULL);
      plot->y.label = g_strdup (i % 3 ? "loss" : NULL);
      plot->y.scale = i % 5 == 0;
      bp_axis_fit (&plot->x, 0, pow (10, g_rand_double_range (rand, -8, 8)));
      bp_axis_fit (&plot->y, g_rand_double_range (rand, -1, 1) * pow (10, g_rand_double_range (rand, -8, 8)),
                   g_rand_double_range (rand, -1, 1) * pow (10, g_rand_double_range (rand, -8, 8)));
      for (guint j = 0; j < n_layers; j++)
        {
          const char *label = j % 2 ? "learning rate 0.5" : "W[0,1]";

          bp_layer_set_style (bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, label), j);
        }

      g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, width, height, &style);
      assert_ticks_fit (plot, layout);
      assert_legend_fits (layout);
      g_assert_true (layout->entries->len == 0 || layout->entries->len == n_layers);
      g_assert_cmpfloat (layout->area.x + layout->area.width, <=, width);
      g_assert_cmpfloat (layout->area.y + layout->area.height, <, height);
      if (height > 12 * size)
        {
          g_assert_cmpuint (layout->entries->len, ==, n_layers);
          g_assert_cmpfloat (layout->area.height, >, height / 8);
        }
    }
  g_rand_free (rand);
}

/* A legend takes as many rows as it needs, and where they would take the plot's place nothing is left of it: none ends
 * in a part. */
static void
test_full_legend (void)
{
  const char *long_label = "a line with a long name";
  g_autoptr (BpPlot) plot = new_plot ();
  BpPlotStyle style = get_style ();
  g_autoptr (BpPlotLayout) wide = bp_plot_layout_new (plot, 1000, 170, &style);

  for (guint i = 0; i < 2; i++)
    bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, long_label);

  double width = get_width (wide, long_label) + 4 * wide->em;
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, width, 170, &style);
  g_assert_cmpuint (layout->entries->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat (g_array_index (layout->entries, BpLegendEntry, i).text_width, >=,
                       get_width (layout, long_label) - 0.1);

  bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, long_label);
  g_autoptr (BpPlotLayout) full = bp_plot_layout_new (plot, width, 200, &style);
  g_assert_cmpuint (full->entries->len, ==, 3);
  assert_legend_fits (full);

  for (guint i = 0; i < 20; i++)
    bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, long_label);
  g_autoptr (BpPlotLayout) overfull = bp_plot_layout_new (plot, width, 200, &style);
  g_assert_cmpuint (overfull->entries->len, ==, 0);
}

/* In a low plot the lines keep their entries; the marks of the position go, and the name of the axis. */
static void
test_low_legend (void)
{
  g_autoptr (BpPlot) plot = new_plot ();
  BpPlotStyle style = get_style ();
  gboolean has_been_beside_title = FALSE;
  BpLayer *now;

  g_free (plot->y.label);
  plot->y.label = g_strdup ("loss");
  bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, "all data");
  bp_plot_add_layer (plot, BP_LAYER_POINTS, BP_COLOR_DIM, "samples")->marker = BP_MARKER_DOT;
  now = bp_plot_add_layer (plot, BP_LAYER_POINTS, BP_COLOR_VALUE, "now");
  now->marker = BP_MARKER_CIRCLE;
  now->is_cursor = TRUE;

  for (double height = 200; height >= 20; height--)
    {
      g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, 400, height, &style);
      const double line = BP_PLOT_LINE * layout->em;
      const gboolean is_beside_title = layout->entries->len > 0 && layout->legend_y == layout->title_y;

      assert_legend_fits (layout);
      g_assert_cmpuint (layout->entries->len, ==, layout->has_legend_row ? 3 : layout->entries->len > 0 ? 2 : 0);
      g_assert_true (layout->entries->len > 0 || height < 9 * line);
      g_assert_true (layout->entries->len == 0 || layout->area.height > 1.3 * line);
      has_been_beside_title |= is_beside_title;
      if (is_beside_title)
        g_assert_cmpfloat (g_array_index (layout->entries, BpLegendEntry, 0).x, >, layout->title_width);
    }
  g_assert_true (has_been_beside_title);
}

/* A subtitle that has no room beside the title has a line of its own, whatever its number is now; the legend and the
 * area give way. */
static void
test_subtitle (void)
{
  static const char * const subtitles[] = { "all data: 0.5", "all data: −0.1234" };
  g_autoptr (BpPlot) plot = bp_plot_new ("Confusion matrix");
  BpPlotStyle style = get_style ();
  g_autoptr (BpPlotLayout) none = bp_plot_layout_new (plot, 600, 300, &style);
  const double beside = (2 * BP_PLOT_PADDING + 1.1) * none->em + none->title_width
                        + get_width (none, "all data: −8.888");

  bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, "all data");
  g_autoptr (BpPlotLayout) bare = bp_plot_layout_new (plot, beside, 300, &style);
  for (guint i = 0; i < G_N_ELEMENTS (subtitles); i++)
    {
      g_free (plot->subtitle);
      plot->subtitle = g_strdup (subtitles[i]);
      g_autoptr (BpPlotLayout) wide = bp_plot_layout_new (plot, beside, 300, &style);
      g_autoptr (BpPlotLayout) narrow = bp_plot_layout_new (plot, beside - 2 * none->em, 300, &style);
      g_autoptr (BpPlotLayout) low = bp_plot_layout_new (plot, beside - 2 * none->em, 7 * none->em, &style);
      const BpLegendEntry *entry = &g_array_index (narrow->entries, BpLegendEntry, 0);

      g_assert_cmpfloat (wide->subtitle_y, ==, wide->title_y);
      g_assert_cmpfloat (wide->area.y, ==, bare->area.y);
      g_assert_cmpfloat (narrow->subtitle_y, >, narrow->title_y + narrow->em);
      g_assert_cmpfloat (entry->y, >, narrow->subtitle_y + narrow->em);
      assert_legend_fits (narrow);
      g_assert_cmpfloat (low->subtitle_y, ==, low->title_y);
    }
}

/* The unit of the x axis has a line of its own where the name has no room beside it. */
static void
test_unit (void)
{
  g_autoptr (BpPlot) plot = bp_plot_new ("Data");
  BpPlotStyle style = get_style ();
  const double wide_enough = 40 * style.stroke * bp_plot_style_get_font_size (&style);

  plot->x.label = g_strdup ("petal_length");
  plot->x.unit = g_strdup ("others: mean");
  g_autoptr (BpPlotLayout) wide = bp_plot_layout_new (plot, wide_enough, 300, &style);
  g_autoptr (BpPlotLayout) narrow = bp_plot_layout_new (plot, wide_enough / 4, 300, &style);
  g_autoptr (BpPlotLayout) low = bp_plot_layout_new (plot, wide_enough / 4, 9 * wide->em, &style);
  g_autofree char *both = bp_plot_layout_get_x_title (wide, plot);
  g_autofree char *name = bp_plot_layout_get_x_title (narrow, plot);

  g_assert_cmpstr (both, ==, "petal_length (others: mean)");
  g_assert_cmpfloat (wide->unit_y, ==, 0);
  g_assert_cmpstr (name, ==, "petal_length");
  g_assert_cmpfloat (narrow->unit_y, >=, narrow->label_y + narrow->em);
  g_assert_cmpfloat (narrow->label_y, >=, narrow->ticks_y + narrow->em);
  g_assert_cmpfloat (narrow->ticks_y, >, narrow->area.y + narrow->area.height);
  g_assert_cmpfloat (low->unit_y, ==, 0);
}

static void
test_nearest (void)
{
  GRand *rand = g_rand_new_with_seed (6);
  g_autoptr (BpPlot) plot = new_plot ();
  BpPlotStyle style = get_style ();

  for (guint i = 0; i < 3; i++)
    {
      BpLayer *layer = bp_plot_add_layer (plot, i % 2 ? BP_LAYER_POINTS : BP_LAYER_LINE, BP_COLOR_VALUE, NULL);

      for (guint j = 0; j < 50; j++)
        bp_layer_append (layer, g_rand_double_range (rand, 0, 1000), g_rand_double_range (rand, -1, 1));
      bp_layer_append (layer, 10, NAN);
    }
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, WIDTH, HEIGHT, &style);

  for (guint i = 0; i < 1000; i++)
    {
      double x = g_rand_double_range (rand, 0, WIDTH);
      double y = g_rand_double_range (rand, 0, HEIGHT);
      double least = INFINITY;
      guint index;
      const BpLayer *layer = bp_plot_layout_find_nearest (layout, plot, x, y, INFINITY, &index);
      BpPlotPoint found = bp_layer_get_point (layer, index);
      double distance = hypot (bp_plot_layout_map_x (layout, plot, found.x) - x,
                               bp_plot_layout_map_y (layout, plot, found.y) - y);

      for (guint j = 0; j < 3; j++)
        for (guint k = 0; k < 50; k++)
          {
            BpPlotPoint point = bp_layer_get_point (bp_plot_get_layer (plot, j), k);

            least = MIN (least, hypot (bp_plot_layout_map_x (layout, plot, point.x) - x,
                                       bp_plot_layout_map_y (layout, plot, point.y) - y));
          }
      g_assert_cmpfloat (distance, ==, least);
      g_assert_null (bp_plot_layout_find_nearest (layout, plot, x, y, least * 0.99, &index));
    }
  g_rand_free (rand);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-layout/layout", test_layout);
  g_test_add_func ("/plot-layout/full-legend", test_full_legend);
  g_test_add_func ("/plot-layout/low-legend", test_low_legend);
  g_test_add_func ("/plot-layout/subtitle", test_subtitle);
  g_test_add_func ("/plot-layout/unit", test_unit);
  g_test_add_func ("/plot-layout/nearest", test_nearest);

  return g_test_run ();
}
