/* bp-explain-update.c: what the optimizer does to a variable
 *
 * The formulas are those of bp-optimizer.c, taken apart so that numbers can be put in: a rule for each slot, and the
 * rule for the variable with the slots as they are afterwards. Before the update the results come from
 * bp_optimizer_update() on a copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-explain-private.h"

#include "bp-math.h"
#include "bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The update of the first element of a variable. */
typedef struct {
  const BpScene *scene;
  guint          variable;
  double         before;
  double         after;
  double         gradient; /* as the formula has it: turned where the optimizer maximizes */
  double         slots[BP_OPTIMIZER_MAX_SLOTS]; /* before, as long as it has not happened */
  double         updated[BP_OPTIMIZER_MAX_SLOTS];
} Update;

/* Rules: %A the variable, %g the gradient, %m μ, %r ρ, %1 β₁, %2 β₂, %h η, %e ε, %u and %v the slots before and after,
 * %M and %V the slots of Adam with their bias corrected. */
static const char * const slot_rules[BP_N_OPTIMIZERS][BP_OPTIMIZER_MAX_SLOTS][BP_N_NOTATIONS] = {
  [BP_OPTIMIZER_MOMENTUM] = { { "%m·%u + %g", "%m \\cdot %u + %g" } },
  [BP_OPTIMIZER_NESTEROV] = { { "%m·%u + %g", "%m \\cdot %u + %g" } },
  [BP_OPTIMIZER_ADAGRAD] = { { "%u + %g²", "%u + {%g}^2" } },
  [BP_OPTIMIZER_RMSPROP] = { { "%r·%u + (1 − %r)·%g²", "%r \\cdot %u + (1 - %r) \\cdot {%g}^2" } },
  [BP_OPTIMIZER_ADAM] = { { "%1·%u + (1 − %1)·%g", "%1 \\cdot %u + (1 - %1) \\cdot %g" },
                          { "%2·%u + (1 − %2)·%g²", "%2 \\cdot %u + (1 - %2) \\cdot {%g}^2" } },
};

#define ADAPTIVE_RULE { "%A − %h·%g/(√%v + %e)", "%A - \\frac{%h \\cdot %g}{\\sqrt{%v} + %e}" }

static const char * const rules[BP_N_OPTIMIZERS][BP_N_NOTATIONS] = {
  [BP_OPTIMIZER_GRADIENT_DESCENT] = { "%A − %h·%g", "%A - %h \\cdot %g" },
  [BP_OPTIMIZER_MOMENTUM] = { "%A − %h·%v", "%A - %h \\cdot %v" },
  [BP_OPTIMIZER_NESTEROV] = { "%A − %h·(%g + %m·%v)", "%A - %h \\cdot (%g + %m \\cdot %v)" },
  [BP_OPTIMIZER_ADAGRAD] = ADAPTIVE_RULE,
  [BP_OPTIMIZER_RMSPROP] = ADAPTIVE_RULE,
  [BP_OPTIMIZER_ADAM] = { "%A − %h·%M/(√%V + %e)", "%A - \\frac{%h \\cdot %M}{\\sqrt{%V} + %e}" },
};

/* Gradient ascent: a plus says it plainer than a turned gradient. */
static const char * const ascent_rule[BP_N_NOTATIONS] = { "%A + %h·%g", "%A + %h \\cdot %g" };

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

static gint64
get_n_updates (const BpScene *scene)
{
  return scene->iteration - scene->settings_since;
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
    slots[i] = state[i * n];
}

static void
update_init (Update        *update,
             const BpScene *scene,
             guint          variable)
{
  const double gradient = bp_scene_get_gradient (scene, variable, 0);
  const gboolean turned = scene->settings.optimizer.maximize && !is_ascent (scene);

  *update = (Update) { .scene = scene, .variable = variable, .gradient = turned ? -gradient : gradient };
  update->before = bp_scene_get_value (scene, variable, 0);

  if (bp_scene_is_updated (scene, variable))
    {
      update->after = bp_session_get_value (scene->session, variable)[0];
      read_slots (update, update->updated);
      return;
    }

  read_slots (update, update->slots);
  update->after = update->before;
  for (guint i = 0; i < BP_OPTIMIZER_MAX_SLOTS; i++)
    update->updated[i] = update->slots[i];
  bp_optimizer_update (&scene->settings.optimizer, (guint64) get_n_updates (scene), 1, &update->after, &gradient,
                       update->updated);
}

