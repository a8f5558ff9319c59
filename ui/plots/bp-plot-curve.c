/* bp-plot-curve.c: loss against one parameter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define N_POINTS 129

/* How far a tangent reaches to each side, as parts of the axes. */
#define TANGENT_WIDTH 0.14
#define TANGENT_HEIGHT 0.25

/* How many times the range that other runs share the axis of one that leaves reaches beyond it, to each side. */
#define WIDER 3

/* A gradient that differs from the slope by such a share of it is a sum. */
#define SUM 1e-9

/* How far the curve reaches beyond what the run has visited. */
#define MARGIN 0.1

/* A function of one parameter, the others held fixed. */
typedef struct {
  BpEvaluator *evaluator;
  double      *parameters;
  gsize        parameter;
  double       x0;
  double       x1;
} Slice;

static double
get_x (double x0,
       double x1,
       guint  index)
{
  double part = (double) index / (N_POINTS - 1);

  return x0 * (1 - part) + x1 * part;
}

static double
get_slice_loss (gpointer data,
                guint    index)
{
  Slice *slice = data;

  slice->parameters[slice->parameter] = get_x (slice->x0, slice->x1, index);

  return bp_evaluator_get_loss (slice->evaluator, slice->parameters, NULL);
}

/* What a curve depends on: where it runs, the other parameters, and the rows where they change. */
static GArray *
create_key (BpPlotBuild *build,
            gsize        parameter,
            BpRowSource  slot)
{
  GArray *key = g_array_new (FALSE, FALSE, sizeof (double));
  double place = (double) parameter, shown = (double) build->shown;

  g_array_append_val (key, place);
  g_array_append_val (key, build->plot->x.minimum);
  g_array_append_val (key, build->plot->x.maximum);
  for (gsize i = 0; i < build->n_parameters; i++)
    if (i != parameter)
      g_array_append_val (key, build->at[i]);

  if (slot == BP_ROWS_BATCH)
    {
      gsize n_rows;
      g_autofree gsize *rows = bp_plot_build_dup_rows (build, slot, &n_rows);

      for (gsize i = 0; i < n_rows; i++)
        {
          double row = (double) rows[i];

          g_array_append_val (key, row);
        }
      /* Dropout makes another function of the same rows in each iteration. */
      if (bp_graph_has_op (build->graph, BP_OP_MASK))
        g_array_append_val (key, shown);
    }

  return key;
}

static void
append_curve (BpPlotBuild *build,
              BpLayer     *layer,
              gsize        parameter,
              BpRowSource  slot,
              BpEvaluator *evaluator)
{
  g_autoptr (GArray) key = create_key (build, parameter, slot);
  g_autofree double *parameters = g_memdup2 (build->at, build->n_parameters * sizeof (double));
  Slice slice = { evaluator, parameters, parameter, build->plot->x.minimum, build->plot->x.maximum };
  guint curve = slot == BP_ROWS_BATCH ? BP_CACHE_BATCH_CURVE : BP_CACHE_CURVE;
  BpCacheValues losses = bp_plot_cache_get (build->cache, curve, (const double *) key->data, key->len, N_POINTS,
                                            get_slice_loss, &slice, bp_evaluator_get_cost (evaluator));

  for (guint i = 0; i < N_POINTS; i++)
    if (losses.is_known[i])
      bp_layer_append (layer, get_x (slice.x0, slice.x1, i), losses.values[i]);
}

/* Beside other runs */

/* Then it shows how the run went, and not what this sample makes of one step. */
static gboolean
has_path (const BpPlotBuild *build)
{
  return build->options.shared != NULL && build->n_parameters == 1;
}

/* Where the run leaves the axis that others share, it has a wider one, though not one on which theirs is a line. */
static void
leave_x (BpPlotBuild *build)
{
  BpAxis *x = &build->plot->x;
  const BpAxis *own = &build->plot->own_x;
  double reach = WIDER * (x->maximum - x->minimum);

  if (!build->plot->is_clipped)
    return;

  build->leaves = TRUE;
  bp_axis_fit (x, MAX (own->minimum, x->minimum - reach), MIN (own->maximum, x->maximum + reach));
  build->plot->is_clipped = own->minimum < x->minimum || own->maximum > x->maximum;
}

