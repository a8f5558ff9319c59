/* test-session.c: forward and backward of whole graphs, whole and node by node, to the bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "session/bp-session.h"
#include "lib/gradient-error.h"
#include "lib/graph-fixture.h"

#include <math.h>
#include <string.h>
#include "core/session/session-fixture.h"

static double
value_of (BpSession *session,
          guint      node)
{
  return bp_session_get_value (session, node)[0];
}

/* The two experiments, by their closed forms */

static void
test_regression (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint x = add_leaf (graph, "x_data", BP_OP_PLACEHOLDER, "[1]");
  const guint t = add_leaf (graph, "y_target", BP_OP_PLACEHOLDER, "[1]");
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  const guint output = add (graph, BP_OP_MULTIPLY, x, a);
  const guint residual = add (graph, BP_OP_SUBTRACT, output, t);
  const guint loss = add (graph, BP_OP_SQUARE, residual, 0);
  g_autoptr (BpSession) session = session_new (graph, loss);

  feed (session, x, 1.5);
  feed (session, t, 10);
  feed (session, a, 3);
  bp_session_forward (session);
  bp_session_backward (session);
  g_assert_cmpfloat (value_of (session, output), ==, 4.5);
  g_assert_cmpfloat (value_of (session, residual), ==, -5.5);
  g_assert_cmpfloat (value_of (session, loss), ==, 30.25);
  g_assert_cmpfloat (gradient_of (session, loss), ==, 1);
  g_assert_cmpfloat (gradient_of (session, residual), ==, -11);
  g_assert_cmpfloat (gradient_of (session, output), ==, -11);
  g_assert_cmpfloat (gradient_of (session, a), ==, -16.5);
  g_assert_cmpfloat (gradient_of (session, x), ==, 0);
  g_assert_cmpfloat (gradient_of (session, t), ==, 0);
  g_assert_true (bp_session_get_parameters (session) == bp_session_get_value (session, a));
  g_assert_true (bp_session_get_parameter_gradients (session) == bp_session_get_gradient (session, a));
  check_backward (session);
  check_gradients (session, 1e-9);
}

static void
test_classification (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint x = add_leaf (graph, "x_data", BP_OP_PLACEHOLDER, "[1]");
  const guint t = add_leaf (graph, "y_target", BP_OP_PLACEHOLDER, "[1]");
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  const guint output = add (graph, BP_OP_ADD, x, a);
  const BpOpAttributes first_axis = { .axis = 0, .has_axis = TRUE };
  const guint logits = add_with (graph, BP_OP_EXPAND_DIMS, output, 0, &first_axis);
  const guint labels = add_with (graph, BP_OP_EXPAND_DIMS, t, 0, &first_axis);
  const guint loss = add (graph, BP_OP_SIGMOID_CROSS_ENTROPY, labels, logits);
  const guint sigmoid = add (graph, BP_OP_SIGMOID, output, 0);
  const guint prediction = add (graph, BP_OP_ROUND, sigmoid, 0);
  g_autoptr (BpSession) session = NULL;

  bp_graph_set_evaluation (graph, sigmoid);
  bp_graph_set_evaluation (graph, prediction);
  session = session_new (graph, loss);
  feed (session, x, -1);
  feed (session, t, 0);
  feed (session, a, 1.5);
  bp_session_forward (session);
  bp_session_backward (session);
  g_assert_cmpfloat_with_epsilon (value_of (session, loss), log1p (exp (0.5)), 1e-15);
  g_assert_cmpfloat_with_epsilon (gradient_of (session, a), 1 / (1 + exp (-0.5)), 1e-15);
  g_assert_cmpfloat (gradient_of (session, labels), ==, 0);
  /* The evaluation branch is no part of the train step. */
  g_assert_cmpfloat (value_of (session, prediction), ==, 0);
  bp_session_forward_evaluation (session);
  g_assert_cmpfloat (value_of (session, sigmoid), ==, gradient_of (session, a));
  g_assert_cmpfloat (value_of (session, prediction), ==, 1);
  check_backward (session);
  check_gradients (session, 1e-9);
}

