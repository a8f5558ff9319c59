/* bp-explain-chain.c: what reaches a node: the chain rule from the loss, or a sum where paths meet
 *
 * From the node up, as long as one element goes into one element of one op, the local derivatives are the factors of a product.
 * Where that ends, the gradient found there is the first factor; where it ends at once, the gradient is a sum over the
 * ops that use the node. Of a tensor, symbols hold for each element and numbers are those of the first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-explain-private.h"

#include "bp-number.h"

#include <math.h>

/* Factors of which more are left out. */
#define MAX_FACTORS 12

/* A factor of the product: the derivative of element @output of an op by @element of its input. */
typedef struct {
  BpUse use;
  gsize element;
  gsize output;
} Link;

/**
 * Chain:
 * @head: the node whose gradient the product starts with
 * @links: (element-type Link): from @head down to @node
 * @kept: what earlier iterations left in the gradient of a variable
 */
typedef struct {
  const BpScene *scene;
  guint          node;
  guint          head;
  gsize          head_element;
  GArray        *links;
  double         kept;
} Chain;

typedef enum {
  PART_PARTIALS,
  PART_DERIVATIVES,
  PART_NUMBERS,
} Part;

/* Building */

/* For each node from @node on its use, with node 0 (which uses nothing) where there are none or several. */
static BpUse *
find_single_uses (BpGraph *graph,
                  guint    node)
{
  const guint n_nodes = bp_graph_get_n_nodes (graph);
  BpUse *single = g_new0 (BpUse, n_nodes);
  g_autofree guint *n_uses = g_new0 (guint, n_nodes);

  for (guint i = node + 1; i < n_nodes; i++)
    for (guint input = 0; input < bp_graph_get_n_inputs (graph, i); input++)
      {
        const guint target = bp_graph_get_input (graph, i, input);
        BpUse use;

        if (target >= node && bp_explain_init_use (&use, graph, i, input))
          single[target] = n_uses[target]++ == 0 ? use : (BpUse) { 0, };
      }

  return single;
}

/* A product of numbers goes on through @use; a product of matrices does not commute, and an element of one is a sum. */
static gboolean
is_factor (const BpScene *scene,
           const BpUse   *use,
           gsize          element)
{
  if (bp_graph_get_op (scene->graph, use->node) == BP_OP_MATMUL)
    return !bp_scene_is_tensor (scene, bp_graph_get_input (scene->graph, use->node, 0))
           && !bp_scene_is_tensor (scene, bp_graph_get_input (scene->graph, use->node, 1));

  return bp_explain_count_terms (scene, use, element) == 1;
}

static void
chain_init (Chain         *chain,
            const BpScene *scene,
            guint          node)
{
  g_autofree BpUse *single = find_single_uses (scene->graph, node);

  *chain = (Chain) { scene, node, node, 0, g_array_new (FALSE, FALSE, sizeof (Link)), 0 };

  while (chain->head != scene->loss)
    {
      Link link = { .use = single[chain->head], .element = chain->head_element };

      if (link.use.node == 0 || !is_factor (scene, &link.use, link.element))
        break;
      link.output = bp_explain_get_term (scene, &link.use, link.element, 0);
      chain->head = link.use.node;
      chain->head_element = link.output;
      g_array_append_val (chain->links, link);
    }

  for (guint i = 0; i < chain->links->len / 2; i++)
    {
      Link *low = &g_array_index (chain->links, Link, i);
      Link *high = &g_array_index (chain->links, Link, chain->links->len - 1 - i);
      Link swapped = *low;

      *low = *high;
      *high = swapped;
    }
}

/* Products */

static guint
get_n_factors (const Chain *chain)
{
  return chain->links->len + (chain->head != chain->scene->loss);
}

