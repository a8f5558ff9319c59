/* test-command-changes.c: commands on runs whose settings change on the way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "figures/bp-figure.h"
#include "lib/command-runner.h"
#include "lib/figure-checks.h"

/* The first pays attention to the end of an iteration where the graph changes, the second to an infinity in the middle
 * of iterations, which does no harm. */
#define CHANGE "[Data]\nx=1\n[Variables]\nA=0\n[Model]\nloss=square(x * A - 10)\n[Changes]\n%d=BatchSize=2\n"
#define INFINITY_PASSED \
  "[Data]\nx=1\n[Variables]\nA=0\n[Model]\nbig=exp(1000 * x)\nloss=square(x * A - 10) + 1 / big\n" \
  "[Changes]\n3=BatchSize=2\n"

static char *
write_change (int iteration)
{
  g_autofree char *text = g_strdup_printf (CHANGE, iteration);

  return runner_write_file ("change.experiment", text);
}

/* Every row is there, with the numbers of arithmetic: all samples are 1, so that the batch size makes no difference. */
static void
assert_trace (const char *path)
{
  g_auto (Result) result = runner_run_on ("trace", path, "--iterations 6");
  g_auto (Table) trace = table_read (result.out);
  double a = 0;

  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpuint (trace.rows->len, ==, 6);
  for (guint row = 0; row < 6; row++)
    {
      const double after = a - 0.01 * 2 * (a - 10);

      g_assert_cmpfloat_with_epsilon (table_get_number (&trace, row, "A_before"), a, 1e-12);
      g_assert_cmpfloat_with_epsilon (table_get_number (&trace, row, "loss"), (a - 10) * (a - 10), 1e-12);
      g_assert_cmpfloat_with_epsilon (table_get_number (&trace, row, "A_gradient"), 2 * (a - 10), 1e-12);
      g_assert_cmpfloat_with_epsilon (table_get_number (&trace, row, "A_after"), after, 1e-12);
      g_assert_cmpfloat_with_epsilon (table_get_number (&trace, row, "loss_after"), (after - 10) * (after - 10), 1e-12);
      a = after;
    }
}

static void
test_trace (void)
{
  for (int iteration = 1; iteration <= 6; iteration++)
    {
      char *path = write_change (iteration);

      assert_trace (path);
      runner_remove_file (path);
    }
}

static void
test_train (void)
{
  char *path = write_change (5);
  g_auto (Result) result = runner_run_on ("train", path, "--report-every=1 --iterations=8");

  g_assert_cmpint (result.status, ==, 0);
  g_assert_null (strstr (result.out, "nan"));
  g_assert_nonnull (strstr (result.out, "Step #5 A = [0.96079203]\nLoss = [81.70728069"));
  runner_remove_file (path);
}

/* The plots that a regression has. */
#define N_PLOTS 4

/* Every figure, at the end of the iteration before the change, after it, and within that which it begins with. */
static void
assert_exports (const char *content,
                const char *place)
{
  char *path = runner_write_file ("export.experiment", content);
  g_autofree char *folder = make_folder ();
  g_autofree char *options = g_strdup_printf ("--figure all --format svg --output %s %s", folder, place);
  g_auto (Result) result = runner_run_on ("export", path, options);

  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpuint (remove_folder (folder), ==, BP_N_FIGURES - BP_N_PLOTS + N_PLOTS);
  runner_remove_file (path);
}

static void
test_export (void)
{
  static const char *const places[] = {
    "--iteration=2", "--iteration=3", "--iteration=4", "--iteration=3 --phase=update", "--iteration=4 --phase=update",
    "--iteration=4 --phase=feed", "--iteration=4 --phase=backward", "--iteration=4 --instruction=7",
  };
  g_autofree char *change = g_strdup_printf (CHANGE, 3);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      assert_exports (change, places[i]);
      assert_exports (INFINITY_PASSED, places[i]);
    }
}

#define GRAPH "--figure=graph --format=svg -o - "

/* The instructions are counted in the iteration shown: with a mean of the batch it has two more. */
static void
test_instructions (void)
{
  char *path = write_change (3);
  g_auto (Result) before = runner_run_on ("export", path, GRAPH "--iteration=3 --instruction=10");
  g_auto (Result) within = runner_run_on ("export", path, GRAPH "--iteration=4 --instruction=10");
  g_auto (Result) beyond = runner_run_on ("export", path, GRAPH "--iteration=4 --instruction=12");

  result_assert_fails (&before, 2, "from 1 to 9");
  g_assert_cmpint (within.status, ==, 0);
  result_assert_fails (&beyond, 2, "from 1 to 11");
  runner_remove_file (path);
}

static void
test_check (void)
{
  char *path = runner_write_file ("infinity.experiment", INFINITY_PASSED);
  g_auto (Result) result = runner_run_on ("check", path, "--iterations=10");

  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.out, "in 10 iterations"));
  runner_remove_file (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-changes/trace", test_trace);
  g_test_add_func ("/command-changes/train", test_train);
  g_test_add_func ("/command-changes/export", test_export);
  g_test_add_func ("/command-changes/instructions", test_instructions);
  g_test_add_func ("/command-changes/check", test_check);

  return g_test_run ();
}
