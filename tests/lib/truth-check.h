/* truth-check.h: all that an explanation says, statement by statement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/truth-walk.h"

/** All that is said of @node, or of the step with BP_NODE_NONE. */
void walk_check (Walk *walk,
                 guint node);

/** Each element of a tensor. */
void walk_check_elements (Walk *walk,
                          guint node);

/** The label of an edge */
void walk_check_local (Walk *walk,
                       guint node,
                       guint input);

/** What is said where a run ends. */
void walk_check_end (Walk *walk);
