/* gradient-error.h: how far the gradient of a node is from slopes of the loss
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "session/bp-session.h"

#include <math.h>

/* The largest of the errors of its elements; NaN when one could not be checked. */
static inline double
get_gradient_error (BpSession *session,
                    guint      node)
{
  g_autoptr (BpGradientChecker) checker = bp_gradient_checker_new (session);
  double largest = 0;

  for (gsize i = 0; i < bp_graph_get_n_elements (bp_session_get_graph (session), node); i++)
    {
      BpElementCheck check;

      bp_gradient_checker_check (checker, node, i, &check);
      if (isnan (check.error))
        return check.error;
      largest = fmax (largest, check.error);
    }

  return largest;
}
