/* bp-dataset-private.h: a dataset from its table (private)
 *
 * bp-dataset-draw.c draws tables from distributions, bp-csv.c reads them, and bp-dataset.c has them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-csv.h"

G_BEGIN_DECLS

/** A dataset that takes what @table owns. Fails when the numbers of its rows do not fit into memory. */
BpDataset *bp_dataset_new_from_table (guint64   seed,
                                      BpTable  *table,
                                      GError  **error);

G_END_DECLS
