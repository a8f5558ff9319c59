/* bp-plot-data.c: the data, and what the model makes of them: which plot, histograms and scatters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-data-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_CURVE BP_PLOT_DATA_N_CURVE

/* Bars of a histogram at least and at most; between them the square root of the number of samples. */
#define MIN_BARS 5
#define MAX_BARS 40

/* How much of a bar's width is left free. */
#define BAR_GAP 0.08

/* Above the highest bar, for the number of the sample. */
#define LABEL_ROOM 0.15

/* More samples of a batch than this are not marked one by one. */
#define MAX_MARKED 64

/* How far a straight line may miss a fitted one in between to be called a line, relative to its height. */
#define STRAIGHT 1e-9

/* Rows */

guint
bp_plot_data_find_column (BpPlotBuild *build,
                          BpPlotInput  input)
{
  guint n_columns;
  const guint *columns = bp_dataset_find_all (build->dataset, bp_graph_get_name (build->graph, input.placeholder),
                                              &n_columns);

  return input.column < n_columns ? columns[input.column] : G_MAXUINT;
}

const double *
bp_plot_data_get_column (BpPlotBuild *build,
                         BpPlotInput  input)
{
  guint column = bp_plot_data_find_column (build, input);

  return column != G_MAXUINT ? bp_dataset_get_column (build->dataset, column) : NULL;
}

const char *
bp_plot_data_get_name (BpPlotBuild *build,
                       BpPlotInput  input)
{
  guint column = bp_plot_data_find_column (build, input);

  return column != G_MAXUINT ? bp_dataset_get_name (build->dataset, column)
                             : bp_graph_get_name (build->graph, input.placeholder);
}

static const char *
find_class_name (BpPlotBuild *build,
                 BpPlotInput  target,
                 double       class)
{
  guint column = bp_plot_data_find_column (build, target);
  const char * const *names = column != G_MAXUINT ? bp_dataset_get_classes (build->dataset, column) : NULL;

  return names != NULL && class >= 0 && class < g_strv_length ((char **) names) ? names[(guint) class] : NULL;
}

char *
bp_plot_data_get_class_name (BpPlotBuild *build,
                             BpPlotInput  target,
                             double       class)
{
  const char *name = find_class_name (build, target, class);

  return name != NULL ? g_strdup (name) : g_strdup_printf ("%g", class);
}

char *
bp_plot_data_describe_class (BpPlotBuild *build,
                             BpPlotInput  target,
                             double       class)
{
  const char *name = find_class_name (build, target, class);

  return name != NULL ? g_strdup (name) : g_strdup_printf ("%s = %g", bp_plot_data_get_name (build, target), class);
}

/* Those of three classes are ○ ▲ ■. */
BpMarker
bp_plot_data_get_class_marker (guint class)
{
  static const BpMarker markers[BP_PLOT_DATA_N_MARKS] = {
    BP_MARKER_RING, BP_MARKER_TRIANGLE, BP_MARKER_SQUARE, BP_MARKER_DIAMOND, BP_MARKER_CIRCLE, BP_MARKER_BOX,
    BP_MARKER_PLUS, BP_MARKER_DOT,
  };

  return markers[class % BP_PLOT_DATA_N_MARKS];
}

void
bp_plot_data_include_column (BpPlotBuild *build,
                             BpPlotInput  input,
                             double      *minimum,
                             double      *maximum)
{
  const double *values = bp_plot_data_get_column (build, input);
  gsize n = bp_dataset_get_n_samples (build->dataset);

  for (gsize i = 0; i < n; i++)
    bp_range_include (minimum, maximum, values[i]);
}

/* "sample 63 of 100", or how large the batch is. */
static char *
describe_batch (BpPlotBuild *build)
{
  gsize n_rows;
  const gsize *rows = bp_trainer_get_batch (build->trainer, &n_rows);
  gsize n = bp_dataset_get_n_samples (build->dataset);

  if (rows == NULL)
    return g_strdup_printf (ngettext ("%zu sample", "%zu samples", n), n);
  if (n_rows == 1)
    return rows[0] < n ? g_strdup_printf (_("sample no. %zu"), rows[0] + 1) : g_strdup (_("typed sample"));

  bp_dataset_get_rows (build->dataset, FALSE, &n);

  return g_strdup_printf (_("batch of %zu from %zu"), n_rows, n);
}

void
bp_plot_data_add_batch (BpPlotBuild *build,
                        BpPlotInput  x,
                        BpPlotInput  y,
                        BpMarker     marker)
{
  gsize n_rows;
  const gsize *rows = bp_trainer_get_batch (build->trainer, &n_rows);
  const double *xs = bp_plot_data_get_column (build, x);
  const double *ys = bp_plot_data_get_column (build, y);
  g_autofree char *label = bp_plot_build_describe_rows (build, BP_ROWS_BATCH);
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, BP_COLOR_VALUE, label);

  layer->marker = marker;
  layer->width = marker == BP_MARKER_HALO ? BP_WIDTH_NORMAL : BP_WIDTH_THICK;
  layer->is_cursor = TRUE;
  for (gsize i = 0; rows != NULL && i < MIN (n_rows, MAX_MARKED); i++)
    bp_layer_append (layer, xs[rows[i]], ys[rows[i]]);
}

