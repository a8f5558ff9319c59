/* bp-loss-surface.h: curvature and minima of a function of several numbers (private to the evaluator)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The most numbers that bp_loss_surface_find_minimum() takes. */
#define BP_LOSS_SURFACE_MAX_N 64

/** The function: its value at @point, and its gradient unless @gradient is NULL. */
typedef double (* BpLossSurfaceFunc) (gpointer      data,
                                      const double *point,
                                      double       *gradient);

/**
 * BpLossSurface:
 * @function: the function
 * @data: for @function
 * @n: of how many numbers it is, at least 1
 */
typedef struct {
  BpLossSurfaceFunc function;
  gpointer          data;
  gsize             n;
} BpLossSurface;

/**
 * bp_loss_surface_get_curvature:
 *
 * The largest eigenvalue of the Hessian at @point. Power iteration finds the eigenvalue farthest from 0. If it is not
 * positive, a second power iteration finds the largest, on the Hessian shifted so that no eigenvalue is negative.
 * Hessian times vector is a central difference of the gradient.
 *
 * Returns: NaN where the gradient is not finite
 */
double bp_loss_surface_get_curvature (const BpLossSurface *surface,
                                      const double        *point);

/**
 * bp_loss_surface_find_minimum:
 * @minimum: (out caller-allocates): a local minimum
 *
 * Newton's method, its Hessian made positive definite by a multiple of the identity where it is not, with backtracking
 * (Nocedal and Wright, Numerical Optimization, 3.4). A function of one number that has a kink where it is least, as a
 * sum of absolute values has, is bisected at the sign of its derivative.
 *
 * Returns: FALSE when it does not come to rest
 */
gboolean bp_loss_surface_find_minimum (const BpLossSurface *surface,
                                       const double        *start,
                                       double              *minimum);

G_END_DECLS
