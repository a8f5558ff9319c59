/* bp-explain.c: an explanation of the cursor or of a node, put together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"
#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static const char *
get_name (const BpScene *scene,
          guint          node)
{
  return bp_graph_get_name (scene->graph, node);
}

static const char *
get_op_name (const BpScene *scene,
             guint          node)
{
  return bp_op_get_class (bp_graph_get_op (scene->graph, node))->name;
}

/* Whether the name of @node says its op: it got that name with the op, "add" or "add_2". */
static gboolean
is_named_by_op (const BpScene *scene,
                guint          node)
{
  const char *op = get_op_name (scene, node);
  const char *rest = get_name (scene, node);

  if (!g_str_has_prefix (rest, op))
    return FALSE;
  rest += strlen (op);

  return *rest == '\0' || (*rest == '_' && rest[1 + strspn (rest + 1, "0123456789")] == '\0');
}

/* Where */

/* Counts the instructions of the phase of instruction @index: that one is the @number-th of @n. */
static void
count_phase (const BpScene *scene,
             guint          index,
             guint         *number,
             guint         *n)
{
  const BpPhase phase = bp_trainer_get_instruction (scene->trainer, index)->phase;

  *number = *n = 0;
  for (guint i = 0; i < bp_trainer_get_n_instructions (scene->trainer); i++)
    if (bp_trainer_get_instruction (scene->trainer, i)->phase == phase)
      {
        (*n)++;
        *number += i <= index;
      }
}

static char *
get_start (const BpScene *scene)
{
  return g_strdup_printf (_("Ready · iteration %" PRId64 " of %" PRId64),
                          bp_trainer_get_cursor (scene->trainer).iteration,
                          bp_trainer_get_n_iterations (scene->trainer));
}

static char *
get_feed (const BpScene *scene)
{
  gsize n_rows, n_training;
  const gsize *rows = bp_trainer_get_batch (scene->trainer, &n_rows);
  BpDataset *dataset = bp_trainer_get_dataset (scene->trainer);

  if (bp_graph_get_n_placeholders (scene->graph) == 0)
    return g_strdup (_("Feed · no data"));
  if (n_rows == 1 && rows[0] >= bp_dataset_get_n_samples (dataset))
    return g_strdup (_("Feed · a sample that was typed"));
  if (n_rows == 1)
    return g_strdup_printf (_("Feed · sample no. %u"), (guint) rows[0] + 1);

  bp_dataset_get_rows (dataset, FALSE, &n_training);

  return g_strdup_printf (_("Feed · a batch of %u from %u samples"), (guint) n_rows, (guint) n_training);
}

static char *
get_backward (const BpScene       *scene,
              const BpInstruction *instruction,
              guint                number,
              guint                n)
{
  const char *op = get_op_name (scene, instruction->node);
  guint targets[BP_MAX_INPUTS];
  guint n_targets;

  if (instruction->seed)
    return g_strdup_printf (_("Backward %u of %u · seed: %s"), number, n, get_name (scene, instruction->node));

  n_targets = bp_explain_get_targets (scene->graph, instruction->node, targets);
  g_return_val_if_fail (n_targets > 0, g_strdup (op));

  return n_targets == 1
         ? g_strdup_printf (_("Backward %u of %u · %s → %s"), number, n, op, get_name (scene, targets[0]))
         : g_strdup_printf (_("Backward %u of %u · %s → %s and %s"), number, n, op, get_name (scene, targets[0]),
                            get_name (scene, targets[1]));
}

static char *
get_where (const BpScene       *scene,
           const BpInstruction *instruction)
{
  guint number, n;

  if (instruction == NULL)
    return get_start (scene);

  count_phase (scene, scene->n_executed - 1, &number, &n);
  switch (instruction->phase)
    {
    case BP_PHASE_FEED:
      return get_feed (scene);
    case BP_PHASE_FORWARD:
      if (is_named_by_op (scene, instruction->node))
        return g_strdup_printf (_("Forward %u of %u · %s"), number, n, get_name (scene, instruction->node));
      return g_strdup_printf (_("Forward %u of %u · %s: %s"), number, n, get_op_name (scene, instruction->node),
                              get_name (scene, instruction->node));
    case BP_PHASE_BACKWARD:
      return get_backward (scene, instruction, number, n);
    case BP_PHASE_UPDATE:
    case BP_N_PHASES:
    default:
      return g_strdup_printf (_("Update %u of %u · %s"), number, n, get_name (scene, instruction->node));
    }
}

