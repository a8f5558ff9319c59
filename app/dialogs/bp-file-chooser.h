/* bp-file-chooser.h: asks for a file
 *
 * A function of this type stands between the window and the desktop's dialog, so that tests can answer in its place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What happens with the file; @file: (nullable): NULL when the user cancels. */
typedef void (*BpFileChosen) (GFile   *file,
                              gpointer data);

/**
 * BpFileChooser:
 * @name: (nullable): a name to suggest, for a file to save
 *
 * Asks for a file over @parent and returns at once; @parent lives at least until @chosen was called.
 */
typedef void (*BpFileChooser) (GtkWindow   *parent,
                               const char  *name,
                               BpFileChosen chosen,
                               gpointer     data);

/** Asks for an experiment to open, with the desktop's dialog. */
void bp_file_chooser_open_experiment (GtkWindow   *parent,
                                      const char  *name,
                                      BpFileChosen chosen,
                                      gpointer     data);

/** Asks where to save a run, with the desktop's dialog, which asks before it overwrites. */
void bp_file_chooser_save_experiment (GtkWindow   *parent,
                                      const char  *name,
                                      BpFileChosen chosen,
                                      gpointer     data);

/** The same for a figure, beginning in the folder of the last export. */
void bp_file_chooser_save_figure (GtkWindow   *parent,
                                  const char  *name,
                                  BpFileChosen chosen,
                                  gpointer     data);

G_END_DECLS
