/* bp-csv-preview.c: what a CSV file looks like, before it is said what its columns are for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv-preview.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "experiment/bp-csv-private.h"
#include "base/bp-text.h"

/* What is known of a column so far. */
typedef struct {
  GTree   *texts;
  GArray  *numbers;    /* NULL once they are no longer whole or too many */
  gsize    n_numbers;
  gsize    n_classes;
  gsize    n_others;
  gsize    n_missing;
  double   first;
  gboolean counts_rows;
} Scan;

/* Numbers with a decimal point, with what can only be a decimal comma, and with what may be either. */
typedef struct {
  gsize n_points;
  gsize n_commas;
  gsize n_thousands;
} Decimals;

typedef struct {
  BpCsvReader   reader;
  BpCsvPreview *preview;
  Scan         *scans;
  guint         n_columns;
  Decimals      decimals;
} Build;

static int
compare_cb (gconstpointer          a,
            gconstpointer          b,
            G_GNUC_UNUSED gpointer data)
{
  return strcmp (a, b);
}

static void
column_free (gpointer data)
{
  BpPreviewColumn *self = data;

  g_free (self->title);
  g_free (self->name);
  g_strfreev (self->texts);
  g_array_unref (self->numbers);
  g_free (self);
}

void
bp_csv_preview_free (BpCsvPreview *preview)
{
  g_ptr_array_unref (preview->columns);
  g_ptr_array_unref (preview->rows);
  g_ptr_array_unref (preview->missing_texts);
  g_array_unref (preview->missing);
  g_free (preview->problem);
  g_free (preview);
}

gboolean
bp_csv_preview_is_missing (const char *text)
{
  const BpCsvReader reader = { .field = (char *) text, .length = strlen (text) };

  return bp_csv_reader_is_missing (&reader);
}

/* The first line */

static gboolean
find_format (Build   *self,
             GError **error)
{
  BpCsvReader *reader = &self->reader;
  BpDataFormat *format = &self->preview->format;
  gboolean has_header = format->header == BP_ANSWER_YES;
  char separator;

  if (!bp_csv_reader_start_row (reader))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s is empty; a line of names and rows of numbers were expected"),
                   reader->name);
      return FALSE;
    }

  self->preview->found_separator = bp_csv_find_separator (reader, format, &separator, NULL);
  format->separator = separator;
  bp_csv_reader_set_separator (reader, separator);
  bp_csv_reader_start_row (reader);
  self->preview->found_header = format->header != BP_ANSWER_FROM_FILE
                                || bp_csv_find_header (reader, &has_header, NULL);
  format->header = has_header ? BP_ANSWER_YES : BP_ANSWER_NO;

  return TRUE;
}

static void
add_column (Build      *self,
            const char *title)
{
  BpPreviewColumn *column = g_new0 (BpPreviewColumn, 1);

  column->title = bp_text_to_line (title);
  column->name = bp_csv_make_name (title);
  if (column->name == NULL)
    column->name = g_strdup_printf ("c%u", self->preview->columns->len + 1);
  column->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (self->preview->columns, column);
}

/* Reads the first row, and begins anew with it if it names no columns. */
static gboolean
read_columns (Build   *self,
              GError **error)
{
  BpCsvReader *reader = &self->reader;
  const BpCsvReader start = *reader;
  gboolean has_header = self->preview->format.header == BP_ANSWER_YES;

  do
    {
      if (!bp_csv_reader_read_field (reader, error))
        return FALSE;
      if (self->preview->columns->len < BP_PREVIEW_MAX_COLUMNS)
        {
          g_autofree char *title = bp_csv_reader_dup_field (reader);

          add_column (self, has_header ? title : "");
        }
    }
  while (!reader->ends_line);

  self->n_columns = self->preview->columns->len;
  self->scans = g_new0 (Scan, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->scans[i].texts = g_tree_new_full (compare_cb, NULL, g_free, NULL);
      self->scans[i].numbers = g_array_new (FALSE, FALSE, sizeof (double));
      self->scans[i].counts_rows = TRUE;
    }
  if (!has_header)
    *reader = start;

  return TRUE;
}

