/* bp-graph-view-zoom.c: how large the graph is shown, and which part of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

#define MIN_ZOOM 0.002
#define MAX_ZOOM 4.0

static void
get_content_size (BpGraphView *self,
                  double       zoom,
                  double      *width,
                  double      *height)
{
  bp_graph_layout_get_size (bp_graph_drawing_get_layout (self->drawing), width, height);
  *width *= zoom;
  *height *= zoom;
}

/* Keeps the graph in the middle, or, where it is larger than the view, its ends outside. */
static double
clamp_place (double place,
             double content,
             double view)
{
  if (content <= view)
    return (view - content) / 2;

  return CLAMP (place, view - content, 0);
}

static void
clamp_places (BpGraphView *self,
              int          width,
              int          height)
{
  double content_width;
  double content_height;

  get_content_size (self, self->zoom, &content_width, &content_height);
  self->x = clamp_place (self->x, content_width, width);
  self->y = clamp_place (self->y, content_height, height);
}

gboolean
bp_graph_view_is_whole (BpGraphView *self)
{
  double width;
  double height;

  get_content_size (self, self->zoom, &width, &height);

  return width <= gtk_widget_get_width (GTK_WIDGET (self)) + 1
         && height <= gtk_widget_get_height (GTK_WIDGET (self)) + 1;
}

static void
set_enabled (BpGraphView *self,
             const char  *name,
             gboolean     enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)),
                               enabled);
}

static void
update_actions (BpGraphView *self)
{
  set_enabled (self, "zoom-in", self->zoom < MAX_ZOOM);
  set_enabled (self, "zoom-out", self->zoom > MIN_ZOOM);
  set_enabled (self, "zoom-fit", self->mode == BP_ZOOM_FREE || !bp_graph_view_is_whole (self));
}

/* How far a stretch from @start of @length must move to lie within [@margin, @view − @margin]. */
static double
get_shift (double start,
           double length,
           double view,
           double margin)
{
  margin = MAX (0, MIN (margin, (view - length) / 2));
  if (start < margin)
    return margin - start;
  if (start + length > view - margin)
    return MAX (view - margin - length - start, margin - start);

  return 0;
}

static void
show_box (BpGraphView             *self,
          const cairo_rectangle_t *box,
          int                      width,
          int                      height)
{
  double margin = bp_graph_drawing_get_unit (self->drawing) * self->zoom;

  self->x += get_shift (self->x + box->x * self->zoom, box->width * self->zoom, width, margin);
  self->y += get_shift (self->y + box->y * self->zoom, box->height * self->zoom, height, margin);
}

static void
show_node (BpGraphView *self,
           guint        node,
           int          width,
           int          height)
{
  show_box (self, bp_graph_layout_get_node (bp_graph_drawing_get_layout (self->drawing), node), width, height);
}

static void
include (cairo_rectangle_t       *box,
         const cairo_rectangle_t *other)
{
  double right = MAX (box->x + box->width, other->x + other->width);
  double bottom = MAX (box->y + box->height, other->y + other->height);

  box->x = MIN (box->x, other->x);
  box->y = MIN (box->y, other->y);
  box->width = right - box->x;
  box->height = bottom - box->y;
}

/* The box of the open layer that @node is in, if it is in one. */
static void
get_group (BpGraphView       *self,
           guint              node,
           cairo_rectangle_t *group)
{
  guint  layer = bp_layers_find_member (bp_graph_drawing_get_layers (self->drawing), node);
  double heading;

  if (layer != G_MAXUINT)
    bp_graph_layout_get_group (bp_graph_drawing_get_layout (self->drawing), layer, group, &heading);
}

/* What is computed and what it goes to: forward a node's consumers, backward its inputs that get a gradient. Where it
 * comes from is shown as well as there is room, the open layer that it is in from top to bottom. */
static void
show_step (BpGraphView *self,
           guint        node,
           int          width,
           int          height)
{
  const BpGraphLayout *layout = bp_graph_drawing_get_layout (self->drawing);
  const BpInstruction *last = bp_trainer_get_last_instruction (bp_run_get_trainer (self->run));
  gboolean             is_backward = last != NULL && last->phase == BP_PHASE_BACKWARD;
  cairo_rectangle_t    box = *bp_graph_layout_get_node (layout, node);
  cairo_rectangle_t    all = box;
  cairo_rectangle_t    group = box;

  for (guint i = 0; i < bp_graph_layout_get_n_edges (layout); i++)
    {
      const BpGraphEdge *edge = bp_graph_layout_get_edge (layout, i);

      if (edge->from == node || edge->to == node)
        include (&all, bp_graph_layout_get_node (layout, edge->from == node ? edge->to : edge->from));
      if (is_backward && edge->to == node && edge->differentiated)
        include (&box, bp_graph_layout_get_node (layout, edge->from));
      else if (!is_backward && edge->from == node)
        include (&box, bp_graph_layout_get_node (layout, edge->to));
    }
  get_group (self, node, &group);
  show_box (self, &all, width, height);
  show_box (self, &group, width, height);
  show_box (self, &box, width, height);
  if (group.height * self->zoom <= height)
    self->y += get_shift (self->y + group.y * self->zoom, group.height * self->zoom, height, 0);
  show_node (self, node, width, height);
}

