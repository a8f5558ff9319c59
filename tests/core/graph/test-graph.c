/* test-graph.c: nodes, names, who needs a gradient, and that a failure leaves no trace
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "graph/bp-graph.h"
#include "lib/graph-fixture.h"

static guint
add (BpGraph    *graph,
     const char *name,
     BpOp        op,
     guint       a,
     guint       b)
{
  const guint inputs[] = { a, b };
  g_autoptr (GError) error = NULL;
  guint node = bp_graph_add (graph, name, op, inputs, NULL, &error);

  g_assert_no_error (error);

  return node;
}

static void
test_nodes (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint x = add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[4]");
  const guint a = add_leaf (graph, "A", BP_OP_VARIABLE, "[1]");
  const guint w = add_leaf (graph, "W", BP_OP_VARIABLE, "[2, 1]");
  const guint two = bp_graph_add_constant (graph, 2);
  const guint y = add (graph, "y", BP_OP_MULTIPLY, x, a);
  const guint z = add (graph, NULL, BP_OP_ADD, y, w);
  const BpOpAttributes last_axis = { .axis = -1, .has_axis = TRUE };
  const guint s = bp_graph_add (graph, "s", BP_OP_REDUCE_SUM, &z, &last_axis, NULL);
  g_autofree char *shape = bp_shape_to_string (bp_graph_get_shape (graph, z));

  g_assert_cmpuint (bp_graph_get_n_nodes (graph), ==, 7);
  g_assert_cmpint (bp_graph_get_op (graph, z), ==, BP_OP_ADD);
  g_assert_cmpuint (bp_graph_get_n_inputs (graph, z), ==, 2);
  g_assert_cmpuint (bp_graph_get_input (graph, z, 0), ==, y);
  g_assert_cmpuint (bp_graph_get_input (graph, z, 1), ==, w);
  g_assert_cmpuint (bp_graph_get_n_inputs (graph, x), ==, 0);
  g_assert_cmpstr (shape, ==, "[2, 4]");
  g_assert_cmpuint (bp_graph_get_n_elements (graph, z), ==, 8);
  g_assert_cmpuint (bp_graph_get_n_elements (graph, s), ==, 2);
  g_assert_cmpint (bp_graph_get_attributes (graph, s)->axis, ==, -1);
  g_assert_true (bp_graph_get_attributes (graph, s)->has_axis);
  g_assert_false (bp_graph_get_attributes (graph, z)->has_axis);
  g_assert_cmpfloat (bp_graph_get_attributes (graph, two)->value, ==, 2);
  g_assert_cmpuint (bp_graph_get_shape (graph, two)->rank, ==, 0);
  g_assert_cmpuint (bp_graph_get_n_variables (graph), ==, 2);
  g_assert_cmpuint (bp_graph_get_variable (graph, 1), ==, w);
  g_assert_cmpuint (bp_graph_get_n_placeholders (graph), ==, 1);
  g_assert_cmpuint (bp_graph_get_placeholder (graph, 0), ==, x);
  g_assert_cmpuint (bp_graph_get_n_parameters (graph), ==, 3);
  g_assert_cmpuint (bp_graph_get_loss (graph), ==, BP_NODE_NONE);
}

static void
test_names (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint x = add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[]");
  const guint first = add (graph, NULL, BP_OP_MULTIPLY, x, x);
  const guint second = add (graph, NULL, BP_OP_MULTIPLY, x, x);
  const guint two = bp_graph_add_constant (graph, 2);
  const guint two_again = bp_graph_add_constant (graph, 2);
  const guint small = bp_graph_add_constant (graph, -0.02);

  g_assert_cmpstr (bp_graph_get_name (graph, x), ==, "x");
  g_assert_cmpstr (bp_graph_get_name (graph, first), ==, "multiply");
  g_assert_cmpstr (bp_graph_get_name (graph, second), ==, "multiply_1");
  g_assert_cmpstr (bp_graph_get_name (graph, two), ==, "2");
  g_assert_cmpstr (bp_graph_get_name (graph, two_again), ==, "2_1");
  g_assert_cmpstr (bp_graph_get_name (graph, small), ==, "-0.02");
  g_assert_false (bp_graph_is_anonymous (graph, x));
  g_assert_true (bp_graph_is_anonymous (graph, first));
  g_assert_true (bp_graph_is_anonymous (graph, two));
  g_assert_cmpuint (bp_graph_find (graph, "x"), ==, x);
  g_assert_cmpuint (bp_graph_find (graph, "multiply_1"), ==, second);
  g_assert_cmpuint (bp_graph_find (graph, "2_1"), ==, two_again);
  g_assert_cmpuint (bp_graph_find (graph, "multiply_2"), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_graph_find (graph, "multiply_01"), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_graph_find (graph, "multiply_0"), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_graph_find (graph, "multiply_"), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_graph_find (graph, "multiply_99999999999999999999"), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_graph_find (graph, "X"), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_graph_find (graph, ""), ==, BP_NODE_NONE);
}

static void
test_rename (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint x = add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[]");
  const guint y = add (graph, NULL, BP_OP_SQUARE, x, x);
  g_autoptr (GError) error = NULL;

  g_assert_true (bp_graph_rename (graph, y, "y", NULL));
  g_assert_cmpstr (bp_graph_get_name (graph, y), ==, "y");
  g_assert_false (bp_graph_is_anonymous (graph, y));
  g_assert_cmpuint (bp_graph_find (graph, "square"), ==, BP_NODE_NONE);
  g_assert_true (bp_graph_rename (graph, y, bp_graph_get_name (graph, y), NULL));
  g_assert_false (bp_graph_rename (graph, y, "x", &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, "there is already a node named “x”; each name stands for one node");
  g_assert_cmpstr (bp_graph_get_name (graph, y), ==, "y");
  g_assert_true (bp_graph_rename (graph, y, "z", NULL));
  g_assert_cmpuint (bp_graph_find (graph, "y"), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_graph_find (graph, "z"), ==, y);
  /* The name that became free is the next one's. */
  g_assert_cmpstr (bp_graph_get_name (graph, add (graph, NULL, BP_OP_SQUARE, x, x)), ==, "square");
  g_assert_cmpstr (bp_graph_get_name (graph, add (graph, "y", BP_OP_SQUARE, x, x)), ==, "y");
}

