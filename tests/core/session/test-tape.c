/* test-tape.c: instructions against the kernels of the ops, to the bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-session-step.h"
#include "lib/gradient-error.h"

#include <math.h>
#include <string.h>

#define N_LEAVES 40

/* What formulas get wrong first. */
static const double specials[] = { NAN, INFINITY, -INFINITY, 0.0, -0.0, 1, -1, 5e-324, -5e-324, 1e308, -1e308 };

/* Which NaN it is that comes out of two is up to the compiler. */
static void
assert_same_bits (const double *numbers,
                  const double *expected,
                  gsize         n)
{
  for (gsize i = 0; i < n; i++)
    if (!(isnan (numbers[i]) && isnan (expected[i])) && memcmp (&numbers[i], &expected[i], sizeof (double)) != 0)
      g_error ("number %" G_GSIZE_FORMAT " is %.17g instead of %.17g", i, numbers[i], expected[i]);
}

static void
fill (GRand  *rand,
      double *numbers,
      gsize   n)
{
  for (gsize i = 0; i < n; i++)
    numbers[i] = g_rand_boolean (rand) ? g_rand_double_range (rand, -2, 2)
                                       : specials[g_rand_int_range (rand, 0, G_N_ELEMENTS (specials))];
}

/* Mostly leaves, so that special numbers do not make everything NaN. */
static guint
draw_input (GRand *rand,
            guint  before)
{
  if (g_rand_int_range (rand, 0, 3) > 0)
    return g_rand_int_range (rand, 0, N_LEAVES);

  return g_rand_int_range (rand, MAX (before, 5) - 5, before);
}

typedef struct {
  BpGraph *graph;
  GRand   *rand;
  GArray  *scalars; /* what is drawn from */
} Maker;

static guint
add (Maker *maker,
     BpOp   op,
     guint  a,
     guint  b)
{
  const guint inputs[] = { a, b };
  const guint node = bp_graph_add (maker->graph, NULL, op, inputs, NULL, NULL);

  g_assert_cmpuint (node, !=, BP_NODE_NONE);

  return node;
}

static guint
add_leaf (Maker *maker,
          BpOp   op,
          gsize  size)
{
  const BpOpAttributes attributes = { .shape = { 1, { size } } };
  const guint node = bp_graph_add (maker->graph, NULL, op, NULL, &attributes, NULL);

  if (size == 1)
    g_array_append_val (maker->scalars, node);

  return node;
}

static guint
pick (Maker *maker)
{
  return g_array_index (maker->scalars, guint, draw_input (maker->rand, maker->scalars->len));
}

/* Adds a random scalar op; @bounded: with inputs and results that are finite and at no kink by construction */
static guint
add_scalar (Maker    *maker,
            gboolean  bounded)
{
  const BpOp op = g_rand_int_range (maker->rand, BP_OP_ADD, BP_OP_STOP_GRADIENT + 1);
  const gboolean kinked = op == BP_OP_ABS || op == BP_OP_RELU || op == BP_OP_LEAKY_RELU || op == BP_OP_MAXIMUM
                          || op == BP_OP_MINIMUM;
  const gboolean positive = op == BP_OP_DIVIDE || op == BP_OP_POW || op == BP_OP_SQRT || op == BP_OP_LOG
                            || op == BP_OP_LOG1P;
  guint a = pick (maker), b = g_rand_int_range (maker->rand, 0, 4) == 0 ? a : pick (maker);

  if (bounded && positive)
    a = b = add (maker, BP_OP_EXP, add (maker, BP_OP_TANH, a, 0), 0);
  if (bounded && kinked)
    a = add (maker, BP_OP_ADD, a, bp_graph_add_constant (maker->graph, 0.123));
  a = add (maker, op, a, b);
  if (bounded)
    a = add (maker, BP_OP_TANH, a, 0);
  g_array_append_val (maker->scalars, a);

  return a;
}

/* Random ops on leaves and on each other; every fifth goes into the loss. @n_tensors: of how many ops each time
 * one is of tensors, with kernels between the scalar instructions, 0 for none */
static BpGraph *
make_graph (GRand    *rand,
            guint     n_ops,
            guint     n_tensors,
            gboolean  bounded)
{
  g_autoptr (GArray) scalars = g_array_new (FALSE, FALSE, sizeof (guint));
  Maker maker = { bp_graph_new (), rand, scalars };
  const guint tensor = add_leaf (&maker, BP_OP_VARIABLE, 3);
  guint loss;

  for (guint i = 0; i < N_LEAVES; i++)
    add_leaf (&maker, i % 4 == 0 ? BP_OP_PLACEHOLDER : BP_OP_VARIABLE, 1);
  loss = g_array_index (scalars, guint, 1);
  for (guint i = 0; i < n_ops; i++)
    {
      guint node = add_scalar (&maker, bounded);

      if (n_tensors > 0 && i % n_tensors == 0)
        node = add (&maker, BP_OP_REDUCE_MEAN, add (&maker, BP_OP_MULTIPLY, node, tensor), 0);
      if (i % 5 == 0)
        loss = add (&maker, BP_OP_ADD, loss, node);
    }
  bp_graph_set_loss (maker.graph, loss);

  return maker.graph;
}

