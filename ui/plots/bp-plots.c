/* bp-plots.c: what the builders of plots share: a trainer looked up once, layers that recur
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include "base/bp-number.h"
#include "plots/bp-plot-model.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* Parts of the range that stay free at its ends, where a rule would not be seen, and around a first value. */
#define HEADROOM 0.06
#define FIRST_MARGIN 0.1

/* As if the run stood before it; the graph has no value of a variable then either. */
static void
hide_update (BpPlotBuild *build)
{
  build->options.predict_first |= build->options.hide_gradients;
  for (guint i = 0; i < build->n_executed && build->options.hide_gradients && build->shown > 0; i++)
    build->hides_update |= bp_trainer_get_instruction (build->trainer, i)->phase == BP_PHASE_UPDATE;
  if (!build->hides_update)
    return;

  build->parameters = build->at;
  build->cursor = (BpCursor) { .iteration = build->shown - 1 };
}

static void
build_look_up (BpPlotBuild *build,
               BpTrainer   *trainer)
{
  *build = (BpPlotBuild) {
    .trainer = trainer,
    .experiment = bp_trainer_get_experiment (trainer),
    .graph = bp_trainer_get_graph (trainer),
    .session = bp_trainer_get_session (trainer),
    .dataset = bp_trainer_get_dataset (trainer),
    .history = bp_trainer_get_history (trainer),
    .n_iterations = bp_trainer_get_n_iterations (trainer),
    .cursor = bp_trainer_get_cursor (trainer),
  };
  build->n_parameters = bp_graph_get_n_parameters (build->graph);
}

static void
build_init (BpPlotBuild         *build,
            BpTrainer           *trainer,
            const BpPlotOptions *options,
            BpPlotCache         *cache,
            const char          *title)
{
  build_look_up (build, trainer);
  build->options = options != NULL ? *options : BP_PLOT_OPTIONS_DEFAULT;
  build->plot = bp_plot_new (title);
  build->shown = bp_trainer_get_shown (trainer, &build->n_executed);
  build->parameters = bp_session_get_parameters (build->session);
  build->at = build->shown > 0 ? bp_trainer_get_previous_parameters (trainer) : build->parameters;
  hide_update (build);
  build->own_cache = cache == NULL ? bp_plot_cache_new (0) : NULL;
  build->cache = cache != NULL ? cache : build->own_cache;
  bp_plot_cache_begin (build->cache);
}

/* The table of plots */

static gboolean
has_parameters (const BpPlotBuild *build)
{
  return build->n_parameters > 0;
}

/**
 * BpPlotClass:
 * @applies: (nullable): whether a model has what the plot shows; NULL where every model has
 * @missing: what stands in its place otherwise
 * @build: adds layers, and sets axes and texts
 */
typedef struct {
  const char *name;
  const char *title;
  gboolean (*applies) (const BpPlotBuild *build);
  const char *missing;
  void (*build) (BpPlotBuild *build);
} BpPlotClass;

static const BpPlotClass classes[BP_N_PLOTS] = {
  [BP_PLOT_VARIABLE] = { "variable", N_("Parameters"), has_parameters, N_("This model has no variables."),
                         bp_plot_build_variable },
  [BP_PLOT_LOSS] = { "loss", N_("Loss"), NULL, NULL, bp_plot_build_loss },
  [BP_PLOT_CURVE] = { "curve", N_("Loss curve"), has_parameters, N_("This model has no variables."),
                      bp_plot_build_curve },
  [BP_PLOT_DATA] = { "data", N_("Data"), bp_plot_build_has_data,
                     N_("This model has no data: its loss is a function of the variables alone."), bp_plot_build_data },
  [BP_PLOT_CONFUSION] = { "confusion", N_("Confusion matrix"), bp_plot_build_has_classes,
                          N_("This experiment has no [Evaluate] with classes to compare predictions with."),
                          bp_plot_build_confusion },
  [BP_PLOT_ACCURACY] = { "accuracy", N_("Accuracy"), bp_plot_build_has_target,
                         N_("This experiment has no [Evaluate] with a target to compare predictions with."),
                         bp_plot_build_accuracy },
  [BP_PLOT_GRADIENTS] = { "gradients", N_("Gradient per layer"), bp_plot_build_has_layers,
                          N_("This model has no layers after one another."), bp_plot_build_gradients },
  [BP_PLOT_ACTIVATIONS] = { "activations", N_("Activations per layer"), bp_plot_build_has_layers,
                            N_("This model has no layers after one another."), bp_plot_build_activations },
  [BP_PLOT_RATE] = { "learning-rate", N_("Learning rate"), bp_plot_build_has_rates,
                     N_("This run has no schedule of the learning rate."), bp_plot_build_rate },
};

