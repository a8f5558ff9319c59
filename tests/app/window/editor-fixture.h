/* editor-fixture.h: the text beside the graph, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/window/document-fixture.h"

/** Returns: (nullable): NULL when there is no editor yet */
GtkTextBuffer *get_text_buffer (Fixture *fixture);

/** Returns: (transfer full): the text that is seen */
char *dup_editor_text (Fixture *fixture);

/** Types @to in place of @from, which is in the text. */
void retype (Fixture    *fixture,
             const char *from,
             const char *to);

/** The sentence below the text; NULL when it is right. */
const char *get_error (gpointer window);

/** For wait_until(). */
gboolean has_error (gpointer window);

/** For wait_until(). */
gboolean has_no_error (gpointer window);

/** Whether the graph says that it is not that of the text. */
gboolean is_chip_shown (Fixture *fixture);
