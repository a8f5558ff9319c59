/* bp-plots-private.h: what the builders of plots share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-cache-private.h"

G_BEGIN_DECLS

/**
 * BpPlotBuild:
 * @parameters: the parameter vector now
 * @at: the parameter vector that the numbers of the iteration shown belong to
 * @shown: the iteration whose numbers are visible, 0 for none
 * @refused: (nullable): why something is not computed; owned by the cache
 * @leaves: whether its x axis is wider than the shared one, and so its y axis is its own
 * @hides_update: whether an update is executed that must not be seen: then @parameters and @cursor are those before it
 *
 * A trainer at one moment, looked up once. Lives while one plot is built.
 */
typedef struct {
  BpTrainer          *trainer;
  const BpExperiment *experiment;
  BpGraph            *graph;
  BpSession          *session;
  BpDataset          *dataset;
  BpHistory          *history;
  BpPlotOptions       options;
  BpPlotCache        *cache;
  BpPlotCache        *own_cache;
  BpPlot             *plot;
  const double       *parameters;
  const double       *at;
  gsize               n_parameters;
  gint64              n_iterations;
  BpCursor            cursor;
  gint64              shown;
  guint               n_executed;
  const GError       *refused;
  gboolean            leaves;
  gboolean            hides_update;
} BpPlotBuild;

/* The builders of the table in bp-plot-kinds.c */

void bp_plot_build_variable (BpPlotBuild *build);

void bp_plot_build_loss (BpPlotBuild *build);

void bp_plot_build_curve (BpPlotBuild *build);

void bp_plot_build_data (BpPlotBuild *build);

void bp_plot_build_accuracy (BpPlotBuild *build);

void bp_plot_build_confusion (BpPlotBuild *build);

/** Whether there is a prediction to be compared with a target in all rows. */
gboolean bp_plot_build_has_target (const BpPlotBuild *build);

/** Whether the model is a network: layers after one another. */
gboolean bp_plot_build_has_layers (const BpPlotBuild *build);

void bp_plot_build_gradients (BpPlotBuild *build);

void bp_plot_build_activations (BpPlotBuild *build);

/** Whether there is a schedule of the learning rate. */
gboolean bp_plot_build_has_rates (const BpPlotBuild *build);

void bp_plot_build_rate (BpPlotBuild *build);
/** Whether that target has classes, of which there are more than one. */
gboolean bp_plot_build_has_classes (const BpPlotBuild *build);

/** Hides what lies ahead, merges rules and finds where runs leave. Returns: (transfer full): the plot */
BpPlot *bp_plot_build_finish (BpPlotBuild *build);

/** Makes x the iterations of the run, of which one in @stride is drawn. */
void bp_plot_build_iterations (BpPlotBuild *build,
                               gint64       stride);

/** Adds a marker where the cursor stands, which is not drawn while @y is NaN. @label: (nullable): its entry in the
 *  legend */
BpLayer *bp_plot_build_add_cursor (BpPlotBuild *build,
                                   BpColor      color,
                                   const char  *label,
                                   double       x,
                                   double       y);

/** Adds a line across the plot, unless @value is NaN. @label: (transfer full) (nullable): what the legend calls it */
void bp_plot_build_add_rule (BpPlotBuild *build,
                             BpLayerKind  kind,
                             BpDash       dash,
                             double       value,
                             char        *label);

/** @value, which belongs to the parameters of now: "?" while their update is hidden. Returns: (transfer full) */
char *bp_plot_build_format (BpPlotBuild *build,
                            double       value);

/** "optimum 1.93, 0.91" and "textbook 10", as labels of rules; leaves out NaN. Returns: (transfer full) */
char *bp_plot_describe_optimum (const double *values,
                                gsize         n_values);

char *bp_plot_describe_theory (const double *values,
                               gsize         n_values);

/** Returns: (nullable): the computed optimum of the loss over all data; NULL when there is none or it costs too much */
const double *bp_plot_build_get_optimum (BpPlotBuild *build);

/** The textbook value of @parameter; NaN when there is none. */
double bp_plot_build_get_theory (BpPlotBuild *build,
                                 gsize        parameter);

/** Widens a range by @parameter's first value, with a margin, and that of now. */
void bp_plot_build_include_ends (BpPlotBuild *build,
                                 gsize        parameter,
                                 double      *minimum,
                                 double      *maximum);

/** Widens a range by all values of @parameter: recorded, initial and now. */
void bp_plot_build_include_parameter (BpPlotBuild *build,
                                      gsize        parameter,
                                      double      *minimum,
                                      double      *maximum);

/** Takes over a recorded series as finely as the options say. */
void bp_plot_build_set_series (BpPlotBuild    *build,
                               BpLayer        *layer,
                               const BpSeries *series,
                               double          first_x);

/** The most parameters whose series a history keeps. */
#define BP_PLOT_MAX_SERIES 16

/**
 * BpPlotPath:
 * @series: of each parameter, where there are no more than have one
 * @history: (nullable): whose checkpoints are the positions otherwise
 * @reference: (nullable): which keeps positions instead
 * @own_stride: iterations between two of those
 * @n: how many parameters there are; 0 when they are not recorded
 * @stride: iterations between two positions
 * @n_positions: how many positions are recorded
 *
 * The parameters of a run at a few hundred positions, however long it is.
 */
typedef struct {
  const BpSeries    *series[BP_PLOT_MAX_SERIES];
  BpHistory         *history;
  const BpReference *reference;
  gint64             own_stride;
  gsize              n;
  gint64             stride;
  guint              n_positions;
} BpPlotPath;

