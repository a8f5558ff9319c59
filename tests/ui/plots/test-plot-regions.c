/* test-plot-regions.c: the regions of classes, against the model's answers at places that no grid has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/data-evaluator.h"
#include "lib/plots-checks.h"

#include "plots/bp-plot-read.h"
#include "training/bp-evaluator.h"

#define N_PLACES 500

/* The regions of a plot: a grid a class. */
static guint
list_regions (const BpPlot   *plot,
              const BpLayer **regions)
{
  guint n = 0;

  for (guint i = 0; i < plot->layers->len; i++)
    if (bp_plot_get_layer (plot, i)->pattern != BP_PATTERN_NONE && bp_plot_get_layer (plot, i)->kind == BP_LAYER_GRID)
      regions[n++] = bp_plot_get_layer (plot, i);

  return n;
}

/* The corners of the cell around a place that are in the region. */
static guint
count_corners (const BpLayer *region,
               double         x,
               double         y)
{
  const guint column = (guint) ((x - region->x0) / (region->x1 - region->x0) * (region->n_columns - 1));
  const guint row = (guint) ((y - region->y0) / (region->y1 - region->y0) * (region->n_rows - 1));
  guint n = 0;

  for (guint i = 0; i < 4; i++)
    n += g_array_index (region->values, double, (row + i / 2) * region->n_columns + column + i % 2) > 0;

  return n;
}

static double
get_mean (BpDataset *dataset,
          guint      column)
{
  gsize n;
  const gsize *rows = bp_dataset_get_rows (dataset, FALSE, &n);
  long double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += bp_dataset_get_column (dataset, column)[rows[i]];

  return (double) (sum / n);
}

/* The answers at places drawn at random, of the inputs @x and @y, the others at their means. */
static double *
evaluate_places (BpTrainer    *trainer,
                 const BpPlot *plot,
                 guint         x,
                 guint         y,
                 double        places[][2])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (bp_trainer_get_experiment (trainer), N_PLACES, NULL);
  g_autoptr (BpEvaluator) evaluator = bp_evaluator_new (graph, N_PLACES, INFINITY, NULL);
  guint n;
  const guint *columns = bp_dataset_find_all (dataset, "inputs", &n);
  g_autofree double *values = g_new (double, N_PLACES * n);

  for (guint i = 0; i < N_PLACES; i++)
    {
      places[i][0] = g_rand_double_range (rand, plot->x.minimum, plot->x.maximum);
      places[i][1] = g_rand_double_range (rand, plot->y.minimum, plot->y.maximum);
      for (guint j = 0; j < n; j++)
        values[i * n + j] = j == x ? places[i][0] : j == y ? places[i][1] : get_mean (dataset, columns[j]);
    }
  bp_evaluator_feed (evaluator, bp_graph_find (graph, "inputs"), values);

  return g_memdup2 (bp_evaluator_get_values (evaluator, bp_graph_find (graph, "prediction"),
                                             bp_session_get_parameters (bp_trainer_get_session (trainer))),
                    N_PLACES * sizeof (double));
}

/* A place whose cell is within a region is answered so. Where a boundary is bent within the cell it may be another. */
static void
assert_regions (const char          *name,
                gint64               n_iterations,
                const BpPlotOptions *options,
                guint                x,
                guint                y,
                guint                n_classes,
                guint                max_bent)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin (name);
  const BpLayer *regions[BP_N_MARKERS];
  double places[N_PLACES][2];
  guint n_within = 0, n_bent = 0;

  bp_trainer_run (trainer, n_iterations);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, options, NULL);
  g_autofree double *answers = evaluate_places (trainer, plot, x, y, places);
  g_assert_cmpuint (list_regions (plot, regions), ==, n_classes);
  assert_drawable (plot);
  for (guint i = 0; i < N_PLACES; i++)
    {
      guint n_corners = 0;

      for (guint class = 0; class < n_classes; class++)
        {
          guint n = count_corners (regions[class], places[i][0], places[i][1]);

          n_corners += n;
          n_within += n == 4;
          n_bent += n == 4 && answers[i] != class;
          n_bent += n == 0 && answers[i] == class;
        }
      /* Each corner is in one region, or on a boundary. */
      g_assert_cmpuint (n_corners, <=, 4);
    }
  g_assert_cmpuint (n_within, >, N_PLACES / 2);
  g_assert_cmpuint (n_bent, <=, max_bent);
}

