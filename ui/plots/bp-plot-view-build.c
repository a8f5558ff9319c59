/* bp-plot-view-build.c: when a plot of a run is made anew, and what of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network.h"
#include "plots/bp-plot-view-private.h"

#include <time.h>

/* While a run plays, a plot that took long is drawn again after so many times what that was, in whole frames, of which
 * one has so many microseconds. Training and the other plots have the time. */
#define REST 48
#define FRAME 16000
#define MAX_REST 60

void
bp_plot_view_set_stale (BpPlotView *self)
{
  self->is_stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* While a run plays the description would change faster than anyone can listen. */
void
bp_plot_view_update_accessible (BpPlotView *self)
{
  const BpPlot *plot = bp_plot_canvas_get_plot (self->canvas);
  g_autoptr (BpPlotReading) reading = self->has_keys ? bp_plot_view_get_reading (self) : NULL;
  const char *description = plot != NULL && plot->description != NULL ? plot->description : "";

  if (self->run != NULL && bp_run_get_playing (self->run))
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, plot != NULL ? plot->title : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reading != NULL ? reading->text : description,
                                  -1);
}

static gboolean
is_resting (BpPlotView *self)
{
  return self->rest > 0 && self->run != NULL && bp_run_get_playing (self->run);
}

/* In the frame after the last of a rest, or after the one in which a plot could not be completed. */
static gboolean
complete_cb (GtkWidget                   *widget,
             G_GNUC_UNUSED GdkFrameClock *clock,
             G_GNUC_UNUSED gpointer       data)
{
  BpPlotView *self = BP_PLOT_VIEW (widget);
  const BpPlot *plot = bp_plot_canvas_get_plot (self->canvas);

  self->rest -= self->rest > 0;
  if (is_resting (self))
    return G_SOURCE_CONTINUE;

  self->tick = 0;
  if (self->is_stale || (plot != NULL && !plot->is_complete))
    bp_plot_view_set_stale (self);

  return G_SOURCE_REMOVE;
}

static void
complete_later (BpPlotView *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), complete_cb, NULL, NULL);
}

/* Two buckets for each pixel are as fine as the columns drawn of them. */
static guint
get_max_buckets (BpPlotView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)) * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  return width > 0 ? 2 * (guint) width : 0;
}

static void
build (BpPlotView *self)
{
  BpPlot *plot = NULL;

  self->is_stale = self->is_rebuilt = FALSE;
  if (self->run != NULL)
    {
      self->options.parameter = bp_run_get_selected_parameter (self->run);
      self->options.row = bp_network_find_row (bp_run_get_trainer (self->run), bp_run_get_selected_node (self->run),
                                               bp_run_get_selected_element (self->run));
      self->options.references = bp_run_get_references (self->run);
      self->options.max_buckets = get_max_buckets (self);
      self->options.height = (guint) gtk_widget_get_height (GTK_WIDGET (self));
      self->options.predict_first = bp_run_get_predict_first (self->run);
      self->options.hide_gradients = bp_run_get_gradients_hidden (self->run);
      plot = bp_plot_new_from_trainer (self->kind, bp_run_get_trainer (self->run), &self->options, self->cache);
      if (!plot->is_complete)
        complete_later (self);
    }
  bp_plot_canvas_set_plot (self->canvas, plot);
  bp_plot_view_update_accessible (self);
}

const BpPlot *
bp_plot_view_get_plot (BpPlotView *view)
{
  g_return_val_if_fail (BP_IS_PLOT_VIEW (view), NULL);

  if (view->is_stale)
    build (view);

  return bp_plot_canvas_get_plot (view->canvas);
}

void
bp_plot_view_set_inputs (BpPlotView *view,
                         guint       x,
                         guint       y)
{
  g_return_if_fail (BP_IS_PLOT_VIEW (view));

  if (view->options.x_input == x && view->options.y_input == y)
    return;

  view->options.x_input = x;
  view->options.y_input = y;
  bp_plot_view_set_stale (view);
}

void
bp_plot_view_set_test_rows (BpPlotView *view,
                            gboolean    test_rows)
{
  g_return_if_fail (BP_IS_PLOT_VIEW (view));

  if (view->options.test_rows == test_rows)
    return;

  view->options.test_rows = test_rows;
  bp_plot_view_set_stale (view);
}

const BpPlotOptions *
bp_plot_view_get_options (BpPlotView *view)
{
  g_return_val_if_fail (BP_IS_PLOT_VIEW (view), NULL);

  return &view->options;
}

static gboolean
same_range (const BpAxis *a,
            const BpAxis *b)
{
  return a->scale == b->scale && a->minimum == b->minimum && a->maximum == b->maximum;
}

void
bp_plot_view_set_shared (BpPlotView        *view,
                         const BpPlotFrame *shared)
{
  g_return_if_fail (BP_IS_PLOT_VIEW (view));

  if ((shared == NULL) == (view->options.shared == NULL)
      && (shared == NULL || (same_range (&shared->x, &view->shared.x) && same_range (&shared->y, &view->shared.y))))
    return;

  view->shared = shared != NULL ? *shared : (BpPlotFrame) { 0 };
  view->options.shared = shared != NULL ? &view->shared : NULL;
  bp_plot_view_set_stale (view);
}

void
bp_plot_view_follow_run (BpPlotView *self)
{
  if (is_resting (self))
    {
      self->is_stale = TRUE;
      return;
    }

  /* Who cannot see it is told of it whether or not it is drawn, but not before whatever loads another run is done. */
  bp_plot_view_set_stale (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !self->is_rebuilt && !bp_run_get_playing (self->run))
    bp_plot_view_get_plot (self);
}

void
bp_plot_view_start_over (BpPlotView *self)
{
  bp_plot_view_drop_click (self);
  self->is_rebuilt = TRUE;
  bp_plot_view_set_stale (self);
}

gint64
bp_plot_view_get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

void
bp_plot_view_rest (BpPlotView *self,
                   gint64      taken)
{
  const gboolean is_playing = self->run != NULL && bp_run_get_playing (self->run);

  self->rest = is_playing ? (guint) MIN (REST * taken / FRAME, MAX_REST) : 0;
  if (self->rest > 0)
    complete_later (self);
}
