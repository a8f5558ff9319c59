/* bp-memory.h: whether there is memory for what users ask for
 *
 * GLib ends the program when an allocation fails. What is as large as somebody wants, a batch, a picture, a table, is
 * asked for here first, so that too much of it is an error.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_memory_check:
 * @n_bytes: that are about to be allocated, in one or several parts; up to 1 MiB is always there
 *
 * Fails with BP_ERROR_MEMORY when they cannot be had, or would leave no room for all that is small.
 */
gboolean bp_memory_check (gsize    n_bytes,
                          GError **error);

/** The same for a @text that is appended to: call it at least once every 4 KiB. */
gboolean bp_memory_check_text (const GString *text,
                               GError       **error);

/** The same for @bytes that @n_bytes are about to be appended to. */
gboolean bp_memory_check_bytes (const GByteArray *bytes,
                                gsize             n_bytes,
                                GError          **error);

G_END_DECLS
