/* truth-landing.h: where steps lead
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/truth-walk.h"

/** Whether @text says where the step leads. */
gboolean check_landing (Walk       *walk,
                        const char *text);
