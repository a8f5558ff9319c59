/* bp-probe.c: a model of so many rows, to ask what it makes of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-probe.h"

#include <string.h>

struct _BpProbe {
  BpSession *session;
  gsize      n_rows;
  double    *column;
  double     cost;
};

BpProbe *
bp_probe_new (BpGraph *graph,
              gsize    n_rows,
              double   max_cost,
              GError **error)
{
  BpSession *session = NULL;

  if (bp_evaluator_check_graph (graph, n_rows, max_cost, error))
    session = bp_session_new (graph, error);
  if (session == NULL)
    return NULL;

  BpProbe *probe = g_new0 (BpProbe, 1);
  probe->session = session;
  probe->n_rows = n_rows;
  probe->column = g_new0 (double, n_rows);
  probe->cost = bp_work_get_cost (graph);

  return probe;
}

void
bp_probe_free (BpProbe *probe)
{
  if (probe == NULL)
    return;

  bp_session_free (probe->session);
  g_free (probe->column);
  g_free (probe);
}

gsize
bp_probe_get_n_rows (BpProbe *probe)
{
  return probe->n_rows;
}

double
bp_probe_get_cost (BpProbe *probe)
{
  return probe->cost;
}

BpGraph *
bp_probe_get_graph (BpProbe *probe)
{
  return bp_session_get_graph (probe->session);
}

void
bp_probe_feed_rows (BpProbe     *probe,
                    BpDataset   *dataset,
                    const gsize *rows)
{
  BpGraph *graph = bp_probe_get_graph (probe);

  for (guint i = 0; i < bp_graph_get_n_placeholders (graph); i++)
    {
      guint placeholder = bp_graph_get_placeholder (graph, i);
      guint column = bp_dataset_find (dataset, bp_graph_get_name (graph, placeholder));

      if (column == G_MAXUINT)
        continue;

      const double *values = bp_dataset_get_column (dataset, column);
      for (gsize j = 0; j < probe->n_rows; j++)
        probe->column[j] = values[rows[j]];
      bp_session_feed (probe->session, placeholder, probe->column, probe->n_rows);
    }
}

void
bp_probe_feed (BpProbe      *probe,
               guint         placeholder,
               const double *values)
{
  bp_session_feed (probe->session, placeholder, values, probe->n_rows);
}

static void
forward (BpProbe      *probe,
         const double *parameters)
{
  gsize n = bp_graph_get_n_parameters (bp_probe_get_graph (probe));

  memcpy (bp_session_get_parameters (probe->session), parameters, n * sizeof (double));
  bp_session_forward (probe->session);
}

double
bp_probe_get_loss (BpProbe      *probe,
                   const double *parameters)
{
  forward (probe, parameters);

  return bp_session_get_value (probe->session, bp_graph_get_loss (bp_probe_get_graph (probe)))[0];
}

const double *
bp_probe_evaluate (BpProbe      *probe,
                   guint         node,
                   const double *parameters)
{
  if (bp_graph_get_n_elements (bp_probe_get_graph (probe), node) != probe->n_rows)
    return NULL;

  forward (probe, parameters);
  bp_session_forward_evaluation (probe->session);

  return bp_session_get_value (probe->session, node);
}
