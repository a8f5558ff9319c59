/* bp-layers.h: the dense layers of a graph
 *
 * A dense layer is what a network is made of: products of matrices with variables, their sum, a bias, an activation,
 * and perhaps a residual sum. A graph of layers can be shown with a box for each; which node stands for which others
 * is arithmetic on the graph, with no numbers in it.
 *
 *   g_autoptr (GPtrArray) layers = bp_layers_find (graph);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

G_BEGIN_DECLS

/** The products that one layer adds up at most. */
#define BP_LAYER_MAX_PRODUCTS 4

/**
 * BpDenseLayer:
 * @name: the output's name, or what the names of its variables have in common
 * @n_products: how many products it adds up, usually 1
 * @inputs: (array length=n_products): what comes in, [batch, n]
 * @kernels: (array length=n_products): the variables that it is multiplied by, [n, @n_out]
 * @products: (array length=n_products): the products, [batch, @n_out]
 * @bias: the variable that is added, or BP_NODE_NONE
 * @sum: what the activation is of: the last sum, or the product itself
 * @activation: such as tanh, or BP_NODE_NONE
 * @skip: what a residual sum adds, or BP_NODE_NONE
 * @output: the node that the rest of the graph uses
 * @n_in: columns of all inputs together
 * @n_out: columns of the output: its neurons
 * @n_members: number of members
 * @members: (array length=n_members): all of the layer's own nodes in ascending order, the variables included unless
 *   another layer uses them too; nothing else uses those that are no variables, but for the output
 */
typedef struct {
  char  *name;
  guint  n_products;
  guint  inputs[BP_LAYER_MAX_PRODUCTS];
  guint  kernels[BP_LAYER_MAX_PRODUCTS];
  guint  products[BP_LAYER_MAX_PRODUCTS];
  guint  bias;
  guint  sum;
  guint  activation;
  guint  skip;
  guint  output;
  guint  n_in;
  guint  n_out;
  guint  n_members;
  guint *members;
} BpDenseLayer;

/** Returns: (transfer full) (element-type BpDenseLayer): the layers in the order of their first products */
GPtrArray *bp_layers_find (BpGraph *graph);

/** The @index-th of what bp_layers_find() returned. */
static inline const BpDenseLayer *
bp_layers_get (const GPtrArray *layers,
               guint            index)
{
  return (const BpDenseLayer *) g_ptr_array_index (layers, index);
}

/** "tanh · 2 → 8", or "2 → 8" without an activation. Returns: (transfer full) */
char *bp_dense_layer_describe (const BpDenseLayer *layer,
                               BpGraph            *graph);

/** Returns: the index of the layer that @node is a member of, or G_MAXUINT */
guint bp_layers_find_member (const GPtrArray *layers,
                             guint            node);

/** Which layers are open: bit 1 << i for layer i. Those from 64 on are never open. */
typedef guint64 BpOpenLayers;

/** All layers open, and none. */
#define BP_LAYERS_ALL G_MAXUINT64
#define BP_LAYERS_NONE G_GUINT64_CONSTANT (0)

static inline gboolean
bp_layers_is_open (BpOpenLayers open,
                   guint        layer)
{
  return layer < 64 && (open >> layer & 1) != 0;
}

/** What a graph is shown with to begin with: a network, of several layers, folded; a single layer open. */
BpOpenLayers bp_layers_get_default_open (const GPtrArray *layers);

/**
 * bp_layers_fold:
 * @open: which layers are open
 * @boxes: (out) (array): for each node of @graph the node that it is shown in, which is itself for all that are shown
 *
 * The members of a folded layer are shown in its output. As long as any layer is folded, expand_dims and reshape of a
 * placeholder are shown in the placeholder. The boxes, with the edges between them, have no cycle: in the order of
 * creation of the nodes that stand for them, inputs come first.
 */
void bp_layers_fold (const GPtrArray *layers,
                     BpGraph         *graph,
                     BpOpenLayers     open,
                     guint           *boxes);

G_END_DECLS
