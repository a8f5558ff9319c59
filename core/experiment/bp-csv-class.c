/* bp-csv-class.c: the texts of a CSV file, each a class
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-text.h"

/* A column of more different texts than these says no class but something else of each row. */
#define MAX_CLASSES 1000

/* A tree, for texts can be made up that a hash table is slow with. */
struct _BpCsvTexts {
  GTree *numbers; /* text → its number + 1 */
  gsize  line;
};

static int
compare_cb (gconstpointer          a,
            gconstpointer          b,
            G_GNUC_UNUSED gpointer data)
{
  return strcmp (a, b);
}

BpCsvTexts *
bp_csv_texts_new (gsize line)
{
  BpCsvTexts *self = g_new (BpCsvTexts, 1);

  self->numbers = g_tree_new_full (compare_cb, NULL, g_free, NULL);
  self->line = line;

  return self;
}

void
bp_csv_texts_free (BpCsvTexts *self)
{
  g_tree_unref (self->numbers);
  g_free (self);
}

/* Signs alone and an infinite number are neither numbers nor classes. */
gboolean
bp_csv_reader_is_class (BpCsvReader *self)
{
  gsize n_signs = strspn (self->field, "+-.,");
  const char *text = self->field + n_signs;
  gboolean is_infinite = g_ascii_strncasecmp (text, "inf", 3) == 0 &&
                         (self->length == n_signs + 3 || g_ascii_strncasecmp (text, "infinity", 8) == 0);

  return !bp_csv_reader_is_missing (self) && self->length > n_signs && !g_ascii_isdigit (*text) && !is_infinite;
}

static char *
dup_text (BpCsvReader *reader)
{
  g_autofree char *field = bp_csv_reader_dup_field (reader);

  return bp_text_to_line (field);
}

static gboolean
fail_number (BpCsvTexts  *self,
             BpCsvReader *reader,
             GError     **error)
{
  g_autofree char *text = dup_text (reader);
  g_autofree char *quoted = bp_text_quote (text, -1);

  if (bp_csv_reader_is_missing (reader))
    return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error,
                               _("“%s” is not a class; Missing=drop in [Data] leaves such rows out"), quoted);

  return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error,
                             _("“%s” is not a class such as the text in line %zu; the name of a class starts with no "
                               "digit"), quoted, self->line);
}

gboolean
bp_csv_texts_read (BpCsvTexts  *self,
                   BpCsvReader *reader,
                   double      *number,
                   GError     **error)
{
  g_autofree char *text = NULL;
  guint n;

  if (!bp_csv_reader_is_class (reader))
    return fail_number (self, reader, error);

  text = dup_text (reader);
  n = GPOINTER_TO_UINT (g_tree_lookup (self->numbers, text));
  if (n == 0)
    {
      n = (guint) g_tree_nnodes (self->numbers) + 1;
      if (n > MAX_CLASSES)
        return bp_csv_reader_fail (reader, BP_ERROR_VALUE, error,
                                   _("a column of texts has at most %d different ones, each of which is a class"),
                                   MAX_CLASSES);
      g_tree_insert (self->numbers, g_steal_pointer (&text), GUINT_TO_POINTER (n));
    }
  *number = n - 1;

  return TRUE;
}

char **
bp_csv_texts_sort (BpCsvTexts *self,
                   double     *numbers,
                   gsize       n_rows)
{
  guint n = (guint) g_tree_nnodes (self->numbers);
  g_autofree gboolean *is_used = g_new0 (gboolean, n);
  g_autofree guint *classes = g_new0 (guint, n);
  GPtrArray *names = g_ptr_array_new ();

  /* A text may be in rows alone that are left out. */
  for (gsize i = 0; i < n_rows; i++)
    is_used[(guint) numbers[i]] = TRUE;
  for (GTreeNode *node = g_tree_node_first (self->numbers); node != NULL; node = g_tree_node_next (node))
    {
      guint number = GPOINTER_TO_UINT (g_tree_node_value (node)) - 1;

      classes[number] = names->len;
      if (is_used[number])
        g_ptr_array_add (names, g_strdup (g_tree_node_key (node)));
    }
  for (gsize i = 0; i < n_rows; i++)
    numbers[i] = classes[(guint) numbers[i]];
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (names, FALSE);
}
