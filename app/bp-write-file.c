/* bp-write-file.c: files written whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-write-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

/* As many links in a row as Linux follows. */
#define MAX_LINKS 40

static gboolean
fail (GError    **error,
      const char *path,
      int         errsv)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errsv),
               _("“%s” could not be written: %s"), name, g_strerror (errsv));

  return FALSE;
}

/* Where a chain of links ends, which need not exist yet; writing to the link itself would replace it. */
static char *
resolve_links (const char *path,
               GError    **error)
{
  g_autofree char *resolved = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *target = g_file_read_link (resolved, NULL);
      g_autofree char *folder = NULL;

      if (target == NULL)
        return g_steal_pointer (&resolved);

      folder = g_path_get_dirname (resolved);
      g_free (resolved);
      resolved = g_path_is_absolute (target) ? g_strdup (target) : g_build_filename (folder, target, NULL);
    }

  fail (error, path, ELOOP);

  return NULL;
}

/* The permissions to write with: the old file's, or for a new one those the user's mask leaves (0 then). */
static gboolean
get_mode (const char *path,
          const char *resolved,
          int        *mode,
          GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);
  GStatBuf info;

  *mode = 0666;

  if (g_stat (resolved, &info) != 0)
    return errno == ENOENT || fail (error, path, errno);

  if (S_ISDIR (info.st_mode))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, _("“%s” is a folder: choose another name"), name);
      return FALSE;
    }

  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("“%s” is not a regular file: choose another name"), name);
      return FALSE;
    }

  if (g_access (resolved, W_OK) != 0)
    return fail (error, path, errno);

  *mode = info.st_mode & 07777;

  return TRUE;
}

gboolean
bp_write_file (const char *path,
               GBytes     *bytes,
               GError    **error)
{
  g_autofree char *resolved = NULL;
  g_autoptr (GError) local_error = NULL;
  gconstpointer data;
  gsize size;
  int mode;

  g_return_val_if_fail (path != NULL && bytes != NULL, FALSE);

  resolved = resolve_links (path, error);

  if (resolved == NULL || !get_mode (path, resolved, &mode, error))
    return FALSE;

  data = g_bytes_get_data (bytes, &size);

  if (!g_file_set_contents_full (resolved, size == 0 ? "" : data, size, G_FILE_SET_CONTENTS_CONSISTENT, mode, &local_error))
    {
      /* GLib's message names its temporary file; what the system said comes last. */
      g_autofree char *name = g_filename_display_name (path);
      const char *reason = g_strrstr (local_error->message, ": ");

      g_set_error (error, local_error->domain, local_error->code, _("“%s” could not be written: %s"), name,
                   reason != NULL ? reason + 2 : local_error->message);
      return FALSE;
    }

  return TRUE;
}

gboolean
bp_write_file_check (const char *path,
                     GError    **error)
{
  g_autofree char *resolved = NULL;
  g_autofree char *folder = NULL;
  int mode;

  g_return_val_if_fail (path != NULL, FALSE);

  resolved = resolve_links (path, error);

  if (resolved == NULL || !get_mode (path, resolved, &mode, error))
    return FALSE;

  folder = g_path_get_dirname (resolved);

  return g_access (folder, W_OK | X_OK) == 0 || fail (error, path, errno);
}
