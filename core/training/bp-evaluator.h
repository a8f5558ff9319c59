/* bp-evaluator.h: what is true of all the data
 *
 * One sample's loss is noise. An evaluator holds one batch of every training row (and one of every held-out row) and
 * answers questions about the loss as a function of the parameters, without touching the run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"
#include "session/bp-work.h"

G_BEGIN_DECLS

/** The most numbers that an evaluator holds: 2 · 8 bytes for each. */
#define BP_EVALUATOR_MAX_ELEMENTS (1 << 26)

typedef struct _BpEvaluator BpEvaluator;

typedef enum {
  BP_SUBSET_TRAIN, /* the rows that batches come from */
  BP_SUBSET_TEST,  /* the rows held out */
} BpSubset;

/**
 * bp_evaluator_new:
 * @experiment: (transfer none): need not outlive the evaluator
 * @dataset: (transfer none): the evaluator takes a reference
 *
 * Costs nothing yet: graphs are made when they are first asked something. An evaluator is used by one thread at a time.
 */
BpEvaluator *bp_evaluator_new (const BpExperiment *experiment,
                               BpDataset          *dataset);

void bp_evaluator_free (BpEvaluator *evaluator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpEvaluator, bp_evaluator_free)

/**
 * bp_evaluator_check:
 *
 * Whether the loss over all rows of @subset can be computed. Fails when the graph cannot be built for so many rows (a
 * reshape to a fixed size, say), and with BP_ERROR_SHAPE when it would have more than BP_EVALUATOR_MAX_ELEMENTS
 * numbers.
 */
gboolean bp_evaluator_check (BpEvaluator *evaluator,
                             BpSubset     subset,
                             GError     **error);

/**
 * bp_evaluator_set_work:
 * @work: (nullable): what everything asked from now on may cost; must live until another is set
 *
 * What @work does not allow is not computed: losses are NaN, an optimum is not found.
 */
void bp_evaluator_set_work (BpEvaluator *evaluator,
                            BpWork      *work);

/** How many operations the loss over all training rows and its gradient take; 0 where bp_evaluator_check() fails. */
double bp_evaluator_get_gradient_cost (BpEvaluator *evaluator);

/**
 * bp_evaluator_check_graph:
 * @n_rows: of how many rows at once @graph is
 * @max_cost: how many operations forward may take
 *
 * Fails as bp_evaluator_check() does when @graph is too large, or when it costs more than @max_cost. The message is
 * part of a sentence and names what is too large.
 */
gboolean bp_evaluator_check_graph (BpGraph *graph,
                                   gsize    n_rows,
                                   double   max_cost,
                                   GError **error);

gsize bp_evaluator_get_n_parameters (BpEvaluator *evaluator);

/** The loss over all rows of @subset at @parameters; NaN when the subset is empty or bp_evaluator_check() fails. */
double bp_evaluator_get_loss (BpEvaluator  *evaluator,
                              BpSubset      subset,
                              const double *parameters);

/** The same and its gradient by the parameters. */
double bp_evaluator_get_gradient (BpEvaluator  *evaluator,
                                  BpSubset      subset,
                                  const double *parameters,
                                  double       *gradient);

/** The loss of the rows @rows (one batch) at @parameters; NaN when the model does not take so many. */
double bp_evaluator_get_batch_loss (BpEvaluator  *evaluator,
                                    const gsize  *rows,
                                    gsize         n_rows,
                                    const double *parameters);

/** Share of the subset's rows where the prediction equals the target; NaN without [Evaluate] Target or rows. */
double bp_evaluator_get_accuracy (BpEvaluator  *evaluator,
                                  BpSubset      subset,
                                  const double *parameters);

/**
 * bp_evaluator_get_curvature:
 *
 * The largest eigenvalue of the Hessian of the training loss at @parameters, by power iteration on central differences
 * of the gradient; for one parameter the second derivative. Gradient descent is locally stable while η·curvature < 2.
 */
double bp_evaluator_get_curvature (BpEvaluator  *evaluator,
                                   const double *parameters);

/**
 * bp_evaluator_get_worst_curvature:
 *
 * The largest curvature that a single training sample's loss has at @parameters: the worst step of batch size 1. Of
 * more than 2,000 samples that many are looked at, evenly spaced. NaN when the model does not take a single sample.
 */
double bp_evaluator_get_worst_curvature (BpEvaluator  *evaluator,
                                         const double *parameters);

/**
 * bp_evaluator_get_optimum:
 * @start: where to search from
 * @optimum: (out caller-allocates): parameters of a local minimum of the training loss
 *
 * Newton's method on the gradient, its Jacobian by central differences, with backtracking; for one parameter bisection
 * where the loss has a kink.
 * Returns: FALSE when it does not come to rest (a loss without a minimum, or more than 64 parameters)
 */
gboolean bp_evaluator_get_optimum (BpEvaluator  *evaluator,
                                   const double *start,
                                   double       *optimum);

G_END_DECLS
