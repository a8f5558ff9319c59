/* bp-tape.h: a session's train step as instructions of 16 bytes (private to the session)
 *
 * A node of one element whose inputs have one element is a scalar instruction, which the interpreter's loop does
 * without a call, a loop or an allocation; any other node is an instruction that calls the op's kernel. Forward has
 * one instruction a node, backward one for each input that wants a gradient. Opcodes of the two are different sets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-op.h"

G_BEGIN_DECLS

/**
 * BpTapeInstruction:
 * @opcode: what to do
 * @out: where the node's number is in the values and in the gradients
 * @a: where the first input's is; for a call the index of its arguments
 * @b: where the second input's is; for a call the op
 */
typedef struct {
  guint32 opcode;
  guint32 out;
  guint32 a;
  guint32 b;
} BpTapeInstruction;

/** The opcode that ends a tape, and the one that calls a kernel, forward and backward. */
#define BP_TAPE_END 0
#define BP_TAPE_CALL 1

/** The forward opcode of @op for single elements; BP_TAPE_CALL when there is none. */
guint32 bp_tape_forward_opcode (BpOp op);

/**
 * bp_tape_backward_opcode:
 * @input: which input's gradient
 * @add: whether to add to it; else the input's gradient is set, to 0 + x so that the bits are those of clearing and
 * adding
 *
 * The backward opcode of @op for single elements; BP_TAPE_CALL when there is none.
 */
guint32 bp_tape_backward_opcode (BpOp     op,
                                 guint    input,
                                 gboolean add);

void bp_tape_run_forward (const BpTapeInstruction *tape,
                          double                  *values,
                          const BpOpArguments     *calls);

void bp_tape_run_backward (const BpTapeInstruction *tape,
                           const double            *values,
                           double                  *gradients,
                           const BpOpArguments     *calls);

G_END_DECLS