/* Rows */

/* Puts @number among those of the column, in order. */
static void
add_number (Scan  *scan,
            double number)
{
  guint i = 0;

  if (scan->numbers == NULL)
    return;

  while (i < scan->numbers->len && g_array_index (scan->numbers, double, i) < number)
    i++;
  if (i < scan->numbers->len && g_array_index (scan->numbers, double, i) == number)
    return;

  if (floor (number) != number || scan->numbers->len == BP_PREVIEW_MAX_CLASSES)
    g_clear_pointer (&scan->numbers, g_array_unref);
  else
    g_array_insert_val (scan->numbers, i, number);
}

/* Whether the field is a number by the decimal sign that is asked for, or by either. */
static gboolean
read_number (Build  *self,
             double *number)
{
  BpCsvReader *reader = &self->reader;
  BpAnswer answer = self->preview->format.decimal_comma;
  gboolean has_comma;
  gboolean has_point = memchr (reader->field, '.', reader->length) != NULL;

  if (!bp_csv_reader_scan_number (reader, number, &has_comma) || !isfinite (*number) ||
      (has_comma && answer == BP_ANSWER_NO) || (has_point && answer == BP_ANSWER_YES))
    return FALSE;

  if (has_comma && bp_csv_reader_may_have_thousands (reader))
    self->decimals.n_thousands++;
  else if (has_comma)
    self->decimals.n_commas++;
  else if (has_point)
    self->decimals.n_points++;

  return TRUE;
}

static void
add_missing (Build *self,
             guint  column)
{
  const BpPreviewMissing missing = { self->preview->n_rows + 1, column };
  g_autofree char *text = bp_csv_reader_dup_field (&self->reader);

  self->scans[column].n_missing++;
  if (self->preview->missing->len < BP_PREVIEW_MAX_MISSING)
    g_array_append_val (self->preview->missing, missing);
  if (!g_ptr_array_find_with_equal_func (self->preview->missing_texts, text, g_str_equal, NULL))
    g_ptr_array_add (self->preview->missing_texts, g_steal_pointer (&text));
}

static void
add_text (Build *self,
          Scan  *scan)
{
  scan->n_classes++;
  if (g_tree_nnodes (scan->texts) <= BP_PREVIEW_MAX_CLASSES)
    {
      g_autofree char *field = bp_csv_reader_dup_field (&self->reader);

      g_tree_insert (scan->texts, bp_text_to_line (field), NULL);
    }
}

static void
scan_field (Build *self,
            guint  column)
{
  Scan *scan = &self->scans[column];
  double number;

  if (bp_csv_reader_is_missing (&self->reader))
    add_missing (self, column);
  else if (read_number (self, &number))
    {
      if (scan->n_numbers++ == 0)
        scan->first = number;
      add_number (scan, number);
      scan->counts_rows = scan->counts_rows && number == scan->first + (double) self->preview->n_rows;
    }
  else if (bp_csv_reader_is_class (&self->reader))
    add_text (self, scan);
  else
    scan->n_others++;
}

static void
scan_rows (Build *self)
{
  BpCsvReader *reader = &self->reader;
  BpCsvPreview *preview = self->preview;
  g_autoptr (GError) error = NULL;

  while (bp_csv_reader_start_row (reader))
    {
      g_auto (GStrv) texts = preview->n_rows < BP_PREVIEW_ROWS ? g_new0 (char *, self->n_columns + 1) : NULL;

      do
        {
          if (!bp_csv_reader_read_field (reader, &error))
            {
              preview->problem = g_strdup (error->message);
              return;
            }
          if (reader->column > self->n_columns)
            continue;

          scan_field (self, reader->column - 1);
          if (texts != NULL)
            {
              g_autofree char *field = bp_csv_reader_dup_field (reader);

              texts[reader->column - 1] = bp_text_quote (field, -1);
            }
        }
      while (!reader->ends_line);

      for (guint i = reader->column; texts != NULL && i < self->n_columns; i++)
        texts[i] = g_strdup ("");
      if (texts != NULL)
        g_ptr_array_add (preview->rows, g_steal_pointer (&texts));
      preview->n_rows++;
    }
}

