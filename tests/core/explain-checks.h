/* explain-checks.h: what must be true of every explanation, whatever it explains
 *
 * The numbers in a text are parsed and the arithmetic between them is done again; its result and the numbers of the
 * session must agree. Formulas in symbols are evaluated with the session's values in the place of the symbols.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-explain.h"
#include "bp-number.h"
#include "formula-value.h"

/* Texts */

static inline void
check_text (const char *text,
            gboolean    optional)
{
  if (optional && text == NULL)
    return;
  g_assert_nonnull (text);
  g_assert_cmpstr (text, !=, "");
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strstr (text, "nan"));
  g_assert_null (strstr (text, "NaN"));
  g_assert_null (strstr (text, "inf"));
  g_assert_null (strstr (text, "(null)"));
  g_assert_null (strstr (text, "%a"));
  g_assert_null (strstr (text, "%b"));
  g_assert_null (strstr (text, "%y"));
  for (const char *c = strstr (text, "(("); c != NULL; c = strstr (c + 1, "(("))
    g_assert_false (g_str_has_prefix (strchr (c, ')'), "))"));
}

/* Braces and \left … \right come in pairs, and nothing is left that LaTeX's math mode cannot print. */
static inline void
check_latex (const char *latex,
             const char *text)
{
  int depth = 0, brackets = 0;

  g_assert_true ((latex == NULL) == (text == NULL));
  if (latex == NULL)
    return;
  for (const char *c = latex; *c != '\0'; c++)
    {
      g_assert_cmpint ((guchar) *c, <, 0x80);
      depth += *c == '{' && (c == latex || c[-1] != '\\');
      depth -= *c == '}' && c[-1] != '\\';
      g_assert_cmpint (depth, >=, 0);
      brackets += g_str_has_prefix (c, "\\left(");
      brackets -= g_str_has_prefix (c, "\\right)");
      g_assert_cmpint (brackets, >=, 0);
    }
  g_assert_cmpint (depth, ==, 0);
  g_assert_cmpint (brackets, ==, 0);
  g_assert_null (strchr (latex, '%'));
}

/* Each letter that stands alone in a formula is the name of a node or is in the legend. */
static inline void
check_legend (BpTrainer           *trainer,
              const BpExplanation *explanation)
{
  for (const char *c = explanation->symbols; c != NULL && *c != '\0'; c = g_utf8_next_char (c))
    {
      const char letter[] = { *c, '\0' };
      g_autofree char *entry = g_strdup_printf ("%c = ", *c);

      if (!g_ascii_isalpha (*c) || (c > explanation->symbols && (g_ascii_isalpha (c[-1]) || c[-1] == '_'))
          || g_ascii_isalnum (c[1]) || c[1] == '_' || g_utf8_get_char (c + 1) == 0x302)
        continue;
      if (bp_graph_find (bp_trainer_get_graph (trainer), letter) == BP_NODE_NONE && strchr ("nvsm", *c) == NULL)
        g_assert_true (explanation->legend != NULL && strstr (explanation->legend, entry) != NULL);
    }
}

static inline void
check_texts (BpTrainer           *trainer,
             const BpExplanation *explanation)
{
  check_legend (trainer, explanation);
  check_text (explanation->where, FALSE);
  check_text (explanation->symbols, TRUE);
  check_text (explanation->numbers, TRUE);
  check_text (explanation->update, TRUE);
  check_text (explanation->meaning, FALSE);
  check_text (explanation->legend, TRUE);
  if (explanation->symbols != NULL)
    g_assert_cmpint (g_utf8_strlen (explanation->symbols, -1), <=, 110);
  if (explanation->numbers != NULL)
    g_assert_cmpint (g_utf8_strlen (explanation->numbers, -1), <=, 110);
  check_latex (explanation->symbols_latex, explanation->symbols);
  check_latex (explanation->numbers_latex, explanation->numbers);
  check_latex (explanation->update_latex, explanation->update);
}

/* Symbols */

static inline guint
find_by_symbol (BpGraph    *graph,
                const char *symbol)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    {
      g_autofree char *own = bp_explain_symbol (graph, i);

      if (g_str_equal (own, symbol))
        return i;
    }

  return BP_NODE_NONE;
}

