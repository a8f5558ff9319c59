/* bp-plot-rate.c: the learning rate against iteration, as a schedule makes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

gboolean
bp_plot_build_has_rates (const BpPlotBuild *build)
{
  const GArray *changes = build->experiment->changes;
  gboolean has_rates = build->experiment->settings.optimizer.schedule.kind != BP_SCHEDULE_CONSTANT;

  for (guint i = 0; i < changes->len; i++)
    has_rates |= g_array_index (changes, BpSettingsChange, i).settings.optimizer.schedule.kind != BP_SCHEDULE_CONSTANT;

  return has_rates;
}

/* Of a long run the rates of some iterations, as many as are drawn. Returns: iterations from one to the next */
static gint64
get_stride (const BpPlotBuild *build)
{
  const guint max = build->options.max_buckets > 0 ? build->options.max_buckets : BP_SERIES_MAX_BUCKETS;
  gint64 stride = 1;

  while (build->n_iterations / stride > (gint64) max)
    stride *= 2;

  return stride;
}

static void
add_line (BpPlotBuild *build,
          gint64       stride)
{
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_PARAMETER, NULL);

  layer->name = g_strdup ("learning_rate");
  layer->first_x = 1;
  layer->step = (double) stride;
  layer->dim_from = (double) build->cursor.iteration;
  for (gint64 i = 1; i <= build->n_iterations; i += stride)
    bp_layer_append (layer, (double) i, bp_trainer_get_learning_rate (build->trainer, i - 1));
}

static void
set_texts (BpPlotBuild *build,
           double       now)
{
  g_autofree char *cursor = bp_plot_build_describe_cursor (build);
  g_autofree char *rate = bp_number_format (now);

  build->plot->y.label = g_strdup ("η");
  build->plot->subtitle = g_strdup_printf ("η = %s", rate);
  /* Translators: "38 of 100 iterations", the learning rate. */
  build->plot->description = g_strdup_printf (_("Learning rate against iteration: %s, now %s"), cursor, rate);
}

void
bp_plot_build_rate (BpPlotBuild *build)
{
  const gint64 shown = MAX (build->shown, 1);
  const gint64 stride = get_stride (build);
  const double now = bp_trainer_get_learning_rate (build->trainer, shown - 1);

  bp_plot_build_iterations (build, stride);
  add_line (build, stride);
  bp_plot_build_add_cursor (build, BP_COLOR_PARAMETER, NULL, (double) shown, now);
  set_texts (build, now);
  bp_plot_build_fit_y (build, 0, now);
}
