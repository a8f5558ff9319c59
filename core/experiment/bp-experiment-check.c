/* bp-experiment-check.c: whether an experiment can be run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "base/bp-nearest.h"

/* The columns of the data file that the model uses become placeholders. */
static gboolean
check_dataset (BpExperiment *experiment,
               BpPlace      *place,
               GError      **error)
{
  g_autoptr (BpDataset) dataset = bp_experiment_build_dataset (experiment, place, error);

  if (dataset == NULL)
    return FALSE;

  if (experiment->data_file != NULL && experiment->columns->len == 0)
    for (guint i = 0; i < bp_dataset_get_n_columns (dataset); i++)
      g_ptr_array_add (experiment->columns, bp_column_new (bp_dataset_get_name (dataset, i)));

  return TRUE;
}

/* Accuracy compares the last of [Evaluate] with the target, sample by sample. */
static gboolean
check_prediction (const BpExperiment *experiment,
                  BpGraph            *graph,
                  BpPlace            *place,
                  GError            **error)
{
  if (experiment->target == NULL)
    return TRUE;

  const BpDefinition *last = g_ptr_array_index (experiment->evaluate, experiment->evaluate->len - 1);
  guint prediction = bp_graph_find (graph, last->name);
  gsize batch_size = experiment->settings.batch_size;

  *place = (BpPlace) { "Evaluate", last->name };
  if (bp_graph_get_n_elements (graph, prediction) == batch_size)
    return TRUE;

  g_autofree char *shape = bp_shape_to_string (bp_graph_get_shape (graph, prediction));

  g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
               _("the shape is %s for a batch of %zu; to compare it with “%s” takes one element a sample"),
               shape, batch_size, experiment->target);

  return FALSE;
}

static gboolean
check_graph (const BpExperiment *experiment,
             BpPlace            *place,
             GError            **error)
{
  g_autoptr (BpGraph) graph = bp_experiment_build_graph (experiment, experiment->settings.batch_size, place, error);

  return graph != NULL && check_prediction (experiment, graph, place, error);
}

/* Whether the model takes the batch sizes that the run changes to. */
static gboolean
check_changes (const BpExperiment *experiment,
               BpPlace            *place,
               GError            **error)
{
  g_autoptr (GHashTable) checked = g_hash_table_new (NULL, NULL);

  g_hash_table_add (checked, GSIZE_TO_POINTER (experiment->settings.batch_size));
  for (guint i = 0; i < experiment->changes->len; i++)
    {
      const BpSettingsChange *change = &g_array_index (experiment->changes, BpSettingsChange, i);
      g_autoptr (BpGraph) graph = NULL;

      if (!g_hash_table_add (checked, GSIZE_TO_POINTER (change->settings.batch_size)))
        continue;

      *place = (BpPlace) { "Changes", place->text };
      g_snprintf (place->text, sizeof place->text, "%" G_GINT64_FORMAT, change->iteration);
      graph = bp_experiment_create_graph (experiment, change->settings.batch_size, error);
      if (graph == NULL)
        return FALSE;
    }

  return TRUE;
}

/* A placeholder may have any name; one that nothing uses, almost called as a setting is, is that setting misspelt. */
static gboolean
check_columns (const BpExperiment *experiment,
               BpPlace            *place,
               GError            **error)
{
  g_autoptr (GHashTable) used = bp_experiment_get_used_names (experiment);
  g_autoptr (GPtrArray) known = bp_experiment_get_known_keys ("Data");

  for (guint i = 0; i < experiment->columns->len; i++)
    {
      const char *name = ((const BpColumn *) g_ptr_array_index (experiment->columns, i))->name;
      const char *nearest = bp_nearest_find (name, (const char * const *) known->pdata);

      if (nearest != NULL && !g_hash_table_contains (used, name))
        {
          *place = (BpPlace) { "Data", name };
          g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN,
                       _("no expression uses this placeholder; did you mean the setting “%s”?"), nearest);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
bp_experiment_check (BpExperiment *experiment,
                     BpPlace      *place,
                     GError      **error)
{
  return check_dataset (experiment, place, error) &&
         check_graph (experiment, place, error) &&
         check_changes (experiment, place, error) &&
         check_columns (experiment, place, error);
}
