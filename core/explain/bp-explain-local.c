/* bp-explain-local.c: local derivatives as formulas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <math.h>

/* The derivative of @use as a formula of the op's inputs and output; of both inputs where they are one node. */
static BpFormula *
fill (const BpScene *scene,
      const BpUse   *use,
      BpFormula     *inputs[BP_MAX_INPUTS],
      BpFormula     *y)
{
  const BpOp op = bp_graph_get_op (scene->graph, use->node);
  const BpOpAttributes *attributes = bp_graph_get_attributes (scene->graph, use->node);
  BpFormula *derivative = bp_explain_op_derivative (op, attributes, use->input, inputs, y);

  if (use->both)
    {
      BpFormula *sum = bp_formula_new_unary (BP_FORMULA_SUM, derivative);

      bp_formula_append (sum, bp_explain_op_derivative (op, attributes, use->input + 1, inputs, y));
      derivative = sum;
    }

  for (guint i = 0; i < BP_MAX_INPUTS; i++)
    bp_formula_free (inputs[i]);
  bp_formula_free (y);

  return derivative;
}

/* 1/n with the number of elements that a mean is of. */
static BpFormula *
get_mean_derivative (const BpScene *scene,
                     const BpUse   *use)
{
  const gsize n = bp_explain_get_reduction (scene, use->node).n;

  if (n == 1)
    return bp_formula_new_number (1);

  return bp_formula_new_binary (BP_FORMULA_QUOTIENT, bp_formula_new_number (1), bp_formula_new_number ((double) n));
}

/* [a > b] is not what is passed on where a = b, to one of two numbers or to one that is both. */
static gboolean
is_tie (const BpScene *scene,
        const BpUse   *use)
{
  const BpOp op = bp_graph_get_op (scene->graph, use->node);
  BpOperands operands;

  if (op != BP_OP_MAXIMUM && op != BP_OP_MINIMUM)
    return FALSE;
  if (bp_graph_get_input (scene->graph, use->node, 0) == bp_graph_get_input (scene->graph, use->node, 1))
    return TRUE;
  if (bp_scene_is_tensor (scene, use->node) || !bp_trainer_has_value (scene->trainer, use->node))
    return FALSE;

  operands = bp_scene_get_operands (scene, use->node, 0);

  return operands.a == operands.b;
}

BpFormula *
bp_explain_derivative_symbols (const BpScene *scene,
                               const BpUse   *use)
{
  BpFormula *inputs[BP_MAX_INPUTS] = { NULL, };

  if (is_tie (scene, use))
    return bp_formula_new_number (use->both ? 1 : 0.5);
  if (bp_graph_get_op (scene->graph, use->node) == BP_OP_REDUCE_MEAN)
    return get_mean_derivative (scene, use);

  for (guint i = 0; i < bp_graph_get_n_inputs (scene->graph, use->node); i++)
    inputs[i] = bp_explain_symbol_in (scene, bp_graph_get_input (scene->graph, use->node, i));

  return fill (scene, use, inputs, bp_explain_symbol_in (scene, use->node));
}

/* Where the value at a kink or corner is another than the formula's, or the formula is a condition, the number says
 * more. */
static gboolean
shows_only_number (BpOp       op,
                   BpOperands operands)
{
  switch ((int) op)
    {
    case BP_OP_MAXIMUM:
    case BP_OP_MINIMUM:
    case BP_OP_RELU:
    case BP_OP_LEAKY_RELU:
    case BP_OP_CLIP_BY_VALUE:
    case BP_OP_ABS:
    case BP_OP_WHERE:
      return TRUE;
    case BP_OP_POW:
      return operands.a <= 0 || operands.b == 0;
    default:
      return FALSE;
    }
}

/* A derivative that takes a function is rounded, however few digits it has. */
static gboolean
takes_function (BpOp       op,
                guint      input,
                BpOperands operands)
{
  if (op == BP_OP_POW)
    return input == 0 ? operands.b != rint (operands.b) : operands.a != 1;

  return op == BP_OP_SOFTMAX || op == BP_OP_LOG_SOFTMAX || op == BP_OP_SOFTMAX_CROSS_ENTROPY
         || (op == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY && input == 1);
}

BpFormula *
bp_explain_derivative_numbers (const BpScene *scene,
                               const BpUse   *use,
                               gsize          output)
{
  const BpOp op = bp_graph_get_op (scene->graph, use->node);
  const gboolean elementwise = bp_op_get_class (op)->elementwise;
  BpOperands operands = { 0, };
  BpFormula *number;

  if (op == BP_OP_REDUCE_MEAN)
    return get_mean_derivative (scene, use);

  if (elementwise)
    operands = bp_scene_get_operands (scene, use->node, output);
  if (elementwise && !shows_only_number (op, operands))
    {
      BpFormula *inputs[BP_MAX_INPUTS] = { bp_formula_new_number (operands.a), bp_formula_new_number (operands.b), };

      return fill (scene, use, inputs, bp_formula_new_number (operands.y));
    }

  number = bp_formula_new_number (bp_explain_get_derivative (scene, use, output));
  number->is_exact = !takes_function (op, use->input, operands);

  return number;
}

/* The label on an edge */

gboolean
bp_explain_local_derivative (BpTrainer  *trainer,
                             guint       node,
                             guint       input,
                             BpFormula **symbols,
                             BpFormula **numbers)
{
  g_auto (BpScene) scene = { NULL, };
  g_autoptr (BpFormula) derivative = NULL;
  g_autoptr (BpFormula) terms = NULL;
  BpUse use;
  guint target;

  g_return_val_if_fail (trainer != NULL, FALSE);
  bp_scene_init (&scene, trainer);
  g_return_val_if_fail (node < bp_graph_get_n_nodes (scene.graph), FALSE);
  g_return_val_if_fail (input < bp_graph_get_n_inputs (scene.graph, node), FALSE);

  target = bp_graph_get_input (scene.graph, node, input);
  bp_explain_init_use (&use, scene.graph, node, input);
  if (!bp_graph_needs_gradient (scene.graph, node) || !bp_graph_needs_gradient (scene.graph, target))
    return FALSE;

  use.both = FALSE;
  derivative = bp_explain_derivative_symbols (&scene, &use);
  if (symbols != NULL)
    {
      *symbols = bp_formula_new_equation (bp_explain_partial (&scene, node, target));
      bp_formula_append_side (*symbols, BP_RELATION_EQUAL, bp_formula_copy (derivative));
    }
  if (numbers == NULL)
    return TRUE;

  *numbers = NULL;
  if (bp_scene_is_tensor (&scene, node) || bp_scene_is_tensor (&scene, target)
      || !bp_trainer_has_value (trainer, node))
    return TRUE;

  terms = bp_explain_derivative_numbers (&scene, &use, 0);
  if (!bp_formula_equal (terms, derivative))
    *numbers = bp_formula_new_result (g_steal_pointer (&terms), bp_explain_get_derivative (&scene, &use, 0));

  return TRUE;
}
