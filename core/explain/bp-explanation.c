/* bp-explanation.c: an explanation as text, and without what is to be predicted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
bp_explanation_free (BpExplanation *explanation)
{
  if (explanation == NULL)
    return;

  bp_formula_free (explanation->symbols);
  bp_formula_free (explanation->numbers);
  bp_formula_free (explanation->update);
  bp_formula_free (explanation->second_update);
  g_free (explanation->where);
  g_free (explanation->meaning);
  g_free (explanation->legend);
  g_free (explanation);
}

gboolean
bp_explanation_split_formula (const BpExplanation *explanation,
                              char               **upper,
                              char               **lower)
{
  g_autofree char *numbers = NULL;
  gboolean says_relation;

  g_return_val_if_fail (explanation != NULL && upper != NULL && lower != NULL, FALSE);

  *upper = *lower = NULL;
  if (explanation->symbols == NULL || explanation->numbers == NULL)
    return FALSE;

  *upper = bp_formula_to_text (explanation->symbols);
  numbers = bp_formula_to_text (explanation->numbers);
  says_relation = !bp_formula_continues (explanation->numbers)
                  || explanation->numbers->relations[0] != BP_RELATION_NONE;
  *lower = says_relation ? g_steal_pointer (&numbers) : g_strconcat ("= ", numbers, NULL);

  return TRUE;
}

char *
bp_explanation_get_formula (const BpExplanation *explanation)
{
  g_autofree char *upper = NULL;
  g_autofree char *lower = NULL;

  g_return_val_if_fail (explanation != NULL, NULL);

  if (bp_explanation_split_formula (explanation, &upper, &lower))
    return g_strconcat (upper, bp_formula_continues (explanation->numbers) ? " " : ";  ", lower, NULL);
  if (explanation->symbols == NULL && explanation->numbers == NULL)
    return NULL;

  return bp_formula_to_text (explanation->symbols != NULL ? explanation->symbols : explanation->numbers);
}

char *
bp_explanation_get_update (const BpExplanation *explanation)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_return_val_if_fail (explanation != NULL, NULL);

  if (explanation->update != NULL)
    first = bp_formula_to_text (explanation->update);
  if (explanation->second_update != NULL)
    second = bp_formula_to_text (explanation->second_update);

  return second != NULL ? g_strconcat (first, "\n", second, NULL) : g_steal_pointer (&first);
}

/* "∂L/∂L = 1" and "∂L/∂q = −1" are numbers already. */
static void
hide_plain_numbers (BpFormula *symbols)
{
  if (symbols->kind == BP_FORMULA_LIST)
    {
      for (guint i = 0; i < symbols->children->len; i++)
        hide_plain_numbers (g_ptr_array_index (symbols->children, i));
      return;
    }
  if (!isnan (bp_formula_evaluate (bp_formula_get_result (symbols), FALSE)))
    bp_formula_hide (symbols);
}

static gboolean
ends_hidden (const BpFormula *symbols)
{
  return symbols->kind == BP_FORMULA_EQUATION && bp_formula_get_result (symbols)->kind == BP_FORMULA_HIDDEN;
}

void
bp_explanation_hide_numbers (BpExplanation *explanation)
{
  g_return_if_fail (explanation != NULL);

  g_clear_pointer (&explanation->update, bp_formula_free);
  g_clear_pointer (&explanation->second_update, bp_formula_free);
  g_free (explanation->meaning);
  explanation->meaning = g_strdup (_("Predict it first: which number, positive or negative?"));
  if (explanation->symbols == NULL)
    {
      g_clear_pointer (&explanation->numbers, bp_formula_free);
      return;
    }

  hide_plain_numbers (explanation->symbols);
  if (explanation->numbers != NULL)
    bp_formula_hide (explanation->numbers);
  else if (!ends_hidden (explanation->symbols))
    explanation->numbers = bp_formula_new_hidden ();
  if (explanation->numbers != NULL && bp_formula_continues (explanation->numbers) && ends_hidden (explanation->symbols))
    g_clear_pointer (&explanation->numbers, bp_formula_free);
}

char *
bp_explanation_to_text (const BpExplanation *explanation)
{
  g_autofree char *formula = NULL;
  g_autofree char *update = NULL;
  GString *string;

  g_return_val_if_fail (explanation != NULL, NULL);

  formula = bp_explanation_get_formula (explanation);
  update = bp_explanation_get_update (explanation);
  string = g_string_new (NULL);
  g_string_append_printf (string, "%s\n", explanation->where);
  if (formula != NULL)
    g_string_append_printf (string, "%s\n", formula);
  if (update != NULL)
    g_string_append_printf (string, "%s\n", update);
  g_string_append_printf (string, "%s\n", explanation->meaning);
  if (explanation->legend != NULL)
    g_string_append_printf (string, "%s\n", explanation->legend);

  return g_string_free (string, FALSE);
}
