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

#define RANGE_DIGITS 3

static BpNodeKind
get_kind (BpGraph *graph,
          guint    node)
{
  if (node == bp_graph_get_loss (graph))
    return BP_NODE_LOSS;
  if (bp_graph_get_op (graph, node) == BP_OP_VARIABLE)
    return BP_NODE_VARIABLE;

  return bp_graph_get_n_inputs (graph, node) == 0 ? BP_NODE_DATA : BP_NODE_OP;
}

static const char *
get_symbol (BpGraph *graph,
            guint    node)
{
  switch ((int) bp_graph_get_op (graph, node))
    {
    case BP_OP_PLACEHOLDER:
      return _("data");
    case BP_OP_CONSTANT:
      return _("constant");
    case BP_OP_VARIABLE:
      return "";
    default:
      return bp_op_get_class (bp_graph_get_op (graph, node))->symbol;
    }
}

/* "7.657", or the least and the greatest of several. */
static char *
format_values (const double *values,
               gsize         n_values)
{
  g_autofree char *least = NULL;
  g_autofree char *greatest = NULL;
  double           minimum = values[0];
  double           maximum = values[0];

  if (n_values == 1)
    return bp_number_format (values[0]);

  for (gsize i = 0; i < n_values; i++)
    {
      if (isnan (values[i]))
        return bp_number_format (values[i]);
      minimum = MIN (minimum, values[i]);
      maximum = MAX (maximum, values[i]);
    }
  /* Translators: the value of every element of an array */
  if (minimum == maximum)
    return g_strdup_printf (_("all %s"), least = bp_number_format (minimum));
  least = bp_number_format_digits (minimum, RANGE_DIGITS);
  greatest = bp_number_format_digits (maximum, RANGE_DIGITS);

  return g_strdup_printf ("%s … %s", least, greatest);
}

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
  };
  for (guint i = 0; i < n_executed; i++)
    {
      const BpInstruction *instruction = bp_trainer_get_instruction (trainer, i);

      if (instruction->phase == BP_PHASE_BACKWARD && !instruction->seed)
        progress->passed_back[instruction->node] = TRUE;
      if (instruction->phase == BP_PHASE_BACKWARD && i >= drawing->n_revealed)
        hide_gradients (progress, instruction);
      if (instruction->phase == BP_PHASE_UPDATE)
        progress->updated[instruction->node] = TRUE;
    }
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
      return bp_graph_get_op (progress->graph, node) == BP_OP_PLACEHOLDER ? BP_MARK_VALUE : BP_MARK_NONE;
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

static gboolean
take_string (char **place,
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
           guint           node)
{
  if (!bp_trainer_has_value (progress->trainer, node))
    return g_strdup (BP_NUMBER_NONE);
  if (progress->updated[node] && progress->hides_updates)
    return g_strdup (BP_NUMBER_HIDDEN);

  return format_values (bp_session_get_value (progress->session, node),
                        bp_graph_get_n_elements (progress->graph, node));
}

