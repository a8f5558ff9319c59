/* test-command-train.c: train and check: the report, the verdict, and what options change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "lib/command-runner.h"
#include "lib/trainer-fixture.h"

/* The lines of the TensorFlow script, and the numbers those of the trace. */
static void
test_train_regression (void)
{
  g_autofree char *report = runner_run_well ("train regression");
  g_autofree char *csv = runner_run_well ("trace regression");
  g_auto (Table) trace = table_read (csv);
  g_auto (GStrv) lines = g_strsplit (report, "\n", -1);

  g_assert_cmpuint (trace.rows->len, ==, 100);
  g_assert_cmpuint (g_strv_length (lines), ==, 4 * 2 + 1);

  for (guint i = 0; i < 4; i++)
    {
      int step;
      double a, loss;

      g_assert_true (g_regex_match_simple ("^Step #[0-9]+ A = \\[[0-9]\\.[0-9]{1,8}\\]$", lines[2 * i], 0, 0));
      g_assert_true (g_regex_match_simple ("^Loss = \\[[0-9]+\\.[0-9]{1,8}(e-[0-9]{2})?\\]$", lines[2 * i + 1], 0, 0));
      g_assert_cmpint (sscanf (lines[2 * i], "Step #%d A = [%lf]", &step, &a), ==, 2);
      g_assert_cmpint (sscanf (lines[2 * i + 1], "Loss = [%lf]", &loss), ==, 1);
      g_assert_cmpint (step, ==, 25 * ((int) i + 1));
      g_assert_cmpfloat_with_epsilon (a, table_get_number (&trace, step - 1, "A_after"), 5.1e-9);
      g_assert_cmpfloat_with_epsilon (loss, table_get_number (&trace, step - 1, "loss_after"), 5.1e-9);
    }
}

static void
test_train_classification (void)
{
  g_autofree char *report = runner_run_well ("train classification");
  g_auto (GStrv) lines = g_strsplit (report, "\n", -1);
  double accuracy;

  g_assert_cmpuint (g_strv_length (lines), ==, 7 * 2 + 2);

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *start = g_strdup_printf ("Step #%u A = [", 200 * (i + 1));

      g_assert_true (g_str_has_prefix (lines[2 * i], start));
      g_assert_true (g_regex_match_simple ("^Loss = \\[\\[[0-9]\\.[0-9]*(e-[0-9]+)?\\]\\]$", lines[2 * i + 1], 0, 0));
    }

  g_assert_true (g_regex_match_simple ("^Ending accuracy = (0\\.[0-9]{1,2}|1\\.0)$", lines[14], 0, 0));
  g_assert_cmpint (sscanf (lines[14], "Ending accuracy = %lf", &accuracy), ==, 1);
  g_assert_cmpfloat (accuracy, >=, 0.93);
  g_assert_cmpfloat (accuracy, <=, 1);
}

/* The one that is there to show what a naive formula does. */
static gboolean
is_meant_to_diverge (const char *name)
{
  return g_str_equal (name, "naive-log-sigmoid");
}

/* Each built-in ends well, says where it ended, and its held-out rows apart where it has some. */
static void
test_train_builtins (void)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin (names[i]);
      g_autofree char *arguments = g_strdup_printf ("train %s --iterations 30 --report-every 20", names[i]);
      g_auto (Result) result = runner_run (arguments);

      if (is_meant_to_diverge (names[i]))
        {
          result_assert_fails (&result, 1, "Training stopped: in iteration ");
          /* With the initial values the same sample has no logarithm either. */
          g_assert_null (strstr (result.err, "learning rate"));
          continue;
        }

      g_assert_cmpstr (result.err, ==, "");
      g_assert_cmpint (result.status, ==, 0);
      g_assert_true (g_str_has_prefix (result.out, "Step #20 "));
      g_assert_nonnull (strstr (result.out, "\nStep #30 "));
      g_assert_true ((strstr (result.out, "\nEnding accuracy = ") != NULL) == (experiment->target != NULL));
      g_assert_true ((strstr (result.out, "\nEnding accuracy on held-out samples = ") != NULL) ==
                     (experiment->target != NULL && experiment->test_share > 0));
    }
}

static void
test_train_tensors (void)
{
  char *path = runner_write_file ("tensors.experiment", runner_tensor_experiment);
  g_auto (Result) result = runner_run_on ("train", path,
                                         "--set W=2 --set b=-1.25 --learning-rate 1e-12 --iterations 1");

  g_assert_cmpint (result.status, ==, 0);
  g_assert_true (g_str_has_prefix (result.out, "Step #1 W = [[2. 2. 2.] [2. 2. 2.]] b = [-1.25]\nLoss = "));
  runner_remove_file (path);
}

