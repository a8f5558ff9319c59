/* test-series.c: series against a plain array of all values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-series.h"

#include <math.h>
#include <string.h>

static gboolean
is_same (double a,
         double b)
{
  return memcmp (&a, &b, sizeof a) == 0 || (isnan (a) && isnan (b));
}

/* What the bucket of values [start, end) has to say. */
static BpBucket
get_expected (const GArray *values,
              gint64        start,
              gint64        end)
{
  BpBucket bucket = { nan (""), nan (""), nan (""), nan ("") };

  for (gint64 i = start; i < end; i++)
    {
      double value = g_array_index (values, double, i);

      if (isnan (value))
        continue;
      if (isnan (bucket.first))
        bucket.first = value;
      bucket.last = value;
      bucket.minimum = fmin (bucket.minimum, value);
      bucket.maximum = fmax (bucket.maximum, value);
    }

  return bucket;
}

static void
assert_series (const BpSeries *series,
               const GArray   *values)
{
  gint64 width = bp_series_get_bucket_width (series);
  guint n_buckets;
  const BpBucket *buckets = bp_series_get_buckets (series, &n_buckets);

  g_assert_cmpint (bp_series_get_length (series), ==, values->len);
  g_assert_cmpuint (n_buckets, <=, BP_SERIES_MAX_BUCKETS);
  g_assert_cmpint (width, >=, 1);
  g_assert_cmpint (width & (width - 1), ==, 0);
  g_assert_cmpint (n_buckets, ==, (values->len + width - 1) / width);

  for (guint i = 0; i < n_buckets; i++)
    {
      BpBucket expected = get_expected (values, i * width, MIN ((i + 1) * width, values->len));

      g_assert_true (is_same (buckets[i].first, expected.first));
      g_assert_true (is_same (buckets[i].last, expected.last));
      g_assert_true (is_same (buckets[i].minimum, expected.minimum));
      g_assert_true (is_same (buckets[i].maximum, expected.maximum));
    }
}

static GArray *
new_values (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

static void
append (BpSeries *series,
        GArray   *values,
        double    value)
{
  bp_series_append (series, &(const double) { value }, 1);
  g_array_append_val (values, value);
}

static void
append_random (BpSeries *series,
               GArray   *values,
               GRand    *rand,
               guint     n)
{
  for (guint i = 0; i < n; i++)
    {
      int kind = g_rand_int_range (rand, 0, 40);

      double value = g_rand_double_range (rand, -1, 1);

      if (kind == 0)
        value = nan ("");
      else if (kind <= 2)
        value = copysign (HUGE_VAL, value);

      append (series, values, value);
    }
}

static void
test_empty (void)
{
  g_autoptr(BpSeries) series = bp_series_new ();
  g_autoptr(BpSeries) copy = bp_series_copy (series);
  g_autoptr(GArray) values = new_values ();

  assert_series (series, values);
  assert_series (copy, values);
  g_assert_cmpint (bp_series_truncate (series, 0), ==, 0);
  g_assert_cmpint (bp_series_truncate (series, 5), ==, 0);
  g_assert_null (bp_series_get_buckets (series, NULL));

  append (copy, values, 1);
  assert_series (copy, values);
  bp_series_free (NULL);
}

/* Each number is there while they fit; the next one doubles the width. */
static void
test_width (void)
{
  g_autoptr(BpSeries) series = bp_series_new ();
  g_autoptr(GArray) values = new_values ();
  gint64 width = 1;

  for (gint64 i = 0; i < 8 * BP_SERIES_MAX_BUCKETS; i++)
    {
      append (series, values, (double) i);
      if (i == width * BP_SERIES_MAX_BUCKETS)
        {
          width *= 2;
          assert_series (series, values);
        }

      g_assert_cmpint (bp_series_get_bucket_width (series), ==, width);
    }

  assert_series (series, values);
}

static void
test_random (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autoptr(BpSeries) series = bp_series_new ();
  g_autoptr(GArray) values = new_values ();

  while (values->len < 20 * BP_SERIES_MAX_BUCKETS)
    {
      append_random (series, values, rand, (guint) g_rand_int_range (rand, 1, 3000));
      assert_series (series, values);
    }
}

static void
test_nan (void)
{
  g_autoptr(BpSeries) series = bp_series_new ();
  g_autoptr(GArray) values = new_values ();

  /* Buckets of 4 with every pattern of NaN and number, and of zeros of both signs. */
  for (guint i = 0; i < 4 * BP_SERIES_MAX_BUCKETS; i++)
    append (series, values, (i / 4) & (1 << i % 4) ? nan ("") : i % 4 - 1.5);

  g_assert_cmpint (bp_series_get_bucket_width (series), ==, 4);
  assert_series (series, values);
}

/* Truncates to each of the first @length lengths, then goes on. */
static void
check_truncation (gint64 length,
                  gint64 step)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (2);
  g_autoptr(BpSeries) whole = bp_series_new ();
  g_autoptr(GArray) whole_values = new_values ();

  append_random (whole, whole_values, rand, (guint) length);

  gint64 width = bp_series_get_bucket_width (whole);

  for (gint64 at = 0; at <= length + 1; at += step)
    {
      g_autoptr(BpSeries) series = bp_series_copy (whole);
      g_autoptr(GArray) values = g_array_copy (whole_values);
      gint64 expected = at >= length ? length : at / width * width;

      g_assert_cmpint (bp_series_truncate (series, at), ==, expected);
      g_array_set_size (values, (guint) expected);
      g_assert_cmpint (bp_series_get_bucket_width (series), ==, expected == 0 ? 1 : width);
      assert_series (series, values);

      append_random (series, values, rand, (guint) (3 * width - 1));
      assert_series (series, values);
    }

  assert_series (whole, whole_values);
}

