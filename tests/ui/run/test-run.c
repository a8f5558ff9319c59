/* test-run.c: the window's model: notifies once or not at all, plays by the clock it is given, undoes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "lib/folder-fixture.h"
#include "experiment/bp-builtin.h"
#include "base/bp-error.h"
#include "run/bp-run.h"
#include "lib/widget-search.h"

static void
watch (BpRun      *run,
       const char *signal,
       guint      *count)
{
  *count = 0;
  g_signal_connect_swapped (run, signal, G_CALLBACK (count_cb), count);
}

static gint64
iteration (BpRun *run)
{
  return bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration;
}

static double
parameter (BpRun *run)
{
  return bp_session_get_parameters (bp_trainer_get_session (bp_run_get_trainer (run)))[0];
}

static void
test_step (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  guint changed, rebuilt;

  watch (run, "changed", &changed);
  watch (run, "rebuilt", &rebuilt);

  g_assert_false (bp_run_get_can_step_back (run));
  g_assert_true (bp_run_get_can_step_forward (run));
  g_assert_false (bp_run_step (run, BP_STEP_NODE, -1));
  changed = 0;

  for (guint i = 1; i <= 20; i++)
    {
      g_assert_true (bp_run_step (run, BP_STEP_NODE, 1));
      g_assert_cmpuint (changed, ==, i);
    }

  g_assert_true (bp_run_get_can_step_back (run));
  g_assert_true (bp_run_get_can_step_forward (run));
  g_assert_cmpuint (rebuilt, ==, 0);

  bp_run_seek (run, (BpCursor) { 100, 0 });
  g_assert_true (bp_run_get_can_step_back (run));
  g_assert_false (bp_run_get_can_step_forward (run));
  bp_run_reset (run);
  g_assert_false (bp_run_get_can_step_back (run));
  g_assert_true (bp_run_get_can_step_forward (run));
}

static void
test_play (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  guint changed, playing;

  watch (run, "changed", &changed);
  watch (run, "notify::playing", &playing);
  bp_run_set_speed (run, 10);
  bp_run_set_play_by (run, BP_STEP_ITERATION);
  bp_run_advance (run, 1000);
  g_assert_cmpuint (changed, ==, 0);

  bp_run_set_playing (run, TRUE);
  bp_run_set_playing (run, TRUE);
  g_assert_cmpuint (playing, ==, 1);
  g_assert_cmpuint (changed, ==, 1);

  bp_run_advance (run, 1000000);
  g_assert_cmpint (iteration (run), ==, 1);
  bp_run_advance (run, 1050000);
  g_assert_cmpint (iteration (run), ==, 1);
  g_assert_cmpuint (changed, ==, 2);
  bp_run_advance (run, 1150000);
  g_assert_cmpint (iteration (run), ==, 2);
  bp_run_advance (run, 1350000);
  g_assert_cmpint (iteration (run), ==, 4);

  /* A long pause is not caught up with. */
  bp_run_advance (run, 9000000);
  g_assert_cmpint (iteration (run), <=, 7);

  bp_run_set_speed (run, 0);
  for (gint64 t = 9000000; bp_run_get_playing (run); t += 16667)
    bp_run_advance (run, t);

  g_assert_cmpint (iteration (run), ==, 100);
  g_assert_cmpuint (playing, ==, 2);

  bp_run_set_playing (run, TRUE);
  g_assert_false (bp_run_get_playing (run));
}

static void
test_play_nodes (void)
{
  g_autoptr (BpRun) run = create_run ("regression");

  bp_run_set_speed (run, 1000);
  bp_run_set_play_by (run, BP_STEP_NODE);
  bp_run_set_playing (run, TRUE);
  bp_run_advance (run, 1000000);
  bp_run_advance (run, 1003000);
  g_assert_cmpuint (bp_trainer_get_cursor (bp_run_get_trainer (run)).instruction, ==, 4);
  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_false (bp_run_get_playing (run));
}

static void
test_run_to (void)
{
  g_autoptr (BpRun) run = create_run ("classification");
  bp_run_run_to (run, 500);
  g_assert_cmpint (bp_run_get_running_to (run), ==, 500);
  g_assert_true (bp_run_get_playing (run));

  for (gint64 t = 1; bp_run_get_playing (run); t += 16667)
    bp_run_advance (run, t);

  g_assert_cmpint (iteration (run), ==, 500);
  g_assert_cmpint (bp_run_get_running_to (run), ==, 0);

  bp_run_run_to (run, 100);
  g_assert_false (bp_run_get_playing (run));
}