/* All agree, also where gradients add up, but for the one that has none any more. */
static void
test_check_builtins (void)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin (names[i]);
      g_autofree char *arguments = g_strdup_printf ("check %s", names[i]);
      g_auto (Result) result = runner_run (arguments);

      for (guint j = 0; j < experiment->variables->len; j++)
        {
          const BpVariable *variable = g_ptr_array_index (experiment->variables, j);
          g_autofree char *row = g_strdup_printf ("\n%s ", variable->name);

          g_assert_nonnull (strstr (result.out, row));
        }

      if (is_meant_to_diverge (names[i]))
        result_assert_fails (&result, 1, "Training stopped");
      else
        {
          g_assert_cmpstr (result.err, ==, "");
          g_assert_cmpint (result.status, ==, 0);
          g_assert_nonnull (strstr (result.out, "\nGradients agree with central differences to "));
          g_assert_cmpint (strstr (result.out, "\nGradients are not reset") != NULL, ==,
                           experiment->settings.keep_gradients);
        }
    }
}

/* The rows up to the last finite state come out, and then the reason. */
static void
test_divergence (void)
{
  const char *const columns[] = { "A_before", "loss", "A_gradient", "A_after" };
  g_auto (Result) trace = runner_run ("trace regression --learning-rate 1000");
  g_auto (Result) train = runner_run ("train regression --learning-rate 1000");
  g_auto (Result) check = runner_run ("check regression --learning-rate 1000");
  g_auto (Table) table = table_read (trace.out);
  g_autofree char *where = g_strdup_printf ("in iteration %u “loss” is no longer a finite number", table.rows->len + 1);
  g_autofree char *last = g_strdup_printf ("Step #%u A = [", table.rows->len);

  g_assert_cmpuint (table.rows->len, >, 10);
  g_assert_cmpuint (table.rows->len, <, 100);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_assert_true (isfinite (table_get_number (&table, table.rows->len - 1, columns[i])));

  result_assert_fails (&trace, 1, where);
  result_assert_fails (&train, 1, where);
  result_assert_fails (&check, 1, where);
  g_assert_nonnull (strstr (train.out, last));
}

static void
assert_says (const char *path,
             const char *command,
             const char *options,
             const char *expected)
{
  g_auto (Result) result = runner_run_on (command, path, options);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (result.err, ==, expected);
}

/* A saved run whose data file has changed trains all the same, and says so in one line. */
static void
test_changed_data (void)
{
  static const struct {
    const char *command;
    const char *options;
  } runs[] = {
    { "train", "" }, { "trace", "--nodes" }, { "check", "" }, { "export", "--figure loss --format csv --output -" },
  };
  static const char changed[] =
    "backprop-lab: The data in “d.csv” have changed since this run was saved, so its numbers are different now.\n";
  g_autofree char *path = runner_write_file ("saved.experiment",
    "[Data]\nFile=d.csv\n[Variables]\nA=0\n[Model]\nloss=square(x*A-y)\n[Session]\nIteration=3\nInstruction=0\n"
    "DataDigest=26d5fb10a3cab67fe16105f1aae10fb52c4b5e259cca41230fce09c7562d766d\n"
    "[Ghost 1/Data]\nFile=d.csv\n[Ghost 1/Variables]\nA=1\n[Ghost 1/Model]\nloss=square(x*A-y)\n");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *csv = g_build_filename (folder, "d.csv", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_assert_true (g_file_set_contents (csv, "x,y\n1,5\n2,4\n", -1, NULL));
      assert_says (path, runs[i].command, runs[i].options, "");
      g_assert_true (g_file_set_contents (csv, "x,y\n1,5\n2,4.5\n", -1, NULL));
      assert_says (path, runs[i].command, runs[i].options, changed);
    }
  g_unlink (csv);
  runner_remove_file (g_steal_pointer (&path));
}

/* One note on standard error, at every batch size; the report is what it is without it. */
static void
test_stretch (void)
{
  static const char note[] = "backprop-lab: Two vectors, “prediction” [batch, 1] and “y” [batch], become a [batch, "
                             "batch] matrix in “subtract”; expand_dims(y, 1) is probably meant.\n";
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cases", "broadcast", "trap.experiment", NULL);
  g_auto (Result) four = runner_run_on ("train", path, "");
  g_auto (Result) one = runner_run_on ("train", path, "--batch-size 1");
  g_auto (GStrv) lines = g_strsplit (four.out, "\n", -1);

  g_assert_cmpint (four.status, ==, 0);
  g_assert_cmpstr (four.err, ==, note);
  g_assert_cmpuint (g_strv_length (lines), ==, 8 * 2 + 1);
  for (guint i = 0; i < 8; i++)
    {
      g_assert_true (g_str_has_prefix (lines[2 * i], "Step #"));
      g_assert_true (g_str_has_prefix (lines[2 * i + 1], "Loss = "));
    }

  g_assert_cmpint (one.status, ==, 0);
  g_assert_cmpstr (one.err, ==, note);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-train/regression", test_train_regression);
  g_test_add_func ("/command-train/classification", test_train_classification);
  g_test_add_func ("/command-train/builtins", test_train_builtins);
  g_test_add_func ("/command-train/tensors", test_train_tensors);
  g_test_add_func ("/command-train/check-builtins", test_check_builtins);
  g_test_add_func ("/command-train/divergence", test_divergence);
  g_test_add_func ("/command-train/changed-data", test_changed_data);
  g_test_add_func ("/command-train/stretch", test_stretch);

  return g_test_run ();
}
