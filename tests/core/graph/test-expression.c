/* test-expression.c: expressions to nodes, and what is said of those that are none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "graph/bp-expression.h"
#include "lib/graph-fixture.h"

#include <string.h>

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

static void
test_structure (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
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

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpGraph) graph = create_graph ();
      g_autoptr (GError) error = NULL;
      guint node = bp_expression_add_to_graph (graph, cases[i].text, NULL, &error);
      g_autofree char *written = NULL;

      g_assert_no_error (error);
      written = write_out (graph, node);
      g_assert_cmpstr (written, ==, cases[i].expected);
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
test_errors (void)
{
  static const struct {
    const char *text;
    BpError     code;
    const char *message;
  } cases[] = {
    { "", BP_ERROR_SYNTAX, "column 1: a number, a name or “(” was expected" },
    { "   ", BP_ERROR_SYNTAX, "column 4: a number, a name or “(” was expected" },
    { "A +", BP_ERROR_SYNTAX, "column 4: a number, a name or “(” was expected" },
    { "* A", BP_ERROR_SYNTAX, "column 1: a number, a name or “(” was expected" },
    { "A + + A", BP_ERROR_SYNTAX, "column 5: a number, a name or “(” was expected" },
    { "A***2", BP_ERROR_SYNTAX, "column 4: a number, a name or “(” was expected" },
    { "A * * 2", BP_ERROR_SYNTAX, "column 5: a number, a name or “(” was expected" },
    { "()", BP_ERROR_SYNTAX, "column 2: a number, a name or “(” was expected" },
    { "(A", BP_ERROR_SYNTAX, "column 3: an operator or “)” was expected" },
    { "(A, A)", BP_ERROR_SYNTAX, "column 3: an operator or “)” was expected" },
    { "A A", BP_ERROR_SYNTAX, "column 3: an operator or the end was expected" },
    { "A)", BP_ERROR_SYNTAX, "column 2: an operator or the end was expected" },
    { "A = 2", BP_ERROR_SYNTAX, "column 3: an operator or the end was expected" },
    { "[]", BP_ERROR_SYNTAX, "column 2: a number was expected" },
    { "[1", BP_ERROR_SYNTAX, "column 3: “,” or “]” was expected" },
    { "[A]", BP_ERROR_SYNTAX, "column 2: a number was expected" },
    { "A + [[1, 2], [3, 4], [5]]", BP_ERROR_SHAPE,
      "column 22: this row has length 1, but the first has length 2; all rows must be equally long" },
    { "[[[1], [2]], [[3]]]", BP_ERROR_SHAPE,
      "column 14: this row has length 1, but the first has length 2; all rows must be equally long" },
    { "[[1], 2]", BP_ERROR_SHAPE, "column 7: a row in brackets was expected, as before" },
    { "[1, [2]]", BP_ERROR_SHAPE, "column 5: a number was expected, as before" },
    { "[[[[[1]]]]]", BP_ERROR_SHAPE, "column 5: brackets nest at most four deep" },
    { "square(", BP_ERROR_SYNTAX, "column 8: a number, a name or “(” was expected" },
    { "square(A", BP_ERROR_SYNTAX, "column 9: an operator, “,” or “)” was expected" },
    { "A × 2", BP_ERROR_SYNTAX, "column 3: “×” has no meaning in an expression; did you mean “*”?" },
    { "A ^ 2", BP_ERROR_SYNTAX, "column 3: “^” has no meaning in an expression; did you mean “**”?" },
    { "A − 2²", BP_ERROR_SYNTAX, "column 3: “−” has no meaning in an expression; did you mean “-”?" },
    { "2 * π", BP_ERROR_SYNTAX, "column 5: “π” has no meaning in an expression; did you mean “3.141592653589793”?" },
    { "2 * pi", BP_ERROR_UNKNOWN, "column 5: unknown name “pi”; did you mean “3.141592653589793”?" },
    { "ln(A)", BP_ERROR_UNKNOWN, "column 1: unknown function “ln”; did you mean “log”?" },
    { "1 + mean(A)", BP_ERROR_UNKNOWN, "column 5: unknown function “mean”; did you mean “reduce_mean”?" },
    { "A * 1,5", BP_ERROR_VALUE, "column 5: “1,5” has a decimal comma; did you mean “1.5”?" },
    { "(0,25 + A)", BP_ERROR_VALUE, "column 2: “0,25” has a decimal comma; did you mean “0.25”?" },
    { "square(0,25)", BP_ERROR_VALUE, "column 8: “0,25” has a decimal comma; did you mean “0.25”?" },
    { "square(1, 5)", BP_ERROR_SYNTAX, "column 11: too many arguments; write square(x)" },
    { "maximum(A, 0,5)", BP_ERROR_VALUE, "column 12: “0,5” has a decimal comma; did you mean “0.5”?" },
    { "A / A; A", BP_ERROR_SYNTAX, "column 6: “;” has no meaning in an expression" },
    { "\"A\"", BP_ERROR_SYNTAX, "column 1: “\"” has no meaning in an expression" },
    { "A # 2", BP_ERROR_SYNTAX, "column 3: “#” has no meaning in an expression" },
    { "2A", BP_ERROR_SYNTAX, "column 1: “2A” is neither a number nor a name; did you mean “2*A”?" },
    { "A + 0x10", BP_ERROR_SYNTAX, "column 5: “0x10” is neither a number nor a name" },
    { "1.2.3", BP_ERROR_SYNTAX, "column 1: “1.2.3” is neither a number nor a name" },
    { "1e", BP_ERROR_SYNTAX, "column 1: “1e” is neither a number nor a name" },
    { "A.b", BP_ERROR_SYNTAX, "column 2: “.b” is neither a number nor a name" },
    { "A + .", BP_ERROR_VALUE, "column 5: “.” is not a number such as 0.02" },
    { "A + 1e999", BP_ERROR_VALUE, "column 5: “1e999” is too large for a number" },
    { "A + \xff", BP_ERROR_SYNTAX, "column 5: the text is not UTF-8" },
    { "y_targt", BP_ERROR_UNKNOWN, "column 1: unknown name “y_targt”; did you mean “y_target”?" },
    { "A * (A - y_targt)", BP_ERROR_UNKNOWN, "column 10: unknown name “y_targt”; did you mean “y_target”?" },
    { "zzzz", BP_ERROR_UNKNOWN, "column 1: unknown name “zzzz”; known: x_data, y_target, A, W" },
    { "squre(A)", BP_ERROR_UNKNOWN, "column 1: unknown function “squre”; did you mean “square”?" },
    { "frobnicate(A)", BP_ERROR_UNKNOWN, "column 1: unknown function “frobnicate”" },
    { "variable(A)", BP_ERROR_UNKNOWN, "column 1: unknown function “variable”" },
    { "1 + square", BP_ERROR_SYNTAX, "column 5: “square” is a function and needs parentheses after it" },
    { "2 * A(2)", BP_ERROR_SYNTAX, "column 5: “A” is a node, not a function; write “*” to multiply" },
    { "square()", BP_ERROR_SYNTAX, "column 1: an argument is missing; write square(x)" },
    { "1 + square(A, A)", BP_ERROR_SYNTAX, "column 15: too many arguments; write square(x)" },
    { "maximum(A)", BP_ERROR_SYNTAX, "column 1: an argument is missing; write maximum(x, y)" },
    { "leaky_relu(alpha=1)", BP_ERROR_SYNTAX, "column 1: an argument is missing; write leaky_relu(x[, alpha])" },
    { "clip_by_value(A, 0)", BP_ERROR_SYNTAX, "column 1: an argument is missing; write clip_by_value(x, min, max)" },
    { "clip_by_value(A, 0, A)", BP_ERROR_SYNTAX, "column 21: a number was expected" },
    { "clip_by_value(A, 1, -1)", BP_ERROR_VALUE, "column 1: min is 1 and max is -1: nothing lies between them" },
    { "A > 1 > 0", BP_ERROR_SYNTAX, "column 7: an operator or the end was expected" },
    { "A ! 2", BP_ERROR_SYNTAX, "column 3: “!” has no meaning in an expression" },
    { "A > = 2", BP_ERROR_SYNTAX, "column 5: a number, a name or “(” was expected" },
    { "where(A > 1, A)", BP_ERROR_SYNTAX, "column 1: an argument is missing; write where(condition, x, y)" },
    { "concat(W, W)", BP_ERROR_SYNTAX, "column 8: a list such as [x, y] was expected" },
    { "concat([W W], 0)", BP_ERROR_SYNTAX, "column 11: an operator, “,” or “]” was expected" },
    { "concat([], 0)", BP_ERROR_SYNTAX, "column 9: a number, a name or “(” was expected" },
    { "concat([W, W])", BP_ERROR_SYNTAX, "column 1: an argument is missing; write concat([x, y], axis)" },
    { "stack([W, A], 0)", BP_ERROR_SHAPE, "column 1: tensors [2, 3] and [1] cannot be stacked: their shapes differ" },
    { "one_hot(A, 0)", BP_ERROR_VALUE, "column 12: “0” is not a whole number from 1 to 268435456" },
    { "dropout(A, 1)", BP_ERROR_VALUE, "column 12: the rate of dropout is at least 0 and less than 1" },
    { "dropout(A, -0.1)", BP_ERROR_VALUE, "column 12: the rate of dropout is at least 0 and less than 1" },
    { "dropout(A, A)", BP_ERROR_SYNTAX, "column 12: a number was expected" },
    { "dropout(A)", BP_ERROR_SYNTAX, "column 1: an argument is missing; write dropout(x, rate)" },
    { "expand_dims(A)", BP_ERROR_SYNTAX, "column 1: an argument is missing; write expand_dims(x, axis)" },
    { "reduce_sum(A, 0, 0)", BP_ERROR_SYNTAX, "column 18: too many arguments; write reduce_sum(x[, axis])" },
    { "square(A, axis=0)", BP_ERROR_SYNTAX, "column 11: no argument goes by that name; write square(x)" },
    { "sigmoid_cross_entropy_with_logits(labels=A)", BP_ERROR_SYNTAX,
      "column 1: an argument is missing; write sigmoid_cross_entropy_with_logits(labels, logits)" },
    { "softmax_cross_entropy_with_logits(labels=W, label=W)", BP_ERROR_SYNTAX,
      "column 45: no argument goes by that name; write softmax_cross_entropy_with_logits(labels, logits)" },
    { "maximum(x=A, x=A)", BP_ERROR_SYNTAX, "column 14: the argument is given twice; write maximum(x, y)" },
    { "maximum(A, x=A)", BP_ERROR_SYNTAX, "column 12: the argument is given twice; write maximum(x, y)" },
    { "maximum(x=A, A)", BP_ERROR_SYNTAX,
      "column 14: after an argument by name the others go by name too; write maximum(x, y)" },
    { "expand_dims(A, A)", BP_ERROR_SYNTAX, "column 16: a whole number was expected" },
    { "expand_dims(A, -A)", BP_ERROR_SYNTAX, "column 16: a whole number was expected" },
    { "expand_dims(A, 0.5)", BP_ERROR_VALUE, "column 16: “0.5” is not a whole number from -5 to 4" },
    { "expand_dims(A, -9)", BP_ERROR_VALUE, "column 16: “-9” is not a whole number from -5 to 4" },
    { "reshape(W, 6)", BP_ERROR_SYNTAX, "column 12: a shape such as [2, -1] was expected" },
    { "reshape(W, [2 3])", BP_ERROR_SYNTAX, "column 15: “,” or “]” was expected" },
    { "reshape(W, [2,", BP_ERROR_SYNTAX, "column 15: a whole number was expected" },
    { "reshape(W, [-1, -1])", BP_ERROR_SHAPE, "column 1: a shape has at most one -1" },
    { "reshape(W, [2, 0])", BP_ERROR_SHAPE, "column 16: a size is at least 1, or -1 for what is left over" },
    { "A + reshape(W, [4, -1])", BP_ERROR_SHAPE,
      "column 5: shape [2, 3] cannot be reshaped to [4, -1]: the elements, 6 in all, do not fit" },
    { "reshape(W, [1, 1, 1, 1, 6])", BP_ERROR_SHAPE, "column 25: a shape has at most 4 sizes" },
    { "reshape(W, [99999999999])", BP_ERROR_VALUE,
      "column 13: “99999999999” is not a whole number from -1 to 4294967295" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpGraph) graph = create_graph ();
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (bp_expression_add_to_graph (graph, cases[i].text, "node", &error), ==, BP_NODE_NONE);
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_error (error, BP_ERROR, (int) cases[i].code);
    }
}

/* The sentences are those of the shapes; the column is that of the operator or function. */
static void
test_shape_errors (void)
{
  static const struct {
    const char *text;
    const char *column;
  } cases[] = {
    { "W + reshape(W, [3, 2])", "column 3: " },
    { "A - matmul(W, W)", "column 5: " },
    { "expand_dims(A, 3)", "column 1: " },
    { "1 + reduce_sum(W, axis=2)", "column 5: " },
    { "reshape(W, [4])", "column 1: " },
    { "reshape(W, [4294967295, 4294967295, 4294967295, 4294967295])", "column 1: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpGraph) graph = create_graph ();
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (bp_expression_add_to_graph (graph, cases[i].text, "node", &error), ==, BP_NODE_NONE);
      g_assert_error (error, BP_ERROR, BP_ERROR_SHAPE);
      g_assert_true (g_str_has_prefix (error->message, cases[i].column));
      g_assert_nonnull (strchr (error->message, '['));
    }
}

/* @n times @open, A, @n times @close */
static char *
nest (const char *open,
      guint       n,
      const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, open);
  g_string_append_c (text, 'A');
  for (guint i = 0; i < n; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  static const char * const ways[][2] = { { "(", ")" }, { "-", "" }, { "square(", ")" }, { "2**", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    for (guint n = 200; n <= 201; n++)
      {
        g_autoptr (BpGraph) graph = create_graph ();
        g_autoptr (GError) error = NULL;
        g_autofree char *text = nest (ways[i][0], n, ways[i][1]);
        guint node = bp_expression_add_to_graph (graph, text, NULL, &error);

        if (n == 200)
          g_assert_no_error (error);
        else
          g_assert_error (error, BP_ERROR, BP_ERROR_SYNTAX);
        g_assert_true ((node == BP_NODE_NONE) == (n > 200));
        if (n > 200)
          g_assert_nonnull (strstr (error->message, "nests deeper than 200 levels"));
      }
}

static void
test_long (void)
{
  g_autoptr (BpGraph) graph = create_graph ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strnfill (300, 'n');
  g_autofree char *sum = g_strnfill (60001, 'A');
  g_autofree char *huge = g_strnfill (10 << 20, '(');

  for (guint i = 1; i < 60001; i += 2)
    sum[i] = '+';
  g_assert_cmpuint (bp_expression_add_to_graph (graph, sum, NULL, &error), !=, BP_NODE_NONE);
  g_assert_no_error (error);
  g_assert_cmpuint (bp_graph_get_n_nodes (graph), ==, 4 + 30000);

  g_assert_cmpuint (bp_expression_add_to_graph (graph, huge, NULL, &error), ==, BP_NODE_NONE);
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, "column 1: an expression may have at most 65536 characters");
  g_clear_error (&error);

  /* Messages quote the beginning of what is long. */
  g_assert_cmpuint (bp_expression_add_to_graph (graph, name, NULL, &error), ==, BP_NODE_NONE);
  g_assert_error (error, BP_ERROR, BP_ERROR_UNKNOWN);
  g_assert_cmpuint (g_utf8_strlen (error->message, -1), <, 120);
}

static void
test_check_name (void)
{
  g_autofree char *longest = g_strnfill (BP_MAX_NAME_BYTES, 'a');
  g_autofree char *too_long = g_strnfill (BP_MAX_NAME_BYTES + 1, 'a');
  const char *good[] = { "A", "_", "y_target", "W1", "square", longest };
  const char *bad[] = { "", "1A", "a b", "a-b", "θ", "a.b", too_long };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (bp_expression_check_name (good[i], NULL));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (bp_expression_check_name (bad[i], &error));
      g_assert_error (error, BP_ERROR, BP_ERROR_SYNTAX);
      g_assert_nonnull (strstr (error->message, i + 1 < G_N_ELEMENTS (bad) ? bad[i] : "aaaa"));
    }
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
  g_test_add_func ("/expression/errors", test_errors);
  g_test_add_func ("/expression/shape-errors", test_shape_errors);
  g_test_add_func ("/expression/limits", test_limits);
  g_test_add_func ("/expression/long", test_long);
  g_test_add_func ("/expression/check-name", test_check_name);
  g_test_add_func ("/expression/get-names", test_get_names);

  return g_test_run ();
}
