/* bp-experiment-keys.c: the sections and keys of experiment files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

/* [Experiment] */

static gboolean
read_text (char      **text,
           const char *value)
{
  g_free (*text);
  *text = g_strdup (value);

  return TRUE;
}

static gboolean
read_title (BpExperiment              *experiment,
            G_GNUC_UNUSED const char  *key,
            const char                *value,
            G_GNUC_UNUSED gboolean    *has_column,
            G_GNUC_UNUSED GError     **error)
{
  return read_text (&experiment->title, value);
}

static gboolean
read_description (BpExperiment              *experiment,
                  G_GNUC_UNUSED const char  *key,
                  const char                *value,
                  G_GNUC_UNUSED gboolean    *has_column,
                  G_GNUC_UNUSED GError     **error)
{
  return read_text (&experiment->description, value);
}

static gboolean
read_iterations (BpExperiment              *experiment,
                 G_GNUC_UNUSED const char  *key,
                 const char                *value,
                 G_GNUC_UNUSED gboolean    *has_column,
                 GError                   **error)
{
  return bp_number_parse_integer (value, 1, BP_MAX_ITERATIONS, &experiment->iterations, error);
}

static gboolean
read_report_every (BpExperiment              *experiment,
                   G_GNUC_UNUSED const char  *key,
                   const char                *value,
                   G_GNUC_UNUSED gboolean    *has_column,
                   GError                   **error)
{
  return bp_number_parse_integer (value, 1, BP_MAX_ITERATIONS, &experiment->report_every, error);
}

static gboolean
read_seed (BpExperiment              *experiment,
           G_GNUC_UNUSED const char  *key,
           const char                *value,
           G_GNUC_UNUSED gboolean    *has_column,
           GError                   **error)
{
  return bp_number_parse_unsigned (value, &experiment->seed, error);
}

static gboolean
read_loss (BpExperiment              *experiment,
           G_GNUC_UNUSED const char  *key,
           const char                *value,
           G_GNUC_UNUSED gboolean    *has_column,
           G_GNUC_UNUSED GError     **error)
{
  return read_text (&experiment->loss, value);
}

/* [Data] */

static gboolean
read_samples (BpExperiment              *experiment,
              G_GNUC_UNUSED const char  *key,
              const char                *value,
              G_GNUC_UNUSED gboolean    *has_column,
              GError                   **error)
{
  gint64 samples;

  if (!bp_number_parse_integer (value, 1, BP_MAX_SAMPLES, &samples, error))
    return FALSE;
  experiment->samples = (gsize) samples;

  return TRUE;
}

static gboolean
read_file (BpExperiment              *experiment,
           G_GNUC_UNUSED const char  *key,
           const char                *value,
           G_GNUC_UNUSED gboolean    *has_column,
           GError                   **error)
{
  if (*value != '\0')
    return read_text (&experiment->data_file, value);

  g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("the name of a CSV file was expected"));

  return FALSE;
}

static gboolean
read_sampling (BpExperiment              *experiment,
               G_GNUC_UNUSED const char  *key,
               const char                *value,
               G_GNUC_UNUSED gboolean    *has_column,
               GError                   **error)
{
  if (bp_sampling_find (value, &experiment->sampling))
    return TRUE;

  const char *names[] = {
    bp_sampling_get_name (BP_SAMPLING_RANDOM),
    bp_sampling_get_name (BP_SAMPLING_SHUFFLED),
    bp_sampling_get_name (BP_SAMPLING_SEQUENTIAL),
    NULL
  };
  g_autofree char *quoted = bp_text_quote (value, -1);
  g_autofree char *sentence = g_strdup_printf (_("unknown sampling “%s”"), quoted);

  bp_nearest_set_error (error, sentence, value, names);

  return FALSE;
}

static gboolean
read_test (BpExperiment              *experiment,
           G_GNUC_UNUSED const char  *key,
           const char                *value,
           G_GNUC_UNUSED gboolean    *has_column,
           GError                   **error)
{
  /* Its range is checked where the dataset is made. */
  return bp_number_parse (value, &experiment->test_share, error);
}

static gboolean
read_data_format (BpExperiment            *experiment,
                  const char              *key,
                  const char              *value,
                  G_GNUC_UNUSED gboolean  *has_column,
                  GError                 **error)
{
  return bp_data_format_set (&experiment->data_format, key, value, error);
}

/* Parses [@start, @end) of @value; if that fails, once more with blanks before it, so that the column is right. */
static gboolean
parse_part (const char     *value,
            gsize           start,
            gsize           end,
            BpDistribution *distribution,
            GError        **error)
{
  g_autofree char *part = g_strndup (value + start, end - start);
  g_autofree char *padded = NULL;

  if (bp_distribution_parse (part, distribution, NULL))
    return TRUE;

  padded = g_strdup_printf ("%*s%s", (int) start, "", part);

  return bp_distribution_parse (padded, distribution, error);
}

