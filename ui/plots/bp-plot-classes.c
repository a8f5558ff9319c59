/* bp-plot-classes.c: two classes, the model's answer, its boundary and its mistakes
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

/* The regions of two inputs: fewer where an evaluation takes long. */
#define MAX_SIDE 41
#define MIN_SIDE 5
#define REGION_MARGIN 0.25

#define HALF 0.5

/* The samples of a subset, with the model's answers to them. */
typedef struct {
  gsize        *rows;
  gsize         n;
  const double *targets;
  double       *answers;
} Samples;

static void
samples_init (Samples           *samples,
              BpPlotBuild       *build,
              const BpPlotModel *model,
              BpRowSource        slot)
{
  const double *answers = bp_plot_data_evaluate (build, bp_plot_build_get_evaluator (build, slot), BP_PLOT_DATA_ANSWER);

  samples->rows = bp_plot_build_dup_rows (build, slot, &samples->n);
  samples->targets = bp_plot_data_get_column (build, (BpPlotInput) { model->target, 0 });
  samples->answers = answers != NULL ? g_memdup2 (answers, samples->n * sizeof (double)) : NULL;
}

static void
samples_clear (Samples *samples)
{
  g_free (samples->rows);
  g_free (samples->answers);
}

static gboolean
is_mistake (const Samples *samples,
            gsize          index)
{
  return samples->answers != NULL && samples->answers[index] != samples->targets[samples->rows[index]];
}

static gsize
count_correct (const Samples *samples)
{
  gsize n = samples->n;

  for (gsize i = 0; i < samples->n; i++)
    n -= is_mistake (samples, i);

  return n;
}

/* Counts what is drawn as a mistake, and what is not. */
static char *
format_correct (const Samples *train,
                const Samples *test)
{
  if (test->n == 0)
    return g_strdup_printf (_("%zu of %zu correct"), count_correct (train), train->n);

  /* Translators: how many of the samples trained with are classified correctly, and of those to test with. */
  return g_strdup_printf (_("correct: %zu of %zu, test %zu of %zu"), count_correct (train), train->n,
                          count_correct (test), test->n);
}

static void
describe_correct (BpPlotBuild   *build,
                  const Samples *train,
                  const Samples *test)
{
  g_autofree char *name = bp_plot_build_describe_rows (build, BP_ROWS_TRAIN);

  if (train->answers == NULL || (test->n > 0 && test->answers == NULL))
    return;

  build->plot->subtitle = format_correct (train, test);
  /* Translators: "Data and prediction: 98 of 100 correct, all data" */
  build->plot->description = g_strdup_printf (_("Data and prediction: %s, %s"), build->plot->subtitle, name);
}

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

static BpLayer *
add_samples (BpPlotBuild *build,
             BpColor      color,
             BpMarker     marker,
             const char  *label)
{
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, color, label);

  layer->marker = marker;
  layer->width = BP_WIDTH_THIN;

  return layer;
}

/* One input: the classes as strips at their targets */

