/* bp-plots-rows.c: what the builders of plots share: places of a run, ghosts, rows of the data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-plots-private.h"

#include <glib/gi18n-lib.h>

/* Losses are evaluated at no more places of a run than this. */
#define MAX_PLACES 400

/* Places */

static void
get_series (BpPlotPath        *path,
            const BpPlotBuild *build,
            const BpGhost     *ghost)
{
  for (gsize i = 0; i < build->n_parameters; i++)
    {
      path->series[i] = bp_history_get_parameter (build->history, i);
      if (ghost != NULL)
        path->series[i] = i < ghost->parameters->len ? g_ptr_array_index (ghost->parameters, i) : NULL;
      if (path->series[i] == NULL)
        return;
    }

  path->n = build->n_parameters;
}

void
bp_plot_path_init (BpPlotPath        *path,
                   const BpPlotBuild *build,
                   const BpGhost     *ghost)
{
  gint64 length = G_MAXINT64;

  *path = (BpPlotPath) { .stride = 1 };
  if (build->n_parameters == 0 || build->n_parameters > BP_PLOT_MAX_SERIES)
    return;

  get_series (path, build, ghost);
  for (gsize i = 0; i < path->n; i++)
    {
      path->stride = MAX (path->stride, bp_series_get_bucket_width (path->series[i]));
      length = MIN (length, bp_series_get_length (path->series[i]));
    }
  while (build->n_iterations / path->stride > MAX_PLACES)
    path->stride *= 2;
  path->n_places = path->n > 0 ? (guint) ((length + path->stride - 1) / path->stride) : 0;
}

/* A place is a multiple of every bucket's width, so that it is the first of its bucket. */
void
bp_plot_path_get (const BpPlotPath *path,
                  guint             place,
                  double           *parameters)
{
  for (gsize i = 0; i < path->n; i++)
    {
      guint n;
      const BpBucket *buckets = bp_series_get_buckets (path->series[i], &n);

      parameters[i] = buckets[place * path->stride / bp_series_get_bucket_width (path->series[i])].first;
    }
}

/* Ghosts */

guint
bp_plot_build_get_n_ghosts (BpPlotBuild *build)
{
  return build->options.ghosts != NULL ? MIN (build->options.ghosts->len, BP_MAX_GHOSTS) : 0;
}

const BpGhost *
bp_plot_build_get_ghost (BpPlotBuild *build,
                         guint        index)
{
  return g_ptr_array_index (build->options.ghosts, index);
}

/* What sets them apart from one another and from the run. */
char **
bp_plot_build_describe_ghosts (BpPlotBuild *build)
{
  const BpExperiment *experiments[BP_MAX_GHOSTS + 1];
  guint n = bp_plot_build_get_n_ghosts (build);

  for (guint i = 0; i < n; i++)
    experiments[i] = bp_plot_build_get_ghost (build, i)->experiment;
  experiments[n] = build->experiment;

  return bp_ghost_describe_differences (experiments, n + 1);
}

/* Rows */

static const gsize *
get_all_rows (BpPlotBuild *build,
              BpProbeSlot  slot,
              gsize       *n_rows)
{
  *n_rows = 0;

  if (slot == BP_PROBE_BATCH)
    return bp_trainer_get_batch (build->trainer, n_rows);

  return bp_dataset_get_rows (build->dataset, slot == BP_PROBE_TEST, n_rows);
}

gsize *
bp_plot_build_dup_rows (BpPlotBuild *build,
                        BpProbeSlot  slot,
                        gsize       *n_rows)
{
  gsize n_all;
  const gsize *all = get_all_rows (build, slot, &n_all);
  gsize *rows;

  *n_rows = MIN (n_all, BP_PLOT_MAX_ROWS);
  if (all == NULL || n_all == 0)
    return NULL;

  rows = g_new (gsize, *n_rows);
  for (gsize i = 0; i < *n_rows; i++)
    rows[i] = all[i * n_all / *n_rows];

  return rows;
}

BpProbe *
bp_plot_build_get_probe (BpPlotBuild *build,
                         BpProbeSlot  slot)
{
  gsize n_all;
  gboolean is_new;

  get_all_rows (build, slot, &n_all);
  if (n_all == 0)
    return NULL;

  BpProbe *probe =
    bp_plot_memo_get_probe (build->memo, slot, build->experiment, MIN (n_all, BP_PLOT_MAX_ROWS), &is_new);

  /* A batch is another one in each iteration. */
  if (probe != NULL && (is_new || slot == BP_PROBE_BATCH))
    {
      gsize n_rows;
      g_autofree gsize *rows = bp_plot_build_dup_rows (build, slot, &n_rows);

      bp_probe_feed_rows (probe, build->dataset, rows);
    }

  return probe;
}

static char *
get_rows_name (BpProbeSlot slot,
               gsize       n_rows,
               gboolean    has_test)
{
  if (slot == BP_PROBE_TEST)
    return g_strdup (_("held out"));
  if (slot == BP_PROBE_BATCH)
    return g_strdup (n_rows == 1 ? _("this sample") : _("this batch"));

  return g_strdup (has_test ? _("training data") : _("all data"));
}

char *
bp_plot_build_describe_rows (BpPlotBuild *build,
                             BpProbeSlot  slot)
{
  gsize n_rows, n_test;
  g_autofree char *name = NULL;

  get_all_rows (build, BP_PROBE_TEST, &n_test);
  get_all_rows (build, slot, &n_rows);
  if (slot == BP_PROBE_BATCH && n_rows == 0)
    n_rows = bp_trainer_get_settings (build->trainer)->batch_size;
  name = get_rows_name (slot, n_rows, n_test > 0);
  if (slot == BP_PROBE_BATCH || n_rows <= BP_PLOT_MAX_ROWS)
    return g_steal_pointer (&name);

  /* Translators: "all data (4096 of 1000000)": a plot of many samples takes fewer. */
  return g_strdup_printf (_("%s (%u of %zu)"), name, BP_PLOT_MAX_ROWS, n_rows);
}
