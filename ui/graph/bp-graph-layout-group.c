/* bp-graph-layout-group.c: the inside of an open layer
 *
 * The ops stand in columns from left to right, most often one in each, so that what goes through the layer is one
 * straight line. A parameter stands above its op, or at the left of it in a column of several. What else comes in or
 * leaves runs in lanes at the bottom.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-group-private.h"

#include <math.h>

/* Distances as multiples of the unit. */
#define PADDING 1.0
#define HEADING 1.9
#define ROW_GAP 0.7
#define LEAST_CLIMB 1.5

guint
bp_group_find_member (const BpGroup *group,
             guint          node)
{
  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].node == node)
      return i;

  return G_MAXUINT;
}

gboolean
bp_group_is_upright (const BpGroup     *group,
                     const BpGroupEdge *edge)
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

      group->members[i] = (BpGroupMember){ .node = node, .user = i, .is_leaf = bp_graph_get_n_inputs (graph, node) == 0,
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
        guint from = bp_group_find_member (group, bp_graph_get_input (graph, group->members[to].node, i));

        group->edges[group->n_edges++]
            = (BpGroupEdge){ .number = number, .from = from, .to = to, .lane = G_MAXUINT,
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
      BpGroupMember *member = &group->members[i];

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
      BpGroupEdge *edge = &group->edges[i];
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
        guint   from = bp_group_find_member (group, bp_graph_get_input (graph, node, i));
        BpGroupMember *member = from != G_MAXUINT ? &group->members[from] : NULL;

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
      BpGroupMember *member = &group->members[i];
      BpGroupColumn *column = &group->columns[member->column];

      if (!member->is_leaf)
        column->width = MAX (column->width, member->width);
      else if (column->n_ops > 1)
        column->leaf = MAX (column->leaf, loop + member->width + BP_GROUP_LEAST_GAP * group->unit);
      else
        {
          column->left = MAX (column->left, member->width / 2 + loop);
          column->right = MAX (column->right, member->width / 2
                                              + (member->leaves ? BP_GROUP_LEAST_GAP * group->unit : 0));
        }
    }
  for (guint i = 0; i < group->n_edges; i++)
    {
      BpGroupColumn *column = &group->columns[group->members[group->edges[i].to].column];

      if (bp_group_is_upright (group, &group->edges[i]))
        {
          column->label = MAX (column->label, group->edges[i].label.width + 1.8 * group->unit);
          continue;
        }
      column->gap = MAX (column->gap, BP_GROUP_LEAST_GAP * group->unit);
      if (group->edges[i].from != G_MAXUINT)
        column->gap = MAX (column->gap, group->edges[i].label.width + 1.8 * group->unit);
    }
}

/* Parameters above the ops, and the labels between, may reach beyond their columns. */
static void
place_columns (BpGroup *group)
{
  double padding = PADDING * group->unit;
  double middle = 0;

  for (guint i = 0; i < group->n_columns; i++)
    {
      BpGroupColumn       *column = &group->columns[i];
      const BpGroupColumn *before = i > 0 ? &group->columns[i - 1] : NULL;
      double        half = column->width / 2;

      if (before == NULL)
        middle = padding + MAX (column->leaf + half, column->left);
      else
        {
          double ops = before->width / 2 + column->gap + column->leaf + half;
          double leaves = before->right > 0 && column->left > 0 ? before->right + 0.5 * group->unit + column->left : 0;

          middle += MAX (ops, MAX (leaves, before->label));
        }
      column->x = middle - half;
      group->width = MAX (group->width, middle + MAX (half, MAX (column->right, column->label)) + padding);
    }
  for (guint i = 0; i < group->n_members; i++)
    {
      BpGroupMember       *member = &group->members[i];
      const BpGroupColumn *column = &group->columns[member->column];

      if (member->is_leaf && column->n_ops > 1)
        member->x = column->x - BP_GROUP_LEAST_GAP * group->unit - member->width;
      else
        member->x = column->x + (column->width - member->width) / 2;
      if (member->leaves)
        group->width = MAX (group->width, member->x + member->width + BP_GROUP_LEAST_GAP * group->unit);
    }
}

/* The parameter of @op, or NULL. */
static BpGroupMember *
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
get_row_height (const BpGroupMember *op,
                const BpGroupMember *leaf,
                double        unit)
{
  return leaf != NULL ? MAX (op->height, leaf->height + 1.2 * BP_GROUP_LANE * unit) : op->height;
}

/* In the middle, or up to the parameters above the other columns, which leaves the group as high as either. */
static void
place_column_of_several (BpGroup *group,
                         guint    column)
{
  double total = -ROW_GAP * group->unit;
  double y;

  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].column == column && !group->members[i].is_leaf)
      total += ROW_GAP * group->unit + get_row_height (&group->members[i], find_leaf (group, i), group->unit);
  y = MIN (-total / 2, MAX (group->top, -0.75 * total));
  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].column == column && !group->members[i].is_leaf)
      {
        BpGroupMember *leaf = find_leaf (group, i);
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
  for (guint i = 0; i < group->n_members; i++)
    {
      BpGroupMember *member = &group->members[i];

      if (!member->is_leaf || group->columns[member->column].n_ops > 1)
        continue;
      member->y = -group->members[member->user].height / 2 - get_climb (group, i) - member->height / 2;
      group->top = MIN (group->top, member->y - member->height / 2);
    }
  for (guint column = 0; column < group->n_columns; column++)
    if (group->columns[column].n_ops > 1)
      place_column_of_several (group, column);
  for (guint i = 0; i < group->n_members; i++)
    {
      const BpGroupMember *member = &group->members[i];

      group->top = MIN (group->top, member->y - member->height / 2);
      group->floor = MAX (group->floor, member->y + member->height / 2);
    }
  group->top -= (HEADING + 0.3) * group->unit;
  group->bottom = group->floor + (group->n_lanes * BP_GROUP_LANE + 0.7 * PADDING) * group->unit;
}

double
bp_group_get_lane (const BpGroup *group,
          guint          lane)
{
  return group->floor + (lane + 0.6) * BP_GROUP_LANE * group->unit;
}

/* Where edge @i meets its op: the straight one in the middle, of two others one above and one below. */
static double
get_port (const BpGroup *group,
          guint          i)
{
  const BpGroupEdge  *edge = &group->edges[i];
  const BpGroupMember *to = &group->members[edge->to];
  gboolean      is_main = edge->lane == G_MAXUINT && group->columns[to->column].n_ops == 1
                          && (edge->from == G_MAXUINT || group->columns[group->members[edge->from].column].n_ops == 1);

  if (is_main || bp_group_is_upright (group, edge))
    return to->y;
  for (guint j = 0; j < group->n_edges; j++)
    if (j != i && group->edges[j].to == edge->to && !bp_group_is_upright (group, &group->edges[j]))
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
  group->members = g_new0 (BpGroupMember, group->n_members);
  group->edges = g_new0 (BpGroupEdge, BP_MAX_INPUTS * group->n_members);
  group->columns = g_new0 (BpGroupColumn, group->n_members);
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
  const BpGroupMember *member = &group->members[bp_group_find_member (group, node)];

  return (cairo_rectangle_t){ member->x, member->y - member->height / 2, member->width, member->height };
}
