/* test-plot-layers.c: the plots of a network's layers, gradients and activations, and that of the learning rate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/plots-checks.h"

#include <gtk/gtk.h>

#include "experiment/bp-builtin.h"
#include "graph/bp-layers.h"

/* 1-4-3-1: the layers are h1, h2 and logit, whose matrices begin with W. */
static const char network[] =
  "[Experiment]\nTitle=t\nIterations=40\nBatchSize=4\nSeed=2\n"
  "[Data]\nSamples=8\na=normal(0, 1)\nlabel=0 x 4; 1 x 4\n"
  "[Variables]\nW1=normal(0, 1) [1, 4]\nb1=0 [4]\nW2=normal(0, 1) [4, 3]\nW3=normal(0, 1) [3, 1]\nb3=0.5\n"
  "[Model]\nh1=tanh(matmul(expand_dims(a, 1), W1) + b1)\nh2=relu(matmul(h1, W2))\nlogit=matmul(h2, W3) + b3\n"
  "loss=reduce_mean(sigmoid_cross_entropy_with_logits(labels=expand_dims(label, 1), logits=logit))\n"
  "[Optimizer]\nName=gradient-descent\nLearningRate=0.3\n";

static const char *const matrices[] = { "W1", "W2", "W3" };

#define N_LAYERS G_N_ELEMENTS (matrices)

/* The root mean square of the gradient of a variable, as the session has it. */
static double
get_rms (BpTrainer  *trainer,
         const char *name)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  guint variable = bp_graph_find (graph, name);
  const double *gradient = bp_session_get_gradient (bp_trainer_get_session (trainer), variable);
  gsize n = bp_graph_get_n_elements (graph, variable);
  double mean = 0;

  for (gsize i = 0; i < n; i++)
    mean += gradient[i] * gradient[i] / (double) n;

  return sqrt (mean);
}

/* The @index-th layer of @kind. Returns: (nullable) */
static const BpLayer *
get_nth (const BpPlot *plot,
         BpLayerKind   kind,
         guint         index)
{
  for (guint i = 0; i < plot->layers->len; i++)
    if (bp_plot_get_layer (plot, i)->kind == kind && index-- == 0)
      return bp_plot_get_layer (plot, i);

  return NULL;
}

static double
get_height (const BpPlot *plot,
            guint         index)
{
  return g_array_index (get_nth (plot, BP_LAYER_BARS, index)->bars, BpPlotBar, 0).y1;
}

/* Every iteration has its point, and the bars are of the last. */
static void
test_gradients (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);
  double known[N_LAYERS][41];

  for (guint i = 1; i <= 40; i++)
    {
      bp_trainer_step_iteration (trainer, 1);
      for (guint j = 0; j < N_LAYERS; j++)
        known[j][i] = get_rms (trainer, matrices[j]);
    }

  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_GRADIENTS, trainer, NULL, NULL);
  assert_drawable (plot);
  g_assert_true (plot->y.scale == BP_SCALE_LOG);
  for (guint j = 0; j < N_LAYERS; j++)
    {
      const BpLayer *line = get_nth (plot, BP_LAYER_LINE, j);

      g_assert_cmpuint (bp_layer_get_n_points (line), ==, 40);
      for (guint i = 0; i < 40; i++)
        {
          g_assert_cmpint (bp_layer_get_iteration (line, i), ==, i + 1);
          assert_close (bp_layer_get_y (line, i) / known[j][i + 1], 1, 1e-12);
        }
      assert_close (get_height (plot, j) / known[j][40], 1, 1e-12);
      g_assert_true (get_nth (plot, BP_LAYER_BARS, j)->dash == BP_DASH_SOLID);
    }
  g_assert_null (get_nth (plot, BP_LAYER_BARS, N_LAYERS));
  g_assert_cmpstr (get_nth (plot, BP_LAYER_LINE, 2)->name, ==, "gradient_logit");
}

