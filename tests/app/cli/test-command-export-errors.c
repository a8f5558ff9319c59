/* test-command-export-errors.c: the command export: what is refused, and what fails
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/cli/command-export-fixture.h"

/* Wrong use */

/* What is given, and what the sentence has in it. */
static const struct {
  const char *arguments;
  const char *text;
} wrong_uses[] = {
  { "", "needs an experiment" },
  { "regression", "graph, variable, loss, curve, data, confusion, accuracy, gradients, activations, learning-rate, "
                  "explanation, neurons, side-by-side, view, all" },
  { "regression --figure loss", "needs --output" },
  { "regression --figure los --output %s/a.svg", "loss" },
  { "regression --figure sunset --output %s/a.svg", "explanation" },
  { "regression --figure loss --output %s/a", "svg, pdf, png, tikz, dot, csv" },
  { "regression --figure loss --output %s/a.jpg", "--format" },
  { "regression --figure loss --output -", "--format" },
  { "regression --figure loss --output %s/a.svg --format jpeg", "--format" },
  { "regression --figure loss --output %s/a.dot", "svg, pdf, png, tikz, csv" },
  { "regression --figure view --output %s/a.dot", "svg, pdf, png, tikz" },
  { "regression --figure explanation --output %s/a.csv", "svg, pdf, png, tikz" },
  { "regression --figure loss --output %s/a.svg --width 10", "48px to 20000px" },
  { "regression --figure loss --output %s/a.svg --width 5mm", "“5mm”" },
  { "regression --figure loss --output %s/a.svg --width 6m", "px, mm, cm, in or pt" },
  { "regression --figure loss --output %s/a.svg --width wide", "“wide”" },
  { "regression --figure loss --output %s/a.svg --width ''", "--width" },
  { "regression --figure loss --output %s/a.svg --width 1e999", "--width" },
  { "regression --figure loss --output %s/a.svg --height 30000", "--height" },
  { "regression --figure loss --output %s/a.svg --font-size 1", "4px to 200px" },
  { "regression --figure loss --output %s/a.svg --scale 0", "0.1 to 20" },
  { "regression --figure loss --output %s/a.svg --scale two", "--scale" },
  { "regression --figure loss --output %s/a.svg --theme sepia", "--theme" },
  { "regression --figure loss --output %s/a.svg --log --linear", "exclude" },
  { "regression --figure loss --output %s/a.svg --smoothing 1", "between 0 and 1" },
  { "regression --figure loss --output %s/a.svg --parameter B", "--parameter" },
  { "regression --figure loss --output %s/a.svg --iteration 101", "--iteration" },
  { "regression --figure loss --output %s/a.svg --iteration -1", "--iteration" },
  { "regression --figure loss --output %s/a.svg --iteration 0 --phase feed", "--iteration" },
  { "regression --figure loss --output %s/a.svg --iteration half", "--iteration" },
  { "regression --figure loss --output %s/a.svg --phase middle", "--phase" },
  { "regression --figure loss --output %s/a.svg --instruction 10", "--instruction" },
  { "regression --figure loss --output %s/a.svg --instruction 0", "--instruction" },
  { "regression --figure loss --output %s/a.svg --instruction 1 --phase feed", "exclude" },
  { "regression --figure all --output %s/none", "none" },
  { "regression --figure all --output -", "folder" },
  { "regression --figure loss --output %s/a.svg more", "more" },
  { "nothing --figure loss --output %s/a.svg", "nothing" },
};

static void
test_wrong_use (void)
{
  g_autofree char *folder = make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong_uses); i++)
    {
      g_auto (Result) result = run_export (folder, wrong_uses[i].arguments);

      g_test_message ("%s", wrong_uses[i].arguments);
      g_assert_cmpstr (result.out, ==, "");
      if (strstr (wrong_uses[i].arguments, "nothing") == NULL)
        result_assert_fails (&result, 2, wrong_uses[i].text);
      else
        result_assert_fails (&result, result.status, wrong_uses[i].text);
    }
  g_assert_cmpuint (remove_folder (folder), ==, 0);
}

/* Failures */

static void
test_diverged (void)
{
  g_autofree char *folder = make_folder ();
  g_auto (Result) beyond = run_export (folder, "regression --learning-rate 1e5 --figure loss --output %s/a.svg "
                                               "--iteration 90");

  result_assert_fails (&beyond, 1, "Training stopped");
  run_export_well (folder, "regression --learning-rate 1e5 --figure explanation --output %s/a.svg");
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

static void
test_too_large (void)
{
  g_autofree char *folder = make_folder ();
  g_auto (Result) result = run_export (folder, "regression --figure loss --output %s/a.png --width 20000px --scale 20");

  result_assert_fails (&result, 1, "pixels");
  g_assert_cmpuint (remove_folder (folder), ==, 0);
}

/* The old file stays, whatever goes wrong. */
static void
test_files (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *taken = g_build_filename (folder, "taken.svg", NULL);
  g_autofree char *script = NULL, *quoted = NULL, *old = NULL;
  gsize size;

  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  g_auto (Result) in_the_way = run_export (folder, "regression --figure loss --output %s/taken.svg");
  result_assert_fails (&in_the_way, 1, "is a folder");
  g_auto (Result) nowhere = run_export (folder, "regression --figure loss --output %s/none/a.svg");
  result_assert_fails (&nowhere, 1, "none/a.svg");
  g_assert_cmpint (g_rmdir (taken), ==, 0);

  run_export_well (folder, "regression --figure loss --output %s/a.svg");
  old = load_file (folder, "a.svg", &size);
  quoted = g_shell_quote (folder);
  script = g_strdup_printf ("ulimit -f 8; exec \"$0\" export xor --figure view --output %s/a.svg",
                            quoted);
  g_auto (Result) full = runner_run_shell (script);
  result_assert_fails (&full, 1, "a.svg");
  g_autofree char *now = load_file (folder, "a.svg", &size);
  g_assert_cmpstr (now, ==, old);
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-export-errors/wrong-use", test_wrong_use);
  g_test_add_func ("/command-export-errors/diverged", test_diverged);
  g_test_add_func ("/command-export-errors/too-large", test_too_large);
  g_test_add_func ("/command-export-errors/files", test_files);

  return g_test_run ();
}
