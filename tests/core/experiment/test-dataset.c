/* test-dataset.c: columns and samples, those drawn from distributions too
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "base/bp-random.h"
#include "experiment/bp-dataset.h"

static GArray *
parse_parts (const char *text)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (BpDistribution));
  g_auto(GStrv) texts = g_strsplit (text, ";", -1);

  for (char **part = texts; *part != NULL; part++)
    {
      BpDistribution distribution;

      g_assert_true (bp_distribution_parse (*part, &distribution, NULL));
      g_array_append_val (parts, distribution);
    }

  return parts;
}

/* From pairs of a name and its distributions, ended by NULL. */
static BpDataset *
draw (guint64   seed,
      gsize     n_samples,
      GError  **error,
      ...) G_GNUC_NULL_TERMINATED;

static BpDataset *
draw (guint64   seed,
      gsize     n_samples,
      GError  **error,
      ...)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  va_list arguments;
  const char *name;

  va_start (arguments, error);
  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      g_ptr_array_add (names, (gpointer) name);
      g_ptr_array_add (columns, parse_parts (va_arg (arguments, const char *)));
    }
  va_end (arguments);
  g_ptr_array_add (names, NULL);

  return bp_dataset_new_from_distributions (seed, (const char * const *) names->pdata, columns, n_samples, error);
}

static void
test_new (void)
{
  static const char * const names[] = { "x", "y", NULL };
  double x[] = { 1, 2, 3 }, y[] = { 4, 5, 6 };
  const double *columns[] = { x, y };
  g_autoptr(BpDataset) dataset = bp_dataset_new (1, names, columns, 3);
  gsize n_rows;

  x[0] = y[0] = 99;

  g_assert_cmpuint (bp_dataset_get_n_columns (dataset), ==, 2);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 3);
  g_assert_cmpstr (bp_dataset_get_name (dataset, 0), ==, "x");
  g_assert_cmpstr (bp_dataset_get_name (dataset, 1), ==, "y");
  g_assert_cmpuint (bp_dataset_find (dataset, "x"), ==, 0);
  g_assert_cmpuint (bp_dataset_find (dataset, "y"), ==, 1);
  g_assert_cmpuint (bp_dataset_find (dataset, "z"), ==, G_MAXUINT);
  g_assert_cmpfloat (bp_dataset_get_column (dataset, 0)[0], ==, 1);
  g_assert_cmpfloat (bp_dataset_get_column (dataset, 0)[2], ==, 3);
  g_assert_cmpfloat (bp_dataset_get_column (dataset, 1)[0], ==, 4);
  g_assert_cmpfloat (bp_dataset_get_column (dataset, 1)[2], ==, 6);
  g_assert_cmpuint (bp_dataset_get_rows (dataset, FALSE, &n_rows)[2], ==, 2);
  g_assert_cmpuint (n_rows, ==, 3);
  bp_dataset_get_rows (dataset, TRUE, &n_rows);
  g_assert_cmpuint (n_rows, ==, 0);

  bp_dataset_unref (NULL);
}

static void
test_no_columns (void)
{
  static const char * const names[] = { NULL };
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(BpDataset) given = bp_dataset_new (1, names, NULL, 1);
  g_autoptr(BpDataset) drawn = bp_dataset_new_from_distributions (1, names, columns, 1, &error);
  gsize rows[3] = { 9, 9, 9 };

  g_assert_no_error (error);
  g_assert_cmpuint (bp_dataset_get_n_columns (given), ==, 0);
  g_assert_cmpuint (bp_dataset_get_n_columns (drawn), ==, 0);
  g_assert_cmpuint (bp_dataset_get_n_samples (drawn), ==, 1);
  g_assert_cmpuint (bp_dataset_find (drawn, "x"), ==, G_MAXUINT);

  for (guint sampling = 0; sampling < 3; sampling++)
    {
      bp_dataset_set_sampling (drawn, (BpSampling) sampling);
      bp_dataset_set_test_share (drawn, 0.9);
      bp_dataset_get_batch (drawn, 7, 3, rows);
      g_assert_cmpuint (rows[0] + rows[1] + rows[2], ==, 0);
    }
}

/* Sample i of column c is draw i of stream "data/c", whatever the other columns are. */
static void
test_distributions (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BpDataset) dataset = draw (5, 30, &error,
                                       "x", "normal(-1, 1, 50); normal(3, 2)",
                                       "y", "0 x 50; 1",
                                       NULL);
  g_autoptr(BpDataset) alone = draw (5, 80, &error, "x", "normal(-1, 1)", NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 80);

  for (guint i = 0; i < 80; i++)
    {
      double z = bp_random_normal (bp_random_key (5, "data/x"), i);

      g_assert_cmpfloat (bp_dataset_get_column (dataset, 0)[i], ==, i < 50 ? -1 + z : 3 + 2 * z);
      g_assert_cmpfloat (bp_dataset_get_column (dataset, 1)[i], ==, i < 50 ? 0 : 1);
      g_assert_cmpfloat (bp_dataset_get_column (alone, 0)[i], ==, -1 + z);
    }
}

