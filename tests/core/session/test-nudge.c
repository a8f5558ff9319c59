/* test-nudge.c: nudges against forward passes of another session, and by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-nudge.h"
#include "core/session/session-fixture.h"

#include <math.h>
#include <string.h>

#define EPSILON 0.01

static BpNudge *
nudge_new (BpSession *session,
           guint      node,
           gsize      element,
           double     epsilon)
{
  g_autoptr (GError) error = NULL;
  BpNudge *nudge = bp_nudge_new (session, bp_session_get_parameters (session), node, element, epsilon, &error);

  g_assert_no_error (error);

  return nudge;
}

/* (x·A − t)², where x = 1.5, A = 3 and t = 10 */
typedef struct {
  guint x, t, a, output, residual, loss, prediction;
} Regression;

static BpSession *
create_regression (BpGraph    *graph,
                   Regression *nodes)
{
  BpSession *session;

  nodes->x = add_leaf (graph, "x_data", BP_OP_PLACEHOLDER, "[1]");
  nodes->t = add_leaf (graph, "y_target", BP_OP_PLACEHOLDER, "[1]");
  nodes->a = add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  nodes->output = add (graph, BP_OP_MULTIPLY, nodes->x, nodes->a);
  nodes->residual = add (graph, BP_OP_SUBTRACT, nodes->output, nodes->t);
  nodes->loss = add (graph, BP_OP_SQUARE, nodes->residual, 0);
  nodes->prediction = add (graph, BP_OP_NEGATIVE, nodes->output, 0);
  bp_graph_set_evaluation (graph, nodes->prediction);
  session = session_new (graph, nodes->loss);
  feed (session, nodes->x, 1.5);
  feed (session, nodes->t, 10);
  feed (session, nodes->a, 3);
  bp_session_forward (session);
  bp_session_backward (session);

  return session;
}

static void
test_by_hand (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  Regression n;
  g_autoptr (BpSession) session = create_regression (graph, &n);
  g_autoptr (BpNudge) nudge = nudge_new (session, n.a, 0, EPSILON);

  g_assert_cmpfloat (nudge->before, ==, 30.25);
  g_assert_cmpfloat (nudge->gradient, ==, -16.5);
  g_assert_cmpfloat_with_epsilon (nudge->changes[n.a][0], EPSILON, 1e-15);
  g_assert_cmpfloat_with_epsilon (nudge->changes[n.output][0], 1.5 * EPSILON, 1e-14);
  g_assert_cmpfloat_with_epsilon (nudge->changes[n.residual][0], 1.5 * EPSILON, 1e-14);
  g_assert_cmpfloat_with_epsilon (nudge->changes[n.prediction][0], -1.5 * EPSILON, 1e-14);
  g_assert_null (nudge->changes[n.x]);
  g_assert_null (nudge->changes[n.t]);
  /* (d + xε)² − d² = 2dxε + x²ε² */
  g_assert_cmpfloat_with_epsilon (nudge->after - nudge->before, -16.5 * EPSILON + 2.25 * EPSILON * EPSILON, 1e-13);
  g_assert_cmpfloat_with_epsilon (nudge->halfway - nudge->before, -16.5 * EPSILON / 2 + 2.25 * EPSILON * EPSILON / 4,
                                  1e-13);
  g_assert_cmpfloat (nudge->changes[n.loss][0], ==, nudge->after - nudge->before);
}

/* An op, data and the loss itself: what comes before them stays as it is. */
static void
test_any_node (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  Regression n;
  g_autoptr (BpSession) session = create_regression (graph, &n);
  g_autoptr (BpNudge) op = nudge_new (session, n.residual, 0, EPSILON);
  g_autoptr (BpNudge) data = nudge_new (session, n.t, 0, EPSILON);
  g_autoptr (BpNudge) loss = nudge_new (session, n.loss, 0, EPSILON);
  g_autoptr (BpNudge) aside = nudge_new (session, n.prediction, 0, EPSILON);

  g_assert_null (op->changes[n.output]);
  g_assert_null (op->changes[n.prediction]);
  g_assert_cmpfloat_with_epsilon (op->after - op->before, -11 * EPSILON + EPSILON * EPSILON, 1e-13);
  g_assert_cmpfloat (data->gradient, ==, 0);
  g_assert_cmpfloat_with_epsilon (data->after - data->before, 11 * EPSILON + EPSILON * EPSILON, 1e-13);
  g_assert_cmpfloat (loss->gradient, ==, 1);
  g_assert_cmpfloat_with_epsilon (loss->after - loss->before, EPSILON, 1e-13);
  g_assert_cmpfloat (aside->after, ==, aside->before);
  g_assert_cmpfloat_with_epsilon (aside->changes[n.prediction][0], EPSILON, 1e-14);
}

