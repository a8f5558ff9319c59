/* test-trainer.c: steps, seeks and settings changed on the way, compared bit for bit with the straight run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "base/bp-error.h"
#include "training/bp-trainer.h"
#include "lib/data-evaluator.h"
#include "lib/trainer-snapshot.h"
#include "lib/trainer-fixture.h"

static void
test_phases (void)
{
  static const BpPhase phases[] = { BP_PHASE_FEED, BP_PHASE_FORWARD, BP_PHASE_BACKWARD, BP_PHASE_UPDATE };
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = trainer_new (experiment);
  BpCursor cursors[9];

  g_assert_null (bp_trainer_get_last_instruction (trainer));
  g_assert_cmpint (bp_trainer_get_shown (trainer, NULL), ==, 0);

  for (guint i = 0; i < 8; i++)
    {
      cursors[i] = bp_trainer_get_cursor (trainer);
      g_assert_true (bp_trainer_step_phase (trainer, 1));
      g_assert_cmpint (bp_trainer_get_last_instruction (trainer)->phase, ==, phases[i % 4]);
      g_assert_cmpint (bp_trainer_get_next_instruction (trainer)->phase, ==, phases[(i + 1) % 4]);
      g_assert_cmpint (bp_trainer_get_shown (trainer, NULL), ==, 1 + i / 4);
    }

  for (guint i = 8; i-- > 0;)
    {
      g_assert_true (bp_trainer_step_phase (trainer, -1));
      g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, cursors[i].iteration);
      g_assert_cmpuint (bp_trainer_get_cursor (trainer).instruction, ==, cursors[i].instruction);
    }

  g_assert_false (bp_trainer_step_phase (trainer, -1));
  g_assert_false (bp_trainer_step_node (trainer, -1));
  g_assert_false (bp_trainer_step_iteration (trainer, -1));
}

/* What the cursor has not reached is not there. */
static void
test_visibility (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = trainer_new (experiment);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  guint a = bp_graph_find (graph, "A");
  guint x = bp_graph_find (graph, "x_data");
  guint output = bp_graph_find (graph, "my_output");
  guint loss = bp_graph_find (graph, "loss");
  gsize n_rows;

  g_assert_true (bp_trainer_has_value (trainer, a));
  g_assert_false (bp_trainer_has_value (trainer, x));
  g_assert_null (bp_trainer_get_batch (trainer, &n_rows));
  g_assert_null (bp_trainer_get_previous_parameters (trainer));
  g_assert_true (isnan (bp_trainer_get_loss_after (trainer)));

  bp_trainer_step_node (trainer, 1);
  g_assert_true (bp_trainer_has_value (trainer, x));
  g_assert_false (bp_trainer_has_value (trainer, output));
  bp_trainer_step_node (trainer, 1);
  g_assert_true (bp_trainer_has_value (trainer, output));
  g_assert_false (bp_trainer_has_value (trainer, loss));
  bp_trainer_step_phase (trainer, 1);
  g_assert_true (bp_trainer_has_value (trainer, loss));
  g_assert_false (bp_trainer_has_gradient (trainer, loss));
  bp_trainer_step_node (trainer, 1);
  g_assert_true (bp_trainer_has_gradient (trainer, loss));
  g_assert_false (bp_trainer_has_gradient (trainer, a));
  bp_trainer_step_phase (trainer, 1);
  g_assert_true (bp_trainer_has_gradient (trainer, a));
  g_assert_false (bp_trainer_has_gradient (trainer, x));
  bp_trainer_step_iteration (trainer, 1);
  g_assert_true (bp_trainer_has_gradient (trainer, a));
  bp_trainer_step_node (trainer, 1);
  g_assert_false (bp_trainer_has_gradient (trainer, a));
  g_assert_false (bp_trainer_has_value (trainer, loss));
}

static void
test_contributions (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text ("[Experiment]\nIterations=3\n"
                                                     "[Variables]\nA=3\n"
                                                     "[Model]\nb=square(A)\nloss=b * b + A\n"
                                                     "[Optimizer]\nName=gradient-descent\nLearningRate=0.001\n");
  BpGraph *graph = bp_trainer_get_graph (trainer);
  guint a = bp_graph_find (graph, "A");
  guint b = bp_graph_find (graph, "b");
  guint n_total;

  bp_trainer_step_phase (trainer, 1);
  bp_trainer_step_phase (trainer, 1);
  g_assert_cmpuint (bp_trainer_get_n_contributions (trainer, a, &n_total), ==, 0);
  g_assert_cmpuint (n_total, ==, 2);

  bp_trainer_step_node (trainer, 1); /* seed */
  bp_trainer_step_node (trainer, 1); /* add: one to A, one to the product */
  g_assert_cmpuint (bp_trainer_get_n_contributions (trainer, a, &n_total), ==, 1);
  g_assert_cmpfloat (bp_session_get_gradient (bp_trainer_get_session (trainer), a)[0], ==, 1);
  bp_trainer_step_node (trainer, 1); /* multiply: both to b */
  g_assert_cmpuint (bp_trainer_get_n_contributions (trainer, b, &n_total), ==, 2);
  g_assert_cmpuint (n_total, ==, 2);
  bp_trainer_step_node (trainer, 1); /* square */
  g_assert_cmpuint (bp_trainer_get_n_contributions (trainer, a, &n_total), ==, 2);
  g_assert_cmpfloat (bp_session_get_gradient (bp_trainer_get_session (trainer), a)[0], ==, 4 * 27 + 1);
}

