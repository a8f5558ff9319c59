/* truth-formulas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-formulas.h"

#include <math.h>
#include <string.h>

#include "lib/truth-symbols.h"
#include "lib/truth-text.h"

/* The formulas */

/* What an op adds to the gradient of an input. */
static Real
get_contribution (Walk *walk,
                  guint op,
                  guint target)
{
  Real sum = 0;

  for (guint i = 0; i < bp_graph_get_n_inputs (walk->graph, op); i++)
    if (bp_graph_get_input (walk->graph, op, i) == target)
      sum += truth_local (walk->truth, op, i, 0) * walk->truth->gradient[op][0];

  return sum;
}

/* "∂L/∂A += …,  ∂L/∂B = …": each alone. */
static void
check_gradients (Walk       *walk,
                 const char *text,
                 guint       op)
{
  g_auto (GStrv) equations = g_strsplit (text, ",  ", -1);

  for (guint i = 0; equations[i] != NULL; i++)
    {
      g_autofree char *symbol = between (equations[i], "/∂", " ");
      const guint target = find_symbol (walk, symbol);
      Real value;

      if (target == BP_NODE_NONE)
        walk_fail (walk, "“%s” is of no node", equations[i]);
      if (!is_scalar_graph (walk))
        continue;
      /* One equation of a gradient that is complete has the whole sum of this iteration. */
      if (says (equations[i], "+="))
        value = op == BP_NODE_NONE || (equations[1] == NULL && is_complete (walk, target))
                ? walk->truth->gradient[target][0] : get_contribution (walk, op, target);
      else
        value = is_variable (walk, target) ? get_gradient_seen (walk, target, 0) : walk->truth->gradient[target][0];
      check_symbols (walk, equations[i], MAX_SIDES, value);
      walk->counts[KIND_CHAIN]++;
    }
}

/* Of the element that an equation with an index speaks of. */
static double
get_program_gradient (const Walk *walk,
                      guint       node)
{
  return bp_session_get_gradient (bp_trainer_get_session (walk->trainer), node)[walk->element];
}

static gboolean
is_slot (const char *name)
{
  g_autofree char *symbol = drop_index (name);

  return g_str_equal (symbol, "s") || g_str_equal (symbol, "v") || g_str_equal (symbol, "m");
}

/* "next: v ← μ·v + g = 0.5·0 + 6 = 6,  A ← A − η·v = 3 − 0.5·6 = 0", or of a tensor "next: A ← …,  [0]: v = 6,  3 −
 * 0.5·6 = 0". */
static void
check_update_line (Walk       *walk,
                   const char *text)
{
  g_autofree char *formula = between (text, "next: ", NULL);
  g_auto (GStrv) equations = g_strsplit (formula, ",  ", -1);
  const Real *slots = walk->slots_after[walk->variable] + 2 * walk->element;
  guint slot = 0;

  for (guint i = 0; equations[i] != NULL; i++)
    {
      g_auto (Equation) equation = { NULL, };
      gboolean is_rule;
      Real value;

      equation_split (&equation, equations[i]);
      is_rule = equation.n > 1 && g_str_equal (equation.relations[1], "←");
      value = is_slot (equation.sides[0]) ? slots[slot++] : walk->after[walk->variable][walk->element];
      walk->is_after = !is_slot (equation.sides[0]);
      if (is_rule)
        check_symbols (walk, equations[i], 2, value);
      /* Within what rounding of a double makes of it. */
      if ((!is_rule || equation.n > 2) && !walk->is_lost && fabsl (value) > 1e-9L * get_scale (walk))
        check_shown (walk, equations[i], (double) value);
      walk->counts[KIND_UPDATE]++;
    }
}

