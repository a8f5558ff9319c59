/* test-sequence-thread.c: a sequence says how far it is, can be cancelled, and is made in a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "lib/figure-checks.h"
#include "lib/gif-checks.h"

/* Progress and cancelling */

typedef struct {
  BpWork   work;
  guint    cancel_at;
  guint    n_done;
  guint    n_reports;
} Watch;

static void
watch_progress (guint    n_done,
                guint    n_places,
                gpointer data)
{
  Watch *watch = data;

  g_assert_cmpuint (n_places, ==, 101);
  g_assert_cmpuint (n_done, >, watch->n_done);
  g_assert_cmpuint (n_done, <=, n_places);
  watch->n_done = n_done;
  watch->n_reports++;
  if (watch->cancel_at > 0 && n_done >= watch->cancel_at)
    watch->work.is_cancelled = TRUE;
}

static void
test_progress (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_PDF, BP_SEQUENCE_ITERATIONS, 0, 100);
  Watch watch = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bp_sequence_render (experiment, &options, NULL, watch_progress, &watch, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (watch.n_done, ==, 101);
  g_assert_cmpuint (watch.n_reports, ==, 101);
}

static void
test_cancelled (void)
{
  for (guint format = 0; format < BP_N_SEQUENCE_FORMATS; format++)
    for (guint cancel_at = 0; cancel_at < 100; cancel_at += 33)
      {
        g_autoptr (BpExperiment) experiment = load_builtin ("regression");
        BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, format, BP_SEQUENCE_ITERATIONS, 0, 100);
        Watch watch = { .work = BP_WORK_INIT (G_MAXDOUBLE), .cancel_at = cancel_at };
        g_autoptr (GError) error = NULL;

        watch.work.is_cancelled = cancel_at == 0;
        g_assert_null (bp_sequence_render (experiment, &options, &watch.work, watch_progress, &watch, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_assert_cmpuint (watch.n_done, ==, cancel_at);
      }
}

/* What a thread does. */
typedef struct {
  BpSequenceInput *input;
  BpWork           work;
  GError          *error;
} Task;

static gpointer
compute_thread (gpointer data)
{
  Task *task = data;
  GBytes *bytes = bp_sequence_compute (task->input, &task->work, &task->error);

  bp_sequence_input_free (task->input);

  return bytes;
}

/* A long run before the first place is not waited for. */
static void
test_cancelled_run (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_PDF, BP_SEQUENCE_ITERATIONS, 0,
                                               BP_MAX_ITERATIONS);
  Task task = { .work = BP_WORK_INIT (G_MAXDOUBLE) };
  GThread *thread;

  experiment->iterations = BP_MAX_ITERATIONS;
  options.every = BP_MAX_ITERATIONS / 100;
  task.input = bp_sequence_input_new (experiment, &options);
  thread = g_thread_new ("sequence", compute_thread, &task);
  g_atomic_int_set (&task.work.is_cancelled, TRUE);
  g_assert_null (g_thread_join (thread));
  g_assert_error (task.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&task.error);
}

static GPtrArray *
create_references (void)
{
  GPtrArray *references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  const double rates[] = { 0.005, 0.1 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin ("regression");
      g_autoptr (GError) error = NULL;

      experiment->settings.optimizer.learning_rate = rates[i];
      g_ptr_array_add (references, bp_reference_new_by_running (experiment, NULL, &error));
      g_assert_no_error (error);
    }

  return references;
}

/* In a thread, with what the caller has freed meanwhile: the same bytes. */
static void
test_thread (void)
{
  BpExperiment *experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_GIF, BP_SEQUENCE_ITERATIONS, 0, 100);
  g_autoptr (GBytes) plain = render_sequence (experiment, &options);
  GPtrArray *references = create_references ();
  Task task = { .work = BP_WORK_INIT (G_MAXDOUBLE) };
  g_autoptr (GBytes) again = NULL;

  options.figure.plot.references = references;
  g_autoptr (GBytes) bytes = render_sequence (experiment, &options);
  g_assert_false (g_bytes_equal (plain, bytes));

  task.input = bp_sequence_input_new (experiment, &options);
  g_ptr_array_unref (references);
  bp_experiment_free (experiment);
  memset (&options, 0xff, sizeof options);
  again = g_thread_join (g_thread_new ("sequence", compute_thread, &task));

  g_assert_no_error (task.error);
  g_assert_true (g_bytes_equal (again, bytes));
  g_assert_cmpint (task.work.n_done, ==, 101);
  g_assert_cmpint (task.work.n_parts, ==, 101);
}

static void
test_failure (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_GIF, BP_SEQUENCE_ITERATIONS, 0, 101);
  g_autoptr (GError) too_late = NULL, too_large = NULL;

  g_assert_null (bp_sequence_render (experiment, &options, NULL, NULL, NULL, &too_late));
  g_assert_error (too_late, BP_ERROR, BP_ERROR_VALUE);

  options.last = 1;
  options.figure.width = options.figure.height = 20000;
  g_assert_null (bp_sequence_render (experiment, &options, NULL, NULL, NULL, &too_large));
  g_assert_error (too_large, BP_ERROR, BP_ERROR_VALUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sequence-thread/progress", test_progress);
  g_test_add_func ("/sequence-thread/cancelled", test_cancelled);
  g_test_add_func ("/sequence-thread/cancelled-run", test_cancelled_run);
  g_test_add_func ("/sequence-thread/thread", test_thread);
  g_test_add_func ("/sequence-thread/failure", test_failure);

  return g_test_run ();
}
