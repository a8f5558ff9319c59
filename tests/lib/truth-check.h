/* truth-check.h: all that an explanation says, statement by statement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/truth-landing.h"

/* The sentences */

static inline gboolean
is_user (const Walk *walk,
         guint       op,
         guint       node)
{
  for (guint i = 0; i < bp_graph_get_n_inputs (walk->graph, op); i++)
    if (bp_graph_get_input (walk->graph, op, i) == node)
      return TRUE;

  return FALSE;
}

/* The sentence of a node with a gradient is about what uses it, that of one without about itself. */
static inline gboolean
check_node_sentence (Walk       *walk,
                     const char *text,
                     guint       node)
{
  if (!is_complete (walk, node))
    return check_special (walk, text, node) || check_op_sentence (walk, text, node);

  for (guint user = node + 1; user < bp_graph_get_n_nodes (walk->graph); user++)
    if (is_user (walk, user, node) && walk->truth->passed[user] && walk->truth->needs[user]
        && (check_special (walk, text, user) || check_stretch (walk, text, user, node)
            || check_op_sentence (walk, text, user)))
      return TRUE;

  return FALSE;
}

static inline void
check_sentence (Walk                *walk,
                const char          *text,
                const BpInstruction *instruction,
                guint                node)
{
  const gboolean is_backward = instruction != NULL && instruction->phase == BP_PHASE_BACKWARD;
  const OpSentence *forward = find_op_sentence (forward_sentences, G_N_ELEMENTS (forward_sentences), text);
  guint op = node;

  /* A node with a gradient speaks of the op that gave it, and one without of the op that stops it. */
  if (is_backward)
    op = instruction->node;
  if (check_settings_sentence (walk, text) || check_landing (walk, text) || check_meeting (walk, text)
      || check_zero (walk, text, node) || check_without (walk, text, node))
    return;
  if (node != BP_NODE_NONE && check_dropout (walk, text, node))
    return;
  if (forward != NULL && node != BP_NODE_NONE && bp_graph_get_op (walk->graph, node) == forward->op)
    {
      walk->counts[KIND_MEANING]++;
      return;
    }
  if (is_backward || (instruction != NULL && instruction->phase == BP_PHASE_FORWARD))
    {
      if (check_special (walk, text, op) || check_stretch (walk, text, op, node) || check_op_sentence (walk, text, op))
        return;
    }
  else if (node != BP_NODE_NONE && check_node_sentence (walk, text, node))
    return;

  /* What lies before an op that stops gradients. */
  if (find_op_sentence (backward_sentences, G_N_ELEMENTS (backward_sentences), text) != NULL && !is_backward)
    {
      if (walk->truth->needs[node] && count_uses (walk, node, 0) > 0)
        walk_fail (walk, "“%s” of %s", text, bp_graph_get_name (walk->graph, node));
      walk->counts[KIND_MEANING]++;
      return;
    }
  walk_fail (walk, "nobody knows “%s” of %s", text,
             node != BP_NODE_NONE ? bp_graph_get_name (walk->graph, node) : "the step");
}

static inline void
check_meaning (Walk                *walk,
               const char          *text,
               const BpInstruction *instruction,
               guint                node)
{
  g_auto (GStrv) sentences = g_strsplit (text, ". ", -1);
  guint targets[2] = { node, node }, n_targets = 0;

  if (instruction != NULL && instruction->phase == BP_PHASE_BACKWARD && !instruction->seed)
    for (guint i = 0; i < bp_graph_get_n_inputs (walk->graph, instruction->node); i++)
      if (walk->truth->needs[bp_graph_get_input (walk->graph, instruction->node, i)])
        targets[n_targets++] = bp_graph_get_input (walk->graph, instruction->node, i);

  /* Of two targets each has its own, unless one speaks for both. */
  for (guint i = 0; sentences[i] != NULL; i++)
    check_sentence (walk, sentences[i], instruction,
                    n_targets == 2 && sentences[1] != NULL ? targets[MIN (i, 1)] : node);
}

/* The formulas */

/* What an op adds to the gradient of an input. */
static inline Real
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
static inline void
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
static inline double
get_program_gradient (const Walk *walk,
                      guint       node)
{
  return bp_session_get_gradient (bp_trainer_get_session (walk->trainer), node)[walk->element];
}