/* Symbols */

static char *
get_gradient_symbol (const Update *update,
                     BpNotation    notation)
{
  const BpScene *scene = update->scene;
  GString *string = g_string_new (NULL);

  if (scene->settings.optimizer.kind == BP_OPTIMIZER_GRADIENT_DESCENT)
    bp_explain_append_partial (string, scene, scene->loss, update->variable, notation);
  else
    g_string_append_c (string, 'g');

  return g_string_free (string, FALSE);
}

static char *
get_symbol (const Update *update,
            char          code,
            guint         slot,
            BpNotation    notation)
{
  const gboolean latex = notation == BP_NOTATION_LATEX;

  switch (code)
    {
    case 'A':
      return bp_explain_symbol_in (update->scene, update->variable, notation);
    case 'g':
      return get_gradient_symbol (update, notation);
    case 'm':
      return g_strdup (latex ? "\\mu" : "μ");
    case 'r':
      return g_strdup (latex ? "\\rho" : "ρ");
    case '1':
      return g_strdup (latex ? "\\beta_1" : "β₁");
    case '2':
      return g_strdup (latex ? "\\beta_2" : "β₂");
    case 'h':
      return g_strdup (latex ? "\\eta" : "η");
    case 'e':
      return g_strdup (latex ? "\\varepsilon" : "ε");
    case 'M':
      return g_strdup (latex ? "\\hat{m}" : "m̂");
    case 'V':
      return g_strdup (latex ? "\\hat{v}" : "v̂");
    default: /* u, v */
      return g_strdup (get_class (update->scene)->slot_names[slot]);
    }
}

/* Numbers */

/* A slot of Adam with its bias towards the 0 that it began with taken out. */
static double
get_corrected (const Update        *update,
               guint                slot,
               BpOptimizerParameter parameter)
{
  const double beta = update->scene->settings.optimizer.parameters[parameter];

  return update->updated[slot] / (1 - bp_pow (beta, (double) get_n_updates (update->scene)));
}

static double
get_value (const Update *update,
           char          code,
           guint         slot)
{
  const BpOptimizer *optimizer = &update->scene->settings.optimizer;

  switch (code)
    {
    case 'A':
      return update->before;
    case 'g':
      return update->gradient;
    case 'm':
      return optimizer->parameters[BP_PARAMETER_MOMENTUM];
    case 'r':
      return optimizer->parameters[BP_PARAMETER_DECAY];
    case '1':
      return optimizer->parameters[BP_PARAMETER_BETA1];
    case '2':
      return optimizer->parameters[BP_PARAMETER_BETA2];
    case 'h':
      return optimizer->learning_rate;
    case 'e':
      return optimizer->parameters[BP_PARAMETER_EPSILON];
    case 'M':
      return get_corrected (update, 0, BP_PARAMETER_BETA1);
    case 'V':
      return get_corrected (update, 1, BP_PARAMETER_BETA2);
    case 'u':
      return update->slots[slot];
    default: /* v */
      return update->updated[slot];
    }
}

/* A number at the beginning, and ε and 1 − β at the end of a sum, need no parentheses. */
static char *
get_number (const Update *update,
            char          code,
            guint         slot,
            gboolean      first,
            BpNotation    notation,
            gboolean     *exact)
{
  const double value = get_value (update, code, slot);

  *exact = *exact && bp_number_is_exact (value);

  return first || code == 'e' ? bp_explain_number (value, notation) : bp_explain_factor (value, notation);
}

/* Appends @rule in symbols, or in numbers when @exact is not NULL. */
static void
append_rule (GString      *string,
             const Update *update,
             const char   *rule,
             guint         slot,
             BpNotation    notation,
             gboolean     *exact)
{
  for (const char *c = rule; *c != '\0'; c++)
    {
      g_autofree char *value = NULL;

      if (*c != '%')
        {
          g_string_append_c (string, *c);
          continue;
        }
      c++;
      value = exact == NULL ? get_symbol (update, *c, slot, notation)
                            : get_number (update, *c, slot, c == rule + 1 && *c == 'A', notation, exact);
      g_string_append (string, value);
    }
}

