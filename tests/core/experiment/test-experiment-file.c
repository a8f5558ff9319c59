/* test-experiment-file.c: reading experiments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "experiment/bp-experiment.h"
#include "lib/folder-fixture.h"

#include <string.h>

#define VARIABLES "[Variables]\nA=1\n"
#define MODEL VARIABLES "[Model]\nloss=square(A)\n"

static const char full[] =
  "# A comment\n"
  "[Experiment]\n"
  "Title=All of it\\nand more\n"
  "Description=a; b \\\\ c\n"
  "Iterations=1000\n"
  "BatchSize=4\n"
  "ReportEvery=10\n"
  "Seed=18446744073709551615\n"
  "Loss=loss\n"
  "\n"
  "[Data]\n"
  "Samples=6\n"
  "x_1=normal(-1, 1, 3);uniform(0, 0.1, 2); 7 x 1;\n"
  "x_2 = 1e-3\n"
  "Sampling=sequential\n"
  "Test=0.25\n"
  "\n"
  "[Variables]\n"
  "A=normal(0, 1)\n"
  "W=uniform(-1, 1) [1, 3]\n"
  "c=-0.1 []\n"
  "[Model]\n"
  "z=x_1 * A + reduce_sum(W) - c\n"
  "loss=reduce_mean(square(z - x_2))\n"
  "more=loss + 1\n"
  "[Optimizer]\n"
  "Momentum=0.5\n"
  "Name=nesterov\n"
  "LearningRate=0.3\n"
  "Beta1=0.25\n"
  "[Evaluate]\n"
  "p=round(z)\n"
  "q=p + 1\n"
  "Target=x_2\n"
  "Theory=A: 10; c: -1e-7\n"
  "[Changes]\n"
  "40=LearningRate=0.5; BatchSize=20\n"
  "50=Name=adam;Maximize=true;\n"
  "1000=Maximize=false; KeepGradients=true; Epsilon=1e-6\n";

static BpExperiment *
load (const char *text)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_experiment_new_from_data (text, -1, "test", NULL, &error);

  g_assert_no_error (error);

  return experiment;
}

static void
assert_equal_distributions (const BpDistribution *a,
                            const BpDistribution *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpfloat (a->a, ==, b->a);
  g_assert_cmpfloat (a->b, ==, b->b);
  g_assert_cmpuint (a->count, ==, b->count);
}

static void
test_defaults (void)
{
  g_autoptr (BpExperiment) experiment = load (MODEL);
  BpOptimizer optimizer;

  bp_optimizer_init (&optimizer, BP_OPTIMIZER_GRADIENT_DESCENT);
  g_assert_cmpstr (experiment->name, ==, "test");
  g_assert_cmpstr (experiment->title, ==, "test");
  g_assert_cmpstr (experiment->description, ==, "");
  g_assert_cmpint (experiment->iterations, ==, 100);
  g_assert_cmpint (experiment->report_every, ==, 25);
  g_assert_cmpuint (experiment->seed, ==, 42);
  g_assert_cmpuint (experiment->samples, ==, 100);
  g_assert_cmpuint (experiment->settings.batch_size, ==, 1);
  g_assert_false (experiment->settings.keep_gradients);
  g_assert_true (bp_optimizer_equal (&experiment->settings.optimizer, &optimizer));
  g_assert_cmpint (experiment->sampling, ==, BP_SAMPLING_RANDOM);
  g_assert_cmpfloat (experiment->test_share, ==, 0);
  g_assert_null (experiment->loss);
  g_assert_null (experiment->target);
}

static void
check_full_data (const BpExperiment *experiment)
{
  const BpColumn *x_1 = g_ptr_array_index (experiment->columns, 0);
  const BpDistribution parts[] = {
    { BP_DISTRIBUTION_NORMAL, -1, 1, 3 }, { BP_DISTRIBUTION_UNIFORM, 0, 0.1, 2 }, { BP_DISTRIBUTION_CONSTANT, 7, 0, 1 },
  };

  g_assert_cmpuint (experiment->columns->len, ==, 2);
  g_assert_cmpuint (x_1->parts->len, ==, G_N_ELEMENTS (parts));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_equal_distributions (&g_array_index (x_1->parts, BpDistribution, i), &parts[i]);
  g_assert_cmpint (experiment->sampling, ==, BP_SAMPLING_SEQUENTIAL);
  g_assert_cmpfloat (experiment->test_share, ==, 0.25);
}

static void
check_full_changes (const BpExperiment *experiment)
{
  const BpSettingsChange *changes = (const BpSettingsChange *) (gpointer) experiment->changes->data;
  BpSettings expected = { .batch_size = 4 };

  bp_optimizer_init (&expected.optimizer, BP_OPTIMIZER_NESTEROV);
  expected.optimizer.learning_rate = 0.3;
  expected.optimizer.parameters[BP_PARAMETER_MOMENTUM] = 0.5;
  expected.optimizer.parameters[BP_PARAMETER_BETA1] = 0.25;
  g_assert_true (bp_settings_equal (&experiment->settings, &expected));

  g_assert_cmpuint (experiment->changes->len, ==, 3);
  expected.optimizer.learning_rate = 0.5;
  expected.batch_size = 20;
  g_assert_cmpint (changes[0].iteration, ==, 40);
  g_assert_true (bp_settings_equal (&changes[0].settings, &expected));
  expected.optimizer.kind = BP_OPTIMIZER_ADAM;
  expected.optimizer.maximize = TRUE;
  g_assert_cmpint (changes[1].iteration, ==, 50);
  g_assert_true (bp_settings_equal (&changes[1].settings, &expected));
  expected.optimizer.maximize = FALSE;
  expected.keep_gradients = TRUE;
  expected.optimizer.parameters[BP_PARAMETER_EPSILON] = 1e-6;
  g_assert_cmpint (changes[2].iteration, ==, 1000);
  g_assert_true (bp_settings_equal (&changes[2].settings, &expected));
}

static void
test_full (void)
{
  g_autoptr (BpExperiment) experiment = load (full);
  const BpVariable *w = g_ptr_array_index (experiment->variables, 1);
  const BpVariable *c = g_ptr_array_index (experiment->variables, 2);
  const BpTheory *theory = g_ptr_array_index (experiment->theory, 1);

  g_assert_cmpstr (experiment->title, ==, "All of it\nand more");
  g_assert_cmpstr (experiment->description, ==, "a; b \\ c");
  g_assert_cmpint (experiment->iterations, ==, 1000);
  g_assert_cmpint (experiment->report_every, ==, 10);
  g_assert_cmpuint (experiment->seed, ==, G_MAXUINT64);
  g_assert_cmpstr (experiment->loss, ==, "loss");
  g_assert_cmpstr (experiment->target, ==, "x_2");
  check_full_data (experiment);
  check_full_changes (experiment);

  g_assert_cmpuint (w->shape.rank, ==, 2);
  g_assert_cmpuint (w->shape.dims[1], ==, 3);
  g_assert_cmpuint (c->shape.rank, ==, 0);
  g_assert_cmpfloat (c->initial.a, ==, -0.1);
  g_assert_cmpuint (experiment->model->len, ==, 3);
  g_assert_cmpuint (experiment->evaluate->len, ==, 2);
  g_assert_cmpstr (theory->variable, ==, "c");
  g_assert_cmpfloat (theory->value, ==, -1e-7);
}

/* A default that depends on the optimizer, wherever its name stands in the section. */
static void
test_optimizer (void)
{
  g_autoptr (BpExperiment) experiment = load (MODEL "[Optimizer]\nLearningRate=0.25\nName=adagrad\n");
  const BpOptimizer *optimizer = &experiment->settings.optimizer;

  g_assert_cmpint (optimizer->kind, ==, BP_OPTIMIZER_ADAGRAD);
  g_assert_cmpfloat (optimizer->learning_rate, ==, 0.25);
  g_assert_cmpfloat (optimizer->parameters[BP_PARAMETER_EPSILON], ==, 1e-10);

  for (BpOptimizerKind kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      g_autofree char *text = g_strdup_printf (MODEL "[Optimizer]\nName=%s\n", bp_optimizer_get_class (kind)->name);
      g_autoptr (BpExperiment) other = load (text);
      BpOptimizer defaults;

      bp_optimizer_init (&defaults, kind);
      g_assert_true (bp_optimizer_equal (&other->settings.optimizer, &defaults));
    }
}

