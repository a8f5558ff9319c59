/* bp-plot-places.c: where what is written in a plot stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot.h"

#include <math.h>

/* In how many steps the way over a grid is searched for a level. */
#define N_STEPS 256

/* Rules */

/* A rule with its label inside. */
typedef struct {
  guint  layer;
  double position; /* as a part of the width */
  guint  line;
} Label;

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const Label *first = a;
  const Label *second = b;

  if (first->position != second->position)
    return first->position < second->position ? -1 : 1;

  return first->layer < second->layer ? -1 : first->layer > second->layer;
}

static GArray *
list_labels (const BpPlot *plot)
{
  GArray *labels = g_array_new (FALSE, TRUE, sizeof (Label));

  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *rule = bp_plot_get_layer (plot, i);
      Label label = { i };

      if (!rule->is_label_inside || rule->label == NULL || rule->points == NULL || rule->points->len == 0)
        continue;
      label.position = bp_axis_map (&plot->x, g_array_index (rule->points, BpPlotPoint, 0).x);
      if (label.position >= 0 && label.position <= 1)
        g_array_append_val (labels, label);
    }
  g_array_sort (labels, compare_labels);

  return labels;
}

/* A label is at most half as wide as the plot, and lies left or right of its rule. */
guint
bp_plot_get_label_line (const BpPlot  *plot,
                        const BpLayer *rule)
{
  g_autoptr (GArray) labels = list_labels (plot);

  for (guint i = 0; i < labels->len; i++)
    {
      Label *label = &g_array_index (labels, Label, i);

      for (guint j = 0; j < i; j++)
        {
          const Label *left = &g_array_index (labels, Label, j);

          if (label->position - left->position < 0.5)
            label->line = MAX (label->line, left->line + 1);
        }
      if (bp_plot_get_layer (plot, label->layer) == rule)
        return label->line;
    }

  return 0;
}

/* Exits */

static gboolean
rises (const BpLayer *exit)
{
  return g_array_index (exit->points, BpPlotPoint, 1).y >= g_array_index (exit->points, BpPlotPoint, 0).y;
}

guint
bp_plot_get_exit_line (const BpPlot  *plot,
                       const BpLayer *layer)
{
  guint line = 0;

  for (guint i = 0; bp_plot_get_layer (plot, i) != layer; i++)
    {
      const BpLayer *other = bp_plot_get_layer (plot, i);

      line += other->kind == BP_LAYER_EXIT && rises (other) == rises (layer);
    }

  return line;
}

/* Levels */

static double
get_value (const BpLayer *grid,
           guint          column,
           guint          row)
{
  return g_array_index (grid->values, double, row * grid->n_columns + column);
}

/* Between four values, in proportion. */
static double
interpolate (const BpLayer *grid,
             double         column,
             double         row)
{
  guint left = MIN ((guint) column, grid->n_columns - 2);
  guint below = MIN ((guint) row, grid->n_rows - 2);
  double x = column - left;
  double y = row - below;

  return (get_value (grid, left, below) * (1 - x) + get_value (grid, left + 1, below) * x) * (1 - y)
         + (get_value (grid, left, below + 1) * (1 - x) + get_value (grid, left + 1, below + 1) * x) * y;
}

/* Returns: FALSE where a value is missing */
static gboolean
find_ends (const BpLayer *grid,
           guint         *least,
           guint         *greatest)
{
  *least = *greatest = 0;
  for (guint i = 0; i < grid->values->len; i++)
    {
      double value = g_array_index (grid->values, double, i);

      if (isnan (value))
        return FALSE;
      if (value < g_array_index (grid->values, double, *least))
        *least = i;
      if (value > g_array_index (grid->values, double, *greatest))
        *greatest = i;
    }

  return TRUE;
}

gboolean
bp_layer_find_level (const BpLayer *grid,
                     double         level,
                     BpPlotPoint   *place)
{
  guint least, greatest;

  if (grid->values == NULL || !find_ends (grid, &least, &greatest))
    return FALSE;

  for (guint i = 0; i <= N_STEPS; i++)
    {
      double part = (double) i / N_STEPS;
      double column = least % grid->n_columns * (1 - part) + greatest % grid->n_columns * part;
      double row = least / grid->n_columns * (1 - part) + greatest / grid->n_columns * part;

      if (interpolate (grid, column, row) < level)
        continue;
      *place = (BpPlotPoint) { grid->x0 + (grid->x1 - grid->x0) * column / (grid->n_columns - 1),
                               grid->y0 + (grid->y1 - grid->y0) * row / (grid->n_rows - 1) };
      return i > 0;
    }

  return FALSE;
}
