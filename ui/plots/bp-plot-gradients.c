/* bp-plot-gradients.c: the size of the gradient of each layer: what vanishes or explodes on the way back
 *
 * The size is the root mean square of ∂L/∂W over the elements of a layer's matrices, for the batch of an iteration.
 * Lines are of the iterations that checkpoints end, in a longer run of several together, for batches differ. A bar is
 * of the iteration shown, or dashed of the one before as long as it is not computed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "base/bp-number.h"
#include "graph/bp-layers.h"

/* Of more layers the numbers have no room in the legend; then the bars have the names. */
#define MAX_ENTRIES 4

/* Where the bars begin, as a part of the iterations, and the part that each takes, up to a share of them. */
#define BARS_GAP 0.08
#define BAR_WIDTH 0.16
#define MAX_BARS 0.9

/* Lines are of so many checkpoints together, where a run has ten times as many. */
#define WINDOW 15

/* How many round numbers the iterations have at most. */
#define MAX_TICKS 4

/**
 * Size:
 * @variables: its matrices, as indices of variables
 * @n_variables: how many they are
 * @n: elements of all
 * @now: the size in the iteration shown; NaN unless it is computed and to be seen
 * @before: that of the iteration before, as long as it is not computed; else NaN
 *
 * A layer, and the size of its gradient.
 */
typedef struct {
  const BpDenseLayer *layer;
  guint               variables[BP_LAYER_MAX_PRODUCTS];
  guint               n_variables;
  gsize               n;
  double              now;
  double              before;
} Size;

/* The layers of a plot, and of how many checkpoints together its lines are. */
typedef struct {
  BpPlotBuild *build;
  Size        *sizes;
  guint        n;
  guint        window;
} Sizes;

gboolean
bp_plot_build_has_layers (const BpPlotBuild *build)
{
  g_autoptr (GPtrArray) layers = bp_layers_find (build->graph);

  return layers->len > 1;
}

/* The layers' shades */

static BpColor
get_shade (const Sizes *self,
           guint        index)
{
  return BP_COLOR_LAYER_1 + index * (BP_COLOR_LAYER_5 - BP_COLOR_LAYER_1) / MAX (self->n - 1, 1);
}

static BpMarker
get_marker (guint index)
{
  static const BpMarker markers[] = {
    BP_MARKER_RING, BP_MARKER_TRIANGLE, BP_MARKER_SQUARE, BP_MARKER_DIAMOND, BP_MARKER_CIRCLE, BP_MARKER_BOX,
    BP_MARKER_CROSS,
  };

  return markers[index % G_N_ELEMENTS (markers)];
}

/* Sizes */

static guint
find_variable (BpGraph *graph,
               guint    node)
{
  guint index = 0;

  while (bp_graph_get_variable (graph, index) != node)
    index++;

  return index;
}

static double
add_squares (const Size   *size,
             const double *squares)
{
  double sum = 0;

  for (guint i = 0; i < size->n_variables; i++)
    sum += squares[size->variables[i]];

  return sum;
}

/* Over the checkpoints up to @last; the first ends no iteration. */
static double
get_recorded (const Sizes *self,
              const Size  *size,
              guint        last)
{
  const guint first = last > self->window ? last - self->window + 1 : 1;
  double sum = 0;

  for (guint i = first; i <= last; i++)
    sum += add_squares (size, bp_history_get_checkpoint_squares (self->build->history, i));

  return sqrt (sum / ((double) size->n * (last - first + 1)));
}

static double
get_now (BpPlotBuild *build,
         const Size  *size)
{
  double sum = 0;

  for (guint i = 0; i < size->n_variables; i++)
    {
      const double *gradient = bp_session_get_gradient (build->session, size->layer->kernels[i]);
      const gsize n = bp_graph_get_n_elements (build->graph, size->layer->kernels[i]);

      for (gsize j = 0; j < n; j++)
        sum += gradient[j] * gradient[j];
    }

  return sqrt (sum / (double) size->n);
}

/* Hidden, what is computed is neither. */
static void
look_up (BpPlotBuild *build,
         Size        *size)
{
  const double *before = bp_trainer_get_previous_squares (build->trainer);
  gboolean is_complete = build->shown > 0;

  for (guint i = 0; i < size->n_variables; i++)
    {
      guint n_total;
      guint n = bp_trainer_get_n_contributions (build->trainer, size->layer->kernels[i], &n_total);

      is_complete &= n_total > 0 && n == n_total;
    }
  size->now = is_complete && !build->options.hide_gradients ? get_now (build, size) : (double) NAN;
  size->before = !is_complete && before != NULL ? sqrt (add_squares (size, before) / (double) size->n) : (double) NAN;
}

static Size *
list_sizes (BpPlotBuild     *build,
            const GPtrArray *layers)
{
  Size *sizes = g_new0 (Size, layers->len);

  for (guint i = 0; i < layers->len; i++)
    {
      Size *size = &sizes[i];

      size->layer = bp_layers_get (layers, i);
      size->n_variables = size->layer->n_products;
      for (guint j = 0; j < size->n_variables; j++)
        {
          size->variables[j] = find_variable (build->graph, size->layer->kernels[j]);
          size->n += bp_graph_get_n_elements (build->graph, size->layer->kernels[j]);
        }
      look_up (build, size);
    }

  return sizes;
}

static char *
format_now (Sizes      *self,
            const Size *size)
{
  if (self->build->options.hide_gradients && isnan (size->before) && self->build->shown > 0)
    return g_strdup (BP_NUMBER_HIDDEN);

  return isfinite (size->now) ? bp_number_format (size->now) : g_strdup (BP_NUMBER_NONE);
}

/* Layers of the plot */

