/* bp-number.c: formats numbers for people, and reads and writes those of files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-number.h"

#include "base/bp-error.h"
#include "base/bp-text.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MINUS "\342\210\222"

/* The decimal exponents of numbers that are written without a power of ten. */
#define FIXED_MIN (-4)
#define FIXED_MAX 4

/* A number rounded to decimal digits, without trailing zeros: d.ddd · 10^exponent. */
typedef struct {
  gboolean negative;
  char     digits[BP_NUMBER_MAX_DIGITS + 1];
  int      n_digits;
  int      exponent;
} Decimal;

/* Returns: "d.ddde±dd", rounded by printf, which also increments the exponent when 9.99… becomes 10 */
static const char *
round_to_digits (char   text[G_ASCII_DTOSTR_BUF_SIZE],
                 double value,
                 guint  n_digits)
{
  char format[8];

  g_snprintf (format, sizeof format, "%%.%ue", n_digits - 1);

  return g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, format, value);
}

/* Zero is never negative. */
static Decimal
get_decimal (double value,
             guint  n_digits)
{
  Decimal decimal = { .negative = value < 0 };
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  const char *c;

  for (c = round_to_digits (text, fabs (value), n_digits); *c != 'e'; c++)
    if (*c != '.')
      decimal.digits[decimal.n_digits++] = *c;
  while (decimal.n_digits > 1 && decimal.digits[decimal.n_digits - 1] == '0')
    decimal.n_digits--;
  decimal.digits[decimal.n_digits] = '\0';
  decimal.exponent = atoi (c + 1);

  return decimal;
}

static void
append_fixed (GString       *string,
              const Decimal *decimal)
{
  if (decimal->exponent < 0)
    {
      g_string_append (string, "0.");
      for (int i = decimal->exponent + 1; i < 0; i++)
        g_string_append_c (string, '0');
      g_string_append (string, decimal->digits);
      return;
    }

  for (int i = 0; i <= decimal->exponent || i < decimal->n_digits; i++)
    {
      if (i == decimal->exponent + 1)
        g_string_append_c (string, '.');
      g_string_append_c (string, i < decimal->n_digits ? decimal->digits[i] : '0');
    }
}

static gboolean
is_power_of_ten (const Decimal *decimal)
{
  return decimal->n_digits == 1 && decimal->digits[0] == '1';
}

static void
append_mantissa (GString       *string,
                 const Decimal *decimal)
{
  g_string_append_c (string, decimal->digits[0]);
  if (decimal->n_digits > 1)
    g_string_append_printf (string, ".%s", decimal->digits + 1);
}

void
bp_number_append_superscript (GString *string,
                              int      number)
{
  static const char * const superscripts[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  char text[16];

  g_snprintf (text, sizeof text, "%d", number);
  for (const char *c = text; *c != '\0'; c++)
    g_string_append (string, *c == '-' ? "⁻" : superscripts[*c - '0']);
}

static gboolean
is_fixed (const Decimal *decimal)
{
  return decimal->exponent >= FIXED_MIN && decimal->exponent <= FIXED_MAX;
}

static char *
format (double   value,
        guint    digits,
        gboolean latex)
{
  const char *minus = latex ? "-" : MINUS;

  g_return_val_if_fail (digits >= 1 && digits <= BP_NUMBER_MAX_DIGITS, NULL);

  if (isnan (value))
    return g_strdup (latex ? "\\mathrm{NaN}" : "NaN");
  if (isinf (value))
    return g_strconcat (value < 0 ? minus : "", latex ? "\\infty" : "∞", NULL);

  Decimal decimal = get_decimal (value, digits);
  GString *string = g_string_new (decimal.negative ? minus : NULL);

  if (is_fixed (&decimal))
    {
      append_fixed (string, &decimal);
      return g_string_free (string, FALSE);
    }

  if (!is_power_of_ten (&decimal))
    {
      append_mantissa (string, &decimal);
      g_string_append (string, latex ? " \\cdot " : "·");
    }
  g_string_append (string, "10");
  if (latex)
    g_string_append_printf (string, "^{%d}", decimal.exponent);
  else
    bp_number_append_superscript (string, decimal.exponent);

  return g_string_free (string, FALSE);
}

char *
bp_number_format_digits (double value,
                         guint  digits)
{
  return format (value, digits, FALSE);
}

char *
bp_number_format (double value)
{
  return format (value, BP_NUMBER_DIGITS, FALSE);
}

char *
bp_number_format_latex (double value,
                        guint  digits)
{
  return format (value, digits, TRUE);
}

double
bp_number_round (double value,
                 guint  digits)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (digits >= 1 && digits <= BP_NUMBER_MAX_DIGITS, value);

  return isfinite (value) ? g_ascii_strtod (round_to_digits (text, value, digits), NULL) : value;
}

