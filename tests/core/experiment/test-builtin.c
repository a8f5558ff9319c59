/* test-builtin.c: the experiments that come with the program, and that they show what they are there to show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-builtin.h"
#include "base/bp-error.h"
#include "lib/data-evaluator.h"
#include "lib/trainer-fixture.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define N_SEEDS 40

static BpTrainer *
train (const BpExperiment *experiment)
{
  BpTrainer *trainer = trainer_new (experiment);

  bp_trainer_run (trainer, experiment->iterations);

  return trainer;
}

static const double *
get_parameters (BpTrainer *trainer)
{
  return bp_session_get_parameters (bp_trainer_get_session (trainer));
}

static double
get_accuracy (BpTrainer *trainer)
{
  return get_data_accuracy (trainer, FALSE, get_parameters (trainer));
}

/* How far the parameter that is farthest from the optimum of all data is from it. */
static double
get_distance (BpTrainer *trainer)
{
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, FALSE);
  const double *parameters = get_parameters (trainer);
  double optimum[64], distance = 0;

  g_assert_true (bp_evaluator_get_optimum (evaluator, parameters, optimum));
  for (gsize i = 0; i < bp_graph_get_n_parameters (bp_trainer_get_graph (trainer)); i++)
    distance = fmax (distance, fabs (parameters[i] - optimum[i]));

  return distance;
}

static void
test_names (void)
{
  static const char * const expected[] = {
    "regression", "regression-batch", "regression-l1", "line", "classification", "classification-split", "logistic",
    "xor", "step-by-step-222", "circles", "spirals", "iris", "digits", "vanishing-gradient", "vanishing-gradient-relu",
    "vanishing-gradient-residual", "dead-relu", "overfitting", "overfitting-l2", "overfitting-dropout",
    "swapped-labels", "wrong-sign", "gradients-not-reset", "naive-log-sigmoid", NULL
  };

  g_assert_cmpstrv (bp_builtin_get_names (), expected);
}

/* They are the files, all of them. */
static void
test_files (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "resources", "experiments", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  g_assert_nonnull (dir);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    if (g_str_has_suffix (name, ".experiment"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autoptr (GError) error = NULL;
        g_autoptr (BpExperiment) file = bp_experiment_new_from_file (path, &error);
        g_autoptr (BpExperiment) builtin = NULL;
        g_autofree char *file_data = NULL;
        g_autofree char *builtin_data = NULL;

        g_assert_no_error (error);
        builtin = load_builtin (file->name);
        file_data = bp_experiment_to_data (file);
        builtin_data = bp_experiment_to_data (builtin);
        g_assert_cmpstr (file_data, ==, builtin_data);
        n_files++;
      }
  g_assert_cmpuint (n_files, ==, g_strv_length ((char **) bp_builtin_get_names ()));
}

/* What a chooser shows. */
static void
test_texts (void)
{
  for (const char * const *name = bp_builtin_get_names (); *name != NULL; name++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin (*name);

      g_assert_cmpstr (experiment->name, ==, *name);
      g_assert_cmpint (g_utf8_strlen (experiment->title, -1), >, 2);
      g_assert_cmpint (g_utf8_strlen (experiment->title, -1), <=, 35);
      g_assert_cmpint (g_utf8_strlen (experiment->description, -1), >, 20);
      g_assert_cmpint (g_utf8_strlen (experiment->description, -1), <=, 110);
      g_assert_null (strchr (experiment->description, '\n'));
    }
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bp_builtin_load ("regresion", &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_UNKNOWN);
  g_assert_cmpstr (error->message, ==,
                   "there is no built-in experiment “regresion”; there are regression, regression-batch, "
                   "regression-l1, line, classification, classification-split, logistic, xor, step-by-step-222, "
                   "circles, spirals, iris, digits, vanishing-gradient, vanishing-gradient-relu, "
                   "vanishing-gradient-residual, dead-relu, overfitting, overfitting-l2, overfitting-dropout, "
                   "swapped-labels, wrong-sign, gradients-not-reset, naive-log-sigmoid");
}

static void
assert_nodes (const char         *name,
              const char * const *expected)
{
  g_autoptr (BpExperiment) experiment = load_builtin (name);
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (experiment, experiment->settings.batch_size, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) nodes = NULL;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      g_autofree char *shape = bp_shape_to_string (bp_graph_get_shape (graph, node));
      g_autofree char *text = g_strdup_printf ("%s %s", bp_graph_get_name (graph, node), shape);

      g_strv_builder_add (builder, text);
    }
  nodes = g_strv_builder_end (builder);
  g_assert_cmpstrv (nodes, expected);
}

