/* bp-document.c: the file that a run is opened from and saved in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-document.h"

#include <glib/gi18n-lib.h>

#include "bp-builtin.h"
#include "bp-error.h"
#include "bp-saved-run.h"
#include "bp-write-file.h"

/* A place farther than this is run to in slices of a frame instead of at once. */
#define FAR 1000000

struct _BpDocument {
  BpRun *run;
  char  *path;
  char  *saved_text;  /* the experiment as opened or saved */
  guint  saved_ghosts;
};

static void
mark_saved (BpDocument *self,
            guint       n_ghosts)
{
  g_free (self->saved_text);
  self->saved_text = bp_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (self->run)));
  self->saved_ghosts = n_ghosts;
}

static void
set_path (BpDocument *self,
          const char *path)
{
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
}

BpDocument *
bp_document_new (BpRun *run)
{
  BpDocument *self;

  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  self = g_new0 (BpDocument, 1);
  self->run = g_object_ref (run);
  mark_saved (self, bp_run_get_n_ghosts (run));

  return self;
}

void
bp_document_free (BpDocument *document)
{
  g_clear_object (&document->run);
  g_free (document->path);
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
  g_autofree char *text = NULL;

  g_return_val_if_fail (document != NULL, FALSE);

  text = bp_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (document->run)));

  return bp_run_get_n_ghosts (document->run) != document->saved_ghosts || !g_str_equal (text, document->saved_text);
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

  set_path (document, NULL);
  mark_saved (document, bp_run_get_n_ghosts (document->run));

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

  set_path (document, NULL);
  mark_saved (document, bp_run_get_n_ghosts (document->run));

  return TRUE;
}

static void
ghosts_run_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!bp_run_sweep_finish (BP_RUN (source), result, &error))
    g_signal_emit_by_name (source, "message", error->message);
}

static void
go_to (BpRun   *run,
       BpCursor cursor)
{
  if (cursor.iteration > FAR)
    bp_run_run_to (run, cursor.iteration);
  else
    bp_run_seek (run, cursor);
}

/* A pipe could keep the window waiting for ever. That folders are none is said where files are read. */
static gboolean
check_file (const char *path,
            GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_REGULAR | G_FILE_TEST_IS_DIR))
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s is not a regular file; an experiment was expected"), name);

  return FALSE;
}

gboolean
bp_document_open (BpDocument *document,
                  const char *path,
                  GError    **error)
{
  g_autoptr (BpSavedRun) saved = NULL;

  g_return_val_if_fail (document != NULL && path != NULL, FALSE);

  if (check_file (path, error))
    saved = bp_saved_run_new_from_file (path, error);

  if (saved == NULL || !bp_run_load (document->run, saved->experiment, error))
    return FALSE;

  bp_run_clear_ghosts (document->run);
  set_path (document, path);
  mark_saved (document, saved->ghosts->len);
  go_to (document->run, saved->cursor);

  if (saved->ghosts->len > 0)
    bp_run_sweep_async (document->run, (const BpExperiment * const *) saved->ghosts->pdata, saved->ghosts->len,
                        NULL, NULL, NULL, ghosts_run_cb, NULL);

  return TRUE;
}

gboolean
bp_document_save (BpDocument *document,
                  const char *path,
                  GError    **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (document != NULL && path != NULL, FALSE);

  folder = g_path_get_dirname (path);
  text = bp_saved_run_to_data (bp_run_get_trainer (document->run), bp_run_get_ghosts (document->run), folder);
  bytes = g_bytes_new (text, strlen (text));

  if (!bp_write_file (path, bytes, error))
    return FALSE;

  set_path (document, path);
  mark_saved (document, bp_run_get_n_ghosts (document->run));

  return TRUE;
}
