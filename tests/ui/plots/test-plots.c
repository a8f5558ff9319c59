/* test-plots.c: the plots of runs against iteration, and all plots of every experiment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-number.h"
#include "plots/bp-plots.h"
#include "lib/data-evaluator.h"
#include "lib/plots-checks.h"

/* Each experiment: at its start, after each node of two iterations, at its end, and back in the middle. */
static void
test_every_experiment (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
      guint n = is_small_builtin (names[i]) ? bp_trainer_get_n_instructions (trainer) : 2;

      assert_all_plots (trainer);
      for (guint j = 0; j < 2 * n && step_nodes (trainer, 1 + n / 32); j += 1 + n / 32)
        assert_all_plots (trainer);
      bp_trainer_run (trainer, 100000);
      assert_all_plots (trainer);
      bp_trainer_seek (trainer, (BpCursor) { bp_trainer_get_cursor (trainer).iteration / 2, 1 });
      assert_all_plots (trainer);
    }
}

/* A model without data, and one of a single variable that has neither data nor optimum. */
static void
test_without_data (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (
    "[Experiment]\nTitle=t\nIterations=10\n[Variables]\nu=2\n"
    "[Model]\nloss=square(u - 3)\n"
    "[Optimizer]\nName=gradient-descent\nLearningRate=0.1\n");

  bp_trainer_run (trainer, 5);
  assert_all_plots (trainer);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  g_assert_nonnull (find_layer (plot, BP_LAYER_NOTE, NULL));
  g_assert_false (bp_plot_has_axes (plot));
  g_autoptr (BpPlot) curve = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, NULL, NULL);
  g_assert_true (bp_plot_has_axes (curve));
  g_assert_cmpuint (get_layer (curve, BP_LAYER_LINE, "loss")->points->len, >, 100);
  assert_close (get_point (get_layer (curve, BP_LAYER_RULE_X, "optimum"), 0).x, 3, 1e-6);

  g_autoptr (BpTrainer) endless = trainer_from_text (
    "[Experiment]\nTitle=t\nIterations=10\n[Variables]\nu=2\n"
    "[Model]\nloss=-u\n"
    "[Optimizer]\nName=gradient-descent\nLearningRate=0.1\n");
  g_autoptr (BpPlot) variable = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, endless, NULL, NULL);
  g_assert_null (find_layer (variable, BP_LAYER_RULE_Y, NULL));
  assert_all_plots (endless);
}

/* Numbers at the ends of what a double holds. */
static void
test_strange_numbers (void)
{
  const char *values[] = { "0", "1e-300", "1e300", "-1e300", "1e-5", "1e150" };
  const char *rates[] = { "1e-12", "0.5", "1", "1e6" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint j = 0; j < G_N_ELEMENTS (rates); j++)
      {
        g_autofree char *text = g_strdup_printf ("[Experiment]\nTitle=t\nIterations=20\n[Variables]\nu=%s\n"
                                                 "[Model]\nloss=square(u)\n"
                                                 "[Optimizer]\nName=gradient-descent\nLearningRate=%s\n",
                                                 values[i], rates[j]);
        g_autoptr (BpTrainer) trainer = trainer_from_text (text);

        assert_all_plots (trainer);
        bp_trainer_run (trainer, 20);
        assert_all_plots (trainer);
      }
}

/* Variable */

