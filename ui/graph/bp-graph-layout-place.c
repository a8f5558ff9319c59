/* bp-graph-layout-place.c: vertical places within columns
 *
 * U. Brandes and B. Köpf, "Fast and Simple Horizontal Coordinate Assignment", Graph Drawing 2001, with the block
 * graph of dagre for vertices of any height: vertices are aligned into straight blocks in four ways (with left or
 * right neighbours, from above or below), blocks are packed, and the two middle results are averaged.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/bp-graph-layout-private.h"

#define N_WAYS 4

/* One run: the part of the graph that is placed, and scratch space indexed by vertex. */
typedef struct {
  BpSketch          *sketch;
  const BpDistances *distances;
  gboolean           aside;
  guint             *roots;
  double            *ys[N_WAYS];
} Placer;

static double
get_distance (Placer *placer,
              guint   upper,
              guint   lower)
{
  const BpVertex *first = bp_sketch_vertex (placer->sketch, upper);
  const BpVertex *second = bp_sketch_vertex (placer->sketch, lower);
  double          gap = placer->distances->node_gap;

  if (first->node == BP_NODE_NONE && second->node == BP_NODE_NONE)
    gap *= 0.4;

  return (first->height + second->height) / 2 + gap;
}

/* Neighbours in a column, as an edge between their blocks. */
typedef struct {
  guint  before;
  guint  after;
  double distance;
} Adjacency;

static GArray *
find_adjacencies (Placer  *placer,
                  gboolean from_below)
{
  GArray *adjacencies = g_array_new (FALSE, FALSE, sizeof (Adjacency));

  for (guint layer = 0; layer < placer->sketch->n_layers; layer++)
    {
      guint n;
      guint start = bp_sketch_get_part (placer->sketch, layer, placer->aside, &n);

      for (guint i = 1; i < n; i++)
        {
          guint     upper = placer->sketch->order[start + i - 1];
          guint     lower = placer->sketch->order[start + i];
          Adjacency adjacency = { placer->roots[from_below ? lower : upper], placer->roots[from_below ? upper : lower],
                                  get_distance (placer, upper, lower) };

          g_array_append_val (adjacencies, adjacency);
        }
    }

  return adjacencies;
}

static int
compare_adjacencies (gconstpointer a,
                     gconstpointer b)
{
  const Adjacency *first = a;
  const Adjacency *second = b;

  if (first->before != second->before)
    return first->before < second->before ? -1 : 1;

  return first->after < second->after ? -1 : first->after > second->after;
}

/* Puts each block as far up as those above it allow; fills @sorted with the blocks in topological order. */
static guint
pack_blocks (Placer       *placer,
             GArray       *adjacencies,
             const guint  *starts,
             double       *ys,
             guint        *sorted)
{
  guint             n_vertices = placer->sketch->vertices->len;
  g_autofree guint *n_before = g_new0 (guint, n_vertices);
  guint             n_sorted = 0;

  for (guint i = 0; i < adjacencies->len; i++)
    n_before[g_array_index (adjacencies, Adjacency, i).after]++;
  for (guint v = 0; v < n_vertices; v++)
    {
      ys[v] = 0;
      if (placer->roots[v] == v && n_before[v] == 0)
        sorted[n_sorted++] = v;
    }

  for (guint i = 0; i < n_sorted; i++)
    for (guint j = starts[sorted[i]]; j < starts[sorted[i] + 1]; j++)
      {
        const Adjacency *adjacency = &g_array_index (adjacencies, Adjacency, j);

        ys[adjacency->after] = MAX (ys[adjacency->after], ys[sorted[i]] + adjacency->distance);
        if (--n_before[adjacency->after] == 0)
          sorted[n_sorted++] = adjacency->after;
      }

  return n_sorted;
}

