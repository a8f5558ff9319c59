/* benchmark-seek.c: going to random places of a run of 10⁶ iterations
 *
 * A seek restores the nearest checkpoint and replays from there. The places are drawn once; every round goes to all of
 * them. The longest seek matters as much as the middle one, for it is what a drag of the slider waits for.
 *
 * Goal: at most 16 ms, a frame of 60 a second.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>

#include "benchmark.h"
#include "experiment/bp-builtin.h"
#include "base/bp-random.h"
#include "training/bp-trainer.h"

#define N_ITERATIONS 1000000
#define N_SEEKS 51

static int
compare (const void *a,
         const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Returns: the longest; @middle: (out): the median */
static double
time_seeks (BpTrainer *trainer,
            double    *middle)
{
  const guint64 key = bp_random_key (1, "seeks");
  const guint n_instructions = bp_trainer_get_n_instructions (trainer);
  double times[N_SEEKS];

  for (guint i = 0; i < N_SEEKS; i++)
    {
      const BpCursor cursor = {
        (gint64) bp_random_below (key, 2 * i, N_ITERATIONS), (guint) bp_random_below (key, 2 * i + 1, n_instructions)
      };
      const double start = benchmark_now ();

      bp_trainer_seek (trainer, cursor);
      times[i] = benchmark_now () - start;
      g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, cursor.iteration);
    }
  qsort (times, N_SEEKS, sizeof (double), compare);
  *middle = times[N_SEEKS / 2];

  return times[N_SEEKS - 1];
}

static void
measure (const char *name,
         gsize       batch_size)
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load (name, NULL);
  g_autoptr (BpTrainer) trainer = NULL;
  g_autofree char *what = g_strdup_printf ("%s, batch %zu, longest seek", name, batch_size);
  BenchmarkTimes longest, middle;

  experiment->iterations = N_ITERATIONS;
  experiment->settings.batch_size = batch_size;
  trainer = bp_trainer_new (experiment, NULL);
  bp_trainer_run (trainer, N_ITERATIONS);
  for (guint i = 0; i < BENCHMARK_ROUNDS; i++)
    longest.rounds[i] = time_seeks (trainer, &middle.rounds[i]);
  printf ("%-16s %6zu %12.4f %12.4f\n", name, batch_size, 1e3 * benchmark_median (&middle),
          1e3 * benchmark_median (&longest));
  benchmark_goal (what, 1e3 * benchmark_median (&longest), 16, " ms");
}

int
main (void)
{
  printf ("ms a seek to one of %d random places of %d iterations, medians of %d rounds\n", N_SEEKS, N_ITERATIONS,
          BENCHMARK_ROUNDS);
  printf ("%-16s %6s %12s %12s\n", "", "batch", "middle", "longest");
  measure ("regression", 1);
  measure ("classification", 1);
  measure ("regression", 20);
  measure ("xor", 4);

  return 0;
}
