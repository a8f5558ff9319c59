/* bp-run-selection.c: the node and the element that the user selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

guint
bp_run_get_selected_node (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), BP_NODE_NONE);

  return run->selected_node;
}

void
bp_run_set_selected_node (BpRun *run,
                          guint  node)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (run->selected_node != node)
    bp_run_select_element (run, node, BP_ELEMENT_NONE);
}

void
bp_run_select_element (BpRun *run,
                       guint  node,
                       gssize element)
{
  g_return_if_fail (BP_IS_RUN (run));
  g_return_if_fail (node == BP_NODE_NONE || node < bp_graph_get_n_nodes (run->graph));
  g_return_if_fail (element < 0
                    || (node != BP_NODE_NONE && (gsize) element < bp_graph_get_n_elements (run->graph, node)));

  if (run->selected_node == node && run->selected_element == element)
    return;

  run->selected_node = node;
  run->selected_element = element;
  bp_run_update (run);
}

gssize
bp_run_get_selected_element (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), BP_ELEMENT_NONE);

  return run->selected_element;
}

int
bp_run_get_selected_parameter (BpRun *run)
{
  BpSession *session;

  g_return_val_if_fail (BP_IS_RUN (run), -1);

  if (run->selected_element < 0 || bp_graph_get_op (run->graph, run->selected_node) != BP_OP_VARIABLE)
    return -1;
  session = bp_trainer_get_session (run->trainer);

  return (int) (bp_session_get_value (session, run->selected_node) - bp_session_get_parameters (session)
                + run->selected_element);
}

guint
bp_run_get_current_node (BpRun *run)
{
  const BpInstruction *last;

  g_return_val_if_fail (BP_IS_RUN (run), BP_NODE_NONE);

  if (run->selected_node != BP_NODE_NONE)
    return run->selected_node;

  last = bp_trainer_get_last_instruction (run->trainer);

  return last == NULL ? BP_NODE_NONE : last->node;
}
