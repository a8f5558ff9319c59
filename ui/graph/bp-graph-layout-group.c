/* bp-graph-layout-group.c: the inside of an open layer
 *
 * The ops stand in columns from left to right, most often one in each, so that what goes through the layer is one
 * straight line. A parameter stands above its op, or at the left of it in a column of several. What else comes in or
 * leaves runs in lanes at the bottom.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-private.h"

#include <math.h>

/* Distances as multiples of the unit. */
#define PADDING 1.0
#define HEADING 1.9
#define LANE 1.4
#define ROW_GAP 0.7
#define LEAST_GAP 3.0
#define LEAST_CLIMB 1.5
#define TRACK 0.66

typedef struct {
  guint    node;
  guint    user;     /* of a leaf: the member that is above or beside it, by number; else its own */
  guint    column;
  gboolean is_leaf;
  gboolean leaves;   /* whether something else uses it, though it is not the output */
  guint    lane;     /* for that */
  double   width;
  double   height;
  double   x;        /* left border */
  double   y;        /* centre */
} Member;

/* An edge that leads to a member. */
typedef struct {
  guint       number;
  guint       from;   /* a member by number, or G_MAXUINT from outside */
  guint       to;
  guint       lane;   /* G_MAXUINT for those that need none */
  double      port;   /* height of its end */
  BpLabelSize label;
} Inner;

typedef struct {
  guint  n_ops;
  double x;
  double width;
  double gap;   /* at the left of it */
  double leaf;  /* the room for parameters at the left of several ops */
} Column;

struct _BpGroup {
  double  unit;
  double  width;
  double  top;
  double  bottom;
  double  floor;    /* above the lanes */
  guint   n_members;
  guint   n_edges;
  guint   n_columns;
  guint   n_lanes;
  Member *members;
  Inner  *edges;
  Column *columns;
};

static guint
find_member (const BpGroup *group,
             guint          node)
{
  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].node == node)
      return i;

  return G_MAXUINT;
}

/* Whether an edge stands upright: from a parameter down to its op. */
static gboolean
is_upright (const BpGroup *group,
            const Inner   *edge)
{
  return edge->from != G_MAXUINT && group->members[edge->from].is_leaf && group->members[edge->from].user == edge->to
         && group->columns[group->members[edge->to].column].n_ops == 1;
}

/* Structure */

static void
add_members (BpGroup                    *group,
             BpGraph                    *graph,
             const BpDenseLayer         *layer,
             const BpGraphLayoutOptions *options)
{
  for (guint i = 0; i < layer->n_members; i++)
    {
      guint             node = layer->members[i];
      const BpNodeSize *size = &options->nodes[node];

      group->members[i] = (Member){ .node = node, .user = i, .is_leaf = bp_graph_get_n_inputs (graph, node) == 0,
                                    .width = size->min_width, .height = size->min_height };
    }
}

static void
add_edges (BpGroup                    *group,
           BpGraph                    *graph,
           const BpGraphLayoutOptions *options,
           const guint                *first_edges)
{
  for (guint to = 0; to < group->n_members; to++)
    for (guint i = 0; i < bp_graph_get_n_inputs (graph, group->members[to].node); i++)
      {
        guint number = first_edges[group->members[to].node] + i;
        guint from = find_member (group, bp_graph_get_input (graph, group->members[to].node, i));

        group->edges[group->n_edges++]
            = (Inner){ .number = number, .from = from, .to = to, .lane = G_MAXUINT,
                       .label = options->labels != NULL ? options->labels[number] : (BpLabelSize){ 0, 0 } };
        if (from != G_MAXUINT && group->members[from].is_leaf && group->members[from].user == from)
          group->members[from].user = to;
        else if (from != G_MAXUINT && !group->members[from].is_leaf)
          group->members[to].column = MAX (group->members[to].column, group->members[from].column + 1);
      }
}

