/* bp-graph-layout-private.h: the steps of a layout and what they share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph-layout.h"

G_BEGIN_DECLS

/**
 * BpVertex:
 * @node: the node, or BP_NODE_NONE for a bend of an edge
 * @layer: its column
 * @rank: its place in the column, from the top
 * @aside: whether it belongs to the evaluation branch
 * @bypass: for a bend: whether it lies below the graph and takes no part in ordering
 * @height: the room it takes in its column
 * @y: its centre
 */
typedef struct {
  guint    node;
  guint    layer;
  guint    rank;
  gboolean aside;
  gboolean bypass;
  double   height;
  double   y;
} BpVertex;

/**
 * BpLink:
 * @from, @to: vertices of neighbouring columns (any for a bypass)
 * @edge: the edge that it is part of
 * @weight: how much it wants to be straight: bends 3, the gradient's path 2, gradients of leaves 1, others 0
 */
typedef struct {
  guint from;
  guint to;
  guint edge;
  guint weight;
} BpLink;

/** The links of each vertex on one side: those of v are links[starts[v]] … links[starts[v + 1] − 1]. */
typedef struct {
  guint *starts;
  guint *links;
} BpIncidence;

typedef enum {
  BP_SIDE_LEFT,
  BP_SIDE_RIGHT,
} BpSide;

/** A layered graph in the making. The first @n_nodes vertices are the graph's nodes; bypass vertices are in no
 * column. */
typedef struct {
  BpGraph    *graph;
  guint       n_nodes;
  guint       n_edges;
  guint      *first_edges;
  guint       n_layers;
  GArray     *vertices;
  GArray     *links;
  guint      *first_links;
  BpIncidence sides[2];
  guint      *order;
  guint      *layer_starts;
  guint64     n_crossings;
} BpSketch;

#define bp_sketch_vertex(sketch, v) (&g_array_index ((sketch)->vertices, BpVertex, (v)))
#define bp_sketch_link(sketch, l) (&g_array_index ((sketch)->links, BpLink, (l)))

/** Distances in pixels, for one degree of compactness. */
typedef struct {
  double track;      /* between the value's and the gradient's track */
  double bend;       /* height of a bend */
  double node_gap;   /* between nodes of a column */
  double aside_gap;  /* between the evaluation branch and the rest */
  double curve;      /* width of half a curve beside a label */
  double margin;
  double label_gap;  /* between a label and its edge */
} BpDistances;

/** The other end of a link as seen from its @side. */
static inline guint
bp_link_get_end (const BpLink *link,
                 BpSide        side)
{
  return side == BP_SIDE_LEFT ? link->from : link->to;
}

/** Layers, bends and links: bp-graph-layout-layers.c */
BpSketch *bp_sketch_new (BpGraph *graph);

void bp_sketch_free (BpSketch *sketch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSketch, bp_sketch_free)

/** The order within columns: bp-graph-layout-order.c */
void bp_sketch_order (BpSketch *sketch);

/** The vertices of a column that are in the evaluation branch, or those that are not: @n from the place returned on. */
guint bp_sketch_get_part (BpSketch *sketch,
                          guint     layer,
                          gboolean  aside,
                          guint    *n);

/**
 * bp_sketch_find_eligible_links:
 *
 * Returns: (transfer full): for each link, whether its ends may stand level: it belongs to the part, neither end has a
 *   weightier one on that side, and it crosses no link between bends
 */
gboolean *bp_sketch_find_eligible_links (BpSketch *sketch,
                                         gboolean  aside);

/**
 * bp_sketch_align:
 * @side: which neighbours the vertices of the part are aligned with
 * @from_below: whether the lower ones choose first
 * @roots: (out caller-allocates): for each vertex, one that stands for all that are level with it
 *
 * Blocks of vertices that stand level: bp-graph-layout-align.c
 */
void bp_sketch_align (BpSketch       *sketch,
                      gboolean        aside,
                      const gboolean *eligible,
                      BpSide          side,
                      gboolean        from_below,
                      guint          *roots);

/** Vertical places of the vertices: bp-graph-layout-place.c */
void bp_sketch_place (BpSketch          *sketch,
                      const BpDistances *distances);

/**
 * bp_separate:
 * @n: number of things in order
 * @places: (inout) (array length=n): where they want to be
 * @distances: (array length=n): the least distance of each to the one before it; the first is ignored
 *
 * Moves them apart by the least sum of squares (isotonic regression by pooling adjacent violators).
 */
void bp_separate (guint         n,
                  double       *places,
                  const double *distances);

/**
 * BpLayer:
 * @x: (out): left edge of its nodes
 * @width: of its nodes
 * @lead: the room at the left of them for the arcs of updates
 * @gap: the least room for edges at the left of that; 0 for the first
 * @label: the widest label in that gap
 */
typedef struct {
  double x;
  double width;
  double lead;
  double gap;
  double label;
} BpLayer;

/**
 * BpStrand:
 * @link: a link between two columns
 * @start, @end: its heights at both
 * @track: between the value's and the gradient's track; 0 without a gradient
 * @label: the label's size; empty unless the label lies on this link
 * @middle: (out): where it runs level in the middle, or NaN where it is one curve
 * @place: (out): where the label goes
 */
typedef struct {
  guint             link;
  double            start;
  double            end;
  double            track;
  BpLabelSize       label;
  double            middle;
  cairo_rectangle_t place;
} BpStrand;

#define BP_CURVE_POINTS 4

/** A cubic from (@x0, @y0) to (@x1, @y1), level at both ends, shifted down by @offset and, where steep, sideways. */
void bp_curve_init (BpPoint points[BP_CURVE_POINTS],
                    double  x0,
                    double  y0,
                    double  x1,
                    double  y1,
                    double  offset);

/**
 * bp_strands_place_labels:
 *
 * Looks for places of the labels between two columns, from @left to @right, beside smooth curves:
 * bp-graph-layout-labels.c
 * Returns: FALSE when there are not enough
 */
gboolean bp_strands_place_labels (BpStrand          *strands,
                                  guint              n_strands,
                                  double             left,
                                  double             right,
                                  const BpDistances *distances);

/** Lets every strand run level in the middle, as far apart as their labels need, which always works. */
void bp_strands_level (BpStrand          *strands,
                       guint              n_strands,
                       double             left,
                       double             right,
                       const BpDistances *distances);

/**
 * bp_sketch_route:
 * @layers: (inout): get their places, from 0
 * @labels: (nullable): sizes of the labels
 * @edges: (inout): get their paths and labels' places
 *
 * Ports and paths: bp-graph-layout-route.c
 * Returns: (transfer full) (element-type BpPoint): the points that the paths refer to
 */
GArray *bp_sketch_route (BpSketch          *sketch,
                         const BpDistances *distances,
                         BpLayer           *layers,
                         const BpLabelSize *labels,
                         BpGraphEdge       *edges);

G_END_DECLS
