/* bp-csv-reader.c: the fields of a CSV file, one after the other
 *
 * Reads RFC 4180 with other separators too, with any of the three line ends and with blanks around fields. Every byte
 * is looked at a bounded number of times.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-number.h"
#include "base/bp-text.h"

/* Of a longer field in quotes, such as the rest of a file that lacks a quote, no more is kept. */
#define MAX_QUOTED_BYTES (1 << 20)

/* What the bytes 0x80 … 0x9f are in Windows-1252; 0 is nothing. The others are Latin-1. */
static const guint16 windows_1252[] = {
  0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d,
  0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,
  0x017e, 0x0178,
};

static const char *
get_blanks (const BpCsvReader *self)
{
  return self->separator == '\t' ? " " : " \t";
}

void
bp_csv_reader_set_separator (BpCsvReader *self,
                             char         separator)
{
  self->separator = separator;
  memset (self->ends_field, FALSE, sizeof self->ends_field);
  self->ends_field['\0'] = self->ends_field['\r'] = self->ends_field['\n'] = TRUE;
  self->ends_field[(guchar) separator] = TRUE;
  if (separator == ' ')
    self->ends_field['\t'] = TRUE;
}

char *
bp_csv_reader_dup_field (BpCsvReader *self)
{
  GString *text;

  if (self->is_utf8)
    return g_strndup (self->field, self->length);

  text = g_string_new (NULL);
  for (gsize i = 0; i < self->length; i++)
    {
      guchar byte = (guchar) self->field[i];
      gunichar character = byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte;

      g_string_append_unichar (text, character != 0 ? character : 0xfffd);
    }

  return g_string_free (text, FALSE);
}

gboolean
bp_csv_reader_fail (BpCsvReader *self,
                    BpError      code,
                    GError     **error,
                    const char  *format,
                    ...)
{
  g_autofree char *message = NULL;
  g_autofree char *title = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (code != BP_ERROR_VALUE || self->titles == NULL)
    g_set_error (error, BP_ERROR, code, _("%s, line %zu, column %u: %s"), self->name, self->field_line, self->column,
                 message);
  else
    {
      title = bp_text_quote (self->titles[self->column - 1], -1);
      g_set_error (error, BP_ERROR, code, _("%s, line %zu, column “%s”: %s"), self->name, self->field_line, title,
                   message);
    }

  return FALSE;
}

static gboolean
skip_line_end (BpCsvReader *self)
{
  if (*self->next != '\r' && *self->next != '\n')
    return FALSE;

  self->next += self->next[0] == '\r' && self->next[1] == '\n' ? 2 : 1;
  self->line++;

  return TRUE;
}

/* Spreadsheets write empty rows as separators with nothing between. */
gboolean
bp_csv_reader_start_row (BpCsvReader *self)
{
  const char nothing[] = { ' ', '\t', self->separator, '\0' };
  char *start;

  do
    {
      start = self->next;
      self->next += strspn (start, nothing);
    }
  while (skip_line_end (self));

  self->column = 0;
  if (self->next == self->end)
    return FALSE;
  self->next = start;

  return TRUE;
}

static void
append_unquoted (BpCsvReader *self,
                 const char  *text,
                 gsize        length)
{
  gsize room = MAX_QUOTED_BYTES - MIN (self->unquoted->len, MAX_QUOTED_BYTES);

  g_string_append_len (self->unquoted, text, (gssize) MIN (length, room));
  /* What is cut off is no number. */
  if (length > room && room > 0)
    g_string_append_c (self->unquoted, '_');
}

/* After the opening quote. */
static gboolean
read_quoted (BpCsvReader *self,
             GError     **error)
{
  g_string_truncate (self->unquoted, 0);

  for (;;)
    {
      gsize length = strcspn (self->next, "\"\r\n");

      append_unquoted (self, self->next, length);
      self->next += length;

      if (skip_line_end (self))
        append_unquoted (self, "\n", 1);
      else if (self->next == self->end)
        return bp_csv_reader_fail (self, BP_ERROR_SYNTAX, error, _("the closing quote is missing"));
      else if (self->next[1] == '"')
        {
          append_unquoted (self, "\"", 1);
          self->next += 2;
        }
      else
        break;
    }

  self->next++;
  self->field = self->unquoted->str;
  self->length = self->unquoted->len;

  return TRUE;
}

static void
read_unquoted (BpCsvReader *self)
{
  char *next = self->next;

  while (!self->ends_field[(guchar) *next])
    next++;

  self->field = self->next;
  self->length = (gsize) (next - self->next);
  self->next = next;
}

static void
trim (BpCsvReader *self)
{
  while (self->length > 0 && g_ascii_isspace (self->field[0]))
    {
      self->field++;
      self->length--;
    }

  while (self->length > 0 && g_ascii_isspace (self->field[self->length - 1]))
    self->length--;
}

/* Past what is between this field and the next. */
static gboolean
skip_separator (BpCsvReader *self,
                GError     **error)
{
  const char *end = self->next;

  self->next += strspn (end, get_blanks (self));
  self->ends_line = self->next == self->end || skip_line_end (self);
  if (self->ends_line)
    return TRUE;

  if (*self->next == self->separator)
    self->next++;
  else if (self->separator != ' ' || self->next == end)
    return bp_csv_reader_fail (self, BP_ERROR_SYNTAX, error,
                               _("“%s” or the end of the line was expected after the closing quote"),
                               bp_csv_separator_get_name (self->separator));

  return TRUE;
}

gboolean
bp_csv_reader_read_field (BpCsvReader *self,
                          GError     **error)
{
  self->next += strspn (self->next, get_blanks (self));
  self->field_line = self->line;
  self->column++;

  if (*self->next != '"')
    read_unquoted (self);
  else
    {
      self->next++;
      if (!read_quoted (self, error))
        return FALSE;
    }

  trim (self);

  return skip_separator (self, error);
}

gboolean
bp_csv_reader_is_missing (const BpCsvReader *self)
{
  static const char * const texts[] = { "", "NA", "N/A", "#N/A", "NaN", "?", "null", "-", "k. A.", "k.A." };

  if (self->length > strlen ("k. A."))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strlen (texts[i]) == self->length && g_ascii_strncasecmp (texts[i], self->field, self->length) == 0)
      return TRUE;

  return FALSE;
}

/* Whether the field is a number with a decimal comma, a digit after it, and no point. */
static gboolean
scan_comma_number (BpCsvReader *self,
                   double      *number)
{
  char *comma = memchr (self->field, ',', self->length);
  const char *end;

  if (comma == NULL || !g_ascii_isdigit (comma[1]) || memchr (self->field, '.', self->length) != NULL)
    return FALSE;

  *comma = '.';
  end = bp_number_scan (self->field, number);
  *comma = ',';

  return end == self->field + self->length;
}

gboolean
bp_csv_reader_scan_number (BpCsvReader *self,
                           double      *number,
                           gboolean    *has_comma)
{
  *has_comma = FALSE;
  if (bp_number_scan (self->field, number) == self->field + self->length)
    return TRUE;

  *has_comma = scan_comma_number (self, number);

  return *has_comma;
}
