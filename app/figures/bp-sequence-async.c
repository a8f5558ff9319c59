/* bp-sequence-async.c: sequences rendered in a thread of their own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-sequence.h"

/* As often as a person sees. */
#define LEAST_INTERVAL (G_USEC_PER_SEC / 30)

/* What is to be rendered, and how far it is; the thread has it as long as it runs, and each report on its way. */
typedef struct {
  BpExperiment      *experiment;
  BpSequenceOptions  options;
  GPtrArray         *references;
  GMainContext      *context;
  BpSequenceProgress progress;
  gpointer           data;
  gint64             reported;
  gint               is_on_its_way;
  gint               n_done;
  gint               n_places;
} Job;

static void
job_clear (gpointer data)
{
  Job *job = data;

  bp_experiment_free (job->experiment);
  g_clear_pointer (&job->references, g_ptr_array_unref);
  g_main_context_unref (job->context);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, job_clear);
}

static gpointer
copy_reference (gconstpointer          reference,
                G_GNUC_UNUSED gpointer data)
{
  return bp_reference_copy (reference);
}

static Job *
job_new (const BpExperiment      *experiment,
         const BpSequenceOptions *options,
         BpSequenceProgress       progress,
         gpointer                 data)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->experiment = bp_experiment_copy (experiment);
  job->options = *options;
  job->context = g_main_context_ref_thread_default ();
  job->progress = progress;
  job->data = data;
  if (options->figure.plot.references != NULL)
    {
      job->references = g_ptr_array_copy ((GPtrArray *) options->figure.plot.references, copy_reference, NULL);
      g_ptr_array_set_free_func (job->references, (GDestroyNotify) bp_reference_free);
      job->options.figure.plot.references = job->references;
    }

  return job;
}

/* Progress */

static gboolean
report_cb (gpointer data)
{
  Job *job = data;

  g_atomic_int_set (&job->is_on_its_way, FALSE);
  job->progress ((guint) g_atomic_int_get (&job->n_done), (guint) g_atomic_int_get (&job->n_places), job->data);

  return G_SOURCE_REMOVE;
}

/* In the thread. One report at a time is on its way, of the same priority as the end, which therefore comes last. */
static void
progress_cb (guint    n_done,
             guint    n_places,
             gpointer data)
{
  Job *job = data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;

  g_atomic_int_set (&job->n_places, (gint) n_places);
  g_atomic_int_set (&job->n_done, (gint) n_done);
  if ((n_done < n_places && now - job->reported < LEAST_INTERVAL)
      || !g_atomic_int_compare_and_exchange (&job->is_on_its_way, FALSE, TRUE))
    return;

  job->reported = now;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, report_cb, g_atomic_rc_box_acquire (job), job_unref);
  g_source_attach (source, job->context);
}

static void
render_in_thread (GTask                  *task,
                  G_GNUC_UNUSED gpointer  source_object,
                  gpointer                task_data,
                  GCancellable           *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  GBytes *bytes = bp_sequence_render (job->experiment, &job->options, cancellable,
                                      job->progress != NULL ? progress_cb : NULL, job, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
bp_sequence_render_async (const BpExperiment      *experiment,
                          const BpSequenceOptions *options,
                          GCancellable            *cancellable,
                          BpSequenceProgress       progress,
                          gpointer                 progress_data,
                          GAsyncReadyCallback      callback,
                          gpointer                 data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (experiment != NULL && options != NULL);

  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, bp_sequence_render_async);
  g_task_set_task_data (task, job_new (experiment, options, progress, progress_data), job_unref);
  g_task_run_in_thread (task, render_in_thread);
}

GBytes *
bp_sequence_render_finish (GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, bp_sequence_render_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