/* Of a network the gradients of its layers come before the loss along one of many parameters. Where a model chooses
 * among classes, what it makes of them comes first. */
static const BpPlotKind orders[][BP_N_PLOTS] = {
  { BP_PLOT_VARIABLE, BP_PLOT_LOSS, BP_PLOT_CURVE, BP_PLOT_DATA, BP_PLOT_RATE, BP_PLOT_CONFUSION, BP_PLOT_ACCURACY,
    BP_PLOT_GRADIENTS, BP_PLOT_ACTIVATIONS },
  { BP_PLOT_VARIABLE, BP_PLOT_LOSS, BP_PLOT_GRADIENTS, BP_PLOT_DATA, BP_PLOT_RATE, BP_PLOT_ACCURACY,
    BP_PLOT_CONFUSION, BP_PLOT_ACTIVATIONS, BP_PLOT_CURVE },
  { BP_PLOT_DATA, BP_PLOT_LOSS, BP_PLOT_CONFUSION, BP_PLOT_ACCURACY, BP_PLOT_GRADIENTS, BP_PLOT_VARIABLE,
    BP_PLOT_RATE, BP_PLOT_ACTIVATIONS, BP_PLOT_CURVE },
};

const char *
bp_plot_kind_get_name (BpPlotKind kind)
{
  g_return_val_if_fail (kind < BP_N_PLOTS, NULL);

  return classes[kind].name;
}

const char *
bp_plot_kind_get_title (BpPlotKind kind)
{
  g_return_val_if_fail (kind < BP_N_PLOTS, NULL);

  return _(classes[kind].title);
}

static gboolean
applies (BpPlotKind         kind,
         const BpPlotBuild *build)
{
  return classes[kind].applies == NULL || classes[kind].applies (build);
}

guint
bp_plot_list_kinds (BpTrainer  *trainer,
                    BpPlotKind *kinds)
{
  BpPlotBuild build;
  BpPlotModel model;
  guint order;
  guint n = 0;

  g_return_val_if_fail (trainer != NULL && kinds != NULL, 0);

  build_look_up (&build, trainer);
  bp_plot_model_init (&model, build.experiment, build.graph, build.dataset);
  order = model.has_many_classes ? 2 : bp_plot_build_has_layers (&build);
  for (guint i = 0; i < BP_N_PLOTS; i++)
    {
      BpPlotKind kind = orders[order][i];

      if (kind <= BP_PLOT_DATA || applies (kind, &build))
        kinds[n++] = kind;
    }

  return n;
}

BpPlot *
bp_plot_new_from_trainer (BpPlotKind           kind,
                          BpTrainer           *trainer,
                          const BpPlotOptions *options,
                          BpPlotCache         *cache)
{
  BpPlotBuild build;

  g_return_val_if_fail (kind < BP_N_PLOTS && trainer != NULL, NULL);

  const BpPlotClass *klass = &classes[kind];
  build_init (&build, trainer, options, cache, _(klass->title));
  if (applies (kind, &build))
    klass->build (&build);
  else
    bp_plot_build_add_note (&build, _(klass->missing));

  return bp_plot_build_finish (&build);
}