/* Made names yield to those that users give, before and after. */
static void
test_names_yield (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint x = add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[]");
  const guint made[] = { add (graph, NULL, BP_OP_ADD, x, x), add (graph, NULL, BP_OP_ADD, x, x) };
  const guint taken = add (graph, "add_3", BP_OP_ADD, x, x);
  guint user, last;

  g_assert_cmpstr (bp_graph_get_name (graph, made[0]), ==, "add");
  user = add (graph, "add", BP_OP_NEGATIVE, x, x);
  g_assert_cmpstr (bp_graph_get_name (graph, user), ==, "add");
  g_assert_cmpstr (bp_graph_get_name (graph, made[0]), ==, "add_2");
  g_assert_true (bp_graph_is_anonymous (graph, made[0]));
  g_assert_cmpuint (bp_graph_find (graph, "add"), ==, user);
  g_assert_cmpuint (bp_graph_find (graph, "add_1"), ==, made[1]);
  g_assert_cmpuint (bp_graph_find (graph, "add_2"), ==, made[0]);
  g_assert_cmpuint (bp_graph_find (graph, "add_3"), ==, taken);
  last = add (graph, NULL, BP_OP_ADD, x, x);
  g_assert_cmpstr (bp_graph_get_name (graph, last), ==, "add_4");
  g_assert_true (bp_graph_rename (graph, x, "add_4", NULL));
  g_assert_cmpstr (bp_graph_get_name (graph, last), ==, "add_5");
  /* A name that its user gives up is nobody's. */
  g_assert_true (bp_graph_rename (graph, user, "other", NULL));
  g_assert_cmpuint (bp_graph_find (graph, "add"), ==, BP_NODE_NONE);
}

