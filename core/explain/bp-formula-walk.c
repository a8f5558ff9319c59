/* bp-formula-walk.c: formulas as trees: what they are, mention and amount to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-formula.h"

#include <math.h>

#include "base/bp-math.h"
#include "base/bp-number.h"
#include "graph/bp-op-math.h"

/* A term of a sum that is smaller than this share of the largest one is lost in it. */
#define LOST 1e-12

static const BpFormula *
get_child (const BpFormula *formula,
           guint            index)
{
  return g_ptr_array_index (formula->children, index);
}

static guint
get_n_children (const BpFormula *formula)
{
  return formula->children != NULL ? formula->children->len : 0;
}

/* Values */

static double
get_sign (double a)
{
  return (a > 0) - (a < 0);
}

#define EVERYWHERE HUGE_VAL
#define NOWHERE NAN

/* The functions of one number. @exact_at: the argument at which the result is exact; elsewhere it is rounded, however
 * few digits it has: σ(40) is not 1. Squaring tells of square roots. */
static const struct {
  double (*evaluate) (double a);
  double   exact_at;
} functions[BP_N_FUNCTIONS] = {
  [BP_FUNCTION_ABS] = { fabs, EVERYWHERE },
  [BP_FUNCTION_COS] = { bp_cos, 0 },
  [BP_FUNCTION_EXP] = { bp_exp, 0 },
  [BP_FUNCTION_LOG] = { bp_log, 1 },
  [BP_FUNCTION_NORMAL_DENSITY] = { bp_normal_density, NOWHERE },
  [BP_FUNCTION_NORMAL_SHARE] = { bp_normal_share, 0 },
  [BP_FUNCTION_ROUND] = { rint, EVERYWHERE },
  [BP_FUNCTION_SIGMOID] = { bp_sigmoid, 0 },
  [BP_FUNCTION_SIGN] = { get_sign, EVERYWHERE },
  [BP_FUNCTION_SIN] = { bp_sin, 0 },
  [BP_FUNCTION_SQRT] = { sqrt, NOWHERE },
  [BP_FUNCTION_TANH] = { bp_tanh, 0 },
};

static gboolean
is_extreme (const BpFormula *formula)
{
  return formula->kind == BP_FORMULA_CALL
         && (formula->function == BP_FUNCTION_MAX || formula->function == BP_FUNCTION_MIN);
}

static double
evaluate_extreme (const BpFormula *formula,
                  gboolean         shown)
{
  double extreme = bp_formula_evaluate (get_child (formula, 0), shown);

  for (guint i = 1; i < get_n_children (formula); i++)
    {
      const double value = bp_formula_evaluate (get_child (formula, i), shown);

      extreme = formula->function == BP_FUNCTION_MAX ? fmax (extreme, value) : fmin (extreme, value);
    }

  return extreme;
}

/* Of arguments that are not all there, what the ellipsis says. */
static double
evaluate_argmax (const BpFormula *formula,
                 gboolean         shown)
{
  const guint n = get_n_children (formula);
  double largest = (double) -INFINITY;
  guint found = 0;

  for (guint i = 0; i < n; i++)
    {
      const double value = bp_formula_evaluate (get_child (formula, i), shown);

      if (get_child (formula, i)->kind == BP_FORMULA_ELLIPSIS)
        return value;
      found = value > largest ? i : found;
      largest = MAX (largest, value);
    }

  return found;
}

/* The argument of where that is its value. */
static const BpFormula *
get_chosen (const BpFormula *formula,
            gboolean         shown)
{
  return get_child (formula, bp_formula_evaluate (get_child (formula, 0), shown) != 0 ? 1 : 2);
}

static double
evaluate_sum (const BpFormula *formula,
              gboolean         shown)
{
  double sum = bp_formula_evaluate (get_child (formula, 0), shown);

  for (guint i = 1; i < get_n_children (formula); i++)
    sum += bp_formula_evaluate (get_child (formula, i), shown);

  return sum;
}

