/* bp-plot-confusion.c: which classes are taken for which
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-data-private.h"

#include <glib/gi18n-lib.h>

/* Room for marks above the columns and left of the rows, as a part of a cell. */
#define HEAD 0.5

/**
 * Matrix:
 * @source: of which rows
 * @counts: (array): how many samples of the class of the row are taken for that of the column
 * @n_correct: how many are taken for what they are
 * @n_none: how many are taken for something that is no class
 */
typedef struct {
  BpPlotBuild       *build;
  const BpPlotModel *model;
  BpRowSource        source;
  BpPlotSamples      samples;
  guint             *counts;
  guint              n_correct;
  guint              n_none;
} Matrix;

gboolean
bp_plot_build_has_classes (const BpPlotBuild *build)
{
  BpPlotModel model;

  if (!bp_plot_build_has_target (build))
    return FALSE;
  bp_plot_model_init (&model, build->experiment, build->graph, build->dataset);

  return model.n_classes > 1;
}

static void
count (Matrix *self)
{
  const guint n = self->model->n_classes;
  const BpPlotSamples *samples = &self->samples;

  self->counts = g_new0 (guint, n * n);
  for (gsize i = 0; samples->answers != NULL && i < samples->n; i++)
    {
      const guint row = bp_plot_model_find_class (self->model, samples->targets[samples->rows[i]]);
      const guint column = bp_plot_model_find_class (self->model, samples->answers[i]);

      self->n_correct += row == column;
      if (column < n)
        self->counts[row * n + column]++;
      else
        self->n_none++;
    }
}

static char *
get_class_name (Matrix *self,
                guint   class)
{
  return bp_plot_data_get_class_name (self->build, (BpPlotInput) { self->model->target, 0 },
                                      self->model->classes[class]);
}

/* Row by row from the top. Without answers there is nothing in them. */
static void
add_cells (Matrix *self)
{
  const guint n = self->model->n_classes;
  BpPlot *plot = self->build->plot;
  BpLayer *layer = bp_plot_add_layer (plot, BP_LAYER_CELLS, BP_COLOR_VALUE, _("share of the row"));
  BpLayer *mistakes = bp_plot_add_layer (plot, BP_LAYER_CELLS, BP_COLOR_TEXT, _("mistakes"));

  layer->name = g_strdup (self->source == BP_ROWS_TEST ? "test" : "train");
  layer->has_numbers = TRUE;
  mistakes->width = BP_WIDTH_THICK;
  for (guint row = 0; self->samples.answers != NULL && row < n; row++)
    {
      guint total = 0;

      for (guint column = 0; column < n; column++)
        total += self->counts[row * n + column];
      for (guint column = 0; column < n; column++)
        {
          const guint count = self->counts[row * n + column];
          const BpPlotCell cell = { count, count / (double) MAX (total, 1), count > 0 && row != column };

          bp_layer_append_cell (layer, column, n - 1 - row, &cell);
        }
    }
}

/* The mark of each class, above its column and before its row. */
static void
add_marks (Matrix *self)
{
  const guint n = self->model->n_classes;

  if (n > BP_PLOT_DATA_N_MARKS)
    return;
  for (guint i = 0; i < n; i++)
    {
      BpLayer *layer = bp_plot_samples_add_layer (self->build, BP_COLOR_TEXT, bp_plot_data_get_class_marker (i), NULL);

      layer->width = BP_WIDTH_NORMAL;
      layer->is_cursor = FALSE;
      bp_layer_append (layer, i + 0.5, n + HEAD / 2);
      bp_layer_append (layer, -HEAD / 2, n - 1 - i + 0.5);
    }
}

static void
set_axes (Matrix *self)
{
  const guint n = self->model->n_classes;
  const double head = n > BP_PLOT_DATA_N_MARKS ? 0 : HEAD;
  BpPlot *plot = self->build->plot;

  plot->is_matrix = TRUE;
  bp_axis_fit_exactly (&plot->x, -head, n);
  bp_axis_fit_exactly (&plot->y, 0, n + head);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *column = get_class_name (self, i);
      g_autofree char *row = get_class_name (self, n - 1 - i);

      bp_axis_append_tick (&plot->x, i + 0.5, column, FALSE);
      bp_axis_append_tick (&plot->y, i + 0.5, row, FALSE);
    }
  plot->x.label = g_strdup (C_("confusion matrix", "predicted"));
  plot->y.label = g_strdup (C_("confusion matrix", "actual"));
  if (self->n_none > 0)
    /* Translators: how many predictions are none of the classes. */
    plot->x.unit = g_strdup_printf (_("%u none of these"), self->n_none);
}

/* The mistake that is made most often, or NULL. */
static char *
describe_worst (Matrix *self)
{
  const guint n = self->model->n_classes;
  guint worst = 0;

  for (guint i = 0; i < n * n; i++)
    if (i / n != i % n && (worst / n == worst % n || self->counts[i] > self->counts[worst]))
      worst = i;
  if (self->counts[worst] == 0)
    return NULL;

  g_autofree char *actual = get_class_name (self, worst / n);
  g_autofree char *predicted = get_class_name (self, worst % n);

  /* Translators: a class, how often, and the class that it is taken for. */
  return g_strdup_printf (_("most often %s, %u times taken for %s"), actual, self->counts[worst], predicted);
}

static void
set_texts (Matrix *self)
{
  BpPlot *plot = self->build->plot;
  g_autofree char *rows = bp_plot_build_describe_rows (self->build, self->source);
  g_autofree char *worst = describe_worst (self);

  if (self->samples.answers == NULL)
    {
      plot->subtitle = g_strdup (_("prediction not computed"));
      plot->description = g_strdup_printf (_("Confusion matrix: %s: not computed"), rows);
      return;
    }

  plot->subtitle = g_strdup_printf (_("%zu of %zu correct"), (gsize) self->n_correct, self->samples.n);
  if (worst != NULL)
    /* Translators: "held out", "28 of 30 correct", "most often virginica, 1 times taken for versicolor" */
    plot->description = g_strdup_printf (_("Confusion matrix: %s, %s, %s"), rows, plot->subtitle, worst);
  else
    plot->description = g_strdup_printf (_("Confusion matrix: %s, %s"), rows, plot->subtitle);
}

void
bp_plot_build_confusion (BpPlotBuild *build)
{
  BpPlotModel model;
  gsize n_test;
  Matrix self = { .build = build, .model = &model };

  bp_plot_model_init (&model, build->experiment, build->graph, build->dataset);
  bp_dataset_get_rows (build->dataset, TRUE, &n_test);
  self.source = build->options.test_rows && n_test > 0 ? BP_ROWS_TEST : BP_ROWS_TRAIN;
  build->plot->has_test_rows = n_test > 0;
  build->plot->shows_test_rows = self.source == BP_ROWS_TEST;
  bp_plot_samples_init (&self.samples, build, &model, self.source);
  count (&self);
  set_axes (&self);
  add_cells (&self);
  add_marks (&self);
  set_texts (&self);
  bp_plot_samples_clear (&self.samples);
  g_free (self.counts);
}
