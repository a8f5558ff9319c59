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

static gboolean
wake_cb (G_GNUC_UNUSED gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the main loop turn for a while, and each turn end soon. */
static void
turn (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + 1000 * (gint64) milliseconds;
  guint source = g_timeout_add (10, wake_cb, NULL);

  while (g_get_monotonic_time () < end)
    {
      double start = get_processor_time ();

      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpfloat (get_processor_time () - start, <, LIMIT);
    }
  g_source_remove (source);
}

static void
check (Fixture *fixture,
       char    *text)
{
  double start = get_processor_time ();

  load_text (fixture->run, text);
  g_free (text);
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
test_matrices (Fixture *fixture)
{
  check (fixture, write_matrices (200));
}

static void
test_trap (Fixture *fixture)
{
  check (fixture, write_trap (10000));
}

static void
test_variables (Fixture *fixture)
{
  check (fixture, write_variables (10000));
}

static void
test_network (Fixture *fixture)
{
  check (fixture, write_network (100));
}

static void
test_columns (Fixture *fixture)
{
  check (fixture, write_columns (64));
}

/* Another experiment comes while threads still work on the one before. */
static void
test_one_after_the_other (Fixture *fixture)
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

  add_window_test ("/responsive/matrices", (BpCursor) { 0, 0 }, test_matrices);
  add_window_test ("/responsive/trap", (BpCursor) { 0, 0 }, test_trap);
  add_window_test ("/responsive/variables", (BpCursor) { 0, 0 }, test_variables);
  add_window_test ("/responsive/network", (BpCursor) { 0, 0 }, test_network);
  add_window_test ("/responsive/columns", (BpCursor) { 0, 0 }, test_columns);
  add_window_test ("/responsive/one-after-the-other", (BpCursor) { 0, 0 }, test_one_after_the_other);

  return run_tests ();
}
