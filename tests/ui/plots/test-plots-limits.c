/* test-plots-limits.c: what plots of long runs and large experiments leave out, and what is remembered between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/heavy-experiments.h"
#include "plots/bp-plots.h"
#include "lib/data-evaluator.h"
#include "lib/plots-checks.h"

/* Bias-corrected exponential moving average, by its definition as a weighted sum. */
static void
test_smoothing (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  options.smoothing = 0.8;
  bp_trainer_run (trainer, 100);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  const BpLayer *samples = get_layer (plot, BP_LAYER_POINTS, "samples");
  const BpLayer *average = get_layer (plot, BP_LAYER_LINE, "moving average (0.8)");
  g_assert_cmpuint (average->points->len, ==, 100);
  for (guint i = 0; i < 100; i++)
    {
      double sum = 0;
      double weights = 0;

      for (guint j = 0; j <= i; j++)
        {
          double weight = pow (0.8, i - j);

          sum += weight * bp_layer_get_point (samples, j).y;
          weights += weight;
        }
      assert_close (get_point (average, i).y, sum / weights, 1e-9);
    }
  options.smoothing = 0;
  g_autoptr (BpPlot) plain = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  g_assert_null (find_layer (plain, BP_LAYER_LINE, "moving average"));
}

/* Of a long run one loss in so many is in the average, as its label says, and counts for as much as the past is old. */
static void
test_smoothing_long (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  double average = 0;
  double sum = 0;
  guint n;

  options.smoothing = 0.8;
  bp_trainer_set_n_iterations (trainer, 10000);
  bp_trainer_run (trainer, 10000);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  const BpLayer *layer = get_layer (plot, BP_LAYER_LINE, "moving average (0.8) of one in 2");
  const BpBucket *buckets = bp_series_get_buckets (bp_history_get_loss (bp_trainer_get_history (trainer)), &n);
  g_assert_cmpuint (layer->points->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      average = 0.64 * average + 0.36 * buckets[i].first;
      sum = 0.64 * sum + 0.36;
      g_assert_cmpfloat (get_point (layer, i).x, ==, 1 + 2 * i);
      assert_close (get_point (layer, i).y, average / sum, 1e-9);
    }
}

static void
assert_same_plot (const BpPlot *a,
                  const BpPlot *b)
{
  g_assert_true (bp_plot_has_same_frame (a, b));
  g_assert_cmpstr (a->subtitle, ==, b->subtitle);
  g_assert_cmpstr (a->description, ==, b->description);
  for (guint i = 0; i < a->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (a, i);
      const BpLayer *other = bp_plot_get_layer (b, i);

      g_assert_true (bp_layer_has_same_marks (layer, other));
    }
}

/* What is remembered is what would be computed, after steps, seeks and changed settings. */
static void
test_cache (void)
{
  const char *names[] = { "regression", "line", "xor", "classification-split" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint kind = 0; kind < BP_N_PLOTS; kind++)
      {
        g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
        g_autoptr (BpPlotCache) cache = bp_plot_cache_new (0);
        GRand *rand = g_rand_new_with_seed (i);

        for (guint j = 0; j < 25; j++)
          {
            BpSettings settings = *bp_trainer_get_settings (trainer);

            if (j % 5 == 4)
              {
                settings.optimizer.learning_rate *= 0.9;
                bp_trainer_set_settings (trainer, &settings, NULL);
              }
            bp_trainer_seek (trainer, (BpCursor) { g_rand_int_range (rand, 0, 90), g_rand_int_range (rand, 0, 6) });

            g_autoptr (BpPlot) remembered = bp_plot_new_from_trainer (kind, trainer, NULL, cache);
            g_autoptr (BpPlot) computed = bp_plot_new_from_trainer (kind, trainer, NULL, NULL);
            assert_same_plot (remembered, computed);
          }
        g_rand_free (rand);
      }
}

/* Where a batch of another size begins, the graph is still that of the batch before. */
static void
test_batch_size (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  gsize n_rows;

  bp_dataset_get_rows (bp_trainer_get_dataset (trainer), FALSE, &n_rows);
  bp_trainer_seek (trainer, (BpCursor) { 10, 0 });
  g_autoptr (BpPlot) before = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
  BpSettings settings = *bp_trainer_get_settings (trainer);
  settings.batch_size = n_rows;
  g_assert_true (bp_trainer_set_settings (trainer, &settings, NULL));
  g_assert_cmpuint (bp_trainer_get_batch_size (trainer), ==, 1);

  g_autoptr (BpPlot) after = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
  g_assert_cmpstr (after->subtitle, ==, before->subtitle);
}

/* A small budget gives the same in the end, by and by. */
static void
test_budget (void)
{
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin ("line");
      g_autoptr (BpPlotCache) cache = bp_plot_cache_new (10000);
      guint n = 0;

      bp_trainer_run (trainer, 200);
      g_autoptr (BpPlot) whole = bp_plot_new_from_trainer (kind, trainer, NULL, NULL);
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (kind, trainer, NULL, cache);
      for (; !plot->is_complete; n++)
        {
          assert_drawable (plot);
          bp_plot_free (plot);
          plot = bp_plot_new_from_trainer (kind, trainer, NULL, cache);
          g_assert_cmpuint (n, <, 1000);
        }
      assert_same_plot (plot, whole);
      g_assert_true ((n > 0) == (kind == BP_PLOT_LOSS || kind == BP_PLOT_CURVE));
    }
}

