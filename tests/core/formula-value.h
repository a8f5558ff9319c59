/* formula-value.h: evaluates a formula as an explanation shows it, with what rounding its numbers may have cost
 *
 * Numbers stand for all that are shown so, symbols for the values that a lookup gives. What comes out is an interval
 * that the true result must lie in, and the result of the numbers as they stand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

typedef struct {
  double low;
  double shown;
  double high;
} FormulaValue;

/** Gives the value of @symbol. Returns: FALSE when there is no such symbol */
typedef gboolean (* FormulaLookup) (const char *symbol,
                                    double     *value,
                                    gpointer    data);

typedef struct {
  const char   *text;
  FormulaLookup lookup;
  gpointer      data;
  gboolean      failed;
} FormulaParser;

static FormulaValue formula_parse_sum (FormulaParser *parser);

static inline FormulaValue
formula_fail (FormulaParser *parser)
{
  parser->failed = TRUE;

  return (FormulaValue) { NAN, NAN, NAN };
}

static inline FormulaValue
formula_exact (double value)
{
  return (FormulaValue) { value, value, value };
}

static inline gboolean
formula_accept (FormulaParser *parser,
                const char    *token)
{
  if (!g_str_has_prefix (parser->text, token))
    return FALSE;
  parser->text += strlen (token);

  return TRUE;
}

/* Up to four results, each possible with the ends of the operands. */
static inline FormulaValue
formula_hull (double shown,
              double a,
              double b,
              double c,
              double d)
{
  return (FormulaValue) { fmin (fmin (a, b), fmin (c, d)), shown, fmax (fmax (a, b), fmax (c, d)) };
}

static inline FormulaValue
formula_multiply (FormulaValue a,
                  FormulaValue b)
{
  return formula_hull (a.shown * b.shown, a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high);
}

static inline FormulaValue
formula_divide (FormulaValue a,
                FormulaValue b)
{
  return formula_hull (a.shown / b.shown, a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high);
}

/* Whole exponents are meant as they stand. */
static inline FormulaValue
formula_power (FormulaValue a,
               FormulaValue b)
{
  if (b.shown == rint (b.shown))
    b = formula_exact (b.shown);

  return formula_hull (pow (a.shown, b.shown), pow (a.low, b.low), pow (a.low, b.high), pow (a.high, b.low),
                       pow (a.high, b.high));
}

/* No function here is steeper than its values at the ends tell, but for sine and cosine, which are not steeper than
 * 1. */
static inline FormulaValue
formula_apply (FormulaValue a,
               double     (*function) (double))
{
  FormulaValue y = formula_hull (function (a.shown), function (a.low), function (a.high), function (a.low),
                                 function (a.shown));

  if (function == sin || function == cos)
    return (FormulaValue) { y.shown - (a.high - a.low), y.shown, y.shown + (a.high - a.low) };

  return y;
}

static inline double
formula_sigmoid (double x)
{
  return x >= 0 ? 1 / (1 + exp (-x)) : exp (x) / (1 + exp (x));
}

static inline double
formula_sign (double x)
{
  return (x > 0) - (x < 0);
}

/* A superscript digit at @text, or 10. */
static inline guint
formula_superscript (const char *text)
{
  static const char * const superscripts[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  guint digit = 0;

  while (digit < 10 && !g_str_has_prefix (text, superscripts[digit]))
    digit++;

  return digit;
}

/* A number of so many digits, perhaps with a power of ten: everything that rounds to it. */
static inline FormulaValue
formula_parse_number (FormulaParser *parser)
{
  char *end;
  double value = g_ascii_strtod (parser->text, &end);
  int n_digits = 0, exponent = 0;
  double unit;

  for (const char *c = parser->text; c < end; c++)
    n_digits += g_ascii_isdigit (*c) && (n_digits > 0 || *c != '0');
  /* The zeros at the end of 12350 are not digits of the number. */
  if (memchr (parser->text, '.', (gsize) (end - parser->text)) == NULL)
    for (const char *c = end; c > parser->text && c[-1] == '0'; c--)
      n_digits--;
  parser->text = end;
  if (g_str_has_prefix (end, "·10⁻") || (g_str_has_prefix (end, "·10") && formula_superscript (end + 4) < 10))
    {
      gboolean negative;

      formula_accept (parser, "·10");
      negative = formula_accept (parser, "⁻");
      for (; formula_superscript (parser->text) < 10; parser->text = g_utf8_next_char (parser->text))
        exponent = exponent * 10 + (int) formula_superscript (parser->text);
      value *= pow (10, negative ? -exponent : exponent);
    }
  if (value == 0)
    return formula_exact (0);
  unit = pow (10, floor (log10 (value)) - MAX (n_digits, 4) + 1);

  return (FormulaValue) { value - 0.501 * unit, value, value + 0.501 * unit };
}

static inline gboolean
formula_is_symbol (const char *c)
{
  gunichar character = g_utf8_get_char (c);

  return g_ascii_isalpha (*c) || character == 0x3c3 || *c == '_';
}

static inline char *
formula_parse_word (FormulaParser *parser)
{
  const char *start = parser->text;

  while (formula_is_symbol (parser->text) || g_ascii_isdigit (*parser->text)
         || (g_utf8_get_char (parser->text) >= 0x2080 && g_utf8_get_char (parser->text) <= 0x2089))
    parser->text = g_utf8_next_char (parser->text);

  return g_strndup (start, (gsize) (parser->text - start));
}

static inline FormulaValue
formula_parse_call (FormulaParser *parser,
                    const char    *name)
{
  static const struct {
    const char *name;
    double    (*function) (double);
  } functions[] = {
    { "σ", formula_sigmoid }, { "exp", exp }, { "log", log }, { "tanh", tanh }, { "sin", sin }, { "cos", cos },
    { "sign", formula_sign }, { "round", rint },
  };
  FormulaValue a = formula_parse_sum (parser), b = a;
  const gboolean has_second = formula_accept (parser, ", ");

  if (has_second)
    b = formula_parse_sum (parser);
  if (!formula_accept (parser, ")"))
    return formula_fail (parser);
  if (has_second && g_str_equal (name, "max"))
    return (FormulaValue) { fmax (a.low, b.low), fmax (a.shown, b.shown), fmax (a.high, b.high) };
  if (has_second && g_str_equal (name, "min"))
    return (FormulaValue) { fmin (a.low, b.low), fmin (a.shown, b.shown), fmin (a.high, b.high) };
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (name, functions[i].name))
      return formula_apply (a, functions[i].function);

  return formula_fail (parser);
}

