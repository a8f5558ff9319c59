/* bp-graph-view-nodes.c: the nodes of the graph view: which there are, which is selected, focused, inspected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

#include <glib/gi18n-lib.h>

#include "graph/bp-node-inspector.h"
#include "graph/bp-node-view.h"

/* Looking closer */

void
bp_graph_view_update_inspector (BpGraphView *self)
{
  if (self->inspected == BP_NODE_NONE || self->run == NULL)
    return;
  bp_graph_view_update_number (self);
  bp_node_inspector_update (BP_NODE_INSPECTOR (self->inspector), bp_run_get_trainer (self->run), self->inspected,
                            self->inspected == bp_run_get_selected_node (self->run)
                            ? bp_run_get_selected_element (self->run) : BP_ELEMENT_NONE,
                            bp_graph_drawing_is_value_hidden (self->drawing, self->inspected),
                            bp_graph_drawing_is_gradient_hidden (self->drawing, self->inspected),
                            bp_graph_drawing_get_palette (self->drawing));
}

/* What of it is in the view, or the edge that is nearest: where there is no monitor GTK cannot place a popover. */
GdkRectangle
bp_graph_view_clip (BpGraphView           *self,
                    const graphene_rect_t *bounds)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int left = (int) CLAMP (bounds->origin.x, 0, MAX (0, width - 1));
  int top = (int) CLAMP (bounds->origin.y, 0, MAX (0, height - 1));
  int right = (int) CLAMP (bounds->origin.x + bounds->size.width, left + 1, MAX (left + 1, width));
  int bottom = (int) CLAMP (bounds->origin.y + bounds->size.height, top + 1, MAX (top + 1, height));

  return (GdkRectangle){ left, top, right - left, bottom - top };
}

void
bp_graph_view_point_inspector (BpGraphView *self)
{
  graphene_rect_t bounds;
  GdkRectangle    rectangle;

  if (self->inspected == BP_NODE_NONE
      || !gtk_widget_compute_bounds (g_ptr_array_index (self->nodes, self->inspected), GTK_WIDGET (self), &bounds))
    return;

  rectangle = bp_graph_view_clip (self, &bounds);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->inspector), &rectangle);
}

/* Following the run */

static void
select_cb (BpGraphView *self,
           BpNodeView  *node)
{
  bp_run_set_selected_node (self->run, bp_node_view_get_node (node));
}

static void
inspector_closed_cb (BpGraphView *self)
{
  GtkWidget *node = bp_graph_view_get_node (self, self->inspected);
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->inspected = BP_NODE_NONE;
  if (node != NULL && focus != NULL && gtk_widget_is_ancestor (focus, self->inspector))
    gtk_widget_grab_focus (node);
}

static void
inspect_cb (BpGraphView *self,
            BpNodeView  *node)
{
  guint index = bp_node_view_get_node (node);

  bp_graph_view_inspect (self, self->inspected == index ? BP_NODE_NONE : index);
}

/* Return goes on into the elements that it has shown. */
static void
enter_cb (BpGraphView *self,
          BpNodeView  *node)
{
  if (bp_graph_view_toggle_layer (self, bp_node_view_get_node (node)))
    return;
  if (self->inspected != bp_node_view_get_node (node)
      || !bp_node_inspector_enter (BP_NODE_INSPECTOR (self->inspector)))
    inspect_cb (self, node);
}

/* That of a layer has the elements in it. */
static void
menu_cb (BpGraphView *self,
         BpNodeView  *node)
{
  if (!bp_graph_view_show_layer_menu (self, bp_node_view_get_node (node)))
    inspect_cb (self, node);
}

static void
choose_cb (BpGraphView *self,
           gint64       element)
{
  bp_run_select_element (self->run, self->inspected, (gssize) element);
}

void
bp_graph_view_clear_nodes (BpGraphView *self)
{
  bp_graph_view_inspect (self, BP_NODE_NONE);
  bp_graph_view_clear_folds (self);
  for (guint i = 0; i < self->nodes->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->nodes, i));
  g_ptr_array_set_size (self->nodes, 0);
  bp_graph_view_drop_edges (self);
  self->followed = (BpCursor){ -1, 0 };
  self->followed_layer = G_MAXUINT;
}

/* Children in the order of computation, which Tab follows. */
static void
create_nodes (BpGraphView *self)
{
  bp_graph_view_clear_nodes (self);
  for (guint i = 0; i < bp_graph_drawing_get_n_nodes (self->drawing); i++)
    {
      GtkWidget *node = bp_node_view_new (self->drawing, i);

      g_signal_connect_swapped (node, "select", G_CALLBACK (select_cb), self);
      g_signal_connect_swapped (node, "inspect", G_CALLBACK (inspect_cb), self);
      g_signal_connect_swapped (node, "enter", G_CALLBACK (enter_cb), self);
      g_signal_connect_swapped (node, "menu", G_CALLBACK (menu_cb), self);
      bp_graph_view_add_drag (self, node);
      gtk_widget_insert_before (node, GTK_WIDGET (self), self->note);
      g_ptr_array_add (self->nodes, node);
    }
  bp_graph_view_create_folds (self);
  bp_graph_view_invalidate (self);
}

