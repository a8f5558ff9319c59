/* bp-graph-view-zoom.c: how large the graph is shown, and which part of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

#include <math.h>

#include "graph/bp-node-view.h"

#define MIN_ZOOM 0.002
#define MAX_ZOOM 4.0
#define ZOOM_STEP 1.2

/* The area that text is made for: where there is more, type grows, though never beyond this. */
#define REFERENCE_WIDTH 1060.0
#define REFERENCE_HEIGHT 270.0
#define MAX_ENLARGEMENT 1.5
#define LECTURE_ENLARGEMENT 2.0

/* A zoom that text can be read at, and how much less is put up with to see all of the graph. */
#define READABLE_ZOOM 0.6
#define READABLE_LECTURE_ZOOM 1.0
#define TOLERANCE 0.85

/* Below this zoom the controls show that there is more to see. */
#define CONTROLS_ZOOM 0.7

#define SCROLL_PIXELS 40.0

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
update_controls (BpGraphView *self)
{
  gtk_widget_set_child_visible (self->controls, self->mode != BP_ZOOM_AUTO || self->zoom < CONTROLS_ZOOM
                                                    || !bp_graph_view_is_whole (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "graph.zoom-in", self->zoom < MAX_ZOOM);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "graph.zoom-out", self->zoom > MIN_ZOOM);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "graph.zoom-fit",
                                 self->mode == BP_ZOOM_FREE || !bp_graph_view_is_whole (self));
}

static void
set_zoom (BpGraphView *self,
          double       zoom)
{
  if (self->zoom != zoom)
    {
      self->zoom = zoom;
      bp_graph_view_notify_zoom (self);
    }
}

static double
get_enlargement (BpGraphView *self,
                 int          width,
                 int          height)
{
  double enlargement = MIN (width / REFERENCE_WIDTH, height / REFERENCE_HEIGHT);

  return self->lecture ? LECTURE_ENLARGEMENT : CLAMP (enlargement, 1, MAX_ENLARGEMENT);
}

static double
choose_zoom (BpGraphView *self,
             int          width,
             int          height)
{
  double readable = self->lecture ? READABLE_LECTURE_ZOOM : READABLE_ZOOM;
  double content_width;
  double content_height;
  double zoom;

  get_content_size (self, 1, &content_width, &content_height);
  zoom = MIN (width / content_width, height / content_height);
  if (self->mode == BP_ZOOM_AUTO && zoom < TOLERANCE * readable)
    zoom = readable;

  return CLAMP (zoom, MIN_ZOOM, self->lecture ? MAX_ZOOM : MAX_ENLARGEMENT);
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
show_node (BpGraphView *self,
           guint        node,
           int          width,
           int          height)
{
  const cairo_rectangle_t *box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (self->drawing), node);

  self->x += get_shift (self->x + box->x * self->zoom, box->width * self->zoom, width, width / 5.0);
  self->y += get_shift (self->y + box->y * self->zoom, box->height * self->zoom, height, height / 8.0);
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
    show_node (self, current, width, height);
  self->starts = FALSE;
}

void
bp_graph_view_start_over (BpGraphView *self)
{
  self->mode = BP_ZOOM_AUTO;
  self->starts = TRUE;
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
      double enlargement = get_enlargement (self, width, height);

      bp_graph_drawing_set_area (self->drawing, width / enlargement, height / enlargement);
      set_zoom (self, choose_zoom (self, width, height));
    }
  if (self->starts)
    choose_place (self, width, height);
  clamp_places (self, width, height);
  update_controls (self);
}

/* Zooms so that what is at (@x, @y) of the view stays there. */
static void
zoom_at (BpGraphView *self,
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
  set_zoom (self, zoom);
  clamp_places (self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  update_controls (self);
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
zoom_cb (GtkWidget              *widget,
         const char             *action_name,
         G_GNUC_UNUSED GVariant *parameter)
{
  BpGraphView *self = BP_GRAPH_VIEW (widget);
  double       factor = g_str_equal (action_name, "graph.zoom-in") ? ZOOM_STEP : 1 / ZOOM_STEP;
  double       x;
  double       y;

  if (self->nodes->len == 0)
    return;

  get_focal_point (self, &x, &y);
  zoom_at (self, self->zoom * factor, x, y);
  bp_graph_view_reveal (self, bp_run_get_current_node (self->run));
}

static void
zoom_fit_cb (GtkWidget                *widget,
             G_GNUC_UNUSED const char *action_name,
             G_GNUC_UNUSED GVariant   *parameter)
{
  BpGraphView *self = BP_GRAPH_VIEW (widget);

  self->mode = BP_ZOOM_FIT;
  bp_graph_view_invalidate (self);
}

/* Returns: whether the graph moved */
static gboolean
move_to (BpGraphView *self,
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

void
bp_graph_view_reveal (BpGraphView *self,
                      guint        node)
{
  double x = self->x;
  double y = self->y;
  int    width = gtk_widget_get_width (GTK_WIDGET (self));
  int    height = gtk_widget_get_height (GTK_WIDGET (self));

  if (node == BP_NODE_NONE || width <= 0 || self->starts || bp_graph_view_is_whole (self))
    return;

  show_node (self, node, width, height);
  clamp_places (self, width, height);
  if (self->x != x || self->y != y)
    bp_graph_view_invalidate (self);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           BpGraphView              *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (state & GDK_CONTROL_MASK)
    {
      zoom_at (self, self->zoom * pow (ZOOM_STEP, -dy), self->pointer_x, self->pointer_y);
      return TRUE;
    }
  if (state & GDK_SHIFT_MASK && dx == 0)
    return move_to (self, self->x - dy * SCROLL_PIXELS, self->y);

  return move_to (self, self->x - dx * SCROLL_PIXELS, self->y - dy * SCROLL_PIXELS);
}

static void
motion_cb (G_GNUC_UNUSED GtkEventControllerMotion *controller,
           double                                  x,
           double                                  y,
           BpGraphView                            *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               BpGraphView    *self)
{
  if (gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT) != GTK_WIDGET (self))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->drags = TRUE;
  self->drag_x = self->x;
  self->drag_y = self->y;
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                BpGraphView    *self)
{
  if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy)
      && gtk_gesture_get_sequence_state (GTK_GESTURE (gesture), NULL) != GTK_EVENT_SEQUENCE_CLAIMED)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  move_to (self, self->drag_x + dx, self->drag_y + dy);
}

/* A click beside all nodes selects none. */
static void
drag_end_cb (G_GNUC_UNUSED GtkGestureDrag *gesture,
             double                        dx,
             double                        dy,
             BpGraphView                  *self)
{
  gboolean is_click = self->drags && !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy);

  self->drags = FALSE;
  if (!is_click)
    return;

  bp_graph_view_inspect (self, BP_NODE_NONE);
  if (self->run != NULL)
    bp_run_set_selected_node (self->run, BP_NODE_NONE);
}

static void
pinch_begin_cb (G_GNUC_UNUSED GtkGesture       *gesture,
                G_GNUC_UNUSED GdkEventSequence *sequence,
                BpGraphView                    *self)
{
  self->pinch_zoom = self->zoom;
}

static void
pinch_cb (GtkGestureZoom *gesture,
          double          scale,
          BpGraphView    *self)
{
  double x;
  double y;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    zoom_at (self, self->pinch_zoom * scale, x, y);
}

void
bp_graph_view_class_init_zoom (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "graph.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "graph.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "graph.zoom-fit", NULL, zoom_fit_cb);

  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_update_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_cb);
}
