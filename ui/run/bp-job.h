/* bp-job.h: work in a thread for one owner, which may stop wanting it
 *
 *   self->job = bp_job_start (&curvature_job, input, MAX_COST, self);
 *   …
 *   bp_job_cancel (&self->job);
 *
 * What is worked on belongs to the job and is not seen by anyone else meanwhile. The result comes in the main loop, and
 * never to an owner that has cancelled: the latest job of an owner is the only one that it hears of.
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
 * @compute: in the thread: makes the result of the input, by the means that @work allows; (transfer full) (nullable)
 * @progress: (nullable): every now and then in the main loop, from 0 to 1
 * @done: in the main loop, with the result (transfer full) and whether it was given up for being too large; the job is
 *   over and its owner has to forget it
 * @free_input: what frees the input
 * @free_result: what frees a result that nobody wants any more
 *
 * A kind of job.
 */
typedef struct {
  gpointer     (* compute)  (gpointer input,
                             BpWork  *work);
  void         (* progress) (double   part,
                             gpointer owner);
  void         (* done)     (gpointer result,
                             gboolean is_exceeded,
                             gpointer owner);
  GDestroyNotify  free_input;
  GDestroyNotify  free_result;
} BpJobClass;

/**
 * bp_job_start:
 * @input: (transfer full): what is worked on
 * @limit: how many operations it may take
 * @owner: who gets the result; not referenced, so it has to cancel before it dies
 *
 * Returns: the job, alive until it is done or cancelled
 */
BpJob *bp_job_start (const BpJobClass *klass,
                     gpointer          input,
                     double            limit,
                     gpointer          owner);

/** Stops the job if there is one, as soon as it asks whether it may go on: @owner hears nothing more of it. */
void bp_job_cancel (BpJob **job);

G_END_DECLS
