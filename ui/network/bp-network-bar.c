/* bp-network-bar.c: Graph | Neurons, and what goes with each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-bar.h"

#include <glib/gi18n-lib.h>

/**
 * BpNetworkBar:
 * @graph, @neurons: the switch
 * @modes: the buttons of the modes, in their box
 * @folds: the box of the buttons that fold and open all layers
 * @seen: the graph that was last looked at
 */
struct _BpNetworkBar {
  GtkBox     parent_instance;

  BpRun     *run;
  GtkWidget *graph;
  GtkWidget *neurons;
  GtkWidget *mode_box;
  GtkWidget *modes[BP_N_NETWORK_MODES];
  GtkWidget *folds;
  BpGraph   *seen;
};

enum {
  PROP_0,
  PROP_PAGE,
  PROP_MODE,
  PROP_NEURONS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (BpNetworkBar, bp_network_bar, GTK_TYPE_BOX)

static GtkWidget *
add_box (BpNetworkBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_parent (box, GTK_WIDGET (self));

  return box;
}

static GtkWidget *
add_toggle (GtkWidget  *box,
            GtkWidget  *group,
            const char *label)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static void
add_button (GtkWidget  *box,
            const char *icon,
            const char *label,
            const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_box_append (GTK_BOX (box), button);
}

static void
show_page (BpNetworkBar *self)
{
  gboolean is_neurons = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->neurons));

  gtk_widget_set_visible (self->mode_box, is_neurons);
  gtk_widget_set_visible (self->folds, !is_neurons);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NEURONS]);
}

static void
mode_toggled_cb (BpNetworkBar    *self,
                 GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
}

static void
follow_run (BpNetworkBar *self)
{
  BpGraph *graph = bp_trainer_get_graph (bp_run_get_trainer (self->run));
  gboolean is_possible;

  if (graph == self->seen)
    return;
  bp_graph_ref (graph);
  g_clear_pointer (&self->seen, bp_graph_unref);
  self->seen = graph;
  is_possible = bp_network_is_possible (graph);
  gtk_widget_set_visible (GTK_WIDGET (self), is_possible);
  if (!is_possible)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->graph), TRUE);
}

static void
bp_network_bar_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  BpNetworkBar *self = BP_NETWORK_BAR (object);

  if (prop_id == PROP_PAGE)
    g_value_set_string (value, bp_network_bar_get_page (self));
  else if (prop_id == PROP_MODE)
    g_value_set_uint (value, bp_network_bar_get_mode (self));
  else if (prop_id == PROP_NEURONS)
    g_value_set_boolean (value, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->neurons)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bp_network_bar_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (prop_id == PROP_PAGE)
    bp_network_bar_set_page (BP_NETWORK_BAR (object), g_value_get_string (value));
  else if (prop_id == PROP_NEURONS)
    bp_network_bar_set_page (BP_NETWORK_BAR (object), g_value_get_boolean (value) ? "neurons" : "graph");
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bp_network_bar_dispose (GObject *object)
{
  BpNetworkBar *self = BP_NETWORK_BAR (object);

  bp_run_watch (&self->run, NULL, self);
  g_clear_pointer (&self->seen, bp_graph_unref);

  G_OBJECT_CLASS (bp_network_bar_parent_class)->dispose (object);
}

static void
bp_network_bar_class_init (BpNetworkBarClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = bp_network_bar_get_property;
  object_class->set_property = bp_network_bar_set_property;
  object_class->dispose = bp_network_bar_dispose;

  props[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, "graph", flags);
  props[PROP_MODE] = g_param_spec_uint ("mode", NULL, NULL, 0, BP_N_NETWORK_MODES - 1, BP_NETWORK_ACTIVATIONS,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_NEURONS] = g_param_spec_boolean ("neurons", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "networkbar");
}

static void
bp_network_bar_init (BpNetworkBar *self)
{
  /* Translators: what a network is shown as */
  static const char *const labels[BP_N_NETWORK_MODES] = { N_("Values"), N_("Activations"), N_("Gradients") };
  GtkWidget               *pages;

  gtk_box_set_spacing (GTK_BOX (self), 6);
  pages = add_box (self);
  self->graph = add_toggle (pages, NULL, _("Graph"));
  self->neurons = add_toggle (pages, self->graph, _("Neurons"));
  self->mode_box = add_box (self);
  for (guint i = 0; i < BP_N_NETWORK_MODES; i++)
    {
      self->modes[i] = add_toggle (self->mode_box, i > 0 ? self->modes[0] : NULL, _(labels[i]));
      g_signal_connect_swapped (self->modes[i], "toggled", G_CALLBACK (mode_toggled_cb), self);
    }
  self->folds = add_box (self);
  add_button (self->folds, "list-add-symbolic", _("Open All Layers"), "graph.open-all");
  add_button (self->folds, "list-remove-symbolic", _("Fold All Layers"), "graph.fold-all");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->graph), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->modes[BP_NETWORK_ACTIVATIONS]), TRUE);
  g_signal_connect_swapped (self->neurons, "toggled", G_CALLBACK (show_page), self);
  show_page (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
bp_network_bar_set_run (BpNetworkBar *self,
                        BpRun        *run)
{
  g_return_if_fail (BP_IS_NETWORK_BAR (self) && (run == NULL || BP_IS_RUN (run)));

  if (!bp_run_watch (&self->run, run, self))
    return;

  g_clear_pointer (&self->seen, bp_graph_unref);
  if (run != NULL)
    {
      g_signal_connect_swapped (run, "changed", G_CALLBACK (follow_run), self);
      follow_run (self);
    }
}

const char *
bp_network_bar_get_page (BpNetworkBar *self)
{
  g_return_val_if_fail (BP_IS_NETWORK_BAR (self), "graph");

  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->neurons)) ? "neurons" : "graph";
}

void
bp_network_bar_set_page (BpNetworkBar *self,
                         const char   *page)
{
  g_return_if_fail (BP_IS_NETWORK_BAR (self) && page != NULL);

  if (g_str_equal (page, "graph"))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->graph), TRUE);
  else if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->neurons), TRUE);
}

BpNetworkMode
bp_network_bar_get_mode (BpNetworkBar *self)
{
  g_return_val_if_fail (BP_IS_NETWORK_BAR (self), BP_NETWORK_ACTIVATIONS);

  for (guint i = 0; i < BP_N_NETWORK_MODES; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->modes[i])))
      return i;

  return BP_NETWORK_ACTIVATIONS;
}
