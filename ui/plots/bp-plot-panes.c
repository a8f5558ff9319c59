/* bp-plot-panes.c: the plots of a run beside each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-panes-private.h"

#include <glib/gi18n-lib.h>

#include "plots/bp-plot-choosers.h"

/* PROP_SHOW + kind is whether a plot is shown. */
enum {
  PROP_MAXIMIZED = 1,
  PROP_HAS_MORE,
  PROP_LOG_SCALE,
  PROP_SMOOTHING,
  PROP_SHOW,
  N_PROPS = PROP_SHOW + BP_N_PLOTS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BpPlotPanes, bp_plot_panes, GTK_TYPE_WIDGET)

static void
update_button (BpPlotPanes *self,
               BpPlotKind   kind)
{
  GtkWidget *button = self->panes[kind].button;
  gboolean is_maximized = self->maximized == kind;
  const char *text = is_maximized ? _("Restore all plots (Escape)") : _("Maximize this plot (double click)");

  gtk_button_set_icon_name (GTK_BUTTON (button), is_maximized ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* To a plot that is seen, or nowhere, before one with the focus is hidden: GTK 4.8 never frees a widget that is hidden
 * with the focus in it twice before a frame. */
static void
move_focus (BpPlotPanes    *self,
            const gboolean *is_seen)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *first = NULL;
  gboolean goes = FALSE;

  for (guint i = 0; focus != NULL && i < BP_N_PLOTS; i++)
    if (!is_seen[i])
      goes |= gtk_widget_is_ancestor (focus, self->panes[i].overlay);
    else if (first == NULL)
      first = self->panes[i].view;
  if (goes && (first == NULL || !gtk_widget_grab_focus (first)))
    gtk_root_set_focus (root, NULL);
}

static void
update (BpPlotPanes *self)
{
  gboolean is_seen[BP_N_PLOTS] = { FALSE };

  bp_plot_panes_find_columns (self);
  for (guint i = 0; i < self->n_columns; i++)
    for (guint j = 0; j < self->columns[i].n; j++)
      is_seen[self->columns[i].kinds[j]] = TRUE;
  for (guint i = 0; i < BP_N_PLOTS; i++)
    if (is_seen[i])
      gtk_widget_set_visible (self->panes[i].overlay, TRUE);
  move_focus (self, is_seen);
  for (guint i = 0; i < BP_N_PLOTS; i++)
    {
      gtk_widget_set_visible (self->panes[i].overlay, is_seen[i]);
      update_button (self, i);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_columns > 0);
  if (self->maximized != BP_N_PLOTS)
    gtk_widget_add_css_class (GTK_WIDGET (self), "maximized");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "maximized");
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
start_over (BpPlotPanes *self)
{
  self->first = 0;
  bp_plot_choosers_update (GTK_OVERLAY (self->panes[BP_PLOT_DATA].overlay));
  bp_plot_choosers_update (GTK_OVERLAY (self->panes[BP_PLOT_CONFUSION].overlay));
  update (self);
}

static void
bp_plot_panes_size_allocate (GtkWidget         *widget,
                             int                width,
                             int                height,
                             G_GNUC_UNUSED int  baseline)
{
  BpPlotPanes *self = BP_PLOT_PANES (widget);
  const gboolean had_more = self->has_more;

  self->has_more = bp_plot_panes_place (self, width, height);
  if (self->has_more != had_more)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_MORE]);
}

void
bp_plot_panes_show_more (BpPlotPanes *self)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_if_fail (BP_IS_PLOT_PANES (self));

  if (!self->has_more)
    return;

  /* What has the focus may go. */
  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->more);
  self->first = self->first + self->n_fit < self->n_columns ? self->first + self->n_fit : 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
bp_plot_panes_maximize (BpPlotPanes *self,
                        BpPlotKind   kind)
{
  gboolean was_maximized;

  g_return_if_fail (BP_IS_PLOT_PANES (self));
  g_return_if_fail (kind == BP_N_PLOTS || bp_plot_panes_get_shown (self, kind));

  if (self->maximized == kind)
    return;

  was_maximized = self->maximized != BP_N_PLOTS;
  self->maximized = kind;
  update (self);
  if (was_maximized != (kind != BP_N_PLOTS))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAXIMIZED]);
}

BpPlotKind
bp_plot_panes_get_maximized (BpPlotPanes *self)
{
  g_return_val_if_fail (BP_IS_PLOT_PANES (self), BP_N_PLOTS);

  return self->maximized;
}

