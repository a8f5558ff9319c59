/* test-random.c: the generator against published numbers and against what random numbers allow
 *
 * Every statistic is of fixed streams, so a test passes always or never; bounds are about five standard deviations, or
 * the 1 − 10⁻⁶ quantile of χ², so that a sound generator fails none of them but by an odd of one in a million.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-random.h"

#include <math.h>

#define N 100000

/* The quantile of χ² at 1 − 10⁻⁶ by Wilson and Hilferty's approximation. */
static double
get_chi_square_bound (guint degrees)
{
  double variance = 2.0 / (9.0 * degrees);

  return degrees * pow (1 - variance + 4.7534 * sqrt (variance), 3);
}

static double
get_chi_square (const guint *counts,
                guint        n_counts)
{
  double total = 0;
  double sum = 0;

  for (guint i = 0; i < n_counts; i++)
    total += counts[i];
  for (guint i = 0; i < n_counts; i++)
    sum += pow (counts[i] - total / n_counts, 2) / (total / n_counts);

  return sum;
}

static void
assert_even (const guint *counts,
             guint        n_counts)
{
  g_assert_cmpfloat (get_chi_square (counts, n_counts), <, get_chi_square_bound (n_counts - 1));
}

/* The vector that implementations of SplitMix64 are compared by: seed 1234567 (rosettacode.org, "Pseudo-random
 * numbers/Splitmix64", after Sebastiano Vigna's splitmix64.c). */
