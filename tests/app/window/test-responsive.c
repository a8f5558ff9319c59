/* test-responsive.c: nothing that the window shows of a heavy experiment makes the main loop stand still
 *
 * What one turn of the main loop takes is counted in processor time of its thread, so that it does not matter what else
 * the machine does, and with a limit for machines that are slow: these experiments took from a second to minutes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <time.h>

#include "lib/heavy-experiments.h"
#include "lib/window-fixture.h"

/* Seconds; the sanitizers make everything some times as long. */
#define LIMIT 5.0

static double
get_processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

/* Lets the main loop turn for a while, and each turn end soon. */
static void
turn (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + 1000 * (gint64) milliseconds;

  while (g_get_monotonic_time () < end)
    {
      double start = get_processor_time ();

      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
      g_assert_cmpfloat (get_processor_time () - start, <, LIMIT);
    }
}

static void
check (Fixture *fixture,
       char    *text)
{
  g_autofree char *owned = text;
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (owned, -1, "heavy", NULL, &error);
  double start = get_processor_time ();

  g_assert_no_error (error);
  g_assert_true (bp_run_load (fixture->run, experiment, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (get_processor_time () - start, <, LIMIT);
  turn (300);
  for (guint i = 0; i < 3; i++)
    {
      bp_run_step (fixture->run, i == 0 ? BP_STEP_NODE : BP_STEP_PHASE, 1);
      turn (50);
    }
  bp_run_set_speed (fixture->run, 0);
  bp_run_set_playing (fixture->run, TRUE);
  turn (100);
  bp_run_set_playing (fixture->run, FALSE);
  turn (50);
}

static void
test_matrices (Fixture                  *fixture,
               G_GNUC_UNUSED const void *data)
{
  check (fixture, write_matrices (200));
}

static void
test_trap (Fixture                  *fixture,
           G_GNUC_UNUSED const void *data)
{
  check (fixture, write_trap (10000));
}

static void
test_variables (Fixture                  *fixture,
                G_GNUC_UNUSED const void *data)
{
  check (fixture, write_variables (10000));
}

static void
test_network (Fixture                  *fixture,
              G_GNUC_UNUSED const void *data)
{
  check (fixture, write_network (100));
}

static void
test_columns (Fixture                  *fixture,
              G_GNUC_UNUSED const void *data)
{
  check (fixture, write_columns (64));
}

/* Another experiment comes while threads still work on the one before. */
static void
test_one_after_the_other (Fixture                  *fixture,
                          G_GNUC_UNUSED const void *data)
{
  for (guint i = 0; i < 5; i++)
    {
      check (fixture, write_matrices (100 + i));
      check (fixture, write_chain (300));
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/responsive/matrices", Fixture, NULL, set_up, test_matrices, tear_down);
  g_test_add ("/responsive/trap", Fixture, NULL, set_up, test_trap, tear_down);
  g_test_add ("/responsive/variables", Fixture, NULL, set_up, test_variables, tear_down);
  g_test_add ("/responsive/network", Fixture, NULL, set_up, test_network, tear_down);
  g_test_add ("/responsive/columns", Fixture, NULL, set_up, test_columns, tear_down);
  g_test_add ("/responsive/one-after-the-other", Fixture, NULL, set_up, test_one_after_the_other, tear_down);

  return run_tests ();
}
