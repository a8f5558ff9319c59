/* test-builtin-networks.c: the networks that come with the program, and that they show what their descriptions say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-builtin.h"
#include "lib/data-evaluator.h"
#include "lib/trainer-fixture.h"

#include <math.h>
#include <string.h>

static const double *
get_parameters (BpTrainer *trainer)
{
  return bp_session_get_parameters (bp_trainer_get_session (trainer));
}

static BpTrainer *
train (const char *name)
{
  BpTrainer *trainer = trainer_from_builtin (name);
  gint64 n_iterations = bp_trainer_get_experiment (trainer)->iterations;

  g_assert_cmpint (bp_trainer_run (trainer, n_iterations), ==, n_iterations);

  return trainer;
}

static double
get_loss (BpTrainer *trainer,
          gboolean   test)
{
  return get_data_loss (trainer, test, get_parameters (trainer));
}

static double
get_accuracy (BpTrainer *trainer,
              gboolean   test)
{
  return get_data_accuracy (trainer, test, get_parameters (trainer));
}

/* Elements of the first W and of the second, of two matrices [2, 2]. */
static double
get_weight (BpTrainer *trainer,
            guint      matrix,
            guint      element)
{
  return get_parameters (trainer)[4 * matrix + element];
}

/* The numbers that are published (M. Mazur, A Step by Step Backpropagation Example, 2015), and more digits of them from
 * an own computation in Python. */
static void
test_step_by_step (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("step-by-step-222");
  guint loss = bp_graph_get_loss (bp_trainer_get_graph (trainer));

  bp_trainer_run (trainer, 1);
  g_assert_cmpfloat_with_epsilon (*bp_session_get_value (bp_trainer_get_session (trainer), loss), 0.2983711087600027,
                                  1e-15);
  g_assert_cmpfloat_with_epsilon (get_weight (trainer, 1, 0), 0.35891647971788465, 1e-15);
  g_assert_cmpfloat_with_epsilon (get_weight (trainer, 0, 0), 0.1497807161327628, 1e-15);
  g_assert_cmpfloat_with_epsilon (bp_trainer_get_loss_after (trainer), 0.29102777369359933, 1e-15);
  bp_trainer_run (trainer, 9999);
  g_assert_cmpfloat_with_epsilon (bp_trainer_get_loss_after (trainer), 3.510187782978859e-05, 1e-12);
}

/* The boundary is closed: around the inner circle, and nowhere a straight line. */
static void
test_circles (void)
{
  g_autoptr (BpTrainer) trainer = train ("circles");

  g_assert_cmpfloat (get_accuracy (trainer, FALSE), >=, 0.99);
  g_assert_cmpfloat (get_accuracy (trainer, TRUE), >=, 0.97);
}

/* How many rows of class @of are taken for class @for, counted over all rows of @trainer. */
static guint
count_taken (BpTrainer  *trainer,
             const char *labels,
             double      of,
             double      taken_for)
{
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, FALSE);
  BpGraph *graph = bp_evaluator_get_graph (evaluator);
  const double *predictions = bp_evaluator_get_values (evaluator, bp_graph_find (graph, "prediction"),
                                                       get_parameters (trainer));
  const double *classes = bp_session_get_value (bp_evaluator_get_session (evaluator), bp_graph_find (graph, labels));
  guint n = 0;

  for (gsize i = 0; i < bp_evaluator_get_n_rows (evaluator); i++)
    n += classes[i] == of && predictions[i] == taken_for;

  return n;
}

static void
test_spirals (void)
{
  g_autoptr (BpTrainer) trainer = train ("spirals");

  g_assert_cmpfloat (get_accuracy (trainer, FALSE), >=, 0.98);
  g_assert_cmpfloat (get_accuracy (trainer, TRUE), >=, 0.95);
}

/* Versicolor and virginica are taken for one another, setosa for neither, nor they for it. */
static void
test_iris (void)
{
  g_autoptr (BpTrainer) trainer = train ("iris");
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  const char * const *names = bp_dataset_get_classes (dataset, bp_dataset_find (dataset, "species"));
  static const char * const expected[] = { "setosa", "versicolor", "virginica", NULL };

  g_assert_cmpstrv (names, expected);
  g_assert_cmpfloat (get_accuracy (trainer, FALSE), >=, 0.94);
  g_assert_cmpfloat (get_accuracy (trainer, TRUE), >=, 0.94);
  g_assert_cmpuint (count_taken (trainer, "species", 1, 2) + count_taken (trainer, "species", 2, 1), >, 0);
  for (guint i = 1; i < 3; i++)
    {
      g_assert_cmpuint (count_taken (trainer, "species", 0, i), ==, 0);
      g_assert_cmpuint (count_taken (trainer, "species", i, 0), ==, 0);
    }
}

static void
test_digits (void)
{
  g_autoptr (BpTrainer) trainer = train ("digits");
  gsize n_train, n_test;

  bp_dataset_get_rows (bp_trainer_get_dataset (trainer), FALSE, &n_train);
  bp_dataset_get_rows (bp_trainer_get_dataset (trainer), TRUE, &n_test);
  g_assert_cmpuint (n_train + n_test, ==, 1797);
  g_assert_cmpfloat (get_accuracy (trainer, FALSE), >=, 0.98);
  g_assert_cmpfloat (get_accuracy (trainer, TRUE), >=, 0.95);
}

