/* bp-plot.h: what a plot shows, as plain data
 *
 * Two axes, an array of layers, title, subtitle and a description in words. Builders (bp-plots.h) make it from a
 * trainer; the screen draws it (bp-plot-draw.h), and exports write the same data. It knows nothing of pixels, fonts
 * or widgets.
 *
 *   g_autoptr (BpPlot) plot = bp_plot_new (_("Loss"));
 *   BpLayer *line = bp_plot_add_layer (plot, BP_LAYER_LINE, BP_COLOR_VALUE, _("all data"));
 *   bp_layer_append (line, 0, 90.1);
 *   bp_layer_append (line, 1, 88.7);
 *   bp_axis_fit (&plot->y, 0, 90.1);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-axis.h"
#include "training/bp-history.h"
#include "drawing/bp-palette.h"

G_BEGIN_DECLS

/**
 * BpLayerKind:
 * @BP_LAYER_LINE: points joined in order; one that is not finite interrupts the line
 * @BP_LAYER_POINTS: a marker at each point
 * @BP_LAYER_SERIES: buckets of iterations, joined or each on its own, from its least to its greatest
 * @BP_LAYER_BARS: rectangles
 * @BP_LAYER_CELLS: rectangles that are shaded by a number, and may have it in them
 * @BP_LAYER_GRID: a function of both axes: a line at each level, a fill above it
 * @BP_LAYER_RULE_X: a vertical line at the x of its point, over the whole height
 * @BP_LAYER_RULE_Y: a horizontal line at the y of its point, over the whole width
 * @BP_LAYER_ARROW: from its first point to its second
 * @BP_LAYER_EXIT: an arrow at the edge where the segment from its first point to its second leaves the plot, and its
 *   label there
 * @BP_LAYER_NOTE: its label, centred in the plot
 */
typedef enum {
  BP_LAYER_LINE,
  BP_LAYER_POINTS,
  BP_LAYER_SERIES,
  BP_LAYER_BARS,
  BP_LAYER_CELLS,
  BP_LAYER_GRID,
  BP_LAYER_RULE_X,
  BP_LAYER_RULE_Y,
  BP_LAYER_ARROW,
  BP_LAYER_EXIT,
  BP_LAYER_NOTE,
} BpLayerKind;

typedef enum {
  BP_DASH_SOLID,
  BP_DASH_DASHED,
  BP_DASH_DOTTED,
  BP_DASH_DASH_DOT,
  BP_N_DASHES
} BpDash;

typedef enum {
  BP_WIDTH_THIN,
  BP_WIDTH_NORMAL,
  BP_WIDTH_THICK,
} BpWidth;

typedef enum {
  BP_MARKER_NONE,
  BP_MARKER_DOT,      /* small, for many */
  BP_MARKER_CIRCLE,
  BP_MARKER_SQUARE,
  BP_MARKER_TRIANGLE,
  BP_MARKER_DIAMOND,
  BP_MARKER_RING,
  BP_MARKER_BOX,
  BP_MARKER_CROSS,    /* × */
  BP_MARKER_PLUS,
  BP_MARKER_HALO,     /* around another mark, which stays to be seen; not on lines */
  BP_N_MARKERS
} BpMarker;

/** How the region of a class is filled; more than eight begin anew. */
typedef enum {
  BP_PATTERN_NONE, /* no region: a GRID has fills by its levels */
  BP_PATTERN_FIRST,
} BpPattern;

typedef struct {
  double x;
  double y;
} BpPlotPoint;

/** A rectangle of BP_LAYER_BARS and CELLS. */
typedef struct {
  double x0;
  double x1;
  double y0;
  double y1;
} BpPlotBar;

/**
 * BpPlotCell:
 * @value: its number
 * @shade: what of its layer's colour it has, 0 … 1
 * @is_framed: whether it has a strong frame
 *
 * What is in a rectangle of BP_LAYER_CELLS.
 */
typedef struct {
  double   value;
  double   shade;
  gboolean is_framed;
} BpPlotCell;

