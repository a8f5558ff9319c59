/* bp-nudge.c: the change of one element by ε, and what it changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-nudge.h"

#include <string.h>

#include "session/bp-session-step.h"

static gboolean
has_reached_input (const BpNudge *self,
                   BpGraph       *graph,
                   guint          node)
{
  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    if (self->changes[bp_graph_get_input (graph, node, i)] != NULL)
      return TRUE;

  return FALSE;
}

/* Computes what depends on the element; each node is marked as reached by the room for its changes. */
static void
compute_dependents (BpNudge             *self,
                    BpSession           *session,
                    const BpInstruction *next)
{
  BpGraph *graph = session->graph;

  for (; next->phase == BP_PHASE_FORWARD; next++)
    if (has_reached_input (self, graph, next->node))
      {
        if (self->changes[next->node] == NULL)
          self->changes[next->node] = g_new0 (double, bp_graph_get_n_elements (graph, next->node));
        bp_session_execute (session, next);
      }
}

/* Computes it with the element larger by @epsilon than in @before. Returns: the loss */
static double
change (BpNudge      *self,
        BpSession    *session,
        const double *before,
        double        epsilon)
{
  const gsize element = session->offsets[self->node] + self->element;

  memcpy (session->values, before, session->n_elements * sizeof (double));
  session->values[element] += epsilon;
  compute_dependents (self, session, session->instructions + 1);
  compute_dependents (self, session, session->evaluation);

  return session->values[session->offsets[bp_graph_get_loss (session->graph)]];
}

static void
subtract (BpNudge      *self,
          BpSession    *session,
          const double *before)
{
  for (guint node = 0; node < self->n_nodes; node++)
    if (self->changes[node] != NULL)
      for (gsize i = 0; i < bp_graph_get_n_elements (session->graph, node); i++)
        {
          const gsize element = session->offsets[node] + i;

          self->changes[node][i] = session->values[element] - before[element];
        }
}

BpNudge *
bp_nudge_new (BpSession    *session,
              const double *parameters,
              guint         node,
              gsize         element,
              double        epsilon,
              GError      **error)
{
  g_autoptr (BpSession) own = NULL;
  g_autofree double *before = NULL;
  BpNudge *self;
  BpGraph *graph;

  g_return_val_if_fail (session != NULL && parameters != NULL && epsilon != 0, NULL);
  graph = session->graph;
  g_return_val_if_fail (node < bp_graph_get_n_nodes (graph), NULL);
  g_return_val_if_fail (element < bp_graph_get_n_elements (graph, node), NULL);

  own = bp_session_new (graph, error);
  if (own == NULL)
    return NULL;

  bp_session_copy_feeds (own, session);
  memcpy (own->values, parameters, bp_graph_get_n_parameters (graph) * sizeof (double));
  bp_session_forward (own);
  bp_session_backward (own);
  bp_session_forward_evaluation (own);
  before = g_memdup2 (own->values, own->n_elements * sizeof (double));

  self = g_new0 (BpNudge, 1);
  self->node = node;
  self->element = element;
  self->epsilon = epsilon;
  self->gradient = bp_session_get_gradient (own, node)[element];
  self->before = bp_session_get_value (own, bp_graph_get_loss (graph))[0];
  self->n_nodes = bp_graph_get_n_nodes (graph);
  self->changes = g_new0 (double *, self->n_nodes);
  self->changes[node] = g_new0 (double, bp_graph_get_n_elements (graph, node));
  self->halfway = change (self, own, before, epsilon / 2);
  self->after = change (self, own, before, epsilon);
  subtract (self, own, before);

  return self;
}

void
bp_nudge_free (BpNudge *nudge)
{
  g_return_if_fail (nudge != NULL);

  for (guint node = 0; node < nudge->n_nodes; node++)
    g_free (nudge->changes[node]);
  g_free (nudge->changes);
  g_free (nudge);
}

gsize
bp_nudge_count_gradients (BpGraph *graph)
{
  gsize n = 0;

  g_return_val_if_fail (graph != NULL, 0);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_needs_gradient (graph, node))
      n += bp_graph_get_n_elements (graph, node);

  return n;
}
