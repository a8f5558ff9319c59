/* graph-fixture.h: leaves of graphs, and a graph for expressions to refer to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

/** Adds a placeholder or variable of @shape, such as "[2, 3]". Returns: the node */
guint add_leaf (BpGraph    *graph,
                const char *name,
                BpOp        op,
                const char *shape);

/** x_data and y_target [1], the variables A [1] and W [2, 3]. Returns: (transfer full) */
BpGraph *create_graph (void);
