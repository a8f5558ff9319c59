/* bp-plot-view-start.c: a plot of a run as a widget: a click or keys say where parameters start
 *
 * The axes of a loss curve and of a loss surface are parameters, so that a place in them is a start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

/* How many presses of a key it takes across a plot. */
#define N_STEPS 50

/* Where an axis is not known that well, more digits of a start mean nothing. */
static double
round_to (double value,
          double precision)
{
  const int decimals = (int) CLAMP (ceil (-log10 (precision)), 0, 15);
  g_autofree char *text = NULL;
  char format[16], buffer[G_ASCII_DTOSTR_BUF_SIZE + 320];

  g_snprintf (format, sizeof format, "%%.%df", decimals);
  text = g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));

  return g_ascii_strtod (text, NULL);
}

static double
get_precision (const BpAxis *axis,
               double        n)
{
  return (axis->maximum - axis->minimum) / MAX (1, n);
}

double
bp_plot_view_get_value_at (const BpAxis *axis,
                           double        part,
                           double        length)
{
  return round_to (bp_axis_unmap (axis, part), get_precision (axis, length)) + 0.0;
}

gboolean
bp_plot_view_has_start_at (BpPlotView *self,
                           double      x,
                           double      y)
{
  const BpPlot *plot = bp_plot_view_get_plot (self);
  const BpPlotLayout *layout = bp_plot_canvas_get_layout (self->canvas);
  const cairo_rectangle_t *area;

  if (plot == NULL || layout == NULL || plot->x_parameter < 0)
    return FALSE;
  area = &layout->area;

  return x >= area->x && x <= area->x + area->width && y >= area->y && y <= area->y + area->height;
}

static void
say_start (BpPlotView *self)
{
  const BpRunStart *starts = self->starts;
  BpGraph *graph = bp_trainer_get_graph (bp_run_get_trainer (self->run));
  g_autofree char *name = bp_plot_get_parameter_name (graph, starts[0].parameter);
  g_autofree char *value = bp_number_format (starts[0].value);
  g_autofree char *text = NULL;

  if (self->n_starts > 1)
    {
      g_autofree char *second = bp_plot_get_parameter_name (graph, starts[1].parameter);
      g_autofree char *second_value = bp_number_format (starts[1].value);

      /* Translators: the names of two parameters and where they start. */
      text = g_strdup_printf (_("%s starts at %s now and %s at %s; Ctrl+Z takes it back."), name, value, second,
                              second_value);
    }
  else
    /* Translators: the name of a parameter and where it starts. */
    text = g_strdup_printf (_("%s starts at %s now; Ctrl+Z takes it back."), name, value);
  g_signal_emit_by_name (self->run, "message", text);
}

static void
set_starts (BpPlotView *self,
            BpRunStroke stroke)
{
  g_autoptr (GError) error = NULL;

  if (!bp_run_set_starts (self->run, self->starts, self->n_starts, stroke, &error))
    g_signal_emit_by_name (self->run, "message", error->message);
  else if (stroke == BP_STROKE_NEW)
    say_start (self);
}

static gboolean
timeout_cb (gpointer data)
{
  BpPlotView *self = data;

  self->click_timeout = 0;
  if (self->n_starts > 0)
    set_starts (self, BP_STROKE_NEW);
  else
    bp_plot_view_feed_sample (self);

  return G_SOURCE_REMOVE;
}

void
bp_plot_view_drop_click (BpPlotView *self)
{
  g_clear_handle_id (&self->click_timeout, g_source_remove);
}

/* A double click means something else, and a run that starts over for its first press is not to be had back whole. */
void
bp_plot_view_await_click (BpPlotView *self)
{
  int time;

  bp_plot_view_drop_click (self);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &time, NULL);
  self->click_timeout = g_timeout_add ((guint) time, timeout_cb, self);
}

void
bp_plot_view_choose_start (BpPlotView *self,
                           double      x,
                           double      y,
                           gboolean    at_once)
{
  const BpPlot *plot = bp_plot_view_get_plot (self);
  const cairo_rectangle_t *area = &bp_plot_canvas_get_layout (self->canvas)->area;

  self->n_starts = 1;
  self->starts[0] = (BpRunStart) { (gsize) plot->x_parameter,
                                   bp_plot_view_get_value_at (&plot->x, (x - area->x) / area->width, area->width) };
  if (plot->y_parameter >= 0)
    self->starts[self->n_starts++]
      = (BpRunStart) { (gsize) plot->y_parameter,
                       bp_plot_view_get_value_at (&plot->y, 1 - (y - area->y) / area->height, area->height) };
  if (at_once)
    set_starts (self, BP_STROKE_NEW);
  else
    bp_plot_view_await_click (self);
}

/* Keys */

static gboolean
move_cb (GtkWidget              *widget,
         GVariant               *args,
         G_GNUC_UNUSED gpointer  data)
{
  BpPlotView *self = BP_PLOT_VIEW (widget);
  const BpPlot *plot = bp_plot_view_get_plot (self);
  const BpAxis *axis;
  gssize parameter;
  double step;
  int direction;
  gboolean is_upright;

  g_variant_get (args, "(bi)", &is_upright, &direction);
  if (plot == NULL || (parameter = is_upright ? plot->y_parameter : plot->x_parameter) < 0)
    return GDK_EVENT_PROPAGATE;

  axis = is_upright ? &plot->y : &plot->x;
  step = bp_number_round (get_precision (axis, N_STEPS), 1);
  bp_plot_view_drop_click (self);
  self->n_starts = 1;
  self->starts[0] = (BpRunStart) { (gsize) parameter,
                                   round_to (bp_run_get_start (self->run, (gsize) parameter) + direction * step,
                                             step / 10) + 0.0 };
  set_starts (self, BP_STROKE_KEY);

  return GDK_EVENT_STOP;
}

void
bp_plot_view_class_init_start (GtkWidgetClass *widget_class)
{
  static const struct {
    guint    key;
    guint    keypad;
    gboolean is_upright;
    int      direction;
  } keys[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, FALSE, -1 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, FALSE, 1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, TRUE, -1 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, TRUE, 1 },
  };
  const GdkModifierType modifiers = GDK_ALT_MASK | GDK_SHIFT_MASK;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i].key, modifiers, move_cb, "(bi)", keys[i].is_upright,
                                    keys[i].direction);
      gtk_widget_class_add_binding (widget_class, keys[i].keypad, modifiers, move_cb, "(bi)", keys[i].is_upright,
                                    keys[i].direction);
    }
}
