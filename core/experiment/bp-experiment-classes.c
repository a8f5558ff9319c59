/* bp-experiment-classes.c: classes that a model cannot know
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

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

/* Data that the model uses as classes */

/* The placeholder whose numbers @node has, in whatever shape, or BP_NODE_NONE. */
static guint
find_placeholder (BpGraph *graph,
                  guint    node)
{
  switch ((int) bp_graph_get_op (graph, node))
    {
    case BP_OP_PLACEHOLDER:
      return node;
    case BP_OP_IDENTITY:
    case BP_OP_STOP_GRADIENT:
    case BP_OP_TRANSPOSE:
    case BP_OP_EXPAND_DIMS:
    case BP_OP_RESHAPE:
      return find_placeholder (graph, bp_graph_get_input (graph, node, 0));
    default:
      return BP_NODE_NONE;
    }
}

/* Of how many classes @node takes one of each element of its first input, or 0. */
static gsize
get_n_classes (BpGraph *graph,
               guint    node)
{
  const BpShape *logits;

  if (bp_graph_get_op (graph, node) == BP_OP_ONE_HOT)
    return bp_graph_get_attributes (graph, node)->depth;
  if (bp_graph_get_op (graph, node) != BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY)
    return 0;

  logits = bp_graph_get_shape (graph, bp_graph_get_input (graph, node, 1));

  return logits->dims[logits->rank - 1];
}

/* The column that @node takes classes from, or G_MAXUINT. */
static guint
find_column (BpGraph   *graph,
             guint      node,
             BpDataset *dataset)
{
  const guint placeholder = get_n_classes (graph, node) > 0
                            ? find_placeholder (graph, bp_graph_get_input (graph, node, 0)) : BP_NODE_NONE;

  return placeholder != BP_NODE_NONE ? bp_dataset_find (dataset, bp_graph_get_name (graph, placeholder)) : G_MAXUINT;
}

/* Says it of the definition that @node belongs to: its own, or the next that has a name. */
static gboolean
fail_class (BpGraph    *graph,
            guint       node,
            BpDataset  *dataset,
            guint       column,
            gsize       row,
            GError    **error)
{
  const double value = bp_dataset_get_column (dataset, column)[row];
  g_autofree char *number = bp_number_to_shortest (value);
  g_autofree char *class = describe_class (dataset, column, value);
  g_autofree char *both = g_str_equal (number, class) ? g_strdup (number) : g_strdup_printf ("%s (%s)", number, class);

  if (row >= bp_dataset_get_n_samples (dataset))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is %s in a typed sample, and the classes are 0 to %zu"),
                   bp_dataset_get_name (dataset, column), both, get_n_classes (graph, node) - 1);
      return bp_error_set_key (error, "Batches", NULL);
    }
  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is %s in row %zu, and the classes are 0 to %zu"),
               bp_dataset_get_name (dataset, column), both, row + 1, get_n_classes (graph, node) - 1);
  while (bp_graph_is_anonymous (graph, node) && node + 1 < bp_graph_get_n_nodes (graph))
    node++;

  return bp_error_set_value (error, bp_graph_is_evaluation (graph, node) ? "Evaluate" : "Model",
                             bp_graph_get_name (graph, node));
}

/* Labels that somebody types */

/* Whether @node takes the labels of a sigmoid from @column, alone or with others. */
static gboolean
is_labels (BpGraph   *graph,
           guint      node,
           BpDataset *dataset,
           guint      column)
{
  guint n_columns;
  const guint *columns;
  guint placeholder;

  if (bp_graph_get_op (graph, node) != BP_OP_SIGMOID_CROSS_ENTROPY)
    return FALSE;
  placeholder = find_placeholder (graph, bp_graph_get_input (graph, node, 0));
  if (placeholder == BP_NODE_NONE)
    return FALSE;
  columns = bp_dataset_find_all (dataset, bp_graph_get_name (graph, placeholder), &n_columns);
  for (guint i = 0; i < n_columns; i++)
    if (columns[i] == column)
      return TRUE;

  return FALSE;
}