static void
count_columns (BpGroup *group)
{
  for (guint i = 0; i < group->n_members; i++)
    {
      Member *member = &group->members[i];

      member->column = group->members[member->user].column;
      group->n_columns = MAX (group->n_columns, member->column + 1);
      group->columns[member->column].n_ops += !member->is_leaf;
    }
}

/* What needs a lane: what comes from outside past the first column, runs past a column, or leaves from a parameter. */
static void
assign_lanes (BpGroup            *group,
              BpGraph            *graph,
              const BpDenseLayer *layer)
{
  for (guint i = 0; i < group->n_edges; i++)
    {
      Inner *edge = &group->edges[i];
      guint  column = group->members[edge->to].column;

      if (edge->from == G_MAXUINT ? column > 0
          : !group->members[edge->from].is_leaf && group->members[edge->from].column + 1 < column)
        edge->lane = group->n_lanes++;
      if (edge->from != G_MAXUINT && group->members[edge->from].is_leaf && group->members[edge->from].user != edge->to)
        edge->lane = group->n_lanes++;
    }
  for (guint node = layer->output + 1; node < bp_graph_get_n_nodes (graph); node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
      {
        guint   from = find_member (group, bp_graph_get_input (graph, node, i));
        Member *member = from != G_MAXUINT ? &group->members[from] : NULL;

        if (member == NULL || member->node == layer->output || member->leaves)
          continue;
        member->leaves = TRUE;
        member->lane = group->n_lanes++;
      }
}

/* Places */

static void
measure_columns (BpGroup *group,
                 double   loop)
{
  for (guint i = 0; i < group->n_members; i++)
    {
      Member *member = &group->members[i];
      Column *column = &group->columns[member->column];

      if (member->is_leaf && column->n_ops > 1)
        column->leaf = MAX (column->leaf, loop + member->width + LEAST_GAP * group->unit);
      else
        column->width = MAX (column->width, member->width + (member->is_leaf ? 2 * loop : 0));
    }
  for (guint i = 0; i < group->n_edges; i++)
    {
      Column *column = &group->columns[group->members[group->edges[i].to].column];

      if (is_upright (group, &group->edges[i]))
        continue;
      column->gap = MAX (column->gap, LEAST_GAP * group->unit);
      if (group->edges[i].from != G_MAXUINT)
        column->gap = MAX (column->gap, group->edges[i].label.width + 1.8 * group->unit);
    }
}

static void
place_columns (BpGroup *group)
{
  double x = PADDING * group->unit;

  for (guint i = 0; i < group->n_columns; i++)
    {
      x += (i > 0 ? group->columns[i].gap : 0) + group->columns[i].leaf;
      group->columns[i].x = x;
      x += group->columns[i].width;
    }
  group->width = x + PADDING * group->unit;
  for (guint i = 0; i < group->n_members; i++)
    {
      Member       *member = &group->members[i];
      const Column *column = &group->columns[member->column];

      if (member->is_leaf && column->n_ops > 1)
        member->x = column->x - LEAST_GAP * group->unit - member->width;
      else
        member->x = column->x + (column->width - member->width) / 2;
      if (member->leaves)
        group->width = MAX (group->width, member->x + member->width + LEAST_GAP * group->unit);
    }
}

/* The parameter of @op, or NULL. */
static Member *
find_leaf (BpGroup *group,
           guint    op)
{
  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].is_leaf && group->members[i].user == op)
      return &group->members[i];

  return NULL;
}

static double
get_climb (const BpGroup *group,
           guint          leaf)
{
  for (guint i = 0; i < group->n_edges; i++)
    if (group->edges[i].from == leaf && group->edges[i].to == group->members[leaf].user)
      return MAX (LEAST_CLIMB * group->unit, group->edges[i].label.height + 0.3 * group->unit);

  return LEAST_CLIMB * group->unit;
}

/* Below a parameter at the left, what comes in has room to pass. */
static double
get_row_height (const Member *op,
                const Member *leaf,
                double        unit)
{
  return leaf != NULL ? MAX (op->height, leaf->height + 1.2 * LANE * unit) : op->height;
}

