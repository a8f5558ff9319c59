/* test-trainer-slices.c: moves in pieces, compared with whole ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "lib/trainer-walk.h"

static void
finish (GRand     *rand,
        BpTrainer *trainer)
{
  while (bp_trainer_continue (trainer, 1 + draw (rand, 400), G_MAXINT64))
    g_assert_true (bp_trainer_is_moving (trainer));
  g_assert_false (bp_trainer_is_moving (trainer));
}

static BpTrainer *
sliced_new (GRand              *rand,
            const BpExperiment *experiment)
{
  BpTrainer *trainer = bp_trainer_new_sliced (experiment, NULL);

  finish (rand, trainer);

  return trainer;
}

/* The same moves, whole and in slices, lead to the same. */
static void
walk_in_slices (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GRand) slices = g_rand_new_with_seed (seed);
  g_autoptr (BpExperiment) experiment = draw_experiment (rand);
  g_autoptr (BpTrainer) whole = trainer_new (experiment);
  g_autoptr (BpTrainer) sliced = sliced_new (slices, experiment);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GRand) same = g_rand_copy (rand);

      move (rand, whole, experiment);
      move (same, sliced, experiment);
      finish (slices, sliced);
      assert_same_position (whole, sliced);
      assert_same_history (whole, sliced);
    }
}

/* Wherever a way ends, the trainer is one that a whole way could have led there, or stands where nothing is
 * computed. */
static void
walk_and_stop (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (BpExperiment) experiment = draw_experiment (rand);
  g_autoptr (BpTrainer) trainer = sliced_new (rand, experiment);

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      move (rand, trainer, experiment);
      for (guint j = (guint) draw (rand, 8); j > 0; j--)
        bp_trainer_continue (trainer, 1 + draw (rand, 400), G_MAXINT64);
      bytes = snapshot (trainer);
      if (draw (rand, 2) == 0)
        bp_trainer_stop (trainer);
    }

  finish (rand, trainer);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (BpTrainer) other = NULL;

      bp_trainer_seek (trainer, (BpCursor) { 1 + (gint64) draw (rand, N_ITERATIONS), (guint) draw (rand, 6) });
      finish (rand, trainer);
      other = follow (rand, trainer);
      assert_same_position (trainer, other);
    }
  bp_trainer_set_n_iterations (trainer, N_ITERATIONS);
  bp_trainer_run (trainer, N_ITERATIONS);
  finish (rand, trainer);
  assert_records (trainer);
}

static void
test_slices (void)
{
  for (guint32 seed = 0; seed < 300; seed++)
    {
      g_test_message ("walk %u", seed);
      walk_in_slices (seed);
      walk_and_stop (seed);
    }
}

/* An iteration that is more than a piece of work goes on instruction by instruction, to the same bits. */
static void
test_large (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (BpExperiment) experiment =
    experiment_from_text ("[Variables]\nW=normal(0, 0.1) [180, 180]\n[Model]\np=matmul(W, W)\n"
                          "loss=reduce_mean(square(p + W))\n[Evaluate]\nq=matmul(p, p)\n");
  g_autoptr (BpTrainer) whole = trainer_new (experiment);
  g_autoptr (BpTrainer) sliced = sliced_new (rand, experiment);
  guint q = bp_graph_find (bp_trainer_get_graph (sliced), "q");
  guint n_pieces = 0;

  bp_trainer_seek (sliced, (BpCursor) { 2, 3 });
  while (bp_trainer_continue (sliced, 1, G_MAXINT64))
    {
      n_pieces++;
      g_assert_false (bp_trainer_has_value (sliced, q));
    }
  g_assert_cmpuint (n_pieces, >=, 2 * bp_trainer_get_n_instructions (sliced));
  g_assert_true (bp_trainer_has_value (sliced, q));
  bp_trainer_seek (whole, (BpCursor) { 2, 3 });
  assert_same_position (whole, sliced);
  assert_same_history (whole, sliced);
}

static void
test_target (void)
{
  g_autoptr (BpExperiment) experiment = experiment_from_text (SQUARE);
  g_autoptr (BpTrainer) trainer = bp_trainer_new_sliced (experiment, NULL);

  g_assert_true (bp_trainer_seek (trainer, (BpCursor) { 50, 3 }));
  bp_trainer_continue (trainer, 1, G_MAXINT64);
  g_assert_true (bp_trainer_is_moving (trainer));
  g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, <, 50);
  g_assert_cmpint (bp_trainer_get_target (trainer).iteration, ==, 50);
  g_assert_cmpuint (bp_trainer_get_target (trainer).instruction, ==, 3);
  bp_trainer_set_n_iterations (trainer, 20);
  g_assert_cmpint (bp_trainer_get_target (trainer).iteration, ==, 20);
  g_assert_cmpuint (bp_trainer_get_target (trainer).instruction, ==, 0);
  bp_trainer_stop (trainer);
  g_assert_false (bp_trainer_continue (trainer, G_MAXSIZE, G_MAXINT64));
  g_assert_cmpint (bp_trainer_get_target (trainer).iteration, ==, bp_trainer_get_cursor (trainer).iteration);

  /* A time that is over leaves it where it is. */
  g_assert_true (bp_trainer_step_iteration (trainer, 1));
  g_assert_true (bp_trainer_continue (trainer, G_MAXSIZE, 0));
  g_assert_false (bp_trainer_continue (trainer, G_MAXSIZE, G_MAXINT64));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/trainer-slices/walks", test_slices);
  g_test_add_func ("/trainer-slices/large", test_large);
  g_test_add_func ("/trainer-slices/target", test_target);

  return g_test_run ();
}
