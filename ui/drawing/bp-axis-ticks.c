/* bp-axis-ticks.c: the round numbers of an axis: ticks with their labels, levels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-axis-private.h"

#include "base/bp-number.h"

#include <math.h>

/* Exponents of the magnitudes that tick labels show without a power of ten. */
#define FIXED_MIN (-4)
#define FIXED_MAX 4

/* The most labels: more grid lines than that are a fence. */
#define MAX_TICKS 12

BpStep
bp_step_next (BpStep step)
{
  if (step.factor == 1)
    return (BpStep) { 2, step.exponent };
  if (step.factor == 2)
    return (BpStep) { 5, step.exponent };

  return (BpStep) { 1, step.exponent + 1 };
}

/* A negative exponent divides, because 3 / 10 is 0.3 and 3 · 0.1 is not. */
double
bp_step_multiply (BpStep step,
                  double count)
{
  if (step.exponent < 0)
    return count * step.factor / pow (10, -step.exponent);

  return count * step.factor * pow (10, step.exponent);
}

BpStep
bp_step_at_least (double size)
{
  BpStep step = { 1, (int) floor (log10 (size)) - 1 };

  while (bp_step_multiply (step, 1) < size * (1 - BP_STEP_SLACK))
    step = bp_step_next (step);

  return step;
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
  BpTick tick = { value, label, FALSE };

  g_array_append_val (ticks, tick);
}

void
bp_axis_append_tick (BpAxis     *axis,
                     double      value,
                     const char *label,
                     gboolean    is_title)
{
  BpTick tick = { value, g_strdup (label), is_title };

  if (axis->ticks == NULL)
    axis->ticks = new_ticks ();
  g_array_append_val (axis->ticks, tick);
}

const char *
bp_axis_get_name (const BpAxis *axis,
                  double        value)
{
  for (guint i = 0; axis->ticks != NULL && i < axis->ticks->len; i++)
    if (g_array_index (axis->ticks, BpTick, i).value == value)
      return g_array_index (axis->ticks, BpTick, i).label;

  return NULL;
}

/* Returns: the number of significant digits of @value, a multiple of 10^@exponent */
static guint
get_n_digits (double value,
              int    exponent)
{
  return (guint) CLAMP ((int) floor (log10 (fabs (value)) + BP_STEP_SLACK) - exponent + 1, 1, 17);
}

/* The largest tick decides the notation of all, so that 50000 is not beside 1·10⁵. */
static char *
format_linear (double value,
               double largest,
               BpStep step)
{
  g_autofree char *factor = NULL;
  GString *string;
  int magnitude;

  if (value == 0)
    return g_strdup ("0");

  magnitude = (int) floor (log10 (largest) + BP_STEP_SLACK);
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
                     BpStep        step)
{
  GArray *ticks = new_ticks ();
  double unit = bp_step_multiply (step, 1);
  double first = ceil ((axis->is_share ? MAX (axis->minimum, 0) : axis->minimum) / unit - BP_STEP_SLACK);
  double last = floor ((axis->is_share ? MIN (axis->maximum, 1) : axis->maximum) / unit + BP_STEP_SLACK);
  double largest = MAX (fabs (bp_step_multiply (step, first)), fabs (bp_step_multiply (step, last)));

  for (double i = first; i <= last; i++)
    {
      double value = CLAMP (bp_step_multiply (step, i), axis->minimum, axis->maximum);

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
  double n = CLAMP (room->length / MAX (room->spacing, 1), 1, MAX_TICKS - 1);
  BpStep step = bp_step_at_least ((axis->maximum - axis->minimum) / n);

  if (axis->integer && step.exponent < 0)
    step = (BpStep) { 1, 0 };

  /* This ends: a larger step gives fewer ticks, and one or none always has room. */
  for (;; step = bp_step_next (step))
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
  int first = (int) floor (log10 (axis->minimum) - BP_STEP_SLACK);
  int last = (int) ceil (log10 (axis->maximum) + BP_STEP_SLACK);
  double least = axis->minimum * (1 - BP_STEP_SLACK);
  double greatest = axis->maximum * (1 + BP_STEP_SLACK);

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
      int factor = (int) lround (tick->value / pow (10, floor (log10 (tick->value) + BP_STEP_SLACK)));

      if (factor == 1 || factor == 2 || factor == 5)
        {
          g_free (tick->label);
          tick->label = bp_number_format_digits (tick->value, 1);
        }
    }

  return ticks;
}

