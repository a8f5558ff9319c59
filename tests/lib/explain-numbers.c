/* explain-numbers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/explain-numbers.h"

#include <math.h>

#include "base/bp-number.h"
#include "lib/formula-value.h"

double
get_value (BpTrainer *trainer,
           guint      node)
{
  BpSession *session = bp_trainer_get_session (trainer);
  const double *value = bp_session_get_value (session, node);

  if (bp_graph_get_op (bp_trainer_get_graph (trainer), node) == BP_OP_VARIABLE)
    return bp_trainer_get_previous_parameters (trainer)[value - bp_session_get_parameters (session)];

  return value[0];
}

double
look_up (guint    node,
         gpointer data)
{
  return get_value (*(BpTrainer **) data, node);
}

/* Numbers */

gboolean
agree (double a,
       double b)
{
  return a == b || fabs (a - b) <= 1e-9 * fmax (fabs (a), fabs (b)) || fmax (fabs (a), fabs (b)) < 1e-300;
}

const BpFormula *
get_side (const BpFormula *equation,
          int              index)
{
  return g_ptr_array_index (equation->children, index < 0 ? (int) equation->children->len + index : index);
}

void
assert_is_equation (const BpFormula *formula)
{
  g_assert_nonnull (formula);
  g_assert_cmpint (formula->kind, ==, BP_FORMULA_EQUATION);
}

void
check_equation (const BpFormula *equation,
                double           expected)
{
  const FormulaEvaluator shown = { TRUE, NULL, NULL, NULL }, whole = { FALSE, NULL, NULL, NULL };
  g_autofree char *text = bp_formula_to_text (equation);
  g_autofree char *expected_text = bp_number_format (expected);
  g_autofree char *result_text = NULL;
  g_autofree char *arithmetic = NULL;
  gboolean exact;

  assert_is_equation (equation);
  result_text = bp_formula_to_text (get_side (equation, -1));
  exact = equation->relations[equation->children->len - 1] != BP_RELATION_APPROXIMATE;
  g_assert_cmpstr (result_text, ==, expected_text);
  if (exact)
    g_assert_true (bp_number_is_exact (expected));
  if (equation->children->len < 2 || get_side (equation, -2)->kind == BP_FORMULA_PARTIAL
      || get_side (equation, -2)->kind == BP_FORMULA_ELEMENT || get_side (equation, -2)->kind == BP_FORMULA_SYMBOL)
    return;

  /* The exponential of a large number, of which a logarithm is to be taken. */
  if (isfinite (expected) && isinf (formula_value (&whole, get_side (equation, -2))))
    return;

  arithmetic = bp_number_format (formula_value (&shown, get_side (equation, -2)));
  if (!g_str_equal (arithmetic, expected_text))
    g_error ("“%s” gives %s", text, arithmetic);
  if (!agree (formula_value (&whole, get_side (equation, -2)), expected))
    g_error ("“%s” is %.17g and not %.17g", text, formula_value (&whole, get_side (equation, -2)), expected);
  if (exact && !agree (formula_value (&shown, get_side (equation, -2)), expected))
    g_error ("“%s” is not equal", text);
}

static gboolean
has_ellipsis (const BpFormula *formula)
{
  if (formula->kind == BP_FORMULA_ELLIPSIS)
    return TRUE;
  for (guint i = 0; formula->children != NULL && i < formula->children->len; i++)
    if (has_ellipsis (g_ptr_array_index (formula->children, i)))
      return TRUE;

  return FALSE;
}

void
check_symbols (BpTrainer       *trainer,
               const BpFormula *symbols,
               double           expected)
{
  const FormulaEvaluator evaluator = { FALSE, look_up, &trainer, NULL };
  double value;

  assert_is_equation (symbols);
  if (has_ellipsis (get_side (symbols, -1)))
    return;
  value = formula_value (&evaluator, get_side (symbols, -1));
  if (!agree (value, expected) && fabs (value - expected) > 1e-12)
    {
      g_autofree char *text = bp_formula_to_text (symbols);

      g_error ("“%s” gives %.17g, not %.17g", text, value, expected);
    }
}

/* ∂L/∂d · ∂d/∂p · ∂p/∂A: what stands below stands above next, each is an edge, and the ends are the loss and @node. */
static void
check_factors (BpTrainer       *trainer,
               const BpFormula *product,
               guint            node)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  guint above = bp_graph_get_loss (graph);

  for (guint i = 0; i < product->children->len; i++)
    {
      const BpFormula *factor = get_side (product, (int) i);
      guint upper, lower;
      gboolean is_edge;

      if (factor->kind == BP_FORMULA_ELLIPSIS)
        {
          above = BP_NODE_NONE;
          continue;
        }
      g_assert_cmpint (factor->kind, ==, BP_FORMULA_PARTIAL);
      upper = get_side (factor, 0)->node;
      lower = get_side (factor, 1)->node;
      is_edge = upper == bp_graph_get_loss (graph);
      g_assert_true (upper == above || above == BP_NODE_NONE);
      for (guint k = 0; k < bp_graph_get_n_inputs (graph, upper); k++)
        is_edge = is_edge || bp_graph_get_input (graph, upper, k) == lower;
      g_assert_true (is_edge);
      above = lower;
    }
  g_assert_cmpuint (above, ==, node);
}