/* What is not computed yet is dashed, as high as in the iteration before; and at the start there is nothing. */
static void
test_bars (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);
  g_autoptr (BpPlot) start = bp_plot_new_from_trainer (BP_PLOT_GRADIENTS, trainer, NULL, NULL);
  double before[N_LAYERS];
  gboolean was_mixed = FALSE;

  g_assert_null (get_nth (start, BP_LAYER_BARS, 0));
  assert_drawable (start);
  bp_trainer_run (trainer, 7);
  for (guint j = 0; j < N_LAYERS; j++)
    before[j] = get_rms (trainer, matrices[j]);
  for (guint i = 0; i + 1 < bp_trainer_get_n_instructions (trainer); i++)
    {
      guint n_dashed = 0;

      bp_trainer_step_node (trainer, 1);
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_GRADIENTS, trainer, NULL, NULL);
      for (guint j = 0; j < N_LAYERS; j++)
        {
          gboolean is_known = bp_trainer_has_gradient (trainer, bp_graph_find (bp_trainer_get_graph (trainer),
                                                                               matrices[j]));
          const BpLayer *bars = get_nth (plot, BP_LAYER_BARS, j);

          n_dashed += !is_known;
          g_assert_true (bars->dash == (is_known ? BP_DASH_SOLID : BP_DASH_DASHED));
          assert_close (get_height (plot, j) / (is_known ? get_rms (trainer, matrices[j]) : before[j]), 1, 1e-12);
          g_assert_true (g_str_equal (get_nth (plot, BP_LAYER_LINE, j)->value, "–") == !is_known);
        }
      was_mixed |= n_dashed > 0 && n_dashed < N_LAYERS;
    }
  g_assert_true (was_mixed);
}

/* Somebody is to predict the gradients: no bar and no line tells them. */
static void
test_hidden (void)
{
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);

  options.hide_gradients = TRUE;
  bp_trainer_run (trainer, 3);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_GRADIENTS, trainer, &options, NULL);
  g_assert_null (get_nth (plot, BP_LAYER_BARS, 0));
  g_assert_cmpuint (bp_layer_get_n_points (get_nth (plot, BP_LAYER_LINE, 0)), ==, 2);
  g_assert_cmpstr (get_nth (plot, BP_LAYER_LINE, 0)->value, ==, "?");

  bp_trainer_step_node (trainer, 1);
  g_autoptr (BpPlot) next = bp_plot_new_from_trainer (BP_PLOT_GRADIENTS, trainer, &options, NULL);
  g_assert_true (get_nth (next, BP_LAYER_BARS, 0)->dash == BP_DASH_DASHED);
}

/* Of a long run each point is of 15 iterations. */
static void
test_window (void)
{
  g_autoptr (GString) text = g_string_new (network);
  double sum = 0;

  g_string_replace (text, "Iterations=40", "Iterations=200", 1);
  g_autoptr (BpTrainer) trainer = trainer_from_text (text->str);
  for (guint i = 1; i <= 100; i++)
    {
      bp_trainer_step_iteration (trainer, 1);
      sum += i > 85 ? get_rms (trainer, "W1") * get_rms (trainer, "W1") : 0;
    }
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_GRADIENTS, trainer, NULL, NULL);
  assert_close (bp_layer_get_y (get_nth (plot, BP_LAYER_LINE, 0), 99) / sqrt (sum / 15), 1, 1e-12);
  g_assert_cmpstr (plot->y.label, ==, "lines: of 15 iterations");
}

/* Each layer's values are counted, and how many of a ReLU's are 0; what is not computed has no bars. */
static void
test_activations (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);
  const guint n_values[] = { 16, 12, 4 };

  for (guint n_computed = 0; n_computed <= N_LAYERS; n_computed++)
    {
      static const char *const outputs[] = { "h1", "h2", "logit" };

      while (n_computed > 0
             && !bp_trainer_has_value (trainer, bp_graph_find (bp_trainer_get_graph (trainer),
                                                               outputs[n_computed - 1])))
        bp_trainer_step_node (trainer, 1);
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_ACTIVATIONS, trainer, NULL, NULL);
      assert_drawable (plot);
      for (guint i = 0; i < N_LAYERS; i++)
        {
          const BpLayer *bars = get_nth (plot, BP_LAYER_BARS, i);
          double sum = 0;

          g_assert_cmpstr (bars->name, ==, outputs[i]);
          for (guint j = 0; j < bp_layer_get_n_points (bars); j++)
            sum += bp_layer_get_y (bars, j);
          g_assert_cmpfloat (sum, ==, i < n_computed ? n_values[i] : 0);
        }
    }
}

