/* test-plot-data.c: the data and what the model makes of them, against the evaluator and the variables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-model.h"
#include "lib/data-evaluator.h"
#include "lib/plots-checks.h"

#include "base/bp-number.h"
#include "plots/bp-plot-read.h"

static void
test_histogram (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  gsize n_rows;

  g_autoptr (BpPlot) before = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  g_assert_cmpfloat (get_bar_sum (get_layer (before, BP_LAYER_BARS, NULL)), ==, 100);
  g_assert_null (find_layer (before, BP_LAYER_RULE_X, NULL));

  bp_trainer_step_node (trainer, 1);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  const gsize *rows = bp_trainer_get_batch (trainer, &n_rows);
  double x = bp_dataset_get_column (dataset, bp_dataset_find (dataset, "x_data"))[rows[0]];
  const BpLayer *rule = get_layer (plot, BP_LAYER_RULE_X, NULL);
  g_autofree char *number = bp_number_format (x);
  g_assert_cmpfloat (get_point (rule, 0).x, ==, x);
  g_assert_cmpstr (rule->label, ==, number);
  g_autofree char *subtitle = g_strdup_printf ("sample no. %" G_GSIZE_FORMAT, rows[0] + 1);
  g_assert_cmpstr (plot->subtitle, ==, subtitle);
}

/* The boundary is where the answer is one half, mistakes are as many as accuracy says. */
static void
test_classes (void)
{
  const char *names[] = { "classification", "classification-split", "logistic" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);

      bp_trainer_run (trainer, 700);
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
      const double *parameters = bp_session_get_parameters (bp_trainer_get_session (trainer));
      double boundary = i < 2 ? -parameters[0] : -parameters[1] / parameters[0];
      gsize n_train, n_test;
      bp_dataset_get_rows (bp_trainer_get_dataset (trainer), FALSE, &n_train);
      bp_dataset_get_rows (bp_trainer_get_dataset (trainer), TRUE, &n_test);
      double n_mistakes = n_train * (1 - get_data_accuracy (trainer, FALSE, parameters));
      if (n_test > 0)
        n_mistakes += n_test * (1 - get_data_accuracy (trainer, TRUE, parameters));

      g_assert_cmpfloat (fabs (get_point (get_layer (plot, BP_LAYER_RULE_X, "boundary"), 0).x - boundary), <, 0.01);
      g_assert_cmpfloat (round (n_mistakes), ==, bp_layer_get_n_points (get_layer (plot, BP_LAYER_POINTS, "mistake")));
      g_assert_nonnull (find_layer (plot, BP_LAYER_LINE, "σ(my_output)"));
    }
}

/* What is counted is what is drawn, of the samples trained with and of those to test with. */
static void
test_split_counts (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("classification-split");
  const double *parameters = bp_session_get_parameters (bp_trainer_get_session (trainer));

  bp_trainer_run (trainer, 60);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  g_autofree char *expected = g_strdup_printf (
      "correct: %.0f of 80, test %.0f of 20", 80 * get_data_accuracy (trainer, FALSE, parameters),
      20 * get_data_accuracy (trainer, TRUE, parameters));
  g_assert_cmpstr (plot->subtitle, ==, expected);
}

/* Of many samples all mistakes are drawn, and the legend says how many there are of the others. */
static void
test_many_mistakes (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (
    "[Data]\nx=normal(-1, 1, 1000); normal(1, 1, 1000)\ny=0 x 1000; 1 x 1000\n[Variables]\nA=0\n"
    "[Model]\nz=x + A\nloss=sigmoid_cross_entropy_with_logits(labels=y, logits=z)\n"
    "[Evaluate]\nprediction=round(sigmoid(z))\nTarget=y\n");
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  double accuracy = get_data_accuracy (trainer, FALSE, bp_session_get_parameters (bp_trainer_get_session (trainer)));
  guint n_mistakes = (guint) lround (2000 * (1 - accuracy));
  g_autofree char *expected = g_strdup_printf ("%u of 2000 correct", 2000 - n_mistakes);

  g_assert_cmpuint (n_mistakes, >, 200);
  g_assert_cmpuint (bp_layer_get_n_points (get_layer (plot, BP_LAYER_POINTS, "mistake")), ==, n_mistakes);
  g_assert_cmpstr (plot->subtitle, ==, expected);
  g_assert_nonnull (find_layer (plot, BP_LAYER_POINTS, "all data, 400 drawn"));
}

