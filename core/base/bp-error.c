/* bp-error.c: the error domain, and the position of an error in a text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-text.h"

/* A longer key is not a name, and is quoted in part. */
#define MAX_KEY_BYTES 64

typedef BpErrorPosition BpErrorPrivate;

static void
bp_error_private_init (BpErrorPrivate *position)
{
  *position = (BpErrorPrivate) { 0 };
}

static void
bp_error_private_copy (const BpErrorPrivate *source,
                       BpErrorPrivate       *position)
{
  *position = (BpErrorPrivate) { source->line, source->column, g_strdup (source->section), g_strdup (source->key) };
}

static void
bp_error_private_clear (BpErrorPrivate *position)
{
  g_free (position->section);
  g_free (position->key);
}

G_DEFINE_EXTENDED_ERROR (BpError, bp_error)

const BpErrorPosition *
bp_error_get_position (const GError *error)
{
  return bp_error_get_private (error);
}

gboolean
bp_error_set_column (GError **error,
                     gsize    column)
{
  if (error != NULL && *error != NULL)
    {
      bp_error_get_private (*error)->column = (guint) column;
      g_prefix_error (error, _("column %ld: "), (long) column);
    }

  return FALSE;
}

gboolean
bp_error_set_key (GError    **error,
                  const char *section,
                  const char *key)
{
  g_autofree char *quoted = NULL;
  BpErrorPosition *position;

  if (error == NULL || *error == NULL)
    return FALSE;

  position = bp_error_get_private (*error);
  if (position->section != NULL)
    {
      bp_error_private_clear (position);
      position->column = 0;
    }
  position->section = g_strdup (section);
  position->key = g_strdup (key);

  quoted = key != NULL && strlen (key) > MAX_KEY_BYTES ? bp_text_quote (key, -1) : g_strdup (key);
  g_prefix_error (error, "[%s]%s%s%s", section, key != NULL ? " " : "", key != NULL ? quoted : "",
                  position->column > 0 ? ", " : ": ");
  bp_text_clean_error (error);

  return FALSE;
}

gboolean
bp_error_set_value (GError    **error,
                    const char *section,
                    const char *key)
{
  bp_error_set_key (error, section, key);
  if (error != NULL && *error != NULL)
    bp_error_get_private (*error)->column = MAX (bp_error_get_private (*error)->column, 1);

  return FALSE;
}

gboolean
bp_error_set_line (GError    **error,
                   const char *origin,
                   guint       line,
                   guint       column,
                   const char *section,
                   const char *key)
{
  BpErrorPosition *position;

  if (error == NULL || *error == NULL)
    return FALSE;

  position = bp_error_get_private (*error);
  position->line = line;
  position->column = position->column > 0 ? column + position->column - 1 : column;
  if (position->section == NULL)
    {
      position->section = g_strdup (section);
      position->key = g_strdup (key);
    }

  if (line > 0)
    g_prefix_error (error, "%s:%u: ", origin, line);
  else
    g_prefix_error (error, "%s: ", origin);

  return FALSE;
}
