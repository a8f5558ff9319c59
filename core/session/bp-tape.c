/* bp-tape.c: the interpreter, made from the rows of bp-op-derivatives.h
 *
 * An opcode is a row of bp-op-derivatives.h and a variant. The variants of forward say whether the first input is the
 * result of the instruction before, which is still in a register. Those of backward say the same of the node's
 * gradient, and whether the gradient of each input is set, added to or left alone.
 *
 * Each instruction jumps to the next one itself (labels as values, of gcc and clang): branches that are apart are
 * predicted better than the single one of a switch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-tape.h"

#include "graph/bp-op-kernels.h"

/* For a single element, all ops that only move elements are the same row, copy. */
enum {
  BP_TAPE_ROW_COPY,
#define OP1(ID, ...) BP_TAPE_ROW_##ID,
#define OP1_FLAT(ID, ...) BP_TAPE_ROW_##ID,
#define OP2(ID, ...) BP_TAPE_ROW_##ID,
#define OP2_FLAT(ID, ...) BP_TAPE_ROW_##ID,
#include "graph/bp-op-derivatives.h"
  BP_TAPE_N_ROWS
};

/* The lowest bit says whether an operand is still in a register. */
#define BP_TAPE_FORWARD(row, latest) (BP_TAPE_SEED + 1 + 2 * (row) + (latest))
#define BP_TAPE_BACKWARD(row, latest, mode_0, mode_1) \
  (BP_TAPE_FORWARD (BP_TAPE_N_ROWS, 0) + \
   2 * (((row) * BP_TAPE_N_MODES + (mode_0)) * BP_TAPE_N_MODES + (mode_1)) + (latest))

G_STATIC_ASSERT ((BP_TAPE_SEED + 1) % 2 == 0);

static inline double
value_copy (double               a,
            G_GNUC_UNUSED double b)
{
  return a;
}

static inline double
derivative_copy_0 (G_GNUC_UNUSED double a,
                   G_GNUC_UNUSED double b,
                   G_GNUC_UNUSED double y)
{
  return 1;
}

/* Opcodes */

static guint
get_row (BpOp op)
{
  switch (op)
    {
#define OP1(ID, ...) case BP_OP_##ID: return BP_TAPE_ROW_##ID;
#define OP1_FLAT(ID, ...) case BP_OP_##ID: return BP_TAPE_ROW_##ID;
#define OP2(ID, ...) case BP_OP_##ID: return BP_TAPE_ROW_##ID;
#define OP2_FLAT(ID, ...) case BP_OP_##ID: return BP_TAPE_ROW_##ID;
#include "graph/bp-op-derivatives.h"
    case BP_OP_MATMUL:
      return BP_TAPE_ROW_MULTIPLY;
    case BP_OP_TRANSPOSE:
    case BP_OP_EXPAND_DIMS:
    case BP_OP_RESHAPE:
    case BP_OP_REDUCE_SUM:
    case BP_OP_REDUCE_MEAN:
    case BP_OP_REDUCE_MAX:
    case BP_OP_REDUCE_MIN:
      return BP_TAPE_ROW_COPY;
    default:
      return BP_TAPE_N_ROWS;
    }
}

gboolean
bp_tape_has_scalar (BpOp op)
{
  return get_row (op) != BP_TAPE_N_ROWS;
}

guint32
bp_tape_forward_opcode (BpOp     op,
                        gboolean latest)
{
  return BP_TAPE_FORWARD (get_row (op), latest ? 1 : 0);
}

guint32
bp_tape_backward_opcode (BpOp             op,
                         gboolean         latest,
                         const BpTapeMode modes[BP_MAX_INPUTS])
{
  return BP_TAPE_BACKWARD (get_row (op), latest ? 1 : 0, modes[0], modes[1]);
}

BpInstruction
bp_tape_get_independent (const BpInstruction *instruction)
{
  BpInstruction copy = *instruction;

  if (copy.opcode > BP_TAPE_SEED)
    copy.opcode &= ~1u;

  return copy;
}

/* The instructions */

/* Returns: the target's new value. A zero may have the wrong sign, which is harmless: later instructions only add
 * products of it to another target. */
G_ALWAYS_INLINE static inline double
contribute (double    *target,
            BpTapeMode mode,
            double     contribution)
{
  if (mode == BP_TAPE_ADD)
    return *target += contribution;
  *target = 0.0 + contribution;

  return contribution;
}

/* The variants of rows with one input and with two: modes are 0 none, 1 set, 2 add. */
#define VARIANTS_1(DO, ID, name) \
  DO (ID, name, 0, 0, 1, 0) DO (ID, name, 0, 0, 2, 0) DO (ID, name, 0, 1, 1, 0) DO (ID, name, 0, 1, 2, 0)
