/* bp-plot-panes.c: the plots of a run beside each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-panes.h"

#include <glib/gi18n-lib.h>

#define SPACING 10

/* One plot, and the button that maximises it. */
typedef struct {
  GtkWidget *overlay;
  GtkWidget *view;
  GtkWidget *button;
  gboolean   shown;
} Pane;

struct _BpPlotPanes {
  GtkWidget         parent_instance;

  BpRun            *run;
  Pane              panes[BP_N_PLOTS];
  BpPlotKind        maximized;
  BpPlotArrangement arrangement;
  gboolean          log_scale;
  double            smoothing;
};

/* PROP_SHOW + kind is whether a plot is shown. */
enum {
  PROP_RUN = 1,
  PROP_MAXIMIZED,
  PROP_LOG_SCALE,
  PROP_SMOOTHING,
  PROP_SHOW,
  N_PROPS = PROP_SHOW + BP_N_PLOTS
};

static const char * const show_names[BP_N_PLOTS] = { "show-variable", "show-loss", "show-curve", "show-data" };

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

static void
place (BpPlotPanes *self,
       BpPlotKind   kind,
       int          column,
       int          row,
       int          n_rows)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkLayoutChild   *child = gtk_layout_manager_get_layout_child (layout, self->panes[kind].overlay);

  g_object_set (child, "column", column, "row", row, "row-span", n_rows, NULL);
}

/* In a lecture the plots over iterations come last, stacked if that is the arrangement. */
static void
place_all (BpPlotPanes *self)
{
  static const BpPlotKind order[BP_N_PLOTS] = { BP_PLOT_DATA, BP_PLOT_CURVE, BP_PLOT_VARIABLE, BP_PLOT_LOSS };
  gboolean is_stacked = self->arrangement == BP_PLOTS_STACKED
                        && gtk_widget_get_visible (self->panes[BP_PLOT_VARIABLE].overlay)
                        && gtk_widget_get_visible (self->panes[BP_PLOT_LOSS].overlay);
  int column = 0;

  for (guint i = 0; i < BP_N_PLOTS; i++)
    {
      BpPlotKind kind = self->arrangement != BP_PLOTS_BESIDE ? order[i] : i;

      if (!gtk_widget_get_visible (self->panes[kind].overlay))
        continue;
      if (is_stacked && (kind == BP_PLOT_VARIABLE || kind == BP_PLOT_LOSS))
        place (self, kind, column, kind == BP_PLOT_LOSS, 1);
      else
        place (self, kind, column++, 0, 2);
    }
}

/* The fourth plot where there is room for three: a histogram, which the others do not need, or the parameters. */
static BpPlotKind
find_left_out (BpPlotPanes *self)
{
  const BpPlot *data = bp_plot_view_get_plot (BP_PLOT_VIEW (self->panes[BP_PLOT_DATA].view));

  for (guint i = 0; i < BP_N_PLOTS; i++)
    if (!self->panes[i].shown)
      return BP_N_PLOTS;
  for (guint i = 0; data != NULL && i < data->layers->len; i++)
    if (bp_plot_get_layer (data, i)->kind == BP_LAYER_BARS)
      return BP_PLOT_DATA;

  return BP_PLOT_VARIABLE;
}

static void
update (BpPlotPanes *self)
{
  const BpPlotKind left_out = self->arrangement == BP_PLOTS_THREE ? find_left_out (self) : BP_N_PLOTS;
  gboolean is_any = FALSE;

  for (guint i = 0; i < BP_N_PLOTS; i++)
    {
      gboolean visible = self->maximized == BP_N_PLOTS ? self->panes[i].shown && i != left_out : self->maximized == i;

      gtk_widget_set_visible (self->panes[i].overlay, visible);
      update_button (self, i);
      is_any |= visible;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), is_any);
  if (self->maximized != BP_N_PLOTS)
    gtk_widget_add_css_class (GTK_WIDGET (self), "maximized");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "maximized");
  place_all (self);
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

  g_object_bind_property (self, "run", pane->view, "run", G_BINDING_DEFAULT);
  g_object_bind_property (self, "log-scale", pane->view, "log-scale", G_BINDING_DEFAULT);
  g_object_bind_property (self, "smoothing", pane->view, "smoothing", G_BINDING_DEFAULT);
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
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_MAXIMIZED:
      g_value_set_boolean (value, self->maximized != BP_N_PLOTS);
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
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG_SCALE]);
}

static void
set_smoothing (BpPlotPanes *self,
               double       smoothing)
{
  if (self->smoothing == smoothing)
    return;

  self->smoothing = smoothing;
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
    case PROP_RUN:
      bp_plot_panes_set_run (self, g_value_get_object (value));
      break;
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
  g_clear_object (&self->run);

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

  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, BP_TYPE_RUN, flags);
  properties[PROP_MAXIMIZED] = g_param_spec_boolean ("maximized", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOG_SCALE] = g_param_spec_boolean ("log-scale", NULL, NULL, TRUE, flags);
  properties[PROP_SMOOTHING] = g_param_spec_double ("smoothing", NULL, NULL, 0, 0.9999, 0, flags);
  for (guint i = 0; i < BP_N_PLOTS; i++)
    properties[PROP_SHOW + i] = g_param_spec_boolean (show_names[i], NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "plotpanes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_GRID_LAYOUT);
}

static void
bp_plot_panes_init (BpPlotPanes *self)
{
  GtkGridLayout *layout = GTK_GRID_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_grid_layout_set_column_homogeneous (layout, TRUE);
  gtk_grid_layout_set_row_homogeneous (layout, TRUE);
  gtk_grid_layout_set_column_spacing (layout, SPACING);
  gtk_grid_layout_set_row_spacing (layout, SPACING);
  self->maximized = BP_N_PLOTS;
  self->log_scale = TRUE;
  for (guint i = 0; i < BP_N_PLOTS; i++)
    add_pane (self, i);
  g_object_bind_property (self->panes[BP_PLOT_VARIABLE].view, "crosshair-iteration",
                          self->panes[BP_PLOT_LOSS].view, "crosshair-iteration", G_BINDING_BIDIRECTIONAL);
  add_escape (self);
  update (self);
}

GtkWidget *
bp_plot_panes_new (BpRun *run)
{
  return g_object_new (BP_TYPE_PLOT_PANES, "run", run, NULL);
}

BpRun *
bp_plot_panes_get_run (BpPlotPanes *self)
{
  g_return_val_if_fail (BP_IS_PLOT_PANES (self), NULL);

  return self->run;
}

void
bp_plot_panes_set_run (BpPlotPanes *self,
                       BpRun       *run)
{
  g_return_if_fail (BP_IS_PLOT_PANES (self));
  g_return_if_fail (run == NULL || BP_IS_RUN (run));

  if (self->run == run)
    return;

  if (self->run != NULL)
    g_signal_handlers_disconnect_by_func (self->run, update, self);
  g_set_object (&self->run, run);
  if (run != NULL)
    g_signal_connect_object (run, "rebuilt", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
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
