/* bp-graph-private.h: what a graph consists of, for the files it is made of
 *
 * bp-graph-build.c adds nodes and names them, bp-graph.c answers questions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

G_BEGIN_DECLS

/** The flags of a node. */
enum {
  BP_NODE_EVALUATION = 1 << 0,
  BP_NODE_DEPENDS = 1 << 1,   /* on a variable, by a path that a gradient can go back along */
  BP_NODE_REACHES = 1 << 2,   /* the loss, by such a path */
  BP_NODE_ANONYMOUS = 1 << 3, /* named after its op or its number */
};

/** A node; @name is its own. */
typedef struct {
  BpOp            op;
  guint           inputs[BP_MAX_INPUTS];
  guint           flags;
  BpShape         shape;
  BpOpAttributes  attributes;
  char           *name;
} BpNode;

struct _BpGraph {
  gatomicrefcount  ref_count;
  GArray          *nodes;
  GHashTable      *by_name;      /* name → node; the text is the node's */
  GHashTable      *next_numbers; /* base of made names → the number that the next one gets */
  GArray          *variables;
  GArray          *placeholders;
  gsize            n_parameters;
  guint            loss;
};

#define BP_NODE(graph, node) (&g_array_index ((graph)->nodes, BpNode, (node)))

G_END_DECLS
