/* bp-plot-view-pointer.c: a plot of a run as a widget: what the pointer reads, and where a click goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-view-private.h"

#include <math.h>

/* How near the pointer has to be to a point, in em. */
#define REACH 2.5

static gint64
get_iteration_at (BpPlotView *self,
                  double      x)
{
  const BpPlotLayout *layout = bp_plot_canvas_get_layout (self->canvas);
  double position = (x - layout->area.x) / layout->area.width;
  const BpPlot *plot = bp_plot_view_get_plot (self);
  gint64 last = bp_plot_get_last_iteration (plot);

  if (position < -0.05 || position > 1.05 || last < 0)
    return -1;

  return CLAMP ((gint64) llround (bp_axis_unmap (&plot->x, position)), 0, last);
}

static const BpLayer *
find_nearest (BpPlotView *self,
              double      x,
              double      y,
              guint      *index)
{
  const BpPlotLayout *layout = bp_plot_canvas_get_layout (self->canvas);

  return bp_plot_layout_find_nearest (layout, bp_plot_view_get_plot (self), x, y, REACH * layout->em, index);
}

/* Returns: (nullable): the plot if there is anything to point at */
static const BpPlot *
get_visible_plot (BpPlotView *self)
{
  const BpPlot *plot = bp_plot_view_get_plot (self);

  return bp_plot_canvas_get_layout (self->canvas) != NULL ? plot : NULL;
}

/*
 * Over iterations the crosshair says what is read, and tells other views; elsewhere it is the point under the
 * pointer.
 */
static void
motion_cb (BpPlotView *self,
           double      x,
           double      y)
{
  const BpPlot *plot = get_visible_plot (self);

  /* What changes under a pointer that is still causes motion events too. */
  if (self->has_pointer && x == self->pointer_x && y == self->pointer_y)
    return;

  self->has_pointer = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  bp_plot_view_drop_keys (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   bp_plot_view_has_start_at (self, x, y) ? "crosshair"
                                   : bp_plot_view_find_sample (self, x, y) != BP_NO_ROW ? "grab" : NULL);
  if (plot != NULL && bp_plot_is_over_iterations (plot))
    bp_plot_view_set_crosshair_iteration (self, get_iteration_at (self, x));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (BpPlotView *self)
{
  self->has_pointer = FALSE;
  if (self->has_keys)
    return;

  bp_plot_view_set_crosshair_iteration (self, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
seek_to (BpPlotView *self,
         gint64      iteration)
{
  if (iteration < 0)
    return;

  self->seek = (BpPlotSeek) {
    .from = bp_trainer_get_cursor (bp_run_get_trainer (self->run)),
    .to = { .iteration = iteration },
    .playing = bp_run_get_playing (self->run),
    .running_to = bp_run_get_running_to (self->run),
    .is_done = TRUE,
  };
  bp_run_seek (self->run, self->seek.to);
}

/* Whether the run still stands where the last click led, or is under way there. */
static gboolean
is_where_sought (BpPlotView *self)
{
  const BpCursor now = bp_run_get_destination (self->run);

  return self->seek.is_done && now.iteration == self->seek.to.iteration && now.instruction == 0;
}

/*
 * Who clicks a plot to export or copy it must not lose where the run stands: the click that gives it the focus does no
 * more. A double click means something else than two clicks do: its first press seeks at once, as one alone would, its
 * second puts the run back.
 */
static void
pressed_cb (BpPlotView *self,
            int         n_press)
{
  const BpPlotSeek seek = self->seek;
  const gboolean is_second = n_press == 2 && is_where_sought (self);

  bp_plot_view_drop_click (self);
  self->seek.is_done = FALSE;
  if (n_press == 1)
    self->takes_focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) != GTK_WIDGET (self);
  if (!is_second)
    return;

  bp_run_seek (self->run, seek.from);
  if (seek.running_to > 0)
    bp_run_run_to (self->run, seek.running_to);
  else if (seek.playing)
    bp_run_set_playing (self->run, TRUE);
}

static void
released_cb (BpPlotView *self,
             int         n_press,
             double      x,
             double      y,
             GtkGesture *click)
{
  const BpPlot *plot = get_visible_plot (self);
  const GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  const gboolean is_start = (state & GDK_CONTROL_MASK) != 0 && bp_plot_view_has_start_at (self, x, y);
  const BpLayer *layer;
  guint index;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (plot == NULL || n_press > 1 || (self->takes_focus && !is_start))
    return;

  if (is_start)
    bp_plot_view_choose_start (self, x, y, TRUE);
  else if (bp_plot_is_over_iterations (plot))
    seek_to (self, get_iteration_at (self, x));
  else if ((layer = find_nearest (self, x, y, &index)) != NULL && bp_layer_get_iteration (layer, index) >= 0)
    seek_to (self, bp_layer_get_iteration (layer, index));
  else if (bp_plot_view_has_start_at (self, x, y))
    bp_plot_view_choose_start (self, x, y, FALSE);
  else if ((self->clicked_row = bp_plot_view_find_sample (self, x, y)) != BP_NO_ROW)
    {
      self->n_starts = 0;
      bp_plot_view_await_click (self);
    }
}

static BpPlotReading *
read_nearest (BpPlotView   *self,
              const BpPlot *plot,
              double        x,
              double        y)
{
  guint index;
  const BpLayer *layer = find_nearest (self, x, y, &index);

  return layer != NULL ? bp_plot_read_point (plot, layer, index) : NULL;
}

BpPlotReading *
bp_plot_view_get_reading (BpPlotView *self)
{
  const BpPlot *plot = get_visible_plot (self);
  const BpLayer *layer = bp_plot_view_get_key_layer (self);

  if (plot == NULL)
    return NULL;
  if (bp_plot_is_over_iterations (plot))
    return self->crosshair >= 0 ? bp_plot_read_iteration (plot, self->crosshair) : NULL;

  if (layer != NULL)
    return bp_plot_read_point (plot, layer, self->key_point);

  return self->has_pointer ? read_nearest (self, plot, self->pointer_x, self->pointer_y) : NULL;
}

char *
bp_plot_view_read (BpPlotView *view,
                   double      x,
                   double      y)
{
  g_autoptr (BpPlotReading) reading = NULL;

  g_return_val_if_fail (BP_IS_PLOT_VIEW (view), NULL);

  const BpPlot *plot = get_visible_plot (view);
  if (plot == NULL)
    return NULL;

  reading = bp_plot_is_over_iterations (plot) ? bp_plot_read_iteration (plot, get_iteration_at (view, x))
                                              : read_nearest (view, plot, x, y);

  return reading != NULL ? g_steal_pointer (&reading->text) : NULL;
}

void
bp_plot_view_add_controllers (BpPlotView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
