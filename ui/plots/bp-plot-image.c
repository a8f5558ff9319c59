/* bp-plot-image.c: a sample as a picture, with its class and the model's answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-data-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* One of the batch shown, or before there is one the first to train with. */
static gsize
choose_row (BpPlotBuild *build)
{
  gsize n;
  const gsize *rows = bp_trainer_get_batch (build->trainer, &n);

  if (rows == NULL)
    rows = bp_dataset_get_rows (build->dataset, FALSE, &n);

  return rows[build->options.row < n ? build->options.row : 0];
}

static void
add_pixels (BpPlotBuild       *build,
            const BpPlotModel *model,
            gsize              row,
            double            *pixels)
{
  const guint side = model->side;
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_CELLS, BP_COLOR_TEXT, NULL);
  double minimum = NAN, maximum = NAN;

  layer->name = g_strdup (bp_graph_get_name (build->graph, model->inputs[0].placeholder));
  for (guint i = 0; i < side * side; i++)
    {
      const BpPlotInput input = { model->inputs[0].placeholder, i };

      pixels[i] = bp_plot_data_get_column (build, input)[row];
      bp_range_include (&minimum, &maximum, pixels[i]);
    }

  /* From 0, where there are no pixels below it: the ground of what is drawn. */
  minimum = minimum >= 0 ? 0 : minimum;
  for (guint i = 0; i < side * side; i++)
    {
      const double shade = maximum > minimum ? (pixels[i] - minimum) / (maximum - minimum) : 0;

      bp_layer_append_cell (layer, i % side, side - 1 - i / side, &(BpPlotCell) { pixels[i], shade, FALSE });
    }
}

/* The model's answer to one sample; NaN where it is not computed. */
static double
get_answer (BpPlotBuild       *build,
            const BpPlotModel *model,
            const double      *pixels)
{
  BpEvaluator *evaluator = build->experiment->target != NULL ? bp_plot_build_get_input_evaluator (build, 1, FALSE)
                                                             : NULL;
  guint placeholder;
  const double *answers;

  if (evaluator == NULL)
    return NAN;
  placeholder = bp_graph_find (bp_evaluator_get_graph (evaluator),
                               bp_graph_get_name (build->graph, model->inputs[0].placeholder));
  bp_evaluator_feed (evaluator, placeholder, pixels);
  answers = bp_plot_data_evaluate (build, evaluator, BP_PLOT_DATA_ANSWER);

  return answers != NULL ? answers[0] : (double) NAN;
}

static void
set_texts (BpPlotBuild       *build,
           const BpPlotModel *model,
           gsize              row,
           double             answer)
{
  const BpPlotInput target = { model->target, 0 };
  const double *targets = model->target != BP_NODE_NONE ? bp_plot_data_get_column (build, target) : NULL;
  g_autofree char *actual = targets != NULL ? bp_plot_data_get_class_name (build, target, targets[row]) : NULL;
  g_autofree char *predicted = isfinite (answer) ? bp_plot_data_get_class_name (build, target, answer) : NULL;
  const gboolean is_mistake = targets != NULL && answer != targets[row];
  g_autofree char *text = g_strdup (actual);
  BpPlot *plot = build->plot;

  plot->x.label = g_strdup_printf (_("sample no. %zu"), row + 1);
  if (actual != NULL && predicted != NULL)
    {
      /* Translators: the class that a sample is of, and the one that is predicted. */
      g_autofree char *both = g_strdup_printf (_("%s, predicted %s"), actual, predicted);

      g_free (text);
      /* Translators: the same where the sample is taken for another class than it is of. */
      text = is_mistake ? g_strdup_printf (_("%s, predicted %s: a mistake"), actual, predicted) : g_strdup (both);
      plot->subtitle = g_strconcat (both, is_mistake ? " ✗" : " ✓", NULL);
    }
  else
    plot->subtitle = g_strdup (actual);
  /* Translators: "sample no. 17", and "3, predicted 3" or its class alone. */
  plot->description = text != NULL ? g_strdup_printf (_("Picture of %s: %s"), plot->x.label, text)
                                   : g_strdup_printf (_("Picture of %s"), plot->x.label);
}

void
bp_plot_data_build_image (BpPlotBuild       *build,
                          const BpPlotModel *model)
{
  g_autofree double *pixels = g_new (double, model->side * model->side);
  const gsize row = choose_row (build);

  build->plot->is_matrix = TRUE;
  build->plot->has_one_unit = TRUE;
  bp_axis_fit_exactly (&build->plot->x, 0, model->side);
  bp_axis_fit_exactly (&build->plot->y, 0, model->side);
  add_pixels (build, model, row, pixels);
  set_texts (build, model, row, get_answer (build, model, pixels));
}
