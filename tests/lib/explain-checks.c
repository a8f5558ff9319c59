/* explain-checks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/explain-checks.h"

#include <math.h>
#include <string.h>

#include "base/bp-number.h"
#include "experiment/bp-setting.h"
#include "lib/explain-numbers.h"
#include "lib/formula-value.h"

/* Texts */

static void
check_text (const char *text,
            gboolean    optional)
{
  if (optional && text == NULL)
    return;
  g_assert_nonnull (text);
  g_assert_cmpstr (text, !=, "");
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strstr (text, "nan"));
  /* Only a sentence about it names it. */
  g_assert_true (strstr (text, "NaN") == NULL || strstr (text, "undefined (NaN)") != NULL);
  g_assert_null (strstr (text, "inf"));
  g_assert_null (strstr (text, "(null)"));
  g_assert_null (strstr (text, "%a"));
  g_assert_null (strstr (text, "%b"));
  g_assert_null (strstr (text, "%y"));
  for (const char *c = strstr (text, "(("); c != NULL; c = strstr (c + 1, "(("))
    g_assert_false (g_str_has_prefix (strchr (c, ')'), "))"));
}

/* Braces and \left … \right come in pairs, and nothing is left that LaTeX's math mode cannot print. */
static void
check_latex (const char *latex)
{
  int depth = 0, brackets = 0;

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

/* @max_length: 0 for any */
static void
check_formula (const BpFormula *formula,
               glong            max_length)
{
  g_autofree char *text = NULL;
  g_autofree char *latex = NULL;

  if (formula == NULL)
    return;
  text = bp_formula_to_text (formula);
  latex = bp_formula_to_latex (formula);
  check_text (text, FALSE);
  check_latex (latex);
  if (max_length > 0)
    if (g_utf8_strlen (text, -1) > max_length) g_error ("too long: %s", text);
}

/* Every symbol that is not the name of its node is in the legend. */
static void
check_symbols_in_legend (BpTrainer           *trainer,
                         const BpExplanation *explanation,
                         const BpFormula     *formula)
{
  if (formula == NULL)
    return;
  if (formula->kind == BP_FORMULA_SYMBOL && formula->node != G_MAXUINT)
    {
      const char *name = bp_graph_get_name (bp_trainer_get_graph (trainer), formula->node);
      g_autofree char *entry = g_strdup_printf ("%s = %s", formula->text, name);

      if (!g_str_equal (formula->text, name))
        g_assert_true (explanation->legend != NULL && strstr (explanation->legend, entry) != NULL);
    }
  for (guint i = 0; formula->children != NULL && i < formula->children->len; i++)
    check_symbols_in_legend (trainer, explanation, g_ptr_array_index (formula->children, i));
}

static void
check_texts (BpTrainer           *trainer,
             const BpExplanation *explanation)
{
  check_symbols_in_legend (trainer, explanation, explanation->symbols);
  check_symbols_in_legend (trainer, explanation, explanation->numbers);
  check_symbols_in_legend (trainer, explanation, explanation->update);
  check_text (explanation->where, FALSE);
  check_text (explanation->meaning, FALSE);
  check_text (explanation->legend, TRUE);
  check_formula (explanation->symbols, 110);
  check_formula (explanation->numbers, 110);
  check_formula (explanation->update, 0);
}

/* Symbols */

void
check_unique_symbols (BpGraph *graph)
{
  g_autoptr (GHashTable) symbols = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    {
      char *symbol = bp_explain_symbol (graph, i);
      const gboolean is_number = bp_graph_get_op (graph, i) == BP_OP_CONSTANT;
      const guint named = bp_graph_find (graph, symbol);

      check_text (symbol, FALSE);
      g_assert_true (is_number || named == i || named == BP_NODE_NONE || i == bp_graph_get_loss (graph));
      if (bp_graph_get_op (graph, i) == BP_OP_VARIABLE)
        g_assert_cmpstr (symbol, ==, bp_graph_get_name (graph, i));
      else
        g_assert_cmpint (g_utf8_strlen (symbol, -1), <=, is_number ? 15 : 6);
      g_assert_true (g_hash_table_add (symbols, symbol) || is_number);
    }
}

/* What the cursor says */

static gboolean
is_complete (BpTrainer *trainer,
             guint      node)
{
  guint n_total;
  guint n = bp_trainer_get_n_contributions (trainer, node, &n_total);

  return n_total > 0 && n == n_total;
}

static void
check_forward (BpTrainer           *trainer,
               const BpExplanation *explanation,
               guint                node)
{
  const double value = get_value (trainer, node);

  check_equation (explanation->numbers, value);
  if (all_scalar (bp_trainer_get_graph (trainer))
      && has_plain_formula (bp_graph_get_op (bp_trainer_get_graph (trainer), node)))
    check_symbols (trainer, explanation->symbols, value);
}

/* "∂L/∂a = 0.3·1 = 0.3,  ∂L/∂b[0] ≈ …": each of two inputs. */
static void
check_two (BpTrainer       *trainer,
           const BpFormula *numbers)
{
  g_assert_cmpuint (numbers->children->len, ==, 2);
  for (int i = 0; i < 2; i++)
    {
      const BpFormula *equation = get_side (numbers, i);
      const BpFormula *left = get_side (equation, 0);
      const BpFormula *partial = left->kind == BP_FORMULA_ELEMENT ? get_side (left, 0) : left;

      if (equation->relations[1] != BP_RELATION_INCREASES)
        check_equation (equation, bp_session_get_gradient (bp_trainer_get_session (trainer),
                                                           get_side (partial, 1)->node)[0]);
    }
}

static void
check_backward (BpTrainer           *trainer,
                const BpExplanation *explanation)
{
  if (explanation->numbers != NULL && explanation->numbers->kind == BP_FORMULA_LIST)
    check_two (trainer, explanation->numbers);
  else if (is_complete (trainer, explanation->node))
    check_gradient (trainer, explanation, explanation->node);
}

/* The rule of an update, once it is done */

typedef struct {
  BpTrainer *trainer;
  guint      variable;
} UpdateRule;

/* The number that the file has for @key. */
static double
get_setting (BpTrainer  *trainer,
             const char *key)
{
  g_autofree char *text = bp_setting_get (bp_setting_find (key), bp_trainer_get_shown_settings (trainer));

  return g_ascii_strtod (text, NULL);
}

/* The first element of the optimizer's slot @name, without the bias towards its start at 0 where it has a hat. */
static double
get_slot (const UpdateRule *rule,
          const char       *name)
{
  BpTrainer *trainer = rule->trainer;
  const BpOptimizerClass *class = bp_optimizer_get_class (bp_trainer_get_shown_settings (trainer)->optimizer.kind);
  const gsize n = bp_graph_get_n_elements (bp_trainer_get_graph (trainer), rule->variable);
  const double n_updates = (double) bp_trainer_get_n_updates (trainer)
                           + (bp_trainer_get_cursor (trainer).instruction > 0);

  for (guint slot = 0; slot < class->n_slots; slot++)
    if (g_str_has_prefix (name, class->slot_names[slot]))
      {
        const gboolean has_hat = strstr (name, "\314\202") != NULL;
        const double beta = has_hat ? get_setting (trainer, slot == 0 ? "Beta1" : "Beta2") : 0;

        return bp_trainer_get_slots (trainer, rule->variable)[slot * n] / (1 - pow (beta, n_updates));
      }
  g_error ("“%s” is unknown", name);
}

/* The greek letters are settings; g, and ∂L/∂A where the rule has it, the gradient. */
static double
look_up_in_rule (const BpFormula *formula,
                 gpointer         data)
{
  static const struct {
    const char *symbol;
    const char *key;
  } settings[] = {
    { "η", "LearningRate" }, { "μ", "Momentum" }, { "ρ", "Decay" },      { "β₁", "Beta1" },
    { "β₂", "Beta2" },       { "ε", "Epsilon" },  { "λ", "WeightDecay" },
  };
  const UpdateRule *rule = data;
  const double gradient = bp_session_get_gradient (bp_trainer_get_session (rule->trainer), rule->variable)[0];

  if (formula->kind == BP_FORMULA_PARTIAL)
    return gradient;
  if (*formula->text == 'g')
    return bp_trainer_get_shown_settings (rule->trainer)->optimizer.maximize ? -gradient : gradient;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (formula->text, settings[i].symbol))
      return get_setting (rule->trainer, settings[i].key);

  return get_slot (rule, formula->text);
}

