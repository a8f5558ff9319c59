/* bp-figure-private.h: what the parts of figures share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-painter.h"
#include "explain/bp-explain.h"
#include "figures/bp-figure.h"
#include "graph/bp-graph-draw.h"
#include "plots/bp-plot-layout.h"

G_BEGIN_DECLS

/** How many plots a view has. */
#define BP_FIGURE_N_VIEW 4

/**
 * BpFigureFrame:
 * @width: the least of the whole
 * @height: the least of the whole
 * @caption_height: the least of what of it the caption takes
 * @card_height: the least of the explanation in a view
 * @plots: how far the plots' axes reach at least
 * @caches: (nullable): what the plots remember from one figure to the next
 *
 * What figures have in common that follow each other, so that flipping through them shows only what changes.
 */
typedef struct {
  double       width;
  double       height;
  double       caption_height;
  double       card_height;
  BpPlotFrame  plots[BP_N_PLOTS];
  BpPlotCache *caches[BP_N_PLOTS];
} BpFigureFrame;

typedef struct _BpFigureColumns BpFigureColumns;

/**
 * BpFigure:
 * @options: with nothing left to find out but the size
 * @style: of plots and texts
 * @stroke: width of strokes, 1 for a screen
 * @drawing: (nullable): the graph
 * @network: (nullable): its neurons
 * @plots: (array) (nullable): the plots
 * @view: which of them a view shows, in its order
 * @columns: (nullable): runs side by side
 * @nudge: (nullable)
 * @explanation: (nullable)
 * @caption: (nullable)
 * @width, @height: of the whole
 * @caption_height: what of it the caption takes
 * @card_height: what of a view the explanation takes
 * @frame: (nullable): what it shares with others
 *
 * A figure taken from a trainer at one moment.
 */
typedef struct {
  BpTrainer            *trainer;
  BpFigureOptions       options;
  BpPlotStyle           style;
  PangoFontDescription *font;
  BpGraphDrawing       *drawing;
  BpNetwork            *network;
  BpPlot               *plots[BP_N_PLOTS];
  BpPlotKind            view[BP_FIGURE_N_VIEW];
  BpFigureColumns      *columns;
  BpNudge              *nudge;
  BpExplanation        *explanation;
  char                 *caption;
  double                width;
  double                height;
  double                caption_height;
  double                card_height;
  const BpFigureFrame  *frame;
} BpFigure;

/** Whether there is memory for any figure of @trainer; fails with BP_ERROR_MEMORY. */
gboolean bp_figure_check_memory (BpTrainer *trainer,
                                 GError   **error);

/** @frame: (nullable): to follow others in; must outlive the figure */
void bp_figure_init (BpFigure              *figure,
                     BpTrainer             *trainer,
                     const BpFigureOptions *options,
                     const BpFigureFrame   *frame);

void bp_figure_clear (BpFigure *figure);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpFigure, bp_figure_clear)

/** The plot of a figure of one. */
BpPlot *bp_figure_get_plot (const BpFigure *figure);

/** Finds out the size: what the options say, and the rest from the content. */
void bp_figure_measure (BpFigure *figure);

/* Runs side by side */

/** Brings the reference runs of the options to where the run is, and takes the plots of all. */
void bp_figure_take_columns (BpFigure *figure);

void bp_figure_columns_free (BpFigureColumns *columns);

gboolean bp_figure_columns_have_room (const BpFigure *figure,
                                      double          width,
                                      double          height);

void bp_figure_paint_columns (const BpFigure *figure,
                              BpPainter      *painter,
                              double          width,
                              double          height);

/** What each run did, a line each. Returns: (transfer full) */
char *bp_figure_describe_columns (const BpFigure *figure);

/** Paints @plot as one of several, on a panel of its own. */
void bp_figure_paint_plot (const BpFigure          *figure,
                           BpPainter               *painter,
                           const BpPlot            *plot,
                           const cairo_rectangle_t *box);

/** Widens @frame so that it holds @figure. */
void bp_figure_frame_include (BpFigureFrame  *frame,
                              const BpFigure *figure);