static void
place_column_of_several (BpGroup *group,
                         guint    column)
{
  double total = -ROW_GAP * group->unit;
  double y;

  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].column == column && !group->members[i].is_leaf)
      total += ROW_GAP * group->unit + get_row_height (&group->members[i], find_leaf (group, i), group->unit);
  y = -total / 2;
  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].column == column && !group->members[i].is_leaf)
      {
        Member *leaf = find_leaf (group, i);
        double  height = get_row_height (&group->members[i], leaf, group->unit);

        group->members[i].y = y + height / 2;
        if (leaf != NULL)
          leaf->y = y + leaf->height / 2;
        y += height + ROW_GAP * group->unit;
      }
}

static void
place_members (BpGroup *group)
{
  group->top = group->floor = 0;
  for (guint column = 0; column < group->n_columns; column++)
    if (group->columns[column].n_ops > 1)
      place_column_of_several (group, column);
  for (guint i = 0; i < group->n_members; i++)
    {
      Member *member = &group->members[i];

      if (member->is_leaf && group->columns[member->column].n_ops == 1)
        member->y = -group->members[member->user].height / 2 - get_climb (group, i) - member->height / 2;
      group->top = MIN (group->top, member->y - member->height / 2);
      group->floor = MAX (group->floor, member->y + member->height / 2);
    }
  group->top -= (HEADING + 0.3) * group->unit;
  group->bottom = group->floor + (group->n_lanes * LANE + 0.7 * PADDING) * group->unit;
}

static double
get_lane (const BpGroup *group,
          guint          lane)
{
  return group->floor + (lane + 0.6) * LANE * group->unit;
}

/* Where edge @i meets its op: the straight one in the middle, of two others one above and one below. */
static double
get_port (const BpGroup *group,
          guint          i)
{
  const Inner  *edge = &group->edges[i];
  const Member *to = &group->members[edge->to];
  gboolean      is_main = edge->lane == G_MAXUINT && group->columns[to->column].n_ops == 1
                          && (edge->from == G_MAXUINT || group->columns[group->members[edge->from].column].n_ops == 1);

  if (is_main || is_upright (group, edge))
    return to->y;
  for (guint j = 0; j < group->n_edges; j++)
    if (j != i && group->edges[j].to == edge->to && !is_upright (group, &group->edges[j]))
      {
        gboolean is_first = j > i;

        if (edge->from != G_MAXUINT && group->edges[j].from != G_MAXUINT)
          is_first = group->members[edge->from].y < group->members[group->edges[j].from].y;
        else if (group->columns[to->column].n_ops > 1)
          is_first = edge->from != G_MAXUINT;
        else if (edge->lane != G_MAXUINT)
          is_first = FALSE;
        return to->y + (is_first ? -0.27 : 0.27) * to->height;
      }

  return to->y;
}

BpGroup *
bp_group_new (BpGraph                    *graph,
              const BpDenseLayer         *layer,
              const BpGraphLayoutOptions *options,
              const guint                *first_edges,
              double                      loop)
{
  BpGroup *group = g_new0 (BpGroup, 1);

  group->unit = options->unit;
  group->n_members = layer->n_members;
  group->members = g_new0 (Member, group->n_members);
  group->edges = g_new0 (Inner, BP_MAX_INPUTS * group->n_members);
  group->columns = g_new0 (Column, group->n_members);
  add_members (group, graph, layer, options);
  add_edges (group, graph, options, first_edges);
  count_columns (group);
  assign_lanes (group, graph, layer);
  measure_columns (group, loop);
  place_columns (group);
  place_members (group);
  for (guint i = 0; i < group->n_edges; i++)
    group->edges[i].port = get_port (group, i);

  return group;
}

void
bp_group_free (BpGroup *group)
{
  g_free (group->members);
  g_free (group->edges);
  g_free (group->columns);
  g_free (group);
}

