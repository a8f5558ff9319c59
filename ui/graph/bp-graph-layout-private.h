/* bp-graph-layout-private.h: the steps of a layout and what they share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph-layout.h"

G_BEGIN_DECLS

/**
 * BpPlanBox:
 * @node: the node of the graph that it stands for, or the output of a layer
 * @layer: the open layer that it is the group of, or G_MAXUINT
 * @aside: whether it belongs to the evaluation branch
 * @has_update: whether an arc of an update is drawn at its left
 */
typedef struct {
  guint    node;
  guint    layer;
  gboolean aside;
  gboolean has_update;
} BpPlanBox;

/** An edge between two boxes; @edge is its number in the graph. */
typedef struct {
  guint    from;
  guint    to;
  guint    edge;
  gboolean differentiated;
} BpPlanEdge;

/** What is laid out: boxes in a topological order, and the edges between them by the box they lead to. */
typedef struct {
  BpGraph    *graph;
  guint       n_boxes;
  guint       n_edges;
  BpPlanBox  *boxes;
  BpPlanEdge *edges;
  guint      *first_edges;  /* by box */
  guint      *sources;      /* by edge of the graph: the node that it comes from */
  guint      *shown_in;     /* by node of the graph: the node that stands for it */
  guint      *box_of;       /* by node of the graph */
} BpPlan;

/** bp-graph-layout-plan.c; @layers: (nullable) */
BpPlan *bp_plan_new (BpGraph         *graph,
                     const GPtrArray *layers,
                     BpOpenLayers     open);

void bp_plan_free (BpPlan *plan);

static inline guint
bp_plan_get_n_inputs (const BpPlan *plan,
                      guint         box)
{
  return plan->first_edges[box + 1] - plan->first_edges[box];
}

static inline guint
bp_plan_get_input (const BpPlan *plan,
                   guint         box,
                   guint         index)
{
  return plan->edges[plan->first_edges[box] + index].from;
}

/**
 * BpVertex:
 * @node: the box, or BP_NODE_NONE for a bend of an edge
 * @layer: its column
 * @rank: its position in the column, from the top
 * @aside: whether it belongs to the evaluation branch
 * @height: the room it takes in its column
 * @rise: how much of that is above @y
 * @y: the height that its edges run at: its centre, but for groups
 */
typedef struct {
  guint    node;
  guint    layer;
  guint    rank;
  gboolean aside;
  double   height;
  double   rise;
  double   y;
} BpVertex;

/**
 * BpLink:
 * @from, @to: vertices of neighbouring columns (any where an edge has no bends, as there would be too many)
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

typedef struct _BpGroup BpGroup;

/** A layered graph in the making. The first @n_nodes vertices are the boxes of the plan; the columns of row r are
 * row_starts[r] … row_starts[r + 1] − 1. @groups has the inside of each box that is an open layer, else NULL. */
