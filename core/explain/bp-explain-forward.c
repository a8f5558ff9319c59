/* bp-explain-forward.c: how a value came about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <math.h>

#include "base/bp-number.h"

/* Placeholders and their elements, of which more are left out. */
#define MAX_PLACEHOLDERS 6
#define MAX_ELEMENTS 3

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
  BpFormula *inputs[BP_MAX_INPUTS];
  BpFormula *equation = bp_formula_new_equation (bp_explain_symbol_in (scene, node));

  for (guint i = 0; i < bp_op_get_class (op)->n_inputs; i++)
    inputs[i] = bp_explain_symbol_in (scene, get_input (scene, node, i));
  bp_formula_append_side (equation, BP_RELATION_EQUAL,
                          op == BP_OP_REDUCE_MEAN
                          ? get_mean (scene, node, inputs[0])
                          : bp_explain_op_formula (op, bp_graph_get_attributes (scene->graph, node), inputs));
  for (guint i = 0; i < bp_op_get_class (op)->n_inputs; i++)
    bp_formula_free (inputs[i]);

  return equation;
}

static BpFormula *
get_elementwise (const BpScene *scene,
                 guint          node)
{
  const BpOperands operands = bp_scene_get_operands (scene, node, bp_scene_get_element (scene, node));
  g_autoptr (BpFormula) a = bp_formula_new_number (operands.a);
  g_autoptr (BpFormula) b = bp_formula_new_number (operands.b);
  g_autoptr (BpFormula) c = bp_formula_new_number (operands.c);
  BpFormula * const inputs[] = { a, b, c };
  BpFormula *terms = bp_explain_op_formula (bp_graph_get_op (scene->graph, node),
                                            bp_graph_get_attributes (scene->graph, node), inputs);
  BpFormula *equation = bp_formula_new_result (terms, operands.y);

  equation->text = bp_scene_dup_index (scene, node);

  return equation;
}

/* What one element was made of: the element that was moved there, or whether its class is the one of its place. */
static BpFormula *
get_moved (const BpScene *scene,
           guint          node)
{
  const BpOpAttributes *attributes = bp_graph_get_attributes (scene->graph, node);
  const gsize element = bp_scene_get_element (scene, node);
  const double result = bp_scene_get_value (scene, node, element);
  const gboolean is_one_hot = bp_graph_get_op (scene->graph, node) == BP_OP_ONE_HOT;
  BpFormula *terms = bp_formula_new_number (result);

  if (is_one_hot)
    {
      bp_formula_free (terms);
      terms = bp_formula_new_number (bp_scene_get_value (scene, get_input (scene, node, 0),
                                                         element / attributes->depth));
      terms = bp_formula_new_binary (BP_FORMULA_SAME, terms,
                                     bp_formula_new_number ((double) (element % attributes->depth)));
    }
  terms = bp_formula_new_result (terms, result);
  terms->text = bp_scene_dup_index (scene, node);

  return terms;
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
  const BpOp op = bp_graph_get_op (scene->graph, node);
  const BpOpClass *class = bp_op_get_class (op);

  if (class->n_inputs == 0)
    {
      if (node == scene->chosen && bp_trainer_has_value (scene->trainer, node))
        *numbers = get_leaf (scene, node);
      return;
    }

  *symbols = get_symbols (scene, node);
  if (!bp_trainer_has_value (scene->trainer, node))
    return;

  if (op == BP_OP_CONCAT || op == BP_OP_STACK || op == BP_OP_ONE_HOT)
    *numbers = get_moved (scene, node);
  else
    *numbers = class->elementwise ? get_elementwise (scene, node) : bp_explain_terms (scene, node);
}

/* Data */

/* A number, with the name of the class that it stands for in a column of texts: "2 virginica". */
static BpFormula *
get_datum (const BpScene *scene,
           guint          node,
           double         value)
{
  BpDataset *dataset = bp_trainer_get_dataset (scene->trainer);
  const guint column = bp_dataset_find (dataset, bp_graph_get_name (scene->graph, node));
  const char * const *classes = column != G_MAXUINT ? bp_dataset_get_classes (dataset, column) : NULL;
  g_autofree char *text = NULL;

  if (classes == NULL)
    return bp_formula_new_number (value);

  text = g_strdup_printf ("%.0f %s", value, classes[(guint) value]);

  return bp_formula_new_words (text);
}

/* "1.043", "(1.043, 0.9876, ⋯)", or of several columns "((1, 2), (3, 4), ⋯)": at most @max_shown of the @n in dimension
 * @d from element @start on. @is_exact: (inout) */
static BpFormula *
get_part (const BpScene *scene,
          guint          node,
          guint          d,
          gsize          start,
          guint          max_shown,
          gboolean      *is_exact)
{
  const BpShape *shape = bp_graph_get_shape (scene->graph, node);
  const guint n = shape->dims[d];
  const gsize n_below = d + 1 < shape->rank ? shape->dims[d + 1] : 1;
  BpFormula *part = bp_formula_new_empty (BP_FORMULA_TUPLE);

  for (guint i = 0; i < MIN (n, max_shown); i++)
    {
      const double value = bp_scene_get_value (scene, node, start + i * n_below);

      if (d + 1 < shape->rank)
        bp_formula_append (part, get_part (scene, node, d + 1, start + i * n_below, max_shown, is_exact));
      else
        bp_formula_append (part, get_datum (scene, node, value));
      *is_exact = *is_exact && bp_number_is_exact (value);
    }
  if (n > max_shown)
    bp_formula_append (part, bp_formula_new_ellipsis (NAN, FALSE));

  return bp_formula_simplify (part);
}

/* "x ≈ 1.043" or "x = (1.043, 0.9876, ⋯)" */
static BpFormula *
get_column (const BpScene *scene,
            guint          node,
            guint          max_elements)
{
  BpFormula *equation = bp_formula_new_equation (bp_explain_symbol_in (scene, node));
  gboolean is_exact = TRUE;
  BpFormula *numbers = get_part (scene, node, 0, 0, max_elements, &is_exact);

  bp_formula_append_side (equation, is_exact ? BP_RELATION_EQUAL : BP_RELATION_APPROXIMATE, numbers);

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
