/* bp-experiment-text.c: changes in the text of an experiment file, which stays as somebody wrote it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-text.h"

#include <string.h>

#include "base/bp-line-ends.h"
#include "experiment/bp-key-lines.h"

#define CHANGES "Changes"

/**
 * Edit:
 * @lines: (element-type utf8): the lines of the text with their ends; one that is inserted is in the string of the line
 *   above, and one that is deleted is NULL
 * @end: that of a line that is inserted
 * @added: sections to append
 */
typedef struct {
  GPtrArray  *lines;
  const char *end;
  GString    *added;
  BpKeyLines *here;
  BpKeyLines *before;
  BpKeyLines *after;
} Edit;

/* Whether @line is as in a file, without the blanks at its end. */
static gboolean
has_value (const BpKeyLine *line,
           const char      *value)
{
  gsize length = strlen (value);

  return g_str_has_prefix (line->value, value)
         && line->value[length + strspn (line->value + length, " \t")] == '\0';
}

/* Whether @key of the section has the value that it had before. */
static gboolean
is_as_before (const Edit         *edit,
              const BpKeySection *section,
              const BpKeyLine    *key)
{
  const BpKeyLine *before = bp_key_section_find (bp_key_lines_find_section (edit->before, 0, section->name), key->key);

  return before != NULL && g_str_equal (before->value, key->value);
}

static void
replace_value (Edit       *edit,
               guint       line,
               const char *value)
{
  char **place = (char **) &edit->lines->pdata[line - 1];
  g_autofree char *old = *place;
  const char *start = strchr (old, '=') + 1, *end;

  start += strspn (start, " \t");
  for (end = start; *end != '\0' && bp_line_end_get_length (end) == 0;)
    end++;
  *place = g_strdup_printf ("%.*s%s%s", (int) (start - old), old, value, end);
}

static void
insert_line (Edit       *edit,
             guint       line,
             const char *key,
             const char *value)
{
  char **place = (char **) &edit->lines->pdata[line - 1];
  g_autofree char *old = *place;
  const gboolean is_last = line == edit->lines->len;

  *place = g_strdup_printf ("%s%s%s=%s%s", old, is_last ? edit->end : "", key, value, is_last ? "" : edit->end);
}

/* Writes the values of @after in their lines. */
static void
replace_values (Edit               *edit,
                const BpKeySection *after)
{
  const BpKeySection *here = bp_key_lines_find_section (edit->here, 0, after->name);

  for (guint i = 0; i < after->lines->len; i++)
    {
      const BpKeyLine *key = &g_array_index (after->lines, BpKeyLine, i);
      const BpKeyLine *line = bp_key_section_find (here, key->key);

      if (line != NULL && !is_as_before (edit, after, key) && !has_value (line, key->value))
        replace_value (edit, line->line, key->value);
    }
}

static void
delete_keys (Edit               *edit,
             const BpKeySection *before)
{
  const BpKeySection *here = bp_key_lines_find_section (edit->here, 0, before->name);
  const BpKeySection *after = bp_key_lines_find_section (edit->after, 0, before->name);

  for (guint i = 0; i < before->lines->len; i++)
    {
      const char *key = g_array_index (before->lines, BpKeyLine, i).key;
      const BpKeyLine *line = bp_key_section_find (here, key);

      if (line != NULL && bp_key_section_find (after, key) == NULL)
        g_clear_pointer (&edit->lines->pdata[line->line - 1], g_free);
    }
}

/* Inserts what has no line, each below the one before it. */
static void
insert_keys (Edit               *edit,
             const BpKeySection *after)
{
  const BpKeySection *here = bp_key_lines_find_section (edit->here, 0, after->name);
  guint last = here != NULL ? here->head.line : 0;
  gboolean is_new = here == NULL;

  for (guint i = 0; i < after->lines->len; i++)
    {
      const BpKeyLine *key = &g_array_index (after->lines, BpKeyLine, i);
      const BpKeyLine *line = bp_key_section_find (here, key->key);

      if (line != NULL)
        last = line->line;
      else if (!is_as_before (edit, after, key) && here != NULL)
        insert_line (edit, last, key->key, key->value);
      else if (!is_as_before (edit, after, key))
        {
          if (is_new)
            g_string_append_printf (edit->added, "\n[%s]\n", after->name);
          g_string_append_printf (edit->added, "%s=%s\n", key->key, key->value);
          is_new = FALSE;
        }
    }
}

static void
edit_text (Edit *edit)
{
  /* The first section is what stands before all sections. */
  for (guint i = 1; i < edit->after->sections->len; i++)
    replace_values (edit, g_ptr_array_index (edit->after->sections, i));
  for (guint i = 1; i < edit->before->sections->len; i++)
    delete_keys (edit, g_ptr_array_index (edit->before->sections, i));
  for (guint i = 1; i < edit->after->sections->len; i++)
    insert_keys (edit, g_ptr_array_index (edit->after->sections, i));
}

