/* bp-graph-layout-place.c: vertical places within columns
 *
 * The priority method of Sugiyama, Tagawa and Toda (1981), row by row: sweeps over the columns move each vertex level
 * with its weightiest neighbour in the column before. Those with weightier links choose first, so that the path of the
 * gradient is a straight line and the rest finds room beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "graph/bp-graph-layout-private.h"

/* The last sweep goes to the left, so that placeholders and variables stand by what uses them. */
#define N_SWEEPS 6

/* One column of a part: its vertices from the top, what they wish for and in which order they get it. */
typedef struct {
  guint        v;
  double       wish;
  guint        priority;
  gboolean     is_placed;
} Claim;

static double
get_distance (const BpSketch    *sketch,
              const BpDistances *distances,
              guint              upper,
              guint              lower)
{
  const BpVertex *first = bp_sketch_vertex (sketch, upper);
  const BpVertex *second = bp_sketch_vertex (sketch, lower);
  double          gap = distances->node_gap;

  if (first->node == BP_NODE_NONE && second->node == BP_NODE_NONE)
    gap *= 0.4;

  return first->height - first->rise + second->rise + gap;
}

/* The vertices of a column that are in the evaluation branch, or those that are not: @n from the position returned. */
static guint
get_part (const BpSketch *sketch,
          guint           layer,
          gboolean        aside,
          guint          *n)
{
  guint start = sketch->layer_starts[layer];
  guint end = sketch->layer_starts[layer + 1];

  while (start < end && bp_sketch_vertex (sketch, sketch->order[start])->aside != aside)
    start++;
  for (*n = 0; start + *n < end && bp_sketch_vertex (sketch, sketch->order[start + *n])->aside == aside;)
    (*n)++;

  return start;
}

/* Level with the median of the weightiest neighbours on @side, the upper one of two; or where it is. */
static void
make_claim (const BpSketch *sketch,
            guint           v,
            BpSide          side,
            guint          *neighbours,
            Claim          *claim)
{
  const BpVertex    *vertex = bp_sketch_vertex (sketch, v);
  const BpIncidence *incidence = &sketch->sides[side];
  guint              n = 0;

  *claim = (Claim){ .v = v, .wish = vertex->y };
  for (guint i = incidence->starts[v]; i < incidence->starts[v + 1]; i++)
    {
      const BpLink   *link = bp_sketch_link (sketch, incidence->links[i]);
      guint           end = bp_link_get_end (link, side);
      const BpVertex *other = bp_sketch_vertex (sketch, end);
      guint           at;

      if (!bp_sketch_are_beside (sketch, v, end) || other->aside != vertex->aside || link->weight + 1 < claim->priority)
        continue;
      if (link->weight + 1 > claim->priority)
        n = 0;
      claim->priority = link->weight + 1;
      for (at = n++; at > 0 && bp_sketch_vertex (sketch, neighbours[at - 1])->rank > other->rank; at--)
        neighbours[at] = neighbours[at - 1];
      neighbours[at] = end;
    }
  if (n > 0)
    claim->wish = bp_sketch_vertex (sketch, neighbours[(n - 1) / 2])->y;
}

/* Puts the claim @i as close to its wish as those that have been placed allow. */
static void
place_claim (const BpSketch    *sketch,
             const BpDistances *distances,
             Claim             *claims,
             guint              n,
             guint              i)
{
  double least = -HUGE_VAL;
  double greatest = HUGE_VAL;
  double sum = 0;

  for (guint j = i; j > 0 && isinf (least); j--)
    {
      sum += get_distance (sketch, distances, claims[j - 1].v, claims[j].v);
      if (claims[j - 1].is_placed)
        least = bp_sketch_vertex (sketch, claims[j - 1].v)->y + sum;
    }
  sum = 0;
  for (guint j = i; j + 1 < n && isinf (greatest); j++)
    {
      sum += get_distance (sketch, distances, claims[j].v, claims[j + 1].v);
      if (claims[j + 1].is_placed)
        greatest = bp_sketch_vertex (sketch, claims[j + 1].v)->y - sum;
    }
  claims[i].is_placed = TRUE;
  bp_sketch_vertex (sketch, claims[i].v)->y = MAX (least, MIN (greatest, claims[i].wish));
}

