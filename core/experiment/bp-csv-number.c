/* bp-csv-number.c: the numbers of a CSV file, which all have a decimal point or all have a decimal comma
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-text.h"

void
bp_csv_decimals_clear (BpCsvDecimals *self)
{
  g_clear_pointer (&self->point.text, g_free);
  g_clear_pointer (&self->comma.text, g_free);
  g_clear_pointer (&self->thousands.text, g_free);
}

static char *
quote_field (BpCsvReader *reader)
{
  g_autofree char *field = bp_csv_reader_dup_field (reader);

  return bp_text_quote (field, -1);
}

static void
remember (BpCsvEvidence *evidence,
          BpCsvReader   *reader)
{
  if (evidence->text != NULL)
    return;

  evidence->text = quote_field (reader);
  evidence->line = reader->field_line;
  evidence->column = reader->column;
}

gboolean
bp_csv_reader_may_have_thousands (const BpCsvReader *reader)
{
  gsize sign = reader->field[0] == '-' || reader->field[0] == '+';
  gsize before = strspn (reader->field + sign, G_CSET_DIGITS);

  return before >= 1 && before <= 3 && reader->field[sign] != '0' && reader->length == sign + before + 4 &&
         strspn (reader->field + sign + before + 1, G_CSET_DIGITS) >= 3;
}

static gboolean
ask_file (BpCsvDecimals *self,
          BpCsvReader   *reader,
          gboolean       has_comma,
          GError       **error)
{
  BpCsvEvidence *evidence = &self->point;

  if (has_comma)
    evidence = bp_csv_reader_may_have_thousands (reader) ? &self->thousands : &self->comma;
  remember (evidence, reader);

  if (self->point.text == NULL || self->comma.text == NULL)
    return TRUE;

  return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error,
                             _("“%s” in line %zu has a decimal point but “%s” in line %zu a decimal comma; "
                               "DecimalComma=true or DecimalComma=false in [Data] says which of them is right"),
                             self->point.text, self->point.line, self->comma.text, self->comma.line);
}

static gboolean
check_decimal (BpCsvDecimals *self,
               BpCsvReader   *reader,
               gboolean       has_comma,
               GError       **error)
{
  BpAnswer answer = self->answer;

  if (!has_comma && memchr (reader->field, '.', reader->length) == NULL)
    return TRUE;
  if (answer == BP_ANSWER_FROM_FILE)
    return ask_file (self, reader, has_comma, error);
  if (has_comma == (answer == BP_ANSWER_YES))
    return TRUE;

  g_autofree char *quoted = quote_field (reader);

  return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error,
                             has_comma ? _("“%s” is not a number such as 0.02")
                                       : _("“%s” is not a number such as 0,02"), quoted);
}

gboolean
bp_csv_decimals_read (BpCsvDecimals *self,
                      BpCsvReader   *reader,
                      double        *number,
                      GError       **error)
{
  gboolean has_comma;
  gboolean is_number = bp_csv_reader_scan_number (reader, number, &has_comma);

  if (is_number && isfinite (*number))
    return check_decimal (self, reader, has_comma, error);

  g_autofree char *quoted = quote_field (reader);

  if (is_number)
    return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error, _("“%s” is too large for a number"), quoted);
  if (reader->length == 0)
    return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error,
                               _("the value is missing; Missing=drop in [Data] leaves such rows out"));
  if (bp_csv_reader_is_missing (reader))
    return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error,
                               _("“%s” is not a number; Missing=drop in [Data] leaves such rows out"), quoted);

  return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error, _("“%s” is not a number such as 0.02"), quoted);
}

gboolean
bp_csv_decimals_check (const BpCsvDecimals *self,
                       BpCsvReader         *reader,
                       GError             **error)
{
  const BpCsvEvidence *evidence = &self->thousands;

  if (evidence->text == NULL || self->comma.text != NULL)
    return TRUE;

  reader->field_line = evidence->line;
  reader->column = evidence->column;

  return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error,
                             _("the comma of “%s” may be a decimal comma or stand between thousands; "
                               "DecimalComma=true in [Data] says it is a decimal comma"), evidence->text);
}
