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

/** The numbers of @placeholder in all rows. */
const double *bp_plot_data_get_column (BpPlotBuild *build,
                                       guint        placeholder);

/** Widens a range by all numbers of @placeholder. */
void bp_plot_data_include_column (BpPlotBuild *build,
                                  guint        placeholder,
                                  double      *minimum,
                                  double      *maximum);

/** Marks the samples of the batch shown. */
void bp_plot_data_add_batch (BpPlotBuild *build,
                             guint        x,
                             guint        y);

/** Names the axes, and says which batch is shown where nothing else is said. */
void bp_plot_data_set_texts (BpPlotBuild *build,
                             guint        x,
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
 * bp_plot_data_evaluate_curve:
 * @xs: (out caller-allocates) (array length=BP_PLOT_DATA_N_CURVE): where
 *
 * The score over the range of the x axis. Returns: (transfer none) (nullable)
 */
const double *bp_plot_data_evaluate_curve (BpPlotBuild *build,
                                           guint        input,
                                           double      *xs);

/** Two classes over one input. */
void bp_plot_data_build_classes (BpPlotBuild       *build,
                                 const BpPlotModel *model);

/** Two classes over two inputs. */
void bp_plot_data_build_regions (BpPlotBuild       *build,
                                 const BpPlotModel *model);

G_END_DECLS
