/* bp-key-lines.c: a file of sections and keys, line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-key-lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-line-ends.h"
#include "base/bp-memory.h"
#include "base/bp-read-file.h"
#include "base/bp-text.h"

#define MAX_FILE_BYTES (16 << 20)
/* What is made of a byte of a file: lines, keys, values, and definitions. */
#define TEXT_BYTES 64

#define REFERENCE_PREFIX "Ghost "

/* Sections */

/* The run of section @name, and what it is called there. */
static guint
get_run (const char  *name,
         const char **inner)
{
  char *end;
  guint64 run;

  *inner = name;
  if (!g_str_has_prefix (name, REFERENCE_PREFIX))
    return 0;

  run = g_ascii_strtoull (name + strlen (REFERENCE_PREFIX), &end, 10);
  if (run < 1 || run > BP_MAX_REFERENCES || *end != '/')
    return 0;
  *inner = end + 1;

  return (guint) run;
}

gboolean
bp_key_lines_is_saved_section (const char *name)
{
  const char *inner;

  g_return_val_if_fail (name != NULL, FALSE);

  return get_run (name, &inner) > 0 || g_str_equal (name, BP_SAVED_SESSION);
}

static void
section_free (gpointer data)
{
  BpKeySection *section = data;

  g_array_unref (section->lines);
  g_hash_table_unref (section->by_key);
  g_free (section);
}

static BpKeySection *
add_section (BpKeyLines      *self,
             const BpKeyLine *head)
{
  BpKeySection *section = g_hash_table_lookup (self->by_name, head->value);

  if (section != NULL)
    return section;

  section = g_new0 (BpKeySection, 1);
  section->run = get_run (head->value, &section->name);
  section->head = *head;
  section->lines = g_array_new (FALSE, FALSE, sizeof (BpKeyLine));
  section->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (self->sections, section);
  g_hash_table_insert (self->by_name, (gpointer) head->value, section);

  return section;
}

static void
add_line (BpKeySection *section,
          BpKeyLine    *line)
{
  if (line->key == NULL && section->bad.line == 0)
    section->bad = *line;
  if (line->key == NULL)
    return;

  g_array_append_val (section->lines, *line);
  if (!g_hash_table_contains (section->by_key, line->key))
    g_hash_table_insert (section->by_key, (gpointer) line->key, GUINT_TO_POINTER (section->lines->len));
  else if (section->duplicate.line == 0)
    section->duplicate = *line;
}

/* Lines */

static gboolean
is_head (char *text)
{
  char *end = strchr (text, ']');

  if (*text != '[' || end == text + 1 || end == NULL || strcspn (text + 1, "[") < (gsize) (end - text - 1) ||
      end[1 + strspn (end + 1, " \t")] != '\0')
    return FALSE;
  *end = '\0';

  return TRUE;
}

/* Cuts the line in key and value. */
static void
split_line (BpKeyLine *line,
            char      *text)
{
  char *equals = strchr (text, '=');

  line->value = text;
  if (equals == NULL || equals == text)
    return;

  *equals = '\0';
  line->key = g_strchomp (text);
  line->value = equals + 1;
  while (g_ascii_isspace (*line->value))
    line->value++;
}

static void
read_lines (BpKeyLines *self,
            char       *text)
{
  BpKeyLine line = { .value = "" };
  BpKeySection *section = add_section (self, &line);

  for (char *next = text; *next != '\0';)
    {
      char *start = next;
      gsize n_end;

      while (*next != '\0' && bp_line_end_get_length (next) == 0)
        next++;
      n_end = bp_line_end_get_length (next);
      *next = '\0';
      next += n_end;
      line = (BpKeyLine) { .start = start, .line = line.line + 1 };
      while (g_ascii_isspace (*start))
        start++;

      if (*start == '\0' || *start == '#')
        continue;
      if (is_head (start))
        {
          line.value = start + 1;
          section = add_section (self, &line);
          continue;
        }

      line.value = start;
      if (section != g_ptr_array_index (self->sections, 0))
        split_line (&line, start);
      add_line (section, &line);
    }
}

