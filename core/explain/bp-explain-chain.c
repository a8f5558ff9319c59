/* bp-explain-chain.c: what reaches a node: the chain rule from the loss, or a sum where paths meet
 *
 * From the node up, as long as one element goes into one element of one op, the local derivatives are the factors of a
 * product. Where that ends, the gradient found there is the first factor; where it ends at once, the gradient is a sum
 * over the ops that use the node. Of a tensor, symbols hold for each element and numbers are those of the element
 * shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"

/* Factors of which more are left out. */
#define MAX_FACTORS 12

/**
 * Chain:
 * @head: the node whose gradient the product starts with
 * @element: which element of it
 * @uses: (element-type BpUse): the factors, from @node up to @head
 * @kept: what earlier iterations left in the gradient of a variable
 */
typedef struct {
  const BpScene *scene;
  guint          node;
  guint          head;
  gsize          element;
  GArray        *uses;
  double         kept;
} Chain;

typedef enum {
  PART_PARTIALS,
  PART_DERIVATIVES,
  PART_NUMBERS,
} Part;

/* Building */

/* A product of numbers goes on through @use; a product of matrices does not commute, and an element of one is a sum. */
static gboolean
is_factor (const BpScene *scene,
           const BpUse   *use)
{
  if (bp_graph_get_op (scene->graph, use->node) == BP_OP_MATMUL)
    return !bp_scene_is_tensor (scene, bp_graph_get_input (scene->graph, use->node, 0))
           && !bp_scene_is_tensor (scene, bp_graph_get_input (scene->graph, use->node, 1));

  return bp_explain_count_terms (scene, use) == 1;
}

/* The use of @node that the product goes on with, if that is the only one. */
static gboolean
find_factor (const BpScene *scene,
             guint          node,
             BpUse         *use)
{
  g_autoptr (GArray) uses = bp_explain_find_uses (scene, node, BP_NODE_NONE);

  if (node == scene->loss || uses->len != 1)
    return FALSE;
  *use = g_array_index (uses, BpUse, 0);

  return is_factor (scene, use);
}

static void
chain_init (Chain         *chain,
            const BpScene *scene,
            guint          node)
{
  BpUse use;

  *chain = (Chain) { scene, node, node, bp_scene_get_element (scene, node), g_array_new (FALSE, FALSE, sizeof (BpUse)),
                     0 };
  while (find_factor (scene, chain->head, &use))
    {
      use.element = chain->element;
      g_array_append_val (chain->uses, use);
      chain->element = bp_explain_get_term (scene, &use, 0);
      chain->head = use.node;
    }
}

/* Products */

/* The gradient that the product starts with, unless that is ∂L/∂L. */
static guint
get_n_heads (const Chain *chain)
{
  return chain->head != chain->scene->loss;
}

static guint
get_n_factors (const Chain *chain)
{
  return chain->uses->len + get_n_heads (chain);
}

static const BpUse *
get_use (const Chain *chain,
         guint        index)
{
  return &g_array_index (chain->uses, BpUse, get_n_factors (chain) - 1 - index);
}

static double
get_head_gradient (const Chain *chain)
{
  return bp_scene_get_gradient (chain->scene, chain->head, chain->element);
}

/* The element of its op that the factor is of. */
static gsize
get_output (const Chain *chain,
            guint        index)
{
  return bp_explain_get_term (chain->scene, get_use (chain, index), 0);
}

static BpFormula *
get_factor (const Chain *chain,
            guint        index,
            Part         part)
{
  const BpScene *scene = chain->scene;
  const BpUse *use;

  if (index < get_n_heads (chain))
    return part == PART_NUMBERS ? bp_formula_new_number (get_head_gradient (chain))
                                : bp_explain_partial (scene, scene->loss, chain->head);

  use = get_use (chain, index);
  switch (part)
    {
    case PART_PARTIALS:
      return bp_explain_partial (scene, use->node, bp_graph_get_input (scene->graph, use->node, use->input));
    case PART_DERIVATIVES:
      return bp_explain_derivative_symbols (scene, use);
    case PART_NUMBERS:
    default:
      return bp_explain_derivative_numbers (scene, use, get_output (chain, index));
    }
}

/* The product of the factors from @start to @end, which are left out. */
static BpFormula *
get_ellipsis (const Chain *chain,
              guint        start,
              guint        end)
{
  double product = 1;
  gboolean is_exact = TRUE;

  for (guint i = start; i < end; i++)
    {
      const double factor = i < get_n_heads (chain) ? get_head_gradient (chain)
                                                    : bp_explain_get_derivative (chain->scene, get_use (chain, i),
                                                                                 get_output (chain, i));

      product *= factor;
      is_exact = is_exact && bp_number_is_exact (factor);
    }

  return bp_formula_new_ellipsis (product, is_exact);
}

