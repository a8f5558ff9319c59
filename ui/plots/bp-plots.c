/* bp-plots.c: what the builders of plots share: a trainer looked up once, its parameters, layers that recur
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/*
 * Searching the optimum evaluates all rows some dozens of times for each parameter squared; beyond this many, or so
 * many operations, it takes too long.
 */
#define MAX_OPTIMUM_ROWS 200000
#define MAX_OPTIMUM_COST 4e6
#define MAX_OPTIMUM_PARAMETERS 64

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

void
bp_plot_build_init (BpPlotBuild         *build,
                    BpTrainer           *trainer,
                    const BpPlotOptions *options,
                    BpPlotMemo          *memo,
                    const char          *title)
{
  *build = (BpPlotBuild) {
    .trainer = trainer,
    .experiment = bp_trainer_get_experiment (trainer),
    .graph = bp_trainer_get_graph (trainer),
    .session = bp_trainer_get_session (trainer),
    .dataset = bp_trainer_get_dataset (trainer),
    .history = bp_trainer_get_history (trainer),
    .options = options != NULL ? *options : BP_PLOT_OPTIONS_DEFAULT,
    .n_iterations = bp_trainer_get_n_iterations (trainer),
    .cursor = bp_trainer_get_cursor (trainer),
    .plot = bp_plot_new (title),
  };

  build->shown = bp_trainer_get_shown (trainer, &build->n_executed);
  build->parameters = bp_session_get_parameters (build->session);
  build->at = build->shown > 0 ? bp_trainer_get_previous_parameters (trainer) : build->parameters;
  hide_update (build);
  build->n_parameters = bp_graph_get_n_parameters (build->graph);
  build->own_memo = memo == NULL ? bp_plot_memo_new (0) : NULL;
  build->memo = memo != NULL ? memo : build->own_memo;
  bp_plot_memo_begin (build->memo);
}

/* How many of a layer's points or buckets begin up to @last. */
static guint
count_past (const BpLayer *layer,
            double         last)
{
  guint n = bp_layer_get_n_points (layer);

  while (n > 0 && !(bp_layer_get_point (layer, n - 1).x <= last))
    n--;

  return n;
}

/* What a layer shows last: up to where it gets faint, which ghosts never do. */
static double
get_last (BpPlotBuild   *build,
          const BpLayer *layer)
{
  if (layer->is_ghost && build->options.predict_first)
    return (double) build->cursor.iteration;

  return layer->dim_from;
}

static void
truncate_layer (BpLayer *layer,
                guint    n)
{
  if (layer->buckets != NULL)
    g_array_set_size (layer->buckets, n);
  if (layer->points != NULL)
    g_array_set_size (layer->points, n);
}

/* What is not a number is not drawn, but counts: many points are drawn in another way than few. */
static void
blank_layer (BpLayer *layer,
             guint    n)
{
  static const BpBucket nothing = { NAN, NAN, NAN, NAN };

  for (guint i = n; i < bp_layer_get_n_points (layer); i++)
    if (layer->kind == BP_LAYER_SERIES)
      g_array_index (layer->buckets, BpBucket, i) = nothing;
    else
      g_array_index (layer->points, BpPlotPoint, i).y = NAN;
}

static void
hide_future (BpPlotBuild *build)
{
  for (guint i = 0; i < build->plot->layers->len; i++)
    {
      BpLayer *layer = bp_plot_get_layer (build->plot, i);
      const double last = get_last (build, layer);

      if (last == INFINITY)
        continue;
      if (build->options.hide_future)
        blank_layer (layer, count_past (layer, last));
      else
        truncate_layer (layer, count_past (layer, last));
    }
}

BpPlot *
bp_plot_build_finish (BpPlotBuild *build)
{
  if (build->options.hide_future || build->options.predict_first)
    hide_future (build);
  build->plot->is_complete = bp_plot_memo_is_complete (build->memo);
  bp_plot_memo_free (build->own_memo);

  return build->plot;
}