/* More samples than are drawn: so many, evenly spaced, and the legend says so. */
static void
test_many_samples (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (
    "[Experiment]\nTitle=t\nIterations=50\n"
    "[Data]\nSamples=20000\nx=normal(1, 0.1)\ny=10\n[Variables]\nA=0\n"
    "[Model]\nloss=square(x * A - y)\n"
    "[Optimizer]\nName=gradient-descent\nLearningRate=0.02\n");

  bp_trainer_run (trainer, 50);
  g_autoptr (BpPlot) loss = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
  const BpLayer *line = get_layer (loss, BP_LAYER_LINE, "all data (4096 of 20000)");
  double at = get_parameter (trainer, 0);
  double all = get_data_loss (trainer, FALSE, &at);
  g_assert_cmpfloat (fabs (get_point (line, 50).y / all - 1), <, 0.1);

  g_autoptr (BpPlot) data = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  g_assert_cmpfloat (get_bar_sum (get_layer (data, BP_LAYER_BARS, NULL)), ==, BP_PLOT_MAX_ROWS);
}

static BpTrainer *
new_heavy_trainer (char *text)
{
  g_autofree char *owned = text;
  BpTrainer *trainer = trainer_from_text (owned);

  bp_trainer_step_iteration (trainer, 1);

  return trainer;
}

/* A model whose evaluation takes too long is not evaluated, and where its result would stand it says why. */
static void
test_too_large (void)
{
  g_autoptr (BpTrainer) trap = new_heavy_trainer (write_trap (10000));
  g_autoptr (BpTrainer) matrices = new_heavy_trainer (write_matrices (170));
  g_autoptr (BpPlotCache) cache = bp_plot_cache_new (1e6);
  g_autoptr (BpPlotCache) other_cache = bp_plot_cache_new (1e6);

  g_autoptr (BpPlot) plane = bp_plot_new_from_trainer (BP_PLOT_CURVE, trap, NULL, NULL);
  get_layer (plane, BP_LAYER_NOTE,
             "Not computed: for 4096 rows at once, “subtract” would be a tensor of shape [4096, 4096].");
  g_assert_true (plane->is_complete);

  g_autoptr (BpPlot) loss = bp_plot_new_from_trainer (BP_PLOT_LOSS, trap, NULL, cache);
  g_assert_cmpstr (loss->subtitle, ==, "all data: not computed");
  g_assert_nonnull (strstr (loss->description, "not computed: for 4096 rows at once, “subtract”"));

  g_autoptr (BpPlot) curve = bp_plot_new_from_trainer (BP_PLOT_CURVE, matrices, NULL, other_cache);
  get_layer (curve, BP_LAYER_NOTE, "Not computed: one evaluation of the loss takes about 5·10⁶ operations, "
             "too many for a plot.");
  g_autoptr (BpPlot) whole = bp_plot_new_from_trainer (BP_PLOT_CURVE, matrices, NULL, NULL);
  g_assert_cmpuint (get_layer (whole, BP_LAYER_LINE, "loss")->points->len, ==, 129);
}

/* A window waits for fewer rows of a model whose evaluation takes long, and the plot says for how many. */
static void
test_fewer_rows (void)
{
  g_autoptr (BpTrainer) trainer = new_heavy_trainer (write_columns (4));
  g_autoptr (BpPlotCache) cache = bp_plot_cache_new (1e6);
  g_autoptr (BpPlot) whole = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, cache);
  guint n;

  g_assert_true (g_str_has_prefix (whole->subtitle, "all data: "));
  g_assert_cmpint (sscanf (plot->subtitle, "all data (%u of 2000): ", &n), ==, 1);
  g_assert_cmpuint (n, >, 100);
  g_assert_cmpuint (n, <, 2000);
}

/* A long run is as cheap to draw as a short one: a few hundred places, buckets for what was asked for. */
static void
test_long_run (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  bp_trainer_set_n_iterations (trainer, 300000);
  bp_trainer_run (trainer, 300000);
  options.max_buckets = 500;
  g_autoptr (BpPlot) variable = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, &options, NULL);
  g_autoptr (BpPlot) loss = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  const BpLayer *line = get_layer (loss, BP_LAYER_LINE, "all data");
  g_assert_cmpuint (bp_layer_get_n_points (get_layer (variable, BP_LAYER_SERIES, NULL)), <=, 501);
  g_assert_cmpuint (line->points->len, <=, 401);

  guint middle = line->points->len / 2;
  bp_trainer_seek (trainer, (BpCursor) { bp_layer_get_iteration (line, middle), 0 });
  assert_close (get_point (line, middle).y,
                get_data_loss (trainer, FALSE, bp_session_get_parameters (bp_trainer_get_session (trainer))), 1e-12);

  /* Also when it is cut short: what is recorded is still in wide buckets. */
  bp_trainer_seek (trainer, (BpCursor) { 0, 0 });
  bp_trainer_set_n_iterations (trainer, 200);
  g_autoptr (BpPlot) shorter = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);
  line = get_layer (shorter, BP_LAYER_LINE, "all data");
  bp_trainer_seek (trainer, (BpCursor) { bp_layer_get_iteration (line, 1), 0 });
  assert_close (get_point (line, 1).y,
                get_data_loss (trainer, FALSE, bp_session_get_parameters (bp_trainer_get_session (trainer))), 1e-12);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plots-limits/smoothing", test_smoothing);
  g_test_add_func ("/plots-limits/smoothing-long", test_smoothing_long);
  g_test_add_func ("/plots-limits/cache", test_cache);
  g_test_add_func ("/plots-limits/batch-size", test_batch_size);
  g_test_add_func ("/plots-limits/budget", test_budget);
  g_test_add_func ("/plots-limits/too-large", test_too_large);
  g_test_add_func ("/plots-limits/fewer-rows", test_fewer_rows);
  g_test_add_func ("/plots-limits/many-samples", test_many_samples);
  g_test_add_func ("/plots-limits/long-run", test_long_run);

  return g_test_run ();
}
