/* bp-graph-layout.h: where the nodes of a graph go, and how its edges run
 *
 * Pure arithmetic, in the manner of Sugiyama, Tagawa and Toda (1981): layers from left to right by longest path,
 * bends for edges that span several layers, an order within each layer that keeps crossings low, and positions that
 * keep chains straight, above all the one that the gradient takes. The evaluation branch lies below, apart. Where the
 * area is too narrow, the layers are wrapped into rows like the words of a text; an edge to the next row runs back
 * between both.
 *
 * Dense layers may be folded: then the layer is one box, and only edges between boxes have paths. A layer that is open
 * is a group: a box around its nodes, which stand in an order of their own with parameters above their ops
 * (bp-graph-layout-group.c).
 *
 * Each edge is a cubic path with a track for the value (above) and, where a gradient flows, one for it (below), and has
 * room for a label below. Paths stay between the columns of nodes and cross a column only where no node is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>

#include "graph/bp-layers.h"

G_BEGIN_DECLS

/**
 * BpNodeSize:
 * @min_width, @min_height: at its most compact
 * @width, @height: where there is room
 *
 * How large a node is drawn. All nodes of a column get the same width.
 */
typedef struct {
  double min_width;
  double width;
  double min_height;
  double height;
} BpNodeSize;

/** The room that an edge's label needs; 0 by 0 for none. */
typedef struct {
  double width;
  double height;
} BpLabelSize;

/**
 * BpGraphLayoutOptions:
 * @unit: the height of a line of text, which all distances are multiples of
 * @nodes: (array): the size of each node; that of a folded layer is its output's
 * @labels: (array) (nullable): the size of each edge's label, in the order of bp_graph_layout_get_edge(); edges without
 *   a path, and those within an open layer that are not straight, get none
 * @layers: (nullable) (element-type BpDenseLayer): the layers of the graph
 * @open: which of them are open
 * @width, @height: the area to fit into, 0 for any; distances shrink before the picture exceeds it, and where both are
 *   given it is wrapped into rows.
 *   Graphs of more than BP_GRAPH_LAYOUT_MAX_FITTED nodes take the room they need.
 * @least: the part of its size that the picture is not scaled below, where it is scrolled instead: then its height
 *   fits, if in any way, and it is as much too wide as that takes; 0 for any
 */
typedef struct {
  double             unit;
  const BpNodeSize  *nodes;
  const BpLabelSize *labels;
  double             width;
  double             height;
  double             least;
  const GPtrArray   *layers;
  BpOpenLayers       open;
} BpGraphLayoutOptions;

#define BP_GRAPH_LAYOUT_MAX_FITTED 100

typedef struct {
  double x;
  double y;
} BpPoint;

/**
 * BpGraphEdge:
 * @from: the input
 * @to: the node that uses it
 * @input: as which of its inputs
 * @differentiated: whether backward passes a gradient along it, from @to to @from
 * @aside: whether it belongs to the evaluation branch
 * @n_points: 3k + 1: a start, then two controls and an end for each cubic, from @from to @to; 0 for an edge within a
 *   folded layer, which has no path
 * @value_track: (array length=n_points) (nullable): the path of the value
 * @gradient_track: (array length=n_points) (nullable): the path of the gradient, left to right too; NULL without one
 * @label: where the label goes; empty without one
 */
typedef struct {
  guint             from;
  guint             to;
  guint             input;
  gboolean          differentiated;
  gboolean          aside;
  guint             n_points;
  const BpPoint    *value_track;
  const BpPoint    *gradient_track;
  cairo_rectangle_t label;
} BpGraphEdge;

typedef struct _BpGraphLayout BpGraphLayout;

/** Number of edges of @graph: inputs of all nodes. */
guint bp_graph_layout_count_edges (BpGraph *graph);

/**
 * bp_graph_layout_is_differentiated:
 *
 * Whether backward passes a gradient from @node to its input @input.
 */
gboolean bp_graph_layout_is_differentiated (BpGraph *graph,
                                            guint    node,
                                            guint    input);

/**
 * bp_graph_layout_new:
 * @graph: need not outlive the layout
 *
 * Lays out @graph. The same graph and options give the same layout. Time and memory are bounded: where edges would need
 * too many bends, in graphs of many hundred nodes, some have none and run behind nodes.
 */
BpGraphLayout *bp_graph_layout_new (BpGraph                    *graph,
                                    const BpGraphLayoutOptions *options);

void bp_graph_layout_free (BpGraphLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpGraphLayout, bp_graph_layout_free)

/** Everything lies within (0, 0) and this, with a margin. */
void bp_graph_layout_get_size (const BpGraphLayout *layout,
                               double              *width,
                               double              *height);

guint bp_graph_layout_get_n_nodes (const BpGraphLayout *layout);

/** Where @node is; of one within a folded layer, where that is. */
const cairo_rectangle_t *bp_graph_layout_get_node (const BpGraphLayout *layout,
                                                   guint                node);

/** The node that stands for @node: itself unless that is within a folded layer, or data that are shown elsewhere. */
guint bp_graph_layout_get_box (const BpGraphLayout *layout,
                               guint                node);

/** Where the group of layer @layer lies, and how high its heading is; FALSE while it is folded. */
gboolean bp_graph_layout_get_group (const BpGraphLayout *layout,
                                    guint                layer,
                                    cairo_rectangle_t   *group,
                                    double              *heading);

/** The column of @node, from the left. */
guint bp_graph_layout_get_layer (const BpGraphLayout *layout,
                                 guint                node);

guint bp_graph_layout_get_n_edges (const BpGraphLayout *layout);

/** The edges in ascending order of the node they lead to, then of the input. */
const BpGraphEdge *bp_graph_layout_get_edge (const BpGraphLayout *layout,
                                             guint                edge);

/** The first edge that leads to @node; the others follow. */
guint bp_graph_layout_get_first_edge (const BpGraphLayout *layout,
                                      guint                node);

/** How often edges cross between columns, before it is wrapped into rows. */
guint64 bp_graph_layout_get_n_crossings (const BpGraphLayout *layout);

/** The room left free at the left of each variable for the arc of its update. */
double bp_graph_layout_get_loop_width (const BpGraphLayout *layout);

/** The row of @node's column, from the top. */
guint bp_graph_layout_get_row (const BpGraphLayout *layout,
                               guint                node);

guint bp_graph_layout_get_n_rows (const BpGraphLayout *layout);

/** Where the evaluation branch lies in @row; FALSE without one. */
gboolean bp_graph_layout_get_aside (const BpGraphLayout *layout,
                                    guint                row,
                                    cairo_rectangle_t   *aside);

G_END_DECLS
