/* bp-explain-sum.c: a gradient as the sum of what the ops that use a node pass back, and what one op passes on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-explain-private.h"

#include "bp-number.h"

#include <math.h>

/* Terms of which more are left out. */
#define MAX_TERMS 4

/* What each of two sums on one line may have, besides "∂L/∂W[0,0] =". */
#define MAX_NAMED_CHARS 40

typedef enum {
  PART_PARTIALS,
  PART_DERIVATIVES,
} Part;

static double
get_contribution (const BpScene *scene,
                  const BpUse   *use,
                  gsize          term)
{
  const gsize output = bp_explain_get_term (scene, use, term);

  return bp_scene_get_gradient (scene, use->node, output) * bp_explain_get_derivative (scene, use, output);
}

/* What is in the gradient of a variable besides this iteration's; rounding leaves a rest where there is nothing. */
double
bp_explain_get_kept (const BpScene *scene,
          guint          node,
          const GArray  *uses)
{
  const double gradient = bp_scene_get_gradient (scene, node, 0);
  double sum = 0, size = fabs (gradient);

  if (!scene->settings.keep_gradients || bp_graph_get_op (scene->graph, node) != BP_OP_VARIABLE)
    return 0;

  for (guint i = 0; i < uses->len; i++)
    {
      const BpUse *use = &g_array_index (uses, BpUse, i);

      for (gsize term = 0; term < bp_explain_count_terms (scene, use); term++)
        {
          double contribution = get_contribution (scene, use, term);

          sum += contribution;
          size += fabs (contribution);
        }
    }

  return fabs (gradient - sum) > 1e-12 * size ? gradient - sum : 0;
}

/* Sums */

/* ∂L/∂op · ∂op/∂node in symbols, of the loss itself only the derivative; matrices multiply from the left or the
 * right. */
static void
append_term_symbols (GString       *string,
                     const BpScene *scene,
                     const BpUse   *use,
                     Part           part,
                     gboolean       alone,
                     BpNotation     notation)
{
  const guint target = bp_graph_get_input (scene->graph, use->node, use->input);
  const gboolean is_product = bp_graph_get_op (scene->graph, use->node) == BP_OP_MATMUL;
  g_autofree char *derivative = bp_explain_derivative_symbols (scene, use, notation);
  const char *dot = bp_explain_sign (BP_SIGN_DOT, notation);

  if (use->node == scene->loss)
    {
      if (alone)
        g_string_append (string, derivative);
      else
        bp_explain_append_as_factor (string, derivative, notation);
      return;
    }
  if (is_product && use->input == 1)
    g_string_append_printf (string, "%s%s", derivative, dot);
  else if (!is_product && bp_explain_count_terms (scene, use) > 1)
    g_string_append (string, bp_explain_sign (BP_SIGN_SUM, notation));

  bp_explain_append_partial (string, scene, scene->loss, use->node, notation);
  if (is_product && use->input == 1)
    return;
  g_string_append (string, dot);
  if (is_product || part == PART_DERIVATIVES)
    bp_explain_append_as_factor (string, derivative, notation);
  else
    bp_explain_append_partial (string, scene, use->node, target, notation);
}

static void
append_sum_symbols (GString       *string,
                    const BpScene *scene,
                    const GArray  *uses,
                    Part           part,
                    BpNotation     notation)
{
  const guint n_front = uses->len > MAX_TERMS ? MAX_TERMS / 2 : uses->len;

  for (guint i = 0; i < uses->len; i++)
    {
      if (i > 0)
        g_string_append (string, bp_explain_sign (BP_SIGN_PLUS, notation));
      if (i == n_front)
        {
          g_string_append (string, bp_explain_sign (BP_SIGN_DOTS, notation));
          g_string_append (string, bp_explain_sign (BP_SIGN_PLUS, notation));
          i = uses->len - 1;
        }
      append_term_symbols (string, scene, &g_array_index (uses, BpUse, i), part, uses->len == 1, notation);
    }
}

static gboolean
is_matrix_product (const BpScene *scene,
                   const GArray  *uses)
{
  return uses->len == 1
         && bp_graph_get_op (scene->graph, g_array_index (uses, BpUse, 0).node) == BP_OP_MATMUL;
}

