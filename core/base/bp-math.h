/* bp-math.h: functions whose results have the same bits on every machine
 *
 * The C library selects its code for exp, log, sin, cos, tanh and pow by the processor, and the results differ in the
 * last bits. So every number of a run is computed by the functions here, by the formulas of bp-op-math.h, or by
 * operations that IEEE 754 rounds exactly: + − × ÷, sqrt(), rint() and the like. The functions are SLEEF's consistent
 * ones (sleef.org), which use no fused operations. Their error is at most 1 unit in the last place, that
 * of bp_erfc() at most 1.5; otherwise they are as in C.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double bp_log (double x) G_GNUC_CONST;

/** log(1 + x), also where 1 + x would lose a small x. */
double bp_log_1_plus (double x) G_GNUC_CONST;

double bp_erfc (double x) G_GNUC_CONST;

double bp_sin (double x) G_GNUC_CONST;

double bp_cos (double x) G_GNUC_CONST;

/** Returns: aᵇ; a¹, a², a⁻¹ and √a are exactly a, a·a, 1/a and sqrt (a) */
double bp_pow (double a,
               double b) G_GNUC_CONST;

G_END_DECLS
