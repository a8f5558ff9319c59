/* bp-op-math.h: exponential, hyperbolic tangent and logarithm as formulas (private to the ops)
 *
 * Straight lines of additions, multiplications and selections, which compilers make vectors of: a batch is several
 * times as fast as with libm's functions, and a number has the same bits in a batch, alone, and on any machine. Results
 * are within 2 units in the last place, those of bp_tanh() and bp_sigmoid() within 3, from the least number that is not
 * 0 to the largest. The coefficients are Chebyshev interpolations (mpmath's chebyfit), whose own errors are below 2e-17
 * of the result.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <float.h>
#include <glib.h>
#include <math.h>
#include <string.h>

#include "base/bp-math.h"

G_BEGIN_DECLS

/* Where a double is computed with more digits, as by x87, bits depend on what the compiler keeps in registers. */
G_STATIC_ASSERT (FLT_EVAL_METHOD == 0);

/* Added to a number of less than 2⁵¹ it leaves the nearest whole number in the lowest bits. */
#define BP_ROUNDER 0x1.8p52

/** 2ⁿ, where @rounded is n + BP_ROUNDER and −1022 ≤ n ≤ 1023. */
static inline double
bp_power_of_2 (double rounded)
{
  guint64 bits;
  double power;

  memcpy (&bits, &rounded, sizeof bits);
  bits = (bits + 1023) << 52;
  memcpy (&power, &bits, sizeof power);

  return power;
}

/**
 * bp_exp_reduced:
 * @rounded: (out): n + BP_ROUNDER
 *
 * eʳ − 1 in eˣ = 2ⁿ·eʳ with whole n and |r| ≤ log(2)/2. The terms are added up in an order that leaves the processor as
 * many as possible to do at once.
 */
static inline double
bp_exp_reduced (double  x,
                double *rounded)
{
  const double log2e = 0x1.71547652b82fep+0, log2_high = 0x1.62e42fefa3800p-1, log2_low = 0x1.ef35793c76730p-45;
  const double shifted = x * log2e + BP_ROUNDER, n = shifted - BP_ROUNDER;
  const double r = (x - n * log2_high) - n * log2_low;
  const double r2 = r * r, r4 = r2 * r2;
  const double c01 = 0x1.0000000000001p-1 + r * 0x1.5555555555556p-3;
  const double c23 = 0x1.5555555553d67p-5 + r * 0x1.11111111109b4p-7;
  const double c45 = 0x1.6c16c1788a49bp-10 + r * 0x1.a01a01a7c327ap-13;
  const double c67 = 0x1.a019b9133a48ap-16 + r * 0x1.71de0db21e27fp-19;
  const double c89 = 0x1.28917e2c43a66p-22 + r * 0x1.af38a0d2d9620p-26;

  *rounded = shifted;

  return r + (r2 * (c01 + r2 * c23) + (r2 * r4) * ((c45 + r2 * c67) + r4 * c89));
}

/** e to less than this rounds to 0. */
#define BP_LEAST_EXPONENT (-745.2)

/** eˣ for x ≤ 0. */
static inline double
bp_exp_negative (double x)
{
  double rounded;
  const double reduced = 1 + bp_exp_reduced (x, &rounded);

  /* The least powers are less than 2⁻¹⁰²². */
  return x < BP_LEAST_EXPONENT ? 0 : reduced * (bp_power_of_2 (rounded + 64) * 0x1p-64);
}

/** eˣ. */
static inline double
bp_exp (double x)
{
  const double exponent = x < 0 ? 64 : -1, factor = x < 0 ? 0x1p-64 : 2;
  double rounded;
  const double reduced = 1 + bp_exp_reduced (x, &rounded);

  /* The largest results are more than 2¹⁰²³. */
  return x < BP_LEAST_EXPONENT ? 0
         : x > 709.8 ? HUGE_VAL : reduced * bp_power_of_2 (rounded + exponent) * factor;
}

/** (1 − e⁻²ˣ) / (1 + e⁻²ˣ) for x without its sign, by e⁻²ˣ − 1, which keeps its digits near 0. */
static inline double
bp_tanh (double x)
{
  /* From here on the quotient rounds to 1. */
  const double twice = -2 * fabs (x), exponent = twice < -44 ? -44 : twice;
  double rounded;
  const double reduced = bp_exp_reduced (exponent, &rounded);
  const double power = bp_power_of_2 (rounded);
  const double less_1 = power * reduced + (power - 1);

  return copysign (less_1 / (2 + less_1), x);
}

/** eˣ − 1 for x ≤ 0. */
static inline double
bp_exp_less_1 (double x)
{
  /* From here on the result rounds to −1. */
  const double exponent = x < -44 ? -44 : x;
  double rounded;
  const double reduced = bp_exp_reduced (exponent, &rounded);
  const double power = bp_power_of_2 (rounded);

  return power * reduced + (power - 1);
}

/** (2·atanh(s) − 2s) / s³ for z = s² ≤ 1/9. */
static inline double
bp_atanh_rest (double z)
{
  const double z2 = z * z, z4 = z2 * z2;
  const double c01 = 0x1.5555555555555p-1 + z * 0x1.999999999a3ddp-2;
  const double c23 = 0x1.24924923d44c6p-2 + z * 0x1.c71c727143318p-3;
  const double c45 = 0x1.745cf0b0e03bdp-3 + z * 0x1.3b18b294bebf9p-3;
  const double c67 = 0x1.10ac75dc602b1p-3 + z * 0x1.eb905e8575054p-4;
  const double c89 = 0x1.687a6e7c95176p-4 + z * 0x1.4b0a26c5f2aefp-3;

  return (c01 + z2 * c23) + z4 * ((c45 + z2 * c67) + z4 * c89);
}

/** log(1 + x) for 0 ≤ x ≤ 1: 2·atanh(s) with s = x / (2 + x), where 2s = x − s·x. */
static inline double
bp_log1p (double x)
{
  const double s = x / (2 + x), z = s * s;

  return x - s * (x - z * bp_atanh_rest (z));
}

/** 1 / (1 + e⁻ˣ), by one exponential of a number that is not positive. */
static inline double
bp_sigmoid (double x)
{
  const double e = bp_exp_negative (-fabs (x));

  return (x >= 0 ? 1 : e) / (1 + e);
}

/** Φ(x): the share of a standard normal distribution below x. */
static inline double
bp_normal_share (double x)
{
  return 0.5 * bp_erfc (-0x1.6a09e667f3bcdp-1 * x);
}

/** φ(x): the density of the standard normal distribution, e^(−x²/2) / √(2π). */
static inline double
bp_normal_density (double x)
{
  return 0x1.9884533d43651p-2 * bp_exp_negative (-0.5 * x * x);
}

/** The sum of @n numbers: eight sums of every eighth, which do not wait for each other, and then the sum of those. */
static inline double
bp_sum (const double *numbers,
        gsize         n)
{
  double sums[8] = { 0 };
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    for (guint j = 0; j < 8; j++)
      sums[j] += numbers[i + j];
  for (guint j = 0; i < n; i++, j++)
    sums[j] += numbers[i];

  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

G_END_DECLS
