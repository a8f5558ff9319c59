/* bp-graph-layout-route.c: where edges leave and enter their nodes, and their paths
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/bp-graph-layout-private.h"

/* How many widths of a gap are tried. */
#define N_WIDTHS 4

/* Everything indexed by link: the heights of its two ends, and the distance of its tracks. */
typedef struct {
  BpSketch          *sketch;
  const BpDistances *distances;
  BpLayer           *layers;
  double            *starts;
  double            *ends;
  double            *tracks;
  double            *middles;
} Router;

typedef struct {
  guint  link;
  double y;
} Port;

static int
compare_ports (gconstpointer a,
               gconstpointer b)
{
  const Port *first = a;
  const Port *second = b;

  if (first->y < second->y)
    return -1;
  if (first->y > second->y)
    return 1;

  return first->link < second->link ? -1 : 1;
}

/* The links of @v on @side, ordered by where they come from; each wants to run level. */
static Port *
find_ports (Router *router,
            guint   v,
            BpSide  side,
            guint   n)
{
  const BpIncidence *incidence = &router->sketch->sides[side];
  Port              *ports = g_new (Port, n);

  for (guint i = 0; i < n; i++)
    {
      guint link = incidence->links[incidence->starts[v] + i];

      ports[i].link = link;
      ports[i].y = bp_sketch_vertex (router->sketch, bp_link_get_end (bp_sketch_link (router->sketch, link), side))->y;
    }
  if (n > 1)
    qsort (ports, n, sizeof *ports, compare_ports);

  return ports;
}

/* Spreads the ports on one side of a node; they keep their order and, where they can, their distance. */
static void
set_ports (Router *router,
           guint   v,
           BpSide  side)
{
  const BpVertex    *vertex = bp_sketch_vertex (router->sketch, v);
  const BpIncidence *incidence = &router->sketch->sides[side];
  guint              n = incidence->starts[v + 1] - incidence->starts[v];
  double             half = MAX (0, vertex->height / 2 - router->distances->track);
  double             pitch = n > 1 ? MIN (2.2 * router->distances->track, 2 * half / (n - 1)) : 0;
  double             reach = MIN (half, pitch * (n - 1));
  g_autofree Port   *ports = find_ports (router, v, side, n);
  g_autofree double *offsets = g_new (double, n);
  g_autofree double *distances = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      offsets[i] = CLAMP (ports[i].y - vertex->y, -reach, reach);
      distances[i] = pitch;
    }
  bp_separate (n, offsets, distances);

  for (guint i = 0; i < n; i++)
    {
      guint  link = ports[i].link;
      double y = vertex->y + CLAMP (offsets[i], -half + i * pitch, half - (n - 1 - i) * pitch);

      if (side == BP_SIDE_LEFT)
        router->ends[link] = y;
      else
        router->starts[link] = y;
      if (n > 1)
        router->tracks[link] = MIN (router->tracks[link], 0.45 * pitch);
    }
}

/* An edge keeps the distance of its tracks along its whole path. */
static void
set_tracks (Router            *router,
            const BpGraphEdge *edges)
{
  BpSketch *sketch = router->sketch;

  for (guint edge = 0; edge < sketch->n_edges; edge++)
    {
      double track = edges[edge].differentiated ? router->distances->track : 0;

      for (guint l = sketch->first_links[edge]; l < sketch->first_links[edge + 1]; l++)
        track = MIN (track, router->tracks[l]);
      for (guint l = sketch->first_links[edge]; l < sketch->first_links[edge + 1]; l++)
        router->tracks[l] = track;
    }
}

static void
set_all_ports (Router            *router,
               const BpGraphEdge *edges)
{
  for (guint l = 0; l < router->sketch->links->len; l++)
    router->tracks[l] = router->distances->track;
  for (guint v = 0; v < router->sketch->vertices->len; v++)
    {
      set_ports (router, v, BP_SIDE_LEFT);
      set_ports (router, v, BP_SIDE_RIGHT);
    }
  set_tracks (router, edges);
}

