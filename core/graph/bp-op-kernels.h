/* bp-op-kernels.h: what the files of the op table share, with the session that executes ops
 *
 * For each row of bp-op-derivatives.h inline functions value_NAME (a, b) and derivative_NAME_0 / _1 (a, b, y), and the
 * kernels bp_op_NAME_forward () and bp_op_NAME_backward () of all ops. One-input formulas have the same parameters
 * and ignore b.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-op.h"

#include "base/bp-math.h"
#include "graph/bp-op-math.h"

#include <math.h>

G_BEGIN_DECLS

#define BP_FORMULA(function, formula) \
  static inline double \
  function (G_GNUC_UNUSED double a, \
            G_GNUC_UNUSED double b) \
  { \
    return formula; \
  }

#define BP_DERIVATIVE(function, formula) \
  static inline double \
  function (G_GNUC_UNUSED double a, \
            G_GNUC_UNUSED double b, \
            G_GNUC_UNUSED double y) \
  { \
    return formula; \
  }

#define OP1(ID, name, symbol, formula, derivative, ...) \
  BP_FORMULA (value_##name, formula) \
  BP_DERIVATIVE (derivative_##name##_0, derivative)
#define OP1_FLAT(ID, name, symbol, formula, ...) \
  BP_FORMULA (value_##name, formula)
#define OP1_CALL(ID, name, symbol, derivative, ...) \
  BP_DERIVATIVE (derivative_##name##_0, derivative)
#define OP2(ID, name, argument_0, argument_1, symbol, formula, derivative_0, derivative_1, ...) \
  BP_FORMULA (value_##name, formula) \
  BP_DERIVATIVE (derivative_##name##_0, derivative_0) \
  BP_DERIVATIVE (derivative_##name##_1, derivative_1)
#define OP2_FLAT(ID, name, symbol, formula, ...) \
  BP_FORMULA (value_##name, formula)
#define OP3_CALL(ID, name, argument_0, argument_1, argument_2, symbol, derivative_1, derivative_2, ...) \
  BP_DERIVATIVE (derivative_##name##_1, derivative_1) \
  BP_DERIVATIVE (derivative_##name##_2, derivative_2)
#include "graph/bp-op-derivatives.h"

#undef BP_FORMULA
#undef BP_DERIVATIVE

/* Kernels */

#define BP_KERNEL(name) \
  void bp_op_##name##_forward (const BpOpArguments *arguments); \
  void bp_op_##name##_backward (const BpOpArguments *arguments);

#define OP1(ID, name, ...) BP_KERNEL (name)
#define OP1_FLAT(ID, name, ...) void bp_op_##name##_forward (const BpOpArguments *arguments);
#define OP1_CALL(ID, name, ...) BP_KERNEL (name)
#define OP2(ID, name, ...) BP_KERNEL (name)
#define OP2_FLAT(ID, name, ...) OP1_FLAT (ID, name)
#define OP3_CALL(ID, name, ...) BP_KERNEL (name)
#include "graph/bp-op-derivatives.h"

BP_KERNEL (matmul)
BP_KERNEL (transpose)
BP_KERNEL (copy)
BP_KERNEL (join)
BP_KERNEL (reduce_sum)
BP_KERNEL (reduce_mean)
BP_KERNEL (reduce_max)
BP_KERNEL (reduce_min)
BP_KERNEL (l2_loss)
BP_KERNEL (softmax)
BP_KERNEL (log_softmax)
BP_KERNEL (softmax_cross_entropy)
BP_KERNEL (sparse_softmax_cross_entropy)

void bp_op_one_hot_forward (const BpOpArguments *arguments);
void bp_op_argmax_forward (const BpOpArguments *arguments);

#undef BP_KERNEL

/* How ops that are not elementwise see their tensors */

/** An input as [outer, n, inner], of which a reduction takes the middle away. */
typedef struct {
  gsize outer, n, inner;
} BpReduction;

BpReduction bp_op_get_reduction (const BpOpAttributes *attributes,
                                 const BpShape        *input);

/** How many rows joined inputs have, and how long those of each are: they take turns in the output. */
typedef struct {
  gsize n_rows;
  gsize length[2];
} BpJoin;

/** @inputs: (array length=2): their shapes */
BpJoin bp_op_get_join (const BpOpAttributes  *attributes,
                       const BpShape * const *inputs,
                       const BpShape         *shape);

/* Shape rules */

#define BP_SHAPE_RULE(rule) \
  gboolean bp_op_##rule##_shape (const BpOpAttributes  *attributes, \
                                 const BpShape * const *inputs, \
                                 BpShape               *shape, \
                                 GError               **error);

BP_SHAPE_RULE (clip_by_value)
BP_SHAPE_RULE (matmul)
BP_SHAPE_RULE (transpose)
BP_SHAPE_RULE (expand_dims)
BP_SHAPE_RULE (reshape)
BP_SHAPE_RULE (where)
BP_SHAPE_RULE (concat)
BP_SHAPE_RULE (stack)
BP_SHAPE_RULE (one_hot)
BP_SHAPE_RULE (reduce)
BP_SHAPE_RULE (softmax)
BP_SHAPE_RULE (softmax_cross_entropy)
BP_SHAPE_RULE (sigmoid_cross_entropy)
BP_SHAPE_RULE (sparse_softmax_cross_entropy)

#undef BP_SHAPE_RULE

G_END_DECLS
