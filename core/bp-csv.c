/* bp-csv.c: tables of numbers from CSV files
 *
 * Reads RFC 4180 with any of the three line ends and a byte order mark, and with blanks around fields. Every byte is
 * looked at a bounded number of times.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-csv.h"

#include "bp-dataset.h"
#include "bp-error.h"
#include "bp-number.h"
#include "bp-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define BLANKS " \t"
#define BYTE_ORDER_MARK "\357\273\277"

/* A place in the file, and the field before it. */
typedef struct {
  const char *name;
  const char *next;
  const char *end; /* a NUL is there */
  gsize       line;

  const char *field; /* without quotes and blanks around it; a number in it ends there */
  gsize       length;
  gsize       field_line;
  gsize       column;
  gboolean    ends_line;
  GString    *unquoted;

  GError    **error;
} Reader;

void
bp_table_clear (BpTable *table)
{
  g_clear_pointer (&table->names, g_strfreev);
  g_clear_pointer (&table->values, g_free);
}

static gboolean fail (Reader     *self,
                      BpError     code,
                      const char *format,
                      ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (Reader     *self,
      BpError     code,
      const char *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_set_error (self->error, BP_ERROR, code, _("%s, line %zu, column %zu: %s"),
               self->name, self->field_line, self->column, message);

  return FALSE;
}

static gboolean
skip_line_end (Reader *self)
{
  if (*self->next != '\r' && *self->next != '\n')
    return FALSE;

  self->next += self->next[0] == '\r' && self->next[1] == '\n' ? 2 : 1;
  self->line++;

  return TRUE;
}

/* Goes to the first field of the next row that is not empty; FALSE at the end of the file. */
static gboolean
start_row (Reader *self)
{
  do
    self->next += strspn (self->next, BLANKS);
  while (skip_line_end (self));

  self->column = 0;

  return self->next < self->end;
}

/* After the opening quote. */
static gboolean
read_quoted (Reader *self)
{
  g_string_truncate (self->unquoted, 0);

  for (;;)
    {
      gsize length = strcspn (self->next, "\"\r\n");

      g_string_append_len (self->unquoted, self->next, (gssize) length);
      self->next += length;

      if (skip_line_end (self))
        g_string_append_c (self->unquoted, '\n');
      else if (self->next == self->end)
        return fail (self, BP_ERROR_SYNTAX, _("the closing quote is missing"));
      else if (self->next[0] == '"' && self->next[1] == '"')
        {
          g_string_append_c (self->unquoted, '"');
          self->next += 2;
        }
      else
        break; /* The closing quote, or a NUL byte that the caller finds. */
    }

  self->next += *self->next == '"';
  self->next += strspn (self->next, BLANKS);
  self->field = self->unquoted->str;
  self->length = self->unquoted->len;

  return TRUE;
}

static void
trim (Reader *self)
{
  while (self->length > 0 && g_ascii_isspace (self->field[0]))
    {
      self->field++;
      self->length--;
    }

  while (self->length > 0 && g_ascii_isspace (self->field[self->length - 1]))
    self->length--;
}

static gboolean
read_field (Reader *self)
{
  self->next += strspn (self->next, BLANKS);
  self->field_line = self->line;
  self->column++;

  gboolean quoted = *self->next == '"';

  if (quoted)
    {
      self->next++;
      if (!read_quoted (self))
        return FALSE;
    }
  else
    {
      self->field = self->next;
      self->length = strcspn (self->next, ",\r\n");
      self->next += self->length;
    }

  trim (self);
  self->ends_line = self->next == self->end || skip_line_end (self);

  if (self->ends_line)
    return TRUE;
  if (*self->next == '\0')
    return fail (self, BP_ERROR_SYNTAX, _("there is a NUL byte; text was expected"));
  if (*self->next != ',')
    return fail (self, BP_ERROR_SYNTAX, _("“,” or the end of the line was expected after the closing quote"));

  self->next++;

  return TRUE;
}

static gboolean
check_name (Reader *self,
            GTree  *columns)
{
  g_autofree char *quoted = bp_text_quote (self->field, (gssize) self->length);
  g_autofree char *name = g_strndup (self->field, self->length);
  double number;
  gpointer first;

  if (self->length == 0)
    return fail (self, BP_ERROR_VALUE, _("the column has no name; the first line must name every column"));
  if (!g_utf8_validate_len (self->field, self->length, NULL))
    return fail (self, BP_ERROR_SYNTAX, _("the name “%s” is not valid UTF-8"), quoted);
  if (bp_number_scan (name, &number) == name + self->length)
    return fail (self, BP_ERROR_SYNTAX, _("“%s” is a number; the first line must name every column"), quoted);
  if (strpbrk (name, ";\t") != NULL)
    return fail (self, BP_ERROR_SYNTAX, _("“%s” is not a name; the columns must be separated by commas"), quoted);
  if (g_tree_lookup_extended (columns, name, NULL, &first))
    return fail (self, BP_ERROR_VALUE, _("the name “%s” is that of column %u already; names must differ"),
                 quoted, GPOINTER_TO_UINT (first));

  return TRUE;
}

static gboolean
read_header (Reader  *self,
             BpTable *table)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  /* Of names and the numbers of their columns. A tree, for names can be made up that a hash table is slow with. */
  g_autoptr(GTree) columns = g_tree_new ((GCompareFunc) strcmp);

  do
    {
      if (!read_field (self) || !check_name (self, columns))
        return FALSE;

      char *name = g_strndup (self->field, self->length);

      g_ptr_array_add (names, name);
      g_tree_insert (columns, name, GUINT_TO_POINTER (names->len));
    }
  while (!self->ends_line);

  table->n_columns = names->len;
  g_ptr_array_add (names, NULL);
  table->names = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);

  return TRUE;
}