static char *
get_factor (const Chain *chain,
            guint        index,
            Part         part,
            BpNotation   notation,
            gboolean    *exact)
{
  const BpScene *scene = chain->scene;
  const guint n_heads = chain->head != scene->loss;
  GString *string = g_string_new (NULL);
  const Link *link = NULL;

  if (index >= n_heads)
    link = &g_array_index (chain->links, Link, index - n_heads);

  if (link == NULL && part == PART_NUMBERS)
    {
      const double gradient = bp_scene_get_gradient (scene, chain->head, chain->head_element);

      *exact = *exact && bp_number_is_exact (gradient);
      g_string_free (string, TRUE);
      return bp_explain_number (gradient, notation);
    }
  if (link != NULL && part != PART_PARTIALS)
    {
      g_string_free (string, TRUE);
      return part == PART_NUMBERS
             ? bp_explain_derivative_numbers (scene, &link->use, link->element, link->output, notation, exact)
             : bp_explain_derivative_symbols (scene, &link->use, notation);
    }

  if (link == NULL)
    bp_explain_append_partial (string, scene->graph, scene->loss, chain->head, notation);
  else
    bp_explain_append_partial (string, scene->graph, link->use.node,
                               bp_graph_get_input (scene->graph, link->use.node, link->use.input), notation);

  return g_string_free (string, FALSE);
}

static double
get_factor_value (const Chain *chain,
                  guint        index)
{
  const guint n_heads = chain->head != chain->scene->loss;
  const Link *link;

  if (index < n_heads)
    return bp_scene_get_gradient (chain->scene, chain->head, chain->head_element);
  link = &g_array_index (chain->links, Link, index - n_heads);

  return bp_explain_get_derivative (chain->scene, &link->use, link->element, link->output);
}

/* The factors with all but @n_shown of them left out in the middle. */
static void
append_factors (GString     *string,
                const Chain *chain,
                Part         part,
                guint        n_shown,
                BpNotation   notation,
                gboolean    *exact,
                gboolean    *zero)
{
  const guint n = get_n_factors (chain);
  const guint n_front = n_shown < n ? (n_shown + 1) / 2 : n;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *factor = NULL;
      gboolean factor_exact = TRUE;

      if (i > 0)
        g_string_append (string, bp_explain_sign (BP_SIGN_TIMES, notation));
      if (i == n_front)
        {
          g_string_append (string, bp_explain_sign (BP_SIGN_DOTS, notation));
          g_string_append (string, bp_explain_sign (BP_SIGN_TIMES, notation));
          i = n - n_shown / 2;
        }
      factor = get_factor (chain, i, part, notation, &factor_exact);
      *exact = *exact && factor_exact;
      *zero = *zero || (factor_exact && get_factor_value (chain, i) == 0);
      if (n > 1 || (part == PART_NUMBERS && chain->kept != 0))
        bp_explain_append_as_factor (string, factor, notation);
      else
        g_string_append (string, factor);
    }
}

static GString *
get_product_symbols (const Chain *chain,
                     guint        n_shown,
                     gboolean     with_derivatives,
                     BpNotation   notation)
{
  const BpScene *scene = chain->scene;
  GString *string = g_string_new (NULL);
  gboolean exact = TRUE, zero = FALSE; /* numbers only */

  bp_explain_append_partial (string, scene->graph, scene->loss, chain->node, notation);
  g_string_append (string, bp_explain_sign (chain->kept != 0 ? BP_SIGN_INCREASES : BP_SIGN_EQUALS, notation));
  if (get_n_factors (chain) > 1)
    append_factors (string, chain, PART_PARTIALS, n_shown, notation, &exact, &zero);
  if (get_n_factors (chain) > 1 && with_derivatives)
    g_string_append (string, bp_explain_sign (BP_SIGN_EQUALS, notation));
  if (with_derivatives)
    append_factors (string, chain, PART_DERIVATIVES, n_shown, notation, &exact, &zero);

  return string;
}

/* A product of numbers that are not 0 but too small is 0 all the same. */
static gboolean
underflows (const Chain *chain,
            double       product)
{
  for (guint i = 0; i < get_n_factors (chain); i++)
    if (get_factor_value (chain, i) == 0)
      return FALSE;

  return product == 0;
}

