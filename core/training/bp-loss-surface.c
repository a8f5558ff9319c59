/* bp-loss-surface.c: curvature and minima of the loss
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-evaluator.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/bp-random.h"

#define POWER_ITERATIONS 200
#define POWER_TOLERANCE 1e-9
#define SIGN_TOLERANCE 1e-6

/* The most parameters whose Hessian is computed. */
#define MAX_PARAMETERS 64

#define NEWTON_ITERATIONS 200
#define NEWTON_TOLERANCE 1e-9

/* A pivot that is smaller in relation to the largest element of the diagonal is a rounding error. */
#define MIN_PIVOT 1e-10

/* The relative distance at which is_minimum() tests the slope. */
#define SIDE_DISTANCE 1e-4

#define DOUBLINGS 80
#define BISECTIONS 200

static double
get_magnitude (const double *vector,
               gsize         n)
{
  double magnitude = 0;

  for (gsize i = 0; i < n; i++)
    if (!(fabs (vector[i]) <= magnitude))
      magnitude = fabs (vector[i]);

  return magnitude;
}

static double
dot (const double *a,
     const double *b,
     gsize         n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];

  return sum;
}

/* Where truncation and rounding of a central difference balance (Numerical Recipes, 5.7). */
static double
get_difference_step (const double *point,
                     gsize         n)
{
  return cbrt (DBL_EPSILON) * MAX (1, get_magnitude (point, n));
}

static gsize
get_n (BpEvaluator *self)
{
  return bp_graph_get_n_parameters (bp_evaluator_get_graph (self));
}

/* Hessian times @direction, a central difference of the gradient; @scratch has room for 2·n numbers. */
static void
multiply_hessian (BpEvaluator  *self,
                  const double *point,
                  const double *direction,
                  double       *product,
                  double       *scratch)
{
  gsize n = get_n (self);
  double h = get_difference_step (point, n);
  double *moved = scratch;
  double *gradient = scratch + n;

  for (gsize i = 0; i < n; i++)
    moved[i] = point[i] + h * direction[i];
  bp_evaluator_get_loss (self, moved, product);
  for (gsize i = 0; i < n; i++)
    moved[i] = point[i] - h * direction[i];
  bp_evaluator_get_loss (self, moved, gradient);

  for (gsize i = 0; i < n; i++)
    product[i] = (product[i] - gradient[i]) / (2 * h);
}

/* Power iteration on @sign times the Hessian plus @shift times the identity. @radius: (out): the largest distance of an
 * eigenvalue from 0. Returns: the eigenvalue at that distance; if there are two, of opposite signs, a number between
 * them */
static double
iterate_power (BpEvaluator  *self,
               const double *point,
               int           sign,
               double        shift,
               double       *radius)
{
  gsize n = get_n (self);
  g_autofree double *numbers = g_new (double, 4 * n);
  double *vector = numbers;
  double *product = numbers + n;
  guint64 key = bp_random_key (0, "curvature");
  double eigenvalue = 0;
  gboolean is_at_rest = FALSE;

  /* No eigenvector is likely to be orthogonal to such a start. */
  for (gsize i = 0; i < n; i++)
    vector[i] = 0.5 + bp_random_uniform (key, i);
  *radius = 0;

  for (guint i = 0; i < POWER_ITERATIONS && !is_at_rest; i++)
    {
      double length = sqrt (dot (vector, vector, n));
      double last_eigenvalue = eigenvalue;
      double last_radius = *radius;

      if (!(length > 0))
        return length;

      for (gsize j = 0; j < n; j++)
        vector[j] /= length;
      multiply_hessian (self, point, vector, product, numbers + 2 * n);
      for (gsize j = 0; j < n; j++)
        product[j] = sign * product[j] + shift * vector[j];

      eigenvalue = dot (vector, product, n);
      *radius = sqrt (dot (product, product, n));
      is_at_rest = fabs (eigenvalue - last_eigenvalue) + fabs (*radius - last_radius) <= POWER_TOLERANCE * *radius;
      memcpy (vector, product, n * sizeof (double));
    }

  return eigenvalue;
}

