/* test-command-memory.c: with too little memory a command fails as for any other reason
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "lib/command-runner.h"

/* Runs with so many KiB of addresses. A program that cannot even be loaded is no result. */
static Result
run_limited (guint       n_kib,
             const char *arguments)
{
  g_autofree char *script = g_strdup_printf ("ulimit -c 0; ulimit -v %u; exec \"$0\" %s", n_kib, arguments);

  return runner_run_shell (script);
}

static void
assert_refused (const Result *result)
{
  result_assert_fails (result, 1, "more memory than there is");
  g_assert_null (strstr (result->out, "nan"));
}

/* What was reported: a loss that was no number, and an abort. */
static void
test_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "large.gif", NULL);
  g_autofree char *gif = g_strdup_printf ("export regression --figure graph --sequence phases --last 1 --width 8000px "
                                          "--height 8000px --output %s", path);
  g_auto (Result) train = run_limited (153600, "train regression --batch-size=1000000");
  g_auto (Result) export = run_limited (450000, gif);

  assert_refused (&train);
  g_assert_cmpstr (train.out, ==, "");
  assert_refused (&export);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* At each limit there is a result, or one sentence; and with more memory than at some limit there is one. */
static void
sweep (const char *arguments,
       guint       first,
       guint       last)
{
  guint n_done = 0, n_refused = 0;

  for (guint n_kib = first; n_kib <= last; n_kib += (last - first) / 8)
    {
      g_auto (Result) result = run_limited (n_kib, arguments);

      g_test_message ("%u KiB: %s: %d %s", n_kib, arguments, result.status, result.err);
      if (result.status == 0)
        {
          g_assert_cmpstr (result.err, ==, "");
          g_assert_null (strstr (result.out, "nan"));
          n_done++;
        }
      else
        {
          assert_refused (&result);
          n_refused++;
        }
    }
  g_assert_cmpuint (n_done, >, 0);
  g_assert_cmpuint (n_refused, >, 0);
}

static void
test_commands (void)
{
  char *data = runner_write_file ("data.experiment",
                                  "[Experiment]\nIterations=4\n[Data]\nSamples=400000\nx=normal(1, 0.1)\ny=10\n"
                                  "[Variables]\nA=1\n[Model]\nloss=square(x * A - y)\n");
  char *wide = runner_write_file ("wide.experiment",
                                  "[Experiment]\nIterations=4\n[Variables]\nW=normal(0, 1) [200000]\n[Model]\n"
                                  "loss=reduce_mean(square(W))\n[Optimizer]\nName=adam\n");
  char *changes = runner_write_file ("changes.experiment",
                                     "[Experiment]\nIterations=8\n[Data]\nx=1\n[Variables]\nA=1\n[Model]\n"
                                     "loss=square(x * A)\n[Changes]\n4=BatchSize=500000\n");
  g_autofree char *train_data = g_strconcat ("train ", data, NULL);
  g_autofree char *csv = g_strconcat ("export --figure data --format csv --output - --iteration 1 ", data, NULL);
  g_autofree char *svg = g_strconcat ("export --figure data --format svg --output - --iteration 1 ", data, NULL);
  g_autofree char *train_wide = g_strconcat ("train ", wide, NULL);
  g_autofree char *train_changes = g_strconcat ("train ", changes, NULL);

  sweep (train_data, 60000, 300000);
  sweep (train_wide, 60000, 300000);
  sweep (train_changes, 60000, 400000);
  sweep ("train regression --batch-size=300000 --iterations 4", 60000, 300000);
  sweep ("trace regression --batch-size=300000 --iterations 4", 60000, 300000);
  sweep (csv, 80000, 600000);
  sweep (svg, 80000, 600000);
  runner_remove_file (data);
  runner_remove_file (wide);
  runner_remove_file (changes);
}

static void
test_figures (void)
{
  static const char *const formats[] = { "svg", "pdf", "png", "tikz", "dot" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *arguments = g_strconcat ("export regression --figure graph --output - --format ", formats[i],
                                                NULL);

      sweep (arguments, 60000, 400000);
    }
  sweep ("export regression --figure view --format png --output - --width 3000px", 60000, 460000);
  sweep ("export regression --figure loss --sequence iterations --last 2 --format gif --output - --width 1600px", 60000,
         460000);
  sweep ("export regression --figure view --sequence nodes --last 1 --format pdf --output -", 60000, 460000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  /* Sanitizers take more addresses than any limit leaves, and end the program themselves. */
#if !defined __SANITIZE_ADDRESS__
  g_test_add_func ("/command-memory/refused", test_refused);
  g_test_add_func ("/command-memory/commands", test_commands);
  g_test_add_func ("/command-memory/figures", test_figures);
#endif

  return g_test_run ();
}
