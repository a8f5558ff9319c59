/* benchmark-start.c: how long the program takes to start, and what memory it has then, against an empty window
 *
 *   benchmark-start EMPTY-WINDOW PROGRAM
 *
 * Starts both in turn. Each ends with its first frame, the program with that of its editor; see first-frame.c. Time is
 * that from before the process exists; on a machine with other work the processor's time says more. Memory is all that
 * the process holds, shared or not: how much of it other programs share depends on which are running. Of the editor it
 * is what the process has written to.
 *
 * Goal: at most 1.3 times an empty window, in time and in memory, and at most 0.8 times what it is with the editor:
 * who never opens it pays nothing for it. That its library is not in use at the first frame is no goal but a must.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "benchmark.h"

#define GOAL 1.3
#define EDITOR_GOAL 0.8

enum {
  EMPTY,
  PROGRAM,
  N_PROGRAMS,
  EDITOR = N_PROGRAMS,
  N_STARTS
};

/* Up to a frame. */
typedef struct {
  BenchmarkTimes time;
  BenchmarkTimes processor;
  BenchmarkTimes memory;
  BenchmarkTimes written;
  int            uses_editor;
} Start;

static gboolean
read_frame (const char *output,
            const char *name,
            double      begin,
            Start      *start,
            guint       round)
{
  const char *line = output != NULL ? strstr (output, name) : NULL;
  double time;

  if (line == NULL
      || sscanf (line + strlen (name), "%lf %lf %lf %lf %d", &time, &start->processor.rounds[round],
                 &start->memory.rounds[round], &start->written.rounds[round], &start->uses_editor) != 5)
    return FALSE;

  start->time.rounds[round] = time - begin;

  return TRUE;
}

/* Returns: whether each program has drawn its frames */
static gboolean
start_programs (char  *programs[],
                Start *starts,
                guint  round)
{
  for (guint i = 0; i < N_PROGRAMS; i++)
    {
      char *arguments[] = { programs[i], NULL };
      const double begin = 1e-6 * g_get_monotonic_time ();
      g_autofree char *output = NULL;

      g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, NULL);
      if (!read_frame (output, "first-frame ", begin, &starts[i], round)
          || (i == PROGRAM && !read_frame (output, "editor ", begin, &starts[EDITOR], round)))
        {
          printf ("%s has not drawn its window\n", programs[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static void
print (const char  *name,
       const Start *start)
{
  printf ("%-16s %6.0f ms to the frame, %4.0f ms of a processor, %6.1f MB, %5.1f of them written to\n", name,
          1e3 * benchmark_median (&start->time), 1e3 * benchmark_median (&start->processor),
          1e-6 * benchmark_median (&start->memory), 1e-6 * benchmark_median (&start->written));
}

int
main (int   argc,
      char *argv[])
{
  Start starts[N_STARTS] = { { { { 0 } } } };

  if (argc != 1 + N_PROGRAMS)
    {
      printf ("usage: benchmark-start EMPTY-WINDOW PROGRAM\n");
      return 1;
    }

  /* The first time, to warm up; it shows also whether there is a display. */
  if (!start_programs (argv + 1, starts, 0))
    return 77;

  for (guint round = 0; round < BENCHMARK_ROUNDS; round++)
    if (!start_programs (argv + 1, starts, round))
      return 1;

  print ("an empty window", &starts[EMPTY]);
  print ("the program", &starts[PROGRAM]);
  print ("its editor", &starts[EDITOR]);
  benchmark_goal ("time to start", benchmark_ratio (&starts[PROGRAM].time, &starts[EMPTY].time), GOAL, " times");
  benchmark_goal ("processor time to start", benchmark_ratio (&starts[PROGRAM].processor, &starts[EMPTY].processor),
                  GOAL,
                  " times");
  benchmark_goal ("memory", benchmark_ratio (&starts[PROGRAM].memory, &starts[EMPTY].memory), GOAL, " times");
  benchmark_goal ("processor time, of that with the editor",
                  benchmark_ratio (&starts[PROGRAM].processor, &starts[EDITOR].processor), EDITOR_GOAL, " times");
  benchmark_goal ("memory written to, of that with the editor",
                  benchmark_ratio (&starts[PROGRAM].written, &starts[EDITOR].written), EDITOR_GOAL, " times");
  if (starts[PROGRAM].uses_editor)
    printf ("FAIL  GtkSourceView is in use before the editor is opened\n");

  return starts[PROGRAM].uses_editor || !starts[EDITOR].uses_editor ? 1 : 0;
}
