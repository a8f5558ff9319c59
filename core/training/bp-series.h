/* bp-series.h: one number an iteration, to plot
 *
 * A series keeps each iteration's number while there are at most BP_SERIES_MAX_BUCKETS; beyond that neighbours merge
 * into buckets of 2, 4, 8 … iterations that keep first, last, least and greatest, which is all that a plot of that
 * width can show. So it is bounded however long the run is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BP_SERIES_MAX_BUCKETS 8192

/** What one bucket of a series says of its iterations; NaN counts for none of the four unless all are NaN. */
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

/** Appends the value of the next iteration. Amortised constant time. */
void bp_series_append (BpSeries *series,
                       double    value);

/** Appends the values of the next @n_values iterations, as that many calls of bp_series_append() do, but faster. */
void bp_series_append_values (BpSeries     *series,
                              const double *values,
                              gsize         n_values);

/**
 * bp_series_truncate:
 * @length: at least 0
 *
 * Drops all values from @length on. Where that falls inside a bucket the rest of the bucket goes too; the buckets keep
 * their width unless nothing is left.
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
