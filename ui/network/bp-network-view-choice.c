/* bp-network-view-choice.c: the buttons of neurons: what they say, and what pressing them and lines chooses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"
#include "widgets/bp-number-drag.h"

/* How far from a line, in pixels, a press still means it. */
#define REACH 6

/* What is read out */

static const char *
say (double number,
     char  *buffer,
     gsize  size)
{
  g_autofree char *text = isnan (number) ? NULL : bp_number_format (number);

  if (text == NULL)
    return _("not computed yet");
  g_strlcpy (buffer, text, size);

  return buffer;
}

static void
update_labels (BpNetworkView *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      const BpNeuron  *neuron = bp_network_neuron (self->network, i);
      const char      *title = bp_network_column (self->network, neuron->column)->title;
      char             value[64], gradient[64];
      g_autofree char *label = NULL;

      /* Translators: a neuron's name, its value and gradient, for a screen reader */
      if (neuron->column == 0)
        label = g_strdup_printf (_("%s, data, value %s"), neuron->name, say (neuron->value, value, sizeof value));
      else
        label = g_strdup_printf (_("%s, neuron of %s, value %s, gradient %s"), neuron->name, title,
                                 say (neuron->value, value, sizeof value),
                                 say (neuron->gradient, gradient, sizeof gradient));
      if (g_strcmp0 (label, g_ptr_array_index (self->labels, i)) == 0)
        continue;
      gtk_accessible_update_property (GTK_ACCESSIBLE (g_ptr_array_index (self->buttons, i)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      g_free (g_ptr_array_index (self->labels, i));
      g_ptr_array_index (self->labels, i) = g_steal_pointer (&label);
    }
}

/* Choosing */

static void
choose_connection (BpNetworkView *self,
                   guint          index)
{
  const BpConnection *connection = bp_network_connection (self->network, index);

  bp_run_select_element (self->run, connection->kernel, (gssize) connection->element);
}

/* The weight after @connection of those that lead to @neuron, or G_MAXUINT. */
static guint
find_next_connection (BpNetworkView *self,
                      guint          neuron,
                      guint          connection)
{
  for (guint i = connection == G_MAXUINT ? 0 : connection + 1; i < self->network->connections->len; i++)
    if (bp_network_connection (self->network, i)->to == neuron)
      return i;

  return G_MAXUINT;
}

static void
neuron_clicked_cb (BpNetworkView *self,
                   GtkWidget     *button)
{
  const BpNeuron *neuron;
  guint           index, connection;
  gsize           n_elements;

  if (!g_ptr_array_find (self->buttons, button, &index))
    return;
  neuron = bp_network_neuron (self->network, index);
  connection = self->network->chosen_connection;
  if (self->network->chosen == index
      || (connection != G_MAXUINT && bp_network_connection (self->network, connection)->to == index))
    {
      connection = find_next_connection (self, index, connection);
      if (connection != G_MAXUINT)
        {
          choose_connection (self, connection);
          return;
        }
    }
  n_elements = bp_graph_get_n_elements (self->network->graph, neuron->node);
  bp_run_select_element (self->run, neuron->node,
                         n_elements > 1 ? (gssize) (self->row * (n_elements / self->network->n_rows) + neuron->index)
                                        : 0);
}

static void
turn_clicked_cb (BpNetworkView *self,
                 GtkWidget     *button)
{
  guint column;

  if (g_ptr_array_find (self->turns, button, &column))
    bp_network_turn_column (self->network, column);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The neuron that the weight leads to gets the focus: keys then change the weight, or go on to the next. */
static void
pressed_cb (BpNetworkView *self,
            G_GNUC_UNUSED int n_press,
            double         x,
            double         y)
{
  guint connection = bp_network_find_connection (self->network, x, y, REACH);

  if (self->run == NULL || connection == G_MAXUINT)
    return;
  gtk_widget_grab_focus (g_ptr_array_index (self->buttons, bp_network_connection (self->network, connection)->to));
  choose_connection (self, connection);
}

/* A weight is dragged by its line. */
static BpRun *
find_number_cb (gpointer data,
                double   x,
                double   y,
                guint   *node,
                gssize  *element)
{
  BpNetworkView *self = data;
  const guint    index = bp_network_find_connection (self->network, x, y, REACH);

  if (index == G_MAXUINT)
    return NULL;
  *node = bp_network_connection (self->network, index)->kernel;
  *element = (gssize) bp_network_connection (self->network, index)->element;

  return self->run;
}

static gboolean
query_tooltip_cb (BpNetworkView         *self,
                  int                    x,
                  int                    y,
                  G_GNUC_UNUSED gboolean is_keyboard,
                  GtkTooltip            *tooltip)
{
  guint               index = bp_network_find_connection (self->network, x, y, REACH);
  const BpConnection *connection;
  g_autofree char    *place = NULL;
  g_autofree char    *text = NULL;
  char                weight[64], gradient[64];

  if (index == G_MAXUINT)
    return FALSE;
  connection = bp_network_connection (self->network, index);
  place = bp_shape_index_to_string (bp_graph_get_shape (self->network->graph, connection->kernel), connection->element);
  text = g_strdup_printf ("%s%s = %s\n∂ %s", bp_graph_get_name (self->network->graph, connection->kernel), place,
                          say (connection->weight, weight, sizeof weight),
                          say (connection->gradient, gradient, sizeof gradient));
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* Following the run */

void
bp_network_view_clear_buttons (GPtrArray *buttons)
{
  for (guint i = 0; i < buttons->len; i++)
    gtk_widget_unparent (g_ptr_array_index (buttons, i));
  g_ptr_array_set_size (buttons, 0);
}

static void
add_button (BpNetworkView *self,
            GPtrArray     *buttons,
            GCallback      callback)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect_swapped (button, "clicked", callback, self);
  g_signal_connect_object (button, "state-flags-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (buttons, button);
}

static void
create_buttons (BpNetworkView *self)
{
  bp_network_view_clear_buttons (self->buttons);
  bp_network_view_clear_buttons (self->turns);
  for (guint c = 0; c < self->network->columns->len; c++)
    {
      const BpNetworkColumn *column = bp_network_column (self->network, c);
      g_autofree char       *label = g_strdup_printf (_("Other neurons of %s"), column->title);

      for (guint k = 0; k < column->n; k++)
        add_button (self, self->buttons, G_CALLBACK (neuron_clicked_cb));
      add_button (self, self->turns, G_CALLBACK (turn_clicked_cb));
      gtk_accessible_update_property (GTK_ACCESSIBLE (g_ptr_array_index (self->turns, c)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
  g_ptr_array_set_size (self->labels, 0);
  g_ptr_array_set_size (self->labels, (int) self->buttons->len);
}

/* The sample that the chosen element is of. */
static void
follow_element (BpNetworkView *self)
{
  guint  node = bp_run_get_selected_node (self->run);
  gssize element = bp_run_get_selected_element (self->run);

  for (guint i = 0; element >= 0 && i < self->network->neurons->len; i++)
    if (bp_network_neuron (self->network, i)->node == node && self->network->n_rows > 0)
      {
        gsize stride = bp_graph_get_n_elements (self->network->graph, node) / self->network->n_rows;

        if (stride > 0)
          self->row = (gsize) element / stride;
        return;
      }
}

void
bp_network_view_follow_run (BpNetworkView *self)
{
  gboolean is_other;

  if (self->run == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  follow_element (self);
  is_other = bp_network_update (self->network, bp_run_get_trainer (self->run), self->row,
                                bp_run_get_selected_node (self->run), bp_run_get_selected_element (self->run),
                                bp_run_get_gradients_hidden (self->run));
  self->row = self->network->row;
  if (is_other)
    {
      create_buttons (self);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  update_labels (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
move_row_cb (GtkWidget             *widget,
             GVariant              *args,
             G_GNUC_UNUSED gpointer data)
{
  BpNetworkView *self = BP_NETWORK_VIEW (widget);
  gint32         step;

  g_variant_get (args, "(i)", &step);
  if (self->run == NULL || (step < 0 && self->row == 0) || self->row + (gsize) step >= self->network->n_rows)
    return TRUE;
  self->row += (gsize) step;
  if (self->network->chosen != G_MAXUINT)
    {
      const BpNeuron *neuron = bp_network_neuron (self->network, self->network->chosen);
      gsize           n = bp_graph_get_n_elements (self->network->graph, neuron->node) / self->network->n_rows;

      bp_run_select_element (self->run, neuron->node, (gssize) (self->row * n + neuron->index));
    }
  bp_network_view_follow_run (self);

  return TRUE;
}

static gboolean
step_number_cb (GtkWidget             *widget,
                GVariant              *args,
                G_GNUC_UNUSED gpointer data)
{
  BpRun *run = BP_NETWORK_VIEW (widget)->run;

  return run != NULL && bp_number_drag_step (run, g_variant_get_int32 (args));
}

void
bp_network_view_class_init_choice (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_row_cb, "(i)", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_row_cb, "(i)", 1);
  bp_number_drag_add_keys (widget_class, step_number_cb);
}

void
bp_network_view_init_choice (BpNetworkView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (bp_number_drag_new (find_number_cb, self)));
}
