/* benchmark-frame.c: what a frame of the whole window takes while a long run plays
 *
 * The window at 1920×1080 with software rendering, 10⁶ iterations recorded, the cursor in their middle, playing node by
 * node and iteration by iteration. A frame is everything between the frame clock's "before-paint" and "after-paint", in
 * processor time of its thread, and of that the step with the changes of the widgets, layout, and drawing; what it
 * takes by the clock depends on what else the machine does. Goal: a median of at most 16 ms.
 *
 * Arguments are built-in experiments or files; without any it is the turn of all built-in ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "benchmark.h"
#include "experiment/bp-builtin.h"
#include "window/bp-window.h"

#define N_ITERATIONS 1000000
#define FRAMES_A_ROUND 8
#define PATIENCE_SECONDS 60

/* Drawing once and for all what changes seldom takes so many frames. */
#define FRAMES_TO_WARM_UP 40

#define FAST_FRAMES 60

typedef enum {
  PART_STEP,
  PART_LAYOUT,
  PART_DRAWING,
  PART_ALL,
  PART_CLOCK,
  N_PARTS
} Part;

typedef struct {
  double  begin;
  double  part_begin;
  gint64  clock_begin;
  GArray *parts[N_PARTS];
} Recorder;

static void
record (Recorder *recorder,
        Part      part,
        double    elapsed)
{
  g_array_append_val (recorder->parts[part], elapsed);
}

static void
record_part (Recorder *recorder,
             Part      part)
{
  double now = benchmark_now ();

  record (recorder, part, now - recorder->part_begin);
  recorder->part_begin = now;
}

static void
before_paint_cb (Recorder *recorder)
{
  recorder->clock_begin = g_get_monotonic_time ();
  recorder->begin = recorder->part_begin = benchmark_now ();
}

static void
update_cb (Recorder *recorder)
{
  record_part (recorder, PART_STEP);
}

static void
layout_cb (Recorder *recorder)
{
  record_part (recorder, PART_LAYOUT);
}

static void
paint_cb (Recorder *recorder)
{
  record_part (recorder, PART_DRAWING);
}

