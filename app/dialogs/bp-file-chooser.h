/* bp-file-chooser.h: asks for a file
 *
 * The window calls the desktop's dialog through a BpFileChooser, which tests replace by one that answers by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Called with the file that the user chose; @file: (nullable): NULL when the user cancelled. */
typedef void (*BpFileChosen) (GFile   *file,
                              gpointer data);

/**
 * BpFileChooser:
 * @name: (nullable): the suggested name of a file to save
 * @chosen: called once, later
 *
 * Asks for a file over @parent. It keeps @parent alive until @chosen was called.
 */
typedef void (*BpFileChooser) (GtkWindow   *parent,
                               const char  *name,
                               BpFileChosen chosen,
                               gpointer     data);

/** How the names of files end that are tables (array zero-terminated=1). */
#define BP_TABLE_SUFFIXES { "csv", "tsv", "tab", "txt", "dat", "data", NULL }

/** Asks for a table to import. */
void bp_file_chooser_open_table (GtkWindow   *parent,
                                 const char  *name,
                                 BpFileChosen chosen,
                                 gpointer     data);

/** Asks where to save a table that was pasted. */
void bp_file_chooser_save_table (GtkWindow   *parent,
                                 const char  *name,
                                 BpFileChosen chosen,
                                 gpointer     data);

/** Asks for an experiment to open. */
void bp_file_chooser_open_experiment (GtkWindow   *parent,
                                      const char  *name,
                                      BpFileChosen chosen,
                                      gpointer     data);

/** Asks where to save a run; the desktop's dialog asks before it overwrites a file. */
void bp_file_chooser_save_experiment (GtkWindow   *parent,
                                      const char  *name,
                                      BpFileChosen chosen,
                                      gpointer     data);

/** Asks where to save a figure, starting in the folder of the last export. */
void bp_file_chooser_save_figure (GtkWindow   *parent,
                                  const char  *name,
                                  BpFileChosen chosen,
                                  gpointer     data);

G_END_DECLS