static void
test_zeros (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (network);
  g_autofree char *expected = NULL;
  const double *values;
  guint n = 0;

  bp_trainer_run (trainer, 1);
  values = bp_session_get_value (bp_trainer_get_session (trainer),
                                 bp_graph_find (bp_trainer_get_graph (trainer), "h2"));
  for (guint i = 0; i < 12; i++)
    n += values[i] == 0;
  g_assert_cmpuint (n, >, 0);
  expected = g_strdup_printf ("%.0f %% are 0", 100 * n / 12.0);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_ACTIVATIONS, trainer, NULL, NULL);
  g_assert_nonnull (strstr (plot->description, expected));
  n = 0;
  for (guint i = 0; i < plot->y.ticks->len; i++)
    n += g_strcmp0 (g_array_index (plot->y.ticks, BpTick, i).label, expected) == 0;
  g_assert_cmpuint (n, ==, 1);
}

/* Other models have a sentence instead. */
static void
test_no_layers (void)
{
  static const BpPlotKind kinds[] = { BP_PLOT_GRADIENTS, BP_PLOT_ACTIVATIONS, BP_PLOT_RATE };
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("logistic");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (kinds[i], trainer, NULL, NULL);

      g_assert_false (bp_plot_has_axes (plot));
    }
}

/* A rate that falls to a tenth after 10 iterations and again after 20, as StepLR has it. */
static void
test_rate (void)
{
  g_autofree char *text = g_strconcat (network, "Schedule=step(10, 0.1)\n", NULL);
  g_autoptr (BpTrainer) trainer = trainer_from_text (text);

  bp_trainer_run (trainer, 11);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_RATE, trainer, NULL, NULL);
  const BpLayer *line = get_nth (plot, BP_LAYER_LINE, 0);
  assert_drawable (plot);
  g_assert_cmpuint (bp_layer_get_n_points (line), ==, 40);
  for (guint i = 0; i < 40; i++)
    {
      g_assert_cmpint (bp_layer_get_iteration (line, i), ==, i + 1);
      assert_close (bp_layer_get_y (line, i) / (0.3 * pow (0.1, i / 10)), 1, 1e-12);
    }
  g_assert_cmpstr (plot->subtitle, ==, "η = 0.03");
  g_assert_cmpfloat (plot->y.minimum, ==, 0);
}

/* By how much the gradient of the first layer is smaller than that of the last at the end of a built-in experiment. */
static double
get_ratio (const char *name)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin (name);

  bp_trainer_run (trainer, G_MAXINT64);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_GRADIENTS, trainer, NULL, NULL);
  assert_drawable (plot);
  g_autoptr (GPtrArray) layers = bp_layers_find (bp_trainer_get_graph (trainer));
  const BpLayer *first = get_nth (plot, BP_LAYER_LINE, 0);
  const BpLayer *last = get_nth (plot, BP_LAYER_LINE, layers->len - 1);
  guint n = bp_layer_get_n_points (first);

  g_assert_cmpuint (layers->len, ==, 11);

  return bp_layer_get_y (first, n - 1) / bp_layer_get_y (last, n - 1);
}

/* What these three are there to show. */
static void
test_vanishing (void)
{
  g_assert_cmpfloat (get_ratio ("vanishing-gradient"), <, 1e-5);
  g_assert_cmpfloat (get_ratio ("vanishing-gradient-relu"), >, 0.05);
  g_assert_cmpfloat (get_ratio ("vanishing-gradient-residual"), >, 0.05);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-layers/gradients", test_gradients);
  g_test_add_func ("/plot-layers/bars", test_bars);
  g_test_add_func ("/plot-layers/hidden", test_hidden);
  g_test_add_func ("/plot-layers/window", test_window);
  g_test_add_func ("/plot-layers/activations", test_activations);
  g_test_add_func ("/plot-layers/zeros", test_zeros);
  g_test_add_func ("/plot-layers/no-layers", test_no_layers);
  g_test_add_func ("/plot-layers/rate", test_rate);
  g_test_add_func ("/plot-layers/vanishing", test_vanishing);

  return g_test_run ();
}