/* The root of the mean square of the gradient of @variable, over @n_iterations. */
static double
get_gradient_size (BpTrainer  *trainer,
                   const char *variable,
                   gint64      n_iterations)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  guint node = bp_graph_find (graph, variable);
  gsize n = bp_graph_get_n_elements (graph, node);
  double sum = 0;

  for (gint64 i = 0; i < n_iterations; i++)
    {
      bp_trainer_run (trainer, 1);
      for (gsize j = 0; j < n; j++)
        sum += pow (bp_session_get_gradient (bp_trainer_get_session (trainer), node)[j], 2);
    }

  return sqrt (sum / (double) n_iterations / (double) n);
}

static double
get_gradient_ratio (const char *name)
{
  g_autoptr (BpTrainer) first = trainer_from_builtin (name);
  g_autoptr (BpTrainer) last = trainer_from_builtin (name);

  return get_gradient_size (first, "W1", 20) / get_gradient_size (last, "W11", 20);
}

static void
test_vanishing_gradient (void)
{
  g_autoptr (BpTrainer) sigmoid = train ("vanishing-gradient");
  g_autoptr (BpTrainer) relu = train ("vanishing-gradient-relu");
  g_autoptr (BpTrainer) residual = train ("vanishing-gradient-residual");

  g_assert_cmpfloat (get_gradient_ratio ("vanishing-gradient"), <, 1e-5);
  g_assert_cmpfloat (get_gradient_ratio ("vanishing-gradient-relu"), >, 0.2);
  g_assert_cmpfloat (get_gradient_ratio ("vanishing-gradient-relu"), <, 5);
  g_assert_cmpfloat (get_gradient_ratio ("vanishing-gradient-residual"), >, 0.01);

  g_assert_cmpfloat (get_accuracy (sigmoid, FALSE), ==, 0.5);
  g_assert_cmpfloat (get_accuracy (relu, FALSE), >=, 0.99);
  g_assert_cmpfloat (get_accuracy (residual, FALSE), >=, 0.85);
}

/* Two units stay as they are, to the bit; with leaky_relu they do not. */
static void
test_dead_relu (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("dead-relu");
  BpDefinition *hidden = g_ptr_array_index (experiment->model, 0);
  g_autoptr (BpTrainer) dead = train ("dead-relu");
  g_autoptr (BpTrainer) leaky = NULL;

  g_assert_true (g_str_has_prefix (hidden->expression, "relu("));
  g_free (hidden->expression);
  hidden->expression = g_strdup ("leaky_relu(matmul(inputs, W) + b)");
  leaky = trainer_new (experiment);
  bp_trainer_run (leaky, experiment->iterations);

  g_assert_cmpfloat (get_parameters (dead)[2], ==, 0.5);
  g_assert_cmpfloat (get_parameters (dead)[3], ==, -0.5);
  g_assert_cmpfloat (fabs (get_parameters (dead)[0] - 1), >, 0.1);
  g_assert_cmpfloat (fabs (get_parameters (leaky)[2] - 0.5), >, 0.01);
  g_assert_cmpfloat (fabs (get_parameters (leaky)[3] + 0.5), >, 0.01);
}

/* The least loss of the rows held out on the way. */
static double
get_least_test_loss (const char *name)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin (name);
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, TRUE);
  double least = (double) INFINITY;

  while (bp_trainer_run (trainer, 10) == 10)
    least = fmin (least, bp_evaluator_get_loss (evaluator, get_parameters (trainer), NULL));

  return least;
}

static void
test_overfitting (void)
{
  g_autoptr (BpTrainer) bare = train ("overfitting");
  g_autoptr (BpTrainer) l2 = train ("overfitting-l2");
  g_autoptr (BpTrainer) dropout = train ("overfitting-dropout");

  g_assert_cmpfloat (get_loss (bare, TRUE), >, 2 * get_least_test_loss ("overfitting"));
  g_assert_cmpfloat (get_loss (bare, TRUE), >, 50 * get_loss (bare, FALSE));
  g_assert_cmpfloat (get_loss (l2, TRUE), <, 0.5 * get_loss (bare, TRUE));
  g_assert_cmpfloat (get_loss (l2, FALSE), >, 5 * get_loss (bare, FALSE));
  g_assert_cmpfloat (get_loss (dropout, TRUE), <, 0.5 * get_loss (bare, TRUE));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/builtin-networks/step-by-step", test_step_by_step);
  g_test_add_func ("/builtin-networks/circles", test_circles);
  g_test_add_func ("/builtin-networks/spirals", test_spirals);
  g_test_add_func ("/builtin-networks/iris", test_iris);
  g_test_add_func ("/builtin-networks/digits", test_digits);
  g_test_add_func ("/builtin-networks/vanishing-gradient", test_vanishing_gradient);
  g_test_add_func ("/builtin-networks/dead-relu", test_dead_relu);
  g_test_add_func ("/builtin-networks/overfitting", test_overfitting);

  return g_test_run ();
}
