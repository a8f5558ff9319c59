/* bp-graph-view-edges.c: the edges of the graph view, drawn again only where they changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

/* Lines do not get thinner on the device than the drawing says, however small the zoom. */
#define DEVICE_MARGIN 2

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
  for (guint i = 1; i < self->edges->len; i++)
    if (bp_graph_drawing_is_edge_changed (self->drawing, i - 1))
      g_clear_pointer ((GskRenderNode **) &self->edges->pdata[i], gsk_render_node_unref);
}

/* What an edge takes of the view. Returns: FALSE when it is out of sight */
static gboolean
get_bounds (BpGraphView     *self,
            guint            edge,
            graphene_rect_t *bounds)
{
  cairo_rectangle_t box;
  graphene_rect_t   view;

  bp_graph_drawing_get_edge_bounds (self->drawing, edge, &box);
  graphene_rect_init (bounds, (float) (self->x + box.x * self->zoom), (float) (self->y + box.y * self->zoom),
                      (float) (box.width * self->zoom), (float) (box.height * self->zoom));
  graphene_rect_inset (bounds, -DEVICE_MARGIN, -DEVICE_MARGIN);
  graphene_rect_round_extents (bounds, bounds);
  graphene_rect_init (&view, 0, 0, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));

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

static GskRenderNode *
record_edge (BpGraphView *self,
             guint        edge)
{
  graphene_rect_t bounds;
  GskRenderNode  *node;
  BpPainter      *painter;

  if (!get_bounds (self, edge, &bounds))
    return gsk_container_node_new (NULL, 0);

  node = gsk_cairo_node_new (&bounds);
  painter = create_painter (self, gsk_cairo_node_get_draw_context (node));
  bp_graph_draw_edges (painter, self->drawing, bp_graph_drawing_get_edge_level (self->drawing, edge), edge, edge + 1);
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
  guint n_edges = bp_graph_layout_get_n_edges (bp_graph_drawing_get_layout (self->drawing));

  g_ptr_array_set_size (self->edges, 1 + (int) n_edges);
  if (self->edges->pdata[0] == NULL)
    self->edges->pdata[0] = record_aside (self);
  gtk_snapshot_append_node (snapshot, self->edges->pdata[0]);
  for (guint level = 0; level < BP_GRAPH_N_LEVELS; level++)
    for (guint edge = 0; edge < n_edges; edge++)
      if (bp_graph_drawing_get_edge_level (self->drawing, edge) == level)
        {
          if (self->edges->pdata[1 + edge] == NULL)
            self->edges->pdata[1 + edge] = record_edge (self, edge);
          gtk_snapshot_append_node (snapshot, self->edges->pdata[1 + edge]);
        }
}
