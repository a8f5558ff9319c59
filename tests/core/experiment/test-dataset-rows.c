/* test-dataset-rows.c: which rows are in a batch, and which in the test split
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "base/bp-random.h"
#include "experiment/bp-dataset.h"

static BpDataset *
number_rows (guint64 seed,
             gsize   n)
{
  static const char * const names[] = { "row", NULL };
  g_autofree double *column = g_new (double, n);
  const double *columns[] = { column };

  for (gsize i = 0; i < n; i++)
    column[i] = (double) i;

  return bp_dataset_new (seed, names, columns, n);
}

/* The rows of both kinds together are all rows, each kind in ascending order. */
static void
assert_split (BpDataset *dataset,
              gsize      n_test)
{
  gsize n = bp_dataset_get_n_samples (dataset);
  g_autofree guchar *seen = g_new0 (guchar, n);

  for (guint test = 0; test < 2; test++)
    {
      gsize n_rows;
      const gsize *rows = bp_dataset_get_rows (dataset, (gboolean) test, &n_rows);

      g_assert_cmpuint (n_rows, ==, test ? n_test : n - n_test);
      for (gsize i = 0; i < n_rows; i++)
        {
          g_assert_cmpuint (rows[i], <, n);
          g_assert_cmpuint (seen[rows[i]]++, ==, 0);
          g_assert_true (i == 0 || rows[i] > rows[i - 1]);
        }
    }
}

static void
test_split (void)
{
  static const double shares[] = { 0, 0.001, 0.1, 0.2, 0.25, 1.0 / 3, 0.5, 0.75, 0.9, 0.999, 1 - 1e-16 };
  static const struct {
    gsize  n;
    double share;
    gsize  n_test;
  } cases[] = {
    { 100, 0.2, 20 }, { 1, 0.9, 0 }, { 2, 0.25, 1 }, { 2, 0.2, 0 }, { 2, 0.99, 1 }, { 5, 0.5, 3 }, { 10, 0.999, 9 },
    { 1000, 0.29, 290 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BpDataset) dataset = number_rows (i, cases[i].n);

      bp_dataset_set_test_share (dataset, cases[i].share);
      assert_split (dataset, cases[i].n_test);
    }

  for (gsize n = 1; n <= 60; n++)
    for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
      {
        g_autoptr(BpDataset) dataset = number_rows (3, n);

        bp_dataset_set_test_share (dataset, shares[i]);
        assert_split (dataset, MIN ((gsize) floor (shares[i] * (double) n + 0.5), n - 1));
        bp_dataset_set_test_share (dataset, 0);
        assert_split (dataset, 0);
      }
}

/* A larger share holds out the same rows and more; another seed others; each row is held out about as often. */
static void
test_split_is_random (void)
{
  guint counts[20] = { 0 };
  guint n_seeds = 4000;

  for (guint seed = 0; seed < n_seeds; seed++)
    {
      g_autoptr(BpDataset) dataset = number_rows (seed, 20);
      gsize n_small, n_large;

      bp_dataset_set_test_share (dataset, 0.25);

      const gsize *rows = bp_dataset_get_rows (dataset, TRUE, &n_small);
      g_autofree gsize *small = g_memdup2 (rows, n_small * sizeof (gsize));

      for (gsize i = 0; i < n_small; i++)
        counts[small[i]]++;

      bp_dataset_set_test_share (dataset, 0.5);
      rows = bp_dataset_get_rows (dataset, TRUE, &n_large);

      gsize found = 0;

      for (gsize i = 0; i < n_large; i++)
        found += found < n_small && rows[i] == small[found];

      g_assert_cmpuint (found, ==, n_small);
    }

  for (guint i = 0; i < 20; i++)
    g_assert_cmpfloat (fabs (counts[i] - n_seeds * 0.25), <, 5 * sqrt (n_seeds * 0.25 * 0.75));
}

static gboolean
is_test_row (BpDataset *dataset,
             gsize      row)
{
  gsize n_rows;
  const gsize *rows = bp_dataset_get_rows (dataset, TRUE, &n_rows);

  for (gsize i = 0; i < n_rows; i++)
    if (rows[i] == row)
      return TRUE;

  return FALSE;
}

