/* test-experiment.c: the value, its graph, its dataset and its settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "experiment/bp-experiment.h"
#include "base/bp-random.h"
#include "lib/trainer-fixture.h"

#include <math.h>
#include <string.h>

static const char network[] =
  "[Experiment]\nBatchSize=3\nSeed=5\n"
  "[Data]\nSamples=7\nx=normal(1, 0.1)\ny=2\nSampling=shuffled\nTest=0.3\n"
  "[Variables]\nA=normal(0, 1) [2, 3]\nb=-1.5\nW=uniform(-1, 1) [2, 1]\n"
  "[Model]\nz=x * A + b\nloss=square(z - y)\n"
  "[Evaluate]\nprediction=round(x)\nerror=prediction - y\nTarget=y\nTheory=b: 1\n";

static BpExperiment *
load (const char *text)
{
  BpExperiment *experiment = experiment_from_text (text);

  return experiment;
}

static void
test_graph (void)
{
  static const char * const order[] = {
    "x", "y", "A", "b", "W", "multiply", "z", "subtract", "loss", "reduce_mean", "prediction", "error"
  };
  g_autoptr (BpExperiment) experiment = load (network);
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (experiment, 3, NULL);
  guint loss = bp_graph_get_loss (graph);

  g_assert_cmpuint (bp_graph_get_n_nodes (graph), ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_assert_cmpstr (bp_graph_get_name (graph, i), ==, order[i]);
      g_assert_true (bp_graph_is_evaluation (graph, i) == (i > loss));
    }

  g_assert_cmpuint (bp_graph_get_n_placeholders (graph), ==, 2);
  g_assert_cmpuint (bp_graph_get_shape (graph, 0)->rank, ==, 1);
  g_assert_cmpuint (bp_graph_get_shape (graph, 0)->dims[0], ==, 3);
  g_assert_cmpuint (bp_graph_get_n_variables (graph), ==, 3);
  g_assert_cmpuint (bp_graph_get_n_parameters (graph), ==, 6 + 1 + 2);

  g_assert_cmpstr (bp_graph_get_name (graph, loss), ==, "reduce_mean");
  g_assert_true (bp_graph_is_anonymous (graph, loss));
  g_assert_true (bp_graph_needs_gradient (graph, bp_graph_find (graph, "A")));
  /* W is in no expression. */
  g_assert_false (bp_graph_needs_gradient (graph, bp_graph_find (graph, "W")));
}

/* A loss of one element, whatever its rank, is the loss as it is. */
static void
test_loss (void)
{
  static const struct {
    const char *model;
    const char *loss;
    gsize       batch_size;
  } cases[] = {
    { "l=square(x - A)", "l", 1 },
    { "l=square(x - A)", "reduce_mean", 2 },
    { "l=expand_dims(square(x - A), 0)", "l", 1 },
    { "l=expand_dims(square(x - A), 0)", "reduce_mean", 2 },
    { "l=reduce_sum(square(x - A))", "l", 2 },
    { "l=square(x - A)\nmore=l + 1", "more", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Data]\nx=1\n[Variables]\nA=1\n[Model]\n%s\n", cases[i].model);
      g_autoptr (BpExperiment) experiment = load (text);
      g_autoptr (BpGraph) graph = bp_experiment_create_graph (experiment, cases[i].batch_size, NULL);

      g_assert_cmpstr (bp_graph_get_name (graph, bp_graph_get_loss (graph)), ==, cases[i].loss);
    }
}

static void
test_named_loss (void)
{
  g_autoptr (BpExperiment) experiment = load ("[Experiment]\nLoss=l\n[Variables]\nA=1\n"
                                              "[Model]\nl=square(A)\nm=l + 1\n");
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (experiment, 1, NULL);

  g_assert_cmpstr (bp_graph_get_name (graph, bp_graph_get_loss (graph)), ==, "l");
  g_assert_false (bp_graph_needs_gradient (graph, bp_graph_find (graph, "m")));
  g_assert_false (bp_graph_is_evaluation (graph, bp_graph_find (graph, "m")));
}

