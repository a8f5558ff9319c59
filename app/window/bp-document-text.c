/* bp-document-text.c: the text that a run is of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-document-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "base/bp-line-ends.h"
#include "experiment/bp-experiment-text.h"
#include "training/bp-saved-run.h"

char *
bp_document_write_experiment (BpDocument *self,
                              const char *folder)
{
  return bp_saved_run_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (self->run)), folder);
}

/* @data: the experiment that the text is of */
static void
set_base (BpDocument *self,
          const char *data,
          gint64      n_edits)
{
  g_free (self->base);
  self->base = bp_experiment_text_get_base (self->text, data);
  self->n_edits = n_edits;
}

void
bp_document_begin_text (BpDocument *self,
                        const char *folder,
                        char       *text,
                        char       *base)
{
  g_autofree char *data = base != NULL ? base : bp_document_write_experiment (self, folder);
  char *copy = g_strdup (folder);

  g_free (self->folder);
  self->folder = copy;
  g_free (self->text);
  self->text = text;
  g_clear_pointer (&self->sections, g_free);
  set_base (self, data, base != NULL ? -1 : (gint64) bp_run_get_n_edits (self->run));
  self->is_written = FALSE;
  self->is_foreign = FALSE;
}

char *
bp_document_dup_text (BpDocument *document)
{
  g_autofree char *now = NULL;

  g_return_val_if_fail (document != NULL, NULL);

  if (document->is_foreign || document->n_edits == bp_run_get_n_edits (document->run))
    return g_strdup (document->text);
  now = bp_document_write_experiment (document, document->folder);

  return bp_experiment_text_put (document->text, document->base, now);
}

void
bp_document_set_text (BpDocument *document,
                      const char *text)
{
  g_autofree char *before = NULL;
  g_autofree char *saved = NULL;
  gint64 n_edits;

  g_return_if_fail (document != NULL && text != NULL);

  n_edits = bp_run_get_n_edits (document->run);
  before = bp_document_dup_text (document);
  saved = bp_line_ends_to_editor (document->saved_text);
  g_free (document->text);
  document->text = g_str_equal (saved, text) ? g_strdup (document->saved_text)
                                             : bp_line_ends_from_editor (before, text);
  document->is_written = TRUE;
  if (document->n_edits != n_edits)
    {
      g_free (document->base);
      document->base = bp_document_write_experiment (document, document->folder);
      document->n_edits = n_edits;
    }
}

gboolean
bp_document_has_unsaved_text (BpDocument *document)
{
  g_return_val_if_fail (document != NULL, FALSE);

  return document->is_untitled || (document->is_written && !g_str_equal (document->text, document->saved_text));
}

/* Reading */

struct _BpReadText {
  char       *text;
  BpSavedRun *saved;
  BpTrainer  *trainer;
};

/* With @sections (nullable) if they fit the text. */
static BpSavedRun *
read_saved (const char *text,
            const char *sections,
            const char *name,
            const char *folder,
            GError    **error)
{
  g_autoptr (GString) whole = g_string_new (text);
  BpSavedRun *saved = NULL;

  if (sections != NULL)
    {
      bp_experiment_text_append (whole, sections);
      saved = bp_saved_run_new_from_data (whole->str, (gssize) whole->len, name, folder, NULL);
    }

  return saved != NULL ? saved : bp_saved_run_new_from_data (text, -1, name, folder, error);
}

BpReadText *
bp_read_text_new (const char *text,
                  const char *sections,
                  const char *name,
                  const char *folder,
                  GError    **error)
{
  g_autoptr (BpReadText) self = NULL;
  guint line;

  g_return_val_if_fail (text != NULL && name != NULL, NULL);

  /* It would be taken for what saving adds when the file is opened. */
  line = bp_experiment_text_get_saved_line (text);
  if (line > 0)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                           _("saving a run writes this section; delete it here, or save the file and open it again"));
      bp_error_set_line (error, name, line, 1, NULL, NULL);
      return NULL;
    }

  self = g_new0 (BpReadText, 1);
  self->text = g_strdup (text);
  self->saved = read_saved (text, sections, name, folder, error);
  if (self->saved != NULL)
    self->trainer = bp_trainer_new_sliced (self->saved->experiment, error);

  return self->trainer != NULL ? g_steal_pointer (&self) : NULL;
}

void
bp_read_text_free (BpReadText *read)
{
  g_clear_pointer (&read->saved, bp_saved_run_free);
  g_clear_pointer (&read->trainer, bp_trainer_free);
  g_free (read->text);
  g_free (read);
}

const char *
bp_document_get_name (BpDocument *document)
{
  g_return_val_if_fail (document != NULL, NULL);

  if (document->is_foreign)
    return document->path != NULL ? document->path : _("untitled");

  return bp_trainer_get_experiment (bp_run_get_trainer (document->run))->name;
}

const char *
bp_document_get_folder (BpDocument *document)
{
  g_return_val_if_fail (document != NULL, NULL);

  return document->folder;
}

/* The run of another text gives way to that of this one, where the file says that it stood. */
static void
take_foreign_text (BpDocument *self,
                   BpReadText *read)
{
  const gboolean is_lost = self->sections != NULL && !read->saved->has_session && read->saved->references->len == 0;

  bp_document_load_saved (self, read->saved, g_steal_pointer (&read->trainer));
  self->is_foreign = FALSE;
  g_clear_pointer (&self->sections, g_free);
  if (is_lost)
    g_signal_emit_by_name (self->run, "message", _("The position and the kept runs that the file had do not fit the "
                                                   "text any more, so the run is at its start."));
}

void
bp_document_take_text (BpDocument *document,
                       BpReadText *read)
{
  const BpExperiment *experiment;
  g_autofree char *now = NULL;
  g_autofree char *written = NULL;
  BpRun *run;

  g_return_if_fail (document != NULL && read != NULL && read->trainer != NULL);

  run = document->run;
  experiment = read->saved->experiment;
  now = bp_document_write_experiment (document, document->folder);
  written = bp_saved_run_experiment_to_data (experiment, document->folder);
  g_free (document->text);
  document->text = g_steal_pointer (&read->text);
  if (document->is_foreign)
    take_foreign_text (document, read);
  else if (!g_str_equal (now, written))
    {
      if (bp_reference_comparable (experiment, bp_trainer_get_experiment (bp_run_get_trainer (run))))
        bp_run_keep_reference (run);

      /* Who follows the run must not write in the text what the text itself has changed. */
      document->is_foreign = TRUE;
      bp_run_load_trainer (run, experiment, g_steal_pointer (&read->trainer));
      document->is_foreign = FALSE;
    }
  set_base (document, written, bp_run_get_n_edits (run));
}

const char *
bp_document_get_sections (BpDocument *document)
{
  g_return_val_if_fail (document != NULL, NULL);

  return document->sections;
}

gboolean
bp_document_is_foreign (BpDocument *document)
{
  g_return_val_if_fail (document != NULL, FALSE);

  return document->is_foreign;
}

gboolean
bp_document_is_restored (BpDocument *document)
{
  g_return_val_if_fail (document != NULL, FALSE);

  return document->is_foreign && document->is_untitled;
}
