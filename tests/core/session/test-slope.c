/* test-slope.c: slopes against derivatives known, at smooth places, kinks and where there is none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-slope.h"

#include <float.h>
#include <math.h>

typedef struct {
  double (*function) (double x);
  double x;
  double below;
  double above; /* the same where it is smooth */
} Case;

static double
call (double   x,
      gpointer data)
{
  const Case *test = data;

  return test->function (x);
}

static double f_log (double x) { return log (x); }
static double f_log_squared (double x) { return log (x) * log (x); }
static double f_exp (double x) { return exp (x); }
static double f_sin (double x) { return sin (x); }
static double f_cube (double x) { return x * x * x; }
static double f_parabola (double x) { return (x - 1) * (x - 1); }
static double f_constant (double x) { return 0 * x + 1e11; }
static double f_tall (double x) { return 1e6 + sin (x); }
static double f_steep (double x) { return tanh (1000 * x) + x; }
static double f_relu (double x) { return fmax (x, 0); }
static double f_late_relu (double x) { return fmax (x - 1e-4, 0); }
static double f_near_abs (double x) { return fabs (x - 1e-6); }
static double f_abs (double x) { return fabs (x); }
static double f_bent (double x) { return x < 0 ? sin (x) : exp (3 * x) - 1; }
static double f_small_kink (double x) { return exp (x) + 1e-3 * fabs (x); }
static double f_root (double x) { return sqrt (x); }
static double f_half (double x) { return x < 0 ? NAN : sin (2 * x); }
static double f_cusp (double x) { return sqrt (fabs (x)); }
static double f_power_tower (double x) { return pow (x, x); }
static double f_step (double x) { return x > 0; }
static double f_inverse (double x) { return 1 / x; }
static double f_nothing (G_GNUC_UNUSED double x) { return NAN; }
static double f_noisy (double x) { return sin (1e9 * x) * 1e-3 + x; }

static void
measure (const Case *test,
         double      guess,
         BpSlope    *slope)
{
  bp_slope_measure (call, (gpointer) test, test->x, guess, 2 * DBL_EPSILON * fmax (1, fabs (test->function (test->x))),
                    0, slope);
}

