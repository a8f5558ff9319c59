/* truth-zero.h: what explanations say of gradients that are 0 and of parameters without a gradient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/truth-walk.h"

/** Whether @text says why a gradient is 0. */
gboolean check_zero (Walk       *walk,
                     const char *text,
                     guint       variable);

/** Whether @text says why @node has no gradient. */
gboolean check_without (Walk       *walk,
                        const char *text,
                        guint       node);
