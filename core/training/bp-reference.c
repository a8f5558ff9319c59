/* bp-reference.c: a kept run, to compare with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-reference.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "experiment/bp-builtin.h"
#include "base/bp-number.h"

/* Microseconds between two looks at whether to go on. */
#define SLICE 20000

/* How many vectors of parameters are kept, and how much of memory they take, at most. */
#define MAX_POSITIONS 400
#define MAX_POSITION_BYTES (16 << 20)

/* Every so many checkpoints, so that they are few enough for a plot and for memory. */
static void
take_positions (BpReference *self,
                BpHistory   *history,
                gsize        n_parameters)
{
  guint n = bp_history_get_n_checkpoints (history, &self->stride);
  gsize n_most = CLAMP (MAX_POSITION_BYTES / (n_parameters * sizeof (double)), 2, MAX_POSITIONS);
  guint step = 1;

  while (n / step > n_most)
    step *= 2;

  self->stride *= step;
  self->positions = g_array_sized_new (FALSE, FALSE, sizeof (double), (guint) (n_parameters * (n / step + 1)));
  for (guint i = 0; i < n; i += step)
    g_array_append_vals (self->positions, bp_history_get_checkpoint_parameters (history, i), (guint) n_parameters);
}

BpReference *
bp_reference_new (BpTrainer *trainer)
{
  BpReference *self;
  BpHistory *history;
  BpSeries *series;
  gsize n_parameters;

  g_return_val_if_fail (trainer != NULL, NULL);

  history = bp_trainer_get_history (trainer);
  self = g_new0 (BpReference, 1);
  self->experiment = bp_experiment_copy (bp_trainer_get_experiment (trainer));
  self->is_computed = TRUE;
  self->length = bp_series_get_length (bp_history_get_loss (history));
  self->diverged = bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED;
  if (!self->diverged)
    self->experiment->iterations = MAX (self->length, 1);
  self->loss = bp_series_copy (bp_history_get_loss (history));
  self->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_series_free);

  for (gsize i = 0; (series = bp_history_get_parameter (history, i)) != NULL; i++)
    g_ptr_array_add (self->parameters, bp_series_copy (series));
  n_parameters = bp_graph_get_n_parameters (bp_trainer_get_graph (trainer));
  if (self->parameters->len < n_parameters)
    take_positions (self, history, n_parameters);

  return self;
}

BpReference *
bp_reference_new_not_computed (const BpExperiment *experiment)
{
  BpReference *self;

  g_return_val_if_fail (experiment != NULL, NULL);

  self = g_new0 (BpReference, 1);
  self->experiment = bp_experiment_copy (experiment);
  self->loss = bp_series_new ();
  self->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_series_free);

  return self;
}

BpReference *
bp_reference_new_by_running (const BpExperiment *experiment,
                             BpWork             *work,
                             GError            **error)
{
  g_autoptr (BpTrainer) trainer = bp_trainer_new_sliced (experiment, error);

  if (trainer == NULL)
    return NULL;

  bp_trainer_run (trainer, bp_trainer_get_n_iterations (trainer));
  do
    {
      const gint64 done = bp_trainer_get_cursor (trainer).iteration;

      if (!bp_work_spend (work, 0))
        return NULL;
      if (work != NULL)
        g_atomic_int_set (&work->n_thousandths, (gint) (1000 * done / bp_trainer_get_n_iterations (trainer)));
    }
  while (bp_trainer_continue (trainer, G_MAXSIZE, g_get_monotonic_time () + SLICE));

  return bp_reference_new (trainer);
}

static gpointer
copy_series (gconstpointer          series,
             G_GNUC_UNUSED gpointer data)
{
  return bp_series_copy (series);
}

BpReference *
bp_reference_copy (const BpReference *reference)
{
  BpReference *self;

  g_return_val_if_fail (reference != NULL, NULL);

  self = g_memdup2 (reference, sizeof *reference);
  self->experiment = bp_experiment_copy (reference->experiment);
  self->loss = bp_series_copy (reference->loss);
  self->parameters = g_ptr_array_copy (reference->parameters, copy_series, NULL);
  g_ptr_array_set_free_func (self->parameters, (GDestroyNotify) bp_series_free);
  if (self->positions != NULL)
    self->positions = g_array_copy (self->positions);

  return self;
}

void
bp_reference_free (BpReference *reference)
{
  g_clear_pointer (&reference->experiment, bp_experiment_free);
  g_clear_pointer (&reference->loss, bp_series_free);
  g_clear_pointer (&reference->parameters, g_ptr_array_unref);
  g_clear_pointer (&reference->positions, g_array_unref);
  g_free (reference);
}

gboolean
bp_reference_comparable (const BpExperiment *a,
                         const BpExperiment *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->variables->len != b->variables->len)
    return FALSE;

  for (guint i = 0; i < a->variables->len; i++)
    {
      const BpVariable *mine = g_ptr_array_index (a->variables, i);
      const BpVariable *theirs = g_ptr_array_index (b->variables, i);

      if (g_strcmp0 (mine->name, theirs->name) != 0 || !bp_shape_equal (&mine->shape, &theirs->shape))
        return FALSE;
    }

  return TRUE;
}

/* @text: (transfer full): the parts so far, or "" */
static char *
append_part (char       *text,
             const char *part)
{
  g_autofree char *before = text;

  if (*before == '\0' || *part == '\0')
    return g_strdup (*before == '\0' ? part : before);

  /* Translators: what sets a run apart, in a list: "η = 0.02, Adam" */
  return g_strdup_printf (C_("run", "%s, %s"), before, part);
}

