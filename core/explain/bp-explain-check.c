/* bp-explain-check.c: the gradient shown against the slope of the loss
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-number.h"

/* A larger relative difference means that gradients of earlier iterations are included. */
#define SUM 1e-9

/* Judges the gradient without what earlier iterations added, which is computed again, if that is cheap. */
static void
judge_without_kept (const BpScene  *scene,
                    BpElementCheck *check)
{
  g_auto (BpTrial) trial = { NULL, };

  if (!bp_trial_init (&trial, scene, 3))
    return;

  bp_evaluator_get_loss (trial.evaluator, trial.parameters, trial.gradient);
  check->gradient = trial.gradient[bp_scene_get_offset (scene, check->node) + check->element];
  check->verdict = bp_slope_judge (&check->slope, check->gradient, &check->error);
}

gboolean
bp_explain_check (BpTrainer      *trainer,
                  guint           node,
                  gsize           element,
                  BpElementCheck *check)
{
  g_autoptr (BpGradientChecker) checker = NULL;
  g_autofree double *now = NULL;
  double *parameters;
  gsize size;
  g_auto (BpScene) scene = { NULL, };

  g_return_val_if_fail (trainer != NULL && check != NULL, FALSE);
  bp_scene_init (&scene, trainer);
  g_return_val_if_fail (node < bp_graph_get_n_nodes (scene.graph), FALSE);
  g_return_val_if_fail (element < bp_graph_get_n_elements (scene.graph, node), FALSE);

  if (!bp_graph_needs_gradient (scene.graph, node) || !bp_scene_has_gradient (&scene, node))
    return FALSE;

  /* After an update the gradient still belongs to the parameters from before it. */
  parameters = bp_session_get_parameters (scene.session);
  size = bp_graph_get_n_parameters (scene.graph) * sizeof (double);
  now = g_memdup2 (parameters, size);
  memcpy (parameters, scene.previous, size);
  checker = bp_gradient_checker_new (scene.session);
  bp_gradient_checker_check (checker, node, element, check);
  memcpy (parameters, now, size);
  if (scene.settings.keep_gradients && bp_graph_get_op (scene.graph, node) == BP_OP_VARIABLE)
    judge_without_kept (&scene, check);

  return TRUE;
}

char *
bp_element_check_describe (const BpElementCheck *check,
                           double                gradient)
{
  g_autofree char *number = bp_number_format (check->slope.value);
  g_autofree char *sum = bp_number_format (gradient);
  g_autofree char *kink = NULL;

  if (check->verdict <= BP_SLOPE_WITHIN_ROUNDING
      && fabs (gradient - check->gradient) > SUM * fabs (check->gradient))
    /* Translators: the slope that this step's gradient has, and the sum of it and those of the steps before. */
    return g_strdup_printf (_("central difference %s ✓ of this step alone; with those before %s"), number, sum);
  if (check->verdict == BP_SLOPE_UNCHECKED)
    return g_strdup_printf (_("could not be checked: %s"), bp_slope_get_reason (&check->slope, check->gradient));
  if (check->verdict == BP_SLOPE_WITHIN_ROUNDING)
    return g_strdup_printf (_("central difference %s ✓ within its rounding"), number);
  if (check->slope.kind != BP_SLOPE_KINK)
    return check->verdict == BP_SLOPE_AGREES ? g_strdup_printf (_("central difference %s ✓"), number)
                                             : g_strdup_printf (_("central difference %s ✗"), number);

  kink = bp_slope_describe_kink (&check->slope);

  return check->verdict == BP_SLOPE_AT_KINK ? g_strdup_printf (_("kink: %s ✓"), kink)
                                            : g_strdup_printf (_("kink: %s ✗"), kink);
}