/* Reference trajectories */

static double
field (char **fields,
       guint  index)
{
  return g_ascii_strtod (fields[index], NULL);
}

static void
assert_close (double actual,
              double expected)
{
  g_assert_cmpfloat (fabs (actual - expected), <=, 1e-12 * MAX (1, fabs (expected)));
}

static void
test_oracle (gconstpointer data)
{
  const char *name = data;
  g_autofree char *file = g_strdup_printf ("oracle-%s.experiment", name);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", file, NULL);
  g_autofree char *trace = g_strdup_printf ("%s.trace.csv", name);
  g_autofree char *trace_path = g_test_build_filename (G_TEST_DIST, "data", trace, NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_file (path, &error);
  g_autoptr (BpTrainer) trainer = NULL;
  guint n_rows = 0;

  g_assert_no_error (error);
  trainer = trainer_new (experiment);
  g_file_get_contents (trace_path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (content), "\n", -1);

  for (char **line = lines + 1; *line != NULL; line++, n_rows++)
    {
      g_auto (GStrv) fields = g_strsplit (*line, ",", -1);
      BpSession *session = bp_trainer_get_session (trainer);
      BpGraph *graph = bp_trainer_get_graph (trainer);
      guint a = bp_graph_find (graph, "A");

      assert_close (bp_session_get_value (session, a)[0], field (fields, 1));
      g_assert_true (bp_trainer_step_iteration (trainer, 1));
      g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, (gint64) field (fields, 0));
      assert_close (bp_session_get_value (session, bp_graph_get_loss (graph))[0], field (fields, 2));
      assert_close (bp_session_get_gradient (session, a)[0], field (fields, 3));
      assert_close (bp_session_get_value (session, a)[0], field (fields, 4));
      assert_close (bp_trainer_get_loss_after (trainer), field (fields, 5));
    }

  g_assert_cmpint (n_rows, ==, bp_trainer_get_n_iterations (trainer));
}

/* Data that somebody has are neither drawn nor read again. */
static void
test_with_data (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpDataset) dataset = bp_experiment_create_dataset (experiment, NULL);
  g_autoptr (BpTrainer) trainer = bp_trainer_new_with_data (experiment, dataset, NULL);

  g_assert_true (bp_trainer_get_dataset (trainer) == dataset);
}

/* Convergence */

static void
test_regression_converges (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = trainer_new (experiment);
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, FALSE);
  double optimum;

  bp_trainer_run (trainer, experiment->iterations);
  g_assert_true (bp_evaluator_get_optimum (evaluator, bp_session_get_parameters (bp_trainer_get_session (trainer)),
                                           &optimum));
  g_assert_cmpfloat (fabs (bp_session_get_parameters (bp_trainer_get_session (trainer))[0] - optimum), <, 0.5);
}

static void
test_classification_converges (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("classification");
  g_autoptr (BpTrainer) trainer = trainer_new (experiment);

  g_assert_cmpint (experiment->iterations, ==, 1400);
  bp_trainer_run (trainer, experiment->iterations);
  g_assert_cmpfloat (get_data_accuracy (trainer, FALSE, bp_session_get_parameters (bp_trainer_get_session (trainer))),
                     >=, 0.93);
}

/* Divergence */

static void
assert_visible_is_finite (BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      if (bp_trainer_has_value (trainer, node))
        g_assert_true (isfinite (bp_session_get_value (bp_trainer_get_session (trainer), node)[0]));

      if (bp_trainer_has_gradient (trainer, node))
        g_assert_true (isfinite (bp_session_get_gradient (bp_trainer_get_session (trainer), node)[0]));
    }
}

