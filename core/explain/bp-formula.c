/* bp-formula.c: formulas as trees: their making
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-formula.h"

#include <float.h>
#include <math.h>

#include "base/bp-number.h"

static BpFormula *
formula_new (BpFormulaKind kind)
{
  BpFormula *self = g_new0 (BpFormula, 1);

  self->kind = kind;
  self->node = G_MAXUINT;

  return self;
}

void
bp_formula_free (BpFormula *formula)
{
  if (formula == NULL)
    return;

  g_clear_pointer (&formula->children, g_ptr_array_unref);
  g_free (formula->text);
  g_free (formula->latex);
  g_free (formula);
}

BpFormula *
bp_formula_copy (const BpFormula *formula)
{
  BpFormula *copy;

  g_return_val_if_fail (formula != NULL, NULL);

  copy = g_memdup2 (formula, sizeof *formula);
  copy->text = g_strdup (formula->text);
  copy->latex = g_strdup (formula->latex);
  copy->children = NULL;
  for (guint i = 0; formula->children != NULL && i < formula->children->len; i++)
    bp_formula_append (copy, bp_formula_copy (g_ptr_array_index (formula->children, i)));

  return copy;
}

BpFormula *
bp_formula_new_number (double value)
{
  BpFormula *self = formula_new (BP_FORMULA_NUMBER);

  self->value = value;
  self->digits = BP_NUMBER_DIGITS;
  self->is_exact = TRUE;

  return self;
}

BpFormula *
bp_formula_new_hidden (void)
{
  return formula_new (BP_FORMULA_HIDDEN);
}

BpFormula *
bp_formula_new_symbol (guint       node,
                       const char *text,
                       const char *latex)
{
  BpFormula *self = formula_new (BP_FORMULA_SYMBOL);

  self->node = node;
  self->text = g_strdup (text);
  self->latex = g_strdup (latex);

  return self;
}

BpFormula *
bp_formula_new_words (const char *text)
{
  BpFormula *self = formula_new (BP_FORMULA_WORDS);

  self->text = g_strdup (text);

  return self;
}

BpFormula *
bp_formula_new_element (BpFormula  *tensor,
                        const char *index)
{
  BpFormula *self = bp_formula_new_unary (BP_FORMULA_ELEMENT, tensor);

  self->text = g_strdup (index);

  return self;
}

BpFormula *
bp_formula_new_ellipsis (double   value,
                         gboolean is_exact)
{
  BpFormula *self = formula_new (BP_FORMULA_ELLIPSIS);

  self->value = value;
  self->is_exact = is_exact;

  return self;
}

BpFormula *
bp_formula_new_empty (BpFormulaKind kind)
{
  return formula_new (kind);
}

void
bp_formula_append (BpFormula *formula,
                   BpFormula *part)
{
  g_return_if_fail (formula != NULL && part != NULL);

  if (formula->children == NULL)
    formula->children = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_formula_free);
  g_ptr_array_add (formula->children, part);
}

void
bp_formula_complete (BpFormula *sum,
                     double     total)
{
  BpFormula *ellipsis = NULL;

  g_return_if_fail (sum != NULL && sum->kind == BP_FORMULA_SUM);

  for (guint i = 0; i < sum->children->len; i++)
    {
      BpFormula *term = g_ptr_array_index (sum->children, i);

      if (term->kind == BP_FORMULA_ELLIPSIS)
        ellipsis = term;
      else
        total -= bp_formula_evaluate (term, FALSE);
    }

  if (ellipsis != NULL)
    ellipsis->value = total;
}

BpFormula *
bp_formula_simplify (BpFormula *formula)
{
  BpFormula *only;

  g_return_val_if_fail (formula != NULL && formula->children != NULL, formula);

  if (formula->children->len > 1)
    return formula;

  only = g_ptr_array_steal_index (formula->children, 0);
  bp_formula_free (formula);

  return only;
}

BpFormula *
bp_formula_new_unary (BpFormulaKind  kind,
                      BpFormula     *first)
{
  BpFormula *self = formula_new (kind);

  bp_formula_append (self, first);

  return self;
}

BpFormula *
bp_formula_new_binary (BpFormulaKind  kind,
                       BpFormula     *first,
                       BpFormula     *second)
{
  BpFormula *self = bp_formula_new_unary (kind, first);

  bp_formula_append (self, second);

  return self;
}

BpFormula *
bp_formula_new_call (BpFunction  function,
                     BpFormula  *first,
                     BpFormula  *second)
{
  BpFormula *self = bp_formula_new_unary (BP_FORMULA_CALL, first);

  self->function = function;
  if (second != NULL)
    bp_formula_append (self, second);

  return self;
}

/* Equations */

