/* bp-graph-draw-state.c: what a picture of the graph shows at a trainer's cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "explain/bp-explain.h"
#include "base/bp-number.h"

/* How many instructions of the present iteration, or of the one just completed, have been executed. */
static guint
count_executed (BpTrainer *trainer)
{
  BpCursor cursor = bp_trainer_get_cursor (trainer);

  if (cursor.instruction == 0 && cursor.iteration > 0)
    return bp_trainer_get_n_instructions (trainer);

  return cursor.instruction;
}

/* What the executed instructions did, by node. */
typedef struct {
  BpTrainer           *trainer;
  BpGraph             *graph;
  BpSession           *session;
  const BpInstruction *last;
  gboolean            *passed_back;
  gboolean            *hidden;       /* gradients of nodes */
  gboolean            *hidden_edges; /* local derivatives of the edges to them */
  gboolean            *updated;
  gboolean            *old;          /* values computed from variables that have been updated since */
  gboolean             has_updated;
  gboolean             hides_updates;
} Progress;

/* What @instruction computed is not to be seen yet: the gradient of the loss, or those that a node passes on. */
static void
hide_gradients (Progress            *progress,
                const BpInstruction *instruction)
{
  guint node = instruction->node;

  progress->hides_updates = TRUE;
  if (instruction->seed)
    {
      progress->hidden[node] = TRUE;
      return;
    }
  progress->hidden_edges[node] = TRUE;
  for (guint i = 0; i < bp_graph_get_n_inputs (progress->graph, node); i++)
    if (bp_graph_layout_is_differentiated (progress->graph, node, i))
      progress->hidden[bp_graph_get_input (progress->graph, node, i)] = TRUE;
}

/* What is computed from a variable is old as soon as that is updated, until the next forward pass renews it. */
static void
find_old_values (Progress *progress)
{
  for (guint node = 0; node < bp_graph_get_n_nodes (progress->graph); node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (progress->graph, node); i++)
      {
        guint input = bp_graph_get_input (progress->graph, node, i);

        progress->old[node] |= progress->updated[input] || progress->old[input];
      }
}

static void
find_progress (BpGraphDrawing *drawing,
               BpTrainer      *trainer,
               Progress       *progress)
{
  guint n_executed = count_executed (trainer);

  *progress = (Progress){
    .trainer = trainer,
    .graph = drawing->graph,
    .session = bp_trainer_get_session (trainer),
    .last = bp_trainer_get_last_instruction (trainer),
    .passed_back = g_new0 (gboolean, drawing->nodes->len + 1),
    .hidden = g_new0 (gboolean, drawing->nodes->len + 1),
    .hidden_edges = g_new0 (gboolean, drawing->nodes->len + 1),
    .updated = g_new0 (gboolean, drawing->nodes->len + 1),
    .old = g_new0 (gboolean, drawing->nodes->len + 1),
  };
  for (guint i = 0; i < n_executed; i++)
    {
      const BpInstruction *instruction = bp_trainer_get_instruction (trainer, i);

      if (instruction->phase == BP_PHASE_BACKWARD && !instruction->seed)
        progress->passed_back[instruction->node] = TRUE;
      if (instruction->phase == BP_PHASE_BACKWARD && i >= drawing->n_revealed)
        hide_gradients (progress, instruction);
      if (instruction->phase == BP_PHASE_UPDATE)
        progress->updated[instruction->node] = progress->has_updated = TRUE;
    }
  find_old_values (progress);
}

static void
clear_progress (Progress *progress)
{
  g_free (progress->passed_back);
  g_free (progress->hidden);
  g_free (progress->hidden_edges);
  g_free (progress->updated);
  g_free (progress->old);
}

/* Whether @input is one of the nodes that @node passes its gradient to. */
static gboolean
gets_gradient_from (BpGraph *graph,
                    guint    input,
                    guint    node)
{
  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    if (bp_graph_get_input (graph, node, i) == input && bp_graph_layout_is_differentiated (graph, node, i))
      return TRUE;

  return FALSE;
}

