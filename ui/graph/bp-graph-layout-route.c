/* bp-graph-layout-route.c: the columns, rows and paths
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/bp-graph-layout-private.h"

/* How many widths of a gap are tried. */
#define N_WIDTHS 4

/* How a link between rows turns: it leaves the right end of its row, runs back in a lane between both rows, and enters
 * the lower one at its left end. Turns at an end lie within each other. */
typedef struct {
  double lane;  /* its height */
  double left;  /* where the lane ends, and the turns begin */
  double right;
  guint  rank;  /* from the innermost at the left end */
  guint  n;
} Turn;

/* Everything indexed by link: the heights of its two ends, the distance of its tracks, and its turn. */
typedef struct {
  BpSketch          *sketch;
  const BpDistances *distances;
  BpLayer           *layers;
  const BpLabelSize *labels;
  BpGraphEdge       *edges;
  double            *starts;
  double            *ends;
  double            *tracks;
  double            *middles;
  Turn              *turns;
} Router;

static double
get_gap_start (const Router *router,
               guint         layer)
{
  return router->layers[layer].x + router->layers[layer].width;
}

static double
get_gap_end (const Router *router,
             guint         layer)
{
  return router->layers[layer].x - router->layers[layer].lead;
}

/* The links that lead to each column. */
static GArray **
find_strands (Router *router)
{
  BpSketch *sketch = router->sketch;
  GArray  **gaps = g_new0 (GArray *, sketch->n_layers);

  for (guint layer = 0; layer < sketch->n_layers; layer++)
    gaps[layer] = g_array_new (FALSE, FALSE, sizeof (BpStrand));

  for (guint l = 0; l < sketch->links->len; l++)
    {
      const BpLink *link = bp_sketch_link (sketch, l);
      BpStrand      strand = { .link = l,
                               .start = router->starts[l],
                               .end = router->ends[l],
                               .track = router->tracks[l] };

      if (router->labels != NULL && l + 1 == sketch->first_links[link->edge + 1])
        strand.label = router->labels[link->edge];
      if (bp_sketch_get_row (sketch, link->from) != bp_sketch_get_row (sketch, link->to))
        strand.start = (double) NAN;
      if (isnan (strand.start) || bp_sketch_are_beside (sketch, link->from, link->to))
        g_array_append_val (gaps[bp_sketch_vertex (sketch, link->to)->layer], strand);
    }

  return gaps;
}

/* The width of a turn: the distance of its Bézier controls. The curve reaches three quarters of it. */
static double
get_turn_width (const Router *router,
                guint         rank)
{
  return (1.5 + rank) * router->distances->bend;
}

/* Places the labels between two columns, from @left on. A wider gap looks better than edges that have to make room.
 * Returns: where the gap ends */
static double
place_labels_of_gap (Router        *router,
                     BpStrand      *strands,
                     guint          n_strands,
                     const BpLayer *next,
                     double         left)
{
  for (guint i = 0; i < N_WIDTHS; i++)
    {
      double right = left + next->gap + router->distances->spread * next->label * i / (N_WIDTHS - 1);

      if (bp_strands_place_labels (strands, n_strands, left, right, router->distances))
        return right;
    }
  bp_strands_level (strands, n_strands, left, left + next->gap, router->distances);

  return left + next->gap;
}

/* What leads to the first column of a row that is not the first. Returns: where the gap ends */
static double
place_turns (Router        *router,
             BpStrand      *strands,
             guint          n_strands,
             const BpLayer *next)
{
  double left = n_strands > 0 ? 0.75 * get_turn_width (router, n_strands - 1) + router->distances->track : 0;

  bp_strands_level (strands, n_strands, left, left + next->gap, router->distances);
  for (guint i = 0; i < n_strands; i++)
    router->turns[strands[i].link] = (Turn){ .left = left, .rank = i, .n = n_strands };

  return left + next->gap;
}

/* Places the columns of @row, and with them the labels. */
static void
place_columns (Router  *router,
               GArray **gaps,
               guint    row)
{
  BpSketch *sketch = router->sketch;
  double    x = 0;

  for (guint layer = sketch->row_starts[row]; layer < sketch->row_starts[row + 1]; layer++)
    {
      BpStrand *strands = (BpStrand *) (gpointer) gaps[layer]->data;
      BpLayer  *here = &router->layers[layer];

      if (layer > sketch->row_starts[row])
        x = place_labels_of_gap (router, strands, gaps[layer]->len, here, x);
      else if (row > 0)
        x = place_turns (router, strands, gaps[layer]->len, here);
      here->x = x + here->lead;
      x = get_gap_start (router, layer);

      for (guint i = 0; i < gaps[layer]->len; i++)
        {
          router->middles[strands[i].link] = strands[i].middle;
          if (strands[i].label.width > 0)
            router->edges[bp_sketch_link (sketch, strands[i].link)->edge].label = strands[i].place;
        }
    }
}

