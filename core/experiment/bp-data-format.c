/* bp-data-format.c: the keys that say how a data file is read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>

#include "experiment/bp-csv-private.h"
#include "base/bp-text.h"

static const char * const keys[] = { "Separator", "DecimalComma", "Header", "Missing", NULL };

/* What stands for no and yes, by key; a separator is neither. */
static const char * const answers[][2] = {
  { NULL, NULL },
  { "false", "true" },
  { "no", "yes" },
  { "refuse", "drop" },
};

const char * const *
bp_data_format_get_keys (void)
{
  return keys;
}

static guint
find_key (const char *key)
{
  guint i = 0;

  while (!g_str_equal (keys[i], key))
    i++;

  return i;
}

static gboolean
set_separator (BpDataFormat *format,
               const char   *text,
               GError      **error)
{
  g_autofree char *quoted = bp_text_quote (text, -1);

  for (const char *separator = BP_CSV_SEPARATORS; *separator != '\0'; separator++)
    if (g_str_equal (bp_csv_separator_get_name (*separator), text))
      {
        format->separator = *separator;
        return TRUE;
      }

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is none of the separators , ; | tab and blanks"), quoted);

  return FALSE;
}

gboolean
bp_data_format_set (BpDataFormat *format,
                    const char   *key,
                    const char   *text,
                    GError      **error)
{
  guint i = find_key (key);
  gboolean is_yes;

  if (i == 0)
    return set_separator (format, text, error);

  is_yes = g_str_equal (text, answers[i][1]);
  if (!is_yes && !g_str_equal (text, answers[i][0]))
    {
      g_autofree char *quoted = bp_text_quote (text, -1);

      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is neither %s nor %s"), quoted, answers[i][1],
                   answers[i][0]);
      return FALSE;
    }

  if (i == 1)
    format->decimal_comma = is_yes ? BP_ANSWER_YES : BP_ANSWER_NO;
  else if (i == 2)
    format->header = is_yes ? BP_ANSWER_YES : BP_ANSWER_NO;
  else
    format->drop_missing = is_yes;

  return TRUE;
}

const char *
bp_data_format_get (const BpDataFormat *format,
                    const char         *key)
{
  guint i = find_key (key);
  BpAnswer given[] = {
    BP_ANSWER_FROM_FILE,
    format->decimal_comma,
    format->header,
    format->drop_missing ? BP_ANSWER_YES : BP_ANSWER_FROM_FILE,
  };

  if (i == 0)
    return format->separator != '\0' ? bp_csv_separator_get_name (format->separator) : NULL;

  return given[i] != BP_ANSWER_FROM_FILE ? answers[i][given[i] == BP_ANSWER_YES] : NULL;
}