/* Three classes are not drawn as two: a mark and a region for each, or none where no column says the class. */
static void
test_three_classes (void)
{
  g_autoptr (BpTrainer) numbered = trainer_from_text (
    "[Data]\nx1=normal(0, 1, 30)\nx2=normal(0, 1, 30)\ny=0 x 10; 1 x 10; 2 x 10\n[Variables]\nA=0\nB=0\n"
    "[Model]\nz=x1*A + x2*B\nloss=square(z - y)\n[Evaluate]\nprediction=round(z)\nTarget=y\n");
  g_autoptr (BpTrainer) hot = trainer_from_text (
    "[Experiment]\nBatchSize=3\n[Data]\nx1=normal(0, 1, 30)\nx2=normal(0, 1, 30)\n"
    "y=0 x 10; 1 x 20\n[Variables]\nA=0\nB=0\n"
    "[Model]\nloss=softmax_cross_entropy_with_logits(labels=y, logits=x1*A + x2*B)\n");
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, numbered, NULL, NULL);
  g_autoptr (BpPlot) plain = bp_plot_new_from_trainer (BP_PLOT_DATA, hot, NULL, NULL);

  g_assert_cmpstr (plot->x.label, ==, "x1");
  g_assert_cmpstr (plot->y.label, ==, "x2");
  for (guint class = 0; class < 3; class++)
    {
      g_autofree char *label = g_strdup_printf ("y = %u", class);

      g_assert_cmpuint (bp_layer_get_n_points (get_layer (plot, BP_LAYER_POINTS, label)), ==, 10);
    }
  g_assert_cmpuint (get_layer (plot, BP_LAYER_GRID, NULL)->pattern, !=, BP_PATTERN_NONE);
  g_assert_cmpstr (plain->x.label, ==, "x1");
  g_assert_cmpstr (plain->y.label, ==, "x2");
  g_assert_null (find_layer (plain, BP_LAYER_GRID, NULL));
  assert_drawable (plot);
  assert_drawable (plain);
}

/* Samples of a class are drawn side by side, and what is read off them is the target, each time. */
static void
test_strips (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("classification");
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  const BpLayer *layer = get_layer (plot, BP_LAYER_POINTS, "all data");
  guint n_beside = 0;

  for (guint i = 0; i < bp_layer_get_n_points (layer); i++)
    {
      g_autoptr (BpPlotReading) reading = bp_plot_read_point (plot, layer, i);
      const double y = bp_layer_get_y (layer, i);
      g_autofree char *line = g_strdup_printf ("\ny_target %g\n", y);

      g_assert_true (y == 0 || y == 1);
      g_assert_nonnull (strstr (reading->text, line));
      n_beside += get_point (layer, i).y != y;
    }
  g_assert_cmpuint (n_beside, >, 10);
}

/* Of a long run not every iteration is drawn: what is read between two says of which iteration it is. */
static void
test_read_between (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = NULL;
  g_autoptr (BpPlot) plot = NULL;
  const BpLayer *samples = NULL;
  gint64 iteration;
  g_autofree char *drawn = NULL;

  experiment->iterations = 10000;
  trainer = bp_trainer_new (experiment, NULL);
  bp_trainer_run (trainer, 10000);
  plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, NULL, NULL);
  samples = get_layer (plot, BP_LAYER_POINTS, "samples");
  g_assert_cmpfloat (samples->step, >, 1);
  iteration = bp_layer_get_iteration (samples, 10);
  drawn = g_strdup_printf ("(iteration %" G_GINT64_FORMAT ")", iteration);

  g_autoptr (BpPlotReading) at = bp_plot_read_iteration (plot, iteration);
  g_autoptr (BpPlotReading) after = bp_plot_read_iteration (plot, iteration + 1);
  g_assert_null (strstr (at->text, drawn));
  g_assert_nonnull (strstr (after->text, drawn));

  /* Where all numbers are of one iteration it is said once. */
  g_autoptr (BpPlot) parameter = bp_plot_new_from_trainer (BP_PLOT_VARIABLE, trainer, NULL, NULL);
  const BpLayer *line = bp_plot_get_layer (parameter, parameter->layers->len - 2);
  iteration = bp_layer_get_iteration (line, 10);
  g_assert_cmpfloat (line->step, >, 1);
  g_autofree char *number = bp_number_format (bp_layer_get_y (line, 10));
  g_autofree char *text = g_strdup_printf ("iteration %" G_GINT64_FORMAT ", values of %" G_GINT64_FORMAT "\nA %s",
                                           iteration + 1, iteration, number);
  g_autoptr (BpPlotReading) one = bp_plot_read_iteration (parameter, iteration + 1);
  g_assert_cmpstr (one->text, ==, text);
}

