/* bp-experiment-names.c: the names that an experiment uses, and the columns of its data file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/bp-csv.h"
#include "base/bp-error.h"
#include "graph/bp-expression.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

/* Of more columns only the first are named. */
#define MAX_LISTED 6

static void
add_names (GHashTable *used,
           GPtrArray  *definitions)
{
  for (guint i = 0; i < definitions->len; i++)
    {
      const BpDefinition *definition = g_ptr_array_index (definitions, i);
      g_autoptr (GArray) names = bp_expression_get_names (definition->expression);

      for (guint j = 0; j < names->len; j++)
        g_hash_table_add (used, g_strdup (g_array_index (names, BpNameUse, j).name));
    }
}

static void
remove_definitions (GHashTable *used,
                    GPtrArray  *definitions)
{
  for (guint i = 0; i < definitions->len; i++)
    g_hash_table_remove (used, ((const BpDefinition *) g_ptr_array_index (definitions, i))->name);
}

GHashTable *
bp_experiment_get_used_names (const BpExperiment *experiment)
{
  GHashTable *used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_names (used, experiment->evaluate);
  if (experiment->target != NULL)
    g_hash_table_add (used, g_strdup (experiment->target));
  add_names (used, experiment->model);

  return used;
}

GHashTable *
bp_experiment_get_free_names (const BpExperiment *experiment)
{
  GHashTable *used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* A name that the model uses is none of [Evaluate], which comes after it. */
  add_names (used, experiment->evaluate);
  if (experiment->target != NULL)
    g_hash_table_add (used, g_strdup (experiment->target));
  remove_definitions (used, experiment->evaluate);
  add_names (used, experiment->model);
  remove_definitions (used, experiment->model);

  for (guint i = 0; i < experiment->placeholders->len; i++)
    g_hash_table_remove (used, ((const BpPlaceholder *) g_ptr_array_index (experiment->placeholders, i))->name);
  for (guint i = 0; i < experiment->variables->len; i++)
    g_hash_table_remove (used, ((const BpVariable *) g_ptr_array_index (experiment->variables, i))->name);

  return used;
}

/* The first of @names that stands for nothing in @graph, one of @free_names; NULL if there is none. */
static const BpNameUse *
find_unknown (BpGraph    *graph,
              GHashTable *free_names,
              GArray     *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      const BpNameUse *use = &g_array_index (names, BpNameUse, i);

      if (g_hash_table_contains (free_names, use->name) && bp_graph_find (graph, use->name) == BP_NODE_NONE)
        return use;
    }

  return NULL;
}

/* "a-b" may be a difference of what there is, and "1e5" a number. */
static gboolean
is_expression (BpGraph    *graph,
               GHashTable *free_names,
               const char *title)
{
  double number;
  g_autoptr (GArray) names = bp_expression_get_names (title);

  return (names->len > 0 && find_unknown (graph, free_names, names) == NULL)
         || bp_number_scan (title, &number) == title + strlen (title);
}

static gboolean
is_word (gunichar character)
{
  return g_unichar_isalnum (character) || character == '_';
}

/* Where in @text the title of a column stands as a word, or as some; NULL if it does not. */
static const char *
find_title (const char *text,
            const char *title)
{
  const char *end_of_title = title + strlen (title);
  const char *found = text;

  for (; (found = strstr (found, title)) != NULL; found = g_utf8_next_char (found))
    {
      const char *end = found + strlen (title);
      gboolean starts = found == text || !is_word (g_utf8_get_char (g_utf8_prev_char (found))) ||
                        !is_word (g_utf8_get_char (title));
      gboolean stops = !is_word (g_utf8_get_char (end)) || !is_word (g_utf8_get_char (g_utf8_prev_char (end_of_title)));

      if (starts && stops)
        return found;
    }

  return NULL;
}

static gboolean
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;

  return FALSE;
}

/* The column that @text calls by a title that is no name: the first in it, and of several the longest. */
static guint
find_renamed (const BpTable *table,
              BpGraph       *graph,
              GHashTable    *free_names,
              const char    *text,
              const char   **position)
{
  guint column = G_MAXUINT;

  for (guint i = 0; table->titles != NULL && table->titles[i] != NULL; i++)
    {
      const char *title = table->titles[i];
      const char *found = find_title (text, title);

      if (found == NULL || g_str_equal (title, table->all_names[i]) || !has_letter (title) ||
          is_expression (graph, free_names, title))
        continue;

      if (column == G_MAXUINT || found < *position ||
          (found == *position && strlen (title) > strlen (table->titles[column])))
        {
          column = i;
          *position = found;
        }
    }

  return column;
}

