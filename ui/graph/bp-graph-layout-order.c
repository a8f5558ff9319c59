/* bp-graph-layout-order.c: the order within columns: barycentre sweeps and exchanges of neighbours
 *
 * A first order by depth-first search draws a tree without crossings and keeps inputs in the order of their op;
 * sweeps may replace it only by an order with fewer crossings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "graph/bp-graph-layout-private.h"

/* Bounds on the work: sweeps, links that take part in them, and pairs of links compared for one exchange. */
#define MAX_SWEEPS 24
#define MAX_IDLE_SWEEPS 4
#define MAX_LINKS 20000
#define MAX_PAIRS 256
#define MAX_EXCHANGE_ROUNDS 4

/* Counts the vertices of each column and gives each column its part of @order. */
static void
start_layers (BpSketch *sketch)
{
  sketch->layer_starts = g_new0 (guint, sketch->n_layers + 1);
  for (guint v = 0; v < sketch->vertices->len; v++)
    sketch->layer_starts[bp_sketch_vertex (sketch, v)->layer + 1]++;
  for (guint layer = 0; layer < sketch->n_layers; layer++)
    sketch->layer_starts[layer + 1] += sketch->layer_starts[layer];
  sketch->order = g_new (guint, sketch->vertices->len + 1);
}

/* How long the longest chain of links that ends in each vertex is. */
static guint *
find_depths (BpSketch *sketch)
{
  guint *depths = g_new0 (guint, sketch->n_nodes);

  for (guint node = 0; node < sketch->n_nodes; node++)
    for (guint i = 0; i < bp_plan_get_n_inputs (sketch->plan, node); i++)
      depths[node] = MAX (depths[node], depths[bp_plan_get_input (sketch->plan, node, i)] + 1);

  return depths;
}

/* Pushes the vertices that lead to @v in the reverse order of visiting: by depth, and of equal depth by input. */
static void
push_inputs (BpSketch    *sketch,
             GArray      *stack,
             const guint *depths,
             gboolean     deepest_first,
             guint        v)
{
  const BpVertex   *vertex = bp_sketch_vertex (sketch, v);
  gboolean          is_bend = vertex->node == BP_NODE_NONE;
  g_autofree guint *links = g_new (guint, is_bend ? 1 : bp_plan_get_n_inputs (sketch->plan, v) + 1);
  guint             n_links = 0;

  if (is_bend)
    links[n_links++] = sketch->sides[BP_SIDE_LEFT].links[sketch->sides[BP_SIDE_LEFT].starts[v]];
  else
    for (guint edge = sketch->first_edges[v]; edge < sketch->first_edges[v + 1]; edge++)
      {
        guint from = sketch->plan->edges[edge].from;
        guint place = n_links++;

        for (; place > 0; place--)
          {
            guint other = sketch->plan->edges[bp_sketch_link (sketch, links[place - 1])->edge].from;

            if (deepest_first ? depths[from] <= depths[other] : depths[from] >= depths[other])
              break;
            links[place] = links[place - 1];
          }
        links[place] = sketch->first_links[edge + 1] - 1;
      }

  while (n_links-- > 0)
    g_array_append_val (stack, bp_sketch_link (sketch, links[n_links])->from);
}

/* Appends @sink and all that leads to it, each to its column. */
static void
search_from (BpSketch    *sketch,
             const guint *depths,
             gboolean     deepest_first,
             guint        sink,
             gboolean    *visited,
             guint       *layer_ends)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (stack, sink);
  while (stack->len > 0)
    {
      guint     v = g_array_index (stack, guint, stack->len - 1);
      BpVertex *vertex = bp_sketch_vertex (sketch, v);

      g_array_set_size (stack, stack->len - 1);
      if (visited[v])
        continue;

      visited[v] = TRUE;
      sketch->order[layer_ends[vertex->layer]++] = v;
      push_inputs (sketch, stack, depths, deepest_first, v);
    }
}

static void
set_ranks (BpSketch *sketch,
           guint     layer)
{
  guint start = sketch->layer_starts[layer];

  for (guint i = start; i < sketch->layer_starts[layer + 1]; i++)
    bp_sketch_vertex (sketch, sketch->order[i])->rank = i - start;
}

