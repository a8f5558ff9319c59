/* bp-sweep.c: makes the experiments of a sweep from the values that the user typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-sweep.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "experiment/bp-setting.h"

/* An optimizer's name in files, if @text is that or its title in the window, in small letters or large ones. */
static const char *
find_name (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
    {
      const BpOptimizerClass *klass = bp_optimizer_get_class (i);
      g_autofree char *name = g_utf8_casefold (klass->name, -1);
      g_autofree char *title = g_utf8_casefold (_(klass->title), -1);

      if (g_str_equal (folded, name) || g_str_equal (folded, title))
        return klass->name;
    }

  return text;
}

static const BpSetting *
get_setting (BpSweepKind kind)
{
  static const char * const keys[BP_N_SWEEPS] = {
    [BP_SWEEP_LEARNING_RATE] = "LearningRate",
    [BP_SWEEP_BATCH_SIZE] = "BatchSize",
    [BP_SWEEP_OPTIMIZER] = "Name",
    [BP_SWEEP_SEED] = "Seed",
  };

  return bp_setting_find (keys[kind]);
}

const char *
bp_sweep_get_title (BpSweepKind kind)
{
  g_return_val_if_fail (kind < BP_N_SWEEPS, NULL);

  return _(get_setting (kind)->title);
}

static char *
suggest_learning_rates (BpRun *run)
{
  double rate = bp_run_get_learning_rate (run);
  g_autofree char *less = bp_number_to_shortest (MAX (rate / 10, get_setting (BP_SWEEP_LEARNING_RATE)->minimum));
  g_autofree char *same = bp_number_to_shortest (rate);
  g_autofree char *more = bp_number_to_shortest (MIN (rate * 10, get_setting (BP_SWEEP_LEARNING_RATE)->maximum));

  return g_strjoin ("; ", less, same, more, NULL);
}

char *
bp_sweep_suggest (BpSweepKind kind,
                  BpRun      *run)
{
  BpTrainer *trainer;
  guint64 seed;

  g_return_val_if_fail (kind < BP_N_SWEEPS && BP_IS_RUN (run), NULL);

  trainer = bp_run_get_trainer (run);
  seed = bp_trainer_get_experiment (trainer)->seed;

  switch (kind)
    {
    case BP_SWEEP_BATCH_SIZE:
      return g_strdup_printf ("1; %zu", MAX (2, bp_dataset_get_n_samples (bp_trainer_get_dataset (trainer))));
    case BP_SWEEP_OPTIMIZER:
      return g_strdup ("gradient-descent; momentum; adam");
    case BP_SWEEP_SEED:
      return g_strdup_printf ("%" PRIu64 "; %" PRIu64 "; %" PRIu64, seed, seed + 1, seed + 2);
    case BP_SWEEP_LEARNING_RATE:
    case BP_N_SWEEPS:
    default:
      return suggest_learning_rates (run);
    }
}

/* Fails if the value is out of range or the model refuses it. */
static BpExperiment *
create_experiment (BpSweepKind kind,
                   BpRun      *run,
                   const char *value,
                   GError    **error)
{
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (run);
  const BpSetting *setting = get_setting (kind);
  const char *text = kind == BP_SWEEP_OPTIMIZER ? find_name (value) : value;

  if (!bp_setting_set_or_switch (setting, bp_setting_get_owner (setting, experiment), text, error)
      || !bp_trainer_check_settings (bp_run_get_trainer (run), &experiment->settings, error))
    return NULL;

  return g_steal_pointer (&experiment);
}

static gboolean
check_new (GPtrArray          *experiments,
           const BpExperiment *experiment,
           const char         *value,
           GError            **error)
{
  for (guint i = 0; i < experiments->len; i++)
    {
      const BpExperiment *other = g_ptr_array_index (experiments, i);

      if (bp_settings_equal (&other->settings, &experiment->settings) && other->seed == experiment->seed)
        {
          g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is listed twice"), value);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_count (GPtrArray *experiments,
             GError   **error)
{
  if (experiments->len == 0)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("Type the values to try, with “;” between them"));
  else if (experiments->len > BP_MAX_REFERENCES)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("At most %d runs can be told apart; take some values away"),
                 BP_MAX_REFERENCES);

  return experiments->len > 0 && experiments->len <= BP_MAX_REFERENCES;
}

GPtrArray *
bp_sweep_create_experiments (BpSweepKind kind,
                             BpRun      *run,
                             const char *values,
                             GError    **error)
{
  g_autoptr (GPtrArray) experiments = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_experiment_free);
  g_auto (GStrv) texts = NULL;

  g_return_val_if_fail (kind < BP_N_SWEEPS && BP_IS_RUN (run) && values != NULL, NULL);

  texts = g_strsplit (values, ";", -1);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (BpExperiment) experiment = NULL;

      if (*g_strstrip (texts[i]) == '\0')
        continue;

      experiment = create_experiment (kind, run, texts[i], error);
      if (experiment == NULL || !check_new (experiments, experiment, texts[i], error))
        return NULL;

      g_ptr_array_add (experiments, g_steal_pointer (&experiment));
    }

  return check_count (experiments, error) ? g_steal_pointer (&experiments) : NULL;
}
