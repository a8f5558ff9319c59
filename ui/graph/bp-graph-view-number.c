/* bp-graph-view-number.c: numbers of the graph view that are changed by hand: dragged, by keys, or typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"
#include "graph/bp-node-inspector.h"
#include "graph/bp-node-view.h"
#include "run/bp-run-number.h"
#include "widgets/bp-number-drag.h"

static gssize
get_element (BpGraphView *self,
             guint        node)
{
  return node == bp_run_get_selected_node (self->run) ? bp_run_get_selected_element (self->run) : BP_ELEMENT_NONE;
}

/* Dragging */

/* The cell that is pressed, else what is selected. */
static BpRun *
find_cb (gpointer data,
         double   x,
         double   y,
         guint   *node,
         gssize  *element)
{
  BpGraphView *self = BP_GRAPH_VIEW (gtk_widget_get_parent (data));

  *node = bp_node_view_get_node (data);
  *element = bp_node_view_get_element (data, x, y);
  if (*element < 0)
    *element = get_element (self, *node);

  return self->run;
}

void
bp_graph_view_add_drag (BpGraphView *self,
                        GtkWidget   *node)
{
  const BpOp op = bp_graph_get_op (bp_graph_drawing_get_graph (self->drawing),
                                   bp_node_view_get_node (BP_NODE_VIEW (node)));

  if (op == BP_OP_VARIABLE || op == BP_OP_PLACEHOLDER)
    gtk_widget_set_cursor_from_name (node, "ns-resize");
  bp_node_view_add_drag (BP_NODE_VIEW (node), bp_number_drag_new (find_cb, node));
}

static BpRun *
find_cell_cb (gpointer data,
              double   x,
              double   y,
              guint   *node,
              gssize  *element)
{
  BpGraphView *self = data;

  *node = self->inspected;
  *element = bp_tensor_view_get_element (bp_node_inspector_get_elements (BP_NODE_INSPECTOR (self->inspector)), x, y);

  return self->inspected != BP_NODE_NONE && *element >= 0 ? self->run : NULL;
}

/* Typing */

/* What the field shows. */
static double
get_shown (const BpRunNumber *number)
{
  return number->is_start ? number->start : number->value;
}

static gboolean
find_number (BpGraphView *self,
             BpRunNumber *number,
             GError     **error)
{
  return bp_run_find_number (self->run, self->inspected, get_element (self, self->inspected), number, error);
}

static gboolean
apply_cb (BpGraphView *self,
          const char  *text,
          GError     **error)
{
  BpRunNumber number;
  double value;

  return bp_number_parse (text, &value, error) && find_number (self, &number, error)
         && bp_run_set_number (self->run, &number, value, BP_STROKE_NEW, error);
}

static void
step_cb (BpGraphView *self,
         int          direction)
{
  g_autoptr (GError) error = NULL;
  BpRunNumber number;

  if (!find_number (self, &number, &error)
      || !bp_run_set_number (self->run, &number,
                             bp_run_number_round (&number, get_shown (&number) + direction * number.step),
                             BP_STROKE_KEY, &error))
    bp_field_refuse (bp_node_inspector_get_field (BP_NODE_INSPECTOR (self->inspector)), error);
}

void
bp_graph_view_update_number (BpGraphView *self)
{
  BpField *field = bp_node_inspector_get_field (BP_NODE_INSPECTOR (self->inspector));
  BpRunNumber number;
  const gboolean is_shown = find_number (self, &number, NULL);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (field), is_shown);
  if (!is_shown)
    return;

  text = bp_number_to_shortest (get_shown (&number));
  bp_field_set_title (field, number.is_start ? _("Starts at") : _("Fed as"));
  bp_field_set_text (field, text);
  bp_field_set_can_step (field, !isfinite (number.greatest) || get_shown (&number) > 0,
                         !isfinite (number.greatest) || get_shown (&number) < number.greatest);
}

void
bp_graph_view_init_number (BpGraphView *self)
{
  BpNodeInspector *inspector = BP_NODE_INSPECTOR (self->inspector);

  g_signal_connect_swapped (bp_node_inspector_get_field (inspector), "apply", G_CALLBACK (apply_cb), self);
  g_signal_connect_swapped (bp_node_inspector_get_field (inspector), "step", G_CALLBACK (step_cb), self);
  bp_tensor_view_add_drag (bp_node_inspector_get_elements (inspector), bp_number_drag_new (find_cell_cb, self));
}

static gboolean
step_number_cb (GtkWidget             *widget,
                GVariant              *args,
                G_GNUC_UNUSED gpointer data)
{
  BpRun *run = BP_GRAPH_VIEW (widget)->run;

  return run != NULL && bp_number_drag_step (run, g_variant_get_int32 (args));
}

void
bp_graph_view_class_init_number (GtkWidgetClass *widget_class)
{
  bp_number_drag_add_keys (widget_class, step_number_cb);
}