typedef struct {
  BpPlan     *plan;
  BpGroup   **groups;
  guint       n_nodes;
  guint       n_edges;
  guint      *first_edges;
  guint       n_layers;
  guint       n_rows;
  guint      *row_starts;
  guint      *layer_rows;
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
  double row_gap;    /* between a row and what is above it */
  double aside_gap;  /* between the evaluation branch and the rest */
  double curve;      /* width of half a curve beside a label */
  double spread;     /* how much wider a gap may get for smooth curves, in widths of its label */
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

static inline guint
bp_sketch_get_row (const BpSketch *sketch,
                   guint           v)
{
  return sketch->layer_rows[bp_sketch_vertex (sketch, v)->layer];
}

/** Whether two vertices stand in neighbouring columns of a row. */
static inline gboolean
bp_sketch_are_beside (const BpSketch *sketch,
                      guint           a,
                      guint           b)
{
  guint first = bp_sketch_vertex (sketch, a)->layer;
  guint second = bp_sketch_vertex (sketch, b)->layer;

  return (first + 1 == second || second + 1 == first) && sketch->layer_rows[first] == sketch->layer_rows[second];
}

/* Groups: the inside of open layers, bp-graph-layout-group.c. Heights are from the line that a group's edges run at,
 * distances from its left border. */

/** @loop: the room for the arc of an update */
BpGroup *bp_group_new (BpGraph                    *graph,
                       const BpDenseLayer         *layer,
                       const BpGraphLayoutOptions *options,
                       const guint                *first_edges,
                       double                      loop);

void bp_group_free (BpGroup *group);

/** @rise: how far its top is above the line */
void bp_group_get_size (const BpGroup *group,
                        double        *width,
                        double        *height,
                        double        *rise);

/** Where the member @node is. */
cairo_rectangle_t bp_group_get_node (const BpGroup *group,
                                     guint          node);

double bp_group_get_heading (const BpGroup *group);

/** The height at which edge @edge of the graph enters at the left. */
double bp_group_get_entry (const BpGroup *group,
                           guint          edge);

/** The height around which edges from member @from leave at the right, and how far from it they may. */
void bp_group_get_exit (const BpGroup *group,
                        guint          from,
                        double        *y,
                        double        *reach);

/**
 * bp_group_append_path:
 * @points: where the path goes
 * @first: where the path begins in @points; what is there already ends where the rest goes on
 * @edge: an edge of the graph that enters or goes from member to member
 * @x, @y: the place of the left border and the line
 * @offset: how far the track is below the middle; at vertical ones to the right
 *
 * The part of the path of @edge that is within the group.
 */
void bp_group_append_path (const BpGroup *group,
                           GArray        *points,
                           guint          first,
                           guint          edge,
                           double         x,
                           double         y,
                           double         offset);

/** The path of an edge that leaves from member @from, up to the right border, which it reaches at @end. */
void bp_group_append_exit (const BpGroup *group,
                           GArray        *points,
                           guint          from,
                           double         x,
                           double         y,
                           double         end,
                           double         offset);

/** Where the label of an edge between members goes; FALSE where it has no room for one. */
gboolean bp_group_get_label (const BpGroup     *group,
                             guint              edge,
                             cairo_rectangle_t *label);

/** Layers, bends and links, all in one row: bp-graph-layout-layers.c; takes over @plan */
BpSketch *bp_sketch_new (BpPlan *plan);

void bp_sketch_free (BpSketch *sketch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSketch, bp_sketch_free)

/** The order within columns: bp-graph-layout-order.c */
void bp_sketch_order (BpSketch *sketch);

/** Vertical positions of the vertices, each row around its own zero: bp-graph-layout-place.c */
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
 * @has_group: whether there is an open layer in it
 */
typedef struct {
  double   x;
  double   width;
  double   lead;
  double   gap;
  double   label;
  gboolean has_group;
} BpLayer;

/**
 * bp_sketch_split:
 * @layers: with their widths
 *
 * Breaks the columns into @n_rows, as many at most as there are columns, so that rows are about equally wide and few
 * links lead from one to the next: bp-graph-layout-rows.c
 */
void bp_sketch_split (BpSketch      *sketch,
                      const BpLayer *layers,
                      double         unit,
                      guint          n_rows);

struct _BpGraphLayout {
  BpSketch          *sketch;
  guint              n_nodes;
  guint              n_edges;
  guint             *first_edges;
  cairo_rectangle_t *nodes;   /* by node of the graph */
  cairo_rectangle_t *boxes;   /* by box of the plan */
  BpGraphEdge       *edges;   /* by edge of the graph */
  GArray            *points;
  BpGraphEdge       *outer;   /* by edge of the plan */
  BpLabelSize       *labels;  /* the same */
  BpLayer           *layers;
  double             unit;
  double             loop;
  double             width;
  double             height;
};

/** Places nodes and edges by the boxes and the paths between them, moves all so that it begins at the margin, and
 *  measures it: bp-graph-layout-assemble.c */
void bp_graph_layout_assemble (BpGraphLayout *layout,
                               double         margin);

/** Makes a box, from (@left, @top) to (@right, @bottom), hold @rectangle too. */
void bp_extend_box (double                  *left,
                    double                  *top,
                    double                  *right,
                    double                  *bottom,
                    const cairo_rectangle_t *rectangle);

/**
 * BpStrand:
 * @link: a link between two columns
 * @start, @end: its heights at both; @start is NaN where it comes from the row above
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
 * Looks for room for the labels between two columns, from @left to @right, below smooth curves:
 * bp-graph-layout-labels.c
 * Returns: FALSE when there is not enough
 */
gboolean bp_strands_place_labels (BpStrand          *strands,
                                  guint              n_strands,
                                  double             left,
                                  double             right,
                                  const BpDistances *distances);

/** Lets every strand run level in the middle, as far apart as their labels need, which always works. A strand that
 *  comes from the row above starts level. */
void bp_strands_level (BpStrand          *strands,
                       guint              n_strands,
                       double             left,
                       double             right,
                       const BpDistances *distances);

/**
 * bp_sketch_set_ports:
 * @starts, @ends: (out) (array): the heights at which each link leaves its left end and enters its right one
 * @tracks: (out) (array): between the value's and the gradient's track of each
 *
 * bp-graph-layout-ports.c
 */
void bp_sketch_set_ports (BpSketch          *sketch,
                          const BpDistances *distances,
                          const BpGraphEdge *edges,
                          double            *starts,
                          double            *ends,
                          double            *tracks);

/**
 * bp_sketch_route:
 * @layers: (inout): get their positions, from 0
 * @labels: (nullable): sizes of the labels
 * @edges: (inout): get their paths, and where their labels are
 *
 * Columns, rows and paths: bp-graph-layout-route.c
 * Returns: (transfer full) (element-type BpPoint): the points that the paths refer to
 */
GArray *bp_sketch_route (BpSketch          *sketch,
                         const BpDistances *distances,
                         BpLayer           *layers,
                         const BpLabelSize *labels,
                         BpGraphEdge       *edges);

G_END_DECLS
