/* test-plot-compare.c: reference runs in the plots, long runs, models without series or data, and what a legend names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/data-evaluator.h"
#include "lib/plots-checks.h"

#include <math.h>

#include "base/bp-number.h"
#include "training/bp-reference.h"

/* A run of the experiment at other rates. */
static GPtrArray *
create_references (BpTrainer    *trainer,
                   const double *rates,
                   guint         n)
{
  GPtrArray *references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BpExperiment) experiment = bp_experiment_copy (bp_trainer_get_experiment (trainer));
      g_autoptr (GError) error = NULL;

      experiment->settings.optimizer.learning_rate = rates[i];
      g_ptr_array_add (references, bp_reference_new_by_running (experiment, NULL, &error));
      g_assert_no_error (error);
    }

  return references;
}

static const BpLayer *
find_exit (const BpPlot *plot,
           BpColor       color)
{
  for (guint i = 0; i < plot->layers->len; i++)
    if (bp_plot_get_layer (plot, i)->kind == BP_LAYER_EXIT && bp_plot_get_layer (plot, i)->color == color)
      return bp_plot_get_layer (plot, i);

  return NULL;
}

/* The axes are those without reference runs; one that leaves says when it does. */
static void
test_axes_belong_to_the_run (void)
{
  static const double rates[] = { 0.0005, 0.1, 1.2 };
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (GPtrArray) references = create_references (trainer, rates, G_N_ELEMENTS (rates));
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  BpReference *far = g_ptr_array_index (references, 2);
  const BpBucket *values;
  guint n, first = 0;

  bp_trainer_run (trainer, 100);
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      g_autoptr (BpPlot) alone = bp_plot_new_from_trainer (kind, trainer, &options, NULL);
      BpPlotOptions compared_options = options;
      compared_options.references = references;
      g_autoptr (BpPlot) compared = bp_plot_new_from_trainer (kind, trainer, &compared_options, NULL);

      g_assert_cmpfloat (alone->x.minimum, ==, compared->x.minimum);
      g_assert_cmpfloat (alone->x.maximum, ==, compared->x.maximum);
      g_assert_cmpfloat (alone->y.minimum, ==, compared->y.minimum);
      g_assert_cmpfloat (alone->y.maximum, ==, compared->y.maximum);
      assert_drawable (compared);
    }

  options.references = references;
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  values = bp_series_get_buckets (g_ptr_array_index (far->parameters, 0), &n);
  while (values[first].first >= plot->y.minimum && values[first].first <= plot->y.maximum)
    first++;
  g_autofree char *text = g_strdup_printf ("leaves at iteration %u", first);
  g_assert_cmpstr (find_exit (plot, BP_COLOR_RUN_3)->label, ==, text);
  g_assert_null (find_exit (plot, BP_COLOR_RUN_1));
  g_assert_null (find_exit (plot, BP_COLOR_RUN_2));
}

/* "η = 0.1: 9.569": the number of each run at the iteration of the cursor, the run itself first and bold. */
static void
test_legend (void)
{
  static const double rates[] = { 0.1, 0.01 };
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (GPtrArray) references = create_references (trainer, rates, G_N_ELEMENTS (rates));
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  options.references = references;
  bp_trainer_run (trainer, 100);
  bp_trainer_seek (trainer, (BpCursor) { 40, 0 });
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  g_autoptr (GArray) entries = bp_plot_list_legend (plot);
  const BpLayer *own = bp_plot_get_layer (plot, g_array_index (entries, guint, 0));
  const BpLayer *other = bp_plot_get_layer (plot, g_array_index (entries, guint, 1));
  g_autofree char *own_text = bp_layer_dup_legend_label (own);
  g_autofree char *own_value = bp_number_format (bp_session_get_parameters (bp_trainer_get_session (trainer))[0]);
  guint n;
  const BpReference *reference = g_ptr_array_index (references, 0);
  g_autofree char *value = bp_number_format (
      bp_series_get_buckets (g_ptr_array_index (reference->parameters, 0), &n)[40].first);

  g_assert_true (own->is_strong);
  g_assert_cmpstr (own_text, ==, "η = 0.02: ");
  g_assert_cmpstr (own->value, ==, own_value);
  g_assert_cmpstr (other->label, ==, "η = 0.1");
  g_assert_cmpstr (other->value, ==, value);
  g_assert_cmpstr (plot->subtitle, ==, "at iteration 40");

  /* The loss still says whose it is. */
  g_autoptr (BpPlot) loss = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  g_assert_cmpstr (loss->subtitle, ==, "all data, at iteration 40");
}

