/* test-presets.c: what a preset says is true of its numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/data-evaluator.h"
#include "lib/widget-search.h"

#include <math.h>
#include <string.h>

#include "window/bp-presets.h"

/* A run of a preset, and A before the first iteration and after each. */
typedef struct {
  BpRun     *run;
  BpTrainer *trainer;
  GArray    *path;
  double     optimum; /* of the data */
} Shown;

static GArray *
read_path (const BpSeries *series)
{
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (series, &n);
  GArray *path = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_cmpint (bp_series_get_bucket_width (series), ==, 1);
  for (guint i = 0; i < n; i++)
    g_array_append_val (path, buckets[i].last);

  return path;
}

static void
show (Shown      *shown,
      const char *name)
{
  const BpPreset *preset = bp_presets_find (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpEvaluator) evaluator = NULL;
  double start[2] = { 0 }, optimum[2] = { NAN };

  g_assert_nonnull (preset);
  shown->run = create_run ("xor");
  bp_run_set_predict_first (shown->run, TRUE);
  g_assert_true (bp_preset_apply (preset, shown->run, &error));
  g_assert_no_error (error);
  g_assert_false (bp_run_get_gradients_hidden (shown->run));
  shown->trainer = bp_run_get_trainer (shown->run);
  g_assert_cmpstr (bp_trainer_get_experiment (shown->trainer)->name, ==, preset->experiment);
  shown->path = read_path (bp_history_get_parameter (bp_trainer_get_history (shown->trainer), 0));
  evaluator = new_data_evaluator (shown->trainer, FALSE);
  bp_evaluator_get_optimum (evaluator, start, optimum);
  shown->optimum = optimum[0];
}

static void
clear (Shown *shown)
{
  g_object_unref (shown->run);
  g_array_unref (shown->path);
}

/* How far A is from the optimum after @iteration; negative below it. */
static double
get_distance (const Shown  *shown,
              const GArray *path,
              guint         iteration)
{
  return g_array_index (path, double, MIN (iteration, path->len - 1)) - shown->optimum;
}

static double
get_size (const Shown *shown,
          guint        iteration)
{
  return fabs (get_distance (shown, shown->path, iteration));
}

/* The mean size of the steps of iterations @first to @last. */
static double
get_mean_step (const GArray *path,
               guint         first,
               guint         last)
{
  double sum = 0;

  for (guint i = first; i <= last; i++)
    sum += fabs (g_array_index (path, double, i) - g_array_index (path, double, i - 1));

  return sum / (last - first + 1);
}

/* Each step goes the right way, and yet A is far from the optimum. */
static void
test_too_small (void)
{
  Shown shown;

  show (&shown, "too-small");
  g_assert_cmpuint (shown.path->len, ==, 101);
  for (guint i = 1; i <= 100; i++)
    g_assert_cmpfloat (get_size (&shown, i), <, get_size (&shown, i - 1));
  g_assert_cmpfloat (get_size (&shown, 100), >, 0.5 * get_size (&shown, 0));
  clear (&shown);
}

/* Long steps at first, then shorter ones, as far as the optimum. */
static void
test_right (void)
{
  Shown shown;

  show (&shown, "right");
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (get_mean_step (shown.path, 25 * i + 1, 25 * i + 25), >,
                       get_mean_step (shown.path, 25 * i + 26, 25 * i + 50));
  g_assert_cmpfloat (get_size (&shown, 100), <, 0.1 * get_size (&shown, 0));
  clear (&shown);
}

/* Over the optimum with each step, and farther and farther on the whole; so does the loss grow. */
static void
test_too_large (void)
{
  Shown shown;
  double size[4] = { 0 };

  show (&shown, "too-large");
  for (guint i = 1; i < shown.path->len; i++)
    g_assert_true ((get_distance (&shown, shown.path, i) > 0) != (get_distance (&shown, shown.path, i - 1) > 0));
  for (guint i = 0; i < 100; i++)
    size[i / 25] += log (get_size (&shown, i));
  for (guint i = 1; i < 4; i++)
    g_assert_cmpfloat (size[i], >, size[i - 1]);
  g_assert_cmpfloat (get_data_loss (shown.trainer, FALSE, &g_array_index (shown.path, double, 100)), >,
                     1e3 * get_data_loss (shown.trainer, FALSE, &g_array_index (shown.path, double, 0)));
  clear (&shown);
}

