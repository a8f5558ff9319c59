/* bp-explain-update.c: what the optimizer does to a variable
 *
 * The formulas are those of bp-optimizer.c, taken apart so that numbers can be put in: a rule for each slot, and the
 * rule for the variable with the slots as they are afterwards. Before the update the results come from
 * bp_optimizer_update() on a copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-math.h"
#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The update of the element of a variable that is shown. */
typedef struct {
  const BpScene *scene;
  guint          variable;
  gsize          element;
  double         before;
  double         after;
  double         gradient; /* as the formula has it: turned where the optimizer maximizes */
  double         slots[BP_OPTIMIZER_MAX_SLOTS]; /* before the update; unset once it is done */
  double         updated[BP_OPTIMIZER_MAX_SLOTS];
} Update;

static gboolean
is_ascent (const BpScene *scene)
{
  return scene->settings.optimizer.maximize && scene->settings.optimizer.kind == BP_OPTIMIZER_GRADIENT_DESCENT;
}

static const BpOptimizerClass *
get_class (const BpScene *scene)
{
  return bp_optimizer_get_class (scene->settings.optimizer.kind);
}

static void
read_slots (const Update *update,
            double        slots[BP_OPTIMIZER_MAX_SLOTS])
{
  const BpScene *scene = update->scene;
  const gsize n = bp_graph_get_n_elements (scene->graph, update->variable);
  const guint n_slots = get_class (scene)->n_slots;
  const double *state = bp_trainer_get_slots (scene->trainer, update->variable);

  for (guint i = 0; i < n_slots; i++)
    slots[i] = state[i * n + update->element];
}

static void
update_init (Update        *update,
             const BpScene *scene,
             guint          variable)
{
  const gsize element = bp_scene_get_element (scene, variable);
  const double gradient = bp_scene_get_gradient (scene, variable, element);
  const gboolean turned = scene->settings.optimizer.maximize && !is_ascent (scene);

  *update = (Update) {
    .scene = scene,
    .variable = variable,
    .element = element,
    .before = bp_scene_get_value (scene, variable, element),
    .gradient = turned ? -gradient : gradient,
  };

  if (bp_scene_is_updated (scene, variable))
    {
      update->after = bp_session_get_value (scene->session, variable)[element];
      read_slots (update, update->updated);
      return;
    }

  read_slots (update, update->slots);
  update->after = update->before;
  for (guint i = 0; i < BP_OPTIMIZER_MAX_SLOTS; i++)
    update->updated[i] = update->slots[i];
  bp_optimizer_update (&scene->settings.optimizer, (guint64) scene->n_updates, 1, &update->after, &gradient,
                       update->updated);
}

/* Rules: in symbols, or with the numbers of the update */

/* What stands in a rule: the parameters of the optimizer in their order, and other things. */
typedef enum {
  TERM_MOMENTUM,
  TERM_DECAY,
  TERM_BETA1,
  TERM_BETA2,
  TERM_EPSILON,
  TERM_WEIGHT_DECAY,
  TERM_RATE,
  TERM_VARIABLE,
  TERM_GRADIENT,
  TERM_SLOT,            /* before the update */
  TERM_UPDATED_SLOT,
  TERM_CORRECTED_FIRST, /* Adam's slots with their bias corrected */
  TERM_CORRECTED_SECOND,
} Term;

G_STATIC_ASSERT (TERM_MOMENTUM == (int) BP_PARAMETER_MOMENTUM && TERM_RATE == (int) BP_N_PARAMETERS);

static const struct {
  const char *text;
  const char *latex;
} letters[] = {
  [TERM_MOMENTUM] = { "μ", "\\mu" },
  [TERM_DECAY] = { "ρ", "\\rho" },
  [TERM_BETA1] = { "β₁", "\\beta_1" },
  [TERM_BETA2] = { "β₂", "\\beta_2" },
  [TERM_EPSILON] = { "ε", "\\varepsilon" },
  [TERM_WEIGHT_DECAY] = { "λ", "\\lambda" },
  [TERM_RATE] = { "η", "\\eta" },
};

typedef struct {
  const Update *update;
  guint         slot;
  gboolean      with_numbers;
} Rule;

