/* bp-graph-draw.h: the drawing of the computation graph
 *
 * A drawing holds what a picture of the graph shows: the texts and marks of each node and edge, taken from a trainer
 * by one function, their layout, and how they look. Screen and files draw it with the same functions.
 *
 *   BpGraphDrawing *drawing = bp_graph_drawing_new ();
 *   bp_graph_drawing_update (drawing, trainer);
 *   bp_graph_draw (painter, drawing);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-painter.h"
#include "graph/bp-graph-layout.h"
#include "session/bp-nudge.h"
#include "training/bp-trainer.h"

G_BEGIN_DECLS

/** What a node is, told apart by its shape. */
typedef enum {
  BP_NODE_DATA,     /* placeholder or constant: square corners */
  BP_NODE_VARIABLE, /* a thick border */
  BP_NODE_OP,       /* round corners, and a symbol */
  BP_NODE_LOSS,     /* a double border */
  BP_NODE_LAYER,    /* a folded layer: two plates behind it */
} BpNodeKind;

/** What the instruction executed last did to a node or edge; such stand out. */
typedef enum {
  BP_MARK_NONE,
  BP_MARK_VALUE,    /* computed its value, or took the value along it */
  BP_MARK_GRADIENT, /* added to its gradient, or took the gradient along it */
  BP_MARK_UPDATE,   /* updated it */
} BpMark;

/**
 * BpMatrix:
 * @n_rows, @n_columns: how many are shown
 * @first_row: the first of them
 * @all_rows, @all_columns: how many there are
 * @is_beside: whether it is at the right of the numbers, not below them
 * @has_value, @has_gradient: whether it is computed, and not hidden
 * @value, @gradient: (array length=@n_rows × @n_columns): by row; @gradient is NULL for a node without one
 * @chosen_row, @chosen_column: the row and the cell that stand out, or −1
 *
 * The elements of a tensor as squares: filled for positive numbers, hollow for negative ones, and as large as the
 * number is beside the largest.
 */
typedef struct {
  guint    n_rows;
  guint    n_columns;
  guint    first_row;
  guint    all_rows;
  guint    all_columns;
  gboolean is_beside;
  gboolean has_value;
  gboolean has_gradient;
  double  *value;
  double  *gradient;
  int      chosen_row;
  int      chosen_column;
} BpMatrix;

/** What a text of numbers is about: one number, or the least and the greatest of several. */
typedef struct {
  double   least;
  double   greatest;
  gboolean is_range;
} BpNumbers;

/**
 * BpNodeState:
 * @kind: what it is
 * @aside: whether it is drawn as part of the evaluation branch
 * @has_gradient: whether it has a line for a gradient, computed or not
 * @is_tensor: whether it has several elements: @value and @gradient then say the least and the greatest
 * @name: its name
 * @op: the name of its op: "multiply", "variable"
 * @tag: the symbol that stands for it in formulas; NULL where that is its name
 * @shape: "[2, 3]"
 * @symbol: of its op: "×"
 * @layer: "tanh · 2 → 8" of a folded layer, whose other numbers are those of its output; NULL elsewhere
 * @step: the node within a folded layer that the last instruction computed or passed a gradient to; NULL elsewhere
 * @matrix: the elements of a tensor of a network; NULL elsewhere
 * @value: "7.657", "−0.2 … 1.3", or "–" while not computed; or a root mean square: bp_node_state_has_rms()
 * @old_value: what it was before this iteration updated it; NULL where that has not happened, and of tensors
 * @gradient: the same, or "?" while hidden; NULL without a gradient
 * @value_numbers, @gradient_numbers: what both are about, where they are numbers
 * @sum: "+= 1 of 2" where several gradients meet; NULL elsewhere
 * @warning: what is wrong with it, which a sign at its corner shows; NULL where nothing is
 * @change: "Δ −0.0151" or "Δ −0.1 … 0.2": what a nudge changes its value by; NULL where none reaches
 * @predicted: of the loss, "∂·ε −0.015": what the gradient of what is nudged says of that; NULL elsewhere
 * @is_nudged: whether it is what is nudged
 * @is_updated: whether this iteration has updated it, which an arc shows
 * @is_value_old: whether @value was computed from variables that have been updated since
 * @is_gradient_old: the same of @gradient; that of a variable is old once the variable is updated by it
 * @mark: what was done to it last
 */
