/* bp-op.c: the table of ops, one row each, and what is looked up in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-op-private.h"

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

#define OP1(ID, op, sign, formula_c, derivative_c, text, text_a, latex, latex_a, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 1, .elementwise = TRUE, .infer_shape = infer_same, \
    .forward = bp_op_##op##_forward, .backward = bp_op_##op##_backward, \
    .formula = text, .derivatives = { text_a, NULL }, \
    .formula_latex = latex, .derivatives_latex = { latex_a, NULL }, \
    .meaning = sentence, \
  },
#define OP1_FLAT(ID, op, sign, formula_c, text, text_a, latex, latex_a, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 1, .elementwise = TRUE, .infer_shape = infer_same, \
    .forward = bp_op_##op##_forward, \
    .formula = text, .derivatives = { text_a, NULL }, \
    .formula_latex = latex, .derivatives_latex = { latex_a, NULL }, \
    .meaning = sentence, \
  },
#define OP2_SHAPED(rule, ID, op, argument_0, argument_1, sign, formula_c, derivative_c_0, derivative_c_1, \
                   text, text_a, text_b, latex, latex_a, latex_b, sentence) \
  [BP_OP_##ID] = { \
    .name = #op, .symbol = sign, .n_inputs = 2, .arguments = { argument_0, argument_1 }, .elementwise = TRUE, \
    .infer_shape = rule, .forward = bp_op_##op##_forward, .backward = bp_op_##op##_backward, \
    .formula = text, .derivatives = { text_a, text_b }, \
    .formula_latex = latex, .derivatives_latex = { latex_a, latex_b }, \
    .meaning = sentence, \
  },
#define OP2(...) OP2_SHAPED (infer_broadcast, __VA_ARGS__)
#define OP2_EQUAL(...) OP2_SHAPED (bp_op_sigmoid_cross_entropy_shape, __VA_ARGS__)
#include "bp-op-formulas.h"

  [BP_OP_MATMUL] = {
    .name = "matmul", .symbol = "·", .n_inputs = 2, .infer_shape = bp_op_matmul_shape,
    .forward = bp_op_matmul_forward, .backward = bp_op_matmul_backward,
    .formula = "%a·%b", .derivatives = { "%bᵀ", "%aᵀ" },
    .formula_latex = "%a\\,%b", .derivatives_latex = { "{%b}^{\\top}", "{%a}^{\\top}" },
    .meaning = N_("A matrix product passes the gradient on times the other matrix, transposed: from the right to the "
                  "first input, from the left to the second."),
  },
  [BP_OP_TRANSPOSE] = {
    .name = "transpose", .symbol = "ᵀ", .n_inputs = 1, .infer_shape = bp_op_transpose_shape,
    .forward = bp_op_transpose_forward, .backward = bp_op_transpose_backward,
    .formula = "%aᵀ", .derivatives = { "1", NULL },
    .formula_latex = "{%a}^{\\top}", .derivatives_latex = { "1", NULL },
    .meaning = N_("Transposing only moves numbers, so the gradient is transposed back."),
  },
  [BP_OP_EXPAND_DIMS] = {
    .name = "expand_dims", .symbol = "[·]", .n_inputs = 1, .infer_shape = bp_op_expand_dims_shape,
    .forward = bp_op_copy_forward, .backward = bp_op_copy_backward,
    .formula = "%a", .derivatives = { "1", NULL },
    .formula_latex = "%a", .derivatives_latex = { "1", NULL },
    .meaning = N_("Another dimension of size 1 changes no number, so the gradient goes back unchanged in the shape of "
                  "the input."),
  },
  [BP_OP_RESHAPE] = {
    .name = "reshape", .symbol = "[…]", .n_inputs = 1, .infer_shape = bp_op_reshape_shape,
    .forward = bp_op_copy_forward, .backward = bp_op_copy_backward,
    .formula = "%a", .derivatives = { "1", NULL },
    .formula_latex = "%a", .derivatives_latex = { "1", NULL },
    .meaning = N_("Another shape changes no number, so the gradient goes back unchanged in the shape of the input."),
  },
  [BP_OP_REDUCE_SUM] = {
    .name = "reduce_sum", .symbol = "Σ", .n_inputs = 1, .infer_shape = bp_op_reduce_shape,
    .forward = bp_op_reduce_sum_forward, .backward = bp_op_reduce_sum_backward,
    .formula = "Σ %a", .derivatives = { "1", NULL },
    .formula_latex = "\\sum %a", .derivatives_latex = { "1", NULL },
    .meaning = N_("A sum passes the gradient on unchanged to each of its terms."),
  },
  [BP_OP_REDUCE_MEAN] = {
    .name = "reduce_mean", .symbol = "mean", .n_inputs = 1, .infer_shape = bp_op_reduce_shape,
    .forward = bp_op_reduce_mean_forward, .backward = bp_op_reduce_mean_backward,
    .formula = "Σ %a / n", .derivatives = { "1 / n", NULL },
    .formula_latex = "\\frac{1}{n} \\sum %a", .derivatives_latex = { "\\frac{1}{n}", NULL },
    .meaning = N_("A mean passes the gradient on to each of its terms, divided by their number."),
  },
  [BP_OP_SOFTMAX_CROSS_ENTROPY] = {
    .name = "softmax_cross_entropy_with_logits", .symbol = "softmax+CE", .n_inputs = 2,
    .arguments = { "labels", "logits" }, .infer_shape = bp_op_softmax_cross_entropy_shape,
    .forward = bp_op_softmax_cross_entropy_forward, .backward = bp_op_softmax_cross_entropy_backward,
    .formula = "Σ %a·(log Σ exp(%b) − %b)", .derivatives = { "log Σ exp(%b) − %b", "softmax(%b)·Σ %a − %a" },
    .formula_latex = "\\sum %a \\cdot (\\log \\sum e^{%b} - %b)",
    .derivatives_latex = { "\\log \\sum e^{%b} - %b", "\\operatorname{softmax}(%b) \\cdot \\sum %a - %a" },
    .meaning = N_("Softmax and cross entropy together have a simple derivative: the predicted probabilities minus the "
                  "labels, where the labels sum to 1."),
  },
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
#define OP2(ID, name, ...) \
    case BP_OP_##ID: \
      return input == 0 ? derivative_##name##_0 (a, b, y) : derivative_##name##_1 (a, b, y);
#include "bp-op-formulas.h"
    default:
      g_return_val_if_reached (NAN);
    }
}