static BpLayer *
add_band (BpPlotBuild *build)
{
  BpLayer *band = NULL;

  if (build->leaves)
    {
      band = bp_plot_add_layer (build->plot, BP_LAYER_BARS, BP_COLOR_GRID, _("other columns"));
      band->width = BP_WIDTH_THIN;
    }

  return band;
}

/* When the y axis is known. */
static void
fill_band (BpPlotBuild *build,
           BpLayer     *band)
{
  const BpAxis *shared = &build->options.shared->x;

  bp_layer_append_bar (band, shared->minimum, shared->maximum, build->plot->y.minimum, build->plot->y.maximum);
}

static BpCacheLoss
compute_loss (gpointer      evaluator,
              const double *parameters)
{
  return (BpCacheLoss) { bp_evaluator_get_loss (evaluator, parameters, NULL), NAN };
}

/* Where the only parameter has been on the curve, up to the cursor. */
static void
add_path (BpPlotBuild *build,
          BpEvaluator *evaluator)
{
  BpPlotPath path;
  BpLayer *line = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_PARAMETER, _("path"));
  BpLayer *dots = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, BP_COLOR_PARAMETER, NULL);
  BpLayer *start = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, BP_COLOR_PARAMETER, _("start"));

  bp_plot_path_init (&path, build, NULL);
  line->step = (double) path.stride;
  dots->marker = BP_MARKER_DOT;
  start->marker = BP_MARKER_RING;
  for (guint i = 0; i < path.n_positions && i * path.stride <= build->cursor.iteration; i++)
    {
      double room;
      const double at = *bp_plot_path_get (&path, i, &room);
      const BpCacheLoss *loss;

      loss = bp_plot_cache_get_loss (build->cache, 0, i, &at, 1, compute_loss, evaluator,
                                     bp_evaluator_get_cost (evaluator));
      if (loss == NULL)
        return;
      bp_layer_append (line, at, loss->train);
      bp_layer_append (dots, at, loss->train);
      if (i == 0)
        bp_layer_append (start, at, loss->train);
    }
}

/* Ranges */

/* With an optimum the curve is shown as far on its other side as on that where the run began. */
static void
fit_x (BpPlotBuild *build,
       gsize        parameter)
{
  const double *optimum = bp_plot_build_get_optimum (build);
  double minimum = NAN;
  double maximum = NAN;

  bp_plot_build_include_parameter (build, parameter, &minimum, &maximum);
  bp_range_include (&minimum, &maximum, bp_plot_build_get_theory (build, parameter));
  if (optimum != NULL)
    {
      double half = MAX (optimum[parameter] - minimum, maximum - optimum[parameter]);

      minimum = MIN (minimum, optimum[parameter] - half);
      maximum = MAX (maximum, optimum[parameter] + half);
    }

  double margin = MARGIN * (maximum - minimum);
  bp_plot_build_fit (build, &build->plot->x, minimum - margin, maximum + margin);
  leave_x (build);
}

/*
 * One parameter: all of the curve. More: the curve is another one in each iteration, so what the run has seen and
 * where it is @now set the range. Of a run that leaves the axes it is the curve alone.
 */
static void
fit_y (BpPlotBuild *build,
       double       now)
{
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (bp_history_get_loss (build->history), &n);
  double minimum = NAN;
  double maximum = NAN;

  for (guint i = 0; i < n && !build->leaves; i++)
    {
      bp_range_include (&minimum, &maximum, buckets[i].minimum);
      bp_range_include (&minimum, &maximum, buckets[i].maximum);
    }
  if (!build->leaves)
    {
      bp_range_include (&minimum, &maximum, bp_plot_build_get_sample_loss (build));
      bp_range_include (&minimum, &maximum, now);
    }
  for (guint i = 0; i < build->plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (build->plot, i);

      if (layer->kind == BP_LAYER_LINE && layer->color == BP_COLOR_VALUE
          && (build->n_parameters == 1 || isnan (minimum)))
        bp_layer_get_range (layer, FALSE, &minimum, &maximum);
    }
  if (minimum > 0)
    minimum = 0;
  bp_plot_build_fit (build, &build->plot->y, minimum, maximum);
}

