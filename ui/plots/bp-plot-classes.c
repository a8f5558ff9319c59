/* bp-plot-classes.c: two classes over one input, the model's answer, its boundary and its mistakes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-data-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_CURVE BP_PLOT_DATA_N_CURVE

/* More samples than these are thinned out evenly. */
#define MAX_SHOWN 400

/* Samples of a class lie in a strip this high, so that they do not hide each other. */
#define STRIP 0.1

/* Below the targets 0 and 1, and above them where the boundary has its label. */
#define MARGIN_BELOW 0.15
#define MARGIN_ABOVE 0.5

#define HALF 0.5

/* From 0 to 1 and spread evenly however many there are: the bits of the index in reverse (van der Corput). */
static double
spread (guint index)
{
  double value = 0;

  for (double part = 0.5; index > 0; index /= 2, part /= 2)
    value += part * (index % 2);

  return value;
}

static void
append_to_strip (BpLayer *layer,
                 double   x,
                 double   target,
                 gsize    row)
{
  bp_layer_append_beside (layer, x, target, target + STRIP * (spread ((guint) row) - HALF));
}

/* All mistakes, for they are counted, and so many of the others. */
static void
add_strip (BpPlotBuild         *build,
           const BpPlotSamples *samples,
           const double        *xs,
           BpMarker             marker,
           BpRowSource          slot,
           BpLayer             *mistakes)
{
  g_autofree char *name = bp_plot_build_describe_rows (build, slot);
  g_autofree char *label = samples->n > MAX_SHOWN ? g_strdup_printf (_("%s, %d drawn"), name, MAX_SHOWN)
                                                  : g_strdup (name);
  gsize n_drawn = 0;

  if (samples->n == 0)
    return;

  BpLayer *layer = bp_plot_samples_add_layer (build, BP_COLOR_DIM, marker, label);
  layer->name = g_strdup (slot == BP_ROWS_TEST ? "test" : "train");
  for (gsize i = 0; i < samples->n; i++)
    {
      gboolean is_drawn = i * MIN (samples->n, MAX_SHOWN) / samples->n >= n_drawn;
      gboolean is_mistake = bp_plot_samples_is_mistake (samples, i);
      gsize row = samples->rows[i];

      n_drawn += is_drawn;
      if (is_drawn || is_mistake)
        append_to_strip (is_mistake ? mistakes : layer, xs[row], samples->targets[row], row);
    }
}

static void
add_answer (BpPlotBuild       *build,
            const BpPlotModel *model)
{
  double xs[N_CURVE];
  const double *ys = bp_plot_data_evaluate_curve (build, model->inputs[0], xs);
  g_autofree char *label = bp_plot_model_describe_node (build->graph, model->score);
  BpLayer *line = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_VALUE, label);

  line->name = g_strdup (label);
  for (guint i = 0; ys != NULL && i < N_CURVE; i++)
    bp_layer_append (line, xs[i], ys[i]);

  /* A boundary lies wherever the answer crosses one half. */
  for (guint i = 1; ys != NULL && i < N_CURVE; i++)
    if ((ys[i - 1] < HALF) != (ys[i] < HALF))
      {
        double x = xs[i - 1] + (xs[i] - xs[i - 1]) * (HALF - ys[i - 1]) / (ys[i] - ys[i - 1]);
        g_autofree char *number = bp_number_format (x);
        g_autofree char *text = g_strdup_printf (_("boundary %s"), number);
        BpLayer *rule = bp_plot_add_layer (build->plot, BP_LAYER_RULE_X, BP_COLOR_PARAMETER, text);

        rule->dash = BP_DASH_DASHED;
        rule->is_label_inside = TRUE;
        bp_layer_append (rule, x, HALF);
      }
}

/* The batch shown, in its strips. */
static void
mark_batch (BpPlotBuild   *build,
            const double  *xs,
            const double  *targets)
{
  gsize n_rows;
  const gsize *rows = bp_trainer_get_batch (build->trainer, &n_rows);
  g_autofree char *label = bp_plot_build_describe_rows (build, BP_ROWS_BATCH);
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, BP_COLOR_VALUE, label);

  layer->marker = BP_MARKER_CIRCLE;
  layer->is_cursor = TRUE;
  for (gsize i = 0; rows != NULL && i < MIN (n_rows, MAX_SHOWN); i++)
    append_to_strip (layer, xs[rows[i]], targets[rows[i]], rows[i]);
}

void
bp_plot_data_build_classes (BpPlotBuild       *build,
                            const BpPlotModel *model)
{
  const double *xs = bp_plot_data_get_column (build, model->inputs[0]);
  BpPlotSamples train, test;
  double minimum = NAN;
  double maximum = NAN;

  bp_plot_samples_init (&train, build, model, BP_ROWS_TRAIN);
  bp_plot_samples_init (&test, build, model, BP_ROWS_TEST);
  bp_plot_data_include_column (build, model->inputs[0], &minimum, &maximum);
  bp_plot_build_fit (build, &build->plot->x, minimum, maximum);
  bp_axis_fit_exactly (&build->plot->y, -MARGIN_BELOW, 1 + MARGIN_ABOVE);
  build->plot->y.is_share = TRUE;

  bp_plot_data_set_columns (build, model->inputs[0], (BpPlotInput) { model->target, 0 }, STRIP);
  /* Samples lie lowest: the answer above them is another one after each step. */
  BpLayer *mistakes = bp_plot_samples_add_layer (build, BP_COLOR_TEXT, BP_MARKER_CROSS, _("mistake"));
  mistakes->name = g_strdup ("mistakes");
  mistakes->width = BP_WIDTH_NORMAL;
  add_strip (build, &train, xs, BP_MARKER_RING, BP_ROWS_TRAIN, mistakes);
  add_strip (build, &test, xs, BP_MARKER_BOX, BP_ROWS_TEST, mistakes);
  add_answer (build, model);
  mark_batch (build, xs, train.targets);
  bp_plot_samples_describe (build, &train, &test);
  bp_plot_data_set_texts (build, model->inputs[0], bp_graph_get_name (build->graph, model->target));

  bp_plot_samples_clear (&train);
  bp_plot_samples_clear (&test);
}
