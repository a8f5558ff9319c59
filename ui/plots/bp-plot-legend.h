/* bp-plot-legend.h: the legend of a plot: its layout and its drawing
 *
 * Private to the layout and the drawing of plots. bp_plot_list_legend() has its order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-marks.h"

G_BEGIN_DECLS

/**
 * bp_plot_legend_place:
 * @layout: with the width, the font and @legend_y; its entries are set
 *
 * Places the whole legend in rows; if it needs more than @max_rows, only the entry of the run itself among others, or
 * none. Returns: how many rows
 */
guint bp_plot_legend_place (BpPlotLayout *layout,
                            const BpPlot *plot,
                            guint         max_rows);

/** Draws the entries without their numbers. */
void bp_plot_legend_draw (const BpPlotPen *pen);

/** Draws the numbers that follow entries. */
void bp_plot_legend_draw_values (const BpPlotPen *pen);

G_END_DECLS
