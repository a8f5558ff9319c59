/* test-reference.c: copies of reference runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "experiment/bp-builtin.h"
#include "training/bp-reference.h"
#include "lib/trainer-fixture.h"

static void
assert_series_equal (const BpSeries *a,
                     const BpSeries *b)
{
  guint n_a, n_b;
  const BpBucket *buckets_a = bp_series_get_buckets (a, &n_a);
  const BpBucket *buckets_b = bp_series_get_buckets (b, &n_b);

  g_assert_true (a != b);
  g_assert_cmpint (bp_series_get_length (a), ==, bp_series_get_length (b));
  g_assert_cmpmem (buckets_a, n_a * sizeof (BpBucket), buckets_b, n_b * sizeof (BpBucket));
}

/* The copy lives on without what it was made of. */
static void
test_copy (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = load_builtin ("line");
  BpReference *reference = bp_reference_new_by_running (experiment, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BpReference) again = bp_reference_new_by_running (experiment, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BpReference) copy = bp_reference_copy (reference);

  bp_reference_free (reference);
  g_assert_cmpint (copy->length, ==, experiment->iterations);
  g_assert_cmpint (copy->diverged, ==, again->diverged);
  g_assert_cmpstr (copy->experiment->title, ==, experiment->title);
  assert_series_equal (copy->loss, again->loss);
  g_assert_cmpuint (copy->parameters->len, ==, 2);
  for (guint i = 0; i < copy->parameters->len; i++)
    assert_series_equal (g_ptr_array_index (copy->parameters, i), g_ptr_array_index (again->parameters, i));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reference/copy", test_copy);

  return g_test_run ();
}
