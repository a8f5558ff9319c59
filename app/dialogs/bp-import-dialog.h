/* bp-import-dialog.h: from a table to an experiment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "dialogs/bp-file-chooser.h"
#include "templates/bp-import.h"

G_BEGIN_DECLS

#define BP_TYPE_IMPORT_DIALOG (bp_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BpImportDialog, bp_import_dialog, BP, IMPORT_DIALOG, AdwWindow)

/**
 * bp_import_dialog_new:
 * @parent: the window that it stands over
 * @choices: (transfer full): the file, and what is decided already
 * @save_chooser: (nullable): asks where to save the table, where it was pasted and is in a file of the dialog's own,
 *   which goes with it; NULL for a table that is in a file of the user's
 *
 * Shows the first rows of a table as the program reads them, asks what the columns are for, and says what will be made.
 * "created" is emitted with the text of an experiment and the folder that its File is in; the dialog is closed by then.
 */
GtkWidget *bp_import_dialog_new (GtkWindow       *parent,
                                 BpImportChoices *choices,
                                 BpFileChooser    save_chooser);

/** Returns: (nullable): what is shown; NULL while the table is read for the first time, or where it cannot be */
const BpImport *bp_import_dialog_get_import (BpImportDialog *dialog);

G_END_DECLS
