/* bp-command-experiment.c: loads the experiment of a command, and changes it as the options say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "cli/bp-command-line.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "experiment/bp-setting.h"
#include "base/bp-text.h"

void
bp_command_take_value_error (GError    **error,
                             const char *option,
                             GError     *reason)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: %s", option, reason->message);
  g_error_free (reason);
}

void
bp_command_set_unknown_error (GError            **error,
                              const char         *sentence,
                              const char         *word,
                              const char * const *candidates)
{
  g_autoptr (GError) reason = NULL;

  bp_nearest_set_error (&reason, sentence, word, candidates);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, reason->message);
}

/* Another optimizer gets its default parameters, but keeps the learning rate and the direction. */
static gboolean
apply_setting (const BpSetting *setting,
               gpointer         owner,
               const char      *text,
               GError         **error)
{
  GError *reason = NULL;
  g_autofree char *option = NULL;

  if (bp_setting_set_or_switch (setting, owner, text, &reason))
    return TRUE;

  option = g_strconcat ("--", setting->option, NULL);
  bp_command_take_value_error (error, option, reason);

  return FALSE;
}

/* An option applies to the whole run, so it also overrides the changes of settings in the file. */
static gboolean
apply_settings (const BpCommandOptions *options,
                BpExperiment           *experiment,
                GError                **error)
{
  guint n_settings;
  const BpSetting *settings = bp_setting_get_all (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    {
      const char *text = options->settings[i];

      if (text != NULL && !apply_setting (&settings[i], bp_setting_get_owner (&settings[i], experiment), text, error))
        return FALSE;
      for (guint j = 0; text != NULL && settings[i].changes && j < experiment->changes->len; j++)
        apply_setting (&settings[i], &g_array_index (experiment->changes, BpSettingsChange, j).settings, text, NULL);
    }

  return TRUE;
}

static void
set_unknown_variable_error (GError            **error,
                            const BpExperiment *experiment,
                            const char         *name)
{
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *sentence = g_strdup_printf (_("--set: there is no variable “%s”"), quoted);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < experiment->variables->len; i++)
    g_ptr_array_add (names, ((BpVariable *) g_ptr_array_index (experiment->variables, i))->name);
  g_ptr_array_add (names, NULL);

  bp_command_set_unknown_error (error, sentence, name, (const char * const *) names->pdata);
}

/* All elements of @variable, or the one at @index, to what @text says: a number, or for all "[[1, 2], [3, 4]]". */
static gboolean
set_variable (BpVariable *variable,
              const char *index,
              const char *text,
              GError    **error)
{
  double value;

  if (index == NULL && text[strspn (text, " ")] == '[')
    return bp_variable_set_start (variable, text, error);
  if (!bp_number_parse (text, &value, error))
    return FALSE;
  if (index != NULL)
    return bp_variable_set_element (variable, index, value, error);

  g_clear_pointer (&variable->given, g_free);
  variable->initial = (BpDistribution) { .kind = BP_DISTRIBUTION_CONSTANT, .a = value };

  return TRUE;
}

static gboolean
apply_assignment (BpExperiment *experiment,
                  const char   *assignment,
                  GError      **error)
{
  const char *equals = strchr (assignment, '=');
  g_autofree char *name = NULL;
  g_autofree char *index = NULL;
  BpVariable *variable;
  GError *reason = NULL;

  if (equals == NULL)
    {
      g_autofree char *quoted = bp_text_quote (assignment, -1);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--set: “%s” is not of the form NAME=VALUE"), quoted);
      return FALSE;
    }

  name = g_strndup (assignment, (gsize) (equals - assignment));
  index = strchr (g_strstrip (name), '[') != NULL ? g_strdup (strchr (name, '[')) : NULL;
  name[strcspn (name, "[")] = '\0';
  variable = bp_experiment_find_variable (experiment, g_strchomp (name));
  if (variable == NULL)
    {
      set_unknown_variable_error (error, experiment, name);
      return FALSE;
    }

  if (set_variable (variable, index, equals + 1, &reason))
    return TRUE;

  bp_command_take_value_error (error, "--set", reason);

  return FALSE;
}

