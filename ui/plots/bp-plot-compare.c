/* bp-plot-compare.c: whether two plots look the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot.h"

#include <string.h>

static gboolean
ticks_equal (const GArray *a,
             const GArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return a == b;

  for (guint i = 0; i < a->len; i++)
    if (g_array_index (a, BpTick, i).value != g_array_index (b, BpTick, i).value
        || g_strcmp0 (g_array_index (a, BpTick, i).label, g_array_index (b, BpTick, i).label) != 0)
      return FALSE;

  return TRUE;
}

static gboolean
axis_equal (const BpAxis *a,
            const BpAxis *b)
{
  return a->scale == b->scale && a->minimum == b->minimum && a->maximum == b->maximum && a->integer == b->integer
         && a->is_share == b->is_share && ticks_equal (a->ticks, b->ticks)
         && g_strcmp0 (a->label, b->label) == 0 && g_strcmp0 (a->unit, b->unit) == 0;
}

static gboolean
array_equal (const GArray *a,
             const GArray *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->len == b->len && g_array_get_element_size ((GArray *) a) == g_array_get_element_size ((GArray *) b)
         && (a->len == 0 || memcmp (a->data, b->data, a->len * g_array_get_element_size ((GArray *) a)) == 0);
}

static gboolean
style_equal (const BpLayer *a,
             const BpLayer *b)
{
  return a->kind == b->kind && a->color == b->color && a->dash == b->dash && a->width == b->width
         && a->marker == b->marker && a->pattern == b->pattern && a->joined == b->joined && a->is_cursor == b->is_cursor
         && a->is_strong == b->is_strong && a->is_reference == b->is_reference
         && (a->value == NULL) == (b->value == NULL)
         && g_strcmp0 (a->label, b->label) == 0;
}

static gboolean
grid_equal (const BpLayer *a,
            const BpLayer *b)
{
  return a->n_columns == b->n_columns && a->n_rows == b->n_rows && a->x0 == b->x0 && a->x1 == b->x1 && a->y0 == b->y0
         && a->y1 == b->y1 && array_equal (a->values, b->values) && array_equal (a->levels, b->levels)
         && memcmp (&a->strong_level, &b->strong_level, sizeof (double)) == 0;
}

gboolean
bp_layer_has_same_marks (const BpLayer *a,
                         const BpLayer *b)
{
  if (!style_equal (a, b) || a->first_x != b->first_x || a->step != b->step)
    return FALSE;

  switch (a->kind)
    {
    case BP_LAYER_SERIES:
      return array_equal (a->buckets, b->buckets);
    case BP_LAYER_BARS:
      return array_equal (a->bars, b->bars);
    case BP_LAYER_CELLS:
      return array_equal (a->bars, b->bars) && array_equal (a->cells, b->cells);
    case BP_LAYER_GRID:
      return grid_equal (a, b);
    case BP_LAYER_LINE:
    case BP_LAYER_POINTS:
    case BP_LAYER_RULE_X:
    case BP_LAYER_RULE_Y:
    case BP_LAYER_ARROW:
    case BP_LAYER_EXIT:
    case BP_LAYER_NOTE:
    default:
      return array_equal (a->points, b->points);
    }
}

/* The layer at @index if the legend has it. */
static const BpLayer *
get_entry (const BpPlot *plot,
           guint         index)
{
  const BpLayer *layer = index < plot->layers->len ? bp_plot_get_layer (plot, index) : NULL;

  return layer != NULL && bp_layer_in_legend (layer) ? layer : NULL;
}

gboolean
bp_plot_has_same_numbers (const BpPlot *a,
                          const BpPlot *b)
{
  if (g_strcmp0 (a->subtitle, b->subtitle) != 0)
    return FALSE;

  for (guint i = 0; i < MIN (a->layers->len, b->layers->len); i++)
    if (g_strcmp0 (bp_plot_get_layer (a, i)->value, bp_plot_get_layer (b, i)->value) != 0)
      return FALSE;

  return TRUE;
}

gboolean
bp_plot_has_same_frame (const BpPlot *a,
                        const BpPlot *b)
{
  if (g_strcmp0 (a->title, b->title) != 0 || (a->subtitle == NULL) != (b->subtitle == NULL)
      || a->is_clipped != b->is_clipped || !axis_equal (&a->x, &b->x) || !axis_equal (&a->y, &b->y))
    return FALSE;

  for (guint i = 0; i < MAX (a->layers->len, b->layers->len); i++)
    {
      const BpLayer *first = get_entry (a, i);
      const BpLayer *second = get_entry (b, i);

      if (first != second && (first == NULL || second == NULL || !style_equal (first, second)))
        return FALSE;
    }

  return TRUE;
}
