/* bp-session.c: the numbers of one graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-session-step.h"

#include "base/bp-error.h"
#include "base/bp-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Assigns offsets to variables, or to the other nodes that need a gradient or do not. */
static void
append_elements (BpSession *self,
                 gboolean   is_variable,
                 gboolean   needs_gradient)
{
  BpGraph *graph = self->graph;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if ((bp_graph_get_op (graph, node) == BP_OP_VARIABLE) == is_variable
        && (is_variable || bp_graph_needs_gradient (graph, node) == needs_gradient))
      {
        self->offsets[node] = (guint32) self->n_elements;
        self->n_elements += bp_graph_get_n_elements (graph, node);
      }
}

gsize
bp_session_get_n_bytes (BpGraph *graph)
{
  gsize n_nodes = bp_graph_get_n_nodes (graph);
  gsize n_elements = 0;

  for (guint node = 0; node < n_nodes; node++)
    n_elements += bp_graph_get_n_elements (graph, node);

  return 2 * n_elements * sizeof (double) + n_nodes * (2 * sizeof (BpInstruction) + sizeof (BpOpArguments));
}

static gboolean
allocate (BpSession *self,
          GError   **error)
{
  self->offsets = g_new (guint32, bp_graph_get_n_nodes (self->graph));
  append_elements (self, TRUE, TRUE);
  append_elements (self, FALSE, TRUE);
  self->n_gradients = self->n_elements;
  append_elements (self, FALSE, FALSE);
  if (!bp_memory_check (bp_session_get_n_bytes (self->graph), error))
    return FALSE;

  if (self->n_elements <= G_MAXUINT32)
    {
      self->values = g_try_new0 (double, self->n_elements);
      self->gradients = g_try_new0 (double, self->n_elements);
    }
  if (self->values != NULL && self->gradients != NULL)
    return TRUE;

  g_set_error_literal (error, BP_ERROR, BP_ERROR_MEMORY, _("the numbers of the graph take more memory than there is"));

  return FALSE;
}

/* Masks of dropout pass everything until another one is fed. */
static void
set_constants (BpSession *self)
{
  for (guint node = 0; node < bp_graph_get_n_nodes (self->graph); node++)
    if (bp_graph_get_op (self->graph, node) == BP_OP_CONSTANT)
      {
        const BpOpAttributes *attributes = bp_graph_get_attributes (self->graph, node);

        memcpy (self->values + self->offsets[node],
                attributes->values != NULL ? attributes->values : &attributes->value,
                bp_graph_get_n_elements (self->graph, node) * sizeof (double));
      }
    else if (bp_graph_get_op (self->graph, node) == BP_OP_MASK)
      for (gsize i = 0; i < bp_graph_get_n_elements (self->graph, node); i++)
        self->values[self->offsets[node] + i] = 1;
}

BpSession *
bp_session_new (BpGraph *graph,
                GError **error)
{
  g_autoptr (BpSession) self = NULL;

  g_return_val_if_fail (graph != NULL, NULL);
  g_return_val_if_fail (bp_graph_get_loss (graph) != BP_NODE_NONE, NULL);

  self = g_new0 (BpSession, 1);
  self->graph = bp_graph_ref (graph);
  if (!allocate (self, error))
    return NULL;
  set_constants (self);
  bp_session_compile (self);

  return g_steal_pointer (&self);
}

void
bp_session_free (BpSession *session)
{
  g_return_if_fail (session != NULL);

  g_free (session->instructions);
  g_free (session->calls);
  g_free (session->offsets);
  g_free (session->values);
  g_free (session->gradients);
  bp_graph_unref (session->graph);
  g_free (session);
}

/* The numbers */

BpGraph *
bp_session_get_graph (BpSession *session)
{
  g_return_val_if_fail (session != NULL, NULL);

  return session->graph;
}

const double *
bp_session_get_value (BpSession *session,
                      guint      node)
{
  g_return_val_if_fail (session != NULL && node < bp_graph_get_n_nodes (session->graph), NULL);

  return session->values + session->offsets[node];
}

const double *
bp_session_get_gradient (BpSession *session,
                         guint      node)
{
  g_return_val_if_fail (session != NULL && node < bp_graph_get_n_nodes (session->graph), NULL);

  return session->gradients + session->offsets[node];
}

void
bp_session_feed (BpSession    *session,
                 guint         node,
                 const double *values,
                 gsize         n_values)
{
  g_return_if_fail (session != NULL && node < bp_graph_get_n_nodes (session->graph));
  g_return_if_fail (bp_graph_get_n_inputs (session->graph, node) == 0);
  g_return_if_fail (values != NULL && n_values == bp_graph_get_n_elements (session->graph, node));

  memcpy (session->values + session->offsets[node], values, n_values * sizeof (double));
}

void
bp_session_copy_feeds (BpSession *session,
                       BpSession *from)
{
  g_return_if_fail (session != NULL && from != NULL && session->graph == from->graph);

  for (guint node = 0; node < bp_graph_get_n_nodes (session->graph); node++)
    if (bp_graph_get_op (session->graph, node) == BP_OP_PLACEHOLDER
        || bp_graph_get_op (session->graph, node) == BP_OP_MASK)
      bp_session_feed (session, node, from->values + from->offsets[node],
                       bp_graph_get_n_elements (session->graph, node));
}

double *
bp_session_get_parameters (BpSession *session)
{
  g_return_val_if_fail (session != NULL, NULL);

  return session->values;
}

double *
bp_session_get_parameter_gradients (BpSession *session)
{
  g_return_val_if_fail (session != NULL, NULL);

  return session->gradients;
}

/* The train step */

const BpInstruction *
bp_session_get_instructions (BpSession *session,
                             guint     *n_instructions)
{
  g_return_val_if_fail (session != NULL, NULL);

  if (n_instructions != NULL)
    *n_instructions = session->n_instructions;

  return session->instructions;
}

void
bp_session_set_keeps_parameters (BpSession *session,
                                 gboolean   keeps_parameters)
{
  g_return_if_fail (session != NULL);

  if (session->keeps_parameters == keeps_parameters)
    return;

  session->keeps_parameters = keeps_parameters;
  bp_session_compile (session);
}

void
bp_session_clear_gradients (BpSession *session)
{
  const gsize n_kept = session->keeps_parameters ? bp_graph_get_n_parameters (session->graph) : 0;

  memset (session->gradients + n_kept, 0, (session->n_gradients - n_kept) * sizeof (double));
}

void
bp_session_execute (BpSession           *session,
                    const BpInstruction *instruction)
{
  BpInstruction tape[2] = { { 0 }, { .opcode = BP_TAPE_END } };

  g_return_if_fail (session != NULL && instruction != NULL);

  if (instruction->seed && session->is_cleared)
    bp_session_clear_gradients (session);
  tape[0] = bp_tape_get_independent (instruction);
  bp_tape_run (tape, session->values, session->gradients, session->calls, TRUE);
}

void
bp_session_forward (BpSession *session)
{
  g_return_if_fail (session != NULL);

  bp_tape_run (session->instructions + 1, session->values, session->gradients, session->calls, FALSE);
}

void
bp_session_backward (BpSession *session)
{
  g_return_if_fail (session != NULL);

  if (session->is_cleared)
    bp_session_clear_gradients (session);
  bp_tape_run (session->instructions + session->seed, session->values, session->gradients, session->calls, TRUE);
}

void
bp_session_forward_evaluation (BpSession *session)
{
  g_return_if_fail (session != NULL);

  bp_tape_run (session->evaluation, session->values, session->gradients, session->calls, FALSE);
}
