/* test-plot-confusion.c: confusion matrix, accuracy and pictures, against counting by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/data-evaluator.h"
#include "lib/plots-checks.h"

#include "plots/bp-plot-read.h"
#include "training/bp-evaluator.h"

static const BpPlotCell *
get_cell (const BpLayer *layer,
          guint          row,
          guint          column,
          guint          n)
{
  return &g_array_index (layer->cells, BpPlotCell, row * n + column);
}

/* Counts anew, sample by sample, what the evaluator answers. */
static void
assert_matrix (BpTrainer *trainer,
               gboolean   test,
               guint      n)
{
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  const BpExperiment *experiment = bp_trainer_get_experiment (trainer);
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  g_autoptr (BpEvaluator) evaluator = bp_evaluator_new_for_data (experiment, dataset, test, NULL);
  const double *answers = bp_evaluator_get_values (evaluator,
                                                   bp_graph_find (bp_evaluator_get_graph (evaluator), "prediction"),
                                                   bp_session_get_parameters (bp_trainer_get_session (trainer)));
  const double *targets = bp_dataset_get_column (dataset, bp_dataset_find (dataset, experiment->target));
  g_autofree guint *counts = g_new0 (guint, n * n);
  gsize n_rows;
  const gsize *rows = bp_dataset_get_rows (dataset, test, &n_rows);
  guint n_correct = 0;

  options.test_rows = test;
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CONFUSION, trainer, &options, NULL);
  const BpLayer *layer = get_layer (plot, BP_LAYER_CELLS, "share of the row");
  for (gsize i = 0; i < n_rows; i++)
    counts[(guint) targets[rows[i]] * n + (guint) answers[i]]++;
  g_assert_cmpuint (layer->cells->len, ==, n * n);
  for (guint row = 0; row < n; row++)
    {
      guint total = 0;

      for (guint column = 0; column < n; column++)
        total += counts[row * n + column];
      for (guint column = 0; column < n; column++)
        {
          const BpPlotCell *cell = get_cell (layer, row, column, n);

          g_assert_cmpfloat (cell->value, ==, counts[row * n + column]);
          assert_close (cell->shade * total, counts[row * n + column], 1e-12);
          g_assert_cmpint (cell->is_framed, ==, row != column && counts[row * n + column] > 0);
        }
      n_correct += counts[row * n + row];
    }
  g_autofree char *subtitle = g_strdup_printf ("%u of %zu correct", n_correct, n_rows);
  g_assert_cmpstr (plot->subtitle, ==, subtitle);
  g_assert_true (plot->has_test_rows);
  g_assert_cmpint (plot->shows_test_rows, ==, test);
  assert_drawable (plot);
}

static void
test_matrix (void)
{
  static const struct { const char *name; guint n; } cases[] = { { "iris", 3 }, { "digits", 10 }, { "spirals", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (cases[i].name);

      assert_matrix (trainer, FALSE, cases[i].n);
      bp_trainer_run (trainer, 30);
      assert_matrix (trainer, FALSE, cases[i].n);
      assert_matrix (trainer, TRUE, cases[i].n);
    }
}

/* What is read names both classes, and the description the mistake made most often. */
static void
test_words (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("iris");

  bp_trainer_run (trainer, 10);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CONFUSION, trainer, NULL, NULL);
  const BpLayer *layer = get_layer (plot, BP_LAYER_CELLS, "share of the row");
  g_autoptr (BpPlotReading) reading = bp_plot_read_point (plot, layer, 5);
  g_autofree char *text = g_strdup_printf ("predicted virginica\nactual versicolor\nsamples %g",
                                           get_cell (layer, 1, 2, 3)->value);
  g_assert_cmpstr (reading->text, ==, text);
  g_assert_nonnull (strstr (plot->description, "training data"));
  g_assert_nonnull (strstr (plot->description, "most often"));
}

/* A prediction that is no class is a mistake in no cell, and counted. */
static void
test_none (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (
    "[Data]\nx=0 x 3; 1 x 4; 5 x 2\ny=0 x 3; 1 x 6\n[Variables]\nA=1\n"
    "[Model]\nz=x*A\nloss=square(z - y)\n[Evaluate]\nprediction=round(z)\nTarget=y\n");
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CONFUSION, trainer, NULL, NULL);
  const BpLayer *layer = get_layer (plot, BP_LAYER_CELLS, "share of the row");

  g_assert_cmpfloat (get_cell (layer, 0, 0, 2)->value, ==, 3);
  g_assert_cmpfloat (get_cell (layer, 1, 1, 2)->value, ==, 4);
  g_assert_cmpfloat (get_cell (layer, 1, 0, 2)->value, ==, 0);
  g_assert_cmpstr (plot->subtitle, ==, "7 of 9 correct");
  g_assert_cmpstr (plot->x.unit, ==, "2 none of these");
  g_assert_false (plot->has_test_rows);
}