gboolean
bp_plot_panes_get_shown (BpPlotPanes *self,
                         BpPlotKind   kind)
{
  g_return_val_if_fail (BP_IS_PLOT_PANES (self) && kind < BP_N_PLOTS, FALSE);

  return self->panes[kind].shown;
}

void
bp_plot_panes_set_shown (BpPlotPanes *self,
                         BpPlotKind   kind,
                         gboolean     shown)
{
  g_return_if_fail (BP_IS_PLOT_PANES (self) && kind < BP_N_PLOTS);

  if (self->panes[kind].shown == !!shown)
    return;

  self->panes[kind].shown = !!shown;
  bp_plot_panes_maximize (self, BP_N_PLOTS);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW + kind]);
}

/* What maximises and restores */

static void
toggle (BpPlotPanes *self,
        GtkWidget   *inside)
{
  for (guint i = 0; i < BP_N_PLOTS; i++)
    if (gtk_widget_is_ancestor (inside, self->panes[i].overlay))
      bp_plot_panes_maximize (self, self->maximized == i ? BP_N_PLOTS : i);
}

static void
pressed_cb (GtkGesture           *gesture,
            int                   n_press,
            G_GNUC_UNUSED double  x,
            G_GNUC_UNUSED double  y,
            BpPlotPanes          *self)
{
  if (n_press == 2)
    toggle (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

/* In all of the window, as the focus may be elsewhere; Escape means other things while no plot is maximised. */
static gboolean
escape_cb (GtkWidget              *widget,
           G_GNUC_UNUSED GVariant *args,
           G_GNUC_UNUSED gpointer  data)
{
  BpPlotPanes *self = BP_PLOT_PANES (widget);

  if (self->maximized == BP_N_PLOTS)
    return FALSE;
  bp_plot_panes_maximize (self, BP_N_PLOTS);

  return TRUE;
}

static void
add_escape (BpPlotPanes *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_MANAGED);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* Over the row's whole height at its right end. */
static void
add_more (BpPlotPanes *self)
{
  self->more = gtk_button_new_from_icon_name ("go-next-symbolic");
  gtk_widget_set_tooltip_text (self->more, _("More plots (M)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More plots"), -1);
  gtk_widget_set_focus_on_click (self->more, FALSE);
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "more-plots");
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->more, FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (bp_plot_panes_show_more), self);
}

static void
add_pane (BpPlotPanes *self,
          BpPlotKind   kind)
{
  Pane *pane = &self->panes[kind];
  GtkGesture *click = gtk_gesture_click_new ();

  pane->shown = TRUE;
  pane->view = bp_plot_view_new (kind);
  pane->overlay = gtk_overlay_new ();
  gtk_widget_add_css_class (pane->overlay, "card");
  gtk_overlay_set_child (GTK_OVERLAY (pane->overlay), pane->view);
  gtk_widget_set_parent (pane->overlay, GTK_WIDGET (self));

  pane->button = gtk_button_new ();
  gtk_widget_set_halign (pane->button, GTK_ALIGN_END);
  gtk_widget_set_valign (pane->button, GTK_ALIGN_END);
  gtk_widget_set_focus_on_click (pane->button, FALSE);
  gtk_widget_add_css_class (pane->button, "flat");
  gtk_widget_add_css_class (pane->button, "maximize-plot");
  g_signal_connect_swapped (pane->button, "clicked", G_CALLBACK (toggle), self);
  gtk_overlay_add_overlay (GTK_OVERLAY (pane->overlay), pane->button);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (pane->view, GTK_EVENT_CONTROLLER (click));

  if (kind == BP_PLOT_DATA || kind == BP_PLOT_CONFUSION)
    bp_plot_choosers_add (GTK_OVERLAY (pane->overlay));
}

/* The object */

static void
bp_plot_panes_get_property (GObject                  *object,
                            guint                     id,
                            GValue                   *value,
                            G_GNUC_UNUSED GParamSpec *pspec)
{
  BpPlotPanes *self = BP_PLOT_PANES (object);

  switch (id)
    {
    case PROP_MAXIMIZED:
      g_value_set_boolean (value, self->maximized != BP_N_PLOTS);
      break;
    case PROP_HAS_MORE:
      g_value_set_boolean (value, self->has_more);
      break;
    case PROP_LOG_SCALE:
      g_value_set_boolean (value, self->log_scale);
      break;
    case PROP_SMOOTHING:
      g_value_set_double (value, self->smoothing);
      break;
    default:
      g_value_set_boolean (value, self->panes[id - PROP_SHOW].shown);
    }
}