static BpFormula *
get_gradient_symbol (const Update *update)
{
  const BpScene *scene = update->scene;

  if (scene->settings.optimizer.kind == BP_OPTIMIZER_GRADIENT_DESCENT)
    return bp_explain_partial (scene, scene->loss, update->variable);

  return bp_explain_optimizer_symbol (scene, "g", FALSE);
}

static BpFormula *
get_symbol (const Rule *rule,
            Term        term)
{
  const BpScene *scene = rule->update->scene;
  const char *slot = get_class (scene)->slot_names[rule->slot];

  if (term <= TERM_RATE)
    return bp_formula_new_symbol (G_MAXUINT, letters[term].text, letters[term].latex);

  switch ((int) term)
    {
    case TERM_VARIABLE:
      return bp_explain_symbol_in (scene, rule->update->variable);
    case TERM_GRADIENT:
      return get_gradient_symbol (rule->update);
    case TERM_CORRECTED_FIRST:
      return bp_explain_optimizer_symbol (scene, "m", TRUE);
    case TERM_CORRECTED_SECOND:
      return bp_explain_optimizer_symbol (scene, "v", TRUE);
    case TERM_SLOT:
    case TERM_UPDATED_SLOT:
    default:
      return bp_explain_optimizer_symbol (scene, slot, FALSE);
    }
}

/* A slot of Adam with its bias towards the 0 that it began with taken out. */
static double
get_corrected (const Update        *update,
               guint                slot,
               BpOptimizerParameter parameter)
{
  const double beta = update->scene->settings.optimizer.parameters[parameter];

  return update->updated[slot] / (1 - bp_pow (beta, (double) update->scene->n_updates));
}

static double
get_value (const Rule *rule,
           Term        term)
{
  const Update *update = rule->update;
  const BpOptimizer *optimizer = &update->scene->settings.optimizer;

  if (term < TERM_RATE)
    return optimizer->parameters[term];

  switch ((int) term)
    {
    case TERM_RATE:
      return optimizer->learning_rate;
    case TERM_VARIABLE:
      return update->before;
    case TERM_GRADIENT:
      return update->gradient;
    case TERM_CORRECTED_FIRST:
      return get_corrected (update, 0, BP_PARAMETER_BETA1);
    case TERM_CORRECTED_SECOND:
      return get_corrected (update, 1, BP_PARAMETER_BETA2);
    case TERM_SLOT:
      return update->slots[rule->slot];
    case TERM_UPDATED_SLOT:
    default:
      return update->updated[rule->slot];
    }
}

static BpFormula *
get_term (const Rule *rule,
          Term        term)
{
  BpFormula *number;

  if (!rule->with_numbers)
    return get_symbol (rule, term);

  number = bp_formula_new_number (get_value (rule, term));
  number->is_exact = term != TERM_CORRECTED_FIRST && term != TERM_CORRECTED_SECOND;

  return number;
}

#define SUM(first, second) bp_formula_new_binary (BP_FORMULA_SUM, first, second)
#define MINUS(formula) bp_formula_new_unary (BP_FORMULA_NEGATIVE, formula)
#define PRODUCT(first, second) bp_formula_new_binary (BP_FORMULA_PRODUCT, first, second)
#define QUOTIENT(first, second) bp_formula_new_binary (BP_FORMULA_QUOTIENT, first, second)
#define SQUARE(formula) bp_formula_new_binary (BP_FORMULA_POWER, formula, bp_formula_new_number (2))
#define ROOT(formula) bp_formula_new_call (BP_FUNCTION_SQRT, formula, NULL)

/* (1 − @share) of @term */
static BpFormula *
get_share (const Rule *rule,
           Term        share,
           BpFormula  *term)
{
  return PRODUCT (SUM (bp_formula_new_number (1), MINUS (get_term (rule, share))), term);
}

