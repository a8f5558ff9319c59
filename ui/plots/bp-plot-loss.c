/* bp-plot-loss.c: loss against iteration
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-measure.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

static double
compute_loss (G_GNUC_UNUSED const BpPlotBuild *build,
              BpEvaluator                     *evaluator,
              const double                    *parameters)
{
  return bp_evaluator_get_loss (evaluator, parameters, NULL);
}

/* What the run itself did up to the cursor, where its loss is @now. */
static void
follow_course (BpPlotBuild   *build,
               const BpLayer *losses,
               double         now)
{
  BpPlotCourse *course = &build->plot->course;
  gint64 n = build->cursor.iteration;

  if (bp_layer_get_n_points (losses) > 0)
    *course = (BpPlotCourse) { 0, 0, bp_layer_get_y (losses, 0), now };
  if (losses->step != 1 || (gint64) bp_layer_get_n_points (losses) <= n)
    return;

  course->n_steps = (guint) n;
  for (guint i = 0; i < n; i++)
    course->n_higher += bp_layer_get_y (losses, i + 1) > bp_layer_get_y (losses, i);
}

/* Value i of the recorded loss belongs to iteration i + 1. Of a long run only one for each position. */
static void
add_samples (BpPlotBuild *build,
             gint64       stride)
{
  const BpSeries *series = bp_history_get_loss (build->history);
  /* Translators: the losses of single samples. */
  const char *label = bp_trainer_get_batch_size (build->trainer) == 1 ? C_("legend", "samples") : _("batches");
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (series, &n);
  BpLayer *layer;

  /* A model without data has one sample, whose loss is the line already. */
  if (!bp_plot_build_has_data (build))
    return;

  stride = MAX (stride, bp_series_get_bucket_width (series));
  layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, BP_COLOR_DIM, label);
  layer->marker = BP_MARKER_DOT;
  layer->name = g_strdup ("loss");
  layer->first_x = 1;
  layer->step = (double) stride;
  layer->dim_from = (double) build->cursor.iteration;
  for (guint i = 0; i < n; i += (guint) (stride / bp_series_get_bucket_width (series)))
    bp_layer_append (layer, 1 + (double) (i * bp_series_get_bucket_width (series)), buckets[i].first);
}

/* What the average is of: in a long run of one loss in so many. */
static char *
describe_average (BpPlotBuild *build,
                  gint64       width)
{
  g_autofree char *number = bp_number_format (build->options.smoothing);

  if (width > 1)
    /* Translators: a smoothed line; the weight of the past, 0.9, and that one iteration in so many has a part in it. */
    return g_strdup_printf (_("moving average (%s) of one in %" PRId64), number, width);

  /* Translators: a smoothed line; %s is the weight of the past, 0.9. */
  return g_strdup_printf (_("moving average (%s)"), number);
}

/*
 * Exponential moving average, divided by the weights' sum so that it does not begin at 0 (Kingma and Ba 2015, section
 * 3). Where buckets span several iterations it takes the first of each, and as much less of the past.
 */
static void
add_average (BpPlotBuild *build)
{
  const BpSeries *series = bp_history_get_loss (build->history);
  gint64 width = bp_series_get_bucket_width (series);
  double weight = pow (build->options.smoothing, (double) width);
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (series, &n);
  g_autofree char *label = describe_average (build, width);
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_TEXT, label);
  double average = 0;
  double sum = 0;

  layer->width = BP_WIDTH_THIN;
  layer->name = g_strdup ("loss_moving_average");
  layer->first_x = 1;
  layer->step = (double) width;
  layer->dim_from = (double) build->cursor.iteration;
  for (guint i = 0; i < n; i++)
    {
      if (isfinite (buckets[i].first))
        {
          average = weight * average + (1 - weight) * buckets[i].first;
          sum = weight * sum + 1 - weight;
        }
      bp_layer_append (layer, layer->first_x + i * layer->step, sum > 0 ? average / sum : (double) NAN);
    }
}

static void
add_cursors (BpPlotBuild *build,
             double       all,
             double       sample)
{
  if (bp_plot_build_has_data (build))
    {
      g_autofree char *label = bp_plot_build_describe_rows (build, BP_ROWS_BATCH);
      BpLayer *layer = bp_plot_build_add_cursor (build, BP_COLOR_DIM, label, (double) build->shown, sample);

      layer->marker = BP_MARKER_RING;
      layer->width = BP_WIDTH_NORMAL;
    }
  if (isfinite (all))
    bp_plot_build_add_cursor (build, BP_COLOR_VALUE, _("now"), (double) build->cursor.iteration, all);
}

