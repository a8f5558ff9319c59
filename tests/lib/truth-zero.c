/* truth-zero.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-zero.h"

#include <math.h>
#include <string.h>

#include "lib/truth-sentences.h"
#include "lib/truth-text.h"

/* Gradients of 0 */

/* The loss with one element of a variable moved. */
static Real
get_moved_loss (Walk *walk,
                guint variable,
                gsize element,
                Real  by)
{
  const Real value = walk->truth->value[variable][element];
  Real loss = 0;

  walk->truth->value[variable][element] = value + by;
  loss = truth_loss (walk->truth);
  walk->truth->value[variable][element] = value;
  truth_forward (walk->truth);

  return loss;
}

static Real
get_slope (Walk *walk,
           guint variable,
           gsize element,
           Real  by)
{
  return (get_moved_loss (walk, variable, element, by) - truth_loss (walk->truth)) / by;
}

/* To first order: half as far, the slope of a chord is half as steep or less. */
static gboolean
is_level (Walk *walk,
          guint variable)
{
  for (gsize i = 0; i < truth_size (walk->truth, variable); i++)
    for (int sign = -1; sign <= 1; sign += 2)
      {
        const Real h = sign * 1e-5L * fmaxl (1, fabsl (walk->truth->value[variable][i]));
        const Real far = fabsl (get_slope (walk, variable, i, h)), near = fabsl (get_slope (walk, variable, i, h / 2));

        if (near > 0.6L * far && near > 1e-9L * get_scale (walk))
          return FALSE;
      }

  return TRUE;
}

static gboolean
has_sides (Walk *walk,
           guint variable,
           Real  below,
           Real  above)
{
  for (gsize i = 0; i < truth_size (walk->truth, variable); i++)
    if (fabsl (get_slope (walk, variable, i, -1e-7L) - below) <= 1e-3L * (1 + fabsl (below))
        && fabsl (get_slope (walk, variable, i, 1e-7L) - above) <= 1e-3L * (1 + fabsl (above)))
      return TRUE;

  return FALSE;
}

static gboolean
is_zero (const Walk *walk,
         guint       node)
{
  for (gsize i = 0; i < truth_size (walk->truth, node); i++)
    if (fabsl (walk->truth->gradient[node][i]) > 1e-300L)
      return FALSE;

  return TRUE;
}

gboolean
check_zero (Walk       *walk,
            const char *text,
            guint       variable)
{
  gboolean holds;

  if (!g_str_has_prefix (text, "The gradient is 0") && !g_str_has_prefix (text, "The gradient of "))
    return FALSE;
  if (says (text, "the loss is level here along "))
    holds = is_level (walk, variable);
  else if (says (text, " passes none on; the loss does change with "))
    holds = !is_level (walk, variable);
  else if (says (text, "(slope ") && says (text, " from below, "))
    holds = has_sides (walk, variable, number_between (text, "(slope ", " from"),
                       number_between (text, "from below, ", " from"));
  else
    holds = says (text, "stays where it is") || says (text, "does not push it") || says (text, "is not defined");

  /* Where double rounds a gradient to 0 that is not, the sentence is of what is computed. */
  if (walk->is_lost)
    return TRUE;
  if (!holds || (!is_zero (walk, variable) && get_scale (walk) < 1e6L
                 && !agrees (walk, walk->truth->gradient[variable][0], 0)))
    walk_fail (walk, "“%s” of %s", text, bp_graph_get_name (walk->graph, variable));
  walk->counts[KIND_ZERO]++;

  return TRUE;
}

gboolean
check_without (Walk       *walk,
               const char *text,
               guint       node)
{
  gboolean holds;

  if (says (text, "has not reached this node"))
    holds = !bp_trainer_has_value (walk->trainer, node);
  else if (g_str_has_prefix (text, "The loss does not depend on"))
    holds = !walk->truth->reaches[node];
  else if (g_str_has_prefix (text, "No gradient reaches "))
    holds = count_uses (walk, node, 0) == 0;
  else if (g_str_has_prefix (text, "No gradient is computed here"))
    holds = !walk->truth->needs[node] || count_uses (walk, node, 0) == 0;
  else
    return FALSE;

  if (!holds)
    walk_fail (walk, "“%s” of %s", text, bp_graph_get_name (walk->graph, node));
  walk->counts[KIND_MEANING]++;

  return TRUE;
}