void
bp_plot_data_set_texts (BpPlotBuild *build,
                        BpPlotInput  x,
                        const char  *y)
{
  g_autofree char *batch = describe_batch (build);

  build->plot->x.label = g_strdup (bp_plot_data_get_name (build, x));
  build->plot->y.label = g_strdup (y);
  if (build->plot->subtitle == NULL && build->refused != NULL)
    build->plot->subtitle = g_strdup (_("prediction not computed"));
  if (build->plot->subtitle == NULL)
    build->plot->subtitle = g_strdup (batch);
  if (build->plot->description == NULL)
    build->plot->description = g_strdup_printf (_("%s against %s: %s"), y, build->plot->x.label, batch);
}

/* The model's output */

/*
 * Its nodes are found anew in each graph: one of many rows has a mean behind its loss, which one of a single row has
 * not.
 */
const double *
bp_plot_data_evaluate (BpPlotBuild     *build,
                       BpEvaluator     *evaluator,
                       BpPlotDataOutput output)
{
  BpPlotModel model;
  guint node;

  if (evaluator == NULL)
    return NULL;
  bp_plot_model_init (&model, build->experiment, bp_evaluator_get_graph (evaluator), NULL);
  node = output == BP_PLOT_DATA_SCORE ? model.score : model.answer;

  return bp_evaluator_get_values (evaluator, node, build->parameters);
}

const double *
bp_plot_data_get_scores (BpPlotBuild *build,
                         BpEvaluator *evaluator,
                         guint       *n_scores)
{
  BpPlotModel model;
  BpGraph *graph = bp_evaluator_get_graph (evaluator);

  bp_plot_model_init (&model, build->experiment, graph, NULL);
  if (model.scores == BP_NODE_NONE)
    return NULL;
  *n_scores = bp_graph_get_shape (graph, model.scores)->dims[1];

  return bp_session_get_value (bp_evaluator_get_session (evaluator), model.scores);
}

void
bp_plot_data_feed (BpEvaluator          *evaluator,
                   const BpPlotInput    *inputs,
                   const double * const *values,
                   guint                 n_inputs)
{
  BpGraph *graph = bp_evaluator_get_graph (evaluator);
  gsize n_rows = bp_evaluator_get_n_rows (evaluator);

  for (guint i = 0; i < n_inputs; i++)
    {
      guint n = bp_plot_model_get_n_columns (graph, inputs[i].placeholder);
      g_autofree double *rows = inputs[i].column == 0 ? g_new (double, n_rows * n) : NULL;

      /* The columns of a placeholder follow its first. */
      for (gsize j = 0; rows != NULL && j < n_rows * n; j++)
        rows[j] = values[MIN (i + j % n, n_inputs - 1)][j / n];
      if (rows != NULL)
        bp_evaluator_feed (evaluator, inputs[i].placeholder, rows);
    }
}

const double *
bp_plot_data_evaluate_curve (BpPlotBuild *build,
                             BpPlotInput  input,
                             double      *xs)
{
  BpEvaluator *evaluator = bp_plot_build_get_input_evaluator (build, N_CURVE, FALSE);
  const BpAxis *x = &build->plot->x;

  for (guint i = 0; i < N_CURVE; i++)
    xs[i] = x->minimum + (x->maximum - x->minimum) * i / (N_CURVE - 1);
  if (evaluator == NULL)
    return NULL;
  bp_plot_data_feed (evaluator, &input, (const double *[]) { xs }, 1);

  return bp_plot_data_evaluate (build, evaluator, BP_PLOT_DATA_SCORE);
}

/* Histogram */

/* Returns: the height of the highest bar. */
static guint
add_histogram (BpPlotBuild  *build,
               const double *values,
               const gsize  *rows,
               gsize         n_rows)
{
  guint highest = 0;
  const BpAxis *x = &build->plot->x;
  guint n_bars = (guint) CLAMP (sqrt ((double) n_rows), MIN_BARS, MAX_BARS);
  g_autofree guint *counts = g_new0 (guint, n_bars);
  double width = (x->maximum - x->minimum) / n_bars;
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_BARS, BP_COLOR_VALUE, NULL);

  layer->width = BP_WIDTH_THIN;
  layer->name = g_strdup ("samples");
  for (gsize i = 0; i < n_rows; i++)
    {
      double place = bp_axis_map (x, values[rows[i]]) * n_bars;

      if (isfinite (place))
        counts[(guint) CLAMP (place, 0, n_bars - 1)]++;
    }
  for (guint i = 0; i < n_bars; i++)
    {
      bp_layer_append_bar (layer, x->minimum + width * (i + BAR_GAP / 2), x->minimum + width * (i + 1 - BAR_GAP / 2), 0,
                           counts[i]);
      highest = MAX (highest, counts[i]);
    }

  return highest;
}