static void
set_log_scale (BpPlotPanes *self,
               gboolean     log_scale)
{
  if (self->log_scale == log_scale)
    return;

  self->log_scale = log_scale;
  for (guint i = 0; i < BP_N_PLOTS; i++)
    bp_plot_view_set_log_scale (BP_PLOT_VIEW (self->panes[i].view), log_scale);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG_SCALE]);
}

static void
set_smoothing (BpPlotPanes *self,
               double       smoothing)
{
  if (self->smoothing == smoothing)
    return;

  self->smoothing = smoothing;
  for (guint i = 0; i < BP_N_PLOTS; i++)
    bp_plot_view_set_smoothing (BP_PLOT_VIEW (self->panes[i].view), smoothing);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SMOOTHING]);
}

static void
bp_plot_panes_set_property (GObject                  *object,
                            guint                     id,
                            const GValue             *value,
                            G_GNUC_UNUSED GParamSpec *pspec)
{
  BpPlotPanes *self = BP_PLOT_PANES (object);

  switch (id)
    {
    case PROP_LOG_SCALE:
      set_log_scale (self, g_value_get_boolean (value));
      break;
    case PROP_SMOOTHING:
      set_smoothing (self, g_value_get_double (value));
      break;
    default:
      bp_plot_panes_set_shown (self, id - PROP_SHOW, g_value_get_boolean (value));
    }
}

static void
bp_plot_panes_dispose (GObject *object)
{
  BpPlotPanes *self = BP_PLOT_PANES (object);

  for (guint i = 0; i < BP_N_PLOTS; i++)
    g_clear_pointer (&self->panes[i].overlay, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  bp_run_watch (&self->run, NULL, self);

  G_OBJECT_CLASS (bp_plot_panes_parent_class)->dispose (object);
}

static void
bp_plot_panes_class_init (BpPlotPanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = bp_plot_panes_dispose;
  object_class->get_property = bp_plot_panes_get_property;
  object_class->set_property = bp_plot_panes_set_property;
  widget_class->measure = bp_plot_panes_measure;
  widget_class->size_allocate = bp_plot_panes_size_allocate;

  properties[PROP_MAXIMIZED] = g_param_spec_boolean ("maximized", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOG_SCALE] = g_param_spec_boolean ("log-scale", NULL, NULL, TRUE, flags);
  properties[PROP_SMOOTHING] = g_param_spec_double ("smoothing", NULL, NULL, 0, 0.9999, 0, flags);
  for (BpPlotKind kind = 0; kind < BP_N_PLOTS; kind++)
    {
      g_autofree char *name = g_strconcat ("show-", bp_plot_kind_get_name (kind), NULL);

      properties[PROP_SHOW + kind] = g_param_spec_boolean (g_intern_string (name), NULL, NULL, TRUE, flags);
    }
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "plotpanes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bp_plot_panes_init (BpPlotPanes *self)
{
  static const BpPlotKind over_iterations[] = {
    BP_PLOT_VARIABLE, BP_PLOT_ACCURACY, BP_PLOT_GRADIENTS, BP_PLOT_RATE,
  };

  self->maximized = BP_N_PLOTS;
  self->log_scale = TRUE;
  for (guint i = 0; i < BP_N_PLOTS; i++)
    add_pane (self, i);
  add_more (self);
  for (guint i = 0; i < G_N_ELEMENTS (over_iterations); i++)
    g_object_bind_property (self->panes[over_iterations[i]].view, "crosshair-iteration",
                            self->panes[BP_PLOT_LOSS].view, "crosshair-iteration", G_BINDING_BIDIRECTIONAL);
  add_escape (self);
  update (self);
}

void
bp_plot_panes_set_run (BpPlotPanes *self,
                       BpRun       *run)
{
  g_return_if_fail (BP_IS_PLOT_PANES (self));

  if (!bp_run_watch (&self->run, run, self))
    return;

  for (guint i = 0; i < BP_N_PLOTS; i++)
    bp_plot_view_set_run (BP_PLOT_VIEW (self->panes[i].view), run);
  if (run != NULL)
    g_signal_connect_object (run, "rebuilt", G_CALLBACK (start_over), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  start_over (self);
}

void
bp_plot_panes_arrange (BpPlotPanes      *self,
                       BpPlotArrangement arrangement)
{
  g_return_if_fail (BP_IS_PLOT_PANES (self));

  self->arrangement = arrangement;
  update (self);
}

BpPlotView *
bp_plot_panes_get_view (BpPlotPanes *self,
                        BpPlotKind   kind)
{
  g_return_val_if_fail (BP_IS_PLOT_PANES (self) && kind < BP_N_PLOTS, NULL);

  return BP_PLOT_VIEW (self->panes[kind].view);
}
