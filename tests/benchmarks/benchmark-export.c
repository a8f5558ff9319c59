/* benchmark-export.c: figures as the contents of files
 *
 * Every figure in every format it has, of the regression after 100 and after 10⁶ iterations, from the trainer to the
 * last byte. A row says what each takes, how much more that is after 10⁶ iterations, and how much more than SVG.
 *
 * Goal: at most a second after 10⁶ iterations, tables of numbers aside: those have a row for each iteration.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "benchmark.h"
#include "experiment/bp-builtin.h"
#include "figures/bp-figure.h"

static const gint64 lengths[] = { 100, 1000000 };

#define N_LENGTHS G_N_ELEMENTS (lengths)

/* Of each format, for each length. */
typedef struct {
  BenchmarkTimes times[BP_N_FORMATS][N_LENGTHS];
  gsize          sizes[BP_N_FORMATS][N_LENGTHS];
} Figure;

static BpTrainer *
train (gint64 n_iterations)
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load ("regression", NULL);
  BpTrainer *trainer;

  experiment->iterations = n_iterations;
  trainer = bp_trainer_new (experiment, NULL);
  bp_trainer_run (trainer, n_iterations);

  return trainer;
}

/* Returns: the seconds it took */
static double
render (BpTrainer     *trainer,
        BpFigureKind   kind,
        BpFigureFormat format,
        gsize         *size)
{
  BpFigureOptions options = BP_FIGURE_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  double begin;

  options.kind = kind;
  options.format = format;
  begin = benchmark_now ();
  bytes = bp_figure_render (trainer, &options, &error);
  if (bytes == NULL)
    g_error ("%s as %s: %s", bp_figure_get_class (kind)->name, bp_figure_get_format_class (format)->name,
             error->message);

  *size = g_bytes_get_size (bytes);

  return benchmark_now () - begin;
}

static void
measure (BpTrainer   *trainers[],
         BpFigureKind kind,
         Figure      *figure)
{
  for (guint round = 0; round < BENCHMARK_ROUNDS; round++)
    for (guint format = 0; format < BP_N_FORMATS; format++)
      for (guint i = 0; i < N_LENGTHS && bp_figure_has_format (kind, format); i++)
        figure->times[format][i].rounds[round] = render (trainers[i], kind, format, &figure->sizes[format][i]);
}

/* Returns: the seconds after the longer run */
static double
print (BpFigureKind   kind,
       BpFigureFormat format,
       const Figure  *figure)
{
  const BenchmarkTimes *times = figure->times[format];
  const gsize *sizes = figure->sizes[format];

  printf ("%-12s%-6s%9.2f ms %9zu B %11.2f ms %10zu B %9.2f", bp_figure_get_class (kind)->name,
          bp_figure_get_format_class (format)->name, 1e3 * benchmark_median (&times[0]), sizes[0],
          1e3 * benchmark_median (&times[1]), sizes[1], benchmark_ratio (&times[1], &times[0]));
  if (bp_figure_has_format (kind, BP_FORMAT_SVG))
    printf (" %9.2f", benchmark_ratio (&times[1], &figure->times[BP_FORMAT_SVG][1]));
  printf ("\n");

  return benchmark_median (&times[1]);
}

int
main (void)
{
  BpTrainer *trainers[N_LENGTHS];
  double slowest = 0;

  for (guint i = 0; i < N_LENGTHS; i++)
    trainers[i] = train (lengths[i]);

  printf ("%-18s%24s%27s%10s%10s\n", "", "100 iterations", "10⁶ iterations", "10⁶/100", "/SVG");
  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      Figure figure = { 0 };

      measure (trainers, kind, &figure);
      for (guint format = 0; format < BP_N_FORMATS; format++)
        if (bp_figure_has_format (kind, format))
          {
            const double seconds = print (kind, format, &figure);

            if (format != BP_FORMAT_CSV)
              slowest = MAX (slowest, seconds);
          }
    }
  benchmark_goal ("the slowest after 10⁶ iterations", slowest, 1, " s");

  for (guint i = 0; i < N_LENGTHS; i++)
    bp_trainer_free (trainers[i]);

  return 0;
}