static BpMark
get_node_mark (const Progress *progress,
               guint           node)
{
  const BpInstruction *last = progress->last;

  if (last == NULL)
    return BP_MARK_NONE;

  switch (last->phase)
    {
    case BP_PHASE_FEED:
      return bp_graph_get_op (progress->graph, node) == BP_OP_PLACEHOLDER
             || bp_graph_get_op (progress->graph, node) == BP_OP_MASK ? BP_MARK_VALUE : BP_MARK_NONE;
    case BP_PHASE_FORWARD:
      return node == last->node ? BP_MARK_VALUE : BP_MARK_NONE;
    case BP_PHASE_BACKWARD:
      if (last->seed)
        return node == last->node ? BP_MARK_GRADIENT : BP_MARK_NONE;
      return gets_gradient_from (progress->graph, node, last->node) ? BP_MARK_GRADIENT : BP_MARK_NONE;
    case BP_PHASE_UPDATE:
      return node == last->node ? BP_MARK_UPDATE : BP_MARK_NONE;
    case BP_N_PHASES:
    default:
      g_return_val_if_reached (BP_MARK_NONE);
    }
}

/* The strongest of the marks of a folded layer's members, and which member has it. */
static BpMark
get_layer_mark (const Progress     *progress,
                const BpDenseLayer *layer,
                guint              *member)
{
  BpMark mark = BP_MARK_NONE;

  for (guint i = 0; i < layer->n_members; i++)
    {
      BpMark own = get_node_mark (progress, layer->members[i]);

      if (own == BP_MARK_NONE)
        continue;
      mark = own;
      *member = layer->members[i];
    }

  return mark;
}

/* That of data, or of what only changes its shape and is folded into it. */
static BpMark
get_data_mark (const BpGraphDrawing *drawing,
               const Progress       *progress,
               guint                 node,
               guint                *member)
{
  const guint last = progress->last != NULL ? progress->last->node : BP_NODE_NONE;

  if (last != BP_NODE_NONE && last != node && bp_graph_drawing_get_box (drawing, last) == node)
    *member = last;

  return get_node_mark (progress, *member);
}

gboolean
bp_graph_take_string (char **place,
                      char  *string)
{
  if (g_strcmp0 (*place, string) == 0)
    {
      g_free (string);
      return FALSE;
    }
  g_free (*place);
  *place = string;

  return TRUE;
}

static char *
get_value (const Progress *progress,
           guint           node,
           gboolean        is_rms,
           BpNumbers      *numbers)
{
  if (!bp_trainer_has_value (progress->trainer, node))
    return g_strdup (BP_NUMBER_NONE);
  if (progress->updated[node] && progress->hides_updates)
    return g_strdup (BP_NUMBER_HIDDEN);

  (is_rms ? bp_numbers_take_rms : bp_numbers_take_range) (numbers, bp_session_get_value (progress->session, node),
                                                          bp_graph_get_n_elements (progress->graph, node));

  return bp_numbers_format (numbers);
}

/* Two ranges have no room beside each other. */
static char *
get_old_value (const Progress *progress,
               guint           node,
               gboolean        is_rms)
{
  const gsize n = bp_graph_get_n_elements (progress->graph, node);
  const double *old;
  BpNumbers     numbers;

  if (!progress->updated[node] || (n > 1 && !is_rms))
    return NULL;

  old = bp_trainer_get_previous_parameters (progress->trainer)
        + (bp_session_get_value (progress->session, node) - bp_session_get_parameters (progress->session));
  (is_rms ? bp_numbers_take_rms : bp_numbers_take_range) (&numbers, old, n);

  return bp_numbers_format (&numbers);
}

/* The gradient of a variable that is not updated yet is still to be used. */
static gboolean
is_gradient_old (const Progress *progress,
                 guint           node)
{
  if (bp_graph_get_op (progress->graph, node) == BP_OP_VARIABLE)
    return progress->updated[node];

  return progress->has_updated && bp_trainer_has_gradient (progress->trainer, node);
}