/* The left end, at half the height, or where the run is. */
static void
choose_place (BpGraphView *self,
              int          width,
              int          height)
{
  guint  current = self->run != NULL ? bp_run_get_current_node (self->run) : BP_NODE_NONE;
  double content_width;
  double content_height;

  get_content_size (self, self->zoom, &content_width, &content_height);
  self->x = 0;
  self->y = (height - content_height) / 2;
  if (current != BP_NODE_NONE)
    show_step (self, current, width, height);
  self->starts = FALSE;
}

void
bp_graph_view_start_over (BpGraphView *self)
{
  self->mode = BP_ZOOM_AUTO;
  self->starts = TRUE;
  self->width = 0;
  bp_graph_view_invalidate (self);
}

void
bp_graph_view_place (BpGraphView *self,
                     int          width,
                     int          height)
{
  if (self->nodes->len == 0 || width <= 0 || height <= 0)
    return;

  if (self->mode != BP_ZOOM_FREE)
    {
      if (width != self->width || height != self->height || !bp_graph_drawing_has_layout (self->drawing))
        bp_graph_view_choose_layout (self, width, height);
      self->width = width;
      self->height = height;
      self->zoom = MAX (MIN_ZOOM, bp_graph_view_choose_zoom (self, width, height));
    }
  if (self->starts)
    choose_place (self, width, height);
  clamp_places (self, width, height);
  update_actions (self);
}

void
bp_graph_view_zoom_at (BpGraphView *self,
                       double       zoom,
                       double       x,
                       double       y)
{
  if (self->nodes->len == 0)
    return;

  zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  self->x = x - (x - self->x) * zoom / self->zoom;
  self->y = y - (y - self->y) * zoom / self->zoom;
  self->mode = BP_ZOOM_FREE;
  self->zoom = zoom;
  clamp_places (self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  update_actions (self);
  bp_graph_view_invalidate (self);
}

/* What keys zoom at: the node that the run is at, if it can be seen, else the middle. */
static void
get_focal_point (BpGraphView *self,
                 double      *x,
                 double      *y)
{
  int                      width = gtk_widget_get_width (GTK_WIDGET (self));
  int                      height = gtk_widget_get_height (GTK_WIDGET (self));
  guint                    current = self->run != NULL ? bp_run_get_current_node (self->run) : BP_NODE_NONE;
  const cairo_rectangle_t *box;

  if (current != BP_NODE_NONE)
    {
      box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (self->drawing), current);
      *x = self->x + (box->x + box->width / 2) * self->zoom;
      *y = self->y + (box->y + box->height / 2) * self->zoom;
      if (*x >= 0 && *x <= width && *y >= 0 && *y <= height)
        return;
    }
  *x = width / 2.0;
  *y = height / 2.0;
}

static void
zoom_cb (GSimpleAction *action,
         G_GNUC_UNUSED GVariant *parameter,
         gpointer data)
{
  BpGraphView *self = data;
  gboolean     is_in = g_str_equal (g_action_get_name (G_ACTION (action)), "zoom-in");
  double       x;
  double       y;

  if (self->nodes->len == 0)
    return;

  get_focal_point (self, &x, &y);
  bp_graph_view_zoom_at (self, self->zoom * (is_in ? BP_ZOOM_STEP : 1 / BP_ZOOM_STEP), x, y);
  bp_graph_view_reveal (self, bp_run_get_current_node (self->run));
}

static void
zoom_fit_cb (G_GNUC_UNUSED GSimpleAction *action,
             G_GNUC_UNUSED GVariant *parameter,
             gpointer data)
{
  BpGraphView *self = data;

  self->mode = BP_ZOOM_FIT;
  self->width = 0;
  bp_graph_view_invalidate (self);
}

gboolean
bp_graph_view_move_to (BpGraphView *self,
                       double       x,
                       double       y)
{
  double old_x = self->x;
  double old_y = self->y;

  if (self->nodes->len == 0)
    return FALSE;

  self->x = x;
  self->y = y;
  clamp_places (self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  if (self->x == old_x && self->y == old_y)
    return FALSE;
  bp_graph_view_invalidate (self);

  return TRUE;
}

static void
reveal (BpGraphView *self,
        guint        node,
        void       (*show) (BpGraphView *self, guint node, int width, int height))
{
  double x = self->x;
  double y = self->y;
  int    width = gtk_widget_get_width (GTK_WIDGET (self));
  int    height = gtk_widget_get_height (GTK_WIDGET (self));

  if (node == BP_NODE_NONE || width <= 0 || self->starts || bp_graph_view_is_whole (self))
    return;

  show (self, node, width, height);
  clamp_places (self, width, height);
  if (self->x != x || self->y != y)
    bp_graph_view_invalidate (self);
}

void
bp_graph_view_reveal (BpGraphView *self,
                      guint        node)
{
  reveal (self, node, show_node);
}

void
bp_graph_view_reveal_step (BpGraphView *self)
{
  reveal (self, bp_run_get_current_node (self->run), show_step);
}

static const GActionEntry entries[] = {
  { "zoom-in", zoom_cb },
  { "zoom-out", zoom_cb },
  { "zoom-fit", zoom_fit_cb },
};

void
bp_graph_view_init_zoom (BpGraphView *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "graph", G_ACTION_GROUP (self->actions));
}
