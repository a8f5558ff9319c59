/* bp-evaluator.c: what is true of all the data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-evaluator.h"

#include <math.h>
#include <string.h>

#include "bp-landscape.h"
#include "bp-session.h"

/* Of more rows the worst curvature is that of so many, evenly spaced. */
#define MAX_WORST_ROWS 2000

/* A graph for so many rows at once, and its numbers. */
typedef struct {
  BpSession *session;
  gsize      n_rows;
  double    *column;
} Batch;

struct _BpEvaluator {
  BpExperiment *experiment;
  BpDataset    *dataset;
  gsize         n_parameters;
  Batch        *train;
  Batch        *test;  /* NULL when no rows are held out */
  Batch        *other; /* rows that were last asked for by number; NULL before */
};

static void
batch_free (Batch *self)
{
  g_clear_pointer (&self->session, bp_session_free);
  g_free (self->column);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, batch_free)

static Batch *
batch_new (const BpExperiment *experiment,
           gsize               n_rows,
           GError            **error)
{
  g_autoptr (Batch) self = g_new0 (Batch, 1);
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (experiment, n_rows, error);

  if (graph == NULL)
    return NULL;

  self->session = bp_session_new (graph, error);
  if (self->session == NULL)
    return NULL;

  self->n_rows = n_rows;
  self->column = g_new (double, n_rows);

  return g_steal_pointer (&self);
}

static void
batch_feed (Batch       *self,
            BpDataset   *dataset,
            const gsize *rows)
{
  BpGraph *graph = bp_session_get_graph (self->session);

  for (guint i = 0; i < bp_graph_get_n_placeholders (graph); i++)
    {
      guint placeholder = bp_graph_get_placeholder (graph, i);
      guint index = bp_dataset_find (dataset, bp_graph_get_name (graph, placeholder));
      const double *column = bp_dataset_get_column (dataset, index);

      for (gsize j = 0; j < self->n_rows; j++)
        self->column[j] = column[rows[j]];
      bp_session_feed (self->session, placeholder, self->column, self->n_rows);
    }
}

/* The loss at @parameters, and its gradient if wanted: a BpLandscapeFunc. */
static double
batch_evaluate (gpointer      data,
                const double *parameters,
                double       *gradient)
{
  Batch *self = data;
  BpGraph *graph = bp_session_get_graph (self->session);
  gsize size = bp_graph_get_n_parameters (graph) * sizeof (double);

  memcpy (bp_session_get_parameters (self->session), parameters, size);
  bp_session_forward (self->session);
  if (gradient != NULL)
    {
      bp_session_backward (self->session);
      memcpy (gradient, bp_session_get_parameter_gradients (self->session), size);
    }

  return bp_session_get_value (self->session, bp_graph_get_loss (graph))[0];
}

/* A batch of all rows of a subset; @batch: (out): NULL if the subset has none */
static gboolean
create_batch (BpEvaluator *self,
              gboolean     test,
              Batch      **batch,
              GError     **error)
{
  gsize n_rows;
  const gsize *rows = bp_dataset_get_rows (self->dataset, test, &n_rows);

  if (n_rows == 0)
    return TRUE;

  *batch = batch_new (self->experiment, n_rows, error);
  if (*batch == NULL)
    return FALSE;
  batch_feed (*batch, self->dataset, rows);

  return TRUE;
}

BpEvaluator *
bp_evaluator_new (const BpExperiment *experiment,
                  BpDataset          *dataset,
                  GError            **error)
{
  g_autoptr (BpEvaluator) self = NULL;

  g_return_val_if_fail (experiment != NULL, NULL);
  g_return_val_if_fail (dataset != NULL, NULL);

  self = g_new0 (BpEvaluator, 1);
  self->experiment = bp_experiment_copy (experiment);
  self->dataset = dataset;

  if (!create_batch (self, FALSE, &self->train, error) || !create_batch (self, TRUE, &self->test, error))
    return NULL;
  self->n_parameters = bp_graph_get_n_parameters (bp_session_get_graph (self->train->session));

  return g_steal_pointer (&self);
}

void
bp_evaluator_free (BpEvaluator *evaluator)
{
  if (evaluator == NULL)
    return;

  g_clear_pointer (&evaluator->train, batch_free);
  g_clear_pointer (&evaluator->test, batch_free);
  g_clear_pointer (&evaluator->other, batch_free);
  bp_experiment_free (evaluator->experiment);
  g_free (evaluator);
}

gsize
bp_evaluator_get_n_parameters (BpEvaluator *evaluator)
{
  g_return_val_if_fail (evaluator != NULL, 0);

  return evaluator->n_parameters;
}

static Batch *
get_batch (BpEvaluator *self,
           BpSubset     subset)
{
  return subset == BP_SUBSET_TEST ? self->test : self->train;
}

