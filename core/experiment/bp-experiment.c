/* bp-experiment.c: the value that an experiment is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include "base/bp-random.h"
#include "experiment/bp-setting.h"

#define DEFAULT_ITERATIONS 100
#define DEFAULT_REPORT_EVERY 25
#define DEFAULT_SAMPLES 100
#define DEFAULT_SEED 42

gboolean
bp_settings_equal (const BpSettings *a,
                   const BpSettings *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return bp_optimizer_equal (&a->optimizer, &b->optimizer) && a->batch_size == b->batch_size &&
         !a->keep_gradients == !b->keep_gradients;
}

gboolean
bp_settings_check (const BpSettings *settings,
                   GError          **error)
{
  const BpSetting *rows;
  guint n_rows;

  g_return_val_if_fail (settings != NULL, FALSE);
  g_return_val_if_fail (settings->optimizer.kind < BP_N_OPTIMIZERS, FALSE);

  rows = bp_setting_get_all (&n_rows);
  for (guint i = 0; i < n_rows; i++)
    if (rows[i].changes && !bp_setting_check (&rows[i], settings, error))
      return FALSE;

  return TRUE;
}

BpColumn *
bp_column_new (const char *name)
{
  BpColumn *column = g_new (BpColumn, 1);

  column->name = g_strdup (name);
  column->parts = g_array_new (FALSE, FALSE, sizeof (BpDistribution));

  return column;
}

static void
column_free (gpointer data)
{
  BpColumn *column = data;

  g_free (column->name);
  g_array_unref (column->parts);
  g_free (column);
}

BpPlaceholder *
bp_placeholder_new (const char *name)
{
  BpPlaceholder *placeholder = g_new0 (BpPlaceholder, 1);

  placeholder->name = g_strdup (name);

  return placeholder;
}

static void
placeholder_free (gpointer data)
{
  BpPlaceholder *placeholder = data;

  g_free (placeholder->name);
  g_strfreev (placeholder->columns);
  g_free (placeholder);
}

static void
theory_free (gpointer data)
{
  g_free (((BpTheory *) data)->variable);
  g_free (data);
}

BpDefinition *
bp_definition_new (const char *name,
                   const char *expression)
{
  BpDefinition *definition = g_new (BpDefinition, 1);

  definition->name = g_strdup (name);
  definition->expression = g_strdup (expression);

  return definition;
}

static void
definition_free (gpointer data)
{
  BpDefinition *definition = data;

  g_free (definition->name);
  g_free (definition->expression);
  g_free (definition);
}

BpTheory *
bp_theory_new (const char *variable,
               double      value)
{
  BpTheory *theory = g_new (BpTheory, 1);

  theory->variable = g_strdup (variable);
  theory->value = value;

  return theory;
}

BpExperiment *
bp_experiment_new_empty (const char *name)
{
  BpExperiment *self = g_new0 (BpExperiment, 1);

  self->name = g_strdup (name);
  self->title = g_strdup (name);
  self->description = g_strdup ("");
  self->iterations = DEFAULT_ITERATIONS;
  self->report_every = DEFAULT_REPORT_EVERY;
  self->seed = DEFAULT_SEED;
  self->samples = DEFAULT_SAMPLES;
  bp_optimizer_init (&self->settings.optimizer, BP_OPTIMIZER_GRADIENT_DESCENT);
  self->settings.batch_size = 1;
  self->changes = g_array_new (FALSE, FALSE, sizeof (BpSettingsChange));
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->placeholders = g_ptr_array_new_with_free_func (placeholder_free);
  self->batches = g_ptr_array_new_with_free_func (bp_numbered_line_free);
  self->edits = g_ptr_array_new_with_free_func (bp_numbered_line_free);
  self->variables = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_variable_free);
  self->model = g_ptr_array_new_with_free_func (definition_free);
  self->evaluate = g_ptr_array_new_with_free_func (definition_free);
  self->theory = g_ptr_array_new_with_free_func (theory_free);

  return self;
}

void
bp_opened_free (BpOpened *opened)
{
  g_clear_pointer (&opened->dataset, bp_dataset_unref);
  g_hash_table_unref (opened->graphs);
  g_free (opened->model);
  g_free (opened);
}

gboolean
bp_experiment_is_as_opened (const BpExperiment *experiment)
{
  g_autofree char *model = experiment->opened != NULL ? bp_experiment_dup_model (experiment) : NULL;

  return model != NULL && g_str_equal (model, experiment->opened->model);
}

void
bp_experiment_free (BpExperiment *experiment)
{
  if (experiment == NULL)
    return;

  g_free (experiment->name);
  g_free (experiment->title);
  g_free (experiment->description);
  g_array_unref (experiment->changes);
  g_ptr_array_unref (experiment->columns);
  g_ptr_array_unref (experiment->placeholders);
  g_free (experiment->data_file);
  g_free (experiment->folder);
  g_free (experiment->data_digest);
  g_ptr_array_unref (experiment->batches);
  g_ptr_array_unref (experiment->edits);
  g_ptr_array_unref (experiment->variables);
  g_ptr_array_unref (experiment->model);
  g_free (experiment->loss);
  g_ptr_array_unref (experiment->evaluate);
  g_free (experiment->target);
  g_ptr_array_unref (experiment->theory);
  g_clear_pointer (&experiment->opened, bp_opened_free);
  g_free (experiment);
}

static gpointer
copy_column (gconstpointer          source,
             G_GNUC_UNUSED gpointer data)
{
  const BpColumn *column = source;
  BpColumn *copy = bp_column_new (column->name);

  g_array_append_vals (copy->parts, column->parts->data, column->parts->len);

  return copy;
}

static gpointer
copy_placeholder (gconstpointer          source,
                  G_GNUC_UNUSED gpointer data)
{
  const BpPlaceholder *placeholder = source;
  BpPlaceholder *copy = bp_placeholder_new (placeholder->name);

  copy->columns = g_strdupv (placeholder->columns);

  return copy;
}

static gpointer
copy_variable (gconstpointer          source,
               G_GNUC_UNUSED gpointer data)
{
  return bp_variable_copy (source);
}

static gpointer
copy_theory (gconstpointer          source,
             G_GNUC_UNUSED gpointer data)
{
  const BpTheory *theory = source;

  return bp_theory_new (theory->variable, theory->value);
}

static gpointer
copy_definition (gconstpointer          source,
                 G_GNUC_UNUSED gpointer data)
{
  const BpDefinition *definition = source;

  return bp_definition_new (definition->name, definition->expression);
}

BpExperiment *
bp_experiment_copy (const BpExperiment *experiment)
{
  BpExperiment *copy;

  g_return_val_if_fail (experiment != NULL, NULL);

  copy = g_memdup2 (experiment, sizeof *experiment);
  copy->name = g_strdup (experiment->name);
  copy->title = g_strdup (experiment->title);
  copy->description = g_strdup (experiment->description);
  copy->changes = g_array_copy (experiment->changes);
  copy->columns = g_ptr_array_copy (experiment->columns, copy_column, NULL);
  copy->placeholders = g_ptr_array_copy (experiment->placeholders, copy_placeholder, NULL);
  copy->data_file = g_strdup (experiment->data_file);
  copy->folder = g_strdup (experiment->folder);
  copy->data_digest = g_strdup (experiment->data_digest);
  copy->batches = g_ptr_array_copy (experiment->batches, bp_numbered_line_copy, NULL);
  copy->edits = g_ptr_array_copy (experiment->edits, bp_numbered_line_copy, NULL);
  copy->variables = g_ptr_array_copy (experiment->variables, copy_variable, NULL);
  copy->model = g_ptr_array_copy (experiment->model, copy_definition, NULL);
  copy->loss = g_strdup (experiment->loss);
  copy->evaluate = g_ptr_array_copy (experiment->evaluate, copy_definition, NULL);
  copy->target = g_strdup (experiment->target);
  copy->theory = g_ptr_array_copy (experiment->theory, copy_theory, NULL);
  copy->opened = NULL;

  return copy;
}

BpVariable *
bp_experiment_find_variable (const BpExperiment *experiment,
                             const char         *name)
{
  g_return_val_if_fail (experiment != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < experiment->variables->len; i++)
    {
      BpVariable *variable = g_ptr_array_index (experiment->variables, i);

      if (g_str_equal (variable->name, name))
        return variable;
    }

  return NULL;
}

static guint64
get_variable_key (const BpExperiment *experiment,
                  const BpVariable   *variable)
{
  g_autofree char *label = g_strconcat ("variable/", variable->name, NULL);

  return bp_random_key (experiment->seed, label);
}

double
bp_experiment_get_start (const BpExperiment *experiment,
                         const BpVariable   *variable,
                         gsize               element)
{
  g_return_val_if_fail (experiment != NULL && variable != NULL, 0);

  return bp_variable_draw (variable, get_variable_key (experiment, variable), element);
}

void
bp_experiment_init_parameters (const BpExperiment *experiment,
                               double             *parameters)
{
  g_return_if_fail (experiment != NULL);
  g_return_if_fail (parameters != NULL);

  for (guint i = 0; i < experiment->variables->len; i++)
    {
      const BpVariable *variable = g_ptr_array_index (experiment->variables, i);
      const guint64 key = get_variable_key (experiment, variable);

      for (gsize j = 0; j < bp_shape_get_n_elements (&variable->shape); j++)
        *parameters++ = bp_variable_draw (variable, key, j);
    }
}
