/* bp-axis.h: an axis of a plot: range, mapping, ticks
 *
 * Pure arithmetic. A position is a fraction of the axis: 0 at its minimum, 1 at its maximum. Ranges are finite and not
 * empty whatever they were made from: one value, 1e-300, ±1e300, nothing at all.
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
 * @scale: how values are mapped
 * @integer: whether only whole numbers make sense (iterations): ticks then are whole
 * @is_share: whether only 0 … 1 make sense (a probability): ticks then stay within
 * @label: (nullable): what it shows: "iteration", "A"
 * @unit: (nullable): in which unit
 * @minimum: where it begins; above 0 on a log axis
 * @maximum: where it ends; greater than @minimum
 */
typedef struct {
  BpScale  scale;
  gboolean integer;
  gboolean is_share;
  char    *label;
  char    *unit;
  double   minimum;
  double   maximum;
} BpAxis;

/**
 * BpTick:
 * @value: where
 * @label: (nullable): what stands there; NULL for a minor tick
 */
typedef struct {
  double value;
  char  *label;
} BpTick;

/** The extent of @label along the axis, in the same unit as the axis' length. */
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
 * Sets a range around the values that ends in round numbers. Wider values never give a narrower range at either end,
 * so that an axis fitted to all that is known of a run expands in round steps and does not shrink. A log axis covers
 * whole decades; where @minimum is not positive it begins at @maximum·10⁻⁶.
 */
void bp_axis_fit (BpAxis *axis,
                  double  minimum,
                  double  maximum);

/** Sets the range to just the values, not rounded; made finite and not empty. */
void bp_axis_fit_exactly (BpAxis *axis,
                          double  minimum,
                          double  maximum);

/** The position of @value; NaN when it has none: not finite, or not positive on a log axis. */
double bp_axis_map (const BpAxis *axis,
                    double        value);

/** The value at @position. */
double bp_axis_unmap (const BpAxis *axis,
                      double        position);

/**
 * bp_axis_create_ticks:
 * @length: length of the axis
 * @spacing: least distance between labelled ticks
 * @measure: extent of a label along the axis
 *
 * The ticks within the range in ascending order: labelled ones at 1, 2 or 5 times a power of ten (on a log axis at
 * powers of ten where at least two fit), as many as fit without labels touching, and minor ones between decades.
 *
 * Returns: (transfer full) (element-type BpTick)
 */
GArray *bp_axis_create_ticks (const BpAxis *axis,
                              double        length,
                              double        spacing,
                              BpAxisMeasure measure,
                              gpointer      data);

/**
 * What is written at the axis: "iteration", "t (s)", or NULL when it has no label. Returns: (transfer full)
 * (nullable)
 */
char *bp_axis_get_title (const BpAxis *axis);

G_END_DECLS