double
bp_evaluator_get_curvature (BpEvaluator  *evaluator,
                            const double *parameters,
                            int           sign)
{
  double eigenvalue, radius, shifted_radius;

  g_return_val_if_fail (evaluator != NULL && parameters != NULL, (double) NAN);

  eigenvalue = iterate_power (evaluator, parameters, sign, 0, &radius);
  /* Shifted by the radius, no eigenvalue is negative, and the largest is the farthest from 0. */
  if (eigenvalue < (1 - SIGN_TOLERANCE) * radius)
    eigenvalue = iterate_power (evaluator, parameters, sign, radius, &shifted_radius) - radius;

  return eigenvalue;
}

/* Newton's method, its Hessian made positive definite by a multiple of the identity where it is not, with backtracking
 * (Nocedal and Wright, Numerical Optimization, 3.4). Arrays of the state are of n numbers, the Hessian and its factor
 * of n². */
typedef struct {
  BpEvaluator *evaluator;
  gsize        n;
  double      *point;
  double      *gradient;
  double      *step;
  double      *trial;
  double      *hessian;
  double      *factor;
  double      *scratch;
} Newton;

static gboolean
compute_hessian (Newton *self)
{
  gsize n = self->n;

  for (gsize i = 0; i < n; i++)
    {
      memset (self->step, 0, n * sizeof (double));
      self->step[i] = 1;
      multiply_hessian (self->evaluator, self->point, self->step, self->hessian + i * n, self->scratch);
    }

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      self->hessian[i * n + j] = self->hessian[j * n + i] = (self->hessian[i * n + j] + self->hessian[j * n + i]) / 2;

  return isfinite (get_magnitude (self->hessian, n * n));
}

static double
get_largest_diagonal (Newton *self)
{
  double largest = 0;

  for (gsize i = 0; i < self->n; i++)
    largest = MAX (largest, fabs (self->hessian[i * self->n + i]));

  return largest;
}

/* Cholesky's factor of the Hessian plus @damping times the identity; FALSE when that is not positive definite. */
static gboolean
factorize (Newton *self,
           double  damping)
{
  gsize n = self->n;
  double *l = self->factor;
  double least = MIN_PIVOT * (get_largest_diagonal (self) + damping);

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j <= i; j++)
      {
        double rest = self->hessian[i * n + j] + (i == j ? damping : 0) - dot (l + i * n, l + j * n, j);

        if (i == j && !(rest > least))
          return FALSE;
        l[i * n + j] = i == j ? sqrt (rest) : rest / l[j * n + j];
      }

  return TRUE;
}

/* The step that the factor and the gradient give. */
static void
solve (Newton *self)
{
  gsize n = self->n;
  const double *l = self->factor;
  double *x = self->step;

  for (gsize i = 0; i < n; i++)
    x[i] = (-self->gradient[i] - dot (l + i * n, x, i)) / l[i * n + i];

  for (gsize i = n; i-- > 0;)
    {
      for (gsize j = i + 1; j < n; j++)
        x[i] -= l[j * n + i] * x[j];
      x[i] /= l[i * n + i];
    }
}

/* Finds the step; @is_pure: (out): whether the Hessian is positive definite as it is */
static gboolean
find_step (Newton   *self,
           gboolean *is_pure)
{
  double damping = 0;

  if (!compute_hessian (self))
    return FALSE;

  *is_pure = factorize (self, 0);
  if (!*is_pure)
    {
      damping = MAX (1e-4 * get_largest_diagonal (self), DBL_MIN);
      while (isfinite (damping) && !factorize (self, damping))
        damping *= 10;
    }
  if (!isfinite (damping))
    return FALSE;
  solve (self);

  return isfinite (get_magnitude (self->step, self->n));
}

