/* bp-program.c: a graph's train step as a flat list of instructions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-program.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "base/bp-memory.h"
#include "session/bp-session-step.h"

/* How many rows are drawn in advance, batches permitting. */
#define MAX_RUN_ROWS 1024

static gboolean
is_op (BpGraph *graph,
       guint    node)
{
  return bp_graph_get_n_inputs (graph, node) > 0;
}

/* Whether backward has something to pass on at @node. */
static gboolean
passes_gradient (BpGraph *graph,
                 guint    node)
{
  if (!bp_graph_needs_gradient (graph, node))
    return FALSE;

  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    if (bp_graph_needs_gradient (graph, bp_graph_get_input (graph, node, i)))
      return TRUE;

  return FALSE;
}

static void
append (GArray  *instructions,
        BpPhase  phase,
        guint    node,
        gboolean seed)
{
  BpInstruction instruction = { phase, node, seed };

  g_array_append_val (instructions, instruction);
}

static void
compile_instructions (BpProgram *self)
{
  g_autoptr (GArray) instructions = g_array_new (FALSE, FALSE, sizeof (BpInstruction));
  guint n_nodes = bp_graph_get_n_nodes (self->graph);

  append (instructions, BP_PHASE_FEED, BP_NODE_NONE, FALSE);

  for (guint node = 0; node < n_nodes; node++)
    if (is_op (self->graph, node) && !bp_graph_is_evaluation (self->graph, node))
      append (instructions, BP_PHASE_FORWARD, node, FALSE);

  append (instructions, BP_PHASE_BACKWARD, bp_graph_get_loss (self->graph), TRUE);

  for (guint node = n_nodes; node-- > 0;)
    if (passes_gradient (self->graph, node))
      append (instructions, BP_PHASE_BACKWARD, node, FALSE);

  for (guint i = 0; i < bp_graph_get_n_variables (self->graph); i++)
    append (instructions, BP_PHASE_UPDATE, bp_graph_get_variable (self->graph, i), FALSE);

  self->n_instructions = instructions->len;
  self->instructions = (BpInstruction *) (gpointer) g_array_free (g_steal_pointer (&instructions), FALSE);
}

static guint
value_at (BpProgram *self,
          guint      node)
{
  guint at = 0;

  if (bp_graph_get_op (self->graph, node) == BP_OP_PLACEHOLDER)
    return 1;

  for (guint i = 0; i < bp_graph_get_n_inputs (self->graph, node); i++)
    at = MAX (at, self->value_at[bp_graph_get_input (self->graph, node, i)]);

  return at;
}

static void
compile_values (BpProgram *self)
{
  guint n_nodes = bp_graph_get_n_nodes (self->graph);

  self->value_at = g_new0 (guint, n_nodes);

  for (guint i = 0; i < self->n_instructions; i++)
    if (self->instructions[i].phase == BP_PHASE_FORWARD)
      self->value_at[self->instructions[i].node] = i + 1;

  for (guint node = 0; node < n_nodes; node++)
    if (self->value_at[node] == 0)
      self->value_at[node] = value_at (self, node);
}

/* Backward passes on to two inputs what forward computed from both. */
static void
estimate_work (BpProgram *self)
{
  self->other_work = 8 * (self->n_feeds * self->batch_size + bp_graph_get_n_parameters (self->graph))
                     + self->session->n_elements;
  self->work = self->other_work;

  for (guint node = 0; node < bp_graph_get_n_nodes (self->graph); node++)
    {
      const guint64 work = bp_session_get_work (self->session, node);

      if (bp_graph_is_evaluation (self->graph, node))
        self->evaluation_work += work;
      else
        self->work += (bp_graph_needs_gradient (self->graph, node) ? 3 : 1) * work;
    }
}

/* Calls for each contribution that instruction @index makes: the seed to the loss, else one a use of an input. */
static guint
get_targets (BpProgram *self,
             guint      index,
             guint     *targets)
{
  const BpInstruction *instruction = &self->instructions[index];
  guint n_targets = 0;

  if (instruction->phase != BP_PHASE_BACKWARD)
    return 0;

  if (instruction->seed)
    {
      targets[n_targets++] = instruction->node;
      return n_targets;
    }

  for (guint i = 0; i < bp_graph_get_n_inputs (self->graph, instruction->node); i++)
    {
      guint input = bp_graph_get_input (self->graph, instruction->node, i);

      if (bp_graph_needs_gradient (self->graph, input))
        targets[n_targets++] = input;
    }

  return n_targets;
}

/* Compressed rows: the contributions to node v stand at contributions[v] … contributions[v + 1] − 1, in order. */
static void
compile_contributions (BpProgram *self)
{
  guint n_nodes = bp_graph_get_n_nodes (self->graph);
  guint targets[BP_MAX_INPUTS];
  g_autofree guint *filled = g_new0 (guint, n_nodes);

  self->contributions = g_new0 (guint, n_nodes + 1);

  for (guint i = 0; i < self->n_instructions; i++)
    for (guint j = get_targets (self, i, targets); j-- > 0;)
      self->contributions[targets[j] + 1]++;

  for (guint node = 0; node < n_nodes; node++)
    self->contributions[node + 1] += self->contributions[node];

  self->contribution_at = g_new0 (guint, self->contributions[n_nodes]);

  for (guint i = 0; i < self->n_instructions; i++)
    for (guint j = get_targets (self, i, targets); j-- > 0;)
      self->contribution_at[self->contributions[targets[j]] + filled[targets[j]]++] = i + 1;
}

