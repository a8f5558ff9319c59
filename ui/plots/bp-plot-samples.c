/* bp-plot-samples.c: samples with the model's answers to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-data-private.h"

#include <glib/gi18n-lib.h>

void
bp_plot_samples_init (BpPlotSamples     *samples,
                      BpPlotBuild       *build,
                      const BpPlotModel *model,
                      BpRowSource        source)
{
  const double *answers = NULL;

  /* What is compared with a target alone is an answer. */
  *samples = (BpPlotSamples) { 0 };
  if (build->experiment->target != NULL)
    answers = bp_plot_data_evaluate (build, bp_plot_build_get_evaluator (build, source), BP_PLOT_DATA_ANSWER);
  samples->rows = bp_plot_build_dup_rows (build, source, &samples->n);
  if (model->target != BP_NODE_NONE)
    samples->targets = bp_plot_data_get_column (build, (BpPlotInput) { model->target, 0 });
  if (answers != NULL && samples->targets != NULL)
    samples->answers = g_memdup2 (answers, samples->n * sizeof (double));
}

void
bp_plot_samples_clear (BpPlotSamples *samples)
{
  g_free (samples->rows);
  g_free (samples->answers);
}

gboolean
bp_plot_samples_is_mistake (const BpPlotSamples *samples,
                            gsize                index)
{
  return samples->answers != NULL && samples->answers[index] != samples->targets[samples->rows[index]];
}

static gsize
count_correct (const BpPlotSamples *samples)
{
  gsize n = samples->n;

  for (gsize i = 0; i < samples->n; i++)
    n -= bp_plot_samples_is_mistake (samples, i);

  return n;
}

/* Counts what is drawn as a mistake, and what is not. */
static char *
format_correct (const BpPlotSamples *train,
                const BpPlotSamples *test)
{
  if (test->n == 0)
    return g_strdup_printf (_("%zu of %zu correct"), count_correct (train), train->n);

  /* Translators: how many of the samples trained with are classified correctly, and of those to test with. */
  return g_strdup_printf (_("correct: %zu of %zu, test %zu of %zu"), count_correct (train), train->n,
                          count_correct (test), test->n);
}

void
bp_plot_samples_describe (BpPlotBuild         *build,
                          const BpPlotSamples *train,
                          const BpPlotSamples *test)
{
  g_autofree char *name = bp_plot_build_describe_rows (build, BP_ROWS_TRAIN);

  if (train->answers == NULL || (test->n > 0 && test->answers == NULL))
    return;

  build->plot->subtitle = format_correct (train, test);
  /* Translators: "Data and prediction: 98 of 100 correct, all data" */
  build->plot->description = g_strdup_printf (_("Data and prediction: %s, %s"), build->plot->subtitle, name);
}

BpLayer *
bp_plot_samples_add_layer (BpPlotBuild *build,
                           BpColor      color,
                           BpMarker     marker,
                           const char  *label)
{
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, color, label);

  layer->marker = marker;
  layer->width = BP_WIDTH_THIN;

  return layer;
}

void
bp_plot_data_set_columns (BpPlotBuild *build,
                          BpPlotInput  x,
                          BpPlotInput  y,
                          double       strip)
{
  build->plot->x_column = (int) bp_plot_data_find_column (build, x);
  build->plot->y_column = (int) bp_plot_data_find_column (build, y);
  build->plot->strip = strip;
}
