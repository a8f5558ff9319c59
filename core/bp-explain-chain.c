/* bp-explain-chain.c: what reaches a node: the chain rule from the loss, or a sum where paths meet
 *
 * From the node up, as long as one element goes into one element of one op, the local derivatives are the factors of a
 * product. Where that ends, the gradient found there is the first factor; where it ends at once, the gradient is a sum
 * over the ops that use the node. Of a tensor, symbols hold for each element and numbers are those of the first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-explain-private.h"

#include "bp-number.h"

#include <math.h>

/* Factors of which more are left out. */
#define MAX_FACTORS 12

/**
 * Chain:
 * @head: the node whose gradient the product starts with
 * @uses: (element-type BpUse): the factors, from @node up to @head
 * @kept: what earlier iterations left in the gradient of a variable
 */
typedef struct {
  const BpScene *scene;
  guint          node;
  guint          head;
  GArray        *uses;
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
           const BpUse   *use)
{
  if (bp_graph_get_op (scene->graph, use->node) == BP_OP_MATMUL)
    return !bp_scene_is_tensor (scene, bp_graph_get_input (scene->graph, use->node, 0))
           && !bp_scene_is_tensor (scene, bp_graph_get_input (scene->graph, use->node, 1));

  return bp_explain_count_terms (scene, use) == 1;
}

static void
chain_init (Chain         *chain,
            const BpScene *scene,
            guint          node)
{
  g_autofree BpUse *single = find_single_uses (scene->graph, node);

  *chain = (Chain) { scene, node, node, g_array_new (FALSE, FALSE, sizeof (BpUse)), 0 };
  while (chain->head != scene->loss && single[chain->head].node != 0 && is_factor (scene, &single[chain->head]))
    {
      g_array_append_val (chain->uses, single[chain->head]);
      chain->head = single[chain->head].node;
    }
}

/* Products */

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
get_factor_value (const Chain *chain,
                  guint        index)
{
  if (index < get_n_heads (chain))
    return bp_scene_get_gradient (chain->scene, chain->head, 0);

  return bp_explain_get_derivative (chain->scene, get_use (chain, index), 0);
}

static char *
get_partial (const Chain *chain,
             guint        of,
             guint        by,
             BpNotation   notation)
{
  GString *string = g_string_new (NULL);

  bp_explain_append_partial (string, chain->scene, of, by, notation);

  return g_string_free (string, FALSE);
}

/* The gradient that the product starts with. */
static char *
get_head (const Chain *chain,
          Part         part,
          BpNotation   notation,
          gboolean    *exact)
{
  const double gradient = bp_scene_get_gradient (chain->scene, chain->head, 0);

  if (part != PART_NUMBERS)
    return get_partial (chain, chain->scene->loss, chain->head, notation);
  *exact = bp_number_is_exact (gradient);

  return bp_explain_number (gradient, notation);
}

static char *
get_factor (const Chain *chain,
            guint        index,
            Part         part,
            BpNotation   notation,
            gboolean    *exact)
{
  const BpUse *use;

  if (index < get_n_heads (chain))
    return get_head (chain, part, notation, exact);

  use = get_use (chain, index);
  switch (part)
    {
    case PART_PARTIALS:
      return get_partial (chain, use->node, bp_graph_get_input (chain->scene->graph, use->node, use->input), notation);
    case PART_DERIVATIVES:
      return bp_explain_derivative_symbols (chain->scene, use, notation);
    case PART_NUMBERS:
    default:
      return bp_explain_derivative_numbers (chain->scene, use, 0, notation, exact);
    }
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

static BpSign
get_relation (const Chain *chain)
{
  return chain->kept != 0 ? BP_SIGN_INCREASES : BP_SIGN_EQUALS;
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

  bp_explain_append_partial (string, scene, scene->loss, chain->node, notation);
  g_string_append (string, bp_explain_sign (get_relation (chain), notation));
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

/* The numbers where the chain ends at once. */
static char *
explain_sum (const Chain  *chain,
             const GArray *uses,
             BpNotation    notation)
{
  const double gradient = bp_scene_get_gradient (chain->scene, chain->node, 0);
  g_autofree char *sum = bp_explain_sum_numbers (chain->scene, uses, chain->kept, gradient, BP_EXPLAIN_MAX_CHARS,
                                                 notation);
  GString *string = g_string_new (NULL);

  bp_explain_append_label (string, chain->scene, chain->node, notation);
  g_string_append (string, sum);

  return g_string_free (string, FALSE);
}

static void
explain_seed (const BpScene *scene,
              BpNotation     notation,
              char         **symbols)
{
  GString *string = g_string_new (NULL);

  bp_explain_append_partial (string, scene, scene->loss, scene->loss, notation);
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
  *symbols = chain.uses->len > 0
             ? explain_product_symbols (&chain, notation)
             : bp_explain_sum_symbols (scene, node, uses, get_relation (&chain), notation);
  if (complete)
    *numbers = chain.uses->len > 0 ? explain_product_numbers (&chain, notation) : explain_sum (&chain, uses, notation);
  drop_repetition (*symbols, numbers);
  g_array_unref (chain.uses);
}
