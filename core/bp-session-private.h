/* bp-session-private.h: what a session consists of, for the files it is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-session.h"
#include "bp-tape.h"

G_BEGIN_DECLS

/* A piece of the gradients. */
typedef struct {
  gsize start;
  gsize n;
} BpSessionRange;

struct _BpSession {
  BpGraph *graph;
  guint32 *offsets; /* of each node's elements, in both arrays */
  double  *values;
  double  *gradients;
  gsize    n_elements;
  GArray  *forward; /* of BpTapeInstruction, as the next two; each ends in BP_TAPE_END */
  GArray  *evaluation;
  GArray  *backward;
  GArray  *calls;   /* of BpOpArguments, of the nodes that are no scalar instruction, in order */
  GArray  *cleared; /* of BpSessionRange: what backward adds to without having set it */
};

/** Makes the tapes, after the numbers are allocated. */
void bp_session_compile (BpSession *session);

/**
 * bp_session_compile_node_forward:
 * @tape: (out caller-allocates) (array fixed-size=2): the instruction and the end
 * @call: (out): what the instruction refers to
 *
 * The forward tape of one node with inputs.
 */
void bp_session_compile_node_forward (BpSession         *session,
                                      guint              node,
                                      BpTapeInstruction *tape,
                                      BpOpArguments     *call);

/**
 * bp_session_compile_node_backward:
 * @tape: (out caller-allocates): at most BP_MAX_INPUTS instructions and the end
 * @call: (out): what a call refers to
 *
 * The backward tape of one node: it adds to the gradients of the inputs that need one.
 */
void bp_session_compile_node_backward (BpSession         *session,
                                       guint              node,
                                       BpTapeInstruction *tape,
                                       BpOpArguments     *call);

G_END_DECLS
