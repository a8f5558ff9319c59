/* bp-graph-layout-labels.c: labels of the edges between two columns
 *
 * A label stands below its edge, on the gradient's side. Edges that are smooth curves look best, so room is first
 * looked for below those. Where there is not enough for all labels, every edge runs level in the middle of the gap, as
 * far apart as their labels need, which always works.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/bp-graph-layout-private.h"

#define N_SAMPLES 17
#define N_PLACES 9
/* Looking for places takes the square of the number of edges. */
#define MAX_SMOOTH_STRANDS 24

void
bp_separate (guint         n,
             double       *places,
             const double *distances)
{
  g_autofree double *means = g_new (double, n + 1);
  g_autofree guint  *counts = g_new (guint, n + 1);
  guint              n_blocks = 0;
  guint              next = 0;
  double             offset = 0;

  for (guint i = 0; i < n; i++)
    {
      offset += i > 0 ? distances[i] : 0;
      means[n_blocks] = places[i] - offset;
      counts[n_blocks++] = 1;
      for (; n_blocks > 1 && means[n_blocks - 2] > means[n_blocks - 1]; n_blocks--)
        {
          guint  count = counts[n_blocks - 2] + counts[n_blocks - 1];
          double rise = means[n_blocks - 1] - means[n_blocks - 2];

          means[n_blocks - 2] += rise * counts[n_blocks - 1] / count;
          counts[n_blocks - 2] = count;
        }
    }

  offset = 0;
  for (guint block = 0; block < n_blocks; block++)
    for (guint i = 0; i < counts[block]; i++, next++)
      {
        offset += next > 0 ? distances[next] : 0;
        places[next] = means[block] + offset;
      }
}

void
bp_curve_init (BpPoint points[BP_CURVE_POINTS],
               double  x0,
               double  y0,
               double  x1,
               double  y1,
               double  offset)
{
  double middle = (x0 + x1) / 2;
  double slope = 1.5 * (y1 - y0) / MAX (x1 - x0, 1e-6);
  double shift = offset * slope / sqrt (1 + slope * slope);

  middle = CLAMP (middle - shift, x0, x1);
  points[0] = (BpPoint){ x0, y0 + offset };
  points[1] = (BpPoint){ middle, y0 + offset };
  points[2] = (BpPoint){ middle, y1 + offset };
  points[3] = (BpPoint){ x1, y1 + offset };
}

/* A strand as points on both of its tracks. */
typedef struct {
  BpPoint value[N_SAMPLES];
  BpPoint gradient[N_SAMPLES];
} Samples;

static void
sample_curve (const BpPoint curve[BP_CURVE_POINTS],
              BpPoint       samples[N_SAMPLES])
{
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      double t = i / (N_SAMPLES - 1.0);
      double s = 1 - t;
      double b[BP_CURVE_POINTS] = { s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t };

      samples[i] = (BpPoint){ 0, 0 };
      for (guint j = 0; j < BP_CURVE_POINTS; j++)
        {
          samples[i].x += b[j] * curve[j].x;
          samples[i].y += b[j] * curve[j].y;
        }
    }
}

static void
sample_strand (const BpStrand *strand,
               double          left,
               double          right,
               Samples        *samples)
{
  BpPoint curve[BP_CURVE_POINTS];

  bp_curve_init (curve, left, strand->start, right, strand->end, -strand->track / 2);
  sample_curve (curve, samples->value);
  bp_curve_init (curve, left, strand->start, right, strand->end, strand->track / 2);
  sample_curve (curve, samples->gradient);
}

/* Widens [@top, @bottom] by the heights that a curve takes from @left to @right. */
static void
extend_range (const BpPoint samples[N_SAMPLES],
              double        left,
              double        right,
              double       *top,
              double       *bottom)
{
  for (guint i = 0; i + 1 < N_SAMPLES; i++)
    {
      const BpPoint *a = &samples[i];
      const BpPoint *b = &samples[i + 1];

      if (b->x < left || a->x > right)
        continue;
      for (guint end = 0; end < 2; end++)
        {
          double x = CLAMP (end == 0 ? a->x : b->x, left, right);
          double t = b->x > a->x ? CLAMP ((x - a->x) / (b->x - a->x), 0, 1) : end;
          double y = a->y + (b->y - a->y) * t;

          *top = MIN (*top, y);
          *bottom = MAX (*bottom, y);
        }
    }
}

static gboolean
is_free (const cairo_rectangle_t *place,
         const BpStrand          *strands,
         const Samples           *samples,
         guint                    n_strands,
         guint                    self,
         double                   gap)
{
  for (guint i = 0; i < n_strands; i++)
    {
      const cairo_rectangle_t *other = &strands[i].place;
      double                   top = HUGE_VAL;
      double                   bottom = -HUGE_VAL;

      if (i == self)
        continue;
      if (other->width > 0 && place->x < other->x + other->width + gap && other->x < place->x + place->width + gap
          && place->y < other->y + other->height + gap && other->y < place->y + place->height + gap)
        return FALSE;
      extend_range (samples[i].value, place->x - gap, place->x + place->width + gap, &top, &bottom);
      extend_range (samples[i].gradient, place->x - gap, place->x + place->width + gap, &top, &bottom);
      if (top < place->y + place->height + gap && bottom > place->y - gap)
        return FALSE;
    }

  return TRUE;
}