void
check_updates (Walk                *walk,
               const BpExplanation *explanation)
{
  const BpFormula *formulas[] = { explanation->update, explanation->second_update };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *text = formulas[i] != NULL ? bp_formula_to_text (formulas[i]) : NULL;

      if (text == NULL)
        continue;
      walk->variable = explanation->node;
      if (says (text, "next: "))
        {
          const char *arrow = g_strrstr (text, "← ");
          g_autofree char *start = g_strndup (text, (gsize) (arrow - 1 - text));
          const char *symbol = strrchr (start, ' ') + 1;

          walk->variable = find_symbol (walk, symbol);
          if (walk->variable == BP_NODE_NONE || !is_variable (walk, walk->variable))
            walk_fail (walk, "“%s” is of no variable", text);
          check_update_line (walk, text);
        }
      else
        {
          const double *values = bp_session_get_value (bp_trainer_get_session (walk->trainer), walk->variable);
          const double now = values[walk->element];
          const double was = (double) walk->truth->value[walk->variable][walk->element];

          if (says (text, " was ") && says (text, ", is now "))
            {
              if (!is_rounded (number_between (text, " was ", ", is"), was)
                  || !is_rounded (number_between (text, "is now ", NULL), now))
                walk_fail (walk, "“%s”", text);
            }
          else if (says (text, " stays "))
            {
              if (was != now || !is_rounded (number_between (text, " stays ", NULL), now))
                walk_fail (walk, "“%s”", text);
            }
          else if (!is_rounded (number_between (text, " by ", " now"), fabs (now - was))
                   || says (text, "larger") != (now > was))
            walk_fail (walk, "“%s”", text);
          walk->counts[KIND_CHANGE]++;
        }
    }
  walk->variable = BP_NODE_NONE;
}

/* "∂L/∂A += 0.3·2 = 0.6,  ∂L/∂B[0] = 0.5": what each of two inputs gets, or has where that is all. */
static void
check_contributions (Walk       *walk,
                     const char *text,
                     guint       op)
{
  g_auto (GStrv) equations = g_strsplit (text, ",  ", -1);

  for (guint i = 0; equations[i] != NULL && is_scalar_graph (walk) && !walk->is_lost; i++)
    {
      g_autofree char *symbol = between (equations[i], "/∂", " ");
      const guint target = find_symbol (walk, symbol);
      const double value = says (equations[i], "+=") ? (double) get_contribution (walk, op, target)
                                                     : get_program_gradient (walk, target);

      if (fabs (value) > 1e-9 * (double) get_scale (walk) || value == 0)
        check_shown (walk, equations[i], value);
      walk->counts[KIND_CHAIN]++;
    }
}

void
check_formulas (Walk                *walk,
                const BpExplanation *explanation,
                const BpInstruction *instruction)
{
  g_autofree char *symbols = explanation->symbols != NULL ? bp_formula_to_text (explanation->symbols) : NULL;
  g_autofree char *numbers = explanation->numbers != NULL ? bp_formula_to_text (explanation->numbers) : NULL;
  const guint node = explanation->node;
  const gboolean is_gradient = symbols != NULL && g_str_has_prefix (symbols, "∂");

  if (symbols == NULL)
    return;
  if (is_gradient)
    {
      if (walk->iteration > 0 && numbers != NULL && says (numbers, ",  ") && g_str_has_prefix (numbers, "∂"))
        check_contributions (walk, numbers, instruction->node);
      if (walk->iteration > 0 && (instruction != NULL || is_complete (walk, node)))
        check_gradients (walk, symbols, instruction != NULL && !instruction->seed ? instruction->node : BP_NODE_NONE);
      if (numbers != NULL && is_complete (walk, node) && !says (numbers, ",  ") && !says (symbols, ",  "))
        check_shown (walk, numbers, get_program_gradient (walk, node));
      return;
    }
  if (says (symbols, "←"))
    {
      g_auto (GStrv) rules = g_strsplit (symbols, ",  ", -1);

      walk->variable = node;
      walk->is_after = TRUE;
      check_symbols (walk, rules[g_strv_length (rules) - 1], 2, walk->after[node][0]);
      check_shown (walk, numbers,
                   bp_session_get_value (bp_trainer_get_session (walk->trainer), node)[walk->element]);
      walk->counts[KIND_UPDATE] += 2;
      walk->variable = BP_NODE_NONE;
      return;
    }
  if (bp_trainer_has_value (walk->trainer, node) && walk->iteration > 0)
    {
      check_symbols (walk, symbols, MAX_SIDES, walk->truth->value[node][0]);
      if (numbers != NULL)
        check_shown (walk, numbers,
                     bp_session_get_value (bp_trainer_get_session (walk->trainer), node)[walk->element]);
      walk->counts[KIND_FORWARD] += 2;
    }
}
