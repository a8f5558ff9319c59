/* test-trainer-changes.c: runs whose settings change on the way, also where numbers are not finite
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain.h"
#include "lib/trainer-walk.h"

/* The end of an iteration */

/* The numbers of iteration 5 by arithmetic of our own, where iteration 6 has another batch size. */
static void
assert_end_of_5 (BpTrainer *trainer)
{
  BpSession *session = bp_trainer_get_session (trainer);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  const double before = bp_trainer_get_previous_parameters (trainer)[0];
  guint n_executed;
  gsize n_rows;
  const gsize *rows = bp_trainer_get_batch (trainer, &n_rows);

  g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, 5);
  g_assert_cmpuint (bp_trainer_get_cursor (trainer).instruction, ==, 0);
  g_assert_cmpint (bp_trainer_get_shown (trainer, &n_executed), ==, 5);
  g_assert_cmpuint (n_executed, ==, bp_trainer_get_n_instructions (trainer));
  g_assert_cmpint (bp_trainer_get_last_instruction (trainer)->phase, ==, BP_PHASE_UPDATE);
  g_assert_cmpint (bp_trainer_get_next_instruction (trainer)->phase, ==, BP_PHASE_FEED);
  g_assert_cmpuint (n_rows, ==, 1);

  const double x = bp_dataset_get_column (dataset, 0)[rows[0]];
  const double gradient = 2 * (x * before - 10) * x;
  const double after = before - 0.01 * gradient;
  const double loss = (x * before - 10) * (x * before - 10);

  g_assert_cmpfloat_with_epsilon (bp_session_get_value (session, bp_graph_get_loss (graph))[0], loss, 1e-12);
  g_assert_cmpfloat_with_epsilon (bp_session_get_parameter_gradients (session)[0], gradient, 1e-12);
  g_assert_cmpfloat_with_epsilon (bp_session_get_parameters (session)[0], after, 1e-12);
  g_assert_cmpfloat_with_epsilon (bp_trainer_get_loss_after (trainer), (x * after - 10) * (x * after - 10), 1e-12);
}

static void
test_end_keeps_numbers (void)
{
  const char *text = SQUARE "[Changes]\n5=BatchSize=26\n";
  g_autoptr (BpTrainer) trainer = trainer_from_text (text);

  /* By running, by steps, from behind, and from before. */
  bp_trainer_run (trainer, 5);
  assert_end_of_5 (trainer);
  g_assert_cmpuint (bp_trainer_get_settings (trainer)->batch_size, ==, 26);
  g_assert_true (bp_trainer_step_node (trainer, 1));
  g_assert_cmpuint (bp_graph_get_n_elements (bp_trainer_get_graph (trainer), 0), ==, 26);
  g_assert_true (bp_trainer_step_node (trainer, -1));
  assert_end_of_5 (trainer);
  g_assert_true (bp_trainer_step_node (trainer, -1));
  g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, 4);
  g_assert_cmpuint (bp_trainer_get_cursor (trainer).instruction, ==, bp_trainer_get_n_instructions (trainer) - 1);
  g_assert_true (bp_trainer_step_iteration (trainer, 1));
  assert_end_of_5 (trainer);
  bp_trainer_run (trainer, 50);
  bp_trainer_seek (trainer, (BpCursor) { 5, 0 });
  assert_end_of_5 (trainer);
  bp_trainer_reset (trainer);
  bp_trainer_seek (trainer, (BpCursor) { 5, 0 });
  assert_end_of_5 (trainer);
}