/**
 * BpLayer:
 * @kind: what it is, and by that which fields of the union it has
 * @color: of its strokes and markers; fills take the faint fill of the same hue, but for thick bars, which are full
 * @dash: of its strokes
 * @width: of its strokes; CELLS that are THICK stand for frames in the legend
 * @marker: at its points; where they are joined at a few places, to tell lines apart without colour
 * @pattern: of a GRID, how the region above its only level is filled, whose border is strong; of POINTS that lie in
 *   such a region, the ground of their mark in the legend
 * @joined: whether a line joins the points; set for LINE and SERIES
 * @label: (nullable): its entry in the legend; for notes and exits the text that stands there
 * @short_label: (nullable): its entry where a legend has no room for all of @label
 * @value: (nullable): a number that follows the label in the legend, and may change from plot to plot of one frame
 * @name: (nullable): what its numbers are called in a file, "A" or "loss"; NULL to leave it out
 * @is_label_inside: RULE_X: whether its label stands at it, since that changes all the time, and not in the legend
 * @has_numbers: CELLS: whether they have their numbers in them
 * @is_band: SERIES: whether it is the range of many lines, which is fainter so that others are seen on it
 * @is_strong: whether it is of the run itself where there are others: the legend names it first and bold
 * @is_reference: whether it is of an earlier run: its markers are hollow
 * @is_cursor: whether it shows where the cursor stands: drawn above all else
 * @dim_from: x from which it is drawn faint (what lies after the cursor); ∞ for nowhere, −∞ for everywhere
 * @first_x: SERIES: x of the first bucket; LINE with @step: iteration of the first point
 * @step: SERIES: iterations a bucket spans; for other kinds how many iterations lie between points, 0 when points are
 *   not iterations
 * @points: (nullable) (element-type BpPlotPoint): of LINE, POINTS, RULE, ARROW, EXIT; see bp_layer_has_points()
 * @ys: (nullable) (element-type double): POINTS, BARS: the y of each, where they are drawn side by side and not there
 * @buckets: (nullable) (element-type BpBucket): of SERIES
 * @bars: (nullable) (element-type BpPlotBar): of BARS and CELLS
 * @cells: (nullable) (element-type BpPlotCell): what is in each of the bars of CELLS
 * @n_columns: GRID: how many values lie side by side
 * @n_rows: GRID: how many rows, from the bottom
 * @x0: GRID: x of the first column
 * @x1: GRID: x of the last
 * @y0: GRID: y of the first row
 * @y1: GRID: y of the last
 * @values: (nullable) (element-type double): GRID: row by row
 * @levels: (nullable) (element-type double): GRID: where lines run, ascending
 * @strong_level: GRID: the level whose line is strong; NaN for none
 *
 * One series of marks, a tagged union. Made by bp_plot_add_layer(), owned by its plot; fields are set by whoever builds
 * it.
 */
typedef struct {
  BpLayerKind kind;
  BpColor     color;
  BpDash      dash;
  BpWidth     width;
  BpMarker    marker;
  guint       pattern;
  gboolean    joined;
  char       *label;
  char       *short_label;
  char       *value;
  char       *name;
  gboolean    is_label_inside;
  gboolean    has_numbers;
  gboolean    is_band;
  gboolean    is_strong;
  gboolean    is_reference;
  gboolean    is_cursor;
  double      dim_from;
  double      first_x;
  double      step;
  GArray     *ys;
  union {
    GArray *points;
    GArray *buckets;
    struct {
      GArray *bars;
      GArray *cells;
    };
    struct {
      guint   n_columns;
      guint   n_rows;
      double  x0;
      double  x1;
      double  y0;
      double  y1;
      GArray *values;
      GArray *levels;
      double  strong_level;
    };
  };
} BpLayer;

/**
 * BpPlotCourse:
 * @n_steps: how many iterations there were; 0 where the loss after each is not known
 * @n_higher: how many of them ended at a higher loss than they began at
 * @first: the loss at the start; NaN while it is not known
 * @last: the loss now
 *
 * What the loss over all data did up to the cursor.
 */