/* A million iterations come in slices, and can be stopped in between. */
static void
test_long_run (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  guint changed;

  bp_run_set_n_iterations (run, 100000000);
  watch (run, "changed", &changed);
  bp_run_run_to (run, 100000000);
  bp_run_advance (run, 1);
  bp_run_advance (run, 2);
  g_assert_cmpuint (changed, ==, 3);
  g_assert_true (bp_run_get_playing (run));
  g_assert_cmpint (iteration (run), >, 0);
  g_assert_cmpint (iteration (run), <, 100000000);
  bp_run_set_playing (run, FALSE);
  g_assert_cmpint (bp_run_get_running_to (run), ==, 0);
}

/* A run of products of large matrices, of which each iteration takes several slices. */
static BpRun *
run_new_heavy (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment =
    bp_experiment_new_from_data ("[Variables]\nW=normal(0, 0.1) [300, 300]\n[Model]\np=matmul(W, W)\n"
                                 "loss=reduce_mean(square(p))\n", -1, "text", NULL, &error);
  BpRun *run;

  g_assert_no_error (error);
  run = bp_run_new (experiment);
  for (gint64 t = 1; bp_run_get_playing (run); t += 16667)
    bp_run_advance (run, t);

  return run;
}

static void
assert_destination (BpRun *run,
                    gint64 iteration,
                    guint  instruction)
{
  const BpCursor cursor = bp_run_get_destination (run);

  g_assert_cmpint (cursor.iteration, ==, iteration);
  g_assert_cmpuint (cursor.instruction, ==, instruction);
}

/* What takes longer than a slice is under way when the function returns, and arrives by and by. */
static void
test_under_way (void)
{
  g_autoptr (BpRun) run = run_new_heavy ();
  guint changed;

  watch (run, "changed", &changed);
  g_assert_true (bp_run_seek (run, (BpCursor) { 4, 2 }));
  g_assert_cmpuint (changed, ==, 1);
  g_assert_true (bp_run_get_playing (run));
  g_assert_cmpint (bp_run_get_running_to (run), ==, 4);
  assert_destination (run, 4, 2);
  g_assert_cmpint (iteration (run), <, 4);

  for (gint64 t = 1; bp_run_get_playing (run); t += 16667)
    {
      assert_destination (run, 4, 2);
      bp_run_advance (run, t);
    }
  assert_cursor (run, 4, 2);
  g_assert_cmpint (bp_run_get_running_to (run), ==, 0);

  /* Back, and stopped on the way: what is there goes on from there. */
  g_assert_true (bp_run_step (run, BP_STEP_ITERATION, -1));
  g_assert_true (bp_run_get_playing (run));
  assert_destination (run, 4, 0);
  bp_run_set_playing (run, FALSE);
  g_assert_false (bp_run_get_playing (run));
  assert_destination (run, iteration (run),
                      bp_trainer_get_cursor (bp_run_get_trainer (run)).instruction);
  g_assert_cmpint (iteration (run), <, 4);

  /* Another move, and a change of settings, lead elsewhere. */
  bp_run_seek (run, (BpCursor) { 5, 0 });
  bp_run_reset (run);
  g_assert_false (bp_run_get_playing (run));
  assert_destination (run, 0, 0);
  bp_run_seek (run, (BpCursor) { 5, 0 });
  bp_run_set_learning_rate (run, 0.5);
  g_assert_cmpint (bp_run_get_destination (run).iteration, <, 5);
}

/* Playing goes on where a step takes several slices. */
static void
test_play_heavy (void)
{
  g_autoptr (BpRun) run = run_new_heavy ();

  bp_run_set_speed (run, 1000);
  bp_run_set_play_by (run, BP_STEP_NODE);
  bp_run_set_playing (run, TRUE);
  for (gint64 t = 1; iteration (run) < 2; t += 16667)
    {
      g_assert_true (bp_run_get_playing (run));
      bp_run_advance (run, t);
    }

  /* Running goes on after a change of settings. */
  bp_run_run_to (run, 4);
  bp_run_advance (run, 1);
  bp_run_set_learning_rate (run, 0.5);
  assert_destination (run, 4, 0);
  for (gint64 t = 2; bp_run_get_playing (run); t += 16667)
    bp_run_advance (run, t);
  assert_cursor (run, 4, 0);
  g_assert_cmpfloat (bp_run_get_learning_rate (run), ==, 0.5);
}