static inline void
check_unique_symbols (BpGraph *graph)
{
  g_autoptr (GHashTable) symbols = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    {
      char *symbol = bp_explain_symbol (graph, i);
      const gboolean is_number = bp_graph_get_op (graph, i) == BP_OP_CONSTANT;

      check_text (symbol, FALSE);
      g_assert_cmpint (g_utf8_strlen (symbol, -1), <=, is_number ? 15 : 6);
      g_assert_true (g_hash_table_add (symbols, symbol) || is_number);
    }
}

/* The value that the iteration shown computed with. */
static inline double
get_value (BpTrainer *trainer,
           guint      node)
{
  BpSession *session = bp_trainer_get_session (trainer);
  const double *value = bp_session_get_value (session, node);

  if (bp_graph_get_op (bp_trainer_get_graph (trainer), node) == BP_OP_VARIABLE)
    return bp_trainer_get_previous_parameters (trainer)[value - bp_session_get_parameters (session)];

  return value[0];
}

static inline gboolean
look_up (const char *symbol,
         double     *value,
         gpointer    data)
{
  guint node = find_by_symbol (bp_trainer_get_graph (data), symbol);

  if (node == BP_NODE_NONE)
    return FALSE;
  *value = get_value (data, node);

  return TRUE;
}

/* Numbers */

static inline gboolean
agree (double a,
       double b)
{
  return a == b || fabs (a - b) <= 1e-9 * fmax (fabs (a), fabs (b)) || fmax (fabs (a), fabs (b)) < 1e-300;
}

static inline const char *
find_last (const char *text,
           const char *token)
{
  const char *last = NULL;

  for (const char *c = strstr (text, token); c != NULL; c = strstr (c + 1, token))
    last = c;

  return last;
}

/* "3 − 0.5·6 = 0": the arithmetic is true, the relation too, and the result is @expected as it is shown. */
static inline void
check_equation (const char *text,
                double      expected)
{
  g_autofree char *shown = bp_number_format (expected);
  const char *equals = find_last (text, "= "), *approximately = find_last (text, "≈ ");
  const gboolean exact = approximately == NULL || equals > approximately;
  const char *result = exact ? equals + strlen ("= ") : approximately + strlen ("≈ ");
  g_autofree char *left = g_strstrip (g_strndup (text, (gsize) ((exact ? equals : approximately) - text)));
  FormulaValue value;

  g_assert_cmpstr (result, ==, shown);
  if (exact)
    g_assert_true (bp_number_is_exact (expected));
  else if (*left == '\0' && expected != 0) /* a function of a number may be 0 and yet not exact */
    g_assert_false (bp_number_is_exact (expected));
  if (*left == '\0' || strstr (left, "⋯") != NULL)
    return;

  if (!formula_evaluate (left, NULL, NULL, &value))
    g_error ("cannot evaluate “%s” of “%s”", left, text);
  if (isinf (value.high)) /* the exponential of a large number, of which a logarithm is to be taken */
    return;
  if (!(expected >= value.low - 1e-9 * fabs (value.low) && expected <= value.high + 1e-9 * fabs (value.high)))
    g_error ("“%s” gives %g … %g, not %.17g", text, value.low, value.high, expected);
  if (exact && !agree (value.shown, expected))
    g_error ("“%s” is not equal but %.17g", text, value.shown);
}

static inline const char *
skip_label (const char *text)
{
  return text[0] == '[' ? strstr (text, ": ") + 2 : text;
}

/* The formula after the last "=" of @symbols, evaluated with the values of the nodes. */
static inline void
check_symbols (BpTrainer  *trainer,
               const char *symbols,
               double      expected)
{
  const char *formula = find_last (symbols, "= ") + 2;
  FormulaValue value;

  if (strstr (formula, "⋯") != NULL)
    return;
  if (!formula_evaluate (formula, look_up, trainer, &value))
    g_error ("cannot evaluate “%s”", symbols);
  if (!agree (value.shown, expected) && fabs (value.shown - expected) > 1e-12)
    g_error ("“%s” gives %.17g, not %.17g", symbols, value.shown, expected);
}

