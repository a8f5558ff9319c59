/* bp-stable-range.h: the learning rates with which training comes to rest
 *
 * Pure arithmetic on the curvature L″ of the loss, the largest eigenvalue of its Hessian H. Near a minimum an update
 * by the full-data gradient maps the distance e from it to (1 − ηH)·e, which shrinks while η·L″ < 2; with momentum μ
 * while η·L″ < 2(1 + μ), with Nesterov's while η·L″ < 2(1 + μ)/(1 + 2μ) (roots of the characteristic polynomial within
 * the unit circle; see Polyak 1964, O'Donoghue and Candès 2015).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-trainer.h"

G_BEGIN_DECLS

/**
 * BpCurvature:
 * @full: the curvature of the loss over all training rows, NaN where it is not known
 * @worst: the largest that a single row's loss has, NaN where it is not known
 */
typedef struct {
  double full;
  double worst;
} BpCurvature;

/** What the curvature is computed from: what it needs of a trainer, which it does not touch any more. */
typedef struct _BpCurvatureInput BpCurvatureInput;

BpCurvatureInput *bp_curvature_input_new (BpTrainer *trainer);

void bp_curvature_input_free (BpCurvatureInput *input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpCurvatureInput, bp_curvature_input_free)

/**
 * bp_curvature_init:
 * @curvature: (out caller-allocates): the curvature
 * @work: (nullable): what it may cost; beyond that the curvature is not known
 *
 * Takes it at the minimum of the full-data loss that the initial values of the variables lead to, since that is
 * where training has to come to rest; where there is none, at the variables as they were when @input was made. Costs
 * some ten evaluations of the full-data gradient for each parameter. Any thread may do it.
 */
void bp_curvature_init (BpCurvature            *curvature,
                        const BpCurvatureInput *input,
                        BpWork                 *work);

/**
 * bp_stable_range_get_limit:
 * @curvature: L″
 *
 * Returns: the learning rate below which training with @settings comes to rest; infinity where there is no limit, 0
 * where it never does (it ascends, or gradients that are not cleared swing for ever: momentum with μ = 1), NaN where
 * nothing is known (an optimizer that adapts its steps, a curvature that is NaN)
 */
double bp_stable_range_get_limit (const BpSettings *settings,
                                  double            curvature);

G_END_DECLS
