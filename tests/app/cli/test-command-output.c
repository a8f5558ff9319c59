/* test-command-output.c: what standard output gets, whatever the locale, and what happens when it fails
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>

#include "cli/bp-command.h"
#include "lib/command-runner.h"

/* The texts are those of numpy.array_str (array, max_line_width=10**9) of NumPy 1.24.2, runs of blanks made one. */
typedef struct {
  BpShape     shape;
  double      values[6];
  const char *text;
} Case;

#define VECTOR(n) { 1, { n, 1, 1, 1 } }

static const Case cases[] = {
  { VECTOR (1), { 6.12853956 }, "[6.12853956]" },
  { VECTOR (1), { 9.9 }, "[9.9]" },
  { VECTOR (1), { 10 }, "[10.]" },
  { VECTOR (1), { 0 }, "[0.]" },
  { VECTOR (1), { -0.0 }, "[-0.]" },
  { VECTOR (1), { 1 / 3.0 }, "[0.33333333]" },
  { VECTOR (1), { -2.5 }, "[-2.5]" },
  { VECTOR (1), { 1.65840157e-07 }, "[1.65840157e-07]" },
  { VECTOR (1), { 123456789 }, "[1.23456789e+08]" },
  { VECTOR (1), { 99999999.5 }, "[99999999.5]" },
  { VECTOR (1), { 1e8 }, "[1.e+08]" },
  { VECTOR (1), { 1e-4 }, "[0.0001]" },
  { VECTOR (1), { 9.999e-5 }, "[9.999e-05]" },
  { VECTOR (1), { 1e-300 }, "[1.e-300]" },
  { VECTOR (1), { 1.7e308 }, "[1.7e+308]" },
  { VECTOR (1), { 5e-9 }, "[5.e-09]" },
  { VECTOR (1), { 0.999999999 }, "[1.]" },
  { { 2, { 1, 1, 1, 1 } }, { 0.45 }, "[[0.45]]" },
  { VECTOR (3), { 1.5, 2.25, -3 }, "[1.5 2.25 -3.]" },
  { VECTOR (2), { 1, 1000 }, "[1. 1000.]" },
  { VECTOR (2), { 1, 1001 }, "[1.000e+00 1.001e+03]" },
  { VECTOR (2), { 0, 1e-5 }, "[0.e+00 1.e-05]" },
  { VECTOR (2), { 1e-5, 1.25e-5 }, "[1.00e-05 1.25e-05]" },
  { VECTOR (2), { NAN, 1.5 }, "[nan 1.5]" },
  { VECTOR (2), { INFINITY, -INFINITY }, "[inf -inf]" },
  { VECTOR (3), { 0, NAN, 2e-7 }, "[0.e+00 nan 2.e-07]" },
  { { 2, { 2, 3, 1, 1 } }, { 0, 1, 2, 3, 4, 5 }, "[[0. 1. 2.] [3. 4. 5.]]" },
  { { 3, { 2, 1, 2, 1 } }, { 1, 2, 3, 4.5 }, "[[[1. 2.]] [[3. 4.5]]]" },
  /* Python's own text for a number that is not in an array. */
  { { 0, { 1, 1, 1, 1 } }, { 16.45088196 }, "16.45088196" },
  { { 0, { 1, 1, 1, 1 } }, { 10 }, "10.0" },
};

static void
test_array (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new ("A = ");
      g_autofree char *expected = g_strconcat ("A = ", cases[i].text, NULL);

      bp_command_append_array (text, &cases[i].shape, cases[i].values);
      g_assert_cmpstr (text->str, ==, expected);
    }
}

static void
assert_counting (const BpShape *shape,
                 const char    *expected)
{
  gsize n = bp_shape_get_n_elements (shape);
  g_autofree double *values = g_new (double, n);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    values[i] = (double) i;
  bp_command_append_array (text, shape, values);

  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_array_summary (void)
{
  const BpShape vector = VECTOR (1001), matrix = { 2, { 2, 501, 1, 1 } }, whole = { 2, { 2, 3, 1, 1 } };

  assert_counting (&vector, "[0. 1. 2. ... 998. 999. 1000.]");
  assert_counting (&matrix,
                   "[[0.000e+00 1.000e+00 2.000e+00 ... 4.980e+02 4.990e+02 5.000e+02] "
                   "[5.010e+02 5.020e+02 5.030e+02 ... 9.990e+02 1.000e+03 1.001e+03]]");
  assert_counting (&whole, "[[0. 1. 2.] [3. 4. 5.]]");
}

/* A reader that has seen enough is no reason to complain. */
static void
test_closed_pipe (void)
{
  g_auto (Result) result = runner_run_shell ("{ \"$0\" trace classification; echo $? >&2; } | head -n 1");

  g_assert_true (g_str_has_prefix (result.out, "iteration,A_before,"));
  g_assert_cmpstr (result.err, ==, "1\n");
}

static void
test_closed_output (void)
{
  g_auto (Result) result = runner_run_shell ("exec \"$0\" list >&-");

  result_assert_fails (&result, 1, "standard output");
}

static void
test_full_disk (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", &error);
  g_autofree char *file = g_build_filename (folder, "trace.csv", NULL);
  g_autofree char *quoted = g_shell_quote (file);
  g_autofree char *script = g_strdup_printf ("ulimit -f 8; exec \"$0\" trace classification > %s",
                                             quoted);
  g_auto (Result) result = runner_run_shell (script);

  result_assert_fails (&result, 1, "standard output");
  g_assert_cmpint (g_remove (file), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static Result
run_in_locale (const char        *locale,
               const char *const *argv)
{
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LC_ALL", locale, TRUE);

  return runner_spawn ((char **) argv, environment);
}

static Result
run_in_german (const char *const *argv)
{
  return run_in_locale ("de_DE.UTF-8", argv);
}

/* Where there are only ASCII's quotation marks. */
static void
test_ascii (void)
{
  const char *const argv[] = { runner_get_program (), "train", "nothing", NULL };
  g_auto (Result) result = run_in_locale ("C", argv);

  result_assert_fails (&result, 2, "\"nothing\"");
}

/* Where people write 0,5 files and the command line still have 0.5. */
static void
test_locale (void)
{
  const char *const point_argv[] = { "locale", "decimal_point", NULL };
  const char *const trace_argv[] = { runner_get_program (), "trace", "regression", "--learning-rate", "0.03", NULL };
  const char *const train_argv[] = { runner_get_program (), "train", "regression", "--learning-rate", "0.03", NULL };
  g_auto (Result) point = run_in_german (point_argv);

  if (g_strcmp0 (point.out, ",\n") != 0)
    {
      g_test_skip ("there is no locale de_DE.UTF-8");
      return;
    }

  g_autofree char *trace = runner_run_well ("trace regression --learning-rate 0.03");
  g_autofree char *train = runner_run_well ("train regression --learning-rate 0.03");
  g_auto (Result) local_trace = run_in_german (trace_argv);
  g_auto (Result) local_train = run_in_german (train_argv);

  g_assert_cmpstr (local_trace.out, ==, trace);
  g_assert_cmpstr (local_train.out, ==, train);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-output/array", test_array);
  g_test_add_func ("/command-output/array-summary", test_array_summary);
  g_test_add_func ("/command-output/closed-pipe", test_closed_pipe);
  g_test_add_func ("/command-output/closed", test_closed_output);
  g_test_add_func ("/command-output/full-disk", test_full_disk);
  g_test_add_func ("/command-output/locale", test_locale);
  g_test_add_func ("/command-output/ascii", test_ascii);

  return g_test_run ();
}