/* At each position drawn it is the accuracy there, as another trainer has it. */
static void
test_accuracy (void)
{
  static const char * const names[] = { "classification", "iris", "circles" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
      g_autoptr (BpTrainer) other = trainer_from_builtin (names[i]);
      const double *parameters = bp_session_get_parameters (bp_trainer_get_session (other));
      gsize n_test;

      bp_trainer_run (trainer, 50);
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_ACCURACY, trainer, NULL, NULL);
      bp_dataset_get_rows (bp_trainer_get_dataset (trainer), TRUE, &n_test);
      const BpLayer *train = get_layer (plot, BP_LAYER_LINE, n_test > 0 ? "training data" : "all data");
      const BpLayer *test = find_layer (plot, BP_LAYER_LINE, "held out");
      g_assert_cmpint (test != NULL, ==, n_test > 0);
      for (guint j = 0; j < bp_layer_get_n_points (train); j++)
        {
          bp_trainer_run (other, bp_layer_get_iteration (train, j) - bp_trainer_get_cursor (other).iteration);
          g_assert_cmpfloat (bp_layer_get_y (train, j), ==, get_data_accuracy (other, FALSE, parameters));
          if (test != NULL)
            g_assert_cmpfloat (bp_layer_get_y (test, j), ==, get_data_accuracy (other, TRUE, parameters));
        }
      g_assert_cmpint (bp_layer_get_iteration (train, bp_layer_get_n_points (train) - 1), >=, 48);
      g_assert_cmpfloat (plot->y.maximum, ==, 1);
      assert_drawable (plot);
    }
}

/* The columns p0, p1, … of a sample are its pixels, row by row from the top. */
static void
test_picture (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("digits");
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  gsize n;

  bp_trainer_run (trainer, 3);
  bp_trainer_step_node (trainer, 1);
  const gsize row = bp_trainer_get_batch (trainer, &n)[0];
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  const BpLayer *layer = get_layer (plot, BP_LAYER_CELLS, NULL);
  g_assert_cmpuint (layer->cells->len, ==, 64);
  for (guint i = 0; i < 64; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%u", i);
      const BpPlotPoint place = bp_layer_get_point (layer, i);

      g_assert_cmpfloat (get_cell (layer, 0, i, 64)->value, ==,
                         bp_dataset_get_column (dataset, bp_dataset_find (dataset, name))[row]);
      g_assert_cmpfloat (place.x, ==, i % 8 + 0.5);
      g_assert_cmpfloat (place.y, ==, 7 - i / 8 + 0.5);
    }
  g_autofree char *actual = g_strdup_printf ("%g, predicted ",
                                             bp_dataset_get_column (dataset, bp_dataset_find (dataset, "digit"))[row]);
  g_autofree char *number = g_strdup_printf ("sample no. %zu", row + 1);
  g_assert_true (g_str_has_prefix (plot->subtitle, actual));
  g_assert_cmpstr (plot->x.label, ==, number);
  assert_drawable (plot);
}

/* Which plots a model has, and in which order. */
static void
test_list (void)
{
  BpPlotKind kinds[BP_N_PLOTS];
  g_autoptr (BpTrainer) regression = trainer_from_builtin ("regression");
  g_autoptr (BpTrainer) iris = trainer_from_builtin ("iris");
  gboolean has_confusion = FALSE;

  g_assert_cmpuint (bp_plot_list_kinds (regression, kinds), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (kinds[i], ==, i);
  for (guint i = 0, n = bp_plot_list_kinds (iris, kinds); i < n; i++)
    has_confusion |= kinds[i] == BP_PLOT_CONFUSION;
  g_assert_true (has_confusion);
  g_assert_cmpuint (kinds[0], ==, BP_PLOT_DATA);

  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_CONFUSION, regression, NULL, NULL);
  g_assert_false (bp_plot_has_axes (plot));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-confusion/matrix", test_matrix);
  g_test_add_func ("/plot-confusion/words", test_words);
  g_test_add_func ("/plot-confusion/none", test_none);
  g_test_add_func ("/plot-confusion/accuracy", test_accuracy);
  g_test_add_func ("/plot-confusion/picture", test_picture);
  g_test_add_func ("/plot-confusion/list", test_list);

  return g_test_run ();
}
