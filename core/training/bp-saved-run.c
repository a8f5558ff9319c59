/* bp-saved-run.c: a run as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-saved-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "experiment/bp-experiment-text.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

#define SESSION BP_SAVED_SESSION
#define REFERENCE_PREFIX "Ghost "

/* Whose section it is: 0 the experiment's, n that of reference run n, −1 the session's. */
static gint
get_owner (const char  *section,
           const char **inner)
{
  char *end;
  guint64 number;

  *inner = section;

  if (g_str_equal (section, SESSION))
    return -1;

  if (!g_str_has_prefix (section, REFERENCE_PREFIX))
    return 0;

  number = g_ascii_strtoull (section + strlen (REFERENCE_PREFIX), &end, 10);

  if (number < 1 || number > BP_MAX_REFERENCES || *end != '/')
    return 0;

  *inner = end + 1;

  return (gint) number;
}

char *
bp_experiment_extract (const char *text,
                       gint        reference)
{
  g_autoptr (GString) result = g_string_new (NULL);
  gint owner = 0;

  while (*text != '\0')
    {
      gsize length = strcspn (text, "\n");
      g_autofree char *line = g_strstrip (g_strndup (text, length));

      if (*line == '[' && g_str_has_suffix (line, "]"))
        {
          g_autofree char *section = g_strndup (line + 1, strlen (line) - 2);
          const char *inner;

          owner = get_owner (section, &inner);

          if (owner == reference)
            g_string_append_printf (result, "[%s]", inner);
        }
      else if (owner == reference)
        g_string_append_len (result, text, length);

      text += length;

      if (*text == '\n')
        {
          g_string_append_c (result, '\n');
          text++;
        }
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

void
bp_saved_run_free (BpSavedRun *saved)
{
  g_clear_pointer (&saved->experiment, bp_experiment_free);
  g_clear_pointer (&saved->references, g_ptr_array_unref);
  g_clear_pointer (&saved->bytes, g_bytes_unref);
  g_free (saved);
}

/* Reads a whole number; absent it is @value as it was. */
static gboolean
read_integer (GKeyFile   *file,
              const char *section,
              const char *key,
              gint64      maximum,
              const char *origin,
              gint64     *value,
              GError    **error)
{
  g_autofree char *text = g_key_file_get_value (file, section, key, NULL);

  if (text == NULL || bp_number_parse_integer (text, 0, maximum, value, error))
    return TRUE;

  g_prefix_error (error, "%s: [%s] %s: ", origin, section, key);

  return FALSE;
}

static gboolean
read_cursor (BpSavedRun *self,
             GKeyFile   *file,
             const char *origin,
             GError    **error)
{
  gint64 instruction = 0;

  self->has_session = g_key_file_has_group (file, SESSION);
  if (!read_integer (file, SESSION, "Iteration", BP_MAX_ITERATIONS, origin, &self->cursor.iteration, error)
      || !read_integer (file, SESSION, "Instruction", G_MAXINT32, origin, &instruction, error))
    return FALSE;

  self->cursor.instruction = instruction;

  return TRUE;
}

static gboolean
has_same_data_file (const BpExperiment *a,
                    const BpExperiment *b)
{
  return g_strcmp0 (a->data_file, b->data_file) == 0 && g_strcmp0 (a->folder, b->folder) == 0;
}

/* A kept run's experiment, if there is any of it in the text. What the run says of its data holds for those of kept
 * runs that say nothing. */
static gboolean
read_reference (BpSavedRun *self,
                const char *text,
                guint       number,
                const char *origin,
                const char *folder,
                GError    **error)
{
  g_autofree char *reference_text = bp_experiment_extract (text, (gint) number);
  BpExperiment *reference;

  if (strchr (reference_text, '[') == NULL)
    return TRUE;

  reference = bp_experiment_new_from_data (reference_text, -1, origin, folder, error);

  if (reference == NULL)
    {
      g_prefix_error (error, "[" REFERENCE_PREFIX "%u] ", number);
      return FALSE;
    }

  g_ptr_array_add (self->references, reference);
  if (reference->data_digest == NULL && has_same_data_file (reference, self->experiment))
    reference->data_digest = g_strdup (self->experiment->data_digest);

  if (bp_reference_comparable (reference, self->experiment))
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("%s: [Ghost %u] has other variables than the experiment, so that they cannot be "
                 "compared"), origin, number);

  return FALSE;
}

static gboolean
read_session (BpSavedRun *self,
              const char *text,
              const char *origin,
              const char *folder,
              GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  /* The experiment's reader has accepted its part; what is left may still be damaged. */
  if (!g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", origin);
      return FALSE;
    }

  if (!read_cursor (self, file, origin, error))
    return FALSE;

  for (guint number = 1; number <= BP_MAX_REFERENCES; number++)
    if (!read_reference (self, text, number, origin, folder, error))
      return FALSE;

  return TRUE;
}

BpSavedRun *
bp_saved_run_new_from_data (const char *text,
                            gssize      length,
                            const char *origin,
                            const char *folder,
                            GError    **error)
{
  g_autoptr (BpSavedRun) self = g_new0 (BpSavedRun, 1);
  g_autofree char *copy = NULL;
  g_autofree char *shown_origin = NULL;

  g_return_val_if_fail (text != NULL && origin != NULL, NULL);

  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_experiment_free);
  self->experiment = bp_experiment_new_from_data (text, length, origin, folder, error);

  if (self->experiment == NULL)
    return NULL;

  copy = length < 0 ? g_strdup (text) : g_strndup (text, length);

  shown_origin = bp_text_to_line (origin);

  if (!read_session (self, copy, shown_origin, folder, error))
    return NULL;

  return g_steal_pointer (&self);
}

