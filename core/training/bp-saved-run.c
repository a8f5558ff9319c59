/* bp-saved-run.c: a run as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-saved-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "experiment/bp-key-lines.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

#define SESSION BP_SAVED_SESSION
#define REFERENCE_PREFIX "Ghost "

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
read_integer (BpKeyLines *lines,
              const char *key,
              gint64      maximum,
              gint64     *value,
              GError    **error)
{
  const BpKeyLine *line = bp_key_section_find (bp_key_lines_find_section (lines, 0, SESSION), key);

  if (line == NULL || bp_number_parse_integer (line->value, 0, maximum, value, error))
    return TRUE;

  bp_error_set_value (error, SESSION, key);

  return bp_key_lines_fail (lines, 0, error);
}

static gboolean
read_cursor (BpSavedRun *self,
             BpKeyLines *lines,
             GError    **error)
{
  gint64 instruction = 0;

  self->has_session = bp_key_lines_find_section (lines, 0, SESSION) != NULL;
  if (!read_integer (lines, "Iteration", BP_MAX_ITERATIONS, &self->cursor.iteration, error)
      || !read_integer (lines, "Instruction", G_MAXINT32, &instruction, error))
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

/* A kept run's experiment. If it does not describe its data, the description of the run holds. */
static gboolean
read_reference (BpSavedRun *self,
                BpKeyLines *lines,
                guint       number,
                const char *folder,
                GError    **error)
{
  BpExperiment *reference = bp_experiment_new_from_lines (lines, number, folder, error);

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
                 "compared"), lines->origin, number);

  return FALSE;
}

static gboolean
has_run (BpKeyLines *lines,
         guint       run)
{
  for (guint i = 0; i < lines->sections->len; i++)
    if (((const BpKeySection *) g_ptr_array_index (lines->sections, i))->run == run)
      return TRUE;

  return FALSE;
}

/* The experiment's reader has accepted its part; what is left may still be damaged. */
static gboolean
read_session (BpSavedRun *self,
              BpKeyLines *lines,
              const char *folder,
              GError    **error)
{
  if (!bp_key_lines_check (lines, 0, TRUE, error) || !read_cursor (self, lines, error))
    return FALSE;

  for (guint number = 1; number <= BP_MAX_REFERENCES; number++)
    if (has_run (lines, number) && !read_reference (self, lines, number, folder, error))
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
  g_autoptr (BpSavedRun) self = NULL;
  g_autoptr (BpKeyLines) lines = NULL;

  g_return_val_if_fail (text != NULL && origin != NULL, NULL);

  lines = bp_key_lines_new (text, length, origin, error);
  if (lines == NULL)
    return NULL;

  self = g_new0 (BpSavedRun, 1);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_experiment_free);
  self->experiment = bp_experiment_new_from_lines (lines, 0, folder, error);

  return self->experiment != NULL && read_session (self, lines, folder, error) ? g_steal_pointer (&self) : NULL;
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

  text = bp_key_lines_read_file (path, error);

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
  g_autofree char *current = NULL;
  g_autofree char *canonical = NULL;

  if (experiment->data_file == NULL || bp_experiment_has_builtin_data (experiment))
    return;

  path = g_canonicalize_filename (experiment->data_file, experiment->folder);
  target = g_canonicalize_filename (folder != NULL ? folder : ".", NULL);
  current = g_canonicalize_filename (experiment->folder != NULL ? experiment->folder : ".", NULL);
  if (g_str_equal (current, target))
    return;

  canonical = g_strconcat (target, G_DIR_SEPARATOR_S, NULL);
  g_free (experiment->data_file);
  experiment->data_file = g_strdup (g_str_has_prefix (path, canonical) ? path + strlen (canonical) : path);
}

char *
bp_saved_run_experiment_to_data (const BpExperiment *experiment,
                                 const char         *folder)
{
  g_autoptr (BpExperiment) copy = NULL;

  g_return_val_if_fail (experiment != NULL, NULL);

  copy = bp_experiment_copy (experiment);
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
  g_autofree char *data = bp_saved_run_experiment_to_data (reference, folder);
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
bp_saved_run_sections_to_data (BpTrainer       *trainer,
                               BpCursor         cursor,
                               const GPtrArray *references,
                               const char      *folder)
{
  const BpExperiment *experiment;
  BpCursor at;
  GString *text;

  g_return_val_if_fail (trainer != NULL, NULL);

  at = bp_trainer_get_cursor (trainer);
  if (cursor.iteration == at.iteration && cursor.instruction == at.instruction)
    cursor = bp_trainer_get_cursor_to_save (trainer);
  experiment = bp_trainer_get_experiment (trainer);
  text = g_string_new (NULL);
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
