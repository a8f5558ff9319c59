/* bp-graph-view-edges.c: the edges of the graph view, drawn again only where they changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-graph-view-private.h"

/* Edges of larger graphs share render nodes, of which there are at most so many on each level. */
#define MAX_GROUPS 256

/* Lines do not get thinner on the device than the drawing says, however small the zoom. */
#define DEVICE_MARGIN 2

static guint
get_n_edges (BpGraphView *self)
{
  return bp_graph_layout_get_n_edges (bp_graph_drawing_get_layout (self->drawing));
}

static guint
get_group_size (BpGraphView *self)
{
  return MAX (1, (get_n_edges (self) + MAX_GROUPS - 1) / MAX_GROUPS);
}

void
bp_graph_view_drop_edges (BpGraphView *self)
{
  for (guint i = 0; i < self->edges->len; i++)
    g_clear_pointer ((GskRenderNode **) &self->edges->pdata[i], gsk_render_node_unref);
  g_ptr_array_set_size (self->edges, 0);
}

void
bp_graph_view_drop_changed_edges (BpGraphView *self)
{
  guint n_groups = self->edges->len / BP_GRAPH_N_LEVELS;
  guint n_edges;
  guint size;

  if (n_groups == 0)
    return;

  n_edges = get_n_edges (self);
  size = get_group_size (self);
  for (guint edge = 0; edge < n_edges; edge++)
    if (bp_graph_drawing_is_edge_changed (self->drawing, edge))
      for (guint level = 0; level < BP_GRAPH_N_LEVELS; level++)
        g_clear_pointer ((GskRenderNode **) &self->edges->pdata[1 + level * n_groups + edge / size],
                         gsk_render_node_unref);
}

/* What a group on a level takes of the view. Returns: FALSE when it is empty or out of sight */
static gboolean
get_bounds (BpGraphView     *self,
            guint            level,
            guint            first,
            guint            end,
            graphene_rect_t *bounds)
{
  graphene_rect_t view;
  gboolean        is_any = FALSE;

  graphene_rect_init (&view, 0, 0, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  for (guint edge = first; edge < end; edge++)
    {
      cairo_rectangle_t box;
      graphene_rect_t   rect;

      if (bp_graph_drawing_get_edge_level (self->drawing, edge) != level)
        continue;
      bp_graph_drawing_get_edge_bounds (self->drawing, edge, &box);
      graphene_rect_init (&rect, (float) (self->x + box.x * self->zoom), (float) (self->y + box.y * self->zoom),
                          (float) (box.width * self->zoom), (float) (box.height * self->zoom));
      if (is_any)
        graphene_rect_union (bounds, &rect, bounds);
      else
        *bounds = rect;
      is_any = TRUE;
    }
  if (!is_any)
    return FALSE;
  graphene_rect_inset (bounds, -DEVICE_MARGIN, -DEVICE_MARGIN);
  graphene_rect_round_extents (bounds, bounds);
  if (!graphene_rect_intersection (bounds, &view, bounds))
    return FALSE;

  /* As high as the view, like nodes: what changes is one row of rectangles. */
  bounds->origin.y = view.origin.y;
  bounds->size.height = view.size.height;

  return TRUE;
}

static cairo_t *
begin (BpGraphView           *self,
       const graphene_rect_t *bounds,
       GskRenderNode        **node)
{
  cairo_t *cr;

  *node = gsk_cairo_node_new (bounds);
  cr = gsk_cairo_node_get_draw_context (*node);
  cairo_translate (cr, self->x, self->y);
  cairo_scale (cr, self->zoom, self->zoom);

  return cr;
}

/* A group without edges is a node too, so that each has its place and those that stay are compared with themselves. */
static GskRenderNode *
record_group (BpGraphView *self,
              guint        level,
              guint        first,
              guint        end)
{
  graphene_rect_t bounds;
  GskRenderNode  *node;
  cairo_t        *cr;

  if (!get_bounds (self, level, first, end, &bounds))
    return gsk_container_node_new (NULL, 0);

  cr = begin (self, &bounds, &node);
  bp_graph_draw_edges (cr, self->drawing, level, first, end);
  cairo_destroy (cr);

  return node;
}

static GskRenderNode *
record_aside (BpGraphView *self)
{
  graphene_rect_t bounds;
  GskRenderNode  *node;
  cairo_t        *cr;

  graphene_rect_init (&bounds, 0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                      gtk_widget_get_height (GTK_WIDGET (self)));
  cr = begin (self, &bounds, &node);
  bp_graph_draw_aside (cr, self->drawing);
  cairo_destroy (cr);

  return node;
}

void
bp_graph_view_snapshot_edges (BpGraphView *self,
                              GtkSnapshot *snapshot)
{
  guint n_edges = get_n_edges (self);
  guint size = get_group_size (self);
  guint n_groups = (n_edges + size - 1) / size;

  g_ptr_array_set_size (self->edges, 1 + (int) (BP_GRAPH_N_LEVELS * n_groups));
  for (guint i = 0; i < self->edges->len; i++)
    {
      GskRenderNode **node = (GskRenderNode **) &self->edges->pdata[i];
      guint           group = i > 0 ? (i - 1) % n_groups : 0;

      if (*node == NULL && i == 0)
        *node = record_aside (self);
      else if (*node == NULL)
        *node = record_group (self, (i - 1) / n_groups, group * size, MIN (n_edges, (group + 1) * size));
      gtk_snapshot_append_node (snapshot, *node);
    }
}
