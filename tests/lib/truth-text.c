/* truth-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-text.h"

#include <math.h>
#include <string.h>

static Real reader_sum (Reader *reader);

static gboolean
reader_take (Reader     *reader,
             const char *text)
{
  if (!g_str_has_prefix (reader->at, text))
    return FALSE;
  reader->at += strlen (text);

  return TRUE;
}

static Real
reader_fail (Reader *reader)
{
  reader->is_whole = FALSE;
  reader->at += strlen (reader->at);

  return NAN;
}

/* A name: letters, digits, "_", a hat, an index. */
static char *
reader_name (Reader *reader)
{
  static const char * const parts[] = {
    "η", "μ", "ρ", "λ", "β", "ε", "\314\202", "ₜ", "₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉",
  };
  GString *name = g_string_new (NULL);

  while (TRUE)
    {
      guint i = 0;

      if (g_ascii_isalnum (*reader->at) || *reader->at == '_')
        {
          g_string_append_c (name, *reader->at++);
          continue;
        }
      while (i < G_N_ELEMENTS (parts) && !reader_take (reader, parts[i]))
        i++;
      if (i == G_N_ELEMENTS (parts))
        return g_string_free (name, FALSE);
      g_string_append (name, parts[i]);
    }
}

static gboolean
reader_digit (Reader *reader,
              int    *digit)
{
  static const char * const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };

  for (*digit = 0; *digit < 10; (*digit)++)
    if (reader_take (reader, digits[*digit]))
      return TRUE;

  return FALSE;
}

/* "⁻⁷" */
static gboolean
reader_exponent (Reader *reader,
                 int    *exponent)
{
  const gboolean negative = reader_take (reader, "⁻");
  int digit, n = 0;

  for (*exponent = 0; reader_digit (reader, &digit); n++)
    *exponent = *exponent * 10 + digit;
  if (negative)
    *exponent = -*exponent;

  return n > 0;
}

/* Seventeen digits are a double and not what lies beside it: "1.2·10⁸" is read at once. */
static Real
reader_number (Reader *reader)
{
  const char *start = reader->at;
  g_autofree char *digits = NULL;
  g_autofree char *text = NULL;
  int exponent = 0;
  char *end;

  strtod (start, &end);
  digits = g_strndup (start, (gsize) (end - start));
  reader->at = end;
  if (!reader_take (reader, "·10") || !reader_exponent (reader, &exponent))
    {
      reader->at = end;
      exponent = 0;
    }
  text = g_strdup_printf ("%se%d", digits, exponent);

  return strtod (text, NULL);
}

static Real
reader_call (Reader     *reader,
             const char *name)
{
  const gboolean is_log1p = g_str_equal (name, "log") && reader_take (reader, "1 + ");
  const Real a = reader_sum (reader);
  Real b = a, last[2] = { a, a }, largest = a;
  guint n = 1, position = 0;

  for (; reader_take (reader, ", "); n++)
    {
      const Real next = reader_sum (reader);

      b = g_str_equal (name, "max") ? fmaxl (b, next) : fminl (b, next);
      position = next > largest ? n : position;
      largest = fmaxl (largest, next);
      last[0] = last[1];
      last[1] = next;
    }
  if (!reader_take (reader, ")"))
    return reader_fail (reader);

  if (g_str_equal (name, "exp"))
    return expl (a);
  if (g_str_equal (name, "log"))
    return is_log1p ? log1pl (a) : logl (a);
  if (g_str_equal (name, "sin"))
    return sinl (a);
  if (g_str_equal (name, "cos"))
    return cosl (a);
  if (g_str_equal (name, "tanh"))
    return tanhl (a);
  if (g_str_equal (name, "σ"))
    return 1 / (1 + expl (-a));
  if (g_str_equal (name, "Φ"))
    return erfcl (-a / sqrtl (2)) / 2;
  if (g_str_equal (name, "φ"))
    return expl (-a * a / 2) / sqrtl (2 * acosl (-1));
  if (g_str_equal (name, "round"))
    return rintl (a);
  if (g_str_equal (name, "sign"))
    return (a > 0) - (a < 0);
  if (g_str_equal (name, "max") || g_str_equal (name, "min"))
    return b;
  if (g_str_equal (name, "where") && n == 3)
    return a != 0 ? last[0] : last[1];
  if (g_str_equal (name, "argmax") && n > 1)
    return position;

  return reader_fail (reader);
}

static Real
reader_partial (Reader *reader)
{
  g_autofree char *of = reader_name (reader);
  g_autofree char *by = NULL;

  if (!reader_take (reader, "/∂"))
    return reader_fail (reader);
  by = reader_name (reader);

  return reader->look_up_partial != NULL ? reader->look_up_partial (of, by, reader->data) : reader_fail (reader);
}

static Real
reader_symbol (Reader *reader)
{
  g_autofree char *name = reader_name (reader);
  Real value;

  if (*name == '\0')
    return reader_fail (reader);
  if (reader_take (reader, "("))
    return reader_call (reader, name);
  value = reader->look_up != NULL ? reader->look_up (name, reader->data) : NAN;

  return isnan (value) ? reader_fail (reader) : value;
}

static Real reader_atom (Reader *reader);

static Real
reader_bracket (Reader *reader)
{
  static const char * const signs[] = { " > ", " ≥ ", " ≤ ", " = ", " ≠ " };
  const Real a = reader_sum (reader);
  guint sign = 0;
  Real b;

  while (sign < G_N_ELEMENTS (signs) && !reader_take (reader, signs[sign]))
    sign++;
  if (sign == G_N_ELEMENTS (signs))
    return reader_fail (reader);
  b = reader_sum (reader);
  if (!reader_take (reader, "]"))
    return reader_fail (reader);

  return sign == 0 ? a > b : sign == 1 ? a >= b : sign == 2 ? a <= b : sign == 3 ? a == b : a != b;
}

