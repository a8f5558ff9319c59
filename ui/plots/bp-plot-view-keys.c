/* bp-plot-view-keys.c: a plot of a run as a widget: what the keys read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-view-private.h"

#include <math.h>

/* Whether keys go to the points of @layer one by one. */
static gboolean
is_readable (const BpLayer *layer)
{
  return !layer->is_cursor && layer->kind != BP_LAYER_RULE_X && layer->kind != BP_LAYER_RULE_Y
         && layer->kind != BP_LAYER_ARROW && bp_layer_get_n_points (layer) > 0;
}

/* Over iterations */

/* How far apart numbers are recorded, where they are recorded closest. */
static gint64
get_stride (const BpPlot *plot)
{
  gint64 stride = G_MAXINT64;

  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      if (layer->step > 0 && bp_layer_get_n_points (layer) > 0)
        stride = MIN (stride, (gint64) layer->step);
    }

  return stride;
}

/* The first press shows where the run stands. */
static void
move_over_iterations (BpPlotView   *self,
                      const BpPlot *plot,
                      BpPlotMove    move)
{
  const gint64 last = bp_plot_get_last_iteration (plot);
  const gint64 stride = get_stride (plot);
  const gint64 now = MIN (bp_trainer_get_cursor (bp_run_get_trainer (self->run)).iteration, last);
  gint64 iteration = self->crosshair;

  if (last < 0)
    return;

  if (move == BP_PLOT_MOVE_FIRST)
    iteration = 0;
  else if (move == BP_PLOT_MOVE_LAST)
    iteration = last;
  else if (iteration < 0)
    iteration = now - now % stride;
  else if (move == BP_PLOT_MOVE_NEXT)
    iteration = MIN (iteration - iteration % stride + stride, last);
  else if (move == BP_PLOT_MOVE_PREVIOUS)
    iteration = MAX (iteration - (iteration % stride > 0 ? iteration % stride : stride), 0);

  self->has_keys = TRUE;
  bp_plot_view_set_crosshair_iteration (self, iteration);
}

/* Elsewhere: from point to point of a layer */

static gboolean
comes_before (const BpLayer *layer,
              guint          a,
              guint          b)
{
  const double x = bp_layer_get_point (layer, a).x;
  const double y = bp_layer_get_point (layer, b).x;

  return x < y || (x == y && a < b);
}

/* The neighbour of a point that is on no line: from left to right. */
static guint
find_neighbour (const BpLayer *layer,
                guint          index,
                gboolean       forward)
{
  guint nearest = index;

  for (guint i = 0; i < bp_layer_get_n_points (layer); i++)
    {
      gboolean is_beyond = forward ? comes_before (layer, index, i) : comes_before (layer, i, index);
      gboolean is_nearer = forward ? comes_before (layer, i, nearest) : comes_before (layer, nearest, i);

      if (is_beyond && (nearest == index || is_nearer))
        nearest = i;
    }

  return nearest;
}

static guint
find_end (const BpLayer *layer,
          gboolean       last)
{
  guint end = 0;

  if (layer->joined)
    return last ? bp_layer_get_n_points (layer) - 1 : 0;

  for (guint i = 1; i < bp_layer_get_n_points (layer); i++)
    if (last ? comes_before (layer, end, i) : comes_before (layer, i, end))
      end = i;

  return end;
}

static guint
find_point (const BpLayer *layer,
            guint          index,
            BpPlotMove     move)
{
  const guint last = bp_layer_get_n_points (layer) - 1;
  const gboolean forward = move == BP_PLOT_MOVE_NEXT;

  if (move == BP_PLOT_MOVE_FIRST || move == BP_PLOT_MOVE_LAST)
    return find_end (layer, move == BP_PLOT_MOVE_LAST);
  if (!layer->joined)
    return find_neighbour (layer, index, forward);

  return forward ? MIN (index + 1, last) : MAX (index, 1) - 1;
}

/* The point of @layer nearest to @place, as the axes have it. */
static guint
find_nearest (const BpPlot  *plot,
              const BpLayer *layer,
              BpPlotPoint    place)
{
  double least = INFINITY;
  guint nearest = 0;

  for (guint i = 0; i < bp_layer_get_n_points (layer); i++)
    {
      BpPlotPoint point = bp_layer_get_point (layer, i);
      double distance = hypot (bp_axis_map (&plot->x, point.x) - bp_axis_map (&plot->x, place.x),
                               bp_axis_map (&plot->y, point.y) - bp_axis_map (&plot->y, place.y));

      if (distance < least)
        {
          nearest = i;
          least = distance;
        }
    }

  return nearest;
}

/* Where the run stands, if the plot shows that; else at the left. */
static void
begin (BpPlotView   *self,
       const BpPlot *plot,
       guint         layer)
{
  const BpLayer *line = bp_plot_get_layer (plot, layer);

  self->key_layer = layer;
  self->key_point = find_end (line, FALSE);
  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *cursor = bp_plot_get_layer (plot, i);

      if (cursor->is_cursor && cursor->kind == BP_LAYER_POINTS && bp_layer_get_n_points (cursor) > 0)
        self->key_point = find_nearest (plot, line, bp_layer_get_point (cursor, 0));
    }
}

