/* test-trainer-moves.c: wherever a trainer goes and however it gets there, it arrives at the same bits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/bp-random.h"
#include "training/bp-trainer.h"
#include "lib/trainer-snapshot.h"
#include "lib/trainer-fixture.h"

/* A built-in experiment, or one whose every iteration draws a mask. */
static BpExperiment *
load (const char *name)
{
  if (!g_str_equal (name, "dropout"))
    return load_builtin (name);

  return experiment_from_text ("[Data]\nSamples=20\nx=normal(0, 1)\n[Variables]\nW=normal(0, 1) [1, 4]\n"
                               "V=normal(0, 1) [4, 1]\n[Model]\nh=dropout(tanh(matmul(expand_dims(x, 1), W)), 0.5)\n"
                               "y=dropout(matmul(h, V), 0.1)\nloss=square(y - expand_dims(x, 1) - 1)\n");
}

/* Snapshots of all positions of a run in order, by steps of one node. */
static GPtrArray *
record_straight_run (BpTrainer *trainer)
{
  GPtrArray *snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (snapshots, snapshot (trainer));

  while (bp_trainer_step_node (trainer, 1))
    g_ptr_array_add (snapshots, snapshot (trainer));

  return snapshots;
}

/* The cursors of the same positions. */
static GArray *
record_cursors (BpTrainer *trainer)
{
  GArray *cursors = g_array_new (FALSE, FALSE, sizeof (BpCursor));
  BpCursor cursor;

  bp_trainer_reset (trainer);

  do
    {
      cursor = bp_trainer_get_cursor (trainer);
      g_array_append_val (cursors, cursor);
    }
  while (bp_trainer_step_node (trainer, 1));

  return cursors;
}

static void
assert_snapshot (BpTrainer *trainer,
                 GPtrArray *snapshots,
                 guint      index)
{
  g_autoptr (GBytes) now = snapshot (trainer);

  g_assert_true (g_bytes_equal (now, g_ptr_array_index (snapshots, index)));
}

static void
assert_seeks (BpTrainer *trainer,
              GPtrArray *snapshots,
              GArray    *cursors,
              guint      n_seeks)
{
  guint64 key = bp_random_key (1, "seeks");

  g_assert_cmpuint (snapshots->len, ==, cursors->len);

  for (guint i = 0; i < n_seeks; i++)
    {
      guint index = bp_random_below (key, i, snapshots->len);

      bp_trainer_seek (trainer, g_array_index (cursors, BpCursor, index));
      assert_snapshot (trainer, snapshots, index);

      if (index > 0 && i % 4 == 0)
        {
          g_assert_true (bp_trainer_step_node (trainer, -1));
          assert_snapshot (trainer, snapshots, index - 1);
        }
      else if (index + 1 < snapshots->len && i % 4 == 1)
        {
          g_assert_true (bp_trainer_step_node (trainer, 1));
          assert_snapshot (trainer, snapshots, index + 1);
        }
    }
}

static void
test_seek (gconstpointer data)
{
  g_autoptr (BpExperiment) experiment = load (data);
  g_autoptr (BpTrainer) trainer = NULL;
  g_autoptr (GPtrArray) snapshots = NULL;
  g_autoptr (GArray) cursors = NULL;

  experiment->iterations = MIN (experiment->iterations, 120);
  trainer = trainer_new (experiment);
  snapshots = record_straight_run (trainer);
  g_assert_cmpuint (snapshots->len, ==, experiment->iterations * bp_trainer_get_n_instructions (trainer) + 1);
  cursors = record_cursors (trainer);
  assert_seeks (trainer, snapshots, cursors, 1000);
}

