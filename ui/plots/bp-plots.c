/* bp-plots.c: what the builders of plots share: axes, layers that recur
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* Parts of the range that stay free at its ends, where a rule would not be seen, and around a first value. */
#define HEADROOM 0.06
#define FIRST_MARGIN 0.1

/* Shared axes */

gboolean
bp_plot_has_range (const BpAxis *axis)
{
  return axis->maximum > axis->minimum;
}

/* Gives @axis the range that runs beside it share, unless they have another scale. */
static void
share_axis (BpPlotBuild *build,
            BpAxis      *axis)
{
  gboolean is_x = axis == &build->plot->x;
  BpAxis *own = is_x ? &build->plot->own_x : &build->plot->own_y;
  const BpPlotFrame *frame = build->options.shared;
  const BpAxis *shared;

  *own = (BpAxis) {
    .scale = axis->scale, .integer = axis->integer, .minimum = axis->minimum, .maximum = axis->maximum,
  };
  if (frame == NULL || build->leaves)
    return;

  shared = is_x ? &frame->x : &frame->y;
  if (!bp_plot_has_range (shared) || shared->scale != axis->scale)
    return;

  axis->minimum = shared->minimum;
  axis->maximum = shared->maximum;
  build->plot->is_clipped |= own->minimum < shared->minimum || own->maximum > shared->maximum;
}

/* Iterations */

void
bp_plot_build_iterations (BpPlotBuild *build,
                          gint64       stride)
{
  /* Translators: beside "iteration": of a long run, a plot has a point for one iteration in so many. */
  if (stride > 1)
    build->plot->x.unit = g_strdup_printf (_("one in %" PRId64), stride);
  build->plot->x.integer = TRUE;
  build->plot->x.label = g_strdup (_("iteration"));
  build->plot->x.minimum = 0;
  build->plot->x.maximum = (double) MAX (build->n_iterations, 1);
  share_axis (build, &build->plot->x);
}

char *
bp_plot_build_describe_cursor (BpPlotBuild *build)
{
  return g_strdup_printf (ngettext ("%" PRId64 " of %" PRId64 " iteration",
                                    "%" PRId64 " of %" PRId64 " iterations", (gulong) build->n_iterations),
                          bp_trainer_get_cursor (build->trainer).iteration, build->n_iterations);
}

void
bp_plot_build_set_series (BpPlotBuild    *build,
                          BpLayer        *layer,
                          const BpSeries *series,
                          double          first_x)
{
  guint max_buckets = build->options.max_buckets;

  bp_layer_set_series (layer, series, first_x, max_buckets > 0 ? max_buckets : BP_SERIES_MAX_BUCKETS);
  layer->dim_from = (double) build->cursor.iteration;
}

static void
include_series (const BpSeries *series,
                double         *minimum,
                double         *maximum)
{
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (series, &n);

  for (guint i = 0; i < n; i++)
    {
      bp_range_include (minimum, maximum, buckets[i].minimum);
      bp_range_include (minimum, maximum, buckets[i].maximum);
    }
}

/* The same of a parameter that has no series. */
static void
include_checkpoints (const BpPlotBuild *build,
                     gsize              parameter,
                     double            *minimum,
                     double            *maximum)
{
  gint64 stride;
  guint n = bp_history_get_n_checkpoints (build->history, &stride);

  for (guint i = 0; i < n; i++)
    bp_range_include (minimum, maximum, bp_history_get_checkpoint_parameters (build->history, i)[parameter]);
}

/* Around the initial value there is a margin, or a run would begin with a range of nothing and then jump. */
void
bp_plot_build_include_ends (BpPlotBuild *build,
                            gsize        parameter,
                            double      *minimum,
                            double      *maximum)
{
  gint64 stride;
  double initial = bp_history_get_n_checkpoints (build->history, &stride) > 0
                     ? bp_history_get_checkpoint_parameters (build->history, 0)[parameter]
                     : build->parameters[parameter];
  double margin = FIRST_MARGIN * (initial != 0 ? fabs (initial) : 1);

  bp_range_include (minimum, maximum, initial - margin);
  bp_range_include (minimum, maximum, initial + margin);
  bp_range_include (minimum, maximum, build->parameters[parameter]);
}

