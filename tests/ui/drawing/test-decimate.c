/* test-decimate.c: a column has what falls into it, and columns without are joined
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-decimate.h"

#include <math.h>

static void
test_decimate (void)
{
  GRand *rand = g_rand_new_with_seed (2);
  enum { N = 100000, COLUMNS = 317 };
  BpBucket columns[COLUMNS];
  BpBucket expected[COLUMNS];

  bp_decimate_clear (columns, COLUMNS);
  bp_decimate_clear (expected, COLUMNS);
  for (guint i = 0; i < N; i++)
    {
      double position = (double) i / N * COLUMNS;
      double magnitude = pow (10, g_rand_int_range (rand, -300, 300));
      double value = i % 1000 == 0 ? (double) NAN : g_rand_double_range (rand, -1, 1) * magnitude;
      BpBucket bucket = { value, value, value, value };
      BpBucket *target = &expected[(guint) position];

      bp_decimate_add (columns, COLUMNS, position, &bucket);
      if (isnan (value))
        continue;
      if (isnan (target->first))
        target->first = value;
      target->last = value;
      target->minimum = isnan (target->minimum) || value < target->minimum ? value : target->minimum;
      target->maximum = isnan (target->maximum) || value > target->maximum ? value : target->maximum;
    }
  for (guint i = 0; i < COLUMNS; i++)
    g_assert_cmpmem (&columns[i], sizeof columns[i], &expected[i], sizeof expected[i]);

  /* What lies outside changes nothing. */
  bp_decimate_add (columns, COLUMNS, -1, &columns[7]);
  bp_decimate_add (columns, COLUMNS, COLUMNS, &columns[7]);
  bp_decimate_add (columns, COLUMNS, NAN, &columns[7]);
  g_assert_cmpmem (columns, sizeof columns, expected, sizeof expected);
  g_rand_free (rand);
}

static void
test_join (void)
{
  BpBucket columns[8];
  BpBucket left = { 0, 4, -1, 5 };
  BpBucket right = { 10, 8, 7, 11 };

  bp_decimate_clear (columns, 8);
  bp_decimate_add (columns, 8, 1, &left);
  bp_decimate_add (columns, 8, 4, &right);
  bp_decimate_join (columns, 8);

  /* Outside the two nothing, between them the line from 4 to 10. */
  g_assert_true (isnan (columns[0].first));
  g_assert_true (isnan (columns[5].first));
  g_assert_cmpfloat (columns[2].last, ==, 6);
  g_assert_cmpfloat (columns[3].last, ==, 8);
  g_assert_cmpfloat (columns[1].minimum, ==, -1);
  g_assert_cmpfloat (columns[1].maximum, ==, 5);
  for (guint i = 2; i <= 4; i++)
    {
      g_assert_cmpfloat (columns[i].minimum, <=, columns[i - 1].maximum);
      g_assert_cmpfloat (columns[i].maximum, >=, columns[i - 1].minimum);
    }
}

/* A column that lies wholly below or above its left neighbour reaches to where that ended. */
static void
test_join_apart (void)
{
  BpBucket columns[3] = { { 5, 6, 5, 7 }, { 2, 1, 1, 3 }, { 8, 9, 8, 9 } };

  bp_decimate_join (columns, 3);
  g_assert_cmpfloat (columns[0].maximum, ==, 7);
  g_assert_cmpfloat (columns[1].minimum, ==, 1);
  g_assert_cmpfloat (columns[1].maximum, ==, 6);
  g_assert_cmpfloat (columns[2].minimum, ==, 1);
  g_assert_cmpfloat (columns[2].maximum, ==, 9);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/decimate/columns", test_decimate);
  g_test_add_func ("/decimate/join", test_join);
  g_test_add_func ("/decimate/join-apart", test_join_apart);

  return g_test_run ();
}