/* "μ·v + g": the right side of the rule for a slot, as bp-optimizer.c has it. */
static BpFormula *
get_slot_rule (const Rule *rule)
{
  BpFormula *slot = get_term (rule, TERM_SLOT), *gradient = get_term (rule, TERM_GRADIENT);
  const Term beta = rule->slot == 0 ? TERM_BETA1 : TERM_BETA2;

  switch (rule->update->scene->settings.optimizer.kind)
    {
    case BP_OPTIMIZER_ADAGRAD:
      return SUM (slot, SQUARE (gradient));
    case BP_OPTIMIZER_RMSPROP:
      return SUM (PRODUCT (get_term (rule, TERM_DECAY), slot), get_share (rule, TERM_DECAY, SQUARE (gradient)));
    case BP_OPTIMIZER_ADAM:
    case BP_OPTIMIZER_ADAMW:
      return SUM (PRODUCT (get_term (rule, beta), slot),
                  get_share (rule, beta, rule->slot == 0 ? gradient : SQUARE (gradient)));
    case BP_OPTIMIZER_GRADIENT_DESCENT: /* has no slots */
    case BP_OPTIMIZER_MOMENTUM:
    case BP_OPTIMIZER_NESTEROV:
    case BP_N_OPTIMIZERS:
    default:
      return SUM (PRODUCT (get_term (rule, TERM_MOMENTUM), slot), gradient);
    }
}

/* What an adaptive optimizer steps along: "η·g/(√s + ε)". */
static BpFormula *
get_adaptive_step (const Rule *rule,
                   Term        direction,
                   Term        size)
{
  return QUOTIENT (PRODUCT (get_term (rule, TERM_RATE), get_term (rule, direction)),
                   SUM (ROOT (get_term (rule, size)), get_term (rule, TERM_EPSILON)));
}

static BpFormula *
get_step (const Rule *rule)
{
  switch (rule->update->scene->settings.optimizer.kind)
    {
    case BP_OPTIMIZER_MOMENTUM:
      return PRODUCT (get_term (rule, TERM_RATE), get_term (rule, TERM_UPDATED_SLOT));
    case BP_OPTIMIZER_NESTEROV:
      return PRODUCT (get_term (rule, TERM_RATE),
                      SUM (get_term (rule, TERM_GRADIENT),
                           PRODUCT (get_term (rule, TERM_MOMENTUM), get_term (rule, TERM_UPDATED_SLOT))));
    case BP_OPTIMIZER_ADAGRAD:
    case BP_OPTIMIZER_RMSPROP:
      return get_adaptive_step (rule, TERM_GRADIENT, TERM_UPDATED_SLOT);
    case BP_OPTIMIZER_ADAM:
    case BP_OPTIMIZER_ADAMW:
      return get_adaptive_step (rule, TERM_CORRECTED_FIRST, TERM_CORRECTED_SECOND);
    case BP_OPTIMIZER_GRADIENT_DESCENT:
    case BP_N_OPTIMIZERS:
    default:
      return PRODUCT (get_term (rule, TERM_RATE), get_term (rule, TERM_GRADIENT));
    }
}

/* "A − η·∂L/∂A": the right side of the rule for the variable. Gradient ascent has a plus, which says it plainer than a
 * turned gradient. With AdamW the variable decays: "(1 − η·λ)·A". */
static BpFormula *
get_variable_rule (const Rule *rule)
{
  BpFormula *step = get_step (rule), *variable = get_term (rule, TERM_VARIABLE);

  if (rule->update->scene->settings.optimizer.kind == BP_OPTIMIZER_ADAMW)
    variable = PRODUCT (SUM (bp_formula_new_number (1),
                             MINUS (PRODUCT (get_term (rule, TERM_RATE), get_term (rule, TERM_WEIGHT_DECAY)))),
                        variable);

  return SUM (variable, is_ascent (rule->update->scene) ? step : MINUS (step));
}

/* Equations */

/* "v ← μ·v + g" */
static BpFormula *
get_slot_symbols (const Update *update,
                  guint         slot)
{
  const Rule rule = { update, slot, FALSE };
  BpFormula *equation = bp_formula_new_equation (get_symbol (&rule, TERM_SLOT));

  bp_formula_append_side (equation, BP_RELATION_BECOMES, get_slot_rule (&rule));

  return equation;
}

/* "A ← A − η·∂L/∂A" */
static BpFormula *
get_symbols (const Update *update)
{
  const Rule rule = { update, 0, FALSE };
  BpFormula *equation = bp_formula_new_equation (get_symbol (&rule, TERM_VARIABLE));

  bp_formula_append_side (equation, BP_RELATION_BECOMES, get_variable_rule (&rule));

  return equation;
}

/* "7.657 − 0.02·(−4.195) ≈ 7.741" */
static BpFormula *
get_numbers (const Update *update)
{
  const Rule rule = { update, 0, TRUE };

  return bp_formula_new_result (get_variable_rule (&rule), update->after);
}

