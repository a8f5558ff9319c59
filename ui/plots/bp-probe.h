/* bp-probe.h: a model of so many rows, to ask what it makes of them
 *
 * A graph and a session of an experiment apart from any run: fed with samples or with numbers of one's own, at
 * parameters of one's own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-evaluator.h"
#include "session/bp-session.h"

G_BEGIN_DECLS

typedef struct _BpProbe BpProbe;

/**
 * bp_probe_new:
 * @graph: of a batch of @n_rows rows; the probe takes a reference
 * @max_cost: how many operations an evaluation may take
 *
 * Fails as bp_evaluator_check_graph() does.
 */
BpProbe *bp_probe_new (BpGraph *graph,
                       gsize    n_rows,
                       double   max_cost,
                       GError **error);

void bp_probe_free (BpProbe *probe);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpProbe, bp_probe_free)

gsize bp_probe_get_n_rows (BpProbe *probe);

/** How many operations an evaluation takes. */
double bp_probe_get_cost (BpProbe *probe);

/** Its graph. A node of another batch size's graph may have another number in it. */
BpGraph *bp_probe_get_graph (BpProbe *probe);

/** Feeds all placeholders with rows of @dataset. */
void bp_probe_feed_rows (BpProbe     *probe,
                         BpDataset   *dataset,
                         const gsize *rows);

/** Feeds one placeholder. */
void bp_probe_feed (BpProbe      *probe,
                    guint         placeholder,
                    const double *values);

/** The loss at @parameters. */
double bp_probe_get_loss (BpProbe      *probe,
                          const double *parameters);

/**
 * bp_probe_evaluate:
 *
 * Returns: (transfer none) (nullable): the value of @node for each row at @parameters; NULL when it has not one
 * number for each
 */
const double *bp_probe_evaluate (BpProbe      *probe,
                                 guint         node,
                                 const double *parameters);

G_END_DECLS