static inline gboolean
is_slot (const char *name)
{
  g_autofree char *symbol = drop_index (name);

  return g_str_equal (symbol, "s") || g_str_equal (symbol, "v") || g_str_equal (symbol, "m");
}

/* "next: v ← μ·v + g = 0.5·0 + 6 = 6,  A ← A − η·v = 3 − 0.5·6 = 0", or of a tensor "next: A ← …,  [0]: v = 6,  3 −
 * 0.5·6 = 0". */
static inline void
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

static inline void
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
static inline void
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

static inline void
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

/* "Forward 1 of 3 · multiply: my_output" */
static inline void
check_where (Walk                *walk,
             const char          *where,
             const BpInstruction *instruction)
{
  static const char * const phases[] = { "Feed", "Forward", "Backward", "Update" };
  guint n = 0, at = 0, n_executed;
  g_autofree char *start = NULL;

  if (instruction == NULL || instruction->phase == BP_PHASE_FEED)
    {
      walk->counts[KIND_FEED]++;
      return;
    }
  bp_trainer_get_shown (walk->trainer, &n_executed);
  for (guint i = 0; i < bp_trainer_get_n_instructions (walk->trainer); i++)
    if (bp_trainer_get_instruction (walk->trainer, i)->phase == instruction->phase)
      {
        n++;
        at += i < n_executed;
      }
  start = g_strdup_printf ("%s %u of %u · ", phases[instruction->phase], at, n);
  if (!g_str_has_prefix (where, start)
      || (instruction->phase != BP_PHASE_BACKWARD && !says (where, bp_graph_get_name (walk->graph, instruction->node))))
    walk_fail (walk, "“%s”", where);
  walk->counts[KIND_WHERE]++;
}

static inline void
walk_check (Walk *walk,
            guint node)
{
  const BpInstruction *instruction = node == BP_NODE_NONE ? bp_trainer_get_last_instruction (walk->trainer) : NULL;
  g_autoptr (BpExplanation) explanation = bp_explain (walk->trainer, node, BP_ELEMENT_NONE);

  walk->variable = BP_NODE_NONE;
  read_legend (walk, explanation->legend);
  if (node == BP_NODE_NONE)
    check_where (walk, explanation->where, instruction);
  check_formulas (walk, explanation, instruction);
  check_updates (walk, explanation);
  check_meaning (walk, explanation->meaning, instruction, explanation->node);
}

/* The numbers say whose they are: "[1,0]: 0.3·2 = 0.6", "W[1,0] was 3, is now 2". */
static inline void
check_index (Walk            *walk,
             const BpFormula *formula,
             guint            node)
{
  g_autofree char *index = bp_shape_index_to_string (bp_graph_get_shape (walk->graph, node), walk->element);
  g_autofree char *text = formula != NULL ? bp_formula_to_text (formula) : NULL;

  if (text != NULL && !says (text, index))
    walk_fail (walk, "“%s” is not of %s", text, index);
}

/* Each element of a tensor. */
static inline void
walk_check_elements (Walk *walk,
                     guint node)
{
  for (gsize element = 0; element < truth_size (walk->truth, node); element++)
    {
      g_autoptr (BpExplanation) explanation = bp_explain (walk->trainer, node, (gssize) element);

      walk->element = element;
      walk->variable = BP_NODE_NONE;
      read_legend (walk, explanation->legend);
      check_formulas (walk, explanation, NULL);
      check_updates (walk, explanation);
      check_index (walk, explanation->numbers, node);
      check_index (walk, explanation->update, node);
      walk->counts[KIND_ELEMENT]++;
    }
  walk->element = 0;
}

/* The label of an edge */
static inline void
walk_check_local (Walk *walk,
                  guint node,
                  guint input)
{
  BpFormula *symbols = NULL, *numbers = NULL;
  g_autofree char *text = NULL;
  g_autofree char *values = NULL;

  if (!bp_explain_local_derivative (walk->trainer, node, input, &symbols, &numbers))
    return;
  text = bp_formula_to_text (symbols);
  if (numbers != NULL)
    values = bp_formula_to_text (numbers);
  if (walk->iteration > 0 && truth_is_elementwise (bp_graph_get_op (walk->graph, node))
      && bp_trainer_has_value (walk->trainer, node) && truth_size (walk->truth, node) == 1)
    {
      const Real derivative = truth_local (walk->truth, node, input, 0);

      if (values != NULL && !walk->is_lost && fabsl (derivative) > 1e-9L * get_scale (walk))
        check_shown (walk, values, (double) derivative);
      walk->counts[KIND_LOCAL]++;
    }
  bp_formula_free (symbols);
  if (numbers != NULL)
    bp_formula_free (numbers);
}

