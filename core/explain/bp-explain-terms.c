/* bp-explain-terms.c: an element that is made of several others, as their sum or as the extreme of them, in numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <math.h>

#include "graph/bp-op-math.h"

/* Terms of which more are left out. */
#define MAX_TERMS 4

/* How many terms that are left out are looked at one by one for whether they are exact. */
#define MAX_LOOKED_AT 1000

static guint
get_input (const BpScene *scene,
           guint          node,
           guint          input)
{
  return bp_graph_get_input (scene->graph, node, input);
}

static gsize
get_n_terms (const BpScene *scene,
             guint          node)
{
  const BpShape *shape = bp_graph_get_shape (scene->graph, get_input (scene, node, 0));

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY:
      shape = bp_graph_get_shape (scene->graph, get_input (scene, node, 1));
      return shape->dims[shape->rank - 1];
    case BP_OP_MATMUL:
    case BP_OP_SOFTMAX:
    case BP_OP_LOG_SOFTMAX:
    case BP_OP_SOFTMAX_CROSS_ENTROPY:
      return shape->dims[shape->rank - 1];
    case BP_OP_REDUCE_SUM:
    case BP_OP_REDUCE_MEAN:
    case BP_OP_REDUCE_MAX:
    case BP_OP_REDUCE_MIN:
    case BP_OP_ARGMAX:
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

/* The input that has the logits. */
static guint
get_logits (const BpScene *scene,
            guint          node)
{
  return get_input (scene, node, bp_graph_get_n_inputs (scene->graph, node) - 1);
}

/* The exponential of a logit of the row of the element shown. */
static BpFormula *
get_exponential (const BpScene *scene,
                 guint          node,
                 gsize          index)
{
  const gsize start = bp_explain_get_source (scene, node, bp_scene_get_element (scene, node));
  const double logit = bp_scene_get_value (scene, get_logits (scene, node), start + index);

  return bp_formula_new_call (BP_FUNCTION_EXP, bp_formula_new_number (logit), NULL);
}

/* What is added up of an element of one input: itself or its square. */
static BpFormula *
get_single_term (const BpScene *scene,
                 guint          node,
                 gsize          index)
{
  const gsize start = bp_explain_get_source (scene, node, bp_scene_get_element (scene, node));
  const gsize source = index == 0 ? start : start + index * bp_explain_get_reduction (scene, node).inner;
  BpFormula *number = bp_formula_new_number (bp_scene_get_value (scene, get_input (scene, node, 0), source));

  return bp_graph_get_op (scene->graph, node) == BP_OP_L2_LOSS
         ? bp_formula_new_binary (BP_FORMULA_POWER, number, bp_formula_new_number (2)) : number;
}

static gboolean
is_softmax (BpOp op)
{
  return op == BP_OP_SOFTMAX || op == BP_OP_LOG_SOFTMAX || op == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY;
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

  if (is_softmax (op))
    return get_exponential (scene, node, index);
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
    case BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY:
      for (gsize i = 0; i < n; i++)
        sum += bp_exp (bp_scene_get_value (scene, get_logits (scene, node),
                                          bp_explain_get_source (scene, node, element) + i));
      return sum;
    default:
      return result;
    }
}

/* What the largest or smallest is of, or its position. */
static gboolean
finds_extreme (BpOp        op,
               BpFunction *function)
{
  *function = op == BP_OP_REDUCE_MAX ? BP_FUNCTION_MAX : op == BP_OP_ARGMAX ? BP_FUNCTION_ARGMAX : BP_FUNCTION_MIN;

  return op == BP_OP_REDUCE_MAX || op == BP_OP_REDUCE_MIN || op == BP_OP_ARGMAX;
}

/* The terms as a sum, or as what the largest or smallest is of; of one it is the term itself. */
static BpFormula *
get_terms (const BpScene *scene,
           guint          node,
           guint          n_shown)
{
  const BpOp op = bp_graph_get_op (scene->graph, node);
  BpFunction function;
  const gboolean is_extreme = finds_extreme (op, &function);
  const gsize n = get_n_terms (scene, node);
  BpFormula *terms = bp_formula_new_empty (is_extreme ? BP_FORMULA_CALL : BP_FORMULA_SUM);

  terms->function = function;
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

  return op == BP_OP_ARGMAX ? terms : bp_formula_simplify (terms);
}

/* The result alone where a row has one element, or its exponentials are too large or too small to be added up. */
static BpFormula *
get_softmax (const BpScene *scene,
             guint          node,
             BpFormula     *sum)
{
  const BpOp op = bp_graph_get_op (scene->graph, node);
  const gsize element = bp_scene_get_element (scene, node);
  const gsize at = op == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY
                   ? bp_explain_get_source (scene, node, element)
                     + (gsize) bp_scene_get_value (scene, get_input (scene, node, 0), element)
                   : element;
  BpFormula *logit = bp_formula_new_number (bp_scene_get_value (scene, get_logits (scene, node), at));
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
  if (op == BP_OP_SOFTMAX)
    return bp_formula_new_binary (BP_FORMULA_QUOTIENT, bp_formula_new_call (BP_FUNCTION_EXP, logit, NULL), sum);

  sum = bp_formula_new_call (BP_FUNCTION_LOG, sum, NULL);

  return op == BP_OP_LOG_SOFTMAX
         ? bp_formula_new_binary (BP_FORMULA_SUM, logit, bp_formula_new_unary (BP_FORMULA_NEGATIVE, sum))
         : bp_formula_new_binary (BP_FORMULA_SUM, sum, bp_formula_new_unary (BP_FORMULA_NEGATIVE, logit));
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
    case BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY:
      sum = get_softmax (scene, node, sum);
      break;
    default:
      break;
    }

  sum = bp_formula_new_result (sum, bp_scene_get_value (scene, node, bp_scene_get_element (scene, node)));
  sum->text = bp_scene_dup_index (scene, node);

  return sum;
}

BpFormula *
bp_explain_terms (const BpScene *scene,
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
