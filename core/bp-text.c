/* bp-text.c: what users wrote, in messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-text.h"

#include <string.h>

#define MAX_CHARS 40

/* Enough for MAX_CHARS characters of up to 4 bytes and to see that more follow. */
#define MAX_BYTES (4 * (MAX_CHARS + 2))

char *
bp_text_quote (const char *text,
               gssize      length)
{
  g_return_val_if_fail (text != NULL, NULL);

  gsize n_bytes = length < 0 ? strnlen (text, MAX_BYTES) : MIN ((gsize) length, MAX_BYTES);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) n_bytes);
  GString *quoted = g_string_new (NULL);
  guint n_chars = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (n_chars++ == MAX_CHARS)
        {
          g_string_append (quoted, "…");
          break;
        }

      g_string_append_unichar (quoted, g_unichar_iscntrl (character) ? ' ' : character);
    }

  return g_string_free (quoted, FALSE);
}

char *
bp_text_display_path (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *name = g_filename_display_name (path);
  GString *text = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      g_string_append_unichar (text, g_unichar_iscntrl (character) ? ' ' : character);
    }

  return g_string_free (text, FALSE);
}
