/* benchmark-responsive.c: how long the main loop stands still while a window opens files, steps, plays and seeks
 *
 * The window at 1366×768 with software rendering opens one heavy file after the other, or those it is given. A gap is
 * the time from where the main loop stops waiting to where it waits again: nothing is drawn and no key is answered
 * meanwhile. It is shown by the clock and in processor time of the thread, since other programs lengthen the first.
 * Goal: no gap above 100 ms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <stdio.h>

#include "lib/heavy-experiments.h"
#include "benchmark.h"
#include "experiment/bp-builtin.h"
#include "window/bp-window.h"

#define N_STEPS 10
#define N_SEEKS 5

/* Milliseconds that the window has for what follows each of them. */
#define OPEN_TIME 3000
#define STEP_TIME 100
#define PLAY_TIME 1500
#define SEEK_TIME 400

typedef enum {
  PART_OPEN,
  PART_STEP,
  PART_PLAY_NODES,
  PART_PLAY_ITERATIONS,
  PART_SEEK,
  N_PARTS
} Part;

/* The longest gaps of each part in milliseconds, by the clock and in processor time. */
typedef struct {
  Part   part;
  double clock[N_PARTS];
  double processor[N_PARTS];
  gint64 woken;
  double woken_processor;
} Gaps;

/* Functions that poll get no data. */
static Gaps gaps;

static void
end_gap (void)
{
  double clock = 1e-3 * (double) (g_get_monotonic_time () - gaps.woken);
  double processor = 1e3 * (benchmark_now () - gaps.woken_processor);

  gaps.clock[gaps.part] = MAX (gaps.clock[gaps.part], clock);
  gaps.processor[gaps.part] = MAX (gaps.processor[gaps.part], processor);
}

static void
begin_gap (void)
{
  gaps.woken = g_get_monotonic_time ();
  gaps.woken_processor = benchmark_now ();
}

static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int result;

  end_gap ();
  result = g_poll (fds, n_fds, timeout);
  begin_gap ();

  return result;
}

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_for (guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add (milliseconds, timeout_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
play (BpRun     *run,
      BpStepSize size)
{
  bp_run_set_play_by (run, size);
  bp_run_set_speed (run, 0);
  bp_run_set_playing (run, TRUE);
  wait_for (PLAY_TIME);
  bp_run_set_playing (run, FALSE);
}

static gboolean
use (BpWindow   *window,
     const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  BpRun *run = bp_window_get_run (window);
  BpTrainer *before = bp_run_get_trainer (run);

  gaps = (Gaps) { 0 };
  begin_gap ();
  bp_window_open_file (window, file);
  wait_for (OPEN_TIME);
  if (bp_window_get_opening (window) || bp_run_get_trainer (run) == before)
    return FALSE;

  gaps.part = PART_STEP;
  for (guint i = 0; i < N_STEPS; i++)
    {
      bp_run_step (run, i % 2 == 0 ? BP_STEP_NODE : BP_STEP_PHASE, 1);
      wait_for (STEP_TIME);
    }

  gaps.part = PART_PLAY_NODES;
  play (run, BP_STEP_NODE);
  gaps.part = PART_PLAY_ITERATIONS;
  play (run, BP_STEP_ITERATION);

  gaps.part = PART_SEEK;
  for (guint i = 0; i < N_SEEKS; i++)
    {
      gint64 iteration = bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration;

      bp_run_seek (run, (BpCursor) { i % 2 == 0 ? iteration / 2 : iteration + 1, i });
      wait_for (SEEK_TIME);
    }

  return TRUE;
}

static void
report (const char *name)
{
  static const char * const titles[] = { "open", "step", "play nodes", "play iterations", "seek" };
  double longest = 0;

  printf ("%-20s", name);
  for (guint i = 0; i < N_PARTS; i++)
    {
      printf (" %s %.0f (%.0f)", titles[i], gaps.clock[i], gaps.processor[i]);
      longest = MAX (longest, gaps.clock[i]);
    }
  printf (" ms by the clock (processor)\n");
  benchmark_goal (name, longest, 100, " ms");
  fflush (stdout);
}

static void
measure (BpWindow   *window,
         const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  if (use (window, path))
    report (name);
  else
    printf ("%s cannot be opened\n", name);
}

/* The files */

/* So many samples at once, at the end of a million iterations. */
static char *
write_far (guint n)
{
  return g_strdup_printf ("[Experiment]\nBatchSize=%u\nIterations=1000000\n[Data]\nx=normal(1, 0.1)\ny=10\n"
                          "[Variables]\nA=normal(0, 1)\n[Model]\nloss=square(x*A - y)\n"
                          "[Session]\nIteration=1000000\nInstruction=3\n", n);
}

/* The same of matrices. */
static char *
write_far_matrices (guint n)
{
  return g_strdup_printf ("[Experiment]\nIterations=1000000\n[Variables]\nA=normal(0, 0.01) [%u, %u]\n"
                          "B=normal(0, 0.01) [%u, %u]\n[Model]\nloss=reduce_mean(square(matmul(A, B)))\n"
                          "[Session]\nIteration=5000\nInstruction=3\n", n, n, n, n);
}

static const struct {
  const char *name;
  char *   (* write) (guint n);
  guint       n;
} files[] = {
  { "m100", write_matrices, 100 },
  { "m200", write_matrices, 200 },
  { "m1000", write_matrices, 1000 },
  { "network-1", write_network, 1 },
  { "network-100", write_network, 100 },
  { "columns-64", write_columns, 64 },
  { "columns-784", write_columns, 784 },
  { "chain-5000", write_chain, 5000 },
  { "v10000", write_variables, 10000 },
  { "trap-10000", write_trap, 10000 },
  { "far-heavy", write_far, 1000000 },
  { "far-matrices", write_far_matrices, 300 },
};

static void
measure_file (BpWindow   *window,
              const char *folder,
              guint       index)
{
  g_autofree char *text = files[index].write (files[index].n);
  g_autofree char *name = g_strconcat (files[index].name, ".experiment", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_file_set_contents (path, text, -1, NULL))
    measure (window, path);
  g_remove (path);
}

static void
measure_all (BpWindow *window)
{
  g_autofree char *folder = g_dir_make_tmp ("responsive-XXXXXX", NULL);

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (files); i++)
    measure_file (window, folder, i);
  if (folder != NULL)
    g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (BpExperiment) experiment = NULL;
  g_autoptr (BpRun) run = NULL;
  GtkWidget *window;

  if (!gtk_init_check ())
    {
      printf ("there is no display to draw on\n");
      return 77;
    }

  g_set_prgname ("backprop-lab");
  adw_init ();
  experiment = bp_builtin_load ("regression", NULL);
  run = bp_run_new (experiment);
  window = bp_window_new (NULL, run);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  /* Not the size that it remembers. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  begin_gap ();
  g_main_context_set_poll_func (NULL, poll_cb);
  wait_for (OPEN_TIME);

  if (argc == 1)
    measure_all (BP_WINDOW (window));
  for (int i = 1; i < argc; i++)
    measure (BP_WINDOW (window), argv[i]);

  gtk_window_destroy (GTK_WINDOW (window));

  return 0;
}