static gboolean
read_number (Reader *self,
             double *number)
{
  if (!read_field (self))
    return FALSE;

  gboolean is_number = bp_number_scan (self->field, number) == self->field + self->length;

  if (is_number && isfinite (*number))
    return TRUE;

  g_autofree char *quoted = bp_text_quote (self->field, (gssize) self->length);

  if (self->length == 0)
    return fail (self, BP_ERROR_VALUE, _("the field is empty; a number was expected"));
  if (is_number)
    return fail (self, BP_ERROR_VALUE, _("“%s” is too large for a number"), quoted);

  return fail (self, BP_ERROR_VALUE, _("“%s” is not a number such as 0.02"), quoted);
}

static gboolean
read_row (Reader *self,
          guint   n_columns,
          GArray *numbers)
{
  for (guint i = 0; i < n_columns; i++)
    {
      double number;

      if (i > 0 && self->ends_line)
        {
          self->column++;
          return fail (self, BP_ERROR_SYNTAX,
                       _("the row ends here; it must have as many fields as the first line, %u"), n_columns);
        }

      if (!read_number (self, &number))
        return FALSE;

      g_array_append_val (numbers, number);
    }

  if (self->ends_line)
    return TRUE;

  self->column++;

  return fail (self, BP_ERROR_SYNTAX,
               _("the row goes on; it must have as many fields as the first line, %u"), n_columns);
}

/* Row after row to column after column. */
static gboolean
transpose (Reader       *self,
           const GArray *numbers,
           BpTable      *table)
{
  table->values = g_try_malloc_n (numbers->len, sizeof (double));
  if (table->values == NULL)
    {
      g_set_error (self->error, BP_ERROR, BP_ERROR_FILE, _("%s does not fit into memory"), self->name);
      return FALSE;
    }

  for (guint column = 0; column < table->n_columns; column++)
    for (gsize row = 0; row < table->n_rows; row++)
      table->values[column * table->n_rows + row] = g_array_index (numbers, double, row * table->n_columns + column);

  return TRUE;
}

static gboolean
read_table (Reader  *self,
            BpTable *table)
{
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));

  if (!start_row (self))
    {
      g_set_error (self->error, BP_ERROR, BP_ERROR_FILE,
                   _("%s is empty; a line of names and rows of numbers were expected"), self->name);
      return FALSE;
    }

  if (!read_header (self, table))
    return FALSE;

  while (start_row (self))
    {
      if (!read_row (self, table->n_columns, numbers))
        return FALSE;
      if (++table->n_rows > BP_MAX_SAMPLES)
        return fail (self, BP_ERROR_VALUE, _("there are more than %d rows"), BP_MAX_SAMPLES);
    }

  if (table->n_rows == 0)
    {
      g_set_error (self->error, BP_ERROR, BP_ERROR_FILE,
                   _("%s has no rows; rows of numbers were expected after line %zu"), self->name, self->field_line);
      return FALSE;
    }

  return transpose (self, numbers, table);
}

static gboolean
load (const char *file,
      char      **contents,
      gsize      *length,
      GError    **error)
{
  g_autofree char *name = g_filename_display_name (file);
  g_autoptr(GError) reason = NULL;

  /* A device may have no end. */
  if (g_file_test (file, G_FILE_TEST_EXISTS) && !g_file_test (file, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s is not a regular file; a CSV file was expected"), name);
      return FALSE;
    }

  if (!g_file_get_contents (file, contents, length, &reason))
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_FILE, reason->message);
      return FALSE;
    }

  /* A GArray of its numbers could overflow. */
  if (*length > G_MAXUINT)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s is larger than 4 GiB"), name);
      g_clear_pointer (contents, g_free);
      return FALSE;
    }

  return TRUE;
}

gboolean
bp_csv_read (const char *file,
             BpTable    *table,
             GError    **error)
{
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (table != NULL, FALSE);

  g_autofree char *contents = NULL;
  gsize length;

  if (!load (file, &contents, &length, error))
    return FALSE;

  g_autofree char *name = g_filename_display_name (file);
  g_auto(BpTable) result = { 0 };
  Reader reader = {
    .name = name,
    .next = contents + (g_str_has_prefix (contents, BYTE_ORDER_MARK) ? strlen (BYTE_ORDER_MARK) : 0),
    .end = contents + length,
    .line = 1,
    .unquoted = g_string_new (NULL),
    .error = error,
  };
  gboolean success = read_table (&reader, &result);

  g_string_free (reader.unquoted, TRUE);

  if (success)
    {
      *table = result;
      result = (BpTable) { 0 };
    }

  return success;
}

void
bp_csv_append_field (GString    *line,
                     const char *field)
{
  gboolean quote = strpbrk (field, ",\"\r\n") != NULL;

  if (quote)
    g_string_append_c (line, '"');
  for (const char *c = field; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *c);
    }
  if (quote)
    g_string_append_c (line, '"');
}
