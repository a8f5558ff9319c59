/* bp-explain-forward.c: how a value came about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <math.h>

#include "base/bp-number.h"
#include "graph/bp-op-math.h"

/* Terms of a sum, and placeholders and their elements, of which more are left out. */
#define MAX_TERMS 4
#define MAX_PLACEHOLDERS 6
#define MAX_ELEMENTS 3

/* How many terms that are left out are looked at one by one for whether they are exact. */
#define MAX_LOOKED_AT 1000

static guint
get_input (const BpScene *scene,
           guint          node,
           guint          input)
{
  return bp_graph_get_input (scene->graph, node, input);
}

/* Its number of terms is no symbol, which a node might be called. */
static BpFormula *
get_mean (const BpScene   *scene,
          guint            node,
          const BpFormula *a)
{
  const gsize n = bp_explain_get_reduction (scene, node).n;

  if (n == 1)
    return bp_formula_copy (a);

  return bp_formula_new_binary (BP_FORMULA_QUOTIENT, bp_formula_new_unary (BP_FORMULA_TOTAL, bp_formula_copy (a)),
                                bp_formula_new_number ((double) n));
}

static BpFormula *
get_symbols (const BpScene *scene,
             guint          node)
{
  const BpOp op = bp_graph_get_op (scene->graph, node);
  g_autoptr (BpFormula) a = bp_explain_symbol_in (scene, get_input (scene, node, 0));
  g_autoptr (BpFormula) b = NULL;
  BpFormula *equation = bp_formula_new_equation (bp_explain_symbol_in (scene, node));

  if (bp_op_get_class (op)->n_inputs > 1)
    b = bp_explain_symbol_in (scene, get_input (scene, node, 1));
  bp_formula_append_side (equation, BP_RELATION_EQUAL,
                          op == BP_OP_REDUCE_MEAN
                          ? get_mean (scene, node, a)
                          : bp_explain_op_formula (op, bp_graph_get_attributes (scene->graph, node), a, b));

  return equation;
}

static BpFormula *
get_elementwise (const BpScene *scene,
                 guint          node)
{
  const BpPlace place = bp_scene_get_place (scene, node, bp_scene_get_element (scene, node));
  g_autoptr (BpFormula) a = bp_formula_new_number (place.a);
  g_autoptr (BpFormula) b = bp_formula_new_number (place.b);
  BpFormula *terms = bp_explain_op_formula (bp_graph_get_op (scene->graph, node),
                                            bp_graph_get_attributes (scene->graph, node), a, b);
  BpFormula *equation = bp_formula_new_result (terms, place.y);

  equation->text = bp_scene_dup_index (scene, node);

  return equation;
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
    case BP_OP_SOFTMAX:
    case BP_OP_LOG_SOFTMAX:
    case BP_OP_SOFTMAX_CROSS_ENTROPY:
      return shape->dims[shape->rank - 1];
    case BP_OP_REDUCE_SUM:
    case BP_OP_REDUCE_MEAN:
    case BP_OP_REDUCE_MAX:
    case BP_OP_REDUCE_MIN:
    case BP_OP_L2_LOSS:
      return bp_explain_get_reduction (scene, node).n;
    default: /* the others only move elements */
      return 1;
    }
}

/* Minus the logarithm of the probability of a class in the row that begins at @start. */
static double
get_minus_log (const BpScene *scene,
               guint          logits,
               gsize          start,
               gsize          n,
               gsize          index)
{
  g_autofree double *row = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    row[i] = bp_scene_get_value (scene, logits, start + i);

  return bp_op_minus_log_softmax (row, n, index);
}

/* What is added up of an element of one input: itself, its square, or its exponential. */
static BpFormula *
get_single_term (const BpScene *scene,
                 guint          node,
                 gsize          index)
{
  const gsize start = bp_explain_get_source (scene, node, bp_scene_get_element (scene, node));
  const gsize source = index == 0 ? start : start + index * bp_explain_get_reduction (scene, node).stride;
  BpFormula *number = bp_formula_new_number (bp_scene_get_value (scene, get_input (scene, node, 0), source));

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_SOFTMAX:
    case BP_OP_LOG_SOFTMAX:
      return bp_formula_new_call (BP_FUNCTION_EXP, number, NULL);
    case BP_OP_L2_LOSS:
      return bp_formula_new_binary (BP_FORMULA_POWER, number, bp_formula_new_number (2));
    default:
      return number;
    }
}

/* Term @index: of one input, or two numbers to be multiplied; of the cross entropy the label and minus the logarithm of
 * its probability. */
