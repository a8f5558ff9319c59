/* bp-slope.c: the slope of a function at a point, by differences with an adaptive step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-slope.h"

#include "base/bp-number.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* The columns of a tableau. More of them do not make it more precise. */
#define N_COLUMNS 5

/* The relative error at which a slope is precise enough, and that from which on it is unknown. */
#define PRECISE 1e-9
#define IMPRECISE 1e-3

/* An error counts as rounding below NEGLIGIBLE_NOISE · noise / max(1, |x|) or below NEGLIGIBLE. */
#define NEGLIGIBLE_NOISE 0x1p20
#define NEGLIGIBLE 1e-15

/* So does one below NEGLIGIBLE_GROWTH · the growth of the noise, which no step makes smaller. */
#define NEGLIGIBLE_GROWTH 64

/* The ratio of a step to the one before. */
#define RATIO 2

/* The quick measurement: the relative noise allowed at the first step, the relative error at which to stop, and the
 * most steps. */
#define QUICK_NOISE 3e-11
#define QUICK 1e-8
#define N_QUICK 6

/* The most steps of the thorough measurement. */
#define N_THOROUGH 96

/* Two calls a step, and one at the point itself. */
G_STATIC_ASSERT (BP_SLOPE_MAX_CALLS == 1 + 2 * (N_QUICK + N_THOROUGH));

/* The relative difference of both sides from which on it is a kink. */
#define KINK 1e-6

/* A slope is unbounded if over N_GROWING steps it grows by more than GROWTH of itself each time the step is halved, and
 * each growth is more than STEADY of the last one. Towards a bound each growth is half of the last one. */
#define N_GROWING 8
#define GROWTH 0.01
#define STEADY 0.75

typedef struct {
  BpSlopeFunc function;
  gpointer    data;
  double      x;
  double      y;
  double      noise;
  double      growth;
  double      negligible;
} Point;

/* The slopes that one step gives. */
typedef struct {
  double above;
  double below;
  double central;
} Differences;

/* Extrapolates to the step 0 by polynomials through the latest steps. */
typedef struct {
  double row[N_COLUMNS];
  guint  n;
  double value;
  double error;
  double negligible;
} Tableau;

/* What rounding does to a difference over @step. */
static double
get_noise (const Point *point,
           double       step)
{
  return point->noise / step + point->growth;
}

static void
measure_at (const Point *point,
            double       step,
            Differences *differences)
{
  const double x0 = point->x - step, x1 = point->x + step;
  const double y0 = point->function (x0, point->data), y1 = point->function (x1, point->data);

  differences->below = (point->y - y0) / (point->x - x0);
  differences->above = (y1 - point->y) / (x1 - point->x);
  differences->central = (y1 - y0) / (x1 - x0);
}

static gboolean
is_known (double error,
          double scale,
          double negligible)
{
  return error <= MAX (IMPRECISE * scale, negligible);
}

static void
tableau_init (Tableau *self,
              double   negligible)
{
  self->n = 0;
  self->value = NAN;
  self->error = HUGE_VAL;
  self->negligible = negligible;
}

/* Once small steps give a slope, larger steps may only refine it: they could step over a steep part, and seem more
 * precise. */
static gboolean
is_better (const Tableau *self,
           double         value,
           double         error)
{
  if (!is_known (self->error, fabs (self->value), self->negligible))
    return is_known (error, fabs (value), self->negligible) || error < self->error;

  return error < self->error && fabs (value - self->value) <= self->error;
}

/*
 * Neville's algorithm. Adds @value, the difference at a step RATIO times the last one. Differences are polynomials in a
 * power of the step; @growth is the factor by which that power grew. @noise is the rounding error of @value; it is
 * larger at a smaller step.
 */
static void
tableau_add (Tableau *self,
             double   value,
             double   growth,
             double   noise)
{
  double estimate = value, factor = 1;
  const guint n = MIN (self->n, N_COLUMNS - 1);

  if (!isfinite (value))
    {
      self->n = 0;
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      const double finer = self->row[i], coarser = estimate;
      double error;

      factor *= growth;
      noise *= RATIO;
      self->row[i] = coarser;
      estimate = finer + (finer - coarser) / (factor - 1);
      error = MAX (fabs (estimate - finer), fabs (estimate - coarser)) + 2 * noise;
      if (is_better (self, estimate, error))
        {
          self->value = estimate;
          self->error = error;
        }
    }
  self->row[n] = estimate;
  self->n = n + 1;
}

static gboolean
is_precise (const Tableau *self)
{
  return self->error <= PRECISE * fabs (self->value);
}

/* Rounds to a power of 2, so that x ± step is exact. */
static double
round_step (double step)
{
  int exponent;

  frexp (step, &exponent);

  return ldexp (1, exponent);
}

