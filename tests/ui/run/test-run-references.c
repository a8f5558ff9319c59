/* test-run-references.c: runs to compare with: what is kept, what forks, what a sweep finds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "experiment/bp-builtin.h"
#include "run/bp-run.h"
#include "lib/trainer-snapshot.h"
#include "lib/widget-search.h"

static void
test_keep (void)
{
  g_autoptr (BpRun) run = create_run ("regression");

  bp_run_keep_reference (run); /* nothing is recorded */
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 0);

  bp_run_seek (run, (BpCursor) { 30, 0 });
  bp_run_keep_reference (run);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 1);
  g_assert_cmpint (get_reference (run, 0)->length, ==, 30);
  assert_same_series (get_reference (run, 0)->loss,
                      bp_history_get_loss (bp_trainer_get_history (bp_run_get_trainer (run))));

  /* What the run does next leaves the reference run alone. */
  bp_run_seek (run, (BpCursor) { 60, 0 });
  g_assert_cmpint (get_reference (run, 0)->length, ==, 30);
  bp_run_remove_reference (run, 0);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 0);
}

static void
test_at_most_eight (void)
{
  g_autoptr (BpRun) run = create_run ("regression");

  for (gint64 i = 1; i <= BP_MAX_REFERENCES + 3; i++)
    {
      bp_run_seek (run, (BpCursor) { i, 0 });
      bp_run_keep_reference (run);
      g_assert_cmpuint (bp_run_get_n_references (run), ==, MIN (i, BP_MAX_REFERENCES));
    }
  g_assert_cmpint (get_reference (run, 0)->length, ==, 4); /* the oldest went */
  g_assert_cmpint (get_reference (run, BP_MAX_REFERENCES - 1)->length, ==, BP_MAX_REFERENCES + 3);
  bp_run_clear_references (run);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 0);
}

/* Another setting in the middle: the old future stays, the past is the same in both. */
static void
test_fork (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpRun) straight = create_run ("regression");
  const BpExperiment *experiments[2];
  g_auto (GStrv) names = NULL;

  bp_run_seek (straight, (BpCursor) { 100, 0 });
  bp_run_seek (run, (BpCursor) { 100, 0 });
  bp_run_seek (run, (BpCursor) { 40, 0 });
  bp_run_set_learning_rate (run, 0.5);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 1);
  g_assert_cmpint (get_reference (run, 0)->length, ==, 100);
  assert_same_series (get_reference (run, 0)->loss,
                      bp_history_get_loss (bp_trainer_get_history (bp_run_get_trainer (straight))));

  experiments[0] = get_reference (run, 0)->experiment;
  experiments[1] = bp_trainer_get_experiment (bp_run_get_trainer (run));
  names = bp_reference_describe_differences (experiments, 2);
  g_assert_cmpstr (names[0], ==, "η = 0.02");
  g_assert_cmpstr (names[1], ==, "η = 0.02 → 0.5 at 40");
}

/* A change where nothing lies ahead forks nothing. */
static void
test_no_fork (void)
{
  g_autoptr (BpRun) run = create_run ("regression");

  bp_run_set_learning_rate (run, 0.5);
  bp_run_seek (run, (BpCursor) { 20, 0 });
  bp_run_set_learning_rate (run, 0.1);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 0);
}

/* Another experiment keeps only what can be drawn with it. */
static void
test_comparable (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExperiment) similar = bp_builtin_load ("wrong-sign", NULL);
  g_autoptr (BpExperiment) other = bp_builtin_load ("line", NULL);

  bp_run_seek (run, (BpCursor) { 10, 0 });
  bp_run_keep_reference (run);
  g_assert_true (bp_run_load (run, similar, NULL));
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 1);
  g_assert_true (bp_run_load (run, other, NULL));
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 0);
}

/* Sweeps */

typedef struct {
  BpJob   *job;
  gboolean is_done;
  GError  *error;
  guint    n_calls; /* of progress_cb(), and what it was told last */
  guint    n_done;
  double   part;
} Sweep;

