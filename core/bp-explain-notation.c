/* bp-explain-notation.c: signs, numbers and symbols, as text and as LaTeX
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-explain-private.h"

#include "bp-number.h"

#include <math.h>
#include <string.h>

static const char * const signs[BP_N_SIGNS][BP_N_NOTATIONS] = {
  [BP_SIGN_TIMES] = { " · ", " \\cdot " },
  [BP_SIGN_DOT] = { "·", " \\cdot " },
  [BP_SIGN_DOTS] = { "⋯", "\\cdots" },
  [BP_SIGN_SUM] = { "Σ ", "\\sum " },
  [BP_SIGN_PLUS] = { " + ", " + " },
  [BP_SIGN_MINUS] = { " − ", " - " },
  [BP_SIGN_EQUALS] = { " = ", " = " },
  [BP_SIGN_APPROXIMATELY] = { " ≈ ", " \\approx " },
  [BP_SIGN_BECOMES] = { " ← ", " \\leftarrow " },
  [BP_SIGN_INCREASES] = { " += ", " \\mathrel{+}= " },
  [BP_SIGN_SPACE] = { ",  ", ", \\quad " },
};

const char *
bp_explain_sign (BpSign     sign,
                 BpNotation notation)
{
  return signs[sign][notation];
}

char *
bp_explain_number (double     value,
                   BpNotation notation)
{
  return notation == BP_NOTATION_LATEX ? bp_number_format_latex (value) : bp_number_format (value);
}

char *
bp_explain_factor (double     value,
                   BpNotation notation)
{
  g_autofree char *text = bp_explain_number (value, notation);

  if (value < 0 || strstr (text, signs[BP_SIGN_DOT][notation]) != NULL)
    return g_strdup_printf ("(%s)", text);

  return g_steal_pointer (&text);
}

glong
bp_explain_length (const GString *string)
{
  return g_utf8_strlen (string->str, (gssize) string->len);
}

void
bp_explain_append_partial (GString       *string,
                           const BpScene *scene,
                           guint          of,
                           guint          by,
                           BpNotation     notation)
{
  g_autofree char *upper = bp_explain_symbol_in (scene, of, notation);
  g_autofree char *lower = bp_explain_symbol_in (scene, by, notation);

  if (notation == BP_NOTATION_LATEX)
    g_string_append_printf (string, "\\frac{\\partial %s}{\\partial %s}", upper, lower);
  else
    g_string_append_printf (string, "∂%s/∂%s", upper, lower);
}

/* Whether @text has a plus or minus outside of parentheses and braces. */
static gboolean
is_sum (const char *text)
{
  int depth = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (strchr ("({[", *c) != NULL)
        depth++;
      else if (strchr (")}]", *c) != NULL)
        depth--;
      else if (depth == 0 && (character == '+' || character == '-' || character == 0x2212))
        return TRUE;
    }

  return FALSE;
}

void
bp_explain_append_as_factor (GString    *string,
                             const char *text,
                             BpNotation  notation)
{
  if (!is_sum (text))
    g_string_append (string, text);
  else if (notation == BP_NOTATION_LATEX)
    g_string_append_printf (string, "\\left(%s\\right)", text);
  else
    g_string_append_printf (string, "(%s)", text);
}

/* The number without the parentheses that it may have as a factor. */
static gboolean
shows_number (const char *text,
              const char *number)
{
  gsize length = strlen (number);

  if (g_str_equal (text, number))
    return TRUE;

  return text[0] == '(' && strlen (text) == length + 2 && strncmp (text + 1, number, length) == 0;
}

void
bp_explain_append_result (GString   *string,
                          double     value,
                          gboolean   exact,
                          BpNotation notation)
{
  g_autofree char *number = bp_explain_number (value, notation);
  const char *sign = bp_explain_sign (exact && bp_number_is_exact (value) ? BP_SIGN_EQUALS : BP_SIGN_APPROXIMATELY,
                                      notation);

  if (shows_number (string->str, number))
    {
      g_string_truncate (string, 0);
      sign++; /* the blank */
    }
  g_string_append (string, sign);
  g_string_append (string, number);
}

/* "2·d" is written "2d". */
static gboolean
drops_dot (const GString *string,
           const char    *value)
{
  const gsize dot = strlen (signs[BP_SIGN_DOT][BP_NOTATION_TEXT]);

  return string->len > dot && g_str_has_suffix (string->str, signs[BP_SIGN_DOT][BP_NOTATION_TEXT])
         && g_ascii_isdigit (string->str[string->len - dot - 1]) && g_ascii_isalpha (value[0]);
}

/* Whether what comes between @before and @after has its own parentheses or bars already: "log(%a)", "max(%a, 0)",
 * "e^{%a}". */
static gboolean
is_enclosed (const GString *before,
             const char    *after)
{
  const char *text = before->str;

  if (strchr (")|,}", *after) == NULL || *after == '\0')
    return FALSE;

  return g_str_has_suffix (text, "(") || g_str_has_suffix (text, "|") || g_str_has_suffix (text, ", ")
         || (*after == '}' && g_str_has_suffix (text, "^{"));
}

static void
append_value (GString    *string,
              const char *value,
              const char *after)
{
  const gsize length = strlen (value);

  if (drops_dot (string, value))
    g_string_truncate (string, string->len - strlen (signs[BP_SIGN_DOT][BP_NOTATION_TEXT]));
  if (value[0] == '(' && is_enclosed (string, after))
    g_string_append_len (string, value + 1, (gssize) length - 2);
  else
    g_string_append (string, value);
}

char *
bp_explain_fill (const char *template,
                 const char *a,
                 const char *b,
                 const char *y)
{
  GString *string = g_string_new (NULL);

  for (const char *c = template; *c != '\0'; c++)
    {
      const char *value = *c != '%' ? NULL : c[1] == 'a' ? a : c[1] == 'b' ? b : c[1] == 'y' ? y : NULL;

      if (value != NULL)
        append_value (string, value, ++c + 1);
      else
        g_string_append_c (string, *c);
    }

  return g_string_free (string, FALSE);
}