/* The next readable layer after @layer, or before it, around the ends; G_MAXUINT when there is none. */
static guint
find_layer (const BpPlot *plot,
            guint         layer,
            gboolean      forward)
{
  const guint n = plot->layers->len;

  for (guint i = 1; i <= n; i++)
    {
      guint other = (layer + (forward ? i : n - i % n)) % n;

      if (is_readable (bp_plot_get_layer (plot, other)))
        return other;
    }

  return G_MAXUINT;
}

static void
move_over_points (BpPlotView   *self,
                  const BpPlot *plot,
                  BpPlotMove    move)
{
  const BpLayer *layer = bp_plot_view_get_key_layer (self);
  const gboolean is_other = move == BP_PLOT_MOVE_OTHER || move == BP_PLOT_MOVE_OTHER_BACK;
  guint other;

  if (layer != NULL && !is_other)
    {
      self->key_point = find_point (layer, self->key_point, move);
      return;
    }

  other = layer != NULL ? find_layer (plot, self->key_layer, move == BP_PLOT_MOVE_OTHER)
                        : find_layer (plot, plot->layers->len - 1, TRUE);
  if (other == G_MAXUINT)
    return;
  if (layer == NULL)
    begin (self, plot, other);
  else
    {
      self->key_point = find_nearest (plot, bp_plot_get_layer (plot, other),
                                      bp_layer_get_point (layer, self->key_point));
      self->key_layer = other;
    }
  self->has_keys = TRUE;
}

const BpLayer *
bp_plot_view_get_key_layer (BpPlotView *self)
{
  const BpPlot *plot = bp_plot_view_get_plot (self);

  if (!self->has_keys || plot == NULL || self->key_layer >= plot->layers->len)
    return NULL;

  const BpLayer *layer = bp_plot_get_layer (plot, self->key_layer);

  return is_readable (layer) && self->key_point < bp_layer_get_n_points (layer) ? layer : NULL;
}

/* Keys */

static gboolean
move_cb (GtkWidget              *widget,
         GVariant               *args,
         G_GNUC_UNUSED gpointer  data)
{
  BpPlotView *self = BP_PLOT_VIEW (widget);
  const BpPlot *plot = bp_plot_view_get_plot (self);
  const BpPlotMove move = (BpPlotMove) g_variant_get_int32 (args);

  if (plot == NULL)
    return GDK_EVENT_PROPAGATE;

  if (bp_plot_is_over_iterations (plot))
    move_over_iterations (self, plot, move);
  else if (plot->layers->len > 0)
    move_over_points (self, plot, move);
  gtk_widget_queue_draw (widget);
  bp_plot_view_update_accessible (self);

  return GDK_EVENT_STOP;
}

static gboolean
seek_cb (GtkWidget              *widget,
         G_GNUC_UNUSED GVariant *args,
         G_GNUC_UNUSED gpointer  data)
{
  BpPlotView *self = BP_PLOT_VIEW (widget);
  const BpPlot *plot = bp_plot_view_get_plot (self);
  const BpLayer *layer = bp_plot_view_get_key_layer (self);
  gint64 iteration = -1;

  if (plot == NULL)
    return GDK_EVENT_PROPAGATE;

  if (bp_plot_is_over_iterations (plot))
    iteration = self->crosshair;
  else if (layer != NULL)
    iteration = bp_layer_get_iteration (layer, self->key_point);
  if (iteration < 0)
    return GDK_EVENT_PROPAGATE;

  bp_run_seek (self->run, (BpCursor) { .iteration = iteration });

  return GDK_EVENT_STOP;
}

gboolean
bp_plot_view_drop_keys (BpPlotView *self)
{
  if (!self->has_keys)
    return FALSE;

  self->has_keys = FALSE;
  bp_plot_view_set_crosshair_iteration (self, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  bp_plot_view_update_accessible (self);

  return TRUE;
}

static gboolean
escape_cb (GtkWidget              *widget,
           G_GNUC_UNUSED GVariant *args,
           G_GNUC_UNUSED gpointer  data)
{
  return bp_plot_view_drop_keys (BP_PLOT_VIEW (widget));
}

static void
leave_cb (BpPlotView *self)
{
  bp_plot_view_drop_keys (self);
}

void
bp_plot_view_class_init_keys (GtkWidgetClass *widget_class)
{
  static const struct {
    guint      key;
    guint      keypad;
    BpPlotMove move;
  } keys[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, BP_PLOT_MOVE_PREVIOUS },
    { GDK_KEY_Right, GDK_KEY_KP_Right, BP_PLOT_MOVE_NEXT },
    { GDK_KEY_Home, GDK_KEY_KP_Home, BP_PLOT_MOVE_FIRST },
    { GDK_KEY_End, GDK_KEY_KP_End, BP_PLOT_MOVE_LAST },
    { GDK_KEY_Up, GDK_KEY_KP_Up, BP_PLOT_MOVE_OTHER_BACK },
    { GDK_KEY_Down, GDK_KEY_KP_Down, BP_PLOT_MOVE_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i].key, GDK_ALT_MASK, move_cb, "i", keys[i].move);
      gtk_widget_class_add_binding (widget_class, keys[i].keypad, GDK_ALT_MASK, move_cb, "i", keys[i].move);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, seek_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_ISO_Enter, 0, seek_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, seek_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

void
bp_plot_view_init_keys (BpPlotView *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
