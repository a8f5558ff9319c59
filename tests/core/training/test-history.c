/* test-history.c: series of a run and the checkpoints it goes back to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-history.h"

/* A run whose only parameter after t iterations is t. */
static BpHistory *
run_history (gint64 n_iterations)
{
  BpHistory *history = bp_history_new (1, 1);
  double value = 0;

  bp_history_add_checkpoint (history)[0] = 0;
  bp_history_record (history, 0, 1, NULL, &value, 1);

  for (gint64 t = 1; t <= n_iterations; t++)
    {
      const double loss = (double) -t;

      value = (double) t;
      bp_history_record (history, t, 1, &loss, &value, 1);

      if (t == bp_history_get_next_checkpoint (history))
        bp_history_add_checkpoint (history)[0] = value;
    }

  return history;
}

static void
assert_checkpoints (BpHistory *history,
                    gint64     n_iterations,
                    gint64     max_distance)
{
  for (gint64 t = 0; t <= n_iterations; t += 1 + n_iterations / 1000)
    {
      gint64 found;
      const double *checkpoint = bp_history_get_checkpoint (history, t, &found);

      g_assert_cmpint (found, <=, t);
      g_assert_cmpint (t - found, <, max_distance);
      g_assert_cmpfloat (checkpoint[0], ==, found);
    }
}

static void
test_checkpoints (void)
{
  g_autoptr (BpHistory) few = run_history (1000);
  g_autoptr (BpHistory) many = run_history (1000000);

  assert_checkpoints (few, 1000, 17);
  assert_checkpoints (many, 1000000, 1025);
}

static void
test_record_once (void)
{
  g_autoptr (BpHistory) history = run_history (100);
  double value = 7;

  bp_history_record (history, 50, 1, &value, &value, 1);
  bp_history_record (history, 100, 1, &value, &value, 1);
  g_assert_cmpint (bp_series_get_length (bp_history_get_loss (history)), ==, 100);
  g_assert_cmpint (bp_series_get_length (bp_history_get_parameter (history, 0)), ==, 101);
  g_assert_null (bp_history_get_parameter (history, 1));
  g_assert_cmpint (bp_history_get_recorded (history), ==, 100);
  bp_history_record (history, 101, 1, &value, &value, 1);
  g_assert_cmpint (bp_history_get_recorded (history), ==, 101);
}

static void
test_truncate (void)
{
  for (gint64 length = 0; length <= 40000; length += 997)
    {
      g_autoptr (BpHistory) history = run_history (40000);
      gint64 width = bp_series_get_bucket_width (bp_history_get_loss (history));
      gint64 found;

      bp_history_truncate (history, length);
      g_assert_cmpint (bp_history_get_recorded (history), <=, length);
      g_assert_cmpint (bp_history_get_recorded (history), >, length - 2 * width - 1);
      g_assert_cmpint (bp_history_get_next_checkpoint (history), >, length);
      bp_history_get_checkpoint (history, G_MAXINT64, &found);
      g_assert_cmpint (found, <=, length);
    }
}

/* Many parameters have few checkpoints, and series for the first sixteen. */
static void
test_many_parameters (void)
{
  g_autoptr (BpHistory) history = bp_history_new (1 << 20, 1);

  gint64 stride;
  guint n;

  for (guint i = 0; i < 9; i++)
    {
      gint64 iteration = bp_history_get_next_checkpoint (history);

      bp_history_add_checkpoint (history)[0] = (double) iteration;
    }

  n = bp_history_get_n_checkpoints (history, &stride);
  g_assert_cmpuint (n, <=, 4);
  g_assert_cmpint (n * stride, >=, 9);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (bp_history_get_checkpoint_parameters (history, i)[0], ==, (double) (i * stride));
  g_assert_nonnull (bp_history_get_parameter (history, 15));
  g_assert_null (bp_history_get_parameter (history, 16));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/checkpoints", test_checkpoints);
  g_test_add_func ("/history/record-once", test_record_once);
  g_test_add_func ("/history/truncate", test_truncate);
  g_test_add_func ("/history/many-parameters", test_many_parameters);

  return g_test_run ();
}