static double
evaluate_product (const BpFormula *formula,
                  gboolean         shown)
{
  double product = bp_formula_evaluate (get_child (formula, 0), shown);

  for (guint i = 1; i < get_n_children (formula); i++)
    product *= bp_formula_evaluate (get_child (formula, i), shown);

  return product;
}

/* log(1 + x), where 1 + x would lose a small x. */
static gboolean
is_log_of_one_plus (const BpFormula *formula)
{
  const BpFormula *sum = get_n_children (formula) == 1 ? get_child (formula, 0) : NULL;

  return formula->kind == BP_FORMULA_CALL && formula->function == BP_FUNCTION_LOG && sum->kind == BP_FORMULA_SUM
         && get_n_children (sum) == 2 && get_child (sum, 0)->kind == BP_FORMULA_NUMBER
         && get_child (sum, 0)->value == 1;
}

double
bp_formula_evaluate (const BpFormula *formula,
                     gboolean         shown)
{
  double a = 0, b = 0;

  g_return_val_if_fail (formula != NULL, NAN);

  switch (formula->kind)
    {
    case BP_FORMULA_NUMBER:
      return shown ? bp_number_round (formula->value, formula->digits) : formula->value;
    case BP_FORMULA_ELLIPSIS:
      return formula->value;
    case BP_FORMULA_SUM:
      return evaluate_sum (formula, shown);
    case BP_FORMULA_PRODUCT:
    case BP_FORMULA_CHAIN:
      return evaluate_product (formula, shown);
    default:
      break;
    }

  if (is_extreme (formula))
    return evaluate_extreme (formula, shown);
  if (formula->kind == BP_FORMULA_CALL && formula->function == BP_FUNCTION_ARGMAX)
    return evaluate_argmax (formula, shown);
  if (formula->kind == BP_FORMULA_CALL && formula->function == BP_FUNCTION_WHERE)
    return bp_formula_evaluate (get_chosen (formula, shown), shown);
  if (is_log_of_one_plus (formula))
    return bp_log_1_plus (bp_formula_evaluate (get_child (get_child (formula, 0), 1), shown));
  if (get_n_children (formula) > 0)
    a = bp_formula_evaluate (get_child (formula, 0), shown);
  if (get_n_children (formula) > 1)
    b = bp_formula_evaluate (get_child (formula, 1), shown);

  switch ((int) formula->kind)
    {
    case BP_FORMULA_NEGATIVE:
      return -a;
    case BP_FORMULA_QUOTIENT:
      return a / b;
    case BP_FORMULA_POWER:
      return bp_pow (a, b);
    case BP_FORMULA_CALL:
      return functions[formula->function].evaluate != NULL ? functions[formula->function].evaluate (a) : (double) NAN;
    case BP_FORMULA_GREATER:
      return a > b;
    case BP_FORMULA_GREATER_EQUAL:
      return a >= b;
    case BP_FORMULA_LESS_EQUAL:
      return a <= b;
    case BP_FORMULA_SAME:
      return a == b;
    case BP_FORMULA_DIFFERENT:
      return a != b;
    default:
      return NAN;
    }
}

/* Exactness. Each answer supposes that the parts are exact, or makes up for parts that are not. */

static gboolean
sum_is_exact (const BpFormula *formula)
{
  double largest = 0;

  for (guint i = 0; i < get_n_children (formula); i++)
    largest = fmax (largest, fabs (bp_formula_evaluate (get_child (formula, i), FALSE)));

  for (guint i = 0; i < get_n_children (formula); i++)
    {
      const double term = bp_formula_evaluate (get_child (formula, i), FALSE);

      if (!bp_formula_is_exact (get_child (formula, i)) || (term != 0 && fabs (term) < largest * LOST))
        return FALSE;
    }

  return TRUE;
}

/* 0 times what is rounded is 0 all the same; a product that is too small is not. */
static gboolean
product_is_exact (const BpFormula *formula)
{
  gboolean is_exact = TRUE;

  for (guint i = 0; i < get_n_children (formula); i++)
    {
      const gboolean factor_is_exact = bp_formula_is_exact (get_child (formula, i));

      if (factor_is_exact && bp_formula_evaluate (get_child (formula, i), FALSE) == 0)
        return TRUE;
      is_exact = is_exact && factor_is_exact;
    }

  return is_exact && bp_formula_evaluate (formula, FALSE) != 0;
}

