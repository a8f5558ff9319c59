/* bp-write-file.c: files written whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-write-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/bp-text.h"

/* As many links in a row as Linux follows. */
#define MAX_LINKS 40

/* Temporary files have short names of our own: the target's name may be as long as names can be, and what a killed
 * process left is recognised. */
#define TEMPORARY_PREFIX ".backprop-lab-"
#define N_TEMPORARY_DIGITS 16

/* A name that is taken was drawn before, or belongs to somebody who cleans up at this moment. */
#define MAX_TRIES 100

static gboolean
fail (GError    **error,
      const char *path,
      int         errsv)
{
  g_autofree char *name = bp_text_display_path (path);

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

/* The permissions of the old file; 0 for a new one, which gets those that the user's mask leaves. */
static gboolean
get_mode (const char *path,
          const char *resolved,
          int        *mode,
          GError    **error)
{
  g_autofree char *name = bp_text_display_path (path);
  GStatBuf info;

  *mode = 0;

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

/* Temporary files */

static gboolean
is_temporary_name (const char *name)
{
  const char *digits = name + strlen (TEMPORARY_PREFIX);

  return g_str_has_prefix (name, TEMPORARY_PREFIX) && strlen (digits) == N_TEMPORARY_DIGITS
         && strspn (digits, "0123456789abcdef") == N_TEMPORARY_DIGITS;
}

/* Removes what a process left that was killed while it wrote. A process that still writes holds the file's lock. */
static void
remove_leftover (const char *path)
{
  int fd = open (path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); /* NFS locks only what may be written */
  struct stat info;

  if (fd < 0)
    return;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_uid == geteuid ()
      && flock (fd, LOCK_EX | LOCK_NB) == 0)
    g_unlink (path);
  close (fd);
}

static void
remove_leftovers (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_temporary_name (name))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        remove_leftover (path);
      }
}

/* Whether the file is this process's to write: it has its lock (where the file system knows locks), and nobody who took
 * it for a leftover removed it before. */
static gboolean
lock_temporary (int fd)
{
  struct stat info;

  return (flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) && fstat (fd, &info) == 0 && info.st_nlink > 0;
}

/* Returns: a descriptor of a new file in @folder, no more readable than the file that it replaces, or −1 with errno
 * set */
static int
open_temporary (const char *folder,
                int         mode,
                char      **path)
{
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autofree char *name = g_strdup_printf (TEMPORARY_PREFIX "%08x%08x", g_random_int (), g_random_int ());
      g_autofree char *candidate = g_build_filename (folder, name, NULL);
      int fd = open (candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode == 0 ? 0666 : 0600);

      if (fd < 0 && errno != EEXIST)
        return -1;

      if (fd >= 0 && lock_temporary (fd))
        {
          *path = g_steal_pointer (&candidate);
          return fd;
        }

      if (fd >= 0)
        close (fd);
    }

  errno = EEXIST;

  return -1;
}

static gboolean
write_all (int         fd,
           const char *data,
           gsize       size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno != EINTR)
        return FALSE;

      if (n > 0)
        {
          data += n;
          size -= (gsize) n;
        }
    }

  return TRUE;
}

/* The lock goes with the descriptor, which stays open until the file has its name. */
static gboolean
write_and_rename (int         fd,
                  const char *temporary,
                  const char *path,
                  GBytes     *bytes,
                  int         mode)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return write_all (fd, data, size) && (mode == 0 || fchmod (fd, (mode_t) mode) == 0) && fsync (fd) == 0
         && g_rename (temporary, path) == 0;
}

gboolean
bp_write_file (const char *path,
               GBytes     *bytes,
               GError    **error)
{
  g_autofree char *resolved = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *temporary = NULL;
  gboolean is_written;
  int fd, mode, errsv;

  g_return_val_if_fail (path != NULL && bytes != NULL, FALSE);

  resolved = resolve_links (path, error);

  if (resolved == NULL || !get_mode (path, resolved, &mode, error))
    return FALSE;

  folder = g_path_get_dirname (resolved);
  remove_leftovers (folder);
  fd = open_temporary (folder, mode, &temporary);

  if (fd < 0)
    return fail (error, path, errno);

  is_written = write_and_rename (fd, temporary, resolved, bytes, mode);
  errsv = errno;
  if (!is_written)
    g_unlink (temporary);
  close (fd);

  return is_written || fail (error, path, errsv);
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
