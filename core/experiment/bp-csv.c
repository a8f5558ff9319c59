/* bp-csv.c: tables of numbers from CSV files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-text.h"

/* A first line that has more than these, or is longer, names no columns: it is all of a file that is something else. */
#define MAX_COLUMNS 1000000
#define MAX_HEADER_BYTES (16 << 20)

/* In @targets: a column that nothing uses. */
#define UNUSED G_MAXUINT

typedef struct {
  BpCsvReader         reader;
  const BpDataFormat *format;
  guint               n_columns;
  guint              *targets;   /* for each column of the file, which of those that are read it is */
  gsize               capacity; /* of each column in @values */

  BpCsvDecimals       decimals;
  BpCsvTexts        **texts;    /* of each column that is read, or NULL where it has numbers */
  gboolean           *has_value;
  BpTable             table;
  GError            **error;
} Build;

void
bp_table_clear (BpTable *table)
{
  for (guint i = 0; table->classes != NULL && i < table->n_columns; i++)
    g_strfreev (table->classes[i]);
  g_clear_pointer (&table->classes, g_free);
  g_clear_pointer (&table->names, g_strfreev);
  g_clear_pointer (&table->values, g_free);
  g_clear_pointer (&table->titles, g_strfreev);
  g_clear_pointer (&table->all_names, g_strfreev);
}

/* Names */

/* Reads the first row. */
static gboolean
read_titles (Build *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  const char *start = self->reader.next;

  do
    {
      if (!bp_csv_reader_read_field (&self->reader, self->error))
        return FALSE;
      if (titles->len == MAX_COLUMNS || self->reader.next - start > MAX_HEADER_BYTES)
        return bp_csv_reader_fail (&self->reader, BP_ERROR_SYNTAX, self->error,
                                   _("the first line is too long for columns"));
      g_ptr_array_add (titles, bp_csv_reader_dup_field (&self->reader));
    }
  while (!self->reader.ends_line);

  self->n_columns = titles->len;
  g_ptr_array_add (titles, NULL);
  self->table.titles = (char **) g_ptr_array_free (g_steal_pointer (&titles), FALSE);

  return TRUE;
}

