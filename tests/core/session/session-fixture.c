/* session-fixture.c: sessions of small graphs for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "core/session/session-fixture.h"

#include "lib/gradient-error.h"

guint
add_with (BpGraph              *graph,
          BpOp                  op,
          guint                 a,
          guint                 b,
          const BpOpAttributes *attributes)
{
  const guint inputs[] = { a, b };
  g_autoptr (GError) error = NULL;
  guint node = bp_graph_add (graph, NULL, op, inputs, attributes, &error);

  g_assert_no_error (error);

  return node;
}

guint
add (BpGraph *graph,
     BpOp     op,
     guint    a,
     guint    b)
{
  return add_with (graph, op, a, b, NULL);
}

BpSession *
session_new (BpGraph *graph,
             guint    loss)
{
  g_autoptr (GError) error = NULL;
  BpSession *session;

  bp_graph_set_loss (graph, loss);
  session = bp_session_new (graph, &error);
  g_assert_no_error (error);

  return session;
}

void
feed (BpSession *session,
      guint      node,
      double     value)
{
  bp_session_feed (session, node, &value, 1);
}

double
gradient_of (BpSession *session,
             guint      node)
{
  return bp_session_get_gradient (session, node)[0];
}

void
step (BpSession *session,
      BpPhase    phase)
{
  guint n;
  const BpInstruction *instructions = bp_session_get_instructions (session, &n);

  for (guint i = 0; i < n; i++)
    if (instructions[i].phase == phase)
      bp_session_execute (session, &instructions[i]);
}

void
step_backward (BpSession *session,
               gboolean   keep_parameters)
{
  bp_session_set_keeps_parameters (session, keep_parameters);
  step (session, BP_PHASE_BACKWARD);
  bp_session_set_keeps_parameters (session, FALSE);
}

double *
copy_numbers (BpSession *session,
              gboolean   gradients,
              gsize     *n)
{
  BpGraph *graph = bp_session_get_graph (session);
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    g_array_append_vals (copy,
                         gradients ? bp_session_get_gradient (session, node) : bp_session_get_value (session, node),
                         bp_graph_get_n_elements (graph, node));
  *n = copy->len * sizeof (double);

  return (double *) g_array_free (copy, FALSE);
}

void
assert_same_bits (BpSession    *session,
                  gboolean      gradients,
                  const double *expected)
{
  gsize n;
  g_autofree double *numbers = copy_numbers (session, gradients, &n);

  g_assert_cmpmem (numbers, n, expected, n);
}

void
check_backward (BpSession *session)
{
  gsize n;
  g_autofree double *whole = NULL;

  bp_session_backward (session);
  whole = copy_numbers (session, TRUE, &n);
  step_backward (session, FALSE);
  assert_same_bits (session, TRUE, whole);
  step_backward (session, TRUE);
  bp_session_backward (session);
  assert_same_bits (session, TRUE, whole);
}

void
check_gradients (BpSession *session,
                 double     tolerance)
{
  BpGraph *graph = bp_session_get_graph (session);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_needs_gradient (graph, node))
      {
        const double error = get_gradient_error (session, node);

        if (!(error <= tolerance))
          g_error ("the gradient of %s is wrong by %g", bp_graph_get_name (graph, node), error);
      }
}