/* The text */

static gboolean
check_text (const char *text,
            gsize       length,
            const char *origin,
            GError    **error)
{
  const char *end;

  if (length > MAX_FILE_BYTES)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("the file is larger than %d MiB"), MAX_FILE_BYTES >> 20);
      return bp_error_set_line (error, origin, 0, 0, NULL, NULL);
    }

  if (!g_utf8_validate_len (text, length, &end))
    {
      const char *start = text;
      guint line = 1;

      for (const char *c = text; c < end; c++)
        if (bp_line_end_get_length (c) > 0)
          {
            line++;
            c += bp_line_end_get_length (c) - 1;
            start = c + 1;
          }
      g_set_error_literal (error, BP_ERROR, BP_ERROR_SYNTAX,
                           *end == '\0' ? _("there is a NUL byte; text was expected")
                                        : _("the text is not valid UTF-8"));
      return bp_error_set_line (error, origin, line, (guint) g_utf8_strlen (start, end - start) + 1,
                                NULL, NULL);
    }

  if (strspn (text, " \t\r\n") < strlen (text))
    return TRUE;

  g_set_error_literal (error, BP_ERROR, BP_ERROR_FILE,
                       _("the file is empty; an experiment has at least [Variables] and [Model]"));

  return bp_error_set_line (error, origin, 0, 0, NULL, NULL);
}

