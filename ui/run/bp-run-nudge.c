/* bp-run-nudge.c: nudges a number by ε
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include <math.h>

#include "explain/bp-explain.h"
#include "session/bp-work.h"

/* Operations that take less than a frame. */
#define MAX_COST 1e7

/* The least ε is 10 to the power of this. */
#define LEAST_EXPONENT (-6)

static double
get_epsilon (guint step)
{
  static const double mantissas[] = { 1, 2, 5 };

  /* A quotient rounds once, as the number in a file does. */
  return mantissas[step % 3] / pow (10, -LEAST_EXPONENT - (int) (step / 3));
}

gboolean
bp_run_get_can_nudge (BpRun *run)
{
  BpGraph *graph;

  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  graph = bp_trainer_get_graph (run->trainer);

  return !run->state.playing && bp_trainer_get_previous_parameters (run->trainer) != NULL
         && bp_trainer_has_value (run->trainer, bp_graph_get_loss (graph))
         && BP_NUDGE_N_PASSES * bp_work_get_cost (graph) <= MAX_COST;
}

const BpNudge *
bp_run_get_nudge (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  return run->nudge;
}

static void
compute (BpRun *self)
{
  const gsize element = (gsize) MAX (self->selected_element, 0);

  g_clear_pointer (&self->nudge, bp_nudge_free);
  self->nudge = bp_nudge_new (bp_trainer_get_session (self->trainer),
                              bp_trainer_get_previous_parameters (self->trainer), self->selected_node, element,
                              get_epsilon (self->epsilon_step), NULL);
  self->nudged_iteration = bp_trainer_get_shown (self->trainer, NULL);
}

void
bp_run_follow_nudge (BpRun *run)
{
  if (run->nudge == NULL)
    return;

  if (run->selected_node == BP_NODE_NONE || !bp_run_get_can_nudge (run)
      || bp_trainer_get_shown (run->trainer, NULL) != run->nudged_iteration)
    g_clear_pointer (&run->nudge, bp_nudge_free);
  else
    compute (run);
}

/* The node that the card speaks of; the first variable where that is data or the loss, which grows by ε itself. */
static guint
choose_node (BpRun *self)
{
  g_autoptr (BpExplanation) explanation = bp_explain (self->trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  const guint current = explanation->node;

  return current != BP_NODE_NONE && current != bp_graph_get_loss (self->graph)
         && bp_graph_needs_gradient (self->graph, current) ? current : bp_graph_get_variable (self->graph, 0);
}

void
bp_run_set_nudging (BpRun    *run,
                    gboolean  nudging)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (nudging == (run->nudge != NULL) || (nudging && !bp_run_get_can_nudge (run)))
    return;

  if (!nudging)
    g_clear_pointer (&run->nudge, bp_nudge_free);
  else
    {
      if (run->selected_node == BP_NODE_NONE)
        run->selected_node = choose_node (run);
      compute (run);
    }
  bp_run_update (run);
}

guint
bp_run_get_epsilon_step (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), 0);

  return run->epsilon_step;
}

void
bp_run_set_epsilon_step (BpRun *run,
                         guint  step)
{
  g_return_if_fail (BP_IS_RUN (run) && step <= BP_RUN_MAX_EPSILON);

  if (run->epsilon_step == step)
    return;
  run->epsilon_step = step;
  bp_run_update (run);
}
