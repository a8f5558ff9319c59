/* bp-export-dialog.h: asks what to export and how, shows it, and writes the file
 *
 * Shows the place that the window shows, or a sequence of places that is rendered in a thread. It begins with what was
 * exported last. When a file is written the dialog closes; when that fails it says why and stays. Closing it ends what
 * it renders, and then nothing is written.
 *
 * Signals:
 *   ::exported   (const char *text): a file is written; a sentence for a toast
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

/** Sets in @options what @window shows of the figure of their kind. */
typedef void (*BpExportFigureFunc) (GtkWindow       *window,
                                    BpFigureOptions *options);

/**
 * bp_export_dialog_new:
 * @window: the window below, of which figures are exported
 * @run: what it shows; it stops playing
 * @get_figure: asked until @window is gone
 * @kind: the figure to begin with; BP_N_FIGURES for that of the last export
 */
GtkWidget *bp_export_dialog_new (GtkWindow         *window,
                                 BpRun             *run,
                                 BpExportFigureFunc get_figure,
                                 BpFigureKind       kind);

/** How it asks for a file; with the desktop's dialog unless set. */
void bp_export_dialog_set_file_chooser (BpExportDialog *dialog,
                                        BpFileChooser   chooser);

G_END_DECLS