/* Ends of lines, blanks, a byte order mark, and sections in any order. */
static void
test_lenient (void)
{
  g_autoptr (BpExperiment) experiment =
    load ("\357\273\277\r\n[Changes]\r\n 7 = LearningRate = 2 \r\n# [Model]\r\n"
          "[Model] \r\n  loss =  square( A )\t\r\n[Optimizer]\r\nLearningRate=3\r\n"
          "[Variables]\r\nA=1\r\n");
  const BpSettingsChange *change = &g_array_index (experiment->changes, BpSettingsChange, 0);

  g_autoptr (BpExperiment) old = load ("[Experiment]\rTitle=a\rSeed=7\r\r[Variables]\rA=1\r[Model]\rl=A * A\r");

  g_assert_cmpuint (old->seed, ==, 7);
  g_assert_cmpstr (old->title, ==, "a");
  g_assert_cmpstr (((BpDefinition *) experiment->model->pdata[0])->expression, ==, "square( A )");
  g_assert_cmpint (change->iteration, ==, 7);
  g_assert_cmpfloat (change->settings.optimizer.learning_rate, ==, 2);
  g_assert_cmpfloat (experiment->settings.optimizer.learning_rate, ==, 3);
}

/* A backslash in an expression is an error of the expression rather than an escape. */
static void
test_raw (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bp_experiment_new_from_data (VARIABLES "[Model]\nloss=A \\t* A", -1, "test", NULL, &error));
  g_assert_cmpstr (error->message, ==, "test:4: [Model] loss, column 3: “\\” has no meaning in an expression");
}