static Real
reader_atom (Reader *reader)
{
  Real value;

  if (g_ascii_isdigit (*reader->at))
    return reader_number (reader);
  if (reader_take (reader, "("))
    {
      value = reader_sum (reader);
      return reader_take (reader, ")") ? value : reader_fail (reader);
    }
  if (reader_take (reader, "|"))
    {
      value = reader_sum (reader);
      return reader_take (reader, "|") ? fabsl (value) : reader_fail (reader);
    }
  if (reader_take (reader, "√"))
    return sqrtl (reader_atom (reader));
  if (reader_take (reader, "σ("))
    return reader_call (reader, "σ");
  if (reader_take (reader, "Φ("))
    return reader_call (reader, "Φ");
  if (reader_take (reader, "φ("))
    return reader_call (reader, "φ");
  if (reader_take (reader, "["))
    return reader_bracket (reader);
  if (reader_take (reader, "∂"))
    return reader_partial (reader);
  if (reader_take (reader, "∞"))
    return HUGE_VALL;

  return reader_symbol (reader);
}

static Real
reader_power (Reader *reader)
{
  const Real base = reader_atom (reader);
  int exponent;

  if (reader_exponent (reader, &exponent))
    return powl (base, exponent);
  if (reader_take (reader, "^"))
    return powl (base, reader_atom (reader));

  return base;
}

static Real
reader_factor (Reader *reader)
{
  return reader_take (reader, "−") ? -reader_power (reader) : reader_power (reader);
}

static Real
reader_product (Reader *reader)
{
  Real product = reader_factor (reader);

  while (*reader->at != '\0')
    {
      if (reader_take (reader, " · ") || reader_take (reader, "·"))
        product *= reader_factor (reader);
      else if (reader_take (reader, "/"))
        product /= reader_power (reader);
      else if (g_ascii_isalpha (*reader->at))
        product *= reader_power (reader);
      else
        break;
    }

  return product;
}

static Real
reader_sum (Reader *reader)
{
  Real sum = reader_product (reader);

  reader->largest = fmaxl (reader->largest, fabsl (sum));
  while (*reader->at != '\0')
    {
      if (reader_take (reader, " + "))
        sum += reader_product (reader);
      else if (reader_take (reader, " − "))
        sum -= reader_product (reader);
      else
        break;
      reader->largest = fmaxl (reader->largest, fabsl (sum));
    }

  return sum;
}

Real
reader_read (Reader     *reader,
             const char *text)
{
  Real value;

  reader->at = text;
  reader->is_whole = TRUE;
  reader->largest = 0;
  value = reader_sum (reader);
  if (*reader->at != '\0')
    reader_fail (reader);

  return value;
}

/* Equations */

void
equation_clear (Equation *equation)
{
  g_free (equation->index);
  for (guint i = 0; i < equation->n; i++)
    {
      g_free (equation->sides[i]);
      g_free (equation->relations[i]);
    }
}

static const char *
find_relation (const char  *text,
               const char **relation)
{
  static const char * const relations[] = { "=", "≈", "←", "+=" };

  guint depth = 0;

  for (const char *c = text; *c != '\0'; c++)
    for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
      {
        const gsize n = strlen (relations[i]);

        if (i == 0)
          depth += (*c == '[') - (*c == ']');
        if (depth == 0 && g_str_has_prefix (c, relations[i]) && c[n] == ' ' && (c == text || c[-1] == ' '))
          {
            *relation = relations[i];
            return c;
          }
      }

  return NULL;
}

void
equation_split (Equation   *equation,
                const char *text)
{
  const char *colon = *text == '[' ? strstr (text, "]: ") : NULL;
  const char *relation = "", *next;

  *equation = (Equation) { NULL, };
  if (colon != NULL)
    {
      equation->index = g_strndup (text, (gsize) (colon + 1 - text));
      text = colon + 3;
    }
  for (const char *found = find_relation (text, &next);; found = find_relation (text, &next))
    {
      g_autofree char *side = found != NULL ? g_strndup (text, (gsize) (found - text)) : g_strdup (text);

      if (*g_strstrip (side) != '\0')
        {
          g_assert_cmpuint (equation->n, <, MAX_SIDES);
          equation->relations[equation->n] = g_strdup (relation);
          equation->sides[equation->n++] = g_steal_pointer (&side);
        }
      if (found == NULL)
        return;
      relation = next;
      text = found + strlen (next) + 1;
    }
}

gboolean
is_rounded (Real shown,
            Real value)
{
  if (isnan (value) || isinf (value))
    return isnan (value) ? isnan (shown) : shown == value;
  if (value == 0)
    return shown == 0;

  return fabsl (shown - value) <= 0.50000005L * powl (10, floorl (log10l (fabsl (value))) - 3)
         || (fabsl (value) < 1e-307L && fabsl (shown - value) <= 5e-324L);
}

/* Reading */

gboolean
says (const char *text,
      const char *part)
{
  return strstr (text, part) != NULL;
}

char *
between (const char *text,
         const char *before,
         const char *after)
{
  const char *start = strstr (text, before), *end;

  g_assert_nonnull (start);
  start += strlen (before);
  end = after != NULL ? strstr (start, after) : NULL;

  return end != NULL ? g_strndup (start, (gsize) (end - start)) : g_strdup (start);
}

Real
number_between (const char *text,
                const char *before,
                const char *after)
{
  g_autofree char *number = between (text, before, after);
  Reader reader = { .look_up = NULL };

  return reader_read (&reader, number);
}
