/* test-plot-frame.c: plots that follow each other in one frame
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/plots-checks.h"

#define WIDTH 480
#define HEIGHT 320

static const char batch_histogram[] =
  "[Experiment]\nTitle=t\nIterations=20\nBatchSize=5\n"
  "[Data]\nSamples=30\nx=normal(1, 0.1)\ny=10\n"
  "[Variables]\nA=0\n"
  "[Model]\nloss=square(x * A - y)\n"
  "[Optimizer]\nName=gradient-descent\nLearningRate=0.02\n";

typedef void (*PlaceFunc) (BpPlot    *plot,
                           BpTrainer *trainer,
                           gpointer   data);

/* After each node of the first three iterations, and after each iteration of the rest. */
static void
for_each_place (BpTrainer           *trainer,
                BpPlotKind           kind,
                const BpPlotOptions *options,
                gint64               n_iterations,
                PlaceFunc            function,
                gpointer             data)
{
  bp_trainer_seek (trainer, (BpCursor) { 0, 0 });
  do
    {
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (kind, trainer, options, NULL);

      function (plot, trainer, data);
    }
  while (bp_trainer_get_cursor (trainer).iteration < n_iterations
         && (bp_trainer_get_cursor (trainer).iteration < 3
             ? step_nodes (trainer, 1 + bp_trainer_get_n_instructions (trainer) / 32)
             : bp_trainer_step_iteration (trainer, 1)));
}

static void
widen (BpPlot                  *plot,
       G_GNUC_UNUSED BpTrainer *trainer,
       gpointer                 data)
{
  bp_plot_frame_include (data, plot);
}

typedef struct {
  const BpPlotFrame *frame;
  cairo_rectangle_t  area;
} Page;

static void
assert_same_place (BpPlot                  *plot,
                   G_GNUC_UNUSED BpTrainer *trainer,
                   gpointer                 data)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 11");
  BpPlotStyle style = { bp_palette_get (BP_PALETTE_LIGHT), font, 1 };
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, WIDTH, HEIGHT, &style);
  Page *page = data;

  g_assert_cmpfloat (plot->x.minimum, ==, page->frame->x.minimum);
  g_assert_cmpfloat (plot->x.maximum, ==, page->frame->x.maximum);
  g_assert_cmpfloat (plot->y.minimum, ==, page->frame->y.minimum);
  g_assert_cmpfloat (plot->y.maximum, ==, page->frame->y.maximum);
  g_assert_cmpint (plot->y.scale, ==, page->frame->y.scale);

  if (page->area.width == 0)
    page->area = layout->area;
  g_assert_cmpfloat (layout->area.x, ==, page->area.x);
  g_assert_cmpfloat (layout->area.y, ==, page->area.y);
  g_assert_cmpfloat (layout->area.width, ==, page->area.width);
  g_assert_cmpfloat (layout->area.height, ==, page->area.height);
}

static void
assert_no_future (BpPlot    *plot,
                  BpTrainer *trainer,
                  gpointer   data)
{
  gint64 now = bp_trainer_get_cursor (trainer).iteration;
  guint *n_shown = data;

  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);
      guint n = bp_layer_get_n_points (layer);

      while (n > 0 && isnan (bp_layer_get_point (layer, n - 1).y))
        n--;
      /* Bars stand beside the iterations. */
      if (n == 0 || !plot->x.integer || layer->is_cursor || bp_layer_get_iteration (layer, n - 1) < 0)
        continue;
      g_assert_cmpfloat (bp_layer_get_point (layer, n - 1).x, <=, (double) now);
      if (layer->kind == BP_LAYER_SERIES)
        g_assert_cmpfloat (bp_layer_get_point (layer, n - 1).x, >, now - layer->step);
      *n_shown += n;
    }
}

static void
assert_frame (BpTrainer *trainer)
{
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      BpPlotFrame frame = { 0 };
      BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
      Page page = { &frame };
      guint n_shown = 0;

      options.hide_future = TRUE;
      for_each_place (trainer, kind, &options, 20, widen, &frame);
      options.frame = &frame;
      for_each_place (trainer, kind, &options, 20, assert_same_place, &page);
      for_each_place (trainer, kind, &options, 20, assert_no_future, &n_shown);
      if (kind == BP_PLOT_LOSS)
        g_assert_cmpuint (n_shown, >, 20);
    }
}

/* Whatever is shown, plot and axes stay where they are. */
static void
test_every_experiment (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);

      if (!is_small_builtin (names[i]))
        continue;
      bp_trainer_run (trainer, 20);
      assert_frame (trainer);
    }
}

/* Samples of a batch are named in the legend before there is one. */
static void
test_batch (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (batch_histogram);

  bp_trainer_run (trainer, 20);
  assert_frame (trainer);
}

/* One that is linear makes all of them linear; without a frame nothing changes. */
static void
test_scale (void)
{
  g_autoptr (BpPlot) plot = bp_plot_new ("t");
  BpPlotFrame frame = { 0 };

  plot->y.scale = BP_SCALE_LOG;
  plot->y.minimum = 0.01;
  bp_plot_frame_include (&frame, plot);
  g_assert_cmpint (frame.y.scale, ==, BP_SCALE_LOG);
  plot->y.scale = BP_SCALE_LINEAR;
  plot->y.minimum = -3;
  plot->y.maximum = 0.5;
  bp_plot_frame_include (&frame, plot);
  g_assert_cmpint (frame.y.scale, ==, BP_SCALE_LINEAR);
  g_assert_cmpfloat (frame.y.minimum, ==, -3);
  g_assert_cmpfloat (frame.y.maximum, ==, 1);
  plot->y.scale = BP_SCALE_LOG;
  bp_plot_frame_include (&frame, plot);
  g_assert_cmpint (frame.y.scale, ==, BP_SCALE_LINEAR);

  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  BpPlotFrame empty = { 0 };
  g_autoptr (BpPlot) plain = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  options.frame = &empty;
  g_autoptr (BpPlot) framed = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  g_assert_true (bp_plot_has_same_frame (plain, framed));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-frame/every-experiment", test_every_experiment);
  g_test_add_func ("/plot-frame/batch", test_batch);
  g_test_add_func ("/plot-frame/scale", test_scale);

  return g_test_run ();
}
