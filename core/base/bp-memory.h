/* bp-memory.h: checks that there is memory for something whose size the user chooses
 *
 * GLib ends the program when an allocation fails. So these functions check the size of a batch, a picture, a table and
 * whatever else a user can make large, before it is allocated. Too large a size is then an error.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_memory_check:
 * @n_bytes: the bytes to be allocated, in one or several blocks
 *
 * Fails with BP_ERROR_MEMORY if there is not so much memory, with a reserve for small blocks. Less than 1 MiB never
 * fails.
 */
gboolean bp_memory_check (gsize    n_bytes,
                          GError **error);

/** Checks that @text can grow; to be called at least once for every 4 KiB that are appended. */
gboolean bp_memory_check_text (const GString *text,
                               GError       **error);

/** Checks that @n_bytes can be appended to @bytes. */
gboolean bp_memory_check_bytes (const GByteArray *bytes,
                                gsize             n_bytes,
                                GError          **error);

G_END_DECLS
