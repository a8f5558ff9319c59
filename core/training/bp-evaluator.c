/* bp-evaluator.c: a model of many rows at parameters of one's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-evaluator.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-number.h"

/* Forward and backward, by forward alone. */
#define GRADIENT_COST 3

struct _BpEvaluator {
  BpSession *session;
  BpWork    *work;
  gsize      n_rows;
  double    *fed;  /* room for the elements of a placeholder */
  double     cost; /* of forward */
};

static guint
find_largest (BpGraph *graph)
{
  guint largest = 0;

  for (guint node = 1; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_get_n_elements (graph, node) > bp_graph_get_n_elements (graph, largest))
      largest = node;

  return largest;
}

/* Says what makes the graph too large: one tensor, or what is done with it. */
static gboolean
check_size (BpGraph *graph,
            gsize    n_rows,
            double   max_cost,
            GError **error)
{
  double n_elements = bp_work_get_n_elements (graph);
  double cost = bp_work_get_cost (graph);
  guint largest = find_largest (graph);
  g_autofree char *shape = NULL;
  g_autofree char *number = NULL;

  if (n_elements <= BP_EVALUATOR_MAX_ELEMENTS && cost <= max_cost)
    return TRUE;

  shape = bp_shape_to_string (bp_graph_get_shape (graph, largest));
  number = bp_number_format_digits (cost, 2);
  if (n_elements > BP_EVALUATOR_MAX_ELEMENTS || 4 * (double) bp_graph_get_n_elements (graph, largest) > cost)
    g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                 ngettext ("for %zu row at once, “%s” would be a tensor of shape %s",
                           "for %zu rows at once, “%s” would be a tensor of shape %s", n_rows),
                 n_rows, bp_graph_get_name (graph, largest), shape);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                 _("one evaluation of the loss takes about %s operations, too many for a plot"), number);

  return FALSE;
}

/* The most elements that a placeholder has. */
static gsize
get_n_fed (BpGraph *graph)
{
  gsize n = 0;

  for (guint i = 0; i < bp_graph_get_n_placeholders (graph); i++)
    n = MAX (n, bp_graph_get_n_elements (graph, bp_graph_get_placeholder (graph, i)));

  return n;
}

BpEvaluator *
bp_evaluator_new (BpGraph *graph,
                  gsize    n_rows,
                  double   max_cost,
                  GError **error)
{
  BpEvaluator *self;
  BpSession *session;

  g_return_val_if_fail (graph != NULL, NULL);

  session = check_size (graph, n_rows, max_cost, error) ? bp_session_new (graph, error) : NULL;
  if (session == NULL)
    return NULL;

  self = g_new0 (BpEvaluator, 1);
  self->session = session;
  self->n_rows = n_rows;
  self->fed = g_new (double, get_n_fed (graph));
  self->cost = bp_work_get_cost (graph);

  return self;
}

BpEvaluator *
bp_evaluator_new_for_data (const BpExperiment *experiment,
                           BpDataset          *dataset,
                           gboolean            test,
                           GError            **error)
{
  g_autoptr (BpGraph) graph = NULL;
  BpEvaluator *self;
  const gsize *rows;
  gsize n_rows;

  g_return_val_if_fail (experiment != NULL && dataset != NULL, NULL);

  rows = bp_dataset_get_rows (dataset, test, &n_rows);
  g_return_val_if_fail (n_rows > 0, NULL);
  graph = bp_experiment_create_graph (experiment, n_rows, error);
  self = graph != NULL ? bp_evaluator_new (graph, n_rows, INFINITY, error) : NULL;
  if (self != NULL)
    bp_evaluator_feed_rows (self, dataset, rows);

  return self;
}

void
bp_evaluator_free (BpEvaluator *evaluator)
{
  if (evaluator == NULL)
    return;

  bp_session_free (evaluator->session);
  g_free (evaluator->fed);
  g_free (evaluator);
}

BpGraph *
bp_evaluator_get_graph (BpEvaluator *evaluator)
{
  g_return_val_if_fail (evaluator != NULL, NULL);

  return bp_session_get_graph (evaluator->session);
}

BpSession *
bp_evaluator_get_session (BpEvaluator *evaluator)
{
  g_return_val_if_fail (evaluator != NULL, NULL);

  return evaluator->session;
}

gsize
bp_evaluator_get_n_rows (BpEvaluator *evaluator)
{
  g_return_val_if_fail (evaluator != NULL, 0);

  return evaluator->n_rows;
}