static char *
get_gradient (const Progress *progress,
              guint           node)
{
  if (!bp_graph_needs_gradient (progress->graph, node))
    return NULL;
  if (!bp_trainer_has_gradient (progress->trainer, node))
    return g_strdup (BP_NUMBER_NONE);
  if (progress->hidden[node])
    return g_strdup (BP_NUMBER_HIDDEN);

  return format_values (bp_session_get_gradient (progress->session, node),
                        bp_graph_get_n_elements (progress->graph, node));
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
update_node (BpNodeState    *state,
             const Progress *progress,
             guint           node)
{
  gboolean changed = FALSE;
  BpMark   mark = get_node_mark (progress, node);
  gboolean is_updated = progress->updated[node];

  changed |= take_string (&state->value, get_value (progress, node));
  changed |= take_string (&state->gradient, get_gradient (progress, node));
  changed |= take_string (&state->sum, get_sum (progress, node));
  changed |= state->mark != mark || state->is_updated != is_updated;
  state->mark = mark;
  state->is_updated = is_updated;

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

  g_free (state->numbers_latex);
  state->numbers_latex = number != NULL ? bp_formula_to_latex (number) : NULL;

  return take_string (&state->numbers, number != NULL ? bp_formula_to_text (number) : NULL);
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
  state->mark = BP_MARK_NONE;
  if (is_last && last->phase == BP_PHASE_FORWARD)
    state->mark = BP_MARK_VALUE;
  if (is_last && last->phase == BP_PHASE_BACKWARD && !last->seed && state->has_gradient)
    state->mark = BP_MARK_GRADIENT;

  if (state->symbols != NULL && state->has_gradient)
    changed = update_numbers (state, progress, node, input);

  return changed || state->has_value != before.has_value || state->has_gradient != before.has_gradient
         || state->mark != before.mark;
}

static char *
get_warning (BpGraphDrawing *drawing,
             BpTrainer      *trainer,
             guint           node)
{
  const BpStretch *stretch = bp_trainer_get_stretch (trainer);

  return stretch != NULL && stretch->node == node ? bp_stretch_describe (stretch, drawing->graph) : NULL;
}

static void
add_node (BpGraphDrawing *drawing,
          BpTrainer      *trainer,
          guint           node)
{
  BpGraph    *graph = drawing->graph;
  BpNodeState state = {
    .kind = get_kind (graph, node),
    .aside = bp_graph_is_evaluation (graph, node),
    .has_gradient = bp_graph_needs_gradient (graph, node),
    .is_tensor = bp_graph_get_n_elements (graph, node) > 1,
    .name = g_strdup (bp_graph_get_name (graph, node)),
    .op = g_strdup (bp_op_get_class (bp_graph_get_op (graph, node))->name),
    .shape = bp_shape_to_string (bp_graph_get_shape (graph, node)),
    .symbol = g_strdup (get_symbol (graph, node)),
    .warning = get_warning (drawing, trainer, node),
  };

  g_array_append_val (drawing->nodes, state);
}

/* Whether the number says more than the symbols: not where the derivative is a number itself, or several. */
static gboolean
has_number (BpGraph         *graph,
            guint            node,
            guint            input,
            const BpFormula *derivative)
{
  return bp_graph_get_n_elements (graph, node) == 1
         && bp_graph_get_n_elements (graph, bp_graph_get_input (graph, node, input)) == 1
         && bp_formula_get_result (derivative)->kind != BP_FORMULA_NUMBER;
}

static void
add_edge (BpGraphDrawing *drawing,
          BpTrainer      *trainer,
          guint           node,
          guint           input)
{
  g_autoptr (BpFormula) derivative = NULL;
  BpEdgeState state = { 0 };

  /* Labels of a large graph could not be read, and would cost a search for symbols each. */
  if (bp_graph_layout_is_differentiated (drawing->graph, node, input)
      && bp_graph_get_n_nodes (drawing->graph) <= BP_GRAPH_LAYOUT_MAX_FITTED
      && bp_explain_local_derivative (trainer, node, input, &derivative, NULL))
    {
      g_autoptr (BpFormula) right = bp_formula_dup_sides (derivative, 1);

      state.symbols = bp_formula_to_text (derivative);
      state.symbols_latex = bp_formula_to_latex (derivative);
      state.left = bp_formula_to_text (g_ptr_array_index (derivative->children, 0));
      state.right = bp_formula_to_text (right);
      state.has_number = has_number (drawing->graph, node, input, derivative);
    }
  g_array_append_val (drawing->edges, state);
}

static void
set_graph (BpGraphDrawing *drawing,
           BpTrainer      *trainer)
{
  g_clear_pointer (&drawing->layout, bp_graph_layout_free);
  g_clear_pointer (&drawing->graph, bp_graph_unref);
  g_array_set_size (drawing->nodes, 0);
  g_array_set_size (drawing->edges, 0);

  drawing->graph = bp_graph_ref (bp_trainer_get_graph (trainer));
  for (guint node = 0; node < bp_graph_get_n_nodes (drawing->graph); node++)
    {
      add_node (drawing, trainer, node);
      for (guint i = 0; i < bp_graph_get_n_inputs (drawing->graph, node); i++)
        add_edge (drawing, trainer, node, i);
    }
  g_free (drawing->changed);
  drawing->changed = g_new0 (gboolean, drawing->nodes->len + 1);
  g_free (drawing->changed_edges);
  drawing->changed_edges = g_new0 (gboolean, drawing->edges->len + 1);
}

BpGraphChanges
bp_graph_drawing_update (BpGraphDrawing *drawing,
                         BpTrainer      *trainer)
{
  BpGraphChanges changes = BP_GRAPH_SAME;
  Progress       progress;
  guint          edge = 0;

  g_return_val_if_fail (drawing != NULL && trainer != NULL, BP_GRAPH_SAME);

  if (drawing->graph != bp_trainer_get_graph (trainer))
    {
      set_graph (drawing, trainer);
      changes |= BP_GRAPH_STRUCTURE;
    }

  find_progress (drawing, trainer, &progress);
  for (guint node = 0; node < drawing->nodes->len; node++)
    {
      drawing->changed[node] = update_node (&g_array_index (drawing->nodes, BpNodeState, node), &progress, node);
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
  g_free (progress.passed_back);
  g_free (progress.hidden);
  g_free (progress.hidden_edges);
  g_free (progress.updated);

  return changes;
}
