/* bp-axis.c: an axis of a plot: range, mapping, ticks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-axis-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The greatest magnitude of an end of a range: the difference of two does not overflow. */
#define LARGEST 8e307

/* The least width of a range, absolute and relative to the magnitude of its values. */
#define LEAST_RANGE 1e-303
#define LEAST_RELATIVE_RANGE 1e-9

/* The most steps in which bp_axis_fit() divides a range. */
#define MAX_STEPS 15

/* Decades of a log axis whose least value is not positive. */
#define LOG_DECADES 6

void
bp_axis_clear (BpAxis *axis)
{
  g_free (axis->label);
  g_free (axis->unit);
  g_clear_pointer (&axis->ticks, g_array_unref);
  *axis = (BpAxis) { 0 };
}

/* Range */

static void
set_valid_range (BpAxis *axis,
                 double  minimum,
                 double  maximum)
{
  axis->minimum = CLAMP (minimum, -LARGEST, LARGEST);
  axis->maximum = CLAMP (maximum, -LARGEST, LARGEST);
  if (axis->scale == BP_SCALE_LOG)
    axis->minimum = MAX (axis->minimum, LEAST_RANGE);
}

/* Widens a range that is too narrow to be divided. */
static void
widen (double *minimum,
       double *maximum)
{
  double magnitude = MAX (fabs (*minimum), fabs (*maximum));
  double margin = magnitude > LEAST_RANGE ? magnitude / 2 : 1;

  if (*maximum - *minimum > MAX (magnitude * LEAST_RELATIVE_RANGE, LEAST_RANGE))
    return;

  *minimum -= margin;
  *maximum += margin;
}

/* Makes the ends finite and ascending. An end that is NaN becomes the other one; without any they become 0 and 1. */
static void
order (double *minimum,
       double *maximum)
{
  if (isnan (*minimum) || isnan (*maximum))
    {
      *minimum = isnan (*maximum) ? (isnan (*minimum) ? 0 : *minimum) : *maximum;
      *maximum = *minimum == 0 ? 1 : *minimum;
    }
  if (*minimum > *maximum)
    {
      double swap = *minimum;

      *minimum = *maximum;
      *maximum = swap;
    }
  *minimum = CLAMP (*minimum, -LARGEST, LARGEST);
  *maximum = CLAMP (*maximum, -LARGEST, LARGEST);
}

/* Rounds to steps of 1, 5, 10, 50, …, each a multiple of the one before: so a wider range contains a narrower one. */
static void
fit_linear (BpAxis *axis,
            double  minimum,
            double  maximum)
{
  BpStep step;
  double unit;

  widen (&minimum, &maximum);

  step = bp_step_at_least ((maximum - minimum) / MAX_STEPS);
  if (step.factor == 2)
    step.factor = 5;

  unit = bp_step_multiply (step, 1);
  set_valid_range (axis,
                   bp_step_multiply (step, floor (minimum / unit + BP_STEP_SLACK)),
                   bp_step_multiply (step, ceil (maximum / unit - BP_STEP_SLACK)));
}

static void
fit_log (BpAxis *axis,
         double  minimum,
         double  maximum)
{
  int first, last;

  if (!(maximum > 0))
    maximum = 1;
  maximum = MAX (maximum, LEAST_RANGE * 10);
  if (!(minimum > 0))
    minimum = maximum * pow (10, -LOG_DECADES);
  minimum = MAX (minimum, LEAST_RANGE);

  first = (int) floor (log10 (minimum) + BP_STEP_SLACK);
  last = (int) ceil (log10 (maximum) - BP_STEP_SLACK);
  if (first >= last)
    first = last - 1;

  set_valid_range (axis, pow (10, first), last > 307 ? LARGEST : pow (10, last));
}

void
bp_axis_fit (BpAxis *axis,
             double  minimum,
             double  maximum)
{
  order (&minimum, &maximum);

  if (axis->scale == BP_SCALE_LOG)
    fit_log (axis, minimum, maximum);
  else
    fit_linear (axis, minimum, maximum);
}

void
bp_axis_fit_exactly (BpAxis *axis,
                     double  minimum,
                     double  maximum)
{
  order (&minimum, &maximum);
  if (axis->scale == BP_SCALE_LOG && !(minimum > 0))
    {
      fit_log (axis, minimum, maximum);
      return;
    }

  widen (&minimum, &maximum);
  if (axis->scale == BP_SCALE_LOG && !(minimum > 0))
    minimum = maximum / 10;
  set_valid_range (axis, minimum, maximum);
}

/* Mapping */

double
bp_axis_map (const BpAxis *axis,
             double        value)
{
  if (!isfinite (value))
    return NAN;
  /* Halves, because @value may be so large that its difference to an end overflows. */
  if (axis->scale == BP_SCALE_LINEAR)
    return (value / 2 - axis->minimum / 2) / (axis->maximum / 2 - axis->minimum / 2);
  if (value <= 0)
    return NAN;

  return (log10 (value) - log10 (axis->minimum)) / (log10 (axis->maximum) - log10 (axis->minimum));
}

double
bp_axis_unmap (const BpAxis *axis,
               double        position)
{
  double first;

  if (axis->scale == BP_SCALE_LINEAR)
    return axis->minimum + position * (axis->maximum - axis->minimum);

  first = log10 (axis->minimum);

  return pow (10, first + position * (log10 (axis->maximum) - first));
}

char *
bp_axis_get_title (const BpAxis *axis)
{
  if (axis->label == NULL || axis->unit == NULL)
    return g_strdup (axis->label);

  /* Translators: an axis of a plot: what it shows and in which unit. */
  return g_strdup_printf (C_("axis", "%s (%s)"), axis->label, axis->unit);
}