/* Shapes of gradients */

/* z·z and A + A: one node is both inputs, and the second contribution must not replace the first. */
static void
test_shared_operand (void)
{
  static const char * const shapes[] = { "[]", "[1]", "[1, 1]", "[3]", "[2, 2]" };
  const BpOp ops[] = { BP_OP_ADD, BP_OP_SUBTRACT, BP_OP_MULTIPLY, BP_OP_DIVIDE, BP_OP_POW, BP_OP_MAXIMUM };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (ops); k++)
      {
        const double expected[] = { 2, 0, 3, 0, pow (1.5, 1.5) * (1 + log (1.5)), 1 };
        const double values[] = { 1.5, 1.5, 1.5, 1.5 };
        g_autoptr (BpGraph) graph = bp_graph_new ();
        const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, shapes[i]);
        const guint both = add (graph, ops[k], a, a);
        const guint loss = add (graph, BP_OP_REDUCE_SUM, both, 0);
        g_autoptr (BpSession) session = session_new (graph, loss);

        bp_session_feed (session, a, values, bp_graph_get_n_elements (graph, a));
        bp_session_forward (session);
        bp_session_backward (session);
        g_assert_cmpfloat_with_epsilon (gradient_of (session, a), expected[k], 1e-15);
        check_backward (session);
        check_gradients (session, 1e-8);
      }
}

/* A variable of which only the last of several nodes leads to the loss. */
static void
test_unused (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[]");
  const guint b = add_leaf (graph, "B", BP_OP_VARIABLE, "[2]");
  const guint unused = add (graph, BP_OP_EXP, a, 0);
  const guint unused_too = add (graph, BP_OP_MULTIPLY, unused, b);
  const guint loss = add (graph, BP_OP_SQUARE, a, 0);
  const guint after = add (graph, BP_OP_ADD, loss, a);
  g_autoptr (BpSession) session = session_new (graph, loss);

  feed (session, a, 3);
  bp_session_forward (session);
  bp_session_backward (session);
  g_assert_cmpfloat (gradient_of (session, a), ==, 6);
  g_assert_cmpfloat (value_of (session, unused), ==, exp (3));
  g_assert_cmpfloat (value_of (session, after), ==, 12);
  g_assert_cmpfloat (gradient_of (session, b), ==, 0);
  g_assert_cmpfloat (gradient_of (session, unused), ==, 0);
  g_assert_cmpfloat (gradient_of (session, unused_too), ==, 0);
  g_assert_cmpfloat (gradient_of (session, after), ==, 0);
  check_backward (session);
}

static void
test_loss_is_leaf (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  g_autoptr (BpSession) session = session_new (graph, a);

  feed (session, a, 3);
  bp_session_forward (session);
  bp_session_backward (session);
  g_assert_cmpfloat (gradient_of (session, a), ==, 1);
  g_assert_cmpfloat (get_gradient_error (session, a), <, 1e-9);
  check_backward (session);
}

/* Gradients do not pass, and the check holds fixed what they do not pass through. */
static void
test_stopped (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[]");
  const guint stopped = add (graph, BP_OP_STOP_GRADIENT, a, 0);
  const guint rounded = add (graph, BP_OP_ROUND, a, 0);
  const guint product = add (graph, BP_OP_MULTIPLY, a, stopped);
  const guint loss = add (graph, BP_OP_MULTIPLY, product, rounded);
  g_autoptr (BpSession) session = session_new (graph, loss);

  feed (session, a, 2.5);
  bp_session_forward (session);
  bp_session_backward (session);
  g_assert_cmpfloat (value_of (session, loss), ==, 12.5);
  g_assert_cmpfloat (gradient_of (session, a), ==, 5);
  g_assert_cmpfloat (gradient_of (session, stopped), ==, 0);
  check_backward (session);
  check_gradients (session, 1e-9);
}