BpFormula *
bp_formula_new_equation (BpFormula *side)
{
  return bp_formula_new_unary (BP_FORMULA_EQUATION, side);
}

void
bp_formula_append_side (BpFormula  *equation,
                        BpRelation  relation,
                        BpFormula  *side)
{
  g_return_if_fail (equation != NULL && equation->kind == BP_FORMULA_EQUATION);
  g_return_if_fail (equation->children == NULL || equation->children->len < BP_FORMULA_MAX_SIDES);

  equation->relations[equation->children != NULL ? equation->children->len : 0] = relation;
  bp_formula_append (equation, side);
}

static void
set_digits (BpFormula *formula,
            guint      digits)
{
  formula->digits = digits;
  for (guint i = 0; formula->children != NULL && i < formula->children->len; i++)
    set_digits (g_ptr_array_index (formula->children, i), digits);
}

/* Gives the numbers of @terms the fewest digits with which their arithmetic gives the result as it is shown. Where that
 * overflows on the way, log(1 + exp(1000)), no digits help. */
static void
choose_digits (BpFormula  *terms,
               const char *result)
{
  if (!isfinite (bp_formula_evaluate (terms, FALSE)))
    return;

  for (guint digits = BP_NUMBER_DIGITS; digits <= BP_NUMBER_MAX_DIGITS; digits++)
    {
      g_autofree char *text = NULL;

      set_digits (terms, digits);
      text = bp_number_format (bp_formula_evaluate (terms, TRUE));
      if (g_str_equal (text, result))
        return;
    }
}

BpFormula *
bp_formula_new_result (BpFormula *terms,
                       double     result)
{
  g_autofree char *result_text = bp_number_format (result);
  g_autofree char *text = NULL;
  BpRelation relation;
  BpFormula *self;

  g_return_val_if_fail (terms != NULL, NULL);

  choose_digits (terms, result_text);
  /* Subnormal numbers have few digits, and are rounded to them. */
  relation = bp_number_is_exact (result) && (result == 0 || fabs (result) >= DBL_MIN) && bp_formula_is_exact (terms)
             && bp_formula_evaluate (terms, TRUE) == result ? BP_RELATION_EQUAL : BP_RELATION_APPROXIMATE;
  text = bp_formula_to_text (terms);
  self = formula_new (BP_FORMULA_EQUATION);

  if (g_str_equal (text, result_text))
    bp_formula_free (terms);
  else
    bp_formula_append_side (self, BP_RELATION_NONE, terms);
  bp_formula_append_side (self, relation, bp_formula_new_number (result));

  return self;
}

void
bp_formula_continue (BpFormula *equation,
                     BpFormula *more)
{
  g_return_if_fail (equation != NULL && more != NULL && more->kind == BP_FORMULA_EQUATION);

  for (guint i = 0; more->children->len > 0; i++)
    {
      BpFormula *side = g_ptr_array_steal_index (more->children, 0);

      bp_formula_append_side (equation,
                              more->relations[i] == BP_RELATION_NONE ? BP_RELATION_EQUAL : more->relations[i], side);
    }
  bp_formula_free (more);
}

static gboolean
is_left_side (const BpFormula *side)
{
  return side->kind == BP_FORMULA_PARTIAL || side->kind == BP_FORMULA_ELEMENT || side->kind == BP_FORMULA_SYMBOL;
}

gboolean
bp_formula_continues (const BpFormula *equation)
{
  const BpFormula *first;

  g_return_val_if_fail (equation != NULL, FALSE);

  if (equation->kind != BP_FORMULA_EQUATION || equation->text != NULL)
    return equation->kind == BP_FORMULA_HIDDEN;
  first = g_ptr_array_index (equation->children, 0);

  return equation->relations[0] != BP_RELATION_NONE || !is_left_side (first);
}

static BpRelation
get_hidden_relation (BpRelation relation)
{
  return relation == BP_RELATION_APPROXIMATE ? BP_RELATION_EQUAL : relation;
}