static char *
get_where_node (const BpScene *scene,
                guint          node)
{
  g_autofree char *index = scene->chosen == node ? bp_scene_dup_index (scene, node) : NULL;
  const gboolean is_named = is_named_by_op (scene, node);
  /* "my_output · multiply", or "add" */
  g_autofree char *what = g_strconcat (get_name (scene, node), index != NULL ? index : "", is_named ? "" : " · ",
                                       is_named ? "" : get_op_name (scene, node), NULL);
  guint n_total;
  const guint n = bp_trainer_get_n_contributions (scene->trainer, node, &n_total);

  if (!bp_trainer_has_value (scene->trainer, node))
    return g_strdup_printf (_("%s, not computed yet"), what);
  if (bp_graph_get_op (scene->graph, node) == BP_OP_VARIABLE && bp_scene_is_updated (scene, node))
    return g_strdup_printf (_("%s, updated in iteration %" PRId64), what, scene->iteration);
  if (n > 0 && n == n_total)
    return g_strdup_printf (_("%s, gradient of iteration %" PRId64), what, scene->iteration);
  if (n > 0)
    return g_strdup_printf (_("%s, %u of %u contributions to its gradient"), what, n, n_total);
  if (scene->iteration > 0 && n_total == 0)
    return g_strdup_printf (_("%s, no gradient"), what);

  return g_strdup_printf (_("%s, no gradient yet"), what);
}

/* The formulas */

/* The variables whose update comes next: those that a step backward has reached, or the node itself. Returns: how
 * many */
static guint
get_updated (const BpScene       *scene,
             const BpInstruction *instruction,
             guint                node,
             guint                variables[BP_MAX_INPUTS])
{
  guint targets[BP_MAX_INPUTS] = { node };
  const gboolean is_step = instruction != NULL && instruction->phase == BP_PHASE_BACKWARD && !instruction->seed;
  const guint n_targets = is_step ? bp_explain_get_targets (scene->graph, instruction->node, targets)
                                  : node != BP_NODE_NONE;
  guint n = 0;

  for (guint i = 0; i < n_targets; i++)
    if (bp_graph_get_op (scene->graph, targets[i]) == BP_OP_VARIABLE
        && (bp_scene_has_gradient (scene, targets[i]) || bp_scene_is_updated (scene, targets[i])))
      variables[n++] = targets[i];

  return n;
}

static void
explain_next_updates (const BpScene       *scene,
                      const BpInstruction *instruction,
                      BpExplanation       *explanation)
{
  guint variables[BP_MAX_INPUTS];
  const guint n = get_updated (scene, instruction, explanation->node, variables);

  if (n > 0)
    explanation->update = bp_explain_next_update (scene, variables[0]);
  if (n > 1)
    explanation->second_update = bp_explain_next_update (scene, variables[1]);
}

static void
explain_instruction (const BpScene       *scene,
                     const BpInstruction *instruction,
                     BpExplanation       *explanation)
{
  const guint node = explanation->node;

  switch (instruction->phase)
    {
    case BP_PHASE_FEED:
      explanation->numbers = bp_explain_feed (scene);
      return;
    case BP_PHASE_FORWARD:
      bp_explain_forward (scene, node, &explanation->symbols, &explanation->numbers);
      return;
    case BP_PHASE_BACKWARD:
      if (instruction->seed)
        bp_explain_gradient (scene, node, &explanation->symbols, &explanation->numbers);
      else
        bp_explain_backward (scene, instruction->node, &explanation->symbols, &explanation->numbers);
      explain_next_updates (scene, instruction, explanation);
      return;
    case BP_PHASE_UPDATE:
    case BP_N_PHASES:
    default:
      bp_explain_update (scene, node, &explanation->symbols, &explanation->numbers);
      explain_next_updates (scene, instruction, explanation);
      return;
    }
}

static void
explain_node (const BpScene *scene,
              BpExplanation *explanation)
{
  const guint node = explanation->node;

  if (bp_trainer_has_gradient (scene->trainer, node) || bp_graph_get_op (scene->graph, node) == BP_OP_VARIABLE)
    bp_explain_gradient (scene, node, &explanation->symbols, &explanation->numbers);
  else if (!bp_explain_layer (scene, node, &explanation->symbols, &explanation->numbers))
    bp_explain_forward (scene, node, &explanation->symbols, &explanation->numbers);
  explain_next_updates (scene, NULL, explanation);
}

/* The whole */