static void
compact (Placer  *placer,
         gboolean from_below,
         double  *ys)
{
  guint             n_vertices = placer->sketch->vertices->len;
  g_autoptr (GArray) adjacencies = find_adjacencies (placer, from_below);
  g_autofree guint *starts = g_new0 (guint, n_vertices + 1);
  g_autofree guint *sorted = g_new (guint, n_vertices);
  guint             n_sorted;

  g_array_sort (adjacencies, compare_adjacencies);
  for (guint i = 0; i < adjacencies->len; i++)
    starts[g_array_index (adjacencies, Adjacency, i).before + 1]++;
  for (guint v = 0; v < n_vertices; v++)
    starts[v + 1] += starts[v];

  n_sorted = pack_blocks (placer, adjacencies, starts, ys, sorted);

  /* What has room moves next to what follows it. */
  for (guint i = n_sorted; i-- > 0;)
    {
      double y = HUGE_VAL;

      for (guint j = starts[sorted[i]]; j < starts[sorted[i] + 1]; j++)
        {
          const Adjacency *adjacency = &g_array_index (adjacencies, Adjacency, j);

          y = MIN (y, ys[adjacency->after] - adjacency->distance);
        }
      if (isfinite (y))
        ys[sorted[i]] = MAX (ys[sorted[i]], y);
    }

  for (guint v = 0; v < n_vertices; v++)
    if (placer->roots[v] != v)
      ys[v] = ys[placer->roots[v]];
  for (guint v = 0; v < n_vertices && from_below; v++)
    ys[v] = -ys[v];
}

/* The extent of the part. Returns: FALSE when it is empty */
static gboolean
get_extent (Placer       *placer,
            const double *ys,
            double       *top,
            double       *bottom)
{
  *top = HUGE_VAL;
  *bottom = -HUGE_VAL;
  for (guint v = 0; v < placer->sketch->vertices->len; v++)
    {
      const BpVertex *vertex = bp_sketch_vertex (placer->sketch, v);

      if (vertex->aside != placer->aside || vertex->bypass)
        continue;
      *top = MIN (*top, ys[v] - vertex->height / 2);
      *bottom = MAX (*bottom, ys[v] + vertex->height / 2);
    }

  return *top < *bottom;
}