/* Where the placeholders' numbers come from and go to, once the session has its numbers. */
static gboolean
bind_placeholders (BpProgram *self,
                   BpDataset *dataset,
                   GError   **error)
{
  self->n_feeds = bp_graph_get_n_placeholders (self->graph);
  self->feeds = g_new (BpFeed, self->n_feeds);

  for (guint i = 0; i < self->n_feeds; i++)
    {
      guint node = bp_graph_get_placeholder (self->graph, i);
      const char *name = bp_graph_get_name (self->graph, node);
      guint column = bp_dataset_find (dataset, name);

      if (column == G_MAXUINT)
        {
          g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN, _("the data have no column for the placeholder “%s”"), name);
          return FALSE;
        }

      self->feeds[i].column = bp_dataset_get_column (dataset, column);
      self->feeds[i].values = self->session->values + self->session->offsets[node];
    }

  return TRUE;
}

gsize
bp_program_get_n_bytes (BpGraph *graph,
                        gsize    batch_size)
{
  gsize n_nodes = bp_graph_get_n_nodes (graph);

  return 2 * bp_session_get_n_bytes (graph) + (MAX_RUN_ROWS + batch_size) * sizeof (gsize) +
         n_nodes * (4 * sizeof (BpInstruction) + 6 * sizeof (guint));
}

BpProgram *
bp_program_new (const BpExperiment *experiment,
                BpDataset          *dataset,
                gsize               batch_size,
                GError            **error)
{
  g_autoptr (BpProgram) self = g_new0 (BpProgram, 1);

  self->batch_size = batch_size;
  self->graph = bp_experiment_create_graph (experiment, batch_size, error);

  if (self->graph == NULL || !bp_memory_check (bp_program_get_n_bytes (self->graph, batch_size), error))
    return NULL;

  self->session = bp_session_new (self->graph, error);

  if (self->session == NULL || !bind_placeholders (self, dataset, error))
    return NULL;

  self->scratch = bp_session_new (self->graph, error);

  if (self->scratch == NULL)
    return NULL;

  estimate_work (self);
  self->run_length = CLAMP (MIN (MAX_RUN_ROWS / batch_size, BP_SESSION_PART / MAX (self->work, 1)), 1, BP_MAX_RUN);
  self->run_rows = g_new0 (gsize, self->run_length * batch_size);
  self->rows = self->run_rows;
  compile_instructions (self);
  compile_values (self);
  compile_contributions (self);

  return g_steal_pointer (&self);
}

void
bp_program_free (BpProgram *program)
{
  g_clear_pointer (&program->scratch, bp_session_free);
  g_clear_pointer (&program->session, bp_session_free);
  g_clear_pointer (&program->graph, bp_graph_unref);
  g_free (program->instructions);
  g_free (program->feeds);
  g_free (program->run_rows);
  g_free (program->value_at);
  g_free (program->contributions);
  g_free (program->contribution_at);
  g_free (program);
}

gboolean
bp_program_has_value (const BpProgram *program,
                      guint            node,
                      guint            n_executed)
{
  return n_executed >= program->value_at[node];
}

guint
bp_program_get_n_contributions (const BpProgram *program,
                                guint            node,
                                guint            n_executed,
                                guint           *n_total)
{
  guint first = program->contributions[node];
  guint end = program->contributions[node + 1];
  guint n = 0;

  while (first + n < end && program->contribution_at[first + n] <= n_executed)
    n++;

  if (n_total != NULL)
    *n_total = end - first;

  return n;
}

guint
bp_program_get_phase_end (const BpProgram *program,
                          guint            index)
{
  guint end = index + 1;

  while (end < program->n_instructions && program->instructions[end].phase == program->instructions[index].phase)
    end++;

  return end;
}

guint
bp_program_get_phase_start (const BpProgram *program,
                            guint            index)
{
  while (index > 0 && program->instructions[index - 1].phase == program->instructions[index].phase)
    index--;

  return index;
}

void
bp_program_feed (BpProgram *program,
                 BpDataset *dataset,
                 gint64     iteration)
{
  bp_dataset_get_batch (dataset, iteration, program->batch_size, program->run_rows);
  bp_program_feed_rows (program, program->run_rows);
}

/* Gives the scratch session what the other has. */
static void
begin_loss_now (BpProgram *self)
{
  BpGraph *graph = self->graph;

  for (guint i = 0; i < bp_graph_get_n_placeholders (graph); i++)
    {
      guint node = bp_graph_get_placeholder (graph, i);

      bp_session_feed (self->scratch, node, bp_session_get_value (self->session, node), self->batch_size);
    }

  memcpy (bp_session_get_parameters (self->scratch),
          bp_session_get_parameters (self->session),
          bp_graph_get_n_parameters (graph) * sizeof (double));
}

gsize
bp_program_continue_loss_now (BpProgram *program)
{
  BpGraph *graph = program->graph;
  gsize work;

  if (program->scratch_node == 0)
    begin_loss_now (program);
  while (program->scratch_node < bp_graph_get_n_nodes (graph)
         && (!is_op (graph, program->scratch_node) || bp_graph_is_evaluation (graph, program->scratch_node)))
    program->scratch_node++;
  if (program->scratch_node == bp_graph_get_n_nodes (graph))
    return 0;

  work = bp_session_execute_part (program->scratch, program->scratch_node, FALSE, &program->scratch_part);
  if (program->scratch_part == 0)
    program->scratch_node++;

  return work;
}

double
bp_program_get_loss_now (BpProgram *program)
{
  while (bp_program_continue_loss_now (program) > 0) ;

  return bp_session_get_value (program->scratch, bp_graph_get_loss (program->graph))[0];
}