/* Whatever the sampling: never a held-out row, and a larger batch starts with the rows of a smaller one. */
static void
test_batches (void)
{
  for (guint sampling = 0; sampling < 3; sampling++)
    {
      g_autoptr(BpDataset) dataset = number_rows (17, 50);
      gsize rows[64], more[128], many[128];

      bp_dataset_set_sampling (dataset, (BpSampling) sampling);
      bp_dataset_set_test_share (dataset, 0.3);

      for (guint64 iteration = 0; iteration < 500; iteration++)
        {
          bp_dataset_get_batch (dataset, iteration, 64, rows);
          for (guint j = 0; j < 64; j++)
            g_assert_false (is_test_row (dataset, rows[j]));

          for (guint j = 0; j < 8; j++)
            bp_dataset_get_batch (dataset, iteration + j, 16, more + 16 * j);
          bp_dataset_get_batches (dataset, iteration, 8, 16, many);
          g_assert_cmpmem (many, sizeof many, more, sizeof more);

          if (sampling == BP_SAMPLING_RANDOM)
            {
              bp_dataset_get_batch (dataset, iteration, 128, more);
              g_assert_cmpmem (rows, sizeof rows, more, sizeof rows);
            }
          else
            {
              /* Position p is the same however the batches divide the positions. */
              for (guint j = 0; j < 64; j++)
                bp_dataset_get_batch (dataset, iteration * 64 + j, 1, &more[j]);
              g_assert_cmpmem (rows, sizeof rows, more, sizeof rows);
              bp_dataset_get_batch (dataset, iteration / 2, 128, more);
              g_assert_cmpmem (rows, sizeof rows, more + 64 * (iteration % 2), sizeof rows);
            }
        }
    }
}

static void
test_sequential (void)
{
  g_autoptr(BpDataset) dataset = number_rows (1, 7);
  gsize rows[5];

  bp_dataset_set_sampling (dataset, BP_SAMPLING_SEQUENTIAL);
  for (guint64 iteration = 0; iteration < 100; iteration++)
    {
      bp_dataset_get_batch (dataset, iteration, 5, rows);
      for (guint j = 0; j < 5; j++)
        g_assert_cmpuint (rows[j], ==, (iteration * 5 + j) % 7);
    }

  /* Rows held out are passed over. */
  bp_dataset_set_test_share (dataset, 0.5);

  gsize n_train;
  const gsize *train = bp_dataset_get_rows (dataset, FALSE, &n_train);

  g_assert_cmpuint (n_train, ==, 3);
  bp_dataset_get_batch (dataset, 1, 5, rows);
  for (guint j = 0; j < 5; j++)
    g_assert_cmpuint (rows[j], ==, train[(5 + j) % 3]);
}

static void
test_shuffled (void)
{
  g_autoptr(BpDataset) dataset = number_rows (1, 40);
  guint n_different = 0;
  gsize last[30];

  bp_dataset_set_sampling (dataset, BP_SAMPLING_SHUFFLED);
  bp_dataset_set_test_share (dataset, 0.25);

  for (guint64 epoch = 0; epoch < 200; epoch++)
    {
      guchar seen[40] = { 0 };
      gsize rows[30];

      bp_dataset_get_batch (dataset, epoch, 30, rows);
      for (guint j = 0; j < 30; j++)
        g_assert_cmpuint (seen[rows[j]]++, ==, 0);

      n_different += epoch > 0 && memcmp (rows, last, sizeof rows) != 0;
      memcpy (last, rows, sizeof rows);
    }

  g_assert_cmpuint (n_different, ==, 199);
}