#define VARIANTS_2(DO, ID, name) \
  DO (ID, name, 1, 0, 0, 1) DO (ID, name, 1, 0, 0, 2) DO (ID, name, 1, 0, 1, 0) DO (ID, name, 1, 0, 1, 1) \
  DO (ID, name, 1, 0, 1, 2) DO (ID, name, 1, 0, 2, 0) DO (ID, name, 1, 0, 2, 1) DO (ID, name, 1, 0, 2, 2) \
  DO (ID, name, 1, 1, 0, 1) DO (ID, name, 1, 1, 0, 2) DO (ID, name, 1, 1, 1, 0) DO (ID, name, 1, 1, 1, 1) \
  DO (ID, name, 1, 1, 1, 2) DO (ID, name, 1, 1, 2, 0) DO (ID, name, 1, 1, 2, 1) DO (ID, name, 1, 1, 2, 2)

#define FORWARD_LABELS(ID, name, ...) \
  [BP_TAPE_FORWARD (BP_TAPE_ROW_##ID, 0)] = &&name##_0, \
  [BP_TAPE_FORWARD (BP_TAPE_ROW_##ID, 1)] = &&name##_1,
#define BACKWARD_LABEL(ID, name, last, is_latest, mode_0, mode_1) \
  [BP_TAPE_BACKWARD (BP_TAPE_ROW_##ID, is_latest, mode_0, mode_1)] = &&name##_##is_latest##_##mode_0##mode_1,

#define NEXT goto *labels[(++tape)->opcode]

#define FORWARD_INSTRUCTIONS(ID, name, ...) \
name##_0: \
  values[tape->out] = latest = value_##name (values[tape->a], values[tape->b]); \
  NEXT; \
name##_1: \
  values[tape->out] = latest = value_##name (latest, values[tape->b]); \
  NEXT;

/* @last is the index of the row's last input: rows with one input have no derivative_…_1. */
#define BACKWARD_INSTRUCTION(ID, name, last, is_latest, mode_0, mode_1) \
name##_##is_latest##_##mode_0##mode_1: \
  { \
    const double a = values[tape->a], b = values[tape->b], y = values[tape->out]; \
    const double gradient = is_latest ? latest : gradients[tape->out]; \
\
    if (mode_0 != BP_TAPE_NONE) \
      latest = contribute (&gradients[tape->a], mode_0, gradient * derivative_##name##_0 (a, b, y)); \
    if (mode_1 != BP_TAPE_NONE) \
      second = contribute (&gradients[tape->b], mode_1, gradient * derivative_##name##_##last (a, b, y)); \
    if (mode_0 == BP_TAPE_NONE) \
      latest = second; \
  } \
  NEXT;

/* The interpreter */

void
bp_tape_run (const BpInstruction *tape,
             double              *values,
             double              *gradients,
             const BpOpArguments *calls,
             gboolean             through_seed)
{
  static const void * const labels[] = {
    [BP_TAPE_END] = &&end,
    [BP_TAPE_CALL_FORWARD] = &&call_forward,
    [BP_TAPE_CALL_BACKWARD] = &&call_backward,
    [BP_TAPE_SEED] = &&seed,
#define OP1(ID, name, ...) FORWARD_LABELS (ID, name) VARIANTS_1 (BACKWARD_LABEL, ID, name)
#define OP1_FLAT(ID, name, ...) FORWARD_LABELS (ID, name)
#define OP2(ID, name, ...) FORWARD_LABELS (ID, name) VARIANTS_2 (BACKWARD_LABEL, ID, name)
#define OP2_FLAT(ID, name, ...) FORWARD_LABELS (ID, name)
    OP1 (COPY, copy)
#include "graph/bp-op-derivatives.h"
  };
  double latest = 0, second = 0;

  goto *labels[tape->opcode];

call_forward:
  bp_op_get_class (tape->b)->forward (&calls[tape->a]);
  NEXT;

call_backward:
  bp_op_get_class (tape->b)->backward (&calls[tape->a]);
  NEXT;

seed:
  if (!through_seed)
    return;
  gradients[tape->out] = latest = 1;
  NEXT;

#define OP1(ID, name, ...) \
  FORWARD_INSTRUCTIONS (ID, name) VARIANTS_1 (BACKWARD_INSTRUCTION, ID, name)
#define OP1_FLAT(ID, name, ...) FORWARD_INSTRUCTIONS (ID, name)
#define OP2(ID, name, ...) \
  FORWARD_INSTRUCTIONS (ID, name) VARIANTS_2 (BACKWARD_INSTRUCTION, ID, name)
#define OP2_FLAT(ID, name, ...) FORWARD_INSTRUCTIONS (ID, name)
  OP1 (COPY, copy)
#include "graph/bp-op-derivatives.h"

end:
  return;
}
