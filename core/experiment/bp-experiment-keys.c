/* bp-experiment-keys.c: the sections and keys of experiment files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "base/bp-error.h"
#include "graph/bp-expression.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "experiment/bp-setting.h"
#include "base/bp-text.h"

/* Reads one key of a section. */
typedef gboolean (* ReadKey) (BpExperiment *experiment,
                              const char   *key,
                              const char   *value,
                              GError      **error);

/* Whether @value is names of columns: it starts with one that is not that of a distribution, with parentheses. */
static gboolean
is_list (const char *value)
{
  gsize length = strspn (value, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_");

  return length > 0 && !g_ascii_isdigit (*value) && value[length + strspn (value + length, " ")] != '(';
}

/* Reads "sepal_length, petal_length, p0…p63". */
static gboolean
read_placeholder (BpExperiment *experiment,
                  const char   *key,
                  const char   *value,
                  GError      **error)
{
  BpPlaceholder *placeholder = bp_placeholder_new (key);
  g_auto (GStrv) items = g_strsplit (value, ",", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gsize column = 1;

  placeholder->columns = g_new0 (char *, 1);
  g_ptr_array_add (experiment->placeholders, placeholder);
  for (guint i = 0; items[i] != NULL; i++)
    {
      gsize n_blanks = strspn (items[i], " \t");
      gsize length = (gsize) g_utf8_strlen (items[i], -1);

      if (!bp_column_range_expand (g_strstrip (items[i]), names, error))
        return bp_error_set_column (error, column + n_blanks);
      column += length + 1;
    }
  g_strfreev (placeholder->columns);
  g_ptr_array_add (names, NULL);
  placeholder->columns = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);

  return TRUE;
}

static gboolean
read_generator (BpExperiment             *experiment,
                G_GNUC_UNUSED const char *key,
                const char               *value,
                GError                  **error)
{
  return bp_generator_parse (value, &experiment->generator, error);
}

static gboolean
read_column (BpExperiment *experiment,
             const char   *key,
             const char   *value,
             GError      **error)
{
  BpColumn *column;
  const char *next = value;

  if (is_list (value))
    return read_placeholder (experiment, key, value, error);

  column = bp_column_new (key);
  g_ptr_array_add (experiment->columns, column);
  do
    {
      BpDistribution distribution;

      if (!bp_distribution_scan (value, &next, ';', FALSE, &distribution, error))
        return FALSE;
      g_array_append_val (column->parts, distribution);
      next += *next == ';';
    }
  while (*next != '\0');

  return TRUE;
}

static gboolean
read_variable (BpExperiment *experiment,
               const char   *key,
               const char   *value,
               GError      **error)
{
  BpVariable *variable = bp_variable_new (key);

  g_ptr_array_add (experiment->variables, variable);

  return bp_variable_parse (variable, value, error);
}

static gboolean
read_node (BpExperiment          *experiment,
           const char            *key,
           const char            *value,
           G_GNUC_UNUSED GError **error)
{
  g_ptr_array_add (experiment->model, bp_definition_new (key, value));

  return TRUE;
}

static gboolean
read_evaluation (BpExperiment          *experiment,
                 const char            *key,
                 const char            *value,
                 G_GNUC_UNUSED GError **error)
{
  g_ptr_array_add (experiment->evaluate, bp_definition_new (key, value));

  return TRUE;
}

/* An item of a list such as "A: 10; b: 1": its two parts, and the columns where they start. */
typedef struct {
  char *name;
  char *text;
  gsize name_column;
  gsize text_column;
} Item;

static void
item_clear (Item *item)
{
  g_free (item->name);
  g_free (item->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Item, item_clear)

/* @start + blanks … @end, without blanks around. @column: (out): where it starts in @list, in characters from 1 */
static char *
cut (const char *list,
     const char *start,
     const char *end,
     gsize      *column)
{
  while (start < end && g_ascii_isspace (*start))
    start++;
  *column = (gsize) g_utf8_pointer_to_offset (list, start) + 1;

  return g_strchomp (g_strndup (start, (gsize) (end - start)));
}

/* Reads the item of @list at @next, up to a semicolon or the end; the last may end in a semicolon too. Returns: FALSE
 * if it lacks @separator and is all name */
static gboolean
read_item (const char  *list,
           const char **next,
           char         separator,
           Item        *item)
{
  const char *end = *next + strcspn (*next, ";");
  const char *middle = memchr (*next, separator, (gsize) (end - *next));

  item->name = cut (list, *next, middle != NULL ? middle : end, &item->name_column);
  if (middle != NULL)
    item->text = cut (list, middle + 1, end, &item->text_column);
  *next = end + (*end == ';');

  return middle != NULL;
}

static gboolean
read_theory (BpExperiment             *experiment,
             G_GNUC_UNUSED const char *key,
             const char               *value,
             GError                  **error)
{
  const char *next = value;

  do
    {
      g_auto (Item) item = { NULL };
      double theory;

      if (!read_item (value, &next, ':', &item))
        {
          g_autofree char *quoted = bp_text_quote (item.name, -1);

          g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is not a variable with its value, such as A: 10"),
                       quoted);
          return bp_error_set_column (error, item.name_column);
        }
      if (!bp_number_parse (item.text, &theory, error))
        return bp_error_set_column (error, item.text_column);

      g_ptr_array_add (experiment->theory, bp_theory_new (item.name, theory));
    }
  while (*next != '\0');

  return TRUE;
}

static gboolean
fail_unknown_setting (const Item *item,
                      GError    **error)
{
  g_autofree char *quoted = bp_text_quote (item->name, -1);
  g_autofree char *sentence = g_strdup_printf (_("unknown setting “%s”"), quoted);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  guint n_settings;
  const BpSetting *settings = bp_setting_get_all (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    if (settings[i].changes)
      g_ptr_array_add (keys, (gpointer) settings[i].key);
  g_ptr_array_add (keys, NULL);
  bp_nearest_set_error (error, sentence, item->name, (const char * const *) keys->pdata);

  return bp_error_set_column (error, item->name_column);
}

/* Reads "LearningRate=0.5; BatchSize=20". */
static gboolean
change_settings (BpSettings *settings,
                 const char *value,
                 GError    **error)
{
  const char *next = value;

  do
    {
      g_auto (Item) item = { NULL };
      const BpSetting *setting;

      if (!read_item (value, &next, '=', &item))
        {
          g_autofree char *quoted = bp_text_quote (item.name, -1);

          g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
                       _("“%s” is not a setting with its value, such as LearningRate=0.5"), quoted);
          return bp_error_set_column (error, item.name_column);
        }

      setting = bp_setting_find (item.name);
      if (setting == NULL || !setting->changes)
        return fail_unknown_setting (&item, error);
      if (!bp_setting_set (setting, settings, item.text, error))
        return bp_error_set_column (error, item.text_column);
    }
  while (*next != '\0');

  return TRUE;
}

static gboolean
read_change (BpExperiment *experiment,
             const char   *key,
             const char   *value,
             GError      **error)
{
  GArray *changes = experiment->changes;
  const BpSettingsChange *last = changes->len > 0 ? &g_array_index (changes, BpSettingsChange, changes->len - 1) : NULL;
  BpSettingsChange change = { .settings = last != NULL ? last->settings : experiment->settings };

  if (!bp_number_parse_integer (key, 1, BP_MAX_ITERATIONS, &change.iteration, error))
    return bp_error_set_key (error, "Changes", key);

  if (last != NULL && change.iteration <= last->iteration)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                   _("changes must be in ascending order, and the one above is at iteration %" PRId64),
                   last->iteration);
      return bp_error_set_key (error, "Changes", key);
    }

  if (!change_settings (&change.settings, value, error))
    return FALSE;
  g_array_append_val (changes, change);

  return TRUE;
}

