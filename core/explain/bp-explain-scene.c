/* bp-explain-scene.c: the numbers of the iteration that is shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

void
bp_scene_init (BpScene   *scene,
               BpTrainer *trainer)
{
  *scene = (BpScene) {
    .trainer = trainer,
    .graph = bp_trainer_get_graph (trainer),
    .session = bp_trainer_get_session (trainer),
    .loss = bp_graph_get_loss (bp_trainer_get_graph (trainer)),
    .previous = bp_trainer_get_previous_parameters (trainer),
    .settings = *bp_trainer_get_shown_settings (trainer),
    .chosen = BP_NODE_NONE,
  };
  scene->letters = bp_explain_list_letters (scene->graph);
  scene->iteration = bp_trainer_get_shown (trainer, &scene->n_executed);
  scene->settings.optimizer.learning_rate =
    bp_trainer_get_learning_rate (trainer, scene->iteration > 0 ? scene->iteration - 1
                                                                : bp_trainer_get_cursor (trainer).iteration);
  scene->n_updates = bp_trainer_get_n_updates (trainer) + (bp_trainer_get_cursor (trainer).instruction > 0);
}

void
bp_scene_clear (BpScene *scene)
{
  g_clear_pointer (&scene->letters, g_array_unref);
}

gsize
bp_scene_get_offset (const BpScene *scene,
                     guint          variable)
{
  return bp_session_get_value (scene->session, variable) - bp_session_get_parameters (scene->session);
}

double
bp_scene_get_value (const BpScene *scene,
                    guint          node,
                    gsize          element)
{
  if (scene->previous != NULL && bp_graph_get_op (scene->graph, node) == BP_OP_VARIABLE)
    return scene->previous[bp_scene_get_offset (scene, node) + element];

  return bp_session_get_value (scene->session, node)[element];
}

double
bp_scene_get_gradient (const BpScene *scene,
                       guint          node,
                       gsize          element)
{
  return bp_session_get_gradient (scene->session, node)[element];
}

gboolean
bp_scene_has_gradient (const BpScene *scene,
                       guint          node)
{
  guint n_total;
  guint n = bp_trainer_get_n_contributions (scene->trainer, node, &n_total);

  return n_total > 0 && n == n_total;
}

gboolean
bp_scene_is_updated (const BpScene *scene,
                     guint          variable)
{
  for (guint i = scene->n_executed; i > 0; i--)
    {
      const BpInstruction *instruction = bp_trainer_get_instruction (scene->trainer, i - 1);

      if (instruction->phase != BP_PHASE_UPDATE)
        return FALSE;
      if (instruction->node == variable)
        return TRUE;
    }

  return FALSE;
}

gboolean
bp_scene_is_tensor (const BpScene *scene,
                    guint          node)
{
  return bp_graph_get_n_elements (scene->graph, node) > 1;
}

gsize
bp_scene_get_element (const BpScene *scene,
                      guint          node)
{
  return node == scene->chosen ? scene->element : 0;
}

char *
bp_scene_dup_index (const BpScene *scene,
                    guint          node)
{
  if (!bp_scene_is_tensor (scene, node))
    return NULL;

  return bp_shape_index_to_string (bp_graph_get_shape (scene->graph, node), bp_scene_get_element (scene, node));
}