typedef struct {
  BpNodeKind kind;
  gboolean   aside;
  gboolean   has_gradient;
  gboolean   is_tensor;
  char      *name;
  char      *op;
  char      *tag;
  char      *shape;
  char      *symbol;
  char      *layer;
  char      *step;
  BpMatrix  *matrix;
  char      *value;
  char      *old_value;
  char      *gradient;
  BpNumbers  value_numbers;
  BpNumbers  gradient_numbers;
  char      *sum;
  char      *warning;
  char      *change;
  char      *predicted;
  gboolean   is_nudged;
  gboolean   is_updated;
  gboolean   is_value_old;
  gboolean   is_gradient_old;
  BpMark     mark;
} BpNodeState;

/**
 * BpEdgeState:
 * @has_value: whether a value has gone along it in this iteration
 * @has_gradient: whether a gradient has
 * @is_value_old: whether the value that went along it has changed since, by an update
 * @is_gradient_old: whether the gradient belongs to variables that have been updated since
 * @mark: whether one just did
 * @symbols: the local derivative, "∂d/∂p = 1", and its sides, "∂d/∂p" and "= 1"; NULL without one
 * @has_number: whether the label has room for a number: not where the derivative is a number itself, or several
 * @numbers: its number, "= 1.043" or "≈ 0.3"; NULL where @symbols say it or it is not computed
 */
typedef struct {
  gboolean has_value;
  gboolean has_gradient;
  gboolean is_value_old;
  gboolean is_gradient_old;
  BpMark   mark;
  char    *symbols;
  char    *left;
  char    *right;
  gboolean has_number;
  char    *numbers;
} BpEdgeState;

/** Whether value and gradient are root mean squares: of folded layers, and of variables that show their elements. */
gboolean bp_node_state_has_rms (const BpNodeState *state);

/** The colour of the value: grey while it is not computed, and once an update has made it old. */
BpColor bp_node_state_get_value_color (const BpNodeState *state);

/** The colour of the gradient: grey for the same reasons. */
BpColor bp_node_state_get_gradient_color (const BpNodeState *state);

/** What an update changed. */
typedef enum {
  BP_GRAPH_SAME = 0,
  BP_GRAPH_NODES = 1 << 0,     /* bp_graph_drawing_is_node_changed() says which */
  BP_GRAPH_EDGES = 1 << 1,     /* bp_graph_drawing_is_edge_changed() says which */
  BP_GRAPH_STRUCTURE = 1 << 2, /* other nodes: everything */
} BpGraphChanges;

typedef struct _BpGraphDrawing BpGraphDrawing;

/** A drawing of nothing yet, light, in 13 pixel Sans. */
BpGraphDrawing *bp_graph_drawing_new (void);

void bp_graph_drawing_free (BpGraphDrawing *drawing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpGraphDrawing, bp_graph_drawing_free)

/**
 * bp_graph_drawing_update:
 *
 * Takes over what @trainer shows at its cursor. Needs no display. The numbers of nodes that did not change are not
 * touched, and no number moves anything: sizes depend on the graph alone.
 */
BpGraphChanges bp_graph_drawing_update (BpGraphDrawing *drawing,
                                        BpTrainer      *trainer);

/**
 * bp_graph_drawing_set_n_revealed:
 * @n_revealed: how many instructions of the iteration shown may show the gradients that they computed; G_MAXUINT, as
 *   it is to begin with, for all
 *
 * Holds from the next update on: hidden gradients are "?", and their local derivatives have no numbers. While any is
 * hidden, so is what the update made of a variable, since the gradient follows from that.
 */
