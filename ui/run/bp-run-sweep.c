/* bp-run-sweep.c: runs several experiments in a thread and keeps them as reference runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include <glib/gi18n-lib.h>

/* Milliseconds between two calls of the progress function. */
#define PROGRESS_INTERVAL 50

/* The task's data. */
typedef struct {
  GPtrArray          *experiments;
  guint               n_loads; /* of the BpRun when the sweep began */
  BpReferenceProgress progress; /* of the experiment that is run */
  gint                n_done;
  BpRunSweepProgress  callback;
  gpointer            data;
} Sweep;

static void
sweep_free (Sweep *sweep)
{
  g_ptr_array_unref (sweep->experiments);
  g_free (sweep);
}

static void
cancelled_cb (G_GNUC_UNUSED GCancellable *cancellable,
              Sweep                      *sweep)
{
  g_atomic_int_set (&sweep->progress.is_cancelled, 1);
}

/* Trainers share no data and the thread does not use the BpRun, so no lock is needed. */
static void
sweep_thread (GTask                  *task,
              G_GNUC_UNUSED gpointer  source,
              gpointer                task_data,
              GCancellable           *cancellable)
{
  Sweep *sweep = task_data;
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  gulong handler = 0;
  GError *error = NULL;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), sweep, NULL);

  for (guint i = 0; i < sweep->experiments->len; i++)
    {
      const BpExperiment *experiment = g_ptr_array_index (sweep->experiments, i);
      BpReference *reference = bp_reference_new_by_running (experiment, &sweep->progress, &error);

      if (reference == NULL)
        break;

      g_ptr_array_add (references, reference);
      g_atomic_int_set (&sweep->progress.n_thousandths, 0);
      g_atomic_int_inc (&sweep->n_done);
    }

  g_cancellable_disconnect (cancellable, handler);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&references), (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
progress_cb (gpointer data)
{
  Sweep *sweep = g_task_get_task_data (data);
  guint n = sweep->experiments->len;
  guint n_done = (guint) g_atomic_int_get (&sweep->n_done);
  double part = (n_done + g_atomic_int_get (&sweep->progress.n_thousandths) / 1000.0) / n;

  /* After completion or cancelling, the caller may have freed @data of the progress function. */
  if (g_task_get_completed (data) || g_cancellable_is_cancelled (g_task_get_cancellable (data)))
    return G_SOURCE_REMOVE;

  sweep->callback (n_done, n, MIN (part, 1), sweep->data);

  return G_SOURCE_CONTINUE;
}

void
bp_run_sweep_async (BpRun                      *run,
                    const BpExperiment * const *experiments,
                    guint                       n_experiments,
                    GCancellable               *cancellable,
                    BpRunSweepProgress          progress,
                    gpointer                    progress_data,
                    GAsyncReadyCallback         callback,
                    gpointer                    user_data)
{
  g_autoptr (GTask) task = NULL;
  Sweep *sweep;

  g_return_if_fail (BP_IS_RUN (run));

  sweep = g_new0 (Sweep, 1);
  sweep->n_loads = run->n_loads;
  sweep->callback = progress;
  sweep->data = progress_data;
  sweep->experiments = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_experiment_free);

  for (guint i = 0; i < n_experiments; i++)
    g_ptr_array_add (sweep->experiments, bp_experiment_copy (experiments[i]));

  task = g_task_new (run, cancellable, callback, user_data);
  g_task_set_source_tag (task, bp_run_sweep_async);
  g_task_set_task_data (task, sweep, (GDestroyNotify) sweep_free);
  if (progress != NULL && n_experiments > 0)
    g_timeout_add_full (G_PRIORITY_DEFAULT, PROGRESS_INTERVAL, progress_cb, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (task, sweep_thread);
}

gboolean
bp_run_sweep_finish (BpRun        *run,
                     GAsyncResult *result,
                     GError      **error)
{
  g_autoptr (GPtrArray) references = NULL;
  const Sweep *sweep;

  g_return_val_if_fail (BP_IS_RUN (run) && g_task_is_valid (result, run), FALSE);

  references = g_task_propagate_pointer (G_TASK (result), error);

  if (references == NULL)
    return FALSE;

  sweep = g_task_get_task_data (G_TASK (result));
  if (sweep->n_loads != run->n_loads)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Another experiment was opened meanwhile"));
      return FALSE;
    }

  /* Each experiment read its data file again; one message about changed data is enough. */
  for (guint i = 0; i < references->len; i++)
    if (bp_run_say_read_change (run, bp_trainer_get_experiment (run->trainer),
                                ((const BpReference *) g_ptr_array_index (references, i))->experiment))
      break;

  bp_run_make_room (run, references->len);
  while (references->len > 0)
    bp_run_add_reference (run, g_ptr_array_steal_index (references, 0));

  bp_run_drop_foreign_references (run);
  bp_run_update (run);

  return TRUE;
}