/* The step */

/* Whether the gradient of @step, or of the one to come, has those of earlier steps in it, and is not the slope. */
static gboolean
is_summed (BpPlotBuild      *build,
           gsize             parameter,
           const BpPlotStep *step)
{
  BpEvaluator *batch = step != NULL ? bp_plot_build_get_evaluator (build, BP_ROWS_BATCH) : NULL;
  g_autofree double *gradient = NULL;

  if (batch == NULL)
    return bp_trainer_get_settings (build->trainer)->keep_gradients && build->shown > 1;

  gradient = g_new (double, build->n_parameters);
  bp_evaluator_get_loss (batch, build->at, gradient);

  return fabs (step->gradient - gradient[parameter]) > SUM * fabs (gradient[parameter]);
}

/* A straight line of the gradient's slope through the point that it was computed at. */
static void
add_tangent (BpPlotBuild      *build,
             const BpPlotStep *step,
             gboolean          is_sum,
             double            loss)
{
  const BpAxis *x = &build->plot->x;
  const BpAxis *y = &build->plot->y;
  /* Translators: the sum of the slopes at this step and at those before, which "gradients not reset" adds up. */
  const char *label = is_sum ? _("summed slope") : _("slope");
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_GRADIENT, label);

  /* Translators: "summed slope" where that has no room. */
  layer->short_label = is_sum ? g_strdup (_("Σ slope")) : NULL;
  layer->dash = BP_DASH_DASHED;
  layer->is_cursor = TRUE;
  layer->value = build->options.hide_gradients ? g_strdup (BP_NUMBER_HIDDEN)
                                               : bp_plot_build_format (build, step != NULL ? step->gradient
                                                                                           : (double) NAN);
  if (step == NULL || isnan (loss))
    return;

  double reach = TANGENT_WIDTH * (x->maximum - x->minimum);
  if (fabs (step->gradient) * reach > TANGENT_HEIGHT * (y->maximum - y->minimum))
    reach = TANGENT_HEIGHT * (y->maximum - y->minimum) / fabs (step->gradient);
  bp_layer_append (layer, step->from - reach, loss - step->gradient * reach);
  bp_layer_append (layer, step->from + reach, loss + step->gradient * reach);
}

/* The loss of the batch, or of all rows before there is one and under a path, at @value of the parameter. */
static double
get_loss_at (BpPlotBuild *build,
             gsize        parameter,
             double       value)
{
  gboolean is_of_batch = build->shown > 0 && !has_path (build);
  BpEvaluator *evaluator = bp_plot_build_get_evaluator (build, is_of_batch ? BP_ROWS_BATCH : BP_ROWS_TRAIN);
  g_autofree double *parameters = g_memdup2 (build->at, build->n_parameters * sizeof (double));

  if (evaluator == NULL)
    return NAN;
  parameters[parameter] = value;

  return bp_evaluator_get_loss (evaluator, parameters, NULL);
}

static void
add_step (BpPlotBuild      *build,
          gsize             parameter,
          const BpPlotStep *step,
          double            loss)
{
  BpLayer *arrow = bp_plot_add_layer (build->plot, BP_LAYER_ARROW, BP_COLOR_PARAMETER, _("step"));

  arrow->is_cursor = TRUE;
  arrow->marker = BP_MARKER_RING;
  if (step == NULL || isnan (loss))
    return;

  bp_layer_append (arrow, step->from, loss);
  bp_layer_append (arrow, step->to, get_loss_at (build, parameter, step->to));
}

/* Texts */

