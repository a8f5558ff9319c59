/* bp-experiment-classes.c: classes that a model cannot know
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

/* What messages call the class @value of @column: its name where it has one. */
static char *
describe_class (BpDataset *dataset,
                guint      column,
                double     value)
{
  const char * const *names = bp_dataset_get_classes (dataset, column);

  return names != NULL ? bp_text_quote (names[(guint) value], -1) : bp_number_to_shortest (value);
}

/* Fails if a row held out has in @column what no row to train on has. */
static gboolean
check_held_out (BpDataset *dataset,
                guint      column,
                GError   **error)
{
  const double *values = bp_dataset_get_column (dataset, column);
  gsize n_train, n_test;
  const gsize *train = bp_dataset_get_rows (dataset, FALSE, &n_train);
  const gsize *test = bp_dataset_get_rows (dataset, TRUE, &n_test);
  g_autoptr (GHashTable) known = g_hash_table_new (g_double_hash, g_double_equal);
  g_autofree char *class = NULL;

  for (gsize i = 0; n_test > 0 && i < n_train; i++)
    g_hash_table_add (known, (gpointer) &values[train[i]]);
  for (gsize i = 0; i < n_test; i++)
    if (!g_hash_table_contains (known, &values[test[i]]))
      {
        class = describe_class (dataset, column, values[test[i]]);
        g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                     _("class %s of “%s” is only in the rows held out, so that training would never see it; another "
                       "Seed or another Test holds out others"), class, bp_dataset_get_name (dataset, column));
        return bp_error_set_value (error, "Data", "Test");
      }

  return TRUE;
}

gboolean
bp_experiment_check_held_out (const BpExperiment *experiment,
                              BpDataset          *dataset,
                              GError            **error)
{
  gboolean is_made = experiment->generator.kind != BP_GENERATOR_NONE;

  for (guint i = 0; i < bp_dataset_get_n_columns (dataset); i++)
    if ((bp_dataset_get_classes (dataset, i) != NULL
         || (is_made && g_str_equal (bp_dataset_get_name (dataset, i), BP_GENERATOR_LABEL)))
        && !check_held_out (dataset, i, error))
      return FALSE;

  return TRUE;
}
