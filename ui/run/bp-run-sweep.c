/* bp-run-sweep.c: runs of several experiments in a thread, to compare with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include <glib/gi18n-lib.h>

/* The job's input, and whom its callbacks tell. */
typedef struct {
  GPtrArray         *experiments;
  BpRun             *run;
  guint              n_loads; /* of the BpRun when the sweep began */
  BpRunSweepProgress progress;
  BpRunSweepDone     done;
  gpointer           owner;
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_ptr_array_unref (sweep->experiments);
  g_free (sweep);
}

/* Trainers share no data and the thread does not use the BpRun, so no lock is needed. */
static gpointer
compute (gpointer data,
         BpWork  *work,
         GError **error)
{
  Sweep *sweep = data;
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);

  g_atomic_int_set (&work->n_parts, (gint) sweep->experiments->len);
  for (guint i = 0; i < sweep->experiments->len; i++)
    {
      BpReference *reference = bp_reference_new_by_running (g_ptr_array_index (sweep->experiments, i), work, error);

      if (reference == NULL)
        return NULL;

      g_ptr_array_add (references, reference);
      g_atomic_int_set (&work->n_thousandths, 0);
      g_atomic_int_inc (&work->n_done);
    }

  return g_steal_pointer (&references);
}

static void
progress_cb (const BpWork *work,
             gpointer      data)
{
  Sweep *sweep = data;

  if (sweep->progress != NULL)
    sweep->progress ((guint) g_atomic_int_get (&work->n_done), sweep->experiments->len, bp_work_get_progress (work),
                     sweep->owner);
}

static void
keep (BpRun     *run,
      GPtrArray *references)
{
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
}

static void
done_cb (gpointer               result,
         const GError          *error,
         G_GNUC_UNUSED gboolean is_exceeded,
         gpointer               data)
{
  Sweep *sweep = data;
  g_autoptr (GPtrArray) references = result;
  g_autoptr (GError) opened = NULL;

  if (references != NULL && sweep->n_loads == sweep->run->n_loads)
    keep (sweep->run, references);
  else if (references != NULL)
    opened = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Another experiment was opened meanwhile"));

  sweep->done (opened != NULL ? opened : error, sweep->owner);
}

static const BpJobClass sweep_job = {
  .compute = compute,
  .progress = progress_cb,
  .done = done_cb,
  .free_input = sweep_free,
  .free_result = (GDestroyNotify) g_ptr_array_unref,
};

BpJob *
bp_run_sweep (BpRun                      *run,
              const BpExperiment * const *experiments,
              guint                       n_experiments,
              BpRunSweepProgress          progress,
              BpRunSweepDone              done,
              gpointer                    owner)
{
  Sweep *sweep;

  g_return_val_if_fail (BP_IS_RUN (run) && n_experiments > 0 && done != NULL, NULL);

  sweep = g_new0 (Sweep, 1);
  *sweep = (Sweep) {
    .experiments = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_experiment_free),
    .run = run,
    .n_loads = run->n_loads,
    .progress = progress,
    .done = done,
    .owner = owner,
  };
  for (guint i = 0; i < n_experiments; i++)
    g_ptr_array_add (sweep->experiments, bp_experiment_copy (experiments[i]));

  return bp_job_start (&sweep_job, sweep, G_MAXDOUBLE, sweep);
}