/* A change made there by hand leaves the numbers too, and is taken back to the same. */
static void
test_change_at_end (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (SQUARE);
  g_autoptr (BpExperiment) before = NULL;
  BpSettings settings;

  bp_trainer_run (trainer, 5);
  before = bp_experiment_copy (bp_trainer_get_experiment (trainer));
  settings = *bp_trainer_get_settings (trainer);
  settings.batch_size = 26;
  g_assert_true (bp_trainer_set_settings (trainer, &settings, NULL));
  assert_end_of_5 (trainer);
  g_assert_cmpuint (bp_trainer_get_settings (trainer)->batch_size, ==, 26);
  g_assert_cmpuint (bp_trainer_get_experiment (trainer)->changes->len, ==, 1);

  bp_trainer_step_node (trainer, 1);
  g_assert_cmpuint (bp_graph_get_n_elements (bp_trainer_get_graph (trainer), 0), ==, 26);
  bp_trainer_restore_settings (trainer, before);
  assert_end_of_5 (trainer);
  bp_trainer_step_node (trainer, 1);
  g_assert_cmpuint (bp_graph_get_n_elements (bp_trainer_get_graph (trainer), 0), ==, 1);
}

/* The update shown at the end is that of the old optimizer, with its slots; the next begins with clear ones. */
static void
test_slots_at_end (void)
{
  g_autoptr (BpTrainer) trainer =
    trainer_from_text ("[Data]\nx=1\n[Variables]\nA=0\n[Model]\nloss=square(x * A - 10)\n"
                       "[Optimizer]\nName=momentum\nMomentum=0.5\nLearningRate=0.1\n"
                       "[Changes]\n2=Name=adagrad\n");
  guint a = bp_graph_find (bp_trainer_get_graph (trainer), "A");
  g_autoptr (BpExplanation) explanation = NULL;
  g_autofree char *numbers = NULL;

  /* v = −20, A = 2; v = 0.5·(−20) − 16 = −26, A = 4.6; then s = (2·(4.6 − 10))² */
  bp_trainer_run (trainer, 2);
  g_assert_cmpfloat_with_epsilon (bp_trainer_get_slots (trainer, a)[0], -26, 1e-12);
  g_assert_cmpint (bp_trainer_get_n_updates (trainer), ==, 2);
  g_assert_cmpint (bp_trainer_get_settings (trainer)->optimizer.kind, ==, BP_OPTIMIZER_ADAGRAD);
  explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  numbers = bp_formula_to_text (explanation->numbers);
  g_assert_cmpstr (numbers, ==, "2 − 0.1·(−26) = 4.6");
  bp_trainer_step_node (trainer, 1);
  g_assert_cmpfloat (bp_trainer_get_slots (trainer, a)[0], ==, 0);
  g_assert_cmpint (bp_trainer_get_n_updates (trainer), ==, 0);
  bp_trainer_step_iteration (trainer, 1);
  g_assert_cmpfloat_with_epsilon (bp_trainer_get_slots (trainer, a)[0], 10.8 * 10.8, 1e-9);
}

/* Walks */

static void
walk (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (BpExperiment) experiment = draw_experiment (rand);
  g_autoptr (BpTrainer) trainer = trainer_new (experiment);
  g_autoptr (BpExperiment) earlier = bp_experiment_copy (experiment);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (BpTrainer) other = NULL;

      move (rand, trainer, earlier);
      other = follow (rand, trainer);
      if (bp_trainer_get_status (other) == BP_STATUS_DIVERGED && bp_trainer_get_status (trainer) == BP_STATUS_READY)
        g_assert_false (bp_trainer_step_node (trainer, 1));
      assert_same_position (trainer, other);
      if (draw (rand, 10) == 0)
        {
          bp_experiment_free (earlier);
          earlier = bp_experiment_copy (bp_trainer_get_experiment (trainer));
        }
    }
  assert_records (trainer);
}

static void
test_walks (void)
{
  for (guint32 seed = 0; seed < 300; seed++)
    {
      g_test_message ("walk %u", seed);
      walk (seed);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/trainer-changes/end-keeps-numbers", test_end_keeps_numbers);
  g_test_add_func ("/trainer-changes/change-at-end", test_change_at_end);
  g_test_add_func ("/trainer-changes/slots-at-end", test_slots_at_end);
  g_test_add_func ("/trainer-changes/walks", test_walks);

  return g_test_run ();
}
