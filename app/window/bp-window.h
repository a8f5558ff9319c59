/* bp-window.h: the window
 *
 * Puts the views of one run together and drives it: while the run plays, and only then, a tick callback advances it
 * with the frame time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "dialogs/bp-file-chooser.h"
#include "run/bp-run.h"

G_BEGIN_DECLS

typedef struct _BpLecture BpLecture;

#define BP_TYPE_WINDOW (bp_window_get_type ())
G_DECLARE_FINAL_TYPE (BpWindow, bp_window, BP, WINDOW, AdwApplicationWindow)

/** A window on @run. */
GtkWidget *bp_window_new (GtkApplication *application,
                          BpRun          *run);

/** Returns: (transfer none): its run. Opening another experiment changes what the run holds, not the run. */
BpRun *bp_window_get_run (BpWindow *window);

/** Opens a built-in experiment in place of the one that runs, after asking about unsaved changes. */
void bp_window_open_builtin (BpWindow   *window,
                             const char *name);

/** Opens the text of an experiment file as a document that is not saved yet, after asking about unsaved changes.
 *  @folder: (nullable): as for bp_document_open_text() */
void bp_window_open_text (BpWindow   *window,
                          const char *text,
                          const char *folder);

/**
 * bp_window_open_file:
 *
 * Opens an experiment file in place of the experiment that runs, which goes on until the file is read in a thread. When
 * it cannot be read, a dialog says why. Opening something else, and closing the window, ends it.
 */
void bp_window_open_file (BpWindow *window,
                          GFile    *file);

/** Asks whether a text is to be restored that an earlier program did not come to save, if there is one. */
void bp_window_offer_recovery (BpWindow *window);

/** Whether a file is being read. */
gboolean bp_window_get_opening (BpWindow *window);

/**
 * bp_window_save:
 * @as: whether to ask for a name even if the run has a file
 *
 * Saves the run in its file; a dialog says why if that fails.
 */
void bp_window_save (BpWindow *window,
                     gboolean  as);

/** How it asks for files to open and to save in; the desktop's dialogs unless set. NULL leaves one as it is. */
void bp_window_set_file_choosers (BpWindow     *window,
                                  BpFileChooser open_chooser,
                                  BpFileChooser save_chooser);

/** Lecture mode of the window; see bp-lecture.h. */
BpLecture *bp_window_get_lecture (BpWindow *window);

/** Shows @text for a few seconds. */
void bp_window_add_toast (BpWindow   *window,
                          const char *text);

G_END_DECLS
