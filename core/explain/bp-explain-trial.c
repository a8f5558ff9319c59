/* bp-explain-trial.c: the data of the iteration shown, computed again with other parameters
 *
 * What a sentence says of the loss elsewhere is measured there, not concluded from gradients: at kinks and with
 * stop_gradient these are not the slope.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <math.h>

/* Operations that take no noticeable time. */
#define MAX_COST 2e6

gboolean
bp_trial_init (BpTrial       *trial,
               const BpScene *scene,
               double         n_evaluations)
{
  const gsize n = bp_graph_get_n_parameters (scene->graph);
  gsize n_rows;

  bp_trainer_get_batch (scene->trainer, &n_rows);
  *trial = (BpTrial) { .scene = scene };
  if (scene->previous == NULL || n_evaluations * bp_work_get_cost (scene->graph) > MAX_COST)
    return FALSE;

  trial->evaluator = bp_evaluator_new (scene->graph, n_rows, INFINITY, NULL);
  if (trial->evaluator == NULL)
    return FALSE;

  bp_session_copy_feeds (bp_evaluator_get_session (trial->evaluator), scene->session);
  trial->parameters = g_memdup2 (scene->previous, n * sizeof (double));
  trial->gradient = g_new (double, n);

  return TRUE;
}

void
bp_trial_clear (BpTrial *trial)
{
  g_clear_pointer (&trial->evaluator, bp_evaluator_free);
  g_clear_pointer (&trial->parameters, g_free);
  g_clear_pointer (&trial->gradient, g_free);
}

/* One element */

static double
evaluate_at (double   x,
             gpointer data)
{
  BpTrial *trial = data;

  trial->parameters[trial->parameter] = x;

  return bp_evaluator_get_loss (trial->evaluator, trial->parameters, NULL);
}

void
bp_trial_measure_slope (BpTrial *trial,
                        gsize    parameter,
                        BpSlope *slope)
{
  const double x = trial->scene->previous[parameter];

  trial->parameter = parameter;
  bp_slope_measure (evaluate_at, trial, x, 0, 0, 0, slope);
  trial->parameters[parameter] = x;
}

/* Along a step */

static double
evaluate_along (double   part,
                gpointer data)
{
  BpTrial *trial = data;
  const double *before = trial->scene->previous;
  const double *after = bp_session_get_parameters (trial->scene->session);

  for (gsize i = 0; i < bp_graph_get_n_parameters (trial->scene->graph); i++)
    trial->parameters[i] = before[i] + part * (after[i] - before[i]);

  return bp_evaluator_get_loss (trial->evaluator, trial->parameters, NULL);
}

/* A slope along a step that is a smaller part of the slope at the other end is rounding: it is level there. */
#define LEVEL 1e-9

/* The sign of a slope that is known, and not level beside @other, that of the other end. */
static int
get_sign (const BpSlope *slope,
          double         value,
          double         other)
{
  if (slope->kind > BP_SLOPE_KINK || !(fabs (value) > slope->error) || fabs (value) < LEVEL * fabs (other))
    return 0;

  return value > 0 ? 1 : -1;
}

BpCourse
bp_trial_get_course (BpTrial *trial)
{
  BpSlope start, end;

  bp_slope_measure (evaluate_along, trial, 0, 0, 0, 0, &start);
  bp_slope_measure (evaluate_along, trial, 1, 0, 0, 0, &end);

  return (BpCourse) { .start = get_sign (&start, start.above, end.below),
                      .end = get_sign (&end, end.below, start.above) };
}