/* The unit in the last place of @x; a tiny step at 0. */
static double
get_smallest_step (double x)
{
  return x != 0 ? round_step (MAX (0x1p-53 * fabs (x), DBL_MIN)) : 0x1p-60;
}

static void
set_smooth (BpSlope       *slope,
            const Tableau *central)
{
  *slope = (BpSlope) {
    BP_SLOPE_SMOOTH, central->value, central->error, central->negligible, central->value, central->value,
  };
}

/* The quick measurement */

static double
get_first_step (const Point *point,
                double       guess)
{
  const double largest = (guess != 0 ? 0x1p-7 : 0x1p-12) * MAX (1, fabs (point->x));
  const double smallest = point->x != 0 ? get_smallest_step (point->x) : DBL_MIN;
  const double wanted = point->noise / (QUICK_NOISE * fabs (guess));

  /* If @wanted is NaN, the largest step. */
  return wanted < largest ? round_step (MAX (wanted, smallest)) : round_step (largest);
}

/* Takes few steps. Returns: TRUE if they show that the function is smooth and its slope @guess */
static gboolean
measure_quickly (const Point *point,
                 double       guess,
                 BpSlope     *slope)
{
  const double first = get_first_step (point, guess);
  double bends[2] = { 0 }, step = first, error;
  Tableau tableau;

  tableau_init (&tableau, point->negligible);
  for (guint i = 0; i < N_QUICK && !(tableau.error <= QUICK * fabs (guess)); i++, step *= RATIO)
    {
      Differences differences;

      measure_at (point, step, &differences);
      tableau_add (&tableau, differences.central, RATIO * RATIO, get_noise (point, step));
      if (i < G_N_ELEMENTS (bends))
        bends[i] = fabs (differences.above - differences.below);
    }

  /* Without a kink, half the step halves the difference of the sides. The condition is also true for NaN. */
  if (!(bends[0] <= 0.75 * bends[1] + 8 * get_noise (point, first)))
    return FALSE;
  /* The error has to be small or due to rounding. */
  if (!(tableau.error <= MAX (QUICK * fabs (guess), 8 * get_noise (point, first))))
    return FALSE;
  set_smooth (slope, &tableau);

  return bp_slope_judge (slope, guess, &error) <= BP_SLOPE_WITHIN_ROUNDING;
}

/* The thorough measurement */

/* The slopes of one side, from the smallest step on. */
typedef struct {
  Tableau  tableau;
  double   last; /* slope of the last step whose noise is small */
  double   last_growth;
  guint    n_growing;
  gboolean grows;
  gboolean is_defined;
} Side;

static void
side_init (Side  *self,
           double negligible)
{
  *self = (Side) { .grows = TRUE };
  tableau_init (&self->tableau, negligible);
}

static void
add_growth (Side   *self,
            double  slope)
{
  const double growth = self->last - slope;

  if (self->last > 0 && self->n_growing < N_GROWING)
    {
      self->grows = growth > GROWTH * self->last && (self->n_growing == 0 || self->last_growth > STEADY * growth);
      self->n_growing += self->grows;
    }
  self->last = slope;
  self->last_growth = growth;
}

static void
side_add (Side   *self,
          double  value,
          double  noise)
{
  if (is_precise (&self->tableau))
    return;

  self->is_defined |= isfinite (value);
  tableau_add (&self->tableau, value, RATIO, 2 * noise);

  if (self->grows && noise < 0.1 * GROWTH * fabs (value))
    add_growth (self, fabs (value));
}

static gboolean
is_unbounded (const Side *side)
{
  const Tableau *tableau = &side->tableau;

  return side->n_growing == N_GROWING && !is_known (tableau->error, fabs (tableau->value), tableau->negligible);
}

static double
get_error (const Side *side)
{
  return side->is_defined ? side->tableau.error : 0;
}

/* Compares the slopes of both sides. On a side where the function is not defined the slope is NaN. */
static void
compare_sides (const Tableau *central,
               const Side    *below,
               const Side    *above,
               BpSlope       *slope)
{
  const double negligible = central->negligible;
  const double b = below->tableau.value, a = above->tableau.value;
  const double scale = fmax (fabs (a), fabs (b)), error = MAX (get_error (below), get_error (above));

  *slope = (BpSlope) { BP_SLOPE_HIDDEN, NAN, HUGE_VAL, negligible, NAN, NAN };
  if (!below->is_defined && !above->is_defined)
    slope->kind = BP_SLOPE_UNDEFINED;
  else if (is_unbounded (below) || is_unbounded (above))
    slope->kind = BP_SLOPE_UNBOUNDED;
  else if (is_known (error, scale, negligible)
           && !(fabs (a - b) <= MAX (KINK * scale, 2 * (get_error (below) + get_error (above)))))
    *slope = (BpSlope) { BP_SLOPE_KINK, isnan (a) ? b : isnan (b) ? a : (a + b) / 2, error, negligible, b, a };
  else if (is_known (central->error, fabs (central->value), negligible))
    set_smooth (slope, central);
}