static BpFormula *
get_term (const BpScene *scene,
          guint          node,
          gsize          index)
{
  const BpOp op = bp_graph_get_op (scene->graph, node);
  const gsize element = bp_scene_get_element (scene, node);
  const guint a = get_input (scene, node, 0);
  gsize source;
  BpFormula *second;

  if (bp_op_get_class (op)->n_inputs == 1)
    return get_single_term (scene, node, index);

  if (op == BP_OP_MATMUL)
    {
      source = bp_explain_get_factor (scene, node, 0, element, index);
      second = bp_formula_new_number (bp_scene_get_value (scene, get_input (scene, node, 1),
                                                          bp_explain_get_factor (scene, node, 1, element, index)));
    }
  else
    {
      source = bp_explain_get_source (scene, node, element) + index;
      second = bp_formula_new_number (get_minus_log (scene, get_input (scene, node, 1), source - index,
                                                     get_n_terms (scene, node), index));
      second->is_exact = FALSE;
    }

  return bp_formula_new_binary (BP_FORMULA_PRODUCT, bp_formula_new_number (bp_scene_get_value (scene, a, source)),
                                second);
}

static gboolean
rest_is_exact (const BpScene *scene,
               guint          node,
               gsize          start,
               gsize          end)
{
  for (gsize i = start; i < end; i++)
    {
      g_autoptr (BpFormula) term = end - start <= MAX_LOOKED_AT ? get_term (scene, node, i) : NULL;

      if (term == NULL || !bp_formula_is_exact (term))
        return FALSE;
    }

  return TRUE;
}

/* What all terms come to. */
static double
get_total (const BpScene *scene,
           guint          node)
{
  const gsize n = get_n_terms (scene, node);
  const gsize element = bp_scene_get_element (scene, node);
  const double result = bp_scene_get_value (scene, node, element);
  double sum = 0;

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_REDUCE_MEAN:
      return result * (double) n;
    case BP_OP_L2_LOSS:
      return result * 2;
    case BP_OP_SOFTMAX:
    case BP_OP_LOG_SOFTMAX:
      for (gsize i = 0; i < n; i++)
        sum += bp_exp (bp_scene_get_value (scene, get_input (scene, node, 0),
                                          bp_explain_get_source (scene, node, element) + i));
      return sum;
    default:
      return result;
    }
}

/* The terms as a sum, or as what the largest or smallest is of; of one it is the term itself. */
static BpFormula *
get_terms (const BpScene *scene,
           guint          node,
           guint          n_shown)
{
  const BpOp op = bp_graph_get_op (scene->graph, node);
  const gboolean is_extreme = op == BP_OP_REDUCE_MAX || op == BP_OP_REDUCE_MIN;
  const gsize n = get_n_terms (scene, node);
  BpFormula *terms = bp_formula_new_empty (is_extreme ? BP_FORMULA_CALL : BP_FORMULA_SUM);

  terms->function = op == BP_OP_REDUCE_MAX ? BP_FUNCTION_MAX : BP_FUNCTION_MIN;
  for (gsize i = 0; i < n; i++)
    {
      if (n > n_shown && i == (n_shown + 1) / 2)
        {
          bp_formula_append (terms, bp_formula_new_ellipsis (is_extreme ? get_total (scene, node) : 0,
                                                             rest_is_exact (scene, node, i, n - n_shown / 2)));
          i = n - n_shown / 2;
        }
      bp_formula_append (terms, get_term (scene, node, i));
    }
  if (!is_extreme)
    bp_formula_complete (terms, get_total (scene, node));

  return bp_formula_simplify (terms);
}

/* The result alone where a row has one element, or its exponentials are too large or too small to be added up. */
static BpFormula *
get_softmax (const BpScene *scene,
             guint          node,
             BpFormula     *sum)
{
  const gboolean is_logarithm = bp_graph_get_op (scene->graph, node) == BP_OP_LOG_SOFTMAX;
  const gsize element = bp_scene_get_element (scene, node);
  BpFormula *logit = bp_formula_new_number (bp_scene_get_value (scene, get_input (scene, node, 0), element));
  const double total = get_total (scene, node);
  const gsize n = get_n_terms (scene, node);

  if (n == 1 || !(total > 0 && isfinite (total)))
    {
      bp_formula_free (sum);
      bp_formula_free (logit);
      sum = bp_formula_new_number (bp_scene_get_value (scene, node, element));
      sum->is_exact = n == 1;
      return sum;
    }
  if (!is_logarithm)
    return bp_formula_new_binary (BP_FORMULA_QUOTIENT, bp_formula_new_call (BP_FUNCTION_EXP, logit, NULL), sum);

  return bp_formula_new_binary (BP_FORMULA_SUM, logit,
                                bp_formula_new_unary (BP_FORMULA_NEGATIVE,
                                                      bp_formula_new_call (BP_FUNCTION_LOG, sum, NULL)));
}