static gboolean
read_column (BpExperiment *experiment,
             const char   *key,
             const char   *value,
             gboolean     *has_column,
             GError      **error)
{
  BpColumn *column = bp_column_new (key);
  gsize start = 0;

  g_ptr_array_add (experiment->columns, column);
  *has_column = TRUE;
  do
    {
      gsize end = start + strcspn (value + start, ";");
      BpDistribution distribution;

      if (!parse_part (value, start, end, &distribution, error))
        return FALSE;
      g_array_append_val (column->parts, distribution);
      start = end + (value[end] == ';' ? 1 : 0);
    }
  while (value[start] != '\0');

  return TRUE;
}

/* [Variables] */

static gboolean
read_variable (BpExperiment *experiment,
               const char   *key,
               const char   *value,
               gboolean     *has_column,
               GError      **error)
{
  static const BpShape one = { 1, { 1, 1, 1, 1 } };
  BpVariable *variable = g_new0 (BpVariable, 1);
  gsize shape_start = strcspn (value, "[");

  variable->name = g_strdup (key);
  variable->shape = one;
  g_ptr_array_add (experiment->variables, variable);
  *has_column = TRUE;
  if (!parse_part (value, 0, shape_start, &variable->initial, error))
    return FALSE;
  if (value[shape_start] == '\0' || bp_shape_parse (value + shape_start, &variable->shape, error))
    return TRUE;

  g_prefix_error (error, _("column %ld: "), (long) shape_start + 1);

  return FALSE;
}

/* [Model] and [Evaluate] */

static gboolean
read_node (BpExperiment            *experiment,
           const char              *key,
           const char              *value,
           G_GNUC_UNUSED gboolean  *has_column,
           G_GNUC_UNUSED GError   **error)
{
  g_ptr_array_add (experiment->model, bp_definition_new (key, value));

  return TRUE;
}

static gboolean
read_evaluation (BpExperiment            *experiment,
                 const char              *key,
                 const char              *value,
                 G_GNUC_UNUSED gboolean  *has_column,
                 G_GNUC_UNUSED GError   **error)
{
  g_ptr_array_add (experiment->evaluate, bp_definition_new (key, value));

  return TRUE;
}

static gboolean
read_target (BpExperiment              *experiment,
             G_GNUC_UNUSED const char  *key,
             const char                *value,
             G_GNUC_UNUSED gboolean    *has_column,
             G_GNUC_UNUSED GError     **error)
{
  return read_text (&experiment->target, value);
}

/* The items of "a; b", of which there is at least one; the last may end in a semicolon too. */
static char **
split_list (const char *value)
{
  gsize length = strlen (value);
  g_autofree char *list = g_strndup (value, g_str_has_suffix (value, ";") ? length - 1 : length);
  static const char * const empty[] = { "", NULL };

  return *list != '\0' ? g_strsplit (list, ";", -1) : g_strdupv ((char **) empty);
}

/* Cuts @text at the first @separator; Returns: what follows, or NULL. Blanks around both parts go. */
static char *
cut (char *text,
     char  separator)
{
  char *rest = strchr (text, separator);

  if (rest != NULL)
    {
      *rest++ = '\0';
      g_strstrip (rest);
    }
  g_strstrip (text);

  return rest;
}

static gboolean
read_theory (BpExperiment              *experiment,
             G_GNUC_UNUSED const char  *key,
             const char                *value,
             G_GNUC_UNUSED gboolean    *has_column,
             GError                   **error)
{
  g_auto (GStrv) items = split_list (value);

  for (guint i = 0; items[i] != NULL; i++)
    {
      char *number = cut (items[i], ':');
      double theory;

      if (number == NULL)
        {
          g_autofree char *quoted = bp_text_quote (items[i], -1);

          g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is not a variable with its value, such as A: 10"),
                       quoted);
          return FALSE;
        }
      if (!bp_number_parse (number, &theory, error))
        return FALSE;

      g_ptr_array_add (experiment->theory, bp_theory_new (items[i], theory));
    }

  return TRUE;
}

/* [Optimizer] */

static gboolean
read_optimizer (BpExperiment            *experiment,
                const char              *key,
                const char              *value,
                G_GNUC_UNUSED gboolean  *has_column,
                GError                 **error)
{
  if (!bp_settings_set (&experiment->settings, key, value, error))
    return FALSE;
  bp_optimizer_init (&experiment->settings.optimizer, experiment->settings.optimizer.kind);

  return TRUE;
}

