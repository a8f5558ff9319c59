/* bp-figure-private.h: what the parts of figures share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-explain.h"
#include "bp-figure.h"
#include "bp-graph-draw.h"
#include "bp-plot-layout.h"

G_BEGIN_DECLS

/**
 * BpFigure:
 * @options: with nothing left to find out but the size
 * @style: of plots and texts
 * @stroke: width of strokes, 1 for a screen
 * @drawing: (nullable): the graph
 * @plots: (array) (nullable): the plots
 * @explanation: (nullable)
 * @caption: (nullable)
 * @width, @height: of the whole
 * @caption_height: what of it the caption takes
 *
 * A figure taken from a trainer at one moment.
 */
typedef struct {
  BpTrainer            *trainer;
  BpFigureOptions       options;
  BpPlotStyle           style;
  PangoFontDescription *font;
  BpGraphDrawing       *drawing;
  BpPlot               *plots[BP_N_PLOTS];
  BpExplanation        *explanation;
  char                 *caption;
  double                width;
  double                height;
  double                caption_height;
} BpFigure;

void bp_figure_init (BpFigure              *figure,
                     BpTrainer             *trainer,
                     const BpFigureOptions *options);

void bp_figure_clear (BpFigure *figure);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpFigure, bp_figure_clear)

/** The plot of a figure of one. */
BpPlot *bp_figure_get_plot (const BpFigure *figure);

/** Finds out the size: what the options say, and the rest from the content. */
void bp_figure_measure (BpFigure *figure);

/** What it shows, in a sentence or a few. */
char *bp_figure_describe (const BpFigure *figure);

/** Its title: what is shown, and of which run. */
char *bp_figure_create_title (const BpFigure *figure);

/** The colour that everything lies on. */
BpColor bp_figure_get_ground (const BpFigure *figure);

/** Draws the ground and all of the figure, from (0, 0). */
void bp_figure_paint (const BpFigure *figure,
                      cairo_t        *cr);

/** The size of the graph laid out for an area, 0 for any. Returns: how much smaller it has to be drawn to fit */
double bp_figure_fit_graph (const BpFigure *figure,
                            double          max_width,
                            double          max_height,
                            double         *width,
                            double         *height);

/** Draws the graph in the middle of a rectangle, as large as it can be but no larger than it is. */
void bp_figure_paint_graph (const BpFigure *figure,
                            cairo_t        *cr,
                            double          width,
                            double          height);

/** Draws what the graph's lines mean in a row that ends at @right, at most @scale as large as it is. */
void bp_figure_paint_legend (const BpFigure *figure,
                             cairo_t        *cr,
                             double          right,
                             double          y,
                             double          max_width,
                             double          scale);

/** Draws the parts of a view below and beside each other. */
void bp_figure_paint_view (const BpFigure *figure,
                           cairo_t        *cr,
                           double          width,
                           double          height);

/* The formats; each returns NULL on error */

GBytes *bp_figure_to_svg (const BpFigure *figure,
                          GError        **error);

GBytes *bp_figure_to_pdf (const BpFigure *figure,
                          GError        **error);

GBytes *bp_figure_to_png (const BpFigure *figure,
                          GError        **error);

GBytes *bp_figure_to_tikz (const BpFigure *figure,
                           GError        **error);

GBytes *bp_figure_to_dot (const BpFigure *figure,
                          GError        **error);

GBytes *bp_figure_to_csv (const BpFigure *figure,
                          GError        **error);

/* Parts of the file for LaTeX */

/** Writes the graph as a tikzpicture. */
void bp_figure_append_tikz_graph (const BpFigure *figure,
                                  GString        *tex);

/** Writes a plot as a tikzpicture with an axis of pgfplots. */
void bp_figure_append_tikz_plot (const BpFigure *figure,
                                 GString        *tex);

G_END_DECLS
