/* bp-plot-read.c: the numbers of a plot at one place, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-read.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* Of more lines only so many are listed. */
#define MAX_LINES 8

void
bp_plot_reading_free (BpPlotReading *reading)
{
  if (reading == NULL)
    return;

  g_free (reading->text);
  g_array_unref (reading->points);
  g_free (reading);
}

static BpPlotReading *
reading_new (void)
{
  BpPlotReading *reading = g_new0 (BpPlotReading, 1);

  reading->points = g_array_new (FALSE, FALSE, sizeof (BpPlotPoint));

  return reading;
}

gboolean
bp_plot_is_over_iterations (const BpPlot *plot)
{
  return plot->x.integer;
}

gint64
bp_plot_get_last_iteration (const BpPlot *plot)
{
  gint64 last = -1;

  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);
      guint n = bp_layer_get_n_points (layer);

      if (n > 0)
        last = MAX (last, bp_layer_get_iteration (layer, n - 1));
    }

  return last;
}

/* What a layer's number is called: as in the legend, else as in files. */
static const char *
get_name (const BpLayer *layer)
{
  return layer->label != NULL ? layer->label : layer->name;
}

static void
append_line (GString    *string,
             const char *name,
             double      value)
{
  g_autofree char *number = bp_number_format (value);

  /* Translators: a name and its number: "A 7.657" */
  g_string_append_printf (string, string->len > 0 ? "\n%s %s" : "%s %s", name, number);
}

/* The index of the point of @layer at @iteration, or of the last before it; −1 if there is none, or it is no number. */
static int
find_point (const BpLayer *layer,
            gint64         iteration)
{
  guint n = bp_layer_get_n_points (layer);
  double index;

  if (layer->step <= 0 || get_name (layer) == NULL)
    return -1;

  index = floor (((double) iteration - layer->first_x) / layer->step);

  return index >= 0 && index < n && isfinite (bp_layer_get_point (layer, (guint) index).y) ? (int) index : -1;
}

/* What is read at an iteration: the lines one after the other, and the points on them. */
typedef struct {
  GString *lines;
  GArray  *points;
  gint64   iteration;
  gint64   own;    /* that the lines' numbers are of; −1 where they differ */
  guint    n_more; /* lines that are not listed */
} Lines;

/* The run itself comes first, as in the legend. Returns: (nullable): the layer that has a point to be read, of all
 * twice over; @index: (out): which */
static const BpLayer *
get_line (const BpPlot *plot,
          guint         at,
          gint64        iteration,
          int          *index)
{
  const BpLayer *layer = bp_plot_get_layer (plot, at % plot->layers->len);

  *index = find_point (layer, iteration);

  return *index >= 0 && layer->is_strong == (at < plot->layers->len) ? layer : NULL;
}

static gint64
find_own_iteration (const BpPlot *plot,
                    gint64        iteration)
{
  gint64 own = -1;

  for (guint i = 0; i < 2 * plot->layers->len; i++)
    {
      int index;
      const BpLayer *layer = get_line (plot, i, iteration, &index);

      if (layer == NULL)
        continue;
      if (own >= 0 && own != bp_layer_get_iteration (layer, (guint) index))
        return -1;
      own = bp_layer_get_iteration (layer, (guint) index);
    }

  return own;
}

/* Of a line that does not draw every iteration the number may be of one before, which is then said. */
static void
append_point (Lines         *self,
              const BpLayer *layer,
              guint          index)
{
  const gint64 own = bp_layer_get_iteration (layer, index);
  const BpPlotPoint point = bp_layer_get_point (layer, index);
  g_autofree char *name = bp_layer_dup_legend_label (layer);

  if (self->points->len == MAX_LINES)
    {
      self->n_more++;
      return;
    }

  append_line (self->lines, layer->value != NULL ? g_strchomp (name) : get_name (layer), bp_layer_get_y (layer, index));
  if (self->own < 0 && own != self->iteration)
    g_string_append_printf (self->lines, _(" (iteration %" PRId64 ")"), own);
  g_array_append_val (self->points, point);
}

BpPlotReading *
bp_plot_read_iteration (const BpPlot *plot,
                        gint64        iteration)
{
  g_autoptr (BpPlotReading) reading = reading_new ();
  Lines lines = { g_string_new (NULL), reading->points, iteration, find_own_iteration (plot, iteration), 0 };

  g_string_append_printf (lines.lines, _("iteration %" PRId64), iteration);
  if (lines.own >= 0 && lines.own != iteration)
    /* Translators: after "iteration 1318": the numbers below are of an iteration before, as not each is drawn. */
    g_string_append_printf (lines.lines, _(", values of %" PRId64), lines.own);
  for (guint i = 0; i < 2 * plot->layers->len; i++)
    {
      int index;
      const BpLayer *layer = get_line (plot, i, iteration, &index);

      if (layer != NULL)
        append_point (&lines, layer, (guint) index);
    }
  if (lines.n_more > 0)
    /* Translators: below some of the numbers of a plot: how many others there are. */
    g_string_append_printf (lines.lines, ngettext ("\n… %u more", "\n… %u more", lines.n_more), lines.n_more);
  reading->text = g_string_free (lines.lines, FALSE);

  return reading->points->len > 0 ? g_steal_pointer (&reading) : NULL;
}

/* The name that an axis has for it, else the number. */
static void
append_place (GString      *string,
              const BpAxis *axis,
              const char   *fallback,
              double        value)
{
  const char *label = axis->label != NULL ? axis->label : fallback;
  const char *name = bp_axis_get_name (axis, value);

  if (name == NULL)
    append_line (string, label, value);
  else
    g_string_append_printf (string, string->len > 0 ? "\n%s %s" : "%s %s", label, name);
}

BpPlotReading *
bp_plot_read_point (const BpPlot  *plot,
                    const BpLayer *layer,
                    guint          index)
{
  BpPlotReading *reading = reading_new ();
  GString *string = g_string_new (NULL);
  BpPlotPoint point = bp_layer_get_point (layer, index);
  gint64 iteration = bp_layer_get_iteration (layer, index);

  if (iteration >= 0)
    g_string_append_printf (string, _("iteration %" PRId64), iteration);
  append_place (string, &plot->x, "x", point.x);
  append_place (string, &plot->y, "y", bp_layer_get_y (layer, index));
  if (layer->kind == BP_LAYER_CELLS)
    append_line (string, layer->has_numbers ? _("samples") : _("value"),
                 g_array_index (layer->cells, BpPlotCell, index).value);
  else if (layer->label != NULL)
    g_string_append_printf (string, "\n%s", layer->label);
  g_array_append_val (reading->points, point);
  reading->text = g_string_free (string, FALSE);

  return reading;
}
