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
 * @layout: with the width, the font, the title, @legend_y and @has_legend_row; the last two and its entries are set
 * @n_lines: how many lines there are for the legend and the area
 * @least_area: how many of them the area has beside a whole legend
 *
 * Places the whole legend in rows, the first beside the name of the y axis. Where the area would be too low, it places
 * the entries of lines alone, without that name and without the marks of the position of the run; where that is too
 * much too, beside the title; else only the entry of the run itself among others, or none. Returns: how many rows below
 * the title
 */
guint bp_plot_legend_place (BpPlotLayout *layout,
                            const BpPlot *plot,
                            double        n_lines,
                            double        least_area);

/** Draws the entries without their numbers. */
void bp_plot_legend_draw (const BpPlotPen *pen);

/** Draws the numbers that follow entries. */
void bp_plot_legend_draw_values (const BpPlotPen *pen);

G_END_DECLS