static void
make_names (Build *self)
{
  self->table.all_names = g_new0 (char *, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    {
      char *name = self->table.titles != NULL ? bp_csv_make_name (self->table.titles[i]) : NULL;

      self->table.all_names[i] = name != NULL ? name : g_strdup_printf ("c%u", i + 1);
    }
}

static gboolean
has_title (const Build *self,
           guint        column)
{
  return self->table.titles == NULL || *self->table.titles[column] != '\0';
}

static gboolean
fail_column (Build *self,
             guint  column,
             guint  first)
{
  char **titles = self->table.titles;
  g_autofree char *quoted = bp_text_quote (titles[column], -1);
  g_autofree char *first_quoted = bp_text_quote (titles[first], -1);
  const char *name = self->table.all_names[column];

  self->reader.column = column + 1;
  if (!has_title (self, column))
    return bp_csv_reader_fail (&self->reader, BP_ERROR_VALUE, self->error,
                               _("the column has no name; to be used it must have one in the first line"));
  if (g_str_equal (titles[first], titles[column]))
    return bp_csv_reader_fail (&self->reader, BP_ERROR_VALUE, self->error,
                               _("the name “%s” is that of column %u already; the names of columns that are used must "
                                 "differ"), quoted, first + 1);

  return bp_csv_reader_fail (&self->reader, BP_ERROR_VALUE, self->error,
                             _("“%s” would be called %s in expressions, and so would column %u, “%s”; the names of "
                               "columns that are used must differ"), quoted, name, first + 1, first_quoted);
}

/* Finds the columns to read, those called @names or all. Where a column has no name and another is called as it would
 * be, that one is meant. */
static gboolean
find_columns (Build              *self,
              const char * const *names)
{
  /* Of names and numbers of columns. A tree, for names can be made up that a hash table is slow with. */
  g_autoptr (GTree) columns = g_tree_new ((GCompareFunc) strcmp);
  char **all_names = self->table.all_names;
  gpointer first;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_tree_insert (columns, (gpointer) names[i], GUINT_TO_POINTER (UNUSED));

  self->targets = g_new (guint, self->n_columns);
  self->table.names = g_new0 (char *, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    {
      gboolean is_known = g_tree_lookup_extended (columns, all_names[i], NULL, &first);

      self->targets[i] = UNUSED;
      if (!has_title (self, i) || (!is_known && names != NULL))
        continue;
      if (is_known && GPOINTER_TO_UINT (first) != UNUSED)
        return fail_column (self, i, GPOINTER_TO_UINT (first));

      g_tree_insert (columns, all_names[i], GUINT_TO_POINTER (i));
      self->targets[i] = self->table.n_columns;
      self->table.names[self->table.n_columns++] = g_strdup (all_names[i]);
    }

  for (guint i = 0; i < self->n_columns; i++)
    if (!has_title (self, i) && (names == NULL || (g_tree_lookup_extended (columns, all_names[i], NULL, &first) &&
                                                   GPOINTER_TO_UINT (first) == UNUSED)))
      return fail_column (self, i, i);

  return TRUE;
}

/* Rows */

/* Reads the field read last into column @place: a number, or where the first of the column is a text, its class. */
static gboolean
read_value (Build *self,
            guint  place)
{
  BpCsvReader *reader = &self->reader;
  double *value = self->table.values + place * self->capacity + self->table.n_rows;

  if (!self->has_value[place] && bp_csv_reader_is_class (reader))
    self->texts[place] = bp_csv_texts_new (reader->field_line);
  self->has_value[place] = TRUE;

  return self->texts[place] != NULL ? bp_csv_texts_read (self->texts[place], reader, value, self->error)
                                    : bp_csv_decimals_read (&self->decimals, reader, value, self->error);
}

/* Reads a row to the end of the table. @is_complete: (out): whether no value that is used is missing */
static gboolean
read_row (Build    *self,
          gboolean *is_complete)
{
  BpCsvReader *reader = &self->reader;

  *is_complete = TRUE;
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (i > 0 && reader->ends_line)
        {
          reader->column++;
          return bp_csv_reader_fail (reader, BP_ERROR_SYNTAX, self->error,
                                     _("the row ends here; it must have as many fields as the first line, %u"),
                                     self->n_columns);
        }

      if (!bp_csv_reader_read_field (reader, self->error))
        return FALSE;
      if (self->targets[i] == UNUSED)
        continue;

      if (self->format->drop_missing && bp_csv_reader_is_missing (reader))
        *is_complete = FALSE;
      else if (!read_value (self, self->targets[i]))
        return FALSE;
    }

  if (reader->ends_line)
    return TRUE;

  reader->column++;
  if (self->n_columns == 1 && reader->separator == ',')
    return bp_csv_reader_fail (reader, BP_ERROR_SYNTAX, self->error,
                               _("the row goes on after “,” but the first line does not; DecimalComma=true in [Data] "
                                 "says it is a decimal comma"));

  return bp_csv_reader_fail (reader, BP_ERROR_SYNTAX, self->error,
                             _("the row goes on; it must have as many fields as the first line, %u"), self->n_columns);
}

static gboolean
read_rows (Build *self)
{
  BpTable *table = &self->table;

  while (bp_csv_reader_start_row (&self->reader))
    {
      gboolean is_complete;

      if (table->n_rows == self->capacity)
        {
          self->reader.field_line = self->reader.line;
          self->reader.column = 1;
          self->reader.titles = NULL;
          return bp_csv_reader_fail (&self->reader, BP_ERROR_VALUE, self->error, _("there are more than %d rows"),
                                     BP_MAX_SAMPLES);
        }
      if (!read_row (self, &is_complete))
        return FALSE;
      table->n_rows += is_complete;
      table->n_dropped += !is_complete;
    }

  if (table->n_rows > 0)
    return bp_csv_decimals_check (&self->decimals, &self->reader, self->error);

  if (table->n_dropped > 0)
    g_set_error (self->error, BP_ERROR, BP_ERROR_FILE, _("%s: a value is missing in every row, so no row is left"),
                 self->reader.name);
  else
    g_set_error (self->error, BP_ERROR, BP_ERROR_FILE,
                 _("%s has no rows; rows of numbers were expected after line %zu"), self->reader.name,
                 self->reader.field_line);

  return FALSE;
}

/* At least as many as there are rows, but one more than may be. */
static gsize
count_lines (const BpCsvReader *reader)
{
  gsize n_lines = 1;

  for (const char *c = reader->next; c < reader->end; c++)
    n_lines += *c == '\n' || (*c == '\r' && c[1] != '\n');

  return MIN (n_lines, BP_MAX_SAMPLES);
}

static gboolean
create_values (Build *self)
{
  self->capacity = count_lines (&self->reader);
  if (self->table.n_columns == 0)
    return TRUE;

  self->texts = g_new0 (BpCsvTexts *, self->table.n_columns);
  self->has_value = g_new0 (gboolean, self->table.n_columns);
  self->table.values = g_try_malloc_n (self->table.n_columns, self->capacity * sizeof (double));
  if (self->table.values != NULL)
    return TRUE;

  g_set_error (self->error, BP_ERROR, BP_ERROR_FILE, _("%s does not fit into memory"), self->reader.name);

  return FALSE;
}

/* Numbers the texts in their order. */
static void
find_classes (Build *self)
{
  BpTable *table = &self->table;

  table->classes = g_new0 (char **, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    if (self->texts[i] != NULL)
      table->classes[i] = bp_csv_texts_sort (self->texts[i], table->values + i * self->capacity, table->n_rows);
}

/* Gives back what the columns were expected to need. */
static void
shrink_values (Build *self)
{
  BpTable *table = &self->table;
  gsize n_bytes = table->n_rows * sizeof (double);
  double *smaller;

  for (guint i = 1; i < table->n_columns; i++)
    memmove (table->values + i * table->n_rows, table->values + i * self->capacity, n_bytes);

  smaller = g_try_realloc_n (table->values, table->n_columns, n_bytes);
  if (smaller != NULL)
    table->values = smaller;
}

/* Goes to the first row, with the separator set. */
static gboolean
start_table (Build *self)
{
  BpCsvReader *reader = &self->reader;

  if (bp_csv_reader_start_row (reader))
    {
      char separator;

      if (!bp_csv_find_separator (reader, self->format, &separator, self->error))
        return FALSE;

      bp_csv_reader_set_separator (reader, separator);
      if (bp_csv_reader_start_row (reader))
        return TRUE;
    }

  g_set_error (self->error, BP_ERROR, BP_ERROR_FILE,
               _("%s is empty; a line of names and rows of numbers were expected"), reader->name);

  return FALSE;
}

/* Reads the first row, and once more as numbers if it is no line of names. */
static gboolean
read_header (Build *self)
{
  BpCsvReader start = self->reader;
  BpAnswer answer = self->format->header;
  gboolean has_header = answer == BP_ANSWER_YES;

  if (!read_titles (self) ||
      (answer == BP_ANSWER_FROM_FILE && !bp_csv_find_header (&start, &has_header, self->error)))
    return FALSE;

  if (!has_header)
    {
      self->reader = start;
      g_clear_pointer (&self->table.titles, g_strfreev);
    }
  make_names (self);

  return TRUE;
}

static gboolean
read_table (Build              *self,
            const char * const *names)
{
  if (!start_table (self) || !read_header (self) || !find_columns (self, names) || !create_values (self))
    return FALSE;

  self->reader.titles = self->table.titles != NULL ? self->table.titles : self->table.all_names;
  if (!read_rows (self))
    return FALSE;
  find_classes (self);
  shrink_values (self);

  return TRUE;
}

gboolean
bp_csv_read (const char          *file,
             const BpDataFormat  *format,
             const char * const  *names,
             BpTable             *table,
             GError             **error)
{
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);
  g_return_val_if_fail (table != NULL, FALSE);

  BpDataFormat own_format = *format;
  Build build = { .format = &own_format, .decimals = { .answer = format->decimal_comma }, .error = error };

  if (!bp_csv_reader_open (&build.reader, file, &own_format, error))
    return FALSE;

  gboolean success = read_table (&build, names);

  for (guint i = 0; build.texts != NULL && i < build.table.n_columns; i++)
    g_clear_pointer (&build.texts[i], bp_csv_texts_free);
  g_free (build.texts);
  g_free (build.has_value);
  bp_csv_reader_close (&build.reader);
  g_free (build.targets);
  bp_csv_decimals_clear (&build.decimals);
  if (success)
    *table = build.table;
  else
    bp_table_clear (&build.table);

  return success;
}