/* A backward step speaks of what the gradient reached: a variable, if there is one, for its update comes next. */
static guint
get_node (const BpScene       *scene,
          const BpInstruction *instruction)
{
  guint targets[BP_MAX_INPUTS];
  guint n_targets;

  if (instruction == NULL || instruction->phase != BP_PHASE_BACKWARD || instruction->seed)
    return instruction == NULL ? BP_NODE_NONE : instruction->node;

  n_targets = bp_explain_get_targets (scene->graph, instruction->node, targets);
  if (n_targets == 2 && bp_graph_get_op (scene->graph, targets[1]) == BP_OP_VARIABLE
      && bp_graph_get_op (scene->graph, targets[0]) != BP_OP_VARIABLE)
    return targets[1];

  return n_targets > 0 ? targets[0] : instruction->node;
}

static BpPhase
get_node_phase (const BpScene *scene,
                guint          node)
{
  if (bp_graph_get_op (scene->graph, node) == BP_OP_VARIABLE && bp_scene_is_updated (scene, node))
    return BP_PHASE_UPDATE;
  if (bp_trainer_has_gradient (scene->trainer, node))
    return BP_PHASE_BACKWARD;

  if (bp_trainer_has_value (scene->trainer, node) && bp_graph_get_n_inputs (scene->graph, node) > 0)
    return BP_PHASE_FORWARD;

  return BP_PHASE_FEED;
}

/* What the letters stand for; g of each of two variables its own gradient. */
static char *
get_legend (const BpScene       *scene,
            const BpInstruction *instruction,
            const BpExplanation *explanation)
{
  const BpFormula *formulas[] = {
    explanation->symbols, explanation->numbers, explanation->update, explanation->second_update,
  };
  guint variables[BP_MAX_INPUTS];
  const guint n = get_updated (scene, instruction, explanation->node, variables);
  g_autofree char *nodes = bp_explain_legend (scene, formulas, G_N_ELEMENTS (formulas));
  g_autofree char *gradient = explanation->update != NULL ? bp_explain_update_legend (scene, variables, n) : NULL;

  if (gradient == NULL || nodes == NULL)
    return gradient != NULL ? g_steal_pointer (&gradient) : g_steal_pointer (&nodes);

  return g_strconcat (nodes, ",  ", gradient, NULL);
}

/* Before the first step, and where a step or the choice of a node comes by the matrix that two vectors become. */
static gboolean
is_at_stretch (const BpScene       *scene,
               const BpInstruction *instruction,
               guint                node)
{
  const BpStretch *stretch = bp_trainer_get_stretch (scene->trainer);

  if (stretch == NULL)
    return FALSE;

  return node == stretch->node || (instruction != NULL ? instruction->node == stretch->node : node == BP_NODE_NONE);
}

/* That the model is hardly what was meant goes before what its steps mean. */
static char *
get_meaning (const BpScene       *scene,
             const BpInstruction *instruction,
             guint                node)
{
  if (is_at_stretch (scene, instruction, node))
    return bp_stretch_describe (bp_trainer_get_stretch (scene->trainer), scene->graph);

  return bp_explain_meaning (scene, instruction, node);
}

BpExplanation *
bp_explain (BpTrainer *trainer,
            guint      node,
            gssize     element)
{
  const BpInstruction *instruction;
  BpExplanation *explanation;
  g_auto (BpScene) scene = { NULL, };

  g_return_val_if_fail (trainer != NULL, NULL);
  bp_scene_init (&scene, trainer);
  g_return_val_if_fail (node == BP_NODE_NONE || node < bp_graph_get_n_nodes (scene.graph), NULL);
  g_return_val_if_fail (element < 0 || (node != BP_NODE_NONE
                                        && (gsize) element < bp_graph_get_n_elements (scene.graph, node)), NULL);

  if (element >= 0)
    {
      scene.chosen = node;
      scene.element = (gsize) element;
    }
  instruction = node == BP_NODE_NONE ? bp_trainer_get_last_instruction (trainer) : NULL;
  explanation = g_new0 (BpExplanation, 1);
  explanation->node = node != BP_NODE_NONE ? node : get_node (&scene, instruction);
  explanation->phase = instruction != NULL ? instruction->phase
                       : node != BP_NODE_NONE ? get_node_phase (&scene, node) : BP_PHASE_FEED;
  explanation->where = node != BP_NODE_NONE ? get_where_node (&scene, node) : get_where (&scene, instruction);
  if (instruction != NULL)
    explain_instruction (&scene, instruction, explanation);
  else if (node != BP_NODE_NONE)
    explain_node (&scene, explanation);
  explanation->meaning = get_meaning (&scene, instruction, explanation->node);
  explanation->legend = get_legend (&scene, instruction, explanation);

  return explanation;
}