static void
sweep_cb (const GError *error,
          gpointer      data)
{
  Sweep *sweep = data;

  sweep->job = NULL;
  sweep->is_done = TRUE;
  sweep->error = error != NULL ? g_error_copy (error) : NULL;
}

static gboolean
is_done (gpointer sweep)
{
  return ((Sweep *) sweep)->is_done;
}

static void
run_sweep (BpRun                      *run,
           const BpExperiment * const *experiments,
           guint                       n,
           Sweep                      *sweep)
{
  *sweep = (Sweep) { 0 };
  sweep->job = bp_run_sweep (run, experiments, n, NULL, sweep_cb, sweep);
  wait_until (is_done, sweep);
}

/* A sweep's runs are what running each by hand records. */
static void
test_sweep (void)
{
  static const double rates[] = { 0.02, 0.5, 0.98 };
  g_autoptr (BpRun) run = create_run ("regression");
  BpExperiment *experiments[G_N_ELEMENTS (rates)];
  Sweep sweep;

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    experiments[i] = create_variant (run, rates[i]);
  run_sweep (run, (const BpExperiment * const *) experiments, G_N_ELEMENTS (rates), &sweep);
  g_assert_no_error (sweep.error);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, G_N_ELEMENTS (rates));
  g_assert_false (bp_run_get_can_step_back (run)); /* the run itself did not move */

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autoptr (BpTrainer) trainer = bp_trainer_new (experiments[i], NULL);
      const BpReference *reference = get_reference (run, i);

      bp_trainer_run (trainer, bp_trainer_get_n_iterations (trainer));
      assert_same_series (reference->loss, bp_history_get_loss (bp_trainer_get_history (trainer)));
      assert_same_series (g_ptr_array_index (reference->parameters, 0),
                          bp_history_get_parameter (bp_trainer_get_history (trainer), 0));
      bp_experiment_free (experiments[i]);
    }
}

static void
progress_cb (guint    n_done,
             guint    n_runs,
             double   part,
             gpointer data)
{
  Sweep *told = data;

  g_assert_cmpuint (n_runs, ==, 3);
  g_assert_cmpuint (n_done, >=, told->n_done);
  g_assert_cmpfloat (part, >=, n_done / 3.0 - 1e-9);
  g_assert_cmpfloat (part, <=, (n_done + 1) / 3.0 + 1e-9);
  told->n_calls++;
  told->n_done = n_done;
  told->part = MAX (told->part, part);
}

/* A sweep that takes a while says how far it is, until it is done. */
static void
test_progress (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  BpExperiment *experiments[3];
  Sweep sweep = { 0 };
  guint n_calls;

  for (guint i = 0; i < G_N_ELEMENTS (experiments); i++)
    {
      experiments[i] = create_variant (run, 0.01 * (i + 1));
      experiments[i]->iterations = 4000000;
    }
  sweep.job = bp_run_sweep (run, (const BpExperiment * const *) experiments, G_N_ELEMENTS (experiments), progress_cb,
                            sweep_cb, &sweep);
  wait_until (is_done, &sweep);
  g_assert_no_error (sweep.error);
  g_assert_cmpuint (sweep.n_calls, >, 0);
  g_assert_cmpfloat (sweep.part, >, 0.1);

  n_calls = sweep.n_calls;
  settle ();
  g_assert_cmpuint (sweep.n_calls, ==, n_calls);
  for (guint i = 0; i < G_N_ELEMENTS (experiments); i++)
    bp_experiment_free (experiments[i]);
}