/* With replacement: each row equally often at each place, and places independent of each other and of the iteration. */
static void
test_random (void)
{
  g_autoptr(BpDataset) dataset = number_rows (9, 10);
  guint n = 100000;
  guint counts[3][10] = { { 0 } };
  guint pairs = 0, neighbours = 0, diagonals = 0;
  gsize previous[2] = { 99, 99 };

  for (guint64 iteration = 0; iteration < n; iteration++)
    {
      gsize rows[3];

      bp_dataset_get_batch (dataset, iteration, 3, rows);
      for (guint j = 0; j < 3; j++)
        counts[j][rows[j]]++;
      pairs += rows[0] == rows[1];
      neighbours += rows[0] == previous[0];
      diagonals += rows[0] == previous[1];
      memcpy (previous, rows, sizeof previous);

      /* Which rows a seed stands for must not change. */
      for (guint j = 0; j < 3; j++)
        g_assert_cmpuint (rows[j], ==, bp_random_below (bp_random_key (9, "batch"), (iteration << 24) + j, 10));
    }

  for (guint j = 0; j < 3; j++)
    for (guint row = 0; row < 10; row++)
      g_assert_cmpfloat (fabs (counts[j][row] - n * 0.1), <, 5 * sqrt (n * 0.09));

  g_assert_cmpfloat (fabs (pairs - n * 0.1), <, 5 * sqrt (n * 0.09));
  g_assert_cmpfloat (fabs (neighbours - n * 0.1), <, 5 * sqrt (n * 0.09));
  g_assert_cmpfloat (fabs (diagonals - n * 0.1), <, 5 * sqrt (n * 0.09));
}

/* The seed decides, and nothing else: neither what was asked before nor the columns. */
static void
test_batches_repeat (void)
{
  static const char * const names[] = { "x", "y", NULL };
  static const double zeros[100] = { 0 };
  const double *columns[] = { zeros, zeros };

  for (guint sampling = 0; sampling < 2; sampling++)
    {
      g_autoptr(BpDataset) a = number_rows (1, 100);
      g_autoptr(BpDataset) b = bp_dataset_new (1, names, columns, 100);
      g_autoptr(BpDataset) other = number_rows (2, 100);
      guint n_same = 0;

      bp_dataset_set_sampling (a, (BpSampling) sampling);
      bp_dataset_set_sampling (b, (BpSampling) sampling);
      bp_dataset_set_sampling (other, (BpSampling) sampling);

      for (guint64 i = 1000; i-- > 0;)
        {
          gsize rows[3];

          bp_dataset_get_batch (a, i, 1, &rows[0]);
          bp_dataset_get_batch (b, 999 - i, 1, &rows[1]);
          bp_dataset_get_batch (b, i, 1, &rows[1]);
          bp_dataset_get_batch (other, i, 1, &rows[2]);
          g_assert_cmpuint (rows[0], ==, rows[1]);
          n_same += rows[0] == rows[2];
        }

      g_assert_cmpuint (n_same, <, 50);
    }
}

/* The last iteration there may be, with the largest batch. */
static void
test_late_batch (void)
{
  g_autoptr(BpDataset) dataset = number_rows (1, 1000);
  gsize batch_size = 1000000;
  g_autofree gsize *rows = g_new (gsize, batch_size);

  for (guint sampling = 0; sampling < 3; sampling++)
    {
      bp_dataset_set_sampling (dataset, (BpSampling) sampling);
      bp_dataset_get_batch (dataset, 999999999, batch_size, rows);
      for (gsize j = 0; j < batch_size; j++)
        g_assert_cmpuint (rows[j], <, 1000);
      if (sampling == BP_SAMPLING_SEQUENTIAL)
        g_assert_cmpuint (rows[batch_size - 1], ==, 999);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dataset-rows/split", test_split);
  g_test_add_func ("/dataset-rows/split-is-random", test_split_is_random);
  g_test_add_func ("/dataset-rows/batches", test_batches);
  g_test_add_func ("/dataset-rows/sequential", test_sequential);
  g_test_add_func ("/dataset-rows/shuffled", test_shuffled);
  g_test_add_func ("/dataset-rows/random", test_random);
  g_test_add_func ("/dataset-rows/batches-repeat", test_batches_repeat);
  g_test_add_func ("/dataset-rows/late-batch", test_late_batch);

  return g_test_run ();
}