static BpFormula *
get_sum (const BpScene *scene,
         guint          node,
         guint          n_shown)
{
  const gsize n = get_n_terms (scene, node);
  BpFormula *sum = get_terms (scene, node, n_shown);

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_REDUCE_MEAN:
      if (n > 1)
        sum = bp_formula_new_binary (BP_FORMULA_QUOTIENT, sum, bp_formula_new_number ((double) n));
      break;
    case BP_OP_L2_LOSS:
      sum = bp_formula_new_binary (BP_FORMULA_QUOTIENT, sum, bp_formula_new_number (2));
      break;
    case BP_OP_SOFTMAX:
    case BP_OP_LOG_SOFTMAX:
      sum = get_softmax (scene, node, sum);
      break;
    default:
      break;
    }

  sum = bp_formula_new_result (sum, bp_scene_get_value (scene, node, bp_scene_get_element (scene, node)));
  sum->text = bp_scene_dup_index (scene, node);

  return sum;
}

static BpFormula *
get_sum_that_fits (const BpScene *scene,
                   guint          node)
{
  BpFormula *equation;

  for (guint n_shown = MAX_TERMS;; n_shown--)
    {
      equation = get_sum (scene, node, n_shown);
      if (n_shown <= 2 || bp_formula_get_length (equation) <= BP_EXPLAIN_MAX_CHARS)
        return equation;

      bp_formula_free (equation);
    }
}

/* "x[3,0] ≈ 1.043": the element that was chosen. */
static BpFormula *
get_leaf (const BpScene *scene,
          guint          node)
{
  const double value = bp_scene_get_value (scene, node, scene->element);
  g_autofree char *index = bp_scene_dup_index (scene, node);
  BpFormula *symbol = bp_explain_symbol_in (scene, node);
  BpFormula *equation = bp_formula_new_equation (index != NULL ? bp_formula_new_element (symbol, index) : symbol);

  bp_formula_continue (equation, bp_formula_new_result (bp_formula_new_number (value), value));

  return equation;
}

void
bp_explain_forward (const BpScene  *scene,
                    guint           node,
                    BpFormula     **symbols,
                    BpFormula     **numbers)
{
  const BpOpClass *class = bp_op_get_class (bp_graph_get_op (scene->graph, node));

  if (class->n_inputs == 0)
    {
      if (node == scene->chosen && bp_trainer_has_value (scene->trainer, node))
        *numbers = get_leaf (scene, node);
      return;
    }

  *symbols = get_symbols (scene, node);
  if (!bp_trainer_has_value (scene->trainer, node))
    return;

  *numbers = class->elementwise ? get_elementwise (scene, node) : get_sum_that_fits (scene, node);
}

/* Data */

/* "x ≈ 1.043" or "x = (1.043, 0.9876, ⋯)" */
static BpFormula *
get_column (const BpScene *scene,
            guint          node,
            guint          max_elements)
{
  const gsize n = bp_graph_get_n_elements (scene->graph, node);
  const guint n_shown = (guint) MIN (n, max_elements);
  BpFormula *equation = bp_formula_new_equation (bp_explain_symbol_in (scene, node));
  BpFormula *numbers = bp_formula_new_empty (BP_FORMULA_TUPLE);
  gboolean is_exact = TRUE;

  for (guint i = 0; i < n_shown; i++)
    {
      const double value = bp_scene_get_value (scene, node, i);

      is_exact = is_exact && bp_number_is_exact (value);
      bp_formula_append (numbers, bp_formula_new_number (value));
    }
  if (n > n_shown)
    bp_formula_append (numbers, bp_formula_new_ellipsis (NAN, FALSE));
  bp_formula_append_side (equation, is_exact ? BP_RELATION_EQUAL : BP_RELATION_APPROXIMATE,
                          bp_formula_simplify (numbers));

  return equation;
}

static BpFormula *
get_data (const BpScene *scene,
          guint          n_placeholders,
          guint          n_elements)
{
  const guint n = bp_graph_get_n_placeholders (scene->graph);
  BpFormula *list = bp_formula_new_empty (BP_FORMULA_LIST);

  for (guint i = 0; i < MIN (n, n_placeholders); i++)
    bp_formula_append (list, get_column (scene, bp_graph_get_placeholder (scene->graph, i), n_elements));
  if (n > n_placeholders)
    bp_formula_append (list, bp_formula_new_ellipsis (NAN, FALSE));

  return bp_formula_simplify (list);
}

BpFormula *
bp_explain_feed (const BpScene *scene)
{
  guint n_placeholders = MAX_PLACEHOLDERS, n_elements = MAX_ELEMENTS;
  BpFormula *data;

  if (bp_graph_get_n_placeholders (scene->graph) == 0)
    return NULL;

  while (TRUE)
    {
      data = get_data (scene, n_placeholders, n_elements);
      if (n_placeholders == 1 || bp_formula_get_length (data) <= BP_EXPLAIN_MAX_CHARS)
        return data;

      bp_formula_free (data);
      if (n_elements > 1)
        n_elements--;
      else
        n_placeholders--;
    }
}
