/* bp-plot-lanes.c: the parameters of a model of many: a lane a tensor on one axis of iterations
 *
 * The y axis counts lanes from the bottom, and what is in a lane is drawn within it; bp_layer_get_y() has the numbers.
 * A vector of as many elements as the matrix before it has columns (a bias) is in the lane of the matrix.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

/* The part of a lane that stays free at each end. */
#define PADDING 0.2

/* How much of a plot's height the lanes have, without title, legend and iterations. */
#define AREA 0.6

/* Lower lanes in pixels, and tensors of more elements, are bands from the least to the greatest. */
#define LEAST_HEIGHT 24
#define MAX_LINES 32

/* How far a lane's axis reaches beyond its numbers when all are the same. */
#define MARGIN 0.1

/**
 * Lane:
 * @tensors: the variables in it; the second is a vector
 * @n_tensors: 1 or 2
 * @ranges: (element-type BpBucket): of each tensor the least and the greatest number at each position
 * @axis: of its numbers
 * @bottom: where it begins on the plot's axis
 */
typedef struct {
  guint   tensors[2];
  guint   n_tensors;
  GArray *ranges[2];
  BpAxis  axis;
  double  bottom;
} Lane;

/* The lanes of a plot, and all parameters at each position of the path, where the run has them. */
typedef struct {
  BpPlotBuild      *build;
  const BpPlotPath *path;
  const double    **positions;
  Lane             *lanes;
  guint             n_lanes;
  gint              chosen;
} Lanes;

/* Whether @variable is a vector that is added to each row that the matrix @before makes. */
static gboolean
goes_with (BpGraph *graph,
           guint    before,
           guint    variable)
{
  const BpShape *matrix = bp_graph_get_shape (graph, before);
  const BpShape *vector = bp_graph_get_shape (graph, variable);

  return matrix->rank >= 2 && vector->rank == 1 && vector->dims[0] == matrix->dims[matrix->rank - 1];
}

static void
find_lanes (Lanes *self)
{
  BpGraph *graph = self->build->graph;
  guint n_variables = bp_graph_get_n_variables (graph);

  self->lanes = g_new0 (Lane, n_variables);
  for (guint i = 0; i < n_variables; i++)
    {
      guint variable = bp_graph_get_variable (graph, i);
      Lane *last = self->n_lanes > 0 ? &self->lanes[self->n_lanes - 1] : NULL;

      if (last == NULL || last->n_tensors > 1 || !goes_with (graph, last->tensors[0], variable))
        last = &self->lanes[self->n_lanes++];
      last->tensors[last->n_tensors++] = variable;
    }
  for (guint i = 0; i < self->n_lanes; i++)
    self->lanes[i].bottom = self->n_lanes - 1 - i;
}

/* Where @value is drawn. */
static double
place (const Lane *lane,
       double      value)
{
  return lane->bottom + PADDING + (1 - 2 * PADDING) * bp_axis_map (&lane->axis, value);
}

/* There may be a million numbers, of which few are the least or the greatest so far. */
static void
include_all (const double *numbers,
             gsize         n,
             double       *minimum,
             double       *maximum)
{
  for (gsize i = 0; i < n; i++)
    if (!(numbers[i] >= *minimum && numbers[i] <= *maximum))
      bp_range_include (minimum, maximum, numbers[i]);
}

/* Position by position, as they lie in memory. */
static GArray *
find_ranges (const Lanes *self,
             gsize        first,
             gsize        n)
{
  GArray *ranges = g_array_sized_new (FALSE, FALSE, sizeof (BpBucket), self->path->n_positions);

  for (guint i = 0; i < self->path->n_positions; i++)
    {
      BpBucket range = { NAN, NAN, NAN, NAN };

      include_all (self->positions[i] + first, n, &range.minimum, &range.maximum);
      g_array_append_val (ranges, range);
    }

  return ranges;
}

/* The range of a lane's numbers, of now and at all positions. @n: of each tensor */
static void
fit_lane (Lanes       *self,
          Lane        *lane,
          gsize        first,
          const gsize *n)
{
  double minimum = NAN;
  double maximum = NAN;

  include_all (self->build->parameters + first, n[0] + n[1], &minimum, &maximum);
  for (guint i = 0; i < lane->n_tensors; first += n[i++])
    {
      lane->ranges[i] = find_ranges (self, first, n[i]);
      for (guint j = 0; j < lane->ranges[i]->len; j++)
        {
          const BpBucket *range = &g_array_index (lane->ranges[i], BpBucket, j);

          bp_range_include (&minimum, &maximum, range->minimum);
          bp_range_include (&minimum, &maximum, range->maximum);
        }
    }
  if (minimum == maximum)
    {
      minimum -= MARGIN * MAX (fabs (minimum), 1);
      maximum += MARGIN * MAX (fabs (maximum), 1);
    }
  bp_axis_fit (&lane->axis, minimum, maximum);
}

