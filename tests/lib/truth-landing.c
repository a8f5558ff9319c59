/* truth-landing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-landing.h"

#include <math.h>
#include <string.h>

#include "lib/truth-text.h"

static Real
get_loss_on_way (Walk *walk,
                 Real  part)
{
  const double *before = bp_trainer_get_previous_parameters (walk->trainer);
  const double *after = bp_session_get_parameters (bp_trainer_get_session (walk->trainer));
  Real loss = 0;

  for (guint restore = 0; restore < 2; restore++)
    {
      gsize offset = 0;

      if (restore)
        part = 0;
      for (guint i = 0; i < bp_graph_get_n_nodes (walk->graph); i++)
        for (gsize k = 0; is_variable (walk, i) && k < truth_size (walk->truth, i); k++, offset++)
          walk->truth->value[i][k] = before[offset] + part * ((Real) after[offset] - before[offset]);
      if (restore)
        truth_forward (walk->truth);
      else
        loss = truth_loss (walk->truth);
    }

  return loss;
}

/* Whether the way from @from on goes down at first. */
static gboolean
goes_down (Walk *walk,
           Real  from,
           Real  step)
{
  return get_loss_on_way (walk, from + step) < get_loss_on_way (walk, from);
}

gboolean
check_landing (Walk       *walk,
               const char *text)
{
  const Real step = 1e-9L;
  Real before, after;
  gboolean holds = TRUE;

  if (!says (text, "the loss of the same data ") && !g_str_has_prefix (text, "The loss of the same data "))
    return FALSE;
  before = get_loss_on_way (walk, 0);
  after = get_loss_on_way (walk, 1);
  if (says (text, "becomes undefined (NaN)"))
    holds = isnan (after);
  else if (says (text, "beyond every number"))
    holds = after > G_MAXDOUBLE;
  else if (says (text, "below every number"))
    holds = after < -G_MAXDOUBLE;
  else if (g_str_has_prefix (text, "To four digits"))
    holds = is_rounded (number_between (text, "same data is ", " before"), before)
            && fabsl (number_between (text, "same data is ", " before") - after) <= 1.001e-3L * fabsl (after);
  else
    {
      g_autofree char *end = between (text, " to ", NULL);

      g_strdelimit (strstr (end, ":") != NULL ? strstr (end, ":") : end + strlen (end) - 1, ":.", '\0');
      holds = fabsl (number_between (text, " from ", " to ") - before) <= 1e-3L * fabsl (before)
              && says (text, after < before ? " falls " : " rises ");
      if (says (text, "the step went downhill"))
        holds = holds && goes_down (walk, 0, step);
      if (says (text, "the step went uphill"))
        holds = holds && !goes_down (walk, 0, step);
      if (says (text, "part of the way up again"))
        holds = holds && goes_down (walk, 1, -step);
      else if (says (text, " falls ") && says (text, "the step went downhill"))
        holds = holds && !goes_down (walk, 1, -step);
    }

  if (!holds && !walk->is_lost)
    walk_fail (walk, "“%s”: from %.17Lg to %.17Lg", text, before, after);
  walk->counts[KIND_LANDING]++;

  return TRUE;
}