/* Goes along the step as far as the value sinks enough (Armijo's condition, but for rounding); FALSE if nowhere. */
static gboolean
descend (Newton *self,
         double  value)
{
  gsize n = self->n;
  double slope = dot (self->gradient, self->step, n);

  for (double t = 1; t > 1e-12; t /= 2)
    {
      double trial_value;

      for (gsize i = 0; i < n; i++)
        self->trial[i] = self->point[i] + t * self->step[i];
      trial_value = bp_evaluator_get_loss (self->evaluator, self->trial, NULL);

      if (trial_value <= value + 1e-4 * t * slope + 1e-13 * fabs (value))
        {
          memcpy (self->point, self->trial, n * sizeof (double));
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_at_rest (Newton *self)
{
  return get_magnitude (self->step, self->n) <= NEWTON_TOLERANCE * (1 + get_magnitude (self->point, self->n));
}

/* Whether the function rises along the axes on both sides, which excludes plateaus. */
static gboolean
is_minimum (Newton *self)
{
  double distance = SIDE_DISTANCE * (1 + get_magnitude (self->point, self->n));

  for (gsize i = 0; i < self->n; i++)
    for (int side = -1; side <= 1; side += 2)
      {
        memcpy (self->trial, self->point, self->n * sizeof (double));
        self->trial[i] += side * distance;
        bp_evaluator_get_loss (self->evaluator, self->trial, self->gradient);
        if (!(side * self->gradient[i] > 0))
          return FALSE;
      }

  return TRUE;
}

static gboolean
iterate (Newton *self)
{
  for (guint i = 0; i < NEWTON_ITERATIONS; i++)
    {
      double value = bp_evaluator_get_loss (self->evaluator, self->point, self->gradient);
      gboolean is_pure;

      if (!isfinite (value) || !isfinite (get_magnitude (self->gradient, self->n)) || !find_step (self, &is_pure))
        return FALSE;

      if (is_pure && is_at_rest (self))
        {
          for (gsize j = 0; j < self->n; j++)
            self->point[j] += self->step[j];
          return is_minimum (self);
        }
      if (!descend (self, value))
        return FALSE;
    }

  return FALSE;
}

static gboolean
find_by_newton (BpEvaluator  *evaluator,
                const double *start,
                double       *minimum)
{
  gsize n = get_n (evaluator);
  g_autofree double *numbers = g_new (double, 6 * n + 2 * n * n);
  Newton newton = {
    .evaluator = evaluator,
    .n = n,
    .point = numbers,
    .gradient = numbers + n,
    .step = numbers + 2 * n,
    .trial = numbers + 3 * n,
    .scratch = numbers + 4 * n,
    .hessian = numbers + 6 * n,
    .factor = numbers + 6 * n + n * n,
  };

  memcpy (newton.point, start, n * sizeof (double));
  if (!iterate (&newton))
    return FALSE;
  memcpy (minimum, newton.point, n * sizeof (double));

  return TRUE;
}

/* The derivative at @x; NaN where there is no value. */
static double
get_slope (BpEvaluator *self,
           double       x)
{
  double slope;
  double value = bp_evaluator_get_loss (self, &x, &slope);

  return isfinite (value) ? slope : (double) NAN;
}

/* Finds numbers with the function falling at @low and rising at @high. */
static gboolean
find_bracket (BpEvaluator *self,
              double       start,
              double      *low,
              double      *high)
{
  double slope = get_slope (self, start);
  double distance = 1e-3 * (1 + fabs (start));
  gboolean has_low = slope < 0;
  gboolean has_high = slope > 0;

  *low = *high = start;
  for (guint i = 0; i < DOUBLINGS && !(has_low && has_high); i++, distance *= 2)
    {
      if (!has_low)
        has_low = get_slope (self, *low = start - distance) < 0;
      if (!has_high)
        has_high = get_slope (self, *high = start + distance) > 0;
    }

  return has_low && has_high;
}

/* A loss of one parameter that has a kink where it is least, as a sum of absolute values has. */
static gboolean
find_by_bisection (BpEvaluator *self,
                   double       start,
                   double      *minimum)
{
  double low, high;

  if (!find_bracket (self, start, &low, &high))
    return FALSE;

  for (guint i = 0; i < BISECTIONS && high - low > DBL_EPSILON * MAX (fabs (low), fabs (high)); i++)
    {
      double middle = low + (high - low) / 2;
      double slope = get_slope (self, middle);

      if (isnan (slope))
        return FALSE;
      low = slope <= 0 ? middle : low;
      high = slope >= 0 ? middle : high;
    }
  *minimum = low + (high - low) / 2;

  return TRUE;
}

gboolean
bp_evaluator_get_optimum (BpEvaluator  *evaluator,
                          const double *start,
                          double       *optimum)
{
  g_return_val_if_fail (evaluator != NULL && start != NULL && optimum != NULL, FALSE);

  if (get_n (evaluator) > MAX_PARAMETERS)
    return FALSE;

  return find_by_newton (evaluator, start, optimum)
         || (get_n (evaluator) == 1 && find_by_bisection (evaluator, *start, optimum));
}
