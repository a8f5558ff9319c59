/* bp-write-file.h: files written whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_write_file:
 * @path: in the encoding of file names
 * @bytes: the content
 *
 * Writes @bytes to @path so that on any fault (full disk, no permission, a folder of that name) the old file stays as
 * it was and nothing is left beside it. A link is followed and its target replaced; the old file's permissions stay.
 * What is not a regular file is refused. What a process left in the folder that was killed while it wrote is removed.
 * Fails with a G_FILE_ERROR and a sentence that names the path.
 */
gboolean bp_write_file (const char *path,
                        GBytes     *bytes,
                        GError    **error);

/** Whether a program could write @path now, as far as that can be told without writing: to refuse before long work. */
gboolean bp_write_file_check (const char *path,
                              GError    **error);

G_END_DECLS
