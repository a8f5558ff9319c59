/* bp-plot-canvas.h: a plot on the screen, drawn again only where it changed
 *
 * The frame (title, axes, legend), the subtitle, each layer, and the labels of rules are a render node each. One that
 * need not change is the same node again, for which GTK draws nothing.
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

/** Draws the plot. @scale: how many pixels of the screen a pixel of the plot has along a side */
void bp_plot_canvas_snapshot (BpPlotCanvas *canvas,
                              GtkSnapshot  *snapshot,
                              int           scale);

/** Draws what is read and where; @x: where a vertical line runs, NaN for none. */
void bp_plot_canvas_snapshot_reading (BpPlotCanvas        *canvas,
                                      GtkSnapshot         *snapshot,
                                      const BpPlotReading *reading,
                                      double               x);

G_END_DECLS
