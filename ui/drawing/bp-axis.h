/* bp-axis.h: an axis of a plot: range, mapping, ticks
 *
 * Only arithmetic, no drawing. A position is a fraction of the axis: 0 at its minimum, 1 at its maximum. A range is
 * always finite and not empty, also when fitted to one value, to 1e-300, to ±1e300 or to no value.
 *
 *   BpAxis axis = { 0 };
 *   bp_axis_fit (&axis, -0.3, 9.9);                         −1 … 10
 *   g_autoptr (GArray) ticks = bp_axis_create_ticks (&axis, 150, 24, measure, &font);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  BP_SCALE_LINEAR,
  BP_SCALE_LOG,
} BpScale;

/**
 * BpAxis:
 * @scale: the mapping of values
 * @integer: whether values are integers (iterations); then ticks are, too
 * @is_share: whether values are within 0 … 1 (a probability); then ticks are, too
 * @label: (nullable): the name of the quantity, such as "iteration" or "A"
 * @unit: (nullable): the unit of the quantity
 * @minimum: the value at its start; above 0 on a log axis
 * @maximum: the value at its end; greater than @minimum
 * @ticks: (nullable) (element-type BpTick): what it has instead of round numbers, in ascending order
 */
typedef struct {
  BpScale  scale;
  gboolean integer;
  gboolean is_share;
  char    *label;
  char    *unit;
  double   minimum;
  double   maximum;
  GArray  *ticks;
} BpAxis;

/**
 * BpTick:
 * @value: the value that it marks
 * @label: (nullable): its label; NULL for a minor tick
 * @is_title: whether its label names what lies around it, in a column of its own, and no line belongs to it
 */
typedef struct {
  double   value;
  char    *label;
  gboolean is_title;
} BpTick;

/** Gives @axis a tick of its own, at a greater value than those before; then it has no others. */
void bp_axis_append_tick (BpAxis     *axis,
                          double      value,
                          const char *label,
                          gboolean    is_title);

/** The label of a tick of its own at @value. Returns: (transfer none) (nullable) */
const char *bp_axis_get_name (const BpAxis *axis,
                              double        value);

/** Returns: the extent of @label along the axis, in the unit of the axis' length */
typedef double (*BpAxisMeasure) (const char *label,
                                 gpointer    data);

/** Frees what @axis owns, and empties it. */
void bp_axis_clear (BpAxis *axis);

/**
 * bp_axis_fit:
 * @axis: its scale is read, its range is set
 * @minimum: least value to be shown
 * @maximum: greatest value to be shown; NaN for no value at all
 *
 * Sets the range to round numbers around the values. Wider values never give a narrower range at either end, so an axis
 * fitted to a run that goes on expands in round steps and does not shrink. A log axis covers whole decades; if @minimum
 * is not positive, it starts at @maximum·10⁻⁶.
 */
void bp_axis_fit (BpAxis *axis,
                  double  minimum,
                  double  maximum);

/** Sets the range to the values without rounding them, except that it is finite and not empty. */
void bp_axis_fit_exactly (BpAxis *axis,
                          double  minimum,
                          double  maximum);

/** Returns: the position of @value; NaN if it is not finite, or not positive on a log axis */
double bp_axis_map (const BpAxis *axis,
                    double        value);

/** Returns: the value at @position */
double bp_axis_unmap (const BpAxis *axis,
                      double        position);

/**
 * bp_axis_create_ticks:
 * @length: length of the axis
 * @spacing: least distance between labelled ticks, kept unless only one or none had a label then
 * @measure: extent of a label along the axis
 *
 * Makes the ticks within the range: those that the axis was given, of which as many keep their labels as fit; else
 * round numbers. Labelled ticks are at 1, 2 or 5 times a power of ten, on a log axis at powers of
 * ten if two or more fit; as many as fit without labels touching, at most 12, are
 * labelled. A log axis has minor ticks between decades.
 *
 * Returns: (transfer full) (element-type BpTick): in ascending order
 */
GArray *bp_axis_create_ticks (const BpAxis *axis,
                              double        length,
                              double        spacing,
                              BpAxisMeasure measure,
                              gpointer      data);

/** Appends at most @max round numbers within the range, in ascending order, to @levels, which holds doubles. */
void bp_axis_append_levels (const BpAxis *axis,
                            guint         max,
                            GArray       *levels);

/**
 * Returns: (transfer full) (nullable): the title, such as "iteration" or "t (s)"; NULL when the axis has no label
 */
char *bp_axis_get_title (const BpAxis *axis);

G_END_DECLS
