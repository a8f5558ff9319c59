/* bp-line-ends.c: the ends of the lines of a text, which stay as they are when the text is edited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-line-ends.h"

#include <string.h>

#define PARAGRAPH_SEPARATOR "\342\200\251"

gsize
bp_line_end_get_length (const char *c)
{
  if (*c == '\n')
    return 1;
  if (*c == '\r')
    return c[1] == '\n' ? 2 : 1;

  return strncmp (c, PARAGRAPH_SEPARATOR, strlen (PARAGRAPH_SEPARATOR)) == 0 ? strlen (PARAGRAPH_SEPARATOR) : 0;
}

const char *
bp_line_ends_get_usual (const char *text)
{
  guint n_lf = 0, n_cr_lf = 0, n_cr = 0;

  g_return_val_if_fail (text != NULL, "\n");

  for (const char *c = text; *c != '\0'; c++)
    if (*c == '\n')
      n_lf++;
    else if (*c == '\r' && c[1] == '\n')
      {
        n_cr_lf++;
        c++;
      }
    else if (*c == '\r')
      n_cr++;

  if (n_cr_lf > n_lf && n_cr_lf >= n_cr)
    return "\r\n";

  return n_cr > n_lf ? "\r" : "\n";
}

GPtrArray *
bp_line_ends_split (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  const char *start = text;

  g_return_val_if_fail (text != NULL, lines);

  while (*text != '\0')
    {
      const gsize n_end = bp_line_end_get_length (text);

      text += MAX (n_end, 1);
      if (n_end > 0)
        {
          g_ptr_array_add (lines, g_strndup (start, (gsize) (text - start)));
          start = text;
        }
    }
  g_ptr_array_add (lines, g_strdup (start));

  return lines;
}

void
bp_line_ends_append (GString    *text,
                     const char *lines,
                     gsize       length,
                     const char *end)
{
  g_return_if_fail (text != NULL && lines != NULL);

  if (length > 0 && text->len > 0 && text->str[text->len - 1] == '\r'
      && *(*lines == '\n' && end != NULL ? end : lines) == '\n')
    g_string_append_c (text, '\n');
  for (gsize i = 0; i < length; i++)
    if (lines[i] == '\n' && end != NULL)
      g_string_append (text, end);
    else
      g_string_append_c (text, lines[i]);
}

/* Editors */

static const char *
skip_mark (const char *text)
{
  return g_str_has_prefix (text, BP_BYTE_ORDER_MARK) ? text + strlen (BP_BYTE_ORDER_MARK) : text;
}

char *
bp_line_ends_to_editor (const char *text)
{
  GString *shown;

  g_return_val_if_fail (text != NULL, NULL);

  shown = g_string_new (NULL);
  for (const char *c = skip_mark (text); *c != '\0';)
    {
      const gsize n_end = bp_line_end_get_length (c);

      g_string_append_c (shown, n_end > 0 ? '\n' : *c);
      c += MAX (n_end, 1);
    }

  return g_string_free (shown, FALSE);
}

/* Where in @text the editor shows byte @n. */
static const char *
find_shown (const char *text,
            gsize       n)
{
  const char *c = skip_mark (text);

  for (; n > 0; n--)
    c += MAX (bp_line_end_get_length (c), 1);

  return c;
}

char *
bp_line_ends_from_editor (const char *text,
                          const char *edited)
{
  g_autofree char *shown = NULL;
  const char *rest;
  GString *result;
  gsize n_start = 0, n_shown, n_edited;

  g_return_val_if_fail (text != NULL && edited != NULL, NULL);

  shown = bp_line_ends_to_editor (text);
  n_shown = strlen (shown);
  n_edited = strlen (edited);
  while (shown[n_start] != '\0' && shown[n_start] == edited[n_start])
    n_start++;
  while (n_shown > n_start && n_edited > n_start && shown[n_shown - 1] == edited[n_edited - 1])
    {
      n_shown--;
      n_edited--;
    }

  result = g_string_new_len (text, find_shown (text, n_start) - text);
  bp_line_ends_append (result, edited + n_start, n_edited - n_start, bp_line_ends_get_usual (text));
  rest = find_shown (text, n_shown);
  bp_line_ends_append (result, rest, strlen (rest), NULL);

  return g_string_free (result, FALSE);
}
