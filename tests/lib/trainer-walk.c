/* trainer-walk.c: random experiments whose settings change on the way, and random moves through them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/trainer-walk.h"

/* Models with infinities that do no harm, with those that do, with logarithms of what becomes negative, with
 * matrices. */
static const char * const models[] = {
  "[Data]\nx=normal(1, 0.1)\ny=10\n[Variables]\nA=normal(0, 1)\n[Model]\nloss=square(x * A - y)\n"
  "[Evaluate]\nrounded=round(x)\n",
  "[Data]\nx=1\n[Variables]\nA=0\n[Model]\nbig=exp(1000 * x)\nloss=square(x * A - 10) + 1 / big\n",
  "[Data]\nx=normal(1, 1)\n[Variables]\nA=normal(0, 1)\nb=0\n[Model]\n"
  "big=exp(stop_gradient(A) * 900)\nloss=square(x * A + b - 10) + 1 / big\n",
  "[Data]\nx=normal(1, 0.1)\n[Variables]\nA=1.2\n[Model]\nloss=square(x * A + 3) + log(A) * 0.01\n",
  "[Data]\nx=normal(1, 1)\n[Variables]\nW=normal(0, 1) [1, 3]\nV=normal(0, 1) [3, 2]\n[Model]\n"
  "h=tanh(matmul(expand_dims(x, 1), W))\nloss=reduce_mean(square(matmul(h, V)))\n",
  "[Variables]\nW=normal(0, 1) [3, 4]\nV=normal(0, 1) [4, 2]\n[Model]\nloss=reduce_mean(square(matmul(W, V)))\n",
};

guint64
draw (GRand *rand,
      guint  n)
{
  return (guint64) g_rand_int_range (rand, 0, (gint32) n);
}

static void
draw_settings (GRand      *rand,
               BpSettings *settings)
{
  static const double rates[] = { 0.001, 0.01, 0.1, 1.4 };

  switch (draw (rand, 4))
    {
    case 0:
      bp_optimizer_init (&settings->optimizer, (BpOptimizerKind) draw (rand, BP_N_OPTIMIZERS));
      break;
    case 1:
      settings->batch_size = 1 + draw (rand, 4);
      break;
    case 2:
      settings->keep_gradients = draw (rand, 2) == 0;
      break;
    default:
      break;
    }
  settings->optimizer.learning_rate = rates[draw (rand, G_N_ELEMENTS (rates))];
}

BpExperiment *
draw_experiment (GRand *rand)
{
  BpExperiment *experiment = experiment_from_text (models[draw (rand, G_N_ELEMENTS (models))]);
  BpSettings settings;

  experiment->iterations = N_ITERATIONS;
  experiment->seed = g_rand_int (rand);
  draw_settings (rand, &experiment->settings);
  settings = experiment->settings;
  for (gint64 i = 1 + draw (rand, 8); i < N_ITERATIONS; i += 1 + draw (rand, 20))
    {
      BpSettingsChange change;

      draw_settings (rand, &settings);
      change = (BpSettingsChange) { i, settings };
      g_array_append_val (experiment->changes, change);
    }

  return experiment;
}

static void
change_settings (GRand     *rand,
                 BpTrainer *trainer)
{
  BpSettings settings = *bp_trainer_get_settings (trainer);

  draw_settings (rand, &settings);
  g_assert_true (bp_trainer_set_settings (trainer, &settings, NULL));
  if (bp_trainer_get_status (trainer) != BP_STATUS_DIVERGED && !bp_trainer_is_moving (trainer))
    g_assert_true (bp_settings_equal (&settings, bp_trainer_get_settings (trainer)));
}

static void
seek_somewhere (GRand     *rand,
                BpTrainer *trainer)
{
  bp_trainer_seek (trainer, (BpCursor) { (gint64) draw (rand, N_ITERATIONS + 1), (guint) draw (rand, 3) * 5 });
}

void
move (GRand        *rand,
      BpTrainer    *trainer,
      BpExperiment *earlier)
{
  const int direction = draw (rand, 2) == 0 ? -1 : 1;

  switch (draw (rand, 10))
    {
    case 0:
    case 1:
      bp_trainer_step_node (trainer, direction);
      break;
    case 2:
      bp_trainer_step_phase (trainer, direction);
      break;
    case 3:
    case 4:
      bp_trainer_step_iteration (trainer, direction);
      break;
    case 5:
      bp_trainer_run (trainer, (gint64) draw (rand, 20));
      break;
    case 6:
    case 7:
      seek_somewhere (rand, trainer);
      break;
    case 8:
      change_settings (rand, trainer);
      break;
    default:
      if (draw (rand, 4) == 0)
        bp_trainer_restore_settings (trainer, earlier);
      else
        bp_trainer_set_n_iterations (trainer, N_ITERATIONS - (gint64) draw (rand, 3));
    }
}

static gboolean
is_at (BpTrainer *trainer,
       BpCursor   cursor)
{
  const BpCursor at = bp_trainer_get_cursor (trainer);

  return at.iteration == cursor.iteration && at.instruction == cursor.instruction;
}

BpTrainer *
follow (GRand     *rand,
        BpTrainer *trainer)
{
  const BpCursor cursor = bp_trainer_get_cursor (trainer);
  BpTrainer *other = trainer_new (bp_trainer_get_experiment (trainer));

  switch (draw (rand, 3))
    {
    case 0:
      bp_trainer_run (other, N_ITERATIONS);
      bp_trainer_seek (other, cursor);
      break;
    case 1:
      while (bp_trainer_get_cursor (other).iteration < cursor.iteration && bp_trainer_step_iteration (other, 1)) ;
      while (!is_at (other, cursor) && bp_trainer_step_node (other, 1)) ;
      break;
    default:
      while (!is_at (other, cursor) && bp_trainer_step_node (other, 1)) ;
    }
  /* That it cannot go on is known once it was tried. */
  if (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED)
    g_assert_false (bp_trainer_step_node (other, 1));

  return other;
}

void
assert_records (BpTrainer *trainer)
{
  g_autoptr (BpTrainer) other = NULL;

  bp_trainer_set_n_iterations (trainer, N_ITERATIONS);
  bp_trainer_run (trainer, N_ITERATIONS);
  other = trainer_new (bp_trainer_get_experiment (trainer));
  bp_trainer_run (other, N_ITERATIONS);
  assert_same_position (trainer, other);
  assert_same_history (trainer, other);
}
