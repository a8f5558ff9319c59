/* bp-experiment-runnable.c: whether an experiment can be run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "base/bp-nearest.h"

/* Accuracy compares the last of [Evaluate] with the target, sample by sample. */
static gboolean
check_prediction (const BpExperiment *experiment,
                  BpGraph            *graph,
                  GError            **error)
{
  if (experiment->target == NULL)
    return TRUE;

  const BpDefinition *last = g_ptr_array_index (experiment->evaluate, experiment->evaluate->len - 1);
  guint prediction = bp_graph_find (graph, last->name);
  gsize batch_size = experiment->settings.batch_size;

  if (bp_graph_get_n_elements (graph, prediction) == batch_size)
    return TRUE;

  g_autofree char *shape = bp_shape_to_string (bp_graph_get_shape (graph, prediction));

  g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
               _("the shape is %s for a batch of %zu; to compare it with “%s” takes one element a sample"),
               shape, batch_size, experiment->target);

  return bp_error_set_value (error, "Evaluate", last->name);
}

/* Whether the model takes the batch sizes that the run changes to. */
static gboolean
check_changes (const BpExperiment *experiment,
               GHashTable         *graphs,
               GError            **error)
{
  for (guint i = 0; i < experiment->changes->len; i++)
    {
      const BpSettingsChange *change = &g_array_index (experiment->changes, BpSettingsChange, i);
      const gsize batch_size = change->settings.batch_size;
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, change->iteration);
      BpGraph *graph;

      if (g_hash_table_contains (graphs, GSIZE_TO_POINTER (batch_size)))
        continue;

      graph = bp_experiment_create_graph (experiment, batch_size, error);
      if (graph == NULL)
        return bp_error_set_value (error, "Changes", key);
      g_hash_table_insert (graphs, GSIZE_TO_POINTER (batch_size), graph);
    }

  return TRUE;
}

/* A placeholder may have any name; one that nothing uses, almost called as a setting is, is that setting misspelt. */
static gboolean
check_columns (const BpExperiment *experiment,
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
          g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN,
                       _("no expression uses this placeholder; did you mean the setting “%s”?"), nearest);
          bp_error_set_suggestion (error, nearest);
          return bp_error_set_key (error, "Data", name);
        }
    }

  return TRUE;
}

/* What expressions call by its own name is a placeholder of its own. */
static void
add_columns (BpExperiment *experiment,
             BpDataset    *dataset)
{
  g_autoptr (GHashTable) free_names = bp_experiment_get_free_names (experiment);

  for (guint i = 0; i < bp_dataset_get_n_columns (dataset); i++)
    if (g_hash_table_contains (free_names, bp_dataset_get_name (dataset, i)))
      g_ptr_array_add (experiment->columns, bp_column_new (bp_dataset_get_name (dataset, i)));
}

gboolean
bp_experiment_check (BpExperiment *experiment,
                     GError      **error)
{
  const gsize batch_size = experiment->settings.batch_size;
  const gboolean has_source = bp_experiment_has_source (experiment);
  g_autoptr (BpDataset) dataset = NULL;
  g_autoptr (GHashTable) graphs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) bp_graph_unref);
  g_autoptr (BpGraph) first = NULL;
  BpGraph *graph;

  /* Who writes a model waits for no samples to see what is wrong in it. */
  if (!has_source && (first = bp_experiment_create_graph (experiment, batch_size, error)) == NULL)
    return FALSE;
  dataset = bp_experiment_create_dataset (experiment, error);
  if (dataset == NULL)
    return FALSE;

  if (has_source && experiment->columns->len == 0)
    add_columns (experiment, dataset);

  graph = first != NULL ? g_steal_pointer (&first) : bp_experiment_create_graph (experiment, batch_size, error);
  if (graph == NULL)
    return FALSE;
  g_hash_table_insert (graphs, GSIZE_TO_POINTER (batch_size), graph);
  if (!check_prediction (experiment, graph, error) || !bp_experiment_check_classes (experiment, graph, dataset, error)
      || !check_changes (experiment, graphs, error) || !check_columns (experiment, error))
    return FALSE;

  experiment->opened = g_new (BpOpened, 1);
  *experiment->opened = (BpOpened) {
    bp_experiment_dup_model (experiment), g_steal_pointer (&dataset), g_steal_pointer (&graphs)
  };

  return TRUE;
}
