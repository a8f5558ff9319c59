/* bp-decimate.h: many points to one mark a pixel column
 *
 * A column keeps first, last, least and greatest of the values that fall into it, which is all that it can show.
 * Drawing then costs pixels, however many points there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-history.h"

G_BEGIN_DECLS

/** Makes @n columns empty: all four numbers NaN. */
void bp_decimate_clear (BpBucket *columns,
                        guint     n);

/**
 * bp_decimate_add:
 * @column: which column; one that does not exist is ignored
 * @bucket: what falls into it; its first must not come before what was added already
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
 * Makes columns touch as a line through all points would: empty ones between two others get the line that joins
 * those, and each reaches as far as its left neighbour ends.
 */
void bp_decimate_join (BpBucket *columns,
                       guint     n);

G_END_DECLS