/* A value that is lost in the rounding of the other is 0; of more than six parameters the plot says how many. */
static void
test_variable_texts (void)
{
  g_autoptr (BpTrainer) two = trainer_from_text ("[Variables]\nu=1\nv=1\n"
                                                 "[Model]\nloss=square(u + 0.00000000000000004) + square(v - 4)\n");
  g_autoptr (BpTrainer) one = trainer_from_text ("[Variables]\nu=1\n"
                                                 "[Model]\nloss=square(u + 0.00000000000000004)\n");
  g_autoptr (BpPlot) both = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, two, NULL, NULL);
  g_autoptr (BpPlot) small = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, one, NULL, NULL);
  g_autoptr (BpTrainer) many = trainer_from_text ("[Variables]\nu=1 [17]\n[Model]\nloss=reduce_sum(square(u))\n");
  g_autoptr (BpTrainer) few = trainer_from_text ("[Variables]\nu=1 [6]\n[Model]\nloss=reduce_sum(square(u))\n");
  g_autoptr (BpPlot) first = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, many, NULL, NULL);
  g_autoptr (BpPlot) all = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, few, NULL, NULL);
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  g_autoptr (BpPlot) chosen = NULL;

  options.parameter = 16;
  chosen = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, many, &options, NULL);
  g_assert_nonnull (find_layer (both, BP_LAYER_RULE_Y, "optimum 0, 4"));
  g_assert_nonnull (find_layer (small, BP_LAYER_RULE_Y, "optimum −4·10⁻¹⁷"));
  g_assert_cmpstr (first->subtitle, ==, "17 parameters");
  g_assert_null (all->subtitle);
  g_assert_cmpstr (chosen->subtitle, ==, "u[16] = 1");
}

static guint
count_layers (const BpPlot *plot,
              BpLayerKind   kind)
{
  guint n = 0;

  for (guint i = 0; i < plot->layers->len; i++)
    n += bp_plot_get_layer (plot, i)->kind == kind;

  return n;
}

static double
get_column_sum (BpTrainer  *trainer,
                const char *a,
                const char *b)
{
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  const double *x = bp_dataset_get_column (dataset, bp_dataset_find (dataset, a));
  const double *y = b != NULL ? bp_dataset_get_column (dataset, bp_dataset_find (dataset, b)) : NULL;
  double sum = 0;

  for (gsize i = 0; i < bp_dataset_get_n_samples (dataset); i++)
    sum += x[i] * (y != NULL ? y[i] : 1);

  return sum;
}

/* The optimum of the regression is Σxy / Σx², that of the line the least squares fit. */
static void
test_optimum (void)
{
  g_autoptr (BpTrainer) regression = trainer_from_builtin ("regression");
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, regression, NULL, NULL);
  double expected = get_column_sum (regression, "x_data", "y_target") / get_column_sum (regression, "x_data", "x_data");
  const BpLayer *optimum = get_layer (plot, BP_LAYER_RULE_Y, "optimum");

  /* Two rules so close that they would be drawn over each other are one, with both names. */
  assert_close (get_point (optimum, 0).y, expected, 1e-9);
  g_assert_true (g_str_has_suffix (optimum->label, ", textbook 10"));
  g_assert_cmpuint (count_layers (plot, BP_LAYER_RULE_Y), ==, 1);
  g_assert_cmpfloat (plot->y.maximum, >, 10);

  g_autoptr (BpTrainer) line = trainer_from_builtin ("line");
  g_autoptr (BpPlot) lines = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, line, NULL, NULL);
  double n = (double) bp_dataset_get_n_samples (bp_trainer_get_dataset (line));
  double x = get_column_sum (line, "x_data", NULL);
  double y = get_column_sum (line, "y_target", NULL);
  double xx = get_column_sum (line, "x_data", "x_data");
  double xy = get_column_sum (line, "x_data", "y_target");
  double slope = (n * xy - x * y) / (n * xx - x * x);
  g_autofree char *slope_text = bp_number_format (slope);
  g_autofree char *intercept_text = bp_number_format ((y - slope * x) / n);
  g_autofree char *label = g_strdup_printf ("optimum %s, %s", slope_text, intercept_text);
  assert_close (get_point (get_layer (lines, BP_LAYER_RULE_Y, label), 0).y, slope, 1e-6);
  assert_close (get_point (bp_plot_get_layer (lines, 1), 0).y, (y - slope * x) / n, 1e-6);
  g_assert_null (bp_plot_get_layer (lines, 1)->label);
  g_assert_cmpint (bp_plot_get_layer (lines, 1)->dash, ==, bp_plot_get_layer (lines, 0)->dash);
  g_assert_cmpuint (count_layers (lines, BP_LAYER_RULE_Y), ==, 3);
  g_assert_nonnull (find_layer (lines, BP_LAYER_RULE_Y, "textbook 2, 1"));

  /* One at an end of the range would lie on the frame. */
  g_autoptr (BpTrainer) classification = trainer_from_builtin ("classification");
  g_autoptr (BpPlot) below = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, classification, NULL, NULL);
  g_assert_cmpfloat (get_point (get_layer (below, BP_LAYER_RULE_Y, "optimum"), 0).y, >, below->y.minimum);
}

