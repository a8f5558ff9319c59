/* bp-explain-forward.c: how a value came about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-explain-private.h"

#include "bp-number.h"

#include <math.h>

/* Terms of a sum, and placeholders and their elements, of which more are left out. */
#define MAX_TERMS 4
#define MAX_PLACEHOLDERS 6
#define MAX_ELEMENTS 3

/* Significant digits as numbers are shown, and as a double has them. */
#define DEFAULT_DIGITS 4
#define DOUBLE_DIGITS 17

static guint
get_input (const BpScene *scene,
           guint          node,
           guint          input)
{
  return bp_graph_get_input (scene->graph, node, input);
}

static char *
get_symbols (const BpScene *scene,
             guint          node,
             BpNotation     notation)
{
  const BpOpClass *class = bp_op_get_class (bp_graph_get_op (scene->graph, node));
  g_autofree char *a = bp_explain_symbol_in (scene, get_input (scene, node, 0), notation);
  g_autofree char *b = NULL;
  g_autofree char *y = bp_explain_symbol_in (scene, node, notation);
  g_autofree char *formula = NULL;

  if (class->n_inputs > 1)
    b = bp_explain_symbol_in (scene, get_input (scene, node, 1), notation);
  formula = bp_explain_fill (notation == BP_NOTATION_LATEX ? class->formula_latex : class->formula, a, b, y);

  return g_strconcat (y, bp_explain_sign (BP_SIGN_EQUALS, notation), formula, NULL);
}

/* Elementwise ops */

/* A function of a number is exact at few places, however few digits the result has; so is a sum that loses a term. */
static gboolean
is_exact (BpOp   op,
          double a,
          double b,
          double y)
{
  switch ((int) op)
    {
    case BP_OP_ADD:
    case BP_OP_SUBTRACT:
      return bp_explain_sum_is_exact ((double[]) { a, b }, 2);
    case BP_OP_MULTIPLY:
      return y != 0 || a == 0 || b == 0;
    case BP_OP_DIVIDE:
    case BP_OP_SQUARE:
      return y != 0 || a == 0;
    case BP_OP_POW:
      return b == rint (b) && (y != 0 || a == 0);
    case BP_OP_SQRT:
      return y * y == a;
    case BP_OP_EXP:
    case BP_OP_SIN:
    case BP_OP_COS:
    case BP_OP_SIGMOID:
    case BP_OP_TANH:
      return a == 0;
    case BP_OP_LOG:
      return a == 1;
    case BP_OP_SOFTPLUS:
    case BP_OP_SIGMOID_CROSS_ENTROPY:
    case BP_OP_SOFTMAX_CROSS_ENTROPY:
      return FALSE;
    default:
      return TRUE;
    }
}

/* 0 times what is rounded is 0 all the same. */
static gboolean
is_zero (BpOp   op,
         double a,
         double b)
{
  return op == BP_OP_MULTIPLY && (a == 0 || b == 0);
}

/* An argument with the digits that make a small difference visible: 1 − 0.99999 rather than 1 − 1. */
static char *
get_argument_text (BpOp       op,
                   double     value,
                   double     other,
                   double     result,
                   BpNotation notation)
{
  const gboolean subtracts = op == BP_OP_ADD || op == BP_OP_SUBTRACT || op == BP_OP_LOG;
  const double loss = subtracts && result != 0 ? fmax (fabs (value), fabs (other)) / fabs (result) : 0;
  g_autofree char *text = NULL;
  guint digits;

  if (loss < 1e3 || !isfinite (loss) || fabs (value) < 1e-3 || fabs (value) >= 1e4)
    return bp_explain_factor (value, notation);

  digits = MIN (DEFAULT_DIGITS + (guint) log10 (loss), DOUBLE_DIGITS);
  text = bp_number_format_digits (fabs (value), digits);

  return value >= 0 ? g_steal_pointer (&text)
         : g_strdup_printf (notation == BP_NOTATION_LATEX ? "(-%s)" : "(−%s)", text);
}

static void
append_formula (GString       *string,
                const BpScene *scene,
                guint          node,
                BpNotation     notation)
{
  const BpOp op = bp_graph_get_op (scene->graph, node);
  const BpOpClass *class = bp_op_get_class (op);
  const BpPlace place = bp_scene_get_place (scene, node, 0);
  g_autofree char *a = get_argument_text (op, place.a, place.b, place.y, notation);
  g_autofree char *b = get_argument_text (op, place.b, place.a, place.y, notation);
  g_autofree char *formula = bp_explain_fill (notation == BP_NOTATION_LATEX ? class->formula_latex : class->formula,
                                              a, b, NULL);
  const gboolean exact = is_exact (op, place.a, place.b, place.y)
                         && bp_number_is_exact (place.a) && bp_number_is_exact (place.b);

  g_string_append (string, formula);
  bp_explain_append_result (string, place.y, exact || is_zero (op, place.a, place.b), notation);
}

