/* test-plot-curve.c: the loss as a function of parameters: curves, tangents, steps and contours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/data-evaluator.h"
#include "lib/plots-checks.h"

#include "base/bp-number.h"

static void
assert_tangent (BpTrainer   *trainer,
                BpPlotCache *cache,
                guint        parameter,
                guint        variable,
                gsize        element)
{
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  options.parameter = (gint) parameter;
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, &options, cache);
  gboolean is_sum = bp_trainer_get_settings (trainer)->keep_gradients && bp_trainer_get_shown (trainer, NULL) > 1;
  const BpLayer *tangent = get_layer (plot, BP_LAYER_LINE, is_sum ? "summed slope" : "slope");
  guint n_total;

  /* Where earlier gradients are in it, no text calls it the tangent. */
  if (is_sum)
    g_assert_null (strstr (plot->description, "tangent"));
  guint n = bp_trainer_get_n_contributions (trainer, variable, &n_total);

  if (n < n_total || n == 0)
    {
      g_assert_cmpstr (tangent->value, ==, BP_NUMBER_NONE);
      g_assert_null (tangent->points);
      g_assert_null (find_layer (plot, BP_LAYER_ARROW, NULL)->points);
      return;
    }

  BpPlotPoint a = get_point (tangent, 0);
  BpPlotPoint b = get_point (tangent, 1);
  double gradient = bp_session_get_gradient (bp_trainer_get_session (trainer), variable)[element];
  double loss = get_loss (trainer);
  g_autofree char *value = bp_number_format (gradient);
  g_assert_cmpstr (tangent->value, ==, value);
  g_assert_cmpfloat (fabs ((b.y - a.y) / (b.x - a.x) - gradient), <=, 1e-9 * MAX (1, fabs (gradient)));
  assert_close ((a.y + b.y) / 2, loss, 1e-9);
  assert_close ((a.x + b.x) / 2, bp_trainer_get_previous_parameters (trainer)[parameter], 1e-9);
}

/*
 * After every node of some iterations, for some parameters of each variable: the tangent's slope is
 * the gradient that the cursor shows, or there is none.
 */
static void
test_tangent (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
      g_autoptr (BpPlotCache) cache = bp_plot_cache_new (0);
      guint n_steps = 3 * bp_trainer_get_n_instructions (trainer);

      for (guint j = 0; j < n_steps && is_small_builtin (names[i]); j++)
        {
          BpGraph *graph = bp_trainer_get_graph (trainer);
          const guint stride = 1 + (guint) bp_graph_get_n_parameters (graph) / 16;
          guint parameter = 0;

          for (guint k = 0; k < bp_graph_get_n_variables (graph); k++)
            {
              guint variable = bp_graph_get_variable (graph, k);
              guint n = (guint) bp_graph_get_n_elements (graph, variable);

              for (guint l = (j + k) % stride; l < n; l += stride)
                assert_tangent (trainer, cache, parameter + l, variable, l);
              parameter += n;
            }
          bp_trainer_step_node (trainer, 1);
        }
    }
}

/* A variable that is used twice has its gradient when both parts are in, and not before. */
static void
test_tangent_of_sum (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text ("[Experiment]\nTitle=t\nIterations=10\n"
                                                         "[Data]\nSamples=30\nx=normal(0, 1)\n[Variables]\nu=0.5\n"
                                                         "[Model]\nloss=square(x * u + u - 3)\n"
                                                         "[Optimizer]\nName=gradient-descent\nLearningRate=0.01\n");
  guint variable = bp_graph_get_variable (bp_trainer_get_graph (trainer), 0);
  guint n_partial = 0;

  for (guint i = 0; i < 2 * bp_trainer_get_n_instructions (trainer); i++)
    {
      n_partial += bp_trainer_get_n_contributions (trainer, variable, NULL) == 1;
      assert_tangent (trainer, NULL, 0, variable, 0);
      bp_trainer_step_node (trainer, 1);
    }
  g_assert_cmpuint (n_partial, >, 0);
}

/* Where gradients are to be predicted first, neither tangent nor step gives them away. */
static void
test_hidden_gradients (void)
{
  const char *names[] = { "regression", "line" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
      BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

      options.hide_gradients = TRUE;
      bp_trainer_seek (trainer, (BpCursor) { 3, bp_trainer_get_n_instructions (trainer) - 1 });
      g_autoptr (BpPlot) shown = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
      g_autoptr (BpPlot) hidden = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, &options, NULL);
      g_assert_nonnull (get_layer (shown, BP_LAYER_ARROW, NULL)->points);
      g_assert_null (get_layer (hidden, BP_LAYER_ARROW, NULL)->points);
      if (i == 0)
        g_assert_null (get_layer (hidden, BP_LAYER_LINE, "slope")->points);
      g_assert_null (strstr (hidden->description, "slope is"));
    }
}

/* The curve of all data is the evaluator's loss, that of the batch goes through the loss that was computed. */
static void
test_curve (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");

  bp_trainer_run (trainer, 20);
  bp_trainer_step_phase (trainer, 1);
  bp_trainer_step_phase (trainer, 1);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
  const BpLayer *all = get_layer (plot, BP_LAYER_LINE, "all data");
  const BpLayer *sample = get_layer (plot, BP_LAYER_LINE, "this sample");
  gsize n_rows;
  const gsize *rows = bp_trainer_get_batch (trainer, &n_rows);
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, FALSE);
  g_autoptr (BpEvaluator) batch = bp_evaluator_new (bp_trainer_get_graph (trainer), n_rows, INFINITY, NULL);

  bp_evaluator_feed_rows (batch, bp_trainer_get_dataset (trainer), rows);
  g_assert_cmpuint (all->points->len, >, 100);
  for (guint i = 0; i < all->points->len; i++)
    {
      double a = get_point (all, i).x;

      assert_close (get_point (all, i).y, bp_evaluator_get_loss (evaluator, &a, NULL), 1e-12);
      assert_close (get_point (sample, i).y, bp_evaluator_get_loss (batch, &a, NULL), 1e-12);
    }
  g_assert_cmpfloat (plot->x.minimum, <=, get_parameter (trainer, 0));
  g_assert_cmpfloat (get_point (all, 0).x, ==, plot->x.minimum);
  g_assert_cmpfloat (get_point (all, all->points->len - 1).x, ==, plot->x.maximum);
}