/* A session is what it was, to the bit, and computes with the parameters that it is given, not with its own. */
static void
test_leaves_session (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  Regression n;
  g_autoptr (BpSession) session = create_regression (graph, &n);
  g_autoptr (BpNudge) nudge = NULL;
  const double parameters[] = { 4 };
  gsize size;
  g_autofree double *values = copy_numbers (session, FALSE, &size);
  g_autofree double *gradients = copy_numbers (session, TRUE, &size);

  nudge = bp_nudge_new (session, parameters, n.a, 0, EPSILON, NULL);
  assert_same_bits (session, FALSE, values);
  assert_same_bits (session, TRUE, gradients);
  g_assert_cmpfloat (nudge->before, ==, 16);
  g_assert_cmpfloat (nudge->gradient, ==, -12);
}

/* Gradients that add up over iterations are not those of a nudge. */
static void
test_kept_gradients (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  Regression n;
  g_autoptr (BpSession) session = create_regression (graph, &n);
  g_autoptr (BpNudge) nudge = NULL;

  bp_session_set_keeps_parameters (session, TRUE);
  bp_session_backward (session);
  g_assert_cmpfloat (gradient_of (session, n.a), ==, -33);
  nudge = nudge_new (session, n.a, 0, EPSILON);
  g_assert_cmpfloat (nudge->gradient, ==, -16.5);
}

/* round passes no gradient, but a change that is large enough. */
static void
test_through_round (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  const guint rounded = add (graph, BP_OP_ROUND, a, 0);
  const guint sum = add (graph, BP_OP_ADD, rounded, a);
  g_autoptr (BpSession) session = session_new (graph, sum);
  g_autoptr (BpNudge) small = NULL, large = NULL;

  feed (session, a, 2.25);
  bp_session_forward (session);
  bp_session_backward (session);
  small = nudge_new (session, a, 0, 0.125);
  large = nudge_new (session, a, 0, 0.5);
  g_assert_nonnull (small->changes[rounded]);
  g_assert_cmpfloat (small->changes[rounded][0], ==, 0);
  g_assert_cmpfloat (large->changes[rounded][0], ==, 1);
  g_assert_cmpfloat (large->gradient, ==, 1);
  g_assert_cmpfloat (large->after - large->before, ==, 1.5);
}

/* Every element of every leaf of a network, against forward of a session that was fed the change. */
static void
test_elements (void)
{
  static const double w[] = { 0.5, -1, 0.25, 2, 0.75, -0.5 }, x[] = { 1, 2, -0.5, 1.5 };
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint leaves[] = { add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[2, 2]"),
                           add_leaf (graph, "W", BP_OP_VARIABLE, "[2, 3]") };
  const guint product = add (graph, BP_OP_MATMUL, leaves[0], leaves[1]);
  const guint tanh = add (graph, BP_OP_TANH, product, 0);
  const guint loss = add (graph, BP_OP_REDUCE_SUM, tanh, 0);
  g_autoptr (BpSession) session = session_new (graph, loss);
  g_autoptr (BpSession) other = session_new (graph, loss);

  g_assert_cmpuint (bp_nudge_count_gradients (graph), ==, 6 + 6 + 6 + 1);
  bp_session_feed (session, leaves[0], x, G_N_ELEMENTS (x));
  bp_session_feed (session, leaves[1], w, G_N_ELEMENTS (w));
  bp_session_forward (session);
  for (guint l = 0; l < G_N_ELEMENTS (leaves); l++)
    for (gsize e = 0; e < bp_graph_get_n_elements (graph, leaves[l]); e++)
      {
        g_autoptr (BpNudge) nudge = nudge_new (session, leaves[l], e, EPSILON);
        const gsize n = bp_graph_get_n_elements (graph, leaves[l]);
        g_autofree double *changed = g_memdup2 (bp_session_get_value (session, leaves[l]), n * sizeof (double));

        changed[e] += EPSILON;
        bp_session_feed (other, leaves[0], x, G_N_ELEMENTS (x));
        bp_session_feed (other, leaves[1], w, G_N_ELEMENTS (w));
        bp_session_feed (other, leaves[l], changed, n);
        bp_session_forward (other);
        g_assert_cmpfloat (nudge->after, ==, bp_session_get_value (other, loss)[0]);
        for (gsize i = 0; i < 6; i++)
          g_assert_cmpfloat (nudge->changes[tanh][i], ==,
                             bp_session_get_value (other, tanh)[i] - bp_session_get_value (session, tanh)[i]);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nudge/by-hand", test_by_hand);
  g_test_add_func ("/nudge/any-node", test_any_node);
  g_test_add_func ("/nudge/leaves-session", test_leaves_session);
  g_test_add_func ("/nudge/kept-gradients", test_kept_gradients);
  g_test_add_func ("/nudge/through-round", test_through_round);
  g_test_add_func ("/nudge/elements", test_elements);

  return g_test_run ();
}