BpSavedRun *
bp_saved_run_new_from_file (const char *path,
                            GError    **error)
{
  g_autoptr (BpSavedRun) self = NULL;
  g_autoptr (GString) text = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  text = bp_experiment_read_text (path, error);

  if (text == NULL)
    return NULL;

  origin = bp_text_display_path (path);
  folder = g_path_get_dirname (path);

  self = bp_saved_run_new_from_data (text->str, (gssize) text->len, origin, folder, error);

  if (self != NULL)
    self->bytes = g_string_free_to_bytes (g_steal_pointer (&text));

  return g_steal_pointer (&self);
}

char *
bp_saved_run_describe_data_change (const BpExperiment *saved,
                                   const BpExperiment *now)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (saved != NULL && now != NULL, NULL);

  if (!bp_experiment_has_other_data (saved, now))
    return NULL;

  name = bp_text_quote (now->data_file, -1);

  return g_strdup_printf (_("The data in “%s” have changed since this run was saved, so its numbers are "
                            "different now."),
                          name);
}

/* Writing */

/* A data file's path as it has to stand in a file in @folder. */
static void
move_data_file (BpExperiment *experiment,
                const char   *folder)
{
  g_autofree char *path = NULL;
  g_autofree char *target = NULL;
  g_autofree char *canonical = NULL;

  if (experiment->data_file == NULL)
    return;

  path = g_canonicalize_filename (experiment->data_file, experiment->folder);
  target = g_canonicalize_filename (folder != NULL ? folder : ".", NULL);
  canonical = g_strconcat (target, G_DIR_SEPARATOR_S, NULL);
  g_free (experiment->data_file);
  experiment->data_file = g_strdup (g_str_has_prefix (path, canonical) ? path + strlen (canonical) : path);
}

static char *
experiment_to_data (const BpExperiment *experiment,
                    const char         *folder)
{
  g_autoptr (BpExperiment) copy = bp_experiment_copy (experiment);

  move_data_file (copy, folder);

  return bp_experiment_to_data (copy);
}

static void
append_digest (GString            *text,
               const BpExperiment *experiment)
{
  if (experiment->data_digest != NULL)
    g_string_append_printf (text, BP_DIGEST_KEY "=%s\n", experiment->data_digest);
}

/* @run: the experiment of the run it is kept for */
static void
append_reference (GString            *text,
                  const BpExperiment *reference,
                  const BpExperiment *run,
                  guint               number,
                  const char         *folder)
{
  g_autofree char *data = experiment_to_data (reference, folder);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (data), "\n", -1);

  g_string_append_c (text, '\n');

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] == '[')
      g_string_append_printf (text, "[" REFERENCE_PREFIX "%u/%s\n", number, lines[i] + 1);
    else
      g_string_append_printf (text, "%s\n", lines[i]);

  if (reference->data_digest != NULL
      && !(has_same_data_file (reference, run) && g_strcmp0 (reference->data_digest, run->data_digest) == 0))
    {
      g_string_append_printf (text, "\n[" REFERENCE_PREFIX "%u/" SESSION "]\n", number);
      append_digest (text, reference);
    }
}

char *
bp_saved_run_to_data (BpTrainer       *trainer,
                      BpCursor         cursor,
                      const GPtrArray *references,
                      const char      *folder)
{
  g_autofree char *data = NULL;
  const BpExperiment *experiment;
  GString *text;

  g_return_val_if_fail (trainer != NULL, NULL);

  experiment = bp_trainer_get_experiment (trainer);
  data = experiment_to_data (experiment, folder);
  text = g_string_new (data);
  g_string_append_printf (text, "\n[" SESSION "]\nIteration=%" G_GINT64_FORMAT "\nInstruction=%u\n",
                          cursor.iteration, cursor.instruction);
  append_digest (text, experiment);

  for (guint i = 0; references != NULL && i < references->len; i++)
    {
      const BpReference *reference = g_ptr_array_index (references, i);

      append_reference (text, reference->experiment, experiment, i + 1, folder);
    }

  return g_string_free (text, FALSE);
}
