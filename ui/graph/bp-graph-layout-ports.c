/* bp-graph-layout-ports.c: where edges leave and enter their nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-private.h"

/* Everything indexed by link: the heights of its two ends, and the distance of its tracks. */
typedef struct {
  BpSketch          *sketch;
  const BpDistances *distances;
  const BpGraphEdge *edges;
  double            *starts;
  double            *ends;
  double            *tracks;
} Ports;

/* How much the height in another row counts: no more than to tell equal ones apart. */
#define ROW_ORDER 1e-6

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

/* The links of @v on @side, ordered by where they come from; each wants to run level, and so does one to another
 * row: of where that comes from only the order counts, so that turns lie within each other. */
static Port *
find_ports (Ports *all,
            guint   v,
            BpSide  side,
            guint   n)
{
  const BpIncidence *incidence = &all->sketch->sides[side];
  Port              *ports = g_new (Port, n);

  for (guint i = 0; i < n; i++)
    {
      guint link = incidence->links[incidence->starts[v] + i];
      guint end = bp_link_get_end (bp_sketch_link (all->sketch, link), side);

      ports[i].link = link;
      ports[i].y = bp_sketch_vertex (all->sketch, end)->y;
      if (bp_sketch_get_row (all->sketch, end) != bp_sketch_get_row (all->sketch, v))
        ports[i].y = bp_sketch_vertex (all->sketch, v)->y + ROW_ORDER * ports[i].y;
    }
  if (n > 1)
    qsort (ports, n, sizeof *ports, compare_ports);

  return ports;
}

/* A group says where an edge enters. What leaves it spreads around its output, as what leaves a node does. */
static double
get_group_port (Ports   *all,
                guint    v,
                BpSide   side,
                guint    link,
                double  *reach)
{
  const BpGroup    *group = all->sketch->groups[v];
  const BpPlan     *plan = all->sketch->plan;
  const BpPlanEdge *edge = &plan->edges[bp_sketch_link (all->sketch, link)->edge];
  double            y = 0;

  *reach = 0;
  if (side == BP_SIDE_LEFT)
    y = bp_group_get_entry (group, edge->edge);
  else
    bp_group_get_exit (group, plan->sources[edge->edge], &y, reach);

  return bp_sketch_vertex (all->sketch, v)->y + y;
}

/* Ports that lie where a group has them. Returns: FALSE where they are to be spread */
static gboolean
set_group_ports (Ports *all,
                 guint  v,
                 BpSide side,
                 guint  n)
{
  const BpIncidence *incidence = &all->sketch->sides[side];
  guint              n_free = 0;

  for (guint i = 0; i < n; i++)
    {
      guint  link = incidence->links[incidence->starts[v] + i];
      double reach;
      double y = get_group_port (all, v, side, link, &reach);

      if (side == BP_SIDE_LEFT)
        all->ends[link] = y;
      else
        all->starts[link] = y + MIN (2.2 * all->distances->track, reach / 3) * (n_free++ % 3) * (reach > 0 ? 1 : 0);
      if (n > 1)
        all->tracks[link] = MIN (all->tracks[link], 0.66 * all->distances->track);
    }

  return n > 0;
}

/* Spreads the ports on one side of a node; they keep their order and, where they can, their distance. */
static void
set_ports (Ports *all,
           guint   v,
           BpSide  side)
{
  const BpVertex    *vertex = bp_sketch_vertex (all->sketch, v);
  const BpIncidence *incidence = &all->sketch->sides[side];
  guint              n = incidence->starts[v + 1] - incidence->starts[v];
  double             half = MAX (0, vertex->height / 2 - all->distances->track);
  double             pitch = n > 1 ? MIN (2.2 * all->distances->track, 2 * half / (n - 1)) : 0;
  double             reach = MIN (half, pitch * (n - 1));
  g_autofree Port   *ports = find_ports (all, v, side, n);
  g_autofree double *offsets = g_new (double, n);
  g_autofree double *distances = g_new (double, n);

  if (v < all->sketch->n_nodes && all->sketch->groups[v] != NULL && set_group_ports (all, v, side, n))
    return;
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
        all->ends[link] = y;
      else
        all->starts[link] = y;
      if (n > 1)
        all->tracks[link] = MIN (all->tracks[link], 0.45 * pitch);
    }
}

/* An edge keeps the distance of its tracks along its whole path. */
static void
set_tracks (Ports *all)
{
  BpSketch *sketch = all->sketch;

  for (guint edge = 0; edge < sketch->n_edges; edge++)
    {
      double track = all->edges[edge].differentiated ? all->distances->track : 0;

      for (guint l = sketch->first_links[edge]; l < sketch->first_links[edge + 1]; l++)
        track = MIN (track, all->tracks[l]);
      for (guint l = sketch->first_links[edge]; l < sketch->first_links[edge + 1]; l++)
        all->tracks[l] = track;
    }
}

void
bp_sketch_set_ports (BpSketch          *sketch,
                     const BpDistances *distances,
                     const BpGraphEdge *edges,
                     double            *starts,
                     double            *ends,
                     double            *tracks)
{
  Ports all = { sketch, distances, edges, starts, ends, tracks };

  for (guint l = 0; l < sketch->links->len; l++)
    tracks[l] = distances->track;
  for (guint v = 0; v < sketch->vertices->len; v++)
    {
      set_ports (&all, v, BP_SIDE_LEFT);
      set_ports (&all, v, BP_SIDE_RIGHT);
    }
  set_tracks (&all);
}
