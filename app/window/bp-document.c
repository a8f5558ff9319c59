/* bp-document.c: the text that a run is of, and the file that it is opened from and saved in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-document-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "experiment/bp-experiment-text.h"
#include "figures/bp-write-file.h"

/* Characters of a name that is made of a title. */
#define MAX_NAME 60

char *
bp_document_dup_content (BpDocument *document)
{
  const GPtrArray *references;
  g_autofree char *own = NULL;
  GString *content;

  g_return_val_if_fail (document != NULL, NULL);

  references = bp_run_get_references (document->run);
  own = bp_document_dup_text (document);
  content = g_string_new (own);

  for (guint i = 0; !document->is_foreign && i < references->len; i++)
    {
      const BpReference *reference = g_ptr_array_index (references, i);
      g_autofree char *kept = bp_experiment_to_data (reference->experiment);

      g_string_append (content, kept);
    }

  return g_string_free (content, FALSE);
}

void
bp_document_mark_saved (BpDocument *self,
                        const char *path,
                        GBytes     *bytes)
{
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = bytes;
  g_free (self->saved_content);
  self->saved_content = bp_document_dup_content (self);
  g_free (self->saved_text);
  self->saved_text = bp_document_dup_text (self);
  self->is_untitled = FALSE;
}

/* Begins with the text of the built-in experiment @name, which the run may have with other settings. */
static void
begin_builtin (BpDocument *self,
               const char *name)
{
  g_autoptr (BpExperiment) builtin = bp_builtin_load (name, NULL);

  bp_document_begin_text (self, NULL, g_strdup (bp_builtin_get_text (name)), bp_experiment_to_data (builtin));
  self->has_session = FALSE;
  bp_document_mark_saved (self, NULL, NULL);
}

BpDocument *
bp_document_new (BpRun *run)
{
  const BpExperiment *experiment;
  BpDocument *self;

  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  self = g_new0 (BpDocument, 1);
  self->run = g_object_ref (run);
  experiment = bp_trainer_get_experiment (bp_run_get_trainer (run));
  if (experiment->folder == NULL && bp_builtin_get_text (experiment->name) != NULL)
    begin_builtin (self, experiment->name);
  else
    {
      bp_document_begin_text (self, experiment->folder, bp_document_write_experiment (self, experiment->folder), NULL);
      bp_document_mark_saved (self, NULL, NULL);
    }

  return self;
}

void
bp_document_free (BpDocument *document)
{
  g_clear_object (&document->run);
  g_clear_pointer (&document->bytes, g_bytes_unref);
  g_free (document->path);
  g_free (document->folder);
  g_free (document->text);
  g_free (document->sections);
  g_free (document->base);
  g_free (document->saved_content);
  g_free (document->saved_text);
  g_free (document);
}

const char *
bp_document_get_path (BpDocument *document)
{
  g_return_val_if_fail (document != NULL, NULL);

  return document->path;
}

gboolean
bp_document_is_modified (BpDocument *document)
{
  g_autofree char *content = NULL;

  g_return_val_if_fail (document != NULL, FALSE);

  content = bp_document_dup_content (document);

  return document->is_untitled || !g_str_equal (content, document->saved_content);
}

/* A time stamp can be the same after a change, and another one without a change. What is larger than experiments can be
 * has another size, and is not read. */
gboolean
bp_document_file_has_changed (BpDocument *document)
{
  g_autoptr (GBytes) bytes = NULL;
  GStatBuf info;
  gsize length;
  char *data;

  g_return_val_if_fail (document != NULL, FALSE);

  if (document->path == NULL || g_stat (document->path, &info) != 0)
    return FALSE;

  if (!S_ISREG (info.st_mode) || (guint64) info.st_size != g_bytes_get_size (document->bytes)
      || !g_file_get_contents (document->path, &data, &length, NULL))
    return TRUE;

  bytes = g_bytes_new_take (data, length);

  return !g_bytes_equal (bytes, document->bytes);
}