/* The end */

static inline gboolean
has_wrong (const Real *values,
           gsize       n)
{
  for (gsize i = 0; i < n; i++)
    if (!(fabsl (values[i]) <= G_MAXDOUBLE))
      return TRUE;

  return FALSE;
}

/* What the next instruction would give is no finite number. */
static inline gboolean
is_stopped (Walk                *walk,
            const BpInstruction *next)
{
  const guint node = next->node;

  if (next->phase == BP_PHASE_FORWARD)
    {
      begin_iteration (walk);
      truth_forward (walk->truth);
      return has_wrong (walk->truth->value[node], truth_size (walk->truth, node));
    }
  if (next->phase == BP_PHASE_UPDATE)
    return TRUE;
  for (guint i = 0; i < bp_graph_get_n_inputs (walk->graph, node); i++)
    if (has_wrong (walk->truth->gradient[bp_graph_get_input (walk->graph, node, i)],
                   truth_size (walk->truth, bp_graph_get_input (walk->graph, node, i))))
      return TRUE;

  return FALSE;
}

static inline void
check_divergence (Walk       *walk,
                  const char *text,
                  guint       node)
{
  const Real a = operand (walk, node, 0), b = operand (walk, node, 1);
  gboolean holds = TRUE;

  if (g_str_has_prefix (text, "log of "))
    holds = a <= 0 && is_rounded (number_between (text, "log of ", " at"), a);
  else if (g_str_has_prefix (text, "log1p of "))
    holds = a <= -1 && is_rounded (number_between (text, "log1p of ", " at"), a);
  else if (g_str_has_prefix (text, "exp of "))
    holds = expl (a) > G_MAXDOUBLE && is_rounded (number_between (text, "exp of ", " at"), a);
  else if (g_str_has_prefix (text, "square root of "))
    holds = a <= 0 && is_rounded (number_between (text, "square root of ", " at"), a);
  else if (g_str_has_prefix (text, "division by 0"))
    holds = b == 0;
  else if (says (text, " to the power of ") && says (text, "a division by 0"))
    holds = a == 0 && b < 0;
  else if (says (text, "has no such power"))
    holds = a < 0 && b != rintl (b);
  else if (says (text, "needs a logarithm"))
    holds = a < 0;
  else if (g_str_has_prefix (text, "a power of 0 "))
    holds = a == 0 && b < 1;
  else if (says (text, "The value of node"))
    holds = has_wrong (walk->truth->value[node], truth_size (walk->truth, node))
            && says (text, "(NaN)") == isnan (walk->truth->value[node][0]);
  else if (says (text, "set to maximize"))
    holds = bp_trainer_get_settings (walk->trainer)->optimizer.maximize;
  else if (says (text, ": on the whole, errors grow") || says (text, "some samples is up to"))
    holds = walk->iteration > 1;
  else
    holds = says (text, "beyond the largest number") || says (text, "(NaN)") || says (text, "to no number");

  if (!holds)
    walk_fail (walk, "“%s” of %s, %.17Lg and %.17Lg", text, bp_graph_get_name (walk->graph, node), a, b);
  walk->counts[KIND_DIVERGENCE]++;
}

static inline void
walk_check_end (Walk *walk)
{
  g_autofree char *text = bp_explain_divergence (walk->trainer);
  const BpInstruction *next = bp_trainer_get_next_instruction (walk->trainer);

  walk->graph = bp_trainer_get_graph (walk->trainer);
  walk->counts[KIND_STATUS]++;
  if (bp_trainer_get_status (walk->trainer) == BP_STATUS_FINISHED)
    {
      g_assert_null (text);
      return;
    }
  g_assert_cmpint (bp_trainer_get_status (walk->trainer), ==, BP_STATUS_DIVERGED);
  g_assert_nonnull (text);
  if (!is_stopped (walk, next))
    walk_fail (walk, "it stops, although all is finite: “%s”", text);
  check_divergence (walk, text, bp_trainer_get_diverged_node (walk->trainer));
}
