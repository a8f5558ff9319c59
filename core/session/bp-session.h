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

#include "graph/bp-graph.h"
#include "session/bp-slope.h"

G_BEGIN_DECLS

typedef enum {
  BP_PHASE_FEED,
  BP_PHASE_FORWARD,
  BP_PHASE_BACKWARD,
  BP_PHASE_UPDATE,
  BP_N_PHASES
} BpPhase;

/**
 * BpInstruction:
 * @phase: what kind it is
 * @node: FEED: BP_NODE_NONE (all placeholders at once); FORWARD: the node computed; BACKWARD: the node whose gradient
 *   is passed on to its inputs; UPDATE: the variable
 * @seed: for the first BACKWARD: it sets ∂L/∂L = 1 and @node is the loss
 * @opcode: FORWARD and BACKWARD: what the interpreter does (bp-tape.h)
 * @out: where the node's elements are, in the values and in the gradients
 * @a: where the first input's are; for a call of a kernel the index of its arguments; UPDATE: the number of elements
 * @b: where the second input's are; for a call the op
 *
 * An instruction of the train step
 *
 *   FEED, FORWARD n…, BACKWARD loss (the seed ∂L/∂L = 1), BACKWARD n…, UPDATE v…
 *
 * which a session compiles once. The same array is executed at full speed and in single steps, shown and explained.
 */
typedef struct {
  BpPhase  phase;
  guint    node;
  gboolean seed;
  guint32  opcode;
  guint32  out;
  guint32  a;
  guint32  b;
} BpInstruction;

typedef struct _BpSession BpSession;

/**
 * bp_session_new:
 * @graph: a finished graph with a loss; the session takes a reference
 *
 * Allocates the numbers. Values and gradients are 0 until computed, constants have their value, masks are 1.
 * Fails with BP_ERROR_MEMORY when there is not the memory for them.
 */
BpSession *bp_session_new (BpGraph *graph,
                           GError **error);

void bp_session_free (BpSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSession, bp_session_free)

BpGraph *bp_session_get_graph (BpSession *session);

/** The elements of a node's value, row-major. Valid as long as the session. */
const double *bp_session_get_value (BpSession *session,
                                    guint      node);

/** The elements of ∂L/∂node, row-major. They are 0 for nodes that need no gradient, and 1 for the loss. */
const double *bp_session_get_gradient (BpSession *session,
                                       guint      node);

/**
 * bp_session_feed:
 * @node: a placeholder, a variable or a mask
 * @values: (array length=n_values): its elements
 * @n_values: as many as the node has
 *
 * Sets the value of a leaf.
 */
void bp_session_feed (BpSession    *session,
                      guint         node,
                      const double *values,
                      gsize         n_values);

/** Copies what the session @from is fed with, placeholders and masks, to @session; both have the same graph. */
void bp_session_copy_feeds (BpSession *session,
                            BpSession *from);

/** The parameter vector: the elements of all variables in order of creation. The caller may write to it. */
double *bp_session_get_parameters (BpSession *session);

/** The gradient of the loss by the parameter vector, in the same order. */
double *bp_session_get_parameter_gradients (BpSession *session);

/** The instructions of the train step, which live until bp_session_set_keeps_parameters() changes something. */
const BpInstruction *bp_session_get_instructions (BpSession *session,
                                                  guint     *n_instructions);

/** Whether backward adds to the variables' gradients (the "gradients not reset" bug) instead of setting them. */
void bp_session_set_keeps_parameters (BpSession *session,
                                      gboolean   keeps_parameters);

/**
 * bp_session_execute:
 * @instruction: one of the session's; FEED and UPDATE do nothing here
 *
 * Executes a single instruction. All of them, in order, are forward and backward, to the same bits.
 */
void bp_session_execute (BpSession           *session,
                         const BpInstruction *instruction);

/** Computes every node of the train step (not the evaluation branch), in order. */
void bp_session_forward (BpSession *session);

/** Computes the nodes of the evaluation branch from the values of the others. */
void bp_session_forward_evaluation (BpSession *session);

/** Computes ∂L/∂node of every node that needs one: seeds ∂L/∂L = 1, then each node in reverse order. */
void bp_session_backward (BpSession *session);

/**
 * BpElementCheck:
 * @gradient: that of the element by backward
 * @slope: that of the loss by the element, with everything else held fixed
 * @verdict: what comes of comparing them
 * @error: see bp_slope_judge()
 */
typedef struct {
  guint          node;
  gsize          element;
  double         gradient;
  BpSlope        slope;
  BpSlopeVerdict verdict;
  double         error;
} BpElementCheck;

/** Compares the gradients of a session with slopes of the loss, element by element. */
typedef struct _BpGradientChecker BpGradientChecker;

/**
 * bp_gradient_checker_new:
 * @session: (transfer none): after forward and backward; its values and gradients are not to change while it is checked
 *
 * Takes time and memory in proportion to the number of nodes.
 */
BpGradientChecker *bp_gradient_checker_new (BpSession *session);

void bp_gradient_checker_free (BpGradientChecker *checker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpGradientChecker, bp_gradient_checker_free)

/**
 * bp_gradient_checker_check:
 * @node: any node that needs a gradient; several elements of one node in a row are cheaper
 * @element: which of its elements
 * @check: (out caller-allocates)
 *
 * Measures the slope of the loss by that element (bp-slope.h), by forward of the nodes between it and the loss alone:
 * what a gradient does not pass through (round, stop_gradient) is held fixed. How far rounding moves the loss is
 * estimated to the first order, from values and gradients. All values are as before on return, to the bit.
 */
void bp_gradient_checker_check (BpGradientChecker *checker,
                                guint              node,
                                gsize              element,
                                BpElementCheck    *check);

/**
 * bp_gradient_checker_next:
 *
 * Checks the next element of all nodes that need a gradient, in order, so that a check of all can be done in slices.
 * Returns: FALSE when there is no other
 */
gboolean bp_gradient_checker_next (BpGradientChecker *checker,
                                   BpElementCheck    *check);

/** The share of elements that bp_gradient_checker_next() has checked, from 0 to 1. */
double bp_gradient_checker_get_progress (BpGradientChecker *checker);

G_END_DECLS
