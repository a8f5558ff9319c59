/* bp-plot-regions.c: classes over two inputs: the regions that the model makes of the plane, the samples, its mistakes
 *
 * Of more inputs two are chosen, and the others stay at the mean of the training data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-data-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Places along a side: fewer where an evaluation takes long. */
#define MAX_SIDE 41
#define MIN_SIDE 5

/* Around the samples, as a part of their range. */
#define MARGIN 0.25

#define HALF 0.5

/* Which inputs the axes have. */
typedef struct {
  guint x;
  guint y;
} Pair;

static Pair
choose_pair (BpPlotBuild       *build,
             const BpPlotModel *model)
{
  const guint x = build->options.x_input;
  const guint y = build->options.y_input;
  Pair pair = { x > 0 && x <= model->n_inputs ? x - 1 : 0, y > 0 && y <= model->n_inputs ? y - 1 : 1 };

  /* One that is on both axes by default gives way. */
  if (pair.x == pair.y && x > 0)
    pair.y = pair.x > 0 ? 0 : 1;
  else if (pair.x == pair.y)
    pair.x = pair.y > 0 ? 0 : 1;

  return pair;
}

static void
fit_axis (BpPlotBuild *build,
          BpAxis      *axis,
          BpPlotInput  input)
{
  double minimum = NAN;
  double maximum = NAN;

  bp_plot_data_include_column (build, input, &minimum, &maximum);
  double margin = MARGIN * (maximum - minimum);
  bp_axis_fit_exactly (axis, minimum - margin, maximum + margin);
}

static double
get_mean (BpPlotBuild *build,
          BpPlotInput  input)
{
  const double *values = bp_plot_data_get_column (build, input);
  gsize n;
  const gsize *rows = bp_dataset_get_rows (build->dataset, FALSE, &n);
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += values[rows[i]];

  return sum / (double) n;
}

/* Places in rows from the lower left on; what an evaluator has beyond @n_side² rows is the first place again. */
static void
feed_places (BpPlotBuild       *build,
             const BpPlotModel *model,
             Pair               pair,
             BpEvaluator       *evaluator,
             guint              n_side)
{
  const BpAxis *axes[] = { &build->plot->x, &build->plot->y };
  gsize n_rows = bp_evaluator_get_n_rows (evaluator);
  g_autofree double *values = g_new (double, model->n_inputs * n_rows);
  const double *columns[BP_PLOT_MAX_INPUTS];

  for (guint i = 0; i < model->n_inputs; i++)
    {
      const BpAxis *axis = i == pair.x || i == pair.y ? axes[i == pair.y] : NULL;
      double mean = axis == NULL ? get_mean (build, model->inputs[i]) : 0;

      columns[i] = values + i * n_rows;
      for (gsize j = 0; j < n_rows; j++)
        {
          gsize place = j < n_side * n_side ? j : 0;
          gsize step = i == pair.x ? place % n_side : place / n_side;

          values[i * n_rows + j] = axis == NULL ? mean : axis->minimum + (axis->maximum - axis->minimum) * step
                                                                         / (n_side - 1);
        }
    }
  bp_plot_data_feed (evaluator, model->inputs, columns, model->n_inputs);
}

/* An evaluator fed with places, as many as an evaluation may cost. @n_side: (out): places along a side. Returns:
 * (nullable) */
static BpEvaluator *
get_places (BpPlotBuild       *build,
            const BpPlotModel *model,
            Pair               pair,
            guint             *n_side)
{
  BpEvaluator *evaluator = bp_plot_build_get_input_evaluator (build, MAX_SIDE * MAX_SIDE, TRUE);
  gsize n_rows = evaluator != NULL ? bp_evaluator_get_n_rows (evaluator) : 0;

  *n_side = MAX ((guint) sqrt ((double) n_rows), MIN_SIDE);
  if (*n_side * *n_side > n_rows)
    return NULL;
  feed_places (build, model, pair, evaluator, *n_side);

  return evaluator;
}

