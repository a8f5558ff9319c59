/* bp-experiment-lines.c: where in a file its sections and keys are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <string.h>

/* The line at @text, without its end and blanks around it; @next: (out): the line after it */
static char *
get_line (const char  *text,
          const char **next)
{
  gsize length = strcspn (text, "\n");

  *next = text + length + (text[length] == '\n' ? 1 : 0);

  return g_strstrip (g_strndup (text, length));
}

static gboolean
is_comment (const char *line)
{
  return *line == '\0' || *line == '#';
}

static char *
get_section (const char *line)
{
  return g_strndup (line, strcspn (line, "]") + 1);
}

static char *
get_key (const char *section,
         const char *line)
{
  g_autofree char *key = g_strchomp (g_strndup (line, strcspn (line, "=")));

  return g_strdup_printf ("%s %s", section, key);
}

GHashTable *
bp_experiment_index_lines (const char *text,
                           char      **duplicate,
                           guint      *duplicate_line)
{
  GHashTable *lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *section = g_strdup ("");
  guint number = 1;

  *duplicate = NULL;
  for (const char *next; *text != '\0'; text = next, number++)
    {
      g_autofree char *line = get_line (text, &next);
      g_autofree char *entry = NULL;

      if (is_comment (line))
        continue;

      if (*line == '[')
        {
          g_free (section);
          section = get_section (line);
          entry = g_strdup (section);
        }
      else
        entry = get_key (section, line);

      if (!g_hash_table_contains (lines, entry))
        g_hash_table_insert (lines, g_steal_pointer (&entry), GUINT_TO_POINTER (number));
      else if (*line != '[' && *duplicate == NULL)
        {
          *duplicate = g_steal_pointer (&entry);
          *duplicate_line = number;
        }
    }

  return lines;
}

/* Whether lines @first … @end − 1 are what a section may hold, or sections. */
static gboolean
can_load (GPtrArray *starts,
          guint      first,
          guint      end)
{
  const char *start = g_ptr_array_index (starts, first);
  const char *stop = g_ptr_array_index (starts, end);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GString) text = g_string_new ("[-]\n");

  g_string_append_len (text, start, stop - start);

  return g_key_file_load_from_data (file, text->str, text->len, G_KEY_FILE_KEEP_TRANSLATIONS, NULL);
}

/* Where lines start, the end being the last; @n_before: (out): how many lines there are before the first section */
static GPtrArray *
get_line_starts (const char *text,
                 guint      *n_before,
                 gboolean   *has_section)
{
  GPtrArray *starts = g_ptr_array_new ();
  gboolean is_before = TRUE;

  *has_section = FALSE;
  *n_before = 0;
  for (const char *next; *text != '\0'; text = next)
    {
      g_autofree char *line = get_line (text, &next);

      g_ptr_array_add (starts, (gpointer) text);
      if (is_before && !is_comment (line))
        {
          is_before = FALSE;
          *has_section = *line == '[';
        }
      *n_before += is_before;
    }
  g_ptr_array_add (starts, (gpointer) text);

  return starts;
}

guint
bp_experiment_find_bad_line (const char *text,
                             char      **line)
{
  gboolean has_section;
  guint first;
  g_autoptr (GPtrArray) starts = get_line_starts (text, &first, &has_section);
  guint end = starts->len - 1;
  const char *next;

  if (first == end || (has_section && can_load (starts, first, end)))
    return 0;

  /* The first bad line is from @first to before @end. */
  while (has_section && end - first > 1)
    {
      guint middle = first + (end - first) / 2;

      if (can_load (starts, first, middle))
        first = middle;
      else
        end = middle;
    }
  *line = get_line (g_ptr_array_index (starts, first), &next);

  return first + 1;
}
