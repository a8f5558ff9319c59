/* bp-plot-data-private.h: what the plots of data share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-model.h"
#include "plots/bp-plots-private.h"

G_BEGIN_DECLS

/** At how many places a function of an input is drawn. */
#define BP_PLOT_DATA_N_CURVE 129

/** The column of the dataset that @input is, or G_MAXUINT. */
guint bp_plot_data_find_column (BpPlotBuild *build,
                                BpPlotInput  input);

/** The numbers of @input in all rows. */
const double *bp_plot_data_get_column (BpPlotBuild *build,
                                       BpPlotInput  input);

/** What @input is called: its placeholder's name, or its own where that has several. */
const char *bp_plot_data_get_name (BpPlotBuild *build,
                                   BpPlotInput  input);

/** How many classes have marks that tell them apart. */
#define BP_PLOT_DATA_N_MARKS 8

/** The mark of class @class, wherever classes are drawn: ○ ▲ ■ … */
BpMarker bp_plot_data_get_class_marker (guint class);

/** What a class is called beside others of the same column. Returns: (transfer full): "setosa", or "1" */
char *bp_plot_data_get_class_name (BpPlotBuild *build,
                                   BpPlotInput  target,
                                   double       class);

/** Returns: (transfer full): "setosa", or "y = 1" where classes have no names */
char *bp_plot_data_describe_class (BpPlotBuild *build,
                                   BpPlotInput  target,
                                   double       class);

/** Widens a range by all numbers of @input. */
void bp_plot_data_include_column (BpPlotBuild *build,
                                  BpPlotInput  input,
                                  double      *minimum,
                                  double      *maximum);

/** Says that each sample has a mark at @x and @y, or no farther than @strip from @y, which is a class then. */
void bp_plot_data_set_columns (BpPlotBuild *build,
                               BpPlotInput  x,
                               BpPlotInput  y,
                               double       strip);

/** Marks the samples of the batch shown. */
void bp_plot_data_add_batch (BpPlotBuild *build,
                             BpPlotInput  x,
                             BpPlotInput  y,
                             BpMarker     marker);

/** Names the axes, and says which batch is shown where nothing else is said. */
void bp_plot_data_set_texts (BpPlotBuild *build,
                             BpPlotInput  x,
                             const char  *y);

/** What the model makes of a row. */
typedef enum {
  BP_PLOT_DATA_ANSWER,
  BP_PLOT_DATA_SCORE,
} BpPlotDataOutput;

/**
 * The model's output for each row of @evaluator.
 *
 * Returns: (transfer none) (nullable): NULL where it has not one number a row
 */
const double *bp_plot_data_evaluate (BpPlotBuild     *build,
                                     BpEvaluator     *evaluator,
                                     BpPlotDataOutput output);

/**
 * bp_plot_data_get_scores:
 * @evaluator: of which the answers were evaluated
 * @n_scores: (out): how many each row has
 *
 * What the answers are the greatest of. Returns: (transfer none) (nullable): row by row; NULL where there is nothing
 * like that
 */
const double *bp_plot_data_get_scores (BpPlotBuild *build,
                                       BpEvaluator *evaluator,
                                       guint       *n_scores);

/**
 * bp_plot_data_feed:
 * @values: (array length=n_inputs): for each input a number for each row
 *
 * Feeds @evaluator with inputs that are all columns of their placeholders.
 */
void bp_plot_data_feed (BpEvaluator          *evaluator,
                        const BpPlotInput    *inputs,
                        const double * const *values,
                        guint                 n_inputs);

/**
 * bp_plot_data_evaluate_curve:
 * @xs: (out caller-allocates) (array length=BP_PLOT_DATA_N_CURVE): where
 *
 * The score over the range of the x axis. Returns: (transfer none) (nullable)
 */
const double *bp_plot_data_evaluate_curve (BpPlotBuild *build,
                                           BpPlotInput  input,
                                           double      *xs);

/**
 * BpPlotSamples:
 * @rows: (array length=n): which they are
 * @n: how many
 * @targets: (nullable): of all rows of the data
 * @answers: (nullable) (array length=n): the model's; NULL where they are not computed
 *
 * The samples of a subset, with the model's answers to them.
 */
typedef struct {
  gsize        *rows;
  gsize         n;
  const double *targets;
  double       *answers;
} BpPlotSamples;

void bp_plot_samples_init (BpPlotSamples     *samples,
                           BpPlotBuild       *build,
                           const BpPlotModel *model,
                           BpRowSource        source);

void bp_plot_samples_clear (BpPlotSamples *samples);

gboolean bp_plot_samples_is_mistake (const BpPlotSamples *samples,
                                     gsize                index);

/** Says in subtitle and description how many are answered correctly. */
void bp_plot_samples_describe (BpPlotBuild         *build,
                               const BpPlotSamples *train,
                               const BpPlotSamples *test);

/** Adds a layer of single marks. */
BpLayer *bp_plot_samples_add_layer (BpPlotBuild *build,
                                    BpColor      color,
                                    BpMarker     marker,
                                    const char  *label);

/** Two classes over one input. */
void bp_plot_data_build_classes (BpPlotBuild       *build,
                                 const BpPlotModel *model);

/** A sample as a picture of @model->side pixels. */
void bp_plot_data_build_image (BpPlotBuild       *build,
                               const BpPlotModel *model);

/** Classes over two inputs, of at most BP_PLOT_MAX_INPUTS. */
void bp_plot_data_build_regions (BpPlotBuild       *build,
                                 const BpPlotModel *model);

G_END_DECLS
