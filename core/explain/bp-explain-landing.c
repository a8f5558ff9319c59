/* bp-explain-landing.c: what an update means, and where its step led
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

static const char *
get_name (const BpScene *scene,
          guint          node)
{
  return bp_graph_get_name (scene->graph, node);
}

/* The same data after the step: no finite number. */
static char *
explain_end (double after)
{
  if (isnan (after))
    return g_strdup (_("With this step the loss of the same data becomes undefined (NaN)."));

  return after > 0 ? g_strdup (_("With this step the loss of the same data grows beyond every number (∞)."))
                   : g_strdup (_("With this step the loss of the same data falls below every number (−∞)."));
}

static char *
explain_fall (const BpCourse *course,
              const char     *before,
              const char     *after)
{
  if (course->start < 0 && course->end < 0)
    return g_strdup_printf (_("The loss of the same data falls from %s to %s: the step went downhill."), before, after);
  if (course->start < 0 && course->end > 0)
    return g_strdup_printf (_("The loss of the same data falls from %s to %s: the step went downhill, across a valley "
                              "and part of the way up again."), before, after);

  return g_strdup_printf (_("The loss of the same data falls from %s to %s."), before, after);
}

static char *
explain_rise (const BpCourse *course,
              const char     *before,
              const char     *after)
{
  if (course->start < 0)
    return g_strdup_printf (_("The loss of the same data rises from %s to %s: the step went downhill, but too far."),
                            before, after);
  if (course->start > 0)
    return g_strdup_printf (_("The loss of the same data rises from %s to %s: the step went uphill."), before, after);

  return g_strdup_printf (_("The loss of the same data rises from %s to %s."), before, after);
}

static char *
explain_loss_after (const BpScene *scene)
{
  const double before = bp_scene_get_value (scene, scene->loss, 0);
  const double after = bp_trainer_get_loss_after (scene->trainer);
  g_autofree char *before_text = bp_number_format (before);
  g_autofree char *after_text = bp_number_format (after);
  BpCourse course = { 0, 0 };
  g_auto (BpTrial) trial = { NULL, };

  if (!isfinite (after))
    return explain_end (after);
  if (g_str_equal (before_text, after_text))
    return g_strdup_printf (_("To four digits the loss of the same data is %s before and after the step."),
                            before_text);

  if (bp_trial_init (&trial, scene, BP_TRIAL_COURSE))
    course = bp_trial_get_course (&trial);

  return after < before ? explain_fall (&course, before_text, after_text)
                        : explain_rise (&course, before_text, after_text);
}

static char *
explain_adam (const BpScene *scene)
{
  g_autoptr (BpFormula) m = bp_explain_optimizer_symbol (scene, "m", FALSE);
  g_autoptr (BpFormula) v = bp_explain_optimizer_symbol (scene, "v", FALSE);
  g_autoptr (BpFormula) corrected_m = bp_explain_optimizer_symbol (scene, "m", TRUE);
  g_autoptr (BpFormula) corrected_v = bp_explain_optimizer_symbol (scene, "v", TRUE);

  /* Translators: m̂, m, v̂, v, m and v. */
  return g_strdup_printf (_("Here %s = %s/(1 − β₁ᵗ) and %s = %s/(1 − β₂ᵗ) take out that %s and %s began at 0; this is "
                            "update t = %" PRId64 "."), corrected_m->text, m->text, corrected_v->text, v->text, m->text,
                          v->text, scene->n_updates);
}

static char *
explain_without_gradient (const BpScene *scene,
                          guint          variable)
{
  return bp_scene_reaches_loss (scene, variable)
         ? g_strdup_printf (_("No gradient reaches %s, so it stays as it is."), get_name (scene, variable))
         : g_strdup_printf (_("The loss does not depend on %s, so its gradient is 0 and it stays as it is."),
                            get_name (scene, variable));
}

char *
bp_explain_landing (const BpScene *scene,
                    guint          variable)
{
  const BpSettings *settings = &scene->settings;
  guint n_variables = bp_graph_get_n_variables (scene->graph);

  if (!bp_graph_needs_gradient (scene->graph, variable))
    return explain_without_gradient (scene, variable);
  if (settings->optimizer.maximize)
    return g_strdup (_("The optimizer is set to maximize: it takes every gradient with its sign flipped, to make the "
                       "loss larger."));
  if (bp_scene_is_kept (scene, variable))
    return g_strdup (_("The step uses the sum of this gradient and those of earlier iterations, because they are not "
                       "cleared."));
  if (settings->optimizer.kind == BP_OPTIMIZER_ADAM || settings->optimizer.kind == BP_OPTIMIZER_ADAMW)
    return explain_adam (scene);
  if (bp_scene_is_zero (scene, variable) && settings->optimizer.kind == BP_OPTIMIZER_GRADIENT_DESCENT)
    return g_strdup_printf (_("The gradient is 0, so %s stays where it is."), get_name (scene, variable));
  if (variable != bp_graph_get_variable (scene->graph, n_variables - 1))
    return g_strdup (_("Each variable moves by its own gradient; all gradients were computed before the first of them "
                       "moved."));

  return explain_loss_after (scene);
}

/* If both values look equal at four digits, says the change. */
char *
bp_explain_change (const char *name,
                   double      old_value,
                   double      new_value)
{
  g_autofree char *before = bp_number_format (old_value);
  g_autofree char *after = bp_number_format (new_value);
  g_autofree char *change = bp_number_format (fabs (new_value - old_value));

  if (!g_str_equal (before, after))
    /* Translators: a variable, its value before and its value after the update. */
    return g_strdup_printf (_("%s was %s, is now %s"), name, before, after);
  if (new_value == old_value)
    return g_strdup_printf (_("%s stays %s"), name, before);

  /* Translators: a variable, its value, and by how much that changed. */
  if (new_value > old_value)
    return g_strdup_printf (_("%s was %s and is larger by %s now"), name, before, change);

  return g_strdup_printf (_("%s was %s and is smaller by %s now"), name, before, change);
}