/* The fitted line is the model's: slope and intercept are its variables. */
static void
test_scatter (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("line");

  bp_trainer_run (trainer, 100);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  const BpLayer *line = get_layer (plot, BP_LAYER_LINE, "my_output");
  const BpLayer *samples = get_layer (plot, BP_LAYER_POINTS, "all data");

  g_assert_cmpuint (samples->points->len, ==, 100);
  for (guint i = 0; i < line->points->len; i++)
    {
      BpPlotPoint point = get_point (line, i);

      assert_close (point.y, get_parameter (trainer, 0) * point.x + get_parameter (trainer, 1), 1e-12);
    }
  g_assert_true (g_str_has_prefix (plot->subtitle, "slope "));
}

static void
test_regions (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");

  bp_trainer_run (trainer, 1000);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  const BpLayer *grid = get_layer (plot, BP_LAYER_GRID, "σ(my_output)");
  g_assert_cmpuint (get_layer (plot, BP_LAYER_POINTS, "y_target = 0")->points->len, ==, 2);
  g_assert_cmpuint (get_layer (plot, BP_LAYER_POINTS, "y_target = 1")->points->len, ==, 2);
  g_assert_cmpstr (plot->subtitle, ==, "4 of 4 correct");
  for (guint i = 0; i < grid->values->len; i++)
    {
      g_assert_cmpfloat (g_array_index (grid->values, double, i), >=, 0);
      g_assert_cmpfloat (g_array_index (grid->values, double, i), <=, 1);
    }
}

/* What is target and what is input follows from the graph, not from names. */
static void
test_model (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (
    "[Experiment]\nTitle=t\nIterations=10\n"
    "[Data]\nSamples=30\nq=normal(0, 1)\nr=normal(0, 1)\ns=normal(2, 1)\n"
    "[Variables]\nu=normal(0, 1)\nv=normal(0, 1)\n"
    "[Model]\np=r * u + s * v\nloss=square(q - p)\n"
    "[Optimizer]\nName=gradient-descent\nLearningRate=0.01\n");
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpPlotModel model;

  bp_plot_model_init (&model, bp_trainer_get_experiment (trainer), graph, bp_trainer_get_dataset (trainer));
  g_assert_cmpuint (model.target, ==, bp_graph_find (graph, "q"));
  g_assert_cmpuint (model.answer, ==, bp_graph_find (graph, "p"));
  g_assert_cmpuint (model.n_inputs, ==, 2);
  g_assert_true (model.target_varies);
  g_assert_false (model.is_classification);

  /* An input that is added to others is not the target. */
  g_autoptr (BpTrainer) added = trainer_from_text (
    "[Experiment]\nTitle=t\nIterations=10\n"
    "[Data]\nSamples=30\nr=normal(0, 1)\ns=normal(2, 1)\nq=normal(0, 1)\n"
    "[Variables]\nu=normal(0, 1)\n"
    "[Model]\np=r * u + s\nloss=square(p - q)\n"
    "[Optimizer]\nName=gradient-descent\nLearningRate=0.01\n");
  bp_plot_model_init (&model, bp_trainer_get_experiment (added), bp_trainer_get_graph (added), NULL);
  g_assert_cmpuint (model.target, ==, bp_graph_find (bp_trainer_get_graph (added), "q"));

  /* Two inputs and a number to predict: prediction against target. */
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  g_assert_cmpstr (plot->x.label, ==, "q");
  g_assert_nonnull (find_layer (plot, BP_LAYER_LINE, "prediction = target"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-data/split-counts", test_split_counts);
  g_test_add_func ("/plot-data/many-mistakes", test_many_mistakes);
  g_test_add_func ("/plot-data/three-classes", test_three_classes);
  g_test_add_func ("/plot-data/histogram", test_histogram);
  g_test_add_func ("/plot-data/classes", test_classes);
  g_test_add_func ("/plot-data/strips", test_strips);
  g_test_add_func ("/plot-data/read-between", test_read_between);
  g_test_add_func ("/plot-data/scatter", test_scatter);
  g_test_add_func ("/plot-data/regions", test_regions);
  g_test_add_func ("/plot-data/model", test_model);

  return g_test_run ();
}
