/* bp-stretch.h: two vectors of samples that broadcasting makes a matrix of
 *
 * A prediction of shape [batch, 1] less targets of shape [batch] is a [batch, batch] matrix: each prediction with each
 * target. It trains, on something else than was meant. With a batch of one sample nothing of it is to be seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"

G_BEGIN_DECLS

/**
 * BpStretch:
 * @node: the op that makes the matrix, on the way from a variable to the loss
 * @vector: which of its inputs is of shape [batch]; the other one is of shape [batch, 1]
 */
typedef struct {
  guint node;
  guint vector;
} BpStretch;

/**
 * bp_stretch_find:
 * @graph: the graph of @experiment for any batch size
 * @stretch: (out): the first one; it is the same in the graphs of all batch sizes
 *
 * Returns: FALSE when there is none, also where the model takes no other batch size to tell from
 */
gboolean bp_stretch_find (const BpExperiment *experiment,
                          BpGraph            *graph,
                          BpStretch          *stretch);

/** What there is to say of it: which nodes, and what is probably meant. Returns: (transfer full): a sentence */
char *bp_stretch_describe (const BpStretch *stretch,
                           BpGraph         *graph);

G_END_DECLS