static const char *
get_rule (const BpScene *scene,
          BpNotation     notation)
{
  return is_ascent (scene) ? ascent_rule[notation] : rules[scene->settings.optimizer.kind][notation];
}

/* "A ← A − η·∂L/∂A" or, for a slot, "v ← μ·v + g" */
static void
append_symbols (GString      *string,
                const Update *update,
                const char   *rule,
                char          code,
                guint         slot,
                BpNotation    notation)
{
  g_autofree char *left = get_symbol (update, code, slot, notation);

  g_string_append (string, left);
  g_string_append (string, bp_explain_sign (BP_SIGN_BECOMES, notation));
  append_rule (string, update, rule, slot, notation, NULL);
}

/* A step that is too small to change the variable leaves a wrong "=". */
static gboolean
step_is_lost (const Update *update)
{
  return update->after == update->before && (update->gradient != 0 || update->updated[0] != 0);
}

/* "7.657 − 0.02·(−4.195) ≈ 7.741" */
static void
append_numbers (GString      *string,
                const Update *update,
                BpNotation    notation)
{
  const BpOptimizerKind kind = update->scene->settings.optimizer.kind;
  gboolean exact = kind != BP_OPTIMIZER_ADAGRAD && kind != BP_OPTIMIZER_RMSPROP && kind != BP_OPTIMIZER_ADAM;
  g_autoptr (GString) numbers = g_string_new (NULL);

  append_rule (numbers, update, get_rule (update->scene, notation), 0, notation, &exact);
  bp_explain_append_result (numbers, update->after, exact && !step_is_lost (update), notation);
  g_string_append_len (string, numbers->str, (gssize) numbers->len);
}

/* "0.9·1.2 + (−4.195) ≈ −3.115" */
static void
append_slot_numbers (GString      *string,
                     const Update *update,
                     guint         slot,
                     BpNotation    notation)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  gboolean exact = TRUE;

  append_rule (numbers, update, slot_rules[update->scene->settings.optimizer.kind][slot][notation], slot, notation,
               &exact);
  bp_explain_append_result (numbers, update->updated[slot], exact, notation);
  g_string_append_len (string, numbers->str, (gssize) numbers->len);
}

/* "v ≈ −3.115" */
static void
append_slot_value (GString      *string,
                   const Update *update,
                   guint         slot,
                   BpNotation    notation)
{
  g_autoptr (GString) value = g_string_new (NULL);

  bp_explain_append_result (value, update->updated[slot], TRUE, notation);
  g_string_append (string, get_class (update->scene)->slot_names[slot]);
  g_string_append (string, value->str);
}

/* The line of an update to come */

/* One number: rules with their numbers, one after the other. Adam's slots have room for their values only. */
static void
append_next_scalar (GString      *string,
                    const Update *update,
                    BpNotation    notation)
{
  const BpScene *scene = update->scene;
  const BpOptimizerKind kind = scene->settings.optimizer.kind;

  for (guint slot = 0; slot < get_class (scene)->n_slots; slot++)
    {
      if (kind == BP_OPTIMIZER_ADAM)
        append_slot_value (string, update, slot, notation);
      else
        {
          append_symbols (string, update, slot_rules[kind][slot][notation], 'v', slot, notation);
          g_string_append (string, bp_explain_sign (BP_SIGN_EQUALS, notation));
          append_slot_numbers (string, update, slot, notation);
        }
      g_string_append (string, bp_explain_sign (BP_SIGN_SPACE, notation));
    }
  append_symbols (string, update, get_rule (scene, notation), 'A', 0, notation);
  g_string_append (string, bp_explain_sign (BP_SIGN_EQUALS, notation));
  append_numbers (string, update, notation);
}

