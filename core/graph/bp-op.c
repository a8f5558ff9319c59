/* bp-op.c: the table of ops, one row each, and what is looked up in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-op-kernels.h"

#include <glib/gi18n-lib.h>

static gboolean
infer_leaf (const BpOpAttributes                *attributes,
            G_GNUC_UNUSED const BpShape * const *inputs,
            BpShape                             *shape,
            GError                             **error)
{
  guint64 dims[BP_MAX_RANK];

  for (guint d = 0; d < BP_MAX_RANK; d++)
    dims[d] = attributes->shape.dims[d];

  return bp_shape_init (shape, attributes->shape.rank, dims, error);
}

static gboolean
infer_same (G_GNUC_UNUSED const BpOpAttributes *attributes,
            const BpShape * const              *inputs,
            BpShape                            *shape,
            G_GNUC_UNUSED GError              **error)
{
  *shape = *inputs[0];

  return TRUE;
}

static gboolean
infer_broadcast (G_GNUC_UNUSED const BpOpAttributes *attributes,
                 const BpShape * const              *inputs,
                 BpShape                            *shape,
                 GError                            **error)
{
  return bp_shape_broadcast (inputs[0], inputs[1], shape, error);
}

static const BpOpClass classes[BP_N_OPS] = {
  [BP_OP_CONSTANT] = {
    .name = "constant", .symbol = "c", .infer_shape = infer_leaf,
    .meaning = N_("A constant never changes, so it has no gradient."),
  },
  [BP_OP_PLACEHOLDER] = {
    .name = "placeholder", .symbol = "x", .infer_shape = infer_leaf,
    .meaning = N_("Data are given and not learned, so they have no gradient."),
  },
  [BP_OP_VARIABLE] = {
    .name = "variable", .symbol = "θ", .infer_shape = infer_leaf,
    .meaning = N_("The gradient has arrived at a variable: it is the slope of the loss, and the optimizer steps "
                  "against it."),
  },
  [BP_OP_MASK] = {
    .name = "mask", .symbol = "0/1", .infer_shape = infer_leaf,
    .meaning = N_("A mask is drawn and not learned, so it has no gradient."),
  },

#define OP1(ID, op, sign, y, derivative, formula, formula_a, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 1, .elementwise = TRUE, .infer_shape = infer_same, \
    .forward = bp_op_##op##_forward, .backward = bp_op_##op##_backward, .meaning = sentence, \
  },
#define OP1_FLAT(ID, op, sign, y, formula, formula_a, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 1, .elementwise = TRUE, .infer_shape = infer_same, \
    .forward = bp_op_##op##_forward, .meaning = sentence, \
  },
#define OP1_CALL(ID, op, sign, derivative, formula, formula_a, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 1, .elementwise = TRUE, .infer_shape = bp_op_##op##_shape, \
    .forward = bp_op_##op##_forward, .backward = bp_op_##op##_backward, .meaning = sentence, \
  },
#define OP2_SHAPED(rule, ID, op, argument_0, argument_1, sign, y, derivative_0, derivative_1, formula, formula_a, \
                   formula_b, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 2, .arguments = { argument_0, argument_1 }, .elementwise = TRUE, \
    .infer_shape = rule, .forward = bp_op_##op##_forward, .backward = bp_op_##op##_backward, .meaning = sentence, \
  },
#define OP2(...) OP2_SHAPED (infer_broadcast, __VA_ARGS__)
#define OP2_EQUAL(...) OP2_SHAPED (bp_op_sigmoid_cross_entropy_shape, __VA_ARGS__)
#define OP2_FLAT(ID, op, sign, y, formula, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 2, .elementwise = TRUE, .infer_shape = infer_broadcast, \
    .forward = bp_op_##op##_forward, .meaning = sentence, \
  },
#define OP3_CALL(ID, op, argument_0, argument_1, argument_2, sign, derivative_1, derivative_2, formula, formula_a, \
                 formula_b, formula_c, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 3, .arguments = { argument_0, argument_1, argument_2 }, \
    .elementwise = TRUE, .infer_shape = bp_op_##op##_shape, .forward = bp_op_##op##_forward, \
    .backward = bp_op_##op##_backward, .meaning = sentence, \
  },
#define TENSOR1_FLAT(ID, op, shape, sign, formula, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 1, .infer_shape = shape, .forward = bp_op_##op##_forward, \
    .meaning = sentence, \
  },
#define TENSOR1(ID, op, kernel, shape, sign, formula, formula_a, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 1, .infer_shape = shape, \
    .forward = bp_op_##kernel##_forward, .backward = bp_op_##kernel##_backward, .meaning = sentence, \
  },
#define TENSOR2(ID, op, kernel, shape, argument_0, argument_1, sign, formula, formula_a, formula_b, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 2, .arguments = { argument_0, argument_1 }, .infer_shape = shape, \
    .forward = bp_op_##kernel##_forward, .backward = bp_op_##kernel##_backward, .meaning = sentence, \
  },
#include "graph/bp-op-derivatives.h"
};

const BpOpClass *
bp_op_get_class (BpOp op)
{
  g_return_val_if_fail ((guint) op < BP_N_OPS, NULL);

  return &classes[op];
}

gboolean
bp_op_find (const char *name,
            BpOp       *op)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < BP_N_OPS; i++)
    if (classes[i].n_inputs > 0 && g_str_equal (classes[i].name, name))
      {
        *op = (BpOp) i;
        return TRUE;
      }

  return FALSE;
}

double
bp_op_local_derivative (BpOp   op,
                        guint  input,
                        double a,
                        double b,
                        double y)
{
  switch (op)
    {
#define OP1(ID, name, ...) \
    case BP_OP_##ID: \
      return derivative_##name##_0 (a, b, y);
#define OP1_FLAT(ID, name, ...) \
    case BP_OP_##ID: \
      return 0;
#define OP1_CALL(ID, name, ...) OP1 (ID, name)
#define OP2(ID, name, ...) \
    case BP_OP_##ID: \
      return input == 0 ? derivative_##name##_0 (a, b, y) : derivative_##name##_1 (a, b, y);
#define OP2_FLAT(ID, ...) OP1_FLAT (ID, )
#define OP3_CALL(ID, name, ...) \
    case BP_OP_##ID: \
      return input == 0 ? 0 : input == 1 ? derivative_##name##_1 (a, b, y) : derivative_##name##_2 (a, b, y);
#include "graph/bp-op-derivatives.h"
    default:
      g_return_val_if_reached (NAN);
    }
}
