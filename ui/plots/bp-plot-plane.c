/* bp-plot-plane.c: contours of the loss over two parameters, with the path
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define N_SIDE 41
#define MAX_LEVELS 10

/* From this ratio of greatest to least on levels grow by factors; none is less than this part of the greatest. */
#define SPAN 8
#define LEAST_LEVEL 1e-3

/* How far the plane reaches beyond what the run has visited. */
#define MARGIN 0.15

typedef struct {
  BpEvaluator *evaluator;
  BpLayer     *grid;
} Plane;

static double
get_plane_loss (gpointer data,
                guint    index)
{
  Plane *plane = data;
  double column = (double) (index % N_SIDE) / (N_SIDE - 1);
  double row = (double) (index / N_SIDE) / (N_SIDE - 1);
  double parameters[2] = {
    plane->grid->x0 * (1 - column) + plane->grid->x1 * column,
    plane->grid->y0 * (1 - row) + plane->grid->y1 * row,
  };

  return bp_evaluator_get_loss (plane->evaluator, parameters, NULL);
}

static void
fit_axis (BpPlotBuild *build,
          BpAxis      *axis,
          gsize        parameter)
{
  const double *optimum = bp_plot_build_get_optimum (build);
  double minimum = NAN;
  double maximum = NAN;

  bp_plot_build_include_parameter (build, parameter, &minimum, &maximum);
  bp_range_include (&minimum, &maximum, bp_plot_build_get_theory (build, parameter));
  if (optimum != NULL)
    bp_range_include (&minimum, &maximum, optimum[parameter]);

  double margin = MARGIN * (maximum - minimum);
  bp_plot_build_fit (build, axis, minimum - margin, maximum + margin);
  axis->label = bp_plot_get_parameter_name (build->graph, parameter);
}

/* Round numbers that lie evenly in a bowl, since contours carry them: 1, 2, 5, 10, … where they span a decade, else
 * steps of one size. */
static void
set_levels (BpLayer *grid)
{
  double minimum = NAN;
  double maximum = NAN;
  BpAxis axis = { 0 };

  for (guint i = 0; i < grid->values->len; i++)
    bp_range_include (&minimum, &maximum, g_array_index (grid->values, double, i));
  if (!(maximum > minimum))
    return;

  axis.scale = minimum > 0 && maximum / minimum >= SPAN ? BP_SCALE_LOG : BP_SCALE_LINEAR;
  axis.minimum = axis.scale == BP_SCALE_LOG ? MAX (minimum, maximum * LEAST_LEVEL) : minimum;
  axis.maximum = maximum;
  bp_axis_append_levels (&axis, MAX_LEVELS, grid->levels);
}

static void
add_contours (BpPlotBuild *build)
{
  BpEvaluator *evaluator = bp_plot_build_get_evaluator (build, BP_ROWS_TRAIN);
  g_autofree char *label = bp_plot_build_describe_rows (build, BP_ROWS_TRAIN);
  const BpAxis *x = &build->plot->x;
  const BpAxis *y = &build->plot->y;
  const double key[] = { x->minimum, x->maximum, y->minimum, y->maximum };

  if (evaluator == NULL)
    return;

  BpLayer *grid = bp_plot_add_layer (build->plot, BP_LAYER_GRID, BP_COLOR_VALUE, label);
  grid->width = BP_WIDTH_THIN;
  grid->name = g_strdup ("loss_all");
  bp_layer_set_grid (grid, N_SIDE, N_SIDE, x->minimum, x->maximum, y->minimum, y->maximum);

  Plane plane = { evaluator, grid };
  BpCacheValues losses = bp_plot_cache_get (build->cache, BP_CACHE_PLANE, key, G_N_ELEMENTS (key), N_SIDE * N_SIDE,
                                            get_plane_loss, &plane, bp_evaluator_get_cost (evaluator));
  for (guint i = 0; i < N_SIDE * N_SIDE; i++)
    if (losses.is_known[i])
      g_array_index (grid->values, double, i) = losses.values[i];
  set_levels (grid);
}

/* Up to the cursor, and faint from it on. @label: (nullable): what sets the run apart from reference runs */
static void
add_path (BpPlotBuild *build,
          const char  *label)
{
  BpPlotPath path;
  BpLayer *past, *future;
  double room[BP_PLOT_MAX_SERIES];

  bp_plot_path_init (&path, build, NULL);
  future = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_PARAMETER, NULL);
  past = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_PARAMETER, label != NULL ? label : _("path"));
  future->dim_from = -INFINITY;
  past->name = g_strdup ("path");
  past->step = (double) path.stride;
  future->step = (double) path.stride;
  if (label != NULL)
    {
      past->is_strong = TRUE;
      past->width = BP_WIDTH_THICK;
    }

  for (guint i = 0; i < path.n_positions; i++)
    {
      gint64 iteration = i * path.stride;

      const double *parameters = bp_plot_path_get (&path, i, room);

      if (iteration <= build->cursor.iteration)
        bp_layer_append (past, parameters[0], parameters[1]);
      else
        {
          if (future->points == NULL)
            {
              future->first_x = (double) (iteration - path.stride);
              bp_layer_append (future, build->parameters[0], build->parameters[1]);
            }
          bp_layer_append (future, parameters[0], parameters[1]);
        }
    }
  bp_layer_append (past, build->parameters[0], build->parameters[1]);
}

