/* bp-axis.c: an axis of a plot: range, mapping, ticks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-axis.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Values beyond are drawn at the edge; differences of what is within do not overflow. */
#define LARGEST 8e307

/* No range is narrower, absolutely and relative to its values. */
#define LEAST_RANGE 1e-303
#define LEAST_RELATIVE_RANGE 1e-9

/* Into how many steps bp_axis_fit() divides a range at most. */
#define MAX_STEPS 15

/* What a log axis shows when the least value is not positive. */
#define LOG_DECADES 6

/* Magnitudes that tick labels write out. */
#define FIXED_MIN (-4)
#define FIXED_MAX 4

/* More ticks than this nobody reads. */
#define MAX_TICKS 50

/* Slack in steps for numbers that should be multiples of a step. */
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

/* The division keeps 0.3 from being 3 · 0.1. */
static double
step_multiply (Step   step,
               double count)
{
  if (step.exponent < 0)
    return count * step.factor / pow (10, -step.exponent);

  return count * step.factor * pow (10, step.exponent);
}

/* The least step of at least @size > 0. */
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

  if (*maximum - *minimum > MAX (magnitude * LEAST_RELATIVE_RANGE, LEAST_RANGE))
    return;

  double margin = magnitude > LEAST_RANGE ? magnitude / 2 : 1;
  *minimum -= margin;
  *maximum += margin;
}

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

/* Steps of 1, 5, 10, 50 …: each is a multiple of the ones before, so that ranges rounded to them are nested. */
static void
fit_linear (BpAxis *axis,
            double  minimum,
            double  maximum)
{
  widen (&minimum, &maximum);

  Step step = step_at_least ((maximum - minimum) / MAX_STEPS);
  if (step.factor == 2)
    step.factor = 5;

  double unit = step_multiply (step, 1);
  set_valid_range (axis,
                   step_multiply (step, floor (minimum / unit + SLACK)),
                   step_multiply (step, ceil (maximum / unit - SLACK)));
}

static void
fit_log (BpAxis *axis,
         double  minimum,
         double  maximum)
{
  if (!(maximum > 0))
    maximum = 1;
  maximum = MAX (maximum, LEAST_RANGE * 10);
  if (!(minimum > 0))
    minimum = maximum * pow (10, -LOG_DECADES);
  minimum = MAX (minimum, LEAST_RANGE);

  int first = (int) floor (log10 (minimum) + SLACK);
  int last = (int) ceil (log10 (maximum) - SLACK);
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
  if (axis->scale == BP_SCALE_LINEAR)
    return axis->minimum + position * (axis->maximum - axis->minimum);

  double first = log10 (axis->minimum);

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

/* Significant digits that show a multiple of 10^@exponent in full. */
static guint
get_n_digits (double value,
              int    exponent)
{
  return (guint) CLAMP ((int) floor (log10 (fabs (value)) + SLACK) - exponent + 1, 1, 17);
}

/* All labels of an axis in one notation: 50000 does not stand beside 1·10⁵. */
static char *
format_linear (double value,
               double largest,
               Step   step)
{
  if (value == 0)
    return g_strdup ("0");

  int magnitude = (int) floor (log10 (largest) + SLACK);
  if (magnitude <= FIXED_MAX && step.exponent >= FIXED_MIN)
    return bp_number_format_digits (value, get_n_digits (value, step.exponent));

  g_autofree char *factor = bp_number_format_digits (value / pow (10, magnitude), get_n_digits (value, step.exponent));
  GString *string = g_string_new (factor);
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

typedef struct {
  double        length;
  double        spacing;
  BpAxisMeasure measure;
  gpointer      data;
} Room;

static gboolean
fit_side_by_side (const BpAxis *axis,
                  const BpTick *a,
                  const BpTick *b,
                  const Room   *room)
{
  double distance = room->length * (bp_axis_map (axis, b->value) - bp_axis_map (axis, a->value));
  double extent = (room->measure (a->label, room->data) + room->measure (b->label, room->data)) / 2;

  return distance >= MAX (extent, room->spacing);
}

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
      if (last != NULL && !fit_side_by_side (axis, last, tick, room))
        return FALSE;
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

  /* Two ticks that have no room give way to one, and to none. */
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

/* Labels at every @stride-th power of ten, minor ticks at the others or at 2 … 9. */
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

/* Labels at 1, 2 and 5 times powers of ten, minor ticks between them. */
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

static void
remove_minor_ticks (GArray *ticks)
{
  for (guint i = ticks->len; i-- > 0;)
    if (g_array_index (ticks, BpTick, i).label == NULL)
      g_array_remove_index (ticks, i);
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
      if (n_decades / strides[i] > room->length / MAX (room->spacing, 1) + 1)
        continue;

      GArray *ticks = create_decade_ticks (axis, strides[i]);

      if (count_labels (ticks) >= 2 && have_room (axis, ticks, room))
        {
          if (room->length / n_decades < (strides[i] == 1 ? room->spacing : 3))
            remove_minor_ticks (ticks);
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