/* Sums over elements */

static gsize
get_n_terms (const BpScene *scene,
             guint          node)
{
  const BpShape *shape = bp_graph_get_shape (scene->graph, get_input (scene, node, 0));

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_MATMUL:
    case BP_OP_SOFTMAX_CROSS_ENTROPY:
      return shape->dims[shape->rank - 1];
    case BP_OP_REDUCE_SUM:
    case BP_OP_REDUCE_MEAN:
      return bp_explain_get_n_reduced (scene, node);
    default: /* the others only move elements */
      return 1;
    }
}

/* How far apart the terms of the first element of a reduction are. */
static gsize
get_stride (const BpScene *scene,
            guint          node)
{
  const BpOpAttributes *attributes = bp_graph_get_attributes (scene->graph, node);
  const BpShape *shape = bp_graph_get_shape (scene->graph, get_input (scene, node, 0));
  guint axis = attributes->axis < 0 ? (guint) (attributes->axis + (int) shape->rank) : (guint) attributes->axis;
  gsize stride = 1;

  for (guint d = axis + 1; attributes->has_axis && d < shape->rank; d++)
    stride *= shape->dims[d];

  return stride;
}

/* Minus the logarithm of the probability of a class in the first row. */
static double
get_minus_log (const BpScene *scene,
               guint          logits,
               gsize          n,
               gsize          index)
{
  g_autofree double *row = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    row[i] = bp_scene_get_value (scene, logits, i);

  return bp_op_minus_log_softmax (row, n, index);
}

static gboolean
is_weighted_sum (BpOp op)
{
  return op == BP_OP_MATMUL || op == BP_OP_SOFTMAX_CROSS_ENTROPY;
}

/* Term @index: a number, or two to be multiplied: of the cross entropy the label and minus the logarithm of its
 * probability. */
static void
get_term (const BpScene *scene,
          guint          node,
          gsize          index,
          double         factors[2])
{
  const BpOp op = bp_graph_get_op (scene->graph, node);
  const guint a = get_input (scene, node, 0);
  const guint b = is_weighted_sum (op) ? get_input (scene, node, 1) : a;

  factors[0] = bp_scene_get_value (scene, a, index * (is_weighted_sum (op) ? 1 : get_stride (scene, node)));
  factors[1] = 1;
  if (op == BP_OP_MATMUL)
    {
      const BpShape *shape = bp_graph_get_shape (scene->graph, b);

      factors[1] = bp_scene_get_value (scene, b, index * shape->dims[shape->rank - 1]);
    }
  else if (op == BP_OP_SOFTMAX_CROSS_ENTROPY)
    {
      factors[1] = get_minus_log (scene, b, get_n_terms (scene, node), index);
    }
}

static GString *
get_sum (const BpScene *scene,
         guint          node,
         guint          n_shown,
         BpNotation     notation)
{
  const BpOp op = bp_graph_get_op (scene->graph, node);
  const gsize n = get_n_terms (scene, node);
  const gboolean is_mean = op == BP_OP_REDUCE_MEAN && n > 1;
  GString *string = g_string_new (is_mean ? "(" : NULL);
  gboolean exact = op != BP_OP_SOFTMAX_CROSS_ENTROPY;
  double terms[MAX_TERMS];
  guint n_terms = 0;

  for (gsize i = 0; i < n; i++)
    {
      double factors[2];
      g_autofree char *first = NULL;

      if (i > 0)
        g_string_append (string, bp_explain_sign (BP_SIGN_PLUS, notation));
      if (n > n_shown && i == (n_shown + 1) / 2)
        {
          g_string_append (string, bp_explain_sign (BP_SIGN_DOTS, notation));
          g_string_append (string, bp_explain_sign (BP_SIGN_PLUS, notation));
          i = n - n_shown / 2;
        }
      get_term (scene, node, i, factors);
      first = bp_explain_factor (factors[0], notation);
      g_string_append (string, first);
      exact = exact && ((bp_number_is_exact (factors[0]) && bp_number_is_exact (factors[1]))
                        || factors[0] == 0 || factors[1] == 0);
      terms[n_terms++] = factors[0] * factors[1];
      if (is_weighted_sum (op))
        {
          g_autofree char *second = bp_explain_factor (factors[1], notation);

          g_string_append_printf (string, "%s%s", bp_explain_sign (BP_SIGN_DOT, notation), second);
        }
    }
  if (is_mean)
    g_string_append_printf (string, ") / %" G_GSIZE_FORMAT, n);
  bp_explain_append_result (string, bp_scene_get_value (scene, node, 0),
                            exact && bp_explain_sum_is_exact (terms, n_terms),
                            notation);

  return string;
}

