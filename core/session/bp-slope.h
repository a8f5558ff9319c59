/* bp-slope.h: the slope of a function at a point, by differences with an adaptive step
 *
 * The gradient check compares gradients with it. Differences at steps that grow by a constant factor are extrapolated
 * to the step 0 (Richardson; Ridders' tableau, Numerical Recipes 5.7, dfridr). The error of an estimate is its distance
 * from the two estimates that it was extrapolated from, and the rounding of the function over the smallest step. The
 * smallest steps that give a precise slope are taken, as larger ones may reach beyond a kink nearby. Both sides are
 * measured, to find a kink at the point.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The largest relative difference between a gradient and a slope that counts as rounding. */
#define BP_SLOPE_LIMIT 1e-7

/**
 * BpSlopeKind:
 * @BP_SLOPE_SMOOTH: there is one slope
 * @BP_SLOPE_KINK: the slopes from below and from above differ, or on one side the function is not defined
 * @BP_SLOPE_UNDEFINED: the function is no finite number at the point or beside it
 * @BP_SLOPE_UNBOUNDED: the smaller the step, the steeper
 * @BP_SLOPE_HIDDEN: no step tells: rounding or jumps of the function hide its slope
 */
typedef enum {
  BP_SLOPE_SMOOTH,
  BP_SLOPE_KINK,
  BP_SLOPE_UNDEFINED,
  BP_SLOPE_UNBOUNDED,
  BP_SLOPE_HIDDEN,
} BpSlopeKind;

/**
 * BpSlope:
 * @value: the slope; at a kink the mean of both sides, or the slope of the only one; NaN where there is none
 * @error: the largest absolute error of @value
 * @negligible: an absolute error below this counts as rounding, however small the slope is
 * @below: at a kink the slope towards smaller arguments, NaN where the function is not defined there
 * @above: at a kink the slope towards larger arguments, NaN where the function is not defined there
 */
typedef struct {
  BpSlopeKind kind;
  double      value;
  double      error;
  double      negligible;
  double      below;
  double      above;
} BpSlope;

/**
 * BpSlopeVerdict:
 * @BP_SLOPE_AGREES: the gradient is the slope
 * @BP_SLOPE_WITHIN_ROUNDING: they are no farther apart than rounding may take the slope, which is little beside that
 * @BP_SLOPE_AT_KINK: it is the slope of one side, or lies between those of both sides
 * @BP_SLOPE_UNCHECKED: it is no finite number, or there is no slope to compare it with
 * @BP_SLOPE_DIFFERS: it is wrong
 *
 * From the best to the worst.
 */
typedef enum {
  BP_SLOPE_AGREES,
  BP_SLOPE_WITHIN_ROUNDING,
  BP_SLOPE_AT_KINK,
  BP_SLOPE_UNCHECKED,
  BP_SLOPE_DIFFERS,
} BpSlopeVerdict;

typedef double (*BpSlopeFunc) (double   x,
                               gpointer data);

/** How often bp_slope_measure() calls its function at most. */
#define BP_SLOPE_MAX_CALLS 205

/**
 * bp_slope_measure:
 * @function: is called at @x and on both sides of it, never farther away than max(1, |x|)
 * @guess: the expected slope; it only chooses the first step
 * @noise: the largest rounding error of a value of the function at @x
 * @growth: how much larger that error is at a distance of 1: no step makes the error of a difference smaller than this
 *
 * Calls @function 5 to 13 times if it is smooth and its slope is @guess, else at most BP_SLOPE_MAX_CALLS times.
 */
void bp_slope_measure (BpSlopeFunc function,
                       gpointer    data,
                       double      x,
                       double      guess,
                       double      noise,
                       double      growth,
                       BpSlope    *slope);

/**
 * bp_slope_judge:
 * @error: (out): |gradient − slope| divided by the larger of |gradient| and |slope|; at a kink the distance is from the
 *   slope of the nearer side, and 0 between both; NaN where unchecked, and where it is more than BP_SLOPE_LIMIT but due
 *   to rounding, so that it tells nothing
 */
BpSlopeVerdict bp_slope_judge (const BpSlope *slope,
                               double         gradient,
                               double        *error);

/** Why @gradient is unchecked: "the slope grows without bound …". Returns: (transfer none): translated */
const char *bp_slope_get_reason (const BpSlope *slope,
                                 double         gradient);

/** "slope 0 from below, 1 from above". Returns: (transfer full): translated */
char *bp_slope_describe_kink (const BpSlope *slope);

G_END_DECLS
