/* bp-explain-room.h: how much room an explanation takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

G_BEGIN_DECLS

/** More rows of a formula than this are shown as a text instead. */
#define BP_EXPLAIN_MAX_ROWS 6

/** Whether a tall card has no room for the sentence @meaning (nullable, as the others), as far as can be said before it
 *  is laid out. @has_buttons: whether buttons stand beside @where */
gboolean bp_explain_is_crowded (const char         *where,
                                gboolean            has_buttons,
                                const char * const *rows,
                                const char         *update,
                                const char         *meaning);

/** The step that reaches two variables needs room for two lines, which the others keep, so that nothing jumps. */
gboolean bp_explain_has_two_updates (BpGraph *graph);

G_END_DECLS
