/* test-plot-lanes.c: the parameters of a model of many, a lane a tensor, and runs of such a model to compare with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/plots-checks.h"

#include <gtk/gtk.h>

#include "base/bp-number.h"
#include "plots/bp-plot-read.h"
#include "training/bp-reference.h"

/* 1-4-4-1: 29 parameters in 3 lanes. */
static const char network[] =
  "[Experiment]\nTitle=t\nIterations=30\nBatchSize=4\n"
  "[Data]\nSamples=8\na=normal(0, 1)\nlabel=0 x 4; 1 x 4\n"
  "[Variables]\nW1=normal(0, 1) [1, 4]\nb1=0 [4]\nW2=normal(0, 1) [4, 4]\nW3=normal(0, 1) [4, 1]\nb3=0.5\n"
  "[Model]\nh1=tanh(matmul(expand_dims(a, 1), W1) + b1)\nh2=tanh(matmul(h1, W2))\nlogit=matmul(h2, W3) + b3\n"
  "loss=reduce_mean(sigmoid_cross_entropy_with_logits(labels=expand_dims(label, 1), logits=logit))\n"
  "[Optimizer]\nName=gradient-descent\nLearningRate=0.3\n";

static const BpLayer *
find_named (const BpPlot *plot,
            const char   *name)
{
  for (guint i = 0; i < plot->layers->len; i++)
    if (g_strcmp0 (bp_plot_get_layer (plot, i)->name, name) == 0)
      return bp_plot_get_layer (plot, i);

  return NULL;
}

static guint
count_kind (const BpPlot *plot,
            BpLayerKind   kind)
{
  guint n = 0;

  for (guint i = 0; i < plot->layers->len; i++)
    n += bp_plot_get_layer (plot, i)->kind == kind && bp_layer_get_n_points (bp_plot_get_layer (plot, i)) > 0;

  return n;
}

/* Every parameter has its line, with the numbers that it had, within the lane of its tensor. */
static void
test_lines (void)
{
  static const char * const titles[] = { "W3, b3", "W2", "W1, b1" };
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  gsize n = bp_graph_get_n_parameters (graph);
  g_autofree double *known = g_new (double, 31 * n);
  g_autoptr (BpPlot) plot = NULL;

  for (guint i = 0; i <= 30; i++, bp_trainer_step_iteration (trainer, 1))
    memcpy (known + i * n, bp_session_get_parameters (bp_trainer_get_session (trainer)), n * sizeof (double));
  plot = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, NULL, NULL);
  g_assert_cmpuint (count_kind (plot, BP_LAYER_LINE), ==, n);
  g_assert_cmpstr (plot->subtitle, ==, "29 parameters");
  /* W1 with b1, W2, W3 with b3, from the top. */
  g_assert_cmpfloat (plot->y.maximum, ==, 3);
  g_assert_cmpuint (plot->y.ticks->len, ==, 9);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (g_array_index (plot->y.ticks, BpTick, 3 * i + 1).label, ==, titles[i]);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = bp_plot_get_parameter_name (graph, i);
      const BpLayer *line = find_named (plot, name);
      double bottom = i < 8 ? 2 : i < 24 ? 1 : 0;

      g_assert_nonnull (line);
      g_assert_true (line->dash == ((i >= 4 && i < 8) || i == 28 ? BP_DASH_DASHED : BP_DASH_SOLID));
      for (guint j = 0; j <= 30; j++)
        {
          g_assert_cmpfloat (bp_layer_get_y (line, j), ==, known[j * n + i]);
          g_assert_cmpfloat (get_point (line, j).y, >=, bottom);
          g_assert_cmpfloat (get_point (line, j).y, <=, bottom + 1);
        }
    }
}

