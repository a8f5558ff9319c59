/* benchmark-train-step.c: a train step of both experiments against C written by hand
 *
 * What is written by hand knows its graph, draws the same rows by the same function, keeps the value and the gradient
 * of every node in memory (a compiler barrier after each step sees to it), and records A and the loss. The trainer does
 * that for any graph, and watches for divergence, keeps checkpoints, and records series of bounded size. Both must end
 * at the same A.
 *
 * Goal: at most 3 times as long for the regression and twice as long for the classification.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>

#include "benchmark.h"
#include "experiment/bp-builtin.h"
#include "base/bp-random.h"
#include "training/bp-trainer.h"

#define N_STEPS 500000

/* The regression's numbers. */
typedef struct {
  double x, y, a, output, residual, loss;
  double d_a, d_output, d_residual, d_loss;
} Regression;

typedef struct {
  double x, y, a, output, output_expanded, y_expanded, loss;
  double d_a, d_output, d_output_expanded, d_loss;
} Classification;

/* What both take their samples from and record. */
typedef struct {
  const double *x;
  const double *y;
  guint64       key;
  gsize         n_rows;
  double        a;
  double        learning_rate;
  double       *parameters;
  double       *losses;
} Hand;

typedef void (*HandFunc) (Hand *hand);

#define KEEP(numbers) __asm__ volatile ("" : : "r" (&(numbers)) : "memory")

static void
regression_by_hand (Hand *hand)
{
  Regression n = { .a = hand->a };

  for (gsize i = 0; i < N_STEPS; i++)
    {
      const gsize row = bp_random_below (hand->key, (guint64) i << 24, hand->n_rows);

      n.x = hand->x[row];
      n.y = hand->y[row];
      n.output = n.x * n.a;
      n.residual = n.output - n.y;
      n.loss = n.residual * n.residual;
      n.d_loss = 1;
      n.d_residual = n.d_loss * 2 * n.residual;
      n.d_output = n.d_residual;
      n.d_a = n.d_output * n.x;
      n.a -= hand->learning_rate * n.d_a;
      hand->parameters[i] = n.a;
      hand->losses[i] = n.loss;
      KEEP (n);
    }
  hand->a = n.a;
}

static void
classification_by_hand (Hand *hand)
{
  Classification n = { .a = hand->a };

  for (gsize i = 0; i < N_STEPS; i++)
    {
      const gsize row = bp_random_below (hand->key, (guint64) i << 24, hand->n_rows);
      double e;

      n.x = hand->x[row];
      n.y = hand->y[row];
      n.output = n.x + n.a;
      n.output_expanded = n.output;
      n.y_expanded = n.y;
      e = exp (-fabs (n.output_expanded));
      n.loss = fmax (n.output_expanded, 0) - n.output_expanded * n.y_expanded + log1p (e);
      n.d_loss = 1;
      n.d_output_expanded = n.d_loss * ((n.output_expanded >= 0 ? 1 : e) / (1 + e) - n.y_expanded);
      n.d_output = n.d_output_expanded;
      n.d_a = n.d_output;
      n.a -= hand->learning_rate * n.d_a;
      hand->parameters[i] = n.a;
      hand->losses[i] = n.loss;
      KEEP (n);
    }
  hand->a = n.a;
}

static BpTrainer *
trainer_new (const char *name)
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load (name, NULL);

  experiment->iterations = N_STEPS;

  return bp_trainer_new (experiment, NULL);
}

static Hand
hand_new (BpTrainer *trainer)
{
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  const BpExperiment *experiment = bp_trainer_get_experiment (trainer);

  return (Hand) {
    .x = bp_dataset_get_column (dataset, bp_dataset_find (dataset, "x_data")),
    .y = bp_dataset_get_column (dataset, bp_dataset_find (dataset, "y_target")),
    .key = bp_random_key (experiment->seed, "batch"),
    .n_rows = bp_dataset_get_n_samples (dataset),
    .a = bp_session_get_parameters (bp_trainer_get_session (trainer))[0],
    .learning_rate = experiment->settings.optimizer.learning_rate,
  };
}

static double
time_hand (HandFunc   function,
           BpTrainer *trainer,
           double    *records,
           double    *a)
{
  Hand hand = hand_new (trainer);
  double start;

  hand.parameters = records;
  hand.losses = records + N_STEPS;
  start = benchmark_now ();
  function (&hand);
  *a = hand.a;

  return benchmark_now () - start;
}

static double
time_trainer (BpTrainer *trainer)
{
  const double start = benchmark_now ();

  bp_trainer_run (trainer, N_STEPS);

  return benchmark_now () - start;
}

/* The part of the train step that is the session's, on the batch last fed. */
static double
time_session (BpTrainer *trainer)
{
  BpSession *session = bp_trainer_get_session (trainer);
  const double start = benchmark_now ();

  for (guint i = 0; i < N_STEPS; i++)
    {
      bp_session_forward (session);
      bp_session_backward (session);
    }

  return benchmark_now () - start;
}

static void
measure (const char *name,
         HandFunc    function,
         double      goal)
{
  g_autofree double *records = g_new0 (double, 2 * N_STEPS);
  g_autofree char *what = g_strdup_printf ("%s, trainer to hand-written C", name);
  BenchmarkTimes hand, run, session;
  double a, ratio;

  for (guint i = 0; i < BENCHMARK_ROUNDS; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_new (name);
      const double *parameters = bp_session_get_parameters (bp_trainer_get_session (trainer));

      hand.rounds[i] = time_hand (function, trainer, records, &a);
      run.rounds[i] = time_trainer (trainer);
      g_assert_cmpfloat_with_epsilon (a, parameters[0], 1e-9);
      session.rounds[i] = time_session (trainer);
    }

  ratio = benchmark_ratio (&run, &hand);
  printf ("%-16s %12.1f %12.1f %12.1f %8.2f\n", name, 1e9 / N_STEPS * benchmark_median (&hand),
          1e9 / N_STEPS * benchmark_median (&run), 1e9 / N_STEPS * benchmark_median (&session), ratio);
  benchmark_goal (what, ratio, goal, "");
}

int
main (void)
{
  printf ("ns a train step, batch 1, medians of %d rounds of %d steps\n", BENCHMARK_ROUNDS, N_STEPS);
  printf ("%-16s %12s %12s %12s %8s\n", "", "hand-written", "trainer", "session only", "ratio");
  measure ("regression", regression_by_hand, 3);
  measure ("classification", classification_by_hand, 2);

  return 0;
}
