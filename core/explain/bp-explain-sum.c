/* bp-explain-sum.c: a gradient as the sum of what the ops that use a node pass back, and what one op passes on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <math.h>

/* Terms of which more are left out. */
#define MAX_TERMS 4

/* How many terms that are left out are looked at one by one for whether they are exact. */
#define MAX_LOOKED_AT 1000

/* What each of two sums on one line may have, besides "∂L/∂W[0,0] =". */
#define MAX_NAMED_CHARS 40

static double
get_contribution (const BpScene *scene,
                  const BpUse   *use,
                  gsize          term)
{
  const gsize output = bp_explain_get_term (scene, use, term);

  return bp_scene_get_gradient (scene, use->node, output) * bp_explain_get_derivative (scene, use, output);
}

/* @size: (inout) (optional): grows by the magnitude of all contributions */
static double
sum_contributions (const BpScene *scene,
                   const GArray  *uses,
                   double        *size)
{
  double sum = 0;

  for (guint i = 0; i < uses->len; i++)
    {
      const BpUse *use = &g_array_index (uses, BpUse, i);

      for (gsize term = 0; term < bp_explain_count_terms (scene, use); term++)
        {
          const double contribution = get_contribution (scene, use, term);

          sum += contribution;
          if (size != NULL)
            *size += fabs (contribution);
        }
    }

  return sum;
}

/* What is in the gradient of a variable besides this iteration's; rounding leaves a rest where there is nothing. */
double
bp_explain_get_kept (const BpScene *scene,
                     guint          node,
                     const GArray  *uses)
{
  const double gradient = bp_scene_get_gradient (scene, node, bp_scene_get_element (scene, node));
  double size = fabs (gradient), rest;

  if (!scene->settings.keep_gradients || bp_graph_get_op (scene->graph, node) != BP_OP_VARIABLE)
    return 0;
  rest = gradient - sum_contributions (scene, uses, &size);

  return fabs (rest) > 1e-12 * size ? rest : 0;
}

/* Sums */

/* ∂L/∂op · ∂op/∂node in symbols, of the loss itself only the derivative; matrices multiply from the left or the
 * right. */
static BpFormula *
get_term_symbols (const BpScene *scene,
                  const BpUse   *use,
                  gboolean       with_derivative)
{
  const guint target = bp_graph_get_input (scene->graph, use->node, use->input);
  const gboolean is_matrix = bp_graph_get_op (scene->graph, use->node) == BP_OP_MATMUL;
  BpFormula *gradient, *derivative;

  if (use->node == scene->loss)
    return bp_explain_derivative_symbols (scene, use);

  gradient = bp_explain_partial (scene, scene->loss, use->node);
  derivative = is_matrix || with_derivative ? bp_explain_derivative_symbols (scene, use)
                                            : bp_explain_partial (scene, use->node, target);
  if (is_matrix && use->input == 1)
    return bp_formula_new_binary (BP_FORMULA_PRODUCT, derivative, gradient);
  if (is_matrix || bp_explain_count_terms (scene, use) == 1)
    return bp_formula_new_binary (BP_FORMULA_PRODUCT, gradient, derivative);

  return bp_formula_new_unary (BP_FORMULA_TOTAL, bp_formula_new_binary (BP_FORMULA_PRODUCT, gradient, derivative));
}

static BpFormula *
get_sum_symbols (const BpScene *scene,
                 const GArray  *uses,
                 gboolean       with_derivatives)
{
  const guint n_front = uses->len > MAX_TERMS ? MAX_TERMS / 2 : uses->len;
  BpFormula *sum = bp_formula_new_empty (BP_FORMULA_SUM);

  for (guint i = 0; i < uses->len; i++)
    {
      if (i == n_front)
        {
          bp_formula_append (sum, bp_formula_new_ellipsis (NAN, FALSE));
          i = uses->len - 1;
        }
      bp_formula_append (sum, get_term_symbols (scene, &g_array_index (uses, BpUse, i), with_derivatives));
    }

  return bp_formula_simplify (sum);
}

