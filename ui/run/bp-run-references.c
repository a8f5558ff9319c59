/* bp-run-references.c: the list of reference runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include <glib/gi18n-lib.h>

GPtrArray *
bp_run_get_references (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  return run->references;
}

guint
bp_run_get_n_references (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), 0);

  return run->references->len;
}

static gint64
get_recorded (BpRun *self)
{
  return bp_series_get_length (bp_history_get_loss (bp_trainer_get_history (self->trainer)));
}

static void
remove_reference (BpRun *self,
                  guint  index)
{
  bp_run_forget_reference (self, g_ptr_array_index (self->references, index));
  g_ptr_array_remove_index (self->references, index);
}

void
bp_run_make_room (BpRun *run,
                  guint  n)
{
  g_autofree char *text = NULL;
  guint n_kept = BP_MAX_REFERENCES - MIN (n, BP_MAX_REFERENCES);
  guint n_dropped = 0;

  for (; run->references->len > n_kept; n_dropped++)
    remove_reference (run, 0);

  if (n_dropped == 0)
    return;

  text = g_strdup_printf (ngettext ("At most %d runs are kept: the oldest one was removed",
                                    "At most %d runs are kept: the oldest ones were removed", n_dropped),
                          BP_MAX_REFERENCES);
  g_signal_emit_by_name (run, "message", text);
}

void
bp_run_add_reference (BpRun       *run,
                      BpReference *reference)
{
  bp_run_make_room (run, 1);
  g_ptr_array_add (run->references, reference);
}

void
bp_run_keep_future (BpRun *run,
                    gint64 iteration)
{
  if (get_recorded (run) > iteration)
    bp_run_add_reference (run, bp_reference_new (run->trainer));
}

static gboolean
is_comparable (BpRun             *self,
               const BpReference *reference)
{
  return bp_reference_comparable (reference->experiment, bp_trainer_get_experiment (self->trainer));
}

void
bp_run_drop_foreign_references (BpRun *run)
{
  g_autofree char *text = NULL;
  guint n_dropped = 0;

  for (guint i = run->references->len; i-- > 0;)
    if (!is_comparable (run, g_ptr_array_index (run->references, i)))
      {
        remove_reference (run, i);
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
bp_run_leave_references (BpRun *run)
{
  bp_run_cancel_computing (run);

  for (guint i = run->references->len; i-- > 0;)
    {
      const BpReference *reference = g_ptr_array_index (run->references, i);

      if (!reference->is_computed || !is_comparable (run, reference))
        g_ptr_array_remove_index (run->references, i);
    }
}

void
bp_run_keep_reference (BpRun *run)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (get_recorded (run) == 0)
    return;

  bp_run_add_reference (run, bp_reference_new (run->trainer));
  bp_run_update (run);
}

void
bp_run_take_reference (BpRun       *run,
                       BpReference *reference)
{
  g_return_if_fail (BP_IS_RUN (run) && reference != NULL);

  bp_run_add_reference (run, reference);
  bp_run_update (run);
}

void
bp_run_remove_reference (BpRun *run,
                         guint  index)
{
  g_return_if_fail (BP_IS_RUN (run) && index < run->references->len);

  remove_reference (run, index);
  bp_run_update (run);
}

void
bp_run_clear_references (BpRun *run)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (run->references->len == 0)
    return;

  bp_run_cancel_computing (run);
  g_ptr_array_set_size (run->references, 0);
  bp_run_update (run);
}
