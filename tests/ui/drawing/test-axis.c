/* test-axis.c: ranges, mapping and ticks of axes, over random ranges of every magnitude
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-axis.h"

#include <math.h>
#include <string.h>

#define N_RANGES 100000
#define CHAR_WIDTH 6.5

static double
measure (const char             *label,
         G_GNUC_UNUSED gpointer  data)
{
  return (double) g_utf8_strlen (label, -1) * CHAR_WIDTH + 6;
}

/* Nearly any magnitude that a double has, either sign, often close together. */
static void
random_range (GRand  *rand,
              double *minimum,
              double *maximum)
{
  double exponent = g_rand_double_range (rand, -285, 300);
  double centre = g_rand_double_range (rand, -1, 1) * pow (10, exponent);
  double spread = fabs (centre) * pow (10, g_rand_double_range (rand, -6, 3));

  if (g_rand_int_range (rand, 0, 20) == 0)
    centre = 0;
  *minimum = centre - spread * g_rand_double (rand);
  *maximum = centre + spread * g_rand_double (rand);
}

static guint
get_labels (GArray *ticks,
            guint  *labelled)
{
  guint n = 0;

  for (guint i = 0; i < ticks->len; i++)
    if (g_array_index (ticks, BpTick, i).label != NULL)
      labelled[n++] = i;

  return n;
}

/* A step is at most 2.5 times as long as there is need for: on so long an axis two labels keep the least distance. */
static gboolean
is_long (double length,
         double spacing,
         double extent)
{
  return length >= 5 * MAX (spacing, extent);
}

static void
assert_side_by_side (const BpAxis *axis,
                     GArray       *ticks,
                     double        length,
                     double        spacing)
{
  const BpTick *last = NULL;

  for (guint i = 0; i < ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (ticks, BpTick, i);

      if (tick->label == NULL)
        continue;
      if (last != NULL)
        {
          double distance = length * (bp_axis_map (axis, tick->value) - bp_axis_map (axis, last->value));
          double extent = (measure (last->label, NULL) + measure (tick->label, NULL)) / 2;

          g_assert_cmpfloat (distance, >=, extent);
          g_assert_true (distance >= spacing || !is_long (length, spacing, extent));
          g_assert_cmpstr (last->label, !=, tick->label);
        }
      last = tick;
    }
}

static void
assert_inside (const BpAxis *axis,
               GArray       *ticks)
{
  double last = -INFINITY;

  for (guint i = 0; i < ticks->len; i++)
    {
      double value = g_array_index (ticks, BpTick, i).value;
      double position = bp_axis_map (axis, value);

      g_assert_cmpfloat (position, >=, -1e-6);
      g_assert_cmpfloat (position, <=, 1 + 1e-6);
      g_assert_cmpfloat (value, >, last);
      last = value;
    }
}

/* The distance of two labelled ticks is 1, 2 or 5 times a power of ten, and each is a multiple of it. */
static void
assert_round (GArray *ticks)
{
  guint labelled[64];
  guint n = get_labels (ticks, labelled);

  if (n < 2)
    return;

  double first = g_array_index (ticks, BpTick, labelled[0]).value;
  double step = (g_array_index (ticks, BpTick, labelled[n - 1]).value - first) / (n - 1);
  double power = pow (10, floor (log10 (step) + 1e-6));
  double factor = round (step / power);

  g_assert_cmpfloat (fabs (step / power - factor), <, 1e-5);
  g_assert_true (factor == 1 || factor == 2 || factor == 5);
  step = factor * power;
  for (guint i = 0; i < n; i++)
    {
      double count = g_array_index (ticks, BpTick, labelled[i]).value / step;

      g_assert_cmpfloat (fabs (count - round (count)), <, 1e-4);
    }
}

static void
test_linear_ticks (void)
{
  GRand *rand = g_rand_new_with_seed (1);
  guint n_with_two = 0;

  for (guint i = 0; i < N_RANGES; i++)
    {
      BpAxis axis = { 0 };
      double length = g_rand_double_range (rand, 20, 800);
      double spacing = g_rand_double_range (rand, 10, 40);
      double minimum, maximum;

      random_range (rand, &minimum, &maximum);
      bp_axis_fit_exactly (&axis, minimum, maximum);

      g_autoptr (GArray) ticks = bp_axis_create_ticks (&axis, length, spacing, measure, NULL);
      guint labelled[64];
      guint n = get_labels (ticks, labelled);

      g_assert_true (n <= length / spacing + 1 || !is_long (length, spacing, 0));
      assert_inside (&axis, ticks);
      assert_side_by_side (&axis, ticks, length, spacing);
      assert_round (ticks);
      n_with_two += n >= 2;
      /* Steps grow by at most 2.5, so that two of them fit where five of the widest labels would. */
      if (length > 600)
        g_assert_cmpuint (n, >=, 2);
    }
  g_assert_cmpuint (n_with_two, >, N_RANGES / 2);
  g_rand_free (rand);
}