/* [a > b]: 1 where it holds, else 0. */
static inline FormulaValue
formula_parse_condition (FormulaParser *parser)
{
  FormulaValue a = formula_parse_sum (parser);
  const gboolean greater = formula_accept (parser, " > ");
  FormulaValue b;

  if (!greater && !formula_accept (parser, " < "))
    return formula_fail (parser);
  b = formula_parse_sum (parser);
  if (!formula_accept (parser, "]"))
    return formula_fail (parser);

  return formula_exact (greater ? a.shown > b.shown : a.shown < b.shown);
}

static inline FormulaValue
formula_parse_primary (FormulaParser *parser)
{
  FormulaValue value;

  if (g_ascii_isdigit (*parser->text))
    return formula_parse_number (parser);
  if (formula_accept (parser, "∞"))
    return formula_exact (INFINITY);
  if (formula_accept (parser, "√"))
    return formula_apply (formula_parse_primary (parser), sqrt);
  if (formula_accept (parser, "["))
    return formula_parse_condition (parser);
  if (formula_accept (parser, "("))
    {
      value = formula_parse_sum (parser);
      return formula_accept (parser, ")") ? value : formula_fail (parser);
    }
  if (formula_accept (parser, "|"))
    {
      value = formula_parse_sum (parser);
      return formula_accept (parser, "|") ? formula_apply (value, fabs) : formula_fail (parser);
    }
  if (formula_is_symbol (parser->text))
    {
      g_autofree char *word = formula_parse_word (parser);
      double number;

      if (formula_accept (parser, "("))
        return formula_parse_call (parser, word);
      if (parser->lookup != NULL && parser->lookup (word, &number, parser->data))
        return formula_exact (number);
    }

  return formula_fail (parser);
}

static inline FormulaValue
formula_parse_power (FormulaParser *parser)
{
  FormulaValue value = formula_parse_primary (parser);

  if (formula_accept (parser, "²"))
    return formula_power (value, formula_exact (2));
  if (formula_accept (parser, "^"))
    return formula_power (value, formula_parse_primary (parser));

  return value;
}

static inline FormulaValue
formula_parse_product (FormulaParser *parser)
{
  const gboolean negative = formula_accept (parser, "−");
  FormulaValue value = formula_parse_power (parser);

  while (!parser->failed)
    {
      if (formula_accept (parser, " · ") || formula_accept (parser, "·") || formula_is_symbol (parser->text))
        value = formula_multiply (value, formula_parse_power (parser));
      else if (formula_accept (parser, " / ") || formula_accept (parser, "/"))
        value = formula_divide (value, formula_parse_power (parser));
      else
        break;
    }

  return negative ? (FormulaValue) { -value.high, -value.shown, -value.low } : value;
}

static FormulaValue
formula_parse_sum (FormulaParser *parser)
{
  FormulaValue value = formula_parse_product (parser);

  while (!parser->failed)
    {
      FormulaValue other;

      if (formula_accept (parser, " + "))
        {
          other = formula_parse_product (parser);
          value = (FormulaValue) { value.low + other.low, value.shown + other.shown, value.high + other.high };
        }
      else if (formula_accept (parser, " − "))
        {
          other = formula_parse_product (parser);
          value = (FormulaValue) { value.low - other.high, value.shown - other.shown, value.high - other.low };
        }
      else
        break;
    }

  return value;
}

/** Evaluates the whole of @text. Returns: FALSE when it is no formula */
static inline gboolean
formula_evaluate (const char    *text,
                  FormulaLookup  lookup,
                  gpointer       data,
                  FormulaValue  *value)
{
  FormulaParser parser = { text, lookup, data, FALSE };

  *value = formula_parse_sum (&parser);

  return !parser.failed && *parser.text == '\0';
}