/* A series says what A was after each iteration; the cursor where it is; what lies after it is faint. */
static void
test_variable (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autofree double *values = g_new (double, 101);

  for (guint i = 0; i <= 100; i++)
    {
      values[i] = get_parameter (trainer, 0);
      bp_trainer_step_iteration (trainer, 1);
    }
  bp_trainer_seek (trainer, (BpCursor) { 38, 0 });

  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, NULL, NULL);
  const BpLayer *series = get_layer (plot, BP_LAYER_SERIES, NULL);
  const BpLayer *cursor = get_layer (plot, BP_LAYER_POINTS, "now");
  g_assert_cmpuint (bp_layer_get_n_points (series), ==, 101);
  for (guint i = 0; i <= 100; i++)
    {
      g_assert_cmpfloat (bp_layer_get_point (series, i).y, ==, values[i]);
      g_assert_cmpint (bp_layer_get_iteration (series, i), ==, i);
    }
  g_assert_cmpfloat (series->dim_from, ==, 38);
  g_assert_true (cursor->is_cursor);
  g_assert_cmpfloat (get_point (cursor, 0).x, ==, 38);
  g_assert_cmpfloat (get_point (cursor, 0).y, ==, values[38]);
  g_assert_cmpstr (plot->title, ==, "Parameter A");
  g_assert_cmpstr (plot->x.label, ==, "iteration");
  g_assert_cmpfloat (plot->x.maximum, ==, 100);
  g_assert_nonnull (strstr (plot->description, "38 of 100 iterations"));
}

/* Several parameters: a name each, and a look each; one may be chosen. */
static void
test_several_variables (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text ("[Variables]\nW1=normal(0, 1) [1, 5]\nc=0.5\n"
                                                     "[Model]\nloss=reduce_sum(square(W1)) + square(c)\n");
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, NULL, NULL);
  gsize n = bp_graph_get_n_parameters (bp_trainer_get_graph (trainer));
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) looks = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      if (layer->kind != BP_LAYER_SERIES)
        continue;
      g_assert_true (g_hash_table_add (names, layer->label));
      g_assert_true (g_hash_table_add (looks, GUINT_TO_POINTER (layer->dash * 100 + layer->marker)));
    }
  g_assert_cmpuint (g_hash_table_size (names), ==, n);
  g_assert_true (g_hash_table_contains (names, "W1[0,2]"));
  g_assert_true (g_hash_table_contains (names, "c"));

  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  options.parameter = 2;
  g_autoptr (BpPlot) one = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  g_assert_cmpstr (one->title, ==, "Parameter W1[0,2]");
  g_assert_cmpfloat (get_point (get_layer (one, BP_LAYER_POINTS, NULL), 0).y, ==, get_parameter (trainer, 2));
}

/* While a run goes on, ranges hold what they held. */
static void
test_ranges_never_shrink (void)
{
  const char *names[] = {
    "regression", "classification", "line", "gradients-not-reset", "wrong-sign", "swapped-labels",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint kind = BP_PLOT_VARIABLE; kind <= BP_PLOT_LOSS; kind++)
      {
        g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
        g_autoptr (BpPlot) last = bp_plot_new_from_trainer (kind, trainer, NULL, NULL);
        guint n_changes = 0;

        while (bp_trainer_run (trainer, 7) > 0)
          {
            BpPlot *plot = bp_plot_new_from_trainer (kind, trainer, NULL, NULL);

            g_assert_cmpfloat (plot->x.minimum, ==, last->x.minimum);
            g_assert_cmpfloat (plot->x.maximum, ==, last->x.maximum);
            g_assert_cmpfloat (plot->y.minimum, <=, last->y.minimum);
            g_assert_cmpfloat (plot->y.maximum, >=, last->y.maximum);
            n_changes += plot->y.minimum != last->y.minimum || plot->y.maximum != last->y.maximum;
            bp_plot_free (last);
            last = plot;
          }
        /* In round steps, so seldom. */
        g_assert_cmpuint (n_changes, <, 25);
      }
}

