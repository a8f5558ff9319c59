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
#define MAX_LINES 12

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

/* Of a line that does not draw every iteration the number may be of one before @iteration, which is then said. */
static void
append_point (GString       *string,
              const BpLayer *layer,
              guint          index,
              gint64         iteration)
{
  const gint64 own = bp_layer_get_iteration (layer, index);

  g_autofree char *name = bp_layer_dup_legend_label (layer);

  append_line (string, layer->value != NULL ? g_strchomp (name) : get_name (layer), bp_layer_get_y (layer, index));
  if (own != iteration)
    g_string_append_printf (string, _(" (iteration %" PRId64 ")"), own);
}

BpPlotReading *
bp_plot_read_iteration (const BpPlot *plot,
                        gint64        iteration)
{
  g_autoptr (BpPlotReading) reading = reading_new ();
  GString *string = g_string_new (NULL);

  g_string_append_printf (string, _("iteration %" PRId64), iteration);
  /* The run itself comes first, as in the legend. */
  for (guint i = 0; i < 2 * plot->layers->len && reading->points->len < MAX_LINES; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i % plot->layers->len);
      const int index = find_point (layer, iteration);
      BpPlotPoint point;

      if (index < 0 || layer->is_strong != (i < plot->layers->len))
        continue;
      append_point (string, layer, (guint) index, iteration);
      point = bp_layer_get_point (layer, (guint) index);
      g_array_append_val (reading->points, point);
    }
  reading->text = g_string_free (string, FALSE);

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
