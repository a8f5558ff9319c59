/* test-command-line.c: commands, their help, and every way to use them wrongly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "experiment/bp-builtin.h"
#include "lib/command-runner.h"
#include "lib/trainer-fixture.h"

static void
test_help (void)
{
  const char *const commands[] = { "list", "train", "trace", "check", "export" };
  g_autofree char *help = runner_run_well ("--help");
  g_autofree char *short_help = runner_run_well ("-h");

  g_assert_cmpstr (help, ==, short_help);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *mention = g_strdup_printf ("\n  backprop-lab %s ", commands[i]);
      g_autofree char *arguments = g_strdup_printf ("%s --help", commands[i]);
      g_autofree char *usage = g_strdup_printf ("backprop-lab %s ", commands[i]);
      g_autofree char *command_help = runner_run_well (arguments);

      g_assert_nonnull (strstr (help, mention));
      g_assert_nonnull (strstr (command_help, usage));
      g_assert_true ((strstr (command_help, "--learning-rate=NUMBER") != NULL) == (i > 0));
      g_assert_true ((strstr (command_help, "--nodes") != NULL) == g_str_equal (commands[i], "trace"));
    }
}

static void
test_version (void)
{
  g_autofree char *version = runner_run_well ("--version");

  g_assert_true (g_regex_match_simple ("^backprop-lab [0-9]+\\.[0-9]+\\.[0-9]+\\n$", version, 0, 0));
}

static void
test_list (void)
{
  g_autofree char *list = runner_run_well ("list");
  g_auto (GStrv) lines = g_strsplit (list, "\n", -1);
  const char *const *names = bp_builtin_get_names ();

  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length ((char **) names) + 1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_true (g_str_has_prefix (lines[i], names[i]));
      g_assert_cmpint (lines[i][strlen (names[i])], ==, ' ');
      g_assert_cmpuint (strlen (lines[i]), >, strlen (names[i]) + 10);
    }
}

/* What is given, and what the sentence has in it. */
static const struct {
  const char *arguments;
  const char *sentence;
} wrong_uses[] = {
  { "trian", "There is no command or file “trian”; did you mean “train”?" },
  { "draw", "There is no command or file “draw”" },
  { "''", "There is no command or file “”" },
  { "--nonsense", "There is no option “--nonsense”" },
  { "-x list", "There is no option “-x”" },
  { "list more", "“list” does not take “more”" },
  { "list --seed 1", "Unknown option --seed" },
  { "train", "“train” needs an experiment" },
  { "trace --nodes", "“trace” needs an experiment" },
  { "train regression classification", "“train” does not take “classification”" },
  { "train regresion", "“regresion”; did you mean “regression”?" },
  { "train xyzzy", "There is no built-in experiment or file “xyzzy”" },
  { "train regression --nodes", "Unknown option --nodes" },
  { "train regression --seed", "Missing argument for --seed" },
  { "train regression --seed -1", "--seed: “-1” is not a whole number from 0" },
  { "train regression --seed 18446744073709551616", "--seed: “18446744073709551616”" },
  { "train regression --seed 4x", "--seed: “4x”" },
  { "train regression --iterations 0", "--iterations: “0” is not a whole number from 1 to 1000000000" },
  { "train regression --iterations 1e3", "--iterations: “1e3”" },
  { "train regression --iterations 1000000001", "--iterations: “1000000001”" },
  { "train regression --iterations 99999999999999999999", "--iterations: “99999999999999999999”" },
  { "train regression --batch-size 0", "--batch-size: “0” is not a whole number from 1 to 1000000" },
  { "train regression --batch-size -3", "--batch-size: “-3”" },
  { "train regression --report-every 0", "--report-every: “0”" },
  { "train regression --report-every ''", "--report-every: " },
  { "train regression --learning-rate 0", "--learning-rate: " },
  { "train regression --learning-rate -0.1", "--learning-rate: " },
  { "train regression --learning-rate 1e7", "--learning-rate: " },
  { "train regression --learning-rate 0,02", "--learning-rate: “0,02” has a decimal comma; did you mean “0.02”?" },
  { "train regression --learning-rate nan", "--learning-rate: " },
  { "train regression --learning-rate inf", "--learning-rate: " },
  { "train regression --optimizer adm", "--optimizer: unknown optimizer “adm”; did you mean “adam”?" },
  { "train regression --optimizer lbfgs", "gradient-descent, momentum, nesterov, adagrad, rmsprop, adam" },
  { "train regression --set A", "--set: “A” is not of the form NAME=VALUE" },
  { "train regression --set a=1", "--set: there is no variable “a”; did you mean “A”?" },
  { "train regression --set x_data=1", "--set: there is no variable “x_data”" },
  { "train regression --set =1", "--set: there is no variable “”" },
  { "train regression --set A=", "--set: " },
  { "train regression --set A=ten", "--set: “ten” is not a number" },
  { "train regression --set A=1e999", "--set: “1e999”" },
  { "train regression --set A=1 --set B=2", "--set: there is no variable “B”" },
  { "train xor --set V[3,0]=1", "--set: “V” has shape [3, 1] and no element “[3,0]”; indices count from 0" },
  { "train xor --set V[0]=1", "--set: “V” has shape [3, 1] and no element “[0]”" },
  { "train xor --set U[0]=1", "--set: there is no variable “U”; known: W1, W2, b, V, c" },
  { "train xor --set b=[1,2]", "--set: the shape is [2], but that of “b” is [3]" },
  { "train xor --set V=[[1],[2,3],[4]]", "--set: column 6: this row has length 2, but the first has length 1" },
  { ". more", "“more” is not an experiment file; the window opens only those" },
  { ". --nodes", "“--nodes” is not an experiment file; the window opens only those" },
};