/* Learning rate, batch size, optimizer and a kept gradient change on the way; then the run has to be the same again. */
static void
test_seek_after_changes (gconstpointer data)
{
  g_autoptr (BpExperiment) experiment = load (data);
  g_autoptr (BpTrainer) trainer = NULL;
  g_autoptr (BpTrainer) again = NULL;
  g_autoptr (GPtrArray) snapshots = NULL;
  g_autoptr (GArray) cursors = NULL;
  g_autoptr (GError) error = NULL;

  experiment->iterations = 100;
  trainer = trainer_new (experiment);

  for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
    {
      BpSettings settings = *bp_trainer_get_settings (trainer);
      BpCursor cursor = { 11 + 13 * i, i };

      bp_trainer_seek (trainer, cursor);
      bp_optimizer_init (&settings.optimizer, i);
      settings.optimizer.learning_rate = 0.001 * (i + 1);
      settings.batch_size = 1 + i % 3;
      settings.keep_gradients = i == 3;
      g_assert_true (bp_trainer_set_settings (trainer, &settings, &error));
      g_assert_no_error (error);
      g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, cursor.iteration);
      g_assert_cmpuint (bp_trainer_get_cursor (trainer).instruction, ==, cursor.instruction);
      g_assert_true (bp_settings_equal (&settings, bp_trainer_get_settings (trainer)));
    }

  bp_trainer_reset (trainer);
  snapshots = record_straight_run (trainer);
  cursors = record_cursors (trainer);
  assert_seeks (trainer, snapshots, cursors, 1000);

  /* The experiment that the trainer hands out replays the run. */
  again = trainer_new (bp_trainer_get_experiment (trainer));

  for (guint index = 0; index < snapshots->len; index++)
    {
      assert_snapshot (again, snapshots, index);
      bp_trainer_step_node (again, 1);
    }
}

/* Full speed, iteration by iteration, phase by phase and node by node come to the same bits. */
static void
test_step_sizes (gconstpointer data)
{
  gboolean (*steps[]) (BpTrainer *trainer, int direction) = {
    bp_trainer_step_iteration, bp_trainer_step_phase, bp_trainer_step_node
  };
  g_autoptr (BpExperiment) experiment = load (data);
  g_autoptr (BpTrainer) fast = NULL;
  g_autoptr (GBytes) expected = NULL;

  experiment->iterations = 60;
  fast = trainer_new (experiment);
  g_assert_cmpint (bp_trainer_run (fast, 1000), ==, 60);
  g_assert_cmpint (bp_trainer_get_status (fast), ==, BP_STATUS_FINISHED);
  expected = snapshot (fast);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_new (experiment);
      g_autoptr (GBytes) actual = NULL;

      while (steps[i] (trainer, 1)) ;

      actual = snapshot (trainer);
      g_assert_true (g_bytes_equal (expected, actual));
      g_assert_false (steps[i] (fast, 1));
    }
}

/* However a run is cut into pieces, with steps and ways back between them, it is the same run and leaves the same. The
   last iteration is stepped through. */
static void
test_pieces (gconstpointer data)
{
  guint64 key = bp_random_key (1, "pieces");

  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      g_autoptr (BpExperiment) experiment = load (data);
      g_autoptr (BpTrainer) whole = NULL;
      g_autoptr (BpTrainer) pieces = NULL;

      experiment->iterations = 1500;
      bp_optimizer_init (&experiment->settings.optimizer, kind);
      experiment->settings.batch_size = kind % 2 == 0 ? 1 : 700;
      whole = trainer_new (experiment);
      pieces = trainer_new (experiment);

      for (guint i = 0; bp_trainer_get_status (pieces) == BP_STATUS_READY; i++)
        {
          gint64 iteration = bp_trainer_get_cursor (pieces).iteration;

          if (iteration == 1499)
            bp_trainer_step_iteration (pieces, 1);
          else if (i % 7 == 5)
            bp_trainer_seek (pieces, (BpCursor) { bp_random_below (key, 2 * i, iteration + 1), i % 3 });
          else if (i % 7 == 6)
            bp_trainer_step_node (pieces, 1);
          else
            bp_trainer_run (pieces, bp_random_below (key, 2 * i + 1, MIN (300, 1500 - iteration)));
        }

      bp_trainer_run (whole, 1500);
      assert_same_position (whole, pieces);
      assert_same_history (whole, pieces);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char * const names[] = { "regression", "classification", "xor", "line", "classification-split",
                                        "dropout" };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *seek = g_strconcat ("/trainer-moves/seek/", names[i], NULL);
      g_autofree char *changes = g_strconcat ("/trainer-moves/seek-after-changes/", names[i], NULL);
      g_autofree char *sizes = g_strconcat ("/trainer-moves/step-sizes/", names[i], NULL);
      g_autofree char *pieces = g_strconcat ("/trainer-moves/pieces/", names[i], NULL);

      g_test_add_data_func (seek, names[i], test_seek);
      g_test_add_data_func (changes, names[i], test_seek_after_changes);
      g_test_add_data_func (sizes, names[i], test_step_sizes);
      g_test_add_data_func (pieces, names[i], test_pieces);
    }

  return g_test_run ();
}