/* Moves what is in the columns of @row by @dy: each vertex with the ends of its links, and their labels. */
static void
move_row (Router *router,
          guint   row,
          double  dy)
{
  BpSketch *sketch = router->sketch;

  for (guint v = 0; v < sketch->vertices->len; v++)
    if (bp_sketch_get_row (sketch, v) == row)
      bp_sketch_vertex (sketch, v)->y += dy;
  for (guint l = 0; l < sketch->links->len; l++)
    {
      if (bp_sketch_get_row (sketch, bp_sketch_link (sketch, l)->from) == row)
        router->starts[l] += dy;
      if (bp_sketch_get_row (sketch, bp_sketch_link (sketch, l)->to) != row)
        continue;
      router->ends[l] += dy;
      router->middles[l] += dy;
    }
  for (guint edge = 0; edge < sketch->n_edges; edge++)
    if (bp_sketch_get_row (sketch, router->edges[edge].to) == row)
      router->edges[edge].label.y += dy;
}

/* The extent of what is in the columns of @row. */
static void
get_row_extent (const Router *router,
                guint         row,
                double       *top,
                double       *bottom)
{
  BpSketch *sketch = router->sketch;

  *top = HUGE_VAL;
  *bottom = -HUGE_VAL;
  for (guint v = 0; v < sketch->vertices->len; v++)
    if (bp_sketch_get_row (sketch, v) == row)
      {
        const BpVertex *vertex = bp_sketch_vertex (sketch, v);

        *top = MIN (*top, vertex->y - vertex->rise);
        *bottom = MAX (*bottom, vertex->y + vertex->height - vertex->rise);
      }
  for (guint l = 0; l < sketch->links->len; l++)
    if (bp_sketch_get_row (sketch, bp_sketch_link (sketch, l)->to) == row && !isnan (router->middles[l]))
      {
        *top = MIN (*top, router->middles[l] - router->distances->track);
        *bottom = MAX (*bottom, router->middles[l] + router->distances->track);
      }
  for (guint edge = 0; edge < sketch->n_edges; edge++)
    {
      const cairo_rectangle_t *label = &router->edges[edge].label;

      if (label->width > 0 && bp_sketch_get_row (sketch, router->edges[edge].to) == row)
        {
          *top = MIN (*top, label->y);
          *bottom = MAX (*bottom, label->y + label->height);
        }
    }
}

/* Puts the rows below each other, with the lanes of the turns between them. */
static void
place_rows (Router *router)
{
  BpSketch *sketch = router->sketch;
  double    y = 0;

  for (guint row = 0; row < sketch->n_rows; row++)
    {
      double bend = router->distances->bend;
      double below = 0;
      double top, bottom;

      for (guint l = 0; l < sketch->links->len; l++)
        {
          Turn *turn = &router->turns[l];

          if (turn->n == 0 || bp_sketch_get_row (sketch, bp_sketch_link (sketch, l)->to) != row)
            continue;
          turn->right = get_gap_start (router, sketch->row_starts[row] - 1);
          turn->lane = y + router->distances->row_gap + (turn->n - turn->rank - 0.5) * bend;
          below = router->distances->row_gap + turn->n * bend;
        }
      y += below + (row > 0 ? router->distances->row_gap : 0);
      get_row_extent (router, row, &top, &bottom);
      move_row (router, row, y - top);
      y += bottom - top;
    }
}

/* Appends a curve that goes on from the last point; one without length is left out. */
static void
append_curve (GArray *points,
              guint   first,
              double  x0,
              double  y0,
              double  x1,
              double  y1,
              double  offset)
{
  BpPoint curve[BP_CURVE_POINTS];

  if (x1 <= x0)
    return;

  bp_curve_init (curve, x0, y0, x1, y1, offset);
  if (points->len == first)
    g_array_append_vals (points, curve, BP_CURVE_POINTS);
  else
    g_array_append_vals (points, curve + 1, BP_CURVE_POINTS - 1);
}

/* The path to the row below, up to where it runs level towards its port; or the track beside it at @offset. A track to
 * the right, seen along the path, is on the inside of the turn at the right end and on the outside of the turn at the
 * left end. */
