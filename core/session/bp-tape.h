/* bp-tape.h: the interpreter of instructions (private to the session)
 *
 * A node of one element whose inputs have one element is a scalar instruction, which the interpreter does without a
 * call, a loop or an allocation; any other node is an instruction that calls the op's kernel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-op.h"
#include "session/bp-session.h"

G_BEGIN_DECLS

/** The opcode at which the interpreter returns, those that call a kernel, and the one that sets ∂L/∂L = 1. */
#define BP_TAPE_END 0
#define BP_TAPE_CALL_FORWARD 1
#define BP_TAPE_CALL_BACKWARD 2
#define BP_TAPE_SEED 3

/**
 * BpTapeMode:
 * @BP_TAPE_NONE: it gets none
 * @BP_TAPE_SET: it is set, to 0 + x so that the bits are those of clearing it and adding
 * @BP_TAPE_ADD: it is added to
 *
 * What a backward instruction does to the gradient of an input.
 */
typedef enum {
  BP_TAPE_NONE,
  BP_TAPE_SET,
  BP_TAPE_ADD,
  BP_TAPE_N_MODES
} BpTapeMode;

/** Whether there are scalar instructions for @op. */
gboolean bp_tape_has_scalar (BpOp op);

/**
 * bp_tape_forward_opcode:
 * @op: an op with scalar instructions
 * @latest: whether the first input is what the instruction before computed
 */
guint32 bp_tape_forward_opcode (BpOp     op,
                                gboolean latest);

/**
 * bp_tape_backward_opcode:
 * @op: an op with scalar instructions and a derivative
 * @latest: whether the previous instruction left the node's gradient in a register. It does if the node is its first
 *   input that gets a gradient, and its inputs are different nodes
 * @modes: what happens to the gradients of the inputs, not both BP_TAPE_NONE
 */
guint32 bp_tape_backward_opcode (BpOp             op,
                                 gboolean         latest,
                                 const BpTapeMode modes[BP_MAX_INPUTS]);

/** A copy of @instruction that reads all from memory, so that it need not follow the one before it. */
BpInstruction bp_tape_get_independent (const BpInstruction *instruction);

/**
 * bp_tape_run:
 * @tape: instructions; BP_TAPE_END ends them
 * @through_seed: whether to go on at a seed, with the seed as the latest value, or to end there
 */
void bp_tape_run (const BpInstruction *tape,
                  double              *values,
                  double              *gradients,
                  const BpOpArguments *calls,
                  gboolean             through_seed);

G_END_DECLS
