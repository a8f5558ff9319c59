/* bp-document.h: the text that a run is of, and the file that it is opened from and saved in
 *
 * The document is the text of an experiment file: comments, order and blanks stay, and a change of the run changes the
 * lines that say it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "window/bp-presets.h"
#include "run/bp-run.h"

G_BEGIN_DECLS

typedef struct _BpDocument BpDocument;

/** A document of @run as it is now, without a file yet. Keeps a reference on @run. */
BpDocument *bp_document_new (BpRun *run);

void bp_document_free (BpDocument *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpDocument, bp_document_free)

/** Returns: (nullable): the file's path in the encoding of file names; NULL for a built-in experiment */
const char *bp_document_get_path (BpDocument *document);

/** Returns: (transfer full): the text, which says what the run is now; without what saving a run adds */
char *bp_document_dup_text (BpDocument *document);

/** Takes @text, which somebody wrote in an editor (bp-line-ends.h) and which need not be right; the run is not changed.
 *  Lines that are as they were keep their bytes. */
void bp_document_set_text (BpDocument *document,
                           const char *text);

/** Whether the text is in no file as somebody wrote it. */
gboolean bp_document_has_unsaved_text (BpDocument *document);

/**
 * bp_document_recover:
 * @path: (nullable): its file; NULL if it was in none
 * @folder: (nullable): what its File= is relative to
 *
 * Begins with a text that was written but not saved; the position is that of the file. The run stays that of another
 * text until this one is read.
 */
void bp_document_recover (BpDocument *document,
                          const char *text,
                          const char *folder,
                          const char *path);

/** Whether the text was wrong when it was opened, and has not been right since: the run is that of another one. */
gboolean bp_document_is_foreign (BpDocument *document);

/** Whether the text was restored, and has not been right since. */
gboolean bp_document_is_restored (BpDocument *document);

/** The name of the experiment, which messages call the text. */
const char *bp_document_get_name (BpDocument *document);

/** Returns: (nullable): what the text's File= is relative to; NULL for a built-in experiment */
const char *bp_document_get_folder (BpDocument *document);

/** Returns: (nullable): position and kept runs in the file of a text that was wrong when it was opened, as saving
 *  writes them; NULL once it has been right */
const char *bp_document_get_sections (BpDocument *document);

/** What a text was read as. */
typedef struct _BpReadText BpReadText;

/** Reads a text, with @sections (nullable) if they fit, and makes its trainer, touching nothing else: it may be called
 *  in a thread. Fails as bp_experiment_new_from_data(). */
BpReadText *bp_read_text_new (const char *text,
                              const char *sections,
                              const char *name,
                              const char *folder,
                              GError    **error);

void bp_read_text_free (BpReadText *read);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpReadText, bp_read_text_free)

/**
 * bp_document_take_text:
 * @read: (inout): what bp_document_dup_text() was read as; is empty afterwards, to be freed
 *
 * Makes the run that of the text, from its start and with its seed; the former run becomes a reference run if it can be
 * compared. Where the text says what the run is already, such as after a change of a comment, the run goes on. A text
 * that was wrong when it was opened has the position and the kept runs of its file.
 */
void bp_document_take_text (BpDocument *document,
                            BpReadText *read);

/**
 * bp_document_dup_content:
 *
 * Returns: (transfer full): what counts as the document, to compare with: the text and the kept runs in their order,
 * each as a file would have it
 */
char *bp_document_dup_content (BpDocument *document);

/**
 * bp_document_is_modified:
 *
 * Whether settings, experiment or kept runs are others than when it was opened or saved, or it is untitled. Where the
 * cursor stands does not count, nor whether kept runs are computed.
 */
gboolean bp_document_is_modified (BpDocument *document);

/**
 * bp_document_file_has_changed:
 *
 * Whether its file holds something else than when it was opened or saved here, so that saving would replace what
 * another program wrote. One that is gone has not changed.
 */
gboolean bp_document_file_has_changed (BpDocument *document);

/** Opens a built-in experiment in the run. Fails as bp_builtin_load(); the run is then as before. */
gboolean bp_document_open_builtin (BpDocument *document,
                                   const char *name,
                                   GError    **error);

/**
 * bp_document_open_text:
 * @text: the text of an experiment file
 * @folder: (nullable): what its File= is relative to; NULL for the current folder
 *
 * Opens @text in the run as a document that is in no file yet. Fails as bp_experiment_new_from_data(); the run is then
 * as before.
 */
gboolean bp_document_open_text (BpDocument *document,
                                const char *text,
                                const char *folder,
                                GError    **error);

/** Opens a preset in the run. Fails as bp_preset_apply(). */
gboolean bp_document_open_preset (BpDocument     *document,
                                  const BpPreset *preset,
                                  GError        **error);

/** What was read from an experiment file. */
typedef struct _BpOpenedFile BpOpenedFile;

/** Reads an experiment file and makes its trainer, touching nothing else: it may be called in a thread. Fails as
 *  bp_saved_run_new_from_file(), but not where a line of the text is wrong, which an editor can show. */
BpOpenedFile *bp_opened_file_new (const char *path,
                                  GError    **error);

/** Returns: (nullable): what is wrong in its text; NULL where it is right */
const GError *bp_opened_file_get_error (BpOpenedFile *file);

void bp_opened_file_free (BpOpenedFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpOpenedFile, bp_opened_file_free)

/**
 * bp_document_take:
 * @file: (inout): is empty afterwards, to be freed
 *
 * Opens @file in the run, which stays as it is where the text is wrong. Otherwise goes to the saved position, and
 * begins to compute the kept runs, which are the run's from the start.
 */
void bp_document_take (BpDocument   *document,
                       BpOpenedFile *file);

/**
 * bp_document_save:
 *
 * Saves run, position and kept runs, computed or not, in @path, whole or not at all, and goes on with that file. Fails
 * as bp_write_file().
 */
gboolean bp_document_save (BpDocument *document,
                           const char *path,
                           GError    **error);

G_END_DECLS
