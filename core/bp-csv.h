/* bp-csv.h: tables of numbers from CSV files, and their fields (private)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BpTable:
 * @names: (array length=n_columns) (array zero-terminated=1): the columns' names
 * @n_columns: how many columns; at least 1 when read from a file
 * @n_rows: how many rows, 1 … BP_MAX_SAMPLES
 * @values: column after column, each of @n_rows numbers
 */
typedef struct {
  char  **names;
  guint   n_columns;
  gsize   n_rows;
  double *values;
} BpTable;

/** Frees what @table owns, not @table itself. */
void bp_table_clear (BpTable *table);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpTable, bp_table_clear)

/** Reads @file as bp_dataset_new_from_csv() describes. @table: (out): untouched on failure */
gboolean bp_csv_read (const char *file,
                      BpTable    *table,
                      GError    **error);

/** Appends @field to a line of CSV, in quotes where RFC 4180 asks for them: commas of "W[0,1]" belong to the name. */
void bp_csv_append_field (GString    *line,
                          const char *field);

G_END_DECLS