typedef struct {
  guint  n_steps;
  guint  n_higher;
  double first;
  double last;
} BpPlotCourse;

/**
 * BpPlot:
 * @title: what it shows: "Parameter A"
 * @subtitle: (nullable): one number or remark beside it: "optimum 9.902"
 * @description: (nullable): what it shows at this moment in a sentence, for who cannot see it
 * @layers: (element-type BpLayer): bottom first
 * @own_x: the range that its own numbers would have, where axes are shared with other plots; range and scale alone
 * @own_y: the same
 * @optimum: of a curve over the only parameter: where it is least, else NaN
 * @x_parameter, @y_parameter: the parameters that the axes are of, where the loss is shown as their function; else −1
 * @x_column, @y_column: the columns of the dataset that the axes are of, where each sample has a mark; else −1
 * @strip: how far from y such marks may be drawn, where y is a class; else 0
 * @course: of the loss against iteration
 * @is_clipped: whether its own numbers go beyond the axes: marks end at their edges
 * @inputs: (nullable) (array zero-terminated=1): what axes may show instead, where there is a choice
 * @x_input: which of them the x axis has, from 1
 * @y_input: the same of the y axis
 * @has_test_rows: whether it is of the training data or of those held out, as somebody chooses
 * @shows_test_rows: whether it is of those held out
 * @is_matrix: whether axes only name the columns and rows of cells, and have no lines
 * @has_one_unit: whether both axes have the same unit, so that a step is as long along both
 * @is_complete: whether everything is computed that should be shown; what is missing comes with the next building
 */
typedef struct {
  char      *title;
  char      *subtitle;
  char      *description;
  BpAxis     x;
  BpAxis     y;
  BpAxis     own_x;
  BpAxis     own_y;
  double     optimum;
  gssize     x_parameter;
  gssize     y_parameter;
  int        x_column;
  int        y_column;
  double     strip;
  gboolean   is_clipped;
  BpPlotCourse course;
  GPtrArray *layers;
  char     **inputs;
  guint      x_input;
  guint      y_input;
  gboolean   has_test_rows;
  gboolean   shows_test_rows;
  gboolean   is_matrix;
  gboolean   has_one_unit;
  gboolean   is_complete;
} BpPlot;

/** An empty plot from 0 to 1. */
BpPlot *bp_plot_new (const char *title);

void bp_plot_free (BpPlot *plot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPlot, bp_plot_free)

/** Adds an empty layer above the others: solid, of normal width. Returns: (transfer none) */
BpLayer *bp_plot_add_layer (BpPlot     *plot,
                            BpLayerKind kind,
                            BpColor     color,
                            const char *label);

/** The layer at @index from the bottom. */
BpLayer *bp_plot_get_layer (const BpPlot *plot,
                            guint         index);

/** Whether @layer is of a kind that has @points: LINE, POINTS, RULE, ARROW or EXIT. */
gboolean bp_layer_has_points (const BpLayer *layer);

/** Appends a point. */
void bp_layer_append (BpLayer *layer,
                      double   x,
                      double   y);

/** Appends a point that is drawn at @drawn_y, so that it does not hide others at @y. All of a layer are, or none. */
void bp_layer_append_beside (BpLayer *layer,
                             double   x,
                             double   y,
                             double   drawn_y);

/** The same of a rectangle whose number is @y. */
void bp_layer_append_bar_beside (BpLayer *layer,
                                 double   x0,
                                 double   x1,
                                 double   y0,
                                 double   y1,
                                 double   y);

/** Appends a rectangle. */
void bp_layer_append_bar (BpLayer *layer,
                          double   x0,
                          double   x1,
                          double   y0,
                          double   y1);

/** Appends a cell of width and height 1 with its lower left corner at (@x, @y). */
void bp_layer_append_cell (BpLayer          *layer,
                           double            x,
                           double            y,
                           const BpPlotCell *cell);

