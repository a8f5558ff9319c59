/* bp-job.h: a computation in a thread for one owner, which can cancel it
 *
 *   self->job = bp_job_start (&curvature_job, input, MAX_COST, self);
 *   …
 *   bp_job_cancel (&self->job);
 *
 * The job owns its input, and only its thread reads it. The main loop delivers the result. A cancelled job delivers
 * nothing, so an owner that cancels before it starts anew gets the latest result only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "session/bp-work.h"

G_BEGIN_DECLS

typedef struct _BpJob BpJob;

/**
 * BpJobClass:
 * @compute: (transfer full) (nullable): runs in the thread and makes the result; it asks @work before each piece and
 *   returns when that refuses
 * @progress: (nullable): runs in the main loop twenty times a second; see bp_work_get_progress()
 * @done: runs in the main loop; @result is (transfer full) (nullable), @error what @compute set, @is_exceeded tells
 *   whether the job met its limit. The job is freed after it, so the owner has to drop its pointer
 * @free_input: frees the input
 * @free_result: frees a result that is not delivered
 *
 * A kind of job.
 */
typedef struct {
  gpointer     (* compute)  (gpointer      input,
                             BpWork       *work,
                             GError      **error);
  void         (* progress) (const BpWork *work,
                             gpointer      owner);
  void         (* done)     (gpointer      result,
                             const GError *error,
                             gboolean      is_exceeded,
                             gpointer      owner);
  GDestroyNotify  free_input;
  GDestroyNotify  free_result;
} BpJobClass;

/**
 * bp_job_start:
 * @input: (transfer full): the input of @compute
 * @limit: the most operations, as bp-work.h counts them
 * @owner: the argument of the callbacks; it is not referenced, so it has to cancel before it is freed
 *
 * Returns: (transfer none): the job, which lives until it is done or cancelled
 */
BpJob *bp_job_start (const BpJobClass *klass,
                     gpointer          input,
                     double            limit,
                     gpointer          owner);

/** How much of it is done, 0 … 1. */
double bp_job_get_progress (BpJob *job);

/** Cancels the job, if there is one, and clears the pointer. No callback runs after that; the thread ends when it next
 *  asks its BpWork. */
void bp_job_cancel (BpJob **job);

G_END_DECLS
