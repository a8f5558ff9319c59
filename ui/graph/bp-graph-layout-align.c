/* bp-graph-layout-align.c: which vertices stand level with each other
 *
 * The first part of Brandes and Köpf's algorithm: each vertex is aligned with the median of its neighbours in the next
 * column where no more important link is in the way, which makes blocks of vertices that are drawn as a straight line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-private.h"

/* One alignment. */
typedef struct {
  BpSketch       *sketch;
  const gboolean *eligible;
  guint          *roots;
  guint          *aligned;
  guint          *neighbours;
} Aligner;

guint
bp_sketch_get_part (BpSketch *sketch,
                    guint     layer,
                    gboolean  aside,
                    guint    *n)
{
  guint start = sketch->layer_starts[layer];
  guint end = sketch->layer_starts[layer + 1];

  while (start < end && bp_sketch_vertex (sketch, sketch->order[start])->aside != aside)
    start++;
  *n = 0;
  while (start + *n < end && bp_sketch_vertex (sketch, sketch->order[start + *n])->aside == aside)
    (*n)++;

  return start;
}

static gboolean
is_in_part (BpSketch     *sketch,
            const BpLink *link,
            gboolean      aside)
{
  const BpVertex *from = bp_sketch_vertex (sketch, link->from);
  const BpVertex *to = bp_sketch_vertex (sketch, link->to);

  return from->aside == aside && to->aside == aside && !from->bypass && !to->bypass;
}

/* The greatest weight among the links of the part on each side of each vertex. */
static guint *
find_greatest_weights (BpSketch *sketch,
                       gboolean  aside,
                       BpSide    side)
{
  guint *weights = g_new0 (guint, sketch->vertices->len);

  for (guint l = 0; l < sketch->links->len; l++)
    {
      const BpLink *link = bp_sketch_link (sketch, l);
      guint         v = side == BP_SIDE_LEFT ? link->to : link->from;

      if (is_in_part (sketch, link, aside))
        weights[v] = MAX (weights[v], link->weight);
    }

  return weights;
}

/* The bend that the bend @v continues, or BP_NODE_NONE when @v does not end an inner link. */
static guint
get_inner_start (BpSketch *sketch,
                 guint     v)
{
  const BpIncidence *lefts = &sketch->sides[BP_SIDE_LEFT];
  guint              from;

  if (bp_sketch_vertex (sketch, v)->node != BP_NODE_NONE)
    return BP_NODE_NONE;

  from = bp_sketch_link (sketch, lefts->links[lefts->starts[v]])->from;

  return bp_sketch_vertex (sketch, from)->node == BP_NODE_NONE ? from : BP_NODE_NONE;
}

/* The links of @v on the left that leave the ranks @first … @last cross an inner link, which goes before them. */
static void
mark_conflicts (BpSketch *sketch,
                gboolean *eligible,
                guint     v,
                guint     first,
                guint     last)
{
  const BpIncidence *lefts = &sketch->sides[BP_SIDE_LEFT];

  for (guint i = lefts->starts[v]; i < lefts->starts[v + 1]; i++)
    {
      guint rank = bp_sketch_vertex (sketch, bp_sketch_link (sketch, lefts->links[i])->from)->rank;

      if (rank < first || rank > last)
        eligible[lefts->links[i]] = FALSE;
    }
}

/* Type 1 conflicts of Brandes and Köpf: links between bends stay straight at the cost of those that cross them. */
static void
find_conflicts (BpSketch *sketch,
                gboolean *eligible,
                guint     layer,
                gboolean  aside)
{
  guint n;
  guint start = bp_sketch_get_part (sketch, layer, aside, &n);
  guint first = 0;
  guint next = 0;

  for (guint i = 0; i < n; i++)
    {
      guint inner = get_inner_start (sketch, sketch->order[start + i]);
      guint last = G_MAXUINT;

      if (inner == BP_NODE_NONE && i + 1 < n)
        continue;
      if (inner != BP_NODE_NONE)
        last = bp_sketch_vertex (sketch, inner)->rank;
      for (; next <= i; next++)
        mark_conflicts (sketch, eligible, sketch->order[start + next], first, last);
      first = last;
    }
}

