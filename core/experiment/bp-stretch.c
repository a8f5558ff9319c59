/* bp-stretch.c: two vectors of samples that broadcasting makes a matrix of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-stretch.h"

#include <glib/gi18n-lib.h>

/* Whether the inputs of @node are a vector of @n and a column of @n. */
static gboolean
is_stretched (BpGraph   *graph,
              guint      node,
              gsize      n,
              BpStretch *stretch)
{
  if (!bp_op_get_class (bp_graph_get_op (graph, node))->elementwise || bp_graph_get_n_inputs (graph, node) != 2)
    return FALSE;

  for (guint i = 0; i < 2; i++)
    {
      const BpShape *vector = bp_graph_get_shape (graph, bp_graph_get_input (graph, node, i));
      const BpShape *column = bp_graph_get_shape (graph, bp_graph_get_input (graph, node, 1 - i));

      if (vector->rank == 1 && vector->dims[0] == n && column->rank == 2 && column->dims[0] == n &&
          column->dims[1] == 1)
        {
          *stretch = (BpStretch) { node, i };
          return TRUE;
        }
    }

  return FALSE;
}

/* A size of one graph may be the batch's or one that happens to be the same, such as a layer's: another graph tells. */
gboolean
bp_stretch_find (const BpExperiment *experiment,
                 BpGraph            *graph,
                 BpStretch          *stretch)
{
  g_autoptr (BpGraph) other = NULL;

  g_return_val_if_fail (experiment != NULL && graph != NULL && stretch != NULL, FALSE);

  if (bp_graph_get_n_placeholders (graph) == 0)
    return FALSE;

  const gsize n = bp_graph_get_shape (graph, bp_graph_get_placeholder (graph, 0))->dims[0];

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_needs_gradient (graph, node) && is_stretched (graph, node, n, stretch))
      {
        if (other == NULL)
          other = bp_experiment_create_graph (experiment, n + 1, NULL);
        if (other == NULL || is_stretched (other, node, n + 1, stretch))
          return other != NULL;
      }

  return FALSE;
}

char *
bp_stretch_describe (const BpStretch *stretch,
                     BpGraph         *graph)
{
  const char *names[2];
  guint vector;

  g_return_val_if_fail (stretch != NULL && graph != NULL, NULL);

  for (guint i = 0; i < 2; i++)
    names[i] = bp_graph_get_name (graph, bp_graph_get_input (graph, stretch->node, i));
  vector = bp_graph_get_input (graph, stretch->node, stretch->vector);

  /* Translators: names of two nodes, of the node that takes them, and what to write: a name, or an ellipsis. */
  return g_strdup_printf (_("Two vectors, “%s” [batch, 1] and “%s” [batch], become a [batch, batch] matrix in “%s”; "
                            "expand_dims(%s, 1) is probably meant."),
                          names[1 - stretch->vector], names[stretch->vector],
                          bp_graph_get_name (graph, stretch->node),
                          bp_graph_is_anonymous (graph, vector) ? "…" : names[stretch->vector]);
}