/* What is no setting. @key: (nullable): NULL for every key of the section that has another meaning nowhere */
static const struct {
  const char *section;
  const char *key;
  ReadKey     read;
} others[] = {
  { "Data", "Generator", read_generator },
  { "Data", NULL, read_column },
  { "Variables", NULL, read_variable },
  { "Model", NULL, read_node },
  { "Evaluate", "Theory", read_theory },
  { "Evaluate", NULL, read_evaluation },
  { "Changes", NULL, read_change },
  { "Edits", NULL, bp_experiment_read_edit },
  { "Batches", NULL, bp_experiment_read_batch },
};

static const char * const sections[] = {
  "Experiment", "Data", "Variables", "Model", "Optimizer", "Evaluate", "Changes", "Edits", "Batches", NULL
};

GPtrArray *
bp_experiment_get_known_keys (const char *section)
{
  GPtrArray *known = g_ptr_array_new ();
  guint n_settings;
  const BpSetting *settings = bp_setting_get_all (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    if (g_str_equal (settings[i].section, section))
      g_ptr_array_add (known, (gpointer) settings[i].key);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (others[i].section, section) && others[i].key != NULL)
      g_ptr_array_add (known, (gpointer) others[i].key);
  g_ptr_array_add (known, NULL);

  return known;
}

static gboolean
takes_all (const char *section)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (others[i].section, section) && others[i].key == NULL)
      return TRUE;

  return FALSE;
}

