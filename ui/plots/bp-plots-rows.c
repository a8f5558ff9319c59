/* bp-plots-rows.c: what the builders of plots share: positions of a run, reference runs, rows of the data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-number.h"

/* Losses are evaluated at no more positions of a run than this. */
#define MAX_POSITIONS 400

/* Positions */

static void
get_series (BpPlotPath        *path,
            const BpPlotBuild *build,
            const BpReference *reference)
{
  for (gsize i = 0; i < build->n_parameters; i++)
    {
      path->series[i] = bp_history_get_parameter (build->history, i);
      if (reference != NULL)
        path->series[i] = i < reference->parameters->len ? g_ptr_array_index (reference->parameters, i) : NULL;
      if (path->series[i] == NULL)
        return;
    }

  path->n = build->n_parameters;
}

gint64
bp_plot_build_get_stride (const BpPlotBuild *build,
                          gint64             least)
{
  while (build->n_iterations / least > MAX_POSITIONS)
    least *= 2;

  return least;
}

/* All parameters at once: of a run that has gone too far for one after each iteration there are fewer. */
static void
get_vectors (BpPlotPath        *path,
             const BpPlotBuild *build,
             const BpReference *reference)
{
  guint n = 0;

  if (reference == NULL)
    {
      path->history = build->history;
      n = bp_history_get_n_checkpoints (build->history, &path->own_stride);
    }
  else if (reference->positions != NULL)
    {
      path->reference = reference;
      path->own_stride = reference->stride;
      n = (guint) (reference->positions->len / build->n_parameters);
    }
  if (n == 0)
    return;

  path->n = build->n_parameters;
  path->stride = bp_plot_build_get_stride (build, path->own_stride);
  path->n_positions = (guint) (((gint64) n * path->own_stride + path->stride - 1) / path->stride);
}

static const double *
get_vector (const BpPlotPath *path,
            guint             position)
{
  guint index = (guint) (position * path->stride / path->own_stride);

  return path->history != NULL ? bp_history_get_checkpoint_parameters (path->history, index)
                               : &g_array_index (path->reference->positions, double, index * path->n);
}

void
bp_plot_path_init (BpPlotPath        *path,
                   const BpPlotBuild *build,
                   const BpReference *reference)
{
  gint64 length = G_MAXINT64;

  *path = (BpPlotPath) { .stride = 1 };
  if (build->n_parameters == 0)
    return;
  if (build->n_parameters > BP_PLOT_MAX_SERIES)
    {
      get_vectors (path, build, reference);
      return;
    }

  get_series (path, build, reference);
  for (gsize i = 0; i < path->n; i++)
    {
      path->stride = MAX (path->stride, bp_series_get_bucket_width (path->series[i]));
      length = MIN (length, bp_series_get_length (path->series[i]));
    }
  path->stride = bp_plot_build_get_stride (build, path->stride);
  path->n_positions = path->n > 0 ? (guint) ((length + path->stride - 1) / path->stride) : 0;
}

/* A position is a multiple of every bucket's width, so that it is the first of its bucket. */
const double *
bp_plot_path_get (const BpPlotPath *path,
                  guint             position,
                  double           *room)
{
  if (path->own_stride > 0)
    return get_vector (path, position);

  for (gsize i = 0; i < path->n; i++)
    {
      guint n;
      const BpBucket *buckets = bp_series_get_buckets (path->series[i], &n);

      room[i] = buckets[position * path->stride / bp_series_get_bucket_width (path->series[i])].first;
    }

  return room;
}

static gboolean
find_recorded (const BpPlotBuild *build,
               const BpSeries    *series,
               double            *value)
{
  gint64 width = bp_series_get_bucket_width (series);
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (series, &n);
  gint64 index = build->cursor.iteration / width;

  *value = build->cursor.iteration < bp_series_get_length (series) && index < n ? buckets[index].first : (double) NAN;

  return build->cursor.iteration % width == 0;
}

gboolean
bp_plot_path_find (const BpPlotPath  *path,
                   const BpPlotBuild *build,
                   double            *parameters)
{
  gboolean is_exact = TRUE;

  if (path->own_stride == 0)
    {
      for (gsize i = 0; i < path->n; i++)
        is_exact &= find_recorded (build, path->series[i], &parameters[i]);
      return is_exact;
    }

  gint64 iteration = build->cursor.iteration;
  gboolean is_beyond = path->reference != NULL && iteration > path->reference->length;
  guint position = (guint) MIN (iteration / path->stride, (gint64) path->n_positions - 1);
  memcpy (parameters, get_vector (path, position), path->n * sizeof (double));
  for (gsize i = 0; is_beyond && i < path->n; i++)
    parameters[i] = NAN;

  return position * path->stride == iteration;
}

