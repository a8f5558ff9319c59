/* bp-run-compute.c: computes the reference runs that came from a file, one after the other in a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include <glib/gi18n-lib.h>

#include "training/bp-saved-run.h"
#include "base/bp-text.h"

static gpointer
compute (gpointer experiment,
         BpWork  *work,
         GError **error)
{
  return bp_reference_new_by_running (experiment, work, error);
}

static void compute_first (BpRun *self);

/* Replaces the first reference run of @pending by @reference (transfer full), which is computed. */
static void
replace_first (BpRun       *self,
               BpReference *reference)
{
  g_autoptr (BpReference) saved = g_ptr_array_index (self->pending, 0);
  guint index;

  if (!g_ptr_array_find (self->references, saved, &index))
    g_assert_not_reached ();

  g_ptr_array_index (self->references, index) = reference;
  bp_run_say_saved_change (self, saved->experiment, reference->experiment);
}

static void
computed_cb (gpointer               reference,
             const GError          *error,
             G_GNUC_UNUSED gboolean is_exceeded,
             gpointer               owner)
{
  BpRun *run = owner;

  run->job = NULL;
  if (reference != NULL)
    replace_first (run, reference);
  else
    g_signal_emit_by_name (run, "message", error->message);

  g_ptr_array_remove_index (run->pending, 0);
  run->n_computed++;
  compute_first (run);
  bp_run_update (run);
}

static void
progress_cb (G_GNUC_UNUSED const BpWork *work,
             gpointer                    run)
{
  bp_run_notify (run);
}

static const BpJobClass reference_job = {
  .compute = compute,
  .progress = progress_cb,
  .done = computed_cb,
  .free_input = (GDestroyNotify) bp_experiment_free,
  .free_result = (GDestroyNotify) bp_reference_free,
};

static void
compute_first (BpRun *self)
{
  const BpReference *reference;

  if (self->pending->len == 0)
    {
      self->n_computed = 0;
      return;
    }

  reference = g_ptr_array_index (self->pending, 0);
  self->job = bp_job_start (&reference_job, bp_experiment_copy (reference->experiment), G_MAXDOUBLE, self);
}

void
bp_run_compute_references (BpRun *run)
{
  g_return_if_fail (BP_IS_RUN (run));

  for (guint i = 0; i < run->references->len; i++)
    {
      BpReference *reference = g_ptr_array_index (run->references, i);

      if (!reference->is_computed && !g_ptr_array_find (run->pending, reference, NULL))
        g_ptr_array_add (run->pending, reference);
    }

  if (run->job == NULL)
    compute_first (run);

  bp_run_notify (run);
}

void
bp_run_cancel_computing (BpRun *run)
{
  bp_job_cancel (&run->job);
  g_ptr_array_set_size (run->pending, 0);
  run->n_computed = 0;
}

void
bp_run_stop_computing (BpRun *run)
{
  g_return_if_fail (BP_IS_RUN (run));

  bp_run_cancel_computing (run);
  bp_run_notify (run);
}

void
bp_run_forget_reference (BpRun       *run,
                         BpReference *reference)
{
  guint index;

  if (!g_ptr_array_find (run->pending, reference, &index))
    return;

  g_ptr_array_remove_index (run->pending, index);
  if (index > 0)
    return;

  bp_job_cancel (&run->job);
  compute_first (run);
}

gboolean
bp_run_has_uncomputed (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  for (guint i = 0; i < run->references->len; i++)
    if (!((const BpReference *) g_ptr_array_index (run->references, i))->is_computed)
      return TRUE;

  return FALSE;
}

double
bp_run_get_computing (BpRun *run,
                      guint *number,
                      guint *n_references)
{
  guint n;

  g_return_val_if_fail (BP_IS_RUN (run), -1);

  n = run->n_computed + run->pending->len;
  if (number != NULL)
    *number = run->n_computed + 1;
  if (n_references != NULL)
    *n_references = n;

  if (run->job == NULL)
    return -1;

  return (run->n_computed + bp_job_get_progress (run->job)) / n;
}

/* Data that have changed */

void
bp_run_say_saved_change (BpRun              *run,
                         const BpExperiment *saved,
                         const BpExperiment *now)
{
  g_autofree char *text = bp_saved_run_describe_data_change (saved, now);

  /* A run and its reference runs mostly have the same data file, so that each would give the same message. */
  if (text == NULL || g_strcmp0 (text, run->said_change) == 0)
    return;

  g_signal_emit_by_name (run, "message", text);
  g_free (run->said_change);
  run->said_change = g_steal_pointer (&text);
}

gboolean
bp_run_say_read_change (BpRun              *run,
                        const BpExperiment *before,
                        const BpExperiment *now)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (!bp_experiment_has_other_data (before, now))
    return FALSE;

  name = bp_text_quote (now->data_file, -1);
  text = g_strdup_printf (_("The data in “%s” have changed since they were read, so the numbers are different now."),
                          name);
  g_signal_emit_by_name (run, "message", text);

  return TRUE;
}