/**
 * bp_layer_set_series:
 * @first_x: x of value 0 of @series
 * @max_buckets: how many buckets to keep; more are merged by powers of two, to the same least and greatest
 *
 * Takes over a recorded series.
 */
void bp_layer_set_series (BpLayer        *layer,
                          const BpSeries *series,
                          double          first_x,
                          guint           max_buckets);

/** Sets the extent and the size of a grid; values are NaN until written to @values. */
void bp_layer_set_grid (BpLayer *layer,
                        guint    n_columns,
                        guint    n_rows,
                        double   x0,
                        double   x1,
                        double   y0,
                        double   y1);

/**
 * bp_layer_set_style:
 * @index: from 0; the first is solid without marker
 *
 * Gives the @index-th of several lines a dash and a marker of its own, different for at least 36 lines, so that they
 * can be told apart without colour.
 */
void bp_layer_set_style (BpLayer *layer,
                         guint    index);

/** Finds a place on the line of @grid at @level to write its value to: on the way from the least to the greatest. */
gboolean bp_layer_find_level (const BpLayer *grid,
                              double         level,
                              BpPlotPoint   *place);

/** Whether it is a SERIES with a bucket of more than one value, which is drawn from its least to its greatest. */
gboolean bp_layer_is_wide (const BpLayer *layer);

/** How many points or buckets @layer has that can be picked. */
guint bp_layer_get_n_points (const BpLayer *layer);

/** The point at @index: of a bucket its first value, of a bar the middle of its top, of a cell its middle. */
BpPlotPoint bp_layer_get_point (const BpLayer *layer,
                                guint          index);

/** The y of the point at @index as a number, which may be drawn beside it. */
double bp_layer_get_y (const BpLayer *layer,
                       guint          index);

/** The iteration that the point at @index belongs to; −1 when points are not iterations. */
gint64 bp_layer_get_iteration (const BpLayer *layer,
                               guint          index);

/** Whether its markers are drawn as outlines. */
gboolean bp_layer_has_hollow_markers (const BpLayer *layer);

/** Where the exit @layer lies among the others at the top or the bottom of @plot, from 0. */
guint bp_plot_get_exit_line (const BpPlot  *plot,
                             const BpLayer *layer);

/** Whether the layer has an entry in the legend. */
gboolean bp_layer_in_legend (const BpLayer *layer);

/** "η = 0.02: " where a number follows, else the label. Returns: (transfer full) */
char *bp_layer_dup_legend_label (const BpLayer *layer);

/** Whether axes mean anything: they do not where a note is all that a plot has. */
gboolean bp_plot_has_axes (const BpPlot *plot);

/** The indices of the layers in the legend, in its order. Returns: (transfer full) (element-type uint) */
GArray *bp_plot_list_legend (const BpPlot *plot);

/** The line, counted from the top, for the label of @rule inside the plot: that of no neighbour. */
guint bp_plot_get_label_line (const BpPlot  *plot,
                              const BpLayer *rule);

/**
 * bp_layer_get_range:
 * @minimum: (inout): lowered to the least finite y
 * @maximum: (inout): raised to the greatest
 * @positive: consider only what is greater than 0, for a log axis
 *
 * Widens a range by what the layer shows. Begin with NaN for both.
 */
void bp_layer_get_range (const BpLayer *layer,
                         gboolean       positive,
                         double        *minimum,
                         double        *maximum);

/** Widens a range that begins as NaN, NaN by @value if it is finite. */
void bp_range_include (double *minimum,
                       double *maximum,
                       double  value);

/** Whether the numbers beside title and legend are the same. */
gboolean bp_plot_has_same_numbers (const BpPlot *a,
                                   const BpPlot *b);

/** Whether title, axes and legend are the same but for the numbers, so that what is drawn of them can stay. */
gboolean bp_plot_has_same_frame (const BpPlot *a,
                                 const BpPlot *b);

/** Whether two layers of the same frame show the same, but perhaps for dim_from. */
gboolean bp_layer_has_same_marks (const BpLayer *a,
                                  const BpLayer *b);

G_END_DECLS