/* The chosen one is strong and has its value beside the title; the others stay. */
static void
test_chosen (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  g_autoptr (BpPlot) plot = NULL;

  options.parameter = 9;
  bp_trainer_run (trainer, 12);
  plot = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  g_autofree char *number = bp_number_format (get_parameter (trainer, 9));
  g_autofree char *subtitle = g_strdup_printf ("W2[0,1] = %s", number);
  g_assert_cmpstr (plot->subtitle, ==, subtitle);
  g_assert_true (find_named (plot, "W2[0,1]")->width == BP_WIDTH_THICK);
  g_assert_true (find_named (plot, "W2[0,2]")->width == BP_WIDTH_THIN);
  g_assert_cmpuint (count_kind (plot, BP_LAYER_LINE), ==, 29);
  assert_close (get_point (get_layer (plot, BP_LAYER_POINTS, "now"), 0).y,
                get_point (find_named (plot, "W2[0,1]"), 12).y, 1e-12);
}

/* Low lanes are bands that hold every element; the chosen one keeps its line, and the legend says what a band is. */
static void
test_bands (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  g_autoptr (BpPlot) lines = NULL;
  g_autoptr (BpPlot) bands = NULL;

  options.parameter = 9;
  bp_trainer_run (trainer, 12);
  options.height = 130;
  lines = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  options.height = 110;
  bands = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  g_assert_cmpuint (count_kind (lines, BP_LAYER_SERIES), ==, 0);
  g_assert_null (find_layer (lines, BP_LAYER_SERIES, "least to greatest"));
  g_assert_nonnull (get_layer (lines, BP_LAYER_LINE, "vector"));
  g_assert_cmpuint (count_kind (bands, BP_LAYER_SERIES), ==, 4);
  g_assert_true (get_layer (bands, BP_LAYER_SERIES, "least to greatest")->is_band);
  /* No matrix is a line. */
  g_assert_null (find_layer (bands, BP_LAYER_LINE, "matrix"));
  g_assert_nonnull (find_named (bands, "W2[0,1]"));
  /* Of a number there is nothing between least and greatest. */
  g_assert_nonnull (find_named (bands, "b3"));

  /* The third band is that of W2. */
  const BpLayer *band = bp_plot_get_layer (bands, 2);
  for (guint i = 0; i <= 12; i++)
    {
      const BpBucket *bucket = &g_array_index (band->buckets, BpBucket, i);
      double minimum = NAN;
      double maximum = NAN;

      for (guint j = 0; j < lines->layers->len; j++)
        {
          const BpLayer *line = bp_plot_get_layer (lines, j);

          if (line->name != NULL && g_str_has_prefix (line->name, "W2"))
            bp_range_include (&minimum, &maximum, get_point (line, i).y);
        }
      g_assert_cmpfloat (bucket->minimum, ==, minimum);
      g_assert_cmpfloat (bucket->maximum, ==, maximum);
    }
}

/* Kept runs of a large model: their loss is a line, and so is the chosen parameter. */
static void
test_references (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);
  g_autoptr (BpTrainer) other = trainer_from_text (network);
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  BpSettings settings = *bp_trainer_get_settings (other);
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  settings.optimizer.learning_rate = 0.29;
  g_assert_true (bp_trainer_set_settings (other, &settings, NULL));
  bp_trainer_run (other, 30);
  g_ptr_array_add (references, bp_reference_new (other));
  options.references = references;
  bp_trainer_run (trainer, 30);
  bp_trainer_seek (trainer, (BpCursor) { 20, 0 });

  g_autoptr (BpPlot) loss = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  g_autoptr (BpPlot) lanes = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  options.parameter = 20;
  g_autoptr (BpPlot) one = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  const BpLayer *kept_loss = get_layer (loss, BP_LAYER_LINE, "η = 0.29");
  const BpLayer *kept = get_layer (one, BP_LAYER_LINE, "η = 0.29");
  const BpLayer *own = get_layer (one, BP_LAYER_LINE, "η = 0.3");
  g_autofree char *text = NULL;

  g_assert_cmpstr (lanes->subtitle, ==, "29 parameters; choose one to see kept runs");
  g_assert_cmpuint (bp_layer_get_n_points (kept_loss), ==, 31);
  g_assert_cmpuint (bp_layer_get_n_points (kept), ==, 31);
  g_assert_true (own->is_strong);
  for (guint i = 0; i <= 30; i++)
    {
      bp_trainer_seek (other, (BpCursor) { i, 0 });
      g_assert_cmpfloat (get_point (kept, i).y, ==, get_parameter (other, 20));
      if (i == 20)
        text = bp_number_format (get_parameter (other, 20));
    }
  g_assert_cmpstr (kept->value, ==, text);
  g_assert_cmpstr (kept_loss->value, !=, "–");
}

