/* bp-series.h: one number an iteration, to plot
 *
 * A series keeps the number of each iteration as long as there are at most BP_SERIES_MAX_BUCKETS. Beyond that, adjacent
 * numbers are merged into buckets of 2, 4, 8 … iterations, which keep the first, last, least and greatest: a plot of
 * that width shows no more. So its size is bounded for any length of the run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BP_SERIES_MAX_BUCKETS 8192

/** The numbers of adjacent iterations. NaN is ignored unless all are NaN. */
typedef struct {
  double first;
  double last;
  double minimum;
  double maximum;
} BpBucket;

typedef struct _BpSeries BpSeries;

BpSeries *bp_series_new (void);

void bp_series_free (BpSeries *series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSeries, bp_series_free)

BpSeries *bp_series_copy (const BpSeries *series);

/** Appends the values of the next @n_values iterations. Amortised constant time for each. */
void bp_series_append (BpSeries     *series,
                       const double *values,
                       gsize         n_values);

/**
 * bp_series_truncate:
 * @length: at least 0
 *
 * Drops all values from @length on, and the rest of a bucket that this cuts. The buckets keep their width unless none
 * is left.
 *
 * Returns: the new length
 */
gint64 bp_series_truncate (BpSeries *series,
                           gint64    length);

/** How many values were appended. */
gint64 bp_series_get_length (const BpSeries *series);

/** How many iterations a bucket spans: a power of two; the last may span fewer. */
gint64 bp_series_get_bucket_width (const BpSeries *series);

/** The buckets in order, valid until the series changes; bucket i spans values i·width … */
const BpBucket *bp_series_get_buckets (const BpSeries *series,
                                       guint          *n_buckets);

G_END_DECLS
