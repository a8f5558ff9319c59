/* bp-explain-check.c: the gradient shown against the slope of the loss
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <string.h>

/* Takes what earlier iterations left out of the gradient of a variable, where that takes no time. */
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
