/* bp-read-file.h: files read whole, within bounds (private)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_read_file:
 * @path: in the encoding of file names
 * @max_bytes: the largest size accepted
 * @length: (out): how many bytes there are
 *
 * Reads the regular file at @path. The opened file is judged, not its name: what is no regular file (a pipe, a device,
 * a folder) and what is too large is refused before anything is read, and nothing blocks. What has more in it than its
 * size says, as files in /proc have, is read up to 64 KiB. Fails with BP_ERROR_FILE, also where memory is short.
 *
 * Returns: (transfer full) (nullable): the bytes, with a NUL after the last
 */
char *bp_read_file (const char *path,
                    gsize       max_bytes,
                    gsize      *length,
                    GError    **error);

G_END_DECLS