/* The thread ends, for the jobs of all threads wait for one another when there are many; and nobody is told. */
static void
check_cancelling (gsize batch_size)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExperiment) experiment = create_variant (run, 0.02);
  const BpExperiment *experiments[] = { experiment };
  Sweep sweeps[11] = { 0 }, last; /* there are ten threads */

  experiment->settings.batch_size = batch_size;
  experiment->iterations = BP_MAX_ITERATIONS; /* would take minutes */
  for (guint i = 0; i < G_N_ELEMENTS (sweeps); i++)
    sweeps[i].job = bp_run_sweep (run, experiments, 1, progress_cb, sweep_cb, &sweeps[i]);
  for (guint i = 0; i < G_N_ELEMENTS (sweeps); i++)
    bp_job_cancel (&sweeps[i].job);
  experiment->settings.batch_size = 1;
  experiment->iterations = 10;
  run_sweep (run, experiments, 1, &last);
  g_assert_no_error (last.error);
  for (guint i = 0; i < G_N_ELEMENTS (sweeps); i++)
    g_assert_false (sweeps[i].is_done);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 1);
}

static void
test_cancel (void)
{
  check_cancelling (1);
  /* Runs of long iterations end as soon as others. */
  check_cancelling (100000);
}

/* One that cannot run, and none is kept. */
static void
test_sweep_error (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExperiment) good = create_variant (run, 0.02);
  g_autoptr (BpExperiment) bad = create_variant (run, -1);
  const BpExperiment *experiments[] = { good, bad };
  Sweep sweep;

  run_sweep (run, experiments, G_N_ELEMENTS (experiments), &sweep);
  g_assert_nonnull (sweep.error);
  g_clear_error (&sweep.error);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 0);
}

/* What comes after another experiment was loaded is not that one's. */
static void
test_load_during_sweep (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExperiment) variant = create_variant (run, 0.5);
  g_autoptr (BpExperiment) other = bp_builtin_load ("wrong-sign", NULL);
  const BpExperiment *experiments[] = { variant };
  Sweep sweep = { 0 };

  sweep.job = bp_run_sweep (run, experiments, 1, NULL, sweep_cb, &sweep);
  g_assert_true (bp_run_load (run, other, NULL));
  wait_until (is_done, &sweep);
  g_assert_error (sweep.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&sweep.error);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 0);
}

/* Nothing goes without a word. */

static void
message_cb (G_GNUC_UNUSED BpRun *run,
            const char          *text,
            GPtrArray           *said)
{
  g_ptr_array_add (said, g_strdup (text));
}

static void
test_says_what_goes (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExperiment) line = bp_builtin_load ("line", NULL);
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect (run, "message", G_CALLBACK (message_cb), said);
  bp_run_seek (run, (BpCursor) { 10, 0 });
  for (guint i = 0; i < BP_MAX_REFERENCES; i++)
    bp_run_keep_reference (run);
  g_assert_cmpuint (said->len, ==, 0);
  bp_run_keep_reference (run);
  g_assert_cmpuint (said->len, ==, 1);
  g_assert_cmpstr (said->pdata[0], ==, "At most 8 runs are kept: the oldest one was removed");

  /* The model is edited: those with other variables go. */
  g_assert_true (bp_run_set_experiment (run, line, NULL));
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 0);
  g_assert_cmpuint (said->len, ==, 2);
  g_assert_cmpstr (said->pdata[1], ==, "8 kept runs have other variables than the model now and were removed");
}

/* Computing */

static gboolean
is_computing (BpRun *run)
{
  return bp_run_get_computing (run, NULL, NULL) >= 0;
}

static gboolean
is_computed (gpointer run)
{
  return !is_computing (run);
}

static BpReference *
create_not_computed (BpRun *run,
                     double learning_rate,
                     gint64 n_iterations)
{
  g_autoptr (BpExperiment) experiment = create_variant (run, learning_rate);

  experiment->iterations = n_iterations;

  return bp_reference_new_not_computed (experiment);
}