char *
bp_explain_sum_symbols (const BpScene *scene,
                     guint          node,
                     const GArray  *uses,
                     BpSign         relation,
                     BpNotation     notation)
{
  GString *string = g_string_new (NULL);

  bp_explain_append_partial (string, scene, scene->loss, node, notation);
  g_string_append (string, bp_explain_sign (relation, notation));
  append_sum_symbols (string, scene, uses, PART_PARTIALS, notation);
  if (uses->len == 1 && !is_matrix_product (scene, uses) && g_array_index (uses, BpUse, 0).node != scene->loss)
    {
      g_string_append (string, bp_explain_sign (BP_SIGN_EQUALS, notation));
      append_sum_symbols (string, scene, uses, PART_DERIVATIVES, notation);
    }

  return g_string_free (string, FALSE);
}

/* One number times another; @index counts through the terms of all uses. */
static double
append_term_numbers (GString       *string,
                     const BpScene *scene,
                     const GArray  *uses,
                     gsize          index,
                     BpNotation     notation,
                     gboolean      *exact)
{
  const BpUse *use = &g_array_index (uses, BpUse, 0);
  g_autofree char *derivative = NULL;
  gsize output;
  double gradient, value;
  gboolean gradient_exact = TRUE, value_exact = TRUE;

  for (gsize n; index >= (n = bp_explain_count_terms (scene, use)); use++)
    index -= n;
  output = bp_explain_get_term (scene, use, index);
  gradient = bp_scene_get_gradient (scene, use->node, output);
  value = bp_explain_get_derivative (scene, use, output);
  derivative = bp_explain_derivative_numbers (scene, use, output, notation, &value_exact);
  if (use->node != scene->loss)
    {
      g_autofree char *factor = bp_explain_factor (gradient, notation);

      gradient_exact = bp_number_is_exact (gradient);
      g_string_append_printf (string, "%s%s", factor, bp_explain_sign (BP_SIGN_DOT, notation));
    }
  bp_explain_append_as_factor (string, derivative, notation);

  *exact = *exact && ((gradient_exact && value_exact) || gradient == 0 || (value_exact && value == 0));

  return gradient * value;
}

/* The sum of all contributions with @n_shown of them written out, and its result @sum. */
static GString *
get_sum_numbers (const BpScene *scene,
                 const GArray  *uses,
                 guint          n_shown,
                 double         kept,
                 double         sum,
                 BpNotation     notation)
{
  GString *string = g_string_new (NULL);
  double terms[MAX_TERMS + 1] = { kept, };
  guint n_terms = 1;
  gsize n = 0;
  gboolean exact = bp_number_is_exact (kept);

  for (guint i = 0; i < uses->len; i++)
    n += bp_explain_count_terms (scene, &g_array_index (uses, BpUse, i));
  if (kept != 0)
    {
      g_autofree char *number = bp_explain_number (kept, notation);

      g_string_append_printf (string, "%s%s", number, bp_explain_sign (BP_SIGN_PLUS, notation));
    }
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (string, bp_explain_sign (BP_SIGN_PLUS, notation));
      if (n > n_shown && i == (n_shown + 1) / 2)
        {
          g_string_append (string, bp_explain_sign (BP_SIGN_DOTS, notation));
          if (n_shown < 2)
            break;
          g_string_append (string, bp_explain_sign (BP_SIGN_PLUS, notation));
          i = n - n_shown / 2;
        }
      terms[n_terms++] = append_term_numbers (string, scene, uses, i, notation, &exact);
    }
  exact = exact && bp_explain_sum_is_exact (terms, n_terms);
  bp_explain_append_result (string, sum, exact, notation);

  return string;
}

char *
bp_explain_sum_numbers (const BpScene *scene,
                     const GArray  *uses,
                     double         kept,
                     double         sum,
                     glong          max_chars,
                     BpNotation     notation)
{
  guint n_shown = MAX_TERMS;

  for (; n_shown > 0; n_shown--)
    {
      g_autoptr (GString) text = get_sum_numbers (scene, uses, n_shown, kept, sum, BP_NOTATION_TEXT);

      if (bp_explain_length (text) <= max_chars)
        break;
    }

  return g_string_free (get_sum_numbers (scene, uses, n_shown, kept, sum, notation), FALSE);
}