static void
test_log_ticks (void)
{
  GRand *rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < N_RANGES; i++)
    {
      BpAxis axis = { .scale = BP_SCALE_LOG };
      double length = g_rand_double_range (rand, 60, 800);
      double minimum = pow (10, g_rand_double_range (rand, -300, 300));
      double maximum = minimum * pow (10, g_rand_double (rand) * g_rand_double_range (rand, 0.01, 300));

      bp_axis_fit_exactly (&axis, minimum, maximum);

      g_autoptr (GArray) ticks = bp_axis_create_ticks (&axis, length, 20, measure, NULL);
      guint labelled[64];
      guint n = get_labels (ticks, labelled);

      g_assert_true (n <= length / 20 + 1 || !is_long (length, 20, 0));
      assert_inside (&axis, ticks);
      assert_side_by_side (&axis, ticks, length, 20);
      if (length > 400)
        g_assert_cmpuint (n, >=, 2);
    }
  g_rand_free (rand);
}

/* Labelled ticks of an axis of whole decades are powers of ten, or 1, 2, 5 times them. */
static void
test_log_ticks_round (void)
{
  for (int first = -290; first < 290; first += 7)
    for (int n_decades = 1; n_decades < 15 && first + n_decades < 300; n_decades++)
      {
        BpAxis axis = { .scale = BP_SCALE_LOG };

        bp_axis_fit (&axis, pow (10, first), pow (10, first + n_decades));
        g_assert_cmpfloat (fabs (log10 (axis.minimum) - first), <, 1e-9);
        g_assert_cmpfloat (fabs (log10 (axis.maximum) - first - n_decades), <, 1e-9);

        g_autoptr (GArray) ticks = bp_axis_create_ticks (&axis, 180, 20, measure, NULL);
        for (guint i = 0; i < ticks->len; i++)
          {
            const BpTick *tick = &g_array_index (ticks, BpTick, i);
            double factor = tick->value / pow (10, floor (log10 (tick->value) + 1e-6));

            if (tick->label == NULL || fabs (factor - 1) < 1e-6)
              continue;
            g_assert_cmpint (n_decades, <, 3);
            g_assert_true (fabs (factor - 2) < 1e-6 || fabs (factor - 5) < 1e-6);
          }
      }
}

/* On an axis as short as that of a low plot there are still two, which say what its scale is. */
static void
test_short (void)
{
  BpAxis linear = { 0 };
  BpAxis log = { .scale = BP_SCALE_LOG };

  bp_axis_fit_exactly (&linear, -1, 12);
  bp_axis_fit_exactly (&log, 0.1, 1000);
  g_autoptr (GArray) of_linear = bp_axis_create_ticks (&linear, 60, 50, measure, NULL);
  g_autoptr (GArray) of_log = bp_axis_create_ticks (&log, 60, 50, measure, NULL);
  guint labelled[64];

  g_assert_cmpuint (get_labels (of_linear, labelled), >=, 2);
  g_assert_cmpuint (get_labels (of_log, labelled), ==, 2);
  g_assert_cmpstr (g_array_index (of_log, BpTick, labelled[0]).label, ==, "10⁻¹");
  g_assert_cmpstr (g_array_index (of_log, BpTick, labelled[1]).label, ==, "10³");
}

/* The mean of the ends without overflow. */
static void
test_mapping (void)
{
  GRand *rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < N_RANGES; i++)
    {
      BpAxis axis = { .scale = i % 2 };
      double minimum, maximum;

      random_range (rand, &minimum, &maximum);
      bp_axis_fit (&axis, fabs (minimum), fabs (minimum) + fabs (maximum));

      double position = g_rand_double (rand);
      g_assert_cmpfloat (fabs (bp_axis_map (&axis, bp_axis_unmap (&axis, position)) - position), <, 1e-6);
      g_assert_cmpfloat (fabs (bp_axis_map (&axis, axis.minimum)), <, 1e-9);
      g_assert_cmpfloat (fabs (bp_axis_map (&axis, axis.maximum) - 1), <, 1e-9);
    }
  g_rand_free (rand);
}

