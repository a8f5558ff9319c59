/* test-session-gradients.c: gradients of random graphs, by central differences and node by node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-session.h"
#include "lib/gradient-error.h"
#include "lib/graph-fixture.h"

#include <math.h>
#include "core/session/session-fixture.h"

/* Shapes of gradients */

/* A parameter stretched over a batch, matrices of 1×1 beside larger ones, and tensors evaluated aside. */
static void
test_mixed (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  const guint x = add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[5]");
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  const guint w = add_leaf (graph, "W", BP_OP_VARIABLE, "[1, 1]");
  const guint v = add_leaf (graph, "V", BP_OP_VARIABLE, "[2, 3]");
  const guint square = add (graph, BP_OP_SQUARE, a, 0);
  const guint product = add (graph, BP_OP_MULTIPLY, x, square);
  const guint mean = add (graph, BP_OP_REDUCE_MEAN, product, 0);
  const guint scalar = add (graph, BP_OP_MATMUL, w, w);
  const guint turned = add (graph, BP_OP_TRANSPOSE, scalar, 0);
  const guint gram = add (graph, BP_OP_MATMUL, v, add (graph, BP_OP_TRANSPOSE, v, 0));
  const guint scaled = add (graph, BP_OP_ADD, gram, turned);
  const guint total = add (graph, BP_OP_REDUCE_SUM, add (graph, BP_OP_TANH, scaled, 0), 0);
  const guint tail = add (graph, BP_OP_ADD, add (graph, BP_OP_MULTIPLY, mean, total), a);
  const guint loss = add (graph, BP_OP_SQUARE, add (graph, BP_OP_MULTIPLY, tail, w), 0);
  const guint aside = add (graph, BP_OP_ROUND, product, 0);
  g_autoptr (BpSession) session = NULL;
  double values[6];

  bp_graph_set_evaluation (graph, aside);
  session = session_new (graph, loss);
  for (guint i = 0; i < 5; i++)
    values[i] = g_rand_double (rand);
  bp_session_feed (session, x, values, 5);
  for (gsize i = 0; i < bp_graph_get_n_parameters (graph); i++)
    bp_session_get_parameters (session)[i] = g_rand_double_range (rand, 0.1, 0.6);
  g_assert_cmpuint (bp_graph_get_n_parameters (graph), ==, 8);
  g_assert_true (bp_session_get_value (session, v) == bp_session_get_parameters (session) + 2);
  bp_session_forward (session);
  check_backward (session);
  check_gradients (session, 1e-8);
  bp_session_get_parameters (session)[0] = 4;
  bp_session_forward (session);
  g_assert_cmpfloat (bp_session_get_value (session, aside)[4], ==, 0);
  bp_session_forward_evaluation (session);
  g_assert_cmpfloat (bp_session_get_value (session, aside)[4], ==, rint (16 * values[4]));
}

/* Random graphs */

typedef struct {
  BpGraph *graph;
  GRand   *rand;
} Maker;

/* Often one of the latest, so that much of the graph leads to the loss. */
static guint
pick (Maker *maker)
{
  const gint n = bp_graph_get_n_nodes (maker->graph);

  return g_rand_int_range (maker->rand, g_rand_boolean (maker->rand) ? n - 4 : 0, n);
}

/* A node between 0.4 and 2.7, for what only takes positive numbers. */
static guint
pick_positive (Maker *maker)
{
  return add (maker->graph, BP_OP_EXP, add (maker->graph, BP_OP_TANH, pick (maker), 0), 0);
}

/* A node that stands at no kink by construction, as log(exp(x)) beside x would at that of maximum. */
static guint
pick_off_kink (Maker *maker)
{
  return add (maker->graph, BP_OP_ADD, pick (maker), bp_graph_add_constant (maker->graph, 0.123));
}

