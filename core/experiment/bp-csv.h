/* bp-csv.h: tables of numbers from CSV files, and their fields (private)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-dataset.h"

G_BEGIN_DECLS

/**
 * BpTable:
 * @names: (array length=n_columns) (array zero-terminated=1): the names of the columns that were read
 * @n_columns: how many columns were read
 * @n_rows: how many rows, 1 … BP_MAX_SAMPLES
 * @n_dropped: how many rows more there are in the file, left out because a value is missing
 * @values: (nullable): column after column, each of @n_rows numbers
 * @classes: (nullable) (array length=n_columns): of each column of texts the names of its classes 0, 1, …; NULL for
 *   one of numbers
 * @titles: (nullable) (array zero-terminated=1): all columns of the file as its first line calls them, if it does
 * @all_names: (nullable) (array zero-terminated=1): all columns of the file as expressions call them
 */
typedef struct {
  char  **names;
  guint   n_columns;
  gsize   n_rows;
  gsize   n_dropped;
  double *values;
  char ***classes;
  char  **titles;
  char  **all_names;
} BpTable;

/** Frees what @table owns, not @table itself. */
void bp_table_clear (BpTable *table);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpTable, bp_table_clear)

/**
 * bp_csv_read:
 * @names: (nullable) (array zero-terminated=1): the columns to read, of those that are there; NULL for all
 * @table: (out): untouched on failure
 *
 * Reads @file as bp_dataset_new_from_csv() describes.
 */
gboolean bp_csv_read (const char          *file,
                      const BpDataFormat  *format,
                      const char * const  *names,
                      BpTable             *table,
                      GError             **error);

/**
 * bp_csv_make_name:
 *
 * @title as a name for expressions: "Sepal.Length" is Sepal_Length, "sepal length (cm)" sepal_length_cm, "Größe"
 * Groesse, "1st" _1st.
 *
 * Returns: (transfer full) (nullable): NULL where @title has no letter from a to z and no digit
 */
char *bp_csv_make_name (const char *title);

/** Appends @field to a line of CSV, in quotes where RFC 4180 asks for them: commas of "W[0,1]" belong to the name. */
void bp_csv_append_field (GString    *line,
                          const char *field);

G_END_DECLS
