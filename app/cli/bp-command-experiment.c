/* bp-command-experiment.c: the experiment a command works on, changed as its options say
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

static gboolean
apply_integer (const char *option,
               const char *text,
               gint64      maximum,
               gint64     *value,
               GError    **error)
{
  GError *reason = NULL;

  if (text == NULL || bp_number_parse_integer (text, 1, maximum, value, &reason))
    return TRUE;

  bp_command_take_value_error (error, option, reason);

  return FALSE;
}

static gboolean
apply_seed (BpExperiment *experiment,
            const char   *text,
            GError      **error)
{
  GError *reason = NULL;

  if (text == NULL || bp_number_parse_unsigned (text, &experiment->seed, &reason))
    return TRUE;

  bp_command_take_value_error (error, "--seed", reason);

  return FALSE;
}

static gboolean
apply_batch_size (BpSettings *settings,
                  const char *text,
                  GError    **error)
{
  gint64 batch_size = (gint64) settings->batch_size;

  if (!apply_integer ("--batch-size", text, BP_MAX_BATCH_SIZE, &batch_size, error))
    return FALSE;

  settings->batch_size = (gsize) batch_size;

  return TRUE;
}

static gboolean
apply_learning_rate (BpSettings *settings,
                     const char *text,
                     GError    **error)
{
  GError *reason = NULL;

  if (text == NULL)
    return TRUE;

  if (bp_number_parse (text, &settings->optimizer.learning_rate, &reason) && bp_settings_check (settings, &reason))
    return TRUE;

  bp_command_take_value_error (error, "--learning-rate", reason);

  return FALSE;
}

static void
set_unknown_optimizer_error (GError    **error,
                             const char *name)
{
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *sentence = g_strdup_printf (_("--optimizer: there is no optimizer “%s”"), quoted);
  const char *names[BP_N_OPTIMIZERS + 1] = { NULL };

  for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
    names[i] = bp_optimizer_get_class (i)->name;

  bp_command_set_unknown_error (error, sentence, name, names);
}

/* Another optimizer has its own default parameters, but the learning rate is the experiment's. */
static gboolean
apply_optimizer (BpSettings *settings,
                 const char *name,
                 GError    **error)
{
  BpOptimizerKind kind;
  double learning_rate = settings->optimizer.learning_rate;
  gboolean maximize = settings->optimizer.maximize;

  if (name == NULL)
    return TRUE;

  if (!bp_optimizer_find (name, &kind))
    {
      set_unknown_optimizer_error (error, name);
      return FALSE;
    }

  if (kind != settings->optimizer.kind)
    {
      bp_optimizer_init (&settings->optimizer, kind);
      settings->optimizer.learning_rate = learning_rate;
      settings->optimizer.maximize = maximize;
    }

  return TRUE;
}

static gboolean
apply_settings (const BpCommandOptions *options,
                BpSettings             *settings,
                GError                **error)
{
  return apply_batch_size (settings, options->batch_size, error) &&
         apply_optimizer (settings, options->optimizer, error) &&
         apply_learning_rate (settings, options->learning_rate, error);
}

/* What is said on the command line holds for the whole run, later changes in the file notwithstanding. */
static gboolean
apply_all_settings (const BpCommandOptions *options,
                    BpExperiment           *experiment,
                    GError                **error)
{
  gboolean valid = apply_settings (options, &experiment->settings, error);

  for (guint i = 0; valid && i < experiment->changes->len; i++)
    valid = apply_settings (options, &g_array_index (experiment->changes, BpSettingsChange, i).settings, error);

  return valid;
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

static gboolean
apply_assignment (BpExperiment *experiment,
                  const char   *assignment,
                  GError      **error)
{
  const char *equals = strchr (assignment, '=');
  GError *reason = NULL;
  double value;

  if (equals == NULL)
    {
      g_autofree char *quoted = bp_text_quote (assignment, -1);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--set: “%s” is not of the form NAME=VALUE"), quoted);
      return FALSE;
    }

  g_autofree char *name = g_strndup (assignment, (gsize) (equals - assignment));
  BpVariable *variable = bp_experiment_find_variable (experiment, g_strstrip (name));

  if (variable == NULL)
    {
      set_unknown_variable_error (error, experiment, name);
      return FALSE;
    }

  if (!bp_number_parse (equals + 1, &value, &reason))
    {
      bp_command_take_value_error (error, "--set", reason);
      return FALSE;
    }

  variable->initial = (BpDistribution) { .kind = BP_DISTRIBUTION_CONSTANT, .a = value };

  return TRUE;
}

static gboolean
apply_options (const BpCommandOptions *options,
               BpExperiment           *experiment,
               GError                **error)
{
  if (!apply_seed (experiment, options->seed, error) ||
      !apply_integer ("--iterations", options->iterations, BP_MAX_ITERATIONS, &experiment->iterations, error) ||
      !apply_integer ("--report-every", options->report_every, BP_MAX_ITERATIONS, &experiment->report_every, error) ||
      !apply_all_settings (options, experiment, error))
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

/* A built-in's name means the built-in; "./regression" is the file. */
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

static BpExperiment *
load_experiment (const char *name,
                 GError    **error)
{
  if (!check_name (name, error))
    return NULL;

  return is_builtin (name) ? bp_builtin_load (name, error) : bp_experiment_new_from_file (name, error);
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

BpExperiment *
bp_command_load_experiment (const BpCommandOptions *options,
                         GError                **error)
{
  g_autoptr (BpExperiment) experiment = load_experiment (options->operands[0], error);

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

/* Not among the results, which are what they are without. */
static void
report_dropped (BpTrainer *trainer)
{
  g_autofree char *sentence = bp_dataset_describe_dropped (bp_trainer_get_dataset (trainer));

  if (sentence != NULL)
    bp_command_line_print_error (sentence);
}

BpTrainer *
bp_command_create_trainer (const BpCommandOptions *options,
                                   GError                **error)
{
  g_autoptr (BpExperiment) experiment = bp_command_load_experiment (options, error);
  BpTrainer *trainer = experiment != NULL ? bp_trainer_new (experiment, error) : NULL;
  g_autofree char *said = NULL;

  if (trainer == NULL)
    return NULL;

  bp_command_warn_of_data (experiment, bp_trainer_get_experiment (trainer), &said);
  report_dropped (trainer);

  return trainer;
}
