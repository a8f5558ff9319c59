/* bp-session-step.h: what a session consists of, for its own files and for the trainer, which runs steps without asking
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "session/bp-session.h"
#include "session/bp-tape.h"

G_BEGIN_DECLS

/* A piece of the gradients. */
typedef struct {
  gsize start;
  gsize n;
} BpSessionRange;

struct _BpSession {
  BpGraph           *graph;
  guint32           *offsets; /* of each node's elements, in both arrays */
  double            *values;
  double            *gradients;
  gsize              n_elements;
  BpTapeInstruction *step;       /* forward, the seed, backward */
  BpTapeInstruction *backward;   /* the seed in it */
  BpTapeInstruction *evaluation;
  BpOpArguments     *calls;      /* what the tapes' calls refer to */
  GArray            *cleared;    /* of BpSessionRange: what backward adds to without having set it */
};

/** What a session of @graph takes: two numbers an element, and the instructions. */
gsize bp_session_get_n_bytes (BpGraph *graph);

/** Clears the gradients that backward adds to without having set them. */
void bp_session_clear_ranges (BpSession *session);

/** Forward and backward in one. */
static inline void
bp_session_step (BpSession *session)
{
  if (session->cleared->len > 0)
    bp_session_clear_ranges (session);
  bp_tape_run (session->step, session->values, session->gradients, session->calls, TRUE);
}

/** About how many nanoseconds a piece of work takes: a part of a node, or iterations at full speed. */
#define BP_SESSION_PART (1 << 22)

/** About how many nanoseconds forward of @node takes; backward takes once or twice as many. */
guint64 bp_session_get_work (BpSession *session,
                             guint      node);

/**
 * bp_session_execute_part:
 * @part: (inout): how far it is: 0 to begin with, and 0 again when all is done
 *
 * Goes on with bp_session_forward_node() or bp_session_backward_node(), to the same bits. Until all is done, the value
 * of
 * @node, or the gradients of its inputs, are incomplete. Returns: about how much work it was
 */
gsize bp_session_execute_part (BpSession *session,
                               guint      node,
                               gboolean   backward,
                               gsize     *part);

/** Makes the tapes, after the numbers are allocated. */
void bp_session_compile (BpSession *session);

/**
 * bp_session_compile_node_forward:
 * @tape: (out caller-allocates): the instruction, none for a leaf, and the end
 * @call: (out): what a call refers to
 *
 * The forward tape of one node.
 */
void bp_session_compile_node_forward (BpSession         *session,
                                      guint              node,
                                      BpTapeInstruction  tape[2],
                                      BpOpArguments     *call);

/**
 * bp_session_compile_nodes_forward:
 * @nodes: (array length=n_nodes): nodes with inputs, in order
 * @tape: (out) (transfer full): their forward
 * @calls: (out) (transfer full): what its calls refer to
 */
void bp_session_compile_nodes_forward (BpSession          *session,
                                       const guint        *nodes,
                                       guint               n_nodes,
                                       BpTapeInstruction **tape,
                                       BpOpArguments     **calls);

/** The backward tape of one node: it adds to the gradients of the inputs that need one. */
void bp_session_compile_node_backward (BpSession         *session,
                                       guint              node,
                                       BpTapeInstruction  tape[2],
                                       BpOpArguments     *call);

G_END_DECLS