static void
test_settings (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (GError) error = NULL;
  guint changed, rebuilt;
  BpSettings settings;

  watch (run, "changed", &changed);
  watch (run, "rebuilt", &rebuilt);

  bp_run_set_learning_rate (run, 0.02);
  g_assert_cmpuint (changed, ==, 0);
  g_assert_false (bp_run_get_can_undo (run));
  bp_run_set_learning_rate (run, 0.5);
  bp_run_set_learning_rate (run, 0.6);
  g_assert_cmpuint (changed, ==, 2);
  g_assert_true (bp_run_get_can_undo (run));
  g_assert_cmpuint (rebuilt, ==, 0);
  bp_run_set_learning_rate (run, -1);
  g_assert_cmpuint (changed, ==, 2);
  g_assert_cmpfloat (bp_run_get_learning_rate (run), ==, 0.6);

  settings = *bp_trainer_get_settings (bp_run_get_trainer (run));
  settings.batch_size = 0;
  g_assert_false (bp_run_set_settings (run, &settings, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  settings.batch_size = 20;
  bp_run_set_selected_node (run, bp_graph_find (bp_trainer_get_graph (bp_run_get_trainer (run)), "residual"));
  g_assert_true (bp_run_set_settings (run, &settings, NULL));
  g_assert_cmpuint (rebuilt, ==, 1);
  g_assert_cmpuint (bp_run_get_selected_node (run), ==,
                    bp_graph_find (bp_trainer_get_graph (bp_run_get_trainer (run)), "residual"));
}

/* An element belongs to the selected node, goes with it, and is a parameter where that is a variable. */
static void
test_element (void)
{
  g_autoptr (BpRun) run = create_run ("xor");
  BpGraph *graph = bp_trainer_get_graph (bp_run_get_trainer (run));
  const guint w1 = bp_graph_find (graph, "W1"), w2 = bp_graph_find (graph, "W2");
  const gsize n = bp_graph_get_n_elements (graph, w1);
  const double *parameters = bp_session_get_parameters (bp_trainer_get_session (bp_run_get_trainer (run)));
  guint changed = 0;
  BpSettings settings;

  g_signal_connect_swapped (run, "changed", G_CALLBACK (count_cb), &changed);
  g_assert_cmpint (bp_run_get_selected_element (run), ==, BP_ELEMENT_NONE);
  g_assert_cmpint (bp_run_get_selected_parameter (run), ==, -1);
  bp_run_select_element (run, w2, 2);
  bp_run_select_element (run, w2, 2);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpuint (bp_run_get_selected_node (run), ==, w2);
  g_assert_cmpint (bp_run_get_selected_element (run), ==, 2);
  g_assert_cmpint (bp_run_get_selected_parameter (run), >=, (int) n);
  g_assert_cmpfloat (parameters[bp_run_get_selected_parameter (run)], ==,
                     bp_session_get_value (bp_trainer_get_session (bp_run_get_trainer (run)), w2)[2]);

  /* The same node once more says nothing of its elements; another one has none selected. */
  bp_run_set_selected_node (run, w2);
  g_assert_cmpint (bp_run_get_selected_element (run), ==, 2);
  bp_run_set_selected_node (run, w1);
  g_assert_cmpint (bp_run_get_selected_element (run), ==, BP_ELEMENT_NONE);
  bp_run_select_element (run, bp_graph_get_loss (graph), 0);
  g_assert_cmpint (bp_run_get_selected_parameter (run), ==, -1);

  /* With another batch size the variables stay, and what has a row for each sample is another tensor. */
  settings = *bp_trainer_get_settings (bp_run_get_trainer (run));
  settings.batch_size = settings.batch_size == 2 ? 3 : 2;
  bp_run_select_element (run, w1, 1);
  g_assert_true (bp_run_set_settings (run, &settings, NULL));
  g_assert_cmpint (bp_run_get_selected_element (run), ==, 1);
  graph = bp_trainer_get_graph (bp_run_get_trainer (run));
  bp_run_select_element (run, bp_graph_get_placeholder (graph, 0), 1);
  settings.batch_size = 1;
  g_assert_true (bp_run_set_settings (run, &settings, NULL));
  g_assert_cmpuint (bp_run_get_selected_node (run), ==,
                    bp_graph_get_placeholder (bp_trainer_get_graph (bp_run_get_trainer (run)), 0));
  g_assert_cmpint (bp_run_get_selected_element (run), ==, BP_ELEMENT_NONE);

  bp_run_select_element (run, w1, 1);
  load_text (run, "[Variables]\nW1=1 [2, 2]\n[Model]\nloss=reduce_sum(W1)\n");
  g_assert_cmpint (bp_run_get_selected_element (run), ==, BP_ELEMENT_NONE);
}

static void
test_undo (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExperiment) experiment = NULL;
  double before, straight;

  before = parameter (run);
  bp_run_seek (run, (BpCursor) { 60, 0 });
  straight = parameter (run);
  bp_run_seek (run, (BpCursor) { 40, 3 });
  bp_run_set_learning_rate (run, 0.5);
  bp_run_seek (run, (BpCursor) { 60, 0 });
  g_assert_cmpfloat (parameter (run), !=, straight);

  bp_run_undo (run);
  g_assert_cmpfloat (bp_run_get_learning_rate (run), ==, 0.02);
  g_assert_cmpint (iteration (run), ==, 40);
  g_assert_false (bp_run_get_can_undo (run));
  g_assert_true (bp_run_get_can_redo (run));
  bp_run_seek (run, (BpCursor) { 60, 0 });
  g_assert_cmpfloat (parameter (run), ==, straight);

  bp_run_redo (run);
  bp_run_seek (run, (BpCursor) { 60, 0 });
  g_assert_cmpfloat (bp_run_get_learning_rate (run), ==, 0.5);
  g_assert_cmpfloat (parameter (run), !=, straight);

  bp_run_shuffle (run);
  experiment = bp_run_dup_experiment (run);
  g_assert_cmpint (iteration (run), ==, 0);
  g_assert_cmpfloat (parameter (run), !=, before);
  g_assert_cmpfloat (bp_run_get_learning_rate (run), ==, 0.5);
  bp_run_undo (run);
  bp_run_reset (run);
  g_assert_cmpfloat (parameter (run), ==, before);
  bp_run_undo (run);
  bp_run_undo (run);
  g_assert_false (bp_run_get_can_undo (run));
}

/* Its file of data is gone: the run stays as it was and says why, and goes on when the file is back. */
static void
test_lost_data (FolderFixture *fixture)
{
  g_autofree char *table = folder_fixture_write (fixture, "points.csv", "x\n1\n2\n", -1);
  g_autofree char *path = folder_fixture_write (fixture, "points.experiment",
                                                "[Experiment]\nIterations=5\n[Data]\nFile=points.csv\n"
                                                "[Variables]\nA=1\n[Model]\nloss=square(x * A)\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_file (path, &error);
  g_autoptr (BpRun) run = NULL;
  guint messages;

  g_assert_no_error (error);
  run = bp_run_new (experiment);
  experiment->seed = 7;
  g_assert_true (bp_run_set_experiment (run, experiment, &error));

  watch (run, "message", &messages);
  g_assert_cmpint (g_remove (table), ==, 0);
  bp_run_undo (run);
  bp_run_shuffle (run);
  g_assert_cmpuint (messages, ==, 2);
  g_assert_cmpuint (bp_trainer_get_experiment (bp_run_get_trainer (run))->seed, ==, 7);

  g_free (folder_fixture_write (fixture, "points.csv", "x\n1\n2\n", -1));
  bp_run_undo (run);
  g_assert_cmpuint (messages, ==, 2);
  g_assert_cmpuint (bp_trainer_get_experiment (bp_run_get_trainer (run))->seed, ==, 42);
}

/* What cannot be loaded leaves the run as it was. */
static void
test_refused (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (run);
  g_autoptr (GError) error = NULL;
  guint changed;

  bp_run_seek (run, (BpCursor) { 10, 2 });
  watch (run, "changed", &changed);
  experiment->settings.optimizer.learning_rate = 0;
  g_assert_false (bp_run_set_experiment (run, experiment, &error));
  g_assert_nonnull (error);
  g_assert_false (bp_run_load (run, experiment, NULL));
  g_assert_cmpuint (changed, ==, 0);
  g_assert_cmpint (iteration (run), ==, 10);
  g_assert_false (bp_run_get_can_undo (run));
}

static void
test_finalize (void)
{
  BpRun *run = create_run ("xor");

  bp_run_step (run, BP_STEP_NODE, 1);
  bp_run_set_learning_rate (run, 0.123);
  g_assert_finalize_object (run);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/step", test_step);
  g_test_add_func ("/run/play", test_play);
  g_test_add_func ("/run/play-nodes", test_play_nodes);
  g_test_add_func ("/run/run-to", test_run_to);
  g_test_add_func ("/run/long-run", test_long_run);
  g_test_add_func ("/run/under-way", test_under_way);
  g_test_add_func ("/run/play-heavy", test_play_heavy);
  g_test_add_func ("/run/settings", test_settings);
  g_test_add_func ("/run/element", test_element);
  g_test_add_func ("/run/undo", test_undo);
  folder_fixture_add_test ("/run/lost-data", test_lost_data);
  g_test_add_func ("/run/refused", test_refused);
  g_test_add_func ("/run/finalize", test_finalize);

  return g_test_run ();
}