/* "v ≈ −3.115" */
static BpFormula *
get_slot_value (const Update *update,
                guint         slot)
{
  const Rule rule = { update, slot, FALSE };
  BpFormula *equation = bp_formula_new_equation (get_symbol (&rule, TERM_SLOT));

  bp_formula_continue (equation, bp_formula_new_result (bp_formula_new_number (update->updated[slot]),
                                                        update->updated[slot]));

  return equation;
}

/* The line of an update to come */

/* One number: rules with their numbers, one after the other. Adam's slots have room for their values only. */
static void
append_next_scalar (BpFormula    *list,
                    const Update *update)
{
  BpFormula *equation;

  for (guint slot = 0; slot < get_class (update->scene)->n_slots; slot++)
    {
      const Rule rule = { update, slot, TRUE };

      if (get_class (update->scene)->n_slots > 1)
        {
          bp_formula_append (list, get_slot_value (update, slot));
          continue;
        }
      equation = get_slot_symbols (update, slot);
      bp_formula_continue (equation, bp_formula_new_result (get_slot_rule (&rule), update->updated[slot]));
      bp_formula_append (list, equation);
    }

  equation = get_symbols (update);
  bp_formula_continue (equation, get_numbers (update));
  bp_formula_append (list, equation);
}

/* A tensor: the rule, and the numbers of the element shown. */
static void
append_next_tensor (BpFormula    *list,
                    const Update *update)
{
  BpFormula *numbers = get_numbers (update);

  bp_formula_append (list, get_symbols (update));
  for (guint slot = 0; slot < get_class (update->scene)->n_slots; slot++)
    {
      BpFormula *value = get_slot_value (update, slot);

      if (slot == 0)
        value->text = bp_scene_dup_index (update->scene, update->variable);
      bp_formula_append (list, value);
    }
  if (get_class (update->scene)->n_slots == 0)
    numbers->text = bp_scene_dup_index (update->scene, update->variable);
  bp_formula_append (list, numbers);
}

static BpFormula *
get_done (const Update *update)
{
  const BpScene *scene = update->scene;
  g_autoptr (BpFormula) symbol = bp_explain_symbol_in (scene, update->variable);
  g_autofree char *index = bp_scene_dup_index (scene, update->variable);
  g_autofree char *name = g_strconcat (symbol->text, index, NULL);
  g_autofree char *sentence = bp_explain_change (name, update->before, update->after);

  return bp_formula_new_words (sentence);
}

BpFormula *
bp_explain_next_update (const BpScene *scene,
                        guint          variable)
{
  BpFormula *line, *list;
  g_auto (GStrv) words = NULL;
  Update update;

  if (!bp_scene_is_updated (scene, variable) && !bp_scene_has_gradient (scene, variable))
    return NULL;

  update_init (&update, scene, variable);
  if (bp_scene_is_updated (scene, variable))
    return get_done (&update);

  list = bp_formula_new_empty (BP_FORMULA_LIST);
  if (bp_scene_is_tensor (scene, variable))
    append_next_tensor (list, &update);
  else
    append_next_scalar (list, &update);

  /* Translators: %s is the formula of the update that comes next. */
  words = g_strsplit (_("next: %s"), "%s", 2);
  line = bp_formula_new_empty (BP_FORMULA_LINE);
  bp_formula_append (line, bp_formula_new_words (words[0]));
  bp_formula_append (line, bp_formula_simplify (list));
  if (words[1] != NULL && *words[1] != '\0')
    bp_formula_append (line, bp_formula_new_words (words[1]));

  return line;
}

void
bp_explain_update (const BpScene  *scene,
                   guint           variable,
                   BpFormula     **symbols,
                   BpFormula     **numbers)
{
  BpFormula *list = bp_formula_new_empty (BP_FORMULA_LIST);
  Update update;

  update_init (&update, scene, variable);
  for (guint slot = 0; slot < get_class (scene)->n_slots; slot++)
    bp_formula_append (list, get_slot_symbols (&update, slot));
  bp_formula_append (list, get_symbols (&update));
  *symbols = bp_formula_simplify (list);
  *numbers = get_numbers (&update);
  (*numbers)->text = bp_scene_dup_index (scene, variable);
}
