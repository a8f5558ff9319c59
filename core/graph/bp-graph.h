/* bp-graph.h: what is computed
 *
 * A graph holds nodes, their names and shapes, and no numbers: sessions hold those, and several may share a graph.
 * A node's inputs exist before it does, so there are no cycles and the order of creation is a topological order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-op.h"

G_BEGIN_DECLS

typedef struct _BpGraph BpGraph;

/** No node: where an optional node is absent. */
#define BP_NODE_NONE G_MAXUINT

/** No element of a node: where an optional element is absent. */
#define BP_ELEMENT_NONE ((gssize) -1)

/** Returns: (transfer full): an empty graph with one reference */
BpGraph *bp_graph_new (void);

BpGraph *bp_graph_ref (BpGraph *graph);

void bp_graph_unref (BpGraph *graph);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpGraph, bp_graph_unref)

/**
 * bp_graph_add:
 * @name: (nullable): its name, unique in the graph; NULL names it after its op ("multiply", "multiply_1", …)
 * @op: what it computes
 * @inputs: its inputs, as many as @op's arity; NULL for a leaf
 * @attributes: (nullable): what @op needs besides inputs; copied; required for leaves (shape) and constants (value)
 *
 * Appends a node. Fails with BP_ERROR_SHAPE when the inputs' shapes do not fit, with BP_ERROR_VALUE when the name
 * is taken; the graph is then as before.
 *
 * Returns: the node, or BP_NODE_NONE on error
 */
guint bp_graph_add (BpGraph              *graph,
                    const char           *name,
                    BpOp                  op,
                    const guint          *inputs,
                    const BpOpAttributes *attributes,
                    GError              **error);

/** Adds a scalar constant [] named after its number. */
guint bp_graph_add_constant (BpGraph *graph,
                             double   value);

/**
 * bp_graph_rename:
 *
 * Gives @node a name of its own. Fails with BP_ERROR_VALUE when another node has it.
 */
gboolean bp_graph_rename (BpGraph    *graph,
                          guint       node,
                          const char *name,
                          GError    **error);

/**
 * bp_graph_set_loss:
 *
 * Makes @node the loss: the node that backward starts from. It must have one element.
 * Nodes that lie between a variable and the loss need a gradient from then on.
 */
void bp_graph_set_loss (BpGraph *graph,
                        guint    node);

/** Returns: the loss, or BP_NODE_NONE before bp_graph_set_loss() */
guint bp_graph_get_loss (BpGraph *graph);

/** Uses up the next automatic name of @op, so that later nodes have the same names in the graphs of all batch sizes. */
void bp_graph_skip_name (BpGraph *graph,
                         BpOp     op);

/**
 * bp_graph_set_evaluation:
 *
 * Marks @node as part of the evaluation branch: drawn aside, no part of the train step, not differentiated.
 */
void bp_graph_set_evaluation (BpGraph *graph,
                              guint    node);

gboolean bp_graph_is_evaluation (BpGraph *graph,
                                 guint    node);

guint bp_graph_get_n_nodes (BpGraph *graph);

/** The name of @node; the text lives until a node is added or renamed. A generated name changes if a user gives that
 *  name to another node. */
const char *bp_graph_get_name (BpGraph *graph,
                               guint    node);

/** Whether the node got its name from its op rather than from the user. */
gboolean bp_graph_is_anonymous (BpGraph *graph,
                                guint    node);

BpOp bp_graph_get_op (BpGraph *graph,
                      guint    node);

/** Whether a node of @graph has the op @op. */
gboolean bp_graph_has_op (BpGraph *graph,
                          BpOp     op);

guint bp_graph_get_n_inputs (BpGraph *graph,
                             guint    node);

guint bp_graph_get_input (BpGraph *graph,
                          guint    node,
                          guint    index);

/** The shape of @node; the pointer lives until a node is added. */
const BpShape *bp_graph_get_shape (BpGraph *graph,
                                   guint    node);

/** What the op of @node has besides inputs; the pointer lives until a node is added. */
const BpOpAttributes *bp_graph_get_attributes (BpGraph *graph,
                                               guint    node);

/** Number of elements of @node. */
gsize bp_graph_get_n_elements (BpGraph *graph,
                               guint    node);

/** Whether backward computes a gradient of @node: a variable feeds it, it feeds the loss, and nothing stops it. */
gboolean bp_graph_needs_gradient (BpGraph *graph,
                                  guint    node);

/** Returns: the node named @name, or BP_NODE_NONE */
guint bp_graph_find (BpGraph    *graph,
                     const char *name);

guint bp_graph_get_n_variables (BpGraph *graph);

/** The @index-th variable in order of creation. */
guint bp_graph_get_variable (BpGraph *graph,
                             guint    index);

guint bp_graph_get_n_placeholders (BpGraph *graph);

/** The @index-th placeholder in order of creation. */
guint bp_graph_get_placeholder (BpGraph *graph,
                                guint    index);

/** Number of elements of all variables together: the length of a parameter vector. */
gsize bp_graph_get_n_parameters (BpGraph *graph);

G_END_DECLS