BpFormula *
bp_explain_sum_symbols (const BpScene *scene,
                        guint          node,
                        const GArray  *uses,
                        BpRelation     relation)
{
  const BpUse *only = uses->len == 1 ? &g_array_index (uses, BpUse, 0) : NULL;
  BpFormula *equation = bp_formula_new_equation (bp_explain_partial (scene, scene->loss, node));

  bp_formula_append_side (equation, relation, get_sum_symbols (scene, uses, FALSE));
  if (only != NULL && only->node != scene->loss && bp_graph_get_op (scene->graph, only->node) != BP_OP_MATMUL)
    bp_formula_append_side (equation, BP_RELATION_EQUAL, get_sum_symbols (scene, uses, TRUE));

  return equation;
}

/* Numbers; an index counts through the terms of all uses */

static const BpUse *
find_term (const BpScene *scene,
           const GArray  *uses,
           gsize         *index)
{
  const BpUse *use = &g_array_index (uses, BpUse, 0);

  for (gsize n; *index >= (n = bp_explain_count_terms (scene, use)); use++)
    *index -= n;

  return use;
}

/* One number times another. */
static BpFormula *
get_term_numbers (const BpScene *scene,
                  const GArray  *uses,
                  gsize          index)
{
  const BpUse *use = find_term (scene, uses, &index);
  const gsize output = bp_explain_get_term (scene, use, index);
  BpFormula *derivative = bp_explain_derivative_numbers (scene, use, output);

  if (use->node == scene->loss)
    return derivative;

  return bp_formula_new_binary (BP_FORMULA_PRODUCT,
                                bp_formula_new_number (bp_scene_get_gradient (scene, use->node, output)), derivative);
}

/* Whether the terms from @start to @end, which are left out, are exact. */
static gboolean
rest_is_exact (const BpScene *scene,
               const GArray  *uses,
               gsize          start,
               gsize          end)
{
  for (gsize i = start; i < end; i++)
    {
      g_autoptr (BpFormula) term = end - start <= MAX_LOOKED_AT ? get_term_numbers (scene, uses, i) : NULL;

      if (term == NULL || !bp_formula_is_exact (term))
        return FALSE;
    }

  return TRUE;
}

/* The sum of all contributions with @n_shown of them written out, and its result. */
static BpFormula *
get_sum_numbers (const BpScene *scene,
                 const GArray  *uses,
                 guint          n_shown,
                 double         kept,
                 double         result)
{
  BpFormula *sum = bp_formula_new_empty (BP_FORMULA_SUM);
  gsize n = 0;

  for (guint i = 0; i < uses->len; i++)
    n += bp_explain_count_terms (scene, &g_array_index (uses, BpUse, i));
  if (kept != 0)
    bp_formula_append (sum, bp_formula_new_number (kept));

  for (gsize i = 0; i < n; i++)
    {
      if (n > n_shown && i == (n_shown + 1) / 2)
        {
          bp_formula_append (sum, bp_formula_new_ellipsis (0, rest_is_exact (scene, uses, i, n - n_shown / 2)));
          i = n - n_shown / 2;
        }
      if (i < n)
        bp_formula_append (sum, get_term_numbers (scene, uses, i));
    }
  bp_formula_complete (sum, result);

  return bp_formula_new_result (bp_formula_simplify (sum), result);
}

BpFormula *
bp_explain_sum_numbers (const BpScene *scene,
                        const GArray  *uses,
                        guint          labelled,
                        double         kept,
                        double         sum,
                        guint          max_chars)
{
  BpFormula *equation;

  for (guint n_shown = MAX_TERMS;; n_shown--)
    {
      equation = get_sum_numbers (scene, uses, n_shown, kept, sum);
      if (labelled != BP_NODE_NONE)
        equation->text = bp_scene_dup_index (scene, labelled);
      if (n_shown == 0 || bp_formula_get_length (equation) <= max_chars)
        return equation;

      bp_formula_free (equation);
    }
}