/* "a, b, c, …" */
static char *
list_columns (const BpTable *table)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; table->all_names[i] != NULL; i++)
    {
      const char *name = i < MAX_LISTED ? table->all_names[i] : "…";

      g_string_append_printf (list, i == 0 ? "%s" : ", %s", name);
      if (i == MAX_LISTED)
        break;
    }

  return g_string_free (list, FALSE);
}

/* Of the name @unknown there is no node, as @error says. */
static void
explain_unknown (const BpTable *table,
                 const char    *file,
                 const char    *unknown,
                 GError       **error)
{
  const char *nearest = bp_nearest_find (unknown, (const char * const *) table->all_names);
  g_autofree char *quoted = bp_text_quote (unknown, -1);
  g_autofree char *list = list_columns (table);
  g_autofree char *message = NULL;

  if (nearest != NULL)
    message = g_strdup_printf (_("unknown name “%s”; did you mean “%s”, a column of %s?"), quoted, nearest, file);
  else if (table->titles != NULL)
    message = g_strdup_printf (_("unknown name “%s”; the columns of %s are: %s"), quoted, file, list);
  else
    message = g_strdup_printf (_("unknown name “%s”; the first line of %s names no columns, so they are called %s; "
                                 "Header=yes in [Data] says that it does"), quoted, file, list);

  g_clear_error (error);
  g_set_error_literal (error, BP_ERROR, BP_ERROR_UNKNOWN, message);
  bp_error_set_suggestion (error, nearest);
}

/* Whether a node is near @unknown and no column is, so that a node is meant. */
static gboolean
is_near_node (const BpTable *table,
              const char    *unknown,
              const GError  *error)
{
  return bp_error_get_position (error)->suggestion != NULL
         && bp_nearest_find (unknown, (const char * const *) table->all_names) == NULL;
}

static void
explain (const BpTable *table,
         const char    *file,
         BpGraph       *graph,
         GHashTable    *free_names,
         const char    *text,
         gboolean       has_column,
         GError       **error)
{
  const char *position = NULL;
  guint renamed = find_renamed (table, graph, free_names, text, &position);
  g_autoptr (GArray) names = bp_expression_get_names (text);
  const BpNameUse *unknown = find_unknown (graph, free_names, names);
  gsize column;

  if (renamed != G_MAXUINT)
    {
      g_autofree char *quoted = bp_text_quote (table->titles[renamed], -1);

      column = (gsize) g_utf8_pointer_to_offset (text, position) + 1;
      g_clear_error (error);
      g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN, _("the column “%s” of %s is called %s in expressions"), quoted,
                   file, table->all_names[renamed]);
    }
  else if (unknown != NULL && bp_expression_find_number (unknown->name) == NULL &&
           g_error_matches (*error, BP_ERROR, BP_ERROR_UNKNOWN) && !is_near_node (table, unknown->name, *error))
    {
      column = unknown->column;
      explain_unknown (table, file, unknown->name, error);
    }
  else
    return;

  if (has_column)
    bp_error_set_column (error, column);
}

/* The columns of the data. @source: (out): what messages call it */
static gboolean
read_columns (const BpExperiment *experiment,
              BpTable            *table,
              char              **source)
{
  static const char * const none[] = { NULL };
  g_autofree char *path = NULL;

  if (experiment->data_file != NULL)
    {
      path = bp_experiment_get_data_path (experiment);
      *source = bp_text_quote (experiment->data_file, -1);
      return bp_csv_read (path, &experiment->data_format, none, table, NULL);
    }

  table->titles = g_strdupv ((char **) bp_generator_get_columns (&experiment->generator));
  table->all_names = g_strdupv (table->titles);
  *source = bp_generator_to_string (&experiment->generator);

  return TRUE;
}

void
bp_experiment_explain_columns (const BpExperiment *experiment,
                               BpGraph            *graph,
                               const char         *text,
                               gboolean            has_column,
                               GError            **error)
{
  g_auto (BpTable) table = { 0 };
  g_autoptr (GHashTable) free_names = NULL;
  g_autofree char *source = NULL;

  if (!bp_experiment_has_source (experiment) || !g_utf8_validate (text, -1, NULL) ||
      !read_columns (experiment, &table, &source))
    return;

  free_names = bp_experiment_get_free_names (experiment);
  if (graph != NULL)
    explain (&table, source, graph, free_names, text, has_column, error);
  else
    explain_unknown (&table, source, text, error);
}
