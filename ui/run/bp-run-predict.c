/* bp-run-predict.c: hides gradients until they are predicted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

gboolean
bp_run_get_predict_first (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  return run->state.predict_first;
}

void
bp_run_set_predict_first (BpRun   *run,
                          gboolean predict_first)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (run->state.predict_first == !!predict_first)
    return;

  run->state.predict_first = !!predict_first;
  run->n_revealed = 0;
  bp_run_update (run);
}

guint
bp_run_get_n_revealed (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), G_MAXUINT);

  if (!run->state.predict_first)
    return G_MAXUINT;

  return bp_trainer_get_shown (run->trainer, NULL) == run->revealed_iteration ? run->n_revealed : 0;
}

gboolean
bp_run_get_gradients_hidden (BpRun *run)
{
  guint n_executed = 0;

  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  if (!run->state.predict_first || bp_trainer_get_shown (run->trainer, &n_executed) == 0)
    return FALSE;

  for (guint i = bp_run_get_n_revealed (run); i < n_executed; i++)
    if (bp_trainer_get_instruction (run->trainer, i)->phase == BP_PHASE_BACKWARD)
      return TRUE;

  return FALSE;
}

void
bp_run_reveal_gradients (BpRun *run)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (!bp_run_get_gradients_hidden (run))
    return;

  run->revealed_iteration = bp_trainer_get_shown (run->trainer, &run->n_revealed);
  bp_run_update (run);
}
