/* truth-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-check.h"

#include <math.h>
#include <string.h>

#include "lib/truth-formulas.h"
#include "lib/truth-landing.h"
#include "lib/truth-sentences.h"
#include "lib/truth-symbols.h"
#include "lib/truth-text.h"
#include "lib/truth-zero.h"

/* The sentences */

static gboolean
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
static gboolean
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

static void
check_sentence (Walk                *walk,
                const char          *text,
                const BpInstruction *instruction,
                guint                node)
{
  const gboolean is_backward = instruction != NULL && instruction->phase == BP_PHASE_BACKWARD;
  guint op = node;

  /* A node with a gradient speaks of the op that gave it, and one without of the op that stops it. */
  if (is_backward)
    op = instruction->node;
  if (check_settings_sentence (walk, text) || check_landing (walk, text) || check_meeting (walk, text)
      || check_zero (walk, text, node) || check_without (walk, text, node))
    return;
  if (node != BP_NODE_NONE && check_dropout (walk, text, node))
    return;
  if (node != BP_NODE_NONE && is_forward_sentence (text, bp_graph_get_op (walk->graph, node)))
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
  if (is_backward_sentence (text) && !is_backward)
    {
      if (walk->truth->needs[node] && count_uses (walk, node, 0) > 0)
        walk_fail (walk, "“%s” of %s", text, bp_graph_get_name (walk->graph, node));
      walk->counts[KIND_MEANING]++;
      return;
    }
  walk_fail (walk, "nobody knows “%s” of %s", text,
             node != BP_NODE_NONE ? bp_graph_get_name (walk->graph, node) : "the step");
}

static void
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

/* "Forward 1 of 3 · multiply: my_output" */
static void
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

void
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
static void
check_index (Walk            *walk,
             const BpFormula *formula,
             guint            node)
{
  g_autofree char *index = bp_shape_index_to_string (bp_graph_get_shape (walk->graph, node), walk->element);
  g_autofree char *text = formula != NULL ? bp_formula_to_text (formula) : NULL;

  if (text != NULL && !says (text, index))
    walk_fail (walk, "“%s” is not of %s", text, index);
}

void
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

void
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

static gboolean
has_wrong (const Real *values,
           gsize       n)
{
  for (gsize i = 0; i < n; i++)
    if (!(fabsl (values[i]) <= G_MAXDOUBLE))
      return TRUE;

  return FALSE;
}

/* What the next instruction would give is no finite number. */
static gboolean
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

static void
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

void
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
