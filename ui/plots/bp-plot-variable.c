/* bp-plot-variable.c: parameters against iteration
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* Of more parameters the reference lines would hide them. */
#define MAX_WITH_OPTIMUM 2

/* The legend of more lines takes the room that they need. */
#define MAX_LINES 6

/* The parameters shown. */
typedef struct {
  gsize first;
  gsize n;
} Shown;

static Shown
get_shown (BpPlotBuild *build)
{
  gint chosen = build->options.parameter;

  if (chosen >= 0 && (gsize) chosen < build->n_parameters)
    return (Shown) { (gsize) chosen, 1 };

  return (Shown) { 0, build->n_parameters };
}

/* Rules at @values, alike, so that one entry of the legend tells of all. @label: (transfer full) */
static void
add_rules_at (BpPlotBuild  *build,
              BpDash        dash,
              const double *values,
              gsize         n_values,
              char         *label)
{
  g_autofree char *owned = label;

  for (gsize i = 0; i < n_values; i++)
    if (!isnan (values[i]))
      bp_plot_build_add_rule (build, BP_LAYER_RULE_Y, dash, values[i], g_steal_pointer (&owned));
}

static void
add_rules (BpPlotBuild *build,
           Shown        shown)
{
  const double *optimum = bp_plot_build_get_optimum (build);
  double theory[MAX_WITH_OPTIMUM];

  for (gsize i = 0; i < shown.n; i++)
    theory[i] = bp_plot_build_get_theory (build, shown.first + i);
  if (optimum != NULL)
    add_rules_at (build, BP_DASH_DASHED, optimum + shown.first, shown.n,
                  bp_plot_describe_optimum (optimum + shown.first, shown.n));
  add_rules_at (build, BP_DASH_DOTTED, theory, shown.n, bp_plot_describe_theory (theory, shown.n));
}

/* What @path has of @parameter: a bucket of each iteration or few, or a point at each position. */
static BpLayer *
add_values (BpPlotBuild      *build,
            const BpPlotPath *path,
            gsize             parameter,
            BpColor           color,
            const char       *label)
{
  BpLayerKind kind = path->own_stride == 0 ? BP_LAYER_SERIES : BP_LAYER_LINE;
  BpLayer *layer = bp_plot_add_layer (build->plot, kind, color, label);

  if (kind == BP_LAYER_SERIES)
    {
      bp_plot_build_set_series (build, layer, path->series[parameter], 0);
      return layer;
    }

  layer->step = (double) path->stride;
  layer->dim_from = (double) build->cursor.iteration;
  for (guint i = 0; i < path->n_positions; i++)
    bp_layer_append (layer, (double) (i * path->stride), bp_plot_path_get (path, i, NULL)[parameter]);

  return layer;
}

static void
add_references (BpPlotBuild *build,
                gsize        parameter,
                const char * const *names)
{
  g_autofree double *parameters = g_new (double, build->n_parameters);

  for (guint i = 0; i < bp_plot_build_get_n_references (build); i++)
    {
      BpPlotPath path;

      bp_plot_path_init (&path, build, bp_plot_build_get_reference (build, i));
      if (path.n == 0)
        continue;

      BpLayer *layer = add_values (build, &path, parameter, BP_COLOR_DIM, names[i]);
      gboolean is_exact = bp_plot_path_find (&path, build, parameters);

      bp_plot_set_reference (layer, i);
      layer->name = g_strdup (names[i]);
      layer->value = bp_plot_format_recorded (parameters[parameter], is_exact);
    }
}

/* @label: (nullable): what sets it apart from other lines; @is_compared: from those of reference runs */
static void
add_parameter (BpPlotBuild      *build,
               const BpPlotPath *path,
               gsize             parameter,
               guint             index,
               const char       *label,
               gboolean          is_compared)
{
  BpLayer *layer = add_values (build, path, parameter, BP_COLOR_PARAMETER, label);

  layer->name = bp_plot_get_parameter_name (build->graph, parameter);
  bp_layer_set_style (layer, index);
  if (is_compared)
    bp_plot_build_set_strong (build, layer, build->parameters[parameter]);
}

