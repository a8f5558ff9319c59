/* bp-math.h: functions whose results have the same bits on every machine
 *
 * The C library chooses the code of exp, log, sin, cos, tanh and pow by what the processor has, and rounds differently
 * with it. So whatever reaches a number of a run is computed by these, by the formulas of bp-op-math.h, or by what is
 * exact everywhere: + − × ÷, sqrt(), rint() and the like. These are SLEEF's consistent functions, which take neither
 * vectors nor fused operations (sleef.org); they are within 1 unit in the last place and otherwise as in C.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double bp_log (double x) G_GNUC_CONST;

double bp_sin (double x) G_GNUC_CONST;

double bp_cos (double x) G_GNUC_CONST;

/** aᵇ; a¹, a², a⁻¹ and √a as these are rounded by themselves: x**2 is x·x. */
double bp_pow (double a,
               double b) G_GNUC_CONST;

G_END_DECLS