/* Reference runs */

guint
bp_plot_build_get_n_references (BpPlotBuild *build)
{
  if (build->options.references == NULL || build->options.shared != NULL)
    return 0;

  return MIN (build->options.references->len, BP_MAX_REFERENCES);
}

const BpReference *
bp_plot_build_get_reference (BpPlotBuild *build,
                             guint        index)
{
  return g_ptr_array_index (build->options.references, index);
}

/* What sets them apart from one another and from the run. */
char **
bp_plot_build_describe_references (BpPlotBuild *build)
{
  const BpExperiment *experiments[BP_MAX_REFERENCES + 1];
  guint n = bp_plot_build_get_n_references (build);

  for (guint i = 0; i < n; i++)
    experiments[i] = bp_plot_build_get_reference (build, i)->experiment;
  experiments[n] = build->experiment;

  return bp_reference_describe_differences (experiments, n + 1);
}

void
bp_plot_build_set_strong (BpPlotBuild *build,
                          BpLayer     *layer,
                          double       value)
{
  layer->is_strong = TRUE;
  layer->width = BP_WIDTH_THICK;
  layer->value = bp_plot_build_format (build, value);
}

/* Three colours with markers; what comes after them is grey. */
void
bp_plot_set_reference (BpLayer *layer,
                       guint    index)
{
  static const BpColor colors[] = { BP_COLOR_RUN_1, BP_COLOR_RUN_2, BP_COLOR_RUN_3 };
  static const BpMarker markers[BP_MAX_REFERENCES] = {
    BP_MARKER_SQUARE, BP_MARKER_TRIANGLE, BP_MARKER_DIAMOND, BP_MARKER_CIRCLE,
    BP_MARKER_CROSS, BP_MARKER_PLUS, BP_MARKER_DOT, BP_MARKER_NONE,
  };

  /* There is a last one without a marker of its own. */
  if (index == BP_MAX_REFERENCES - 1)
    layer->dash = BP_DASH_DASH_DOT;
  layer->color = index < G_N_ELEMENTS (colors) ? colors[index] : BP_COLOR_DIM;
  layer->marker = markers[index % G_N_ELEMENTS (markers)];
  layer->dim_from = INFINITY;
  layer->is_reference = TRUE;
}

char *
bp_plot_format_recorded (double   value,
                         gboolean is_exact)
{
  g_autofree char *number = isfinite (value) ? bp_number_format (value) : g_strdup (BP_NUMBER_NONE);

  return is_exact || !isfinite (value) ? g_steal_pointer (&number) : g_strconcat ("≈ ", number, NULL);
}

/* Rows */

static const gsize *
get_all_rows (BpPlotBuild *build,
              BpRowSource  source,
              gsize       *n_rows)
{
  *n_rows = 0;

  if (source == BP_ROWS_BATCH)
    return bp_trainer_get_batch (build->trainer, n_rows);

  return bp_dataset_get_rows (build->dataset, source == BP_ROWS_TEST, n_rows);
}

/* @is_new: (out): whether it has to be fed */
static BpEvaluator *
get_evaluator (BpPlotBuild *build,
               BpRowSource  source,
               gsize        n_all,
               gboolean     can_thin,
               gboolean    *is_new)
{
  const GError *error;
  gsize n_rows = MIN (n_all, BP_PLOT_MAX_ROWS);
  BpEvaluator *evaluator = bp_plot_cache_get_evaluator (build->cache, source, build->trainer, n_rows, can_thin, is_new,
                                                        &error);

  if (build->refused == NULL)
    build->refused = error;

  return evaluator;
}

/* Rows are evenly spaced. */
static gsize *
pick_rows (const gsize *all,
           gsize        n_all,
           gsize        n_rows)
{
  gsize *rows = g_new (gsize, n_rows);

  for (gsize i = 0; i < n_rows; i++)
    rows[i] = all[i * n_all / n_rows];

  return rows;
}

/* The masks of dropout that the batch was computed with. A graph of fewer rows drops nothing. */
static void
copy_masks (BpPlotBuild *build,
            BpEvaluator *evaluator)
{
  for (guint node = 0; node < bp_graph_get_n_nodes (build->graph); node++)
    {
      const gsize n = bp_graph_get_n_elements (build->graph, node);

      if (bp_graph_get_op (build->graph, node) == BP_OP_MASK
          && n == bp_graph_get_n_elements (bp_evaluator_get_graph (evaluator), node))
        bp_session_feed (bp_evaluator_get_session (evaluator), node, bp_session_get_value (build->session, node), n);
    }
}