static GString *
join (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    if (lines->pdata[i] != NULL)
      bp_line_ends_append (text, lines->pdata[i], strlen (lines->pdata[i]), NULL);

  return text;
}

char *
bp_experiment_text_put (const char *text,
                        const char *before,
                        const char *after)
{
  g_autoptr (BpKeyLines) here = NULL;
  g_autoptr (BpKeyLines) before_lines = NULL;
  g_autoptr (BpKeyLines) after_lines = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GString) added = NULL;
  GString *changed;
  Edit edit;

  g_return_val_if_fail (text != NULL && before != NULL && after != NULL, NULL);

  /* A text without anything in it has nothing that could change either. */
  if (g_str_equal (before, after) || (here = bp_key_lines_new (text, -1, "", NULL)) == NULL)
    return g_strdup (text);

  before_lines = bp_key_lines_new (before, -1, "", NULL);
  after_lines = bp_key_lines_new (after, -1, "", NULL);
  g_return_val_if_fail (before_lines != NULL && after_lines != NULL, NULL);

  added = g_string_new (NULL);
  lines = bp_line_ends_split (text);
  edit = (Edit) { lines, bp_line_ends_get_usual (text), added, here, before_lines, after_lines };
  edit_text (&edit);
  changed = join (lines);
  bp_experiment_text_append (changed, added->str);

  return g_string_free (changed, FALSE);
}

char *
bp_experiment_text_get_base (const char *text,
                             const char *data)
{
  static const char head[] = "\n[" CHANGES "]\n";
  g_autoptr (BpKeyLines) lines = NULL;
  const BpKeySection *section;
  const char *start, *end;
  GString *base;

  g_return_val_if_fail (text != NULL && data != NULL, NULL);

  lines = bp_key_lines_new (text, -1, "", NULL);
  section = lines != NULL ? bp_key_lines_find_section (lines, 0, CHANGES) : NULL;
  if (section == NULL)
    return g_strdup (data);

  start = strstr (data, head);
  end = start != NULL ? strstr (start + 1, "\n[") : NULL;
  base = g_string_new_len (data, start != NULL ? start - data : -1);
  g_string_append (base, head);
  for (guint i = 0; i < section->lines->len; i++)
    {
      const BpKeyLine *line = &g_array_index (section->lines, BpKeyLine, i);

      g_string_append_printf (base, "%s=%s\n", line->key, line->value);
    }
  g_string_append (base, end != NULL ? end : "");

  return g_string_free (base, FALSE);
}

/* Whether @line is the head of a section; @is_saved: (out): whether saving a run adds it */
static gboolean
is_head (const char *line,
         gboolean   *is_saved)
{
  g_autofree char *head = g_strstrip (g_strdup (line + (g_str_has_prefix (line, BP_BYTE_ORDER_MARK)
                                                        ? strlen (BP_BYTE_ORDER_MARK) : 0)));
  const gsize length = strlen (head);

  if (length < 2 || head[0] != '[' || head[length - 1] != ']')
    return FALSE;
  head[length - 1] = '\0';
  *is_saved = bp_key_lines_is_saved_section (head + 1);

  return TRUE;
}

guint
bp_experiment_text_get_saved_line (const char *text)
{
  g_autoptr (GPtrArray) lines = NULL;
  gboolean is_saved;

  g_return_val_if_fail (text != NULL, 0);

  lines = bp_line_ends_split (text);
  for (guint i = 0; i < lines->len; i++)
    if (is_head (lines->pdata[i], &is_saved) && is_saved)
      return i + 1;

  return 0;
}

static gboolean
is_blank (const char *line)
{
  return line != NULL && line[strspn (line, " \t\r\n")] == '\0';
}

char *
bp_experiment_text_strip (const char *text,
                          char      **saved)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) saved_lines = NULL;
  gboolean is_saved = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  lines = bp_line_ends_split (text);
  saved_lines = g_ptr_array_new_full (lines->len, g_free);
  for (guint i = 0; i < lines->len; i++)
    {
      if (is_head (lines->pdata[i], &is_saved) && is_saved && i > 0 && is_blank (lines->pdata[i - 1]))
        saved_lines->pdata[saved_lines->len - 1] = g_steal_pointer (&lines->pdata[i - 1]);
      g_ptr_array_add (saved_lines, is_saved ? g_steal_pointer (&lines->pdata[i]) : NULL);
    }
  if (saved != NULL)
    *saved = g_string_free (join (saved_lines), FALSE);

  return g_string_free (join (lines), FALSE);
}

void
bp_experiment_text_append (GString    *text,
                           const char *lines)
{
  const char *end;

  g_return_if_fail (text != NULL && lines != NULL);

  if (*lines == '\0')
    return;

  end = bp_line_ends_get_usual (text->str);
  if (text->len > 0 && strchr ("\r\n", text->str[text->len - 1]) == NULL)
    g_string_append (text, end);
  bp_line_ends_append (text, lines, strlen (lines), end);
}
