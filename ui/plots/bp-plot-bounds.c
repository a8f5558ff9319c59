/* bp-plot-bounds.c: what part of a plot a layer is drawn in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-draw.h"
#include "plots/bp-plot-marks.h"

#include <math.h>

/* Room around points for strokes, markers and arrow heads, in em. */
#define MARGIN 1.2

typedef struct {
  double x0;
  double y0;
  double x1;
  double y1;
} Box;

static void
include_point (Box                *box,
               const BpPlotLayout *layout,
               const BpPlot       *plot,
               BpPlotPoint         value)
{
  double x = bp_plot_layout_map_x (layout, plot, value.x);
  double y = bp_plot_layout_map_y (layout, plot, value.y);

  /* A 0 on a log axis is a mark at its end. */
  box->x0 = isnan (x) ? -INFINITY : MIN (box->x0, x);
  box->x1 = isnan (x) ? INFINITY : MAX (box->x1, x);
  box->y0 = MIN (box->y0, isnan (y) ? layout->area.y + layout->area.height : y);
  box->y1 = MAX (box->y1, isnan (y) ? layout->area.y + layout->area.height : y);
}

/* Rules run across, and other kinds may be anywhere. */
static Box
get_box (const BpPlotLayout *layout,
         const BpPlot       *plot,
         const BpLayer      *layer)
{
  Box box = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  if (layer->kind == BP_LAYER_SERIES || layer->kind == BP_LAYER_BARS || layer->kind == BP_LAYER_CELLS
      || layer->kind == BP_LAYER_GRID || layer->kind == BP_LAYER_EXIT || layer->kind == BP_LAYER_NOTE)
    return (Box) { -INFINITY, -INFINITY, INFINITY, INFINITY };

  for (guint i = 0; layer->points != NULL && i < layer->points->len; i++)
    include_point (&box, layout, plot, g_array_index (layer->points, BpPlotPoint, i));
  if (layer->kind == BP_LAYER_RULE_X && box.x0 <= box.x1)
    {
      box.y0 = -INFINITY;
      box.y1 = INFINITY;
    }
  if (layer->kind == BP_LAYER_RULE_Y && box.y0 <= box.y1)
    {
      box.x0 = -INFINITY;
      box.x1 = INFINITY;
    }

  return box;
}

gboolean
bp_plot_get_bounds (const BpPlotLayout *layout,
                    const BpPlot       *plot,
                    const BpPlotStyle  *style,
                    const BpLayer      *layer,
                    cairo_rectangle_t  *bounds)
{
  cairo_rectangle_t clip = bp_plot_get_clip (layout, style);
  double margin = MARGIN * layout->em;
  Box box = get_box (layout, plot, layer);
  double x0 = MAX (clip.x, floor (box.x0 - margin));
  double y0 = MAX (clip.y, floor (box.y0 - margin));
  double x1 = MIN (clip.x + clip.width, ceil (box.x1 + margin));
  double y1 = MIN (clip.y + clip.height, ceil (box.y1 + margin));

  *bounds = (cairo_rectangle_t) { x0, y0, x1 - x0, y1 - y0 };

  return x1 > x0 && y1 > y0;
}