/* Shifts the four results so that they share the narrowest one's top (those from above) or bottom (from below). */
static void
align_ways (Placer *placer)
{
  double tops[N_WAYS];
  double bottoms[N_WAYS];
  guint  narrowest = 0;

  for (guint way = 0; way < N_WAYS; way++)
    {
      get_extent (placer, placer->ys[way], &tops[way], &bottoms[way]);
      if (bottoms[way] - tops[way] < bottoms[narrowest] - tops[narrowest])
        narrowest = way;
    }
  for (guint way = 0; way < N_WAYS; way++)
    {
      double shift = way < 2 ? tops[narrowest] - tops[way] : bottoms[narrowest] - bottoms[way];

      for (guint v = 0; v < placer->sketch->vertices->len; v++)
        placer->ys[way][v] += shift;
    }
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* Sets the places of the part, its top at @top. Returns: its bottom, or @top when it is empty */
static double
average (Placer *placer,
         double  top)
{
  double *result = placer->ys[0];
  double  first;
  double  last;

  align_ways (placer);
  for (guint v = 0; v < placer->sketch->vertices->len; v++)
    {
      double ys[N_WAYS];

      for (guint way = 0; way < N_WAYS; way++)
        ys[way] = placer->ys[way][v];
      qsort (ys, N_WAYS, sizeof *ys, compare_doubles);
      result[v] = (ys[1] + ys[2]) / 2;
    }

  if (!get_extent (placer, result, &first, &last))
    return top;
  for (guint v = 0; v < placer->sketch->vertices->len; v++)
    {
      BpVertex *vertex = bp_sketch_vertex (placer->sketch, v);

      if (vertex->aside == placer->aside && !vertex->bypass)
        vertex->y = result[v] - first + top;
    }

  return last - first + top;
}

static double
place_part (BpSketch          *sketch,
            const BpDistances *distances,
            gboolean           aside,
            double             top)
{
  guint                n_vertices = sketch->vertices->len;
  g_autofree gboolean *eligible = bp_sketch_find_eligible_links (sketch, aside);
  double               bottom;
  Placer               placer = {
    .sketch = sketch,
    .distances = distances,
    .aside = aside,
    .roots = g_new (guint, n_vertices),
  };

  /* Ways 0 and 1 go from above, 2 and 3 from below. */
  for (guint way = 0; way < N_WAYS; way++)
    {
      placer.ys[way] = g_new (double, n_vertices);
      bp_sketch_align (sketch, aside, eligible, way % 2 == 0 ? BP_SIDE_LEFT : BP_SIDE_RIGHT, way >= 2, placer.roots);
      compact (&placer, way >= 2, placer.ys[way]);
    }
  bottom = average (&placer, top);

  for (guint way = 0; way < N_WAYS; way++)
    g_free (placer.ys[way]);
  g_free (placer.roots);

  return bottom;
}

static int
compare_bypasses (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  BpSketch     *sketch = data;
  const BpLink *first = bp_sketch_link (sketch, *(const guint *) a);
  const BpLink *second = bp_sketch_link (sketch, *(const guint *) b);
  guint         first_layer = bp_sketch_vertex (sketch, first->from)->layer;
  guint         second_layer = bp_sketch_vertex (sketch, second->from)->layer;

  if (first_layer != second_layer)
    return first_layer < second_layer ? -1 : 1;

  return first->edge < second->edge ? -1 : 1;
}

/* Edges that run below the graph, from left to right: each in the first row that is free over its columns. */
static void
place_bypasses (BpSketch          *sketch,
                const BpDistances *distances,
                double             top)
{
  g_autoptr (GArray) bypasses = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) row_ends = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint l = 0; l < sketch->links->len; l++)
    if (bp_sketch_vertex (sketch, bp_sketch_link (sketch, l)->from)->bypass
        && bp_sketch_vertex (sketch, bp_sketch_link (sketch, l)->to)->bypass)
      g_array_append_val (bypasses, l);
  g_array_sort_with_data (bypasses, compare_bypasses, sketch);

  for (guint i = 0; i < bypasses->len; i++)
    {
      const BpLink *link = bp_sketch_link (sketch, g_array_index (bypasses, guint, i));
      BpVertex     *from = bp_sketch_vertex (sketch, link->from);
      BpVertex     *to = bp_sketch_vertex (sketch, link->to);
      guint         row = 0;

      while (row < row_ends->len && g_array_index (row_ends, guint, row) >= from->layer)
        row++;
      if (row == row_ends->len)
        g_array_set_size (row_ends, row + 1);
      g_array_index (row_ends, guint, row) = to->layer;
      from->y = to->y = top + distances->aside_gap + row * distances->bend * 1.4;
    }
}

/* How far the evaluation branch can move up: over the columns that it spans, to a gap below the rest. */
static double
find_room_above_aside (BpSketch *sketch,
                       double    gap)
{
  double bottom = -HUGE_VAL;
  double top = HUGE_VAL;
  guint  first = G_MAXUINT;
  guint  last = 0;

  for (guint v = 0; v < sketch->vertices->len; v++)
    {
      const BpVertex *vertex = bp_sketch_vertex (sketch, v);

      if (!vertex->aside || vertex->bypass)
        continue;
      first = MIN (first, vertex->layer);
      last = MAX (last, vertex->layer);
      top = MIN (top, vertex->y - vertex->height / 2);
    }
  for (guint v = 0; v < sketch->vertices->len; v++)
    {
      const BpVertex *vertex = bp_sketch_vertex (sketch, v);

      if (!vertex->aside && !vertex->bypass && vertex->layer >= first && vertex->layer <= last)
        bottom = MAX (bottom, vertex->y + vertex->height / 2);
    }

  return isfinite (top) && isfinite (bottom) ? MAX (0, top - bottom - gap) : 0;
}

void
bp_sketch_place (BpSketch          *sketch,
                 const BpDistances *distances)
{
  double bottom = place_part (sketch, distances, FALSE, 0);
  double top = bottom > 0 ? bottom + distances->aside_gap : 0;
  double end = place_part (sketch, distances, TRUE, top);
  double room = find_room_above_aside (sketch, distances->aside_gap);

  for (guint v = 0; v < sketch->vertices->len; v++)
    if (bp_sketch_vertex (sketch, v)->aside)
      bp_sketch_vertex (sketch, v)->y -= room;
  place_bypasses (sketch, distances, MAX (bottom, end));
}
