/* bp-graph-view-edges.c: the edges of the graph view, drawn again only where they changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

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

/* What @box of the drawing takes of the view. */
static graphene_rect_t
map_box (BpGraphView             *self,
         const cairo_rectangle_t *box)
{
  graphene_rect_t rect;

  graphene_rect_init (&rect, (float) (self->x + box->x * self->zoom), (float) (self->y + box->y * self->zoom),
                      (float) (box->width * self->zoom), (float) (box->height * self->zoom));
  graphene_rect_inset (&rect, -DEVICE_MARGIN, -DEVICE_MARGIN);

  return rect;
}

static void
drop_edge (BpGraphView *self,
           guint        edge)
{
  guint             n_groups = self->edges->len / BP_GRAPH_N_LEVELS;
  cairo_rectangle_t box;
  graphene_rect_t   rect;

  for (guint level = 0; level < BP_GRAPH_N_LEVELS; level++)
    g_clear_pointer ((GskRenderNode **) &self->edges->pdata[1 + level * n_groups + edge / get_group_size (self)],
                     gsk_render_node_unref);
  bp_graph_drawing_get_edge_bounds (self->drawing, edge, &box);
  rect = map_box (self, &box);
  bp_cover_add (&self->cover, &rect);
}

void
bp_graph_view_drop_changed (BpGraphView *self)
{
  const BpGraphLayout *layout;
  double               overhang;
  graphene_rect_t      rect;

  /* Nothing is drawn yet. A layout would be one for a font and a size that the widget does not have. */
  if (self->edges->len == 0)
    return;

  layout = bp_graph_drawing_get_layout (self->drawing);
  overhang = bp_graph_drawing_get_overhang (self->drawing);
  for (guint edge = 0; edge < bp_graph_layout_get_n_edges (layout); edge++)
    if (bp_graph_drawing_is_edge_changed (self->drawing, edge))
      drop_edge (self, edge);
  for (guint node = 0; node < bp_graph_layout_get_n_nodes (layout); node++)
    if (bp_graph_drawing_is_node_changed (self->drawing, node))
      {
        cairo_rectangle_t box = *bp_graph_layout_get_node (layout, node);

        box = (cairo_rectangle_t){ box.x - overhang, box.y - overhang, box.width + 2 * overhang,
                                   box.height + 2 * overhang };
        rect = map_box (self, &box);
        bp_cover_add (&self->cover, &rect);
      }
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

  for (guint edge = first; edge < end; edge++)
    {
      cairo_rectangle_t box;
      graphene_rect_t   rect;

      if (bp_graph_drawing_get_edge_level (self->drawing, edge) != level)
        continue;
      bp_graph_drawing_get_edge_bounds (self->drawing, edge, &box);
      rect = map_box (self, &box);
      if (is_any)
        graphene_rect_union (bounds, &rect, bounds);
      else
        *bounds = rect;
      is_any = TRUE;
    }
  if (!is_any)
    return FALSE;
  graphene_rect_init (&view, 0, 0, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  graphene_rect_round_extents (bounds, bounds);

  return graphene_rect_intersection (bounds, &view, bounds);
}

/* Takes over @cr. */
static BpPainter *
create_painter (BpGraphView *self,
                cairo_t     *cr)
{
  BpPainter *painter = bp_painter_cairo_new (cr, bp_graph_drawing_get_palette (self->drawing));

  bp_painter_transform (painter, self->x, self->y, self->zoom);

  return painter;
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
  BpPainter      *painter;

  if (!get_bounds (self, level, first, end, &bounds))
    return gsk_container_node_new (NULL, 0);

  node = gsk_cairo_node_new (&bounds);
  painter = create_painter (self, gsk_cairo_node_get_draw_context (node));
  bp_graph_draw_edges (painter, self->drawing, level, first, end);
  bp_painter_free (painter);

  return node;
}

static GskRenderNode *
record_aside (BpGraphView *self)
{
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  BpPainter       *painter = create_painter (self, cairo_create (recording));
  graphene_rect_t  bounds;
  GskRenderNode   *node;
  cairo_t         *cr;
  double           x;
  double           y;
  double           width;
  double           height;

  bp_graph_draw_aside (painter, self->drawing);
  bp_painter_free (painter);

  cairo_recording_surface_ink_extents (recording, &x, &y, &width, &height);
  graphene_rect_init (&bounds, (float) x, (float) y, (float) width, (float) height);
  graphene_rect_round_extents (&bounds, &bounds);
  node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  cairo_set_source_surface (cr, recording, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (recording);

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