void
bp_group_get_size (const BpGroup *group,
                   double        *width,
                   double        *height,
                   double        *rise)
{
  *width = group->width;
  *height = group->bottom - group->top;
  *rise = -group->top;
}

double
bp_group_get_heading (const BpGroup *group)
{
  return HEADING * group->unit;
}

cairo_rectangle_t
bp_group_get_node (const BpGroup *group,
                   guint          node)
{
  const Member *member = &group->members[find_member (group, node)];

  return (cairo_rectangle_t){ member->x, member->y - member->height / 2, member->width, member->height };
}

static const Inner *
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
            const Inner   *edge)
{
  const Member *to = &group->members[edge->to];

  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].is_leaf && group->members[i].user == edge->to && group->columns[to->column].n_ops > 1)
      return MAX (edge->port, group->members[i].y + group->members[i].height / 2 + 0.6 * LANE * group->unit);

  return edge->port;
}

double
bp_group_get_entry (const BpGroup *group,
                    guint          number)
{
  const Inner *edge = find_edge (group, number);

  return edge->lane != G_MAXUINT ? get_lane (group, edge->lane) : get_way_in (group, edge);
}

void
bp_group_get_exit (const BpGroup *group,
                   guint          from,
                   double        *y,
                   double        *reach)
{
  const Member *member = &group->members[find_member (group, from)];

  *y = member->leaves ? get_lane (group, member->lane) : member->y;
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
         const Member *from,
         const Member *to)
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
            const Member  *from,
            double         lane)
{
  const Column *column = &group->columns[from->column];
  double        end = column->x + column->width;

  go_to (pen, end, from->y);
  go_to (pen, end + (LEAST_GAP - 1.2) * group->unit, lane);
}

static void
go_to_port (const BpGroup *group,
            Pen           *pen,
            const Inner   *edge)
{
  const Member *to = &group->members[edge->to];
  const Column *column = &group->columns[to->column];

  if (edge->lane != G_MAXUINT)
    go_to (pen, column->x - column->leaf - (LEAST_GAP - 1.2) * group->unit, get_lane (group, edge->lane));
  else if (column->n_ops > 1)
    go_to (pen, to->x - LEAST_GAP * group->unit, pen->y);
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
  const Member *from = &group->members[find_member (group, node)];
  Pen           pen = { .points = points, .first = points->len, .left = x, .line = y, .offset = offset,
                        .x = from->x + from->width, .y = from->leaves ? from->y : end };

  if (from->leaves)
    go_to_lane (group, &pen, from, get_lane (group, from->lane));
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
  const Inner  *edge = find_edge (group, number);
  const Member *from = edge->from != G_MAXUINT ? &group->members[edge->from] : NULL;
  Pen           pen = { .points = points, .first = first, .left = x, .line = y, .offset = offset };

  if (is_upright (group, edge))
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
        go_to_lane (group, &pen, from, get_lane (group, edge->lane));
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
  const Inner  *edge = find_edge (group, number);
  const Member *from = edge != NULL && edge->from != G_MAXUINT ? &group->members[edge->from] : NULL;
  const Member *to = edge != NULL ? &group->members[edge->to] : NULL;

  if (from == NULL || edge->label.width <= 0
      || (!is_upright (group, edge)
          && (from->is_leaf || edge->lane != G_MAXUINT || fabs (from->y - edge->port) > 1e-6)))
    return FALSE;
  *label = (cairo_rectangle_t){ 0, 0, edge->label.width, edge->label.height };
  if (is_upright (group, edge))
    {
      label->x = from->x + from->width / 2 + (TRACK / 2 + 0.35) * group->unit;
      label->y = (from->y + from->height / 2 + to->y - to->height / 2 - label->height) / 2;
    }
  else
    {
      label->x = (from->x + from->width + to->x - label->width) / 2;
      label->y = edge->port + (TRACK / 2 + 0.25) * group->unit;
    }

  return TRUE;
}