void
bp_plot_build_include_parameter (BpPlotBuild *build,
                                 gsize        parameter,
                                 double      *minimum,
                                 double      *maximum)
{
  const BpSeries *series = bp_history_get_parameter (build->history, parameter);

  bp_plot_build_include_ends (build, parameter, minimum, maximum);
  if (series != NULL)
    include_series (series, minimum, maximum);
  else
    include_checkpoints (build, parameter, minimum, maximum);
}

/* Layers */

BpLayer *
bp_plot_build_add_cursor (BpPlotBuild *build,
                          BpColor      color,
                          const char  *label,
                          double       x,
                          double       y)
{
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, color, label);

  layer->marker = BP_MARKER_CIRCLE;
  layer->width = BP_WIDTH_THICK;
  layer->is_cursor = TRUE;
  if (isfinite (y))
    bp_layer_append (layer, x, y);

  return layer;
}

void
bp_plot_build_add_rule (BpPlotBuild *build,
                        BpLayerKind  kind,
                        BpDash       dash,
                        double       value,
                        char        *label)
{
  g_autofree char *owned = label;

  if (isnan (value))
    return;

  BpLayer *layer = bp_plot_add_layer (build->plot, kind, BP_COLOR_DIM, owned);
  layer->dash = dash;
  layer->width = BP_WIDTH_THIN;
  bp_layer_append (layer, value, value);
}

char *
bp_plot_build_format (BpPlotBuild *build,
                      double       value)
{
  if (build->hides_update)
    return g_strdup (BP_NUMBER_HIDDEN);

  return isfinite (value) ? bp_number_format (value) : g_strdup (BP_NUMBER_NONE);
}

/* Axes */

static void
include_axis (BpAxis       *frame,
              const BpAxis *axis)
{
  gboolean is_empty = !(frame->maximum > frame->minimum);

  if (is_empty || axis->scale == BP_SCALE_LINEAR)
    frame->scale = axis->scale;
  frame->minimum = is_empty ? axis->minimum : MIN (frame->minimum, axis->minimum);
  frame->maximum = is_empty ? axis->maximum : MAX (frame->maximum, axis->maximum);
}

void
bp_plot_frame_include (BpPlotFrame  *frame,
                       const BpPlot *plot)
{
  g_return_if_fail (frame != NULL && plot != NULL);

  include_axis (&frame->x, &plot->x);
  include_axis (&frame->y, &plot->y);
}

void
bp_plot_build_fit (BpPlotBuild *build,
                   BpAxis      *axis,
                   double       minimum,
                   double       maximum)
{
  const BpPlotFrame *frame = build->options.frame;
  BpAxis widest = { 0 };

  bp_axis_fit (axis, minimum, maximum);
  if (frame != NULL)
    widest = axis == &build->plot->x ? frame->x : frame->y;
  if (bp_plot_has_range (&widest))
    {
      axis->minimum = MIN (axis->minimum, widest.minimum);
      axis->maximum = MAX (axis->maximum, widest.maximum);
    }
  share_axis (build, axis);
}

void
bp_plot_build_fit_y (BpPlotBuild *build,
                     double       minimum,
                     double       maximum)
{
  gboolean is_log = build->plot->y.scale == BP_SCALE_LOG;

  for (guint i = 0; i < build->plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (build->plot, i);

      if (!layer->is_cursor && !layer->is_reference)
        bp_layer_get_range (layer, is_log, &minimum, &maximum);
    }

  if (!is_log && isfinite (maximum - minimum))
    {
      double room = HEADROOM * (maximum - minimum);

      maximum += maximum > 0 ? room : 0;
      minimum -= minimum < 0 ? room : 0;
    }
  bp_plot_build_fit (build, &build->plot->y, minimum, maximum);
}