/* All of the same size where there is one, so that they do not cover each other where there are many. */
static void
add_cursors (BpPlotBuild *build,
             Shown        shown)
{
  for (gsize i = shown.first; i < shown.first + shown.n; i++)
    {
      BpLayer *layer = bp_plot_build_add_cursor (build, BP_COLOR_PARAMETER, i == shown.first ? _("now") : NULL,
                                                 (double) build->cursor.iteration, build->parameters[i]);

      if (shown.n > MAX_WITH_OPTIMUM)
        layer->width = BP_WIDTH_NORMAL;
    }
}

/* "slope 1.93, intercept 0.87" */
static char *
describe_values (BpPlotBuild *build,
                 Shown        shown)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = shown.first; i < shown.first + shown.n; i++)
    {
      g_autofree char *name = bp_plot_get_parameter_name (build->graph, i);
      g_autofree char *value = bp_plot_build_format (build, build->parameters[i]);
      g_autofree char *text = g_strdup_printf ("%s %s", name, value);

      g_strv_builder_add (builder, text);
    }

  g_auto (GStrv) texts = g_strv_builder_end (builder);

  return g_strjoinv (", ", texts);
}

static char *
describe (BpPlotBuild *build,
          Shown        shown)
{
  g_autofree char *cursor = bp_plot_build_describe_cursor (build);
  g_autofree char *values = describe_values (build, shown);
  const double *optimum = shown.n <= MAX_WITH_OPTIMUM ? bp_plot_build_get_optimum (build) : NULL;

  if (shown.n == 1 && optimum != NULL)
    {
      g_autofree char *name = bp_plot_get_parameter_name (build->graph, shown.first);
      g_autofree char *value = bp_plot_build_format (build, build->parameters[shown.first]);
      g_autofree char *best = bp_number_format (optimum[shown.first]);

      /* Translators: parameter, "38 of 100 iterations", its value, its value at the optimum. */
      return g_strdup_printf (_("%s against iteration: %s, now %s, optimum %s"), name, cursor, value, best);
    }

  /* Translators: "38 of 100 iterations", "slope 1.93, intercept 0.87" */
  return g_strdup_printf (_("Parameters against iteration: %s, now %s"), cursor, values);
}

static void
set_texts (BpPlotBuild *build,
           Shown        shown)
{
  build->plot->description = describe (build, shown);
  if (shown.n > 1)
    {
      build->plot->y.label = g_strdup (_("value"));
      return;
    }

  g_autofree char *name = bp_plot_get_parameter_name (build->graph, shown.first);
  g_autofree char *value = bp_plot_build_format (build, build->parameters[shown.first]);
  g_free (build->plot->title);
  build->plot->title = g_strdup_printf (_("Parameter %s"), name);
  build->plot->subtitle = bp_plot_build_get_n_references (build) == 0
                            ? g_strdup_printf ("%s = %s", name, value)
                            : g_strdup_printf (_("at iteration %" PRId64), build->cursor.iteration);
  build->plot->y.label = g_steal_pointer (&name);
}

void
bp_plot_build_variable (BpPlotBuild *build)
{
  Shown shown = get_shown (build);
  guint n_references = bp_plot_build_get_n_references (build);
  g_auto (GStrv) names = NULL;
  double minimum = NAN;
  double maximum = NAN;
  BpPlotPath path;

  bp_plot_path_init (&path, build, NULL);
  /* Only lines of one parameter can be told apart from those of other runs. */
  if (shown.n > MAX_LINES || (build->n_parameters > BP_PLOT_MAX_SERIES && n_references == 0))
    {
      bp_plot_build_lanes (build, &path);
      return;
    }

  bp_plot_build_iterations (build, path.own_stride > 0 ? path.stride : 1);
  if (shown.n <= MAX_WITH_OPTIMUM)
    add_rules (build, shown);
  for (gsize i = shown.first; i < shown.first + shown.n; i++)
    bp_plot_build_include_ends (build, i, &minimum, &maximum);
  if (shown.n == 1 && n_references > 0)
    {
      names = bp_plot_build_describe_references (build);
      add_references (build, shown.first, (const char * const *) names);
    }
  for (gsize i = shown.first; i < shown.first + shown.n; i++)
    {
      g_autofree char *name = bp_plot_get_parameter_name (build->graph, i);

      add_parameter (build, &path, i, (guint) (i - shown.first),
                     shown.n > 1 ? name : names != NULL ? names[n_references] : NULL, names != NULL);
    }
  add_cursors (build, shown);
  set_texts (build, shown);
  bp_plot_build_fit_y (build, minimum, maximum);
}
