/* bp-plot-marks.h: lines, points, bars, arrows and rules of a plot
 *
 * Private to the drawing of plots.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-painter.h"
#include "plots/bp-plot-layout.h"

#include <math.h>

G_BEGIN_DECLS

/** What every function that draws needs to know. */
typedef struct {
  BpPainter          *painter;
  const BpPlot       *plot;
  const BpPlotLayout *layout;
  const BpPlotStyle  *style;
} BpPlotPen;

/** The middle of a pixel, where a thin line is sharp. */
static inline double
bp_plot_snap (double position)
{
  return floor (position) + 0.5;
}

/** Radius of @marker for strokes of @width. */
double bp_plot_get_marker_radius (const BpPlotPen *pen,
                                  BpMarker         marker,
                                  BpWidth          width);

/** Sets width and dash of @layer's strokes. */
void bp_plot_set_stroke (const BpPlotPen *pen,
                         const BpLayer   *layer);

/** The faint fill that belongs to the hue of @color. */
BpColor bp_plot_get_fill (BpColor color);

/**
 * Draws the marker of @layer in the current colour, hollow ones filled with the surface's; a cursor with a rim of it.
 */
void bp_plot_draw_marker (const BpPlotPen *pen,
                          const BpLayer   *layer,
                          double           x,
                          double           y);

/** What layers are drawn in: marks may stick out of the area a little, so that what lies on its edge is whole. */
cairo_rectangle_t bp_plot_get_clip (const BpPlotLayout *layout,
                                    const BpPlotStyle  *style);

/** What a band has of its colour. */
#define BP_PLOT_BAND 0.4

/** Draws a layer inside the area, but for the labels of rules. */
void bp_plot_draw_layer (const BpPlotPen *pen,
                         const BpLayer   *layer);

/** Draws a label of small type above what lies below it: @pango at @x, in @color, on a ground that fills @box. */
void bp_plot_draw_label (const BpPlotPen         *pen,
                         BpRole                   role,
                         PangoLayout             *pango,
                         BpColor                  color,
                         double                   x,
                         const cairo_rectangle_t *box);

/** Draws an arrow in the current colour and stroke; nothing if it has no length. */
void bp_plot_draw_arrow (const BpPlotPen *pen,
                         double           x0,
                         double           y0,
                         double           x1,
                         double           y1);

/** Draws a RULE layer. */
void bp_plot_draw_rule (const BpPlotPen *pen,
                        const BpLayer   *rule);

/** Draws the label of a rule that has it inside, above all layers; nothing of other layers. */
void bp_plot_draw_rule_label (const BpPlotPen *pen,
                              const BpLayer   *layer);

/** Whether a line has more points than are worth stroking. */
gboolean bp_plot_needs_columns (const BpPlotPen *pen,
                                const BpLayer   *layer);

/** Fills a line in the current colour, width and dash as columns from its least to its greatest: that costs pixels,
 *  not points. */
void bp_plot_fill_columns (const BpPlotPen *pen,
                           const BpLayer   *layer);

/** Draws the arrow of an EXIT layer. */
void bp_plot_draw_exit (const BpPlotPen *pen,
                        const BpLayer   *exit);

/** Draws the label of an EXIT layer, above all layers, if there is room. */
void bp_plot_draw_exit_label (const BpPlotPen *pen,
                              const BpLayer   *exit);

/** Draws the values at the lines of a GRID layer, above all layers. */
void bp_plot_draw_grid_labels (const BpPlotPen *pen,
                               const BpLayer   *layer);

/** Draws joined or single marks of a LINE, SERIES or POINTS layer. */
void bp_plot_draw_points (const BpPlotPen *pen,
                          const BpLayer   *layer);

/** Draws the fills and lines of a GRID layer. */
void bp_plot_draw_grid (const BpPlotPen *pen,
                        const BpLayer   *layer);

/** Draws the rectangles of a CELLS layer. */
void bp_plot_draw_cells (const BpPlotPen *pen,
                         const BpLayer   *layer);

/** Draws the region of a class, a GRID layer with a pattern, and its border. */
void bp_plot_draw_region (const BpPlotPen *pen,
                          const BpLayer   *layer);

/** Draws a sample of the region of a class that fills @box. */
void bp_plot_draw_pattern (const BpPlotPen         *pen,
                           guint                    pattern,
                           const cairo_rectangle_t *box);

G_END_DECLS
