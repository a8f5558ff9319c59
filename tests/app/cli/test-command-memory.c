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

/* The least limit, in steps of 4 MiB, at which the program is loaded: libraries take more on some systems. */
static guint
find_least_limit (void)
{
  for (guint n_kib = 40960; n_kib < 300000; n_kib += 4096)
    {
      g_auto (Result) result = run_limited (n_kib, "list");

      if (result.status == 0)
        return n_kib + 4096;
    }
  g_assert_not_reached ();
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

/* At each limit from the least to @n_more KiB above it there is a result, or one sentence. The most is enough, the
 * least is not. */
static void
sweep (const char *arguments,
       guint       least,
       guint       n_more)
{
  guint n_done = 0, n_refused = 0;

  for (guint n_kib = least; n_kib <= least + n_more; n_kib += n_more / 8)
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
  guint least = find_least_limit ();
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

  sweep (train_data, least, 240000);
  sweep (train_wide, least, 240000);
  sweep (train_changes, least, 340000);
  sweep ("train regression --batch-size=300000 --iterations 4", least, 240000);
  sweep ("trace regression --batch-size=300000 --iterations 4", least, 240000);
  sweep (csv, least, 540000);
  sweep (svg, least, 540000);
  runner_remove_file (data);
  runner_remove_file (wide);
  runner_remove_file (changes);
}

static void
test_figures (void)
{
  static const char *const formats[] = { "svg", "pdf", "png", "tikz", "dot" };
  guint least = find_least_limit ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *arguments = g_strconcat ("export regression --figure graph --output - --format ", formats[i],
                                                NULL);

      sweep (arguments, least, 340000);
    }
  sweep ("export regression --figure view --format png --output - --width 3000px", least, 400000);
  sweep ("export regression --figure loss --sequence iterations --last 2 --format gif --output - --width 1600px", least,
         400000);
  sweep ("export regression --figure view --sequence nodes --last 1 --format pdf --output -", least, 400000);
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
