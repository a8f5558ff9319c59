/* bp-sweep.c: makes the experiments of a sweep from the values that the user typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-sweep.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "base/bp-error.h"
#include "base/bp-number.h"

/* Sets the setting that the sweep varies to the value @text. */
typedef gboolean (*Apply) (BpExperiment *experiment,
                           const char   *text,
                           GError      **error);

static gboolean
apply_learning_rate (BpExperiment *experiment,
                     const char   *text,
                     GError      **error)
{
  return bp_number_parse (text, &experiment->settings.optimizer.learning_rate, error);
}

static gboolean
apply_batch_size (BpExperiment *experiment,
                  const char   *text,
                  GError      **error)
{
  gint64 batch_size;

  if (!bp_number_parse_integer (text, 1, BP_MAX_BATCH_SIZE, &batch_size, error))
    return FALSE;

  experiment->settings.batch_size = (gsize) batch_size;

  return TRUE;
}

/* Finds an optimizer by its name in files or its title in the window, ignoring case. */
static gboolean
find_optimizer (const char      *text,
                BpOptimizerKind *kind)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
    {
      const BpOptimizerClass *klass = bp_optimizer_get_class (i);
      g_autofree char *name = g_utf8_casefold (klass->name, -1);
      g_autofree char *title = g_utf8_casefold (_(klass->title), -1);

      *kind = i;
      if (g_str_equal (folded, name) || g_str_equal (folded, title))
        return TRUE;
    }

  return FALSE;
}

static char *
list_optimizers (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
    g_strv_builder_add (builder, bp_optimizer_get_class (i)->name);
  names = g_strv_builder_end (builder);

  return g_strjoinv (", ", names);
}

/* Another optimizer gets its default parameters, but keeps the learning rate and the direction. */
static gboolean
apply_optimizer (BpExperiment *experiment,
                 const char   *text,
                 GError      **error)
{
  BpOptimizer *optimizer = &experiment->settings.optimizer;
  const BpOptimizer before = *optimizer;
  BpOptimizerKind kind;

  if (!find_optimizer (text, &kind))
    {
      g_autofree char *names = list_optimizers ();

      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is no optimizer; there are %s"), text, names);
      return FALSE;
    }

  if (kind == before.kind)
    return TRUE;

  bp_optimizer_init (optimizer, kind);
  optimizer->learning_rate = before.learning_rate;
  optimizer->maximize = before.maximize;

  return TRUE;
}

static gboolean
apply_seed (BpExperiment *experiment,
            const char   *text,
            GError      **error)
{
  gint64 seed;

  if (!bp_number_parse_integer (text, 0, G_MAXINT64, &seed, error))
    return FALSE;

  experiment->seed = (guint64) seed;

  return TRUE;
}

static const struct {
  const char *title;
  Apply       apply;
} sweeps[BP_N_SWEEPS] = {
  [BP_SWEEP_LEARNING_RATE] = { N_("Learning rate"), apply_learning_rate },
  [BP_SWEEP_BATCH_SIZE] = { N_("Batch size"), apply_batch_size },
  [BP_SWEEP_OPTIMIZER] = { N_("Optimizer"), apply_optimizer },
  [BP_SWEEP_SEED] = { N_("Seed"), apply_seed },
};

const char *
bp_sweep_get_title (BpSweepKind kind)
{
  g_return_val_if_fail (kind < BP_N_SWEEPS, NULL);

  return _(sweeps[kind].title);
}

static char *
suggest_learning_rates (BpRun *run)
{
  double rate = bp_run_get_learning_rate (run);
  g_autofree char *less = bp_number_to_shortest (MAX (rate / 10, BP_LEARNING_RATE_MIN));
  g_autofree char *same = bp_number_to_shortest (rate);
  g_autofree char *more = bp_number_to_shortest (MIN (rate * 10, BP_LEARNING_RATE_MAX));

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

  if (!sweeps[kind].apply (experiment, value, error)
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
