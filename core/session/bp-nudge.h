/* bp-nudge.h: the change of one element by ε, and what it changes
 *
 * One element of a node becomes larger by ε, and all that depends on it is computed again. What that does to the loss
 * divided by ε is about the gradient of the element: a gradient measured instead of differentiated, at the price of a
 * forward pass for each element.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "session/bp-session.h"

G_BEGIN_DECLS

/**
 * BpNudge:
 * @node, @element: what was changed
 * @epsilon: by how much
 * @gradient: ∂L/∂element by backward; 0 where the node gets none
 * @before: the loss with nothing changed
 * @after: the loss with the element larger by @epsilon
 * @halfway: the loss with the element larger by @epsilon / 2
 * @changes: by node: NULL where nothing reaches, else by how much each element is larger; an element may be reached and
 *   stay as it is. Passing no gradient stops no change: it goes through round and stop_gradient
 */
typedef struct {
  guint    node;
  gsize    element;
  double   epsilon;
  double   gradient;
  double   before;
  double   after;
  double   halfway;
  guint    n_nodes;
  double **changes;
} BpNudge;

/** How much work a nudge is at most, in forward passes. */
#define BP_NUDGE_N_PASSES 6

/**
 * bp_nudge_new:
 * @session: what is fed to it, and its graph; nothing in it changes
 * @parameters: the parameter vector to compute with
 * @node: any node
 * @epsilon: not 0
 *
 * Computes in a session of its own, the evaluation branch too. Fails with BP_ERROR_MEMORY when there is not the memory
 * for one.
 */
BpNudge *bp_nudge_new (BpSession    *session,
                       const double *parameters,
                       guint         node,
                       gsize         element,
                       double        epsilon,
                       GError      **error);

void bp_nudge_free (BpNudge *nudge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpNudge, bp_nudge_free)

/** How many elements of @graph backward computes the gradients of, which is one less than the forward passes that
 *  nudges take for them. */
gsize bp_nudge_count_gradients (BpGraph *graph);

G_END_DECLS
