/* bp-experiment-file.c: reading experiment files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "experiment/bp-setting.h"
#include "base/bp-text.h"

#define SUFFIX ".experiment"

/* The first key that is there although there is no File that it would be about; NULL if there is none. */
static const BpKeyLine *
find_key_of_file (const BpKeySection *data)
{
  static const char * const keys[] = { "Encoding", "Separator", "DecimalComma", "Header", "Missing" };
  const BpKeyLine *line = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys) && line == NULL; i++)
    line = bp_key_section_find (data, keys[i]);

  return line;
}

/* A generator goes with no other source of data. */
static gboolean
check_generator (const BpExperiment *experiment,
                 const BpKeySection *data,
                 GError            **error)
{
  static const char * const keys[] = { "File", "Samples" };
  const BpKeyLine *line = find_key_of_file (data);

  for (guint i = 0; i < G_N_ELEMENTS (keys) && line == NULL; i++)
    line = bp_key_section_find (data, keys[i]);
  if (line == NULL && experiment->columns->len == 0)
    return TRUE;

  g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                       _("the data come from the Generator, which says all there is to say of them"));

  return bp_error_set_key (error, data->name, line != NULL
                                              ? line->key : ((BpColumn *) experiment->columns->pdata[0])->name);
}

/* Whether the keys of [Data] go together. */
static gboolean
check_data (const BpExperiment *experiment,
            const BpKeySection *data,
            GError            **error)
{
  gboolean has_columns = experiment->columns->len > 0;
  const BpKeyLine *line = find_key_of_file (data);

  if (data == NULL)
    return TRUE;

  if (experiment->generator.kind != BP_GENERATOR_NONE)
    return check_generator (experiment, data, error);

  if (experiment->data_file == NULL)
    {
      if (line != NULL)
        g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("this says how a File is read, but there is no File"));
      else if (!has_columns)
        g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                             _("a placeholder such as x=normal(0, 1), or a File, was expected"));
      else
        return TRUE;
      return bp_error_set_key (error, data->name, line != NULL ? line->key : NULL);
    }

  if (has_columns)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                           _("the placeholders are the columns of File; there cannot be others"));
      return bp_error_set_key (error, data->name, ((BpColumn *) g_ptr_array_index (experiment->columns, 0))->name);
    }

  line = bp_key_section_find (data, "Samples");
  if (line == NULL)
    return TRUE;
  g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                       _("the samples are the rows of File, which has its own number of them"));

  return bp_error_set_key (error, data->name, line->key);
}

/* What a saved run says of its data. */
static gboolean
read_digest (BpExperiment       *experiment,
             const BpKeySection *session,
             GError            **error)
{
  const BpKeyLine *line = bp_key_section_find (session, BP_DIGEST_KEY);

  if (line == NULL)
    return TRUE;

  g_free (experiment->data_digest);
  experiment->data_digest = g_strchomp (g_strdup (line->value));
  if (strlen (experiment->data_digest) == BP_DIGEST_LENGTH
      && strspn (experiment->data_digest, "0123456789abcdef") == BP_DIGEST_LENGTH)
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("%d hexadecimal digits were expected"), BP_DIGEST_LENGTH);

  return bp_error_set_value (error, BP_SAVED_SESSION, BP_DIGEST_KEY);
}

static char *
get_name (const char *origin)
{
  g_autofree char *base = g_path_get_basename (origin);

  if (g_str_has_suffix (base, SUFFIX) && strlen (base) > strlen (SUFFIX))
    base[strlen (base) - strlen (SUFFIX)] = '\0';

  return g_steal_pointer (&base);
}

BpExperiment *
bp_experiment_new_from_lines (BpKeyLines *lines,
                              guint       run,
                              const char *folder,
                              GError    **error)
{
  g_autofree char *name = get_name (lines->origin);
  g_autoptr (BpExperiment) experiment = bp_experiment_new_empty (name);

  experiment->folder = g_strdup (folder);
  if (!bp_key_lines_check (lines, run, FALSE, error))
    return NULL;
  if (!read_digest (experiment, bp_key_lines_find_section (lines, run, BP_SAVED_SESSION), error))
    {
      bp_key_lines_fail (lines, run, error);
      return NULL;
    }
  if (!bp_experiment_read_keys (experiment, lines, run, error))
    return NULL;
  if (!check_data (experiment, bp_key_lines_find_section (lines, run, "Data"), error) ||
      !bp_experiment_check (experiment, error))
    {
      bp_key_lines_fail (lines, run, error);
      return NULL;
    }

  /* Reference runs wait, perhaps for long. */
  if (run > 0)
    g_clear_pointer (&experiment->opened, bp_opened_free);

  return g_steal_pointer (&experiment);
}

BpExperiment *
bp_experiment_new_from_data (const char *text,
                             gssize      length,
                             const char *origin,
                             const char *folder,
                             GError    **error)
{
  g_autoptr (BpKeyLines) lines = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  lines = bp_key_lines_new (text, length, origin, error);

  return lines != NULL ? bp_experiment_new_from_lines (lines, 0, folder, error) : NULL;
}

BpExperiment *
bp_experiment_new_from_file (const char *path,
                             GError    **error)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  text = bp_key_lines_read_file (path, error);
  if (text == NULL)
    return NULL;

  origin = bp_text_display_path (path);
  folder = g_path_get_dirname (path);

  return bp_experiment_new_from_data (text->str, (gssize) text->len, origin, folder, error);
}