/* The factors with all but @n_shown of them left out in the middle. */
static BpFormula *
get_product (const Chain *chain,
             Part         part,
             guint        n_shown)
{
  const guint n = get_n_factors (chain);
  BpFormula *product = bp_formula_new_empty (BP_FORMULA_CHAIN);

  for (guint i = 0; i < n; i++)
    {
      if (n_shown < n && i == (n_shown + 1) / 2)
        {
          bp_formula_append (product, get_ellipsis (chain, i, n - n_shown / 2));
          i = n - n_shown / 2;
        }
      bp_formula_append (product, get_factor (chain, i, part));
    }

  return bp_formula_simplify (product);
}

static BpRelation
get_relation (const Chain *chain)
{
  return chain->kept != 0 ? BP_RELATION_INCREASES : BP_RELATION_EQUAL;
}

static BpFormula *
get_product_symbols (const Chain *chain,
                     guint        n_shown,
                     gboolean     with_derivatives)
{
  const gboolean is_product = get_n_factors (chain) > 1;
  BpFormula *equation = bp_formula_new_equation (bp_explain_partial (chain->scene, chain->scene->loss, chain->node));

  if (is_product)
    bp_formula_append_side (equation, get_relation (chain), get_product (chain, PART_PARTIALS, n_shown));
  if (with_derivatives)
    bp_formula_append_side (equation, is_product ? BP_RELATION_EQUAL : get_relation (chain),
                            get_product (chain, PART_DERIVATIVES, n_shown));

  return equation;
}

/* That of the element shown. */
static double
get_gradient (const BpScene *scene,
              guint          node)
{
  return bp_scene_get_gradient (scene, node, bp_scene_get_element (scene, node));
}

static BpFormula *
get_product_numbers (const Chain *chain,
                     guint        n_shown)
{
  BpFormula *terms = get_product (chain, PART_NUMBERS, n_shown);
  BpFormula *equation;

  if (chain->kept != 0)
    terms = bp_formula_new_binary (BP_FORMULA_SUM, bp_formula_new_number (chain->kept), terms);
  equation = bp_formula_new_result (terms, get_gradient (chain->scene, chain->node));
  equation->text = bp_scene_dup_index (chain->scene, chain->node);

  return equation;
}

static BpFormula *
explain_product_symbols (const Chain *chain)
{
  const gboolean is_product = get_n_factors (chain) > 1;
  BpFormula *equation;

  for (guint n_shown = MIN (get_n_factors (chain), MAX_FACTORS);; n_shown--)
    {
      equation = get_product_symbols (chain, n_shown, TRUE);
      if (bp_formula_get_length (equation) <= BP_EXPLAIN_MAX_CHARS || (!is_product && n_shown <= 2))
        return equation;

      bp_formula_free (equation);
      if (n_shown <= 2)
        return get_product_symbols (chain, n_shown, FALSE);
    }
}

static BpFormula *
explain_product_numbers (const Chain *chain)
{
  BpFormula *equation;

  for (guint n_shown = MIN (get_n_factors (chain), MAX_FACTORS);; n_shown--)
    {
      equation = get_product_numbers (chain, n_shown);
      if (n_shown <= 2 || bp_formula_get_length (equation) <= BP_EXPLAIN_MAX_CHARS)
        return equation;

      bp_formula_free (equation);
    }
}

/* A node's gradient */

/* "∂L/∂z = −1" needs no "= −1" after it. */
static void
drop_repetition (const BpFormula  *symbols,
                 BpFormula       **numbers)
{
  if (*numbers != NULL && (*numbers)->text == NULL && (*numbers)->relations[0] == BP_RELATION_EQUAL
      && bp_formula_equal (bp_formula_get_result (symbols), bp_formula_get_result (*numbers)))
    g_clear_pointer (numbers, bp_formula_free);
}

static BpFormula *
explain_seed (const BpScene *scene)
{
  BpFormula *equation = bp_formula_new_equation (bp_explain_partial (scene, scene->loss, scene->loss));

  bp_formula_append_side (equation, BP_RELATION_EQUAL, bp_formula_new_number (1));

  return equation;
}

void
bp_explain_gradient (const BpScene  *scene,
                     guint           node,
                     BpFormula     **symbols,
                     BpFormula     **numbers)
{
  const gboolean complete = bp_scene_has_gradient (scene, node);
  g_autoptr (GArray) uses = NULL;
  Chain chain;

  if (node == scene->loss)
    {
      *symbols = explain_seed (scene);
      return;
    }
  if (!bp_graph_needs_gradient (scene->graph, node))
    return;

  uses = bp_explain_find_uses (scene, node, BP_NODE_NONE);
  chain_init (&chain, scene, node);
  chain.kept = complete ? bp_explain_get_kept (scene, node, uses) : 0;
  *symbols = chain.uses->len > 0 ? explain_product_symbols (&chain)
                                 : bp_explain_sum_symbols (scene, node, uses, get_relation (&chain));
  if (complete)
    *numbers = chain.uses->len > 0
               ? explain_product_numbers (&chain)
               : bp_explain_sum_numbers (scene, uses, node, chain.kept, get_gradient (scene, node),
                                         BP_EXPLAIN_MAX_CHARS);
  drop_repetition (*symbols, numbers);
  g_array_unref (chain.uses);
}
