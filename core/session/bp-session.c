/* bp-session.c: the numbers of one graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-session-step.h"

#include "base/bp-error.h"
#include "base/bp-memory.h"
#include "graph/bp-op-kernels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Places the variables first, then the other nodes in order. */
static void
assign_offsets (BpSession *self)
{
  BpGraph *graph = self->graph;
  gsize n_parameters = 0, next = bp_graph_get_n_parameters (graph);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      gsize *offset = bp_graph_get_op (graph, node) == BP_OP_VARIABLE ? &n_parameters : &next;

      self->offsets[node] = (guint32) *offset;
      *offset += bp_graph_get_n_elements (graph, node);
    }
  self->n_elements = next;
}

gsize
bp_session_get_n_bytes (BpGraph *graph)
{
  gsize n_nodes = bp_graph_get_n_nodes (graph);
  gsize n_elements = 0;

  for (guint node = 0; node < n_nodes; node++)
    n_elements += bp_graph_get_n_elements (graph, node);

  return 2 * n_elements * sizeof (double) + n_nodes * (4 * sizeof (BpTapeInstruction) + sizeof (BpOpArguments));
}

static gboolean
allocate (BpSession *self,
          GError   **error)
{
  self->offsets = g_new (guint32, bp_graph_get_n_nodes (self->graph));
  assign_offsets (self);
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

static void
set_constants (BpSession *self)
{
  for (guint node = 0; node < bp_graph_get_n_nodes (self->graph); node++)
    if (bp_graph_get_op (self->graph, node) == BP_OP_CONSTANT)
      self->values[self->offsets[node]] = bp_graph_get_attributes (self->graph, node)->value;
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
  self->cleared = g_array_new (FALSE, FALSE, sizeof (BpSessionRange));
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

  g_free (session->step);
  g_free (session->evaluation);
  g_free (session->calls);
  g_array_unref (session->cleared);
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
  g_return_if_fail (bp_graph_get_op (session->graph, node) == BP_OP_PLACEHOLDER ||
                    bp_graph_get_op (session->graph, node) == BP_OP_VARIABLE);
  g_return_if_fail (values != NULL && n_values == bp_graph_get_n_elements (session->graph, node));

  memcpy (session->values + session->offsets[node], values, n_values * sizeof (double));
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

void
bp_session_forward (BpSession *session)
{
  g_return_if_fail (session != NULL);

  bp_tape_run (session->step, session->values, session->gradients, session->calls, FALSE);
}

void
bp_session_forward_evaluation (BpSession *session)
{
  g_return_if_fail (session != NULL);

  bp_tape_run (session->evaluation, session->values, session->gradients, session->calls, FALSE);
}

void
bp_session_forward_node (BpSession *session,
                         guint      node)
{
  BpTapeInstruction tape[2];
  BpOpArguments call;

  g_return_if_fail (session != NULL && node < bp_graph_get_n_nodes (session->graph));

  bp_session_compile_node_forward (session, node, tape, &call);
  bp_tape_run (tape, session->values, session->gradients, &call, FALSE);
}

static void
clear (BpSession *self,
       gsize      start,
       gsize      n)
{
  memset (self->gradients + start, 0, n * sizeof (double));
}

void
bp_session_clear_ranges (BpSession *self)
{
  const BpSessionRange *ranges = (const BpSessionRange *) (gpointer) self->cleared->data;

  for (guint i = 0; i < self->cleared->len; i++)
    clear (self, ranges[i].start, ranges[i].n);
}

void
bp_session_backward (BpSession *session)
{
  g_return_if_fail (session != NULL);

  bp_session_clear_ranges (session);
  bp_tape_run (session->backward, session->values, session->gradients, session->calls, TRUE);
}

void
bp_session_seed_gradient (BpSession *session,
                          gboolean   keep_parameters)
{
  gsize n_kept;

  g_return_if_fail (session != NULL);

  n_kept = keep_parameters ? bp_graph_get_n_parameters (session->graph) : 0;
  clear (session, n_kept, session->n_elements - n_kept);
  session->gradients[session->offsets[bp_graph_get_loss (session->graph)]] = 1;
}

void
bp_session_backward_node (BpSession *session,
                          guint      node)
{
  BpTapeInstruction tape[2];
  BpOpArguments call;

  g_return_if_fail (session != NULL && node < bp_graph_get_n_nodes (session->graph));

  bp_session_compile_node_backward (session, node, tape, &call);
  bp_tape_run (tape, session->values, session->gradients, &call, FALSE);
}

/* Parts */

/* Products of matrices have as many steps; whatever else there is takes a while for an element. */
#define ELEMENT_WORK 4

/* How many multiplications one element of a matrix product takes. */
static gsize
get_product_length (BpGraph *graph,
                    guint    node)
{
  const BpShape *shape = bp_graph_get_shape (graph, bp_graph_get_input (graph, node, 0));

  return shape->dims[shape->rank - 1];
}

guint64
bp_session_get_work (BpSession *session,
                     guint      node)
{
  BpGraph *graph = session->graph;
  guint64 work = ELEMENT_WORK * (guint64) bp_graph_get_n_elements (graph, node);

  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    work += ELEMENT_WORK * (guint64) bp_graph_get_n_elements (graph, bp_graph_get_input (graph, node, i));
  if (bp_graph_get_op (graph, node) == BP_OP_MATMUL)
    work += (guint64) bp_graph_get_n_elements (graph, node) * get_product_length (graph, node);

  return work;
}

gsize
bp_session_execute_part (BpSession *session,
                         guint      node,
                         gboolean   backward,
                         gsize     *part)
{
  const BpShape *shape = bp_graph_get_shape (session->graph, node);
  BpTapeInstruction tape[2];
  BpOpArguments call;
  const guint64 work = bp_session_get_work (session, node);
  gsize n_rows, start;

  if (bp_graph_get_op (session->graph, node) != BP_OP_MATMUL || work <= BP_SESSION_PART)
    {
      (backward ? bp_session_backward_node : bp_session_forward_node) (session, node);
      return work;
    }

  n_rows = bp_graph_get_n_elements (session->graph, node) / shape->dims[shape->rank - 1] * (backward ? 2 : 1);
  start = *part;
  *part += MAX (1, BP_SESSION_PART / (get_product_length (session->graph, node) * shape->dims[shape->rank - 1]));
  (backward ? bp_session_compile_node_backward : bp_session_compile_node_forward) (session, node, tape, &call);
  (backward ? bp_op_matmul_backward_part : bp_op_matmul_forward_part) (&call, start, *part);
  if (*part >= n_rows)
    *part = 0;

  return BP_SESSION_PART;
}
