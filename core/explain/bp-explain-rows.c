/* bp-explain-rows.c: the formula of an explanation broken before each relation, for a narrow card
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain.h"

static void
append_row (GPtrArray *rows,
            char      *left,
            char      *right)
{
  g_ptr_array_add (rows, left);
  g_ptr_array_add (rows, right);
}

/* "= 2·(−2.01)": side @i of @equation with what stands before it. */
static char *
print_side (const BpFormula *equation,
            guint            i)
{
  g_autoptr (BpFormula) sides = bp_formula_dup_sides (equation, i);
  g_autofree char *text = NULL;

  g_ptr_array_set_size (sides->children, 1);
  text = bp_formula_to_text (sides);

  return sides->relations[0] != BP_RELATION_NONE ? g_steal_pointer (&text) : g_strconcat ("= ", text, NULL);
}

static void
append_equation (GPtrArray       *rows,
                 const BpFormula *equation)
{
  gboolean continues = bp_formula_continues (equation) || equation->text != NULL;
  char *left = g_strdup (equation->text != NULL ? equation->text : "");

  if (!continues)
    {
      g_free (left);
      left = bp_formula_to_text (g_ptr_array_index (equation->children, 0));
    }
  for (guint i = continues ? 0 : 1; i < equation->children->len; i++)
    {
      append_row (rows, left, print_side (equation, i));
      left = g_strdup ("");
    }
  g_free (left);
}

static void
append_text (GPtrArray       *rows,
             const BpFormula *formula)
{
  g_autofree char *text = bp_formula_to_text (formula);
  gboolean continues = rows->len > 0 && bp_formula_continues (formula);

  append_row (rows, g_strdup (""), g_strconcat (continues ? "= " : "", text, NULL));
}

static void
append_formula (GPtrArray       *rows,
                const BpFormula *formula)
{
  if (formula == NULL)
    return;

  switch ((int) formula->kind)
    {
    case BP_FORMULA_EQUATION:
      append_equation (rows, formula);
      break;
    case BP_FORMULA_LIST:
      for (guint i = 0; i < formula->children->len; i++)
        append_formula (rows, g_ptr_array_index (formula->children, i));
      break;
    default:
      append_text (rows, formula);
    }
}

static char **
dup_rows (const BpFormula *first,
          const BpFormula *second)
{
  GPtrArray *rows = g_ptr_array_new ();

  append_formula (rows, first);
  append_formula (rows, second);
  g_ptr_array_add (rows, NULL);

  return (char **) g_ptr_array_free (rows, FALSE);
}

char **
bp_explanation_dup_rows (const BpExplanation *explanation)
{
  g_return_val_if_fail (explanation != NULL, NULL);

  return dup_rows (explanation->symbols, explanation->numbers);
}

char **
bp_explanation_dup_update_rows (const BpExplanation *explanation)
{
  g_return_val_if_fail (explanation != NULL, NULL);

  return dup_rows (explanation->update, explanation->second_update);
}
