/* bp-csv-private.h: the fields of a CSV file, one after the other (private)
 *
 * bp-csv-text.c makes text of the file, bp-csv-reader.c has its fields, bp-csv-format.c finds out what separates them
 * and whether the first line names them, bp-csv-number.c reads numbers, bp-csv-class.c texts that are classes,
 * bp-csv.c makes a table of them, and bp-csv-preview.c looks at what there is before it is known what is wanted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-csv.h"
#include "base/bp-error.h"

G_BEGIN_DECLS

/** What may be between fields, in the order in which it is tried. */
#define BP_CSV_SEPARATORS ",;\t| "

/** Returns: "," ";" "|" "tab" or "blanks" */
const char *bp_csv_separator_get_name (char separator);

/**
 * BpCsvReader:
 * @name: the file's, for messages
 * @text: all of it, without a NUL but the last
 * @titles: (nullable): what messages call the columns of values
 * @is_utf8: whether its text is UTF-8 and not Windows-1252
 * @separator: what is between fields; ' ' for any blanks
 * @next: what is read next
 * @end: a NUL is there, the only one
 * @line: the line of @next
 * @field: the field read last, without quotes and blanks around it; a number in it ends there
 * @length: how long it is
 * @field_line: the line it starts in
 * @column: which of the row's fields it is, from 1
 * @ends_line: whether it is the row's last
 * @ends_field: whether a character, as a number, ends a field
 * @unquoted: where a field in quotes is put
 *
 * A position in the file, and the field before it. A copy moves on its own, but shares the text of the field.
 */
typedef struct {
  char       *name;
  char       *text;
  char      **titles;
  gboolean    is_utf8;
  char        separator;

  char       *next;
  char       *end;
  gsize       line;

  char       *field;
  gsize       length;
  gsize       field_line;
  guint       column;
  gboolean    ends_line;

  guint8      ends_field[256];
  GString    *unquoted;
} BpCsvReader;

/** Sets what is between fields. */
void bp_csv_reader_set_separator (BpCsvReader *self,
                                  char         separator);

/** Goes to the first field of the next row that is not empty; FALSE at the end of the file. */
gboolean bp_csv_reader_start_row (BpCsvReader *self);

/** Reads the next field of the row. */
gboolean bp_csv_reader_read_field (BpCsvReader *self,
                                   GError     **error);

/** Returns: (transfer full): the field read last, in UTF-8 */
char *bp_csv_reader_dup_field (BpCsvReader *self);

/** Sets an error that says where the field read last is, of a value by the title of its column. Returns: FALSE */
gboolean bp_csv_reader_fail (BpCsvReader *self,
                             BpError      code,
                             GError     **error,
                             const char  *format,
                             ...) G_GNUC_PRINTF (4, 5);

/** Whether the field read last stands for a missing value: it is empty, NA, N/A, #N/A, NaN, ?, null, - or
 *  the German k. A. */
gboolean bp_csv_reader_is_missing (const BpCsvReader *self);

/**
 * bp_csv_reader_scan_number:
 * @number: (out): infinite when it is too large for a double
 * @has_comma: (out): whether the number has a decimal comma
 *
 * Whether the field read last is a number, with a decimal point or comma.
 */
gboolean bp_csv_reader_scan_number (BpCsvReader *self,
                                    double      *number,
                                    gboolean    *has_comma);

/** Whether the comma of the number read last may stand between thousands: "-1,234" has up to three digits before it and
 *  three after it. */
gboolean bp_csv_reader_may_have_thousands (const BpCsvReader *self);

/**
 * bp_csv_find_separator:
 * @start: at the first row
 * @format: what is known of it
 *
 * Finds what is between the fields of all rows. If no separator gives all rows equally many fields, takes the separator
 * of the first row, so that the row that differs is found. Fails if several fit, and takes one of them.
 */
gboolean bp_csv_find_separator (const BpCsvReader  *start,
                                const BpDataFormat *format,
                                char               *separator,
                                GError            **error);

/**
 * bp_csv_find_header:
 * @start: at the first row, with its separator set
 * @has_header: (out): whether that row names the columns: there is no number in it, or a text above nothing but numbers
 *
 * Fails if both are possible, and then takes it for numbers: if the row is 0, 1, 2, …, or if it has numbers and an
 * empty field above fields that are not empty.
 */
gboolean bp_csv_find_header (const BpCsvReader *start,
                             gboolean          *has_header,
                             GError           **error);

/**
 * BpCsvEvidence:
 * @text: (nullable): the number; NULL if there was none
 *
 * A number that is evidence for a decimal sign, and where it is.
 */
typedef struct {
  char *text;
  gsize line;
  guint column;
} BpCsvEvidence;

/**
 * BpCsvDecimals:
 * @answer: whether numbers have a decimal comma
 * @point: the first number with a decimal point
 * @comma: the first with what can only be a decimal comma
 * @thousands: the first such as "1,234", which may be either
 *
 * What is known of the decimal sign of a file's numbers.
 */
typedef struct {
  BpAnswer      answer;
  BpCsvEvidence point;
  BpCsvEvidence comma;
  BpCsvEvidence thousands;
} BpCsvDecimals;

void bp_csv_decimals_clear (BpCsvDecimals *self);

/** Reads the field read last as a number that has the decimal sign that the others have. */
gboolean bp_csv_decimals_read (BpCsvDecimals *self,
                               BpCsvReader   *reader,
                               double        *number,
                               GError       **error);

/** To be called after the last row. Fails if the commas may be decimal commas or stand between thousands. */
gboolean bp_csv_decimals_check (const BpCsvDecimals *self,
                                BpCsvReader         *reader,
                                GError             **error);

/** The different texts of a column, in the order in which they are found. */
typedef struct _BpCsvTexts BpCsvTexts;

/** Whether the field read last is a text that may be a class: no number, not missing, and without a digit in front. */
gboolean bp_csv_reader_is_class (BpCsvReader *self);

/** @line: where the first of them is */
BpCsvTexts *bp_csv_texts_new (gsize line);

void bp_csv_texts_free (BpCsvTexts *self);

/** Reads the field read last. @number: (out): the number of its text */
gboolean bp_csv_texts_read (BpCsvTexts  *self,
                            BpCsvReader *reader,
                            double      *number,
                            GError     **error);

/**
 * bp_csv_texts_sort:
 * @numbers: (inout) (array length=n_rows): numbers of texts, replaced by those of classes
 *
 * Makes classes of the texts that are among @numbers, in alphabetical order.
 *
 * Returns: (transfer full) (array zero-terminated=1): their names
 */
char **bp_csv_texts_sort (BpCsvTexts *self,
                          double     *numbers,
                          gsize       n_rows);

/**
 * bp_csv_reader_open:
 * @self: (out): a reader before the first field, to be closed with bp_csv_reader_close()
 * @format: (inout): how @file is read; its encoding is known afterwards, and its separator if a first line "sep=;" says
 *   it
 */
gboolean bp_csv_reader_open (BpCsvReader  *self,
                             const char   *file,
                             BpDataFormat *format,
                             GError      **error);

void bp_csv_reader_close (BpCsvReader *self);

G_END_DECLS
