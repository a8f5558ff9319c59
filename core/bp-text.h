/* bp-text.h: what users wrote, in messages (private)
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

/**
 * bp_text_display_path:
 * @path: in the encoding of file names
 *
 * The whole of @path as messages show it: valid UTF-8 on one line.
 *
 * Returns: (transfer full)
 */
char *bp_text_display_path (const char *path);

G_END_DECLS