static GString *
get_product_numbers (const Chain *chain,
                     guint        n_shown,
                     BpNotation   notation)
{
  const BpScene *scene = chain->scene;
  const double gradient = bp_scene_get_gradient (scene, chain->node, 0);
  GString *string = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean exact = !underflows (chain, gradient - chain->kept), zero = FALSE;

  if (chain->kept != 0)
    {
      g_autofree char *kept = bp_explain_number (chain->kept, notation);

      g_string_append_printf (string, "%s%s", kept, bp_explain_sign (BP_SIGN_PLUS, notation));
    }
  append_factors (string, chain, PART_NUMBERS, n_shown, notation, &exact, &zero);
  bp_explain_append_result (string, gradient, (exact || zero) && bp_number_is_exact (chain->kept), notation);
  bp_explain_append_label (line, scene, chain->node, notation);
  g_string_prepend (string, line->str);

  return string;
}

static gboolean
fits (GString *text)
{
  const gboolean result = bp_explain_length (text) <= BP_EXPLAIN_MAX_CHARS;

  g_string_free (text, TRUE);

  return result;
}

/* How much of the chain fits is decided as text, so that both notations leave out the same. */
static char *
explain_product_symbols (const Chain *chain,
                         BpNotation   notation)
{
  guint n_shown = MIN (get_n_factors (chain), MAX_FACTORS);
  gboolean with_derivatives = TRUE;

  while (n_shown > 2 && !fits (get_product_symbols (chain, n_shown, TRUE, BP_NOTATION_TEXT)))
    n_shown--;
  if (get_n_factors (chain) > 1)
    with_derivatives = fits (get_product_symbols (chain, n_shown, TRUE, BP_NOTATION_TEXT));

  return g_string_free (get_product_symbols (chain, n_shown, with_derivatives, notation), FALSE);
}

static char *
explain_product_numbers (const Chain *chain,
                         BpNotation   notation)
{
  guint n_shown = MIN (get_n_factors (chain), MAX_FACTORS);

  while (n_shown > 2 && !fits (get_product_numbers (chain, n_shown, BP_NOTATION_TEXT)))
    n_shown--;

  return g_string_free (get_product_numbers (chain, n_shown, notation), FALSE);
}

/* A node's gradient */

/* "∂L/∂z = −1" needs no "= −1" after it. */
static void
drop_repetition (const char *symbols,
                 char      **numbers)
{
  if (*numbers != NULL && (*numbers)[0] == '=' && g_str_has_suffix (symbols, *numbers))
    g_clear_pointer (numbers, g_free);
}

static char *
label (const BpScene *scene,
       guint          node,
       char          *text,
       BpNotation     notation)
{
  GString *string = g_string_new (NULL);

  bp_explain_append_label (string, scene, node, notation);
  g_string_append (string, text);
  g_free (text);

  return g_string_free (string, FALSE);
}

static void
explain_seed (const BpScene *scene,
              BpNotation     notation,
              char         **symbols)
{
  GString *string = g_string_new (NULL);

  bp_explain_append_partial (string, scene->graph, scene->loss, scene->loss, notation);
  g_string_append_printf (string, "%s1", bp_explain_sign (BP_SIGN_EQUALS, notation));
  *symbols = g_string_free (string, FALSE);
}

void
bp_explain_gradient (const BpScene *scene,
                     guint          node,
                     BpNotation     notation,
                     char         **symbols,
                     char         **numbers)
{
  const gboolean complete = bp_scene_has_gradient (scene, node);
  g_autoptr (GArray) uses = NULL;
  Chain chain;

  if (node == scene->loss)
    {
      explain_seed (scene, notation, symbols);
      return;
    }
  if (!bp_graph_needs_gradient (scene->graph, node))
    return;

  uses = bp_explain_find_uses (scene->graph, node);
  chain_init (&chain, scene, node);
  chain.kept = complete ? bp_explain_get_kept (scene, node, uses) : 0;
  if (chain.links->len > 0)
    {
      *symbols = explain_product_symbols (&chain, notation);
      *numbers = complete ? explain_product_numbers (&chain, notation) : NULL;
    }
  else
    {
      *symbols = bp_explain_sum_symbols (scene, node, uses, chain.kept != 0 ? BP_SIGN_INCREASES : BP_SIGN_EQUALS, notation);
      *numbers = !complete ? NULL
                 : label (scene, node, bp_explain_sum_numbers (scene, uses, chain.kept, bp_scene_get_gradient (scene, node, 0),
                                                            BP_EXPLAIN_MAX_CHARS, notation), notation);
    }
  drop_repetition (*symbols, numbers);
  g_array_unref (chain.links);
}
