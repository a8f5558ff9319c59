/* bp-latex.c: numbers, texts and colours for LaTeX
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-latex.h"

#include <string.h>

#include "explain/bp-explain.h"

static const char *const color_names[BP_N_COLORS] = {
  [BP_COLOR_VALUE] = "bp-value",
  [BP_COLOR_GRADIENT] = "bp-gradient",
  [BP_COLOR_PARAMETER] = "bp-parameter",
  [BP_COLOR_TEXT] = "bp-text",
  [BP_COLOR_DIM] = "bp-dim",
  [BP_COLOR_GRID] = "bp-grid",
  [BP_COLOR_SURFACE] = "bp-surface",
  [BP_COLOR_NODE] = "bp-node",
  [BP_COLOR_DATA] = "bp-data",
  [BP_COLOR_VALUE_FILL] = "bp-value-fill",
  [BP_COLOR_GRADIENT_FILL] = "bp-gradient-fill",
  [BP_COLOR_PARAMETER_FILL] = "bp-parameter-fill",
  [BP_COLOR_RUN_1] = "bp-run-1",
  [BP_COLOR_RUN_2] = "bp-run-2",
  [BP_COLOR_RUN_3] = "bp-run-3",
  [BP_COLOR_LAYER_1] = "bp-layer-1",
  [BP_COLOR_LAYER_2] = "bp-layer-2",
  [BP_COLOR_LAYER_3] = "bp-layer-3",
  [BP_COLOR_LAYER_4] = "bp-layer-4",
  [BP_COLOR_LAYER_5] = "bp-layer-5",
};

/* What pdflatex prints in its default encodings: ASCII, and of Latin-1 the letters with an accent. */
static gboolean
is_plain (gunichar letter)
{
  static const gunichar others[] = { 0xd0, 0xd7, 0xde, 0xf0, 0xf7, 0xfe };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (letter == others[i])
      return FALSE;

  return letter < 0x80 || (letter >= 0xc0 && letter <= 0xff);
}

void
bp_latex_append_text (GString    *tex,
                      const char *text)
{
  g_autofree char *escaped = bp_text_to_latex (text);

  for (const char *c = escaped; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      char utf8[7] = { 0 };

      g_unichar_to_utf8 (letter, utf8);
      if (is_plain (letter))
        g_string_append (tex, utf8);
      else
        g_string_append_printf (tex, "\\ifdefined\\Uchar %s\\else ?\\fi{}", utf8);
    }
}

/* Math */

/* The length of the word that @text begins with; 0 when it begins with none. */
static gsize
get_word_length (const char *text)
{
  gsize length = 0;

  if (g_ascii_isalpha (*text) || *text == '_')
    while (g_ascii_isalnum (text[length]) || text[length] == '_')
      length++;

  return length;
}

/* Functions stand upright: "max(", "log z". */
static gboolean
is_function (const char *word,
             gsize       length)
{
  static const char *const names[] = { "log", "exp", "sin", "cos", "tanh", "sign", "max", "min", "mean", NULL };
  g_autofree char *copy = g_strndup (word, length);

  return word[length] == '(' || g_strv_contains (names, copy);
}

static void
append_word (GString    *tex,
             const char *word,
             gsize       length)
{
  if (length == 1)
    {
      g_string_append_len (tex, word, length);
      return;
    }

  g_string_append (tex, is_function (word, length) ? "\\mathrm{" : "\\mathit{");
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (tex, word[i] == '_' ? "\\%c" : "%c", word[i]);
  g_string_append_c (tex, '}');
}

/* Exponents next to each other are one: "⁻⁷". @script: (inout): the sign of the one that was appended last, or 0 */
static void
append_math_sign (GString    *tex,
                  const char *sign,
                  gsize       length,
                  char       *script)
{
  gboolean is_script = (*sign == '^' || *sign == '_') && length > 2 && sign[1] == '{';

  if (is_script && *sign == *script)
    {
      g_string_truncate (tex, tex->len - 1);
      sign += 2;
      length -= 2;
    }
  else
    *script = is_script ? *sign : 0;

  g_string_append_len (tex, sign, (gssize) length);
  if (g_ascii_isalpha (sign[length - 1]))
    g_string_append_c (tex, ' ');
}

/* One sign, without the dollars that it has in text; what has none is text. */
static void
append_sign (GString *tex,
             gunichar letter,
             char    *script)
{
  char utf8[7] = { 0 };
  g_autoptr (GString) sign = g_string_new (NULL);

  g_unichar_to_utf8 (letter, utf8);
  bp_latex_append_text (sign, utf8);

  if (sign->len > 2 && sign->str[0] == '$' && sign->str[sign->len - 1] == '$')
    {
      append_math_sign (tex, sign->str + 1, sign->len - 2, script);
      return;
    }

  *script = 0;
  if (letter == ' ')
    g_string_append (tex, "\\ ");
  else if (letter < 0x80 && !g_str_has_prefix (sign->str, "\\text"))
    g_string_append (tex, sign->str);
  else
    g_string_append_printf (tex, "\\mbox{%s}", sign->str);
}

/* Blanks around relations are TeX's business. */
static gboolean
is_relation (const char *text)
{
  return *text == '=' || *text == '+' || *text == '<' || *text == '>' || g_str_has_prefix (text, "≈") ||
         g_str_has_prefix (text, "−") || g_str_has_prefix (text, "·") || g_str_has_prefix (text, "…") ||
         g_str_has_prefix (text, "≤") || g_str_has_prefix (text, "≥");
}

void
bp_latex_append_math (GString    *tex,
                      const char *text)
{
  gboolean after_relation = TRUE;
  char script = 0;

  g_string_append_c (tex, '$');
  for (const char *c = text; *c != '\0';)
    {
      gsize length = get_word_length (c);

      if (length > 0)
        {
          append_word (tex, c, length);
          after_relation = FALSE;
          script = 0;
          c += length;
          continue;
        }

      if (*c != ' ')
        {
          append_sign (tex, g_utf8_get_char (c), &script);
          after_relation = is_relation (c);
        }
      else if (after_relation || is_relation (c + 1))
        g_string_append (tex, tex->str[tex->len - 1] == ' ' ? "" : " ");
      else
        append_sign (tex, ' ', &script);
      c = g_utf8_next_char (c);
    }
  g_string_append_c (tex, '$');
}

/* Numbers and colours */

void
bp_latex_append_number (GString *tex,
                        double   value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (tex, g_ascii_formatd (number, sizeof number, "%.7g", value));
}

void
bp_latex_append_color (GString *tex,
                       BpColor  color)
{
  g_return_if_fail (color < BP_N_COLORS);

  g_string_append (tex, color_names[color]);
}

void
bp_latex_append_colors (GString         *tex,
                        const BpPalette *palette)
{
  for (guint i = 0; i < BP_N_COLORS; i++)
    {
      const GdkRGBA *rgba = &palette->colors[i];

      g_string_append_printf (tex, "\\providecolor{%s}{HTML}{%02X%02X%02X}%%\n", color_names[i],
                              (guint) (rgba->red * 255 + 0.5f), (guint) (rgba->green * 255 + 0.5f),
                              (guint) (rgba->blue * 255 + 0.5f));
    }
}