static void
test_nodes (void)
{
  static const char * const regression[] = {
    "x_data [1]", "y_target [1]", "A [1]", "my_output [1]", "residual [1]", "loss [1]", NULL
  };
  static const char * const classification[] = {
    "x_data [1]", "y_target [1]", "A [1]", "my_output [1]", "my_output_expanded [1, 1]", "y_target_expanded [1, 1]",
    "xentropy [1, 1]", "sigmoid [1]", "prediction [1]", NULL
  };
  static const char * const batch[] = {
    "x_data [20]", "y_target [20]", "A [1]", "my_output [20]", "residual [20]", "loss [20]", "reduce_mean []", NULL
  };

  assert_nodes ("regression", regression);
  assert_nodes ("classification", classification);
  assert_nodes ("regression-batch", batch);
}

static void
test_settings (void)
{
  static const struct {
    const char *name;
    double      learning_rate;
    gsize       batch_size;
    gint64      iterations;
    gint64      report_every;
    double      theory;
  } cases[] = {
    { "regression", 0.02, 1, 100, 25, 10 },
    { "regression-batch", 0.02, 20, 100, 25, 10 },
    { "classification", 0.05, 1, 1400, 200, -1 },
    { "classification-split", 0.05, 25, 1400, 200, -1 },
    { "swapped-labels", 0.05, 1, 1400, 200, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin (cases[i].name);

      g_assert_cmpint (experiment->settings.optimizer.kind, ==, BP_OPTIMIZER_GRADIENT_DESCENT);
      g_assert_cmpfloat (experiment->settings.optimizer.learning_rate, ==, cases[i].learning_rate);
      g_assert_cmpuint (experiment->settings.batch_size, ==, cases[i].batch_size);
      g_assert_cmpint (experiment->iterations, ==, cases[i].iterations);
      g_assert_cmpint (experiment->report_every, ==, cases[i].report_every);
      g_assert_cmpint (experiment->sampling, ==, BP_SAMPLING_RANDOM);
      g_assert_cmpfloat (((BpTheory *) experiment->theory->pdata[0])->value, ==, cases[i].theory);
    }
}

static gboolean
is_good (const BpExperiment *experiment)
{
  g_autoptr (BpTrainer) trainer = train (experiment);

  return experiment->target != NULL ? get_accuracy (trainer) >= 0.93 : get_distance (trainer) <= 0.5;
}

/* Each comes to its goal from its own seed, and from nearly every other. */
static void
test_convergence (void)
{
  static const char * const names[] = {
    "regression", "regression-batch", "regression-l1", "line", "classification", "classification-split", "logistic"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin (names[i]);
      guint n_good = 0;

      g_assert_true (is_good (experiment));
      for (experiment->seed = 1000; experiment->seed < 1000 + N_SEEDS; experiment->seed++)
        n_good += is_good (experiment);
      g_test_message ("%s: %u of %u seeds", names[i], n_good, N_SEEDS);
      g_assert_cmpuint (n_good, >=, N_SEEDS - 4);
    }
}

static void
test_xor (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("xor");
  g_autoptr (BpTrainer) trainer = train (experiment);

  g_assert_cmpfloat (get_accuracy (trainer), ==, 1);
  g_assert_cmpfloat (get_data_loss (trainer, FALSE, get_parameters (trainer)), <, 0.05);
}

static void
test_logistic (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("logistic");
  g_autoptr (BpTrainer) trainer = train (experiment);

  /* The classes overlap: an optimum exists. */
  g_assert_cmpfloat (get_distance (trainer), <, 1);
}

static void
test_swapped_labels (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("swapped-labels");
  g_autoptr (BpTrainer) trainer = train (experiment);

  g_assert_cmpfloat_with_epsilon (get_parameters (trainer)[0], 45, 1);
  g_assert_cmpfloat (get_accuracy (trainer), ==, 0.5);
}

static void
test_wrong_sign (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("wrong-sign");
  double loss = get_data_loss (trainer, FALSE, get_parameters (trainer));

  for (guint i = 0; i < 10; i++)
    {
      double last = loss;

      g_assert_cmpint (bp_trainer_run (trainer, 10), ==, 10);
      loss = get_data_loss (trainer, FALSE, get_parameters (trainer));
      g_assert_cmpfloat (loss, >, 1.5 * last);
    }
}

/* A crosses the optimum again and again and goes nearly as far on the other side. */
static void
test_gradients_not_reset (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("gradients-not-reset");
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, FALSE);
  double optimum, greatest = (double) -INFINITY, least_after = (double) INFINITY;
  guint n_crossings = 0;

  bp_evaluator_get_optimum (evaluator, get_parameters (trainer), &optimum);
  for (double last = get_parameters (trainer)[0], a; bp_trainer_run (trainer, 1) == 1; last = a)
    {
      a = get_parameters (trainer)[0];
      n_crossings += (a > optimum) != (last > optimum);
      greatest = fmax (greatest, a);
      least_after = n_crossings >= 2 ? fmin (least_after, a) : least_after;
    }
  g_assert_cmpuint (n_crossings, >=, 5);
  g_assert_cmpfloat (greatest, >, optimum + 7);
  g_assert_cmpfloat (least_after, <, optimum - 7);
}

