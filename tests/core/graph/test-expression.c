/* test-expression.c: expressions to nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/bp-error.h"
#include "graph/bp-expression.h"
#include "lib/graph-fixture.h"

/* The node written out: its op's name and in parentheses its inputs', down to the leaves and constants. */
static char *
write_out (BpGraph *graph,
           guint    node)
{
  GString *text;

  if (bp_graph_get_n_inputs (graph, node) == 0)
    {
      if (bp_graph_get_op (graph, node) != BP_OP_CONSTANT)
        return g_strdup (bp_graph_get_name (graph, node));
      return g_strdup_printf ("%g", bp_graph_get_attributes (graph, node)->value);
    }

  text = g_string_new (bp_op_get_class (bp_graph_get_op (graph, node))->name);
  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    {
      g_autofree char *input = write_out (graph, bp_graph_get_input (graph, node, i));

      g_string_append_printf (text, i == 0 ? "(%s" : ", %s", input);
    }
  g_string_append_c (text, ')');

  return g_string_free (text, FALSE);
}

static const struct {
  const char *text;
  const char *expected;
} structures[] = {
  { "A", "A" },
  { "2", "2" },
  { "-2", "-2" },
  { "- 2", "-2" },
  { ".5", "0.5" },
  { "5.", "5" },
  { "1e-3", "0.001" },
  { "2E2", "200" },
  { "010", "10" },
  { "99999999999999999999", "1e+20" },
  { "A + 1 - 2", "subtract(add(A, 1), 2)" },
  { "A - (1 - 2)", "subtract(A, subtract(1, 2))" },
  { "A * 2 / 3", "divide(multiply(A, 2), 3)" },
  { "1 + A * 2", "add(1, multiply(A, 2))" },
  { "(1 + A) * 2", "multiply(add(1, A), 2)" },
  { "2 ** 3 ** A", "pow(2, pow(3, A))" },
  { "A * 2 ** 3", "multiply(A, pow(2, 3))" },
  { "-A ** 2", "negative(pow(A, 2))" },
  { "-2 ** 2", "negative(pow(2, 2))" },
  { "(-2) ** 2", "pow(-2, 2)" },
  { "A ** -2", "pow(A, -2)" },
  { "A ** -A ** 2", "pow(A, negative(pow(A, 2)))" },
  { "--A", "negative(negative(A))" },
  { "A - -1", "subtract(A, -1)" },
  { "A--1", "subtract(A, -1)" },
  { "-A * A", "multiply(negative(A), A)" },
  { "\tsquare\n( x_data*A - y_target )", "square(subtract(multiply(x_data, A), y_target))" },
  { "maximum(A, 0)", "maximum(A, 0)" },
  { "maximum(y=A, x=0)", "maximum(0, A)" },
  { "leaky_relu(A)", "leaky_relu(A, 0.2)" },
  { "leaky_relu(alpha=0.01, x=A)", "leaky_relu(A, 0.01)" },
  { "sigmoid_cross_entropy_with_logits(labels=y_target, logits=A)",
    "sigmoid_cross_entropy_with_logits(y_target, A)" },
  { "sigmoid_cross_entropy_with_logits(logits=A, labels=y_target)",
    "sigmoid_cross_entropy_with_logits(y_target, A)" },
  { "sigmoid_cross_entropy_with_logits(y_target, A)", "sigmoid_cross_entropy_with_logits(y_target, A)" },
  { "softmax_cross_entropy_with_logits(labels=W, logits=W + 1)", "softmax_cross_entropy_with_logits(W, add(W, 1))" },
  { "matmul(transpose(W), W)", "matmul(transpose(W), W)" },
  { "A + 1 > 2 * A", "greater(add(A, 1), multiply(2, A))" },
  { "A<2", "less(A, 2)" },
  { "A >= 2", "greater_equal(A, 2)" },
  { "A<=-2", "less_equal(A, -2)" },
  { "A == 2", "equal(A, 2)" },
  { "A != 2", "not_equal(A, 2)" },
  { "-(A > 2)", "negative(greater(A, 2))" },
  { "where(A > 2, A, 0)", "where(greater(A, 2), A, 0)" },
  { "where(y=1, condition=A==2, x=A)", "where(equal(A, 2), A, 1)" },
  { "where(A, A, 1)", "where(not_equal(A, 0), A, 1)" },
  { "concat([W, W], 0)", "concat(W, W)" },
  { "concat([W, W + 1, W], axis=-1)", "concat(concat(W, add(W, 1)), W)" },
  { "concat(axis=0, values=[W])", "W" },
  { "stack([A, 1 * A], 0)", "stack(A, multiply(1, A))" },
  { "stack([A, A, A], -1)", "concat(stack(A, A), expand_dims(A))" },
  { "stack([A], 0)", "expand_dims(A)" },
  { "dropout(W, 0.25)", "dropout(W, mask)" },
  { "argmax(W, 1)", "argmax(W)" },
  { "sparse_softmax_cross_entropy_with_logits(labels=argmax(W, 1), logits=W)",
    "sparse_softmax_cross_entropy_with_logits(argmax(W), W)" },
};

