/* bp-plot-draw.h: plots in cairo
 *
 * The one drawing that screen, files and tests share. It reads the plot, its layout and a style, and nothing else; it
 * leaves the background as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-plot-layout.h"

G_BEGIN_DECLS

/** What changes together. */
typedef enum {
  BP_PLOT_PART_FRAME = 1 << 0,  /* title, axes, legend and GRID layers */
  BP_PLOT_PART_DATA = 1 << 1,   /* the other layers, and the subtitle */
  BP_PLOT_PART_CURSOR = 1 << 2, /* layers that show where the cursor stands */
  BP_PLOT_PART_ALL = BP_PLOT_PART_FRAME | BP_PLOT_PART_DATA | BP_PLOT_PART_CURSOR,
} BpPlotParts;

/** Draws @plot into the rectangle (0, 0, @width, @height). */
void bp_plot_draw (cairo_t           *cr,
                   const BpPlot      *plot,
                   double             width,
                   double             height,
                   const BpPlotStyle *style);

/** Draws parts of @plot with a layout made before, for a plot with the same frame. */
void bp_plot_draw_parts (cairo_t            *cr,
                         const BpPlot       *plot,
                         const BpPlotLayout *layout,
                         const BpPlotStyle  *style,
                         BpPlotParts         parts);

G_END_DECLS