static void
set_texts (BpPlotBuild *build,
           double       all,
           double       sample)
{
  g_autofree char *cursor = bp_plot_build_describe_cursor (build);
  g_autofree char *all_text = bp_plot_build_format (build, all);
  g_autofree char *sample_text = isfinite (sample) ? bp_number_format (sample) : g_strdup (BP_NUMBER_NONE);
  g_autofree char *name = bp_plot_build_describe_rows (build, BP_ROWS_TRAIN);

  build->plot->y.label = g_strdup (_("loss"));
  if (build->refused != NULL)
    {
      /* Translators: "all data: not computed" */
      build->plot->subtitle = g_strdup_printf (_("%s: not computed"), name);
      /* Translators: "38 of 100 iterations", a loss, "all data", why their loss is not computed. */
      build->plot->description =
        g_strdup_printf (_("Loss against iteration: %s, of this batch before its update %s, of %s not computed: %s"),
                         cursor, sample_text, name, build->refused->message);
      return;
    }

  if (bp_plot_build_get_n_references (build) > 0)
    /* Translators: "all data, at iteration 40" */
    build->plot->subtitle = g_strdup_printf (_("%s, at iteration %" PRId64), name, build->cursor.iteration);
  else
    /* Translators: "all data 4.31" */
    build->plot->subtitle = g_strdup_printf (C_("loss", "%s: %s"), name, all_text);
  /* Translators: "38 of 100 iterations", a loss, "all data", a loss. */
  build->plot->description =
    g_strdup_printf (_("Loss against iteration: %s, of this batch before its update %s, of %s %s"), cursor, sample_text,
                     name, all_text);
}

/* Widens a range by all losses recorded: also those that are not drawn were once shown as that of their iteration. */
static void
include_recorded (BpPlotBuild *build,
                  double       least,
                  double      *minimum,
                  double      *maximum)
{
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (bp_history_get_loss (build->history), &n);

  for (guint i = 0; i < n && bp_plot_build_has_data (build); i++)
    {
      if (buckets[i].minimum > least)
        bp_range_include (minimum, maximum, buckets[i].minimum);
      if (buckets[i].maximum > least)
        bp_range_include (minimum, maximum, buckets[i].maximum);
    }
}

/*
 * Room for @values, the losses of now and the least, besides what layers show. A linear axis shows losses from 0, where
 * that is their least. A loss below 0 has no logarithm.
 */
static void
fit_y (BpPlotBuild  *build,
       const double *values,
       gsize         n_values)
{
  double minimum = NAN;
  double maximum = NAN;

  for (gsize i = 0; i < n_values; i++)
    bp_range_include (&minimum, &maximum, values[i]);
  for (guint i = 0; i < build->plot->layers->len; i++)
    if (!bp_plot_get_layer (build->plot, i)->is_reference)
      bp_layer_get_range (bp_plot_get_layer (build->plot, i), FALSE, &minimum, &maximum);
  include_recorded (build, -INFINITY, &minimum, &maximum);
  if (build->options.log_scale && !(minimum < 0))
    {
      build->plot->y.scale = BP_SCALE_LOG;
      minimum = maximum = NAN;
      for (gsize i = 0; i < n_values; i++)
        if (values[i] > 0)
          bp_range_include (&minimum, &maximum, values[i]);
      include_recorded (build, 0, &minimum, &maximum);
    }
  else
    bp_range_include (&minimum, &maximum, 0);
  bp_plot_build_fit_y (build, minimum, maximum);
}

void
bp_plot_build_loss (BpPlotBuild *build)
{
  BpPlotMeasure measure;
  BpPlotPath path;
  BpLayer *test;
  double sample = bp_plot_build_get_sample_loss (build);
  const double *optimum = bp_plot_build_get_optimum (build);
  gint64 stride;

  bp_plot_measure_init (&measure, build, "loss", compute_loss);
  double all = bp_plot_measure_get (&measure, BP_ROWS_TRAIN, build->parameters);
  bp_plot_path_init (&path, build, NULL);
  stride = path.n > 0 ? path.stride : bp_plot_build_get_stride (build, 1);
  bp_plot_build_iterations (build, stride);
  add_samples (build, stride);
  const BpLayer *line = bp_plot_measure_add_lines (&measure, &path, all, &test);
  if (line != NULL)
    follow_course (build, line, all);
  if (build->options.smoothing > 0 && build->options.smoothing < 1)
    add_average (build);
  add_cursors (build, all, sample);
  set_texts (build, all, sample);
  /* Room for where the run goes, from its start, and for this batch before its loss is recorded. */
  const double values[] = {
    all, sample, optimum != NULL ? bp_plot_measure_get (&measure, BP_ROWS_TRAIN, optimum) : (double) NAN,
  };
  fit_y (build, values, G_N_ELEMENTS (values));
}