/* One sample is a line with its number, of what the axis names; more are marks on the axis. */
static void
mark_batch (BpPlotBuild  *build,
            const double *values)
{
  gsize n_rows = 0;
  const gsize *rows = bp_trainer_get_batch (build->trainer, &n_rows);

  if (rows != NULL && n_rows == 1)
    {
      g_autofree char *number = bp_number_format (values[rows[0]]);
      BpLayer *rule = bp_plot_add_layer (build->plot, BP_LAYER_RULE_X, BP_COLOR_VALUE, number);

      rule->width = BP_WIDTH_THICK;
      rule->is_label_inside = TRUE;
      bp_layer_append (rule, values[rows[0]], 0);
      return;
    }

  /* Its entry in the legend is there before the first batch, so that the plot does not move then. */
  if (rows == NULL && bp_trainer_get_batch_size (build->trainer) == 1)
    return;

  g_autofree char *label = bp_plot_build_describe_rows (build, BP_ROWS_BATCH);
  BpLayer *marks = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, BP_COLOR_VALUE, label);
  marks->marker = BP_MARKER_TRIANGLE;
  marks->width = BP_WIDTH_THICK;
  for (gsize i = 0; rows != NULL && i < MIN (n_rows, MAX_MARKED); i++)
    bp_layer_append (marks, values[rows[i]], 0);
}

static void
build_histogram (BpPlotBuild *build,
                 BpPlotInput  input)
{
  const double *values = bp_plot_data_get_column (build, input);
  gsize n_rows;
  g_autofree gsize *rows = bp_plot_build_dup_rows (build, BP_ROWS_TRAIN, &n_rows);
  double minimum = NAN;
  double maximum = NAN;

  bp_plot_data_include_column (build, input, &minimum, &maximum);
  bp_plot_build_fit (build, &build->plot->x, minimum, maximum);
  guint highest = add_histogram (build, values, rows, n_rows);
  mark_batch (build, values);
  bp_plot_data_set_texts (build, input, _("samples"));
  bp_plot_build_fit (build, &build->plot->y, 0, highest * (1 + LABEL_ROOM));
}

/* Scatter */

/* Slope and intercept, where the answer is a straight line. */
static void
describe_line (BpPlotBuild  *build,
               const double *xs,
               const double *ys)
{
  double slope = (ys[N_CURVE - 1] - ys[0]) / (xs[N_CURVE - 1] - xs[0]);
  double intercept = ys[0] - slope * xs[0];
  double height = fabs (ys[N_CURVE - 1]) + fabs (ys[0]);

  for (guint i = 1; i < N_CURVE - 1; i++)
    if (!(fabs (ys[0] + slope * (xs[i] - xs[0]) - ys[i]) <= STRAIGHT * height))
      return;

  g_autofree char *slope_text = bp_plot_build_format (build, slope);
  g_autofree char *intercept_text = bp_plot_build_format (build, intercept);
  build->plot->subtitle = g_strdup_printf (_("slope %s, intercept %s"), slope_text, intercept_text);
}

static void
add_fit (BpPlotBuild       *build,
         const BpPlotModel *model)
{
  double xs[N_CURVE];
  const double *ys = bp_plot_data_evaluate_curve (build, model->inputs[0], xs);
  g_autofree char *label = bp_plot_model_describe_node (build->graph, model->score);
  BpLayer *line = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_VALUE, label);

  line->name = g_strdup (label);
  if (ys == NULL)
    return;

  for (guint i = 0; i < N_CURVE; i++)
    bp_layer_append (line, xs[i], ys[i]);
  describe_line (build, xs, ys);
}

static void
add_rows (BpPlotBuild  *build,
          BpRowSource   slot,
          BpMarker      marker,
          const double *xs,
          const double *ys)
{
  gsize n_rows;
  g_autofree gsize *rows = bp_plot_build_dup_rows (build, slot, &n_rows);
  g_autofree char *label = bp_plot_build_describe_rows (build, slot);

  if (n_rows == 0)
    return;

  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, BP_COLOR_DIM, label);
  layer->marker = marker;
  layer->width = BP_WIDTH_THIN;
  layer->name = g_strdup (slot == BP_ROWS_TEST ? "test" : "train");
  for (gsize i = 0; i < n_rows; i++)
    bp_layer_append (layer, xs[rows[i]], ys[rows[i]]);
}

