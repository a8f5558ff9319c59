/* bp-explain-trial.c: the data of the iteration shown, computed again with other parameters
 *
 * What a sentence says of the loss elsewhere is measured there, not concluded from gradients: those of kinks and of
 * stop_gradient say something else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <math.h>

/* Operations that nobody waits for. */
#define MAX_COST 2e6

/* Which parts of a step show where it leads, from its beginning or its end: they have to agree. */
#define SHORTEST 0x1p-6
#define LONGEST 0x1p-3

gboolean
bp_trial_init (BpTrial       *trial,
               const BpScene *scene,
               double         n_evaluations)
{
  const gsize n = bp_graph_get_n_parameters (scene->graph);
  gsize n_rows;
  const gsize *rows = bp_trainer_get_batch (scene->trainer, &n_rows);

  *trial = (BpTrial) { .scene = scene };
  if (scene->previous == NULL || n_evaluations * bp_work_get_cost (scene->graph) > MAX_COST)
    return FALSE;

  trial->evaluator = bp_evaluator_new (scene->graph, n_rows, INFINITY, NULL);
  if (trial->evaluator == NULL)
    return FALSE;

  bp_evaluator_feed_rows (trial->evaluator, bp_trainer_get_dataset (scene->trainer), rows);
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
  bp_slope_measure (evaluate_at, trial, x, 0, 0, slope);
  trial->parameters[parameter] = x;
}

/* Along a step */

static double
get_loss_at (BpTrial *trial,
             double   part)
{
  const double *before = trial->scene->previous;
  const double *after = bp_session_get_parameters (trial->scene->session);

  for (gsize i = 0; i < bp_graph_get_n_parameters (trial->scene->graph); i++)
    trial->parameters[i] = before[i] + part * (after[i] - before[i]);

  return bp_evaluator_get_loss (trial->evaluator, trial->parameters, NULL);
}

/* Whether the loss rises (1) or falls (−1) from @from on, where @direction is that of the step or against it; 0 where
 * it does neither, or is too rough to tell. */
static int
get_course (BpTrial *trial,
            double   from,
            double   direction)
{
  const double start = get_loss_at (trial, from);
  int course = 0;

  for (double part = SHORTEST; part <= LONGEST; part *= 2)
    {
      const double change = get_loss_at (trial, from + direction * part) - start;
      const int sign = (change > 0) - (change < 0);

      if (sign == 0 || (course != 0 && sign != course) || !isfinite (change))
        return 0;
      course = sign;
    }

  return course;
}

BpCourse
bp_trial_get_course (BpTrial *trial)
{
  return (BpCourse) { .start = get_course (trial, 0, 1), .end = -get_course (trial, 1, -1) };
}
