/* bp-plot-measure.c: a number of all rows, such as their loss, against iteration: of the run and of reference runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-measure.h"

#include <math.h>

#include "base/bp-number.h"

void
bp_plot_measure_init (BpPlotMeasure    *self,
                      BpPlotBuild      *build,
                      const char       *name,
                      BpPlotMeasureFunc function)
{
  *self = (BpPlotMeasure) {
    .build = build,
    .name = name,
    .function = function,
    .train = bp_plot_build_get_evaluator (build, BP_ROWS_TRAIN),
    .test = bp_plot_build_get_evaluator (build, BP_ROWS_TEST),
  };
}

double
bp_plot_measure_get (const BpPlotMeasure *self,
                     BpRowSource          source,
                     const double        *parameters)
{
  BpEvaluator *evaluator = source == BP_ROWS_TEST ? self->test : self->train;

  return evaluator != NULL ? self->function (self->build, evaluator, parameters) : (double) NAN;
}

static BpCacheLoss
compute (gpointer      data,
         const double *parameters)
{
  return (BpCacheLoss) { bp_plot_measure_get (data, BP_ROWS_TRAIN, parameters),
                         bp_plot_measure_get (data, BP_ROWS_TEST, parameters) };
}

static BpLayer *
add_line (BpPlotMeasure    *self,
          const BpPlotPath *path,
          const char       *label,
          const char       *name)
{
  BpLayer *layer = bp_plot_add_layer (self->build->plot, BP_LAYER_LINE, BP_COLOR_VALUE, label);

  layer->name = g_strdup (name);
  layer->step = (double) path->stride;
  layer->dim_from = (double) self->build->cursor.iteration;

  return layer;
}

/* @label: (nullable): instead of what the rows are called */
static BpLayer *
add_rows_line (BpPlotMeasure    *self,
               const BpPlotPath *path,
               BpRowSource       source,
               const char       *label)
{
  g_autofree char *rows = bp_plot_build_describe_rows (self->build, source);
  g_autofree char *name = g_strconcat (self->name, source == BP_ROWS_TEST ? "_test" : "_all", NULL);

  return add_line (self, path, label != NULL ? label : rows, name);
}

/* The numbers at every position of a path; beyond the budget they come with the next building. @test: (nullable) */
static void
append_numbers (BpPlotMeasure    *self,
                const BpPlotPath *path,
                guint             series,
                BpLayer          *train,
                BpLayer          *test)
{
  const double cost = (self->train != NULL ? bp_evaluator_get_cost (self->train) : 0)
                      + (self->test != NULL ? bp_evaluator_get_cost (self->test) : 0);
  double room[BP_PLOT_MAX_SERIES];

  for (guint i = 0; i < path->n_positions; i++)
    {
      double x = (double) (i * path->stride);
      const double *parameters = bp_plot_path_get (path, i, room);
      const BpCacheLoss *numbers = bp_plot_cache_get_loss (self->build->cache, series, i, parameters, path->n, compute,
                                                           self, cost);

      if (numbers == NULL)
        return;
      bp_layer_append (train, x, numbers->train);
      if (test != NULL)
        bp_layer_append (test, x, numbers->test);
    }
}

/* The number of a reference run at the cursor's iteration, in words. */
static char *
describe_reference (BpPlotMeasure    *self,
                    const BpPlotPath *path)
{
  g_autofree double *parameters = g_new (double, path->n);
  gboolean is_exact = bp_plot_path_find (path, self->build, parameters);

  for (gsize i = 0; i < path->n; i++)
    if (isnan (parameters[i]))
      return g_strdup (BP_NUMBER_NONE);

  return bp_plot_format_recorded (bp_plot_measure_get (self, BP_ROWS_TRAIN, parameters), is_exact);
}

/* Reference runs over the data of this run: with the same data, that is how they compare. */
static void
add_references (BpPlotMeasure *self,
                char         **names)
{
  for (guint i = 0; i < bp_plot_build_get_n_references (self->build); i++)
    {
      BpPlotPath path;

      bp_plot_path_init (&path, self->build, bp_plot_build_get_reference (self->build, i));
      if (path.n == 0 || self->train == NULL)
        continue;

      BpLayer *layer = add_line (self, &path, names[i], names[i]);
      bp_plot_set_reference (layer, i);
      layer->value = describe_reference (self, &path);
      append_numbers (self, &path, i + 1, layer, NULL);
    }
}

BpLayer *
bp_plot_measure_add_lines (BpPlotMeasure    *self,
                           const BpPlotPath *path,
                           double            now,
                           BpLayer         **test)
{
  guint n_references = bp_plot_build_get_n_references (self->build);
  g_auto (GStrv) names = n_references > 0 ? bp_plot_build_describe_references (self->build) : NULL;

  *test = NULL;
  if (names != NULL)
    add_references (self, names);
  if (path->n == 0 || self->train == NULL)
    return NULL;

  BpLayer *train = add_rows_line (self, path, BP_ROWS_TRAIN, names != NULL ? names[n_references] : NULL);
  if (names != NULL)
    bp_plot_build_set_strong (self->build, train, now);
  if (self->test != NULL)
    {
      *test = add_rows_line (self, path, BP_ROWS_TEST, NULL);
      (*test)->dash = BP_DASH_DASHED;
    }
  append_numbers (self, path, 0, train, *test);

  return train;
}