static char *
get_sum_that_fits (const BpScene *scene,
                   guint          node,
                   BpNotation     notation)
{
  guint n_shown = MAX_TERMS;

  for (; n_shown > 2; n_shown--)
    {
      g_autoptr (GString) text = get_sum (scene, node, n_shown, BP_NOTATION_TEXT);

      if (bp_explain_length (text) <= BP_EXPLAIN_MAX_CHARS)
        break;
    }

  return g_string_free (get_sum (scene, node, n_shown, notation), FALSE);
}

void
bp_explain_forward (const BpScene *scene,
                    guint          node,
                    BpNotation     notation,
                    char         **symbols,
                    char         **numbers)
{
  const BpOpClass *class = bp_op_get_class (bp_graph_get_op (scene->graph, node));
  GString *line, *string;

  if (class->n_inputs == 0)
    return;
  *symbols = get_symbols (scene, node, notation);
  if (!bp_trainer_has_value (scene->trainer, node))
    return;

  line = g_string_new (NULL);
  bp_explain_append_label (line, scene, node, notation);
  string = g_string_new (NULL);
  if (class->elementwise)
    append_formula (string, scene, node, notation);
  else
    {
      g_autofree char *sum = get_sum_that_fits (scene, node, notation);

      g_string_append (string, sum);
    }
  g_string_append_len (line, string->str, (gssize) string->len);
  g_string_free (string, TRUE);
  *numbers = g_string_free (line, FALSE);
}

/* "x ≈ 1.043" or "x = (1.043, 0.9876, ⋯)" */
static void
append_data (GString       *string,
             const BpScene *scene,
             guint          node,
             guint          max_elements,
             BpNotation     notation)
{
  const gsize n = bp_graph_get_n_elements (scene->graph, node);
  const guint n_shown = (guint) MIN (n, max_elements);
  g_autofree char *symbol = bp_explain_symbol_in (scene, node, notation);
  g_autoptr (GString) numbers = g_string_new (NULL);
  gboolean exact = TRUE;

  for (guint i = 0; i < n_shown; i++)
    {
      const double value = bp_scene_get_value (scene, node, i);
      g_autofree char *number = bp_explain_number (value, notation);

      exact = exact && bp_number_is_exact (value);
      g_string_append_printf (numbers, "%s%s", i > 0 ? ", " : "", number);
    }
  if (n > n_shown)
    g_string_append_printf (numbers, ", %s", bp_explain_sign (BP_SIGN_DOTS, notation));

  g_string_append_printf (string, "%s%s", symbol,
                          bp_explain_sign (exact ? BP_SIGN_EQUALS : BP_SIGN_APPROXIMATELY, notation));
  g_string_append_printf (string, n > 1 ? "(%s)" : "%s", numbers->str);
}

static GString *
get_data (const BpScene *scene,
          guint          n_placeholders,
          guint          n_elements,
          BpNotation     notation)
{
  const guint n = bp_graph_get_n_placeholders (scene->graph);
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, n_placeholders); i++)
    {
      if (i > 0)
        g_string_append (string, bp_explain_sign (BP_SIGN_SPACE, notation));
      append_data (string, scene, bp_graph_get_placeholder (scene->graph, i), n_elements, notation);
    }
  if (n > n_placeholders)
    g_string_append_printf (string, "%s%s", bp_explain_sign (BP_SIGN_SPACE, notation),
                            bp_explain_sign (BP_SIGN_DOTS, notation));

  return string;
}

char *
bp_explain_feed (const BpScene *scene,
                 BpNotation     notation)
{
  guint n_placeholders = MAX_PLACEHOLDERS, n_elements = MAX_ELEMENTS;

  if (bp_graph_get_n_placeholders (scene->graph) == 0)
    return NULL;

  while (n_placeholders > 1)
    {
      g_autoptr (GString) text = get_data (scene, n_placeholders, n_elements, BP_NOTATION_TEXT);

      if (bp_explain_length (text) <= BP_EXPLAIN_MAX_CHARS)
        break;
      if (n_elements > 1)
        n_elements--;
      else
        n_placeholders--;
    }

  return g_string_free (get_data (scene, n_placeholders, n_elements, notation), FALSE);
}