/* Those that are not computed get their numbers in their places, beside what is kept meanwhile. */
static void
test_compute (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  guint number, n;

  bp_run_take_reference (run, create_not_computed (run, 0.5, 200));
  bp_run_seek (run, (BpCursor) { 10, 0 });
  bp_run_keep_reference (run);
  bp_run_take_reference (run, create_not_computed (run, 0.98, 300));
  g_assert_false (is_computing (run));
  bp_run_compute_references (run);
  bp_run_compute_references (run); /* once is enough */
  g_assert_cmpfloat (bp_run_get_computing (run, &number, &n), >=, 0);
  g_assert_cmpuint (number, ==, 1);
  g_assert_cmpuint (n, ==, 2);
  bp_run_keep_reference (run);

  wait_until (is_computed, run);
  g_assert_false (bp_run_has_uncomputed (run));
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 4);
  for (guint i = 0; i < 4; i += 2)
    {
      g_autoptr (BpReference) again = bp_reference_new_by_running (get_reference (run, i)->experiment, NULL, NULL);

      g_assert_cmpint (get_reference (run, i)->length, ==, i == 0 ? 200 : 300);
      assert_same_series (get_reference (run, i)->loss, again->loss);
    }
}

/* What comes of one that was removed meanwhile is nobody's. */
static void
test_remove_at_work (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpReference) second = create_not_computed (run, 0.98, 1000000);
  g_autoptr (BpReference) again = bp_reference_new_by_running (second->experiment, NULL, NULL);

  bp_run_take_reference (run, create_not_computed (run, 0.5, 1000));
  bp_run_take_reference (run, g_steal_pointer (&second));
  bp_run_compute_references (run);
  bp_run_remove_reference (run, 0);
  wait_until (is_computed, run);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 1);
  assert_same_series (get_reference (run, 0)->loss, again->loss);
}

/* Pushed out by newer ones, also the one at work, it is computed no more. */
static void
test_push_out (void)
{
  g_autoptr (BpRun) run = create_run ("regression");

  bp_run_take_reference (run, create_not_computed (run, 0.5, BP_MAX_ITERATIONS));
  bp_run_compute_references (run);
  bp_run_seek (run, (BpCursor) { 10, 0 });
  for (guint i = 1; i < BP_MAX_REFERENCES; i++)
    bp_run_keep_reference (run);
  g_assert_true (is_computing (run));
  bp_run_keep_reference (run);
  g_assert_false (is_computing (run));
  g_assert_false (bp_run_has_uncomputed (run));
}

/* One that cannot be computed says why and stays as it is. */
static void
test_compute_error (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect (run, "message", G_CALLBACK (message_cb), said);
  bp_run_take_reference (run, create_not_computed (run, -1, 10));
  bp_run_take_reference (run, create_not_computed (run, 0.5, 10));
  bp_run_compute_references (run);
  wait_until (is_computed, run);
  g_assert_cmpuint (said->len, ==, 1);
  g_assert_false (get_reference (run, 0)->is_computed);
  g_assert_true (get_reference (run, 1)->is_computed);
}

/* Nobody waits for the thread. */
static void
test_compute_and_leave (void)
{
  BpRun *run = create_run ("regression");
  gpointer weak = run;

  g_object_add_weak_pointer (G_OBJECT (run), &weak);
  bp_run_take_reference (run, create_not_computed (run, 0.5, BP_MAX_ITERATIONS));
  bp_run_compute_references (run);
  g_object_unref (run);
  g_assert_null (weak);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-references/keep", test_keep);
  g_test_add_func ("/run-references/at-most-eight", test_at_most_eight);
  g_test_add_func ("/run-references/fork", test_fork);
  g_test_add_func ("/run-references/no-fork", test_no_fork);
  g_test_add_func ("/run-references/comparable", test_comparable);
  g_test_add_func ("/run-references/sweep", test_sweep);
  g_test_add_func ("/run-references/cancel", test_cancel);
  g_test_add_func ("/run-references/progress", test_progress);
  g_test_add_func ("/run-references/sweep-error", test_sweep_error);
  g_test_add_func ("/run-references/load-during-sweep", test_load_during_sweep);
  g_test_add_func ("/run-references/says-what-goes", test_says_what_goes);
  g_test_add_func ("/run-references/compute", test_compute);
  g_test_add_func ("/run-references/remove-at-work", test_remove_at_work);
  g_test_add_func ("/run-references/push-out", test_push_out);
  g_test_add_func ("/run-references/compute-error", test_compute_error);
  g_test_add_func ("/run-references/compute-and-leave", test_compute_and_leave);

  return g_test_run ();
}
