/* bp-evaluator.c: what is true of all the data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-evaluator.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "training/bp-loss-surface.h"
#include "base/bp-number.h"
#include "session/bp-session.h"

/* Of more rows the worst curvature is that of so many, evenly spaced. */
#define MAX_WORST_ROWS 2000

/* Forward and backward, by forward alone. */
#define GRADIENT_COST 3

/* A graph for so many rows at once, and its numbers. */
typedef struct {
  BpEvaluator *evaluator;
  BpSession   *session;
  gsize        n_rows;
  double      *column;
  double       cost; /* of forward */
} Batch;

/* All rows of a subset, once they were asked for. */
typedef struct {
  gboolean is_tried;
  Batch   *batch; /* NULL without rows, and with @error */
  GError  *error;
} Subset;

struct _BpEvaluator {
  BpExperiment *experiment;
  BpDataset    *dataset;
  BpWork       *work;
  gsize         n_parameters;
  Subset        subsets[BP_SUBSET_TEST + 1];
  Batch        *other; /* rows that were last asked for by number; NULL before */
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
static void
set_too_large (BpGraph *graph,
               gsize    n_rows,
               double   n_elements,
               double   cost,
               GError **error)
{
  guint largest = find_largest (graph);
  g_autofree char *shape = bp_shape_to_string (bp_graph_get_shape (graph, largest));
  g_autofree char *number = bp_number_format_digits (cost, 2);

  if (n_elements > BP_EVALUATOR_MAX_ELEMENTS || 4 * (double) bp_graph_get_n_elements (graph, largest) > cost)
    g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                 ngettext ("for %zu row at once, “%s” would be a tensor of shape %s",
                           "for %zu rows at once, “%s” would be a tensor of shape %s", n_rows),
                 n_rows, bp_graph_get_name (graph, largest), shape);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_SHAPE, 
                 _("one evaluation of the loss takes about %s operations, too many for a plot"), number);
}

gboolean
bp_evaluator_check_graph (BpGraph *graph,
                          gsize    n_rows,
                          double   max_cost,
                          GError **error)
{
  double n_elements, cost;

  g_return_val_if_fail (graph != NULL, FALSE);

  n_elements = bp_work_get_n_elements (graph);
  cost = bp_work_get_cost (graph);
  if (n_elements <= BP_EVALUATOR_MAX_ELEMENTS && cost <= max_cost)
    return TRUE;

  set_too_large (graph, n_rows, n_elements, cost, error);

  return FALSE;
}

static void
batch_free (Batch *self)
{
  g_clear_pointer (&self->session, bp_session_free);
  g_free (self->column);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, batch_free)