/* Adds a random op to random nodes where their shapes fit, and keeps what can grow within bounds. */
static void
add_random (Maker *maker)
{
  const BpOp op = g_rand_int_range (maker->rand, BP_OP_ADD, BP_N_OPS);
  const BpOpClass *class = bp_op_get_class (op);
  const gboolean positive = op == BP_OP_POW || op == BP_OP_SQRT || op == BP_OP_LOG || op == BP_OP_LOG1P;
  const gboolean kinked = op == BP_OP_RELU || op == BP_OP_LEAKY_RELU || op == BP_OP_MAXIMUM || op == BP_OP_MINIMUM
                          || op == BP_OP_CLIP_BY_VALUE;
  guint inputs[BP_MAX_INPUTS] = {
    positive ? pick_positive (maker) : kinked ? pick_off_kink (maker) : pick (maker), 0, 0
  };
  const BpShape *shape = bp_graph_get_shape (maker->graph, inputs[0]);
  BpOpAttributes attributes = {
    .axis = g_rand_int_range (maker->rand, -2, 2), .has_axis = g_rand_boolean (maker->rand),
    .least = -0.3, .greatest = 0.7, .depth = 3,
  };
  gsize n_elements = bp_shape_get_n_elements (shape);
  guint node;

  /* A shared operand is the case that breaks: let it happen often. */
  inputs[1] = g_rand_int_range (maker->rand, 0, 3) == 0 ? inputs[0] : pick (maker);
  inputs[2] = g_rand_int_range (maker->rand, 0, 3) == 0 ? inputs[1] : pick (maker);
  if (op == BP_OP_DIVIDE)
    inputs[1] = pick_positive (maker);
  if (op == BP_OP_ONE_HOT || op == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY)
    inputs[0] = add (maker->graph, BP_OP_GREATER, inputs[0], inputs[0]); /* class 0 */
  if (op == BP_OP_WHERE)
    inputs[0] = add (maker->graph, BP_OP_SIGN, inputs[0], 0); /* what jumps is held fixed */
  attributes.shape = (BpShape) { 2, { n_elements % 2 == 0 ? 2 : 1, 0, 1, 1 } };
  node = bp_graph_add (maker->graph, NULL, op, inputs, &attributes, NULL);
  if (node == BP_NODE_NONE)
    return;
  if (class->n_inputs == 2 || op == BP_OP_SQUARE || op == BP_OP_EXP || op == BP_OP_REDUCE_SUM
      || op == BP_OP_L2_LOSS || op == BP_OP_LOG_SOFTMAX)
    add (maker->graph, BP_OP_TANH, node, 0);
}

/* A sum of means of some late nodes; others stay unused. */
static void
add_loss (Maker *maker)
{
  const guint last = bp_graph_get_n_nodes (maker->graph) - 1;
  guint loss = add (maker->graph, BP_OP_REDUCE_MEAN, last, 0);

  for (guint i = 0; i < 6; i++)
    {
      guint node = last - g_rand_int_range (maker->rand, 0, MIN (last, 20));

      loss = add (maker->graph, BP_OP_ADD, loss, add (maker->graph, BP_OP_REDUCE_MEAN, node, 0));
    }
  bp_graph_set_loss (maker->graph, loss);
}

static BpGraph *
make_random (GRand    *rand,
             gboolean  scalars)
{
  static const char * const shapes[] = {
    "[]", "[1]", "[1, 1]", "[2]", "[2, 3]", "[3, 2]", "[2, 1]", "[1, 3]", "[2, 2, 2]",
  };
  const gint n_shapes = scalars ? 3 : G_N_ELEMENTS (shapes);
  Maker maker = { bp_graph_new (), rand };
  const guint n = g_rand_int_range (rand, 3, 40);

  for (guint i = 0; i < 4; i++)
    {
      add_leaf (maker.graph, NULL, BP_OP_VARIABLE, shapes[g_rand_int_range (rand, 0, n_shapes)]);
      add_leaf (maker.graph, NULL, BP_OP_PLACEHOLDER, shapes[g_rand_int_range (rand, 0, n_shapes)]);
    }
  bp_graph_add_constant (maker.graph, 0.7);
  for (guint i = 0; i < n; i++)
    add_random (&maker);
  add_loss (&maker);

  return maker.graph;
}

static void
feed_random (BpSession *session,
             GRand     *rand)
{
  BpGraph *graph = bp_session_get_graph (session);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_get_op (graph, node) == BP_OP_VARIABLE || bp_graph_get_op (graph, node) == BP_OP_PLACEHOLDER)
      {
        const gsize n = bp_graph_get_n_elements (graph, node);
        g_autofree double *values = g_new (double, n);

        for (gsize i = 0; i < n; i++)
          values[i] = g_rand_double_range (rand, -1.5, 1.5);
        bp_session_feed (session, node, values, n);
      }
}

