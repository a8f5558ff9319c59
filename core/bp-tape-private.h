/* bp-tape-private.h: the opcodes of scalar instructions, for the interpreter and what rewrites tapes for it
 *
 * An opcode is a row of bp-op-formulas.h and a variant. Forward: whether the first input is the value computed just
 * before, which is then still in a register. Backward: the same for the gradient that flows in, and what each input's
 * gradient gets.
 *
 * In a rewritten tape an instruction is the head of a run, where @out is the number of operands, or pairs, that follow
 * it. An operand is an instruction too, whose opcode means something else in each kind of run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-tape.h"

G_BEGIN_DECLS

/** For a single element the ops that only move elements are one row, which is no op of its own: copy. */
enum {
  BP_TAPE_ROW_COPY,
#define OP1(ID, ...) BP_TAPE_ROW_##ID,
#define OP1_FLAT(ID, ...) BP_TAPE_ROW_##ID,
#define OP2(ID, ...) BP_TAPE_ROW_##ID,
#include "bp-op-formulas.h"
  BP_TAPE_N_ROWS
};

#define BP_TAPE_N_FORWARD 2
#define BP_TAPE_N_BACKWARD (2 * BP_TAPE_N_MODES * BP_TAPE_N_MODES)

#define BP_TAPE_FORWARD(row, latest) (BP_TAPE_SEED + 1 + (row) * BP_TAPE_N_FORWARD + (latest))
#define BP_TAPE_BACKWARD(row, latest, mode_0, mode_1) \
  (BP_TAPE_FORWARD (BP_TAPE_N_ROWS, 0) + (row) * BP_TAPE_N_BACKWARD + \
   ((latest) * BP_TAPE_N_MODES + (mode_0)) * BP_TAPE_N_MODES + (mode_1))

/** Backward: local derivatives of nodes of one row, in whatever order, while another node, in the tape's order, adds to
 * the gradients of its inputs. The operands of both alternate; their opcode is the place of the local derivatives. */
#define BP_TAPE_DERIVE(row) (BP_TAPE_BACKWARD (BP_TAPE_N_ROWS, 0, 0, 0) + (row))

/** Forward of cheap rows: each operand's value is selected, by its opcode, the row, from those of all of them. */
#define BP_TAPE_SELECT BP_TAPE_DERIVE (BP_TAPE_N_ROWS)

/** How many nodes' local derivatives are computed while those of as many are used. */
#define BP_TAPE_BLOCK 256

G_END_DECLS