/* "v ← μ·v + g,  A ← A − η·v": what the last gives with the slots as they have become. */
static void
check_rule (BpTrainer       *trainer,
            const BpFormula *symbols,
            guint            variable)
{
  const BpFormula *equation = symbols->kind == BP_FORMULA_LIST ? get_side (symbols, -1) : symbols;
  UpdateRule rule = { trainer, variable };
  const FormulaEvaluator evaluator = { FALSE, look_up, &rule, look_up_in_rule };
  const double after = bp_session_get_value (bp_trainer_get_session (trainer), variable)[0];

  assert_is_equation (equation);
  g_assert_cmpint (equation->relations[1], ==, BP_RELATION_BECOMES);
  g_assert_cmpuint (get_side (equation, 0)->node, ==, variable);
  if (!agree (formula_value (&evaluator, get_side (equation, 1)), after))
    {
      g_autofree char *text = bp_formula_to_text (equation);

      g_error ("“%s” gives %.17g, not %.17g", text, formula_value (&evaluator, get_side (equation, 1)), after);
    }
}

static void
check_update (BpTrainer           *trainer,
              const BpExplanation *explanation)
{
  const double *value = bp_session_get_value (bp_trainer_get_session (trainer), explanation->node);
  const double change = value[0] - get_value (trainer, explanation->node);
  g_autofree char *before = bp_number_format (get_value (trainer, explanation->node));
  g_autofree char *after = bp_number_format (value[0]);
  g_autofree char *size = bp_number_format (fabs (change));
  g_autofree char *end = !g_str_equal (before, after) ? g_strdup_printf (" was %s, is now %s", before, after)
                         : change == 0 ? g_strdup_printf (" stays %s", before)
                         : g_strdup_printf (" was %s and is %s by %s now", before, change > 0 ? "larger" : "smaller",
                                            size);

  g_assert_cmpint (explanation->update->kind, ==, BP_FORMULA_WORDS);
  g_assert_true (g_str_has_suffix (explanation->update->text, end));
  check_rule (trainer, explanation->symbols, explanation->node);
  if (explanation->numbers != NULL)
    check_equation (explanation->numbers, value[0]);
}