static void
append_turn (Router *router,
             GArray *points,
             guint   first,
             guint   l,
             double  offset)
{
  const Turn *turn = &router->turns[l];
  double      right = turn->right + get_turn_width (router, turn->n - 1 - turn->rank) - offset * 4 / 3;
  double      left = turn->left - get_turn_width (router, turn->rank) - offset * 4 / 3;
  double      start = router->starts[l] + offset;
  double      lane = turn->lane - offset;
  double      end = router->middles[l] + offset;
  double      third = (turn->right - turn->left) / 3;
  BpPoint     path[] = { { turn->right, start }, { right, start }, { right, lane }, { turn->right, lane },
                         { turn->right - third, lane }, { turn->left + third, lane }, { turn->left, lane },
                         { left, lane }, { left, end }, { turn->left, end } };
  guint       skipped = points->len == first ? 0 : 1;

  g_array_append_vals (points, path + skipped, G_N_ELEMENTS (path) - skipped);
}

/* The path of one link, from the right of its left end to the left of its right end. */
static void
append_link (Router *router,
             GArray *points,
             guint   first,
             guint   l,
             double  offset)
{
  const BpLink *link = bp_sketch_link (router->sketch, l);
  guint         to = bp_sketch_vertex (router->sketch, link->to)->layer;
  double        left = get_gap_start (router, bp_sketch_vertex (router->sketch, link->from)->layer);
  double        right = get_gap_end (router, to);
  double        start = router->starts[l];
  double        end = router->ends[l];
  double        middle = router->middles[l];
  double        curve = router->distances->curve;

  if (router->turns[l].n > 0)
    {
      append_turn (router, points, first, l, offset);
      append_curve (points, first, router->turns[l].left, middle, right - curve, middle, offset);
      append_curve (points, first, right - curve, middle, right, end, offset);
    }
  else if (isnan (middle))
    append_curve (points, first, left, start, right, end, offset);
  else
    {
      append_curve (points, first, left, start, left + curve, middle, offset);
      append_curve (points, first, left + curve, middle, right - curve, middle, offset);
      append_curve (points, first, right - curve, middle, right, end, offset);
    }
  append_curve (points, first, right, end, router->layers[to].x, end, offset);
}

static guint
append_path (Router *router,
             GArray *points,
             guint   edge,
             double  offset)
{
  BpSketch *sketch = router->sketch;
  guint     first = points->len;

  for (guint l = sketch->first_links[edge]; l < sketch->first_links[edge + 1]; l++)
    {
      const BpVertex *to = bp_sketch_vertex (sketch, bp_sketch_link (sketch, l)->to);
      const BpLayer  *layer = &router->layers[to->layer];

      append_link (router, points, first, l, offset);
      if (to->node == BP_NODE_NONE)
        append_curve (points, first, layer->x, router->ends[l], layer->x + layer->width, router->ends[l], offset);
    }

  return points->len - first;
}

static void
place_everything (Router *router)
{
  BpSketch *sketch = router->sketch;
  GArray  **gaps;

  bp_sketch_set_ports (sketch, router->distances, router->edges, router->starts, router->ends, router->tracks);
  gaps = find_strands (router);
  for (guint row = 0; row < sketch->n_rows; row++)
    place_columns (router, gaps, row);
  place_rows (router);
  for (guint layer = 0; layer < sketch->n_layers; layer++)
    g_array_unref (gaps[layer]);
  g_free (gaps);
}

GArray *
bp_sketch_route (BpSketch          *sketch,
                 const BpDistances *distances,
                 BpLayer           *layers,
                 const BpLabelSize *labels,
                 BpGraphEdge       *edges)
{
  GArray             *points = g_array_new (FALSE, FALSE, sizeof (BpPoint));
  guint               n_links = sketch->links->len;
  g_autofree double  *numbers = g_new (double, 4 * n_links + 1);
  g_autofree Turn    *turns = g_new0 (Turn, n_links + 1);
  g_autofree guint   *starts = g_new (guint, 2 * sketch->n_edges + 1);
  Router              router = { sketch, distances, layers, labels, edges, numbers, numbers + n_links,
                                 numbers + 2 * n_links, numbers + 3 * n_links, turns };

  for (guint l = 0; l < n_links; l++)
    router.middles[l] = (double) NAN;
  place_everything (&router);

  for (guint edge = 0; edge < sketch->n_edges; edge++)
    {
      double track = router.tracks[sketch->first_links[edge]];

      starts[2 * edge] = points->len;
      edges[edge].n_points = append_path (&router, points, edge, -track / 2);
      starts[2 * edge + 1] = points->len;
      if (edges[edge].differentiated)
        append_path (&router, points, edge, track / 2);
    }

  for (guint edge = 0; edge < sketch->n_edges; edge++)
    {
      edges[edge].value_track = &g_array_index (points, BpPoint, starts[2 * edge]);
      edges[edge].gradient_track = NULL;
      if (edges[edge].differentiated)
        edges[edge].gradient_track = &g_array_index (points, BpPoint, starts[2 * edge + 1]);
    }

  return points;
}
