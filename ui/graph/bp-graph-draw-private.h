/* bp-graph-draw-private.h: what the parts of the drawing share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-painter.h"
#include "graph/bp-graph-draw.h"

G_BEGIN_DECLS

/** The styles of text. */
typedef enum {
  BP_TEXT_NAME,
  BP_TEXT_SHAPE,
  BP_TEXT_TAG,
  BP_TEXT_VALUE,
  BP_TEXT_RANGE,
  BP_TEXT_SYMBOL,
  BP_TEXT_GRADIENT,
  BP_TEXT_GRADIENT_RANGE,
  BP_TEXT_SUM,
  BP_TEXT_LABEL,
  BP_TEXT_CAPTION,
  BP_N_TEXTS
} BpTextStyle;

/* Distances as multiples of the size of a name. */
#define BP_ROW_NAME 1.3
#define BP_ROW_VALUE 1.75
#define BP_ROW_GRADIENT 1.5
#define BP_ROW_LABEL 1.2
#define BP_SYMBOL_GAP 0.5
#define BP_TAG_GAP 0.35
/* Symbols that are wider are words. */
#define BP_SYMBOL_MAX 3.2
#define BP_LABEL_MAX 14.5
/* Of the box of a folded layer: what it is, and its root mean squares. */
#define BP_ROW_LAYER 1.2
#define BP_ROW_RMS 1.4
#define BP_MATRIX_GAP 0.7
#define BP_FOLD_BUTTON 1.5

struct _BpGraphDrawing {
  BpGraph              *graph;
  GPtrArray            *layers;
  BpOpenLayers          open;
  gboolean              is_refolded; /* whether @open was set since the states were made */
  guint                *shown_in;    /* by node */
  guint                 n_batch;     /* samples of a batch */
  guint                 chosen;
  gssize                element;
  GArray               *nodes;
  GArray               *edges;
  gboolean             *changed;
  gboolean             *changed_edges;
  guint                 n_revealed;
  const BpNudge        *nudge;       /* valid during an update */
  gboolean              is_nudged;   /* whether the last update showed one */
  BpGraphLayout        *layout;
  PangoLayout          *text; /* which every text is measured and drawn with */
  PangoFontDescription *font;
  PangoFontDescription *fonts[BP_N_TEXTS];
  double                unit;
  const BpPalette      *palette;
  double                stroke_scale;
  BpDetail              detail;
  double                width;
  double                height;
  double                least;
};

/** A drawing in progress. @stroke: the width of a line of width 1 */
typedef struct {
  BpPainter      *painter;
  BpGraphDrawing *drawing;
  double          unit;
  double          stroke;
} BpGraphPen;

void bp_graph_pen_init (BpGraphPen     *pen,
                        BpPainter      *painter,
                        BpGraphDrawing *drawing);

/** The layer that @node stands for, folded; else NULL. */
const BpDenseLayer *bp_graph_drawing_get_folded (const BpGraphDrawing *drawing,
                                                 guint                 node);

/** Matrices: bp-graph-draw-matrix.c */

/** Returns: (transfer full) (nullable): the matrix of @node, with nothing in it yet */
BpMatrix *bp_matrix_new (const BpGraphDrawing *drawing,
                         guint                 node);

void bp_matrix_free (BpMatrix *matrix);

/**
 * bp_matrix_update:
 * @value, @gradient: (nullable): all elements of the node; NULL while they are not computed, or hidden
 *
 * Returns: whether anything changed
 */
gboolean bp_matrix_update (BpMatrix             *matrix,
                           const BpGraphDrawing *drawing,
                           guint                 node,
                           const double         *value,
                           const double         *gradient);

/** Whether the detail leaves @matrix. */
gboolean bp_matrix_is_shown (const BpMatrix       *matrix,
                             const BpGraphDrawing *drawing);

/** What it takes to draw it. */
void bp_matrix_get_size (const BpMatrix       *matrix,
                         const BpGraphDrawing *drawing,
                         double               *width,
                         double               *height);

/** Where the upper left corner of the matrix of @node is, which has one. */
BpPoint bp_matrix_get_place (const BpGraphDrawing *drawing,
                             guint                 node);

/** Draws @state's matrix with its upper left corner at (@x, @y). */
void bp_graph_pen_show_matrix (BpGraphPen        *pen,
                               const BpNodeState *state,
                               double             x,
                               double             y);

/* Nudges: bp-graph-draw-nudge.c */

/** @hidden: by node, whether its gradient is hidden. Returns: whether anything changed */
gboolean bp_node_state_update_nudge (BpNodeState          *state,
                                     const BpGraphDrawing *drawing,
                                     BpTrainer            *trainer,
                                     guint                 node,
                                     const gboolean       *hidden);

/** What a nudge makes of a node that it reaches; at the loss it meets what the gradient says. */
void bp_graph_pen_show_nudge (BpGraphPen              *pen,
                              const BpNodeState       *state,
                              const cairo_rectangle_t *box);

