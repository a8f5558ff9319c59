/* graph-layout-fixture.h: graphs to lay out, and what holds of every layout
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph-layout-private.h"

/** The height of a line of text. */
#define UNIT 15.0

/** What coordinates may differ by. */
#define EPSILON 1e-6

/** A layout, and the sizes that it was asked for. */
typedef struct {
  BpNodeSize    *nodes;
  BpLabelSize   *labels;
  BpGraphLayout *layout;
} Fixture;

/** Lays @graph out within an area, 0 for any width or height; clear() frees what it returns. */
Fixture lay_out (BpGraph *graph,
                 double   width,
                 double   height);

/** Frees what lay_out() made. */
void clear (Fixture *fixture);

/** A graph of elementwise ops on scalars whose inputs lie at most @reach nodes back, and an evaluation branch at its
   end. */
BpGraph *create_random_graph (guint32 seed,
                              guint   n_nodes,
                              guint   reach);

/** Adds a node with at most two inputs; a leaf has the shape [1]. */
guint add (BpGraph    *graph,
           const char *name,
           BpOp        op,
           guint       a,
           guint       b);

/** The point of a cubic Bézier curve of four points, at @t from 0 to 1. */
BpPoint evaluate (const BpPoint *curve,
                  double         t);

/** Nodes have the sizes they asked for, lie apart, and come after their inputs. */
void check_nodes (BpGraph *graph,
                  Fixture *fixture);

/** All that holds of any layout: of nodes, labels, tracks, and the branch set aside. */
void check_layout (BpGraph *graph,
                   Fixture *fixture);

/** The height at which the middle of the node of that name lies. */
double get_middle (const BpGraphLayout *layout,
                   BpGraph             *graph,
                   const char          *name);
