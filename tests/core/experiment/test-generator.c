/* test-generator.c: data that are made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-generator.h"

#include <math.h>
#include <string.h>

#include "base/bp-error.h"

static BpDataset *
create (const char *text,
        guint64     seed)
{
  BpGenerator generator;
  g_autoptr (GError) error = NULL;
  BpDataset *dataset;

  bp_generator_parse (text, &generator, &error);
  g_assert_no_error (error);
  dataset = bp_generator_create_dataset (&generator, seed, &error);
  g_assert_no_error (error);

  return dataset;
}

static double
get (BpDataset  *dataset,
     const char *column,
     gsize       row)
{
  return bp_dataset_get_column (dataset, bp_dataset_find (dataset, column))[row];
}

/* How far the point of @row is from where it would be without noise, by equations of the figures. */
static double
get_distance (const char *name,
              BpDataset  *dataset,
              gsize       row)
{
  double x = get (dataset, "x1", row), y = get (dataset, "x2", row), label = get (dataset, "label", row);

  if (g_str_equal (name, "circles"))
    return fabs (hypot (x, y) - (label == 0 ? 1 : 0.5));
  if (g_str_equal (name, "moons"))
    return fabs (hypot (x - label, y - label / 2) - 1);
  if (g_str_equal (name, "spirals"))
    {
      double turned = atan2 (label == 0 ? x : -x, label == 0 ? y : -y) - 3 * G_PI * hypot (x, y);

      return fabs (turned - 2 * G_PI * round (turned / (2 * G_PI)));
    }
  if (g_str_equal (name, "blobs"))
    return hypot (x - (2 * label - 1), y - (2 * label - 1));

  return hypot (fabs (x) - 1, fabs (y) - 1) + fabs ((x * y < 0) - label);
}

static void
test_figures (void)
{
  static const char * const names[] = { "circles", "moons", "spirals", "blobs", "xor" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *exact = g_strdup_printf ("%s(40, noise=0)", names[i]);
      g_autoptr (BpDataset) dataset = create (exact, 1);
      guint n_ones = 0;

      g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 40);
      for (gsize row = 0; row < 40; row++)
        {
          g_assert_cmpfloat (get_distance (names[i], dataset, row), <, 1e-12);
          n_ones += get (dataset, "label", row) == 1;
        }
      g_assert_cmpuint (n_ones, ==, 20);
    }
}

static void
test_functions (void)
{
  g_autoptr (BpDataset) line = create ("line(5, noise=0)", 1);
  g_autoptr (BpDataset) sine = create ("sine(9, noise=0)", 1);
  g_autoptr (BpDataset) one = create ("line(1, noise=0)", 1);

  for (gsize row = 0; row < 5; row++)
    {
      g_assert_cmpfloat (get (line, "x", row), ==, -1 + (double) row / 2);
      g_assert_cmpfloat (get (line, "y", row), ==, -1 + (double) row);
    }
  for (gsize row = 0; row < 9; row++)
    {
      g_assert_cmpfloat_with_epsilon (get (sine, "x", row), G_PI * (-1 + (double) row / 4), 1e-12);
      g_assert_cmpfloat_with_epsilon (get (sine, "y", row), sin (get (sine, "x", row)), 1e-12);
    }
  g_assert_cmpfloat (get (one, "y", 0), ==, 1);
}

/* The noise is that of the seed; of a line only y has it. */
static void
test_noise (void)
{
  g_autoptr (BpDataset) exact = create ("moons(2000, noise=0)", 1);
  g_autoptr (BpDataset) noisy = create ("moons(2000, noise=0.3)", 1);
  g_autoptr (BpDataset) again = create ("moons(2000, noise=0.3)", 1);
  g_autoptr (BpDataset) other = create ("moons(2000, noise=0.3)", 2);
  g_autoptr (BpDataset) usual = create ("line(2000)", 1);
  double sum[2] = { 0, 0 }, sum_of_line = 0;

  for (gsize row = 0; row < 2000; row++)
    {
      double dx = get (noisy, "x1", row) - get (exact, "x1", row), dy = get (noisy, "x2", row) - get (exact, "x2", row);

      sum[0] += dx * dx;
      sum[1] += dy * dy;
      sum_of_line += pow (get (usual, "y", row) - 2 * get (usual, "x", row) - 1, 2);
      g_assert_cmpfloat (get (noisy, "x1", row), ==, get (again, "x1", row));
      g_assert_cmpfloat (get (noisy, "x1", row), !=, get (other, "x1", row));
      g_assert_cmpfloat_with_epsilon (get (usual, "x", row), 2 * (double) row / 1999 - 1, 1e-15);
    }
  g_assert_cmpfloat_with_epsilon (sqrt (sum[0] / 2000), 0.3, 0.02);
  g_assert_cmpfloat_with_epsilon (sqrt (sum[1] / 2000), 0.3, 0.02);
  g_assert_cmpfloat_with_epsilon (sqrt (sum_of_line / 2000), 0.1, 0.01);
}

static void
test_texts (void)
{
  static const char * const texts[][2] = {
    { "circles(200)", "circles(200, noise=0.1)" },
    { "  xor ( 8 , noise = 2e-1 ) ", "xor(8, noise=0.2)" },
    { "sine(7,noise=0)", "sine(7, noise=0)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      BpGenerator generator;
      g_autofree char *text = NULL;

      g_assert_true (bp_generator_parse (texts[i][0], &generator, NULL));
      text = bp_generator_to_string (&generator);
      g_assert_cmpstr (text, ==, texts[i][1]);
    }
}

static void
test_errors (void)
{
  static const char * const cases[][2] = {
    { "", "column 1: there is no generator “”; known: circles, moons, spirals, blobs, xor, line, sine" },
    { "circle(20)", "column 1: there is no generator “circle”; did you mean “circles”?" },
    { "circles", "column 8: “(” and a number of samples were expected, such as circles(200, noise=0.1)" },
    { "circles()", "column 9: a whole number of samples was expected" },
    { "circles(-2)", "column 9: a whole number of samples was expected" },
    { "circles(0)", "column 9: the number of samples must be from 2 to 10000000" },
    { "circles(10000002)", "column 9: the number of samples must be from 2 to 10000000" },
    { "moons(21)", "column 7: moons gives both classes equally many samples; their number must be even" },
    { "xor(18)", "column 5: xor gives all 4 corners equally many samples; their number must be a multiple of it" },
    { "circles(20, 0.1)", "column 13: noise=, its standard deviation, was expected" },
    { "circles(20, noise=x)", "column 19: a number was expected" },
    { "circles(20, noise=-1)", "column 19: the noise must be from 0 to 1000" },
    { "circles(20, noise=1e999)", "column 19: the noise must be from 0 to 1000" },
    { "circles(20 30)", "column 12: “)” was expected" },
    { "circles(20) 1", "column 13: the end was expected" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BpGenerator generator = { BP_GENERATOR_SINE, 7, 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (bp_generator_parse (cases[i][0], &generator, &error));
      g_assert_cmpstr (error->message, ==, cases[i][1]);
      g_assert_cmpuint (generator.n_samples, ==, 7);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/generator/figures", test_figures);
  g_test_add_func ("/generator/functions", test_functions);
  g_test_add_func ("/generator/noise", test_noise);
  g_test_add_func ("/generator/texts", test_texts);
  g_test_add_func ("/generator/errors", test_errors);

  return g_test_run ();
}
