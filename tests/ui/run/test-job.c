/* test-job.c: results come to who still wants them, and to nobody else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-job.h"

typedef struct {
  BpJob   *job;
  guint    n_done;
  int      result;
  gboolean is_exceeded;
  double   progress;
  GError  *error;
} Owner;

/* What the thread works on, and what it says to the test; freed by the last that needs it. */
typedef struct {
  int  number;
  gint goes_on;   /* whether to wait for being cancelled, or for this to change */
  gint is_begun;
} Input;

static gint n_inputs, n_results;

static Input *
input_new (int      number,
           gboolean waits)
{
  Input *input = g_atomic_rc_box_new0 (Input);

  input->number = number;
  input->goes_on = !waits;
  g_atomic_int_inc (&n_inputs);

  return input;
}

static void
free_input (gpointer input)
{
  g_atomic_int_add (&n_inputs, -1);
  g_atomic_rc_box_release (input);
}

static void
free_result (gpointer result)
{
  g_atomic_int_add (&n_results, -1);
  g_free (result);
}

static gpointer
compute (gpointer data,
         BpWork  *work,
         GError **error)
{
  Input *input = data;
  int *result;

  if (input->number < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "it is negative");
      return NULL;
    }

  result = g_new (int, 1);
  g_atomic_int_inc (&n_results);
  g_atomic_int_set (&work->n_parts, 2);
  g_atomic_int_set (&work->n_done, 1);
  g_atomic_int_set (&work->n_thousandths, 500);
  g_atomic_int_set (&input->is_begun, TRUE);
  while (bp_work_spend (work, 1) && !g_atomic_int_get (&input->goes_on))
    g_thread_yield ();
  *result = 2 * input->number;

  return result;
}

static void
done_cb (gpointer      result,
         const GError *error,
         gboolean      is_exceeded,
         gpointer      data)
{
  Owner *owner = data;

  owner->job = NULL;
  owner->n_done++;
  owner->error = error != NULL ? g_error_copy (error) : NULL;
  if (error != NULL)
    return;

  owner->result = *(int *) result;
  owner->is_exceeded = is_exceeded;
  free_result (result);
}

static void
progress_cb (const BpWork *work,
             gpointer      owner)
{
  ((Owner *) owner)->progress = bp_work_get_progress (work);
}

static const BpJobClass job_class = {
  .compute = compute,
  .done = done_cb,
  .free_input = free_input,
  .free_result = free_result,
};

static const BpJobClass progress_class = {
  .compute = compute,
  .progress = progress_cb,
  .done = done_cb,
  .free_input = free_input,
  .free_result = free_result,
};

/* Until every job is over, also those that nobody waits for. */
static void
wait_for_all (void)
{
  while (g_atomic_int_get (&n_inputs) > 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (g_atomic_int_get (&n_results), ==, 0);
}

static void
test_done (void)
{
  Owner owner = { 0 };

  owner.job = bp_job_start (&job_class, input_new (21, FALSE), G_MAXDOUBLE, &owner);
  g_assert_nonnull (owner.job);
  g_assert_cmpuint (owner.n_done, ==, 0);
  wait_for_all ();
  g_assert_cmpuint (owner.n_done, ==, 1);
  g_assert_cmpint (owner.result, ==, 42);
  g_assert_false (owner.is_exceeded);
  g_assert_null (owner.job);
}

static void
test_error (void)
{
  Owner owner = { 0 };

  owner.job = bp_job_start (&job_class, input_new (-1, FALSE), G_MAXDOUBLE, &owner);
  wait_for_all ();
  g_assert_cmpuint (owner.n_done, ==, 1);
  g_assert_error (owner.error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&owner.error);
}

static void
test_exceeded (void)
{
  Owner owner = { 0 };

  owner.job = bp_job_start (&job_class, input_new (1, TRUE), 100, &owner);
  wait_for_all ();
  g_assert_cmpuint (owner.n_done, ==, 1);
  g_assert_true (owner.is_exceeded);
}

/* Cancelled while it runs, or when it is over but nobody was told yet. */
static void
test_cancelled (void)
{
  for (guint i = 0; i < 2; i++)
    {
      Owner owner = { 0 };
      Input *input = input_new (1, i == 0);

      g_atomic_rc_box_acquire (input);
      owner.job = bp_job_start (&job_class, input, G_MAXDOUBLE, &owner);
      while (!g_atomic_int_get (&input->is_begun))
        g_thread_yield ();
      bp_job_cancel (&owner.job);
      g_assert_null (owner.job);
      bp_job_cancel (&owner.job);
      wait_for_all ();
      g_assert_cmpuint (owner.n_done, ==, 0);
      g_atomic_rc_box_release (input);
    }
}

/* The latest of many is the only one that is heard of. */
static void
test_latest (void)
{
  Owner owner = { 0 };

  for (int i = 0; i < 50; i++)
    {
      bp_job_cancel (&owner.job);
      owner.job = bp_job_start (&job_class, input_new (i, i < 49), G_MAXDOUBLE, &owner);
    }
  wait_for_all ();
  g_assert_cmpuint (owner.n_done, ==, 1);
  g_assert_cmpint (owner.result, ==, 98);
}

static void
test_progress (void)
{
  Owner owner = { 0 };
  Input *input = input_new (1, TRUE);

  g_atomic_rc_box_acquire (input);
  owner.job = bp_job_start (&progress_class, input, G_MAXDOUBLE, &owner);
  while (owner.progress == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (owner.progress, ==, 0.75);
  g_assert_cmpfloat (bp_job_get_progress (owner.job), ==, 0.75);
  g_assert_cmpuint (owner.n_done, ==, 0);
  g_atomic_int_set (&input->goes_on, TRUE);
  wait_for_all ();
  g_assert_cmpuint (owner.n_done, ==, 1);
  g_atomic_rc_box_release (input);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job/done", test_done);
  g_test_add_func ("/job/error", test_error);
  g_test_add_func ("/job/exceeded", test_exceeded);
  g_test_add_func ("/job/cancelled", test_cancelled);
  g_test_add_func ("/job/latest", test_latest);
  g_test_add_func ("/job/progress", test_progress);

  return g_test_run ();
}
