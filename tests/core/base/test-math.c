/* test-math.c: functions against libm's in long double, exact where they are to be, and their bits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-math.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "graph/bp-op-math.h"
#include "base/bp-random.h"

#define N_RANDOM 1000000

typedef double (*Function) (double x);

typedef long double (*Reference) (long double x);

static void
assert_within (double      x,
               double      actual,
               long double expected)
{
  const double right = fabs ((double) expected);

  if (actual == (double) expected || (isnan (actual) && isnan (expected)))
    return;
  if (!(fabsl (actual - expected) <= nextafter (right, HUGE_VAL) - right))
    g_error ("at %.17g: %.17g and not %.17Lg", x, actual, expected);
}

/* A number of any size and exponent, or from −@size to @size. */
static double
draw (guint  i,
      double size)
{
  const guint64 bits = bp_random_bits (1, i);
  double x;

  if (i % 2 == 0)
    return size * (2 * bp_random_uniform (1, i) - 1);
  memcpy (&x, &bits, sizeof x);

  return x;
}

static void
assert_precise (Function  function,
                Reference reference,
                double    size)
{
  for (guint i = 0; i < N_RANDOM; i++)
    {
      const double x = draw (i, size);

      assert_within (x, function (x), reference (x));
    }
}

static void
test_log (void)
{
  assert_precise (bp_log, logl, 2);
  g_assert_cmpfloat (bp_log (1), ==, 0);
  g_assert_cmpfloat (bp_log (0), ==, -HUGE_VAL);
  g_assert_cmpfloat (bp_log (HUGE_VAL), ==, HUGE_VAL);
  g_assert_true (isnan (bp_log (-1)) && isnan (bp_log (NAN)));
  assert_within (DBL_TRUE_MIN, bp_log (DBL_TRUE_MIN), logl (DBL_TRUE_MIN));
}

static void
test_sin_cos (void)
{
  assert_precise (bp_sin, sinl, 20);
  assert_precise (bp_cos, cosl, 20);
  g_assert_cmpfloat (bp_sin (0), ==, 0);
  g_assert_cmpfloat (bp_cos (0), ==, 1);
  g_assert_cmpfloat (bp_sin (DBL_TRUE_MIN), ==, DBL_TRUE_MIN);
  g_assert_true (signbit (bp_sin (-0.0)));
  g_assert_true (isnan (bp_sin (HUGE_VAL)) && isnan (bp_cos (-HUGE_VAL)));
  g_assert_true (isnan (bp_sin (NAN)) && isnan (bp_cos (NAN)));
}

static void
test_pow (void)
{
  for (guint i = 0; i < N_RANDOM; i++)
    {
      const double a = fabs (draw (i, 4)), b = i % 4 == 0 ? draw (2 * i, 20) : draw (2 * i, 600);

      assert_within (a, bp_pow (a, b), powl (a, b));
    }
}

/* Powers that are products, quotients and roots are the same as those, and whole results are exact. */
static void
test_pow_exact (void)
{
  for (guint i = 0; i < N_RANDOM; i++)
    {
      const double x = draw (i, 100);

      if (isnan (x))
        continue;
      g_assert_cmpfloat (bp_pow (x, 1), ==, x);
      g_assert_cmpfloat (bp_pow (x, 2), ==, x * x);
      g_assert_cmpfloat (bp_pow (x, -1), ==, 1 / x);
      g_assert_cmpfloat (bp_pow (fabs (x), 0.5), ==, sqrt (fabs (x)));
    }
  for (int base = -100; base <= 100; base++)
    {
      long double power = 1;

      for (int exponent = 0; fabsl (power) <= 0x1p53L && exponent <= 60; exponent++, power *= base)
        g_assert_cmpfloat (bp_pow (base, exponent), ==, (double) power);
    }
  for (int exponent = -1074; exponent <= 1023; exponent++)
    g_assert_cmpfloat (bp_pow (2, exponent), ==, ldexp (1, exponent));
}

/* C's annex F. */
static void
test_pow_ends (void)
{
  const double numbers[] = {
    0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1.5, -1.5, 1e300, -1e300, DBL_MAX, -DBL_MAX, DBL_TRUE_MIN, HUGE_VAL,
    -HUGE_VAL, NAN,
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
      {
        const double found = bp_pow (numbers[i], numbers[k]), expected = (double) powl (numbers[i], numbers[k]);

        assert_within (numbers[i], found, powl (numbers[i], numbers[k]));
        g_assert_true (isnan (expected) || signbit (found) == signbit (expected));
      }
}

/* Bits */

static double
power (double x)
{
  return bp_pow (fabs (x), 2.5 - fabs (x));
}

static double
draw_normal (double x)
{
  return bp_random_normal (2, fabs (x) < 1e15 ? (guint64) fabs (x) : 0);
}

static double
log1p_of_fraction (double x)
{
  return bp_log1p (fabs (x) <= 1 ? fabs (x) : 1 / fabs (x));
}

static guint64
digest (Function function)
{
  guint64 hash = 0;

  for (guint i = 0; i < 100000; i++)
    {
      const double y = function (draw (i, 30));
      guint64 bits;

      memcpy (&bits, &y, sizeof bits);
      hash = bp_random_bits (hash, isnan (y) ? 1 : bits);
    }

  return hash;
}

/* What a function gave at first it has to give on every processor, with every compiler and every SLEEF: recorded with
 * gcc 12 and SLEEF 3.5.1 on x86-64, where 3.6.1 gives the same. */
static void
test_bits (void)
{
  static const struct {
    const char *name;
    Function    function;
    guint64     digest;
  } functions[] = {
    { "log", bp_log, G_GUINT64_CONSTANT (0x8f3171532a6616f7) },
    { "sin", bp_sin, G_GUINT64_CONSTANT (0x59b83f8b3605a3b7) },
    { "cos", bp_cos, G_GUINT64_CONSTANT (0xa908f5c5d0891a1b) },
    { "pow", power, G_GUINT64_CONSTANT (0x8f470738ffb5cd1c) },
    { "exp", bp_exp, G_GUINT64_CONSTANT (0x9b91864cf495b852) },
    { "tanh", bp_tanh, G_GUINT64_CONSTANT (0xd830163c8d681144) },
    { "sigmoid", bp_sigmoid, G_GUINT64_CONSTANT (0x6f2a6dcf0b584b23) },
    { "log1p", log1p_of_fraction, G_GUINT64_CONSTANT (0x704a3e404d283599) },
    { "normal", draw_normal, G_GUINT64_CONSTANT (0xcac8aa949256786a) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      g_test_message ("%s", functions[i].name);
      g_assert_cmphex (digest (functions[i].function), ==, functions[i].digest);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/math/log", test_log);
  g_test_add_func ("/math/sin-cos", test_sin_cos);
  g_test_add_func ("/math/pow", test_pow);
  g_test_add_func ("/math/pow/exact", test_pow_exact);
  g_test_add_func ("/math/pow/ends", test_pow_ends);
  g_test_add_func ("/math/bits", test_bits);

  return g_test_run ();
}