static char *
get_gradient (const Progress *progress,
              guint           node,
              gboolean        is_rms,
              BpNumbers      *numbers)
{
  if (!bp_graph_needs_gradient (progress->graph, node))
    return NULL;
  if (!bp_trainer_has_gradient (progress->trainer, node))
    return g_strdup (BP_NUMBER_NONE);
  if (progress->hidden[node])
    return g_strdup (BP_NUMBER_HIDDEN);

  (is_rms ? bp_numbers_take_rms : bp_numbers_take_range) (numbers, bp_session_get_gradient (progress->session, node),
                                                          bp_graph_get_n_elements (progress->graph, node));

  return bp_numbers_format (numbers);
}

static char *
get_sum (const Progress *progress,
         guint           node)
{
  guint n_total = 0;
  guint n = bp_trainer_get_n_contributions (progress->trainer, node, &n_total);

  if (n_total < 2 || n == 0)
    return NULL;

  /* Translators: how many of the contributions to a gradient have been added up. */
  return g_strdup_printf (_("+= %u of %u"), n, n_total);
}

static gboolean
has_updated_member (const Progress     *progress,
                    const BpDenseLayer *layer)
{
  for (guint i = 0; i < layer->n_members; i++)
    if (progress->updated[layer->members[i]])
      return TRUE;

  return FALSE;
}

gboolean
bp_node_state_has_rms (const BpNodeState *state)
{
  return state->layer != NULL || (state->matrix != NULL && state->matrix->is_beside);
}

static gboolean
update_matrix (BpNodeState    *state,
               BpGraphDrawing *drawing,
               const Progress *progress,
               guint           node)
{
  const double *value = NULL;
  const double *gradient = NULL;

  if (bp_trainer_has_value (progress->trainer, node) && !(progress->updated[node] && progress->hides_updates))
    value = bp_session_get_value (progress->session, node);
  if (bp_graph_needs_gradient (progress->graph, node) && bp_trainer_has_gradient (progress->trainer, node)
      && !progress->hidden[node])
    gradient = bp_session_get_gradient (progress->session, node);

  return bp_matrix_update (state->matrix, drawing, node, value, gradient);
}

static gboolean
update_node (BpNodeState    *state,
             BpGraphDrawing *drawing,
             const Progress *progress,
             guint           node)
{
  const BpDenseLayer *layer = state->layer != NULL ? bp_graph_drawing_get_folded (drawing, node) : NULL;
  gboolean changed = FALSE;
  guint    member = node;
  BpMark   mark = layer != NULL ? get_layer_mark (progress, layer, &member)
                                : get_data_mark (drawing, progress, node, &member);
  gboolean is_updated = layer != NULL ? has_updated_member (progress, layer) : progress->updated[node];
  gboolean is_value_old = progress->old[node] && bp_trainer_has_value (progress->trainer, node);
  gboolean has_old_gradient = is_gradient_old (progress, node);
  gboolean is_rms = bp_node_state_has_rms (state);

  changed |= bp_graph_take_string (&state->step, layer != NULL && mark != BP_MARK_NONE
                                                 ? g_strdup (bp_graph_get_name (progress->graph, member)) : NULL);
  if (state->matrix != NULL)
    changed |= update_matrix (state, drawing, progress, node);
  changed |= bp_graph_take_string (&state->value, get_value (progress, node, is_rms, &state->value_numbers));
  changed |= bp_graph_take_string (&state->old_value, get_old_value (progress, node, is_rms));
  changed |= bp_graph_take_string (&state->gradient, get_gradient (progress, node, is_rms, &state->gradient_numbers));
  changed |= bp_graph_take_string (&state->sum, get_sum (progress, node));
  changed |= bp_node_state_update_nudge (state, drawing, progress->trainer, node, progress->hidden);
  changed |= state->mark != mark || state->is_updated != is_updated || state->is_value_old != is_value_old
             || state->is_gradient_old != has_old_gradient;
  state->mark = mark;
  state->is_updated = is_updated;
  state->is_value_old = is_value_old;
  state->is_gradient_old = has_old_gradient;

  return changed;
}