static void
test_divergence (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) fast = NULL;
  g_autoptr (BpTrainer) slow = NULL;
  g_autoptr (GBytes) at_run = NULL;
  g_autoptr (GBytes) at_steps = NULL;
  BpSettings settings;
  BpCursor cursor;

  experiment->iterations = 10000;
  experiment->settings.optimizer.learning_rate = 1.5;
  fast = trainer_new (experiment);
  slow = trainer_new (experiment);

  g_assert_cmpint (bp_trainer_run (fast, 10000), <, 2000);
  while (bp_trainer_step_node (slow, 1)) ;

  g_assert_cmpint (bp_trainer_get_status (fast), ==, BP_STATUS_DIVERGED);
  g_assert_cmpint (bp_trainer_get_status (slow), ==, BP_STATUS_DIVERGED);
  g_assert_cmpstr (bp_graph_get_name (bp_trainer_get_graph (fast), bp_trainer_get_diverged_node (fast)), ==, "loss");
  at_run = snapshot (fast);
  at_steps = snapshot (slow);
  g_assert_true (g_bytes_equal (at_run, at_steps));
  assert_visible_is_finite (fast);

  /* It cannot be passed by any step or seek, but can be left backwards and reached again. */
  cursor = bp_trainer_get_cursor (fast);
  g_assert_false (bp_trainer_step_node (fast, 1));
  g_assert_false (bp_trainer_step_iteration (fast, 1));
  g_assert_cmpint (bp_trainer_run (fast, 5), ==, 0);
  g_assert_false (bp_trainer_seek (fast, (BpCursor) { 9000, 0 }));
  g_assert_true (bp_trainer_step_iteration (fast, -1));
  g_assert_cmpint (bp_trainer_get_status (fast), ==, BP_STATUS_READY);
  bp_trainer_run (fast, 50);
  g_assert_cmpint (bp_trainer_get_status (fast), ==, BP_STATUS_DIVERGED);
  g_assert_cmpint (bp_trainer_get_cursor (fast).iteration, ==, cursor.iteration);
  g_assert_cmpuint (bp_trainer_get_cursor (fast).instruction, ==, cursor.instruction);

  /* A smaller learning rate before it mends the run. */
  bp_trainer_seek (fast, (BpCursor) { 10, 0 });
  settings = *bp_trainer_get_settings (fast);
  settings.optimizer.learning_rate = 0.02;
  g_assert_true (bp_trainer_set_settings (fast, &settings, NULL));
  bp_trainer_run (fast, 10000);
  g_assert_cmpint (bp_trainer_get_status (fast), ==, BP_STATUS_FINISHED);
}

/* An infinity that the loss does not notice is passed by steps as it is by the run. */
static void
test_passing_infinity (void)
{
  const char *text = "[Experiment]\nIterations=5\n[Variables]\nA=3\n"
                     "[Model]\nz=exp(stop_gradient(A) * 1000)\nw=z * z\nloss=square(A) + 1 / z + 1 / w\n"
                     "[Optimizer]\nName=gradient-descent\nLearningRate=0.001\n";
  g_autoptr (BpTrainer) fast = trainer_from_text (text);
  g_autoptr (BpTrainer) slow = trainer_from_text (text);
  g_autoptr (GBytes) at_run = NULL;
  g_autoptr (GBytes) at_steps = NULL;

  g_assert_cmpint (bp_trainer_run (fast, 5), ==, 5);
  while (bp_trainer_step_node (slow, 1)) ;

  at_run = snapshot (fast);
  at_steps = snapshot (slow);
  g_assert_true (g_bytes_equal (at_run, at_steps));
}

/* Settings */