static void
test_dataset (void)
{
  g_autoptr (BpExperiment) experiment = load (network);
  g_autoptr (BpDataset) dataset = bp_experiment_create_dataset (experiment, NULL);
  g_autoptr (BpDataset) again = bp_experiment_create_dataset (experiment, NULL);
  gsize rows[7], n_rows;
  guint drawn = 0;

  g_assert_cmpuint (bp_dataset_get_n_columns (dataset), ==, 2);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 7);
  g_assert_cmpfloat (bp_dataset_get_column (dataset, 1)[6], ==, 2);
  g_assert_cmpmem (bp_dataset_get_column (dataset, 0), 7 * sizeof (double),
                   bp_dataset_get_column (again, 0), 7 * sizeof (double));

  bp_dataset_get_rows (dataset, TRUE, &n_rows);
  g_assert_cmpuint (n_rows, ==, 2);

  /* Shuffled: an epoch has each of the other five once. */
  bp_dataset_get_batch (dataset, 0, 5, rows);
  for (guint i = 0; i < 5; i++)
    drawn |= 1u << rows[i];
  g_assert_cmpint (__builtin_popcount (drawn), ==, 5);

  experiment->seed++;
  g_clear_pointer (&again, bp_dataset_unref);
  again = bp_experiment_create_dataset (experiment, NULL);
  g_assert_cmpfloat (bp_dataset_get_column (dataset, 0)[0], !=, bp_dataset_get_column (again, 0)[0]);
}

static void
test_no_data (void)
{
  g_autoptr (BpExperiment) experiment = load ("[Variables]\nA=1\n[Model]\nloss=square(A - 10)\n");
  g_autoptr (BpDataset) dataset = bp_experiment_create_dataset (experiment, NULL);
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (experiment, 1, NULL);

  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 1);
  g_assert_cmpuint (bp_dataset_get_n_columns (dataset), ==, 0);
  g_assert_cmpuint (bp_graph_get_n_placeholders (graph), ==, 0);
}

static void
test_parameters (void)
{
  g_autoptr (BpExperiment) experiment = load (network);
  guint64 a = bp_random_key (5, "variable/A");
  guint64 w = bp_random_key (5, "variable/W");
  double parameters[9];

  bp_experiment_init_parameters (experiment, parameters);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (parameters[i], ==, bp_random_normal (a, i));
  g_assert_cmpfloat (parameters[6], ==, -1.5);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat (parameters[7 + i], ==, -1 + 2 * bp_random_uniform (w, i));

  /* A variable's numbers do not depend on the others. */
  g_ptr_array_remove_index (experiment->variables, 0);
  bp_experiment_init_parameters (experiment, parameters);
  g_assert_cmpfloat (parameters[1], ==, -1 + 2 * bp_random_uniform (w, 0));
}

static void
test_find_variable (void)
{
  g_autoptr (BpExperiment) experiment = load (network);

  g_assert_true (bp_experiment_find_variable (experiment, "b") == g_ptr_array_index (experiment->variables, 1));
  g_assert_null (bp_experiment_find_variable (experiment, "x"));
}

static void
test_copy (void)
{
  g_autoptr (BpExperiment) experiment = load (network);
  g_autoptr (BpExperiment) copy = bp_experiment_copy (experiment);
  g_autofree char *before = bp_experiment_to_data (copy);
  g_autofree char *after = NULL;

  bp_experiment_find_variable (experiment, "A")->initial.a = 5;
  g_array_index (((BpColumn *) experiment->columns->pdata[0])->parts, BpDistribution, 0).a = 5;
  g_ptr_array_set_size (experiment->theory, 0);
  g_ptr_array_set_size (experiment->evaluate, 0);
  ((BpDefinition *) experiment->model->pdata[0])->expression[0] = 'y';
  g_clear_pointer (&experiment, bp_experiment_free);

  after = bp_experiment_to_data (copy);
  g_assert_cmpstr (before, ==, after);
}

