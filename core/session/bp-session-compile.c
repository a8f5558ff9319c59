/* bp-session-compile.c: the nodes of a graph as instructions, one by one and as tapes
 *
 * The tapes are made of the same instructions as single nodes, so that a train step and stepping give the same bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-session-step.h"

/* No instruction has left its result in a register. */
#define LATEST_NONE G_MAXUINT32

static const BpTapeInstruction tape_end = { .opcode = BP_TAPE_END };

/* One node as instructions */

static gboolean
is_scalar (BpGraph *graph,
           guint    node)
{
  const BpOp op = bp_graph_get_op (graph, node);

  if (!bp_tape_has_scalar (op) || bp_graph_get_n_elements (graph, node) != 1)
    return FALSE;
  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    if (bp_graph_get_n_elements (graph, bp_graph_get_input (graph, node, i)) != 1)
      return FALSE;

  return TRUE;
}

static void
get_arguments (BpSession     *self,
               guint          node,
               BpOpArguments *arguments)
{
  BpGraph *graph = self->graph;

  *arguments = (BpOpArguments) {
    .attributes = bp_graph_get_attributes (graph, node),
    .shape = bp_graph_get_shape (graph, node),
    .output = self->values + self->offsets[node],
    .gradient = self->gradients + self->offsets[node],
  };
  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    {
      guint input = bp_graph_get_input (graph, node, i);

      arguments->input_shapes[i] = bp_graph_get_shape (graph, input);
      arguments->inputs[i] = self->values + self->offsets[input];
      if (bp_graph_needs_gradient (graph, input))
        arguments->input_gradients[i] = self->gradients + self->offsets[input];
    }
}

static BpTapeInstruction
make_scalar (BpSession *self,
             guint      node)
{
  const guint last = bp_graph_get_n_inputs (self->graph, node) - 1;

  return (BpTapeInstruction) {
    .out = self->offsets[node],
    .a = self->offsets[bp_graph_get_input (self->graph, node, 0)],
    .b = self->offsets[bp_graph_get_input (self->graph, node, last)],
  };
}

static BpTapeInstruction
make_call (BpSession *self,
           guint32    opcode,
           guint      node,
           guint      index)
{
  return (BpTapeInstruction) { .opcode = opcode, .a = index, .b = bp_graph_get_op (self->graph, node) };
}

/* Makes the instruction of a node with inputs. @call is the index of its arguments should it be a call, @latest the
 * index of the value that the instruction before leaves in a register. */
static BpTapeInstruction
make_forward (BpSession *self,
              guint      node,
              guint      call,
              guint32   *latest)
{
  BpTapeInstruction instruction;

  if (!is_scalar (self->graph, node))
    {
      *latest = LATEST_NONE;
      return make_call (self, BP_TAPE_CALL_FORWARD, node, call);
    }
  instruction = make_scalar (self, node);
  instruction.opcode = bp_tape_forward_opcode (bp_graph_get_op (self->graph, node), instruction.a == *latest);
  *latest = instruction.out;

  return instruction;
}

/* What a node does to the gradients of its inputs. @set has a place a node that says whether its gradient holds
 * something; without it all are added to. */
static void
choose_modes (BpGraph    *graph,
              guint       node,
              guint8     *set,
              BpTapeMode  modes[BP_MAX_INPUTS])
{
  for (guint i = 0; i < BP_MAX_INPUTS; i++)
    modes[i] = BP_TAPE_NONE;
  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    {
      const guint input = bp_graph_get_input (graph, node, i);

      if (!bp_graph_needs_gradient (graph, input))
        continue;
      modes[i] = set == NULL || set[input] ? BP_TAPE_ADD : BP_TAPE_SET;
      if (set != NULL)
        set[input] = TRUE;
    }
}

/* Adds a range to those that are cleared; what comes just before the one added last makes that longer. */
static void
append_cleared (BpSession *self,
                gsize      start,
                gsize      n)
{
  const BpSessionRange range = { start, n };
  BpSessionRange *last = NULL;

  if (self->cleared->len > 0)
    last = &g_array_index (self->cleared, BpSessionRange, self->cleared->len - 1);
  if (last != NULL && start + n == last->start)
    *last = (BpSessionRange) { start, n + last->n };
  else
    g_array_append_val (self->cleared, range);
}

/* Kernels only add: what one of them gets to first has to be cleared. */
static void
clear_inputs (BpSession        *self,
              guint             node,
              const BpTapeMode  modes[BP_MAX_INPUTS])
{
  for (guint i = 0; i < BP_MAX_INPUTS; i++)
    if (modes[i] == BP_TAPE_SET)
      {
        const guint input = bp_graph_get_input (self->graph, node, i);

        append_cleared (self, self->offsets[input], bp_graph_get_n_elements (self->graph, input));
      }
}

/* Makes the instruction by which a node that needs a gradient passes it on, as make_forward() does. */
static BpTapeInstruction
make_backward (BpSession *self,
               guint      node,
               guint      call,
               guint8    *set,
               guint32   *latest)
{
  BpTapeInstruction instruction;
  BpTapeMode modes[BP_MAX_INPUTS];

  choose_modes (self->graph, node, set, modes);
  if (!is_scalar (self->graph, node))
    {
      clear_inputs (self, node, modes);
      *latest = LATEST_NONE;
      return make_call (self, BP_TAPE_CALL_BACKWARD, node, call);
    }
  instruction = make_scalar (self, node);
  instruction.opcode = bp_tape_backward_opcode (bp_graph_get_op (self->graph, node), instruction.out == *latest, modes);
  *latest = modes[0] != BP_TAPE_NONE ? instruction.a : instruction.b;
  /* One node as both inputs got two contributions, and the first is not the whole. */
  if (modes[1] != BP_TAPE_NONE && instruction.a == instruction.b)
    *latest = LATEST_NONE;

  return instruction;
}

