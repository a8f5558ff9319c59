/* bp-plot-canvas.h: a plot on the screen, drawn again only where it changed
 *
 * A picture of pixels holds the frame (title, axes, legend), the grids, and above them the data layers that stay the
 * same from plot to plot; each layer that changes, and each above it, is a node of its own, as are subtitle, labels of
 * rules, and what shows the cursor. A node that need not change is the same node again, for which nothing is drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "plots/bp-plot-draw.h"
#include "plots/bp-plot-read.h"

G_BEGIN_DECLS

typedef struct _BpPlotCanvas BpPlotCanvas;

BpPlotCanvas *bp_plot_canvas_new (void);

void bp_plot_canvas_free (BpPlotCanvas *canvas);

/** @plot: (nullable) (transfer full): what to draw from now on */
void bp_plot_canvas_set_plot (BpPlotCanvas *canvas,
                              BpPlot       *plot);

/** Returns: (transfer none) (nullable) */
const BpPlot *bp_plot_canvas_get_plot (BpPlotCanvas *canvas);

/** Returns: whether it was another size */
gboolean bp_plot_canvas_set_size (BpPlotCanvas *canvas,
                                  double        width,
                                  double        height);

/** @font: copied */
void bp_plot_canvas_set_style (BpPlotCanvas               *canvas,
                               const BpPalette            *palette,
                               const PangoFontDescription *font);

/** Where things lie. Returns: (transfer none) (nullable): NULL as long as there is no plot or no size */
const BpPlotLayout *bp_plot_canvas_get_layout (BpPlotCanvas *canvas);

/** Draws the plot. @scale: device pixels a pixel */
void bp_plot_canvas_snapshot (BpPlotCanvas *canvas,
                              GtkSnapshot  *snapshot,
                              int           scale);

/** Draws what is read and where; @x: where a vertical line runs, NaN for none. */
void bp_plot_canvas_snapshot_reading (BpPlotCanvas        *canvas,
                                      GtkSnapshot         *snapshot,
                                      const BpPlotReading *reading,
                                      double               x);

G_END_DECLS
