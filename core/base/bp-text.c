/* bp-text.c: makes text from users safe to quote in messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-text.h"

#include <string.h>

#define MAX_CHARS 40

/* Bytes that hold MAX_CHARS characters of up to 4 bytes, and one more to see that more follow. */
#define MAX_BYTES (4 * (MAX_CHARS + 2))

/* Whether @character could end a line, control a terminal or reorder the text around it: the controls C0 and C1, the
 * separators of lines and paragraphs, and the controls of Unicode's bidirectional algorithm (UAX #9). */
static gboolean
is_control (gunichar character)
{
  return g_unichar_iscntrl (character) || character == 0x061c || character == 0x200e || character == 0x200f
         || (character >= 0x2028 && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
}

/* Returns: at most @max_chars characters of @valid on one line, with "…" if there are more */
static char *
to_line (const char *valid,
         gsize       max_chars)
{
  GString *line = g_string_new (NULL);
  gsize n_chars = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (n_chars++ == max_chars)
        {
          g_string_append (line, "…");
          break;
        }

      g_string_append_unichar (line, is_control (character) ? ' ' : character);
    }

  return g_string_free (line, FALSE);
}

char *
bp_text_quote (const char *text,
               gssize      length)
{
  g_autofree char *valid = NULL;
  gsize n_bytes;

  g_return_val_if_fail (text != NULL, NULL);

  n_bytes = length < 0 ? strnlen (text, MAX_BYTES) : MIN ((gsize) length, MAX_BYTES);
  valid = g_utf8_make_valid (text, (gssize) n_bytes);

  return to_line (valid, MAX_CHARS);
}

char *
bp_text_to_line (const char *text)
{
  g_autofree char *valid = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);

  return to_line (valid, G_MAXSIZE);
}

char *
bp_text_display_path (const char *path)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_name (path);

  return bp_text_to_line (name);
}

void
bp_text_clean_error (GError **error)
{
  char *message;

  if (error == NULL || *error == NULL)
    return;

  message = bp_text_to_line ((*error)->message);
  g_free ((*error)->message);
  (*error)->message = message;
}