static gboolean
is_chain (const BpFormula *product)
{
  for (guint i = 0; i < product->children->len; i++)
    if (get_side (product, (int) i)->kind != BP_FORMULA_PARTIAL
        && get_side (product, (int) i)->kind != BP_FORMULA_ELLIPSIS)
      return FALSE;

  return TRUE;
}

/* The middle of "∂L/∂z = ∂L/∂a·∂a/∂z + ∂L/∂b·∂b/∂z" or "∂L/∂A = ∂L/∂p · ∂p/∂A = …"; nothing to check in "∂L/∂d =
 * 2d". */
static void
check_chain (BpTrainer       *trainer,
             const BpFormula *symbols,
             guint            node)
{
  const BpFormula *middle = get_side (symbols, 1);
  const guint n_terms = middle->kind == BP_FORMULA_SUM ? middle->children->len : 1;

  for (guint i = 0; i < n_terms; i++)
    {
      const BpFormula *term = middle->kind == BP_FORMULA_SUM ? get_side (middle, (int) i) : middle;

      if (term->kind == BP_FORMULA_TOTAL)
        term = get_side (term, 0);
      if ((term->kind == BP_FORMULA_CHAIN || term->kind == BP_FORMULA_PRODUCT) && is_chain (term))
        check_factors (trainer, term, node);
    }
}

gboolean
all_scalar (BpGraph *graph)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    if (bp_graph_get_n_elements (graph, i) > 1)
      return FALSE;

  return TRUE;
}

/* At a tie the formula in symbols says another derivative than the one that is used. */
static gboolean
has_tie (BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);

  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    {
      const BpOp op = bp_graph_get_op (graph, i);

      if (op == BP_OP_MAXIMUM || op == BP_OP_MINIMUM)
        {
          const double a = get_value (trainer, bp_graph_get_input (graph, i, 0));
          const double b = get_value (trainer, bp_graph_get_input (graph, i, 1));

          if (a == b)
            return TRUE;
        }
    }

  return FALSE;
}

/* Whether the op has inputs and passes them no gradient. */
static gboolean
is_flat (BpOp op)
{
  return bp_op_get_class (op)->n_inputs > 0 && bp_op_get_class (op)->backward == NULL;
}

/* Whether a central difference is good to several digits: no kinks, and nothing so small or large that its step is
 * too long. */
static gboolean
is_tame (BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);

  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    {
      const BpOp op = bp_graph_get_op (graph, i);

      if (op == BP_OP_MAXIMUM || op == BP_OP_MINIMUM || op == BP_OP_ABS || op == BP_OP_RELU || op == BP_OP_LEAKY_RELU
          || op == BP_OP_CLIP_BY_VALUE || op == BP_OP_WHERE || is_flat (op))
        return FALSE;
      for (gsize k = 0; k < bp_graph_get_n_elements (graph, i); k++)
        {
          const double size = fabs (bp_session_get_value (bp_trainer_get_session (trainer), i)[k]);

          if (size > 50 || (size < 1e-3 && size > 0))
            return FALSE;
        }
    }

  return TRUE;
}

gboolean
has_plain_formula (BpOp op)
{
  return op != BP_OP_MATMUL && op != BP_OP_TRANSPOSE && op != BP_OP_REDUCE_SUM && op != BP_OP_REDUCE_MEAN
         && op != BP_OP_SOFTMAX && op != BP_OP_LOG_SOFTMAX && op != BP_OP_L2_LOSS
         && op != BP_OP_SOFTMAX_CROSS_ENTROPY && op != BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY && op != BP_OP_CONCAT
         && op != BP_OP_STACK && op != BP_OP_ONE_HOT && op != BP_OP_ARGMAX && op != BP_OP_REDUCE_MAX
         && op != BP_OP_REDUCE_MIN;
}

static gboolean
all_plain (BpGraph *graph)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    if (!has_plain_formula (bp_graph_get_op (graph, i)))
      return FALSE;

  return TRUE;
}

static gboolean
has_partial (const BpFormula *formula)
{
  if (formula->kind == BP_FORMULA_PARTIAL)
    return TRUE;
  for (guint i = 0; formula->children != NULL && i < formula->children->len; i++)
    if (has_partial (get_side (formula, (int) i)))
      return TRUE;

  return FALSE;
}

void
check_gradient (BpTrainer           *trainer,
                const BpExplanation *explanation,
                guint                node)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const double gradient = bp_session_get_gradient (bp_trainer_get_session (trainer), node)[0];
  BpElementCheck check;

  g_assert_nonnull (explanation->symbols);
  if (explanation->numbers != NULL)
    check_equation (explanation->numbers, gradient);
  check_chain (trainer, explanation->symbols, node);
  if (all_scalar (graph) && all_plain (graph) && !has_tie (trainer)
      && explanation->symbols->relations[1] != BP_RELATION_INCREASES
      && !has_partial (get_side (explanation->symbols, -1)))
    check_symbols (trainer, explanation->symbols, gradient);

  g_assert_true (bp_explain_check (trainer, node, 0, &check));
  if (!bp_trainer_get_settings (trainer)->keep_gradients || bp_graph_get_op (graph, node) != BP_OP_VARIABLE)
    g_assert_cmpfloat (check.gradient, ==, gradient);
  if (is_tame (trainer))
    g_assert_true (check.verdict == BP_SLOPE_WITHIN_ROUNDING || check.error < 1e-6);
}