/* Whatever the guess is, the slope comes out: as a guess, off a little, off a lot, and unknown. */
static void
test_smooth (void)
{
  const Case cases[] = {
    { f_log, 1e-3, 1e3, 1e3 },
    { f_log, 1e-7, 1e7, 1e7 },
    { f_log, 1e-300, 1e300, 1e300 },
    { f_log_squared, 1e-7, 2e7 * log (1e-7), 2e7 * log (1e-7) },
    { f_exp, -7, exp (-7), exp (-7) },
    { f_sin, 2007, cos (2007), cos (2007) },
    { f_sin, 1e6, cos (1e6), cos (1e6) },
    { f_cube, 0, 0, 0 },
    { f_cube, -3, 27, 27 },
    { f_parabola, 1, 0, 0 },
    { f_parabola, 1e5, 2 * (1e5 - 1), 2 * (1e5 - 1) },
    { f_constant, 3, 0, 0 },
    { f_tall, 1, cos (1), cos (1) },
    { f_steep, 0, 1001, 1001 },
    { f_relu, 1e-3, 1, 1 },
    { f_relu, -1e-3, 0, 0 },
    { f_late_relu, 0, 0, 0 },
    { f_near_abs, 0, -1, -1 },
    { f_near_abs, 2e-6, 1, 1 },
    { f_inverse, 1e-4, -1e8, -1e8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const double truth = cases[i].above;
      const double guesses[] = { truth, truth * (1 + 1e-5), -3 * truth + 1, 0, NAN };

      for (guint j = 0; j < G_N_ELEMENTS (guesses); j++)
        {
          BpSlope slope;

          measure (&cases[i], guesses[j], &slope);
          if (slope.kind != BP_SLOPE_SMOOTH || !(fabs (slope.value - truth) <= slope.error)
              || !(slope.error <= 1e-7 * fabs (truth) + slope.negligible))
            g_error ("case %u guess %u: kind %d, slope %.17g ± %g, not %.17g", i, j, slope.kind, slope.value,
                     slope.error, truth);
        }
    }
}

static void
test_kinks (void)
{
  const Case cases[] = {
    { f_relu, 0, 0, 1 },
    { f_abs, 0, -1, 1 },
    { f_bent, 0, 1, 3 },
    { f_small_kink, 0, 1 - 1e-3, 1 + 1e-3 },
    { f_half, 0, NAN, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *test = &cases[i];
      const double sides[] = { test->below, test->above, (test->below + test->above) / 2, test->above + 0.1,
                               fmin (test->below, test->above) - 1e-4 };

      for (guint j = 0; j < G_N_ELEMENTS (sides); j++)
        {
          BpSlope slope;
          double error;

          if (isnan (sides[j]))
            continue;
          measure (test, sides[j], &slope);
          g_assert_cmpint (slope.kind, ==, BP_SLOPE_KINK);
          g_assert_true (isnan (test->below) ? isnan (slope.below) : fabs (slope.below - test->below) <= 1e-7);
          g_assert_cmpfloat_with_epsilon (slope.above, test->above, 1e-7);
          g_assert_cmpint (bp_slope_judge (&slope, sides[j], &error), ==, j < 3 ? BP_SLOPE_AT_KINK : BP_SLOPE_DIFFERS);
          g_assert_true (j < 3 ? error <= BP_SLOPE_LIMIT : error > 1e-5);
        }
    }
}

static void
test_none (void)
{
  const struct {
    Case        test;
    BpSlopeKind kind;
    const char *reason;
  } cases[] = {
    { { f_root, 0 }, BP_SLOPE_UNBOUNDED, "the slope grows without bound as the step shrinks" },
    { { f_cusp, 0 }, BP_SLOPE_UNBOUNDED, "the slope grows without bound as the step shrinks" },
    { { f_power_tower, 0 }, BP_SLOPE_UNBOUNDED, "the slope grows without bound as the step shrinks" },
    { { f_step, 0 }, BP_SLOPE_UNBOUNDED, "the slope grows without bound as the step shrinks" },
    { { f_inverse, 0 }, BP_SLOPE_UNDEFINED, "the loss nearby is not a finite number" },
    { { f_nothing, 1 }, BP_SLOPE_UNDEFINED, "the loss nearby is not a finite number" },
    { { f_log, -1 }, BP_SLOPE_UNDEFINED, "the loss nearby is not a finite number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const double guesses[] = { 0, 1, -1e9 };

      for (guint j = 0; j < G_N_ELEMENTS (guesses); j++)
        {
          BpSlope slope;
          double error;

          measure (&cases[i].test, guesses[j], &slope);
          g_assert_cmpint (slope.kind, ==, cases[i].kind);
          g_assert_true (isnan (slope.value));
          g_assert_cmpint (bp_slope_judge (&slope, guesses[j], &error), ==, BP_SLOPE_UNCHECKED);
          g_assert_true (isnan (error));
          g_assert_cmpstr (bp_slope_get_reason (&slope, guesses[j]), ==, cases[i].reason);
        }
    }
}

/* A gradient that is no number is never right, however smooth the function. */
static void
test_not_finite (void)
{
  const Case test = { f_exp, 0, 1, 1 };
  const double gradients[] = { NAN, INFINITY, -INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (gradients); i++)
    {
      BpSlope slope;
      double error;

      measure (&test, gradients[i], &slope);
      g_assert_cmpint (slope.kind, ==, BP_SLOPE_SMOOTH);
      g_assert_cmpfloat_with_epsilon (slope.value, 1, 1e-9);
      g_assert_cmpint (bp_slope_judge (&slope, gradients[i], &error), ==, BP_SLOPE_UNCHECKED);
      g_assert_cmpstr (bp_slope_get_reason (&slope, gradients[i]), ==, "the gradient is not a finite number");
    }
}

/* What counts as noise is not taken for a slope. */
static void
test_noise (void)
{
  const Case test = { f_noisy, 0.5, 1, 1 };
  BpSlope slope;

  bp_slope_measure (call, (gpointer) &test, test.x, 1, 1e-3, 0, &slope);
  g_assert_true (slope.kind == BP_SLOPE_HIDDEN
                 || (slope.kind == BP_SLOPE_SMOOTH && fabs (slope.value - 1) <= slope.error));
}

/* Where nothing is special a slope costs five values; a kink, a wrong guess and a place without slope cost more. */
static double
count (double   x,
       gpointer data)
{
  guint *n = data;

  (*n)++;

  return exp (x);
}

static void
test_cost (void)
{
  BpSlope slope;
  guint n_right = 0, n_wrong = 0;

  bp_slope_measure (count, &n_right, 1, exp (1), 4 * DBL_EPSILON, 0, &slope);
  bp_slope_measure (count, &n_wrong, 1, 1, 4 * DBL_EPSILON, 0, &slope);
  g_assert_cmpuint (n_right, ==, 5);
  g_assert_cmpuint (n_wrong, >, 5);
  g_assert_cmpuint (n_wrong, <=, 200);
}

static void
test_texts (void)
{
  const BpSlope both = { BP_SLOPE_KINK, 0.5, 0, 0, 0, 1 };
  const BpSlope above = { BP_SLOPE_KINK, 2, 0, 0, NAN, 2 };
  const BpSlope below = { BP_SLOPE_KINK, 2, 0, 0, 2, NAN };
  g_autofree char *both_text = bp_slope_describe_kink (&both);
  g_autofree char *above_text = bp_slope_describe_kink (&above);
  g_autofree char *below_text = bp_slope_describe_kink (&below);

  g_assert_cmpstr (both_text, ==, "slope 0 from below, 1 from above");
  g_assert_cmpstr (above_text, ==, "slope 2 from above, and below the loss is not defined");
  g_assert_cmpstr (below_text, ==, "slope 2 from below, and above the loss is not defined");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/slope/smooth", test_smooth);
  g_test_add_func ("/slope/kinks", test_kinks);
  g_test_add_func ("/slope/none", test_none);
  g_test_add_func ("/slope/not-finite", test_not_finite);
  g_test_add_func ("/slope/noise", test_noise);
  g_test_add_func ("/slope/cost", test_cost);
  g_test_add_func ("/slope/texts", test_texts);

  return g_test_run ();
}
