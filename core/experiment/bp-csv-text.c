/* bp-csv-text.c: CSV files as text, and texts as their fields and names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/bp-expression.h"
#include "experiment/bp-builtin-private.h"
#include "base/bp-read-file.h"

#define MAX_FILE_BYTES ((gsize) 1 << 30)

/* Converts UTF-16 after its byte order mark. Returns: (transfer full): NULL if memory is short */
static char *
convert_utf16 (const guint8 *bytes,
               gsize         n_bytes,
               gboolean      is_big_endian,
               gsize        *length)
{
  /* Two bytes become at most three. */
  char *text = g_try_malloc (n_bytes / 2 * 3 + 1);
  char *end = text;
  gunichar high = 0;

  for (gsize i = 0; text != NULL && i + 1 < n_bytes; i += 2)
    {
      gunichar unit = is_big_endian ? bytes[i] << 8 | bytes[i + 1] : bytes[i + 1] << 8 | bytes[i];

      if (unit >= 0xd800 && unit < 0xdc00)
        high = unit;
      else
        {
          if (unit >= 0xdc00 && unit < 0xe000)
            unit = high != 0 ? 0x10000 + ((high & 0x3ff) << 10 | (unit & 0x3ff)) : 0xfffd;
          high = 0;
          end += g_unichar_to_utf8 (unit, end);
        }
    }

  if (text != NULL)
    *end = '\0';
  *length = (gsize) (end - text);

  return text;
}

static gboolean
fail_nul (const char *name,
          const char *text,
          const char *nul,
          GError    **error)
{
  gsize line = 1;

  for (const char *c = text; c < nul; c++)
    line += *c == '\n' || (*c == '\r' && c[1] != '\n');
  g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("%s, line %zu: there is a NUL byte; text was expected"), name, line);

  return FALSE;
}

char *
bp_csv_load (const char *file,
             const char *name,
             gsize      *length,
             GError    **error)
{
  const char *builtin = bp_builtin_find_file (file);
  g_autofree char *bytes = builtin != NULL ? bp_builtin_load_file (builtin, length, error)
                                           : bp_read_file (file, MAX_FILE_BYTES, length, error);
  gboolean is_big_endian = bytes != NULL && *length >= 2 && memcmp (bytes, "\376\377", 2) == 0;
  gboolean is_little_endian = bytes != NULL && *length >= 2 && memcmp (bytes, "\377\376", 2) == 0;

  if (is_big_endian || is_little_endian)
    {
      char *text = convert_utf16 ((const guint8 *) bytes + 2, *length - 2, is_big_endian, length);

      g_free (bytes);
      bytes = text;
      if (text == NULL)
        g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s does not fit into memory"), name);
    }

  if (bytes == NULL)
    return NULL;

  const char *nul = memchr (bytes, '\0', *length);

  return nul == NULL || fail_nul (name, bytes, nul, error) ? g_steal_pointer (&bytes) : NULL;
}

char *
bp_csv_make_name (const char *title)
{
  g_return_val_if_fail (title != NULL, NULL);

  if (bp_expression_check_name (title, NULL))
    return g_strdup (title);

  /* German has rules that do no harm to other languages: ä is ae. */
  g_autofree char *ascii = g_str_to_ascii (title, "de");
  g_autoptr (GString) name = g_string_new (NULL);
  gboolean is_after_other = FALSE;

  for (const char *c = ascii; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_')
      is_after_other = TRUE;
    else
      {
        if (is_after_other && *c != '_' && name->len > 0 && name->str[name->len - 1] != '_')
          g_string_append_c (name, '_');
        g_string_append_c (name, *c);
        is_after_other = FALSE;
      }

  if (g_ascii_isdigit (*name->str))
    g_string_prepend_c (name, '_');
  g_string_truncate (name, MIN (name->len, BP_MAX_NAME_BYTES));

  return name->len > 0 ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

void
bp_csv_append_field (GString    *line,
                     const char *field)
{
  gboolean quote = strpbrk (field, ",\"\r\n") != NULL;

  if (quote)
    g_string_append_c (line, '"');
  for (const char *c = field; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *c);
    }
  if (quote)
    g_string_append_c (line, '"');
}
