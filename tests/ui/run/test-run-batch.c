/* test-run-batch.c: the samples of the iteration at the cursor are chosen, fed, saved and undone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "explain/bp-explain.h"
#include "lib/widget-search.h"

static char *
dup_document (BpRun *run)
{
  return bp_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (run)));
}

static gsize
get_row (BpRun *run,
         gsize  index)
{
  gsize n;

  return bp_trainer_get_batch (bp_run_get_trainer (run), &n)[index];
}

static double
get_number (BpRun      *run,
            const char *name)
{
  BpTrainer *trainer = bp_run_get_trainer (run);
  const guint node = bp_graph_find (bp_trainer_get_graph (trainer), name);

  return bp_session_get_value (bp_trainer_get_session (trainer), node)[0];
}

/* Between two iterations it is the next one's, which is fed at once; what comes before it stays. */
static void
test_next (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autofree char *before = dup_document (run), *after = NULL, *undone = NULL;
  double a;
  gsize drawn;

  bp_run_seek (run, (BpCursor) { 5, 1 });
  drawn = get_row (run, 0);
  bp_run_seek (run, (BpCursor) { 5, 0 });
  a = get_number (run, "A");
  g_assert_null (bp_run_get_batch (run));
  g_assert_true (bp_run_choose_batch (run, "100", NULL));
  assert_cursor (run, 5, 1);
  g_assert_cmpuint (get_row (run, 0), ==, 99);
  g_assert_cmpfloat (get_number (run, "A"), ==, a);
  g_assert_cmpstr (bp_run_get_batch (run), ==, "100");
  after = dup_document (run);
  g_assert_nonnull (strstr (after, "\n[Batches]\n5=100\n"));

  bp_run_undo (run);
  assert_cursor (run, 5, 0);
  undone = dup_document (run);
  g_assert_cmpstr (undone, ==, before);
  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_cmpuint (get_row (run, 0), ==, drawn);
  bp_run_redo (run);
  assert_cursor (run, 5, 1);
  g_assert_cmpuint (get_row (run, 0), ==, 99);

  g_assert_true (bp_run_choose_batch (run, NULL, NULL));
  g_assert_cmpuint (get_row (run, 0), ==, drawn);
  g_assert_null (bp_run_get_batch (run));
}

static void
assert_feed (BpRun      *run,
             const char *where,
             const char *meaning)
{
  g_autoptr (BpExplanation) explanation = bp_explain (bp_run_get_trainer (run), BP_NODE_NONE, BP_ELEMENT_NONE);

  g_assert_cmpstr (explanation->where, ==, where);
  g_assert_cmpstr (explanation->meaning, ==, meaning);
}

/* Nothing is called drawn that was chosen. */
static void
test_sentences (void)
{
  g_autoptr (BpRun) run = create_run ("regression"), batch = create_run ("regression-batch");
  g_autofree char *drawn = NULL;

  bp_run_seek (run, (BpCursor) { 3, 1 });
  drawn = g_strdup_printf ("Feed · sample no. %zu", get_row (run, 0) + 1);
  bp_run_choose_batch (run, "100", NULL);
  assert_feed (run, "Feed · sample no. 100", "One sample, chosen by hand, is fed; nothing else is computed yet.");
  bp_run_choose_batch (run, "x_data=1, y_target=2", NULL);
  assert_feed (run, "Feed · a sample that was typed",
               "One sample, chosen by hand, is fed; nothing else is computed yet.");
  bp_run_choose_batch (run, NULL, NULL);
  assert_feed (run, drawn, "One sample, drawn at random, is fed; nothing else is computed yet.");

  bp_run_choose_batch (batch, "4", NULL);
  assert_feed (batch, "Feed · a batch of 20 from 100 samples",
               "A batch of 20 samples is fed; what it begins with was chosen by hand. Nothing else is computed yet.");
}

/* Within an iteration the cursor stays, and all up to it is computed with the other sample. */
static void
test_within (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  double a;

  bp_run_seek (run, (BpCursor) { 30, 0 });
  bp_run_seek (run, (BpCursor) { 20, 6 });
  a = get_number (run, "A");
  g_assert_true (bp_run_choose_batch (run, "x_data=2, y_target=1", NULL));
  assert_cursor (run, 20, 6);
  g_assert_cmpfloat (get_number (run, "x_data"), ==, 2);
  g_assert_cmpfloat (get_number (run, "my_output"), ==, 2 * a);
  g_assert_cmpfloat (get_number (run, "residual"), ==, 2 * a - 1);
  /* What was recorded further on is kept to compare with. */
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 1);
  g_assert_cmpint (bp_history_get_recorded (bp_trainer_get_history (bp_run_get_trainer (run))), ==, 20);
}

static void
test_refused (void)
{
  static const char * const wrong[] = { "0", "101", "1; a", "x_data=1", "y=2", "x_data=1, y_target=two" };
  g_autoptr (BpRun) run = create_run ("regression");
  g_autofree char *before = dup_document (run);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_false (bp_run_choose_batch (run, wrong[i], &error));
      g_test_message ("%s", error->message);
      after = dup_document (run);
      g_assert_cmpstr (after, ==, before);
      assert_cursor (run, 0, 0);
    }
  g_assert_false (bp_run_get_can_undo (run));
  g_assert_true (bp_run_get_can_choose_batch (run));
  bp_run_seek (run, (BpCursor) { 100, 0 });
  g_assert_false (bp_run_get_can_choose_batch (run));
}

/* A class that the model does not have is known to the reader of files alone. */
static void
test_class (void)
{
  g_autoptr (BpRun) run = run_from_text ("[Data]\nx=1\ny=0\n[Variables]\nW=1 [1, 2]\n"
                                         "[Model]\nl=matmul(expand_dims(x, 1), W)\n"
                                         "loss=sparse_softmax_cross_entropy_with_logits(labels=y, logits=l)\n");
  g_autoptr (GError) error = NULL;

  g_assert_false (bp_run_choose_batch (run, "x=1, y=2", &error));
  g_assert_nonnull (strstr (error->message, "“y” is 2 in a typed sample, and the classes are 0 to 1"));
  g_assert_true (bp_run_choose_batch (run, "x=1, y=1", NULL));
  g_assert_cmpfloat (get_number (run, "y"), ==, 1);
}

/* Changes of settings stay, before and after it, and each is undone by itself. */
static void
test_with_settings (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autofree char *first = NULL, *second = NULL, *undone = NULL;

  bp_run_seek (run, (BpCursor) { 10, 0 });
  bp_run_set_learning_rate (run, 0.1);
  first = dup_document (run);
  g_assert_true (bp_run_choose_batch (run, "3", NULL));
  second = dup_document (run);
  g_assert_nonnull (strstr (second, "\n[Changes]\n10=LearningRate=0.1\n"));
  g_assert_nonnull (strstr (second, "\n[Batches]\n10=3\n"));
  bp_run_set_learning_rate (run, 0.3);
  bp_run_undo (run);
  undone = dup_document (run);
  g_assert_cmpstr (undone, ==, second);
  bp_run_undo (run);
  g_free (undone);
  undone = dup_document (run);
  g_assert_cmpstr (undone, ==, first);
  bp_run_undo (run);
  g_assert_false (bp_run_get_can_undo (run));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-batch/next", test_next);
  g_test_add_func ("/run-batch/sentences", test_sentences);
  g_test_add_func ("/run-batch/within", test_within);
  g_test_add_func ("/run-batch/refused", test_refused);
  g_test_add_func ("/run-batch/class", test_class);
  g_test_add_func ("/run-batch/with-settings", test_with_settings);

  return g_test_run ();
}
