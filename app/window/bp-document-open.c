/* bp-document-open.c: documents of files, right or wrong, and of copies of texts that were not saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-document-private.h"

#include "base/bp-line-ends.h"
#include "experiment/bp-experiment-text.h"
#include "experiment/bp-key-lines.h"

/* Once, for who opens a file; the panel says it as long as it is open. */
static void
tell_dropped (BpRun *run)
{
  g_autofree char *sentence = bp_dataset_describe_dropped (bp_trainer_get_dataset (bp_run_get_trainer (run)));

  if (sentence != NULL)
    g_signal_emit_by_name (run, "message", sentence);
}

struct _BpOpenedFile {
  char       *path;
  BpSavedRun *saved;
  BpTrainer  *trainer;
  GError     *error;   /* of a text that is wrong, which @bytes hold; then the two above are NULL */
  char       *text;    /* what of it is to be mended, */
  char       *sections; /* and the rest */
  GBytes     *bytes;
};

/* Returns: the text without the rest, which is NULL if there is none */
static char *
strip (const char *contents,
       char      **sections)
{
  g_autofree char *saved = NULL;
  char *text = bp_experiment_text_strip (contents, &saved);

  *sections = *saved != '\0' ? bp_line_ends_to_editor (saved) : NULL;

  return text;
}

/* Reads the text as that of an editor, to be mended there; a section that is missing has no line. If it is right
 * without what saving added, that is what is wrong, and the editor shows it, too.
 * @error: of the file */
static gboolean
take_error (BpOpenedFile *self,
            const GError *error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autoptr (GString) contents = bp_key_lines_read_file (self->path, NULL);
  g_autoptr (BpReadText) read = NULL;

  if (contents == NULL || !g_utf8_validate_len (contents->str, contents->len, NULL))
    return FALSE;

  self->text = strip (contents->str, &self->sections);
  read = bp_read_text_new (self->text, NULL, name, folder, &self->error);
  if (read != NULL)
    {
      g_clear_pointer (&self->sections, g_free);
      g_free (self->text);
      self->text = g_strdup (contents->str);
      self->error = g_error_copy (error);
    }
  self->bytes = g_string_free_to_bytes (g_steal_pointer (&contents));

  return TRUE;
}

BpOpenedFile *
bp_opened_file_new (const char *path,
                    GError    **error)
{
  g_autoptr (BpOpenedFile) self = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (BpOpenedFile, 1);
  self->path = g_strdup (path);
  self->saved = bp_saved_run_new_from_file (path, &local_error);
  if (self->saved != NULL)
    self->trainer = bp_trainer_new_sliced (self->saved->experiment, &local_error);
  if (self->trainer != NULL)
    return g_steal_pointer (&self);

  g_clear_pointer (&self->saved, bp_saved_run_free);
  if (take_error (self, local_error))
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

const GError *
bp_opened_file_get_error (BpOpenedFile *file)
{
  g_return_val_if_fail (file != NULL, NULL);

  return file->error;
}

void
bp_opened_file_free (BpOpenedFile *file)
{
  g_clear_pointer (&file->saved, bp_saved_run_free);
  g_clear_pointer (&file->trainer, bp_trainer_free);
  g_clear_error (&file->error);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file->text);
  g_free (file->sections);
  g_free (file->path);
  g_free (file);
}

/* The run stays that of another text until this one is right. */
static void
take_wrong_text (BpDocument   *self,
                 BpOpenedFile *file)
{
  g_autofree char *folder = g_path_get_dirname (file->path);

  bp_document_begin_text (self, folder, g_steal_pointer (&file->text), NULL);
  self->sections = g_steal_pointer (&file->sections);
  self->is_foreign = TRUE;
  self->has_session = FALSE;
  bp_document_mark_saved (self, file->path, g_steal_pointer (&file->bytes));
}

void
bp_document_load_saved (BpDocument       *self,
                        const BpSavedRun *saved,
                        BpTrainer        *trainer)
{
  bp_run_load_trainer (self->run, saved->experiment, trainer);
  bp_run_clear_references (self->run);
  for (guint i = 0; i < saved->references->len; i++)
    bp_run_take_reference (self->run, bp_reference_new_not_computed (g_ptr_array_index (saved->references, i)));
  self->has_session = saved->has_session;
  bp_run_seek (self->run, saved->cursor);
  tell_dropped (self->run);
  bp_run_compute_references (self->run);
}

void
bp_document_take (BpDocument   *document,
                  BpOpenedFile *file)
{
  g_autofree char *text = NULL;
  BpSavedRun *saved;

  g_return_if_fail (document != NULL && file != NULL && (file->trainer != NULL || file->error != NULL));

  if (file->error != NULL)
    {
      take_wrong_text (document, file);
      return;
    }

  saved = file->saved;
  bp_document_load_saved (document, saved, g_steal_pointer (&file->trainer));
  text = g_strndup (g_bytes_get_data (saved->bytes, NULL), g_bytes_get_size (saved->bytes));
  bp_document_begin_text (document, saved->experiment->folder, bp_experiment_text_strip (text, NULL), NULL);
  bp_document_mark_saved (document, file->path, g_steal_pointer (&saved->bytes));
}

void
bp_document_recover (BpDocument *document,
                     const char *text,
                     const char *folder,
                     const char *path)
{
  g_autoptr (GString) contents = NULL;
  g_autofree char *saved_text = NULL;
  char *sections = NULL;

  g_return_if_fail (document != NULL && text != NULL);

  if (path != NULL)
    contents = bp_key_lines_read_file (path, NULL);
  if (contents != NULL && g_utf8_validate_len (contents->str, contents->len, NULL))
    saved_text = strip (contents->str, &sections);
  bp_document_begin_text (document, folder, g_strdup (text), NULL);
  document->sections = sections;
  document->is_foreign = TRUE;
  document->has_session = FALSE;
  bp_document_mark_saved (document, path, contents != NULL ? g_string_free_to_bytes (g_steal_pointer (&contents))
                                                           : g_bytes_new (NULL, 0));
  document->is_untitled = TRUE;
}
