/* bp-evaluator.h: a model of many rows at parameters of one's own
 *
 * One sample's loss is noise. An evaluator has a graph and a session apart from any run: fed with rows of the data, or
 * with numbers of one's own, it says what the model makes of them as a function of the parameters. Accuracy, losses,
 * optimum, loss surface, decision regions and curvature come from here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"
#include "session/bp-session.h"
#include "session/bp-work.h"

G_BEGIN_DECLS

/** The most numbers that an evaluator holds: 2 · 8 bytes for each. */
#define BP_EVALUATOR_MAX_ELEMENTS (1 << 26)

typedef struct _BpEvaluator BpEvaluator;

/**
 * bp_evaluator_new:
 * @graph: of a batch of @n_rows rows; the evaluator takes a reference
 * @max_cost: how many operations forward may take, or INFINITY
 *
 * Fails with BP_ERROR_SHAPE when @graph would have more than BP_EVALUATOR_MAX_ELEMENTS numbers or costs more than
 * @max_cost; the message is part of a sentence and names what is too large. An evaluator is used by one thread at a
 * time.
 */
BpEvaluator *bp_evaluator_new (BpGraph *graph,
                               gsize    n_rows,
                               double   max_cost,
                               GError **error);

/**
 * bp_evaluator_new_for_data:
 * @test: whether the rows held out, of which there must be one, instead of those that batches come from
 *
 * The model of @experiment fed with all these rows of @dataset. Fails as bp_evaluator_new() does, and when the graph
 * cannot be built for this number of rows (a reshape to a fixed size, say).
 */
BpEvaluator *bp_evaluator_new_for_data (const BpExperiment *experiment,
                                        BpDataset          *dataset,
                                        gboolean            test,
                                        GError            **error);

void bp_evaluator_free (BpEvaluator *evaluator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpEvaluator, bp_evaluator_free)

/** Its graph. The same node may have another number in the graph of another batch size. */
BpGraph *bp_evaluator_get_graph (BpEvaluator *evaluator);

/** Its numbers, as what was last asked left them. */
BpSession *bp_evaluator_get_session (BpEvaluator *evaluator);

gsize bp_evaluator_get_n_rows (BpEvaluator *evaluator);

/** How many operations forward takes; with backward it is three times as many. */
double bp_evaluator_get_cost (BpEvaluator *evaluator);

/**
 * bp_evaluator_set_work:
 * @work: (nullable): what everything asked from now on may cost; must live until another is set
 *
 * What @work does not allow is not computed: losses are NaN, an optimum is not found.
 */
void bp_evaluator_set_work (BpEvaluator *evaluator,
                            BpWork      *work);

/** Feeds all placeholders with rows of @dataset. */
void bp_evaluator_feed_rows (BpEvaluator *evaluator,
                             BpDataset   *dataset,
                             const gsize *rows);

/** Feeds one placeholder with its elements: a number for each row, or one for each of its columns. */
void bp_evaluator_feed (BpEvaluator  *evaluator,
                        guint         placeholder,
                        const double *values);

/**
 * bp_evaluator_get_loss:
 * @gradient: (out caller-allocates) (nullable): the gradient of the loss by the parameters
 *
 * Returns: the loss at @parameters
 */
double bp_evaluator_get_loss (BpEvaluator  *evaluator,
                              const double *parameters,
                              double       *gradient);

/**
 * bp_evaluator_get_values:
 *
 * Returns: (transfer none) (nullable): the value of @node for each row at @parameters, until something else is asked;
 * NULL when it has not one number for each
 */
const double *bp_evaluator_get_values (BpEvaluator  *evaluator,
                                       guint         node,
                                       const double *parameters);

/** Share of the rows where the prediction of @experiment equals its target; NaN without [Evaluate] Target. */
double bp_evaluator_get_accuracy (BpEvaluator        *evaluator,
                                  const BpExperiment *experiment,
                                  const double       *parameters);

/**
 * bp_evaluator_get_curvature:
 * @sign: 1 for the loss, −1 for its negative, which is what an ascent descends on
 *
 * The largest eigenvalue of the Hessian at @parameters, by power iteration on central differences of the gradient; for
 * one parameter the second derivative; NaN where the gradient is not finite. Gradient descent is locally stable while
 * η·curvature < 2.
 */
double bp_evaluator_get_curvature (BpEvaluator  *evaluator,
                                   const double *parameters,
                                   int           sign);

/**
 * bp_evaluator_get_optimum:
 * @start: where to search from
 * @optimum: (out caller-allocates): parameters of a local minimum of the loss
 *
 * Newton's method on the gradient, its Jacobian by central differences, with backtracking; for one parameter bisection
 * where the loss has a kink.
 * Returns: FALSE when it does not come to rest (a loss without a minimum, or more than 64 parameters)
 */
gboolean bp_evaluator_get_optimum (BpEvaluator  *evaluator,
                                   const double *start,
                                   double       *optimum);

G_END_DECLS
