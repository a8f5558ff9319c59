/* bp-session.h: the numbers of one graph
 *
 * A session holds the value and the gradient of every node of a graph in two contiguous arrays, the variables first,
 * so that the first bp_graph_get_n_parameters() values are the parameter vector. Forward and backward do not allocate.
 *
 *   bp_session_feed (session, x, &one, 1);
 *   bp_session_forward (session);
 *   bp_session_backward (session);
 *   double slope = bp_session_get_gradient (session, a)[0];
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-graph.h"

G_BEGIN_DECLS

typedef struct _BpSession BpSession;

/**
 * bp_session_new:
 * @graph: a finished graph with a loss; the session takes a reference
 *
 * Allocates the numbers. Values and gradients are 0 until computed, constants have their value.
 * Fails with BP_ERROR_SHAPE when there is not the memory for them.
 */
BpSession *bp_session_new (BpGraph *graph,
                           GError **error);

void bp_session_free (BpSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSession, bp_session_free)

BpGraph *bp_session_get_graph (BpSession *session);

/** The elements of a node's value, row-major. Valid as long as the session. */
const double *bp_session_get_value (BpSession *session,
                                    guint      node);

/** The elements of ∂L/∂node, row-major. Nodes that need no gradient have zeros; the loss always has ∂L/∂L = 1. */
const double *bp_session_get_gradient (BpSession *session,
                                       guint      node);

/**
 * bp_session_feed:
 * @node: a placeholder or a variable
 * @values: (array length=n_values): its elements
 * @n_values: as many as the node has
 *
 * Sets the value of a leaf.
 */
void bp_session_feed (BpSession    *session,
                      guint         node,
                      const double *values,
                      gsize         n_values);

/** The parameter vector: the elements of all variables in order of creation. The caller may write to it. */
double *bp_session_get_parameters (BpSession *session);

/** The gradient of the loss by the parameter vector, in the same order. */
double *bp_session_get_parameter_gradients (BpSession *session);

/** Computes every node of the train step (not the evaluation branch), in order. */
void bp_session_forward (BpSession *session);

/** Computes one node from its inputs' values. */
void bp_session_forward_node (BpSession *session,
                              guint      node);

/** Computes the nodes of the evaluation branch from the values of the others. */
void bp_session_forward_evaluation (BpSession *session);

/** Computes ∂L/∂node of every node that needs one: clears them, seeds ∂L/∂L = 1, then each node in reverse order. */
void bp_session_backward (BpSession *session);

/**
 * bp_session_seed_gradient:
 * @keep_parameters: whether the variables' gradients stay (the "gradients not reset" bug) instead of being cleared
 *
 * The first step of backward: clears the gradients and sets ∂L/∂L = 1.
 */
void bp_session_seed_gradient (BpSession *session,
                               gboolean   keep_parameters);

/** Passes the gradient of @node on to its inputs, accumulating. In reverse order of the nodes this is backward. */
void bp_session_backward_node (BpSession *session,
                               guint      node);

/**
 * bp_session_central_difference:
 * @node: any node that needs a gradient
 * @element: which of its elements
 *
 * (L(v + h) − L(v − h)) / 2h for the value v of that element, computed by forward of the nodes between it and the
 * loss, with everything else held fixed: what a gradient does not pass through (round, stop_gradient) does not change
 * either. h is ∛ε·max(1, |v|) with ε the double's epsilon (Numerical Recipes, 5.7). All values are as before on
 * return, to the bit.
 */
double bp_session_central_difference (BpSession *session,
                                      guint      node,
                                      gsize      element);

/**
 * bp_session_check_gradient:
 *
 * Compares the gradient of @node with the central difference, element by element, after forward and backward.
 *
 * Returns: the largest relative error |a − n| / max(1, |a|, |n|)
 */
double bp_session_check_gradient (BpSession *session,
                                  guint      node);

G_END_DECLS
