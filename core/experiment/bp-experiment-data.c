/* bp-experiment-data.c: from an experiment to its dataset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "experiment/bp-builtin-private.h"
#include "base/bp-nearest.h"
#include "experiment/bp-setting.h"
#include "base/bp-text.h"

char *
bp_experiment_get_data_path (const BpExperiment *experiment)
{
  const char *folder = experiment->folder;

  if (folder == NULL || g_str_equal (folder, ".") || g_path_is_absolute (experiment->data_file) ||
      bp_experiment_has_builtin_data (experiment))
    return g_strdup (experiment->data_file);

  return g_build_filename (folder, experiment->data_file, NULL);
}

gboolean
bp_experiment_has_source (const BpExperiment *experiment)
{
  return experiment->data_file != NULL || experiment->generator.kind != BP_GENERATOR_NONE;
}

/* The columns of the data file: those it is known to have, or what may be some of them. */
static GHashTable *
get_column_names (const BpExperiment *experiment)
{
  GHashTable *names = experiment->columns->len == 0 ? bp_experiment_get_free_names (experiment)
                                                    : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < experiment->columns->len; i++)
    g_hash_table_add (names, g_strdup (((const BpColumn *) g_ptr_array_index (experiment->columns, i))->name));
  for (guint i = 0; i < experiment->placeholders->len; i++)
    for (char **name = ((BpPlaceholder *) g_ptr_array_index (experiment->placeholders, i))->columns; *name != NULL;
         name++)
      g_hash_table_add (names, g_strdup (*name));

  return names;
}

static BpDataset *
load_dataset (const BpExperiment *experiment,
              GError            **error)
{
  g_autoptr (GHashTable) set = get_column_names (experiment);
  g_autofree const char **names = (const char **) g_hash_table_get_keys_as_array (set, NULL);
  g_autofree char *path = bp_experiment_get_data_path (experiment);
  g_autoptr (BpDataset) dataset = NULL;

  dataset = bp_dataset_new_from_csv (experiment->seed, path, &experiment->data_format, names, error);
  if (dataset == NULL)
    bp_error_set_value (error, "Data", "File");

  for (guint i = 0; dataset != NULL && i < experiment->columns->len; i++)
    {
      const BpColumn *column = g_ptr_array_index (experiment->columns, i);

      if (bp_dataset_find (dataset, column->name) == G_MAXUINT)
        {
          g_autofree char *file = bp_text_quote (experiment->data_file, -1);

          g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN, _("%s has no column “%s”"), file, column->name);
          bp_error_set_value (error, "Data", "File");
          return NULL;
        }
    }

  return g_steal_pointer (&dataset);
}

static gboolean
check_setting (const BpExperiment *experiment,
               const char         *key,
               GError            **error)
{
  return bp_setting_check (bp_setting_find (key), experiment, error) || bp_error_set_value (error, "Data", key);
}

static BpDataset *
draw_dataset (const BpExperiment *experiment,
              GError            **error)
{
  guint n_columns = experiment->columns->len;
  g_autofree const char **names = g_new0 (const char *, n_columns + 1);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  BpDataset *dataset;

  if (!check_setting (experiment, "Samples", error))
    return NULL;

  for (guint i = 0; i < n_columns; i++)
    {
      const BpColumn *column = g_ptr_array_index (experiment->columns, i);

      names[i] = column->name;
      g_ptr_array_add (parts, column->parts);
    }

  dataset = bp_dataset_new_from_distributions (experiment->seed, names, parts, experiment->samples, error);
  if (dataset == NULL)
    bp_error_set_key (error, "Data", NULL);

  return dataset;
}

/* Sets an error that says the column that @placeholder lacks. */
static void
explain_lack (const BpExperiment  *experiment,
              BpDataset           *dataset,
              const BpPlaceholder *placeholder,
              GError             **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *sentence = NULL;
  const char *lacking = NULL;

  for (guint i = 0; placeholder->columns[i] != NULL && lacking == NULL; i++)
    if (bp_dataset_find (dataset, placeholder->columns[i]) == G_MAXUINT)
      lacking = placeholder->columns[i];
  for (guint i = 0; i < bp_dataset_get_n_columns (dataset); i++)
    g_ptr_array_add (names, (gpointer) bp_dataset_get_name (dataset, i));
  g_ptr_array_add (names, NULL);

  sentence = g_strdup_printf (_("there is no column “%s”"), lacking);
  bp_nearest_set_error (error, sentence, lacking, (const char * const *) names->pdata);
  bp_experiment_explain_columns (experiment, NULL, lacking, FALSE, error);
  bp_error_set_value (error, "Data", placeholder->name);
}

static gboolean
join_columns (const BpExperiment *experiment,
              BpDataset          *dataset,
              GError            **error)
{
  for (guint i = 0; i < experiment->placeholders->len; i++)
    {
      const BpPlaceholder *placeholder = g_ptr_array_index (experiment->placeholders, i);

      if (!bp_dataset_join (dataset, placeholder->name, (const char * const *) placeholder->columns))
        {
          explain_lack (experiment, dataset, placeholder, error);
          return FALSE;
        }
    }

  return TRUE;
}

BpDataset *
bp_experiment_create_dataset (const BpExperiment *experiment,
                              GError            **error)
{
  static const char * const no_names[] = { NULL };
  g_autoptr (BpDataset) dataset = NULL;

  g_return_val_if_fail (experiment != NULL, NULL);

  if (!check_setting (experiment, "Test", error))
    return NULL;

  if (experiment->opened != NULL && experiment->opened->dataset != NULL && bp_experiment_is_as_opened (experiment))
    return g_steal_pointer (&experiment->opened->dataset);

  if (experiment->data_file != NULL)
    dataset = load_dataset (experiment, error);
  else if (experiment->generator.kind != BP_GENERATOR_NONE)
    dataset = bp_generator_create_dataset (&experiment->generator, experiment->seed, error);
  else if (experiment->columns->len > 0)
    dataset = draw_dataset (experiment, error);
  else
    dataset = bp_dataset_new (experiment->seed, no_names, NULL, 1);

  if (dataset == NULL || !join_columns (experiment, dataset, error))
    return NULL;

  bp_dataset_set_sampling (dataset, experiment->sampling);
  bp_dataset_set_test_share (dataset, experiment->test_share);
  if (!bp_experiment_check_held_out (experiment, dataset, error)
      || !bp_experiment_edit_samples (experiment, dataset, error)
      || !bp_experiment_choose_batches (experiment, dataset, error))
    return NULL;

  return g_steal_pointer (&dataset);
}

gboolean
bp_experiment_has_builtin_data (const BpExperiment *experiment)
{
  g_return_val_if_fail (experiment != NULL, FALSE);

  return experiment->data_file != NULL && bp_builtin_find_file (experiment->data_file) != NULL;
}

gboolean
bp_experiment_has_other_data (const BpExperiment *before,
                              const BpExperiment *now)
{
  g_return_val_if_fail (before != NULL && now != NULL, FALSE);

  return before->data_digest != NULL && now->data_digest != NULL
         && !g_str_equal (before->data_digest, now->data_digest);
}