void bp_graph_drawing_set_n_revealed (BpGraphDrawing *drawing,
                                      guint           n_revealed);

/**
 * bp_graph_drawing_set_open:
 *
 * Says which layers are open; the next update makes everything anew. A drawing begins with
 * bp_layers_get_default_open(), and begins again with another network.
 */
void bp_graph_drawing_set_open (BpGraphDrawing *drawing,
                                BpOpenLayers    open);

BpOpenLayers bp_graph_drawing_get_open (const BpGraphDrawing *drawing);

/** Returns: (transfer none) (nullable) (element-type BpDenseLayer): the layers of the graph; NULL before the first
 *  update */
const GPtrArray *bp_graph_drawing_get_layers (const BpGraphDrawing *drawing);

/** The node that @node is shown in, which is itself unless it is within a folded layer. */
guint bp_graph_drawing_get_box (const BpGraphDrawing *drawing,
                                guint                 node);

/** Returns: the element of @node whose value is drawn as a cell at (@x, @y) of the drawing, or BP_ELEMENT_NONE */
gssize bp_graph_drawing_find_element (const BpGraphDrawing *drawing,
                                      guint                 node,
                                      double                x,
                                      double                y);

/**
 * bp_graph_drawing_set_element:
 * @node: a node, or BP_NODE_NONE
 * @element: which of its elements stands out, or BP_ELEMENT_NONE
 *
 * Holds from the next update on; of the other matrices of a batch the same row stands out.
 */
void bp_graph_drawing_set_element (BpGraphDrawing *drawing,
                                   guint           node,
                                   gssize          element);

/** The nudge that the next update shows, which has to live until then; NULL, as it is to begin with, for none. */
void bp_graph_drawing_set_nudge (BpGraphDrawing *drawing,
                                 const BpNudge  *nudge);

/**
 * bp_graph_drawing_set_font:
 * @font: the family and style of all text
 * @size: the size of a name in pixels, which everything else is a multiple of
 *
 * Returns: whether it was another font
 */
gboolean bp_graph_drawing_set_font (BpGraphDrawing             *drawing,
                                    const PangoFontDescription *font,
                                    double                      size);

/** @palette: (transfer none): must outlive the drawing */
void bp_graph_drawing_set_palette (BpGraphDrawing  *drawing,
                                   const BpPalette *palette);

const BpPalette *bp_graph_drawing_get_palette (const BpGraphDrawing *drawing);

/** How thick lines are; 1 by default, more for a lecture hall. */
void bp_graph_drawing_set_stroke_scale (BpGraphDrawing *drawing,
                                        double          stroke_scale);

/** How much of what can be read elsewhere is left out for want of room. */
typedef enum {
  BP_DETAIL_ALL,
  BP_DETAIL_BRIEF, /* without shapes, the word "data", numbers of edges */
  BP_DETAIL_BARE,  /* without labels of edges too */
  BP_DETAIL_LOW,   /* brief, with a few rows of matrices only, without those that are a single row */
  BP_DETAIL_PLAIN, /* brief, without matrices below numbers */
  BP_N_DETAILS
} BpDetail;

void bp_graph_drawing_set_detail (BpGraphDrawing *drawing,
                                  BpDetail        detail);

/** The smallest text and the smallest numbers, as a part of a name's size: 1/45 and 1/40 of some height. */
#define BP_LEAST_TEXT 0.95
#define BP_LEAST_NUMBER (BP_LEAST_TEXT * 45 / 40)

/** The area to fit into, in pixels, as bp_graph_layout_new() takes it; 0 by 0 for any. */
void bp_graph_drawing_set_area (BpGraphDrawing *drawing,
                                double          width,
                                double          height);

/** The part of its size that the picture is not scaled below, as bp_graph_layout_new() takes it; 0 for any. */
void bp_graph_drawing_set_least_scale (BpGraphDrawing *drawing,
                                       double          least);