double
bp_evaluator_get_cost (BpEvaluator *evaluator)
{
  g_return_val_if_fail (evaluator != NULL, 0);

  return evaluator->cost;
}

void
bp_evaluator_set_work (BpEvaluator *evaluator,
                       BpWork      *work)
{
  g_return_if_fail (evaluator != NULL);

  evaluator->work = work;
}

void
bp_evaluator_feed_rows (BpEvaluator *evaluator,
                        BpDataset   *dataset,
                        const gsize *rows)
{
  BpGraph *graph;

  g_return_if_fail (evaluator != NULL && dataset != NULL && rows != NULL);

  graph = bp_evaluator_get_graph (evaluator);
  for (guint i = 0; i < bp_graph_get_n_placeholders (graph); i++)
    {
      guint placeholder = bp_graph_get_placeholder (graph, i);
      guint n_columns;
      const guint *columns = bp_dataset_find_all (dataset, bp_graph_get_name (graph, placeholder), &n_columns);

      for (guint k = 0; k < n_columns; k++)
        {
          const double *values = bp_dataset_get_column (dataset, columns[k]);

          for (gsize j = 0; j < evaluator->n_rows; j++)
            evaluator->fed[j * n_columns + k] = values[rows[j]];
        }
      bp_evaluator_feed (evaluator, placeholder, evaluator->fed);
    }
}

void
bp_evaluator_feed (BpEvaluator  *evaluator,
                   guint         placeholder,
                   const double *values)
{
  g_return_if_fail (evaluator != NULL && values != NULL);

  bp_session_feed (evaluator->session, placeholder, values,
                   bp_graph_get_n_elements (bp_evaluator_get_graph (evaluator), placeholder));
}

double
bp_evaluator_get_loss (BpEvaluator  *evaluator,
                       const double *parameters,
                       double       *gradient)
{
  BpGraph *graph;
  gsize n;

  g_return_val_if_fail (evaluator != NULL && parameters != NULL, (double) NAN);

  graph = bp_evaluator_get_graph (evaluator);
  n = bp_graph_get_n_parameters (graph);
  if (!bp_work_spend (evaluator->work, gradient != NULL ? GRADIENT_COST * evaluator->cost : evaluator->cost))
    {
      for (gsize i = 0; gradient != NULL && i < n; i++)
        gradient[i] = NAN;
      return NAN;
    }

  memcpy (bp_session_get_parameters (evaluator->session), parameters, n * sizeof (double));
  bp_session_forward (evaluator->session);
  if (gradient != NULL)
    {
      bp_session_backward (evaluator->session);
      memcpy (gradient, bp_session_get_parameter_gradients (evaluator->session), n * sizeof (double));
    }

  return bp_session_get_value (evaluator->session, bp_graph_get_loss (graph))[0];
}

const double *
bp_evaluator_get_values (BpEvaluator  *evaluator,
                         guint         node,
                         const double *parameters)
{
  g_return_val_if_fail (evaluator != NULL && parameters != NULL, NULL);

  if (bp_graph_get_n_elements (bp_evaluator_get_graph (evaluator), node) != evaluator->n_rows)
    return NULL;

  bp_evaluator_get_loss (evaluator, parameters, NULL);
  bp_session_forward_evaluation (evaluator->session);

  return bp_session_get_value (evaluator->session, node);
}

double
bp_evaluator_get_accuracy (BpEvaluator        *evaluator,
                           const BpExperiment *experiment,
                           const double       *parameters)
{
  const BpDefinition *last;
  const double *predictions, *targets;
  BpGraph *graph;
  gsize n_correct = 0;

  g_return_val_if_fail (evaluator != NULL && experiment != NULL && parameters != NULL, (double) NAN);

  if (experiment->target == NULL)
    return NAN;

  graph = bp_evaluator_get_graph (evaluator);
  last = g_ptr_array_index (experiment->evaluate, experiment->evaluate->len - 1);
  predictions = bp_evaluator_get_values (evaluator, bp_graph_find (graph, last->name), parameters);
  if (predictions == NULL)
    return NAN;

  targets = bp_session_get_value (evaluator->session, bp_graph_find (graph, experiment->target));
  for (gsize i = 0; i < evaluator->n_rows; i++)
    n_correct += predictions[i] == targets[i];

  return (double) n_correct / (double) evaluator->n_rows;
}
