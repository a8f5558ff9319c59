/* benchmark.c: what the benchmarks share: time, medians, and whether a goal is met
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "benchmark.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

double
benchmark_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec + 1e-9 * now.tv_nsec;
}

static int
compare (const void *a,
         const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
benchmark_median (const BenchmarkTimes *times)
{
  BenchmarkTimes sorted = *times;

  G_STATIC_ASSERT (BENCHMARK_ROUNDS % 2 == 1);
  qsort (sorted.rounds, BENCHMARK_ROUNDS, sizeof (double), compare);

  return sorted.rounds[BENCHMARK_ROUNDS / 2];
}

double
benchmark_ratio (const BenchmarkTimes *times,
                 const BenchmarkTimes *reference)
{
  BenchmarkTimes ratios;

  for (guint i = 0; i < BENCHMARK_ROUNDS; i++)
    ratios.rounds[i] = times->rounds[i] / reference->rounds[i];

  return benchmark_median (&ratios);
}

void
benchmark_use (double value)
{
  __asm__ volatile ("" : : "m" (value));
}

gsize
benchmark_allocated (void)
{
#if defined __GLIBC__ && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
  const struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
#else
  return 0;
#endif
}

void
benchmark_goal (const char *what,
                double      value,
                double      goal,
                const char *unit)
{
  printf ("%s  %s: %.3g%s, goal at most %g%s\n", value <= goal ? "PASS" : "MISS", what, value, unit, goal, unit);
}
