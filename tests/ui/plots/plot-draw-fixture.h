/* plot-draw-fixture.h: plots to draw, and what their pictures show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-draw.h"

/** The size of a picture. */
#define WIDTH 300
#define HEIGHT 220

/** Light, in a font of a known size. */
BpPlotStyle get_style (void);

/** The parts of a plot, drawn on nothing. */
cairo_surface_t *draw_styled (const BpPlot *plot,
                              BpPlotParts   parts,
                              BpPlotStyle   style);

/** The same in the usual style. */
cairo_surface_t *draw_parts (const BpPlot *plot,
                             BpPlotParts   parts);

/** How much covers a pixel, from 0 to 255. */
guint get_alpha (cairo_surface_t *surface,
                 int              x,
                 int              y);

/** How much covers all pixels together. */
guint64 get_ink (cairo_surface_t *surface);

/** Whether the pixels are the same. */
gboolean is_same (cairo_surface_t *a,
                  cairo_surface_t *b);

/** The rows of a column between which there is ink. */
gboolean get_extent (cairo_surface_t *surface,
                     int              x,
                     int             *top,
                     int             *bottom);

/** Iterations from 0 to 1000 against a loss from -1, without layers. */
BpPlot *new_plot (void);
