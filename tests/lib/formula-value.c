/* formula-value.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/formula-value.h"

#include <math.h>
#include <stdlib.h>

/* What is read off the screen. */
static double
formula_read (double value,
              guint  digits)
{
  g_autofree char *text = g_strdup_printf ("%.*e", (int) digits - 1, value);

  return isfinite (value) ? strtod (text, NULL) : value;
}

static double
formula_child (const FormulaEvaluator *evaluator,
               const BpFormula        *formula,
               guint                   index)
{
  return formula_value (evaluator, g_ptr_array_index (formula->children, index));
}

static double
formula_call (const FormulaEvaluator *evaluator,
              const BpFormula        *formula)
{
  const double a = formula_child (evaluator, formula, 0);
  double b = a, largest = a;
  guint position = 0;

  for (guint i = 1; i < formula->children->len; i++)
    {
      const double next = formula_child (evaluator, formula, i);
      const BpFormula *child = g_ptr_array_index (formula->children, i);

      /* Positions behind what is left out cannot be counted; it says which is meant. */
      if (formula->function == BP_FUNCTION_ARGMAX && child->kind == BP_FORMULA_ELLIPSIS)
        return next;
      position = next > largest ? i : position;
      largest = next > largest ? next : largest;
      b = (formula->function == BP_FUNCTION_MAX) == (next > b) ? next : b;
    }

  switch ((int) formula->function)
    {
    case BP_FUNCTION_ABS:
      return a < 0 ? -a : a;
    case BP_FUNCTION_COS:
      return cos (a);
    case BP_FUNCTION_EXP:
      return exp (a);
    case BP_FUNCTION_LOG:
      return log (a);
    case BP_FUNCTION_MAX:
    case BP_FUNCTION_MIN:
      return b;
    case BP_FUNCTION_ARGMAX:
      return position;
    case BP_FUNCTION_WHERE:
      return formula_child (evaluator, formula, a == 0 ? 2 : 1);
    case BP_FUNCTION_NORMAL_DENSITY:
      return exp (-a * a / 2) / sqrt (2 * acos (-1));
    case BP_FUNCTION_NORMAL_SHARE:
      return erfc (-a / sqrt (2)) / 2;
    case BP_FUNCTION_ROUND:
      return nearbyint (a);
    case BP_FUNCTION_SIGMOID:
      return 1 / (1 + exp (-a));
    case BP_FUNCTION_SIGN:
      return a > 0 ? 1 : a < 0 ? -1 : 0;
    case BP_FUNCTION_SIN:
      return sin (a);
    case BP_FUNCTION_SQRT:
      return pow (a, 0.5);
    case BP_FUNCTION_TANH:
      return fabs (a) > 20 ? (a > 0) - (a < 0) : sinh (a) / cosh (a);
    default:
      return NAN;
    }
}

double
formula_value (const FormulaEvaluator *evaluator,
               const BpFormula        *formula)
{
  const gboolean is_other = formula->kind == BP_FORMULA_PARTIAL
                            || (formula->kind == BP_FORMULA_SYMBOL && formula->node == G_MAXUINT);
  double value;

  if (is_other)
    return evaluator->lookup_other != NULL ? evaluator->lookup_other (formula, evaluator->data) : (double) NAN;

  switch ((int) formula->kind)
    {
    case BP_FORMULA_NUMBER:
      return evaluator->shown ? formula_read (formula->value, formula->digits) : formula->value;
    case BP_FORMULA_ELLIPSIS:
      return formula->value;
    case BP_FORMULA_SYMBOL:
      return evaluator->lookup != NULL ? evaluator->lookup (formula->node, evaluator->data) : (double) NAN;
    case BP_FORMULA_NEGATIVE:
      return -formula_child (evaluator, formula, 0);
    case BP_FORMULA_SUM:
      value = 0;
      for (guint i = 0; i < formula->children->len; i++)
        value += formula_child (evaluator, formula, i);
      return value;
    case BP_FORMULA_PRODUCT:
    case BP_FORMULA_CHAIN:
      value = 1;
      for (guint i = 0; i < formula->children->len; i++)
        value *= formula_child (evaluator, formula, i);
      return value;
    case BP_FORMULA_QUOTIENT:
      return formula_child (evaluator, formula, 0) / formula_child (evaluator, formula, 1);
    case BP_FORMULA_POWER:
      return pow (formula_child (evaluator, formula, 0), formula_child (evaluator, formula, 1));
    case BP_FORMULA_GREATER_EQUAL:
      return formula_child (evaluator, formula, 0) < formula_child (evaluator, formula, 1) ? 0 : 1;
    case BP_FORMULA_LESS_EQUAL:
      return formula_child (evaluator, formula, 0) > formula_child (evaluator, formula, 1) ? 0 : 1;
    case BP_FORMULA_SAME:
      return formula_child (evaluator, formula, 0) == formula_child (evaluator, formula, 1) ? 1 : 0;
    case BP_FORMULA_DIFFERENT:
      return formula_child (evaluator, formula, 0) == formula_child (evaluator, formula, 1) ? 0 : 1;
    case BP_FORMULA_GREATER:
      return formula_child (evaluator, formula, 0) > formula_child (evaluator, formula, 1) ? 1 : 0;
    case BP_FORMULA_CALL:
      return formula_call (evaluator, formula);
    default:
      return NAN;
    }
}
