/* bp-experiment-write.c: experiments to files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include "base/bp-number.h"
#include "experiment/bp-setting.h"

/* What goes without saying is not said. */
static void
write_setting (GKeyFile           *file,
               const BpExperiment *experiment,
               const char         *key)
{
  const BpSetting *setting = bp_setting_find (key);
  g_autofree char *text = bp_setting_get (setting, bp_setting_get_owner (setting, (BpExperiment *) experiment));

  if (text != NULL && setting->kind == BP_SETTING_TEXT)
    g_key_file_set_string (file, setting->section, key, text);
  else if (text != NULL)
    g_key_file_set_value (file, setting->section, key, text);
}

static void
write_settings (GKeyFile           *file,
                const BpExperiment *experiment,
                const char * const *keys)
{
  for (; *keys != NULL; keys++)
    write_setting (file, experiment, *keys);
}

static void
write_column (GKeyFile       *file,
              const BpColumn *column)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < column->parts->len; i++)
    {
      g_autofree char *part = bp_distribution_to_string (&g_array_index (column->parts, BpDistribution, i));

      g_string_append_printf (text, i == 0 ? "%s" : "; %s", part);
    }
  g_key_file_set_value (file, "Data", column->name, text->str);
}

static void
write_data (GKeyFile           *file,
            const BpExperiment *experiment)
{
  static const char * const keys_of_file[] = { "File", "Encoding", "Separator", "DecimalComma", "Header", NULL };

  if (!bp_experiment_has_source (experiment) && experiment->columns->len == 0)
    return;

  if (experiment->generator.kind != BP_GENERATOR_NONE)
    {
      g_autofree char *generator = bp_generator_to_string (&experiment->generator);

      g_key_file_set_value (file, "Data", "Generator", generator);
    }
  else if (experiment->data_file != NULL)
    {
      write_settings (file, experiment, keys_of_file);
      if (experiment->data_format.drop_missing)
        write_setting (file, experiment, "Missing");
    }
  else
    {
      write_setting (file, experiment, "Samples");
      for (guint i = 0; i < experiment->columns->len; i++)
        write_column (file, g_ptr_array_index (experiment->columns, i));
    }

  for (guint i = 0; i < experiment->placeholders->len; i++)
    {
      const BpPlaceholder *placeholder = g_ptr_array_index (experiment->placeholders, i);
      g_autofree char *columns = bp_column_range_join (placeholder->columns);

      g_key_file_set_value (file, "Data", placeholder->name, columns);
    }

  write_setting (file, experiment, "Sampling");
  if (experiment->test_share > 0)
    write_setting (file, experiment, "Test");
}

static void
write_definitions (GKeyFile   *file,
                   const char *section,
                   GPtrArray  *definitions)
{
  for (guint i = 0; i < definitions->len; i++)
    {
      const BpDefinition *definition = g_ptr_array_index (definitions, i);
      g_autofree char *expression = g_strdup (definition->expression);

      /* To expressions a new line is a blank. */
      g_strdelimit (expression, "\n", ' ');
      g_key_file_set_value (file, section, definition->name, g_strstrip (expression));
    }
}

/* What is the default of the optimizer and has no effect on it goes without saying. */
static void
write_optimizer (GKeyFile           *file,
                 const BpExperiment *experiment)
{
  static const char * const keys[] = { "Name", "LearningRate", NULL };
  const BpOptimizer *optimizer = &experiment->settings.optimizer;
  BpOptimizer defaults;

  bp_optimizer_init (&defaults, optimizer->kind);
  write_settings (file, experiment, keys);
  for (guint i = 0; i < BP_N_PARAMETERS; i++)
    if (bp_optimizer_get_class (optimizer->kind)->uses[i] || optimizer->parameters[i] != defaults.parameters[i])
      write_setting (file, experiment, bp_optimizer_parameter_get_name (i));
  if (optimizer->schedule.kind != BP_SCHEDULE_CONSTANT)
    write_setting (file, experiment, "Schedule");
  if (optimizer->maximize)
    write_setting (file, experiment, "Maximize");
  if (experiment->settings.keep_gradients)
    write_setting (file, experiment, "KeepGradients");
}

