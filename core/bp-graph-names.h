/* bp-graph-names.h: what the nodes of a graph are called (private to the graph)
 *
 * A node has the name a user gave it, or one made from its op ("multiply", "multiply_1") or number. Made names are
 * numbers until somebody asks for them, so that a graph of a million nodes does not hold a million texts, and they
 * yield: when a user takes such a name, the node that had it gets the next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-graph.h"

G_BEGIN_DECLS

typedef struct _BpGraphNames BpGraphNames;

BpGraphNames *bp_graph_names_new (void);

void bp_graph_names_free (BpGraphNames *names);

/** Fails with BP_ERROR_VALUE when a user gave @name to another node than @node. */
gboolean bp_graph_names_check_free (BpGraphNames *names,
                                    const char   *name,
                                    guint         node,
                                    GError      **error);

/* Where @op and @value are asked for they are the node's op and, if it is a constant, its number. */

/** Names the next node: @name, which must be free, or else one made from its op. */
void bp_graph_names_append (BpGraphNames *names,
                            BpOp          op,
                            double        value,
                            const char   *name);

/** Leaves out the next name made from @op. */
void bp_graph_names_skip (BpGraphNames *names,
                          BpOp          op);

/** Gives @node the name @name, which must be free. */
void bp_graph_names_set (BpGraphNames *names,
                         guint         node,
                         BpOp          op,
                         double        value,
                         const char   *name);

const char *bp_graph_names_get (BpGraphNames *names,
                                guint         node,
                                BpOp          op,
                                double        value);

gboolean bp_graph_names_is_anonymous (BpGraphNames *names,
                                      guint         node);

/** Returns: the node called @name, or BP_NODE_NONE */
guint bp_graph_names_find (BpGraphNames *names,
                           const char   *name);

G_END_DECLS