gboolean *
bp_sketch_find_eligible_links (BpSketch *sketch,
                               gboolean  aside)
{
  gboolean         *eligible = g_new (gboolean, sketch->links->len + 1);
  g_autofree guint *lefts = find_greatest_weights (sketch, aside, BP_SIDE_LEFT);
  g_autofree guint *rights = find_greatest_weights (sketch, aside, BP_SIDE_RIGHT);

  for (guint l = 0; l < sketch->links->len; l++)
    {
      const BpLink *link = bp_sketch_link (sketch, l);

      eligible[l] = is_in_part (sketch, link, aside) && link->weight >= lefts[link->to]
                    && link->weight >= rights[link->from];
    }
  for (guint layer = 1; layer < sketch->n_layers; layer++)
    find_conflicts (sketch, eligible, layer, aside);

  return eligible;
}

/* The eligible neighbours of @v on @side in the order of their column. */
static guint
get_neighbours (Aligner *aligner,
                guint    v,
                BpSide   side)
{
  BpSketch          *sketch = aligner->sketch;
  const BpIncidence *incidence = &sketch->sides[side];
  guint              n = 0;

  for (guint i = incidence->starts[v]; i < incidence->starts[v + 1]; i++)
    {
      guint end = bp_link_get_end (bp_sketch_link (sketch, incidence->links[i]), side);
      guint place = n;

      if (!aligner->eligible[incidence->links[i]])
        continue;
      for (; place > 0; place--)
        {
          if (bp_sketch_vertex (sketch, aligner->neighbours[place - 1])->rank <= bp_sketch_vertex (sketch, end)->rank)
            break;
          aligner->neighbours[place] = aligner->neighbours[place - 1];
        }
      aligner->neighbours[place] = end;
      n++;
    }

  return n;
}

/* Aligns @v with a median of its neighbours, if one beyond @limit (a rank, exclusive) is free. Returns: the new limit
   */
static int
align_vertex (Aligner *aligner,
              guint    v,
              BpSide   side,
              gboolean from_below,
              int      limit)
{
  guint n = get_neighbours (aligner, v, side);

  for (guint i = 0; n > 0 && i < 2 && aligner->aligned[v] == v; i++)
    {
      guint median = (i == 0) != from_below ? (n - 1) / 2 : n / 2;
      guint w = aligner->neighbours[median];
      int   rank = (int) bp_sketch_vertex (aligner->sketch, w)->rank * (from_below ? -1 : 1);

      if (rank <= limit)
        continue;
      aligner->aligned[w] = v;
      aligner->roots[v] = aligner->roots[w];
      aligner->aligned[v] = aligner->roots[v];
      limit = rank;
    }

  return limit;
}

void
bp_sketch_align (BpSketch       *sketch,
                 gboolean        aside,
                 const gboolean *eligible,
                 BpSide          side,
                 gboolean        from_below,
                 guint          *roots)
{
  g_autofree guint *aligned = g_new (guint, sketch->vertices->len);
  g_autofree guint *neighbours = g_new (guint, sketch->links->len + 1);
  Aligner           aligner = { sketch, eligible, roots, aligned, neighbours };

  for (guint v = 0; v < sketch->vertices->len; v++)
    roots[v] = aligned[v] = v;

  for (guint i = 0; i < sketch->n_layers; i++)
    {
      int   limit = G_MININT;
      guint n;
      guint start = bp_sketch_get_part (sketch, side == BP_SIDE_LEFT ? i : sketch->n_layers - 1 - i, aside, &n);

      for (guint j = 0; j < n; j++)
        limit = align_vertex (&aligner, sketch->order[start + (from_below ? n - 1 - j : j)], side, from_below, limit);
    }
}