/* ∂L/∂d · ∂d/∂p · ∂p/∂A: what stands below stands above next, each is an edge, and the ends are the loss and @node. */
static inline void
check_factors (BpTrainer  *trainer,
               const char *product,
               const char *separator,
               guint       node)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_auto (GStrv) factors = g_strsplit (product, separator, -1);
  guint above = bp_graph_get_loss (graph);

  for (guint i = 0; factors[i] != NULL; i++)
    {
      g_auto (GStrv) parts = NULL;
      guint upper, lower;
      gboolean is_edge;

      if (g_str_equal (factors[i], "⋯"))
        {
          above = BP_NODE_NONE;
          continue;
        }
      g_assert_true (g_str_has_prefix (factors[i], "∂"));
      parts = g_strsplit (factors[i] + strlen ("∂"), "/∂", 2);
      upper = find_by_symbol (graph, parts[0]);
      lower = find_by_symbol (graph, parts[1]);
      is_edge = upper == bp_graph_get_loss (graph);
      g_assert_true (upper == above || above == BP_NODE_NONE);
      for (guint k = 0; k < bp_graph_get_n_inputs (graph, upper); k++)
        is_edge = is_edge || bp_graph_get_input (graph, upper, k) == lower;
      g_assert_true (is_edge);
      above = lower;
    }
  g_assert_cmpuint (above, ==, node);
}

/* The middle of "∂L/∂z = ∂L/∂a·∂a/∂z + ∂L/∂b·∂b/∂z" or "∂L/∂A = ∂L/∂p · ∂p/∂A = …"; nothing to check in "∂L/∂d =
 * 2d". */
static inline void
check_chain (BpTrainer  *trainer,
             const char *symbols,
             guint       node)
{
  g_auto (GStrv) sides = g_strsplit (symbols, strstr (symbols, " += ") != NULL ? " += " : " = ", 2);
  g_auto (GStrv) middle = g_strsplit (sides[1], " = ", 2);
  g_auto (GStrv) terms = g_strsplit (middle[0], " + ", -1);

  for (guint i = 0; terms[i] != NULL; i++)
    if (strstr (terms[i], " · ∂") != NULL && terms[1] == NULL)
      check_factors (trainer, terms[i], " · ", node);
    else if (strstr (terms[i], "·∂") != NULL && strstr (terms[i], "ᵀ") == NULL)
      check_factors (trainer, g_str_has_prefix (terms[i], "Σ ") ? terms[i] + strlen ("Σ ") : terms[i], "·", node);
}

static inline gboolean
all_scalar (BpGraph *graph)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    if (bp_graph_get_n_elements (graph, i) > 1)
      return FALSE;

  return TRUE;
}

/* At a tie the formula in symbols says another derivative than the one that is used. */
static inline gboolean
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

/* Whether a central difference is good to several digits: no kinks, and nothing so small or large that its step is
 * too long. */
static inline gboolean
is_tame (BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);

  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    {
      const BpOp op = bp_graph_get_op (graph, i);

      if (op == BP_OP_MAXIMUM || op == BP_OP_MINIMUM || op == BP_OP_ABS || op == BP_OP_RELU || op == BP_OP_ROUND
          || op == BP_OP_STOP_GRADIENT || bp_trainer_get_settings (trainer)->keep_gradients)
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

/* What of @op the evaluator of formulas does not know in symbols. */
static inline gboolean
has_plain_formula (BpOp op)
{
  return op != BP_OP_MATMUL && op != BP_OP_TRANSPOSE && op != BP_OP_REDUCE_SUM && op != BP_OP_REDUCE_MEAN
         && op != BP_OP_SOFTMAX_CROSS_ENTROPY;
}

static inline gboolean
all_plain (BpGraph *graph)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    if (!has_plain_formula (bp_graph_get_op (graph, i)))
      return FALSE;

  return TRUE;
}

