/* bp-plot-view-sample.c: a plot of a run as a widget: samples are clicked to be fed, and dragged to be others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "drawing/bp-palette-style.h"

/* How near to a mark the pointer has to be, in em, and how large the mark is that is dragged. */
#define REACH 0.7
#define RADIUS 0.5

/* Of more samples marks lie so close that none is meant. */
#define MAX_SAMPLES 100000

static double
get_distance (const BpPlotLayout *layout,
              const BpPlot       *plot,
              BpPlotPoint         at,
              double              x,
              double              y)
{
  const double strip = fabs (bp_plot_layout_map_y (layout, plot, at.y + plot->strip / 2)
                             - bp_plot_layout_map_y (layout, plot, at.y));

  return hypot (bp_plot_layout_map_x (layout, plot, at.x) - x,
                MAX (0, fabs (bp_plot_layout_map_y (layout, plot, at.y) - y) - strip));
}

/* The columns that the axes are of. Returns: whether samples have marks */
static gboolean
get_columns (BpPlotView    *self,
             const double **xs,
             const double **ys)
{
  const BpPlot *plot = bp_plot_view_get_plot (self);
  BpDataset *dataset = self->run != NULL ? bp_trainer_get_dataset (bp_run_get_trainer (self->run)) : NULL;

  if (plot == NULL || plot->x_column < 0 || plot->y_column < 0 || bp_plot_canvas_get_layout (self->canvas) == NULL
      || bp_dataset_get_n_samples (dataset) > MAX_SAMPLES)
    return FALSE;
  *xs = bp_dataset_get_column (dataset, (guint) plot->x_column);
  *ys = bp_dataset_get_column (dataset, (guint) plot->y_column);

  return TRUE;
}

gsize
bp_plot_view_find_sample (BpPlotView *self,
                          double      x,
                          double      y)
{
  const BpPlotLayout *layout = bp_plot_canvas_get_layout (self->canvas);
  const BpPlot *plot = bp_plot_view_get_plot (self);
  const double *xs, *ys;
  gsize nearest = BP_NO_ROW;
  double least;

  if (!get_columns (self, &xs, &ys))
    return BP_NO_ROW;

  least = REACH * layout->em;
  for (gsize i = 0; i < bp_dataset_get_n_samples (bp_trainer_get_dataset (bp_run_get_trainer (self->run))); i++)
    {
      const double distance = get_distance (layout, plot, (BpPlotPoint) { xs[i], ys[i] }, x, y);

      if (distance < least)
        {
          nearest = i;
          least = distance;
        }
    }

  return nearest;
}

void
bp_plot_view_feed_sample (BpPlotView *self)
{
  g_autofree char *number = g_strdup_printf ("%zu", self->clicked_row + 1);
  g_autoptr (GError) error = NULL;

  if (bp_run_get_can_choose_batch (self->run) && !bp_run_choose_batch (self->run, number, &error))
    g_signal_emit_by_name (self->run, "message", error->message);
}

/* Dragging */

/* Where the dragged mark is: within the axes, and of a class on its line. */
static BpPlotPoint
get_place (BpPlotView *self)
{
  const cairo_rectangle_t *area = &bp_plot_canvas_get_layout (self->canvas)->area;
  const double *xs, *ys;
  BpPlotPoint place = { CLAMP (self->drag_x, area->x, area->x + area->width),
                        CLAMP (self->drag_y, area->y, area->y + area->height) };

  if (bp_plot_view_get_plot (self)->strip > 0 && get_columns (self, &xs, &ys))
    place.y = bp_plot_layout_map_y (bp_plot_canvas_get_layout (self->canvas), bp_plot_view_get_plot (self),
                                    ys[self->dragged_row]);

  return place;
}

void
bp_plot_view_snapshot_drag (BpPlotView  *self,
                            GtkSnapshot *snapshot)
{
  const double *xs, *ys;

  if (!self->is_dragging || !get_columns (self, &xs, &ys))
    return;

  const double radius = RADIUS * bp_plot_canvas_get_layout (self->canvas)->em;
  const BpPlotPoint place = get_place (self);
  const GdkRGBA *color
    = &bp_palette_get (bp_palette_get_kind (adw_style_manager_get_default ()))->colors[BP_COLOR_VALUE];
  const float widths[4] = { 3, 3, 3, 3 };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (&circle, &GRAPHENE_RECT_INIT ((float) (place.x - radius), (float) (place.y - radius),
                                                                 (float) (2 * radius), (float) (2 * radius)),
                                   (float) radius);
  gtk_snapshot_append_border (snapshot, &circle, widths, colors);
}

static void
move_sample (BpPlotView *self)
{
  const BpPlot *plot = bp_plot_view_get_plot (self);
  const cairo_rectangle_t *area = &bp_plot_canvas_get_layout (self->canvas)->area;
  const BpPlotPoint place = get_place (self);
  const guint columns[] = { (guint) plot->x_column, (guint) plot->y_column };
  const double values[] = {
    bp_plot_view_get_value_at (&plot->x, (place.x - area->x) / area->width, area->width),
    bp_plot_view_get_value_at (&plot->y, 1 - (place.y - area->y) / area->height, area->height),
  };
  g_autofree char *text = g_strdup_printf (_("Sample no. %zu has other numbers now; Ctrl+Z takes it back."),
                                           self->dragged_row + 1);
  g_autoptr (GError) error = NULL;

  if (bp_run_edit_sample (self->run, self->dragged_row, columns, values, plot->strip > 0 ? 1 : 2, &error))
    g_signal_emit_by_name (self->run, "message", text);
  else
    g_signal_emit_by_name (self->run, "message", error->message);
}

static void
begin_cb (BpPlotView *self,
          double      x,
          double      y,
          GtkGesture *drag)
{
  self->is_dragging = FALSE;
  self->dragged_row = bp_plot_view_find_sample (self, x, y);
  self->drag_start = (BpPlotPoint) { x, y };
  if (self->dragged_row == BP_NO_ROW)
    gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_DENIED);
}

static void
update_cb (BpPlotView     *self,
           double          dx,
           double          dy,
           GtkGestureDrag *drag)
{
  if (self->dragged_row == BP_NO_ROW)
    return;
  if (!self->is_dragging && !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
    return;

  /* From here on it is no click. */
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  self->is_dragging = TRUE;
  self->drag_x = self->drag_start.x + dx;
  self->drag_y = self->drag_start.y + dy;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The data may have become others meanwhile. */
static void
end_cb (BpPlotView *self)
{
  const double *xs, *ys;

  if (!self->is_dragging)
    return;
  if (get_columns (self, &xs, &ys)
      && self->dragged_row < bp_dataset_get_n_samples (bp_trainer_get_dataset (bp_run_get_trainer (self->run))))
    move_sample (self);
  self->is_dragging = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cancel_cb (BpPlotView *self)
{
  self->is_dragging = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
bp_plot_view_add_drag (BpPlotView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