static void
assert_usable (const BpAxis *axis)
{
  g_assert_true (isfinite (axis->minimum) && isfinite (axis->maximum));
  g_assert_cmpfloat (axis->minimum, <, axis->maximum);
  g_assert_true (isfinite (axis->maximum - axis->minimum));
  g_assert_cmpfloat (bp_axis_map (axis, axis->minimum), ==, 0);
  g_assert_cmpfloat (bp_axis_map (axis, axis->maximum), ==, 1);

  g_autoptr (GArray) ticks = bp_axis_create_ticks (axis, 180, 20, measure, NULL);
  assert_inside (axis, ticks);
  assert_side_by_side (axis, ticks, 180, 20);
}

static void
test_strange_ranges (void)
{
  const double strange[] = {
    0, -0.0, 1, -1, 1e-300, -1e-300, 5e-324, 1e300, -1e300, G_MAXDOUBLE, -G_MAXDOUBLE, NAN, INFINITY, -INFINITY,
    1e-5, 10, 1 + 1e-15,
  };

  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    for (guint j = 0; j < G_N_ELEMENTS (strange); j++)
      for (guint scale = 0; scale < 2; scale++)
        {
          BpAxis axis = { .scale = scale };

          bp_axis_fit (&axis, strange[i], strange[j]);
          assert_usable (&axis);
          bp_axis_fit_exactly (&axis, strange[i], strange[j]);
          assert_usable (&axis);
          if (scale == BP_SCALE_LOG)
            g_assert_cmpfloat (axis.minimum, >, 0);
        }
}

static void
test_values_without_position (void)
{
  BpAxis axis = { .scale = BP_SCALE_LOG, .minimum = 1, .maximum = 10 };

  g_assert_true (isnan (bp_axis_map (&axis, 0)));
  g_assert_true (isnan (bp_axis_map (&axis, -1)));
  g_assert_true (isnan (bp_axis_map (&axis, NAN)));
  axis.scale = BP_SCALE_LINEAR;
  g_assert_true (isnan (bp_axis_map (&axis, NAN)));
  g_assert_true (isnan (bp_axis_map (&axis, INFINITY)));
  g_assert_cmpfloat (bp_axis_map (&axis, 0), <, 0);
}

/* Contains what it was fitted to, and what is wider gives no narrower range. */
static void
test_fit (void)
{
  GRand *rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < N_RANGES; i++)
    {
      BpAxis axis = { .scale = i % 2 };
      double minimum, maximum;

      random_range (rand, &minimum, &maximum);
      if (axis.scale == BP_SCALE_LOG)
        {
          minimum = fabs (minimum) + 1e-290;
          maximum = minimum + fabs (maximum);
        }
      bp_axis_fit (&axis, minimum, maximum);
      g_assert_cmpfloat (bp_axis_map (&axis, minimum), >=, -1e-8);
      g_assert_cmpfloat (bp_axis_map (&axis, maximum), <=, 1 + 1e-8);

      BpAxis wider = { .scale = axis.scale };
      double range = maximum - minimum;
      double part = g_rand_double_range (rand, 0.1, 1);
      bp_axis_fit (&wider, axis.scale == BP_SCALE_LOG ? minimum * part : minimum - range * part,
                   maximum + range * g_rand_double (rand));
      double slack = 1e-8 * (axis.maximum - axis.minimum);
      g_assert_cmpfloat (wider.minimum, <=, axis.minimum + slack);
      g_assert_cmpfloat (wider.maximum, >=, axis.maximum - slack);
    }
  g_rand_free (rand);
}

static void
assert_labels (const BpAxis *axis,
               double        length,
               const char   *expected)
{
  g_autoptr (GArray) ticks = bp_axis_create_ticks (axis, length, 20, measure, NULL);
  GString *labels = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    if (g_array_index (ticks, BpTick, i).label != NULL)
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? " " : "", g_array_index (ticks, BpTick, i).label);
  g_assert_cmpstr (labels->str, ==, expected);
  g_string_free (labels, TRUE);
}