/* "Gradients not reset": the variables' gradients add up over iterations, all others start afresh. */
static void
test_keep_parameters (void)
{
  static const char * const shapes[] = { "[1]", "[4]" };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      const double values[] = { 3, 1, 4, 1 };
      g_autoptr (BpGraph) graph = bp_graph_new ();
      const guint x = add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[]");
      const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, shapes[i]);
      const guint product = add (graph, BP_OP_MULTIPLY, x, a);
      const guint loss = add (graph, BP_OP_REDUCE_SUM, product, 0);
      g_autoptr (BpSession) session = session_new (graph, loss);

      feed (session, x, 7);
      bp_session_feed (session, a, values, bp_graph_get_n_elements (graph, a));
      for (guint n = 1; n < 4; n++)
        {
          bp_session_forward (session);
          step_backward (session, TRUE);
          g_assert_cmpfloat (gradient_of (session, a), ==, 7.0 * n);
          g_assert_cmpfloat (gradient_of (session, product), ==, 1);
        }
      step_backward (session, FALSE);
      g_assert_cmpfloat (gradient_of (session, a), ==, 7);
    }
}

/* The first contribution sets: that a zero it brings keeps the sign that clearing and adding gives it. */
static void
test_zero_sign (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint x = add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[]");
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[]");
  const guint loss = add (graph, BP_OP_MULTIPLY, x, a);
  g_autoptr (BpSession) session = session_new (graph, loss);

  feed (session, x, -0.0);
  bp_session_forward (session);
  bp_session_backward (session);
  g_assert_false (signbit (gradient_of (session, a)));
  check_backward (session);
}

/* Random graphs */

/* Sessions on one graph do not see each other. */
static void
test_two_sessions (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[]");
  const guint loss = add (graph, BP_OP_MULTIPLY, a, bp_graph_add_constant (graph, 5));
  g_autoptr (BpSession) one = session_new (graph, loss);
  g_autoptr (BpSession) two = session_new (graph, loss);

  feed (one, a, 1);
  feed (two, a, 2);
  bp_session_forward (one);
  bp_session_forward (two);
  g_assert_cmpfloat (value_of (one, loss), ==, 5);
  g_assert_cmpfloat (value_of (two, loss), ==, 10);
  g_assert_true (bp_session_get_graph (one) == graph);
}

static void
test_out_of_memory (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  g_autoptr (GError) error = NULL;
  guint loss;

  for (guint i = 0; i < 40; i++)
    add_leaf (graph, NULL, BP_OP_PLACEHOLDER, "[16384, 16384]");
  loss = add (graph, BP_OP_SQUARE, add_leaf (graph, "A", BP_OP_VARIABLE, "[]"), 0);
  bp_graph_set_loss (graph, loss);
  g_assert_null (bp_session_new (graph, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_MEMORY);
  g_assert_nonnull (strstr (error->message, "more memory than there is"));
}

/* A deep chain needs no stack. */
static void
test_deep (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  g_autoptr (BpSession) session = NULL;
  guint node = a;

  for (guint i = 0; i < 200000; i++)
    node = add (graph, BP_OP_NEGATIVE, node, 0);
  session = session_new (graph, node);
  feed (session, a, 3);
  bp_session_forward (session);
  bp_session_backward (session);
  g_assert_cmpfloat (value_of (session, node), ==, 3);
  g_assert_cmpfloat (gradient_of (session, a), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session/regression", test_regression);
  g_test_add_func ("/session/classification", test_classification);
  g_test_add_func ("/session/shared-operand", test_shared_operand);
  g_test_add_func ("/session/unused", test_unused);
  g_test_add_func ("/session/loss-is-leaf", test_loss_is_leaf);
  g_test_add_func ("/session/stopped", test_stopped);
  g_test_add_func ("/session/keep-parameters", test_keep_parameters);
  g_test_add_func ("/session/zero-sign", test_zero_sign);
  g_test_add_func ("/session/two-sessions", test_two_sessions);
  g_test_add_func ("/session/out-of-memory", test_out_of_memory);
  g_test_add_func ("/session/deep", test_deep);

  return g_test_run ();
}