static gboolean
passes_gradient (BpGraph *graph,
                 guint    node)
{
  return bp_graph_needs_gradient (graph, node) && bp_graph_get_n_inputs (graph, node) > 0;
}

void
bp_session_compile_node_forward (BpSession         *session,
                                 guint              node,
                                 BpTapeInstruction  tape[2],
                                 BpOpArguments     *call)
{
  guint32 latest = LATEST_NONE;

  tape[0] = tape[1] = tape_end;
  if (bp_graph_get_n_inputs (session->graph, node) > 0)
    tape[0] = make_forward (session, node, 0, &latest);
  if (tape[0].opcode == BP_TAPE_CALL_FORWARD)
    get_arguments (session, node, call);
}

void
bp_session_compile_node_backward (BpSession         *session,
                                  guint              node,
                                  BpTapeInstruction  tape[2],
                                  BpOpArguments     *call)
{
  guint32 latest = LATEST_NONE;

  tape[0] = tape[1] = tape_end;
  if (passes_gradient (session->graph, node))
    tape[0] = make_backward (session, node, 0, NULL, &latest);
  if (tape[0].opcode == BP_TAPE_CALL_BACKWARD)
    get_arguments (session, node, call);
}

/* The tapes */

/* Ends a tape and gives it the memory it needs and no more. */
static BpTapeInstruction *
finish_tape (GArray *tape)
{
  gsize n;
  BpTapeInstruction *instructions;

  g_array_append_val (tape, tape_end);
  instructions = g_array_steal (tape, &n);
  g_array_unref (tape);

  return g_renew (BpTapeInstruction, instructions, n);
}

static void
append_node_forward (BpSession *self,
                     guint      node,
                     guint32   *latest,
                     GArray    *tape,
                     GArray    *calls)
{
  const BpTapeInstruction instruction = make_forward (self, node, calls->len, latest);
  BpOpArguments call;

  g_array_append_val (tape, instruction);
  if (instruction.opcode != BP_TAPE_CALL_FORWARD)
    return;
  get_arguments (self, node, &call);
  g_array_append_val (calls, call);
}

static void
append_forward (BpSession *self,
                gboolean   evaluation,
                GArray    *tape,
                GArray    *calls)
{
  BpGraph *graph = self->graph;
  guint32 latest = LATEST_NONE;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_get_n_inputs (graph, node) > 0 && bp_graph_is_evaluation (graph, node) == evaluation)
      append_node_forward (self, node, &latest, tape, calls);
}

void
bp_session_compile_nodes_forward (BpSession          *session,
                                  const guint        *nodes,
                                  guint               n_nodes,
                                  BpTapeInstruction **tape,
                                  BpOpArguments     **calls)
{
  GArray *instructions = g_array_new (FALSE, FALSE, sizeof (BpTapeInstruction));
  GArray *arguments = g_array_new (FALSE, FALSE, sizeof (BpOpArguments));
  guint32 latest = LATEST_NONE;

  for (guint i = 0; i < n_nodes; i++)
    append_node_forward (session, nodes[i], &latest, instructions, arguments);
  *tape = finish_tape (instructions);
  *calls = (BpOpArguments *) g_array_free (arguments, FALSE);
}

/* The seed and what follows it. In reverse order the calls of the train step count down. */
static void
append_backward (BpSession *self,
                 GArray    *tape,
                 guint      n_calls)
{
  BpGraph *graph = self->graph;
  const BpTapeInstruction seed = { .opcode = BP_TAPE_SEED, .out = self->offsets[bp_graph_get_loss (graph)] };
  g_autofree guint8 *set = g_new0 (guint8, bp_graph_get_n_nodes (graph));
  guint32 latest = seed.out;

  g_array_append_val (tape, seed);

  for (guint node = bp_graph_get_n_nodes (graph); node-- > 0;)
    {
      BpTapeInstruction instruction;

      if (bp_graph_get_n_inputs (graph, node) == 0 || bp_graph_is_evaluation (graph, node))
        continue;
      if (!is_scalar (graph, node))
        n_calls--;
      if (!passes_gradient (graph, node))
        continue;
      instruction = make_backward (self, node, n_calls, set, &latest);
      g_array_append_val (tape, instruction);
    }
}

void
bp_session_compile (BpSession *session)
{
  GArray *calls = g_array_new (FALSE, FALSE, sizeof (BpOpArguments));
  GArray *step = g_array_new (FALSE, FALSE, sizeof (BpTapeInstruction));
  GArray *evaluation = g_array_new (FALSE, FALSE, sizeof (BpTapeInstruction));
  guint n_forward;

  append_forward (session, FALSE, step, calls);
  n_forward = step->len;
  append_backward (session, step, calls->len);
  append_forward (session, TRUE, evaluation, calls);
  session->step = finish_tape (step);
  session->backward = session->step + n_forward;
  session->evaluation = finish_tape (evaluation);
  session->calls = (BpOpArguments *) g_array_free (calls, FALSE);
}