static gboolean
apply_options (const BpCommandOptions *options,
               BpExperiment           *experiment,
               GError                **error)
{
  if (!apply_settings (options, experiment, error))
    return FALSE;

  for (char **assignment = options->set; assignment != NULL && *assignment != NULL; assignment++)
    if (!apply_assignment (experiment, *assignment, error))
      return FALSE;

  return TRUE;
}

gboolean
bp_command_is_file (const char *word)
{
  return strchr (word, G_DIR_SEPARATOR) != NULL || g_str_has_suffix (word, ".experiment");
}

/* The name of a built-in experiment takes precedence over a file; "./regression" names the file. */
static gboolean
is_builtin (const char *name)
{
  return g_strv_contains (bp_builtin_get_names (), name);
}

static gboolean
check_name (const char *name,
            GError    **error)
{
  g_autofree char *quoted = NULL, *sentence = NULL;

  if (is_builtin (name) || bp_command_is_file (name) || g_file_test (name, G_FILE_TEST_EXISTS))
    return TRUE;

  quoted = bp_text_quote (name, -1);
  sentence = g_strdup_printf (_("There is no built-in experiment or file “%s”"), quoted);
  bp_command_set_unknown_error (error, sentence, name, bp_builtin_get_names ());

  return FALSE;
}

static BpSavedRun *
load_saved_run (const char *name,
                GError    **error)
{
  g_autoptr (BpSavedRun) saved = NULL;

  if (!check_name (name, error))
    return NULL;
  if (!is_builtin (name))
    return bp_saved_run_new_from_file (name, error);

  saved = g_new0 (BpSavedRun, 1);
  saved->references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_experiment_free);
  saved->experiment = bp_builtin_load (name, error);

  return saved->experiment != NULL ? g_steal_pointer (&saved) : NULL;
}

static BpExperiment *
load_experiment (const BpCommandOptions *options,
                 GError                **error)
{
  const char *name = options->operands[0];
  g_autoptr (BpExperiment) experiment = NULL;

  if (!check_name (name, error))
    return NULL;

  experiment = is_builtin (name) ? bp_builtin_load (name, error) : bp_experiment_new_from_file (name, error);
  if (experiment == NULL || !apply_options (options, experiment, error))
    return NULL;

  return g_steal_pointer (&experiment);
}

BpSavedRun *
bp_command_load_saved_run (const BpCommandOptions *options,
                           GError                **error)
{
  g_autoptr (BpSavedRun) saved = load_saved_run (options->operands[0], error);

  if (saved == NULL || !apply_options (options, saved->experiment, error))
    return NULL;

  return g_steal_pointer (&saved);
}

void
bp_command_warn_of_data (const BpExperiment *saved,
                         const BpExperiment *now,
                         char              **said)
{
  g_autofree char *text = bp_saved_run_describe_data_change (saved, now);

  if (text == NULL || g_strcmp0 (text, *said) == 0)
    return;

  bp_command_line_print_error (text);
  g_free (*said);
  *said = g_steal_pointer (&text);
}

BpTrainer *
bp_command_create_trainer (const BpCommandOptions *options,
                           GError                **error)
{
  g_autoptr (BpExperiment) experiment = load_experiment (options, error);
  BpTrainer *trainer = experiment != NULL ? bp_trainer_new (experiment, error) : NULL;
  g_autofree char *said = NULL;
  g_autofree char *dropped = NULL;

  if (trainer == NULL)
    return NULL;

  bp_command_warn_of_data (experiment, bp_trainer_get_experiment (trainer), &said);
  dropped = bp_dataset_describe_dropped (bp_trainer_get_dataset (trainer));
  if (dropped != NULL)
    bp_command_line_print_error (dropped);

  return trainer;
}
