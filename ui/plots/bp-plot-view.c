/* bp-plot-view.c: a plot of a run as a widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-view-private.h"

#include <math.h>

#include "drawing/bp-palette-style.h"

/* Operations that one frame may spend on a plot: some milliseconds. */
#define BUDGET 4e6

#define MIN_WIDTH 100
#define MIN_HEIGHT 60

enum {
  PROP_CROSSHAIR_ITERATION = 1,
};

static GParamSpec *crosshair_property;

G_DEFINE_FINAL_TYPE (BpPlotView, bp_plot_view, GTK_TYPE_WIDGET)

/* Drawing */

static void
bp_plot_view_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  BpPlotView *self = BP_PLOT_VIEW (widget);
  const gint64 start = bp_plot_view_get_processor_time ();
  const BpPlot *plot = bp_plot_view_get_plot (self);
  g_autoptr (BpPlotReading) reading = bp_plot_view_get_reading (self);

  if (plot == NULL)
    return;

  bp_plot_canvas_snapshot (self->canvas, snapshot, gtk_widget_get_scale_factor (widget));
  bp_plot_view_rest (self, bp_plot_view_get_processor_time () - start);
  if (reading != NULL)
    bp_plot_canvas_snapshot_reading (self->canvas, snapshot, reading,
                                     bp_plot_is_over_iterations (plot) ? (double) self->crosshair : (double) NAN);
  bp_plot_view_snapshot_drag (self, snapshot);
}

static void
bp_plot_view_measure (G_GNUC_UNUSED GtkWidget *widget,
                      GtkOrientation           orientation,
                      G_GNUC_UNUSED int        for_size,
                      int                     *minimum,
                      int                     *natural,
                      G_GNUC_UNUSED int       *minimum_baseline,
                      G_GNUC_UNUSED int       *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = *minimum;
}

/* The width says how finely series are kept. */
static void
bp_plot_view_size_allocate (GtkWidget         *widget,
                            int                width,
                            int                height,
                            G_GNUC_UNUSED int  baseline)
{
  BpPlotView *self = BP_PLOT_VIEW (widget);

  if (bp_plot_canvas_set_size (self->canvas, width, height))
    bp_plot_view_set_stale (self);
}

static void
update_style (BpPlotView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  bp_plot_canvas_set_style (self->canvas, bp_palette_get (bp_palette_get_kind (adw_style_manager_get_default ())),
                            pango_context_get_font_description (context));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
bp_plot_view_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bp_plot_view_parent_class)->css_changed (widget, change);
  update_style (BP_PLOT_VIEW (widget));
}

/* Properties */

void
bp_plot_view_set_run (BpPlotView *view,
                      BpRun      *run)
{
  g_return_if_fail (BP_IS_PLOT_VIEW (view));

  if (!bp_run_watch (&view->run, run, view))
    return;

  if (run != NULL)
    {
      g_signal_connect_object (run, "changed", G_CALLBACK (bp_plot_view_follow_run), view, G_CONNECT_SWAPPED);
      g_signal_connect_object (run, "rebuilt", G_CALLBACK (bp_plot_view_start_over), view, G_CONNECT_SWAPPED);
    }
  bp_plot_view_start_over (view);
}

BpPlotKind
bp_plot_view_get_kind (BpPlotView *view)
{
  g_return_val_if_fail (BP_IS_PLOT_VIEW (view), BP_PLOT_VARIABLE);

  return view->kind;
}

void
bp_plot_view_set_kind (BpPlotView *view,
                       BpPlotKind  kind)
{
  g_return_if_fail (BP_IS_PLOT_VIEW (view));
  g_return_if_fail (kind < BP_N_PLOTS);

  if (view->kind == kind)
    return;

  view->kind = kind;
  bp_plot_view_start_over (view);
}

gboolean
bp_plot_view_get_log_scale (BpPlotView *view)
{
  g_return_val_if_fail (BP_IS_PLOT_VIEW (view), FALSE);

  return view->options.log_scale;
}