/* Seven numbers are more than a legend has room for: a lane each. What is read lists some, and counts the others. */
static void
test_scalars (void)
{
  static const char text[] =
    "[Experiment]\nTitle=t\nIterations=30\nBatchSize=1\n[Data]\nSamples=2\nx=1; 2\n"
    "[Variables]\na=1\nb=2\nc=3\nd=4\ne=5\nf=6\n%s"
    "[Model]\nloss=square(a * x + b + c + d + e + f%s)\n[Optimizer]\nName=gradient-descent\nLearningRate=0.01\n";
  g_autofree char *six_text = g_strdup_printf (text, "", "");
  g_autofree char *nine_text = g_strdup_printf (text, "g=7\nh=8\ni=9\n", " + g + h + i");
  g_autoptr (BpTrainer) six = trainer_from_text (six_text);
  g_autoptr (BpTrainer) nine = trainer_from_text (nine_text);
  g_autofree double *known = g_new (double, 31 * 9);

  for (guint i = 0; i <= 30; i++, bp_trainer_step_iteration (nine, 1))
    memcpy (known + i * 9, bp_session_get_parameters (bp_trainer_get_session (nine)), 9 * sizeof (double));
  g_autoptr (BpPlot) lines = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, six, NULL, NULL);
  g_autoptr (BpPlot) lanes = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, nine, NULL, NULL);
  g_assert_null (lines->y.ticks);
  g_assert_cmpfloat (lanes->y.maximum, ==, 9);
  for (gsize i = 0; i < 9; i++)
    {
      g_autofree char *name = bp_plot_get_parameter_name (bp_trainer_get_graph (nine), i);
      const BpLayer *line = find_named (lanes, name);

      g_assert_cmpuint (bp_layer_get_n_points (line), ==, 31);
      for (guint j = 0; j <= 30; j++)
        g_assert_cmpfloat (bp_layer_get_y (line, j), ==, known[j * 9 + i]);
      g_assert_cmpfloat (get_point (line, 30).y, >=, 8 - i);
      g_assert_cmpfloat (get_point (line, 30).y, <=, 9 - i);
    }

  g_autoptr (BpPlotReading) reading = bp_plot_read_iteration (lanes, 0);
  g_assert_cmpstr (reading->text, ==, "iteration 0\na 1\nb 2\nc 3\nd 4\ne 5\nf 6\ng 7\nh 8\n… 1 more");
}

/* In a low plot the numbers give way before the names do. */
static void
test_ticks (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, NULL, NULL);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 11");
  BpPlotStyle style = { bp_palette_get (BP_PALETTE_LIGHT), font, 1 };

  for (guint height = 60; height < 600; height += 20)
    {
      g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, 300, height, &style);
      guint n_titles = 0;
      guint n_numbers = 0;

      for (guint i = 0; i < layout->y_ticks->len; i++)
        {
          const BpTick *tick = &g_array_index (layout->y_ticks, BpTick, i);

          n_titles += tick->label != NULL && tick->is_title;
          n_numbers += tick->label != NULL && !tick->is_title;
        }
      if (height >= 200)
        g_assert_cmpuint (n_titles, ==, 3);
      if (height >= 300)
        g_assert_cmpuint (n_numbers, ==, 6);
      g_assert_cmpuint (n_titles, >, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);

  g_test_add_func ("/plot-lanes/lines", test_lines);
  g_test_add_func ("/plot-lanes/chosen", test_chosen);
  g_test_add_func ("/plot-lanes/bands", test_bands);
  g_test_add_func ("/plot-lanes/references", test_references);
  g_test_add_func ("/plot-lanes/scalars", test_scalars);
  g_test_add_func ("/plot-lanes/ticks", test_ticks);

  return g_test_run ();
}