/* Where there is no more room: the least and the greatest power of ten. Returns: (nullable): NULL for fewer than two */
static GArray *
create_end_ticks (const BpAxis *axis,
                  const Room   *room)
{
  g_autoptr (GArray) ticks = new_ticks ();
  int first = (int) ceil (log10 (axis->minimum) - BP_STEP_SLACK);
  int last = (int) floor (log10 (axis->maximum) + BP_STEP_SLACK);

  if (first >= last)
    return NULL;

  add_tick (ticks, CLAMP (pow (10, first), axis->minimum, axis->maximum), format_power (first));
  add_tick (ticks, CLAMP (pow (10, last), axis->minimum, axis->maximum), format_power (last));

  return have_room (axis, ticks, room) ? g_steal_pointer (&ticks) : NULL;
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

      if (count_labels (ticks) >= 2 && count_labels (ticks) <= MAX_TICKS && have_room (axis, ticks, room))
        return ticks;
      g_array_unref (ticks);
    }

  for (guint i = 0; i < G_N_ELEMENTS (strides); i++)
    {
      GArray *ticks;

      if (n_decades / strides[i] > MIN (room->length / MAX (room->spacing, 1) + 1, MAX_TICKS - 1))
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

  GArray *ends = create_end_ticks (axis, room);

  return ends != NULL ? ends : choose_linear_ticks (axis, room);
}

/* Whether the label of @tick stays clear of those that @ticks have already; titles stand in a column of their own. */
static gboolean
has_room (const BpAxis *axis,
          const Room   *room,
          const GArray *ticks,
          const BpTick *tick)
{
  double extent = room->measure (tick->label, room->data);

  for (guint i = 0; i < ticks->len; i++)
    {
      const BpTick *other = &g_array_index (ticks, BpTick, i);
      double distance = room->length * fabs (bp_axis_map (axis, tick->value) - bp_axis_map (axis, other->value));

      if (other->label != NULL && other->is_title == tick->is_title
          && distance < (extent + room->measure (other->label, room->data)) / 2)
        return FALSE;
    }

  return TRUE;
}

static GArray *
choose_given_ticks (const BpAxis *axis,
                    const Room   *room)
{
  GArray *ticks = new_ticks ();

  for (guint i = 0; i < axis->ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (axis->ticks, BpTick, i);
      const gboolean is_labelled = tick->label != NULL && has_room (axis, room, ticks, tick);
      BpTick copy = { tick->value, is_labelled ? g_strdup (tick->label) : NULL, tick->is_title };

      g_array_append_val (ticks, copy);
    }

  return ticks;
}

static GArray *
choose_ticks (const BpAxis *axis,
              const Room   *room)
{
  return axis->scale == BP_SCALE_LOG ? choose_log_ticks (axis, room) : choose_linear_ticks (axis, room);
}

GArray *
bp_axis_create_ticks (const BpAxis *axis,
                      double        length,
                      double        spacing,
                      BpAxisMeasure measure,
                      gpointer      data)
{
  Room room = { length, spacing, measure, data };
  g_autoptr (GArray) ticks = NULL;
  g_autoptr (GArray) closer = NULL;

  g_return_val_if_fail (axis->minimum < axis->maximum, NULL);

  if (axis->ticks != NULL)
    return choose_given_ticks (axis, &room);

  /* One label says nothing of the scale. */
  ticks = choose_ticks (axis, &room);
  if (count_labels (ticks) > 1)
    return g_steal_pointer (&ticks);

  room.spacing = 0;
  closer = choose_ticks (axis, &room);

  return count_labels (closer) > 1 ? g_steal_pointer (&closer) : g_steal_pointer (&ticks);
}

/* 1, 2 and 5 times powers of ten, or the powers alone, or every second of them, and so on. */
static void
append_log_levels (const BpAxis *axis,
                   guint         max,
                   GArray       *levels)
{
  double n_decades = log10 (axis->maximum) - log10 (axis->minimum);
  BpStep step = bp_step_at_least (axis->minimum);
  int stride = MAX (1, (int) ceil (n_decades / max));

  for (double value; (value = bp_step_multiply (step, 1)) <= axis->maximum; step = bp_step_next (step))
    if (3 * n_decades <= max || (step.factor == 1 && step.exponent % stride == 0))
      g_array_append_val (levels, value);
}

void
bp_axis_append_levels (const BpAxis *axis,
                       guint         max,
                       GArray       *levels)
{
  BpStep step;
  double unit;

  g_return_if_fail (axis->minimum < axis->maximum && max > 1);

  if (axis->scale == BP_SCALE_LOG)
    {
      append_log_levels (axis, max, levels);
      return;
    }

  step = bp_step_at_least ((axis->maximum - axis->minimum) / (max - 1));
  unit = bp_step_multiply (step, 1);
  for (double i = ceil (axis->minimum / unit); i <= floor (axis->maximum / unit); i++)
    {
      double value = bp_step_multiply (step, i);

      g_array_append_val (levels, value);
    }
}
