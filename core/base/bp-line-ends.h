/* bp-line-ends.h: the ends of the lines of a text, which stay as they are when the text is edited
 *
 * A line ends in LF, CR LF, CR, or a paragraph separator, as in a GtkTextBuffer; a text may have several of them. An
 * editor is shown LF alone, and no byte order mark.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BP_BYTE_ORDER_MARK "\357\273\277"

/** Returns: how many bytes the line end at @c has; 0 where there is none */
gsize bp_line_end_get_length (const char *c);

/** Returns: the end that most lines of @text have; LF where there is no line */
const char *bp_line_ends_get_usual (const char *text);

/** Returns: (transfer full) (element-type utf8): the lines of @text with their ends; the last has none, and is "" where
 *  @text ends in one */
GPtrArray *bp_line_ends_split (const char *text);

/** Appends @length bytes of @lines, with @end (nullable: LF) in place of LF. A CR and an LF that meet stay two ends. */
void bp_line_ends_append (GString    *text,
                          const char *lines,
                          gsize       length,
                          const char *end);

/** Returns: (transfer full): @text as an editor shows it */
char *bp_line_ends_to_editor (const char *text);

/**
 * bp_line_ends_from_editor:
 * @text: what was shown
 * @edited: what is in the editor now
 *
 * Returns: (transfer full): @text where they do not differ, with its bytes, and @edited between, with the line end that
 * @text mostly has
 */
char *bp_line_ends_from_editor (const char *text,
                                const char *edited);

G_END_DECLS
