/* bp-plot-layout.h: where the parts of a plot lie in a rectangle
 *
 * Measures texts, chooses ticks and margins and places the legend. Needs fonts, but no display. The margins depend on
 * the frame alone (bp_plot_has_same_frame()), not on the numbers in it, so that the plot stands still while a run
 * plays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

#include "plots/bp-plot.h"

G_BEGIN_DECLS

/** Distances in em. The label gap keeps the names of y ticks clear of a cursor at the left end. */
#define BP_PLOT_PADDING 0.75
#define BP_PLOT_GAP 0.45
#define BP_PLOT_LABEL_GAP 0.75
#define BP_PLOT_LINE 1.35
#define BP_PLOT_ARROW 1.2 /* beside the name of an axis where there is a choice */
#define BP_PLOT_CORNER 2 /* the lower right, where a button is */

/** Text that is too wide is smaller, down to this part of its size, before it is cut or left out. */
#define BP_PLOT_LEAST_SIZE 0.8

/**
 * BpPlotStyle:
 * @palette: the colours
 * @font: family and size of running text; titles and tick labels derive from it
 * @stroke: width of strokes and size of markers, 1 for a screen
 *
 * How a plot looks, whatever it shows.
 */
typedef struct {
  const BpPalette            *palette;
  const PangoFontDescription *font;
  double                      stroke;
} BpPlotStyle;

/** The size of running text in pixels. */
double bp_plot_style_get_font_size (const BpPlotStyle *style);

/** A context whose text has the same extents on screens and in files of every resolution. Returns: (transfer full) */
PangoContext *bp_plot_style_create_context (void);

/**
 * An entry of the legend: its sample begins at @x, its text at @text_x, and in it the number, if it has one, at
 * @value_x; @y is the middle of its row.
 */
typedef struct {
  guint  layer;
  double x;
  double text_x;
  double value_x;
  double text_width;
  double y;
} BpLegendEntry;

/**
 * BpPlotLayout:
 * @width: of the whole
 * @height: of the whole
 * @area: where the data are
 * @em: height of small type: the unit of all distances
 * @title_y: middle of the line of the title
 * @title_width: how much of it the title takes
 * @subtitle_y: middle of the subtitle's line: that of the title, or one below it where it has no room there; 0 where
 *   the legend has that line
 * @legend_y: middle of the first line of the legend, where the name of the y axis stands too; that of the title in a
 *   low plot
 * @ticks_y: middle of the line of the x axis' tick labels
 * @label_y: middle of the line of the x axis' name; 0 when there is no room
 * @unit_y: middle of the line below it, of what stands beside the name where there is room: its unit, or a switch; 0
 *   without
 * @titles_width: of the column of titles left of the y ticks; 0 without
 * @has_legend_row: whether there is room for the name of the y axis, and all of the legend beside it
 * @x_ticks: (element-type BpTick): ticks of the x axis
 * @y_ticks: (element-type BpTick): ticks of the y axis
 * @entries: (element-type BpLegendEntry): the legend; empty where there is no room for it
 */
typedef struct {
  double            width;
  double            height;
  cairo_rectangle_t area;
  double            em;
  double            title_y;
  double            title_width;
  double            subtitle_y;
  double            legend_y;
  double            ticks_y;
  double            label_y;
  double            unit_y;
  double            titles_width;
  gboolean          has_legend_row;
  GArray           *x_ticks;
  GArray           *y_ticks;
  GArray           *entries;

  PangoContext         *context;
  PangoFontDescription *title_font;
  PangoFontDescription *text_font;
} BpPlotLayout;

/** The layout of @plot in @width × @height. */
BpPlotLayout *bp_plot_layout_new (const BpPlot      *plot,
                                  double             width,
                                  double             height,
                                  const BpPlotStyle *style);

/**
 * Where the name of the x axis begins, which is @length long: in the middle under the area, or as near to that as the
 * plot's corner allows, a switch at its left, and an arrow where there is a choice.
 *
 * @width: (out): how wide it may be, at most @length
 */
double bp_plot_layout_place_label (const BpPlotLayout *layout,
                                   const BpPlot       *plot,
                                   double              length,
                                   double             *width);

/** What stands there: the name of the x axis, with its unit where that has no line of its own. Returns: (transfer full)
 *  (nullable) */
char *bp_plot_layout_get_x_title (const BpPlotLayout *layout,
                                  const BpPlot       *plot);

/** Whether axes have room, so that no text overlaps another. */
gboolean bp_plot_layout_has_room (const BpPlotLayout *layout);

void bp_plot_layout_free (BpPlotLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPlotLayout, bp_plot_layout_free)

/** Where @x of the data lies; NaN when nowhere. Far outside the area it is not exact: coordinates stay drawable. */
double bp_plot_layout_map_x (const BpPlotLayout *layout,
                             const BpPlot       *plot,
                             double              x);

double bp_plot_layout_map_y (const BpPlotLayout *layout,
                             const BpPlot       *plot,
                             double              y);

/** An entry of the legend, or the label of a level, bold if it @is_strong. Returns: (transfer full) */
PangoLayout *bp_plot_layout_create_entry (const BpPlotLayout *layout,
                                          const char         *text,
                                          gboolean            is_strong);

/** A line of text in the small type of ticks and legends, or in the title's. Returns: (transfer full) */
PangoLayout *bp_plot_layout_create_text (const BpPlotLayout *layout,
                                         const char         *text,
                                         gboolean            title);

/** The width of such a line. */
double bp_plot_layout_get_text_width (const BpPlotLayout *layout,
                                      const char         *text,
                                      gboolean            title);

/**
 * bp_plot_layout_find_nearest:
 * @x: in the rectangle
 * @y: in the rectangle
 * @max_distance: how far off a point may be
 * @index: (out): which point of the layer
 *
 * Returns: (transfer none) (nullable): the layer whose point is nearest, the upper one of equals
 */
const BpLayer *bp_plot_layout_find_nearest (const BpPlotLayout *layout,
                                            const BpPlot       *plot,
                                            double              x,
                                            double              y,
                                            double              max_distance,
                                            guint              *index);

G_END_DECLS