static void
test_straight (void)
{
  assert_regions ("iris", 400, NULL, 0, 1, 3, 0);
}

/* The axes that somebody chose, and the others at their means. */
static void
test_pair (void)
{
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  options.x_input = 3;
  options.y_input = 2;
  assert_regions ("iris", 400, &options, 2, 1, 3, 0);
  options.y_input = 1;
  assert_regions ("iris", 400, &options, 2, 0, 3, 0);
}

static void
test_bent (void)
{
  assert_regions ("spirals", 1000, NULL, 0, 1, 2, 5);
}

/* What axes may show is offered where there is a choice, and what the others do is said. */
static void
test_choice (void)
{
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  g_autoptr (BpTrainer) iris = trainer_from_builtin ("iris");
  g_autoptr (BpTrainer) spirals = trainer_from_builtin ("spirals");

  options.x_input = 2;
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, iris, &options, NULL);
  g_assert_cmpuint (g_strv_length (plot->inputs), ==, 4);
  g_assert_cmpstr (plot->inputs[3], ==, "sepal_width");
  g_assert_cmpstr (plot->x.label, ==, "petal_width");
  g_assert_cmpuint (plot->x_input, ==, 2);
  g_assert_cmpstr (plot->y.label, ==, "petal_length");
  g_assert_cmpuint (plot->y_input, ==, 1);
  g_assert_nonnull (strstr (plot->x.unit, "mean"));

  g_autoptr (BpPlot) two = bp_plot_new_from_trainer (BP_PLOT_DATA, spirals, NULL, NULL);
  g_assert_null (two->inputs);
  g_assert_null (two->x.unit);
}

/* Marks and counts: each class has its mark, mistakes are as many as the accuracy says. */
static void
test_samples (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("iris");
  const double *parameters = bp_session_get_parameters (bp_trainer_get_session (trainer));

  bp_trainer_run (trainer, 60);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_DATA, trainer, NULL, NULL);
  double n_right = 120 * get_data_accuracy (trainer, FALSE, parameters)
                   + 30 * get_data_accuracy (trainer, TRUE, parameters);
  g_assert_cmpint (get_layer (plot, BP_LAYER_POINTS, "setosa")->marker, ==, BP_MARKER_RING);
  g_assert_cmpint (get_layer (plot, BP_LAYER_POINTS, "versicolor")->marker, ==, BP_MARKER_TRIANGLE);
  g_assert_cmpint (get_layer (plot, BP_LAYER_POINTS, "virginica")->marker, ==, BP_MARKER_SQUARE);
  g_assert_cmpuint (bp_layer_get_n_points (get_layer (plot, BP_LAYER_POINTS, "virginica")), ==, 50);
  g_assert_cmpfloat (round (150 - n_right), ==,
                     bp_layer_get_n_points (get_layer (plot, BP_LAYER_POINTS, "mistake")));
  g_assert_nonnull (strstr (plot->subtitle, "test"));

  g_autoptr (BpPlotReading) reading = bp_plot_read_point (plot, get_layer (plot, BP_LAYER_POINTS, "virginica"), 0);
  g_assert_nonnull (strstr (reading->text, "virginica"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-regions/straight", test_straight);
  g_test_add_func ("/plot-regions/pair", test_pair);
  g_test_add_func ("/plot-regions/bent", test_bent);
  g_test_add_func ("/plot-regions/choice", test_choice);
  g_test_add_func ("/plot-regions/samples", test_samples);

  return g_test_run ();
}