/* The number of an edge: "≈ −4.021" of "2·(−2.01) ≈ −4.021". */
static BpFormula *
get_number (const Progress *progress,
            guint           node,
            guint           input)
{
  g_autoptr (BpFormula) numbers = NULL;

  if (progress->hidden_edges[node]
      || !bp_explain_local_derivative (progress->trainer, node, input, NULL, &numbers) || numbers == NULL)
    return NULL;

  return bp_formula_dup_sides (numbers, numbers->children->len - 1);
}

static gboolean
update_numbers (BpEdgeState    *state,
                const Progress *progress,
                guint           node,
                guint           input)
{
  g_autoptr (BpFormula) number = get_number (progress, node, input);

  return bp_graph_take_string (&state->numbers, number != NULL ? bp_formula_to_text (number) : NULL);
}

static gboolean
update_edge (BpEdgeState    *state,
             const Progress *progress,
             guint           node,
             guint           input)
{
  const BpInstruction *last = progress->last;
  guint                from = bp_graph_get_input (progress->graph, node, input);
  BpEdgeState          before = *state;
  gboolean             is_last = last != NULL && last->node == node;
  gboolean             changed = FALSE;

  state->has_value = bp_trainer_has_value (progress->trainer, node) && bp_trainer_has_value (progress->trainer, from);
  state->has_gradient = progress->passed_back[node] && bp_graph_layout_is_differentiated (progress->graph, node, input);
  state->is_value_old = state->has_value && (progress->updated[from] || progress->old[from]);
  state->is_gradient_old = state->has_gradient && is_gradient_old (progress, from);
  state->mark = BP_MARK_NONE;
  if (is_last && last->phase == BP_PHASE_FORWARD)
    state->mark = BP_MARK_VALUE;
  if (is_last && last->phase == BP_PHASE_BACKWARD && !last->seed && state->has_gradient)
    state->mark = BP_MARK_GRADIENT;

  if (state->symbols != NULL && state->has_gradient)
    changed = update_numbers (state, progress, node, input);

  return changed || state->has_value != before.has_value || state->has_gradient != before.has_gradient
         || state->is_value_old != before.is_value_old || state->is_gradient_old != before.is_gradient_old
         || state->mark != before.mark;
}

BpGraphChanges
bp_graph_drawing_update (BpGraphDrawing *drawing,
                         BpTrainer      *trainer)
{
  BpGraphChanges changes = BP_GRAPH_SAME;
  Progress       progress;
  guint          edge = 0;

  g_return_val_if_fail (drawing != NULL && trainer != NULL, BP_GRAPH_SAME);

  if (drawing->graph != bp_trainer_get_graph (trainer) || drawing->is_refolded)
    {
      bp_graph_drawing_set_graph (drawing, trainer);
      changes |= BP_GRAPH_STRUCTURE;
    }

  drawing->is_nudged = drawing->nudge != NULL;
  find_progress (drawing, trainer, &progress);
  for (guint node = 0; node < drawing->nodes->len; node++)
    {
      drawing->changed[node]
          = update_node (&g_array_index (drawing->nodes, BpNodeState, node), drawing, &progress, node);
      if (drawing->changed[node])
        changes |= BP_GRAPH_NODES;
      for (guint i = 0; i < bp_graph_get_n_inputs (drawing->graph, node); i++, edge++)
        {
          drawing->changed_edges[edge]
              = update_edge (&g_array_index (drawing->edges, BpEdgeState, edge), &progress, node, i);
          if (drawing->changed_edges[edge])
            changes |= BP_GRAPH_EDGES;
        }
    }
  clear_progress (&progress);

  return changes;
}