static Batch *
batch_new (BpEvaluator *evaluator,
           gsize        n_rows,
           GError     **error)
{
  g_autoptr (Batch) self = g_new0 (Batch, 1);
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (evaluator->experiment, n_rows, error);

  if (graph == NULL || !bp_evaluator_check_graph (graph, n_rows, INFINITY, error))
    return NULL;

  self->session = bp_session_new (graph, error);
  if (self->session == NULL)
    return NULL;

  self->evaluator = evaluator;
  self->n_rows = n_rows;
  self->column = g_new (double, n_rows);
  self->cost = bp_work_get_cost (graph);

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

/* The loss at @parameters, and its gradient if wanted; not numbers beyond what may be done: a BpLossSurfaceFunc. */
static double
batch_evaluate (gpointer      data,
                const double *parameters,
                double       *gradient)
{
  Batch *self = data;
  BpGraph *graph = bp_session_get_graph (self->session);
  gsize n = bp_graph_get_n_parameters (graph);
  gsize size = n * sizeof (double);

  if (!bp_work_spend (self->evaluator->work, gradient != NULL ? GRADIENT_COST * self->cost : self->cost))
    {
      for (gsize i = 0; gradient != NULL && i < n; i++)
        gradient[i] = NAN;
      return NAN;
    }

  memcpy (bp_session_get_parameters (self->session), parameters, size);
  bp_session_forward (self->session);
  if (gradient != NULL)
    {
      bp_session_backward (self->session);
      memcpy (gradient, bp_session_get_parameter_gradients (self->session), size);
    }

  return bp_session_get_value (self->session, bp_graph_get_loss (graph))[0];
}

static Batch *
get_batch (BpEvaluator *self,
           BpSubset     subset)
{
  Subset *all = &self->subsets[subset];
  gsize n_rows;
  const gsize *rows;

  if (all->is_tried)
    return all->batch;

  all->is_tried = TRUE;
  rows = bp_dataset_get_rows (self->dataset, subset == BP_SUBSET_TEST, &n_rows);
  if (n_rows > 0)
    all->batch = batch_new (self, n_rows, &all->error);
  if (all->batch != NULL)
    batch_feed (all->batch, self->dataset, rows);

  return all->batch;
}

BpEvaluator *
bp_evaluator_new (const BpExperiment *experiment,
                  BpDataset          *dataset)
{
  BpEvaluator *self;

  g_return_val_if_fail (experiment != NULL, NULL);
  g_return_val_if_fail (dataset != NULL, NULL);

  self = g_new0 (BpEvaluator, 1);
  self->experiment = bp_experiment_copy (experiment);
  self->dataset = bp_dataset_ref (dataset);
  for (guint i = 0; i < experiment->variables->len; i++)
    self->n_parameters += bp_shape_get_n_elements (&((BpVariable *) experiment->variables->pdata[i])->shape);

  return self;
}

void
bp_evaluator_free (BpEvaluator *evaluator)
{
  if (evaluator == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (evaluator->subsets); i++)
    {
      g_clear_pointer (&evaluator->subsets[i].batch, batch_free);
      g_clear_error (&evaluator->subsets[i].error);
    }
  g_clear_pointer (&evaluator->other, batch_free);
  bp_dataset_unref (evaluator->dataset);
  bp_experiment_free (evaluator->experiment);
  g_free (evaluator);
}

gboolean
bp_evaluator_check (BpEvaluator *evaluator,
                    BpSubset     subset,
                    GError     **error)
{
  g_return_val_if_fail (evaluator != NULL, FALSE);

  get_batch (evaluator, subset);
  if (evaluator->subsets[subset].error == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (evaluator->subsets[subset].error));

  return FALSE;
}

void
bp_evaluator_set_work (BpEvaluator *evaluator,
                       BpWork      *work)
{
  g_return_if_fail (evaluator != NULL);

  evaluator->work = work;
}

double
bp_evaluator_get_gradient_cost (BpEvaluator *evaluator)
{
  Batch *batch;

  g_return_val_if_fail (evaluator != NULL, 0);

  batch = get_batch (evaluator, BP_SUBSET_TRAIN);

  return batch != NULL ? GRADIENT_COST * batch->cost : 0;
}

gsize
bp_evaluator_get_n_parameters (BpEvaluator *evaluator)
{
  g_return_val_if_fail (evaluator != NULL, 0);

  return evaluator->n_parameters;
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
    self->other = batch_new (self, n_rows, NULL);
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
  Batch *batch;

  g_return_val_if_fail (evaluator != NULL && parameters != NULL, (double) NAN);

  batch = get_batch (evaluator, BP_SUBSET_TRAIN);
  BpLossSurface surface = { batch_evaluate, batch, evaluator->n_parameters };

  return batch != NULL ? bp_loss_surface_get_curvature (&surface, parameters) : (double) NAN;
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
      BpLossSurface surface = { batch_evaluate, batch, evaluator->n_parameters };
      double curvature = batch != NULL ? bp_loss_surface_get_curvature (&surface, parameters) : (double) NAN;

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
  Batch *batch;

  g_return_val_if_fail (evaluator != NULL && start != NULL && optimum != NULL, FALSE);

  batch = get_batch (evaluator, BP_SUBSET_TRAIN);
  BpLossSurface surface = { batch_evaluate, batch, evaluator->n_parameters };

  return batch != NULL && bp_loss_surface_find_minimum (&surface, start, optimum);
}