BpKeyLines *
bp_key_lines_new (const char *text,
                  gssize      length,
                  const char *origin,
                  GError    **error)
{
  gsize n_bytes = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *copy = n_bytes <= MAX_FILE_BYTES ? g_strndup (text, n_bytes) : NULL;
  g_autofree char *shown_origin = bp_text_to_line (origin);
  BpKeyLines *self;

  if (!check_text (copy, n_bytes, shown_origin, error) || !bp_memory_check (n_bytes * TEXT_BYTES, error))
    return NULL;
  g_assert (copy != NULL);

  self = g_new0 (BpKeyLines, 1);
  self->origin = g_steal_pointer (&shown_origin);
  self->text = g_steal_pointer (&copy);
  self->sections = g_ptr_array_new_with_free_func (section_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  read_lines (self, self->text + (g_str_has_prefix (self->text, BP_BYTE_ORDER_MARK) ? strlen (BP_BYTE_ORDER_MARK) : 0));

  return self;
}

void
bp_key_lines_free (BpKeyLines *lines)
{
  g_hash_table_unref (lines->by_name);
  g_ptr_array_unref (lines->sections);
  g_free (lines->text);
  g_free (lines->origin);
  g_free (lines);
}

GString *
bp_key_lines_read_file (const char *path,
                        GError    **error)
{
  gsize length;
  g_autofree char *bytes = bp_read_file (path, MAX_FILE_BYTES, &length, error);

  return bytes != NULL ? g_string_new_len (bytes, (gssize) length) : NULL;
}

/* Asking */

const BpKeySection *
bp_key_lines_find_section (BpKeyLines *lines,
                           guint       run,
                           const char *name)
{
  g_autofree char *whole = run > 0 ? g_strdup_printf (REFERENCE_PREFIX "%u/%s", run, name) : g_strdup (name);

  return g_hash_table_lookup (lines->by_name, whole);
}

const BpKeyLine *
bp_key_section_find (const BpKeySection *section,
                     const char         *key)
{
  gboolean is_there = section != NULL && key != NULL;
  guint line = is_there ? GPOINTER_TO_UINT (g_hash_table_lookup (section->by_key, key)) : 0;

  return line > 0 ? &g_array_index (section->lines, BpKeyLine, line - 1) : NULL;
}

/* Failing */

gboolean
bp_key_lines_fail_line (BpKeyLines         *lines,
                        const BpKeySection *section,
                        const BpKeyLine    *line,
                        const char         *character,
                        GError            **error)
{
  return bp_error_set_line (error, lines->origin, line->line,
                            (guint) g_utf8_pointer_to_offset (line->start, character) + 1, section->name, line->key);
}

gboolean
bp_key_lines_fail (BpKeyLines *lines,
                   guint       run,
                   GError    **error)
{
  const BpErrorPosition *position = error != NULL ? bp_error_get_position (*error) : NULL;
  const BpKeySection *section;
  const BpKeyLine *line;

  if (position == NULL || position->section == NULL)
    return FALSE;

  section = bp_key_lines_find_section (lines, run, position->section);
  line = bp_key_section_find (section, position->key);
  if (line != NULL)
    return bp_key_lines_fail_line (lines, section, line, position->column > 0 ? line->value : line->key, error);
  if (section != NULL)
    return bp_key_lines_fail_line (lines, section, &section->head, section->head.value - 1, error);

  return bp_error_set_line (error, lines->origin, 0, 0, NULL, NULL);
}

/* Whether the value of the key before is not complete: an operator or an opening bracket expects more. */
static gboolean
is_open (const BpKeyLine *line)
{
  gssize depth = 0;
  char last = '\0';

  for (const char *c = line->value; *c != '\0'; c++)
    {
      depth += strchr ("([", *c) != NULL ? 1 : strchr (")]", *c) != NULL ? -1 : 0;
      last = g_ascii_isspace (*c) ? last : *c;
    }

  return depth > 0 || (last != '\0' && strchr ("+-*/,;", last) != NULL);
}

static gboolean
fail_bad_line (BpKeyLines         *self,
               const BpKeySection *section,
               GError            **error)
{
  const BpKeyLine *bad = &section->bad;
  const BpKeyLine *before = NULL;
  g_autofree char *line = g_strchomp (g_strdup (bad->value));
  g_autofree char *quoted = bp_text_quote (line, -1);

  for (guint i = 0; i < section->lines->len && g_array_index (section->lines, BpKeyLine, i).line < bad->line; i++)
    before = &g_array_index (section->lines, BpKeyLine, i);

  if (*line == ';' || g_str_has_prefix (line, "//") || *line == '%')
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is no comment; a comment begins with “#”"), quoted);
  else if (before != NULL && before->line + 1 == bad->line && *line != '[' && is_open (before))
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
                 _("“%s” is not what was expected; a value ends with its line, so write all of “%s” on line %u"),
                 quoted, before->key, before->line);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
                 _("“%s” is not what was expected: a [Section], below one a key=value, or a # comment"), quoted);

  return bp_key_lines_fail_line (self, section, bad, bad->value, error);
}

static gboolean
fail_duplicate (BpKeyLines         *self,
                const BpKeySection *section,
                GError            **error)
{
  const BpKeyLine *duplicate = &section->duplicate;
  g_autofree char *entry = g_strdup_printf ("[%s] %s", section->name, duplicate->key);
  g_autofree char *quoted = bp_text_quote (entry, -1);

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("%s is already on line %u"), quoted,
               bp_key_section_find (section, duplicate->key)->line);

  return bp_key_lines_fail_line (self, section, duplicate, duplicate->key, error);
}

gboolean
bp_key_lines_check (BpKeyLines *lines,
                    guint       run,
                    gboolean    session,
                    GError    **error)
{
  const BpKeySection *bad = NULL, *duplicate = NULL;

  for (guint i = 0; i < lines->sections->len; i++)
    {
      const BpKeySection *section = g_ptr_array_index (lines->sections, i);

      if (section->run != run || (!session && g_str_equal (section->name, BP_SAVED_SESSION)))
        continue;
      if (section->bad.line > 0 && (bad == NULL || section->bad.line < bad->bad.line))
        bad = section;
      if (section->duplicate.line > 0 && (duplicate == NULL || section->duplicate.line < duplicate->duplicate.line))
        duplicate = section;
    }

  if (bad != NULL)
    return fail_bad_line (lines, bad, error);

  return duplicate == NULL || fail_duplicate (lines, duplicate, error);
}