/* A left side stays, and all after it is one "?". */
static void
hide_equation (BpFormula *equation)
{
  const gboolean has_left = equation->children->len > 1 && equation->relations[0] == BP_RELATION_NONE
                            && is_left_side (g_ptr_array_index (equation->children, 0));
  const guint n_left = has_left ? 1 : 0;

  g_ptr_array_set_size (equation->children, (gint) n_left);
  bp_formula_append_side (equation, get_hidden_relation (equation->relations[n_left]), bp_formula_new_hidden ());
}

void
bp_formula_hide (BpFormula *formula)
{
  g_return_if_fail (formula != NULL && (formula->kind == BP_FORMULA_EQUATION || formula->kind == BP_FORMULA_LIST));

  if (formula->kind == BP_FORMULA_EQUATION)
    hide_equation (formula);
  else
    for (guint i = 0; i < formula->children->len; i++)
      hide_equation (g_ptr_array_index (formula->children, i));
}

BpFormula *
bp_formula_dup_sides (const BpFormula *equation,
                      guint            first)
{
  BpFormula *sides;

  g_return_val_if_fail (equation != NULL && equation->kind == BP_FORMULA_EQUATION, NULL);
  g_return_val_if_fail (first < equation->children->len, NULL);

  sides = formula_new (BP_FORMULA_EQUATION);
  for (guint i = first; i < equation->children->len; i++)
    bp_formula_append_side (sides, equation->relations[i], bp_formula_copy (g_ptr_array_index (equation->children, i)));

  return sides;
}

const BpFormula *
bp_formula_get_result (const BpFormula *equation)
{
  g_return_val_if_fail (equation != NULL, NULL);

  return equation->kind == BP_FORMULA_EQUATION ? g_ptr_array_index (equation->children, equation->children->len - 1)
                                               : NULL;
}

/* How functions and relations are written */

static const struct {
  const char *text;
  const char *latex;
} functions[BP_N_FUNCTIONS] = {
  [BP_FUNCTION_ARGMAX] = { "argmax", "\\operatorname{argmax}" },
  [BP_FUNCTION_ARGMIN] = { "argmin", "\\operatorname{argmin}" },
  [BP_FUNCTION_CONCAT] = { "concat", "\\operatorname{concat}" },
  [BP_FUNCTION_COS] = { "cos", "\\cos" },
  [BP_FUNCTION_DIAGONAL] = { "diag", "\\operatorname{diag}" },
  [BP_FUNCTION_EXP] = { "exp", "\\exp" },
  [BP_FUNCTION_LOG] = { "log", "\\log" },
  [BP_FUNCTION_MAX] = { "max", "\\max" },
  [BP_FUNCTION_MIN] = { "min", "\\min" },
  [BP_FUNCTION_NORMAL_DENSITY] = { "φ", "\\varphi" },
  [BP_FUNCTION_NORMAL_SHARE] = { "Φ", "\\Phi" },
  [BP_FUNCTION_ONE_HOT] = { "one_hot", "\\operatorname{one\\_hot}" },
  [BP_FUNCTION_ROUND] = { "round", "\\operatorname{round}" },
  [BP_FUNCTION_SIGMOID] = { "σ", "\\sigma" },
  [BP_FUNCTION_SIGN] = { "sign", "\\operatorname{sign}" },
  [BP_FUNCTION_SIN] = { "sin", "\\sin" },
  [BP_FUNCTION_SOFTMAX] = { "softmax", "\\operatorname{softmax}" },
  [BP_FUNCTION_STACK] = { "stack", "\\operatorname{stack}" },
  [BP_FUNCTION_TANH] = { "tanh", "\\tanh" },
  [BP_FUNCTION_WHERE] = { "where", "\\operatorname{where}" },
};

static const struct {
  const char *text;
  const char *latex;
} relations[] = {
  [BP_RELATION_NONE] = { "", "" },
  [BP_RELATION_EQUAL] = { "=", "=" },
  [BP_RELATION_APPROXIMATE] = { "≈", "\\approx" },
  [BP_RELATION_BECOMES] = { "←", "\\leftarrow" },
  [BP_RELATION_INCREASES] = { "+=", "\\mathrel{+}=" },
};

const char *
bp_formula_get_function_name (BpFunction function,
                              gboolean   latex)
{
  g_return_val_if_fail (function < BP_N_FUNCTIONS, NULL);

  return latex ? functions[function].latex : functions[function].text;
}

const char *
bp_formula_get_relation_sign (BpRelation relation,
                              gboolean   latex)
{
  g_return_val_if_fail (relation < G_N_ELEMENTS (relations), NULL);

  return latex ? relations[relation].latex : relations[relation].text;
}