BpEvaluator *
bp_plot_build_get_evaluator (BpPlotBuild *build,
                             BpRowSource  source)
{
  gsize n_all;
  gboolean is_new;
  const gsize *all = get_all_rows (build, source, &n_all);
  BpEvaluator *evaluator = n_all > 0 ? get_evaluator (build, source, n_all, source != BP_ROWS_BATCH, &is_new) : NULL;

  /* A batch is another one in each iteration. */
  if (evaluator != NULL && (is_new || source == BP_ROWS_BATCH))
    {
      g_autofree gsize *rows = pick_rows (all, n_all, bp_evaluator_get_n_rows (evaluator));

      bp_evaluator_feed_rows (evaluator, build->dataset, rows);
      if (source == BP_ROWS_BATCH)
        copy_masks (build, evaluator);
    }

  return evaluator;
}

BpEvaluator *
bp_plot_build_get_input_evaluator (BpPlotBuild *build,
                                   gsize        n_rows,
                                   gboolean     can_thin)
{
  gboolean is_new;

  return get_evaluator (build, BP_ROWS_INPUT, n_rows, can_thin, &is_new);
}

/* How many rows a plot takes of all: as many as it evaluates, if it does. */
static gsize
get_n_rows (BpPlotBuild *build,
            BpRowSource  source,
            gsize        n_all)
{
  gsize n_rows = source != BP_ROWS_BATCH ? bp_plot_cache_get_n_rows (build->cache, source) : 0;

  return n_rows > 0 ? n_rows : MIN (n_all, BP_PLOT_MAX_ROWS);
}

gsize *
bp_plot_build_dup_rows (BpPlotBuild *build,
                        BpRowSource  source,
                        gsize       *n_rows)
{
  gsize n_all;
  const gsize *all = get_all_rows (build, source, &n_all);

  *n_rows = get_n_rows (build, source, n_all);
  if (all == NULL || n_all == 0)
    return NULL;

  return pick_rows (all, n_all, *n_rows);
}

void
bp_plot_build_add_note (BpPlotBuild *build,
                        const char  *text)
{
  bp_plot_add_layer (build->plot, BP_LAYER_NOTE, BP_COLOR_DIM, text);
  g_free (build->plot->description);
  build->plot->description = g_strdup (text);
}

gboolean
bp_plot_build_add_refusal (BpPlotBuild *build)
{
  g_autofree char *text = NULL;

  if (build->refused == NULL)
    return FALSE;

  /* Translators: why a plot is empty: "Not computed: for 20 rows at once, “z” would be a tensor of shape …." */
  text = g_strdup_printf (_("Not computed: %s."), build->refused->message);
  bp_plot_build_add_note (build, text);

  return TRUE;
}

gboolean
bp_plot_build_has_data (const BpPlotBuild *build)
{
  return bp_graph_get_n_placeholders (build->graph) > 0;
}

static char *
get_rows_name (BpRowSource source,
               gsize       n_rows,
               gboolean    has_test)
{
  if (source == BP_ROWS_TEST)
    return g_strdup (_("held out"));
  if (source == BP_ROWS_BATCH)
    return g_strdup (n_rows == 1 ? _("this sample") : _("this batch"));

  return g_strdup (has_test ? _("training data") : _("all data"));
}

char *
bp_plot_build_describe_rows (BpPlotBuild *build,
                             BpRowSource  source)
{
  gsize n_rows, n_taken, n_test;
  g_autofree char *name = NULL;

  if (!bp_plot_build_has_data (build))
    return g_strdup (_("loss"));
  get_all_rows (build, BP_ROWS_TEST, &n_test);
  get_all_rows (build, source, &n_rows);
  if (source == BP_ROWS_BATCH && n_rows == 0)
    n_rows = bp_trainer_get_batch_size (build->trainer);
  name = get_rows_name (source, n_rows, n_test > 0);
  n_taken = get_n_rows (build, source, n_rows);
  if (source == BP_ROWS_BATCH || n_rows <= n_taken || build->refused != NULL)
    return g_steal_pointer (&name);

  /* Translators: "all data (4096 of 1000000)": a plot of many samples takes fewer. */
  return g_strdup_printf (_("%s (%zu of %zu)"), name, n_taken, n_rows);
}