static gboolean
call_is_exact (const BpFormula *formula)
{
  const double a = bp_formula_evaluate (get_child (formula, 0), FALSE);
  const double y = bp_formula_evaluate (formula, FALSE);
  const double exact_at = functions[formula->function].exact_at;

  if (formula->function == BP_FUNCTION_SQRT)
    return y * y == a;

  return is_extreme (formula)
         || (functions[formula->function].evaluate != NULL && (exact_at == EVERYWHERE || exact_at == a));
}

static gboolean
children_are_exact (const BpFormula *formula)
{
  for (guint i = 0; i < get_n_children (formula); i++)
    if (!bp_formula_is_exact (get_child (formula, i)))
      return FALSE;

  return TRUE;
}

gboolean
bp_formula_is_exact (const BpFormula *formula)
{
  g_return_val_if_fail (formula != NULL, FALSE);

  switch (formula->kind)
    {
    case BP_FORMULA_NUMBER:
      return formula->is_exact && bp_number_round (formula->value, formula->digits) == formula->value;
    case BP_FORMULA_ELLIPSIS:
      return formula->is_exact;
    case BP_FORMULA_SUM:
      return sum_is_exact (formula);
    case BP_FORMULA_PRODUCT:
    case BP_FORMULA_CHAIN:
      return product_is_exact (formula);
    case BP_FORMULA_NEGATIVE:
      return children_are_exact (formula);
    case BP_FORMULA_GREATER:
    case BP_FORMULA_GREATER_EQUAL:
    case BP_FORMULA_LESS_EQUAL:
    case BP_FORMULA_SAME:
    case BP_FORMULA_DIFFERENT:
      return TRUE;
    case BP_FORMULA_QUOTIENT:
      return children_are_exact (formula) && (bp_formula_evaluate (formula, FALSE) != 0
                                              || bp_formula_evaluate (get_child (formula, 0), FALSE) == 0);
    case BP_FORMULA_POWER:
      return children_are_exact (formula)
             && bp_formula_evaluate (get_child (formula, 1), FALSE)
                == rint (bp_formula_evaluate (get_child (formula, 1), FALSE))
             && (bp_formula_evaluate (formula, FALSE) != 0
                 || bp_formula_evaluate (get_child (formula, 0), FALSE) == 0);
    case BP_FORMULA_CALL:
      if (formula->function == BP_FUNCTION_ARGMAX)
        return TRUE;
      if (formula->function == BP_FUNCTION_WHERE)
        return bp_formula_is_exact (get_chosen (formula, FALSE));
      return children_are_exact (formula) && call_is_exact (formula);
    default:
      return FALSE;
    }
}

/* Symbols */

gboolean
bp_formula_mentions (const BpFormula *formula,
                     guint            node)
{
  if (formula == NULL)
    return FALSE;

  if (formula->kind == BP_FORMULA_SYMBOL && formula->node == node)
    return TRUE;

  for (guint i = 0; i < get_n_children (formula); i++)
    if (bp_formula_mentions (get_child (formula, i), node))
      return TRUE;

  return FALSE;
}

gboolean
bp_formula_equal (const BpFormula *a,
                  const BpFormula *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->kind != b->kind || a->value != b->value || a->node != b->node || g_strcmp0 (a->text, b->text) != 0
      || a->function != b->function || get_n_children (a) != get_n_children (b))
    return FALSE;

  for (guint i = 0; i < get_n_children (a); i++)
    if (a->relations[MIN (i, BP_FORMULA_MAX_SIDES - 1)] != b->relations[MIN (i, BP_FORMULA_MAX_SIDES - 1)]
        || !bp_formula_equal (get_child (a, i), get_child (b, i)))
      return FALSE;

  return TRUE;
}

guint
bp_formula_get_length (const BpFormula *formula)
{
  g_autofree char *text = bp_formula_to_text (formula);

  return (guint) g_utf8_strlen (text, -1);
}
