/* bp-csv-text.c: CSV files as text, and texts as their fields and names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/bp-expression.h"
#include "experiment/bp-builtin-private.h"
#include "base/bp-line-ends.h"
#include "base/bp-memory.h"
#include "base/bp-read-file.h"
#include "base/bp-text.h"

#define MAX_FILE_BYTES ((gsize) 1 << 30)

const char *
bp_encoding_get_title (BpEncoding encoding)
{
  static const char * const titles[BP_N_ENCODINGS] = {
    "", "UTF-8", "UTF-16", "Windows-1252", "Windows-1250", "Windows-1251", "GB18030", "Big5", "Shift_JIS", "EUC-KR",
  };

  g_return_val_if_fail (encoding < BP_N_ENCODINGS, NULL);

  return titles[encoding];
}

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

/* Returns: (transfer full) (nullable): the bytes of the file */
static char *
read_bytes (const char *file,
            gsize      *length,
            GError    **error)
{
  const char *builtin = bp_builtin_find_file (file);

  return builtin != NULL ? bp_builtin_load_file (builtin, length, error)
                         : bp_read_file (file, MAX_FILE_BYTES, length, error);
}

static BpEncoding
find_encoding (const char *bytes,
               gsize       length)
{
  if (length >= 2 && (memcmp (bytes, "\376\377", 2) == 0 || memcmp (bytes, "\377\376", 2) == 0))
    return BP_ENCODING_UTF_16;

  return g_utf8_validate_len (bytes, length, NULL) ? BP_ENCODING_UTF_8 : BP_ENCODING_WINDOWS_1252;
}

/* Where @bytes are not what they are said to be. */
static gboolean
fail_encoding (BpEncoding encoding,
               const char *name,
               GError    **error)
{
  g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("%s is not text in %s; another Encoding in [Data] may be right"),
               name, bp_encoding_get_title (encoding));

  return FALSE;
}

/* As UTF-8. Returns: (transfer full) (nullable) */
static char *
convert (const char *bytes,
         gsize      *length,
         BpEncoding  encoding,
         const char *name,
         GError    **error)
{
  const guint8 *units = (const guint8 *) bytes;
  gboolean is_big_endian = *length >= 2 && units[0] == 0xfe && units[1] == 0xff;
  gsize n_mark = is_big_endian || (*length >= 2 && units[0] == 0xff && units[1] == 0xfe) ? 2 : 0;
  char *text;
  gsize n_bytes;

  if (encoding == BP_ENCODING_UTF_16)
    {
      text = convert_utf16 (units + n_mark, *length - n_mark, is_big_endian, length);
      if (text == NULL)
        g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s does not fit into memory"), name);
      return text;
    }

  /* GLib makes room as it needs it, and has the old and the new one while it copies. */
  if (!bp_memory_check (*length * 6, error))
    return NULL;
  text = g_convert (bytes, (gssize) *length, "UTF-8", bp_encoding_get_title (encoding), NULL, &n_bytes, NULL);
  if (text == NULL)
    fail_encoding (encoding, name, error);
  else
    *length = n_bytes;

  return text;
}

/* Returns: (transfer full) (nullable): text without a NUL but the last. @encoding: (inout): what it is in */
static char *
load (const char *file,
      const char *name,
      gsize      *length,
      BpEncoding *encoding,
      GError    **error)
{
  g_autofree char *text = read_bytes (file, length, error);

  if (text == NULL)
    return NULL;

  if (*encoding == BP_ENCODING_FROM_FILE)
    *encoding = find_encoding (text, *length);
  else if (*encoding == BP_ENCODING_UTF_8 && !g_utf8_validate_len (text, *length, NULL))
    {
      fail_encoding (*encoding, name, error);
      return NULL;
    }

  if (*encoding != BP_ENCODING_UTF_8 && *encoding != BP_ENCODING_WINDOWS_1252)
    {
      char *converted = convert (text, length, *encoding, name, error);

      g_free (text);
      text = converted;
    }
  if (text == NULL)
    return NULL;

  const char *nul = memchr (text, '\0', *length);

  return nul == NULL || fail_nul (name, text, nul, error) ? g_steal_pointer (&text) : NULL;
}

/* Excel's first line "sep=;", which is no row. */
static char
read_separator_line (BpCsvReader *reader)
{
  const char *line = reader->next;
  gboolean is_quoted = *line == '"';
  char separator;

  line += is_quoted;
  if (g_ascii_strncasecmp (line, "sep=", 4) != 0)
    return '\0';

  separator = line[4];
  line += separator != '\0' ? 5 : 4;
  if (separator == '\0' || strchr (BP_CSV_SEPARATORS, separator) == NULL || (is_quoted && *line++ != '"') ||
      (*line != '\r' && *line != '\n'))
    return '\0';

  reader->next += line - reader->next;

  return separator;
}

gboolean
bp_csv_reader_open (BpCsvReader  *self,
                    const char   *file,
                    BpDataFormat *format,
                    GError      **error)
{
  g_autofree char *name = bp_text_display_path (file);
  gsize length;
  char *text = load (file, name, &length, &format->encoding, error);
  char separator;

  if (text == NULL)
    return FALSE;

  *self = (BpCsvReader) {
    .name = g_steal_pointer (&name),
    .text = text,
    .is_utf8 = format->encoding != BP_ENCODING_WINDOWS_1252,
    .next = g_str_has_prefix (text, BP_BYTE_ORDER_MARK) ? text + strlen (BP_BYTE_ORDER_MARK) : text,
    .end = text + length,
    .line = 1,
    .unquoted = g_string_new (NULL),
  };

  separator = read_separator_line (self);
  if (format->separator == '\0')
    format->separator = separator;

  return TRUE;
}

void
bp_csv_reader_close (BpCsvReader *self)
{
  g_string_free (self->unquoted, TRUE);
  g_free (self->text);
  g_free (self->name);
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
