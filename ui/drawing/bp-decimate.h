/* bp-decimate.h: reduces the points of a line to one bucket for each pixel column
 *
 * A bucket has the first, last, least and greatest value in its column, which is all that the column can show. The cost
 * of drawing then depends on the width and not on the number of points.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-history.h"

G_BEGIN_DECLS

/** Makes @n columns empty: all four numbers are NaN. */
void bp_decimate_clear (BpBucket *columns,
                        guint     n);

/**
 * bp_decimate_add:
 * @column: the index of the column; outside 0 … @n − 1 nothing is added
 * @bucket: the values to add, which come after those added before
 *
 * Adds values to a column.
 */
void bp_decimate_add (BpBucket       *columns,
                      guint           n,
                      double          column,
                      const BpBucket *bucket);

/**
 * bp_decimate_join:
 *
 * Connects the columns as a line through all points would: an empty column between two others gets the line between
 * these, and each column is extended to the last value of its left neighbour.
 */
void bp_decimate_join (BpBucket *columns,
                       guint     n);

G_END_DECLS
