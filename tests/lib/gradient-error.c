/* gradient-error.c: how far the gradient of a node is from slopes of the loss
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/gradient-error.h"

#include <math.h>

double
get_gradient_error (BpSession *session,
                    guint      node)
{
  g_autoptr (BpGradientChecker) checker = bp_gradient_checker_new (session);
  double largest = 0;

  for (gsize i = 0; i < bp_graph_get_n_elements (bp_session_get_graph (session), node); i++)
    {
      BpElementCheck check;

      bp_gradient_checker_check (checker, node, i, &check);
      if (check.verdict == BP_SLOPE_UNCHECKED)
        return NAN;
      largest = fmax (largest, check.error);
    }

  return largest;
}
