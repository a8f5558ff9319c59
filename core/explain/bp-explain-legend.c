/* bp-explain-legend.c: what the letters in formulas stand for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

static void
append_entry (GString                 *string,
              const BpScene           *scene,
              const BpFormula * const *formulas,
              guint                    n_formulas,
              guint                    node)
{
  g_autoptr (BpFormula) symbol = NULL;

  for (guint i = 0; i < n_formulas; i++)
    if (bp_formula_mentions (formulas[i], node))
      {
        symbol = bp_explain_symbol_in (scene, node);
        break;
      }

  if (symbol != NULL && symbol->kind == BP_FORMULA_SYMBOL
      && !g_str_equal (symbol->text, bp_graph_get_name (scene->graph, node)))
    g_string_append_printf (string, "%s%s = %s", string->len > 0 ? ",  " : "", symbol->text,
                            bp_graph_get_name (scene->graph, node));
}

char *
bp_explain_legend (const BpScene           *scene,
                   const BpFormula * const *formulas,
                   guint                    n_formulas)
{
  GString *string = g_string_new (NULL);

  append_entry (string, scene, formulas, n_formulas, scene->loss);
  for (guint node = 0; node < bp_graph_get_n_nodes (scene->graph); node++)
    if (node != scene->loss)
      append_entry (string, scene, formulas, n_formulas, node);

  return g_string_free (string, string->len == 0);
}

char *
bp_explain_update_legend (const BpScene *scene,
                          const guint   *variables,
                          guint          n_variables)
{
  g_autoptr (BpFormula) symbol = bp_explain_optimizer_symbol (scene, "g", FALSE);
  GString *string;

  if (scene->settings.optimizer.kind == BP_OPTIMIZER_GRADIENT_DESCENT)
    return NULL;

  string = g_string_new (symbol->text);
  for (guint i = 0; i < n_variables; i++)
    {
      g_autoptr (BpFormula) partial = bp_explain_partial (scene, scene->loss, variables[i]);
      g_autofree char *text = bp_formula_to_text (partial);

      g_string_append_printf (string, "%s%s%s", i > 0 ? ", " : " = ", scene->settings.optimizer.maximize ? "−" : "",
                              text);
    }

  return g_string_free (string, FALSE);
}
