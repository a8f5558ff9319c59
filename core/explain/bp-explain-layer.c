/* bp-explain-layer.c: a dense layer in one formula
 *
 * h = tanh(x·W1 + b1) for all of a layer, and the same in numbers for one of its elements: what came in along the
 * weights of one neuron, its bias, its activation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

/* Terms of a product's sum that are shown, before some of them are left out, and at the least. */
#define MAX_TERMS 8
#define LEAST_TERMS 2

typedef struct {
  const BpScene      *scene;
  const BpDenseLayer *layer;
  guint               n_shown;
} Expansion;

static gboolean
is_product (const BpDenseLayer *layer,
            guint               node)
{
  for (guint i = 0; i < layer->n_products; i++)
    if (layer->products[i] == node)
      return TRUE;

  return FALSE;
}

/* Whether @node is computed within the layer, from others of it; what comes in is not. */
static gboolean
is_inside (const Expansion *expansion,
           guint            node)
{
  const BpDenseLayer *layer = expansion->layer;

  if (node == layer->skip || bp_graph_get_n_inputs (expansion->scene->graph, node) == 0)
    return FALSE;
  for (guint i = 0; i < layer->n_members; i++)
    if (layer->members[i] == node)
      return TRUE;

  return FALSE;
}

/* "tanh(x·W1 + b1)" */
static BpFormula *
expand_symbols (const Expansion *expansion,
                guint            node)
{
  BpGraph    *graph = expansion->scene->graph;
  const guint n_inputs = bp_graph_get_n_inputs (graph, node);
  g_autoptr (BpFormula) a = NULL;
  g_autoptr (BpFormula) b = NULL;

  if (!is_inside (expansion, node))
    return bp_explain_symbol_in (expansion->scene, node);

  if (is_product (expansion->layer, node))
    {
      a = bp_explain_symbol_in (expansion->scene, bp_graph_get_input (graph, node, 0));
      b = bp_explain_symbol_in (expansion->scene, bp_graph_get_input (graph, node, 1));
    }
  else
    {
      a = expand_symbols (expansion, bp_graph_get_input (graph, node, 0));
      b = n_inputs > 1 ? expand_symbols (expansion, bp_graph_get_input (graph, node, 1)) : NULL;
    }

  BpFormula * const inputs[] = { a, b };

  return bp_explain_op_formula (bp_graph_get_op (graph, node), bp_graph_get_attributes (graph, node), inputs);
}

/* Row times column, the middle left out where there are too many terms. */
static BpFormula *
expand_product (const Expansion *expansion,
                guint            node,
                gsize            element)
{
  const BpScene *scene = expansion->scene;
  const gsize    n = bp_graph_get_shape (scene->graph, bp_graph_get_input (scene->graph, node, 1))->dims[0];
  const guint    n_shown = expansion->n_shown;
  BpFormula     *sum = bp_formula_new_empty (BP_FORMULA_SUM);

  for (gsize i = 0; i < n; i++)
    {
      BpFormula *factors[2];

      if (n > n_shown && i == (n_shown + 1) / 2)
        {
          bp_formula_append (sum, bp_formula_new_ellipsis (0, FALSE));
          i = n - n_shown / 2;
        }
      for (guint input = 0; input < 2; input++)
        {
          const gsize factor = bp_explain_get_factor (scene, node, input, element, i);

          factors[input] = bp_formula_new_number (bp_scene_get_value (scene,
                                                                      bp_graph_get_input (scene->graph, node, input),
                                                                      factor));
        }
      bp_formula_append (sum, bp_formula_new_binary (BP_FORMULA_PRODUCT, factors[0], factors[1]));
    }
  bp_formula_complete (sum, bp_scene_get_value (scene, node, element));

  return bp_formula_simplify (sum);
}

static BpFormula *
expand_numbers (const Expansion *expansion,
                guint            node,
                gsize            element)
{
  const BpScene *scene = expansion->scene;
  BpGraph       *graph = scene->graph;
  g_autoptr (BpFormula) a = NULL;
  g_autoptr (BpFormula) b = NULL;

  if (!is_inside (expansion, node))
    return bp_formula_new_number (bp_scene_get_value (scene, node, element));
  if (is_product (expansion->layer, node))
    return expand_product (expansion, node, element);

  a = expand_numbers (expansion, bp_graph_get_input (graph, node, 0),
                      bp_scene_get_input_element (scene, node, 0, element));
  if (bp_graph_get_n_inputs (graph, node) > 1)
    b = expand_numbers (expansion, bp_graph_get_input (graph, node, 1),
                        bp_scene_get_input_element (scene, node, 1, element));

  BpFormula * const inputs[] = { a, b };

  return bp_explain_op_formula (bp_graph_get_op (graph, node), bp_graph_get_attributes (graph, node), inputs);
}

/* With as many terms as fit. Returns: (nullable) */
static BpFormula *
find_numbers (Expansion *expansion)
{
  const guint  output = expansion->layer->output;
  const gsize  element = bp_scene_get_element (expansion->scene, output);
  const double value = bp_scene_get_value (expansion->scene, output, element);

  for (expansion->n_shown = MAX_TERMS; expansion->n_shown >= LEAST_TERMS; expansion->n_shown--)
    {
      BpFormula *equation = bp_formula_new_result (expand_numbers (expansion, output, element), value);

      equation->text = bp_scene_dup_index (expansion->scene, output);
      if (bp_formula_get_length (equation) <= BP_EXPLAIN_MAX_CHARS)
        return equation;
      bp_formula_free (equation);
    }

  return NULL;
}

/* Softmax is made from a whole row: its own formula says more. */
static gboolean
is_elementwise (const BpDenseLayer *layer,
                BpGraph            *graph)
{
  return layer->activation == BP_NODE_NONE || bp_op_get_class (bp_graph_get_op (graph, layer->activation))->elementwise;
}

gboolean
bp_explain_layer (const BpScene  *scene,
                  guint           node,
                  BpFormula     **symbols,
                  BpFormula     **numbers)
{
  g_autoptr (GPtrArray) layers = bp_layers_find (scene->graph);
  guint                 index = bp_layers_find_member (layers, node);
  Expansion             expansion = { scene, NULL, MAX_TERMS };
  g_autoptr (BpFormula) equation = NULL;

  if (index == G_MAXUINT || bp_layers_get (layers, index)->output != node
      || !is_elementwise (bp_layers_get (layers, index), scene->graph))
    return FALSE;

  expansion.layer = bp_layers_get (layers, index);
  equation = bp_formula_new_equation (bp_explain_symbol_in (scene, node));
  bp_formula_append_side (equation, BP_RELATION_EQUAL, expand_symbols (&expansion, node));
  if (bp_formula_get_length (equation) > BP_EXPLAIN_MAX_CHARS)
    return FALSE;
  if (bp_trainer_has_value (scene->trainer, node))
    {
      *numbers = find_numbers (&expansion);
      if (*numbers == NULL)
        return FALSE;
    }
  *symbols = g_steal_pointer (&equation);

  return TRUE;
}
