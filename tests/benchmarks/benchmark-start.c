/* benchmark-start.c: how long the program takes to start, and what memory it has then, against an empty window
 *
 *   benchmark-start EMPTY-WINDOW PROGRAM
 *
 * Starts both in turn. Each ends with its first frame; see first-frame.c. Time is that from before the process exists;
 * on a machine with other work the processor's time says more. Memory is all that the process holds, shared or not: how
 * much of it other programs share depends on which are running.
 *
 * Goal: at most 1.3 times an empty window, in time and in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "benchmark.h"

#define GOAL 1.3

enum {
  EMPTY,
  PROGRAM,
  N_PROGRAMS
};

typedef struct {
  BenchmarkTimes time;
  BenchmarkTimes processor;
  BenchmarkTimes memory;
} Start;

/* Returns: whether the program has drawn a frame */
static gboolean
start_program (char  *program,
               Start *start,
               guint  round)
{
  char *arguments[] = { program, NULL };
  const double begin = 1e-6 * g_get_monotonic_time ();
  g_autofree char *output = NULL;
  const char *line = NULL;
  double time;

  if (g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, NULL))
    line = strstr (output, "first-frame ");

  if (line == NULL
      || sscanf (line, "first-frame %lf %lf %lf", &time, &start->processor.rounds[round],
                 &start->memory.rounds[round]) != 3)
    return FALSE;

  start->time.rounds[round] = time - begin;

  return TRUE;
}

static void
print (const char  *name,
       const Start *start)
{
  printf ("%-16s %6.0f ms to the first frame, %4.0f ms of a processor, %6.1f MB\n", name,
          1e3 * benchmark_median (&start->time), 1e3 * benchmark_median (&start->processor),
          1e-6 * benchmark_median (&start->memory));
}

int
main (int   argc,
      char *argv[])
{
  Start starts[N_PROGRAMS] = { { { { 0 } } } };

  if (argc != 1 + N_PROGRAMS)
    {
      printf ("usage: benchmark-start EMPTY-WINDOW PROGRAM\n");
      return 1;
    }

  /* The first time, to warm up; it shows also whether there is a display. */
  for (guint i = 0; i < N_PROGRAMS; i++)
    if (!start_program (argv[1 + i], &starts[i], 0))
      {
        printf ("%s has not drawn a window\n", argv[1 + i]);
        return 77;
      }

  for (guint round = 0; round < BENCHMARK_ROUNDS; round++)
    for (guint i = 0; i < N_PROGRAMS; i++)
      if (!start_program (argv[1 + i], &starts[i], round))
        return 1;

  print ("an empty window", &starts[EMPTY]);
  print ("the program", &starts[PROGRAM]);
  benchmark_goal ("time to start", benchmark_ratio (&starts[PROGRAM].time, &starts[EMPTY].time), GOAL, " times");
  benchmark_goal ("processor time to start", benchmark_ratio (&starts[PROGRAM].processor, &starts[EMPTY].processor),
                  GOAL,
                  " times");
  benchmark_goal ("memory", benchmark_ratio (&starts[PROGRAM].memory, &starts[EMPTY].memory), GOAL, " times");

  return 0;
}
