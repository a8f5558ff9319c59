/* bp-text.h: makes text from users safe to quote in messages (private)
 *
 * Names and values from files and the command line may contain any bytes. A message shows each control character as a
 * blank, so that none can control a terminal or start a second line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_text_quote:
 * @text: any bytes
 * @length: the number of bytes, or −1 if @text ends with NUL
 *
 * Returns: (transfer full): @text as valid UTF-8 on one line, with "…" after at most 40 characters
 */
char *bp_text_quote (const char *text,
                     gssize      length);

/** Returns: (transfer full): the whole of @text, which may be any bytes, as valid UTF-8 on one line */
char *bp_text_to_line (const char *text);

/** Returns: (transfer full): a path in the encoding of file names as valid UTF-8 on one line */
char *bp_text_display_path (const char *path);

/** Makes the message of @error, if it is set, valid UTF-8 on one line: for messages of GLib and those of several
 *  parts. */
void bp_text_clean_error (GError **error);

G_END_DECLS