/* One creeps, one arrives at once, one leaps back and forth; the samples are the same. */
static void
test_rates (void)
{
  Shown shown;

  show (&shown, "rates");
  g_assert_cmpuint (bp_run_get_n_references (shown.run), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const BpReference *reference = get_reference (shown.run, i);
      g_autoptr (GArray) path = read_path (g_ptr_array_index (reference->parameters, 0));

      g_assert_cmpuint (reference->experiment->seed, ==, bp_trainer_get_experiment (shown.trainer)->seed);
      g_assert_cmpfloat (reference->experiment->settings.optimizer.learning_rate, ==, i == 0 ? 0.5 : 0.98);
      for (guint j = 1; j <= 10 && i == 1; j++)
        g_assert_true ((get_distance (&shown, path, j) > 0) != (get_distance (&shown, path, j - 1) > 0));
      if (i == 0)
        g_assert_cmpfloat (fabs (get_distance (&shown, path, 1)), <, 0.05 * get_size (&shown, 0));
    }
  for (guint i = 1; i <= 50; i++)
    g_assert_cmpfloat (get_size (&shown, i), <, get_size (&shown, i - 1));
  g_assert_cmpfloat (get_size (&shown, 25), >, 0.2 * get_size (&shown, 0));
  clear (&shown);
}

/* After 40 iterations one has crept, one has come most of the way, one is farther away than it began. */
static void
test_three_rates (void)
{
  Shown shown;

  show (&shown, "three-rates");
  g_assert_cmpint (bp_trainer_get_cursor (shown.trainer).iteration, ==, 40);
  g_assert_cmpuint (bp_run_get_n_references (shown.run), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const BpReference *reference = get_reference (shown.run, i);
      g_autoptr (GArray) path = read_path (g_ptr_array_index (reference->parameters, 0));
      const double start = fabs (get_distance (&shown, path, 0));

      g_assert_cmpfloat (reference->experiment->settings.optimizer.learning_rate, ==, i == 0 ? 0.0005 : 1.2);
      if (i == 0)
        g_assert_cmpfloat (fabs (get_distance (&shown, path, 40)), >, 0.9 * start);
      else
        g_assert_cmpfloat (fabs (get_distance (&shown, path, 40)), >, 2 * start);
    }
  g_assert_cmpfloat (get_size (&shown, 40), <, 0.5 * get_size (&shown, 0));
  clear (&shown);
}

/* After 40 iterations one is near, one has been past the optimum and back, one is under way in steps of η at most. */
static void
test_optimizers (void)
{
  Shown shown;
  g_autoptr (GArray) momentum = NULL;
  guint n_crossings = 0;

  show (&shown, "optimizers");
  g_assert_cmpint (bp_trainer_get_cursor (shown.trainer).iteration, ==, 40);
  g_assert_cmpfloat (get_size (&shown, 40), <, 0.2 * get_size (&shown, 0));
  momentum = read_path (g_ptr_array_index (get_reference (shown.run, 0)->parameters, 0));
  for (guint i = 1; i <= 40; i++)
    n_crossings += (get_distance (&shown, momentum, i) > 0) != (get_distance (&shown, momentum, i - 1) > 0);
  g_assert_cmpuint (n_crossings, >=, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GArray) adam = read_path (g_ptr_array_index (get_reference (shown.run, 1)->parameters, i));

      for (guint j = 1; j <= 40; j++)
        g_assert_cmpfloat (get_mean_step (adam, j, j), <=, 0.0205);
      if (i == 0)
        g_assert_cmpfloat (fabs (get_distance (&shown, adam, 40)), >, 0.3 * fabs (get_distance (&shown, adam, 0)));
    }
  clear (&shown);
}

/* Single samples shake A to the end; the mean over all comes to rest. Each sample is drawn once before any again. */
static void
test_batch (void)
{
  Shown shown;
  const BpReference *reference;
  g_autoptr (GArray) all = NULL;

  show (&shown, "batch");
  reference = get_reference (shown.run, 0);
  all = read_path (g_ptr_array_index (reference->parameters, 0));
  g_assert_cmpuint (reference->experiment->settings.batch_size, ==, 100);
  g_assert_cmpint (reference->experiment->sampling, ==, BP_SAMPLING_SHUFFLED);
  g_assert_cmpint (bp_trainer_get_experiment (shown.trainer)->sampling, ==, BP_SAMPLING_SHUFFLED);
  g_assert_cmpfloat (get_mean_step (all, 76, 100), <, 1e-6);
  g_assert_cmpfloat (get_mean_step (shown.path, 76, 100), >, 0.05);
  clear (&shown);
}

