/* gradient-error.h: how far the gradient of a node is from slopes of the loss
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "session/bp-session.h"

/** The largest of the errors of its elements; NaN when one could not be checked. */
double get_gradient_error (BpSession *session,
                           guint      node);
