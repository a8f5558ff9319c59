/* bp-export-dialog.h: asks what to export and how, shows it, and writes the file
 *
 * Shows the place that the window shows, or a sequence of places that is rendered in a thread. It begins with what was
 * exported last. When a file is written the dialog closes and the window says so; when that fails the dialog says why
 * and stays. Closing it ends what it renders, and then nothing is written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-figure.h"
#include "bp-window.h"

G_BEGIN_DECLS

#define BP_TYPE_EXPORT_DIALOG (bp_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BpExportDialog, bp_export_dialog, BP, EXPORT_DIALOG, AdwWindow)

/** Over @window, which stops playing. @kind: the figure to begin with; BP_N_FIGURES for that of the last export. */
GtkWidget *bp_export_dialog_new (BpWindow    *window,
                                 BpFigureKind kind);

/** How it asks for a file; with the desktop's dialog unless set. */
void bp_export_dialog_set_file_chooser (BpExportDialog *dialog,
                                        BpFileChooser   chooser);

G_END_DECLS
