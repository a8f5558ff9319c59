/* bp-experiment-write.c: experiments to files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include "base/bp-number.h"

static void
write_count (GKeyFile   *file,
             const char *section,
             const char *key,
             guint64     count)
{
  g_key_file_set_uint64 (file, section, key, count);
}

static void
write_number (GKeyFile   *file,
              const char *section,
              const char *key,
              double      number)
{
  g_autofree char *text = bp_number_to_shortest (number);

  g_key_file_set_value (file, section, key, text);
}

static void
write_setting (GKeyFile         *file,
               const char       *section,
               const BpSettings *settings,
               const char       *key)
{
  g_autofree char *text = bp_settings_get (settings, key);

  g_key_file_set_value (file, section, key, text);
}

static void
write_experiment (GKeyFile           *file,
                  const BpExperiment *experiment)
{
  g_key_file_set_string (file, "Experiment", "Title", experiment->title);
  g_key_file_set_string (file, "Experiment", "Description", experiment->description);
  write_count (file, "Experiment", "Iterations", (guint64) experiment->iterations);
  write_setting (file, "Experiment", &experiment->settings, "BatchSize");
  write_count (file, "Experiment", "ReportEvery", (guint64) experiment->report_every);
  write_count (file, "Experiment", "Seed", experiment->seed);
  if (experiment->loss != NULL)
    g_key_file_set_value (file, "Experiment", "Loss", experiment->loss);
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

/* What the file tells itself goes without saying. */
static void
write_data_format (GKeyFile           *file,
                   const BpDataFormat *format)
{
  for (const char * const *key = bp_data_format_get_keys (); *key != NULL; key++)
    {
      const char *text = bp_data_format_get (format, *key);

      if (text != NULL)
        g_key_file_set_value (file, "Data", *key, text);
    }
}

static void
write_data (GKeyFile           *file,
            const BpExperiment *experiment)
{
  if (experiment->data_file == NULL && experiment->columns->len == 0)
    return;

  if (experiment->data_file != NULL)
    {
      g_key_file_set_string (file, "Data", "File", experiment->data_file);
      write_data_format (file, &experiment->data_format);
    }
  else
    {
      write_count (file, "Data", "Samples", experiment->samples);
      for (guint i = 0; i < experiment->columns->len; i++)
        write_column (file, g_ptr_array_index (experiment->columns, i));
    }

  g_key_file_set_value (file, "Data", "Sampling", bp_sampling_get_name (experiment->sampling));
  if (experiment->test_share > 0)
    write_number (file, "Data", "Test", experiment->test_share);
}

static void
write_variable (GKeyFile         *file,
                const BpVariable *variable)
{
  g_autofree char *initial = bp_distribution_to_string (&variable->initial);
  g_autofree char *shape = bp_shape_to_string (&variable->shape);
  g_autofree char *text = g_strdup_printf ("%s %s", initial, shape);
  gboolean is_default = variable->shape.rank == 1 && variable->shape.dims[0] == 1;

  g_key_file_set_value (file, "Variables", variable->name, is_default ? initial : text);
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
  const BpSettings *settings = &experiment->settings;
  const BpOptimizerClass *class = bp_optimizer_get_class (settings->optimizer.kind);
  BpOptimizer defaults;

  bp_optimizer_init (&defaults, settings->optimizer.kind);
  write_setting (file, "Optimizer", settings, "Name");
  write_setting (file, "Optimizer", settings, "LearningRate");
  for (guint i = 0; i < BP_N_PARAMETERS; i++)
    if (class->uses[i] || settings->optimizer.parameters[i] != defaults.parameters[i])
      write_setting (file, "Optimizer", settings, bp_optimizer_parameter_get_name (i));
  if (settings->optimizer.maximize)
    write_setting (file, "Optimizer", settings, "Maximize");
  if (settings->keep_gradients)
    write_setting (file, "Optimizer", settings, "KeepGradients");
}

static void
write_evaluation (GKeyFile           *file,
                  const BpExperiment *experiment)
{
  g_autoptr (GString) theories = g_string_new (NULL);

  write_definitions (file, "Evaluate", experiment->evaluate);
  if (experiment->target != NULL)
    g_key_file_set_value (file, "Evaluate", "Target", experiment->target);

  for (guint i = 0; i < experiment->theory->len; i++)
    {
      const BpTheory *theory = g_ptr_array_index (experiment->theory, i);
      g_autofree char *value = bp_number_to_shortest (theory->value);

      g_string_append_printf (theories, i == 0 ? "%s: %s" : "; %s: %s", theory->variable, value);
    }
  if (theories->len > 0)
    g_key_file_set_value (file, "Evaluate", "Theory", theories->str);
}

/* "LearningRate=0.5; BatchSize=20": how @settings differ from those @before; "" if they do not. */
static GString *
get_difference (const BpSettings *before,
                const BpSettings *settings)
{
  GString *difference = g_string_new (NULL);

  for (const char * const *key = bp_settings_get_keys (); *key != NULL; key++)
    {
      g_autofree char *old_text = bp_settings_get (before, *key);
      g_autofree char *text = bp_settings_get (settings, *key);

      if (!g_str_equal (old_text, text))
        g_string_append_printf (difference, difference->len == 0 ? "%s=%s" : "; %s=%s", *key, text);
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

char *
bp_experiment_to_data (const BpExperiment *experiment)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (experiment != NULL, NULL);

  write_experiment (file, experiment);
  write_data (file, experiment);
  for (guint i = 0; i < experiment->variables->len; i++)
    write_variable (file, g_ptr_array_index (experiment->variables, i));
  write_definitions (file, "Model", experiment->model);
  write_optimizer (file, experiment);
  write_evaluation (file, experiment);
  write_changes (file, experiment);

  return g_key_file_to_data (file, NULL, NULL);
}