void
check_cursor (BpTrainer *trainer)
{
  const BpInstruction *instruction = bp_trainer_get_last_instruction (trainer);
  g_autoptr (BpExplanation) explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
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
static void
check_nodes (BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);

  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    {
      g_autoptr (BpExplanation) explanation = bp_explain (trainer, i, BP_ELEMENT_NONE);

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
static void
check_next (BpTrainer       *trainer,
            const BpFormula *line,
            guint            variable)
{
  const double after = bp_session_get_value (bp_trainer_get_session (trainer), variable)[0];
  const double *slots = bp_trainer_get_slots (trainer, variable);
  const gsize n = bp_graph_get_n_elements (bp_trainer_get_graph (trainer), variable);
  const BpFormula *formula;
  guint slot = 0;

  g_assert_cmpint (line->kind, ==, BP_FORMULA_LINE);
  g_assert_cmpstr (get_side (line, 0)->text, ==, "next: ");
  formula = get_side (line, 1);
  if (formula->kind == BP_FORMULA_EQUATION)
    {
      check_equation (formula, after);
      return;
    }
  g_assert_cmpint (formula->kind, ==, BP_FORMULA_LIST);
  check_equation (get_side (formula, -1), after);
  for (guint i = 0; i + 1 < formula->children->len; i++)
    {
      const BpFormula *equation = get_side (formula, (int) i);

      /* The rule of a tensor has no numbers. */
      if (get_side (equation, -1)->kind == BP_FORMULA_NUMBER)
        check_equation (equation, slots[slot++ * n]);
    }
}

static double
get_gradient (BpTrainer *trainer,
              guint      node)
{
  if (!bp_trainer_has_gradient (trainer, node))
    return 0;

  return bp_session_get_gradient (bp_trainer_get_session (trainer), node)[0];
}

/* "∂L/∂z += …" shows what this step adds. */
static void
check_increase (BpTrainer    *trainer,
                const double *gradients)
{
  g_autoptr (BpExplanation) explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  const guint node = explanation->node;

  if (explanation->phase == BP_PHASE_BACKWARD && explanation->numbers != NULL && !is_complete (trainer, node)
      && explanation->numbers->kind == BP_FORMULA_EQUATION)
    {
      g_assert_cmpint (explanation->symbols->relations[1], ==, BP_RELATION_INCREASES);
      check_equation (explanation->numbers, get_gradient (trainer, node) - gradients[node]);
    }
}

/* One step, and whether what was said before and is said after it fits what it did. */
static void
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
    variable = bp_explain (trainer, node, BP_ELEMENT_NONE);
  if (!bp_trainer_step_node (trainer, 1))
    return;
  if (variable != NULL && variable->update != NULL)
    check_next (trainer, variable->update, node);
  check_increase (trainer, gradients);
}

void
check_iterations (BpTrainer *trainer,
                  gint64     n_iterations)
{
  const guint n_steps = (guint) n_iterations * bp_trainer_get_n_instructions (trainer);

  for (guint i = 0; i <= n_steps && bp_trainer_get_status (trainer) == BP_STATUS_READY; i++)
    {
      check_cursor (trainer);
      check_nodes (trainer);
      check_step (trainer);
    }
}
