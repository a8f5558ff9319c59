/* bp-session-step.h: the fields of a session, for its own files and for the trainer, which executes many steps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "session/bp-session.h"
#include "session/bp-tape.h"

G_BEGIN_DECLS

struct _BpSession {
  BpGraph       *graph;
  guint32       *offsets;        /* of each node's elements, in both arrays */
  double        *values;
  double        *gradients;
  gsize          n_elements;
  gsize          n_gradients;    /* nodes that need a gradient come first; this many elements */
  BpInstruction *instructions;   /* of the train step, then of the evaluation branch */
  guint          n_instructions; /* of the train step */
  guint          seed;           /* the index of BACKWARD's first */
  BpInstruction *evaluation;     /* of the evaluation branch: FORWARD, then one of phase BP_N_PHASES */
  BpOpArguments *calls;          /* what calls refer to */
  gboolean       keeps_parameters;
  gboolean       is_cleared;     /* whether backward clears the gradients first, as kernels only add to them */
};

/** What a session of @graph takes: two numbers an element, and the instructions. */
gsize bp_session_get_n_bytes (BpGraph *graph);

/** Makes the instructions, after the numbers are allocated. */
void bp_session_compile (BpSession *session);

/** The first step of backward in a session with @is_cleared. */
void bp_session_clear_gradients (BpSession *session);

/** Forward and backward in one. */
static inline void
bp_session_step (BpSession *session)
{
  if (session->is_cleared)
    bp_session_clear_gradients (session);
  bp_tape_run (session->instructions + 1, session->values, session->gradients, session->calls, TRUE);
}

G_END_DECLS