/* What came of it */

static void
decide_decimals (Build *self)
{
  const Decimals *decimals = &self->decimals;
  BpCsvPreview *preview = self->preview;
  gsize n_commas = decimals->n_commas > 0 ? decimals->n_commas + decimals->n_thousands : 0;

  preview->found_decimal = TRUE;
  if (preview->format.decimal_comma != BP_ANSWER_FROM_FILE)
    return;

  preview->found_decimal = (decimals->n_points == 0 || n_commas == 0)
                           && (decimals->n_thousands == 0 || decimals->n_commas > 0);
  preview->format.decimal_comma = n_commas + decimals->n_thousands > decimals->n_points ? BP_ANSWER_YES : BP_ANSWER_NO;
}

static void
finish_column (Build *self,
               guint  i)
{
  Scan *scan = &self->scans[i];
  BpPreviewColumn *column = g_ptr_array_index (self->preview->columns, i);
  GPtrArray *texts = g_ptr_array_new ();
  gboolean is_mixed = scan->n_others > 0 || (scan->n_numbers > 0 && scan->n_classes > 0);

  column->kind = is_mixed ? BP_FIELDS_OTHER
                 : scan->n_numbers > 0 ? BP_FIELDS_NUMBERS
                 : scan->n_classes > 0 ? BP_FIELDS_TEXTS : BP_FIELDS_NONE;
  column->n_missing = scan->n_missing;
  column->n_texts = (gsize) g_tree_nnodes (scan->texts);
  column->counts_rows = scan->counts_rows && scan->n_numbers > 1 && scan->n_numbers == self->preview->n_rows
                        && (scan->first == 0 || scan->first == 1);
  for (GTreeNode *node = g_tree_node_first (scan->texts);
       node != NULL && texts->len < BP_PREVIEW_MAX_CLASSES;
       node = g_tree_node_next (node))
    g_ptr_array_add (texts, g_strdup (g_tree_node_key (node)));
  g_ptr_array_add (texts, NULL);
  column->texts = (char **) g_ptr_array_free (texts, FALSE);
  if (scan->numbers != NULL && column->kind == BP_FIELDS_NUMBERS)
    g_array_append_vals (column->numbers, scan->numbers->data, scan->numbers->len);

  if (column->kind == BP_FIELDS_NUMBERS && self->preview->format.decimal_comma == BP_ANSWER_YES)
    for (guint row = 0; row < self->preview->rows->len; row++)
      g_strdelimit (((char **) g_ptr_array_index (self->preview->rows, row))[i], ",", '.');
}

BpCsvPreview *
bp_csv_preview_new (const char         *file,
                    const BpDataFormat *format,
                    GError            **error)
{
  g_autoptr (BpCsvPreview) preview = NULL;
  Build self = { 0, };
  gboolean success;

  g_return_val_if_fail (file != NULL && format != NULL, NULL);

  preview = g_new0 (BpCsvPreview, 1);
  preview->format = *format;
  preview->columns = g_ptr_array_new_with_free_func (column_free);
  preview->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  preview->missing = g_array_new (FALSE, FALSE, sizeof (BpPreviewMissing));
  preview->missing_texts = g_ptr_array_new_with_free_func (g_free);
  if (!bp_csv_reader_open (&self.reader, file, &preview->format, error))
    return NULL;

  self.preview = preview;
  success = find_format (&self, error) && read_columns (&self, error);
  if (success)
    {
      scan_rows (&self);
      decide_decimals (&self);
    }
  for (guint i = 0; i < self.n_columns; i++)
    {
      finish_column (&self, i);
      g_tree_unref (self.scans[i].texts);
      g_clear_pointer (&self.scans[i].numbers, g_array_unref);
    }
  g_free (self.scans);
  bp_csv_reader_close (&self.reader);

  return success ? g_steal_pointer (&preview) : NULL;
}
