/* bp-experiment-text.c: changes in the text of an experiment file, which stays as somebody wrote it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-text.h"

#include <string.h>

#include "experiment/bp-key-lines.h"

#define CHANGES "Changes"

/**
 * Edit:
 * @lines: (element-type utf8): the lines of the text; one that is inserted is in the string of the line above, and one
 *   that is deleted is NULL
 * @end: what is between them
 * @added: sections to append
 */
typedef struct {
  GPtrArray  *lines;
  char        end[3];
  GString    *added;
  BpKeyLines *here;
  BpKeyLines *before;
  BpKeyLines *after;
} Edit;

static const char *
get_line_end (const char *text)
{
  const char *end = strchr (text, '\n');

  if (end != NULL)
    return end > text && end[-1] == '\r' ? "\r\n" : "\n";

  return strchr (text, '\r') != NULL ? "\r" : "\n";
}

/* Lines split at the last character of @end keep what is before it. */
static GPtrArray *
split (const char *text,
       const char *end)
{
  const char last[] = { end[strlen (end) - 1], '\0' };
  g_auto (GStrv) lines = g_strsplit (text, last, -1);
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    g_ptr_array_add (array, g_steal_pointer (&lines[i]));

  return array;
}

/* Whether @line is as in a file, without the blanks at its end. */
static gboolean
has_value (const BpKeyLine *line,
           const char      *value)
{
  gsize length = strlen (value);

  return g_str_has_prefix (line->value, value)
         && line->value[length + strspn (line->value + length, " \t\r")] == '\0';
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
  const char *start = strchr (old, '=') + 1;

  start += strspn (start, " \t");
  *place = g_strdup_printf ("%.*s%s%s", (int) (start - old), old, value, g_str_has_suffix (old, "\r") ? "\r" : "");
}

static void
insert_line (Edit       *edit,
             guint       line,
             const char *key,
             const char *value)
{
  char **place = (char **) &edit->lines->pdata[line - 1];
  g_autofree char *old = *place;
  const gboolean has_return = g_str_has_suffix (old, "\r");

  *place = g_strdup_printf ("%s%c%s=%s%s", old, edit->end[strlen (edit->end) - 1], key, value, has_return ? "\r" : "");
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

static char *
join (Edit *edit)
{
  const char end = edit->end[strlen (edit->end) - 1];
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < edit->lines->len; i++)
    if (edit->lines->pdata[i] != NULL)
      {
        g_string_append (text, edit->lines->pdata[i]);
        if (i + 1 < edit->lines->len)
          g_string_append_c (text, end);
      }
  bp_experiment_text_append (text, edit->added->str);

  return g_string_free (text, FALSE);
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
  Edit edit;

  g_return_val_if_fail (text != NULL && before != NULL && after != NULL, NULL);

  /* A text without anything in it has nothing that could change either. */
  if (g_str_equal (before, after) || (here = bp_key_lines_new (text, -1, "", NULL)) == NULL)
    return g_strdup (text);

  before_lines = bp_key_lines_new (before, -1, "", NULL);
  after_lines = bp_key_lines_new (after, -1, "", NULL);
  g_return_val_if_fail (before_lines != NULL && after_lines != NULL, NULL);

  added = g_string_new (NULL);
  edit = (Edit) { .added = added, .here = here, .before = before_lines, .after = after_lines };
  g_strlcpy (edit.end, get_line_end (text), sizeof edit.end);
  edit.lines = lines = split (text, edit.end);
  edit_text (&edit);

  return join (&edit);
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
  g_autofree char *head = g_strstrip (g_strdup (line));
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

  lines = split (text, get_line_end (text));
  for (guint i = 0; i < lines->len; i++)
    if (is_head (lines->pdata[i], &is_saved) && is_saved)
      return i + 1;

  return 0;
}

char *
bp_experiment_text_strip (const char *text)
{
  g_autoptr (GPtrArray) lines = NULL;
  const char *end;
  gboolean is_saved = FALSE;
  guint n_kept = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (bp_experiment_text_get_saved_line (text) == 0)
    return g_strdup (text);

  end = get_line_end (text);
  lines = split (text, end);
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];

      if (is_head (line, &is_saved) && is_saved && n_kept > 0
          && strspn (lines->pdata[n_kept - 1], " \t\r") == strlen (lines->pdata[n_kept - 1]))
        n_kept--;
      if (!is_saved)
        {
          gpointer kept = lines->pdata[n_kept];

          lines->pdata[n_kept++] = lines->pdata[i];
          lines->pdata[i] = kept;
        }
    }

  if (is_saved && n_kept < lines->len)
    *(char *) lines->pdata[n_kept++] = '\0';
  g_ptr_array_set_size (lines, (int) n_kept);
  g_ptr_array_add (lines, NULL);
  end += strlen (end) - 1;

  return g_strjoinv (end, (char **) lines->pdata);
}

void
bp_experiment_text_append (GString    *text,
                           const char *lines)
{
  const char *end;

  g_return_if_fail (text != NULL && lines != NULL);

  if (*lines == '\0')
    return;

  end = get_line_end (text->str);
  if (text->len > 0 && text->str[text->len - 1] != end[strlen (end) - 1])
    g_string_append (text, end);
  for (; *lines != '\0'; lines++)
    if (*lines == '\n')
      g_string_append (text, end);
    else
      g_string_append_c (text, *lines);
}