static void
write_evaluation (GKeyFile           *file,
                  const BpExperiment *experiment)
{
  g_autoptr (GString) theories = g_string_new (NULL);

  write_definitions (file, "Evaluate", experiment->evaluate);
  write_setting (file, experiment, "Target");

  for (guint i = 0; i < experiment->theory->len; i++)
    {
      const BpTheory *theory = g_ptr_array_index (experiment->theory, i);
      g_autofree char *value = bp_number_to_shortest (theory->value);

      g_string_append_printf (theories, i == 0 ? "%s: %s" : "; %s: %s", theory->variable, value);
    }
  if (theories->len > 0)
    g_key_file_set_value (file, "Evaluate", "Theory", theories->str);
}

/* "LearningRate=0.5; BatchSize=20": how @after differs from @before; "" if they do not. */
static GString *
get_difference (const BpSettings *before,
                const BpSettings *after)
{
  GString *difference = g_string_new (NULL);
  guint n_settings;
  const BpSetting *settings = bp_setting_get_all (&n_settings);

  /* The batch size is the last one. */
  for (guint i = 0; i < 2 * n_settings; i++)
    {
      const BpSetting *setting = &settings[i % n_settings];
      g_autofree char *old_text = NULL;
      g_autofree char *text = NULL;

      if (!setting->changes || g_str_equal (setting->key, "BatchSize") != (i >= n_settings))
        continue;

      old_text = bp_setting_get (setting, before);
      text = bp_setting_get (setting, after);
      if (!g_str_equal (old_text, text))
        g_string_append_printf (difference, difference->len == 0 ? "%s=%s" : "; %s=%s", setting->key, text);
    }

  return difference;
}

static void
write_changes (GKeyFile           *file,
               const BpExperiment *experiment)
{
  const BpSettings *before = &experiment->settings;

  for (guint i = 0; i < experiment->changes->len; i++)
    {
      const BpSettingsChange *change = &g_array_index (experiment->changes, BpSettingsChange, i);
      g_autoptr (GString) difference = get_difference (before, &change->settings);
      g_autofree char *iteration = g_strdup_printf ("%" G_GINT64_FORMAT, change->iteration);

      if (difference->len > 0)
        g_key_file_set_value (file, "Changes", iteration, difference->str);
      before = &change->settings;
    }
}

static void
write_lines (GKeyFile        *file,
             const char      *section,
             const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const BpNumberedLine *line = g_ptr_array_index (lines, i);
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, line->number);

      g_key_file_set_value (file, section, key, line->text);
    }
}

static void
write_model (GKeyFile           *file,
             const BpExperiment *experiment)
{
  for (guint i = 0; i < experiment->variables->len; i++)
    {
      const BpVariable *variable = g_ptr_array_index (experiment->variables, i);
      g_autofree char *text = bp_variable_to_string (variable);

      g_key_file_set_value (file, "Variables", variable->name, text);
    }
  write_definitions (file, "Model", experiment->model);
}

char *
bp_experiment_dup_model (const BpExperiment *experiment)
{
  static const char * const keys[] = { "Seed", "Loss", NULL };
  g_autoptr (GKeyFile) file = g_key_file_new ();

  write_settings (file, experiment, keys);
  write_data (file, experiment);
  write_lines (file, "Edits", experiment->edits);
  write_lines (file, "Batches", experiment->batches);
  write_model (file, experiment);
  write_evaluation (file, experiment);
  g_key_file_set_string (file, "Columns", "Folder", experiment->folder != NULL ? experiment->folder : "");
  for (guint i = 0; i < experiment->columns->len; i++)
    g_key_file_set_value (file, "Columns", ((const BpColumn *) g_ptr_array_index (experiment->columns, i))->name, "");

  return g_key_file_to_data (file, NULL, NULL);
}

char *
bp_experiment_to_data (const BpExperiment *experiment)
{
  static const char * const keys[] = {
    "Title", "Description", "Iterations", "BatchSize", "ReportEvery", "Seed", "Loss", NULL
  };
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (experiment != NULL, NULL);

  write_settings (file, experiment, keys);
  write_data (file, experiment);
  write_model (file, experiment);
  write_optimizer (file, experiment);
  write_evaluation (file, experiment);
  write_changes (file, experiment);
  write_lines (file, "Edits", experiment->edits);
  write_lines (file, "Batches", experiment->batches);

  return g_key_file_to_data (file, NULL, NULL);
}