static gboolean
has_same_nodes (BpGraph *a,
                BpGraph *b)
{
  guint n_nodes = bp_graph_get_n_nodes (a);

  if (bp_graph_get_n_nodes (b) != n_nodes)
    return FALSE;

  for (guint node = 0; node < n_nodes; node++)
    if (!g_str_equal (bp_graph_get_name (a, node), bp_graph_get_name (b, node)))
      return FALSE;

  return TRUE;
}

/* Another graph with the same nodes as @before, such as one for another batch size, keeps its children and focus. */
static void
follow_structure (BpGraphView *self,
                  BpGraph     *before)
{
  if (before == NULL || self->nodes->len == 0 || !has_same_nodes (before, bp_graph_drawing_get_graph (self->drawing)))
    {
      create_nodes (self);
      bp_graph_view_start_over (self);
      return;
    }
  for (guint i = 0; i < self->nodes->len; i++)
    bp_node_view_update (g_ptr_array_index (self->nodes, i));
  if (self->inspected != BP_NODE_NONE && bp_graph_drawing_get_box (self->drawing, self->inspected) != self->inspected)
    bp_graph_view_inspect (self, BP_NODE_NONE);
  bp_graph_view_create_folds (self);
  bp_graph_view_invalidate (self);
}

/* A node that is clicked stays where it is, so that a double click meets it twice: only a step moves the graph. */
static void
follow_selection (BpGraphView *self)
{
  guint    node = bp_run_get_selected_node (self->run);
  guint    selected = node < self->nodes->len ? bp_graph_drawing_get_box (self->drawing, node) : BP_NODE_NONE;
  BpCursor cursor = bp_trainer_get_cursor (bp_run_get_trainer (self->run));

  for (guint i = 0; i < self->nodes->len; i++)
    bp_node_view_set_selected (g_ptr_array_index (self->nodes, i), i == selected);
  if (self->followed.iteration == cursor.iteration && self->followed.instruction == cursor.instruction)
    return;
  self->followed = cursor;
  bp_graph_view_reveal_step (self);
}

/* Shows the graph, or says why not. Returns: whether the graph is shown */
static gboolean
choose_content (BpGraphView *self)
{
  guint           n_nodes = bp_graph_get_n_nodes (bp_trainer_get_graph (bp_run_get_trainer (self->run)));
  gboolean        is_shown = n_nodes <= BP_GRAPH_VIEW_MAX_NODES;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->note, !is_shown);
  if (is_shown)
    return TRUE;

  text = g_strdup_printf (_("The graph has %u nodes, too many to be drawn. Steps, the explanation below and the plots "
                            "work "
                            "all the same."), n_nodes);
  gtk_label_set_label (GTK_LABEL (self->note), text);
  if (self->nodes->len > 0)
    bp_graph_view_clear_nodes (self);

  return FALSE;
}