/* Under random additions and renamings each name is one node's, and is found. */
static void
test_names_random (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[]");
  for (guint i = 0; i < 2000; i++)
    {
      const int number = g_rand_int_range (rand, 0, 60);
      g_autofree char *name = number == 0 ? g_strdup ("add") : g_strdup_printf ("add_%d", number);

      if (g_rand_boolean (rand))
        bp_graph_rename (graph, g_rand_int_range (rand, 0, bp_graph_get_n_nodes (graph)), name, NULL);
      else if (bp_graph_get_n_nodes (graph) < 200)
        bp_graph_add (graph, g_rand_int_range (rand, 0, 4) == 0 ? name : NULL, BP_OP_ADD, (guint[]) { 0, 0 },
                      NULL, NULL);
      for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
        g_assert_cmpuint (bp_graph_find (graph, bp_graph_get_name (graph, node)), ==, node);
    }
}

static void
test_failures (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint x = add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[2]");
  const guint y = add_leaf (graph, "y", BP_OP_VARIABLE, "[3]");
  const guint inputs[] = { x, y };
  const BpOpAttributes huge = { .shape = { 2, { 1 << 20, 1 << 20, 1, 1 } } };
  const BpOpAttributes empty = { .shape = { 1, { 0, 1, 1, 1 } } };
  const BpOpAttributes deep = { .shape = { 5, { 1, 1, 1, 1 } } };
  const BpOpAttributes one = { .shape = { 1, { 1, 1, 1, 1 } } };
  const struct {
    const char *name;
    BpOp op;
    const BpOpAttributes *attributes;
    BpError code;
  } cases[] = {
    { "z", BP_OP_ADD, NULL, BP_ERROR_SHAPE }, { NULL, BP_OP_MATMUL, NULL, BP_ERROR_SHAPE },
    { "x", BP_OP_SQUARE, NULL, BP_ERROR_VALUE }, { "y", BP_OP_VARIABLE, &one, BP_ERROR_VALUE },
    { "z", BP_OP_VARIABLE, &huge, BP_ERROR_SHAPE }, { "z", BP_OP_PLACEHOLDER, &empty, BP_ERROR_SHAPE },
    { NULL, BP_OP_VARIABLE, &deep, BP_ERROR_SHAPE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (bp_graph_add (graph, cases[i].name, cases[i].op, inputs, cases[i].attributes, &error), ==,
                        BP_NODE_NONE);
      g_assert_error (error, BP_ERROR, (int) cases[i].code);
      g_assert_cmpuint (bp_graph_get_n_nodes (graph), ==, 2);
      g_assert_cmpuint (bp_graph_get_n_variables (graph), ==, 1);
      g_assert_cmpuint (bp_graph_get_n_placeholders (graph), ==, 1);
      g_assert_cmpuint (bp_graph_get_n_parameters (graph), ==, 3);
      g_assert_cmpuint (bp_graph_find (graph, "z"), ==, BP_NODE_NONE);
    }
  /* The names that failed are still free. */
  g_assert_cmpstr (bp_graph_get_name (graph, add (graph, "z", BP_OP_SQUARE, x, x)), ==, "z");
  g_assert_cmpstr (bp_graph_get_name (graph, add_leaf (graph, NULL, BP_OP_VARIABLE, "[1]")), ==, "variable");
}

static void
test_needs_gradient (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint x = add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[]");
  const guint a = add_leaf (graph, "a", BP_OP_VARIABLE, "[]");
  const guint b = add_leaf (graph, "b", BP_OP_VARIABLE, "[]");
  const guint unused = add_leaf (graph, "unused", BP_OP_VARIABLE, "[]");
  const guint data = add (graph, "data", BP_OP_SQUARE, x, x);
  const guint product = add (graph, "product", BP_OP_MULTIPLY, data, a);
  const guint stopped = add (graph, "stopped", BP_OP_STOP_GRADIENT, product, 0);
  const guint before_round = add (graph, "before_round", BP_OP_SQUARE, b, b);
  const guint rounded = add (graph, "rounded", BP_OP_ROUND, before_round, 0);
  const guint aside = add (graph, "aside", BP_OP_EXP, product, 0);
  const guint sum = add (graph, "sum", BP_OP_ADD, product, stopped);
  const guint loss = add (graph, "loss", BP_OP_ADD, sum, rounded);
  const guint after = add (graph, "after", BP_OP_ROUND, loss, 0);
  const guint needing[] = { a, product, sum, loss };

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    g_assert_false (bp_graph_needs_gradient (graph, node));
  bp_graph_set_loss (graph, loss);
  g_assert_cmpuint (bp_graph_get_loss (graph), ==, loss);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      gboolean expected = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (needing); i++)
        expected |= node == needing[i];
      g_assert_cmpint (bp_graph_needs_gradient (graph, node), ==, expected);
    }
  /* Another loss, another set. */
  bp_graph_set_loss (graph, aside);
  g_assert_true (bp_graph_needs_gradient (graph, aside));
  g_assert_true (bp_graph_needs_gradient (graph, a));
  g_assert_false (bp_graph_needs_gradient (graph, loss));
  g_assert_false (bp_graph_needs_gradient (graph, unused));

  bp_graph_set_evaluation (graph, after);
  g_assert_true (bp_graph_is_evaluation (graph, after));
  g_assert_false (bp_graph_is_evaluation (graph, loss));
}

