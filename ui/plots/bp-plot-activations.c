/* bp-plot-activations.c: histograms of what the layers of a network give out: a lane a layer, on one axis
 *
 * The values are those of the batch, as the graph shows them. The y axis counts lanes from the bottom, the first layer
 * on top; a bar is as high as its share of the lane's most frequent values, and bp_layer_get_y() has the number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"
#include "graph/bp-layers.h"

#define N_BINS 40

/* The part of a lane that its highest bar takes. */
#define HIGHEST 0.86

/* The part of a lane where its name stands, and what is said of it below. */
#define NAME 0.66
#define REMARK 0.22

/**
 * Lane:
 * @values: (nullable): what the layer gives out; NULL while it is not computed
 * @n: how many values
 * @n_zeros: how many of them are 0, as a ReLU makes them
 */
typedef struct {
  const BpDenseLayer *layer;
  const double       *values;
  gsize               n;
  gsize               n_zeros;
} Lane;

static Lane
look_up (BpPlotBuild        *build,
         const BpDenseLayer *layer)
{
  Lane lane = { .layer = layer };

  if (build->shown == 0 || !bp_trainer_has_value (build->trainer, layer->output))
    return lane;

  lane.values = bp_session_get_value (build->session, layer->output);
  lane.n = bp_graph_get_n_elements (build->graph, layer->output);
  for (gsize i = 0; i < lane.n; i++)
    lane.n_zeros += lane.values[i] == 0;

  return lane;
}

static void
fit_x (BpPlotBuild *build,
       const Lane  *lanes,
       guint        n_lanes)
{
  double minimum = NAN;
  double maximum = NAN;

  for (guint i = 0; i < n_lanes; i++)
    for (gsize j = 0; j < lanes[i].n; j++)
      bp_range_include (&minimum, &maximum, lanes[i].values[j]);
  bp_plot_build_fit (build, &build->plot->x, minimum, maximum);
}

/* The last bin has the greatest value too. */
static guint
find_bin (const BpAxis *axis,
          double        value)
{
  return (guint) CLAMP (bp_axis_map (axis, value) * N_BINS, 0, N_BINS - 1);
}

static void
add_ground (BpPlotBuild *build,
            double       bottom)
{
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_GRID, NULL);

  layer->width = BP_WIDTH_THIN;
  bp_layer_append (layer, build->plot->x.minimum, bottom);
  bp_layer_append (layer, build->plot->x.maximum, bottom);
}

static void
add_bars (BpPlotBuild *build,
          const Lane  *lane,
          double       bottom)
{
  const BpAxis *axis = &build->plot->x;
  guint counts[N_BINS] = { 0 };
  guint most = 1;
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_BARS, BP_COLOR_VALUE, NULL);

  layer->name = g_strdup (lane->layer->name);
  layer->width = BP_WIDTH_THIN;
  for (gsize i = 0; i < lane->n; i++)
    if (isfinite (lane->values[i]))
      counts[find_bin (axis, lane->values[i])]++;
  for (guint i = 0; i < N_BINS; i++)
    most = MAX (most, counts[i]);
  for (guint i = 0; i < N_BINS; i++)
    if (counts[i] > 0)
      bp_layer_append_bar_beside (layer, bp_axis_unmap (axis, (double) i / N_BINS),
                                  bp_axis_unmap (axis, (i + 1.0) / N_BINS), bottom,
                                  bottom + HIGHEST * counts[i] / most, counts[i]);
}

/* What is said of a lane below its name: that it is not computed, or how much of it is 0. Returns: (nullable) */
static char *
describe (const Lane *lane)
{
  if (lane->values == NULL)
    return g_strdup (BP_NUMBER_NONE);
  if (lane->n_zeros == 0)
    return NULL;

  /* Translators: of a layer's values; beside a histogram. */
  return g_strdup_printf (_("%.0f %% are 0"), 100 * (double) lane->n_zeros / (double) lane->n);
}

static void
append_ticks (BpPlotBuild *build,
              const Lane  *lane,
              double       bottom)
{
  BpAxis *axis = &build->plot->y;
  g_autofree char *remark = describe (lane);

  if (remark != NULL)
    bp_axis_append_tick (axis, bottom + REMARK, remark, TRUE);
  bp_axis_append_tick (axis, bottom + NAME, lane->layer->name, TRUE);
}

static void
append_description (GString    *list,
                    const Lane *lane)
{
  double minimum = NAN;
  double maximum = NAN;
  g_autofree char *remark = describe (lane);

  g_string_append_printf (list, "%s%s ", list->len > 0 ? "; " : "", lane->layer->name);
  for (gsize i = 0; i < lane->n; i++)
    bp_range_include (&minimum, &maximum, lane->values[i]);
  if (isfinite (minimum))
    {
      g_autofree char *from = bp_number_format (minimum);
      g_autofree char *to = bp_number_format (maximum);

      g_string_append_printf (list, "%s … %s", from, to);
    }
  if (remark != NULL)
    g_string_append_printf (list, "%s%s", isfinite (minimum) ? ", " : "", remark);
}

void
bp_plot_build_activations (BpPlotBuild *build)
{
  g_autoptr (GPtrArray) layers = bp_layers_find (build->graph);
  g_autofree Lane *lanes = g_new (Lane, layers->len);
  g_autofree char *rows = bp_plot_build_describe_rows (build, BP_ROWS_BATCH);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < layers->len; i++)
    lanes[i] = look_up (build, bp_layers_get (layers, i));
  build->plot->x.label = g_strdup (_("activation"));
  fit_x (build, lanes, layers->len);
  build->plot->y.minimum = 0;
  build->plot->y.maximum = layers->len;
  for (guint i = 0; i < layers->len; i++)
    {
      add_ground (build, layers->len - 1 - i);
      add_bars (build, &lanes[i], layers->len - 1 - i);
      append_description (list, &lanes[i]);
    }
  for (guint i = layers->len; i-- > 0;)
    append_ticks (build, &lanes[i], layers->len - 1 - i);
  build->plot->subtitle = g_strdup (rows);
  /* Translators: "this batch"; the layers, with the range of their values: "hidden1 −0.92 … 0.88; logits –". */
  build->plot->description = g_strdup_printf (_("Histograms of what each layer gives out for %s: %s"), rows, list->str);
}