static BpLayer *
add_grid (BpPlotBuild *build,
          guint        n_side,
          const char  *label,
          const char  *name)
{
  const BpAxis *x = &build->plot->x;
  const BpAxis *y = &build->plot->y;
  BpLayer *grid = bp_plot_add_layer (build->plot, BP_LAYER_GRID, BP_COLOR_VALUE, label);

  grid->width = BP_WIDTH_THIN;
  grid->name = g_strdup (name);
  bp_layer_set_grid (grid, n_side, n_side, x->minimum, x->maximum, y->minimum, y->maximum);

  return grid;
}

/* Two classes: the probability of one of them. */
static void
add_contours (BpPlotBuild       *build,
              const BpPlotModel *model,
              Pair               pair)
{
  static const double levels[] = { 0.1, 0.3, 0.5, 0.7, 0.9 };
  guint n_side;
  BpEvaluator *evaluator = get_places (build, model, pair, &n_side);
  g_autofree char *label = bp_plot_model_describe_node (build->graph, model->score);
  BpLayer *grid = add_grid (build, n_side, label, label);

  g_array_append_vals (grid->levels, levels, G_N_ELEMENTS (levels));
  grid->strong_level = HALF;
  const double *scores = bp_plot_data_evaluate (build, evaluator, BP_PLOT_DATA_SCORE);
  for (guint i = 0; scores != NULL && i < n_side * n_side; i++)
    g_array_index (grid->values, double, i) = scores[i];
}

/* By how much @class exceeds the others at a place: above 0 where it is the answer. @scores: (nullable) (array
 * length=n_scores): of all classes there */
static double
get_lead (const double *scores,
          guint         n_scores,
          double        answer,
          double        class)
{
  double best = -INFINITY;

  if (scores == NULL || !(class >= 0 && class < n_scores))
    return answer == class ? 1 : -1;
  for (guint i = 0; i < n_scores; i++)
    if (i != (guint) class)
      best = MAX (best, scores[i]);

  return scores[(guint) class] - best;
}

/* Of each class the region where it is the answer. */
static void
add_regions (BpPlotBuild       *build,
             const BpPlotModel *model,
             Pair               pair)
{
  guint n_side;
  BpEvaluator *evaluator = get_places (build, model, pair, &n_side);
  const double *answers = bp_plot_data_evaluate (build, evaluator, BP_PLOT_DATA_ANSWER);
  const double *scores = NULL;
  guint n_scores = 0;

  if (answers != NULL)
    scores = bp_plot_data_get_scores (build, evaluator, &n_scores);
  for (guint i = 0; i < model->n_classes; i++)
    {
      g_autofree char *class = bp_plot_data_describe_class (build, (BpPlotInput) { model->target, 0 },
                                                            model->classes[i]);
      /* Not translated: a name in a file. */
      g_autofree char *name = g_strconcat ("region ", class, NULL);
      BpLayer *grid = add_grid (build, n_side, NULL, name);
      const double level = 0;

      grid->pattern = BP_PATTERN_FIRST + i;
      g_array_append_val (grid->levels, level);
      for (guint j = 0; answers != NULL && j < n_side * n_side; j++)
        g_array_index (grid->values, double, j) = get_lead (scores != NULL ? scores + j * n_scores : NULL, n_scores,
                                                            answers[j], model->classes[i]);
    }
}

/* The samples, a layer a class; those that are answered wrongly are crossed. */

static void
append_samples (BpPlotBuild         *build,
                const BpPlotModel   *model,
                Pair                 pair,
                const BpPlotSamples *samples,
                BpLayer            **classes,
                BpLayer             *mistakes)
{
  const double *xs = bp_plot_data_get_column (build, model->inputs[pair.x]);
  const double *ys = bp_plot_data_get_column (build, model->inputs[pair.y]);

  for (gsize i = 0; i < samples->n; i++)
    {
      const gsize row = samples->rows[i];
      const guint class = model->n_classes > 0 ? bp_plot_model_find_class (model, samples->targets[row]) : 0;

      bp_layer_append (classes[class], xs[row], ys[row]);
      if (mistakes != NULL && bp_plot_samples_is_mistake (samples, i))
        bp_layer_append (mistakes, xs[row], ys[row]);
    }
}

