/* bp-memory.c: checks that there is memory for something whose size the user chooses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-memory.h"

#include <glib/gi18n-lib.h>
#include <sys/mman.h>

#include "base/bp-error.h"

/* Fewer bytes are not checked. */
#define ALWAYS_THERE (1 << 20)

/* Bytes that are left for small blocks. */
#define RESERVE (48 << 20)

/* Bytes that may be appended to a text between two checks. */
#define TEXT_MARGIN 4096

/* Only maps addresses, which costs no memory because no page is touched. */
static gboolean
can_map (gsize n_bytes)
{
  gpointer block = mmap (NULL, n_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return block != MAP_FAILED && munmap (block, n_bytes) == 0;
}

gboolean
bp_memory_check (gsize    n_bytes,
                 GError **error)
{
  g_autofree char *size = NULL;

  if (n_bytes < ALWAYS_THERE || can_map (MIN (n_bytes, G_MAXSSIZE - RESERVE) + RESERVE))
    return TRUE;

  size = g_format_size (n_bytes);
  g_set_error (error, BP_ERROR, BP_ERROR_MEMORY, _("%s are needed, more memory than there is"), size);

  return FALSE;
}

/* A full GString doubles its block, and has the old and the new one while it copies: three times the old size. */
gboolean
bp_memory_check_text (const GString *text,
                      GError       **error)
{
  return text->len + TEXT_MARGIN < text->allocated_len || bp_memory_check (3 * text->allocated_len, error);
}

/* The block of a GByteArray is a power of two. It does not grow if both lengths have the same highest bit. */
gboolean
bp_memory_check_bytes (const GByteArray *bytes,
                       gsize             n_bytes,
                       GError          **error)
{
  gsize length = bytes->len + n_bytes;

  if ((bytes->len ^ length) <= bytes->len)
    return TRUE;

  return length <= G_MAXUINT / 2 ? bp_memory_check (3 * length, error) : bp_memory_check (G_MAXSIZE, error);
}
