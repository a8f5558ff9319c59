/* bp-graph-view-pointer.c: scrolling, dragging and pinching
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

#include <math.h>

#define SCROLL_PIXELS 40.0

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           BpGraphView              *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (state & GDK_CONTROL_MASK)
    {
      bp_graph_view_zoom_at (self, self->zoom * pow (BP_ZOOM_STEP, -dy), self->pointer_x, self->pointer_y);
      return TRUE;
    }
  if (state & GDK_SHIFT_MASK && dx == 0)
    return bp_graph_view_move_to (self, self->x - dy * SCROLL_PIXELS, self->y);

  return bp_graph_view_move_to (self, self->x - dx * SCROLL_PIXELS, self->y - dy * SCROLL_PIXELS);
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
  bp_graph_view_move_to (self, self->drag_x + dx, self->drag_y + dy);
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
    bp_graph_view_zoom_at (self, self->pinch_zoom * scale, x, y);
}

void
bp_graph_view_class_init_pointer (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_update_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_cb);
}