/* Beyond the end of a run that stopped there is no number. */
static void
test_stopped_reference (void)
{
  static const double rates[] = { 1000 };
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (GPtrArray) references = create_references (trainer, rates, 1);
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  const BpReference *reference = g_ptr_array_index (references, 0);

  g_assert_cmpint (reference->length, <, 100);
  options.references = references;
  bp_trainer_run (trainer, 100);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  g_autoptr (BpPlot) loss = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  g_assert_cmpstr (get_layer (plot, BP_LAYER_SERIES, "η = 1000")->value, ==, BP_NUMBER_NONE);
  g_assert_cmpstr (get_layer (loss, BP_LAYER_LINE, "η = 1000")->value, ==, BP_NUMBER_NONE);
}

/* In the loss surface a reference run has its path up to the cursor's iteration, and a mark where it is then. */
static void
test_surface (void)
{
  static const double rates[] = { 0.018 };
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("line");
  g_autoptr (GPtrArray) references = create_references (trainer, rates, 1);
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  const BpReference *reference = g_ptr_array_index (references, 0);
  guint n;
  gboolean is_marked = FALSE;

  options.references = references;
  bp_trainer_run (trainer, 30);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, &options, NULL);
  const BpLayer *path = get_layer (plot, BP_LAYER_LINE, "η = 0.018");
  const BpBucket *xs = bp_series_get_buckets (g_ptr_array_index (reference->parameters, 0), &n);
  const BpBucket *ys = bp_series_get_buckets (g_ptr_array_index (reference->parameters, 1), &n);
  g_assert_cmpuint (bp_layer_get_n_points (path), ==, 31);
  g_assert_cmpfloat (get_point (path, 30).x, ==, xs[30].first);
  g_assert_cmpfloat (get_point (path, 30).y, ==, ys[30].first);
  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      if (layer->is_cursor && layer->color == BP_COLOR_RUN_1)
        is_marked = get_point (layer, 0).x == xs[30].first && get_point (layer, 0).y == ys[30].first;
    }
  g_assert_true (is_marked);
}

/* Contours run at round numbers, at most ten of them. */
static void
test_levels (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("line");
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
  const BpLayer *grid = get_layer (plot, BP_LAYER_GRID, NULL);

  g_assert_cmpuint (grid->levels->len, >=, 3);
  g_assert_cmpuint (grid->levels->len, <=, 10);
  for (guint i = 0; i < grid->levels->len; i++)
    {
      double level = g_array_index (grid->levels, double, i);
      BpPlotPoint place;
      int digit = (int) lround (level / pow (10, floor (log10 (level) + 1e-9)));

      g_assert_true (digit == 1 || digit == 2 || digit == 5);
      if (bp_layer_find_level (grid, level, &place))
        {
          double parameters[] = { place.x, place.y };

          assert_close (get_data_loss (trainer, FALSE, parameters), level, 0.1);
        }
    }
}