BpPlot *
bp_plot_new_from_trainer (BpPlotKind           kind,
                          BpTrainer           *trainer,
                          const BpPlotOptions *options,
                          BpPlotMemo          *memo)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  switch (kind)
    {
    case BP_PLOT_VARIABLE:
      return bp_plot_new_variable (trainer, options, memo);
    case BP_PLOT_LOSS:
      return bp_plot_new_loss (trainer, options, memo);
    case BP_PLOT_CURVE:
      return bp_plot_new_curve (trainer, options, memo);
    case BP_PLOT_DATA:
      return bp_plot_new_data (trainer, options, memo);
    case BP_N_PLOTS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Iterations */

void
bp_plot_build_iterations (BpPlotBuild *build)
{
  build->plot->x.integer = TRUE;
  build->plot->x.label = g_strdup (_("iteration"));
  build->plot->x.minimum = 0;
  build->plot->x.maximum = (double) MAX (build->n_iterations, 1);
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

/* Parameters */

void
bp_plot_find_variable (BpGraph *graph,
                       gsize    parameter,
                       guint   *variable,
                       gsize   *element)
{
  *element = parameter;
  for (guint i = 0; i < bp_graph_get_n_variables (graph); i++)
    {
      *variable = bp_graph_get_variable (graph, i);
      if (*element < bp_graph_get_n_elements (graph, *variable))
        return;
      *element -= bp_graph_get_n_elements (graph, *variable);
    }

  g_return_if_reached ();
}

char *
bp_plot_get_parameter_name (BpGraph *graph,
                            gsize    parameter)
{
  guint variable;
  gsize element;

  bp_plot_find_variable (graph, parameter, &variable, &element);
  if (bp_graph_get_n_elements (graph, variable) == 1)
    return g_strdup (bp_graph_get_name (graph, variable));

  g_autofree char *index = bp_shape_index_to_string (bp_graph_get_shape (graph, variable), element);

  return g_strconcat (bp_graph_get_name (graph, variable), index, NULL);
}

static gboolean
search_optimum (BpPlotBuild *build,
                double      *optimum)
{
  g_autofree double *initial = g_new (double, build->n_parameters);
  BpEvaluator *evaluator = bp_trainer_get_evaluator (build->trainer);
  BpWork work = BP_WORK_INIT (MAX_OPTIMUM_COST);
  gboolean is_found;
  gsize n_rows = 1;

  bp_dataset_get_rows (build->dataset, FALSE, &n_rows);
  if (MAX (n_rows, 1) * build->n_parameters * build->n_parameters > MAX_OPTIMUM_ROWS)
    return FALSE;

  bp_experiment_init_parameters (build->experiment, initial);
  bp_evaluator_set_work (evaluator, &work);
  is_found = bp_evaluator_get_optimum (evaluator, initial, optimum);
  bp_evaluator_set_work (evaluator, NULL);

  return is_found;
}

typedef struct {
  BpPlotBuild *build;
  double      *optimum;
} Search;

/* The first value says whether there is an optimum, the others are its parameters. */
static double
get_optimum_value (gpointer data,
                   guint    index)
{
  Search *search = data;

  if (search->optimum == NULL)
    {
      search->optimum = g_new0 (double, search->build->n_parameters + 1);
      search->optimum[0] = search_optimum (search->build, search->optimum + 1);
    }

  return search->optimum[index];
}

const double *
bp_plot_build_get_optimum (BpPlotBuild *build)
{
  Search search = { build, NULL };

  if (build->n_parameters > MAX_OPTIMUM_PARAMETERS)
    return NULL;

  BpMemoValues values = bp_plot_memo_get (build->memo, BP_MEMO_OPTIMUM, NULL, 0, (guint) build->n_parameters + 1,
                                          get_optimum_value, &search, 0);

  g_free (search.optimum);

  return values.values[0] != 0 ? values.values + 1 : NULL;
}

double
bp_plot_build_get_theory (BpPlotBuild *build,
                          gsize        parameter)
{
  guint variable;
  gsize element;

  bp_plot_find_variable (build->graph, parameter, &variable, &element);
  for (guint i = 0; i < build->experiment->theory->len; i++)
    {
      const BpTheory *theory = g_ptr_array_index (build->experiment->theory, i);

      if (strcmp (theory->variable, bp_graph_get_name (build->graph, variable)) == 0)
        return theory->value;
    }

  return NAN;
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

/* Around the initial value there is a margin, or a run would begin with a range of nothing and then jump. */
void
bp_plot_build_include_ends (BpPlotBuild *build,
                            gsize        parameter,
                            double      *minimum,
                            double      *maximum)
{
  const BpSeries *series = bp_history_get_parameter (build->history, parameter);
  guint n = 0;
  const BpBucket *buckets = series != NULL ? bp_series_get_buckets (series, &n) : NULL;
  double initial = n > 0 ? buckets[0].first : build->parameters[parameter];
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

  for (guint i = 0; i < bp_plot_build_get_n_ghosts (build); i++)
    {
      const BpGhost *ghost = bp_plot_build_get_ghost (build, i);

      if (parameter < ghost->parameters->len)
        include_series (g_ptr_array_index (ghost->parameters, parameter), minimum, maximum);
    }
}

/* Layers */

BpLayer *
bp_plot_build_add_cursor (BpPlotBuild *build,
                          BpColor      color,
                          double       x,
                          double       y)
{
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, color, NULL);

  layer->marker = BP_MARKER_CIRCLE;
  layer->width = BP_WIDTH_THICK;
  layer->is_cursor = TRUE;
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

static char *
format_values (const double *values,
               gsize         n_values)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; i < n_values; i++)
    if (!isnan (values[i]))
      {
        g_autofree char *number = bp_number_format (values[i]);

        g_strv_builder_add (builder, number);
      }

  g_auto (GStrv) numbers = g_strv_builder_end (builder);

  return g_strjoinv (", ", numbers);
}

char *
bp_plot_describe_optimum (const double *values,
                          gsize         n_values)
{
  g_autofree char *numbers = format_values (values, n_values);

  /* Translators: a parameter's value at the minimum of the loss over all data, or several ones'. */
  return g_strdup_printf (_("optimum %s"), numbers);
}

char *
bp_plot_describe_theory (const double *values,
                         gsize         n_values)
{
  g_autofree char *numbers = format_values (values, n_values);

  /* Translators: the value that textbooks give for a parameter, other than the computed one, or several ones'. */
  return g_strdup_printf (_("textbook %s"), numbers);
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
  if (!(widest.maximum > widest.minimum))
    return;

  axis->minimum = MIN (axis->minimum, widest.minimum);
  axis->maximum = MAX (axis->maximum, widest.maximum);
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

      if (!layer->is_cursor)
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
