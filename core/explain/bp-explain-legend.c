/* bp-explain-legend.c: what the letters in formulas stand for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>

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
  const BpOptimizer *optimizer = &scene->settings.optimizer;
  const gboolean has_gradient = optimizer->kind != BP_OPTIMIZER_GRADIENT_DESCENT;
  GString *string = g_string_new (has_gradient ? symbol->text : NULL);

  for (guint i = 0; has_gradient && i < n_variables; i++)
    {
      g_autoptr (BpFormula) partial = bp_explain_partial (scene, scene->loss, variables[i]);
      g_autofree char *text = bp_formula_to_text (partial);

      g_string_append_printf (string, "%s%s%s", i > 0 ? ", " : " = ", optimizer->maximize ? "−" : "", text);
    }
  if (optimizer->schedule.kind != BP_SCHEDULE_CONSTANT)
    {
      g_autofree char *rate = bp_number_format (optimizer->learning_rate);
      g_autofree char *schedule = bp_schedule_to_string (&optimizer->schedule);

      /* Translators: the learning rate of this iteration and the schedule that it comes from, such as step(30, 0.1) */
      g_string_append (string, string->len > 0 ? ",  " : "");
      g_string_append_printf (string, _("η = %s by %s"), rate, schedule);
    }

  return g_string_free (string, string->len == 0);
}