/* What one op passes on */

/* ∂L/∂target, of a tensor that of the element shown. */
static BpFormula *
get_left_side (const BpScene *scene,
               guint          target)
{
  g_autofree char *index = bp_scene_dup_index (scene, target);
  BpFormula *partial = bp_explain_partial (scene, scene->loss, target);

  return index != NULL ? bp_formula_new_element (partial, index) : partial;
}

/* The contribution of one op to one input, with a left side of its own for the numbers when @named. @max_chars: how
 * long terms and their sum may be, as far as the terms can be left out */
static void
explain_contribution (const BpScene  *scene,
                      guint           op,
                      guint           target,
                      gboolean        named,
                      guint           max_chars,
                      BpFormula     **symbols,
                      BpFormula     **numbers)
{
  g_autoptr (GArray) uses = bp_explain_find_uses (scene, target, op);
  g_autoptr (GArray) all = bp_explain_find_uses (scene, target, BP_NODE_NONE);
  const gboolean adds = all->len > uses->len || bp_explain_get_kept (scene, target, all) != 0;
  const BpRelation relation = adds ? BP_RELATION_INCREASES : BP_RELATION_EQUAL;
  BpFormula *terms = bp_explain_sum_numbers (scene, uses, named ? BP_NODE_NONE : target, 0,
                                             sum_contributions (scene, uses, NULL),
                                             max_chars);

  *symbols = bp_explain_sum_symbols (scene, target, uses, relation);
  if (!named)
    {
      *numbers = terms;
      return;
    }

  /* "+= 0.3·2 = 0.6", and where that is one number "+= 0.6". */
  if (terms->relations[0] == BP_RELATION_NONE || adds)
    terms->relations[0] = relation;
  *numbers = bp_formula_new_equation (get_left_side (scene, target));
  bp_formula_continue (*numbers, terms);
}

/* What @op passes on to several inputs. */
static void
explain_contributions (const BpScene  *scene,
                       guint           op,
                       const guint    *targets,
                       guint           n_targets,
                       guint           max_chars,
                       BpFormula     **symbols,
                       BpFormula     **numbers)
{
  *symbols = bp_formula_new_empty (BP_FORMULA_LIST);
  *numbers = bp_formula_new_empty (BP_FORMULA_LIST);
  for (guint i = 0; i < n_targets; i++)
    {
      BpFormula *rule = NULL, *terms = NULL;

      explain_contribution (scene, op, targets[i], n_targets > 1, max_chars, &rule, &terms);
      bp_formula_append (*symbols, rule);
      bp_formula_append (*numbers, terms);
    }
  *symbols = bp_formula_simplify (*symbols);
  *numbers = bp_formula_simplify (*numbers);
}

void
bp_explain_backward (const BpScene  *scene,
                     guint           op,
                     BpFormula     **symbols,
                     BpFormula     **numbers)
{
  guint targets[BP_MAX_INPUTS];
  const guint n_targets = bp_explain_get_targets (scene->graph, op, targets);

  if (n_targets == 0)
    return;

  if (n_targets == 1 && bp_scene_has_gradient (scene, targets[0]))
    {
      bp_explain_gradient (scene, targets[0], symbols, numbers);
      return;
    }

  explain_contributions (scene, op, targets, n_targets, n_targets > 1 ? MAX_NAMED_CHARS : BP_EXPLAIN_MAX_CHARS, symbols,
                         numbers);
  if (n_targets == 1 || bp_formula_get_length (*numbers) <= BP_EXPLAIN_MAX_CHARS)
    return;

  bp_formula_free (*symbols);
  bp_formula_free (*numbers);
  explain_contributions (scene, op, targets, n_targets, 0, symbols, numbers);
}