static double
get_value (const Shown *shown,
           const char  *node)
{
  const guint index = bp_graph_find (bp_trainer_get_graph (shown->trainer), node);

  return bp_session_get_value (bp_trainer_get_session (shown->trainer), index)[0];
}

/* The loss falls, and all are taken for class 1, which half of them are. */
static void
test_swapped_labels (void)
{
  Shown shown;
  double last = INFINITY;

  show (&shown, "swapped-labels");
  for (guint i = 0; i <= 1400; i += 200)
    {
      double loss = get_data_loss (shown.trainer, FALSE, &g_array_index (shown.path, double, i));

      g_assert_cmpfloat (loss, <, last);
      last = loss;
    }
  /* The farthest of 100 samples is not 10 from the mean of its class. */
  g_assert_cmpfloat (g_array_index (shown.path, double, 1400), >, 12);
  g_assert_cmpfloat (get_data_accuracy (shown.trainer, FALSE, &g_array_index (shown.path, double, 1400)), ==, 0.5);
  clear (&shown);
}

/* Each step goes uphill, away from the optimum. */
static void
test_wrong_sign (void)
{
  Shown shown;

  show (&shown, "wrong-sign");
  for (guint i = 1; i < shown.path->len; i++)
    {
      g_assert_cmpfloat (get_size (&shown, i), >, get_size (&shown, i - 1));
      g_assert_cmpfloat (get_data_loss (shown.trainer, FALSE, &g_array_index (shown.path, double, i)), >,
                         get_data_loss (shown.trainer, FALSE, &g_array_index (shown.path, double, i - 1)));
    }
  clear (&shown);
}

/* Past the optimum and back. */
static void
test_gradients_not_reset (void)
{
  Shown shown;
  guint n_crossings = 0;

  show (&shown, "gradients-not-reset");
  for (guint i = 1; i < shown.path->len; i++)
    n_crossings += (get_distance (&shown, shown.path, i) > 0) != (get_distance (&shown, shown.path, i - 1) > 0);
  g_assert_cmpuint (n_crossings, >=, 2);
  clear (&shown);
}

static void
test_naive_log_sigmoid (void)
{
  Shown shown;

  show (&shown, "naive-log-sigmoid");
  g_assert_cmpint (bp_trainer_get_status (shown.trainer), ==, BP_STATUS_DIVERGED);
  g_assert_cmpfloat (get_value (&shown, "probability"), ==, 1);
  g_assert_true (isfinite (g_array_index (shown.path, double, shown.path->len - 1)));
  clear (&shown);
}

/* What a preset has that its experiment has not is in its sentence. */
static void
test_says_changes (void)
{
  guint n_presets;
  const BpPreset *presets = bp_presets_get (&n_presets);

  g_assert_cmpuint (n_presets, ==, 11);
  for (guint i = 0; i < n_presets; i++)
    {
      g_autoptr (BpRun) run = create_run (presets[i].experiment);
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *rate = g_strconcat ("η is ", g_ascii_formatd (number, sizeof number, "%g",
                                                                      presets[i].learning_rate), NULL);

      if (presets[i].learning_rate > 0 && presets[i].learning_rate != bp_run_get_learning_rate (run))
        g_assert_nonnull (strstr (presets[i].look, rate));
      g_assert_true (!presets[i].shuffled || strstr (presets[i].look, "once before any again") != NULL);
      g_assert_true (presets + i == bp_presets_find (presets[i].name));
    }
  g_assert_null (bp_presets_find ("nothing"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/presets/too-small", test_too_small);
  g_test_add_func ("/presets/right", test_right);
  g_test_add_func ("/presets/too-large", test_too_large);
  g_test_add_func ("/presets/rates", test_rates);
  g_test_add_func ("/presets/three-rates", test_three_rates);
  g_test_add_func ("/presets/optimizers", test_optimizers);
  g_test_add_func ("/presets/batch", test_batch);
  g_test_add_func ("/presets/swapped-labels", test_swapped_labels);
  g_test_add_func ("/presets/wrong-sign", test_wrong_sign);
  g_test_add_func ("/presets/gradients-not-reset", test_gradients_not_reset);
  g_test_add_func ("/presets/naive-log-sigmoid", test_naive_log_sigmoid);
  g_test_add_func ("/presets/says-changes", test_says_changes);

  return g_test_run ();
}
