/* bp-csv-preview.h: what a CSV file looks like, before it is said what its columns are for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-dataset.h"

G_BEGIN_DECLS

/** How many rows of a file are shown. */
#define BP_PREVIEW_ROWS 50

/** How many columns are looked at, and how many classes or fields that are missing are remembered. */
#define BP_PREVIEW_MAX_COLUMNS 1000
#define BP_PREVIEW_MAX_CLASSES 100
#define BP_PREVIEW_MAX_MISSING 1000

typedef enum {
  BP_FIELDS_NONE,    /* no field has a value */
  BP_FIELDS_NUMBERS,
  BP_FIELDS_TEXTS,   /* that may be classes */
  BP_FIELDS_OTHER,   /* numbers and texts, or dates */
} BpFieldsKind;

/**
 * BpPreviewColumn:
 * @title: as the file has it, in UTF-8; "" where it has none
 * @name: what expressions call it
 * @kind: what its fields are
 * @n_missing: how many of them are missing
 * @texts: (array zero-terminated=1): the different texts in alphabetical order
 * @numbers: (element-type double): the different numbers in ascending order if all are whole and not too many, else
 *   none
 * @n_texts: how many different texts there are; more than in @texts if there are too many
 * @counts_rows: whether its numbers are those of the rows, from 0 or from 1
 */
typedef struct {
  char        *title;
  char        *name;
  BpFieldsKind kind;
  gsize        n_missing;
  char       **texts;
  GArray      *numbers;
  gsize        n_texts;
  gboolean     counts_rows;
} BpPreviewColumn;

/** A field that is missing: its row, from 1, and its column, from 0. */
typedef struct {
  gsize row;
  guint column;
} BpPreviewMissing;

/**
 * BpCsvPreview:
 * @format: how the file is read, all of it decided, but @drop_missing, which is as it was asked for
 * @found_separator: whether that is what the file says, or had been asked for; FALSE if it says several things
 * @found_decimal: the same of the decimal sign
 * @found_header: the same of the first line
 * @columns: (element-type BpPreviewColumn)
 * @rows: (element-type GStrv): the first rows, each with as many fields as there are columns, in UTF-8; "" is no text
 * @missing: (element-type BpPreviewMissing): the first fields that are missing
 * @missing_texts: (element-type utf8): what stands in fields that are missing, such as "NA" or ""
 * @n_rows: how many rows there are
 * @problem: (nullable): a sentence that says why they cannot be read to their end, such as a quote that is not closed
 */
typedef struct {
  BpDataFormat format;
  gboolean     found_separator;
  gboolean     found_decimal;
  gboolean     found_header;
  GPtrArray   *columns;
  GPtrArray   *rows;
  GArray      *missing;
  GPtrArray   *missing_texts;
  gsize        n_rows;
  char        *problem;
} BpCsvPreview;

/**
 * bp_csv_preview_new:
 * @format: what is known of how @file is read
 *
 * Looks at all of @file. What it does not tell, or tells in several ways, is assumed. Rows that are shorter or longer
 * than the first are no error here: bp_dataset_new_from_csv() says which. Fails where there is nothing to see: the file
 * cannot be read, is empty or no text.
 */
BpCsvPreview *bp_csv_preview_new (const char         *file,
                                  const BpDataFormat *format,
                                  GError            **error);

void bp_csv_preview_free (BpCsvPreview *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpCsvPreview, bp_csv_preview_free)

/** Whether the field @text of a first row is missing. */
gboolean bp_csv_preview_is_missing (const char *text);

G_END_DECLS