static void
append_ticks (Lanes *self,
              Lane  *lane)
{
  BpAxis *axis = &self->build->plot->y;
  BpGraph *graph = self->build->graph;
  const char *first = bp_graph_get_name (graph, lane->tensors[0]);
  /* Translators: a matrix and the vector that goes with it: "W1, b1" */
  g_autofree char *both = lane->n_tensors > 1 ? g_strdup_printf (C_("lane", "%s, %s"), first,
                                                                 bp_graph_get_name (graph, lane->tensors[1]))
                                              : g_strdup (first);
  g_autofree char *minimum = bp_number_format (lane->axis.minimum);
  g_autofree char *maximum = bp_number_format (lane->axis.maximum);

  bp_axis_append_tick (axis, place (lane, lane->axis.minimum), minimum, FALSE);
  bp_axis_append_tick (axis, lane->bottom + 0.5, both, TRUE);
  bp_axis_append_tick (axis, place (lane, lane->axis.maximum), maximum, FALSE);
}

static BpLayer *
add_line (Lanes      *self,
          const Lane *lane,
          gsize       parameter,
          gboolean    is_dashed)
{
  BpLayer *layer = bp_plot_add_layer (self->build->plot, BP_LAYER_LINE, BP_COLOR_PARAMETER, NULL);

  layer->name = bp_plot_get_parameter_name (self->build->graph, parameter);
  layer->width = BP_WIDTH_THIN;
  layer->dash = is_dashed ? BP_DASH_DASHED : BP_DASH_SOLID;
  layer->step = (double) self->path->stride;
  layer->dim_from = (double) self->build->cursor.iteration;
  for (guint i = 0; i < self->path->n_positions; i++)
    {
      double value = self->positions[i][parameter];

      bp_layer_append_beside (layer, (double) (i * self->path->stride), value, place (lane, value));
    }

  return layer;
}

/* From the least to the greatest of a tensor at each position. @ranges: (transfer full) */
static void
add_band (Lanes      *self,
          const Lane *lane,
          GArray     *ranges)
{
  BpLayer *layer = bp_plot_add_layer (self->build->plot, BP_LAYER_SERIES, BP_COLOR_PARAMETER, NULL);

  layer->width = BP_WIDTH_THIN;
  layer->is_band = TRUE;
  layer->step = (double) self->path->stride;
  layer->dim_from = (double) self->build->cursor.iteration;
  layer->buckets = ranges;
  for (guint i = 0; i < ranges->len; i++)
    {
      BpBucket *range = &g_array_index (ranges, BpBucket, i);
      const double minimum = place (lane, range->minimum);

      *range = (BpBucket) { minimum, minimum, minimum, place (lane, range->maximum) };
    }
}

/* Returns: whether tensor @index of @lane is a band */
static gboolean
add_tensor (Lanes *self,
            Lane  *lane,
            guint  index,
            gsize  first,
            gsize  n)
{
  g_autoptr (GArray) ranges = g_steal_pointer (&lane->ranges[index]);
  guint height = self->build->options.height;
  gboolean is_band = n > MAX_LINES || (n > 1 && height > 0 && AREA * height / self->n_lanes < LEAST_HEIGHT);

  if (is_band)
    add_band (self, lane, g_steal_pointer (&ranges));
  for (gsize i = first; !is_band && i < first + n; i++)
    if ((gint) i != self->chosen)
      add_line (self, lane, i, index > 0)->width = n > 1 ? BP_WIDTH_THIN : BP_WIDTH_NORMAL;

  return is_band;
}

/* An entry of the legend for what there is more than one of. */
static void
add_entry (BpPlotBuild *build,
           BpLayerKind  kind,
           BpDash       dash,
           const char  *label)
{
  BpLayer *layer = bp_plot_add_layer (build->plot, kind, BP_COLOR_PARAMETER, label);

  layer->is_band = kind == BP_LAYER_SERIES;
  layer->width = layer->is_band ? BP_WIDTH_THICK : BP_WIDTH_THIN;
  layer->dash = dash;
}