static char *
describe_learning_rate (const BpExperiment *experiment)
{
  double last = experiment->settings.optimizer.learning_rate;
  g_autofree char *number = bp_number_format (last);
  char *text = g_strdup_printf (_("η = %s"), number);

  for (guint i = 0; i < experiment->changes->len; i++)
    {
      const BpSettingsChange *change = &g_array_index (experiment->changes, BpSettingsChange, i);
      double rate = change->settings.optimizer.learning_rate;
      g_autofree char *next = bp_number_format (rate);
      g_autofree char *before = text;

      /* Translators: a learning rate, and another from an iteration on: "η = 0.02 → 0.5 at 40" */
      text = rate != last ? g_strdup_printf (_("%s → %s at %" PRId64), before, next, change->iteration)
                          : g_steal_pointer (&before);
      last = rate;
    }

  return text;
}

static const BpSettings *
last_settings (const BpExperiment *experiment)
{
  if (experiment->changes->len == 0)
    return &experiment->settings;

  return &g_array_index (experiment->changes, BpSettingsChange, experiment->changes->len - 1).settings;
}

static char *
describe_parameters (const BpOptimizer *optimizer)
{
  const BpOptimizerClass *klass = bp_optimizer_get_class (optimizer->kind);
  char *text = g_strdup ("");

  for (guint i = 0; i < BP_N_PARAMETERS; i++)
    if (klass->uses[i])
      {
        g_autofree char *number = bp_number_format (optimizer->parameters[i]);
        /* Translators: an optimizer's parameter and its value: "Momentum = 0.9" */
        g_autofree char *part = g_strdup_printf (C_("run", "%s = %s"), bp_optimizer_parameter_get_name (i), number);

        text = append_part (text, part);
      }

  return text;
}

static char *
describe_initial (const BpExperiment *experiment)
{
  char *text = g_strdup ("");

  for (guint i = 0; i < experiment->variables->len; i++)
    {
      const BpVariable *variable = g_ptr_array_index (experiment->variables, i);
      g_autofree char *initial = bp_variable_get_start (variable);
      /* Translators: where a variable starts: "A from normal(0, 1)" */
      g_autofree char *part = g_strdup_printf (_("%s from %s"), variable->name, initial);

      text = append_part (text, part);
    }

  return text;
}

/* What may tell runs apart, in the order in which it is said. */
typedef enum {
  PROPERTY_TITLE,
  PROPERTY_LEARNING_RATE,
  PROPERTY_OPTIMIZER,
  PROPERTY_PARAMETERS, /* of the optimizer */
  PROPERTY_BATCH_SIZE,
  PROPERTY_SEED,
  PROPERTY_INITIAL,
  PROPERTY_SIGN,
  PROPERTY_RESET,
  N_PROPERTIES
} Property;

/* "" where there is nothing to say. */
static char *
describe (const BpExperiment *experiment,
          Property            property)
{
  const BpSettings *last = last_settings (experiment);

  switch (property)
    {
    case PROPERTY_TITLE:
      return g_strdup (bp_builtin_translate (experiment->title));
    case PROPERTY_LEARNING_RATE:
      return describe_learning_rate (experiment);
    case PROPERTY_OPTIMIZER:
      return g_strdup (_(bp_optimizer_get_class (last->optimizer.kind)->title));
    case PROPERTY_PARAMETERS:
      return describe_parameters (&last->optimizer);
    case PROPERTY_BATCH_SIZE:
      return g_strdup_printf (_("batch %zu"), last->batch_size);
    case PROPERTY_SEED:
      return g_strdup_printf (_("seed %" PRIu64), experiment->seed);
    case PROPERTY_INITIAL:
      return describe_initial (experiment);
    case PROPERTY_SIGN:
      return g_strdup (last->optimizer.maximize ? _("wrong sign") : "");
    case PROPERTY_RESET:
    case N_PROPERTIES:
    default:
      return g_strdup (last->keep_gradients ? _("gradients not reset") : "");
    }
}

/* Appends @property of each experiment, unless it tells none apart. Parameters tell apart only runs with the same
 * optimizer. */
static void
append_difference (char                     **texts,
                   const BpExperiment * const *experiments,
                   guint                       n,
                   Property                    property)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  gboolean differ = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (parts, describe (experiments[i], property));
      for (guint j = 0; j < i; j++)
        if (property != PROPERTY_PARAMETERS || last_settings (experiments[i])->optimizer.kind
                                               == last_settings (experiments[j])->optimizer.kind)
          differ |= !g_str_equal (g_ptr_array_index (parts, i), g_ptr_array_index (parts, j));
    }

  for (guint i = 0; differ && i < n; i++)
    texts[i] = append_part (texts[i], g_ptr_array_index (parts, i));
}

/* Numbers texts that are equal. */
static void
number_equal (char **texts,
              guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      guint number = 1;

      for (guint j = i + 1; j < n; j++)
        if (g_str_equal (texts[i], texts[j]))
          {
            char *numbered = g_strdup_printf (_("%s (run %u)"), texts[j], ++number);

            g_free (texts[j]);
            texts[j] = numbered;
          }
    }
}

char **
bp_reference_describe_differences (const BpExperiment * const *experiments,
                                   guint                       n_experiments)
{
  char **texts = g_new0 (char *, n_experiments + 1);

  for (guint i = 0; i < n_experiments; i++)
    texts[i] = g_strdup ("");

  for (Property i = 0; i < N_PROPERTIES; i++)
    append_difference (texts, experiments, n_experiments, i);

  for (guint i = 0; i < n_experiments; i++)
    if (*texts[i] == '\0')
      {
        /* It differs from the others in nothing, or only in what it lacks: name it by its learning rate. */
        g_free (texts[i]);
        texts[i] = describe_learning_rate (experiments[i]);
      }

  number_equal (texts, n_experiments);

  return texts;
}
