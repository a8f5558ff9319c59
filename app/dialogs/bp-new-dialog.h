/* bp-new-dialog.h: begins an experiment with a template
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "templates/bp-import.h"
#include "templates/bp-template.h"

G_BEGIN_DECLS

#define BP_TYPE_NEW_DIALOG (bp_new_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BpNewDialog, bp_new_dialog, BP, NEW_DIALOG, AdwWindow)

/**
 * bp_new_dialog_new:
 * @parent: the window that it stands over
 *
 * A dialog with a template for each kind of experiment, and what can be chosen of it. "created" is emitted with the
 * text of an experiment, and "table" where a data file is to be chosen instead of a generator, with the
 * BpImportChoices that go with the template but for the file; the dialog is closed by then.
 */
GtkWidget *bp_new_dialog_new (GtkWindow *parent);

/** Selects a template, as a click does. */
void bp_new_dialog_select (BpNewDialog   *dialog,
                           BpTemplateKind kind);

G_END_DECLS