static void
feed (BpSession *session,
      GRand     *rand,
      gboolean   bounded)
{
  BpGraph *graph = bp_session_get_graph (session);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_get_op (graph, node) == BP_OP_VARIABLE || bp_graph_get_op (graph, node) == BP_OP_PLACEHOLDER)
      {
        double values[3];

        fill (rand, values, G_N_ELEMENTS (values));
        for (guint i = 0; bounded && i < G_N_ELEMENTS (values); i++)
          values[i] = g_rand_double_range (rand, -1.5, 1.5);
        bp_session_feed (session, node, values, bp_graph_get_n_elements (graph, node));
      }
}

static BpOpArguments
get_arguments (BpSession *session,
               guint      node)
{
  BpGraph *graph = session->graph;
  BpOpArguments arguments = {
    .attributes = bp_graph_get_attributes (graph, node),
    .shape = bp_graph_get_shape (graph, node),
    .output = session->values + session->offsets[node],
    .gradient = session->gradients + session->offsets[node],
  };

  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    {
      const guint input = bp_graph_get_input (graph, node, i);

      arguments.input_shapes[i] = bp_graph_get_shape (graph, input);
      arguments.inputs[i] = session->values + session->offsets[input];
      arguments.input_gradients[i] = bp_graph_needs_gradient (graph, input)
                                     ? session->gradients + session->offsets[input] : NULL;
    }
  bp_op_plan (&arguments);

  return arguments;
}

/* Forward, and backward that clears all gradients and adds to them, without any instruction. */
static void
compute_by_kernels (BpSession *session)
{
  BpGraph *graph = session->graph;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_get_n_inputs (graph, node) > 0)
      {
        const BpOpArguments arguments = get_arguments (session, node);

        bp_op_get_class (bp_graph_get_op (graph, node))->forward (&arguments);
      }

  memset (session->gradients, 0, session->n_elements * sizeof (double));
  session->gradients[session->offsets[bp_graph_get_loss (graph)]] = 1;
  for (guint node = bp_graph_get_n_nodes (graph); node-- > 0;)
    if (bp_graph_get_n_inputs (graph, node) > 0 && bp_graph_needs_gradient (graph, node))
      {
        const BpOpArguments arguments = get_arguments (session, node);

        bp_op_get_class (bp_graph_get_op (graph, node))->backward (&arguments);
      }
}

/* At once, and one instruction after the other with other numbers there before. */
static void
check_against_kernels (BpSession *session,
                       gboolean   bounded,
                       guint      seed)
{
  BpGraph *graph = bp_session_get_graph (session);
  g_autoptr (BpSession) other = bp_session_new (graph, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GRand) again = g_rand_copy (rand);
  guint n;
  const BpInstruction *instructions = bp_session_get_instructions (session, &n);

  feed (session, rand, bounded);
  feed (other, again, bounded);
  compute_by_kernels (other);
  bp_session_step (session);
  assert_same_bits (session->values, other->values, session->n_elements);
  assert_same_bits (session->gradients, other->gradients, session->n_elements);

  feed (session, rand, bounded);
  feed (other, again, bounded);
  compute_by_kernels (other);
  for (guint i = 0; i < n; i++)
    bp_session_execute (session, &instructions[i]);
  assert_same_bits (session->values, other->values, session->n_elements);
  assert_same_bits (session->gradients, other->gradients, session->n_elements);
}

static BpSession *
session_new (guint    seed,
             guint    n_tensors,
             gboolean bounded)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (BpGraph) graph = make_graph (rand, 1000, n_tensors, bounded);
  g_autoptr (GError) error = NULL;
  BpSession *session = bp_session_new (graph, &error);

  g_assert_no_error (error);

  return session;
}

/* Several times in one session, whose gradients then hold other numbers before. */
static void
test_session (gconstpointer n_tensors)
{
  for (guint seed = 1; seed <= 4; seed++)
    {
      const gboolean bounded = seed % 2 == 0;
      g_autoptr (BpSession) session = session_new (seed, GPOINTER_TO_UINT (n_tensors), bounded);

      for (guint i = 0; i < 3; i++)
        check_against_kernels (session, bounded, 10 * seed + i);
    }
}

static void
test_central_difference (void)
{
  g_autoptr (BpSession) session = session_new (7, 10, TRUE);
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  BpGraph *graph = bp_session_get_graph (session);
  guint n_checked = 0;

  feed (session, rand, TRUE);
  bp_session_step (session);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_needs_gradient (graph, node) && (bp_graph_get_n_inputs (graph, node) == 0 || node % 100 == 0))
      {
        g_assert_cmpfloat (get_gradient_error (session, node), <, 1e-5);
        n_checked += bp_session_get_gradient (session, node)[0] != 0;
      }
  g_assert_cmpuint (n_checked, >, 30);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/tape/session/scalars", GUINT_TO_POINTER (0), test_session);
  g_test_add_data_func ("/tape/session/tensors", GUINT_TO_POINTER (7), test_session);
  g_test_add_func ("/tape/session/central-difference", test_central_difference);

  return g_test_run ();
}
