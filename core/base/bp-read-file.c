/* bp-read-file.c: reads a whole file of limited size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-read-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bp-error.h"
#include "base/bp-text.h"

/* The least capacity, for files in /proc, whose size is 0. With one byte more, a read is of a power of two bytes, which
 * some of them require. */
#define MIN_CAPACITY ((64 << 10) - 1)

/* The most bytes of one read(): a signal can end the program between two of them. */
#define CHUNK (16 << 20)

static gboolean
fail_errno (const char *name,
            int         number,
            GError    **error)
{
  g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s cannot be read: %s"), name, g_strerror (number));

  return FALSE;
}

static gboolean
check_file (int         file,
            const char *name,
            gsize       max_bytes,
            gsize      *size,
            GError    **error)
{
  struct stat status;

  if (fstat (file, &status) < 0)
    return fail_errno (name, errno, error);
  if (S_ISDIR (status.st_mode))
    return fail_errno (name, EISDIR, error);

  *size = (gsize) status.st_size;
  if (!S_ISREG (status.st_mode))
    g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s is not a regular file; a file of text was expected"), name);
  else if ((guint64) status.st_size > max_bytes)
    g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s: the file is larger than %zu MiB"), name, max_bytes >> 20);
  else
    return TRUE;

  return FALSE;
}

/* Reads up to @capacity bytes. Returns: how many, or −1 */
static gssize
read_bytes (int   file,
            char *bytes,
            gsize capacity)
{
  gsize length = 0;
  gssize n;

  do
    {
      n = read (file, bytes + length, MIN (capacity - length, CHUNK));
      length += n > 0 ? (gsize) n : 0;
    }
  while ((n > 0 && length < capacity) || (n < 0 && errno == EINTR));

  return n < 0 ? -1 : (gssize) length;
}

static char *
read_file (int         file,
           const char *name,
           gsize       size,
           gsize      *length,
           GError    **error)
{
  gsize capacity = MAX (size, MIN_CAPACITY);
  g_autofree char *bytes = g_try_malloc (capacity + 2);
  gssize n;

  if (bytes == NULL)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s does not fit into memory"), name);
      return NULL;
    }

  /* One byte more than expected shows whether the file has more than its size says. */
  n = read_bytes (file, bytes, capacity + 1);
  if (n < 0)
    {
      fail_errno (name, errno, error);
      return NULL;
    }
  if ((gsize) n > capacity)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_FILE,
                   _("%s has more in it than its size says; a file that does not change was expected"), name);
      return NULL;
    }

  bytes[n] = '\0';
  *length = (gsize) n;

  return g_steal_pointer (&bytes);
}

char *
bp_read_file (const char *path,
              gsize       max_bytes,
              gsize      *length,
              GError    **error)
{
  g_autofree char *name = NULL;
  char *bytes = NULL;
  gsize size;
  int file;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  name = bp_text_display_path (path);
  /* O_NONBLOCK: opening a pipe does not wait for its writer. O_NOCTTY: a terminal does not become ours. */
  file = g_open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
  if (file < 0)
    {
      fail_errno (name, errno, error);
      return NULL;
    }

  if (check_file (file, name, max_bytes, &size, error))
    bytes = read_file (file, name, size, length, error);
  close (file);

  return bytes;
}
