/* bp-dataset-private.h: the fields of a dataset, and one from its table (private)
 *
 * bp-dataset-draw.c draws tables from distributions, bp-csv.c reads them, bp-dataset.c has them, and
 * bp-dataset-batches.c says which rows are fed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-csv.h"

G_BEGIN_DECLS

/* The first rows of the batch of @iteration: @n of the chosen rows, from @first on. */
typedef struct {
  guint64 iteration;
  gsize   first;
  gsize   n;
} BpChosenRows;

struct _BpDataset
{
  gatomicrefcount ref_count;
  BpTable     table;
  GTree      *columns; /* name → number + 1 */
  GTree      *joined;  /* name → GArray of numbers: a column's own, or of several that go by the name */
  BpSampling  sampling;
  guint64     batch_key;
  guint64     epoch_key;
  guint64     test_key;

  /* Row numbers: those that batches come from, then those held out. */
  gsize      *rows;
  gsize       n_train;

  char       *digest;  /* that of the data before they were edited; NULL while they are not */
  gsize       n_typed; /* further rows of each column */
  GArray     *chosen;  /* of BpChosenRows, in the order of the iterations */
  GArray     *chosen_rows;
};

/** A dataset that takes what @table owns. Fails when the numbers of its rows do not fit into memory. */
BpDataset *bp_dataset_new_from_table (guint64   seed,
                                      BpTable  *table,
                                      GError  **error);

G_END_DECLS
