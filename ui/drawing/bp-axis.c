/* bp-axis.c: an axis of a plot: range, mapping, ticks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-axis.h"

#include "base/bp-number.h"

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

/* Exponents of the magnitudes that tick labels show without a power of ten. */
#define FIXED_MIN (-4)
#define FIXED_MAX 4

/* The most ticks of a linear axis. */
#define MAX_TICKS 50

/* Tolerance in steps, because rounding makes multiples of a step inexact. */
#define SLACK 1e-9

/* 1, 2 or 5 times a power of ten. */
typedef struct {
  int factor;
  int exponent;
} Step;

static Step
step_next (Step step)
{
  if (step.factor == 1)
    return (Step) { 2, step.exponent };
  if (step.factor == 2)
    return (Step) { 5, step.exponent };

  return (Step) { 1, step.exponent + 1 };
}

/* Returns: @count steps. A negative exponent divides, because 3 / 10 is 0.3 and 3 · 0.1 is not. */
static double
step_multiply (Step   step,
               double count)
{
  if (step.exponent < 0)
    return count * step.factor / pow (10, -step.exponent);

  return count * step.factor * pow (10, step.exponent);
}

/* Returns: the least step that is at least @size > 0 */
static Step
step_at_least (double size)
{
  Step step = { 1, (int) floor (log10 (size)) - 1 };

  while (step_multiply (step, 1) < size * (1 - SLACK))
    step = step_next (step);

  return step;
}

void
bp_axis_clear (BpAxis *axis)
{
  g_free (axis->label);
  g_free (axis->unit);
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
  Step step;
  double unit;

  widen (&minimum, &maximum);

  step = step_at_least ((maximum - minimum) / MAX_STEPS);
  if (step.factor == 2)
    step.factor = 5;

  unit = step_multiply (step, 1);
  set_valid_range (axis,
                   step_multiply (step, floor (minimum / unit + SLACK)),
                   step_multiply (step, ceil (maximum / unit - SLACK)));
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

  first = (int) floor (log10 (minimum) + SLACK);
  last = (int) ceil (log10 (maximum) - SLACK);
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

/* Ticks */

static void
clear_tick (gpointer tick)
{
  g_free (((BpTick *) tick)->label);
}

static GArray *
new_ticks (void)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (BpTick));

  g_array_set_clear_func (ticks, clear_tick);

  return ticks;
}

static void
add_tick (GArray *ticks,
          double  value,
          char   *label)
{
  BpTick tick = { value, label };

  g_array_append_val (ticks, tick);
}

/* Returns: the number of significant digits of @value, a multiple of 10^@exponent */
static guint
get_n_digits (double value,
              int    exponent)
{
  return (guint) CLAMP ((int) floor (log10 (fabs (value)) + SLACK) - exponent + 1, 1, 17);
}

/* The largest tick decides the notation of all, so that 50000 is not beside 1·10⁵. */
static char *
format_linear (double value,
               double largest,
               Step   step)
{
  g_autofree char *factor = NULL;
  GString *string;
  int magnitude;

  if (value == 0)
    return g_strdup ("0");

  magnitude = (int) floor (log10 (largest) + SLACK);
  if (magnitude <= FIXED_MAX && step.exponent >= FIXED_MIN)
    return bp_number_format_digits (value, get_n_digits (value, step.exponent));

  factor = bp_number_format_digits (value / pow (10, magnitude), get_n_digits (value, step.exponent));
  string = g_string_new (factor);
  g_string_append (string, "·10");
  bp_number_append_superscript (string, magnitude);

  return g_string_free (string, FALSE);
}

static GArray *
create_linear_ticks (const BpAxis *axis,
                     Step          step)
{
  GArray *ticks = new_ticks ();
  double unit = step_multiply (step, 1);
  double first = ceil ((axis->is_share ? MAX (axis->minimum, 0) : axis->minimum) / unit - SLACK);
  double last = floor ((axis->is_share ? MIN (axis->maximum, 1) : axis->maximum) / unit + SLACK);
  double largest = MAX (fabs (step_multiply (step, first)), fabs (step_multiply (step, last)));

  for (double i = first; i <= last && ticks->len <= MAX_TICKS; i++)
    {
      double value = CLAMP (step_multiply (step, i), axis->minimum, axis->maximum);

      add_tick (ticks, value, format_linear (i == 0 ? 0 : value, largest, step));
    }

  return ticks;
}

/* The space for labels: the arguments of bp_axis_create_ticks(). */
typedef struct {
  double        length;
  double        spacing;
  BpAxisMeasure measure;
  gpointer      data;
} Room;

static gboolean
have_room (const BpAxis *axis,
           GArray       *ticks,
           const Room   *room)
{
  const BpTick *last = NULL;

  for (guint i = 0; i < ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (ticks, BpTick, i);

      if (tick->label == NULL)
        continue;
      if (last != NULL)
        {
          double distance = room->length * (bp_axis_map (axis, tick->value) - bp_axis_map (axis, last->value));
          double extent = (room->measure (last->label, room->data) + room->measure (tick->label, room->data)) / 2;

          if (distance < MAX (extent, room->spacing))
            return FALSE;
        }
      last = tick;
    }

  return TRUE;
}

