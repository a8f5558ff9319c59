/* bp-number-drag.c: numbers of a run are dragged, up for more, and changed by keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/bp-number-drag.h"

#include "run/bp-run-number.h"

/* Pixels for a step, and for a class. */
#define STEP_PIXELS 4
#define CLASS_PIXELS 24

/* Milliseconds after which a pointer rests. */
#define REST 150

/* @run: (nullable): while a number is dragged
 * @refusal: (nullable): why it cannot be
 * @origin: where the pointer was when it had gone far enough to be no click
 * @from: the number then
 * @wanted: what it is to be, which @rest waits for */
typedef struct {
  GtkGesture      *gesture;
  BpNumberDragFind find;
  gpointer         data;
  BpRun           *run;
  BpRunNumber      number;
  GError          *refusal;
  gboolean         moves;
  gboolean         has_changed;
  double           origin;
  double           from;
  double           wanted;
  guint            rest;
} Drag;

static void
finish (Drag *self)
{
  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_object (&self->run);
  g_clear_error (&self->refusal);
}

static void
drag_free (gpointer                data,
           G_GNUC_UNUSED GClosure *closure)
{
  finish (data);
  g_free (data);
}

static void
refuse (Drag *self)
{
  g_signal_emit_by_name (self->run, "message", self->refusal->message);
  finish (self);
}

static void
apply (Drag *self)
{
  const BpRunStroke stroke = self->has_changed ? BP_STROKE_DRAG : BP_STROKE_NEW;

  if (self->wanted == self->number.value)
    return;
  if (bp_run_set_number (self->run, &self->number, self->wanted, stroke, &self->refusal))
    self->has_changed = TRUE;
  else
    refuse (self);
}

static gboolean
rest_cb (gpointer data)
{
  Drag *self = data;

  self->rest = 0;
  apply (self);

  return G_SOURCE_REMOVE;
}

static void
begin_cb (Drag  *self,
          double x,
          double y)
{
  guint node;
  gssize element;
  BpRun *run = self->find (self->data, x, y, &node, &element);

  finish (self);
  self->moves = self->has_changed = FALSE;
  if (run == NULL)
    return;
  self->run = g_object_ref (run);
  bp_run_find_number (run, node, element, &self->number, &self->refusal);
}

static void
update_cb (Drag                 *self,
           G_GNUC_UNUSED double  dx,
           double                dy)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (self->gesture));
  double distance;

  if (self->run == NULL || (!self->moves && !gtk_drag_check_threshold (widget, 0, 0, 0, (int) dy)))
    return;
  if (self->refusal != NULL)
    {
      refuse (self);
      return;
    }
  if (!self->moves)
    {
      self->moves = TRUE;
      self->origin = dy;
      self->from = self->number.value;
      gtk_gesture_set_state (self->gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      if (bp_graph_get_n_elements (bp_trainer_get_graph (bp_run_get_trainer (self->run)), self->number.node) > 1)
        bp_run_select_element (self->run, self->number.node, (gssize) self->number.element);
    }

  distance = (self->origin - dy) / (self->number.is_class ? CLASS_PIXELS : STEP_PIXELS);
  self->wanted = bp_run_number_round (&self->number, self->from + distance * self->number.step);
  g_clear_handle_id (&self->rest, g_source_remove);
  if (bp_run_number_is_fast (self->run, &self->number))
    apply (self);
  else
    self->rest = g_timeout_add (REST, rest_cb, self);
}

static void
end_cb (Drag *self)
{
  if (self->run != NULL && self->moves)
    apply (self);
  if (self->run != NULL && self->has_changed)
    bp_run_say_number (self->run, &self->number);
  finish (self);
}

GtkGesture *
bp_number_drag_new (BpNumberDragFind find,
                    gpointer         data)
{
  GtkGesture *gesture;
  Drag *self;

  g_return_val_if_fail (find != NULL, NULL);

  gesture = gtk_gesture_drag_new ();
  self = g_new0 (Drag, 1);
  self->gesture = gesture;
  self->find = find;
  self->data = data;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect_data (gesture, "drag-begin", G_CALLBACK (begin_cb), self, drag_free, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (gesture, "drag-update", G_CALLBACK (update_cb), self);
  g_signal_connect_swapped (gesture, "drag-end", G_CALLBACK (end_cb), self);
  g_signal_connect_swapped (gesture, "cancel", G_CALLBACK (finish), self);

  return gesture;
}

/* Keys */

gboolean
bp_number_drag_step (BpRun *run,
                     int    direction)
{
  const guint node = bp_run_get_selected_node (run);
  g_autoptr (GError) error = NULL;
  BpRunNumber number;

  if (node == BP_NODE_NONE)
    return FALSE;

  if (!bp_run_find_number (run, node, bp_run_get_selected_element (run), &number, &error)
      || !bp_run_set_number (run, &number,
                             bp_run_number_round (&number, number.value + direction * number.step),
                             BP_STROKE_KEY, &error))
    g_signal_emit_by_name (run, "message", error->message);

  return TRUE;
}

void
bp_number_drag_add_keys (GtkWidgetClass *widget_class,
                         GtkShortcutFunc step)
{
  static const struct {
    guint key;
    int   direction;
  } keys[] = {
    { GDK_KEY_Up, 1 }, { GDK_KEY_KP_Up, 1 }, { GDK_KEY_Down, -1 }, { GDK_KEY_KP_Down, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, GDK_ALT_MASK | GDK_SHIFT_MASK, step, "i",
                                  keys[i].direction);
}
