/* bp-decimate.c: reduces the points of a line to one bucket for each pixel column
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-decimate.h"

#include <math.h>

void
bp_decimate_clear (BpBucket *columns,
                   guint     n)
{
  for (guint i = 0; i < n; i++)
    columns[i] = (BpBucket) { NAN, NAN, NAN, NAN };
}

void
bp_decimate_add (BpBucket       *columns,
                 guint           n,
                 double          column,
                 const BpBucket *bucket)
{
  BpBucket *target;

  if (!(column >= 0 && column < n))
    return;

  target = &columns[(guint) column];
  if (isnan (target->first))
    target->first = bucket->first;
  if (!isnan (bucket->last))
    target->last = bucket->last;
  target->minimum = fmin (target->minimum, bucket->minimum);
  target->maximum = fmax (target->maximum, bucket->maximum);
}

/* Fills the columns between @left and @right with the line from the one to the other. */
static void
bridge (BpBucket *columns,
        guint     left,
        guint     right)
{
  double from = columns[left].last;
  double to = columns[right].first;

  for (guint i = left + 1; i < right; i++)
    {
      double part = (double) (i - left) / (right - left);
      double value = from * (1 - part) + to * part;

      columns[i] = (BpBucket) { value, value, value, value };
    }
}

void
bp_decimate_join (BpBucket *columns,
                  guint     n)
{
  guint previous = G_MAXUINT;

  for (guint i = 0; i < n; i++)
    {
      if (isnan (columns[i].first))
        continue;
      if (previous != G_MAXUINT)
        bridge (columns, previous, i);
      previous = i;
    }

  /* From the right, so that no column sees a neighbour that is extended already. */
  for (guint i = n; i-- > 1;)
    {
      columns[i].minimum = fmin (columns[i].minimum, columns[i - 1].last);
      columns[i].maximum = fmax (columns[i].maximum, columns[i - 1].last);
    }
}