/* A tensor: the rule, and the numbers of its first element. */
static void
append_next_tensor (GString      *string,
                    const Update *update,
                    BpNotation    notation)
{
  append_symbols (string, update, get_rule (update->scene, notation), 'A', 0, notation);
  g_string_append (string, bp_explain_sign (BP_SIGN_SPACE, notation));
  bp_explain_append_label (string, update->scene, update->variable, notation);
  for (guint slot = 0; slot < get_class (update->scene)->n_slots; slot++)
    {
      append_slot_value (string, update, slot, notation);
      g_string_append (string, bp_explain_sign (BP_SIGN_SPACE, notation));
    }
  append_numbers (string, update, notation);
}

/* @sentence as it is, or as text within LaTeX's math mode with @formula in the place of its "\001". */
static char *
finish_sentence (char       *sentence,
                 const char *formula,
                 BpNotation  notation)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "\001", 2);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_free (sentence);
  if (notation == BP_NOTATION_TEXT)
    return g_strconcat (parts[0], formula, parts[1], NULL);

  before = bp_explain_text_to_latex (parts[0]);
  after = bp_explain_text_to_latex (parts[1] != NULL ? parts[1] : "");

  return *after != '\0' ? g_strdup_printf ("\\text{%s}%s\\text{%s}", before, formula, after)
                        : g_strdup_printf ("\\text{%s}%s", before, formula);
}

static char *
get_done (const Update *update,
          BpNotation    notation)
{
  const BpScene *scene = update->scene;
  g_autofree char *symbol = bp_explain_symbol_in (scene, update->variable, BP_NOTATION_TEXT);
  g_autofree char *index = bp_shape_index_to_string (bp_graph_get_shape (scene->graph, update->variable), 0);
  g_autofree char *name = g_strconcat (symbol, bp_scene_is_tensor (scene, update->variable) ? index : NULL, NULL);
  g_autofree char *before = bp_number_format (update->before);
  g_autofree char *after = bp_number_format (update->after);

  /* Translators: a variable, its value before and its value after the update. */
  return finish_sentence (g_strdup_printf (_("%s was %s, is now %s"), name, before, after), "", notation);
}

char *
bp_explain_next_update (const BpScene *scene,
                        guint          variable,
                        BpNotation     notation)
{
  g_autoptr (GString) formula = NULL;
  Update update;

  if (!bp_scene_is_updated (scene, variable) && !bp_scene_has_gradient (scene, variable))
    return NULL;
  update_init (&update, scene, variable);
  if (bp_scene_is_updated (scene, variable))
    return get_done (&update, notation);

  formula = g_string_new (NULL);
  if (bp_scene_is_tensor (scene, variable))
    append_next_tensor (formula, &update, notation);
  else
    append_next_scalar (formula, &update, notation);

  /* Translators: what follows is the formula of the update that comes next. */
  return finish_sentence (g_strdup_printf (_("next: %s"), "\001"), formula->str, notation);
}

void
bp_explain_update (const BpScene *scene,
                   guint          variable,
                   BpNotation     notation,
                   char         **symbols,
                   char         **numbers)
{
  const BpOptimizerKind kind = scene->settings.optimizer.kind;
  GString *string = g_string_new (NULL);
  Update update;

  update_init (&update, scene, variable);
  for (guint slot = 0; slot < get_class (scene)->n_slots; slot++)
    {
      append_symbols (string, &update, slot_rules[kind][slot][notation], 'v', slot, notation);
      g_string_append (string, bp_explain_sign (BP_SIGN_SPACE, notation));
    }
  append_symbols (string, &update, get_rule (scene, notation), 'A', 0, notation);
  *symbols = g_string_free (string, FALSE);

  string = g_string_new (NULL);
  bp_explain_append_label (string, scene, variable, notation);
  append_numbers (string, &update, notation);
  *numbers = g_string_free (string, FALSE);
}

char *
bp_explain_update_legend (const BpScene *scene,
                          guint          variable)
{
  GString *string;

  if (scene->settings.optimizer.kind == BP_OPTIMIZER_GRADIENT_DESCENT)
    return NULL;

  string = g_string_new (scene->settings.optimizer.maximize ? "g = −" : "g = ");
  bp_explain_append_partial (string, scene, scene->loss, variable, BP_NOTATION_TEXT);

  return g_string_free (string, FALSE);
}
