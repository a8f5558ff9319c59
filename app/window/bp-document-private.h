/* bp-document-private.h: what the files of BpDocument share
 *
 * bp-document.c saves, and opens what is in no file, bp-document-open.c opens files, bp-document-text.c has the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-saved-run.h"
#include "window/bp-document.h"

G_BEGIN_DECLS

struct _BpDocument {
  BpRun   *run;
  char    *path;
  char    *folder;        /* that its File= is relative to; NULL: of a built-in experiment */
  char    *text;          /* as it was opened, saved or written last, without what saving a run adds */
  char    *sections;      /* what saving a run had added to a text that was wrong when it was opened, or NULL */
  char    *base;          /* the experiment that @text is of, as bp_saved_run_experiment_to_data() has it */
  gint64   n_edits;       /* those of the run when @base was its experiment; −1: it was that of none */
  GBytes  *bytes;         /* what the file held when it was opened or saved */
  char    *saved_content;
  char    *saved_text;
  gboolean has_session;   /* whether the file says where the run stands */
  gboolean is_untitled;   /* opened from a text or a copy, and in no file as it is yet */
  gboolean is_written;    /* the text was written since it was opened or saved */
  gboolean is_foreign;    /* the text was wrong when it was opened: the run is still that of another one */
};

/** Returns: (transfer full): the experiment of the run, as a text in @folder has to say it */
char *bp_document_write_experiment (BpDocument *self,
                                    const char *folder);

/** Goes on with the file at @path (nullable). @bytes: (nullable) (transfer full): what it holds */
void bp_document_mark_saved (BpDocument *self,
                             const char *path,
                             GBytes     *bytes);

/** Makes the run that of @saved, with its kept runs, and sends it to the saved position. @trainer: (transfer full) */
void bp_document_load_saved (BpDocument       *self,
                             const BpSavedRun *saved,
                             BpTrainer        *trainer);

/** Begins with another text. @text: (transfer full). @base: (transfer full) (nullable): NULL for the experiment of the
 *  run */
void bp_document_begin_text (BpDocument *self,
                             const char *folder,
                             char       *text,
                             char       *base);

G_END_DECLS
