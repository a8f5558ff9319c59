/* test-session.c: forward and backward of whole graphs, whole and node by node, to the bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "session/bp-session.h"
#include "lib/gradient-error.h"

#include <math.h>
#include <string.h>

static guint
add_leaf (BpGraph    *graph,
          const char *name,
          BpOp        op,
          const char *shape)
{
  BpOpAttributes attributes = { 0, };
  g_autoptr (GError) error = NULL;
  guint node;

  bp_shape_parse (shape, &attributes.shape, &error);
  g_assert_no_error (error);
  node = bp_graph_add (graph, name, op, NULL, &attributes, &error);
  g_assert_no_error (error);

  return node;
}

static guint
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

static guint
add (BpGraph *graph,
     BpOp     op,
     guint    a,
     guint    b)
{
  return add_with (graph, op, a, b, NULL);
}

static BpSession *
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

static void
feed (BpSession *session,
      guint      node,
      double     value)
{
  bp_session_feed (session, node, &value, 1);
}

static double
value_of (BpSession *session,
          guint      node)
{
  return bp_session_get_value (session, node)[0];
}

static double
gradient_of (BpSession *session,
             guint      node)
{
  return bp_session_get_gradient (session, node)[0];
}

/* Executes the instructions of a phase one by one. */
static void
step (BpSession *session,
      BpPhase    phase)
{
  guint n;
  const BpInstruction *instructions = bp_session_get_instructions (session, &n);

  for (guint i = 0; i < n; i++)
    if (instructions[i].phase == phase)
      bp_session_execute (session, &instructions[i]);
}

static void
step_backward (BpSession *session,
               gboolean   keep_parameters)
{
  bp_session_set_keeps_parameters (session, keep_parameters);
  step (session, BP_PHASE_BACKWARD);
  bp_session_set_keeps_parameters (session, FALSE);
}

static double *
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

static void
assert_same_bits (BpSession    *session,
                  gboolean      gradients,
                  const double *expected)
{
  gsize n;
  g_autofree double *numbers = copy_numbers (session, gradients, &n);

  g_assert_cmpmem (numbers, n, expected, n);
}

/* backward() and stepping give the same bits, after whatever was there before. */
static void
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

static void
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
  const gboolean positive = op == BP_OP_POW || op == BP_OP_SQRT || op == BP_OP_LOG;
  const gboolean kinked = op == BP_OP_RELU || op == BP_OP_MAXIMUM || op == BP_OP_MINIMUM;
  guint inputs[] = { positive ? pick_positive (maker) : kinked ? pick_off_kink (maker) : pick (maker), 0 };
  const BpShape *shape = bp_graph_get_shape (maker->graph, inputs[0]);
  BpOpAttributes attributes = {
    .axis = g_rand_int_range (maker->rand, -2, 2), .has_axis = g_rand_boolean (maker->rand),
  };
  gsize n_elements = bp_shape_get_n_elements (shape);
  guint node;

  /* A shared operand is the case that breaks: let it happen often. */
  inputs[1] = g_rand_int_range (maker->rand, 0, 3) == 0 ? inputs[0] : pick (maker);
  if (op == BP_OP_DIVIDE)
    inputs[1] = pick_positive (maker);
  attributes.shape = (BpShape) { 2, { n_elements % 2 == 0 ? 2 : 1, 0, 1, 1 } };
  node = bp_graph_add (maker->graph, NULL, op, inputs, &attributes, NULL);
  if (node == BP_NODE_NONE)
    return;
  if (class->n_inputs == 2 || op == BP_OP_SQUARE || op == BP_OP_EXP || op == BP_OP_REDUCE_SUM)
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

  for (guint seed = 1; seed <= 400; seed++)
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
  g_test_add_func ("/session/mixed", test_mixed);
  g_test_add_data_func ("/session/random/scalars", GINT_TO_POINTER (TRUE), test_random_graphs);
  g_test_add_data_func ("/session/random/tensors", GINT_TO_POINTER (FALSE), test_random_graphs);
  g_test_add_func ("/session/check/bits", test_check_keeps_bits);
  g_test_add_func ("/session/check/after-update", test_check_after_update);
  g_test_add_func ("/session/central-difference/fails", test_check_fails);
  g_test_add_func ("/session/two-sessions", test_two_sessions);
  g_test_add_func ("/session/out-of-memory", test_out_of_memory);
  g_test_add_func ("/session/deep", test_deep);

  return g_test_run ();
}