/** Whether @value is in a range; fails with BP_ERROR_VALUE and a sentence that says @what must be from … to …. */
gboolean bp_figure_check_range (const char *what,
                                double      value,
                                double      minimum,
                                double      maximum,
                                GError    **error);

/** What it shows, in a sentence or a few. */
char *bp_figure_describe (const BpFigure *figure);

/** Its title: what is shown, and of which run. */
char *bp_figure_create_title (const BpFigure *figure);

/** The beginning of a file's name: "regression-loss". Returns: (transfer full) */
GString *bp_figure_begin_file_name (const BpExperiment *experiment,
                                    BpFigureKind        kind);

/** The colour that everything lies on. */
BpColor bp_figure_get_ground (const BpFigure *figure);

/** Begins the group of the part of a figure that is a figure of @kind by itself. */
void bp_figure_begin_part (BpPainter   *painter,
                           BpFigureKind kind);

/** Draws all of the figure but its ground. */
void bp_figure_paint_marks (const BpFigure *figure,
                            BpPainter      *painter);

/** Draws the ground and all of the figure, from (0, 0). */
void bp_figure_paint (const BpFigure *figure,
                      BpPainter      *painter);

/** The size of the graph laid out for an area, 0 for any. Returns: how much smaller it has to be drawn to fit */
double bp_figure_fit_graph (const BpFigure *figure,
                            double          max_width,
                            double          max_height,
                            double         *width,
                            double         *height);

/** Draws the graph in the middle of a rectangle, as large as it can be but no larger than it is. */
void bp_figure_paint_graph (const BpFigure *figure,
                            BpPainter      *painter,
                            double          width,
                            double          height);

/** Draws what the graph's lines mean in a row that ends at @right, at most @scale as large as it is. */
void bp_figure_paint_legend (const BpFigure *figure,
                             BpPainter      *painter,
                             double          right,
                             double          y,
                             double          max_width,
                             double          scale);

/** How much of a view's height the explanation takes. */
double bp_figure_get_card_height (const BpFigure *figure,
                                  double          width,
                                  double          height);

/** Text that is scaled down further than this cannot be read. */
#define BP_FIGURE_LEAST_SCALE 0.5

/**
 * bp_figure_check_room:
 *
 * Checks that a figure of a size that was asked for has room for its text. Fails with BP_ERROR_VALUE and a sentence
 * that says the least size of the same proportions.
 */
gboolean bp_figure_check_room (const BpFigure *figure,
                               GError        **error);

/** Whether title, legend and axes of @plot have room in @width × @height. */
gboolean bp_figure_plot_has_room (const BpFigure *figure,
                                  const BpPlot   *plot,
                                  double          width,
                                  double          height);

/** The same of the parts of a view. Nodes whose text could not be read are drawn without. */
gboolean bp_figure_view_has_room (const BpFigure *figure,
                                  double          width,
                                  double          height);

/** Whether the neurons have room. */
gboolean bp_figure_network_has_room (const BpFigure *figure,
                                     double          width,
                                     double          height);

/** Draws the parts of a view below and beside each other. */
void bp_figure_paint_view (const BpFigure *figure,
                           BpPainter      *painter,
                           double          width,
                           double          height);

/* Pictures and pages, for one figure or many */

/** The figure as RGB24, its scale in pixels. Returns: (transfer full): the surface; NULL on error */
cairo_surface_t *bp_figure_create_picture (const BpFigure *figure,
                                           GError        **error);

/**
 * bp_figure_create_document:
 * @title: what it is called
 * @description: (nullable): what it shows
 * @data: where it is written to until the surface is finished
 *
 * A PDF with no page yet, of the figure's size.
 */
cairo_surface_t *bp_figure_create_document (const BpFigure *figure,
                                            const char     *title,
                                            const char     *description,
                                            GByteArray     *data);

gboolean bp_figure_append_page (const BpFigure  *figure,
                                cairo_surface_t *document,
                                GError         **error);

/** Writes what is left; frees @document in any case. */
gboolean bp_figure_finish_document (cairo_surface_t *document,
                                    GError         **error);

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

G_END_DECLS
