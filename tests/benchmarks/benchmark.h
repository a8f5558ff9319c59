/* benchmark.h: what the benchmarks share: time, medians, and whether a goal is met
 *
 * A benchmark measures each of its candidates once a round, in turn, so that what the machine does meanwhile comes to
 * all of them; it shows medians of the rounds, and of the ratios within a round. It says whether it meets its goal and
 * succeeds in any case: times are no tests.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENCHMARK_ROUNDS 9

/** What a candidate took, round by round. */
typedef struct {
  double rounds[BENCHMARK_ROUNDS];
} BenchmarkTimes;

/** Seconds of this thread on a processor: what other programs take does not count. */
double benchmark_now (void);

double benchmark_median (const BenchmarkTimes *times);

/** The median of the rounds' ratios of @times to @reference. */
double benchmark_ratio (const BenchmarkTimes *times,
                        const BenchmarkTimes *reference);

/** Lets @value be seen, so that the compiler computes it. */
void benchmark_use (double value);

/** Bytes that are allocated now; 0 where the system's C library does not tell. */
gsize benchmark_allocated (void);

/** Prints whether @value is at most @goal. */
void benchmark_goal (const char *what,
                     double      value,
                     double      goal,
                     const char *unit);

G_END_DECLS