static void
test_published (void)
{
  static const guint64 expected[] = {
    G_GUINT64_CONSTANT (6457827717110365317), G_GUINT64_CONSTANT (3203168211198807973),
    G_GUINT64_CONSTANT (9817491932198370423), G_GUINT64_CONSTANT (4593380528125082431),
    G_GUINT64_CONSTANT (16408922859458223821),
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (bp_random_bits (1234567, i), ==, expected[i]);
}

/* Keys must not change, for they say which numbers a seed stands for: three from a program in another language, whose
 * FNV-1a gives the published hash of "foobar". */
static void
test_keys (void)
{
  guint64 key = bp_random_key (42, "batch");

  g_assert_cmphex (key, ==, G_GUINT64_CONSTANT (0x8cc17caa4b76da60));
  g_assert_cmphex (bp_random_key (0, ""), ==, G_GUINT64_CONSTANT (0xaebe53f85cdc3c4c));
  g_assert_cmphex (bp_random_key (G_MAXUINT64, "variable/A"), ==, G_GUINT64_CONSTANT (0x51be836c9dcb1c42));

  g_assert_cmpuint (key, ==, bp_random_key (42, "batch"));
  g_assert_cmpuint (key, !=, bp_random_key (42, "batcg"));
  g_assert_cmpuint (key, !=, bp_random_key (42, "batch "));
  g_assert_cmpuint (key, !=, bp_random_key (43, "batch"));
  g_assert_cmpuint (bp_random_key (42, "data/x"), !=, bp_random_key (42, "data/y"));
}

static void
test_keys_differ (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  static const char * const labels[] = { "batch", "epoch", "test", "data/x", "data/y", "variable/A" };

  for (gint64 seed = -5000; seed < 5000; seed++)
    for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
      {
        guint64 key = bp_random_key ((guint64) seed, labels[i]);

        g_assert_true (g_hash_table_add (seen, g_memdup2 (&key, sizeof key)));
      }
}

static guint
count_bits (guint64 bits)
{
  guint count = 0;

  for (; bits != 0; bits &= bits - 1)
    count++;

  return count;
}

/* Of two numbers that have nothing in common half of the 64 bits differ: the mean over n pairs has deviation 4/√n. */
static void
assert_half_differ (guint64 n_bits,
                    guint   n_pairs)
{
  g_assert_cmpfloat (fabs ((double) n_bits / n_pairs - 32), <, 5 * 4 / sqrt (n_pairs));
}

static void
test_streams_are_independent (void)
{
  guint64 labels = 0, seeds = 0, counters = 0;
  double sum = 0;

  for (guint64 i = 0; i < N; i++)
    {
      guint64 a = bp_random_key (7, "a");

      labels += count_bits (bp_random_bits (a, i) ^ bp_random_bits (bp_random_key (7, "b"), i));
      seeds += count_bits (bp_random_bits (bp_random_key (i, "a"), 0) ^ bp_random_bits (bp_random_key (i + 1, "a"), 0));
      counters += count_bits (bp_random_bits (a, i) ^ bp_random_bits (a, i + 1));
      sum += (bp_random_uniform (a, i) - 0.5) * (bp_random_uniform (bp_random_key (8, "a"), i) - 0.5);
    }

  assert_half_differ (labels, N);
  assert_half_differ (seeds, N);
  assert_half_differ (counters, N);

  /* Correlation: the product has deviation 1/12. */
  g_assert_cmpfloat (fabs (sum / N), <, 5 / 12.0 / sqrt (N));
}

static void
test_bits_are_even (void)
{
  guint64 key = bp_random_key (1, "bits");

  for (guint bit = 0; bit < 64; bit++)
    {
      guint counts[2] = { 0 };

      for (guint64 i = 0; i < 20000; i++)
        counts[bp_random_bits (key, i) >> bit & 1]++;

      assert_even (counts, 2);
    }
}

static void
test_below (void)
{
  guint64 key = bp_random_key (3, "below");

  for (guint n = 1; n <= 200; n = n < 10 ? n + 1 : n * 2 + 3)
    {
      g_autofree guint *counts = g_new0 (guint, n);

      for (guint64 i = 0; i < N; i++)
        {
          guint64 value = bp_random_below (key, i, n);

          g_assert_cmpuint (value, <, n);
          counts[value]++;
        }

      if (n > 1)
        assert_even (counts, n);
    }

  /* ⌊bits·n / 2⁶⁴⌋ keeps the order of the bits, and n = 2⁶³ halves them. */
  for (guint64 i = 0; i < 1000; i++)
    {
      g_assert_cmpuint (bp_random_below (key, i, G_GUINT64_CONSTANT (1) << 63), ==, bp_random_bits (key, i) >> 1);
      g_assert_cmpuint (bp_random_below (key, i, G_GUINT64_CONSTANT (1) << 10), ==, bp_random_bits (key, i) >> 54);
    }
}

static void
test_uniform (void)
{
  guint64 key = bp_random_key (4, "uniform");
  guint counts[100] = { 0 };
  double sum = 0, squares = 0, serial = 0;

  for (guint64 i = 0; i < N; i++)
    {
      double u = bp_random_uniform (key, i);

      g_assert_cmpfloat (u, >, 0);
      g_assert_cmpfloat (u, <, 1);
      counts[(guint) (u * 100)]++;
      sum += u;
      squares += u * u;
      serial += (u - 0.5) * (bp_random_uniform (key, i + 1) - 0.5);
    }

  assert_even (counts, 100);
  g_assert_cmpfloat (fabs (sum / N - 1.0 / 2), <, 5 * sqrt (1.0 / 12 / N));
  g_assert_cmpfloat (fabs (squares / N - 1.0 / 3), <, 5 * sqrt (4.0 / 45 / N));
  g_assert_cmpfloat (fabs (serial / N), <, 5 / 12.0 / sqrt (N));
}

/* What the modular inverse of an odd number is: Newton's iteration doubles the correct bits. */
static guint64
invert (guint64 odd)
{
  guint64 inverse = odd;

  for (guint i = 0; i < 6; i++)
    inverse *= 2 - odd * inverse;

  return inverse;
}

static guint64
undo_shift (guint64 z,
            guint   shift)
{
  guint64 result = z;

  for (guint i = 0; i < 64 / shift; i++)
    result = z ^ (result >> shift);

  return result;
}

/* The key whose draw 0 is @bits. */
static guint64
find_key (guint64 bits)
{
  guint64 z = undo_shift (bits, 31) * invert (G_GUINT64_CONSTANT (0x94d049bb133111eb));

  z = undo_shift (z, 27) * invert (G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9));

  return undo_shift (z, 30) - G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

/* The generator can give any 64 bits; the least and the greatest must stay inside (0, 1) and have finite logarithms. */
static void
test_uniform_ends (void)
{
  guint64 least = find_key (0);
  guint64 greatest = find_key (G_MAXUINT64);

  g_assert_cmpuint (bp_random_bits (least, 0), ==, 0);
  g_assert_cmpuint (bp_random_bits (greatest, 0), ==, G_MAXUINT64);
  g_assert_cmpfloat (bp_random_uniform (least, 0), ==, 0x1p-53);
  g_assert_cmpfloat (bp_random_uniform (greatest, 0), ==, 1 - 0x1p-53);
  g_assert_cmpfloat (1 - bp_random_uniform (greatest, 0), >, 0);
  g_assert_true (isfinite (bp_random_normal (least, 0)));
  g_assert_true (isfinite (bp_random_normal (greatest, 0)));
  g_assert_cmpuint (bp_random_below (greatest, 0, 10), ==, 9);
  g_assert_cmpuint (bp_random_below (greatest, 0, G_MAXUINT64), ==, G_MAXUINT64 - 1);
  g_assert_cmpuint (bp_random_below (least, 0, 10), ==, 0);
}

static void
test_normal (void)
{
  guint64 key = bp_random_key (5, "normal");
  guint counts[16] = { 0 };
  double moments[5] = { 0 };
  double serial = 0;

  for (guint64 i = 0; i < N; i++)
    {
      double z = bp_random_normal (key, i);
      double radius = sqrt (-2 * log (bp_random_uniform (key, 2 * i)));

      g_assert_cmpfloat_with_epsilon (z, radius * cos (2 * G_PI * bp_random_uniform (key, 2 * i + 1)), 1e-12);
      for (guint k = 1; k <= 4; k++)
        moments[k] += pow (z, k) / N;

      serial += z * bp_random_normal (key, i + 1) / N;
      counts[(guint) (0.5 * erfc (-z / G_SQRT2) * 16)]++;
    }

  /* Φ(z) is uniform; the variances of the moments are those of N(0, 1)'s powers: 1, 2, 15, 96. */
  assert_even (counts, 16);
  g_assert_cmpfloat (fabs (moments[1]), <, 5 * sqrt (1.0 / N));
  g_assert_cmpfloat (fabs (moments[2] - 1), <, 5 * sqrt (2.0 / N));
  g_assert_cmpfloat (fabs (moments[3]), <, 5 * sqrt (15.0 / N));
  g_assert_cmpfloat (fabs (moments[4] - 3), <, 5 * sqrt (96.0 / N));
  g_assert_cmpfloat (fabs (serial), <, 5 * sqrt (1.0 / N));
}

static void
assert_permutation (guint64 key,
                    guint64 n)
{
  g_autofree guchar *hit = g_new0 (guchar, n);

  for (guint64 i = 0; i < n; i++)
    {
      guint64 place = bp_random_permute (key, i, n);

      g_assert_cmpuint (place, <, n);
      g_assert_cmpuint (hit[place]++, ==, 0);
    }
}

static void
test_permutation (void)
{
  for (guint64 n = 1; n <= 600; n++)
    assert_permutation (bp_random_key (n, "permutation"), n);

  /* Around squares, where the network just fits, and powers of two. */
  static const guint64 sizes[] = { 1023, 1024, 1025, 9999, 10000, 10001, 65535, 65536, 65537, 99991, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    assert_permutation (bp_random_key (i, "permutation"), sizes[i]);
}

static void
test_permutation_of_many (void)
{
  guint64 key = bp_random_key (1, "permutation");
  guint64 n = G_GUINT64_CONSTANT (1) << 62;
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint64 i = 0; i < 10000; i++)
    {
      guint64 place = bp_random_permute (key, n - 1 - i, n);

      g_assert_cmpuint (place, <, n);
      g_assert_true (g_hash_table_add (seen, g_memdup2 (&place, sizeof place)));
    }
}

/* Over many keys, each place goes everywhere equally often, and so does each pair of neighbours. */
static void
test_permutation_is_even (void)
{
  for (guint n = 2; n <= 26; n += n < 17 ? 1 : 3)
    {
      g_autofree guint *counts = g_new0 (guint, n * n);
      g_autofree guint *pairs = g_new0 (guint, n * n);

      for (guint64 seed = 0; seed < 20000; seed++)
        {
          guint64 key = bp_random_bits (bp_random_key (9, "permutation"), seed);
          guint first = (guint) bp_random_permute (key, 0, n);
          guint second = (guint) bp_random_permute (key, 1, n);
          guint last = (guint) bp_random_permute (key, n - 1, n);

          counts[last]++;
          counts[n + first]++;
          g_assert_cmpuint (first, !=, second);
          /* n (n − 1) pairs, numbered without those of equals. */
          pairs[first * (n - 1) + second - (second > first)]++;
        }

      assert_even (counts, n);
      assert_even (counts + n, n);
      assert_even (pairs, n * (n - 1));
    }
}

/* All orders of few places are equally likely. */
static void
test_permutation_orders (void)
{
  static const guint n_orders[] = { 1, 1, 2, 6, 24, 120 };

  for (guint n = 2; n <= 5; n++)
    {
      g_autofree guint *counts = g_new0 (guint, 1 << (3 * n));
      guint seen[120];
      guint n_seen = 0;

      for (guint64 seed = 0; seed < 60000; seed++)
        {
          guint order = 0;

          for (guint i = 0; i < n; i++)
            order = order << 3 | (guint) bp_random_permute (bp_random_bits (77, seed), i, n);
          counts[order]++;
        }

      for (guint order = 0; order < 1U << (3 * n); order++)
        if (counts[order] > 0)
          {
            g_assert_cmpuint (n_seen, <, n_orders[n]);
            seen[n_seen++] = counts[order];
          }

      g_assert_cmpuint (n_seen, ==, n_orders[n]);
      assert_even (seen, n_seen);
    }
}

/* Half of all orders need an odd number of exchanges. */
static void
test_permutation_parity (void)
{
  for (guint n = 2; n <= 26; n++)
    {
      guint counts[2] = { 0 };

      for (guint64 seed = 0; seed < 4000; seed++)
        {
          guint64 places[26];
          guint n_inversions = 0;

          for (guint i = 0; i < n; i++)
            places[i] = bp_random_permute (bp_random_bits (78, seed), i, n);
          for (guint i = 0; i < n; i++)
            for (guint j = 0; j < i; j++)
              n_inversions += places[j] > places[i];

          counts[n_inversions % 2]++;
        }

      assert_even (counts, 2);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/random/published", test_published);
  g_test_add_func ("/random/keys", test_keys);
  g_test_add_func ("/random/keys-differ", test_keys_differ);
  g_test_add_func ("/random/streams-are-independent", test_streams_are_independent);
  g_test_add_func ("/random/bits-are-even", test_bits_are_even);
  g_test_add_func ("/random/below", test_below);
  g_test_add_func ("/random/uniform", test_uniform);
  g_test_add_func ("/random/uniform-ends", test_uniform_ends);
  g_test_add_func ("/random/normal", test_normal);
  g_test_add_func ("/random/permutation", test_permutation);
  g_test_add_func ("/random/permutation-of-many", test_permutation_of_many);
  g_test_add_func ("/random/permutation-is-even", test_permutation_is_even);
  g_test_add_func ("/random/permutation-orders", test_permutation_orders);
  g_test_add_func ("/random/permutation-parity", test_permutation_parity);

  return g_test_run ();
}