/* Numbers: bp-graph-draw-numbers.c */

/** Takes over the least and the greatest of @values. */
void bp_numbers_take_range (BpNumbers    *numbers,
                            const double *values,
                            gsize         n_values);

/** Takes over the root mean square of @values, which says how large many numbers are. */
void bp_numbers_take_rms (BpNumbers    *numbers,
                          const double *values,
                          gsize         n_values);

/** "7.657", or the least and the greatest of several, "−0.2 … 1.3", "all 1". Returns: (transfer full) */
char *bp_numbers_format (const BpNumbers *numbers);

/**
 * bp_graph_pen_show_numbers:
 * @text: what bp_numbers_format() makes of @numbers, or another text that is shorter than any number
 *
 * Draws @text, with fewer digits where it has no room at the least size of numbers: "−0.00178 … 0.00229" as
 * "−0.0018 … 0.0023", then "−0.002 … 0.002", at last "|·| ≤ 0.0023". Returns: its width
 */
double bp_graph_pen_show_numbers (BpGraphPen      *pen,
                                  BpTextStyle      style,
                                  BpColor          color,
                                  const char      *text,
                                  const BpNumbers *numbers,
                                  double           x,
                                  double           baseline,
                                  double           max_width);

/** Puts @string (transfer full) in the place of another. Returns: whether it is another */
gboolean bp_graph_take_string (char **place,
                               char  *string);

/** Takes over the nodes and edges of @trainer's graph, with nothing computed yet. */
void bp_graph_drawing_set_graph (BpGraphDrawing *drawing,
                                 BpTrainer      *trainer);

/** What the detail leaves of a node or an edge. */
const char *bp_graph_drawing_get_shape (const BpGraphDrawing *drawing,
                                        const BpNodeState    *state);

const char *bp_graph_drawing_get_symbol (const BpGraphDrawing *drawing,
                                         const BpNodeState    *state);

gboolean bp_graph_drawing_has_numbers (const BpGraphDrawing *drawing,
                                       const BpEdgeState    *state);

/** In which type the symbol of a node's op is written: one that is a word in that of words. */
BpTextStyle bp_graph_drawing_get_symbol_style (BpGraphDrawing    *drawing,
                                               const BpNodeState *state);

/** The width of the frame around a node's symbol, 0 without one. */
double bp_graph_drawing_measure_tag (BpGraphDrawing    *drawing,
                                     const BpNodeState *state);

/** The width of @text in pixels. */
double bp_graph_drawing_measure (BpGraphDrawing *drawing,
                                 BpTextStyle     style,
                                 const char     *text);

/** How much smaller than its style's size a text may be drawn. */
double bp_text_style_get_least_scale (BpTextStyle style);

/** Whether text of @style is large enough on the device to be drawn at all. */
gboolean bp_graph_pen_has_text (const BpGraphPen *pen,
                                BpTextStyle       style);

/** Draws what bp_graph_drawing_measure() was of last, as bp_graph_pen_show_text() does; @width: what that gave. */
double bp_graph_pen_show_measured (BpGraphPen *pen,
                                   BpTextStyle style,
                                   BpColor     color,
                                   double      width,
                                   double      x,
                                   double      baseline,
                                   double      max_width,
                                   double      align);

/**
 * bp_graph_pen_show_text:
 * @text: (nullable): NULL for nothing
 * @x: where it starts (@align 0), is centred (0.5) or ends (1)
 * @baseline: what it stands on
 * @max_width: text that is wider is drawn smaller, and cut where it would be too small to read
 *
 * Draws @text. Returns: its width
 */
double bp_graph_pen_show_text (BpGraphPen *pen,
                               BpTextStyle style,
                               BpColor     color,
                               const char *text,
                               double      x,
                               double      baseline,
                               double      max_width,
                               double      align);

/** Fills a triangle whose tip is at (@x, @y), pointing right (@direction 1) or left (−1). */
void bp_graph_pen_show_arrow (BpGraphPen *pen,
                              double      x,
                              double      y,
                              int         direction,
                              double      size);

/** The room at the left and right of a node's text, borders included. */
double bp_graph_drawing_get_padding (const BpGraphDrawing *drawing,
                                     BpNodeKind            kind);

/** The length of an arrow of @size. */
double bp_graph_pen_get_arrow_length (const BpGraphPen *pen,
                                      double            size);

/** The hue that stands for @mark. */
BpColor bp_mark_get_color (BpMark mark);

void bp_graph_pen_show_node (BpGraphPen *pen,
                             guint       node);

void bp_graph_pen_show_aside (BpGraphPen *pen);

/** Shows those edges from @first to before @end that lie on @level. */
void bp_graph_pen_show_edges (BpGraphPen *pen,
                              guint       level,
                              guint       first,
                              guint       end);

G_END_DECLS
