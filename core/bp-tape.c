/* bp-tape.c: the interpreter, made from the rows of bp-op-formulas.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-tape.h"

#include "bp-op-private.h"

/* For single elements these ops pass the number on, and the gradient back. */
enum {
  FORWARD_END = BP_TAPE_END,
  FORWARD_CALL = BP_TAPE_CALL,
  FORWARD_COPY,
#define OP1(ID, ...) FORWARD_##ID,
#define OP1_FLAT(ID, ...) FORWARD_##ID,
#define OP2(ID, ...) FORWARD_##ID,
#include "bp-op-formulas.h"
};

/* Four opcodes an op with two inputs: set and add for the first, set and add for the second. */
enum {
  BACKWARD_END = BP_TAPE_END,
  BACKWARD_CALL = BP_TAPE_CALL,
  BACKWARD_COPY_SET,
  BACKWARD_COPY_ADD,
#define OP1(ID, ...) BACKWARD_##ID##_0_SET, BACKWARD_##ID##_0_ADD,
#define OP1_FLAT(ID, ...)
#define OP2(ID, ...) BACKWARD_##ID##_0_SET, BACKWARD_##ID##_0_ADD, BACKWARD_##ID##_1_SET, BACKWARD_##ID##_1_ADD,
#include "bp-op-formulas.h"
};

guint32
bp_tape_forward_opcode (BpOp op)
{
  switch (op)
    {
#define OP1(ID, ...) case BP_OP_##ID: return FORWARD_##ID;
#define OP1_FLAT(ID, ...) case BP_OP_##ID: return FORWARD_##ID;
#define OP2(ID, ...) case BP_OP_##ID: return FORWARD_##ID;
#include "bp-op-formulas.h"
    case BP_OP_MATMUL:
      return FORWARD_MULTIPLY;
    case BP_OP_TRANSPOSE:
    case BP_OP_EXPAND_DIMS:
    case BP_OP_RESHAPE:
    case BP_OP_REDUCE_SUM:
    case BP_OP_REDUCE_MEAN:
      return FORWARD_COPY;
    default:
      return FORWARD_CALL;
    }
}

static guint32
backward_opcode (BpOp op)
{
  switch (op)
    {
#define OP1(ID, ...) case BP_OP_##ID: return BACKWARD_##ID##_0_SET;
#define OP1_FLAT(ID, ...)
#define OP2(ID, ...) case BP_OP_##ID: return BACKWARD_##ID##_0_SET;
#include "bp-op-formulas.h"
    case BP_OP_MATMUL:
      return BACKWARD_MULTIPLY_0_SET;
    case BP_OP_TRANSPOSE:
    case BP_OP_EXPAND_DIMS:
    case BP_OP_RESHAPE:
    case BP_OP_REDUCE_SUM:
    case BP_OP_REDUCE_MEAN:
      return BACKWARD_COPY_SET;
    default:
      return BACKWARD_CALL;
    }
}

guint32
bp_tape_backward_opcode (BpOp     op,
                         guint    input,
                         gboolean add)
{
  const guint32 opcode = backward_opcode (op);

  return opcode == BACKWARD_CALL ? opcode : opcode + 2 * input + (add ? 1 : 0);
}

void
bp_tape_run_forward (const BpTapeInstruction *tape,
                     double                  *values,
                     const BpOpArguments     *calls)
{
  for (;; tape++)
    switch (tape->opcode)
      {
      case FORWARD_END:
        return;
      case FORWARD_CALL:
        bp_op_get_class (tape->b)->forward (&calls[tape->a]);
        break;
      case FORWARD_COPY:
        values[tape->out] = values[tape->a];
        break;
#define OP2(ID, name, ...) \
      case FORWARD_##ID: \
        values[tape->out] = value_##name (values[tape->a], values[tape->b]); \
        break;
#define OP1 OP2
#define OP1_FLAT OP2
#include "bp-op-formulas.h"
      }
}

#define DERIVATIVE(name, input) \
  (gradients[tape->out] * derivative_##name##_##input (values[tape->a], values[tape->b], values[tape->out]))

void
bp_tape_run_backward (const BpTapeInstruction *tape,
                      const double            *values,
                      double                  *gradients,
                      const BpOpArguments     *calls)
{
  for (;; tape++)
    switch (tape->opcode)
      {
      case BACKWARD_END:
        return;
      case BACKWARD_CALL:
        bp_op_get_class (tape->b)->backward (&calls[tape->a]);
        break;
      case BACKWARD_COPY_SET:
        gradients[tape->a] = 0.0 + gradients[tape->out];
        break;
      case BACKWARD_COPY_ADD:
        gradients[tape->a] += gradients[tape->out];
        break;
#define OP1(ID, name, ...) \
      case BACKWARD_##ID##_0_SET: \
        gradients[tape->a] = 0.0 + DERIVATIVE (name, 0); \
        break; \
      case BACKWARD_##ID##_0_ADD: \
        gradients[tape->a] += DERIVATIVE (name, 0); \
        break;
#define OP1_FLAT(ID, name, ...)
#define OP2(ID, name, ...) \
      OP1 (ID, name) \
      case BACKWARD_##ID##_1_SET: \
        gradients[tape->b] = 0.0 + DERIVATIVE (name, 1); \
        break; \
      case BACKWARD_##ID##_1_ADD: \
        gradients[tape->b] += DERIVATIVE (name, 1); \
        break;
#include "bp-op-formulas.h"
      }
}

#undef DERIVATIVE
