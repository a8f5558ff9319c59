/* bp-node-view.c: one node of the graph view
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-node-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

/* Pixels between a node and the ring around it. */
#define RING_GAP 3
#define RING_WIDTH 1.5
#define FOCUS_WIDTH 2.5

struct _BpNodeView {
  GtkWidget       parent_instance;

  BpGraphDrawing *drawing;
  guint           node;
  double          zoom;
  double          x; /* of the box in the widget, a part of a pixel */
  double          y;
  GtkGesture     *click;
  double          press_x;
  double          press_y;
  gboolean        selected;
  gboolean        inspects; /* whether a press that ends where it began has the numbers shown */
  char           *label;
  char           *description; /* of what is wrong with the node; NULL where nothing is */
};

enum {
  SELECT,
  INSPECT,
  ENTER,
  MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BpNodeView, bp_node_view, GTK_TYPE_WIDGET)

/* A number as it is read out. */
static const char *
get_spoken (const char *number)
{
  if (g_str_equal (number, BP_NUMBER_NONE))
    return _("not computed yet");

  return g_str_equal (number, BP_NUMBER_HIDDEN) ? _("hidden") : number;
}

char *
bp_node_state_describe (const BpNodeState *state)
{
  const char      *value = get_spoken (state->value);
  g_autofree char *kind = NULL;
  g_autofree char *what = NULL;

  if (state->kind == BP_NODE_LAYER)
    kind = g_strdup_printf (_("layer, %s"), state->layer);
  else if (state->kind == BP_NODE_LOSS)
    kind = g_strdup_printf (_("loss, %s"), state->op);
  else if (state->aside)
    kind = g_strdup_printf (_("%s, for evaluation"), state->op);
  else
    kind = g_strdup (state->op);
  if (state->is_tensor && state->kind != BP_NODE_LAYER)
    {
      g_autofree char *scalar_kind = g_steal_pointer (&kind);

      kind = g_strdup_printf (_("%s of shape %s"), scalar_kind, state->shape);
    }

  /* A node that is named as its op is called that once. */
  what = g_str_equal (state->name, state->op) ? g_strdup (kind)
                                              : g_strdup_printf (C_("node", "%s, %s"), state->name, kind);
  if (bp_node_state_has_rms (state))
    return state->has_gradient
           ? g_strdup_printf (_("%s, root mean square of the values %s, of the gradients %s"), what, value,
                              get_spoken (state->gradient))
           : g_strdup_printf (_("%s, root mean square of the values %s"), what, value);

  /* Translators: what a node is, and its numbers, for a screen reader */
  if (!state->has_gradient)
    return g_strdup_printf (_("%s, value %s"), what, value);
  if (state->sum != NULL)
    return g_strdup_printf (_("%s, value %s, gradient %s, %s"), what, value, get_spoken (state->gradient), state->sum);

  return g_strdup_printf (_("%s, value %s, gradient %s"), what, value, get_spoken (state->gradient));
}