/* Where a label of @strand is at @x, below its gradient; and how far that is from ideal. */
static cairo_rectangle_t
get_place (const BpStrand *strand,
           const Samples  *samples,
           double          x,
           double          gap,
           double         *cost)
{
  cairo_rectangle_t place = { x, 0, strand->label.width, strand->label.height };
  double            top = HUGE_VAL;
  double            bottom = -HUGE_VAL;
  double            near_top = HUGE_VAL;
  double            near_bottom = -HUGE_VAL;
  double            centre = x + place.width / 2;

  extend_range (samples->value, x, x + place.width, &top, &bottom);
  extend_range (samples->gradient, x, x + place.width, &top, &bottom);
  extend_range (samples->gradient, centre, centre, &near_top, &near_bottom);
  place.y = bottom + gap;
  *cost = bottom - near_bottom;

  return place;
}

static gboolean
place_beside_curve (BpStrand      *strands,
                    const Samples *samples,
                    guint          n_strands,
                    guint          self,
                    double         left,
                    double         right,
                    double         gap)
{
  BpStrand *strand = &strands[self];
  double    first = left + gap;
  double    last = right - gap - strand->label.width;
  double    least = HUGE_VAL;

  for (guint i = 0; last >= first && i < N_PLACES; i++)
    {
      double            x = first + (last - first) * i / (N_PLACES - 1);
      double            cost;
      cairo_rectangle_t place = get_place (strand, &samples[self], x, gap, &cost);

      cost += fabs (x - (first + last) / 2) * 0.35;
      if (cost < least && is_free (&place, strands, samples, n_strands, self, gap))
        {
          strand->place = place;
          least = cost;
        }
    }

  return isfinite (least);
}

static int
compare_strands (gconstpointer a,
                 gconstpointer b)
{
  const BpStrand *first = a;
  const BpStrand *second = b;
  double          difference = first->end - second->end;

  if (!isnan (first->start))
    difference += first->start - second->start;
  if (difference < 0)
    return -1;
  if (difference > 0)
    return 1;

  return first->link < second->link ? -1 : 1;
}

/* Sorts the strands from top to bottom and forgets where labels were. Returns: whether there are labels */
static gboolean
start_over (BpStrand *strands,
            guint     n_strands)
{
  gboolean has_labels = FALSE;

  qsort (strands, n_strands, sizeof *strands, compare_strands);
  for (guint i = 0; i < n_strands; i++)
    {
      strands[i].middle = (double) NAN;
      strands[i].place = (cairo_rectangle_t){ 0, 0, 0, 0 };
      has_labels |= strands[i].label.width > 0;
    }

  return has_labels;
}

gboolean
bp_strands_place_labels (BpStrand          *strands,
                         guint              n_strands,
                         double             left,
                         double             right,
                         const BpDistances *distances)
{
  g_autofree Samples *samples = NULL;
  gboolean            placed = TRUE;

  if (!start_over (strands, n_strands))
    return TRUE;
  if (n_strands > MAX_SMOOTH_STRANDS)
    return FALSE;

  samples = g_new (Samples, n_strands);
  for (guint i = 0; i < n_strands; i++)
    sample_strand (&strands[i], left, right, &samples[i]);
  for (guint i = 0; i < n_strands && placed; i++)
    if (strands[i].label.width > 0)
      placed = place_beside_curve (strands, samples, n_strands, i, left, right, distances->label_gap);

  return placed;
}

void
bp_strands_level (BpStrand          *strands,
                  guint              n_strands,
                  double             left,
                  double             right,
                  const BpDistances *distances)
{
  g_autofree double *middles = g_new (double, n_strands);
  g_autofree double *apart = g_new0 (double, n_strands);
  double             below = 0;

  start_over (strands, n_strands);

  for (guint i = 0; i < n_strands; i++)
    {
      middles[i] = isnan (strands[i].start) ? strands[i].end : (strands[i].start + strands[i].end) / 2;
      apart[i] = below + strands[i].track / 2 + distances->label_gap;
      below = strands[i].track / 2 + distances->label_gap;
      if (strands[i].label.width > 0)
        below += strands[i].label.height + distances->label_gap;
    }
  bp_separate (n_strands, middles, apart);

  for (guint i = 0; i < n_strands; i++)
    {
      BpStrand *strand = &strands[i];

      strand->middle = middles[i];
      if (strand->label.width > 0)
        strand->place = (cairo_rectangle_t){ (left + right - strand->label.width) / 2,
                                             middles[i] + strand->track / 2 + distances->label_gap, strand->label.width,
                                             strand->label.height };
    }
}