/* What shows where the cursor stands lies within the axes after each node, and what has once been room for it stays. */
static void
assert_room_for_cursor (BpTrainer *trainer)
{
  g_autoptr (BpPlot) last = NULL;

  do
    {
      BpPlot *plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
      guint n_cursors = 0;

      for (guint i = 0; i < plot->layers->len; i++)
        {
          const BpLayer *layer = bp_plot_get_layer (plot, i);

          if (!layer->is_cursor || layer->points == NULL)
            continue;
          n_cursors++;
          g_assert_cmpfloat (get_point (layer, 0).y, >=, plot->y.minimum);
          g_assert_cmpfloat (get_point (layer, 0).y, <=, plot->y.maximum);
        }
      if (last != NULL)
        {
          g_assert_cmpfloat (plot->y.minimum, <=, last->y.minimum);
          g_assert_cmpfloat (plot->y.maximum, >=, last->y.maximum);
        }
      /* A loss that is not finite leaves nothing to show at first. */
      g_clear_pointer (&last, bp_plot_free);
      if (n_cursors > 0)
        last = plot;
      else
        bp_plot_free (plot);
    }
  while (bp_trainer_get_cursor (trainer).iteration < 40
         && step_nodes (trainer, 1 + bp_trainer_get_n_instructions (trainer) / 16));
}

static void
test_room_for_cursor (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);

      if (is_small_builtin (names[i]))
        assert_room_for_cursor (trainer);
    }
}

/* Loss */

/* The line over all data is the evaluator's loss at what the parameters were; the points are the recorded losses. */
static void
test_loss (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("classification-split");
  g_autofree double *losses = g_new0 (double, 1401);

  for (guint i = 1; i <= 1400; i++)
    {
      bp_trainer_step_iteration (trainer, 1);
      losses[i] = get_loss (trainer);
    }

  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
  const BpLayer *all = get_layer (plot, BP_LAYER_LINE, "training data");
  const BpLayer *test = get_layer (plot, BP_LAYER_LINE, "held out");
  const BpLayer *samples = get_layer (plot, BP_LAYER_POINTS, "batches");
  g_assert_cmpint (plot->y.scale, ==, BP_SCALE_LOG);
  g_assert_cmpint (all->dash, !=, test->dash);
  g_assert_cmpuint (all->points->len, >, 100);
  g_assert_cmpuint (all->points->len, <=, 401);
  for (guint i = 0; i < bp_layer_get_n_points (samples); i++)
    g_assert_cmpfloat (bp_layer_get_point (samples, i).y, ==, losses[bp_layer_get_iteration (samples, i)]);

  for (guint i = 0; i < all->points->len; i += 17)
    {
      gint64 iteration = bp_layer_get_iteration (all, i);

      bp_trainer_seek (trainer, (BpCursor) { iteration, 0 });
      const double *parameters = bp_session_get_parameters (bp_trainer_get_session (trainer));
      g_assert_cmpfloat (get_point (all, i).x, ==, (double) iteration);
      assert_close (get_point (all, i).y, get_data_loss (trainer, FALSE, parameters), 1e-12);
      assert_close (get_point (test, i).y, get_data_loss (trainer, TRUE, parameters), 1e-12);
    }
}

/* A loss below 0 has no place on a log axis. */
static void
test_negative_loss (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("swapped-labels");

  bp_trainer_run (trainer, 200);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
  g_assert_cmpint (plot->y.scale, ==, BP_SCALE_LINEAR);
  g_assert_cmpfloat (plot->y.minimum, <, 0);
}

