/* bp-run-undo.c: undo and redo of settings and experiments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#define MAX_EDITS 200

static BpRunEdit *
edit_new (BpRun        *self,
          BpRunEditKind kind)
{
  BpRunEdit *edit = g_new (BpRunEdit, 1);

  *edit = (BpRunEdit) { kind, bp_experiment_copy (bp_trainer_get_experiment (self->trainer)),
                        bp_trainer_get_cursor_to_save (self->trainer) };

  return edit;
}

void
bp_run_edit_free (BpRunEdit *edit)
{
  bp_experiment_free (edit->experiment);
  g_free (edit);
}

void
bp_run_remember (BpRun        *run,
                 BpRunEditKind kind)
{
  g_ptr_array_set_size (run->redo, 0);
  g_ptr_array_add (run->undo, edit_new (run, kind));

  if (run->undo->len > MAX_EDITS)
    g_ptr_array_remove_index (run->undo, 0);

  run->learning_rate_time = run->hand_time = 0;
}

/* Pops an edit of @from, restores it, and pushes the state before that on @to. To restore a restart reads the data file
 * again, which can fail; nothing changes then. */
static void
exchange (BpRun     *self,
          GPtrArray *from,
          GPtrArray *to)
{
  g_autoptr (GError) error = NULL;
  BpTrainer *trainer = NULL;
  BpRunEdit *edit;

  if (from->len == 0)
    return;

  edit = g_ptr_array_index (from, from->len - 1);
  if (edit->kind != BP_RUN_EDIT_SETTINGS)
    trainer = bp_trainer_new_sliced (edit->experiment, &error);
  if (error != NULL)
    {
      g_signal_emit_by_name (self, "message", error->message);
      return;
    }

  bp_run_stop (self);
  self->n_edits++;
  self->learning_rate_time = self->hand_time = 0;
  g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, edit_new (self, edit->kind));

  if (trainer != NULL)
    bp_run_go_on_with (self, trainer, edit->experiment,
                       edit->kind == BP_RUN_EDIT_START ? (BpCursor) { 0, 0 } : edit->cursor);
  else
    {
      bp_trainer_restore_settings (self->trainer, edit->experiment);
      bp_trainer_seek (self->trainer, edit->cursor);
      bp_run_set_out (self);
      bp_run_update (self);
    }
  bp_run_edit_free (edit);
}

void
bp_run_undo (BpRun *run)
{
  g_return_if_fail (BP_IS_RUN (run));

  exchange (run, run->undo, run->redo);
}

void
bp_run_redo (BpRun *run)
{
  g_return_if_fail (BP_IS_RUN (run));

  exchange (run, run->redo, run->undo);
}

gboolean
bp_run_get_can_undo (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  return run->undo->len > 0;
}

gboolean
bp_run_get_can_redo (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  return run->redo->len > 0;
}
