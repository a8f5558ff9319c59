/* bp-series.c: one number an iteration, to plot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-series.h"

#include <math.h>

#define FIRST_CAPACITY 64

struct _BpSeries
{
  BpBucket *buckets;
  guint     n_buckets;
  guint     capacity;
  gint64    length;
  gint64    width; /* power of two */
};

BpSeries *
bp_series_new (void)
{
  BpSeries *self = g_new0 (BpSeries, 1);

  self->width = 1;

  return self;
}

void
bp_series_free (BpSeries *self)
{
  if (self == NULL)
    return;

  g_free (self->buckets);
  g_free (self);
}

BpSeries *
bp_series_copy (const BpSeries *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BpSeries *copy = g_memdup2 (self, sizeof *self);

  copy->buckets = g_memdup2 (self->buckets, self->n_buckets * sizeof (BpBucket));
  copy->capacity = self->n_buckets;

  return copy;
}

/* What spans @a and, after it, @b. */
static BpBucket
join (BpBucket a,
      BpBucket b)
{
  if (isnan (a.first))
    return b;
  if (isnan (b.first))
    return a;

  return (BpBucket) {
    .first = a.first,
    .last = b.last,
    .minimum = MIN (a.minimum, b.minimum),
    .maximum = MAX (a.maximum, b.maximum),
  };
}

static void
merge_pairs (BpSeries *self)
{
  for (guint i = 0; i < self->n_buckets / 2; i++)
    self->buckets[i] = join (self->buckets[2 * i], self->buckets[2 * i + 1]);

  self->n_buckets /= 2;
  self->width *= 2;
}

static void
make_room (BpSeries *self)
{
  G_STATIC_ASSERT (BP_SERIES_MAX_BUCKETS % 2 == 0);

  if (self->n_buckets == BP_SERIES_MAX_BUCKETS)
    {
      merge_pairs (self);
      return;
    }

  self->capacity = CLAMP (2 * self->n_buckets, FIRST_CAPACITY, BP_SERIES_MAX_BUCKETS);
  self->buckets = g_renew (BpBucket, self->buckets, self->capacity);
}

void
bp_series_append (BpSeries *self,
                  double    value)
{
  g_return_if_fail (self != NULL);

  BpBucket bucket = { value, value, value, value };

  if ((self->length++ & (self->width - 1)) != 0)
    {
      BpBucket *last = &self->buckets[self->n_buckets - 1];

      *last = join (*last, bucket);
      return;
    }

  if (self->n_buckets == self->capacity)
    make_room (self);

  self->buckets[self->n_buckets++] = bucket;
}

gint64
bp_series_truncate (BpSeries *self,
                    gint64    length)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (length >= 0, self->length);

  if (length >= self->length)
    return self->length;

  self->n_buckets = (guint) (length / self->width);
  self->length = self->n_buckets * self->width;
  if (self->length == 0)
    self->width = 1;

  return self->length;
}

gint64
bp_series_get_length (const BpSeries *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

gint64
bp_series_get_bucket_width (const BpSeries *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->width;
}

const BpBucket *
bp_series_get_buckets (const BpSeries *self,
                       guint          *n_buckets)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (n_buckets != NULL)
    *n_buckets = self->n_buckets;

  return self->buckets;
}