/* Whether the section is known, and its keys where it does not take all. */
static gboolean
check_section (BpKeyLines         *lines,
               const BpKeySection *section,
               GError            **error)
{
  g_autoptr (GPtrArray) known = bp_experiment_get_known_keys (section->name);

  if (!g_strv_contains (sections, section->name))
    {
      g_autofree char *quoted = bp_text_quote (section->name, -1);
      g_autofree char *sentence = g_strdup_printf (_("there is no section [%s]"), quoted);

      bp_nearest_set_error (error, sentence, section->name, sections);
      return bp_key_lines_fail_line (lines, section, &section->head, section->head.value, error);
    }

  for (guint i = 0; i < section->lines->len && !takes_all (section->name); i++)
    {
      const BpKeyLine *line = &g_array_index (section->lines, BpKeyLine, i);
      g_autofree char *quoted = NULL;
      g_autofree char *sentence = NULL;

      if (g_strv_contains ((const char * const *) known->pdata, line->key))
        continue;

      quoted = bp_text_quote (line->key, -1);
      sentence = g_strdup_printf (_("[%s] has no key “%s”"), section->name, quoted);
      bp_nearest_set_error (error, sentence, line->key, (const char * const *) known->pdata);
      return bp_key_lines_fail_line (lines, section, line, line->key, error);
    }

  return TRUE;
}

static gboolean
read_setting (BpExperiment    *experiment,
              const BpSetting *setting,
              const char      *value,
              GError         **error)
{
  if (!bp_setting_set (setting, bp_setting_get_owner (setting, experiment), value, error))
    return FALSE;

  /* The parameters of the optimizer are read later. */
  if (setting->changes && setting->kind == BP_SETTING_CHOICE && setting->names == NULL)
    bp_optimizer_init (&experiment->settings.optimizer, experiment->settings.optimizer.kind);

  return TRUE;
}

/* Reads the line as @setting, or where that is NULL with @read. */
static gboolean
read_line (BpExperiment       *experiment,
           const BpKeySection *section,
           const BpKeyLine    *line,
           const BpSetting    *setting,
           ReadKey             read,
           GError            **error)
{
  g_autofree char *value = g_strdup (line->value);

  if (setting == NULL || setting->kind != BP_SETTING_TEXT)
    g_strchomp (value);

  if (strlen (value) > BP_MAX_EXPRESSION_BYTES)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("a value may have at most %d characters"), BP_MAX_EXPRESSION_BYTES);
  else if (setting != NULL ? read_setting (experiment, setting, value, error)
                           : read (experiment, line->key, value, error))
    return TRUE;

  /* The key is wrong where @read says so. */
  return error != NULL && bp_error_get_position (*error)->section != NULL
         ? FALSE : bp_error_set_value (error, section->name, line->key);
}

/* Reads the settings of the section, then what is no setting. */
static gboolean
read_section (BpExperiment       *experiment,
              const BpKeySection *section,
              GError            **error)
{
  g_autoptr (GPtrArray) known = bp_experiment_get_known_keys (section->name);
  guint n_settings;
  const BpSetting *settings = bp_setting_get_all (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    {
      gboolean is_here = g_str_equal (settings[i].section, section->name);
      const BpKeyLine *line = is_here ? bp_key_section_find (section, settings[i].key) : NULL;

      if (line != NULL && !read_line (experiment, section, line, &settings[i], NULL, error))
        return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    for (guint j = 0; g_str_equal (others[i].section, section->name) && j < section->lines->len; j++)
      {
        const BpKeyLine *line = &g_array_index (section->lines, BpKeyLine, j);
        gboolean is_known = g_strv_contains ((const char * const *) known->pdata, line->key);

        if ((others[i].key != NULL ? g_str_equal (line->key, others[i].key) : !is_known) &&
            !read_line (experiment, section, line, NULL, others[i].read, error))
          return FALSE;
      }

  return TRUE;
}

gboolean
bp_experiment_read_keys (BpExperiment *experiment,
                         BpKeyLines   *lines,
                         guint         run,
                         GError      **error)
{
  for (guint i = 1; i < lines->sections->len; i++)
    {
      const BpKeySection *section = g_ptr_array_index (lines->sections, i);

      if (section->run == run && !g_str_equal (section->name, BP_SAVED_SESSION) &&
          !check_section (lines, section, error))
        return FALSE;
    }

  /* Settings come before their changes, wherever they stand. */
  for (guint i = 0; sections[i] != NULL; i++)
    {
      const BpKeySection *section = bp_key_lines_find_section (lines, run, sections[i]);

      if (section != NULL && !read_section (experiment, section, error))
        return bp_key_lines_fail (lines, run, error);
    }

  return TRUE;
}