static void
build_scatter (BpPlotBuild       *build,
               const BpPlotModel *model)
{
  const double *xs = bp_plot_data_get_column (build, model->inputs[0]);
  const BpPlotInput target = { model->target, 0 };
  const double *ys = bp_plot_data_get_column (build, target);
  double minimum = NAN;
  double maximum = NAN;

  bp_plot_data_include_column (build, model->inputs[0], &minimum, &maximum);
  bp_plot_build_fit (build, &build->plot->x, minimum, maximum);
  bp_plot_data_set_columns (build, model->inputs[0], target, 0);
  add_rows (build, BP_ROWS_TRAIN, BP_MARKER_CIRCLE, xs, ys);
  add_rows (build, BP_ROWS_TEST, BP_MARKER_BOX, xs, ys);
  add_fit (build, model);
  bp_plot_data_add_batch (build, model->inputs[0], target, BP_MARKER_RING);
  bp_plot_data_set_texts (build, model->inputs[0], bp_graph_get_name (build->graph, model->target));

  /* The data alone: a line that has not learned yet does not squash them. */
  minimum = maximum = NAN;
  bp_plot_data_include_column (build, target, &minimum, &maximum);
  bp_plot_build_fit (build, &build->plot->y, minimum, maximum);
}

/* What is predicted over what should be: right answers lie on the diagonal. */
static void
build_prediction (BpPlotBuild       *build,
                  const BpPlotModel *model)
{
  const BpPlotInput target = { model->target, 0 };
  const double *targets = bp_plot_data_get_column (build, target);
  BpEvaluator *evaluator = bp_plot_build_get_evaluator (build, BP_ROWS_TRAIN);
  const double *answers = bp_plot_data_evaluate (build, evaluator, BP_PLOT_DATA_SCORE);
  g_autofree char *label = bp_plot_model_describe_node (build->graph, model->score);
  gsize n_rows;
  g_autofree gsize *rows = bp_plot_build_dup_rows (build, BP_ROWS_TRAIN, &n_rows);
  double minimum = NAN;
  double maximum = NAN;

  bp_plot_data_include_column (build, target, &minimum, &maximum);
  bp_plot_build_fit (build, &build->plot->x, minimum, maximum);
  bp_plot_build_fit (build, &build->plot->y, minimum, maximum);
  build->plot->has_one_unit = TRUE;

  BpLayer *diagonal = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_DIM, _("prediction = target"));
  diagonal->dash = BP_DASH_DASHED;
  diagonal->width = BP_WIDTH_THIN;
  bp_layer_append (diagonal, build->plot->x.minimum, build->plot->x.minimum);
  bp_layer_append (diagonal, build->plot->x.maximum, build->plot->x.maximum);

  g_autofree char *rows_name = bp_plot_build_describe_rows (build, BP_ROWS_TRAIN);
  BpLayer *points = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, BP_COLOR_VALUE, rows_name);
  points->marker = BP_MARKER_CIRCLE;
  points->width = BP_WIDTH_THIN;
  points->name = g_strdup (label);
  for (gsize i = 0; answers != NULL && i < n_rows; i++)
    bp_layer_append (points, targets[rows[i]], answers[i]);
  bp_plot_data_set_texts (build, target, label);
}

static void
add_too_many (BpPlotBuild *build,
              guint        n_inputs)
{
  g_autofree char *text = g_strdup_printf (_("A sample has %u columns. No two of them say enough of it to be drawn."),
                                           n_inputs);

  bp_plot_build_add_note (build, text);
}

void
bp_plot_build_data (BpPlotBuild *build)
{
  BpPlotModel model;

  bp_plot_model_init (&model, build->experiment, build->graph, build->dataset);

  /* Classes beyond the marks that tell them apart are no classes in this plot. */
  if (model.n_classes > BP_PLOT_DATA_N_MARKS)
    model.n_classes = 0;

  if (model.side > 0)
    bp_plot_data_build_image (build, &model);
  else if (model.has_many_classes && model.n_inputs > BP_PLOT_MAX_INPUTS)
    add_too_many (build, model.n_inputs);
  else if (model.has_many_classes && model.n_inputs == 1)
    build_histogram (build, model.inputs[0]);
  else if (model.has_many_classes)
    bp_plot_data_build_regions (build, &model);
  else if (model.is_classification && model.n_inputs == 1)
    bp_plot_data_build_classes (build, &model);
  else if (model.is_classification && model.n_inputs >= 2 && model.n_inputs <= BP_PLOT_MAX_INPUTS)
    bp_plot_data_build_regions (build, &model);
  else if (model.target_varies && model.answer != BP_NODE_NONE && model.n_inputs == 1)
    build_scatter (build, &model);
  else if (model.target_varies && model.answer != BP_NODE_NONE)
    build_prediction (build, &model);
  else
    build_histogram (build, model.inputs[0]);
}
