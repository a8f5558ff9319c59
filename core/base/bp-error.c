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

/**
 * BpErrorPrivate:
 * @prefix: bytes of the message before its sentence
 */
typedef struct {
  BpErrorPosition position;
  gsize           prefix;
} BpErrorPrivate;

static void
bp_error_private_init (BpErrorPrivate *private)
{
  *private = (BpErrorPrivate) { { 0 } };
}

static void
bp_error_private_copy (const BpErrorPrivate *source,
                       BpErrorPrivate       *private)
{
  const BpErrorPosition *position = &source->position;

  *private = *source;
  private->position.section = g_strdup (position->section);
  private->position.key = g_strdup (position->key);
  private->position.suggestion = g_strdup (position->suggestion);
}

static void
bp_error_private_clear (BpErrorPrivate *private)
{
  g_free (private->position.section);
  g_free (private->position.key);
  g_free (private->position.suggestion);
}

G_DEFINE_EXTENDED_ERROR (BpError, bp_error)

static BpErrorPosition *
get_position (GError *error)
{
  return &bp_error_get_private (error)->position;
}

const BpErrorPosition *
bp_error_get_position (const GError *error)
{
  return &bp_error_get_private (error)->position;
}

const char *
bp_error_get_sentence (const GError *error)
{
  return error->message + bp_error_get_private (error)->prefix;
}

void
bp_error_set_suggestion (GError    **error,
                         const char *suggestion)
{
  if (error == NULL || *error == NULL)
    return;

  g_free (get_position (*error)->suggestion);
  get_position (*error)->suggestion = g_strdup (suggestion);
}

/* @prefix: (transfer full) */
static void
add_prefix (GError *error,
            char   *prefix)
{
  char *message = g_strconcat (prefix, error->message, NULL);

  bp_error_get_private (error)->prefix += strlen (prefix);
  g_free (error->message);
  error->message = message;
  g_free (prefix);
}

gboolean
bp_error_set_column (GError **error,
                     gsize    column)
{
  if (error != NULL && *error != NULL)
    {
      get_position (*error)->column = (guint) column;
      add_prefix (*error, g_strdup_printf (_("column %ld: "), (long) column));
    }

  return FALSE;
}

gboolean
bp_error_set_key (GError    **error,
                  const char *section,
                  const char *key)
{
  g_autofree char *quoted = NULL;
  g_autofree char *prefix = NULL;
  BpErrorPosition *position;

  if (error == NULL || *error == NULL)
    return FALSE;

  position = get_position (*error);
  if (position->section != NULL)
    {
      g_free (position->section);
      g_free (position->key);
      position->column = 0;
    }
  position->section = g_strdup (section);
  position->key = g_strdup (key);

  quoted = key != NULL && strlen (key) > MAX_KEY_BYTES ? bp_text_quote (key, -1) : g_strdup (key);
  prefix = g_strdup_printf ("[%s]%s%s%s", section, key != NULL ? " " : "", key != NULL ? quoted : "",
                            position->column > 0 ? ", " : ": ");
  bp_text_clean_error (error);
  add_prefix (*error, bp_text_to_line (prefix));

  return FALSE;
}

gboolean
bp_error_set_value (GError    **error,
                    const char *section,
                    const char *key)
{
  bp_error_set_key (error, section, key);
  if (error != NULL && *error != NULL)
    get_position (*error)->column = MAX (get_position (*error)->column, 1);

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

  position = get_position (*error);
  position->line = line;
  position->column = position->column > 0 ? column + position->column - 1 : column;
  if (position->section == NULL)
    {
      position->section = g_strdup (section);
      position->key = g_strdup (key);
    }

  add_prefix (*error, line > 0 ? g_strdup_printf ("%s:%u: ", origin, line) : g_strdup_printf ("%s: ", origin));

  return FALSE;
}
