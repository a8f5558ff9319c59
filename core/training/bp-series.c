/* bp-series.c: one number an iteration, to plot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-series.h"

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

/* The bucket of the values of @a, followed by those of @b. */
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
    .minimum = b.minimum < a.minimum ? b.minimum : a.minimum,
    .maximum = b.maximum > a.maximum ? b.maximum : a.maximum,
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

static BpBucket
bucket_of (double value)
{
  return (BpBucket) { value, value, value, value };
}

/* The same as join() with a bucket of each value. */
static void
extend (BpBucket     *bucket,
        const double *values,
        gsize         n_values)
{
  double minimum, maximum;
  gsize n = n_values;

  while (n > 0 && isnan (values[n - 1]))
    n--;
  if (n == 0)
    return;

  if (isnan (bucket->first))
    {
      while (isnan (*values))
        values++, n--;
      *bucket = bucket_of (*values);
    }

  minimum = bucket->minimum;
  maximum = bucket->maximum;
  for (gsize i = 0; i < n; i++)
    {
      minimum = values[i] < minimum ? values[i] : minimum;
      maximum = values[i] > maximum ? values[i] : maximum;
    }

  *bucket = (BpBucket) { bucket->first, values[n - 1], minimum, maximum };
}

/* Fills up the last bucket. Returns: how many values it took */
static gsize
fill_bucket (BpSeries     *self,
             const double *values,
             gsize         n_values)
{
  gsize n = MIN (n_values, (gsize) (-self->length & (self->width - 1)));

  if (n > 0)
    extend (&self->buckets[self->n_buckets - 1], values, n);
  self->length += n;

  return n;
}

void
bp_series_append (BpSeries     *self,
                  const double *values,
                  gsize         n_values)
{
  gsize i = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (values != NULL || n_values == 0);

  while ((i += fill_bucket (self, values + i, n_values - i)) < n_values)
    {
      if (self->n_buckets == self->capacity)
        make_room (self);

      self->buckets[self->n_buckets++] = bucket_of (values[i++]);
      self->length++;
    }
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
