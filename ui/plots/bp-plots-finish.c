/* bp-plots-finish.c: what is done to a plot when its layers and axes are known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* Rules closer than this part of the axis are one. */
#define SAME_PLACE 0.02

/* Slack for what lies on an end of an axis. */
#define SLACK 1e-9

/* The future */

/* How many of a layer's points or buckets begin up to @last. */
static guint
count_past (const BpLayer *layer,
            double         last)
{
  guint n = bp_layer_get_n_points (layer);

  while (n > 0 && !(bp_layer_get_point (layer, n - 1).x <= last))
    n--;

  return n;
}

/* What a layer shows last: up to where it gets faint, which reference runs never do. */
static double
get_last (BpPlotBuild   *build,
          const BpLayer *layer)
{
  if (layer->is_reference && build->options.predict_first)
    return (double) build->cursor.iteration;

  return layer->dim_from;
}

static void
truncate_layer (BpLayer *layer,
                guint    n)
{
  if (layer->kind == BP_LAYER_SERIES && layer->buckets != NULL)
    g_array_set_size (layer->buckets, n);
  if (bp_layer_has_points (layer) && layer->points != NULL)
    g_array_set_size (layer->points, n);
}

/* What is not a number is not drawn, but counts: many points are drawn in another way than few. */
static void
blank_layer (BpLayer *layer,
             guint    n)
{
  static const BpBucket nothing = { NAN, NAN, NAN, NAN };

  for (guint i = n; i < bp_layer_get_n_points (layer); i++)
    if (layer->kind == BP_LAYER_SERIES)
      g_array_index (layer->buckets, BpBucket, i) = nothing;
    else
      g_array_index (layer->points, BpPlotPoint, i).y = NAN;
}

static void
hide_future (BpPlotBuild *build)
{
  for (guint i = 0; i < build->plot->layers->len; i++)
    {
      BpLayer *layer = bp_plot_get_layer (build->plot, i);
      const double last = get_last (build, layer);

      if (last == INFINITY)
        continue;
      if (build->options.hide_future)
        blank_layer (layer, count_past (layer, last));
      else
        truncate_layer (layer, count_past (layer, last));
    }
}

/* Rules */

static double
get_position (const BpPlot  *plot,
              const BpLayer *rule)
{
  if (rule->kind != BP_LAYER_RULE_Y || rule->points == NULL)
    return NAN;

  return bp_axis_map (&plot->y, g_array_index (rule->points, BpPlotPoint, 0).y);
}

/* Another rule drawn as the one at @index, whose label tells of both. Returns: (nullable) */
static BpLayer *
find_alike (const BpPlot *plot,
            guint         index)
{
  const BpLayer *rule = bp_plot_get_layer (plot, index);

  for (guint i = index + 1; i < plot->layers->len; i++)
    {
      BpLayer *layer = bp_plot_get_layer (plot, i);

      if (layer->kind == rule->kind && layer->dash == rule->dash && layer->label == NULL)
        return layer;
    }

  return NULL;
}

/* The rule whose label tells of @rule too. */
static BpLayer *
find_labelled (const BpPlot *plot,
               BpLayer      *rule)
{
  for (guint i = 0; i < plot->layers->len; i++)
    {
      BpLayer *layer = bp_plot_get_layer (plot, i);

      if (layer->kind == rule->kind && layer->dash == rule->dash && layer->label != NULL)
        return layer;
    }

  return rule;
}

/* Moves the label of the rule at @index to a rule of the same style, else to the one that it is merged into. */
static void
hand_label (const BpPlot *plot,
            BpLayer      *place,
            guint         index)
{
  BpLayer *rule = bp_plot_get_layer (plot, index);
  BpLayer *alike = find_alike (plot, index);
  g_autofree char *first = NULL;

  if (rule->label == NULL)
    return;
  if (alike != NULL)
    {
      alike->label = g_steal_pointer (&rule->label);
      return;
    }

  place = find_labelled (plot, place);
  first = g_steal_pointer (&place->label);
  if (place->short_label == NULL)
    place->short_label = g_strdup (first);
  /* Translators: what a line across a plot shows: "optimum 9.922, textbook 10" */
  place->label = first != NULL ? g_strdup_printf (C_("rules", "%s, %s"), first, rule->label) : g_strdup (rule->label);
}

