/* test-example.c: the worked example that bp.h opens with
 *
 * The build takes the program out of the comment and compiles it; here it is run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp.h"

static char *
run_example (void)
{
  const char *argv[] = { EXAMPLE, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *complaint = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &printed, &complaint, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (complaint, ==, "");

  return g_steal_pointer (&printed);
}

static double
value_of (BpTrainer  *trainer,
          const char *name)
{
  guint node = bp_graph_find (bp_trainer_get_graph (trainer), name);

  return bp_session_get_value (bp_trainer_get_session (trainer), node)[0];
}

/* What it prints is the last update of the run, as the formulas of a textbook have it. */
static void
test_prints_last_update (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_builtin_load ("regression", &error);
  g_autoptr (BpTrainer) trainer = bp_trainer_new (experiment, &error);
  g_autofree char *printed = run_example ();
  g_autofree char *expected = NULL;
  double x, y, a, gradient, after;

  g_assert_no_error (error);

  bp_trainer_run (trainer, 99);
  a = value_of (trainer, "A");
  bp_trainer_run (trainer, 1);
  x = value_of (trainer, "x_data");
  y = value_of (trainer, "y_target");
  gradient = 2 * x * (x * a - y);
  after = a - 0.02 * gradient;

  expected = g_strdup_printf ("A = %.6f\nBefore its last update A = %.6f, and the gradient is %.6f\n",
                              after, a, gradient);
  g_assert_cmpstr (printed, ==, expected);
}

/* And a hundred iterations have brought it to where y ≈ A·x. */
static void
test_learns (void)
{
  g_autofree char *printed = run_example ();

  g_assert_true (g_str_has_prefix (printed, "A = "));
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (printed + strlen ("A = "), NULL), 9.9, 0.6);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/example/prints-last-update", test_prints_last_update);
  g_test_add_func ("/example/learns", test_learns);

  return g_test_run ();
}