void
bp_graph_view_follow_run (BpGraphView *self)
{
  BpGraph *shown = bp_graph_drawing_get_graph (self->drawing);
  g_autoptr (BpGraph) before = shown != NULL ? bp_graph_ref (shown) : NULL;
  BpGraphChanges changes;

  if (!choose_content (self))
    return;

  bp_graph_drawing_set_n_revealed (self->drawing, bp_run_get_n_revealed (self->run));
  bp_graph_drawing_set_element (self->drawing, bp_run_get_selected_node (self->run),
                                bp_run_get_selected_element (self->run));
  bp_graph_drawing_set_nudge (self->drawing, bp_run_get_nudge (self->run));
  changes = bp_graph_drawing_update (self->drawing, bp_run_get_trainer (self->run));
  if (bp_graph_view_follow_layer (self))
    changes |= bp_graph_drawing_update (self->drawing, bp_run_get_trainer (self->run));
  bp_graph_drawing_set_nudge (self->drawing, NULL);

  if (changes & BP_GRAPH_STRUCTURE || self->nodes->len == 0)
    follow_structure (self, before);
  else if (changes & BP_GRAPH_NODES)
    for (guint i = 0; i < self->nodes->len; i++)
      if (bp_graph_drawing_is_node_changed (self->drawing, i))
        bp_node_view_update (g_ptr_array_index (self->nodes, i));

  if (changes & BP_GRAPH_EDGES)
    {
      bp_graph_view_drop_changed_edges (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  follow_selection (self);
  bp_graph_view_update_inspector (self);
}

/* The focus */

/* What Tab goes through: the nodes that are shown, each layer's button after its output. Returns: (transfer full) */
static GPtrArray *
list_stops (BpGraphView *self)
{
  const GPtrArray *layers = bp_graph_drawing_get_layers (self->drawing);
  GPtrArray       *stops = g_ptr_array_new ();

  for (guint node = 0; node < self->nodes->len; node++)
    {
      if (bp_graph_drawing_get_box (self->drawing, node) == node)
        g_ptr_array_add (stops, g_ptr_array_index (self->nodes, node));
      for (guint l = 0; l < self->folds->len; l++)
        if (bp_layers_get (layers, l)->output == node)
          g_ptr_array_add (stops, g_ptr_array_index (self->folds, l));
    }

  return stops;
}

static gboolean
focus_stop (BpGraphView *self,
            GtkWidget   *stop)
{
  guint node;

  if (!gtk_widget_grab_focus (stop))
    return FALSE;
  if (!BP_IS_NODE_VIEW (stop))
    return TRUE;

  node = bp_node_view_get_node (BP_NODE_VIEW (stop));
  bp_graph_view_reveal (self, node);
  bp_run_set_selected_node (self->run, node);

  return TRUE;
}

/* Tab goes through the nodes in the order in which they are computed. A window that opens, or
 * whose focus got hidden, looks for any widget to give it to: that selects no node, so it is none. */
static gboolean
focus (GtkWidget       *widget,
       GtkDirectionType direction)
{
  BpGraphView          *self = BP_GRAPH_VIEW (widget);
  g_autoptr (GPtrArray) stops = list_stops (self);
  GtkWidget            *focused = gtk_widget_get_focus_child (widget);
  gboolean              is_forward = direction == GTK_DIR_TAB_FORWARD;
  guint                 at;

  if (gtk_root_get_focus (gtk_widget_get_root (widget)) == NULL || stops->len == 0
      || (!is_forward && direction != GTK_DIR_TAB_BACKWARD))
    return FALSE;
  if (focused == NULL || !g_ptr_array_find (stops, focused, &at))
    at = is_forward ? 0 : stops->len - 1;
  else if (is_forward ? ++at == stops->len : at-- == 0)
    return FALSE;

  return focus_stop (self, g_ptr_array_index (stops, at));
}

/* Takes back one thing: the popover, the element, then the selection. */
static gboolean
escape_cb (GtkWidget              *widget,
           G_GNUC_UNUSED GVariant *args,
           G_GNUC_UNUSED gpointer  data)
{
  BpGraphView *self = BP_GRAPH_VIEW (widget);

  if (self->inspected != BP_NODE_NONE)
    {
      bp_graph_view_inspect (self, BP_NODE_NONE);
      return TRUE;
    }
  if (self->run == NULL || bp_run_get_selected_node (self->run) == BP_NODE_NONE)
    return FALSE;
  bp_run_select_element (self->run, bp_run_get_selected_element (self->run) < 0 ? BP_NODE_NONE
                                    : bp_run_get_selected_node (self->run), BP_ELEMENT_NONE);

  return TRUE;
}

void
bp_graph_view_class_init_nodes (GtkWidgetClass *widget_class)
{
  widget_class->focus = focus;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  bp_graph_view_class_init_number (widget_class);
}

void
bp_graph_view_init_nodes (BpGraphView *self)
{
  self->nodes = g_ptr_array_new ();
  self->inspected = BP_NODE_NONE;
  self->followed = (BpCursor){ -1, 0 };
  self->inspector = bp_node_inspector_new ();
  gtk_widget_set_parent (self->inspector, GTK_WIDGET (self));
  g_signal_connect_swapped (self->inspector, "closed", G_CALLBACK (inspector_closed_cb), self);
  g_signal_connect_swapped (self->inspector, "choose", G_CALLBACK (choose_cb), self);
  bp_graph_view_init_number (self);
}

GtkWidget *
bp_graph_view_get_node (BpGraphView *self,
                        guint        node)
{
  g_return_val_if_fail (BP_IS_GRAPH_VIEW (self), NULL);

  return node < self->nodes->len ? g_ptr_array_index (self->nodes, node) : NULL;
}

void
bp_graph_view_inspect (BpGraphView *self,
                       guint        node)
{
  g_return_if_fail (BP_IS_GRAPH_VIEW (self));
  g_return_if_fail (node == BP_NODE_NONE || node < self->nodes->len);

  if (self->inspected == node)
    return;

  if (node == BP_NODE_NONE)
    {
      gtk_popover_popdown (GTK_POPOVER (self->inspector));
      self->inspected = BP_NODE_NONE;
      return;
    }
  self->inspected = node;
  bp_graph_view_update_inspector (self);
  bp_graph_view_point_inspector (self);
  gtk_popover_popup (GTK_POPOVER (self->inspector));
}

guint
bp_graph_view_get_inspected (BpGraphView *self)
{
  g_return_val_if_fail (BP_IS_GRAPH_VIEW (self), BP_NODE_NONE);

  return self->inspected;
}
