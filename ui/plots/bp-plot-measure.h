/* bp-plot-measure.h: a number of all rows, such as their loss, against iteration
 *
 * Private to the builders of plots.
 *
 *   bp_plot_measure_init (&measure, build, "loss", compute_loss);
 *   bp_plot_measure_add_lines (&measure, &path, now);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plots-private.h"

G_BEGIN_DECLS

/** The number of the rows of @evaluator at @parameters. */
typedef double (*BpPlotMeasureFunc) (const BpPlotBuild *build,
                                     BpEvaluator       *evaluator,
                                     const double      *parameters);

/**
 * BpPlotMeasure:
 * @name: how the names of the lines begin in files: "loss" for "loss_all" and "loss_test"
 * @train: (nullable): of the training rows
 * @test: (nullable): of the rows held out
 */
typedef struct {
  BpPlotBuild      *build;
  const char       *name;
  BpPlotMeasureFunc function;
  BpEvaluator      *train;
  BpEvaluator      *test;
} BpPlotMeasure;

/** @name: must outlive @self */
void bp_plot_measure_init (BpPlotMeasure    *self,
                           BpPlotBuild      *build,
                           const char       *name,
                           BpPlotMeasureFunc function);

/** The number at @parameters; NaN where there are no such rows, or too many. */
double bp_plot_measure_get (const BpPlotMeasure *self,
                            BpRowSource          source,
                            const double        *parameters);

/**
 * bp_plot_measure_add_lines:
 * @path: of the run
 * @now: the number of the training rows now, which stands in the legend where runs are compared
 * @test: (out) (transfer none) (nullable): the line of the rows held out
 *
 * Adds a line of each reference run, of the training rows, and of those held out. What the budget does not allow comes
 * with the next building. Returns: (transfer none) (nullable): the line of the training rows; NULL where they cannot be
 * evaluated
 */
BpLayer *bp_plot_measure_add_lines (BpPlotMeasure    *self,
                                    const BpPlotPath *path,
                                    double            now,
                                    BpLayer         **test);

G_END_DECLS