/* What one op passes on */

/* The uses that @op makes of @target: two for the square of a matrix. */
static GArray *
find_uses_of (BpGraph *graph,
              guint    op,
              guint    target)
{
  GArray *uses = g_array_new (FALSE, FALSE, sizeof (BpUse));

  for (guint input = 0; input < bp_graph_get_n_inputs (graph, op); input++)
    {
      BpUse use;

      if (bp_graph_get_input (graph, op, input) == target && bp_explain_init_use (&use, graph, op, input))
        g_array_append_val (uses, use);
    }

  return uses;
}

static double
get_sum (const BpScene *scene,
         const GArray  *uses)
{
  double sum = 0;

  for (guint i = 0; i < uses->len; i++)
    {
      const BpUse *use = &g_array_index (uses, BpUse, i);

      for (gsize term = 0; term < bp_explain_count_terms (scene, use); term++)
        sum += get_contribution (scene, use, term);
    }

  return sum;
}

/* The contribution of one op to one input, with a left side of its own for the numbers when @named. */
static void
explain_contribution (const BpScene *scene,
                      guint          op,
                      guint          target,
                      gboolean       named,
                      BpNotation     notation,
                      GString       *symbols,
                      GString       *numbers)
{
  g_autoptr (GArray) uses = find_uses_of (scene->graph, op, target);
  g_autoptr (GArray) all = bp_explain_find_uses (scene->graph, target);
  const gboolean adds = all->len > uses->len || bp_explain_get_kept (scene, target, all) != 0;
  const BpSign relation = adds ? BP_SIGN_INCREASES : BP_SIGN_EQUALS;
  g_autofree char *rule = bp_explain_sum_symbols (scene, target, uses, relation, notation);
  g_autofree char *terms = bp_explain_sum_numbers (scene, uses, 0, get_sum (scene, uses),
                                                named ? MAX_NAMED_CHARS : BP_EXPLAIN_MAX_CHARS, notation);

  g_string_append (symbols, rule);
  if (named)
    {
      g_autofree char *index = bp_shape_index_to_string (bp_graph_get_shape (scene->graph, target), 0);

      bp_explain_append_partial (numbers, scene, scene->loss, target, notation);
      if (bp_scene_is_tensor (scene, target))
        g_string_append (numbers, index);
      if (!g_str_has_prefix (terms, bp_explain_sign (BP_SIGN_EQUALS, notation) + 1)
          && !g_str_has_prefix (terms, bp_explain_sign (BP_SIGN_APPROXIMATELY, notation) + 1))
        g_string_append (numbers, bp_explain_sign (relation, notation));
      else
        g_string_append_c (numbers, ' ');
    }
  else
    {
      bp_explain_append_label (numbers, scene, target, notation);
    }
  g_string_append (numbers, terms);
}

void
bp_explain_backward (const BpScene *scene,
                     guint          op,
                     BpNotation     notation,
                     char         **symbols,
                     char         **numbers)
{
  guint targets[BP_MAX_INPUTS];
  const guint n_targets = bp_explain_get_targets (scene->graph, op, targets);
  GString *rules, *terms;

  if (n_targets == 0)
    return;
  if (n_targets == 1 && bp_scene_has_gradient (scene, targets[0]))
    {
      bp_explain_gradient (scene, targets[0], notation, symbols, numbers);
      return;
    }

  rules = g_string_new (NULL);
  terms = g_string_new (NULL);
  for (guint i = 0; i < n_targets; i++)
    {
      if (i > 0)
        {
          g_string_append (rules, bp_explain_sign (BP_SIGN_SPACE, notation));
          g_string_append (terms, bp_explain_sign (BP_SIGN_SPACE, notation));
        }
      explain_contribution (scene, op, targets[i], n_targets > 1, notation, rules, terms);
    }
  *symbols = g_string_free (rules, FALSE);
  *numbers = g_string_free (terms, FALSE);
}