/** Returns: (nullable): the graph that is drawn */
BpGraph *bp_graph_drawing_get_graph (const BpGraphDrawing *drawing);

/** Where everything goes, made anew when it has to be; valid until the drawing changes. NULL before the first update.
 * */
const BpGraphLayout *bp_graph_drawing_get_layout (BpGraphDrawing *drawing);

/** Whether it need not be made anew. */
gboolean bp_graph_drawing_has_layout (const BpGraphDrawing *drawing);

guint bp_graph_drawing_get_n_nodes (const BpGraphDrawing *drawing);

const BpNodeState *bp_graph_drawing_get_node (const BpGraphDrawing *drawing,
                                              guint                 node);

const BpEdgeState *bp_graph_drawing_get_edge (const BpGraphDrawing *drawing,
                                              guint                 edge);

/** Whether @node has a gradient that is hidden. */
gboolean bp_graph_drawing_is_gradient_hidden (const BpGraphDrawing *drawing,
                                              guint                 node);

/** Whether @node has a value that is hidden. */
gboolean bp_graph_drawing_is_value_hidden (const BpGraphDrawing *drawing,
                                           guint                 node);

/** Whether the last update changed @node. */
gboolean bp_graph_drawing_is_node_changed (const BpGraphDrawing *drawing,
                                           guint                 node);

/** Whether the last update changed @edge. */
gboolean bp_graph_drawing_is_edge_changed (const BpGraphDrawing *drawing,
                                           guint                 edge);

/** Draws everything, from (0, 0) to the layout's size; leaves the background as it is. */
void bp_graph_draw (BpPainter      *painter,
                    BpGraphDrawing *drawing);

/** How many levels edges lie on. */
#define BP_GRAPH_N_LEVELS 3

/** The level of an edge: those about to be walked lie lowest, the active ones on top. */
guint bp_graph_drawing_get_edge_level (const BpGraphDrawing *drawing,
                                       guint                 edge);

/** Draws what lies below everything: the caption of the evaluation branch, and the frames of open layers. */
void bp_graph_draw_aside (BpPainter      *painter,
                          BpGraphDrawing *drawing);

/** Draws those edges from @first to before @end that lie on @level, with their labels. They lie below the nodes. */
void bp_graph_draw_edges (BpPainter      *painter,
                          BpGraphDrawing *drawing,
                          guint           level,
                          guint           first,
                          guint           end);

/** What @edge is drawn in, whatever it shows. */
void bp_graph_drawing_get_edge_bounds (BpGraphDrawing    *drawing,
                                       guint              edge,
                                       cairo_rectangle_t *bounds);

/** Draws one node, where the layout has it. One within a folded layer is not drawn. */
void bp_graph_draw_node (BpPainter      *painter,
                         BpGraphDrawing *drawing,
                         guint           node);

/** Draws a ring around a node, @gap from it and @width thick: it has the focus, or is selected. */
void bp_graph_draw_ring (BpPainter      *painter,
                         BpGraphDrawing *drawing,
                         guint           node,
                         double          gap,
                         double          width);

/** The size of a name in the drawing's pixels, which all distances are multiples of. */
double bp_graph_drawing_get_unit (const BpGraphDrawing *drawing);

/** How far beyond its box a node draws: the arc of an update, thick borders, what a nudge changes. */
double bp_graph_drawing_get_overhang (const BpGraphDrawing *drawing);

/** Whether any value was computed from variables that have been updated since. */
gboolean bp_graph_drawing_has_old_values (const BpGraphDrawing *drawing);

/** The size of what bp_graph_draw_legend() draws. */
void bp_graph_drawing_get_legend_size (BpGraphDrawing *drawing,
                                       double         *width,
                                       double         *height);

/** Draws what the lines mean, in one row from (0, 0). */
void bp_graph_draw_legend (BpPainter      *painter,
                           BpGraphDrawing *drawing);

G_END_DECLS