/* Wrong use: exit status 2, one sentence, nothing on standard output. */
static void
test_usage (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_uses); i++)
    {
      g_auto (Result) result = runner_run (wrong_uses[i].arguments);

      g_test_message ("%s", wrong_uses[i].arguments);
      result_assert_fails (&result, 2, wrong_uses[i].sentence);
      g_assert_cmpstr (result.out, ==, "");
    }
}

/* Failures: exit status 1, one sentence that says which file. */
static void
test_failures (void)
{
  static const struct {
    const char *arguments;
    const char *sentence;
  } cases[] = {
    { "train missing.experiment", "missing.experiment" },
    { "train ./missing", "./missing" },
    { "check /", "/" },
    { "trace /dev/null", "/dev/null" },
    { "missing.experiment", "missing.experiment" },
  };
  char *path = runner_write_file ("broken.experiment", "[Experiment]\nTitle=Broken\n[Model]\nloss=square(A)\n");
  g_auto (Result) broken = runner_run_on ("train", path, "");

  result_assert_fails (&broken, 1, path);
  g_assert_cmpstr (broken.out, ==, "");
  runner_remove_file (path);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Result) result = runner_run (cases[i].arguments);

      g_test_message ("%s", cases[i].arguments);
      result_assert_fails (&result, 1, cases[i].sentence);
      g_assert_cmpstr (result.out, ==, "");
    }
}

/* A file trains as the built-in it was copied from does, from any folder. */
static void
test_file (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autofree char *data = NULL;
  g_autofree char *expected = runner_run_well ("trace regression");
  char *path;

  data = bp_experiment_to_data (experiment);
  path = runner_write_file ("a copy.experiment", data);

  g_auto (Result) result = runner_run_on ("trace", path, "");

  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpstr (result.out, ==, expected);
  runner_remove_file (path);
}

static void
test_window_without_display (void)
{
  g_auto (Result) result = runner_run ("");

  result_assert_fails (&result, 1, "There is no display");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-line/help", test_help);
  g_test_add_func ("/command-line/version", test_version);
  g_test_add_func ("/command-line/list", test_list);
  g_test_add_func ("/command-line/usage", test_usage);
  g_test_add_func ("/command-line/failures", test_failures);
  g_test_add_func ("/command-line/file", test_file);
  g_test_add_func ("/command-line/window-without-display", test_window_without_display);

  return g_test_run ();
}