/* A long run has one point for so many iterations, and its axis says so; each is a number that was recorded. */
static void
test_long_run (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  guint n;

  bp_trainer_set_n_iterations (trainer, 10000);
  bp_trainer_run (trainer, 10000);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
  const BpLayer *samples = get_layer (plot, BP_LAYER_POINTS, "samples");
  const BpBucket *losses = bp_series_get_buckets (bp_history_get_loss (bp_trainer_get_history (trainer)), &n);
  gint64 width = bp_series_get_bucket_width (bp_history_get_loss (bp_trainer_get_history (trainer)));
  g_autofree char *title = bp_axis_get_title (&plot->x);

  g_assert_cmpstr (title, ==, "iteration (one in 32)");
  g_assert_cmpfloat (samples->step, ==, 32);
  g_assert_cmpuint (bp_layer_get_n_points (samples), ==, 313);
  for (guint i = 0; i < 313; i++)
    g_assert_cmpfloat (get_point (samples, i).y, ==, losses[i * 32 / width].first);

  g_autoptr (BpTrainer) shorter = trainer_from_builtin ("regression");
  g_autoptr (BpPlot) all = bp_plot_new_from_trainer (BP_PLOT_LOSS, shorter, NULL, NULL);
  g_assert_null (all->x.unit);
}

/* More parameters than have a series: the line is there all the same, of what the parameters were. */
static void
test_many_parameters (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (
    "[Experiment]\nIterations=20\n[Variables]\nu=normal(1, 1) [40]\n[Model]\nloss=reduce_mean(square(u))\n"
    "[Optimizer]\nLearningRate=0.4\n");
  g_autofree double *losses = g_new0 (double, 21);

  for (guint i = 0; i <= 20; i++)
    {
      losses[i] = get_data_loss (trainer, FALSE, bp_session_get_parameters (bp_trainer_get_session (trainer)));
      bp_trainer_step_iteration (trainer, 1);
    }
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
  const BpLayer *line = get_layer (plot, BP_LAYER_LINE, "loss");
  g_assert_cmpuint (bp_layer_get_n_points (line), ==, 21);
  for (guint i = 0; i <= 20; i++)
    assert_close (get_point (line, i).y, losses[i], 1e-12);

  /* Without data nothing is called a sample or data. */
  for (guint i = 0; i < plot->layers->len; i++)
    {
      const char *label = bp_plot_get_layer (plot, i)->label;

      g_assert_true (label == NULL || (strstr (label, "sample") == NULL && strstr (label, "data") == NULL));
    }
}

/* Whether it stands over its name. */
static gboolean
is_named_by_axis (const BpPlot  *plot,
                  const BpLayer *layer)
{
  for (guint i = 0; plot->x.ticks != NULL && layer->points != NULL && i < plot->x.ticks->len; i++)
    if (g_array_index (plot->x.ticks, BpTick, i).value == get_point (layer, 0).x)
      return TRUE;

  return FALSE;
}

/* Whatever marker there is, a legend has it, or an axis. */
static void
test_every_marker_is_named (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);

      bp_trainer_run (trainer, 3);
      for (guint kind = 0; kind < BP_N_PLOTS; kind++)
        {
          g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (kind, trainer, NULL, NULL);
          BpColor last = BP_N_COLORS;

          for (guint j = 0; j < plot->layers->len; j++)
            {
              const BpLayer *layer = bp_plot_get_layer (plot, j);

              if (layer->kind != BP_LAYER_POINTS || is_named_by_axis (plot, layer))
                continue;
              /* The marks of several parameters are alike. */
              g_assert_true (layer->label != NULL || (layer->is_cursor && layer->color == last));
              last = layer->color;
            }
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-compare/axes-belong-to-the-run", test_axes_belong_to_the_run);
  g_test_add_func ("/plot-compare/legend", test_legend);
  g_test_add_func ("/plot-compare/stopped-reference", test_stopped_reference);
  g_test_add_func ("/plot-compare/surface", test_surface);
  g_test_add_func ("/plot-compare/levels", test_levels);
  g_test_add_func ("/plot-compare/long-run", test_long_run);
  g_test_add_func ("/plot-compare/many-parameters", test_many_parameters);
  g_test_add_func ("/plot-compare/every-marker-is-named", test_every_marker_is_named);

  return g_test_run ();
}