/* Moves the evaluation branch to the bottom of its column, everything else in order. */
static void
set_aside (BpSketch *sketch,
           guint     layer)
{
  guint              start = sketch->layer_starts[layer];
  guint              n = sketch->layer_starts[layer + 1] - start;
  g_autofree guint *asides = g_new (guint, n);
  guint              n_asides = 0;
  guint              end = start;

  for (guint i = start; i < start + n; i++)
    {
      guint v = sketch->order[i];

      if (bp_sketch_vertex (sketch, v)->aside)
        asides[n_asides++] = v;
      else
        sketch->order[end++] = v;
    }
  memcpy (sketch->order + end, asides, n_asides * sizeof *asides);
}

static void
set_first_order (BpSketch *sketch,
                 gboolean  deepest_first)
{
  g_autofree gboolean *visited = g_new0 (gboolean, sketch->vertices->len);
  g_autofree guint    *layer_ends = g_memdup2 (sketch->layer_starts, sketch->n_layers * sizeof (guint));
  g_autofree guint    *depths = find_depths (sketch);
  guint                loss = bp_graph_get_loss (sketch->plan->graph);

  if (loss != BP_NODE_NONE)
    search_from (sketch, depths, deepest_first, sketch->plan->box_of[loss], visited, layer_ends);
  for (guint node = sketch->n_nodes; node-- > 0;)
    search_from (sketch, depths, deepest_first, node, visited, layer_ends);

  for (guint layer = 0; layer < sketch->n_layers; layer++)
    {
      set_aside (sketch, layer);
      set_ranks (sketch, layer);
    }
}

static int
compare_guints (gconstpointer a,
                gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

/* Appends the ranks of what @v is linked to on @side, in ascending order. */
static guint
get_ranks (BpSketch *sketch,
           guint     v,
           BpSide    side,
           guint    *ranks)
{
  const BpIncidence *incidence = &sketch->sides[side];
  guint              n = 0;

  for (guint i = incidence->starts[v]; i < incidence->starts[v + 1]; i++)
    {
      guint end = bp_link_get_end (bp_sketch_link (sketch, incidence->links[i]), side);

      if (bp_sketch_are_beside (sketch, v, end))
        ranks[n++] = bp_sketch_vertex (sketch, end)->rank;
    }
  if (n > 1)
    qsort (ranks, n, sizeof *ranks, compare_guints);

  return n;
}

/* Pairs of links between two columns whose ends are in opposite orders. */
static guint64
count_crossings (BpSketch *sketch)
{
  g_autofree guint *ranks = g_new (guint, sketch->links->len + 1);
  guint64           n_crossings = 0;

  for (guint layer = 0; layer + 1 < sketch->n_layers; layer++)
    {
      guint n = 0;

      for (guint i = sketch->layer_starts[layer]; i < sketch->layer_starts[layer + 1]; i++)
        {
          guint n_before = n;

          n += get_ranks (sketch, sketch->order[i], BP_SIDE_RIGHT, ranks + n);
          for (guint j = n_before; j < n; j++)
            for (guint k = 0; k < n_before; k++)
              n_crossings += ranks[k] > ranks[j];
        }
    }

  return n_crossings;
}

typedef struct {
  double   barycentre;
  guint    v;
  guint    rank;
  gboolean aside;
} Key;

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const Key *first = a;
  const Key *second = b;

  if (first->aside != second->aside)
    return first->aside ? 1 : -1;
  if (first->barycentre < second->barycentre)
    return -1;
  if (first->barycentre > second->barycentre)
    return 1;

  return first->rank < second->rank ? -1 : 1;
}

/* Sorts a column by the mean rank of what its vertices are linked to on @side; those without links stay. */
static void
sort_layer (BpSketch *sketch,
            guint     layer,
            BpSide    side,
            Key      *keys,
            guint    *ranks)
{
  guint start = sketch->layer_starts[layer];
  guint n = sketch->layer_starts[layer + 1] - start;

  for (guint i = 0; i < n; i++)
    {
      guint           v = sketch->order[start + i];
      const BpVertex *vertex = bp_sketch_vertex (sketch, v);
      guint           n_ranks = get_ranks (sketch, v, side, ranks);
      double          sum = 0;

      for (guint j = 0; j < n_ranks; j++)
        sum += ranks[j];
      keys[i] = (Key){ n_ranks > 0 ? sum / n_ranks : vertex->rank, v, vertex->rank, vertex->aside };
    }

  qsort (keys, n, sizeof *keys, compare_keys);
  for (guint i = 0; i < n; i++)
    sketch->order[start + i] = keys[i].v;
  set_ranks (sketch, layer);
}

