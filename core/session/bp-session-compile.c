/* bp-session-compile.c: a graph's train step as instructions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-session-step.h"

/* No instruction has left its result in a register. */
#define LATEST_NONE G_MAXUINT32

typedef struct {
  BpSession     *session;
  BpGraph       *graph;
  BpInstruction *next;    /* the instruction after those that are made */
  guint          n_calls;
  guint32        latest;  /* the element that the instruction before leaves in a register */
  gboolean      *is_set;  /* for each node, whether its gradient has a contribution */
} Compiler;

static gboolean
is_scalar (BpGraph *graph,
           guint    node)
{
  gboolean is_scalar = bp_tape_has_scalar (bp_graph_get_op (graph, node)) && bp_graph_get_n_elements (graph, node) == 1;

  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    is_scalar &= bp_graph_get_n_elements (graph, bp_graph_get_input (graph, node, i)) == 1;

  return is_scalar;
}

static guint
count_calls (BpGraph *graph)
{
  guint n_calls = 0;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    n_calls += bp_graph_get_n_inputs (graph, node) > 0 && !is_scalar (graph, node);

  return n_calls;
}

static BpOpArguments
get_arguments (BpSession *self,
               guint      node)
{
  BpGraph *graph = self->graph;
  BpOpArguments arguments = {
    .attributes = bp_graph_get_attributes (graph, node),
    .shape = bp_graph_get_shape (graph, node),
    .output = self->values + self->offsets[node],
    .gradient = self->gradients + self->offsets[node],
  };

  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    {
      const guint input = bp_graph_get_input (graph, node, i);

      arguments.input_shapes[i] = bp_graph_get_shape (graph, input);
      arguments.inputs[i] = self->values + self->offsets[input];
      if (bp_graph_needs_gradient (graph, input))
        arguments.input_gradients[i] = self->gradients + self->offsets[input];
    }
  bp_op_plan (&arguments);

  return arguments;
}

static BpInstruction *
add (Compiler *self,
     BpPhase   phase,
     guint     node)
{
  BpInstruction *instruction = self->next++;

  *instruction = (BpInstruction) { .phase = phase, .node = node, .opcode = BP_TAPE_END };
  if (node != BP_NODE_NONE)
    instruction->out = self->session->offsets[node];

  return instruction;
}

static void
add_forward (Compiler *self,
             guint     node)
{
  BpInstruction *instruction = add (self, BP_PHASE_FORWARD, node);
  const BpOp op = bp_graph_get_op (self->graph, node);
  const guint last = bp_graph_get_n_inputs (self->graph, node) - 1;

  if (!is_scalar (self->graph, node))
    {
      self->session->calls[self->n_calls] = get_arguments (self->session, node);
      instruction->opcode = BP_TAPE_CALL_FORWARD;
      instruction->a = self->n_calls++;
      instruction->b = op;
      self->latest = LATEST_NONE;
      return;
    }

  instruction->a = self->session->offsets[bp_graph_get_input (self->graph, node, 0)];
  instruction->b = self->session->offsets[bp_graph_get_input (self->graph, node, last)];
  instruction->opcode = bp_tape_forward_opcode (op, instruction->a == self->latest);
  self->latest = instruction->out;
}

static void
add_all_forward (Compiler *self,
                 gboolean  evaluation)
{
  self->latest = LATEST_NONE;
  for (guint node = 0; node < bp_graph_get_n_nodes (self->graph); node++)
    if (bp_graph_get_n_inputs (self->graph, node) > 0 && bp_graph_is_evaluation (self->graph, node) == evaluation)
      add_forward (self, node);
}

static void
add_seed (Compiler *self)
{
  BpInstruction *seed = add (self, BP_PHASE_BACKWARD, bp_graph_get_loss (self->graph));

  seed->seed = TRUE;
  seed->opcode = BP_TAPE_SEED;
  self->latest = seed->out;
}

/* The first contribution to a gradient sets it, the others are added. */
static void
choose_modes (Compiler   *self,
              guint       node,
              BpTapeMode  modes[BP_MAX_INPUTS])
{
  for (guint i = 0; i < bp_graph_get_n_inputs (self->graph, node); i++)
    {
      const guint input = bp_graph_get_input (self->graph, node, i);

      if (!bp_graph_needs_gradient (self->graph, input))
        continue;
      modes[i] = self->is_set[input] ? BP_TAPE_ADD : BP_TAPE_SET;
      self->is_set[input] = TRUE;
    }
}

static void
add_backward (Compiler            *self,
              const BpInstruction *forward)
{
  BpInstruction *instruction = add (self, BP_PHASE_BACKWARD, forward->node);
  BpTapeMode modes[BP_MAX_INPUTS] = { BP_TAPE_NONE, BP_TAPE_NONE };

  choose_modes (self, forward->node, modes);
  instruction->a = forward->a;
  instruction->b = forward->b;
  if (forward->opcode == BP_TAPE_CALL_FORWARD)
    {
      instruction->opcode = BP_TAPE_CALL_BACKWARD;
      self->session->is_cleared = TRUE;
      self->latest = LATEST_NONE;
      return;
    }

  instruction->opcode = bp_tape_backward_opcode (bp_graph_get_op (self->graph, forward->node),
                                                 instruction->out == self->latest, modes);
  self->latest = modes[0] != BP_TAPE_NONE ? instruction->a : instruction->b;
  /* If both inputs are the same node, the register holds only the first of two contributions. */
  if (modes[1] != BP_TAPE_NONE && instruction->a == instruction->b)
    self->latest = LATEST_NONE;
}

static void
add_updates (Compiler *self)
{
  for (guint i = 0; i < bp_graph_get_n_variables (self->graph); i++)
    {
      const guint variable = bp_graph_get_variable (self->graph, i);

      add (self, BP_PHASE_UPDATE, variable)->a = (guint32) bp_graph_get_n_elements (self->graph, variable);
    }
}

/* The interpreter stops there, and so do loops over the instructions of a phase. */
static void
add_end (Compiler *self)
{
  add (self, BP_N_PHASES, BP_NODE_NONE);
}

void
bp_session_compile (BpSession *session)
{
  const guint n_nodes = bp_graph_get_n_nodes (session->graph);
  g_autofree gboolean *is_set = g_new0 (gboolean, n_nodes);
  Compiler compiler = { .session = session, .graph = session->graph, .is_set = is_set };
  const BpInstruction *forward;

  for (guint i = 0; session->keeps_parameters && i < bp_graph_get_n_variables (session->graph); i++)
    is_set[bp_graph_get_variable (session->graph, i)] = TRUE;

  /* At most two for each node, the feed, the seed and two ends. */
  compiler.next = session->instructions = g_renew (BpInstruction, session->instructions, 2 * n_nodes + 4);
  session->calls = g_renew (BpOpArguments, session->calls, count_calls (session->graph));
  add (&compiler, BP_PHASE_FEED, BP_NODE_NONE);
  add_all_forward (&compiler, FALSE);
  forward = compiler.next;
  session->seed = (guint) (forward - session->instructions);
  add_seed (&compiler);
  while (--forward > session->instructions)
    if (bp_graph_needs_gradient (session->graph, forward->node))
      add_backward (&compiler, forward);
  add_updates (&compiler);
  session->n_instructions = (guint) (compiler.next - session->instructions);
  add_end (&compiler);
  session->evaluation = compiler.next;
  add_all_forward (&compiler, TRUE);
  add_end (&compiler);
}