static BpLayer *
add_class (BpPlotBuild       *build,
           const BpPlotModel *model,
           guint              class,
           gboolean           has_region)
{
  g_autofree char *label = model->n_classes > 0
                             ? bp_plot_data_describe_class (build, (BpPlotInput) { model->target, 0 },
                                                            model->classes[class])
                             : bp_plot_build_describe_rows (build, BP_ROWS_TRAIN);
  BpLayer *layer = bp_plot_samples_add_layer (build, BP_COLOR_TEXT, bp_plot_data_get_class_marker (class), label);

  layer->name = g_strdup (label);
  layer->pattern = has_region ? BP_PATTERN_FIRST + class : BP_PATTERN_NONE;

  return layer;
}

static void
add_samples (BpPlotBuild       *build,
             const BpPlotModel *model,
             Pair               pair,
             gboolean           has_regions)
{
  BpPlotSamples train, test;
  BpLayer *classes[BP_PLOT_MAX_CLASSES];
  BpLayer *mistakes = NULL;

  bp_plot_samples_init (&train, build, model, BP_ROWS_TRAIN);
  bp_plot_samples_init (&test, build, model, BP_ROWS_TEST);
  for (guint i = 0; i < MAX (model->n_classes, 1); i++)
    classes[i] = add_class (build, model, i, has_regions);
  if (build->experiment->target != NULL)
    {
      mistakes = bp_plot_samples_add_layer (build, BP_COLOR_TEXT, BP_MARKER_CROSS, _("mistake"));
      mistakes->width = BP_WIDTH_THICK;
      mistakes->name = g_strdup ("mistakes");
    }
  append_samples (build, model, pair, &train, classes, mistakes);
  append_samples (build, model, pair, &test, classes, mistakes);
  bp_plot_samples_describe (build, &train, &test);
  bp_plot_samples_clear (&train);
  bp_plot_samples_clear (&test);
}

/* What the axes may show instead. */
static void
offer_inputs (BpPlotBuild       *build,
              const BpPlotModel *model,
              Pair               pair)
{
  BpPlot *plot = build->plot;

  if (model->n_inputs <= 2)
    return;

  /* Translators: beside the name of an axis: the columns that no axis has are at their mean. */
  plot->x.unit = g_strdup (_("others: mean"));
  plot->x_input = pair.x + 1;
  plot->y_input = pair.y + 1;
  plot->inputs = g_new0 (char *, model->n_inputs + 1);
  for (guint i = 0; i < model->n_inputs; i++)
    plot->inputs[i] = g_strdup (bp_plot_data_get_name (build, model->inputs[i]));
}

static void
say_mean (BpPlot *plot)
{
  g_autofree char *description = g_steal_pointer (&plot->description);

  /* Translators: "Data and prediction: 145 of 150 correct", the names of the columns that the two axes have. */
  plot->description = g_strdup_printf (_("%s; %s and %s vary, the other columns are at their mean"), description,
                                       plot->x.label, plot->y.label);
}

void
bp_plot_data_build_regions (BpPlotBuild       *build,
                            const BpPlotModel *model)
{
  const Pair pair = choose_pair (build, model);
  const gboolean has_regions = model->has_many_classes && model->n_classes > 0 && build->experiment->target != NULL;

  fit_axis (build, &build->plot->x, model->inputs[pair.x]);
  fit_axis (build, &build->plot->y, model->inputs[pair.y]);
  if (has_regions)
    add_regions (build, model, pair);
  else if (!model->has_many_classes)
    add_contours (build, model, pair);
  add_samples (build, model, pair, has_regions);
  bp_plot_data_set_columns (build, model->inputs[pair.x], model->inputs[pair.y], 0);
  bp_plot_data_add_batch (build, model->inputs[pair.x], model->inputs[pair.y], BP_MARKER_HALO);
  offer_inputs (build, model, pair);
  bp_plot_data_set_texts (build, model->inputs[pair.x], bp_plot_data_get_name (build, model->inputs[pair.y]));
  if (build->plot->inputs != NULL)
    say_mean (build->plot);
}