gboolean
bp_document_open_builtin (BpDocument *document,
                          const char *name,
                          GError    **error)
{
  g_autoptr (BpExperiment) experiment = NULL;

  g_return_val_if_fail (document != NULL && name != NULL, FALSE);

  experiment = bp_builtin_load (name, error);

  if (experiment == NULL || !bp_run_load (document->run, experiment, error))
    return FALSE;

  begin_builtin (document, name);

  return TRUE;
}

/* The title, as a file can be called. */
static char *
make_name (const char *title)
{
  g_autofree char *name = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), MAX_NAME));

  for (char *c = name; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || strchr ("/\\:*?\"<>|", *c) != NULL)
      *c = '-';

  return g_steal_pointer (&name);
}

gboolean
bp_document_open_text (BpDocument *document,
                       const char *text,
                       const char *folder,
                       GError    **error)
{
  g_autofree char *current = g_get_current_dir ();
  g_autoptr (BpExperiment) experiment = NULL;

  g_return_val_if_fail (document != NULL && text != NULL, FALSE);

  if (folder == NULL)
    folder = current;
  experiment = bp_experiment_new_from_data (text, -1, _("untitled"), folder, error);
  if (experiment == NULL)
    return FALSE;

  g_free (experiment->name);
  experiment->name = make_name (experiment->title);
  if (!bp_run_load (document->run, experiment, error))
    return FALSE;

  bp_document_begin_text (document, folder, bp_experiment_text_strip (text, NULL), NULL);
  document->has_session = FALSE;
  bp_document_mark_saved (document, NULL, NULL);
  document->is_untitled = TRUE;

  return TRUE;
}

gboolean
bp_document_open_preset (BpDocument     *document,
                         const BpPreset *preset,
                         GError        **error)
{
  g_return_val_if_fail (document != NULL && preset != NULL, FALSE);

  if (!bp_preset_apply (preset, document->run, error))
    return FALSE;

  begin_builtin (document, preset->experiment);

  return TRUE;
}

/* A file that somebody wrote stays as it is while there is nothing to say of the run. */
static gboolean
needs_session (BpDocument *self)
{
  const BpCursor cursor = bp_run_get_destination (self->run);

  return self->has_session || cursor.iteration > 0 || cursor.instruction > 0
         || bp_run_get_references (self->run)->len > 0
         || bp_trainer_get_experiment (bp_run_get_trainer (self->run))->data_digest != NULL;
}

/* Returns: (nullable): what stands after the text */
static char *
write_sections (BpDocument *self,
                const char *folder)
{
  if (self->is_foreign)
    return g_strdup (self->sections);

  return needs_session (self)
         ? bp_saved_run_sections_to_data (bp_run_get_trainer (self->run), bp_run_get_destination (self->run),
                                          bp_run_get_references (self->run), folder)
         : NULL;
}

gboolean
bp_document_save (BpDocument *document,
                  const char *path,
                  GError    **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *now = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sections = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GString *content;
  gboolean is_foreign;

  g_return_val_if_fail (document != NULL && path != NULL, FALSE);

  folder = g_path_get_dirname (path);
  now = bp_document_write_experiment (document, folder);
  is_foreign = document->is_foreign;
  text = is_foreign ? g_strdup (document->text) : bp_experiment_text_put (document->text, document->base, now);
  content = g_string_new (text);
  sections = write_sections (document, folder);
  if (sections != NULL && bp_experiment_text_get_saved_line (text) == 0)
    bp_experiment_text_append (content, sections);
  bytes = g_string_free_to_bytes (content);
  if (!bp_write_file (path, bytes, error))
    return FALSE;

  bp_document_begin_text (document, folder, g_steal_pointer (&text), g_steal_pointer (&now));
  document->is_foreign = is_foreign;
  document->has_session = sections != NULL && !is_foreign;
  if (is_foreign)
    document->sections = g_steal_pointer (&sections);
  bp_document_mark_saved (document, path, g_steal_pointer (&bytes));

  return TRUE;
}