static void
check_forward (BpSession *session,
               GRand     *rand)
{
  gsize n;
  g_autofree double *whole = NULL;
  g_autoptr (GRand) again = g_rand_copy (rand);

  feed_random (session, rand);
  bp_session_forward (session);
  whole = copy_numbers (session, FALSE, &n);
  /* Other numbers come between, so that nothing is right because it is still there. */
  feed_random (session, rand);
  bp_session_forward (session);
  bp_session_backward (session);
  feed_random (session, again);
  step (session, BP_PHASE_FORWARD);
  assert_same_bits (session, FALSE, whole);
}

static void
test_random_graphs (gconstpointer scalars)
{
  guint n_gradients = 0;

  for (guint seed = 1; seed <= 600; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (BpGraph) graph = make_random (rand, GPOINTER_TO_INT (scalars));
      g_autoptr (BpSession) session = bp_session_new (graph, NULL);

      check_forward (session, rand);
      check_backward (session);
      check_gradients (session, 1e-5);
      for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
        n_gradients += bp_graph_needs_gradient (graph, node);
    }
  /* The graphs are worth the name. */
  g_test_message ("%u gradients", n_gradients);
  g_assert_cmpuint (n_gradients, >, 4000);
}

/* A central difference leaves no trace, even where values are not those of the variables, in the midst of a step. */
static void
test_check_keeps_bits (void)
{
  for (guint seed = 1; seed <= 50; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (BpGraph) graph = make_random (rand, FALSE);
      g_autoptr (BpSession) session = bp_session_new (graph, NULL);
      g_autofree double *values = NULL;
      g_autofree double *gradients = NULL;
      gsize n;

      feed_random (session, rand);
      bp_session_forward (session);
      bp_session_backward (session);
      bp_session_get_parameters (session)[0] += 0.25;
      values = copy_numbers (session, FALSE, &n);
      gradients = copy_numbers (session, TRUE, &n);
      for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
        if (bp_graph_needs_gradient (graph, node))
          get_gradient_error (session, node);
      assert_same_bits (session, FALSE, values);
      assert_same_bits (session, TRUE, gradients);
    }
}

/* What does not depend on the node is held fixed: between an update and the next forward the check still holds. */
static void
test_check_after_update (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[]");
  const guint b = add_leaf (graph, "B", BP_OP_VARIABLE, "[]");
  const guint left = add (graph, BP_OP_SQUARE, a, 0);
  const guint right = add (graph, BP_OP_SQUARE, b, 0);
  const guint loss = add (graph, BP_OP_MULTIPLY, left, right);
  g_autoptr (BpSession) session = session_new (graph, loss);

  feed (session, a, 2);
  feed (session, b, 3);
  bp_session_forward (session);
  bp_session_backward (session);
  feed (session, b, 100);
  g_assert_cmpfloat_with_epsilon (gradient_of (session, left), 9, 1e-8);
  g_assert_cmpfloat (get_gradient_error (session, left), <, 1e-9);
}

/* The check must be able to fail. */
static void
test_check_fails (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[2]");
  const guint loss = add (graph, BP_OP_REDUCE_SUM, add (graph, BP_OP_SQUARE, a, 0), 0);
  g_autoptr (BpSession) session = session_new (graph, loss);

  bp_session_feed (session, a, (double[]) { 1, 2 }, 2);
  bp_session_forward (session);
  bp_session_backward (session);
  g_assert_cmpfloat (get_gradient_error (session, a), <, 1e-9);
  bp_session_get_parameter_gradients (session)[1] = 4.4;
  g_assert_cmpfloat_with_epsilon (get_gradient_error (session, a), 0.4 / 4.4, 1e-6);
  bp_session_get_parameter_gradients (session)[0] = NAN;
  g_assert_true (isnan (get_gradient_error (session, a)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session-gradients/mixed", test_mixed);
  g_test_add_data_func ("/session-gradients/random/scalars", GINT_TO_POINTER (TRUE), test_random_graphs);
  g_test_add_data_func ("/session-gradients/random/tensors", GINT_TO_POINTER (FALSE), test_random_graphs);
  g_test_add_func ("/session-gradients/check/bits", test_check_keeps_bits);
  g_test_add_func ("/session-gradients/check/after-update", test_check_after_update);
  g_test_add_func ("/session-gradients/central-difference/fails", test_check_fails);

  return g_test_run ();
}