static void
set_texts (BpPlotBuild      *build,
           const char       *name,
           double            value,
           const BpPlotStep *step,
           gboolean          is_sum)
{
  g_autofree char *value_text = bp_plot_build_format (build, value);

  g_free (build->plot->title);
  if (build->n_parameters == 1)
    build->plot->title = g_strdup_printf (_("Loss curve L(%s)"), name);
  else
    build->plot->title = g_strdup_printf (_("Loss along %s"), name);
  build->plot->x.label = g_strdup (name);
  build->plot->y.label = g_strdup (_("loss"));

  /* Translators: the value of a parameter at this moment. */
  build->plot->subtitle = g_strdup_printf (_("now %s"), value_text);
  if (step == NULL)
    {
      build->plot->description = g_strdup_printf (_("Loss as a function of %s, which is now %s"), name, value_text);
      return;
    }

  g_autofree char *slope = bp_number_format (step->gradient);
  g_autofree char *from = bp_number_format (step->from);
  g_autofree char *to = bp_number_format (step->to);
  if (is_sum)
    {
      build->plot->description =
        g_strdup_printf (_("Loss as a function of %s: at %s the slopes of this step and of those before add up to %s; "
                           "the step leads to %s"), name, from, slope, to);
      return;
    }

  build->plot->description =
    g_strdup_printf (_("Loss as a function of %s: at %s the tangent's slope is the gradient, %s; the step leads to %s"),
                     name, from, slope, to);
}

static void
add_curves (BpPlotBuild *build,
            gsize        parameter,
            BpEvaluator *all)
{
  BpEvaluator *batch = bp_plot_build_get_evaluator (build, BP_ROWS_BATCH);
  g_autofree char *all_name = bp_plot_build_describe_rows (build, BP_ROWS_TRAIN);
  g_autofree char *batch_name = bp_plot_build_describe_rows (build, BP_ROWS_BATCH);
  BpLayer *layer;

  if (all != NULL)
    {
      layer = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_VALUE, all_name);
      layer->name = g_strdup ("loss_all");
      append_curve (build, layer, parameter, BP_ROWS_TRAIN, all);
    }

  /* Without data there is one sample that is all of them; a path leads over the curve of all. */
  if (!bp_plot_build_has_data (build) || has_path (build))
    return;
  layer = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_DIM, batch_name);
  layer->name = g_strdup ("loss_batch");
  layer->dash = BP_DASH_DOTTED;
  if (batch != NULL)
    append_curve (build, layer, parameter, BP_ROWS_BATCH, batch);
}

static void
build_slice (BpPlotBuild *build,
             gsize        parameter)
{
  g_autofree char *name = bp_plot_get_parameter_name (build->graph, parameter);
  const double *optimum = bp_plot_build_get_optimum (build);
  BpPlotStep step;
  gboolean has_step = bp_plot_build_get_step (build, parameter, &step);
  gboolean is_sum = is_summed (build, parameter, has_step ? &step : NULL);
  double loss = bp_plot_build_get_sample_loss (build);
  double value = build->parameters[parameter];
  double now;
  BpLayer *band;
  BpEvaluator *all = bp_plot_build_get_evaluator (build, BP_ROWS_TRAIN);

  if (all == NULL && bp_plot_build_add_refusal (build))
    return;

  build->plot->x_parameter = (gssize) parameter;
  fit_x (build, parameter);
  band = add_band (build);
  if (optimum != NULL && build->n_parameters == 1)
    build->plot->optimum = optimum[0];
  if (optimum != NULL && build->n_parameters == 1)
    bp_plot_build_add_rule (build, BP_LAYER_RULE_X, BP_DASH_DASHED, optimum[parameter],
                            g_strdup (_("optimum")));
  add_curves (build, parameter, all);
  if (has_path (build) && all != NULL)
    add_path (build, all);
  now = get_loss_at (build, parameter, value);
  fit_y (build, now);
  if (band != NULL)
    fill_band (build, band);
  if (!has_path (build))
    add_step (build, parameter, has_step ? &step : NULL, loss);
  bp_plot_build_add_cursor (build, BP_COLOR_PARAMETER, _("now"), value, now);
  if (!has_path (build))
    add_tangent (build, has_step ? &step : NULL, is_sum, loss);
  set_texts (build, name, value, has_step ? &step : NULL, is_sum);
}

void
bp_plot_build_curve (BpPlotBuild *build)
{
  gint chosen = build->options.parameter;

  if (build->n_parameters == 2 && chosen < 0)
    bp_plot_build_plane (build);
  else
    build_slice (build, chosen >= 0 && (gsize) chosen < build->n_parameters ? (gsize) chosen : 0);
}
