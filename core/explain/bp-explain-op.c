/* bp-explain-op.c: what ops compute, as formulas, from their rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

/* The words of the rows' formulas. */

static BpFormula *
new_sum (BpFormula *first,
         BpFormula *second)
{
  if (first->kind != BP_FORMULA_SUM)
    return bp_formula_new_binary (BP_FORMULA_SUM, first, second);

  bp_formula_append (first, second);

  return first;
}

static BpFormula *
new_where (BpFormula *condition,
           BpFormula *first,
           BpFormula *second)
{
  BpFormula *call = bp_formula_new_call (BP_FUNCTION_WHERE, condition, first);

  bp_formula_append (call, second);

  return call;
}

#define A bp_formula_copy (inputs[0])
#define B bp_formula_copy (inputs[1])
#define C bp_formula_copy (inputs[2])
#define Y bp_formula_copy (y)
#define N(value) bp_formula_new_number (value)
#define LEAST bp_formula_new_number (attributes->least)
#define GREATEST bp_formula_new_number (attributes->greatest)
#define COUNT bp_formula_new_symbol (G_MAXUINT, "n", "n")
#define SUM(first, second) new_sum (first, second)
#define MINUS(formula) bp_formula_new_unary (BP_FORMULA_NEGATIVE, formula)
#define DIFFERENCE(first, second) new_sum (first, MINUS (second))
#define PRODUCT(first, second) bp_formula_new_binary (BP_FORMULA_PRODUCT, first, second)
#define QUOTIENT(first, second) bp_formula_new_binary (BP_FORMULA_QUOTIENT, first, second)
#define POWER(first, second) bp_formula_new_binary (BP_FORMULA_POWER, first, second)
#define CALL(name, argument) bp_formula_new_call (BP_FUNCTION_##name, argument, NULL)
#define CALL_2(name, first, second) bp_formula_new_call (BP_FUNCTION_##name, first, second)
#define CONDITION(kind, first, second) bp_formula_new_binary (BP_FORMULA_##kind, first, second)
#define GREATER(first, second) CONDITION (GREATER, first, second)
#define ENTRY(tensor, index) bp_formula_new_binary (BP_FORMULA_ELEMENT, tensor, index)
#define WHERE(condition, first, second) new_where (condition, first, second)
#define TOTAL(formula) bp_formula_new_unary (BP_FORMULA_TOTAL, formula)

BpFormula *
bp_explain_op_formula (BpOp                  op,
                       const BpOpAttributes *attributes,
                       BpFormula * const    *inputs)
{
  switch (op)
    {
#define OP1(ID, name, symbol, value, derivative, formula, ...) case BP_OP_##ID: return formula;
#define OP1_FLAT(ID, name, symbol, value, formula, ...) case BP_OP_##ID: return formula;
#define OP1_CALL(ID, name, symbol, derivative, formula, ...) case BP_OP_##ID: return formula;
#define OP2(ID, name, argument_0, argument_1, symbol, value, derivative_0, derivative_1, formula, ...) \
    case BP_OP_##ID: return formula;
#define TENSOR1(ID, name, kernel, shape, symbol, formula, ...) case BP_OP_##ID: return formula;
#define TENSOR2(ID, name, kernel, shape, argument_0, argument_1, symbol, formula, ...) case BP_OP_##ID: return formula;
#define OP2_FLAT(ID, name, symbol, value, formula, ...) case BP_OP_##ID: return formula;
#define OP3_CALL(ID, name, argument_0, argument_1, argument_2, symbol, derivative_1, derivative_2, formula, ...) \
    case BP_OP_##ID: return formula;
#define TENSOR1_FLAT(ID, name, shape, symbol, formula, ...) case BP_OP_##ID: return formula;
#include "graph/bp-op-derivatives.h"
    default:
      g_return_val_if_reached (NULL);
    }
}

BpFormula *
bp_explain_op_derivative (BpOp                  op,
                          const BpOpAttributes *attributes,
                          guint                 input,
                          BpFormula * const    *inputs,
                          const BpFormula      *y)
{
  switch (op)
    {
#define OP1(ID, name, symbol, value, derivative, formula, formula_a, ...) case BP_OP_##ID: return formula_a;
#define OP1_FLAT(ID, name, symbol, value, formula, formula_a, ...) case BP_OP_##ID: return formula_a;
#define OP1_CALL(ID, name, symbol, derivative, formula, formula_a, ...) case BP_OP_##ID: return formula_a;
#define OP2(ID, name, argument_0, argument_1, symbol, value, derivative_0, derivative_1, formula, formula_a, \
            formula_b, ...) \
    case BP_OP_##ID: return input == 0 ? formula_a : formula_b;
#define TENSOR1(ID, name, kernel, shape, symbol, formula, formula_a, ...) case BP_OP_##ID: return formula_a;
#define TENSOR2(ID, name, kernel, shape, argument_0, argument_1, symbol, formula, formula_a, formula_b, ...) \
    case BP_OP_##ID: return input == 0 ? formula_a : formula_b;
#define OP2_FLAT(ID, ...) case BP_OP_##ID: return N (0);
#define OP3_CALL(ID, name, argument_0, argument_1, argument_2, symbol, derivative_1, derivative_2, formula, formula_a, \
                 formula_b, formula_c, ...) \
    case BP_OP_##ID: return input == 0 ? formula_a : input == 1 ? formula_b : formula_c;
#define TENSOR1_FLAT(ID, ...) case BP_OP_##ID: return N (0);
#include "graph/bp-op-derivatives.h"
    default:
      g_return_val_if_reached (NULL);
    }
}
