/* bp-export-dialog.h: asks for the options of an export, shows a preview, and writes the file
 *
 * It exports the figure of the position that the window shows, or a sequence of positions, which it renders in a
 * thread. The first options are those of the last export. When the file is written, the dialog closes; on failure it
 * says why and stays open. Closing it cancels the rendering, and no file is written.
 *
 * Signals:
 *   ::exported   (const char *text): the file is written; @text is a sentence for a toast
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "figures/bp-figure.h"
#include "dialogs/bp-file-chooser.h"
#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_EXPORT_DIALOG (bp_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BpExportDialog, bp_export_dialog, BP, EXPORT_DIALOG, AdwWindow)

/** Sets the fields of @options that @window decides, such as the view of a graph, for the figure of their kind. */
typedef void (*BpExportFigureFunc) (GtkWindow       *window,
                                    BpFigureOptions *options);

/**
 * bp_export_dialog_new:
 * @window: the parent window, whose figures are exported
 * @run: its run, which stops playing
 * @get_figure: called as long as @window exists
 * @kind: the figure that is selected first; BP_N_FIGURES for that of the last export
 */
GtkWidget *bp_export_dialog_new (GtkWindow         *window,
                                 BpRun             *run,
                                 BpExportFigureFunc get_figure,
                                 BpFigureKind       kind);

/** Asks where to write the figure in @format, with the look of the last export. The dialog is shown only on failure. */
void bp_export_dialog_export_as (BpExportDialog *dialog,
                                 BpFigureFormat  format);

/** Sets the function that asks for a file; it is the desktop's dialog unless set. */
void bp_export_dialog_set_file_chooser (BpExportDialog *dialog,
                                        BpFileChooser   chooser);

G_END_DECLS
