/* bp-run-compute.c: computes the reference runs that came from a file, one after the other in a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include <glib/gi18n-lib.h>

#include "training/bp-saved-run.h"
#include "base/bp-text.h"

/* Milliseconds between two notifications of "computing". */
#define PROGRESS_INTERVAL 50

/* The thread has a copy of the experiment and no reference to the run, so a window that closes does not wait for it. */
struct _BpRunJob {
  BpRun              *run; /* NULL when cancelled */
  BpExperiment       *experiment;
  BpReferenceProgress progress;
};

static void
job_free (BpRunJob *job)
{
  bp_experiment_free (job->experiment);
  g_free (job);
}

static void
compute_thread (GTask                      *task,
                G_GNUC_UNUSED gpointer      source,
                gpointer                    task_data,
                G_GNUC_UNUSED GCancellable *cancellable)
{
  BpRunJob *job = task_data;
  GError *error = NULL;
  BpReference *reference = bp_reference_new_by_running (job->experiment, &job->progress, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, reference, (GDestroyNotify) bp_reference_free);
}

static void compute_first (BpRun *self);

/* Replaces the first reference run of @pending by @reference (transfer full), which is computed. */
static void
replace_first (BpRun              *self,
               BpReference        *reference,
               const BpExperiment *saved)
{
  guint index;

  if (!g_ptr_array_find (self->references, g_ptr_array_index (self->pending, 0), &index))
    g_assert_not_reached ();

  bp_reference_free (g_ptr_array_index (self->references, index));
  g_ptr_array_index (self->references, index) = reference;
  bp_run_say_saved_change (self, saved, reference->experiment);
}

static void
computed_cb (G_GNUC_UNUSED GObject  *source,
             GAsyncResult           *result,
             G_GNUC_UNUSED gpointer  data)
{
  BpRunJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (BpReference) reference = g_task_propagate_pointer (G_TASK (result), &error);
  BpRun *run = job->run;

  if (run == NULL)
    return;

  run->job = NULL;
  if (reference != NULL)
    replace_first (run, g_steal_pointer (&reference), job->experiment);
  else
    g_signal_emit_by_name (run, "message", error->message);

  g_ptr_array_remove_index (run->pending, 0);
  run->n_computed++;
  compute_first (run);
  bp_run_update (run);
}

static gboolean
progress_cb (gpointer run)
{
  bp_run_notify (run);

  return G_SOURCE_CONTINUE;
}

static void
end (BpRun *self)
{
  self->n_computed = 0;
  g_clear_handle_id (&self->progress, g_source_remove);
}

static void
compute_first (BpRun *self)
{
  g_autoptr (GTask) task = NULL;
  BpReference *reference;

  if (self->pending->len == 0)
    {
      end (self);
      return;
    }

  reference = g_ptr_array_index (self->pending, 0);
  self->job = g_new0 (BpRunJob, 1);
  self->job->run = self;
  self->job->experiment = bp_experiment_copy (reference->experiment);
  if (self->progress == 0)
    self->progress = g_timeout_add (PROGRESS_INTERVAL, progress_cb, self);

  task = g_task_new (NULL, NULL, computed_cb, NULL);
  g_task_set_source_tag (task, bp_run_compute_references);
  g_task_set_task_data (task, self->job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, compute_thread);
}

static void
cancel_job (BpRun *self)
{
  if (self->job == NULL)
    return;

  g_atomic_int_set (&self->job->progress.is_cancelled, 1);
  self->job->run = NULL;
  self->job = NULL;
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
  cancel_job (run);
  g_ptr_array_set_size (run->pending, 0);
  end (run);
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

  cancel_job (run);
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

  return (run->n_computed + g_atomic_int_get (&run->job->progress.n_thousandths) / 1000.0) / n;
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
