/* bp-text.h: what users wrote, in messages (private)
 *
 * Names and values come from files and from the command line, and may have anything in them. In a message a control
 * character is a blank, so that none reaches a terminal and none makes a second line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_text_quote:
 * @text: any bytes
 * @length: how many, or −1 for a text that ends in NUL
 *
 * What a message quotes of @text: valid UTF-8 on one line, at most 40 characters with "…" for the rest.
 *
 * Returns: (transfer full)
 */
char *bp_text_quote (const char *text,
                     gssize      length);

/** The whole of @text, any bytes, as valid UTF-8 on one line. Returns: (transfer full) */
char *bp_text_to_line (const char *text);

/** The same of a path in the encoding of file names. Returns: (transfer full) */
char *bp_text_display_path (const char *path);

/** Makes the message of @error, if there is one, a line: for messages that others made or that join several parts. */
void bp_text_clean_error (GError **error);

G_END_DECLS