/* A gradient that is complete: the numbers, the symbols and the central difference agree with it. */
static inline void
check_gradient (BpTrainer           *trainer,
                const BpExplanation *explanation,
                guint                node)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const double gradient = bp_session_get_gradient (bp_trainer_get_session (trainer), node)[0];
  BpElementCheck check;

  g_assert_nonnull (explanation->symbols);
  if (explanation->numbers != NULL)
    check_equation (skip_label (explanation->numbers), gradient);
  check_chain (trainer, explanation->symbols, node);
  if (all_scalar (graph) && all_plain (graph) && !has_tie (trainer) && strstr (explanation->symbols, " += ") == NULL
      && strstr (find_last (explanation->symbols, "= "), "∂") == NULL)
    check_symbols (trainer, explanation->symbols, gradient);

  g_assert_true (bp_explain_check (trainer, node, 0, &check));
  g_assert_cmpfloat (check.gradient, ==, gradient);
  if (is_tame (trainer))
    g_assert_cmpfloat (check.error, <, 1e-6);
}

/* What the cursor says */

static inline gboolean
is_complete (BpTrainer *trainer,
             guint      node)
{
  guint n_total;
  guint n = bp_trainer_get_n_contributions (trainer, node, &n_total);

  return n_total > 0 && n == n_total;
}

static inline void
check_forward (BpTrainer           *trainer,
               const BpExplanation *explanation,
               guint                node)
{
  const double value = get_value (trainer, node);

  check_equation (skip_label (explanation->numbers), value);
  if (all_scalar (bp_trainer_get_graph (trainer))
      && has_plain_formula (bp_graph_get_op (bp_trainer_get_graph (trainer), node)))
    check_symbols (trainer, explanation->symbols, value);
}

/* "∂L/∂a = 0.3·1 = 0.3,  ∂L/∂b[0] ≈ …": each of two inputs. */
static inline void
check_two (BpTrainer           *trainer,
           const BpExplanation *explanation)
{
  g_auto (GStrv) parts = g_strsplit (explanation->numbers, ",  ", -1);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const char *name = parts[i] + strlen ("∂L/∂");
      g_autofree char *symbol = g_strndup (name, strcspn (name, " ["));
      const char *equation = strchr (parts[i], ' ') + 1;
      const guint node = find_by_symbol (bp_trainer_get_graph (trainer), symbol);

      g_assert_cmpuint (node, !=, BP_NODE_NONE);
      if (g_str_has_prefix (equation, "+= "))
        continue;
      if (find_last (equation, "= ") > equation || find_last (equation, "≈ ") > equation)
        equation += strlen ("= ");
      check_equation (equation, bp_session_get_gradient (bp_trainer_get_session (trainer), node)[0]);
    }
}

static inline void
check_backward (BpTrainer           *trainer,
                const BpExplanation *explanation)
{
  if (explanation->numbers != NULL && g_str_has_prefix (explanation->numbers, "∂"))
    check_two (trainer, explanation);
  else if (is_complete (trainer, explanation->node))
    check_gradient (trainer, explanation, explanation->node);
}

static inline void
check_update (BpTrainer           *trainer,
              const BpExplanation *explanation)
{
  const double *value = bp_session_get_value (bp_trainer_get_session (trainer), explanation->node);
  g_autofree char *before = bp_number_format (get_value (trainer, explanation->node));
  g_autofree char *after = bp_number_format (value[0]);
  g_autofree char *end = g_strdup_printf (" was %s, is now %s", before, after);

  g_assert_true (g_str_has_suffix (explanation->update, end));
  if (explanation->numbers != NULL)
    check_equation (skip_label (explanation->numbers), value[0]);
}

static inline void
check_cursor (BpTrainer *trainer)
{
  const BpInstruction *instruction = bp_trainer_get_last_instruction (trainer);
  g_autoptr (BpExplanation) explanation = bp_explain (trainer, BP_NODE_NONE);
  g_autofree char *text = bp_explanation_to_text (explanation);
  g_autofree char *latex = bp_explanation_to_latex (explanation);

  check_texts (trainer, explanation);
  check_text (text, FALSE);
  g_assert_nonnull (latex);
  if (instruction == NULL)
    return;

  g_assert_cmpint (explanation->phase, ==, instruction->phase);
  switch (instruction->phase)
    {
    case BP_PHASE_FORWARD:
      g_assert_cmpuint (explanation->node, ==, instruction->node);
      check_forward (trainer, explanation, instruction->node);
      break;
    case BP_PHASE_BACKWARD:
      if (!instruction->seed)
        check_backward (trainer, explanation);
      break;
    case BP_PHASE_UPDATE:
      g_assert_cmpuint (explanation->node, ==, instruction->node);
      check_update (trainer, explanation);
      break;
    case BP_PHASE_FEED:
    case BP_N_PHASES:
    default:
      break;
    }
}

