/* bp-graph-layout-group-path.c: how edges run within an open layer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-group-private.h"

#include <math.h>

static const BpGroupEdge *
find_edge (const BpGroup *group,
           guint          number)
{
  for (guint i = 0; i < group->n_edges; i++)
    if (group->edges[i].number == number)
      return &group->edges[i];

  return NULL;
}

/* Past a parameter at the left of its op. */
static double
get_way_in (const BpGroup *group,
            const BpGroupEdge   *edge)
{
  const BpGroupMember *to = &group->members[edge->to];

  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].is_leaf && group->members[i].user == edge->to && group->columns[to->column].n_ops > 1)
      return MAX (edge->port, group->members[i].y + group->members[i].height / 2 + 0.6 * BP_GROUP_LANE * group->unit);

  return edge->port;
}

double
bp_group_get_entry (const BpGroup *group,
                    guint          number)
{
  const BpGroupEdge *edge = find_edge (group, number);

  return edge->lane != G_MAXUINT ? bp_group_get_lane (group, edge->lane) : get_way_in (group, edge);
}

void
bp_group_get_exit (const BpGroup *group,
                   guint          from,
                   double        *y,
                   double        *reach)
{
  const BpGroupMember *member = &group->members[bp_group_find_member (group, from)];

  *y = member->leaves ? bp_group_get_lane (group, member->lane) : member->y;
  *reach = member->leaves ? 0 : member->height / 2;
}

/* Paths */

typedef struct {
  GArray *points;
  guint   first;
  double  left;    /* of the group */
  double  line;
  double  offset;
  double  x;       /* where it has got to, in the group */
  double  y;
} Pen;

static void
go_to (Pen   *pen,
       double x,
       double y)
{
  BpPoint curve[BP_CURVE_POINTS];
  guint   skipped = pen->points->len == pen->first ? 0 : 1;

  if (x - pen->x > 1e-9)
    {
      bp_curve_init (curve, pen->left + pen->x, pen->line + pen->y, pen->left + x, pen->line + y, pen->offset);
      g_array_append_vals (pen->points, curve + skipped, BP_CURVE_POINTS - skipped);
    }
  pen->x = x;
  pen->y = y;
}

static void
go_down (Pen          *pen,
         const BpGroupMember *from,
         const BpGroupMember *to)
{
  double  x = pen->left + from->x + from->width / 2 + pen->offset;
  double  top = pen->line + from->y + from->height / 2;
  double  bottom = pen->line + to->y - to->height / 2;
  BpPoint line[] = { { x, top }, { x, top + (bottom - top) / 3 }, { x, bottom - (bottom - top) / 3 }, { x, bottom } };

  g_array_append_vals (pen->points, line, G_N_ELEMENTS (line));
}

/* Out of the way of what is in the column, then in the gap before the next one down to the lane. */
static void
go_to_lane (const BpGroup *group,
            Pen           *pen,
            const BpGroupMember  *from,
            double         lane)
{
  const BpGroupColumn *column = &group->columns[from->column];
  double        end = MAX (column->x + column->width, from->x + from->width);

  go_to (pen, end, from->y);
  go_to (pen, end + (BP_GROUP_LEAST_GAP - 1.2) * group->unit, lane);
}

static void
go_to_port (const BpGroup *group,
            Pen           *pen,
            const BpGroupEdge   *edge)
{
  const BpGroupMember *to = &group->members[edge->to];
  const BpGroupColumn *column = &group->columns[to->column];

  if (edge->lane != G_MAXUINT)
    go_to (pen, column->x - column->leaf - (BP_GROUP_LEAST_GAP - 1.2) * group->unit,
           bp_group_get_lane (group, edge->lane));
  else if (column->n_ops > 1)
    go_to (pen, to->x - BP_GROUP_LEAST_GAP * group->unit, pen->y);
  else
    go_to (pen, to->x - group->unit, pen->y);
  go_to (pen, to->x, edge->port);
}

void
bp_group_append_exit (const BpGroup *group,
                      GArray        *points,
                      guint          node,
                      double         x,
                      double         y,
                      double         end,
                      double         offset)
{
  const BpGroupMember *from = &group->members[bp_group_find_member (group, node)];
  Pen           pen = { .points = points, .first = points->len, .left = x, .line = y, .offset = offset,
                        .x = from->x + from->width, .y = from->leaves ? from->y : end };

  if (from->leaves)
    go_to_lane (group, &pen, from, bp_group_get_lane (group, from->lane));
  go_to (&pen, group->width, end);
}

void
bp_group_append_path (const BpGroup *group,
                      GArray        *points,
                      guint          first,
                      guint          number,
                      double         x,
                      double         y,
                      double         offset)
{
  const BpGroupEdge  *edge = find_edge (group, number);
  const BpGroupMember *from = edge->from != G_MAXUINT ? &group->members[edge->from] : NULL;
  Pen           pen = { .points = points, .first = first, .left = x, .line = y, .offset = offset };

  if (bp_group_is_upright (group, edge))
    {
      go_down (&pen, from, &group->members[edge->to]);
      return;
    }
  if (from == NULL)
    pen.y = bp_group_get_entry (group, number);
  else
    {
      pen.x = from->x + from->width;
      pen.y = from->y;
      if (edge->lane != G_MAXUINT)
        go_to_lane (group, &pen, from, bp_group_get_lane (group, edge->lane));
      else if (!from->is_leaf)
        go_to (&pen, group->columns[from->column].x + group->columns[from->column].width, from->y);
    }
  if (from != NULL && edge->lane == G_MAXUINT)
    go_to (&pen, group->members[edge->to].x, edge->port);
  else
    go_to_port (group, &pen, edge);
}

gboolean
bp_group_get_label (const BpGroup     *group,
                    guint              number,
                    cairo_rectangle_t *label)
{
  const BpGroupEdge  *edge = find_edge (group, number);
  const BpGroupMember *from = edge != NULL && edge->from != G_MAXUINT ? &group->members[edge->from] : NULL;
  const BpGroupMember *to = edge != NULL ? &group->members[edge->to] : NULL;

  if (from == NULL || edge->label.width <= 0
      || (!bp_group_is_upright (group, edge)
          && (from->is_leaf || edge->lane != G_MAXUINT || fabs (from->y - edge->port) > 1e-6)))
    return FALSE;
  *label = (cairo_rectangle_t){ 0, 0, edge->label.width, edge->label.height };
  if (bp_group_is_upright (group, edge))
    {
      label->x = from->x + from->width / 2 + (BP_GROUP_TRACK / 2 + 0.55) * group->unit;
      label->y = (from->y + from->height / 2 + to->y - to->height / 2 - label->height) / 2;
    }
  else
    {
      label->x = (from->x + from->width + to->x - label->width) / 2;
      label->y = edge->port + (BP_GROUP_TRACK / 2 + 0.25) * group->unit;
    }

  return TRUE;
}
