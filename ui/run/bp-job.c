/* bp-job.c: a computation in a thread for one owner, which can cancel it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-job.h"

/* Milliseconds between two calls of @progress. */
#define PROGRESS_INTERVAL 50

/* The task's data. The thread uses only @input and @work. */
struct _BpJob {
  const BpJobClass *klass;
  gpointer          input;
  BpWork            work;
  gpointer          owner; /* NULL when cancelled */
  guint             progress;
};

static void
job_free (gpointer data)
{
  BpJob *self = data;

  self->klass->free_input (self->input);
  g_free (self);
}

static void
job_thread (GTask                      *task,
            G_GNUC_UNUSED gpointer      source,
            gpointer                    task_data,
            G_GNUC_UNUSED GCancellable *cancellable)
{
  BpJob *self = task_data;
  GError *error = NULL;
  gpointer result = self->klass->compute (self->input, &self->work, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, self->klass->free_result);
}

static void
detach_owner (BpJob *self)
{
  g_clear_handle_id (&self->progress, g_source_remove);
  self->owner = NULL;
}

static void
done_cb (G_GNUC_UNUSED GObject  *source,
         GAsyncResult           *result,
         G_GNUC_UNUSED gpointer  data)
{
  BpJob *self = g_task_get_task_data (G_TASK (result));
  gpointer owner = self->owner, value;
  g_autoptr (GError) error = NULL;

  /* The task frees the result with free_result() when it is not propagated. */
  if (owner == NULL)
    return;

  detach_owner (self);
  value = g_task_propagate_pointer (G_TASK (result), &error);
  self->klass->done (value, error, bp_work_is_exceeded (&self->work), owner);
}

static gboolean
progress_cb (gpointer data)
{
  BpJob *self = data;

  self->klass->progress (&self->work, self->owner);

  return G_SOURCE_CONTINUE;
}

BpJob *
bp_job_start (const BpJobClass *klass,
              gpointer          input,
              double            limit,
              gpointer          owner)
{
  g_autoptr (GTask) task = NULL;
  BpJob *self;

  g_return_val_if_fail (klass != NULL && owner != NULL, NULL);

  self = g_new0 (BpJob, 1);
  self->klass = klass;
  self->input = input;
  self->work = BP_WORK_INIT (limit);
  self->owner = owner;
  if (klass->progress != NULL)
    self->progress = g_timeout_add (PROGRESS_INTERVAL, progress_cb, self);

  task = g_task_new (NULL, NULL, done_cb, NULL);
  g_task_set_source_tag (task, bp_job_start);
  g_task_set_task_data (task, self, job_free);
  g_task_run_in_thread (task, job_thread);

  return self;
}

double
bp_job_get_progress (BpJob *job)
{
  return bp_work_get_progress (&job->work);
}

void
bp_job_cancel (BpJob **job)
{
  BpJob *self = *job;

  *job = NULL;
  if (self == NULL)
    return;

  g_atomic_int_set (&self->work.is_cancelled, 1);
  detach_owner (self);
}