static gboolean
is_bypass (BpSketch *sketch,
           guint     l)
{
  const BpLink *link = bp_sketch_link (sketch, l);

  return bp_sketch_vertex (sketch, link->from)->bypass && bp_sketch_vertex (sketch, link->to)->bypass;
}

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
  return router->layers[layer + 1].x - router->layers[layer + 1].lead;
}

/* The links between neighbouring columns, grouped by the left one. */
static GArray **
find_strands (Router            *router,
              const BpLabelSize *labels)
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

      if (labels != NULL && l + 1 == sketch->first_links[link->edge + 1])
        strand.label = labels[link->edge];
      if (!is_bypass (sketch, l))
        g_array_append_val (gaps[bp_sketch_vertex (sketch, link->from)->layer], strand);
    }

  return gaps;
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
      double right = left + next->gap + 0.4 * i * next->label;

      if (bp_strands_place_labels (strands, n_strands, left, right, router->distances))
        return right;
    }
  bp_strands_level (strands, n_strands, left, left + next->gap, router->distances);

  return left + next->gap;
}

/* Places the labels and with them the columns. */
static void
place_labels (Router            *router,
              const BpLabelSize *labels,
              BpGraphEdge       *edges)
{
  BpSketch *sketch = router->sketch;
  GArray  **gaps = find_strands (router, labels);

  for (guint layer = 0; layer < sketch->n_layers; layer++)
    {
      BpStrand *strands = (BpStrand *) (gpointer) gaps[layer]->data;

      if (layer + 1 < sketch->n_layers)
        router->layers[layer + 1].x = router->layers[layer + 1].lead
                                      + place_labels_of_gap (router, strands, gaps[layer]->len,
                                                             &router->layers[layer + 1], get_gap_start (router, layer));
      for (guint i = 0; i < gaps[layer]->len; i++)
        {
          router->middles[strands[i].link] = strands[i].middle;
          if (strands[i].label.width > 0)
            edges[bp_sketch_link (sketch, strands[i].link)->edge].label = strands[i].place;
        }
      g_array_unref (gaps[layer]);
    }
  g_free (gaps);
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

/* The path of one link, from the right of its left end to the left of its right end. */
static void
append_link (Router *router,
             GArray *points,
             guint   first,
             guint   l,
             double  offset)
{
  const BpLink *link = bp_sketch_link (router->sketch, l);
  guint         from = bp_sketch_vertex (router->sketch, link->from)->layer;
  guint         to = bp_sketch_vertex (router->sketch, link->to)->layer;
  double        left = get_gap_start (router, from);
  double        right = get_gap_end (router, to - 1);
  double        start = router->starts[l];
  double        end = router->ends[l];
  double        middle = router->middles[l];
  double        curve = router->distances->curve;

  if (isnan (middle))
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

GArray *
bp_sketch_route (BpSketch          *sketch,
                 const BpDistances *distances,
                 BpLayer           *layers,
                 const BpLabelSize *labels,
                 BpGraphEdge       *edges)
{
  GArray             *points = g_array_new (FALSE, FALSE, sizeof (BpPoint));
  g_autofree double  *numbers = g_new (double, 4 * sketch->links->len + 1);
  g_autofree guint   *starts = g_new (guint, 2 * sketch->n_edges + 1);
  Router              router = { sketch, distances, layers };

  router.starts = numbers;
  router.ends = numbers + sketch->links->len;
  router.tracks = numbers + 2 * sketch->links->len;
  router.middles = numbers + 3 * sketch->links->len;
  for (guint l = 0; l < sketch->links->len; l++)
    router.middles[l] = (double) NAN;

  if (sketch->n_layers > 0)
    layers[0].x = 0;
  set_all_ports (&router, edges);
  place_labels (&router, labels, edges);

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