double
bp_evaluator_get_loss (BpEvaluator  *evaluator,
                       BpSubset      subset,
                       const double *parameters)
{
  Batch *batch;

  g_return_val_if_fail (evaluator != NULL && parameters != NULL, (double) NAN);

  batch = get_batch (evaluator, subset);

  return batch != NULL ? batch_evaluate (batch, parameters, NULL) : (double) NAN;
}

double
bp_evaluator_get_gradient (BpEvaluator  *evaluator,
                           BpSubset      subset,
                           const double *parameters,
                           double       *gradient)
{
  Batch *batch;

  g_return_val_if_fail (evaluator != NULL && parameters != NULL && gradient != NULL, (double) NAN);

  batch = get_batch (evaluator, subset);
  if (batch != NULL)
    return batch_evaluate (batch, parameters, gradient);

  for (gsize i = 0; i < evaluator->n_parameters; i++)
    gradient[i] = NAN;

  return NAN;
}

/* Feeds @rows to a batch of their number, which is kept for the next time; NULL when the model takes other numbers. */
static Batch *
feed_other (BpEvaluator *self,
            const gsize *rows,
            gsize        n_rows)
{
  if (self->other != NULL && self->other->n_rows != n_rows)
    g_clear_pointer (&self->other, batch_free);
  if (self->other == NULL)
    self->other = batch_new (self->experiment, n_rows, NULL);
  if (self->other != NULL)
    batch_feed (self->other, self->dataset, rows);

  return self->other;
}

double
bp_evaluator_get_batch_loss (BpEvaluator  *evaluator,
                             const gsize  *rows,
                             gsize         n_rows,
                             const double *parameters)
{
  Batch *batch;

  g_return_val_if_fail (evaluator != NULL && rows != NULL && n_rows > 0 && parameters != NULL, (double) NAN);

  batch = feed_other (evaluator, rows, n_rows);

  return batch != NULL ? batch_evaluate (batch, parameters, NULL) : (double) NAN;
}

double
bp_evaluator_get_accuracy (BpEvaluator  *evaluator,
                           BpSubset      subset,
                           const double *parameters)
{
  const BpExperiment *experiment;
  const double *prediction, *target;
  BpGraph *graph;
  Batch *batch;
  guint node;
  gsize n_correct = 0;

  g_return_val_if_fail (evaluator != NULL && parameters != NULL, (double) NAN);

  experiment = evaluator->experiment;
  batch = get_batch (evaluator, subset);
  if (batch == NULL || experiment->target == NULL)
    return NAN;

  graph = bp_session_get_graph (batch->session);
  node = bp_graph_find (graph, ((BpDefinition *) experiment->evaluate->pdata[experiment->evaluate->len - 1])->name);
  if (bp_graph_get_n_elements (graph, node) != batch->n_rows)
    return NAN;

  batch_evaluate (batch, parameters, NULL);
  bp_session_forward_evaluation (batch->session);
  prediction = bp_session_get_value (batch->session, node);
  target = bp_session_get_value (batch->session, bp_graph_find (graph, experiment->target));
  for (gsize i = 0; i < batch->n_rows; i++)
    n_correct += prediction[i] == target[i];

  return (double) n_correct / (double) batch->n_rows;
}

double
bp_evaluator_get_curvature (BpEvaluator  *evaluator,
                            const double *parameters)
{
  g_return_val_if_fail (evaluator != NULL && parameters != NULL, (double) NAN);

  BpLandscape landscape = { batch_evaluate, evaluator->train, evaluator->n_parameters };

  return bp_landscape_get_curvature (&landscape, parameters);
}

double
bp_evaluator_get_worst_curvature (BpEvaluator  *evaluator,
                                  const double *parameters)
{
  const gsize *rows;
  gsize n_rows, n_tried;
  double worst = (double) -INFINITY;

  g_return_val_if_fail (evaluator != NULL && parameters != NULL, (double) NAN);

  rows = bp_dataset_get_rows (evaluator->dataset, FALSE, &n_rows);
  n_tried = MIN (n_rows, MAX_WORST_ROWS);

  for (gsize i = 0; i < n_tried; i++)
    {
      Batch *batch = feed_other (evaluator, &rows[i * n_rows / n_tried], 1);
      BpLandscape landscape = { batch_evaluate, batch, evaluator->n_parameters };
      double curvature = batch != NULL ? bp_landscape_get_curvature (&landscape, parameters) : (double) NAN;

      if (isnan (curvature))
        return NAN;
      worst = MAX (worst, curvature);
    }

  return worst;
}

gboolean
bp_evaluator_get_optimum (BpEvaluator  *evaluator,
                          const double *start,
                          double       *optimum)
{
  g_return_val_if_fail (evaluator != NULL && start != NULL && optimum != NULL, FALSE);

  BpLandscape landscape = { batch_evaluate, evaluator->train, evaluator->n_parameters };

  return bp_landscape_find_minimum (&landscape, start, optimum);
}
