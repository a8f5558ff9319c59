/* bp-explain-local.c: local derivatives as texts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-explain-private.h"

#include "bp-number.h"

#include <math.h>
#include <string.h>

static const char *
get_template (const BpScene *scene,
              const BpUse   *use,
              guint          input,
              BpNotation     notation)
{
  const BpOpClass *class = bp_op_get_class (bp_graph_get_op (scene->graph, use->node));

  return notation == BP_NOTATION_LATEX ? class->derivatives_latex[input] : class->derivatives[input];
}

static char *
fill_template (const BpScene *scene,
               const BpUse   *use,
               const char    *a,
               const char    *b,
               const char    *y,
               BpNotation     notation)
{
  g_autofree char *first = bp_explain_fill (get_template (scene, use, use->input, notation), a, b, y);
  g_autofree char *second = NULL;

  if (!use->both)
    return g_steal_pointer (&first);
  second = bp_explain_fill (get_template (scene, use, 1 - use->input, notation), a, b, y);

  return g_strconcat (first, bp_explain_sign (BP_SIGN_PLUS, notation), second, NULL);
}

/* 1/n with the number of elements that a mean is of. */
static char *
get_mean_derivative (const BpScene *scene,
                     const BpUse   *use,
                     BpNotation     notation)
{
  const gsize n = bp_explain_get_n_reduced (scene, use->node);

  if (n == 1)
    return g_strdup ("1");

  return g_strdup_printf (notation == BP_NOTATION_LATEX ? "\\frac{1}{%u}" : "1/%u", (guint) n);
}

char *
bp_explain_derivative_symbols (const BpScene *scene,
                               const BpUse   *use,
                               BpNotation     notation)
{
  const guint n_inputs = bp_graph_get_n_inputs (scene->graph, use->node);
  g_autofree char *a = bp_explain_symbol_in (scene, bp_graph_get_input (scene->graph, use->node, 0), notation);
  g_autofree char *b = NULL;
  g_autofree char *y = bp_explain_symbol_in (scene, use->node, notation);

  if (bp_graph_get_op (scene->graph, use->node) == BP_OP_REDUCE_MEAN)
    return get_mean_derivative (scene, use, notation);
  if (n_inputs > 1)
    b = bp_explain_symbol_in (scene, bp_graph_get_input (scene->graph, use->node, 1), notation);

  return fill_template (scene, use, a, b, y, notation);
}

/* Where the value at a kink or corner is another than the formula's, or the formula is a condition, the number says
 * more. */
static gboolean
shows_only_number (BpOp  op,
                   BpPlace place)
{
  switch ((int) op)
    {
    case BP_OP_MAXIMUM:
    case BP_OP_MINIMUM:
    case BP_OP_RELU:
    case BP_OP_ABS:
      return TRUE;
    case BP_OP_POW:
      return place.a <= 0 || place.b == 0;
    default:
      return FALSE;
    }
}

/* A function of a number is exact at few places, however few digits the result has: σ(40) is not 1. */
static gboolean
is_exact_at (BpOp  op,
             guint input,
             BpPlace place)
{
  switch ((int) op)
    {
    case BP_OP_SIN:
    case BP_OP_COS:
    case BP_OP_SOFTPLUS:
      return place.a == 0;
    case BP_OP_SIGMOID_CROSS_ENTROPY:
      return input == 0 || place.b == 0;
    case BP_OP_POW:
      return input == 0 ? place.b == rint (place.b) : place.a == 1;
    default:
      return TRUE;
    }
}

static gboolean
shown_are_exact (const char *template,
                 BpPlace       place)
{
  return (strstr (template, "%a") == NULL || bp_number_is_exact (place.a))
         && (strstr (template, "%b") == NULL || bp_number_is_exact (place.b))
         && (strstr (template, "%y") == NULL || bp_number_is_exact (place.y));
}