static void
test_structure (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (structures); i++)
    {
      g_autoptr (BpGraph) graph = create_graph ();
      g_autoptr (GError) error = NULL;
      guint node = bp_expression_add_to_graph (graph, structures[i].text, NULL, &error);
      g_autofree char *written = NULL;

      g_assert_no_error (error);
      written = write_out (graph, node);
      g_assert_cmpstr (written, ==, structures[i].expected);
    }
}

static void
test_attributes (void)
{
  static const struct {
    const char *text;
    const char *shape;
  } cases[] = {
    { "expand_dims(W, 0)", "[1, 2, 3]" },
    { "expand_dims(W, axis=1)", "[2, 1, 3]" },
    { "expand_dims(axis=-1, x=W)", "[2, 3, 1]" },
    { "reduce_sum(W)", "[]" },
    { "reduce_sum(W, 0)", "[3]" },
    { "reduce_mean(W, axis=-1)", "[2]" },
    { "reduce_max(W, 0)", "[3]" },
    { "reduce_min(W)", "[]" },
    { "reshape(W, [3, 2])", "[3, 2]" },
    { "reshape(W, shape=[-1])", "[6]" },
    { "reshape(W, [3, -1])", "[3, 2]" },
    { "reshape(W, [1, - 1, 6])", "[1, 1, 6]" },
    { "reshape(A, [])", "[]" },
    { "one_hot(W, 4)", "[2, 3, 4]" },
    { "argmax(W, axis=-1)", "[2]" },
    { "clip_by_value(W, -0.5, 1)", "[2, 3]" },
    { "clip_by_value(max=1, min=-1e300, x=W)", "[2, 3]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpGraph) graph = create_graph ();
      g_autoptr (GError) error = NULL;
      guint node = bp_expression_add_to_graph (graph, cases[i].text, NULL, &error);
      g_autofree char *shape = NULL;

      g_assert_no_error (error);
      /* Numbers that are arguments are no nodes. */
      g_assert_cmpuint (bp_graph_get_n_nodes (graph), ==, 5);
      shape = bp_shape_to_string (bp_graph_get_shape (graph, node));
      g_assert_cmpstr (shape, ==, cases[i].shape);
    }
}

/* Every function of the table that takes nodes alone can be called. */
static void
test_functions (void)
{
  for (BpOp op = 0; op < BP_N_OPS; op++)
    {
      const BpOpClass *class = bp_op_get_class (op);
      g_autoptr (BpGraph) graph = create_graph ();
      g_autofree char *text = g_strdup_printf (class->n_inputs == 3 ? "%s(W, W, W)" : class->n_inputs == 2 ? "%s(W, W)"
                                                                                       : "%s(W)", class->name);
      guint node;
      BpOp found;

      if (!bp_op_find (class->name, &found) || op == BP_OP_EXPAND_DIMS || op == BP_OP_RESHAPE || op == BP_OP_MATMUL
          || op == BP_OP_CLIP_BY_VALUE || op == BP_OP_DROPOUT || op == BP_OP_CONCAT || op == BP_OP_STACK
          || op == BP_OP_ONE_HOT || op == BP_OP_ARGMAX || op == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY)
        continue;
      node = bp_expression_add_to_graph (graph, text, "node", NULL);
      g_assert_cmpuint (node, !=, BP_NODE_NONE);
      g_assert_cmpint (bp_graph_get_op (graph, node), ==, op);
    }
}

static void
test_names (void)
{
  g_autoptr (BpGraph) graph = create_graph ();
  g_autoptr (GError) error = NULL;
  guint n_nodes = bp_graph_get_n_nodes (graph);
  guint loss = bp_expression_add_to_graph (graph, "square(x_data * A - y_target)", "loss", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (bp_graph_get_n_nodes (graph), ==, n_nodes + 3);
  g_assert_cmpuint (bp_graph_find (graph, "loss"), ==, loss);
  g_assert_false (bp_graph_is_anonymous (graph, loss));
  g_assert_true (bp_graph_is_anonymous (graph, loss - 1));
  g_assert_cmpstr (bp_graph_get_name (graph, loss - 1), ==, "subtract");
  g_assert_cmpuint (bp_graph_find (graph, "square"), ==, BP_NODE_NONE);

  /* What the user did not name cannot be referred to and gives way; a function's name can be a node's. */
  g_assert_cmpuint (bp_expression_add_to_graph (graph, "subtract + 1", NULL, NULL), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_expression_add_to_graph (graph, "subtract(A, 1)", "subtract", &error), !=, BP_NODE_NONE);
  g_assert_no_error (error);
  g_assert_cmpuint (bp_expression_add_to_graph (graph, "square(subtract)", NULL, &error), !=, BP_NODE_NONE);
  g_assert_no_error (error);
}

/* Another name for a node is a node. Blanks may be any that are copied. */
static void
test_identity (void)
{
  static const char * const texts[] = { "A", " (A)", "identity(A)", "\302\240( A\343\200\200)" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BpGraph) graph = create_graph ();
      g_autoptr (GError) error = NULL;
      guint a = bp_graph_find (graph, "A");
      guint node = bp_expression_add_to_graph (graph, texts[i], "same", &error);

      g_assert_no_error (error);
      g_assert_cmpint (bp_graph_get_op (graph, node), ==, BP_OP_IDENTITY);
      g_assert_cmpuint (bp_graph_get_input (graph, node, 0), ==, a);
      g_assert_cmpstr (bp_graph_get_name (graph, node), ==, "same");
      g_assert_cmpstr (bp_graph_get_name (graph, a), ==, "A");
      g_assert_cmpuint (bp_expression_add_to_graph (graph, "A", NULL, NULL), ==, a);
    }
}

static void
test_constants (void)
{
  g_autoptr (BpGraph) graph = create_graph ();
  guint n_nodes = bp_graph_get_n_nodes (graph);
  guint product = bp_expression_add_to_graph (graph, "2 * A", NULL, NULL);
  guint two = bp_graph_get_input (graph, product, 0);
  guint sum = bp_expression_add_to_graph (graph, "A + 2.0", NULL, NULL);
  guint other = bp_expression_add_to_graph (graph, "A + -2", NULL, NULL);
  guint named, renamed;

  g_assert_cmpuint (bp_graph_get_input (graph, sum, 1), ==, two);
  g_assert_cmpuint (bp_graph_get_input (graph, other, 1), !=, two);
  g_assert_cmpuint (bp_graph_get_n_nodes (graph), ==, n_nodes + 5);
  g_assert_cmpstr (bp_graph_get_name (graph, two), ==, "2");

  /* A named constant is a node of its own, also where its number was there before. */
  named = bp_expression_add_to_graph (graph, "2", "two", NULL);
  g_assert_cmpuint (named, !=, two);
  g_assert_cmpstr (bp_graph_get_name (graph, named), ==, "two");
  renamed = bp_expression_add_to_graph (graph, "3", "three", NULL);
  g_assert_cmpfloat (bp_graph_get_attributes (graph, renamed)->value, ==, 3);
  g_assert_cmpuint (bp_graph_get_input (graph, bp_expression_add_to_graph (graph, "A * 3", NULL, NULL), 1), !=,
                    renamed);
}

static void
test_get_names (void)
{
  static const BpNameUse expected[] = { { (char *) "b", 8 }, { (char *) "a", 23 }, { (char *) "b", 28 } };
  g_autoptr (GArray) none = bp_expression_get_names ("é");
  g_autoptr (GArray) names = bp_expression_get_names ("square(b) + maximum(x=a, y=b) * 2");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (names->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < names->len; i++)
    {
      g_assert_cmpstr (g_array_index (names, BpNameUse, i).name, ==, expected[i].name);
      g_assert_cmpuint (g_array_index (names, BpNameUse, i).column, ==, expected[i].column);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expression/structure", test_structure);
  g_test_add_func ("/expression/attributes", test_attributes);
  g_test_add_func ("/expression/functions", test_functions);
  g_test_add_func ("/expression/names", test_names);
  g_test_add_func ("/expression/identity", test_identity);
  g_test_add_func ("/expression/constants", test_constants);
  g_test_add_func ("/expression/get-names", test_get_names);

  return g_test_run ();
}