/* Shared axes */

gboolean
bp_plot_has_range (const BpAxis *axis)
{
  return axis->maximum > axis->minimum;
}

/* Gives @axis the range that runs beside it share, unless they have another scale. */
static void
share_axis (BpPlotBuild *build,
            BpAxis      *axis)
{
  gboolean is_x = axis == &build->plot->x;
  BpAxis *own = is_x ? &build->plot->own_x : &build->plot->own_y;
  const BpPlotFrame *frame = build->options.shared;
  const BpAxis *shared;

  *own = (BpAxis) {
    .scale = axis->scale, .integer = axis->integer, .minimum = axis->minimum, .maximum = axis->maximum,
  };
  if (frame == NULL || build->leaves)
    return;

  shared = is_x ? &frame->x : &frame->y;
  if (!bp_plot_has_range (shared) || shared->scale != axis->scale)
    return;

  axis->minimum = shared->minimum;
  axis->maximum = shared->maximum;
  build->plot->is_clipped |= own->minimum < shared->minimum || own->maximum > shared->maximum;
}

/* Iterations */

void
bp_plot_build_iterations (BpPlotBuild *build,
                          gint64       stride)
{
  /* Translators: beside "iteration": of a long run, a plot has a point for one iteration in so many. */
  if (stride > 1)
    build->plot->x.unit = g_strdup_printf (_("one in %" PRId64), stride);
  build->plot->x.integer = TRUE;
  build->plot->x.label = g_strdup (_("iteration"));
  build->plot->x.minimum = 0;
  build->plot->x.maximum = (double) MAX (build->n_iterations, 1);
  share_axis (build, &build->plot->x);
}

char *
bp_plot_build_describe_cursor (BpPlotBuild *build)
{
  return g_strdup_printf (ngettext ("%" PRId64 " of %" PRId64 " iteration",
                                    "%" PRId64 " of %" PRId64 " iterations", (gulong) build->n_iterations),
                          bp_trainer_get_cursor (build->trainer).iteration, build->n_iterations);
}

void
bp_plot_build_set_series (BpPlotBuild    *build,
                          BpLayer        *layer,
                          const BpSeries *series,
                          double          first_x)
{
  guint max_buckets = build->options.max_buckets;

  bp_layer_set_series (layer, series, first_x, max_buckets > 0 ? max_buckets : BP_SERIES_MAX_BUCKETS);
  layer->dim_from = (double) build->cursor.iteration;
}

static void
include_series (const BpSeries *series,
                double         *minimum,
                double         *maximum)
{
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (series, &n);

  for (guint i = 0; i < n; i++)
    {
      bp_range_include (minimum, maximum, buckets[i].minimum);
      bp_range_include (minimum, maximum, buckets[i].maximum);
    }
}

/* The same of a parameter that has no series. */
static void
include_checkpoints (const BpPlotBuild *build,
                     gsize              parameter,
                     double            *minimum,
                     double            *maximum)
{
  gint64 stride;
  guint n = bp_history_get_n_checkpoints (build->history, &stride);

  for (guint i = 0; i < n; i++)
    bp_range_include (minimum, maximum, bp_history_get_checkpoint_parameters (build->history, i)[parameter]);
}

/* Around the initial value there is a margin, or a run would begin with a range of nothing and then jump. */
void
bp_plot_build_include_ends (BpPlotBuild *build,
                            gsize        parameter,
                            double      *minimum,
                            double      *maximum)
{
  gint64 stride;
  double initial = bp_history_get_n_checkpoints (build->history, &stride) > 0
                     ? bp_history_get_checkpoint_parameters (build->history, 0)[parameter]
                     : build->parameters[parameter];
  double margin = FIRST_MARGIN * (initial != 0 ? fabs (initial) : 1);

  bp_range_include (minimum, maximum, initial - margin);
  bp_range_include (minimum, maximum, initial + margin);
  bp_range_include (minimum, maximum, build->parameters[parameter]);
}

