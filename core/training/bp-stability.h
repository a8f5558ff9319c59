/* bp-stability.h: the learning rates with which a training does not explode
 *
 * Near a minimum where the loss has the curvature L″, the largest eigenvalue of its Hessian H, an update by the
 * gradient of all data maps the distance e from it to (1 − ηH)·e, which shrinks while η·L″ < 2; with momentum μ while
 * η·L″ < 2(1 + μ), with Nesterov's while η·L″ < 2(1 + μ)/(1 + 2μ) (roots of the characteristic polynomial within the
 * unit circle; see Polyak 1964, O'Donoghue and Candès 2015). Where the loss is quadratic and all updates use the same
 * rows, that is the limit. If batches or the curvature vary, there is no formula: the training itself is tried with
 * several rates.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"
#include "session/bp-work.h"

G_BEGIN_DECLS

/**
 * BpStabilityKind:
 * @BP_STABILITY_UNKNOWN: nothing to measure: the loss is no finite number at the start, or it takes too much work
 * @BP_STABILITY_EXACT: by the formula
 * @BP_STABILITY_MEASURED: by training
 * @BP_STABILITY_NEVER: the loss diverges at every rate; a smaller rate only delays it
 * @BP_STABILITY_SWINGS: gradients are not reset, so the parameters oscillate at every rate
 * @BP_STABILITY_ADAPTS: the optimizer adapts its steps, whose length is bounded at every rate
 */
typedef enum {
  BP_STABILITY_UNKNOWN,
  BP_STABILITY_EXACT,
  BP_STABILITY_MEASURED,
  BP_STABILITY_NEVER,
  BP_STABILITY_SWINGS,
  BP_STABILITY_ADAPTS,
} BpStabilityKind;

/**
 * BpStability:
 * @limit: below this rate, as its schedule makes it, a training is stable; infinity where there is no limit, or none up
 *   to @max_rate; NaN where @kind is not EXACT or MEASURED
 * @max_rate: MEASURED: the largest rate tried
 * @n_iterations: MEASURED: how long each training was
 */
typedef struct {
  BpStabilityKind kind;
  double          limit;
  double          max_rate;
  gint64          n_iterations;
} BpStability;

/** The product η·L″ below which updates with all data by @settings shrink errors; infinity where none is known. */
double bp_stability_get_factor (const BpSettings *settings);

/**
 * bp_stability_init:
 * @experiment: the training: its settings at the start hold to the end, and so does a rate that is tried
 * @dataset: (transfer none): the data that belong to it
 * @max_rate: up to where rates are tried
 * @work: (nullable): what it may cost
 *
 * MEASURED: at the limit, the loss stays below 1000 times its value at the start (or below 1000, if it is less than 1
 * there) for as many iterations as @work allows, 10,000 at most. Any thread may call this.
 */
void bp_stability_init (BpStability        *stability,
                        const BpExperiment *experiment,
                        BpDataset          *dataset,
                        double              max_rate,
                        BpWork             *work);

G_END_DECLS
