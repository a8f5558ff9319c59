/* bp-contour.h: level lines of a function on a grid
 *
 * The algorithm is marching squares (Lorensen and Cline 1987 in two dimensions). When only two opposite corners of a
 * cell are above the level, the mean of all four decides whether they are connected. Coordinates are columns and rows,
 * from 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double x;
  double y;
} BpContourPoint;

/** @points: the corners of a piece of the area above the level, at most six, or the two ends of a piece of the line */
typedef void (*BpContourFunc) (const BpContourPoint *points,
                               guint                 n_points,
                               gpointer              data);

/**
 * bp_contour_foreach:
 * @values: (array): @n_columns · @n_rows numbers, row by row; a cell with a corner that is not finite is left out
 * @level: the value on the line
 * @area: (nullable): called for each piece of the area where the function is at least @level; the pieces cover the area
 *   without overlap
 * @line: (nullable): called for each piece of the line where the function is @level
 */
void bp_contour_foreach (const double *values,
                         guint         n_columns,
                         guint         n_rows,
                         double        level,
                         BpContourFunc area,
                         BpContourFunc line,
                         gpointer      data);

G_END_DECLS
