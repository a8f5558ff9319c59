/* bp-editor-completion.h: completes sections, keys, names and functions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtksourceview/gtksource.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

/** Returns: (transfer full): completes with the words of bp-editor-words.h, the columns being those of @run */
GtkSourceCompletionProvider *bp_editor_completion_new (BpRun *run);

G_END_DECLS
