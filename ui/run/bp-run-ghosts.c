/* bp-run-ghosts.c: earlier runs and forks, to compare with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include <glib/gi18n-lib.h>

GPtrArray *
bp_run_get_ghosts (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  return run->ghosts;
}

guint
bp_run_get_n_ghosts (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), 0);

  return run->ghosts->len;
}

static gint64
get_recorded (BpRun *self)
{
  return bp_series_get_length (bp_history_get_loss (bp_trainer_get_history (self->trainer)));
}

static void
remove_ghost (BpRun *self,
              guint  index)
{
  bp_run_forget_ghost (self, g_ptr_array_index (self->ghosts, index));
  g_ptr_array_remove_index (self->ghosts, index);
}

void
bp_run_make_room (BpRun *run,
                  guint  n)
{
  g_autofree char *text = NULL;
  guint n_kept = BP_MAX_GHOSTS - MIN (n, BP_MAX_GHOSTS);
  guint n_dropped = 0;

  for (; run->ghosts->len > n_kept; n_dropped++)
    remove_ghost (run, 0);

  if (n_dropped == 0)
    return;

  text = g_strdup_printf (ngettext ("At most %d runs are kept: the oldest one was removed",
                                    "At most %d runs are kept: the oldest ones were removed", n_dropped),
                          BP_MAX_GHOSTS);
  g_signal_emit_by_name (run, "message", text);
}

void
bp_run_add_ghost (BpRun   *run,
                  BpGhost *ghost)
{
  bp_run_make_room (run, 1);
  g_ptr_array_add (run->ghosts, ghost);
}

void
bp_run_keep_future (BpRun *run)
{
  if (get_recorded (run) > bp_trainer_get_cursor (run->trainer).iteration)
    bp_run_add_ghost (run, bp_ghost_new (run->trainer));
}

static gboolean
is_comparable (BpRun         *self,
               const BpGhost *ghost)
{
  return bp_ghost_comparable (ghost->experiment, bp_trainer_get_experiment (self->trainer));
}

void
bp_run_drop_foreign_ghosts (BpRun *run)
{
  g_autofree char *text = NULL;
  guint n_dropped = 0;

  for (guint i = run->ghosts->len; i-- > 0;)
    if (!is_comparable (run, g_ptr_array_index (run->ghosts, i)))
      {
        remove_ghost (run, i);
        n_dropped++;
      }

  if (n_dropped == 0)
    return;

  text = g_strdup_printf (ngettext ("%u kept run has other variables than the model now and was removed",
                                    "%u kept runs have other variables than the model now and were removed", n_dropped),
                          n_dropped);
  g_signal_emit_by_name (run, "message", text);
}

void
bp_run_leave_ghosts (BpRun *run)
{
  bp_run_cancel_computing (run);

  for (guint i = run->ghosts->len; i-- > 0;)
    {
      const BpGhost *ghost = g_ptr_array_index (run->ghosts, i);

      if (!ghost->is_computed || !is_comparable (run, ghost))
        g_ptr_array_remove_index (run->ghosts, i);
    }
}

void
bp_run_keep_ghost (BpRun *run)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (get_recorded (run) == 0)
    return;

  bp_run_add_ghost (run, bp_ghost_new (run->trainer));
  bp_run_update (run);
}

void
bp_run_take_ghost (BpRun   *run,
                   BpGhost *ghost)
{
  g_return_if_fail (BP_IS_RUN (run) && ghost != NULL);

  bp_run_add_ghost (run, ghost);
  bp_run_update (run);
}

void
bp_run_remove_ghost (BpRun *run,
                     guint  index)
{
  g_return_if_fail (BP_IS_RUN (run) && index < run->ghosts->len);

  remove_ghost (run, index);
  bp_run_update (run);
}

void
bp_run_clear_ghosts (BpRun *run)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (run->ghosts->len == 0)
    return;

  bp_run_cancel_computing (run);
  g_ptr_array_set_size (run->ghosts, 0);
  bp_run_update (run);
}