static void
measure_thoroughly (const Point *point,
                    BpSlope     *slope)
{
  const double largest = 0.25 * MAX (1, fabs (point->x));
  double step = get_smallest_step (point->x);
  Side below, above;
  Tableau central;

  tableau_init (&central, point->negligible);
  side_init (&below, point->negligible);
  side_init (&above, point->negligible);
  for (guint i = 0; i < N_THOROUGH && step <= largest; i++, step *= RATIO)
    {
      Differences differences;

      measure_at (point, step, &differences);
      if (!is_precise (&central))
        tableau_add (&central, differences.central, RATIO * RATIO, get_noise (point, step));
      side_add (&below, differences.below, get_noise (point, step));
      side_add (&above, differences.above, get_noise (point, step));
    }
  compare_sides (&central, &below, &above, slope);
}

void
bp_slope_measure (BpSlopeFunc function,
                  gpointer    data,
                  double      x,
                  double      guess,
                  double      noise,
                  double      growth,
                  BpSlope    *slope)
{
  Point point = { .function = function, .data = data, .x = x, .growth = growth };

  g_return_if_fail (function != NULL && slope != NULL);

  point.y = function (x, data);
  point.noise = isfinite (noise) ? MAX (noise, DBL_EPSILON * fabs (point.y)) : DBL_EPSILON * fabs (point.y);
  point.negligible = MAX (NEGLIGIBLE_NOISE * point.noise / MAX (1, fabs (x)), NEGLIGIBLE);
  point.negligible = MAX (NEGLIGIBLE_GROWTH * growth, point.negligible);
  if (!isfinite (x) || !isfinite (point.y))
    *slope = (BpSlope) { BP_SLOPE_UNDEFINED, NAN, HUGE_VAL, 0, NAN, NAN };
  else if (!measure_quickly (&point, isfinite (guess) ? guess : 0, slope))
    measure_thoroughly (&point, slope);
}

/* The verdict */

BpSlopeVerdict
bp_slope_judge (const BpSlope *slope,
                double         gradient,
                double        *error)
{
  const double least = fmin (slope->below, slope->above), greatest = fmax (slope->below, slope->above);
  const double scale = fmax (fabs (gradient), fmax (fabs (least), fabs (greatest)));
  double difference;
  gboolean is_rounding;

  *error = NAN;
  if (!isfinite (gradient) || slope->kind > BP_SLOPE_KINK || !is_known (slope->error, scale, slope->negligible))
    return BP_SLOPE_UNCHECKED;

  difference = fmax (0, fmax (least - gradient, gradient - greatest));
  *error = difference > 0 ? difference / scale : 0;
  if (*error > BP_SLOPE_LIMIT && difference > slope->error)
    return BP_SLOPE_DIFFERS;
  is_rounding = *error > BP_SLOPE_LIMIT;
  if (is_rounding)
    *error = NAN;
  if (slope->kind == BP_SLOPE_KINK)
    return BP_SLOPE_AT_KINK;

  return is_rounding ? BP_SLOPE_WITHIN_ROUNDING : BP_SLOPE_AGREES;
}

const char *
bp_slope_get_reason (const BpSlope *slope,
                     double         gradient)
{
  if (!isfinite (gradient) && slope->kind != BP_SLOPE_UNBOUNDED)
    return _("the gradient is not a finite number");

  switch (slope->kind)
    {
    case BP_SLOPE_UNDEFINED:
      return _("the loss nearby is not a finite number");
    case BP_SLOPE_UNBOUNDED:
      return _("the slope grows without bound as the step shrinks");
    case BP_SLOPE_SMOOTH:
    case BP_SLOPE_KINK:
    case BP_SLOPE_HIDDEN:
    default:
      return _("no step size of the difference gives a slope");
    }
}

char *
bp_slope_describe_kink (const BpSlope *slope)
{
  g_autofree char *below = bp_number_format (slope->below);
  g_autofree char *above = bp_number_format (slope->above);

  if (isnan (slope->below))
    return g_strdup_printf (_("slope %s from above, and below the loss is not defined"), above);
  if (isnan (slope->above))
    return g_strdup_printf (_("slope %s from below, and above the loss is not defined"), below);

  return g_strdup_printf (_("slope %s from below, %s from above"), below, above);
}
