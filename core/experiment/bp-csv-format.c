/* bp-csv-format.c: what separates the fields of a CSV file, and whether its first line names the columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
bp_csv_separator_get_name (char separator)
{
  static const char * const names[] = { ",", ";", "tab", "|", "blanks" };
  const char *found = strchr (BP_CSV_SEPARATORS, separator);

  return names[separator != '\0' && found != NULL ? found - BP_CSV_SEPARATORS : 0];
}

/* How many fields the row has; 0 if it cannot be read. */
static guint
count_fields (BpCsvReader *self)
{
  do
    if (!bp_csv_reader_read_field (self, NULL))
      return 0;
  while (!self->ends_line);

  return self->column;
}

/* How many fields the first row has. @is_even: (out): whether all rows have as many, and more than one */
static guint
measure (const BpCsvReader *start,
         char               separator,
         gboolean          *is_even)
{
  BpCsvReader reader = *start;
  guint n_fields;

  bp_csv_reader_set_separator (&reader, separator);
  n_fields = count_fields (&reader);
  *is_even = n_fields > 1;

  while (*is_even && bp_csv_reader_start_row (&reader))
    *is_even = count_fields (&reader) == n_fields;

  return n_fields;
}

/* Whether no field has one of @others in it, separators that fit as well; decimal commas are none. */
static gboolean
is_clean (const BpCsvReader *start,
          char               separator,
          const char        *others)
{
  BpCsvReader reader = *start;

  bp_csv_reader_set_separator (&reader, separator);
  while (bp_csv_reader_start_row (&reader))
    do
      {
        gboolean has_comma;
        double number;

        bp_csv_reader_read_field (&reader, NULL);
        for (const char *other = others; *other != '\0'; other++)
          if (*other != separator && memchr (reader.field, *other, reader.length) != NULL &&
              !(*other == ',' && bp_csv_reader_scan_number (&reader, &number, &has_comma)))
            return FALSE;
      }
    while (!reader.ends_line);

  return TRUE;
}

/* Of the separators @fitting, of which each divides all rows evenly, the one that leaves no other within a field. */
static gboolean
choose (const BpCsvReader *start,
        const char        *fitting,
        char              *separator,
        GError           **error)
{
  gsize n_clean = 0;

  *separator = fitting[0];
  for (const char *candidate = fitting; *candidate != '\0'; candidate++)
    if (is_clean (start, *candidate, fitting))
      {
        *separator = *candidate;
        n_clean++;
      }

  if (n_clean == 1)
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("%s splits into columns at “%s”, but at “%s” too; "
                 "Separator=%s or Separator=%s in [Data] says which"),
               start->name, bp_csv_separator_get_name (fitting[0]), bp_csv_separator_get_name (fitting[1]),
               bp_csv_separator_get_name (fitting[0]), bp_csv_separator_get_name (fitting[1]));

  return FALSE;
}

/* Whether the first row aligns its fields by several blanks, which no text would have within. */
static gboolean
is_aligned (const BpCsvReader *start)
{
  const char *row = start->next + strspn (start->next, " \t");

  return g_strstr_len (row, (gssize) strcspn (row, "\r\n"), "  ") != NULL;
}

gboolean
bp_csv_find_separator (const BpCsvReader  *start,
                       const BpDataFormat *format,
                       char               *separator,
                       GError            **error)
{
  gboolean commas_are_decimal = format->decimal_comma == BP_ANSWER_YES;
  char fitting[sizeof BP_CSV_SEPARATORS] = "";
  char of_first_row = '\0';
  guint n_fitting = 0;

  if (format->separator != '\0')
    {
      *separator = format->separator;
      return TRUE;
    }

  for (const char *candidate = &BP_CSV_SEPARATORS[commas_are_decimal]; *candidate != '\0'; candidate++)
    {
      gboolean is_even;
      guint n_fields = measure (start, *candidate, &is_even);

      /* There may be blanks beside any other separator; what a tab leaves aligned has a tab as one blank of many. */
      if (is_even && (*candidate != ' ' || n_fitting == 0))
        fitting[n_fitting++] = *candidate;
      else if (is_even && g_str_equal (fitting, "\t") && is_aligned (start))
        fitting[0] = *candidate;
      if (of_first_row == '\0' && n_fields > 1)
        of_first_row = *candidate;
    }

  if (n_fitting > 1)
    return choose (start, fitting, separator, error);

  *separator = n_fitting == 1 ? fitting[0] : of_first_row != '\0' ? of_first_row : commas_are_decimal ? ';' : ',';

  return TRUE;
}

/* The first row */

/* A title is a text above nothing but numbers; no title is an empty field above something. */
typedef enum {
  NEITHER,
  NUMBER,
  TEXT,
  TITLE,
  EMPTY,
  NO_TITLE,
} FieldKind;

static FieldKind
read_kind (BpCsvReader *self,
           double      *number)
{
  gboolean has_comma;

  if (!bp_csv_reader_read_field (self, NULL))
    return NEITHER;
  if (self->length == 0)
    return EMPTY;
  if (bp_csv_reader_is_missing (self))
    return NEITHER;

  return bp_csv_reader_scan_number (self, number, &has_comma) ? NUMBER : TEXT;
}

static gboolean
has_kind (const GByteArray *kinds,
          FieldKind         kind)
{
  return memchr (kinds->data, kind, kinds->len) != NULL;
}

/* The kinds of the fields of the first row. @is_count: (out): whether they are 0, 1, 2, … */
static GByteArray *
read_first (BpCsvReader *self,
            gboolean    *is_count)
{
  GByteArray *kinds = g_byte_array_new ();

  *is_count = TRUE;
  do
    {
      double number = -1;
      guint8 kind = (guint8) read_kind (self, &number);

      *is_count = *is_count && number == kinds->len;
      g_byte_array_append (kinds, &kind, 1);
    }
  while (!self->ends_line);

  return kinds;
}

/* Sees which texts of the first row, whose fields are @kinds, are titles, and where one would be missing. */
static void
read_below (BpCsvReader *self,
            GByteArray  *kinds)
{
  do
    {
      double number;
      FieldKind kind = read_kind (self, &number);
      guint8 *above = self->column <= kinds->len ? &kinds->data[self->column - 1] : NULL;

      if (above == NULL || kind == EMPTY || kind == NEITHER)
        continue;

      if (*above == TEXT || *above == TITLE)
        *above = kind == NUMBER ? TITLE : NEITHER;
      else if (*above == EMPTY)
        *above = NO_TITLE;
    }
  while (!self->ends_line);
}

gboolean
bp_csv_find_header (const BpCsvReader *start,
                    gboolean          *has_header,
                    GError           **error)
{
  BpCsvReader reader = *start;
  gboolean is_count;
  g_autoptr (GByteArray) kinds = read_first (&reader, &is_count);

  *has_header = !has_kind (kinds, NUMBER);
  if (*has_header)
    return TRUE;

  while ((has_kind (kinds, TEXT) || has_kind (kinds, TITLE) || has_kind (kinds, EMPTY)) &&
         bp_csv_reader_start_row (&reader))
    read_below (&reader, kinds);

  *has_header = has_kind (kinds, TITLE);
  if (*has_header || !(has_kind (kinds, NO_TITLE) || (is_count && kinds->len > 1)))
    return TRUE;

  /* As pandas names columns that have no names. */
  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("%s, line %zu: this may be a row of numbers, or the columns may have numbers as names; Header=no or "
                 "Header=yes in [Data] says which"), start->name, start->line);

  return FALSE;
}