/* Crossings on @side of the links of @upper and @lower if @upper stands above, less those if it stands below. */
static int
get_gain (BpSketch *sketch,
          guint     upper,
          guint     lower,
          BpSide    side,
          guint    *ranks)
{
  const BpIncidence *incidence = &sketch->sides[side];
  guint              n_upper = incidence->starts[upper + 1] - incidence->starts[upper];
  guint              n_lower = incidence->starts[lower + 1] - incidence->starts[lower];
  guint             *lower_ranks = ranks + n_upper;
  int                gain = 0;

  if (n_upper * n_lower > MAX_PAIRS)
    return 0;

  n_upper = get_ranks (sketch, upper, side, ranks);
  n_lower = get_ranks (sketch, lower, side, lower_ranks);
  for (guint i = 0; i < n_upper; i++)
    for (guint j = 0; j < n_lower; j++)
      gain += (ranks[i] > lower_ranks[j]) - (ranks[i] < lower_ranks[j]);

  return gain;
}

/* Exchanges neighbours of a column where that saves crossings. Returns: whether it did */
static gboolean
exchange_neighbours (BpSketch *sketch,
                     guint     layer,
                     guint    *ranks)
{
  gboolean changed = FALSE;

  for (guint i = sketch->layer_starts[layer]; i + 1 < sketch->layer_starts[layer + 1]; i++)
    {
      guint     upper = sketch->order[i];
      guint     lower = sketch->order[i + 1];
      BpVertex *upper_vertex = bp_sketch_vertex (sketch, upper);
      BpVertex *lower_vertex = bp_sketch_vertex (sketch, lower);

      if (upper_vertex->aside != lower_vertex->aside)
        continue;
      if (get_gain (sketch, upper, lower, BP_SIDE_LEFT, ranks)
              + get_gain (sketch, upper, lower, BP_SIDE_RIGHT, ranks)
          <= 0)
        continue;

      sketch->order[i] = lower;
      sketch->order[i + 1] = upper;
      upper_vertex->rank++;
      lower_vertex->rank--;
      changed = TRUE;
    }

  return changed;
}

static void
exchange_all (BpSketch *sketch,
              guint    *ranks)
{
  gboolean changed = TRUE;

  for (guint round = 0; changed && round < MAX_EXCHANGE_ROUNDS; round++)
    {
      changed = FALSE;
      for (guint layer = 0; layer < sketch->n_layers; layer++)
        changed |= exchange_neighbours (sketch, layer, ranks);
    }
}

static void
sweep (BpSketch *sketch,
       BpSide    side,
       Key      *keys,
       guint    *ranks)
{
  for (guint i = 1; i < sketch->n_layers; i++)
    sort_layer (sketch, side == BP_SIDE_LEFT ? i : sketch->n_layers - 1 - i, side, keys, ranks);
  exchange_all (sketch, ranks);
}

/* Keeps the present order as @best if it has fewer crossings. Returns: whether it has */
static gboolean
keep_if_better (BpSketch *sketch,
                guint    *best)
{
  guint64 n_crossings = count_crossings (sketch);

  if (n_crossings >= sketch->n_crossings)
    return FALSE;
  sketch->n_crossings = n_crossings;
  memcpy (best, sketch->order, sketch->vertices->len * sizeof *best);

  return TRUE;
}

static void
restore (BpSketch    *sketch,
         const guint *best)
{
  memcpy (sketch->order, best, sketch->vertices->len * sizeof *best);
  for (guint layer = 0; layer < sketch->n_layers; layer++)
    set_ranks (sketch, layer);
}

void
bp_sketch_order (BpSketch *sketch)
{
  g_autofree guint *best = g_new (guint, sketch->vertices->len + 1);
  g_autofree guint *ranks = g_new (guint, 2 * sketch->links->len + 1);
  g_autofree Key   *keys = g_new (Key, sketch->vertices->len + 1);
  guint             n_sweeps = sketch->links->len > MAX_LINKS ? 0 : MAX_SWEEPS;
  guint             n_idle = 0;

  start_layers (sketch);
  sketch->n_crossings = G_MAXUINT64;
  for (guint i = 0; i < 2; i++)
    {
      set_first_order (sketch, i == 0);
      keep_if_better (sketch, best);
    }
  restore (sketch, best);
  for (guint i = 0; i < n_sweeps && n_idle < MAX_IDLE_SWEEPS && sketch->n_crossings > 0; i++)
    {
      sweep (sketch, i % 2 == 0 ? BP_SIDE_LEFT : BP_SIDE_RIGHT, keys, ranks);
      n_idle = keep_if_better (sketch, best) ? 0 : n_idle + 1;
    }
  restore (sketch, best);
}