/* All mistakes, for they are counted, and so many of the others. */
static void
add_strip (BpPlotBuild   *build,
           const Samples *samples,
           const double  *xs,
           BpMarker       marker,
           BpRowSource    slot,
           BpLayer       *mistakes)
{
  g_autofree char *name = bp_plot_build_describe_rows (build, slot);
  g_autofree char *label = samples->n > MAX_SHOWN ? g_strdup_printf (_("%s, %d drawn"), name, MAX_SHOWN)
                                                  : g_strdup (name);
  gsize n_drawn = 0;

  if (samples->n == 0)
    return;

  BpLayer *layer = add_samples (build, BP_COLOR_DIM, marker, label);
  layer->name = g_strdup (slot == BP_ROWS_TEST ? "test" : "train");
  for (gsize i = 0; i < samples->n; i++)
    {
      gboolean is_drawn = i * MIN (samples->n, MAX_SHOWN) / samples->n >= n_drawn;
      gsize row = samples->rows[i];

      n_drawn += is_drawn;
      if (is_drawn || is_mistake (samples, i))
        append_to_strip (is_mistake (samples, i) ? mistakes : layer, xs[row], samples->targets[row], row);
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
  Samples train, test;
  double minimum = NAN;
  double maximum = NAN;

  samples_init (&train, build, model, BP_ROWS_TRAIN);
  samples_init (&test, build, model, BP_ROWS_TEST);
  bp_plot_data_include_column (build, model->inputs[0], &minimum, &maximum);
  bp_plot_build_fit (build, &build->plot->x, minimum, maximum);
  bp_axis_fit_exactly (&build->plot->y, -MARGIN_BELOW, 1 + MARGIN_ABOVE);
  build->plot->y.is_share = TRUE;

  /* Samples lie lowest: the answer above them is another one after each step. */
  BpLayer *mistakes = add_samples (build, BP_COLOR_TEXT, BP_MARKER_CROSS, _("mistake"));
  mistakes->name = g_strdup ("mistakes");
  mistakes->width = BP_WIDTH_NORMAL;
  add_strip (build, &train, xs, BP_MARKER_RING, BP_ROWS_TRAIN, mistakes);
  add_strip (build, &test, xs, BP_MARKER_BOX, BP_ROWS_TEST, mistakes);
  add_answer (build, model);
  mark_batch (build, xs, train.targets);
  describe_correct (build, &train, &test);
  bp_plot_data_set_texts (build, model->inputs[0], bp_graph_get_name (build->graph, model->target));

  samples_clear (&train);
  samples_clear (&test);
}

/* Two inputs: the classes as markers over the regions of the answer */

static void
fit_region_axis (BpPlotBuild *build,
                 BpAxis      *axis,
                 BpPlotInput  input)
{
  double minimum = NAN;
  double maximum = NAN;

  bp_plot_data_include_column (build, input, &minimum, &maximum);
  double margin = REGION_MARGIN * (maximum - minimum);
  bp_axis_fit_exactly (axis, minimum - margin, maximum + margin);
}

/* Places in rows from the lower left on; what an evaluator has beyond @n_side² rows is the first place again. */
static void
feed_places (BpPlotBuild       *build,
             const BpPlotModel *model,
             BpEvaluator       *evaluator,
             guint              n_side)
{
  const BpAxis *x = &build->plot->x;
  const BpAxis *y = &build->plot->y;
  gsize n_rows = bp_evaluator_get_n_rows (evaluator);
  g_autofree double *xs = g_new (double, n_rows);
  g_autofree double *ys = g_new (double, n_rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      gsize place = i < n_side * n_side ? i : 0;

      xs[i] = x->minimum + (x->maximum - x->minimum) * (place % n_side) / (n_side - 1);
      ys[i] = y->minimum + (y->maximum - y->minimum) * (place / n_side) / (n_side - 1);
    }
  bp_plot_data_feed (evaluator, model->inputs, (const double *[]) { xs, ys }, 2);
}

/* As fine as an evaluation may cost. */
static void
add_regions (BpPlotBuild       *build,
             const BpPlotModel *model)
{
  static const double levels[] = { 0.1, 0.3, 0.5, 0.7, 0.9 };
  const BpAxis *x = &build->plot->x;
  const BpAxis *y = &build->plot->y;
  BpEvaluator *evaluator = bp_plot_build_get_input_evaluator (build, MAX_SIDE * MAX_SIDE, TRUE);
  guint n_side = evaluator != NULL ? (guint) sqrt ((double) bp_evaluator_get_n_rows (evaluator)) : 0;
  g_autofree char *label = bp_plot_model_describe_node (build->graph, model->score);
  BpLayer *grid = bp_plot_add_layer (build->plot, BP_LAYER_GRID, BP_COLOR_VALUE, label);

  grid->width = BP_WIDTH_THIN;
  grid->name = g_strdup (label);
  n_side = MAX (n_side, MIN_SIDE);
  bp_layer_set_grid (grid, n_side, n_side, x->minimum, x->maximum, y->minimum, y->maximum);
  g_array_append_vals (grid->levels, levels, G_N_ELEMENTS (levels));
  grid->strong_level = HALF;
  if (evaluator == NULL || n_side * n_side > bp_evaluator_get_n_rows (evaluator))
    return;

  feed_places (build, model, evaluator, n_side);
  const double *scores = bp_plot_data_evaluate (build, evaluator, BP_PLOT_DATA_SCORE);
  for (guint i = 0; scores != NULL && i < n_side * n_side; i++)
    g_array_index (grid->values, double, i) = scores[i];
}

/* The samples of a class, or those classified wrongly. */
typedef enum {
  SELECT_0,
  SELECT_1,
  SELECT_MISTAKES,
} Selection;

static gboolean
is_selected (const Samples *samples,
             gsize          index,
             Selection      selection)
{
  if (selection == SELECT_MISTAKES)
    return is_mistake (samples, index);

  return samples->targets[samples->rows[index]] == (selection == SELECT_1);
}

static void
append_selected (BpPlotBuild       *build,
                 const BpPlotModel *model,
                 const Samples     *samples,
                 Selection          selection,
                 BpLayer           *layer)
{
  const double *xs = bp_plot_data_get_column (build, model->inputs[0]);
  const double *ys = bp_plot_data_get_column (build, model->inputs[1]);

  for (gsize i = 0; i < samples->n; i++)
    if (is_selected (samples, i, selection))
      bp_layer_append (layer, xs[samples->rows[i]], ys[samples->rows[i]]);
}

static BpLayer *
add_class (BpPlotBuild       *build,
           const BpPlotModel *model,
           Selection          selection,
           BpMarker           marker)
{
  g_autofree char *label = bp_plot_data_describe_class (build, (BpPlotInput) { model->target, 0 }, selection);
  BpLayer *layer = add_samples (build, BP_COLOR_TEXT, marker, label);

  layer->width = BP_WIDTH_NORMAL;
  layer->name = g_strdup (label);

  return layer;
}

static BpLayer *
add_mistakes (BpPlotBuild *build)
{
  BpLayer *layer = add_samples (build, BP_COLOR_TEXT, BP_MARKER_CROSS, _("mistake"));

  layer->width = BP_WIDTH_THICK;
  layer->name = g_strdup ("mistakes");

  return layer;
}

void
bp_plot_data_build_regions (BpPlotBuild       *build,
                            const BpPlotModel *model)
{
  Samples train, test;

  samples_init (&train, build, model, BP_ROWS_TRAIN);
  samples_init (&test, build, model, BP_ROWS_TEST);
  fit_region_axis (build, &build->plot->x, model->inputs[0]);
  fit_region_axis (build, &build->plot->y, model->inputs[1]);
  add_regions (build, model);
  BpLayer *layers[] = {
    [SELECT_0] = add_class (build, model, SELECT_0, BP_MARKER_RING),
    [SELECT_1] = add_class (build, model, SELECT_1, BP_MARKER_CIRCLE),
    [SELECT_MISTAKES] = add_mistakes (build),
  };
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      append_selected (build, model, &train, i, layers[i]);
      append_selected (build, model, &test, i, layers[i]);
    }
  describe_correct (build, &train, &test);
  bp_plot_data_set_texts (build, model->inputs[0], bp_plot_data_get_name (build, model->inputs[1]));
  samples_clear (&train);
  samples_clear (&test);
}