/* It ends by a number that is none after some iterations; with the stable function in place of the formula not. */
static void
test_naive_log_sigmoid (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("naive-log-sigmoid");
  g_autoptr (BpTrainer) naive = train (experiment);
  g_autoptr (BpTrainer) stable = NULL;
  BpDefinition *loss = g_ptr_array_index (experiment->model, experiment->model->len - 1);

  g_assert_cmpint (bp_trainer_get_status (naive), ==, BP_STATUS_DIVERGED);
  g_assert_cmpint (bp_trainer_get_cursor (naive).iteration, >=, 5);
  g_assert_cmpint (bp_trainer_get_cursor (naive).iteration, <, 50);

  g_free (loss->expression);
  loss->expression = g_strdup ("sigmoid_cross_entropy_with_logits(labels=y_target, logits=my_output)");
  stable = train (experiment);
  g_assert_cmpint (bp_trainer_get_status (stable), ==, BP_STATUS_FINISHED);
  g_assert_cmpfloat (get_accuracy (stable), >, 0.9);
}

/* The examples of FORMAT.md are experiments. */
static void
test_format (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "resources", "experiments", "FORMAT.md", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) blocks = NULL;
  guint n_examples = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  blocks = g_strsplit (text, "\n```", -1);
  for (guint i = 0; blocks[i] != NULL; i++)
    if (g_str_has_prefix (blocks[i], "ini\n"))
      {
        const char *example = blocks[i] + strlen ("ini\n");
        g_autoptr (BpExperiment) experiment = experiment_from_text (example);
        g_autoptr (BpTrainer) trainer = NULL;

        trainer = train (experiment);
        g_assert_cmpint (bp_trainer_get_status (trainer), ==, BP_STATUS_FINISHED);
        n_examples++;
      }
  g_assert_cmpuint (n_examples, ==, 4);
}

/* FORMAT.md tells of every function and every setting. */
static void
test_format_is_complete (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "resources", "experiments", "FORMAT.md", NULL);
  g_autofree char *text = NULL;
  BpOp op;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (guint i = 0; i < BP_N_OPS; i++)
    if (bp_op_find (bp_op_get_class (i)->name, &op))
      {
        g_autofree char *call = g_strdup_printf ("`%s(", bp_op_get_class (i)->name);

        g_assert_nonnull (strstr (text, call));
      }

  for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
    g_assert_nonnull (strstr (text, bp_optimizer_get_class (i)->name));
  for (guint i = 0; i < BP_N_PARAMETERS; i++)
    g_assert_nonnull (strstr (text, bp_optimizer_parameter_get_name (i)));
}

/* From the catalogue in the build folder. */
static void
test_translate (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autofree char *translations = g_test_build_filename (G_TEST_BUILT, "..", "resources", "po", NULL);

  g_assert_cmpstr (bp_builtin_translate (experiment->title), ==, "Regression");

  /* Any locale but C, where no other language is spoken. */
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("there is no locale de_DE.UTF-8");
      return;
    }
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  g_assert_cmpstr (bp_builtin_translate (experiment->title), ==, "回归");
  g_assert_cmpstr (bp_builtin_translate ("Mine alone"), ==, "Mine alone");
  g_assert_cmpstr (bp_builtin_translate (""), ==, "");

  setlocale (LC_ALL, "C");
  g_unsetenv ("LANGUAGE");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/builtin/names", test_names);
  g_test_add_func ("/builtin/files", test_files);
  g_test_add_func ("/builtin/texts", test_texts);
  g_test_add_func ("/builtin/unknown", test_unknown);
  g_test_add_func ("/builtin/nodes", test_nodes);
  g_test_add_func ("/builtin/settings", test_settings);
  g_test_add_func ("/builtin/convergence", test_convergence);
  g_test_add_func ("/builtin/xor", test_xor);
  g_test_add_func ("/builtin/logistic", test_logistic);
  g_test_add_func ("/builtin/swapped-labels", test_swapped_labels);
  g_test_add_func ("/builtin/wrong-sign", test_wrong_sign);
  g_test_add_func ("/builtin/gradients-not-reset", test_gradients_not_reset);
  g_test_add_func ("/builtin/naive-log-sigmoid", test_naive_log_sigmoid);
  g_test_add_func ("/builtin/format", test_format);
  g_test_add_func ("/builtin/format-is-complete", test_format_is_complete);
  g_test_add_func ("/builtin/translate", test_translate);

  return g_test_run ();
}