static void
test_labels (void)
{
  BpAxis axis = { .minimum = -1, .maximum = 10 };
  BpAxis log_axis = { .scale = BP_SCALE_LOG, .minimum = 0.001, .maximum = 1000 };

  assert_labels (&axis, 120, "0 2 4 6 8 10");
  axis.minimum = 0.7;
  axis.maximum = 1.3;
  assert_labels (&axis, 90, "0.8 1 1.2");
  axis.minimum = -0.3;
  axis.maximum = 0.3;
  assert_labels (&axis, 120, "−0.2 0 0.2");
  axis.minimum = 0;
  axis.maximum = 1e6;
  assert_labels (&axis, 300, "0 0.2·10⁶ 0.4·10⁶ 0.6·10⁶ 0.8·10⁶ 1·10⁶");
  axis.maximum = 20000;
  assert_labels (&axis, 220, "0 5000 10000 15000 20000");
  axis.maximum = 2e-7;
  assert_labels (&axis, 300, "0 0.5·10⁻⁷ 1·10⁻⁷ 1.5·10⁻⁷ 2·10⁻⁷");
  axis.minimum = -1e300;
  axis.maximum = 1e300;
  assert_labels (&axis, 160, "−1·10³⁰⁰ 0 1·10³⁰⁰");

  assert_labels (&log_axis, 240, "10⁻³ 10⁻² 10⁻¹ 10⁰ 10¹ 10² 10³");
  assert_labels (&log_axis, 100, "10⁻² 10⁰ 10²");
  log_axis.minimum = 0.1;
  log_axis.maximum = 1;
  assert_labels (&log_axis, 120, "0.1 0.2 0.5 1");
  log_axis.minimum = 1e-300;
  log_axis.maximum = 1e300;
  assert_labels (&log_axis, 200, "10⁻²⁰⁰ 10⁰ 10²⁰⁰");
}

/* A run of one iteration has no tick at half of it. */
static void
test_integer (void)
{
  for (int n = 1; n < 500; n++)
    {
      BpAxis axis = { .integer = TRUE, .maximum = n };
      g_autoptr (GArray) ticks = bp_axis_create_ticks (&axis, 300, 20, measure, NULL);

      for (guint i = 0; i < ticks->len; i++)
        g_assert_cmpfloat (fmod (g_array_index (ticks, BpTick, i).value, 1), ==, 0);
      g_assert_cmpuint (ticks->len, >=, 2);
    }
}

static void
test_title (void)
{
  BpAxis axis = { .maximum = 1 };
  g_autofree char *none = bp_axis_get_title (&axis);

  g_assert_null (none);
  axis.label = g_strdup ("t");
  g_autofree char *plain = bp_axis_get_title (&axis);
  g_assert_cmpstr (plain, ==, "t");
  axis.unit = g_strdup ("s");
  g_autofree char *both = bp_axis_get_title (&axis);
  g_assert_cmpstr (both, ==, "t (s)");
  bp_axis_clear (&axis);
  g_assert_null (axis.label);
}

/* Room beyond 0 and 1 has no probabilities. */
static void
test_share (void)
{
  for (double length = 40; length < 800; length += 7)
    {
      BpAxis axis = { .is_share = TRUE, .minimum = -0.15, .maximum = 1.4 };
      g_autoptr (GArray) ticks = bp_axis_create_ticks (&axis, length, 20, measure, NULL);

      g_assert_cmpuint (ticks->len, >, 0);
      g_assert_cmpfloat (g_array_index (ticks, BpTick, 0).value, ==, 0);
      g_assert_cmpfloat (g_array_index (ticks, BpTick, ticks->len - 1).value, <=, 1);
      axis.is_share = FALSE;
      g_autoptr (GArray) others = bp_axis_create_ticks (&axis, 800, 20, measure, NULL);
      g_assert_cmpfloat (g_array_index (others, BpTick, others->len - 1).value, >, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/axis/short", test_short);
  g_test_add_func ("/axis/linear-ticks", test_linear_ticks);
  g_test_add_func ("/axis/log-ticks", test_log_ticks);
  g_test_add_func ("/axis/log-ticks-round", test_log_ticks_round);
  g_test_add_func ("/axis/mapping", test_mapping);
  g_test_add_func ("/axis/strange-ranges", test_strange_ranges);
  g_test_add_func ("/axis/values-without-position", test_values_without_position);
  g_test_add_func ("/axis/fit", test_fit);
  g_test_add_func ("/axis/labels", test_labels);
  g_test_add_func ("/axis/integer", test_integer);
  g_test_add_func ("/axis/title", test_title);
  g_test_add_func ("/axis/share", test_share);

  return g_test_run ();
}