void
bp_plot_build_include_parameter (BpPlotBuild *build,
                                 gsize        parameter,
                                 double      *minimum,
                                 double      *maximum)
{
  const BpSeries *series = bp_history_get_parameter (build->history, parameter);

  bp_plot_build_include_ends (build, parameter, minimum, maximum);
  if (series != NULL)
    include_series (series, minimum, maximum);
  else
    include_checkpoints (build, parameter, minimum, maximum);
}

/* Layers */

BpLayer *
bp_plot_build_add_cursor (BpPlotBuild *build,
                          BpColor      color,
                          const char  *label,
                          double       x,
                          double       y)
{
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, color, label);

  layer->marker = BP_MARKER_CIRCLE;
  layer->width = BP_WIDTH_THICK;
  layer->is_cursor = TRUE;
  if (isfinite (y))
    bp_layer_append (layer, x, y);

  return layer;
}

void
bp_plot_build_add_rule (BpPlotBuild *build,
                        BpLayerKind  kind,
                        BpDash       dash,
                        double       value,
                        char        *label)
{
  g_autofree char *owned = label;

  if (isnan (value))
    return;

  BpLayer *layer = bp_plot_add_layer (build->plot, kind, BP_COLOR_DIM, owned);
  layer->dash = dash;
  layer->width = BP_WIDTH_THIN;
  bp_layer_append (layer, value, value);
}

char *
bp_plot_build_format (BpPlotBuild *build,
                      double       value)
{
  if (build->hides_update)
    return g_strdup (BP_NUMBER_HIDDEN);

  return isfinite (value) ? bp_number_format (value) : g_strdup (BP_NUMBER_NONE);
}

/* Axes */

static void
include_axis (BpAxis       *frame,
              const BpAxis *axis)
{
  gboolean is_empty = !(frame->maximum > frame->minimum);

  if (is_empty || axis->scale == BP_SCALE_LINEAR)
    frame->scale = axis->scale;
  frame->minimum = is_empty ? axis->minimum : MIN (frame->minimum, axis->minimum);
  frame->maximum = is_empty ? axis->maximum : MAX (frame->maximum, axis->maximum);
}

void
bp_plot_frame_include (BpPlotFrame  *frame,
                       const BpPlot *plot)
{
  g_return_if_fail (frame != NULL && plot != NULL);

  include_axis (&frame->x, &plot->x);
  include_axis (&frame->y, &plot->y);
}

void
bp_plot_build_fit (BpPlotBuild *build,
                   BpAxis      *axis,
                   double       minimum,
                   double       maximum)
{
  const BpPlotFrame *frame = build->options.frame;
  BpAxis widest = { 0 };

  bp_axis_fit (axis, minimum, maximum);
  if (frame != NULL)
    widest = axis == &build->plot->x ? frame->x : frame->y;
  if (bp_plot_has_range (&widest))
    {
      axis->minimum = MIN (axis->minimum, widest.minimum);
      axis->maximum = MAX (axis->maximum, widest.maximum);
    }
  share_axis (build, axis);
}

void
bp_plot_build_fit_y (BpPlotBuild *build,
                     double       minimum,
                     double       maximum)
{
  gboolean is_log = build->plot->y.scale == BP_SCALE_LOG;

  for (guint i = 0; i < build->plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (build->plot, i);

      if (!layer->is_cursor && !layer->is_reference)
        bp_layer_get_range (layer, is_log, &minimum, &maximum);
    }

  if (!is_log && isfinite (maximum - minimum))
    {
      double room = HEADROOM * (maximum - minimum);

      maximum += maximum > 0 ? room : 0;
      minimum -= minimum < 0 ? room : 0;
    }
  bp_plot_build_fit (build, &build->plot->y, minimum, maximum);
}