void
bp_plot_view_set_log_scale (BpPlotView *view,
                            gboolean    log_scale)
{
  g_return_if_fail (BP_IS_PLOT_VIEW (view));

  log_scale = log_scale != FALSE;
  if (view->options.log_scale == log_scale)
    return;

  view->options.log_scale = log_scale;
  bp_plot_view_set_stale (view);
}

double
bp_plot_view_get_smoothing (BpPlotView *view)
{
  g_return_val_if_fail (BP_IS_PLOT_VIEW (view), 0);

  return view->options.smoothing;
}

void
bp_plot_view_set_smoothing (BpPlotView *view,
                            double      smoothing)
{
  g_return_if_fail (BP_IS_PLOT_VIEW (view));
  g_return_if_fail (smoothing >= 0 && smoothing < 1);

  if (view->options.smoothing == smoothing)
    return;

  view->options.smoothing = smoothing;
  bp_plot_view_set_stale (view);
}

gint64
bp_plot_view_get_crosshair_iteration (BpPlotView *view)
{
  g_return_val_if_fail (BP_IS_PLOT_VIEW (view), -1);

  return view->crosshair;
}

void
bp_plot_view_set_crosshair_iteration (BpPlotView *view,
                                      gint64      iteration)
{
  g_return_if_fail (BP_IS_PLOT_VIEW (view));

  iteration = MAX (iteration, -1);
  if (view->crosshair == iteration)
    return;

  view->crosshair = iteration;
  gtk_widget_queue_draw (GTK_WIDGET (view));
  g_object_notify_by_pspec (G_OBJECT (view), crosshair_property);
}

static void
bp_plot_view_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (property_id == PROP_CROSSHAIR_ITERATION)
    g_value_set_int64 (value, BP_PLOT_VIEW (object)->crosshair);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
bp_plot_view_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (property_id == PROP_CROSSHAIR_ITERATION)
    bp_plot_view_set_crosshair_iteration (BP_PLOT_VIEW (object), g_value_get_int64 (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
bp_plot_view_dispose (GObject *object)
{
  BpPlotView *self = BP_PLOT_VIEW (object);

  bp_plot_view_drop_click (self);
  bp_run_watch (&self->run, NULL, self);

  G_OBJECT_CLASS (bp_plot_view_parent_class)->dispose (object);
}

static void
bp_plot_view_finalize (GObject *object)
{
  BpPlotView *self = BP_PLOT_VIEW (object);

  bp_plot_canvas_free (self->canvas);
  bp_plot_cache_free (self->cache);

  G_OBJECT_CLASS (bp_plot_view_parent_class)->finalize (object);
}

static void
bp_plot_view_class_init (BpPlotViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bp_plot_view_get_property;
  object_class->set_property = bp_plot_view_set_property;
  object_class->dispose = bp_plot_view_dispose;
  object_class->finalize = bp_plot_view_finalize;
  widget_class->snapshot = bp_plot_view_snapshot;
  widget_class->measure = bp_plot_view_measure;
  widget_class->size_allocate = bp_plot_view_size_allocate;
  widget_class->css_changed = bp_plot_view_css_changed;

  crosshair_property = g_param_spec_int64 ("crosshair-iteration", NULL, NULL, -1, G_MAXINT64, -1,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (object_class, PROP_CROSSHAIR_ITERATION, crosshair_property);

  bp_plot_view_class_init_keys (widget_class);
  bp_plot_view_class_init_start (widget_class);
  gtk_widget_class_set_css_name (widget_class, "plotview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bp_plot_view_init (BpPlotView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->options = BP_PLOT_OPTIONS_DEFAULT;
  self->crosshair = -1;
  self->is_stale = TRUE;
  self->cache = bp_plot_cache_new (BUDGET);
  self->canvas = bp_plot_canvas_new ();
  bp_plot_view_add_controllers (self);
  bp_plot_view_add_drag (self);
  bp_plot_view_init_keys (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update_style), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update_style), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (bp_plot_view_set_stale), NULL);
}

GtkWidget *
bp_plot_view_new (BpPlotKind kind)
{
  BpPlotView *self = g_object_new (BP_TYPE_PLOT_VIEW, NULL);

  self->kind = kind;

  return GTK_WIDGET (self);
}
