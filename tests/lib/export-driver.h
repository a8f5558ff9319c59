/* export-driver.h: how tests do with the export dialog what a user does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/window-fixture.h"

#include "export/bp-export-dialog.h"

/** The export dialog; NULL when there is none. */
GtkWidget *find_dialog (void);

/** Opens the export dialog, which then asks choose() for a file. */
GtkWidget *open_dialog (Fixture *fixture);

/** The row with that title, which must exist. */
GtkWidget *find_row (GtkWidget  *dialog,
                     const char *title);

/** A choice of a row. */
const char *get_title (AdwComboRow *row,
                       guint        index);

/** Chooses as a user does: what is not in the list cannot be chosen. */
void select_title (GtkWidget  *dialog,
                   const char *title,
                   const char *choice);

/** Sets whether there is a caption. */
void set_caption (GtkWidget *dialog,
                  gboolean   caption);

/** Types @text into the field with that title. */
void type (GtkWidget  *dialog,
           const char *title,
           const char *text);

/** The button that exports. */
GtkWidget *find_export_button (GtkWidget *dialog);

/** Exports. */
void press_export (GtkWidget *dialog);

/** Leaves the dialog, or stops what it does. */
void press_cancel (GtkWidget *dialog);

/** Whether the field or row with that title can be seen. */
gboolean is_shown (GtkWidget  *dialog,
                   const char *title);