/* Drawn last, and the only one with a mark where it is now. */
static void
add_chosen (Lanes      *self,
            const Lane *lane,
            gboolean    is_dashed)
{
  BpLayer *layer = add_line (self, lane, (gsize) self->chosen, is_dashed);

  layer->width = BP_WIDTH_THICK;
  bp_plot_build_add_cursor (self->build, BP_COLOR_PARAMETER, _("now"), (double) self->build->cursor.iteration,
                            place (lane, self->build->parameters[self->chosen]));
}

static void
add_lanes (Lanes *self)
{
  BpGraph *graph = self->build->graph;
  gsize first = 0;
  gboolean has_bands = FALSE;
  gboolean has_lines[2] = { FALSE, FALSE };
  const Lane *chosen = NULL;
  gboolean is_dashed = FALSE;

  for (guint i = 0; i < self->n_lanes; i++)
    {
      Lane *lane = &self->lanes[i];
      gsize n[2] = { bp_graph_get_n_elements (graph, lane->tensors[0]),
                     lane->n_tensors > 1 ? bp_graph_get_n_elements (graph, lane->tensors[1]) : 0 };

      fit_lane (self, lane, first, n);
      for (guint j = 0; j < lane->n_tensors; first += n[j++])
        {
          const gboolean is_band = add_tensor (self, lane, j, first, n[j]);

          has_bands |= is_band;
          has_lines[j] |= !is_band;
          if (self->chosen >= (gint) first && self->chosen < (gint) (first + n[j]))
            {
              chosen = lane;
              is_dashed = j > 0;
            }
        }
    }
  if (has_bands)
    add_entry (self->build, BP_LAYER_SERIES, BP_DASH_SOLID, _("least to greatest"));
  if (has_lines[0] && has_lines[1])
    add_entry (self->build, BP_LAYER_LINE, BP_DASH_SOLID, _("matrix"));
  if (has_lines[1])
    add_entry (self->build, BP_LAYER_LINE, BP_DASH_DASHED, _("vector"));
  if (chosen != NULL)
    add_chosen (self, chosen, is_dashed);
}

static void
set_texts (Lanes *self)
{
  BpPlotBuild *build = self->build;
  g_autofree char *cursor = bp_plot_build_describe_cursor (build);
  g_autofree char *n = g_strdup_printf (ngettext ("%zu parameter", "%zu parameters", (gulong) build->n_parameters),
                                        build->n_parameters);

  if (self->chosen >= 0)
    {
      g_autofree char *name = bp_plot_get_parameter_name (build->graph, (gsize) self->chosen);
      g_autofree char *value = bp_plot_build_format (build, build->parameters[self->chosen]);

      build->plot->subtitle = g_strdup_printf ("%s = %s", name, value);
      /* Translators: "38 of 100 iterations", "33 parameters", one of them and its value. */
      build->plot->description = g_strdup_printf (_("Parameters against iteration: %s, %s, %s now %s"), cursor, n, name,
                                                  value);
      return;
    }

  /* Kept runs have a line each where one parameter is chosen. */
  build->plot->subtitle = bp_plot_build_get_n_references (build) > 0
                            ? g_strdup_printf (_("%s; choose one to see kept runs"), n)
                            : g_strdup (n);
  /* Translators: "38 of 100 iterations", "33 parameters" */
  build->plot->description = g_strdup_printf (_("Parameters against iteration: %s, %s"), cursor, n);
}

void
bp_plot_build_lanes (BpPlotBuild      *build,
                     const BpPlotPath *path)
{
  g_autofree const double **positions = g_new (const double *, path->n_positions);
  g_autofree double *room = path->own_stride == 0 ? g_new (double, path->n_positions * build->n_parameters) : NULL;
  g_autofree Lane *lanes = NULL;
  gint chosen = build->options.parameter;
  Lanes self = { build, path, positions, NULL, 0, chosen >= 0 && (gsize) chosen < build->n_parameters ? chosen : -1 };

  for (guint i = 0; i < path->n_positions; i++)
    positions[i] = bp_plot_path_get (path, i, room != NULL ? room + i * build->n_parameters : NULL);
  bp_plot_build_iterations (build, path->stride);
  find_lanes (&self);
  lanes = self.lanes;
  build->plot->y.minimum = 0;
  build->plot->y.maximum = self.n_lanes;
  add_lanes (&self);
  for (guint i = self.n_lanes; i-- > 0;)
    append_ticks (&self, &self.lanes[i]);
  set_texts (&self);
}