static void
test_settings_refused (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = trainer_new (experiment);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  BpSettings settings;

  bp_trainer_run (trainer, 10);
  before = snapshot (trainer);
  settings = *bp_trainer_get_settings (trainer);
  settings.optimizer.learning_rate = -1;
  g_assert_false (bp_trainer_set_settings (trainer, &settings, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_clear_error (&error);
  settings = *bp_trainer_get_settings (trainer);
  settings.batch_size = 0;
  g_assert_false (bp_trainer_set_settings (trainer, &settings, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  after = snapshot (trainer);
  g_assert_true (g_bytes_equal (before, after));
}

/* A change in the past drops the future: what was set later does not come back. */
/* A run of more parameters than fit is refused, whatever its single tensors are. */
static void
test_too_many_parameters (void)
{
  static const char text[] =
    "[Experiment]\nIterations=1\n[Variables]\nA=0 [3000000]\nB=0 [2000000]\n"
    "[Model]\nloss=reduce_sum(square(A)) + reduce_sum(square(B))\n"
    "[Optimizer]\nName=gradient-descent\nLearningRate=0.1\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, "many", NULL, NULL);

  g_assert_nonnull (experiment);
  g_assert_null (bp_trainer_new (experiment, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_SHAPE);
  g_assert_cmpstr (error->message, ==,
                   "[Variables]: they have 5000000 elements together; at most 4194304 can be trained");
}

static void
test_change_drops_future (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = trainer_new (experiment);
  BpSettings settings = *bp_trainer_get_settings (trainer);
  BpSeries *loss = bp_history_get_loss (bp_trainer_get_history (trainer));

  bp_trainer_run (trainer, 60);
  settings.optimizer.learning_rate = 0.1;
  bp_trainer_set_settings (trainer, &settings, NULL);
  bp_trainer_run (trainer, 20);
  g_assert_cmpint (bp_series_get_length (loss), ==, 80);

  bp_trainer_seek (trainer, (BpCursor) { 30, 0 });
  g_assert_cmpfloat (bp_trainer_get_settings (trainer)->optimizer.learning_rate, ==, 0.02);
  g_assert_cmpint (bp_series_get_length (loss), ==, 80);
  settings.optimizer.learning_rate = 0.03;
  bp_trainer_set_settings (trainer, &settings, NULL);
  g_assert_cmpint (bp_series_get_length (loss), ==, 30);
  bp_trainer_run (trainer, 70);
  g_assert_cmpfloat (bp_trainer_get_settings (trainer)->optimizer.learning_rate, ==, 0.03);
  g_assert_cmpuint (bp_trainer_get_experiment (trainer)->changes->len, ==, 1);

  bp_trainer_restore_settings (trainer, experiment);
  g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, 30);
  g_assert_cmpfloat (bp_trainer_get_settings (trainer)->optimizer.learning_rate, ==, 0.02);
}

/* Gradients that are not reset add up, and that too can be gone back through. */
static void
test_keep_gradients (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = NULL;
  double first, sum;

  experiment->settings.keep_gradients = TRUE;
  trainer = trainer_new (experiment);
  bp_trainer_run (trainer, 1);
  first = bp_session_get_parameter_gradients (bp_trainer_get_session (trainer))[0];
  bp_trainer_run (trainer, 1);
  sum = bp_session_get_parameter_gradients (bp_trainer_get_session (trainer))[0];
  g_assert_cmpfloat (sum, <, first);
  bp_trainer_run (trainer, 50);
  bp_trainer_seek (trainer, (BpCursor) { 2, 0 });
  g_assert_cmpfloat (bp_session_get_parameter_gradients (bp_trainer_get_session (trainer))[0], ==, sum);
}

static void
test_n_iterations (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = trainer_new (experiment);

  bp_trainer_run (trainer, 50);
  bp_trainer_step_node (trainer, 1);
  bp_trainer_set_n_iterations (trainer, 10);
  g_assert_cmpint (bp_trainer_get_n_iterations (trainer), ==, 51);
  bp_trainer_set_n_iterations (trainer, G_MAXINT64);
  g_assert_cmpint (bp_trainer_get_n_iterations (trainer), ==, BP_MAX_ITERATIONS);
}

/* Memory stays bounded and any position of a long run is near a checkpoint. */
static void
test_long_run (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = NULL;
  g_autoptr (BpTrainer) straight = NULL;
  BpSeries *loss;
  guint n_buckets;

  experiment->iterations = 200000;
  trainer = trainer_new (experiment);
  straight = trainer_new (experiment);
  bp_trainer_run (trainer, 200000);
  loss = bp_history_get_loss (bp_trainer_get_history (trainer));
  bp_series_get_buckets (loss, &n_buckets);
  g_assert_cmpint (bp_series_get_length (loss), ==, 200000);
  g_assert_cmpuint (n_buckets, <=, BP_SERIES_MAX_BUCKETS);

  for (guint i = 1; i <= 10; i++)
    {
      g_autoptr (GBytes) expected = NULL;
      g_autoptr (GBytes) actual = NULL;

      bp_trainer_run (straight, 19997);
      bp_trainer_seek (trainer, (BpCursor) { i * 19997, 0 });
      expected = snapshot (straight);
      actual = snapshot (trainer);
      g_assert_true (g_bytes_equal (expected, actual));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/trainer/oracle/regression", "regression", test_oracle);
  g_test_add_data_func ("/trainer/oracle/classification", "classification", test_oracle);
  g_test_add_func ("/trainer/with-data", test_with_data);
  g_test_add_func ("/trainer/phases", test_phases);
  g_test_add_func ("/trainer/visibility", test_visibility);
  g_test_add_func ("/trainer/contributions", test_contributions);
  g_test_add_func ("/trainer/regression-converges", test_regression_converges);
  g_test_add_func ("/trainer/classification-converges", test_classification_converges);
  g_test_add_func ("/trainer/divergence", test_divergence);
  g_test_add_func ("/trainer/passing-infinity", test_passing_infinity);
  g_test_add_func ("/trainer/settings-refused", test_settings_refused);
  g_test_add_func ("/trainer/too-many-parameters", test_too_many_parameters);
  g_test_add_func ("/trainer/change-drops-future", test_change_drops_future);
  g_test_add_func ("/trainer/keep-gradients", test_keep_gradients);
  g_test_add_func ("/trainer/n-iterations", test_n_iterations);
  g_test_add_func ("/trainer/long-run", test_long_run);

  return g_test_run ();
}