static void
assert_not_drawn (BpDataset  *dataset,
                  GError    **error,
                  const char *message)
{
  g_assert_null (dataset);
  g_assert_error (*error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_cmpstr ((*error)->message, ==, message);
  g_clear_error (error);
}

static void
test_distributions_fail (void)
{
  static const char * const names[] = { "x", NULL };
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  GError *error = NULL;

  assert_not_drawn (draw (1, 100, &error, "x", "normal(0, 1)", "y", "0 x 50; 1 x 49", NULL), &error,
                    "“x” has 100 samples but “y” has 99; all placeholders must have equally many");
  assert_not_drawn (draw (1, 10, &error, "x", "1", "y", "2", "z", "3; 4", NULL), &error,
                    "“x” has 10 samples but “z” has 20; all placeholders must have equally many");
  assert_not_drawn (draw (1, 1, &error, "x", "1", "big", "0 x 10000000; 1", NULL), &error,
                    "“big” has more than 10000000 samples");
  assert_not_drawn (draw (1, BP_MAX_SAMPLES, &error, "x", "0; 1; 2", NULL), &error,
                    "“x” has more than 10000000 samples");
  assert_not_drawn (draw (1, 100, &error, "x", "normal(0, 1e308)", NULL), &error,
                    "“x”: normal(0, 1e308) gives numbers that are too large");

  /* Counts that no text can have. */
  BpDistribution huge[] = { { BP_DISTRIBUTION_CONSTANT, 0, 0, G_MAXSIZE }, { BP_DISTRIBUTION_CONSTANT, 0, 0, 2 } };

  g_ptr_array_add (columns, g_array_append_vals (g_array_new (FALSE, FALSE, sizeof huge[0]), huge, 2));
  assert_not_drawn (bp_dataset_new_from_distributions (1, names, columns, 1, &error), &error,
                    "“x” has more than 10000000 samples");

  g_ptr_array_set_size (columns, 0);
  g_ptr_array_add (columns, g_array_new (FALSE, FALSE, sizeof huge[0]));
  assert_not_drawn (bp_dataset_new_from_distributions (1, names, columns, 1, &error), &error, "“x” has no samples");
}

/* As Python's hashlib and struct ("<d") have it of "x", NUL, 1, 2, "y", NUL, 5, 4, in any order of the columns. */
static void
test_digest (void)
{
  static const double x[] = { 1, 2 }, y[] = { 5, 4 }, swapped[] = { 2, 1 };
  static const char * const names[] = { "x", "y", NULL };
  static const char * const names_back[] = { "y", "x", NULL };
  const double *columns[] = { x, y }, *columns_back[] = { y, x }, *other[] = { swapped, y };
  g_autoptr (BpDataset) dataset = bp_dataset_new (1, names, columns, 2);
  g_autoptr (BpDataset) back = bp_dataset_new (2, names_back, columns_back, 2);
  g_autoptr (BpDataset) different = bp_dataset_new (1, names, other, 2);
  g_autofree char *digest = bp_dataset_dup_digest (dataset);
  g_autofree char *digest_back = bp_dataset_dup_digest (back);
  g_autofree char *digest_different = bp_dataset_dup_digest (different);

  g_assert_cmpstr (digest, ==, "26d5fb10a3cab67fe16105f1aae10fb52c4b5e259cca41230fce09c7562d766d");
  g_assert_cmpstr (digest_back, ==, digest);
  g_assert_cmpstr (digest_different, !=, digest);
}

/* Longer than one part of what is hashed. */
static void
test_digest_long (void)
{
  static const char * const names[] = { "x", NULL };
  g_autofree double *zeros = g_new0 (double, 1000);
  const double *columns[] = { zeros };
  g_autoptr (BpDataset) dataset = bp_dataset_new (1, names, columns, 1000);
  g_autoptr (BpDataset) other = NULL;
  g_autofree char *digest = bp_dataset_dup_digest (dataset);
  g_autofree char *other_digest = NULL;

  g_assert_cmpstr (digest, ==, "ff7540d275d0f62d761001613b266c4cd01856df82c2b0accbdf578e5faeb411");
  zeros[999] = 1;
  other = bp_dataset_new (1, names, columns, 1000);
  other_digest = bp_dataset_dup_digest (other);
  g_assert_cmpstr (other_digest, ==, "851809d5173d717ee7921972110507d889f10ac7b0d92c2289098a020f507b44");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dataset/new", test_new);
  g_test_add_func ("/dataset/no-columns", test_no_columns);
  g_test_add_func ("/dataset/distributions", test_distributions);
  g_test_add_func ("/dataset/distributions-fail", test_distributions_fail);
  g_test_add_func ("/dataset/digest", test_digest);
  g_test_add_func ("/dataset/digest-long", test_digest_long);

  return g_test_run ();
}