/* Two rules at nearly one value would be drawn over each other: one stands for both, and the legend says so. */
static void
merge_rules (BpPlot *plot)
{
  for (guint i = 0; i < plot->layers->len; i++)
    for (guint j = plot->layers->len; j-- > i + 1;)
      {
        BpLayer *rule = bp_plot_get_layer (plot, i);
        BpLayer *other = bp_plot_get_layer (plot, j);

        if (!(fabs (get_position (plot, rule) - get_position (plot, other)) < SAME_PLACE))
          continue;
        hand_label (plot, rule, j);
        g_ptr_array_remove_index (plot->layers, j);
      }
}

/* Reference runs that leave */

gboolean
bp_plot_is_inside (const BpAxis *axis,
                   double        value)
{
  double position = bp_axis_map (axis, value);

  return position >= -SLACK && position <= 1 + SLACK;
}

static void
add_exit (BpPlotBuild *build,
          guint        index,
          BpPlotPoint  from,
          BpPlotPoint  to,
          gint64       iteration)
{
  const BpLayer *line = bp_plot_get_layer (build->plot, index);
  gboolean is_reference = line->is_reference;
  g_autofree char *text = g_strdup_printf (_("leaves at iteration %" PRId64), iteration);
  BpLayer *exit = bp_plot_add_layer (build->plot, BP_LAYER_EXIT, line->color, text);

  /* Translators: "leaves at iteration 7" where that has no room. */
  exit->short_label = g_strdup_printf (_("leaves at %" PRId64), iteration);
  exit->marker = is_reference ? line->marker : BP_MARKER_NONE;
  exit->is_reference = is_reference;
  bp_layer_append (exit, from.x, from.y);
  bp_layer_append (exit, to.x, to.y);
}

static gboolean
is_on_plot (const BpPlot *plot,
            BpPlotPoint   point)
{
  return bp_plot_is_inside (&plot->x, point.x) && bp_plot_is_inside (&plot->y, point.y);
}

/* A run that ends outside is drawn up to where it leaves first: what comes after it would be bars from edge to edge. */
static void
cut_off (BpPlotBuild *build,
         guint        index,
         guint        exit,
         gint64       end)
{
  BpLayer *layer = bp_plot_get_layer (build->plot, index);
  guint last = exit;

  for (guint i = exit; i < bp_layer_get_n_points (layer) && bp_layer_get_iteration (layer, i) <= end; i++)
    if (isfinite (bp_layer_get_point (layer, i).y))
      last = i;
  if (!is_on_plot (build->plot, bp_layer_get_point (layer, last)))
    truncate_layer (layer, exit + 1);
}

/* Axes belong to the run itself, so that one that diverges cannot squash it. Of a run up to @last alone. */
static void
find_exit (BpPlotBuild *build,
           guint        index,
           gint64       end)
{
  const BpLayer *layer = bp_plot_get_layer (build->plot, index);
  BpPlotPoint last = { NAN, NAN };

  for (guint i = 0; i < bp_layer_get_n_points (layer) && bp_layer_get_iteration (layer, i) <= end; i++)
    {
      BpPlotPoint point = bp_layer_get_point (layer, i);

      if (isnan (bp_axis_map (&build->plot->x, point.x)) || isnan (bp_axis_map (&build->plot->y, point.y)))
        continue;
      if (!is_on_plot (build->plot, point))
        {
          add_exit (build, index, isnan (last.x) ? point : last, point, bp_layer_get_iteration (layer, i));
          cut_off (build, index, i, end);
          return;
        }
      last = point;
    }
}

/* What the run itself does from iteration to iteration, where axes are shared with others. */
static gboolean
is_run (const BpLayer *layer)
{
  return layer->joined && layer->step > 0 && layer->dash == BP_DASH_SOLID && layer->width != BP_WIDTH_THIN;
}

static void
find_exits (BpPlotBuild *build)
{
  guint n = build->plot->layers->len;

  for (guint i = 0; i < n; i++)
    if (bp_plot_get_layer (build->plot, i)->is_reference)
      find_exit (build, i, G_MAXINT64);
    else if (build->plot->is_clipped && is_run (bp_plot_get_layer (build->plot, i)))
      find_exit (build, i, build->cursor.iteration);
}

BpPlot *
bp_plot_build_finish (BpPlotBuild *build)
{
  if (build->options.hide_future || build->options.predict_first)
    hide_future (build);
  merge_rules (build->plot);
  find_exits (build);
  build->plot->is_complete = bp_plot_cache_is_complete (build->cache);
  bp_plot_cache_free (build->own_cache);

  return build->plot;
}
