/* bp-document-private.h: what the files of BpDocument share
 *
 * bp-document.c opens and saves, bp-document-text.c has the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "window/bp-document.h"

G_BEGIN_DECLS

struct _BpDocument {
  BpRun   *run;
  char    *path;
  char    *folder;        /* that its File= is relative to; NULL: of a built-in experiment */
  char    *text;          /* as it was opened, saved or written last, without what saving a run adds */
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

/** Begins with another text. @text: (transfer full). @base: (transfer full) (nullable): NULL for the experiment of the
 *  run */
void bp_document_begin_text (BpDocument *self,
                             const char *folder,
                             char       *text,
                             char       *base);

G_END_DECLS
