/* bp-plot-draw.h: the drawing of plots
 *
 * The one drawing that screen, files and tests share. It reads the plot, its layout and a style, and nothing else; it
 * leaves the background as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-painter.h"
#include "plots/bp-plot-layout.h"

G_BEGIN_DECLS

/** What changes together, bottom first. */
typedef enum {
  BP_PLOT_PART_GRIDS = 1 << 0,    /* GRID layers */
  BP_PLOT_PART_AXES = 1 << 1,     /* title, axes, legend */
  BP_PLOT_PART_SUBTITLE = 1 << 2, /* with the numbers in the legend */
  BP_PLOT_PART_LAYERS = 1 << 3,   /* the other layers */
  BP_PLOT_PART_LABELS = 1 << 4,   /* what is written at rules, exits and the lines of grids */
  BP_PLOT_PART_CURSOR = 1 << 5,   /* layers that show where the cursor stands */
  BP_PLOT_PART_FRAME = BP_PLOT_PART_GRIDS | BP_PLOT_PART_AXES,
  BP_PLOT_PART_DATA = BP_PLOT_PART_SUBTITLE | BP_PLOT_PART_LAYERS | BP_PLOT_PART_LABELS,
  BP_PLOT_PART_ALL = BP_PLOT_PART_FRAME | BP_PLOT_PART_DATA | BP_PLOT_PART_CURSOR,
} BpPlotParts;

/** Draws @plot into the rectangle (0, 0, @width, @height). */
void bp_plot_draw (BpPainter         *painter,
                   const BpPlot      *plot,
                   double             width,
                   double             height,
                   const BpPlotStyle *style);

/** Draws parts of @plot with a layout made before, for a plot with the same frame. */
void bp_plot_draw_parts (BpPainter          *painter,
                         const BpPlot       *plot,
                         const BpPlotLayout *layout,
                         const BpPlotStyle  *style,
                         BpPlotParts         parts);

/** The part that @layer belongs to: one of GRIDS, LAYERS, CURSOR. */
BpPlotParts bp_plot_layer_get_part (const BpLayer *layer);

/** Whether anything of @layer may be in BP_PLOT_PART_LABELS. */
gboolean bp_plot_layer_has_labels (const BpLayer *layer);

/** Whether labels are drawn above the marks of the cursor too. */
gboolean bp_plot_has_labels_on_top (const BpPlot *plot);

/** Draws one layer, whichever part it belongs to, but for the labels of rules. */
void bp_plot_draw_one_layer (BpPainter          *painter,
                             const BpPlot       *plot,
                             const BpPlotLayout *layout,
                             const BpPlotStyle  *style,
                             guint               index);

/**
 * bp_plot_get_split:
 *
 * Returns: the pixel column from which @layer is drawn faint, as its dim_from says; ∞ when it is not
 */
double bp_plot_get_split (const BpPlotLayout *layout,
                          const BpPlot       *plot,
                          const BpLayer      *layer);

/**
 * bp_plot_get_bounds:
 * @bounds: (out): whole pixels that hold all that is drawn of @layer but for the labels of rules
 *
 * Returns: whether anything is drawn
 */
gboolean bp_plot_get_bounds (const BpPlotLayout *layout,
                             const BpPlot       *plot,
                             const BpPlotStyle  *style,
                             const BpLayer      *layer,
                             cairo_rectangle_t  *bounds);

G_END_DECLS