static void
place_column (const BpSketch    *sketch,
              const BpDistances *distances,
              guint              layer,
              gboolean           aside,
              BpSide             side)
{
  guint              n;
  guint              start = get_part (sketch, layer, aside, &n);
  g_autofree Claim  *claims = g_new (Claim, n + 1);
  g_autofree guint  *neighbours = g_new (guint, sketch->links->len + 1);
  guint              greatest = 0;

  for (guint i = 0; i < n; i++)
    {
      make_claim (sketch, sketch->order[start + i], side, neighbours, &claims[i]);
      greatest = MAX (greatest, claims[i].priority);
    }
  for (guint priority = greatest + 1; priority-- > 0;)
    for (guint i = 0; i < n; i++)
      if (claims[i].priority == priority)
        place_claim (sketch, distances, claims, n, i);
}

/* To begin with each column is packed around one line. */
static void
pack_column (const BpSketch    *sketch,
             const BpDistances *distances,
             guint              layer,
             gboolean           aside)
{
  guint  n;
  guint  start = get_part (sketch, layer, aside, &n);
  double y = 0;

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        y += get_distance (sketch, distances, sketch->order[start + i - 1], sketch->order[start + i]);
      bp_sketch_vertex (sketch, sketch->order[start + i])->y = y;
    }
  for (guint i = 0; i < n; i++)
    bp_sketch_vertex (sketch, sketch->order[start + i])->y -= y / 2;
}

/* The extent of a part of the columns from @first to before @end, as (@top, @bottom); empty: top above bottom. */
static void
get_extent (const BpSketch *sketch,
            guint           first,
            guint           end,
            gboolean        aside,
            double         *top,
            double         *bottom)
{
  *top = HUGE_VAL;
  *bottom = -HUGE_VAL;
  for (guint layer = first; layer < end; layer++)
    for (guint i = sketch->layer_starts[layer]; i < sketch->layer_starts[layer + 1]; i++)
      {
        const BpVertex *vertex = bp_sketch_vertex (sketch, sketch->order[i]);

        if (vertex->aside != aside)
          continue;
        *top = MIN (*top, vertex->y - vertex->rise);
        *bottom = MAX (*bottom, vertex->y + vertex->height - vertex->rise);
      }
}

static void
place_part (const BpSketch    *sketch,
            const BpDistances *distances,
            guint              first,
            guint              end,
            gboolean           aside)
{
  for (guint layer = first; layer < end; layer++)
    pack_column (sketch, distances, layer, aside);
  for (guint i = 0; i < N_SWEEPS; i++)
    for (guint j = first + 1; j < end; j++)
      if (i % 2 == 0)
        place_column (sketch, distances, j, aside, BP_SIDE_LEFT);
      else
        place_column (sketch, distances, first + end - 1 - j, aside, BP_SIDE_RIGHT);
}

/* Moves the evaluation branch to below the rest of the columns that it spans. */
static void
move_aside (const BpSketch    *sketch,
            const BpDistances *distances,
            guint              first,
            guint              end)
{
  double top, bottom, above, below;
  guint  n;

  while (first < end && (get_part (sketch, first, TRUE, &n), n == 0))
    first++;
  while (first < end && (get_part (sketch, end - 1, TRUE, &n), n == 0))
    end--;
  if (first == end)
    return;

  get_extent (sketch, first, end, FALSE, &above, &bottom);
  get_extent (sketch, first, end, TRUE, &top, &below);
  if (above > bottom)
    return;
  for (guint i = sketch->layer_starts[first]; i < sketch->layer_starts[end]; i++)
    if (bp_sketch_vertex (sketch, sketch->order[i])->aside)
      bp_sketch_vertex (sketch, sketch->order[i])->y += bottom + distances->aside_gap - top;
}

void
bp_sketch_place (BpSketch          *sketch,
                 const BpDistances *distances)
{
  for (guint row = 0; row < sketch->n_rows; row++)
    {
      guint first = sketch->row_starts[row];
      guint end = sketch->row_starts[row + 1];

      place_part (sketch, distances, first, end, FALSE);
      place_part (sketch, distances, first, end, TRUE);
      move_aside (sketch, distances, first, end);
    }
}
