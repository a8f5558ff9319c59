/* network-fixture.h: graphs of networks, written as lines or drawn at random
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

/**
 * create_network:
 * @text: a line for each node: "name = expression", "name [2, 3]" for a variable, "name : [4]" for a placeholder; the
 *   node named loss is the loss
 *
 * Returns: (transfer full)
 */
BpGraph *create_network (const char *text);

/** As many layers as @seed says, some with residual sums, shared kernels, penalties, columns of data. Returns:
 *  (transfer full) */
BpGraph *create_random_network (guint32 seed);