/* Files */

static void
test_file (FolderFixture *fixture)
{
  g_autofree char *path = folder_fixture_write (fixture, "points.v2.experiment", full, -1);
  g_autofree char *other = folder_fixture_write (fixture, ".experiment", MODEL, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_file (path, &error);
  g_autoptr (BpExperiment) nameless = bp_experiment_new_from_file (other, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (experiment->target, ==, "x_2");
  g_assert_cmpstr (experiment->name, ==, "points.v2");
  g_assert_cmpstr (experiment->folder, ==, fixture->folder);
  g_assert_cmpstr (nameless->name, ==, ".experiment");
}

static void
test_csv (FolderFixture *fixture)
{
  g_autofree char *csv = folder_fixture_write (fixture, "points.csv",
                                     "A,odd name,x,unused,y,loss\n0,1,2,3,4,5\n0,1,20,3,40,5\n", -1);
  g_autofree char *path = folder_fixture_write (fixture, "points.experiment",
                                      "[Data]\nFile=points.csv\nSampling=sequential\n" VARIABLES
                                      "[Model]\nloss=square(x * A)\n[Evaluate]\np=round(x)\nTarget=y\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_file (path, &error);
  g_autoptr (BpDataset) dataset = NULL;
  g_autoptr (BpGraph) graph = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (experiment->columns->len, ==, 2);
  g_assert_cmpstr (((BpColumn *) experiment->columns->pdata[0])->name, ==, "x");
  g_assert_cmpstr (((BpColumn *) experiment->columns->pdata[1])->name, ==, "y");

  graph = bp_experiment_create_graph (experiment, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bp_graph_get_n_placeholders (graph), ==, 2);
  dataset = bp_experiment_create_dataset (experiment, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 2);
  g_assert_cmpfloat (bp_dataset_get_column (dataset, bp_dataset_find (dataset, "y"))[1], ==, 40);

  /* An absolute path needs no folder. */
  g_clear_pointer (&experiment->folder, g_free);
  g_free (experiment->data_file);
  experiment->data_file = g_strdup (csv);
  g_clear_pointer (&dataset, bp_dataset_unref);
  dataset = bp_experiment_create_dataset (experiment, &error);
  g_assert_no_error (error);

  /* The file may have changed since. */
  g_assert_true (g_file_set_contents (csv, "x\n1\n", -1, NULL));
  g_assert_null (bp_experiment_create_dataset (experiment, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_UNKNOWN);
  g_assert_true (g_str_has_prefix (error->message, "[Data] File: "));
  g_assert_true (g_str_has_suffix (error->message, "points.csv has no column “y”"));
}

/* What checking a file made is there for who wants it first: the data file is read once, and the graph built once. What
 * was changed since is made anew. */
static void
test_once (FolderFixture *fixture)
{
  g_autofree char *csv = folder_fixture_write (fixture, "points.csv", "x\n1\n2\n", -1);
  g_autofree char *path = folder_fixture_write (fixture, "points.experiment",
                                                "[Experiment]\nBatchSize=2\n[Data]\nFile=points.csv\n" VARIABLES
                                                "[Model]\nloss=square(x * A)\n", -1);
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_file (path, NULL);
  g_autoptr (BpExperiment) seeded = bp_experiment_new_from_file (path, NULL);
  g_autoptr (BpExperiment) copy = bp_experiment_copy (experiment);
  g_autoptr (BpDataset) dataset = NULL;
  g_autoptr (BpGraph) other = bp_experiment_create_graph (experiment, 3, NULL);
  g_autoptr (BpGraph) first = bp_experiment_create_graph (experiment, 2, NULL);
  g_autoptr (BpGraph) second = bp_experiment_create_graph (experiment, 2, NULL);

  g_assert_true (other != first && second != first);
  g_assert_cmpuint (bp_graph_get_n_nodes (second), ==, bp_graph_get_n_nodes (first));

  g_assert_true (g_file_set_contents (csv, "x\n5\n", -1, NULL));
  experiment->iterations++;
  dataset = bp_experiment_create_dataset (experiment, NULL);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 2);
  bp_dataset_unref (dataset);
  dataset = bp_experiment_create_dataset (experiment, NULL);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 1);
  bp_dataset_unref (dataset);
  dataset = bp_experiment_create_dataset (copy, NULL);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 1);
  bp_dataset_unref (dataset);
  seeded->seed++;
  dataset = bp_experiment_create_dataset (seeded, NULL);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment-file/defaults", test_defaults);
  g_test_add_func ("/experiment-file/full", test_full);
  g_test_add_func ("/experiment-file/optimizer", test_optimizer);
  g_test_add_func ("/experiment-file/lenient", test_lenient);
  g_test_add_func ("/experiment-file/raw", test_raw);
  folder_fixture_add_test ("/experiment-file/file", test_file);
  folder_fixture_add_test ("/experiment-file/csv", test_csv);
  folder_fixture_add_test ("/experiment-file/once", test_once);

  return g_test_run ();
}
