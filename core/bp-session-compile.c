/* bp-session-compile.c: the nodes of a graph as instructions, one by one and as tapes
 *
 * The tapes are made of the same instructions as single nodes, so that a train step and stepping give the same bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-session-private.h"

static const BpTapeInstruction tape_end = { .opcode = BP_TAPE_END };

/* One node as instructions */

static gboolean
is_scalar (BpGraph *graph,
           guint    node)
{
  const BpOp op = bp_graph_get_op (graph, node);

  if (bp_tape_forward_opcode (op) == BP_TAPE_CALL || bp_graph_get_n_elements (graph, node) != 1)
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
             guint      node,
             guint32    opcode)
{
  const guint last = bp_graph_get_n_inputs (self->graph, node) - 1;

  return (BpTapeInstruction) {
    .opcode = opcode,
    .out = self->offsets[node],
    .a = self->offsets[bp_graph_get_input (self->graph, node, 0)],
    .b = self->offsets[bp_graph_get_input (self->graph, node, last)],
  };
}

static BpTapeInstruction
make_call (BpSession *self,
           guint      node,
           guint      index)
{
  return (BpTapeInstruction) { .opcode = BP_TAPE_CALL, .a = index, .b = bp_graph_get_op (self->graph, node) };
}

/* Makes the instruction of a node with inputs; @call is the index of its arguments should it be a call. */
static BpTapeInstruction
make_forward (BpSession *self,
              guint      node,
              guint      call)
{
  if (!is_scalar (self->graph, node))
    return make_call (self, node, call);

  return make_scalar (self, node, bp_tape_forward_opcode (bp_graph_get_op (self->graph, node)));
}

/* Kernels only add: what one of them gets to first has to be cleared. */
static void
clear_input (BpSession *self,
             guint      input)
{
  const BpSessionRange range = { self->offsets[input], bp_graph_get_n_elements (self->graph, input) };
  BpSessionRange *last = NULL;

  if (self->cleared->len > 0)
    last = &g_array_index (self->cleared, BpSessionRange, self->cleared->len - 1);
  if (last != NULL && range.start + range.n == last->start)
    *last = (BpSessionRange) { range.start, range.n + last->n };
  else
    g_array_append_val (self->cleared, range);
}

/* Writes the instructions by which a node passes its gradient on, at most BP_MAX_INPUTS, and returns how many. @set
 * has a place a node that says whether its gradient holds something; without it all is added. */
static guint
write_backward (BpSession         *self,
                guint              node,
                guint              call,
                guint8            *set,
                BpTapeInstruction *instructions)
{
  BpGraph *graph = self->graph;
  const gboolean scalar = is_scalar (graph, node);
  guint n = 0;

  if (!bp_graph_needs_gradient (graph, node))
    return 0;
  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    {
      const guint input = bp_graph_get_input (graph, node, i);
      const gboolean add = set == NULL || set[input];

      if (!bp_graph_needs_gradient (graph, input))
        continue;
      if (scalar)
        instructions[n++] = make_scalar (self, node, bp_tape_backward_opcode (bp_graph_get_op (graph, node), i, add));
      else if (!add)
        clear_input (self, input);
      if (!add)
        set[input] = TRUE;
    }
  if (!scalar && bp_graph_get_n_inputs (graph, node) > 0)
    instructions[n++] = make_call (self, node, call);

  return n;
}

void
bp_session_compile_node_forward (BpSession         *session,
                                 guint              node,
                                 BpTapeInstruction *tape,
                                 BpOpArguments     *call)
{
  tape[0] = make_forward (session, node, 0);
  tape[1] = tape_end;
  if (tape[0].opcode == BP_TAPE_CALL)
    get_arguments (session, node, call);
}

void
bp_session_compile_node_backward (BpSession         *session,
                                  guint              node,
                                  BpTapeInstruction *tape,
                                  BpOpArguments     *call)
{
  tape[write_backward (session, node, 0, NULL, tape)] = tape_end;
  if (tape[0].opcode == BP_TAPE_CALL)
    get_arguments (session, node, call);
}

/* The tapes */

static void
compile_forward (BpSession *self)
{
  BpGraph *graph = self->graph;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      BpTapeInstruction instruction;
      BpOpArguments call;

      if (bp_graph_get_n_inputs (graph, node) == 0)
        continue;
      instruction = make_forward (self, node, self->calls->len);
      if (instruction.opcode == BP_TAPE_CALL)
        {
          get_arguments (self, node, &call);
          g_array_append_val (self->calls, call);
        }
      g_array_append_val (bp_graph_is_evaluation (graph, node) ? self->evaluation : self->forward, instruction);
    }
  g_array_append_val (self->forward, tape_end);
  g_array_append_val (self->evaluation, tape_end);
}

/* In reverse order the calls count down. */
static void
compile_backward (BpSession *self)
{
  BpGraph *graph = self->graph;
  g_autofree guint8 *set = g_new0 (guint8, bp_graph_get_n_nodes (graph));
  guint call = self->calls->len;

  for (guint node = bp_graph_get_n_nodes (graph); node-- > 0;)
    {
      BpTapeInstruction instructions[BP_MAX_INPUTS];

      if (bp_graph_get_n_inputs (graph, node) == 0)
        continue;
      if (!is_scalar (graph, node))
        call--;
      g_array_append_vals (self->backward, instructions, write_backward (self, node, call, set, instructions));
    }
  g_array_append_val (self->backward, tape_end);
}

void
bp_session_compile (BpSession *session)
{
  compile_forward (session);
  compile_backward (session);
}