static gboolean
read_setting (BpExperiment            *experiment,
              const char              *key,
              const char              *value,
              G_GNUC_UNUSED gboolean  *has_column,
              GError                 **error)
{
  return bp_settings_set (&experiment->settings, key, value, error);
}

/* [Changes] */

/* Reads "LearningRate=0.5; BatchSize=20". */
static gboolean
change_settings (BpSettings *settings,
                 const char *value,
                 GError    **error)
{
  g_auto (GStrv) items = split_list (value);

  for (guint i = 0; items[i] != NULL; i++)
    {
      char *text = cut (items[i], '=');

      if (text == NULL)
        {
          g_autofree char *quoted = bp_text_quote (items[i], -1);

          g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
                       _("“%s” is not a setting with its value, such as LearningRate=0.5"), quoted);
          return FALSE;
        }
      if (!bp_settings_set (settings, items[i], text, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_change (BpExperiment            *experiment,
             const char              *key,
             const char              *value,
             G_GNUC_UNUSED gboolean  *has_column,
             GError                 **error)
{
  GArray *changes = experiment->changes;
  const BpSettingsChange *last = changes->len > 0 ? &g_array_index (changes, BpSettingsChange, changes->len - 1) : NULL;
  BpSettingsChange change = { .settings = last != NULL ? last->settings : experiment->settings };

  if (!bp_number_parse_integer (key, 1, BP_MAX_ITERATIONS, &change.iteration, error))
    return FALSE;

  if (last != NULL && change.iteration <= last->iteration)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                   _("changes must be in ascending order, and the one above is at iteration %" PRId64),
                   last->iteration);
      return FALSE;
    }

  if (!change_settings (&change.settings, value, error))
    return FALSE;
  g_array_append_val (changes, change);

  return TRUE;
}

/* The optimizer comes before its parameters, whose defaults depend on it, and all settings before their changes. */
static const BpKeyClass classes[] = {
  { "Experiment", "Title", TRUE, read_title },
  { "Experiment", "Description", TRUE, read_description },
  { "Experiment", "Iterations", FALSE, read_iterations },
  { "Experiment", "BatchSize", FALSE, read_setting },
  { "Experiment", "ReportEvery", FALSE, read_report_every },
  { "Experiment", "Seed", FALSE, read_seed },
  { "Experiment", "Loss", FALSE, read_loss },
  { "Data", "Samples", FALSE, read_samples },
  { "Data", "File", TRUE, read_file },
  { "Data", "Separator", FALSE, read_data_format },
  { "Data", "DecimalComma", FALSE, read_data_format },
  { "Data", "Header", FALSE, read_data_format },
  { "Data", "Missing", FALSE, read_data_format },
  { "Data", "Sampling", FALSE, read_sampling },
  { "Data", "Test", FALSE, read_test },
  { "Data", NULL, FALSE, read_column },
  { "Variables", NULL, FALSE, read_variable },
  { "Model", NULL, FALSE, read_node },
  { "Optimizer", "Name", FALSE, read_optimizer },
  { "Optimizer", "LearningRate", FALSE, read_setting },
  { "Optimizer", "Momentum", FALSE, read_setting },
  { "Optimizer", "Decay", FALSE, read_setting },
  { "Optimizer", "Beta1", FALSE, read_setting },
  { "Optimizer", "Beta2", FALSE, read_setting },
  { "Optimizer", "Epsilon", FALSE, read_setting },
  { "Optimizer", "Maximize", FALSE, read_setting },
  { "Optimizer", "KeepGradients", FALSE, read_setting },
  { "Evaluate", "Target", FALSE, read_target },
  { "Evaluate", "Theory", FALSE, read_theory },
  { "Evaluate", NULL, FALSE, read_evaluation },
  { "Changes", NULL, FALSE, read_change },
};

const BpKeyClass *
bp_experiment_get_key_classes (guint *n_classes)
{
  *n_classes = G_N_ELEMENTS (classes);

  return classes;
}

const BpKeyClass *
bp_experiment_find_key_class (const char *section,
                              const char *key)
{
  const BpKeyClass *others = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (classes[i].section, section))
      {
        if (g_strcmp0 (classes[i].key, key) == 0)
          return &classes[i];
        if (classes[i].key == NULL)
          others = &classes[i];
      }

  return others;
}

GPtrArray *
bp_experiment_get_known_keys (const char *section)
{
  GPtrArray *known = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (section == NULL && !g_ptr_array_find_with_equal_func (known, classes[i].section, g_str_equal, NULL))
      g_ptr_array_add (known, (gpointer) classes[i].section);
    else if (section != NULL && classes[i].key != NULL && g_str_equal (classes[i].section, section))
      g_ptr_array_add (known, (gpointer) classes[i].key);
  g_ptr_array_add (known, NULL);

  return known;
}