static char *
get_elementwise_numbers (const BpScene *scene,
                         const BpUse   *use,
                         gsize          output,
                         BpNotation     notation,
                         gboolean      *exact)
{
  const BpOp op = bp_graph_get_op (scene->graph, use->node);
  const BpPlace place = bp_scene_get_place (scene, use->node, output);
  g_autofree char *a = bp_explain_factor (place.a, notation);
  g_autofree char *b = bp_explain_factor (place.b, notation);
  g_autofree char *y = bp_explain_factor (place.y, notation);

  for (guint i = 0; i < (use->both ? 2 : 1); i++)
    {
      const guint input = i == 0 ? use->input : 1 - use->input;

      *exact = *exact && is_exact_at (op, input, place)
               && shown_are_exact (get_template (scene, use, input, BP_NOTATION_TEXT), place);
    }

  return fill_template (scene, use, a, b, y, notation);
}

char *
bp_explain_derivative_numbers (const BpScene *scene,
                               const BpUse   *use,
                               gsize          output,
                               BpNotation     notation,
                               gboolean      *exact)
{
  const BpOp op = bp_graph_get_op (scene->graph, use->node);
  const double derivative = bp_explain_get_derivative (scene, use, output);

  if (bp_op_get_class (op)->elementwise && !shows_only_number (op, bp_scene_get_place (scene, use->node, output)))
    return get_elementwise_numbers (scene, use, output, notation, exact);

  if (op == BP_OP_REDUCE_MEAN)
    return get_mean_derivative (scene, use, notation);

  *exact = *exact && bp_number_is_exact (derivative) && op != BP_OP_SOFTMAX_CROSS_ENTROPY
           && (op != BP_OP_POW || is_exact_at (op, use->input, bp_scene_get_place (scene, use->node, output)));

  return bp_explain_number (derivative, notation);
}

/* The label on an edge */

gboolean
bp_explain_local_derivative (BpTrainer *trainer,
                             guint      node,
                             guint      input,
                             char     **symbols,
                             char     **numbers)
{
  g_auto (BpScene) scene = { NULL, };
  BpUse use;
  guint target;
  g_autofree char *derivative = NULL;
  GString *string;

  g_return_val_if_fail (trainer != NULL, FALSE);
  bp_scene_init (&scene, trainer);
  g_return_val_if_fail (node < bp_graph_get_n_nodes (scene.graph), FALSE);
  g_return_val_if_fail (input < bp_graph_get_n_inputs (scene.graph, node), FALSE);

  target = bp_graph_get_input (scene.graph, node, input);
  bp_explain_init_use (&use, scene.graph, node, input);
  if (!bp_graph_needs_gradient (scene.graph, node) || !bp_graph_needs_gradient (scene.graph, target))
    return FALSE;
  use.both = FALSE;

  derivative = bp_explain_derivative_symbols (&scene, &use, BP_NOTATION_TEXT);
  if (symbols != NULL)
    {
      string = g_string_new (NULL);
      bp_explain_append_partial (string, &scene, node, target, BP_NOTATION_TEXT);
      g_string_append_printf (string, "%s%s", bp_explain_sign (BP_SIGN_EQUALS, BP_NOTATION_TEXT), derivative);
      *symbols = g_string_free (string, FALSE);
    }
  if (numbers != NULL)
    {
      gboolean exact = TRUE;
      g_autofree char *terms = NULL;

      *numbers = NULL;
      if (bp_scene_is_tensor (&scene, node) || bp_scene_is_tensor (&scene, target)
          || !bp_trainer_has_value (trainer, node))
        return TRUE;
      terms = bp_explain_derivative_numbers (&scene, &use, 0, BP_NOTATION_TEXT, &exact);
      if (g_str_equal (terms, derivative))
        return TRUE;
      string = g_string_new (terms);
      bp_explain_append_result (string, bp_explain_get_derivative (&scene, &use, 0), exact, BP_NOTATION_TEXT);
      *numbers = g_string_free (string, FALSE);
    }

  return TRUE;
}

gboolean
bp_explain_sum_is_exact (const double *terms,
                         guint         n_terms)
{
  double largest = 0;

  for (guint i = 0; i < n_terms; i++)
    largest = fmax (largest, fabs (terms[i]));
  for (guint i = 0; i < n_terms; i++)
    if (terms[i] != 0 && fabs (terms[i]) < largest * 1e-12)
      return FALSE;

  return TRUE;
}