gboolean
bp_number_is_exact (double value)
{
  return !isfinite (value) || bp_number_round (value, BP_NUMBER_DIGITS) == value;
}

void
bp_number_append_exact (GString *string,
                        double   value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (string != NULL);

  /* printf may give NaN a sign. */
  g_string_append (string, isnan (value) ? "nan" : g_ascii_dtostr (text, sizeof text, value));
}

/* Returns: the fewest digits that read back as @value */
static Decimal
get_shortest_decimal (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  guint n_digits = 1;

  while (n_digits < BP_NUMBER_MAX_DIGITS && g_ascii_strtod (round_to_digits (text, value, n_digits), NULL) != value)
    n_digits++;

  return get_decimal (value, n_digits);
}

char *
bp_number_to_shortest (double value)
{
  GString *string = g_string_new (NULL);

  if (!isfinite (value))
    {
      bp_number_append_exact (string, value);
      return g_string_free (string, FALSE);
    }

  Decimal decimal = get_shortest_decimal (value);

  if (signbit (value))
    g_string_append_c (string, '-');

  if (decimal.exponent >= FIXED_MIN && decimal.exponent < BP_NUMBER_MAX_DIGITS)
    append_fixed (string, &decimal);
  else
    {
      append_mantissa (string, &decimal);
      g_string_append_printf (string, "e%d", decimal.exponent);
    }

  return g_string_free (string, FALSE);
}

static const char *
skip_digits (const char *text)
{
  while (g_ascii_isdigit (*text))
    text++;

  return text;
}

const char *
bp_number_scan (const char *text,
                double     *value)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  /* strtod() also accepts blanks, hexadecimal numbers, "nan" and "infinity". */
  const char *start = text + (*text == '-' || *text == '+');
  const char *end = skip_digits (start);
  gsize n_digits = (gsize) (end - start);

  if (*end == '.')
    {
      const char *fraction = end + 1;

      end = skip_digits (fraction);
      n_digits += (gsize) (end - fraction);
    }

  if (n_digits == 0)
    return NULL;

  /* "0x1" is the number 0 with the text "x1" after it. */
  if (end == start + 1 && *start == '0' && g_ascii_tolower (*end) == 'x')
    {
      *value = *text == '-' ? -0.0 : 0;
      return end;
    }

  char *number_end;

  *value = g_ascii_strtod (text, &number_end);

  return number_end;
}

static const char *
skip_blanks (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  return text;
}

gboolean
bp_number_set_comma_error (const char *text,
                           GError    **error)
{
  const char *start = text + (*text == '-' || *text == '+');
  const char *comma = skip_digits (start);
  const char *end = *comma == ',' ? skip_digits (comma + 1) : comma;

  if (comma == start || end <= comma + 1 || *end == ',' || *end == '.')
    return FALSE;

  g_autofree char *number = g_strndup (text, (gsize) (end - text));
  g_autofree char *quoted = bp_text_quote (number, -1);

  number[comma - text] = '.';

  g_autofree char *meant = bp_text_quote (number, -1);

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” has a decimal comma; did you mean “%s”?"), quoted, meant);
  bp_error_set_suggestion (error, meant);

  return TRUE;
}

gboolean
bp_number_parse (const char *text,
                 double     *value,
                 GError    **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  const char *start = skip_blanks (text);
  double number = 0;
  const char *end = bp_number_scan (start, &number);
  gboolean is_number = end != NULL && *skip_blanks (end) == '\0';

  if (is_number && isfinite (number))
    {
      *value = number;
      return TRUE;
    }

  if (bp_number_set_comma_error (start, error))
    return FALSE;

  g_autofree char *quoted = bp_text_quote (text, -1);

  if (*start == '\0')
    g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("a number is missing"));
  else if (is_number)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is too large for a number"), quoted);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is not a number such as 0.02"), quoted);

  return FALSE;
}

gboolean
bp_number_parse_integer (const char *text,
                         gint64      minimum,
                         gint64      maximum,
                         gint64     *value,
                         GError    **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (minimum <= maximum, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  const char *start = skip_blanks (text);
  const char *digits = start + (*start == '-' || *start == '+');
  char *end;

  errno = 0;
  gint64 number = g_ascii_strtoll (start, &end, 10);

  if (g_ascii_isdigit (*digits) && errno == 0 && *skip_blanks (end) == '\0' && number >= minimum && number <= maximum)
    {
      *value = number;
      return TRUE;
    }

  g_autofree char *quoted = bp_text_quote (text, -1);

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is not a whole number from %" PRId64 " to %" PRId64),
               quoted, minimum, maximum);

  return FALSE;
}

gboolean
bp_number_parse_unsigned (const char *text,
                          guint64    *value,
                          GError    **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, NULL))
    return TRUE;

  g_autofree char *quoted = bp_text_quote (text, -1);

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is not a whole number from 0 to %" PRIu64), quoted,
               G_MAXUINT64);

  return FALSE;
}