/** @reference: (nullable): NULL for the run itself */
void bp_plot_path_init (BpPlotPath        *path,
                        const BpPlotBuild *build,
                        const BpReference *reference);

/**
 * bp_plot_path_get:
 * @room: for the parameters, where they are kept as series
 *
 * Returns: (transfer none): the parameters at @position, that is after position · stride iterations; in @room or where
 * the run has them
 */
const double *bp_plot_path_get (const BpPlotPath *path,
                                guint             position,
                                double           *room);

/**
 * bp_plot_path_find:
 * @parameters: (out caller-allocates): those at the cursor's iteration, or the last before it; NaN beyond the end
 *
 * Returns: whether they are just that iteration's
 */
gboolean bp_plot_path_find (const BpPlotPath  *path,
                            const BpPlotBuild *build,
                            double            *parameters);

/** The stride with which there are not too many positions; a multiple of @least. */
gint64 bp_plot_build_get_stride (const BpPlotBuild *build,
                                 gint64             least);

/** How many reference runs there are to draw. */
guint bp_plot_build_get_n_references (BpPlotBuild *build);

const BpReference *bp_plot_build_get_reference (BpPlotBuild *build,
                                                guint        index);

/** What sets each reference run apart, and last what sets the run apart from them. Returns: (transfer full) */
char **bp_plot_build_describe_references (BpPlotBuild *build);

/** Gives a layer of the run itself the looks that set it off from reference runs. @value: its number now */
void bp_plot_build_set_strong (BpPlotBuild *build,
                               BpLayer     *layer,
                               double       value);

/** Gives the layer of reference run @index a colour and a marker of its own. */
void bp_plot_set_reference (BpLayer *layer,
                            guint    index);

/** "9.743", "≈ 9.743" or "–", as the legend has it of a reference run. Returns: (transfer full) */
char *bp_plot_format_recorded (double   value,
                               gboolean is_exact);

/**
 * The rows a plot takes of the subset of @source: those of its evaluator, if one was asked for before. Returns: (array
 * length=n_rows) (transfer full) (nullable): NULL when it has none
 */
gsize *bp_plot_build_dup_rows (BpPlotBuild *build,
                               BpRowSource  source,
                               gsize       *n_rows);

/** The cache's evaluator of the rows of @source, fed with them. Returns: (transfer none) (nullable) */
BpEvaluator *bp_plot_build_get_evaluator (BpPlotBuild *build,
                                          BpRowSource  source);

/**
 * The cache's evaluator of @n_rows rows of inputs for the caller to feed, or of fewer if @can_thin.
 *
 * Returns: (transfer none) (nullable)
 */
BpEvaluator *bp_plot_build_get_input_evaluator (BpPlotBuild *build,
                                                gsize        n_rows,
                                                gboolean     can_thin);

/** Says in the middle of the plot why it shows nothing. */
void bp_plot_build_add_note (BpPlotBuild *build,
                             const char  *text);

/** The same of what was refused. Returns: whether anything was */
gboolean bp_plot_build_add_refusal (BpPlotBuild *build);

/** Whether the model has any: without, its loss is a function of the variables alone. */
gboolean bp_plot_build_has_data (const BpPlotBuild *build);

/** What to call the rows of @source: "all data", "held out", "this sample"; "loss" without data.
 *  Returns: (transfer full) */
char *bp_plot_build_describe_rows (BpPlotBuild *build,
                                   BpRowSource  source);

/** "38 of 100 iterations", for descriptions. Returns: (transfer full) */
char *bp_plot_build_describe_cursor (BpPlotBuild *build);

/** Sets the range of @axis around the values, in round numbers, and as far as the options' frame reaches. */
void bp_plot_build_fit (BpPlotBuild *build,
                        BpAxis      *axis,
                        double       minimum,
                        double       maximum);

/** Whether @value lies on @axis; FALSE for NaN. */
gboolean bp_plot_is_inside (const BpAxis *axis,
                            double        value);

/** Whether it was given a range: an axis that is not shared has none. */
gboolean bp_plot_has_range (const BpAxis *axis);

/**
 * Sets the y range to what the layers show, but for vertical rules and the cursor, and to the range given, with room at
 * the ends for rules to be seen.
 */
void bp_plot_build_fit_y (BpPlotBuild *build,
                          double       minimum,
                          double       maximum);

/**
 * BpPlotStep:
 * @from: the parameter before the update
 * @to: after it
 * @is_done: whether the cursor has executed it
 * @gradient: ∂L/∂parameter
 *
 * What the iteration shown does to one parameter.
 */
typedef struct {
  double   from;
  double   to;
  gboolean is_done;
  double   gradient;
} BpPlotStep;

/** Returns: FALSE as long as the gradient is not complete, or hidden */
gboolean bp_plot_build_get_step (BpPlotBuild *build,
                                 gsize        parameter,
                                 BpPlotStep  *step);

/** The loss of the batch shown where the numbers shown belong; NaN while it is not computed. */
double bp_plot_build_get_sample_loss (BpPlotBuild *build);

/** Contours of the loss over the two parameters there are, with the path. */
void bp_plot_build_plane (BpPlotBuild *build);

/** The parameters of a model of many: a lane a tensor, over the positions of @path. */
void bp_plot_build_lanes (BpPlotBuild      *build,
                          const BpPlotPath *path);

/** Finds the variable that @parameter is an element of. */
void bp_plot_find_variable (BpGraph *graph,
                            gsize    parameter,
                            guint   *variable,
                            gsize   *element);

G_END_DECLS