static void
test_truncate (void)
{
  for (gint64 length = 1; length <= 70; length++)
    check_truncation (length, 1);
}

static void
test_truncate_merged (void)
{
  check_truncation (BP_SERIES_MAX_BUCKETS, 97);
  check_truncation (BP_SERIES_MAX_BUCKETS + 1, 101);
  check_truncation (2 * BP_SERIES_MAX_BUCKETS - 1, 203);
  check_truncation (5 * BP_SERIES_MAX_BUCKETS + 3, 499);
}

/* Each length within the last, partly filled, buckets. */
static void
test_truncate_end (void)
{
  g_autoptr(BpSeries) whole = bp_series_new ();
  gint64 length = 4 * BP_SERIES_MAX_BUCKETS + 13;

  for (gint64 i = 0; i < length; i++)
    bp_series_append (whole, &(const double) { sin ((double) i) }, 1);

  g_assert_cmpint (bp_series_get_bucket_width (whole), ==, 8);

  for (gint64 at = length - 40; at <= length + 3; at++)
    {
      g_autoptr(BpSeries) series = bp_series_copy (whole);
      g_autoptr(GArray) values = new_values ();
      gint64 expected = at >= length ? length : at - at % 8;

      g_assert_cmpint (bp_series_truncate (series, at), ==, expected);
      for (gint64 i = 0; i < expected; i++)
        {
          double value = sin ((double) i);

          g_array_append_val (values, value);
        }
      assert_series (series, values);
    }
}

/* Truncating and going on many times, as scrubbing back and forth does. */
static void
test_truncate_often (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  g_autoptr(BpSeries) series = bp_series_new ();
  g_autoptr(GArray) values = new_values ();

  for (guint i = 0; i < 300; i++)
    {
      append_random (series, values, rand, (guint) g_rand_int_range (rand, 0, 2000));

      gint64 length = g_rand_int_range (rand, 0, (gint32) values->len + 100);

      length = bp_series_truncate (series, i % 2 == 0 ? length : (gint64) values->len * 9 / 10);
      g_assert_cmpint (length, <=, values->len);
      g_array_set_size (values, (guint) length);
      assert_series (series, values);
    }
}

static void
test_copy (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (4);

  for (guint n = 0; n < 3 * BP_SERIES_MAX_BUCKETS; n = 2 * n + 1)
    {
      g_autoptr(BpSeries) series = bp_series_new ();
      g_autoptr(GArray) values = new_values ();

      append_random (series, values, rand, n);

      g_autoptr(BpSeries) copy = bp_series_copy (series);
      g_autoptr(GArray) copy_values = g_array_copy (values);

      append_random (series, values, rand, n + 1);
      assert_series (copy, copy_values);
      append_random (copy, copy_values, rand, n + 2);
      assert_series (series, values);
      assert_series (copy, copy_values);
    }
}

/* Several at once come to the same as one by one. */
static void
test_append_values (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (6);
  g_autoptr(BpSeries) series = bp_series_new ();
  g_autoptr(BpSeries) unused = bp_series_new ();
  g_autoptr(GArray) values = new_values ();

  while (values->len < 5 * BP_SERIES_MAX_BUCKETS)
    {
      const guint n = values->len, n_more = (guint) g_rand_int_range (rand, 0, 300);

      append_random (unused, values, rand, n_more);
      /* Runs of NaN fill whole buckets, and begin others. */
      for (guint i = 0; i < n_more / 10; i++)
        g_array_index (values, double, n + i) = nan ("");
      bp_series_append (series, &g_array_index (values, double, n), n_more);
    }
  assert_series (series, values);
}

/* A long run: bounded, and linear in time (a second would be a thousand times too long for a quadratic series). */
static void
test_long (void)
{
  g_autoptr(BpSeries) series = bp_series_new ();
  gint64 length = 20000000;
  guint n_buckets;

  for (gint64 i = 0; i < length; i++)
    bp_series_append (series, &(const double) { (double) i }, 1);

  gint64 width = bp_series_get_bucket_width (series);
  const BpBucket *buckets = bp_series_get_buckets (series, &n_buckets);

  g_assert_cmpint (width, ==, 4096);
  g_assert_cmpuint (n_buckets, ==, (length + width - 1) / width);

  for (guint i = 0; i < n_buckets; i++)
    {
      g_assert_cmpfloat (buckets[i].first, ==, (double) (i * width));
      g_assert_cmpfloat (buckets[i].minimum, ==, buckets[i].first);
      g_assert_cmpfloat (buckets[i].last, ==, (double) (MIN ((i + 1) * width, length) - 1));
      g_assert_cmpfloat (buckets[i].maximum, ==, buckets[i].last);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/series/empty", test_empty);
  g_test_add_func ("/series/width", test_width);
  g_test_add_func ("/series/random", test_random);
  g_test_add_func ("/series/nan", test_nan);
  g_test_add_func ("/series/truncate", test_truncate);
  g_test_add_func ("/series/truncate-merged", test_truncate_merged);
  g_test_add_func ("/series/truncate-end", test_truncate_end);
  g_test_add_func ("/series/truncate-often", test_truncate_often);
  g_test_add_func ("/series/copy", test_copy);
  g_test_add_func ("/series/append-values", test_append_values);
  g_test_add_func ("/series/long", test_long);

  return g_test_run ();
}