/* Every node at the cursor */
static inline void
check_nodes (BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);

  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    {
      g_autoptr (BpExplanation) explanation = bp_explain (trainer, i);

      check_texts (trainer, explanation);
      g_assert_cmpuint (explanation->node, ==, i);
      if (is_complete (trainer, i) && i != bp_graph_get_loss (graph))
        check_gradient (trainer, explanation, i);
      else if (bp_graph_get_n_inputs (graph, i) > 0 && bp_trainer_has_value (trainer, i)
               && !bp_trainer_has_gradient (trainer, i))
        check_forward (trainer, explanation, i);
    }
}

/* Steps */

/* "next: v ← μ·v + g = 0.5·0 + 6 = 6,  A ← A − η·v = 3 − 0.5·6 = 0": what the update gives, and the slot before it. */
static inline void
check_next (BpTrainer  *trainer,
            const char *text,
            guint       variable)
{
  const double after = bp_session_get_value (bp_trainer_get_session (trainer), variable)[0];
  const double *slots = bp_trainer_get_slots (trainer, variable);
  g_auto (GStrv) parts = NULL;
  guint n;

  g_assert_true (g_str_has_prefix (text, "next: "));
  parts = g_strsplit (text, ",  ", -1);
  n = g_strv_length (parts);
  if (strstr (parts[n - 1], " ← ") != NULL)
    check_equation (strstr (parts[n - 1], " = ") + strlen (" = "), after);
  else
    check_equation (skip_label (parts[n - 1]), after);
  for (guint i = 0; i + 1 < n && slots != NULL; i++)
    if (strstr (parts[i], "m ≈ ") != NULL || strstr (parts[i], "m = ") != NULL)
      check_equation (strstr (parts[i], "m ") + strlen ("m "), slots[0]);
    else if (strstr (parts[i], " ← ") != NULL && strstr (parts[i], " = ") != NULL)
      check_equation (strstr (parts[i], " = ") + strlen (" = "), slots[0]);
}

static inline double
get_gradient (BpTrainer *trainer,
              guint      node)
{
  if (!bp_trainer_has_gradient (trainer, node))
    return 0;

  return bp_session_get_gradient (bp_trainer_get_session (trainer), node)[0];
}

/* "∂L/∂z += …" shows what this step adds. */
static inline void
check_increase (BpTrainer    *trainer,
                const double *gradients)
{
  g_autoptr (BpExplanation) explanation = bp_explain (trainer, BP_NODE_NONE);
  const guint node = explanation->node;

  if (explanation->phase == BP_PHASE_BACKWARD && explanation->numbers != NULL && !is_complete (trainer, node)
      && !g_str_has_prefix (explanation->numbers, "∂"))
    {
      g_assert_nonnull (strstr (explanation->symbols, " += "));
      check_equation (skip_label (explanation->numbers), get_gradient (trainer, node) - gradients[node]);
    }
}

/* One step, and whether what was said before and is said after it fits what it did. */
static inline void
check_step (BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const BpInstruction *next = bp_trainer_get_next_instruction (trainer);
  g_autofree double *gradients = g_new0 (double, bp_graph_get_n_nodes (graph));
  g_autoptr (BpExplanation) variable = NULL;
  guint node;

  if (next == NULL)
    return;
  node = next->node;
  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    gradients[i] = get_gradient (trainer, i);
  if (next->phase == BP_PHASE_UPDATE)
    variable = bp_explain (trainer, node);
  if (!bp_trainer_step_node (trainer, 1))
    return;
  if (variable != NULL && variable->update != NULL)
    check_next (trainer, variable->update, node);
  check_increase (trainer, gradients);
}