static void
after_paint_cb (Recorder *recorder)
{
  record (recorder, PART_ALL, benchmark_now () - recorder->begin);
  record (recorder, PART_CLOCK, 1e-6 * (double) (g_get_monotonic_time () - recorder->clock_begin));
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
get_median (GArray *times)
{
  g_array_sort (times, compare);

  return times->len > 0 ? g_array_index (times, double, times->len / 2) : 0;
}

static double
get_longest (GArray *times)
{
  double longest = 0;

  for (guint i = 0; i < times->len; i++)
    longest = MAX (longest, g_array_index (times, double, i));

  return longest;
}

static void
collect_frames (BpRun    *run,
                Recorder *recorder,
                guint     n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  for (guint i = 0; i < N_PARTS; i++)
    g_array_set_size (recorder->parts[i], 0);

  while (recorder->parts[PART_ALL]->len < n && bp_run_get_playing (run) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

/* A long move is done in slices. */
static void
seek (BpRun *run,
      gint64 iteration)
{
  bp_run_seek (run, (BpCursor) { iteration, 0 });
  while (bp_run_is_under_way (run))
    g_main_context_iteration (NULL, TRUE);
}

static void
measure (BpRun      *run,
         Recorder   *recorder,
         const char *name,
         BpStepSize  size)
{
  g_autofree char *what = g_strdup_printf ("%s, playing %s", name, size == BP_STEP_NODE ? "nodes" : "iterations");
  BenchmarkTimes times[N_PARTS] = { 0 };
  double longest = 0;
  guint n_frames = 0;

  bp_run_set_play_by (run, size);
  bp_run_set_speed (run, 60);
  seek (run, bp_trainer_get_n_iterations (bp_run_get_trainer (run)) / 2);
  bp_run_set_playing (run, TRUE);
  collect_frames (run, recorder, FRAMES_TO_WARM_UP);

  for (guint round = 0; round < BENCHMARK_ROUNDS; round++)
    {
      collect_frames (run, recorder, FRAMES_A_ROUND);
      n_frames += recorder->parts[PART_ALL]->len;
      longest = MAX (longest, 1e3 * get_longest (recorder->parts[PART_ALL]));
      for (guint i = 0; i < N_PARTS; i++)
        times[i].rounds[round] = 1e3 * get_median (recorder->parts[i]);
    }

  bp_run_set_playing (run, FALSE);
  printf ("%-36s %6.2f ms a frame (step %.2f, layout %.2f, drawing %.2f), %.2f ms by the clock, medians of %u frames; "
          "longest %.2f ms\n", what, benchmark_median (&times[PART_ALL]), benchmark_median (&times[PART_STEP]),
          benchmark_median (&times[PART_LAYOUT]), benchmark_median (&times[PART_DRAWING]),
          benchmark_median (&times[PART_CLOCK]), n_frames, longest);
  benchmark_goal (what, benchmark_median (&times[PART_ALL]), 16, "ms");
}

/* As fast as it goes, at the rate of 60 frames a second that drawing leaves. */
static void
measure_fast (BpRun      *run,
              Recorder   *recorder,
              const char *name)
{
  g_autofree char *frame = g_strdup_printf ("%s, longest frame as fast as it goes", name);
  g_autofree char *iteration = g_strdup_printf ("%s, an iteration as fast as it goes", name);
  gint64 n_iterations;
  double rate;

  bp_run_set_play_by (run, BP_STEP_ITERATION);
  bp_run_set_speed (run, 60);
  bp_run_set_playing (run, TRUE);
  collect_frames (run, recorder, FRAMES_TO_WARM_UP);
  bp_run_set_speed (run, 0);
  n_iterations = bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration;
  collect_frames (run, recorder, FAST_FRAMES);
  n_iterations = bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration - n_iterations;
  bp_run_set_playing (run, FALSE);
  rate = 60.0 * n_iterations / recorder->parts[PART_ALL]->len;

  printf ("%-36s %.0f iterations a second; %.2f ms a frame (step %.2f, drawing %.2f)\n", name, rate,
          1e3 * get_median (recorder->parts[PART_ALL]), 1e3 * get_median (recorder->parts[PART_STEP]),
          1e3 * get_median (recorder->parts[PART_DRAWING]));
  benchmark_goal (frame, 1e3 * get_longest (recorder->parts[PART_ALL]), 33, "ms");
  benchmark_goal (iteration, 1e6 / rate, 1e6 / 30000, "µs");
}

/* Connected after what the window does in each phase. */
static void
watch (GdkFrameClock *clock,
       Recorder      *recorder)
{
  const GConnectFlags after = G_CONNECT_SWAPPED | G_CONNECT_AFTER;

  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), recorder);
  g_signal_connect_data (clock, "update", G_CALLBACK (update_cb), recorder, NULL, after);
  g_signal_connect_data (clock, "layout", G_CALLBACK (layout_cb), recorder, NULL, after);
  g_signal_connect_data (clock, "paint", G_CALLBACK (paint_cb), recorder, NULL, after);
  g_signal_connect_data (clock, "after-paint", G_CALLBACK (after_paint_cb), recorder, NULL, after);
}

static GtkWidget *
open_window (BpRun    *run,
             Recorder *recorder)
{
  GtkWidget *window = bp_window_new (NULL, run);

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  /* Not the size that it remembers. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1920, 1080);
  /* One that fills the screen is maximized or fullscreen and casts no shadow, which software blurs in each frame. */
  gtk_widget_remove_css_class (window, "csd");
  watch (gtk_widget_get_frame_clock (window), recorder);

  return window;
}

static void
measure_experiment (const char *name)
{
  const gboolean is_file = g_str_has_suffix (name, ".experiment");
  g_autoptr (BpExperiment) experiment = is_file ? bp_experiment_new_from_file (name, NULL)
                                        : bp_builtin_load (name, NULL);
  Recorder recorder = { 0 };

  for (guint i = 0; i < N_PARTS; i++)
    recorder.parts[i] = g_array_new (FALSE, FALSE, sizeof (double));
  if (!is_file)
    experiment->iterations = N_ITERATIONS;
  for (guint is_recorded = 0; is_recorded < 2; is_recorded++)
    {
      g_autoptr (BpRun) run = bp_run_new (experiment);
      GtkWidget *window;

      if (is_recorded)
        bp_trainer_run (bp_run_get_trainer (run), experiment->iterations);
      window = open_window (run, &recorder);
      if (is_recorded)
        {
          measure (run, &recorder, name, BP_STEP_NODE);
          measure (run, &recorder, name, BP_STEP_ITERATION);
        }
      else
        {
          measure_fast (run, &recorder, name);
        }
      gtk_window_destroy (GTK_WINDOW (window));
    }
  for (guint i = 0; i < N_PARTS; i++)
    g_array_unref (recorder.parts[i]);
}

int
main (int    argc,
      char **argv)
{
  const char * const *names = argc > 1 ? (const char * const *) argv + 1 : bp_builtin_get_names ();

  if (!gtk_init_check ())
    {
      printf ("there is no display to draw on\n");
      return 77;
    }

  g_set_prgname ("backprop-lab");
  adw_init ();
  setvbuf (stdout, NULL, _IOLBF, BUFSIZ);
  for (const char * const *name = names; *name != NULL; name++)
    measure_experiment (*name);

  return 0;
}
