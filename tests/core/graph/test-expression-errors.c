/* test-expression-errors.c: what is said of expressions that are none, and of those that are too much
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/bp-error.h"
#include "graph/bp-expression.h"
#include "lib/graph-fixture.h"

static const struct {
  const char *text;
  BpError     code;
  const char *message;
} errors[] = {
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

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (BpGraph) graph = create_graph ();
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (bp_expression_add_to_graph (graph, errors[i].text, "node", &error), ==, BP_NODE_NONE);
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, errors[i].message);
      g_assert_error (error, BP_ERROR, (int) errors[i].code);
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expression-errors/errors", test_errors);
  g_test_add_func ("/expression-errors/shape-errors", test_shape_errors);
  g_test_add_func ("/expression-errors/limits", test_limits);
  g_test_add_func ("/expression-errors/long", test_long);
  g_test_add_func ("/expression-errors/check-name", test_check_name);

  return g_test_run ();
}