static void
test_shared_by_references (void)
{
  BpGraph *graph = bp_graph_new ();

  add_leaf (graph, "x", BP_OP_PLACEHOLDER, "[]");
  g_assert_true (bp_graph_ref (graph) == graph);
  bp_graph_unref (graph);
  g_assert_cmpuint (bp_graph_get_n_nodes (graph), ==, 1);
  bp_graph_unref (graph);
}

/* Nothing is quadratic: a hundred thousand nodes are built and asked for in a moment. */
static void
test_large (void)
{
  const guint n = 100000;
  g_autoptr (BpGraph) graph = bp_graph_new ();
  guint node = add_leaf (graph, "A", BP_OP_VARIABLE, "[]");

  for (guint i = 0; i < n; i++)
    node = add (graph, NULL, i % 2 == 0 ? BP_OP_SIN : BP_OP_COS, node, 0);
  bp_graph_set_loss (graph, node);
  g_assert_true (bp_graph_needs_gradient (graph, bp_graph_find (graph, "A")));
  g_assert_cmpstr (bp_graph_get_name (graph, node), ==, "cos_49999");
  for (guint i = 1; i <= n; i += 997)
    g_assert_cmpuint (bp_graph_find (graph, bp_graph_get_name (graph, i)), ==, i);
  for (guint i = 0; i < 10000; i++)
    bp_graph_add_constant (graph, 2);
  g_assert_cmpuint (bp_graph_find (graph, "2_9999"), ==, n + 10000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph/nodes", test_nodes);
  g_test_add_func ("/graph/names", test_names);
  g_test_add_func ("/graph/rename", test_rename);
  g_test_add_func ("/graph/names-yield", test_names_yield);
  g_test_add_func ("/graph/names-random", test_names_random);
  g_test_add_func ("/graph/failures", test_failures);
  g_test_add_func ("/graph/needs-gradient", test_needs_gradient);
  g_test_add_func ("/graph/shared-by-references", test_shared_by_references);
  g_test_add_func ("/graph/large", test_large);

  return g_test_run ();
}