/* Where a reference run was at the iteration of the cursor. */
static void
mark_reference (BpPlotBuild      *build,
                const BpPlotPath *path,
                const BpLayer    *line)
{
  double at[2];

  bp_plot_path_find (path, build, at);
  if (!bp_plot_is_inside (&build->plot->x, at[0]) || !bp_plot_is_inside (&build->plot->y, at[1]))
    return;

  BpLayer *mark = bp_plot_build_add_cursor (build, line->color, NULL, at[0], at[1]);
  if (line->marker != BP_MARKER_NONE)
    mark->marker = line->marker;
}

/* The paths of reference runs up to the cursor, so that they race, as far as they are seen at the axes of this one. */
static void
add_references (BpPlotBuild *build,
                char       **names)
{
  for (guint i = 0; i < bp_plot_build_get_n_references (build); i++)
    {
      double room[BP_PLOT_MAX_SERIES];
      BpPlotPath path;

      bp_plot_path_init (&path, build, bp_plot_build_get_reference (build, i));
      if (path.n != 2)
        continue;

      BpLayer *line = bp_plot_add_layer (build->plot, BP_LAYER_LINE, BP_COLOR_DIM, names[i]);
      bp_plot_set_reference (line, i);
      line->name = g_strdup (names[i]);
      line->step = (double) path.stride;
      for (guint j = 0; j < path.n_positions && j * path.stride <= build->cursor.iteration; j++)
        {
          const double *parameters = bp_plot_path_get (&path, j, room);

          bp_layer_append (line, parameters[0], parameters[1]);
        }
      mark_reference (build, &path, line);
    }
}

static void
add_step (BpPlotBuild *build)
{
  BpPlotStep first, second;
  gboolean has_step = bp_plot_build_get_step (build, 0, &first) && bp_plot_build_get_step (build, 1, &second);
  BpLayer *arrow = bp_plot_add_layer (build->plot, BP_LAYER_ARROW, BP_COLOR_PARAMETER,
                                      _("step"));

  arrow->is_cursor = TRUE;
  if (!has_step)
    return;

  bp_layer_append (arrow, first.from, second.from);
  bp_layer_append (arrow, first.to, second.to);
}

static void
add_optimum (BpPlotBuild *build)
{
  const double *optimum = bp_plot_build_get_optimum (build);

  if (optimum == NULL)
    return;

  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, BP_COLOR_TEXT, _("optimum"));
  layer->marker = BP_MARKER_PLUS;
  layer->width = BP_WIDTH_THICK;
  layer->name = g_strdup ("optimum");
  bp_layer_append (layer, optimum[0], optimum[1]);
}

static void
set_texts (BpPlotBuild *build)
{
  const char *first = build->plot->x.label;
  const char *second = build->plot->y.label;
  g_autofree char *first_value = bp_plot_build_format (build, build->parameters[0]);
  g_autofree char *second_value = bp_plot_build_format (build, build->parameters[1]);
  g_autofree char *cursor = bp_plot_build_describe_cursor (build);

  g_free (build->plot->title);
  build->plot->title = g_strdup (_("Loss surface"));
  build->plot->subtitle = g_strdup_printf ("(%s, %s)", first_value, second_value);
  /* Translators: two parameters' names, "38 of 100 iterations", each name with its value. */
  build->plot->description =
    g_strdup_printf (_("Loss as a function of %s and %s: %s, now %s %s and %s %s"), first, second, cursor, first,
                     first_value, second, second_value);
}

void
bp_plot_build_plane (BpPlotBuild *build)
{
  guint n_references = bp_plot_build_get_n_references (build);
  g_auto (GStrv) names = NULL;

  if (bp_plot_build_get_evaluator (build, BP_ROWS_TRAIN) == NULL && bp_plot_build_add_refusal (build))
    return;

  build->plot->x_parameter = 0;
  build->plot->y_parameter = 1;
  fit_axis (build, &build->plot->x, 0);
  fit_axis (build, &build->plot->y, 1);
  add_contours (build);
  if (n_references > 0)
    {
      names = bp_plot_build_describe_references (build);
      add_references (build, names);
    }
  add_path (build, names != NULL ? names[n_references] : NULL);
  add_optimum (build);
  add_step (build);
  bp_plot_build_add_cursor (build, BP_COLOR_PARAMETER, _("now"), build->parameters[0], build->parameters[1]);
  set_texts (build);
}
