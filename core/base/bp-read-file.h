/* bp-read-file.h: reads a whole file of limited size (private)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_read_file:
 * @path: in the encoding of file names
 * @max_bytes: the largest size that is accepted
 * @length: (out): the number of bytes
 *
 * Reads a regular file. A pipe, a device, a folder or too large a file is refused before anything is read, and never
 * blocks. A file whose size is less than its contents, as in /proc, is read up to 64 KiB. Fails with BP_ERROR_FILE,
 * also if there is too little memory.
 *
 * Returns: (transfer full) (nullable): the bytes, with a NUL after the last
 */
char *bp_read_file (const char *path,
                    gsize       max_bytes,
                    gsize      *length,
                    GError    **error);

G_END_DECLS
