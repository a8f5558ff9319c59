/* bp-contour.h: level lines of a function on a grid
 *
 * Marching squares (Lorensen and Cline 1987 in two dimensions); where two opposite corners lie above the level the
 * mean of all four decides whether they belong together. Coordinates are columns and rows, from 0.
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

/** Gets the corners of a piece of the area above a level, at most six, or the two ends of a piece of the line. */
typedef void (*BpContourFunc) (const BpContourPoint *points,
                               guint                 n_points,
                               gpointer              data);

/**
 * bp_contour_foreach:
 * @values: (array): @n_columns · @n_rows numbers, row by row; cells with a number that is not finite are left out
 * @level: where the line runs
 * @area: (nullable): gets the pieces of the area where the function is at least @level, each once; together they
 *   cover it
 * @line: (nullable): gets the pieces of the line where the function is @level
 */
void bp_contour_foreach (const double *values,
                         guint         n_columns,
                         guint         n_rows,
                         double        level,
                         BpContourFunc area,
                         BpContourFunc line,
                         gpointer      data);

G_END_DECLS