static void
test_linear_loss (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  options.log_scale = FALSE;
  bp_trainer_run (trainer, 50);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  g_assert_cmpint (plot->y.scale, ==, BP_SCALE_LINEAR);
  g_assert_cmpfloat (plot->y.minimum, ==, 0);
}

static void
assert_names_run (const BpPlot  *plot,
                  const BpLayer *run)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 11");
  BpPlotStyle style = { bp_palette_get (BP_PALETTE_LIGHT), font, 1 };
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, 180, 200, &style);
  gboolean is_named = FALSE;

  for (guint i = 0; i < layout->entries->len; i++)
    is_named |= bp_plot_get_layer (plot, g_array_index (layout->entries, BpLegendEntry, i).layer) == run;
  g_assert_true (is_named);
}

/* Reference runs: each a line of its own look, named for what sets it apart. */
static void
test_references (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autoptr (GHashTable) looks = g_hash_table_new (NULL, NULL);
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  for (guint i = 0; i < BP_MAX_REFERENCES; i++)
    {
      g_autoptr (BpExperiment) experiment = bp_experiment_copy (bp_trainer_get_experiment (trainer));
      g_autoptr (GError) error = NULL;

      experiment->settings.optimizer.learning_rate = 0.01 * (i + 3);
      g_ptr_array_add (references, bp_reference_new_by_running (experiment, NULL, &error));
      g_assert_no_error (error);
    }
  options.references = references;
  bp_trainer_run (trainer, 30);

  g_autoptr (BpPlot) variable = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  const BpLayer *reference = get_layer (variable, BP_LAYER_SERIES, "η = 0.03");
  g_assert_cmpuint (bp_layer_get_n_points (reference), ==, 101);
  g_assert_cmpint (reference->color, ==, BP_COLOR_RUN_1);
  for (guint i = 0; i < variable->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (variable, i);

      if (layer->kind == BP_LAYER_SERIES)
        g_assert_true (g_hash_table_add (looks, GUINT_TO_POINTER (layer->dash * 100 + layer->marker)));
    }
  g_assert_cmpuint (g_hash_table_size (looks), ==, BP_MAX_REFERENCES + 1);

  g_autoptr (BpPlot) loss = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  const BpLayer *line = get_layer (loss, BP_LAYER_LINE, "η = 0.03");
  double at = bp_layer_get_point (reference, 100).y;
  assert_close (get_point (line, 100).y, get_data_loss (trainer, FALSE, &at), 1e-12);
  assert_drawable (variable);
  assert_drawable (loss);

  /* The run itself is named like them, and stands in a legend without room for all. */
  assert_names_run (variable, get_layer (variable, BP_LAYER_SERIES, "η = 0.02"));
  assert_names_run (loss, get_layer (loss, BP_LAYER_LINE, "η = 0.02"));
  g_assert_null (find_layer (loss, BP_LAYER_LINE, "all data"));
  g_assert_cmpint (get_layer (loss, BP_LAYER_LINE, "η = 0.02")->color, ==, BP_COLOR_VALUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plots/every-experiment", test_every_experiment);
  g_test_add_func ("/plots/optimum", test_optimum);
  g_test_add_func ("/plots/variable-texts", test_variable_texts);
  g_test_add_func ("/plots/variable", test_variable);
  g_test_add_func ("/plots/several-variables", test_several_variables);
  g_test_add_func ("/plots/ranges-never-shrink", test_ranges_never_shrink);
  g_test_add_func ("/plots/room-for-cursor", test_room_for_cursor);
  g_test_add_func ("/plots/loss", test_loss);
  g_test_add_func ("/plots/negative-loss", test_negative_loss);
  g_test_add_func ("/plots/linear-loss", test_linear_loss);
  g_test_add_func ("/plots/without-data", test_without_data);
  g_test_add_func ("/plots/strange-numbers", test_strange_numbers);
  g_test_add_func ("/plots/reference-runs", test_references);

  return g_test_run ();
}