/* A program that changed the struct is told what is wrong with it, without a file. */
static void
test_changed_struct (void)
{
  g_autoptr (BpExperiment) experiment = load (network);
  g_autoptr (GError) error = NULL;
  BpDefinition *z = g_ptr_array_index (experiment->model, 0);
  BpColumn *x = g_ptr_array_index (experiment->columns, 0);

  g_free (z->expression);
  z->expression = g_strdup ("x * B");
  g_assert_null (bp_experiment_create_graph (experiment, 1, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_UNKNOWN);
  g_assert_cmpstr (error->message, ==, "[Model] z, column 5: unknown name “B”; did you mean “b”?");
  g_clear_error (&error);

  g_array_set_size (x->parts, 0);
  g_assert_null (bp_experiment_create_dataset (experiment, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, "[Data]: “x” has no samples");
  g_clear_error (&error);

  experiment->samples = 0;
  g_assert_null (bp_experiment_create_dataset (experiment, &error));
  g_assert_cmpstr (error->message, ==, "[Data] Samples: Samples is 0, but must be from 1 to 10000000");
  g_clear_error (&error);

  experiment->test_share = (double) NAN;
  g_assert_null (bp_experiment_create_dataset (experiment, &error));
  g_assert_cmpstr (error->message, ==, "[Data] Test: Test is nan, but must be at least 0 and less than 1");
}

static void
test_settings_equal (void)
{
  g_autoptr (BpExperiment) experiment = load (network);
  const BpSettings settings = experiment->settings;
  BpSettings other = settings;

  g_assert_true (bp_settings_equal (&settings, &other));
  other.batch_size = 4;
  g_assert_false (bp_settings_equal (&settings, &other));
  other = settings;
  other.keep_gradients = TRUE;
  g_assert_false (bp_settings_equal (&settings, &other));
  other = settings;
  other.optimizer.learning_rate = nextafter (other.optimizer.learning_rate, 1);
  g_assert_false (bp_settings_equal (&settings, &other));
}

static void
test_settings_check (void)
{
  static const struct {
    double      learning_rate;
    double      momentum;
    gsize       batch_size;
    const char *message;
  } cases[] = {
    { 0.1, 0.5, 1, NULL },
    { 1e-12, 0, 1000000, NULL },
    { 1e6, 0, 1, NULL },
    { 0, 0.5, 1, "LearningRate is 0, but must be from 1e-12 to 1000000" },
    { 1e7, 0.5, 1, "LearningRate is 10000000, but must be from 1e-12 to 1000000" },
    { (double) NAN, 0.5, 1, "LearningRate is nan, but must be from 1e-12 to 1000000" },
    { 0.1, 1, 1, "Momentum is 1, but must be at least 0 and less than 1" },
    { 0.1, 0.5, 0, "BatchSize is 0, but must be from 1 to 1000000" },
    { 0.1, 0.5, 1000001, "BatchSize is 1000001, but must be from 1 to 1000000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BpSettings settings = { .batch_size = cases[i].batch_size };
      g_autoptr (GError) error = NULL;

      bp_optimizer_init (&settings.optimizer, BP_OPTIMIZER_MOMENTUM);
      settings.optimizer.learning_rate = cases[i].learning_rate;
      settings.optimizer.parameters[BP_PARAMETER_MOMENTUM] = cases[i].momentum;

      g_assert_true (bp_settings_check (&settings, &error) == (cases[i].message == NULL));
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].message);
      g_assert_true (error == NULL || g_error_matches (error, BP_ERROR, BP_ERROR_VALUE));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment/graph", test_graph);
  g_test_add_func ("/experiment/loss", test_loss);
  g_test_add_func ("/experiment/named-loss", test_named_loss);
  g_test_add_func ("/experiment/dataset", test_dataset);
  g_test_add_func ("/experiment/no-data", test_no_data);
  g_test_add_func ("/experiment/parameters", test_parameters);
  g_test_add_func ("/experiment/find-variable", test_find_variable);
  g_test_add_func ("/experiment/copy", test_copy);
  g_test_add_func ("/experiment/changed-struct", test_changed_struct);
  g_test_add_func ("/experiment/settings-equal", test_settings_equal);
  g_test_add_func ("/experiment/settings-check", test_settings_check);

  return g_test_run ();
}
