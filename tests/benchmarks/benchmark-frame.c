/* benchmark-frame.c: what a frame of the whole window takes while a long run plays
 *
 * The window at 1920×1080 with software rendering, 10⁶ iterations recorded, the cursor in their middle, playing node by node and
 * iteration by iteration. A frame is everything between the frame clock's "before-paint" and "after-paint": the step, the
 * changes of the widgets, layout and drawing. Goal: a median of at most 8 ms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "benchmark.h"
#include "bp-builtin.h"
#include "bp-window.h"

#define N_ITERATIONS 1000000
#define FRAMES_A_ROUND 40
#define PATIENCE_SECONDS 60

typedef struct {
  double begin;
  GArray *frames;
} Recorder;

static void
begin_cb (GdkFrameClock *clock,
          Recorder      *recorder)
{
  recorder->begin = benchmark_now ();
}

static void
end_cb (GdkFrameClock *clock,
        Recorder      *recorder)
{
  double elapsed = benchmark_now () - recorder->begin;

  g_array_append_val (recorder->frames, elapsed);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
median_of_frames (GArray *frames)
{
  g_array_sort (frames, compare);

  return frames->len > 0 ? g_array_index (frames, double, frames->len / 2) : 0;
}

static void
collect_frames (Recorder *recorder)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  g_array_set_size (recorder->frames, 0);

  while (recorder->frames->len < FRAMES_A_ROUND && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

static void
measure (BpRun      *run,
         Recorder   *recorder,
         BpGrain     grain,
         const char *what)
{
  BenchmarkTimes times = { { 0 } };
  guint n_frames = 0;

  bp_run_set_play_grain (run, grain);
  bp_run_set_speed (run, 60);
  bp_run_seek (run, (BpCursor) { N_ITERATIONS / 2, 0 });
  bp_run_set_playing (run, TRUE);
  collect_frames (recorder); /* to warm up, and to finish what is drawn in several frames */

  for (guint round = 0; round < BENCHMARK_ROUNDS; round++)
    {
      collect_frames (recorder);
      n_frames += recorder->frames->len;
      times.rounds[round] = 1e3 * median_of_frames (recorder->frames);
    }

  bp_run_set_playing (run, FALSE);
  printf ("%-28s %8.2f ms a frame, median of %u frames\n", what, benchmark_median (&times), n_frames);
  benchmark_goal (what, benchmark_median (&times), 8, "ms");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load ("regression", NULL);
  g_autoptr (BpRun) run = NULL;
  Recorder recorder = { 0, g_array_new (FALSE, FALSE, sizeof (double)) };
  GtkWidget *window;
  GdkFrameClock *clock;

  if (!gtk_init_check ())
    {
      printf ("there is no display to draw on\n");
      return 77;
    }

  adw_init ();
  experiment->iterations = N_ITERATIONS;
  run = bp_run_new (experiment);
  window = bp_window_new (NULL, run);
  gtk_window_set_default_size (GTK_WINDOW (window), 1920, 1080);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  bp_run_seek (run, (BpCursor) { N_ITERATIONS, 0 });
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (begin_cb), &recorder);
  g_signal_connect (clock, "after-paint", G_CALLBACK (end_cb), &recorder);

  measure (run, &recorder, BP_GRAIN_NODE, "playing node by node");
  measure (run, &recorder, BP_GRAIN_ITERATION, "playing iterations");
  printf ("window %d × %d, %d iterations recorded\n", gtk_widget_get_width (window), gtk_widget_get_height (window), N_ITERATIONS);

  gtk_window_destroy (GTK_WINDOW (window));
  g_array_unref (recorder.frames);

  return 0;
}