static void
add_line (Sizes *self,
          guint  index,
          gint64 stride)
{
  BpPlotBuild *build = self->build;
  const Size *size = &self->sizes[index];
  gint64 own_stride;
  const guint n = bp_history_get_n_checkpoints (build->history, &own_stride);
  BpLayer *layer = bp_plot_add_layer (build->plot, BP_LAYER_LINE, get_shade (self, index),
                                      self->n <= MAX_ENTRIES ? size->layer->name : NULL);

  layer->name = g_strdup_printf ("gradient_%s", size->layer->name);
  layer->marker = get_marker (index);
  layer->first_x = (double) stride;
  layer->step = (double) stride;
  layer->dim_from = (double) build->cursor.iteration;
  layer->value = self->n <= MAX_ENTRIES ? format_now (self, size) : NULL;
  for (gint64 i = stride / own_stride; i < n; i += stride / own_stride)
    bp_layer_append (layer, (double) (i * own_stride),
                     get_recorded (self, size, (guint) i));
}

static double
get_bar_share (const Sizes *self)
{
  return MIN (BAR_WIDTH, MAX_BARS / self->n) * (double) MAX (self->build->n_iterations, 1);
}

/* The middle of the bar at @index. */
static double
get_bar_x (const Sizes *self,
           guint        index)
{
  return (double) MAX (self->build->n_iterations, 1) * (1 + BARS_GAP) + (index + 0.5) * get_bar_share (self);
}

static void
add_bar (Sizes *self,
         guint  index)
{
  BpPlotBuild *build = self->build;
  const Size *size = &self->sizes[index];
  const gboolean is_now = isfinite (size->now);
  const double height = is_now ? size->now : size->before;
  const double x = get_bar_x (self, index);
  const double half = 0.38 * get_bar_share (self);

  if (!isfinite (height))
    return;

  BpLayer *bar = bp_plot_add_layer (build->plot, BP_LAYER_BARS, get_shade (self, index), NULL);
  bar->width = is_now ? BP_WIDTH_THICK : BP_WIDTH_THIN;
  bar->dash = is_now ? BP_DASH_SOLID : BP_DASH_DASHED;
  bp_layer_append_bar (bar, x - half, x + half, build->plot->y.minimum, MAX (height, build->plot->y.minimum));

  BpLayer *top = bp_plot_add_layer (build->plot, BP_LAYER_POINTS, get_shade (self, index), NULL);
  top->marker = get_marker (index);
  bp_layer_append (top, x, height);
}

/* Axes and texts */

static void
set_x_axis (Sizes *self)
{
  BpAxis *x = &self->build->plot->x;
  BpAxis iterations = { .integer = TRUE, .maximum = x->maximum };
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (double));

  bp_axis_append_levels (&iterations, MAX_TICKS, levels);
  for (guint i = 0; i < levels->len; i++)
    {
      g_autofree char *label = bp_number_format (g_array_index (levels, double, i));

      bp_axis_append_tick (x, g_array_index (levels, double, i), label, FALSE);
    }
  for (guint i = 0; i < self->n; i++)
    bp_axis_append_tick (x, get_bar_x (self, i), self->n > MAX_ENTRIES ? self->sizes[i].layer->name : NULL, FALSE);
  x->maximum = get_bar_x (self, self->n - 1) + 0.5 * get_bar_share (self);
}

static void
fit_y (Sizes *self)
{
  double minimum = NAN;
  double maximum = NAN;

  for (guint i = 0; i < self->n; i++)
    {
      const double values[] = { self->sizes[i].now, self->sizes[i].before };

      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        if (values[j] > 0)
          bp_range_include (&minimum, &maximum, values[j]);
    }
  self->build->plot->y.scale = BP_SCALE_LOG;
  bp_plot_build_fit_y (self->build, minimum, maximum);
}

/* What lines are of. Returns: (nullable): NULL where each point is of one iteration */
static char *
describe_window (const Sizes *self)
{
  if (self->window == 1)
    return NULL;

  /* Translators: what the lines of a plot are of: each point of 15 iterations. */
  return g_strdup_printf (_("lines: of %u iterations"), self->window);
}

static void
set_texts (Sizes *self)
{
  BpPlotBuild *build = self->build;
  g_autofree char *cursor = bp_plot_build_describe_cursor (build);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *now = format_now (self, &self->sizes[i]);

      g_string_append_printf (list, "%s%s %s", i > 0 ? ", " : "", self->sizes[i].layer->name, now);
    }
  /* Translators: the root mean square of a gradient. */
  build->plot->subtitle = g_strdup (_("RMS of ∂L/∂W"));
  /* Translators: "38 of 100 iterations"; the layers with a number each: "hidden1 0.0331, logits 0.0422". */
  build->plot->description = g_strdup_printf (_("Size of the gradient of each layer, the root mean square of ∂L/∂W, "
                                                "against iteration: %s, now %s"), cursor, list->str);
}

void
bp_plot_build_gradients (BpPlotBuild *build)
{
  g_autoptr (GPtrArray) layers = bp_layers_find (build->graph);
  g_autofree Size *sizes = list_sizes (build, layers);
  Sizes self = { build, sizes, layers->len, 1 };
  gint64 own_stride, stride;

  bp_history_get_n_checkpoints (build->history, &own_stride);
  stride = bp_plot_build_get_stride (build, own_stride);
  if (build->n_iterations >= 10 * WINDOW * own_stride)
    self.window = WINDOW;
  build->plot->y.label = describe_window (&self);
  bp_plot_build_iterations (build, stride);
  set_x_axis (&self);
  for (guint i = 0; i < self.n; i++)
    add_line (&self, i, stride);
  fit_y (&self);
  for (guint i = 0; i < self.n; i++)
    add_bar (&self, i);
  set_texts (&self);
}
