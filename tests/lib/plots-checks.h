/* plots-checks.h: what the tests of plots share: trainers to plot, layers to find, plots to look at as a whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>
#include <string.h>

#include "lib/trainer-fixture.h"
#include "plots/bp-plot-draw.h"
#include "plots/bp-plots.h"

/** The first layer of @kind whose label begins with @label (NULL for any), or NULL. */
const BpLayer *find_layer (const BpPlot *plot,
                           BpLayerKind   kind,
                           const char   *label);

/** The same; it must exist. */
const BpLayer *get_layer (const BpPlot *plot,
                          BpLayerKind   kind,
                          const char   *label);

/** A point of a layer that has points. */
BpPlotPoint get_point (const BpLayer *layer,
                       guint          index);

/** That they differ by at most @tolerance, relative to numbers above 1. */
void assert_close (double a,
                   double b,
                   double tolerance);

/** The loss of the batch at the cursor. */
double get_loss (BpTrainer *trainer);

/** A parameter of the run as it stands. */
double get_parameter (BpTrainer *trainer,
                      guint      index);

/** That it can be drawn. */
void assert_drawable (const BpPlot *plot);

/** That every plot of the run is complete and can be drawn. */
void assert_all_plots (BpTrainer *trainer);

/** How many samples the bars stand for. */
double get_bar_sum (const BpLayer *layer);
