/* bp-run-undo.c: undo and redo of settings and experiments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#define MAX_EDITS 200

static BpRunEdit *
edit_new (BpRun   *self,
          gboolean restart)
{
  BpRunEdit *edit = g_new0 (BpRunEdit, 1);

  edit->experiment = bp_experiment_copy (bp_trainer_get_experiment (self->trainer));
  edit->cursor = bp_trainer_get_cursor (self->trainer);
  edit->restart = restart;

  return edit;
}

void
bp_run_edit_free (BpRunEdit *edit)
{
  bp_experiment_free (edit->experiment);
  g_free (edit);
}

static void
remember (BpRun     *run,
          BpRunEdit *edit)
{
  g_ptr_array_set_size (run->redo, 0);
  g_ptr_array_add (run->undo, edit);

  if (run->undo->len > MAX_EDITS)
    g_ptr_array_remove_index (run->undo, 0);

  run->learning_rate_time = run->hand_time = 0;
}

void
bp_run_remember (BpRun   *run,
                 gboolean restart)
{
  remember (run, edit_new (run, restart));
}

void
bp_run_remember_cursor (BpRun *run)
{
  BpRunEdit *edit = edit_new (run, TRUE);

  edit->returns = TRUE;
  remember (run, edit);
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
  BpRunEdit *edit, *other;

  if (from->len == 0)
    return;

  edit = g_ptr_array_index (from, from->len - 1);
  if (edit->restart)
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
  other = edit_new (self, edit->restart);
  other->returns = edit->returns;
  g_ptr_array_add (to, other);

  if (edit->restart)
    bp_run_take_trainer (self, trainer);
  else
    bp_trainer_restore_settings (self->trainer, edit->experiment);

  bp_trainer_seek (self->trainer, edit->restart && !edit->returns ? (BpCursor) { 0, 0 } : edit->cursor);
  bp_run_drop_foreign_references (self);
  bp_run_set_out (self);
  bp_run_update (self);
  if (edit->restart)
    bp_run_say_read_change (self, edit->experiment, bp_trainer_get_experiment (self->trainer));
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