static void
update_label (BpNodeView *self)
{
  const BpNodeState *state = bp_graph_drawing_get_node (self->drawing, self->node);
  g_autofree char   *label = bp_node_state_describe (state);

  if (state->change != NULL)
    {
      g_autofree char *described = g_steal_pointer (&label);

      /* Translators: a node with its numbers, and what a nudge changes its value by, such as Δ 0.01 */
      label = g_strdup_printf (_("%s, nudge %s"), described, state->change);
    }
  if (g_strcmp0 (label, self->label) == 0)
    return;
  g_free (self->label);
  self->label = g_steal_pointer (&label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
}

static void
update_description (BpNodeView *self)
{
  const char *warning = bp_graph_drawing_get_node (self->drawing, self->node)->warning;

  if (g_strcmp0 (warning, self->description) == 0)
    return;
  g_free (self->description);
  self->description = g_strdup (warning);
  if (warning != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, warning, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* The picture of the node, and a ring around it that says that it has the focus or is selected. */
static void
bp_node_view_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  BpNodeView              *self = BP_NODE_VIEW (widget);
  const cairo_rectangle_t *box
      = bp_graph_layout_get_node (bp_graph_drawing_get_layout (self->drawing), self->node);
  gboolean                 focused = gtk_widget_has_visible_focus (widget);
  double                   width = focused ? FOCUS_WIDTH : RING_WIDTH;
  float                    overhang = ceilf ((float) (bp_graph_drawing_get_overhang (self->drawing) * self->zoom)) + 8;
  graphene_rect_t          bounds = GRAPHENE_RECT_INIT (-overhang, -overhang, gtk_widget_get_width (widget)
                                                        + 2 * overhang, gtk_widget_get_height (widget) + 2 * overhang);
  g_autoptr (BpPainter)    painter = bp_painter_cairo_new (gtk_snapshot_append_cairo (snapshot, &bounds),
                                                           bp_graph_drawing_get_palette (self->drawing));

  bp_painter_transform (painter, self->x - box->x * self->zoom, self->y - box->y * self->zoom, self->zoom);
  if (focused || self->selected)
    bp_graph_draw_ring (painter, self->drawing, self->node, RING_GAP / self->zoom, width / self->zoom);
  bp_graph_draw_node (painter, self->drawing, self->node);
}

static void
activate_cb (GtkWidget                *widget,
             G_GNUC_UNUSED const char *action_name,
             G_GNUC_UNUSED GVariant   *parameter)
{
  BpNodeView *self = BP_NODE_VIEW (widget);

  g_signal_emit (self, signals[self->selected ? ENTER : SELECT], 0);
}

static void
inspect_cb (GtkWidget                *widget,
            G_GNUC_UNUSED const char *action_name,
            G_GNUC_UNUSED GVariant   *parameter)
{
  g_signal_emit (widget, signals[SELECT], 0);
  g_signal_emit (widget, signals[INSPECT], 0);
}

static void
menu_cb (GtkWidget                *widget,
         G_GNUC_UNUSED const char *action_name,
         G_GNUC_UNUSED GVariant   *parameter)
{
  g_signal_emit (widget, signals[SELECT], 0);
  g_signal_emit (widget, signals[MENU], 0);
}

static void
pressed_cb (GtkGestureClick      *gesture,
            G_GNUC_UNUSED int     n_press,
            double                x,
            double                y,
            GtkWidget            *widget)
{
  BpNodeView *self = BP_NODE_VIEW (widget);
  guint       button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (widget);
  self->inspects = button == GDK_BUTTON_PRIMARY && self->selected;
  self->press_x = x;
  self->press_y = y;
  if (button == GDK_BUTTON_SECONDARY)
    menu_cb (widget, NULL, NULL);
  else if (button == GDK_BUTTON_PRIMARY && !self->selected)
    g_signal_emit (widget, signals[SELECT], 0);
}

/* What went further was a drag. */
static void
released_cb (G_GNUC_UNUSED GtkGestureClick *gesture,
             G_GNUC_UNUSED int              n_press,
             double                         x,
             double                         y,
             GtkWidget                     *widget)
{
  BpNodeView *self = BP_NODE_VIEW (widget);

  if (self->inspects && !gtk_drag_check_threshold (widget, (int) self->press_x, (int) self->press_y, (int) x, (int) y))
    g_signal_emit (widget, signals[INSPECT], 0);
}

static void
bp_node_view_finalize (GObject *object)
{
  g_free (BP_NODE_VIEW (object)->label);
  g_free (BP_NODE_VIEW (object)->description);

  G_OBJECT_CLASS (bp_node_view_parent_class)->finalize (object);
}

static void
bp_node_view_class_init (BpNodeViewClass *class)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter, GDK_KEY_space, GDK_KEY_KP_Space };
  GObjectClass   *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->finalize = bp_node_view_finalize;
  widget_class->snapshot = bp_node_view_snapshot;

  signals[SELECT] = g_signal_new ("select", BP_TYPE_NODE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[INSPECT] = g_signal_new ("inspect", BP_TYPE_NODE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   0);

  signals[ENTER] = g_signal_new ("enter", BP_TYPE_NODE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU] = g_signal_new ("menu", BP_TYPE_NODE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* The last one is the first that assistive technology offers. */
  gtk_widget_class_install_action (widget_class, "node.menu", NULL, menu_cb);
  gtk_widget_class_install_action (widget_class, "node.inspect", NULL, inspect_cb);
  gtk_widget_class_install_action (widget_class, "node.activate", NULL, activate_cb);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "node.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "node.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "node.menu", NULL);

  gtk_widget_class_set_css_name (widget_class, "nodeview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
bp_node_view_init (BpNodeView *self)
{
  self->zoom = 1;
  self->click = gtk_gesture_click_new ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->click), 0);
  g_signal_connect (self->click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (self->click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->click));
  g_signal_connect (self, "state-flags-changed", G_CALLBACK (gtk_widget_queue_draw), NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

GtkWidget *
bp_node_view_new (BpGraphDrawing *drawing,
                  guint           node)
{
  BpNodeView *self = g_object_new (BP_TYPE_NODE_VIEW, NULL);

  self->drawing = drawing;
  self->node = node;
  update_label (self);
  update_description (self);

  return GTK_WIDGET (self);
}

gssize
bp_node_view_get_element (BpNodeView *self,
                          double      x,
                          double      y)
{
  const cairo_rectangle_t *box;

  g_return_val_if_fail (BP_IS_NODE_VIEW (self), BP_ELEMENT_NONE);

  box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (self->drawing), self->node);

  return bp_graph_drawing_find_element (self->drawing, self->node, box->x + (x - self->x) / self->zoom,
                                        box->y + (y - self->y) / self->zoom);
}

void
bp_node_view_add_drag (BpNodeView *self,
                       GtkGesture *drag)
{
  g_return_if_fail (BP_IS_NODE_VIEW (self) && GTK_IS_GESTURE (drag));

  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (drag, self->click);
}

guint
bp_node_view_get_node (BpNodeView *self)
{
  g_return_val_if_fail (BP_IS_NODE_VIEW (self), BP_NODE_NONE);

  return self->node;
}

void
bp_node_view_update (BpNodeView *self)
{
  g_return_if_fail (BP_IS_NODE_VIEW (self));

  update_label (self);
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
bp_node_view_set_place (BpNodeView *self,
                        double      zoom,
                        double      x,
                        double      y)
{
  g_return_if_fail (BP_IS_NODE_VIEW (self) && zoom > 0);

  if (self->zoom == zoom && self->x == x && self->y == y)
    return;
  self->zoom = zoom;
  self->x = x;
  self->y = y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
bp_node_view_get_selected (BpNodeView *self)
{
  g_return_val_if_fail (BP_IS_NODE_VIEW (self), FALSE);

  return self->selected;
}

void
bp_node_view_set_selected (BpNodeView *self,
                           gboolean    selected)
{
  g_return_if_fail (BP_IS_NODE_VIEW (self));

  selected = !!selected;
  if (self->selected == selected)
    return;
  self->selected = selected;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               selected ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