/* The arrow leads to what the update then makes of the parameter, for every optimizer. */
static void
test_next_step (void)
{
  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
      BpSettings settings = *bp_trainer_get_settings (trainer);
      g_autoptr (GError) error = NULL;

      bp_optimizer_init (&settings.optimizer, kind);
      bp_trainer_set_settings (trainer, &settings, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < 5; i++)
        {
          while (bp_trainer_get_next_instruction (trainer)->phase != BP_PHASE_UPDATE)
            bp_trainer_step_node (trainer, 1);

          g_autoptr (BpPlot) before = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
          BpPlotPoint predicted = get_point (get_layer (before, BP_LAYER_ARROW, "step"), 1);
          bp_trainer_step_node (trainer, 1);
          g_assert_cmpfloat (predicted.x, ==, get_parameter (trainer, 0));

          g_autoptr (BpPlot) after = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
          BpPlotPoint reached = get_point (get_layer (after, BP_LAYER_ARROW, "step"), 1);
          g_assert_cmpfloat (reached.x, ==, predicted.x);
          assert_close (reached.y, bp_trainer_get_loss_after (trainer), 1e-12);
        }
    }
}

/* Two parameters: contours over both, the path through all they were. */
static void
test_plane (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("line");

  bp_trainer_run (trainer, 60);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
  const BpLayer *grid = get_layer (plot, BP_LAYER_GRID, NULL);
  const BpLayer *path = get_layer (plot, BP_LAYER_LINE, "path");
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, FALSE);

  g_assert_cmpstr (plot->x.label, ==, "slope");
  g_assert_cmpstr (plot->y.label, ==, "intercept");
  for (guint i = 0; i < grid->values->len; i += 37)
    {
      double at[2] = {
        grid->x0 + (grid->x1 - grid->x0) * (i % grid->n_columns) / (grid->n_columns - 1),
        grid->y0 + (grid->y1 - grid->y0) * (i / grid->n_columns) / (grid->n_rows - 1),
      };

      double loss = bp_evaluator_get_loss (evaluator, at, NULL);
      assert_close (g_array_index (grid->values, double, i), loss, 1e-9);
    }
  for (guint i = 1; i < grid->levels->len; i++)
    g_assert_cmpfloat (g_array_index (grid->levels, double, i), >, g_array_index (grid->levels, double, i - 1));

  for (guint i = 0; i < 60; i += 13)
    {
      bp_trainer_seek (trainer, (BpCursor) { i, 0 });
      g_assert_cmpfloat (get_point (path, i).x, ==, get_parameter (trainer, 0));
      g_assert_cmpfloat (get_point (path, i).y, ==, get_parameter (trainer, 1));
    }

  /* With one chosen it is a slice at the other's value. */
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  options.parameter = 1;
  g_autoptr (BpPlot) slice = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, &options, NULL);
  g_assert_null (find_layer (slice, BP_LAYER_GRID, NULL));
  g_assert_cmpstr (slice->x.label, ==, "intercept");
}

/* The arrow in the plane says whether it lies ahead. */
static void
test_plane_step (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("line");

  bp_trainer_run (trainer, 5);
  g_autoptr (BpPlot) done = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
  g_assert_nonnull (find_layer (done, BP_LAYER_ARROW, "step"));
  g_assert_cmpuint (get_layer (done, BP_LAYER_ARROW, "step")->points->len, ==, 2);

  bp_trainer_step_node (trainer, -1);
  g_autoptr (BpPlot) ahead = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
  g_assert_cmpuint (get_layer (ahead, BP_LAYER_ARROW, "step")->points->len, ==, 2);
}

/* Before the loss of a sample is computed the cursor is in sight as it is after that, however far the last step led. */
static void
test_cursor_in_sight (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text ("[Experiment]\nIterations=5\n[Variables]\nu=1 [3]\n"
                                                         "[Model]\nloss=reduce_sum(square(u))\n"
                                                         "[Optimizer]\nName=gradient-descent\nLearningRate=100\n");

  bp_trainer_step_iteration (trainer, 1);
  for (guint i = 0; i < 2 * bp_trainer_get_n_instructions (trainer); i++)
    {
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
      double loss = get_point (get_layer (plot, BP_LAYER_POINTS, NULL), 0).y;

      g_assert_cmpfloat (plot->y.minimum, <=, loss);
      g_assert_cmpfloat (plot->y.maximum, >=, loss);
      bp_trainer_step_node (trainer, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-curve/tangent", test_tangent);
  g_test_add_func ("/plot-curve/tangent-of-sum", test_tangent_of_sum);
  g_test_add_func ("/plot-curve/hidden-gradients", test_hidden_gradients);
  g_test_add_func ("/plot-curve/curve", test_curve);
  g_test_add_func ("/plot-curve/next-step", test_next_step);
  g_test_add_func ("/plot-curve/plane", test_plane);
  g_test_add_func ("/plot-curve/plane-step", test_plane_step);
  g_test_add_func ("/plot-curve/cursor-in-sight", test_cursor_in_sight);

  return g_test_run ();
}
