/* bp-command-trace.c: writes the numbers of each iteration as CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command.h"

#include <math.h>

#include "base/bp-number.h"
#include "experiment/bp-csv.h"
#include "plots/bp-plots.h"

static void
append_field (GString    *row,
              const char *field)
{
  if (row->len > 0)
    g_string_append_c (row, ',');
  bp_csv_append_field (row, field);
}

static void
append_column (GString    *row,
               const char *name,
               const char *suffix)
{
  g_autofree char *column = g_strconcat (name, suffix, NULL);

  append_field (row, column);
}

static void
append_numbers (GString      *row,
                const double *values,
                gsize         n_values)
{
  for (gsize i = 0; i < n_values; i++)
    {
      g_string_append_c (row, ',');
      bp_number_append_exact (row, values[i]);
    }
}

static void
append_variable_columns (GString    *row,
                         BpGraph    *graph,
                         const char *suffix)
{
  for (gsize i = 0; i < bp_graph_get_n_parameters (graph); i++)
    {
      g_autofree char *name = bp_plot_get_parameter_name (graph, i);

      append_column (row, name, suffix);
    }
}

static void
append_header (GString *row,
               BpGraph *graph)
{
  append_field (row, "iteration");
  append_variable_columns (row, graph, "_before");
  append_field (row, "loss");
  append_variable_columns (row, graph, "_gradient");
  append_variable_columns (row, graph, "_after");
  append_field (row, "loss_after");
}

/* The gradient of a variable is among the columns that do not need --nodes. */
static gboolean
has_gradient_column (BpGraph *graph,
                     guint    node)
{
  return bp_graph_get_op (graph, node) != BP_OP_VARIABLE;
}

/* Adds columns for the nodes that have one element at the start. The columns stay when another batch size gives a node
 * another shape. Returns: (transfer full): the names of the nodes */
static GPtrArray *
append_node_columns (GString *row,
                     BpGraph *graph)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_get_n_elements (graph, node) == 1)
      {
        g_ptr_array_add (names, g_strdup (bp_graph_get_name (graph, node)));
        append_column (row, bp_graph_get_name (graph, node), "_value");
        if (has_gradient_column (graph, node))
          append_column (row, bp_graph_get_name (graph, node), "_gradient");
      }

  return names;
}

/* Returns: (nullable): the value of @node in the iteration; of a variable it is that before the update, from which the
 * other nodes were computed */
static const double *
find_value (BpTrainer *trainer,
            guint      node)
{
  const double *values = bp_session_get_value (bp_trainer_get_session (trainer), node);
  const double *parameters = bp_session_get_parameters (bp_trainer_get_session (trainer));

  if (bp_graph_get_op (bp_trainer_get_graph (trainer), node) == BP_OP_VARIABLE)
    return bp_trainer_get_previous_parameters (trainer) + (values - parameters);

  return bp_trainer_has_value (trainer, node) ? values : NULL;
}

static void
append_node (GString   *row,
             BpTrainer *trainer,
             guint      node)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  gboolean has_column = node != BP_NODE_NONE && bp_graph_get_n_elements (graph, node) == 1;
  const double *value = has_column ? find_value (trainer, node) : NULL;

  g_string_append_c (row, ',');
  if (value != NULL)
    bp_number_append_exact (row, *value);

  if (node != BP_NODE_NONE && !has_gradient_column (graph, node))
    return;

  g_string_append_c (row, ',');
  if (has_column && bp_trainer_has_gradient (trainer, node))
    bp_number_append_exact (row, *bp_session_get_gradient (bp_trainer_get_session (trainer), node));
}

static void
append_row (GString   *row,
            BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  gsize n_parameters = bp_graph_get_n_parameters (graph);
  double loss_after = bp_trainer_get_loss_after (trainer);

  g_string_append_printf (row, "%" G_GINT64_FORMAT, bp_trainer_get_cursor (trainer).iteration);
  append_numbers (row, bp_trainer_get_previous_parameters (trainer), n_parameters);
  append_numbers (row, bp_session_get_value (session, bp_graph_get_loss (graph)), 1);
  append_numbers (row, bp_session_get_parameter_gradients (session), n_parameters);
  append_numbers (row, bp_session_get_parameters (session), n_parameters);
  append_numbers (row, &loss_after, 1);
}

static gboolean
write_row (GString *row,
           GError **error)
{
  g_string_append_c (row, '\n');

  return bp_command_write (row, error);
}

gboolean
bp_command_trace (const BpCommandOptions *options,
                  GError                **error)
{
  g_autoptr (BpTrainer) trainer = bp_command_create_trainer (options, error);
  g_autoptr (GString) row = g_string_new (NULL);
  g_autoptr (GPtrArray) names = NULL;

  if (trainer == NULL)
    return FALSE;

  append_header (row, bp_trainer_get_graph (trainer));
  if (options->nodes)
    names = append_node_columns (row, bp_trainer_get_graph (trainer));
  if (!write_row (row, error))
    return FALSE;

  while (bp_trainer_run (trainer, 1) == 1)
    {
      append_row (row, trainer);
      for (guint i = 0; names != NULL && i < names->len; i++)
        append_node (row, trainer, bp_graph_find (bp_trainer_get_graph (trainer), g_ptr_array_index (names, i)));
      if (!write_row (row, error))
        return FALSE;
    }

  if (bp_trainer_get_status (trainer) == BP_STATUS_FINISHED)
    return TRUE;

  bp_command_set_diverged_error (error, trainer);

  return FALSE;
}
