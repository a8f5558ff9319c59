/* benchmark-batch.c: batches of 100 … 10⁶ samples of the classification against a plain C loop
 *
 * The loop is what one would write by hand with libm: one pass over the samples that adds up loss and gradient and
 * keeps nothing else. The session computes the same with the value and the gradient of every node and sample kept. Both
 * must agree.
 *
 * Goal: faster than the loop.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>

#include "benchmark.h"
#include "experiment/bp-builtin.h"
#include "base/bp-random.h"
#include "session/bp-session.h"

#define SAMPLES_A_ROUND 1000000

typedef struct {
  gsize   n;
  double *x;
  double *y;
  double  a;
} Samples;

static void
run_loop (const Samples *samples,
          double        *mean_loss,
          double        *mean_gradient)
{
  double loss = 0, gradient = 0;

  for (gsize i = 0; i < samples->n; i++)
    {
      const double z = samples->x[i] + samples->a;
      const double e = exp (-fabs (z));

      loss += (z > 0 ? z : 0) - z * samples->y[i] + log1p (e);
      gradient += (z >= 0 ? 1 : e) / (1 + e) - samples->y[i];
    }
  *mean_loss = loss / samples->n;
  *mean_gradient = gradient / samples->n;
}

static double
time_loop (const Samples *samples,
           guint          n_times,
           double        *loss,
           double        *gradient)
{
  const double start = benchmark_now ();

  for (guint i = 0; i < n_times; i++)
    {
      run_loop (samples, loss, gradient);
      benchmark_use (*loss + *gradient);
    }

  return benchmark_now () - start;
}

static double
time_session (BpSession *session,
              guint      n_times)
{
  const double start = benchmark_now ();

  for (guint i = 0; i < n_times; i++)
    {
      bp_session_forward (session);
      bp_session_backward (session);
    }

  return benchmark_now () - start;
}

static Samples
samples_new (gsize n)
{
  const guint64 key = bp_random_key (1, "samples");
  Samples samples = { n, g_new (double, n), g_new (double, n), 0.3 };

  for (gsize i = 0; i < n; i++)
    {
      samples.y[i] = i % 2;
      samples.x[i] = bp_random_normal (key, i) + (i % 2 == 0 ? -1 : 3);
    }

  return samples;
}

static BpSession *
session_new (const Samples *samples)
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load ("classification", NULL);
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (experiment, samples->n, NULL);
  BpSession *session = bp_session_new (graph, NULL);

  bp_session_feed (session, bp_graph_find (graph, "x_data"), samples->x, samples->n);
  bp_session_feed (session, bp_graph_find (graph, "y_target"), samples->y, samples->n);
  bp_session_feed (session, bp_graph_find (graph, "A"), &samples->a, 1);

  return session;
}

static void
assert_close (double a,
              double b)
{
  g_assert_cmpfloat_with_epsilon (a, b, 1e-12);
}

/* Returns: the ratio of the session to the loop */
static double
measure (gsize n)
{
  const guint n_times = MAX (SAMPLES_A_ROUND / n, 1);
  const double ns = 1e9 / ((double) n * n_times);
  Samples samples = samples_new (n);
  g_autoptr (BpSession) session = session_new (&samples);
  BenchmarkTimes loop, batch;
  double loss, gradient, ratio;

  time_session (session, 1);
  for (guint i = 0; i < BENCHMARK_ROUNDS; i++)
    {
      loop.rounds[i] = time_loop (&samples, n_times, &loss, &gradient);
      batch.rounds[i] = time_session (session, n_times);
    }
  assert_close (bp_session_get_value (session, bp_graph_get_loss (bp_session_get_graph (session)))[0], loss);
  assert_close (bp_session_get_parameter_gradients (session)[0], gradient);

  ratio = benchmark_ratio (&batch, &loop);
  printf ("%8zu %12.2f %12.2f %8.2f\n", n, ns * benchmark_median (&loop), ns * benchmark_median (&batch), ratio);
  g_free (samples.x);
  g_free (samples.y);

  return ratio;
}

int
main (void)
{
  double largest = 0;

  printf ("ns a sample, forward and backward, medians of %d rounds\n", BENCHMARK_ROUNDS);
  printf ("%8s %12s %12s %8s\n", "batch", "plain loop", "session", "ratio");
  for (gsize n = 100; n <= 1000000; n *= 10)
    {
      const double ratio = measure (n);

      largest = MAX (largest, ratio);
    }
  benchmark_goal ("session to plain loop, largest ratio", largest, 1, "");

  return 0;
}