double
bp_experiment_get_greatest (BpGraph   *graph,
                            BpDataset *dataset,
                            guint      column,
                            gboolean  *is_class)
{
  const char * const *classes;

  g_return_val_if_fail (graph != NULL && dataset != NULL && is_class != NULL, INFINITY);

  *is_class = TRUE;
  classes = bp_dataset_get_classes (dataset, column);
  if (classes != NULL)
    return g_strv_length ((char **) classes) - 1.0;
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (find_column (graph, node, dataset) == column)
      return get_n_classes (graph, node) - 1.0;

  *is_class = FALSE;
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (is_labels (graph, node, dataset, column))
      return 1;

  return INFINITY;
}

gboolean
bp_experiment_check_label (BpGraph   *graph,
                           BpDataset *dataset,
                           guint      column,
                           double     value,
                           GError   **error)
{
  gboolean is_class;
  const double greatest = bp_experiment_get_greatest (graph, dataset, column, &is_class);
  const char *name = bp_dataset_get_name (dataset, column);
  g_autofree char *number = bp_number_to_shortest (value);

  if (is_class ? bp_op_is_class (value, (gsize) greatest + 1) : !isfinite (greatest) || (value >= 0 && value <= 1))
    return TRUE;

  if (is_class)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is %s, and the classes are 0 to %.0f"), name, number,
                 greatest);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is %s, and labels of a sigmoid cross entropy are from 0 to "
                                                    "1"), name, number);

  return FALSE;
}

/* Data may have other labels, to see what becomes of that; what is typed is more likely a mistake. */
static gboolean
check_labels (const BpExperiment *experiment,
              BpGraph            *graph,
              BpDataset          *dataset,
              GError            **error)
{
  const guint n_columns = bp_dataset_get_n_columns (dataset);
  const gsize n_samples = bp_dataset_get_n_samples (dataset);
  g_autofree double *values = g_new (double, n_columns);

  for (gsize row = 0; row < bp_dataset_get_n_typed (dataset); row++)
    for (guint i = 0; i < n_columns; i++)
      if (!bp_experiment_check_label (graph, dataset, i, bp_dataset_get_column (dataset, i)[n_samples + row], error))
        return bp_error_set_key (error, "Batches", NULL);

  for (guint i = 0; i < experiment->edits->len; i++)
    {
      const BpNumberedLine *edit = g_ptr_array_index (experiment->edits, i);
      g_autofree char *key = g_strdup_printf ("%" PRId64, edit->number);

      for (guint j = 0; j < n_columns; j++)
        values[j] = NAN;
      bp_experiment_read_values (dataset, edit->text, edit->text, edit->text + strlen (edit->text), FALSE, values,
                                 NULL);
      for (guint j = 0; j < n_columns; j++)
        if (!isnan (values[j]) && !bp_experiment_check_label (graph, dataset, j, values[j], error))
          return bp_error_set_value (error, "Edits", key);
    }

  return TRUE;
}

gboolean
bp_experiment_check_classes (const BpExperiment *experiment,
                             BpGraph            *graph,
                             BpDataset          *dataset,
                             GError            **error)
{
  const gsize n_rows = bp_dataset_get_n_samples (dataset) + bp_dataset_get_n_typed (dataset);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      const gsize n_classes = get_n_classes (graph, node);
      const guint column = find_column (graph, node, dataset);

      for (gsize row = 0; column != G_MAXUINT && row < n_rows; row++)
        if (!bp_op_is_class (bp_dataset_get_column (dataset, column)[row], n_classes))
          return fail_class (graph, node, dataset, column, row, error);
      if (column != G_MAXUINT && !check_held_out (dataset, column, error))
        return FALSE;
    }

  return check_labels (experiment, graph, dataset, error);
}
