/* bp-network-private.h: what the structure of a network and its numbers share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "network/bp-network.h"

G_BEGIN_DECLS

/** Finds columns, neurons and connections anew. */
void bp_network_build (BpNetwork *network,
                       BpTrainer *trainer);

/** How many columns a matrix or a column of data has. */
guint bp_network_count_columns (BpGraph *graph,
                                guint    node);

G_END_DECLS