static guint
count_labels (GArray *ticks)
{
  guint n = 0;

  for (guint i = 0; i < ticks->len; i++)
    n += g_array_index (ticks, BpTick, i).label != NULL;

  return n;
}

static GArray *
choose_linear_ticks (const BpAxis *axis,
                     const Room   *room)
{
  double n = CLAMP (room->length / MAX (room->spacing, 1), 1, MAX_TICKS);
  Step step = step_at_least ((axis->maximum - axis->minimum) / n);

  if (axis->integer && step.exponent < 0)
    step = (Step) { 1, 0 };

  /* This ends: a larger step gives fewer ticks, and one or none always has room. */
  for (;; step = step_next (step))
    {
      GArray *ticks = create_linear_ticks (axis, step);

      if (have_room (axis, ticks, room))
        return ticks;
      g_array_unref (ticks);
    }
}

static char *
format_power (int exponent)
{
  GString *string = g_string_new ("10");

  bp_number_append_superscript (string, exponent);

  return g_string_free (string, FALSE);
}

/* Labels every @stride-th power of ten. Minor ticks are the other powers or, if @stride is 1, 2 … 9 times a power. */
static GArray *
create_decade_ticks (const BpAxis *axis,
                     int           stride)
{
  GArray *ticks = new_ticks ();
  int first = (int) floor (log10 (axis->minimum) - SLACK);
  int last = (int) ceil (log10 (axis->maximum) + SLACK);
  double least = axis->minimum * (1 - SLACK);
  double greatest = axis->maximum * (1 + SLACK);

  for (int exponent = first; exponent <= last; exponent++)
    for (int factor = 1; factor <= (stride == 1 ? 9 : 1); factor++)
      {
        double value = factor * pow (10, exponent);

        if (value >= least && value <= greatest)
          add_tick (ticks, value, factor == 1 && exponent % stride == 0 ? format_power (exponent) : NULL);
      }

  return ticks;
}

/* Labels 1, 2 and 5 times powers of ten; the other factors are minor ticks. */
static GArray *
create_factor_ticks (const BpAxis *axis)
{
  GArray *ticks = create_decade_ticks (axis, 1);

  for (guint i = 0; i < ticks->len; i++)
    {
      BpTick *tick = &g_array_index (ticks, BpTick, i);
      int factor = (int) lround (tick->value / pow (10, floor (log10 (tick->value) + SLACK)));

      if (factor == 1 || factor == 2 || factor == 5)
        {
          g_free (tick->label);
          tick->label = bp_number_format_digits (tick->value, 1);
        }
    }

  return ticks;
}

static GArray *
choose_log_ticks (const BpAxis *axis,
                  const Room   *room)
{
  static const int strides[] = { 1, 2, 5, 10, 20, 50, 100, 200 };
  double n_decades = log10 (axis->maximum) - log10 (axis->minimum);

  if (n_decades < 3)
    {
      GArray *ticks = create_factor_ticks (axis);

      if (count_labels (ticks) >= 2 && have_room (axis, ticks, room))
        return ticks;
      g_array_unref (ticks);
    }

  for (guint i = 0; i < G_N_ELEMENTS (strides); i++)
    {
      GArray *ticks;

      if (n_decades / strides[i] > room->length / MAX (room->spacing, 1) + 1)
        continue;

      ticks = create_decade_ticks (axis, strides[i]);
      if (count_labels (ticks) >= 2 && have_room (axis, ticks, room))
        {
          /* No minor ticks where they would be too close. */
          if (room->length / n_decades < (strides[i] == 1 ? room->spacing : 3))
            for (guint j = ticks->len; j-- > 0;)
              if (g_array_index (ticks, BpTick, j).label == NULL)
                g_array_remove_index (ticks, j);
          return ticks;
        }
      g_array_unref (ticks);
    }

  return choose_linear_ticks (axis, room);
}

GArray *
bp_axis_create_ticks (const BpAxis *axis,
                      double        length,
                      double        spacing,
                      BpAxisMeasure measure,
                      gpointer      data)
{
  Room room = { length, spacing, measure, data };

  g_return_val_if_fail (axis->minimum < axis->maximum, NULL);

  return axis->scale == BP_SCALE_LOG ? choose_log_ticks (axis, &room) : choose_linear_ticks (axis, &room);
}

char *
bp_axis_get_title (const BpAxis *axis)
{
  if (axis->label == NULL || axis->unit == NULL)
    return g_strdup (axis->label);

  /* Translators: an axis of a plot: what it shows and in which unit. */
  return g_strdup_printf (C_("axis", "%s (%s)"), axis->label, axis->unit);
}
