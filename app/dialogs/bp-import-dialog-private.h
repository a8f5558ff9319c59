/* bp-import-dialog-private.h: what the parts of the dialog share
 *
 * bp-import-dialog.c reads and takes what is chosen, bp-import-show.c shows what comes of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "dialogs/bp-import-columns.h"
#include "dialogs/bp-import-dialog.h"
#include "run/bp-job.h"

G_BEGIN_DECLS

/** What the list of separators has, in its order. */
#define BP_IMPORT_SEPARATORS ",;\t| "

struct _BpImportDialog {
  AdwWindow        parent;

  AdwWindowTitle  *window_title;
  GtkWidget       *cancel_button;
  GtkWidget       *create_button;
  GtkWidget       *panes;
  BpImportColumns *columns;
  GtkLabel        *rows_label;
  GtkToggleButton *simple_button;
  GtkToggleButton *network_button;
  GtkLabel        *model_label;
  GtkTextView     *text_view;
  GtkLabel        *names_label;
  AdwComboRow     *separator_row;
  GtkWidget       *separator_check;
  AdwComboRow     *decimal_row;
  GtkWidget       *decimal_check;
  AdwComboRow     *header_row;
  GtkWidget       *header_check;
  AdwComboRow     *encoding_row;
  GtkWidget       *encoding_check;
  AdwComboRow     *missing_row;
  GtkWidget       *missing_check;
  GtkSwitch       *standardize_switch;
  AdwActionRow    *test_row;
  GtkSpinButton   *test_spin;
  AdwActionRow    *hidden_row;
  GtkEditable     *hidden_entry;
  GtkLabel        *message_label;

  BpImportChoices *choices;
  BpFileChooser    save_chooser; /* NULL: the table is in a file of the user's */
  char            *own_file;     /* that a pasted table is in */
  BpImport        *import;
  char            *hidden_error; /* what is wrong with what is typed */
  BpJob           *job;
  gboolean         creates;      /* once the job is done */
  gboolean         is_showing;   /* widgets are set, not chosen */
};

/** Shows what was read. */
void bp_import_dialog_show (BpImportDialog *dialog);

/** Says what is wrong with the choices or the table, @problem, or else how many rows it has. */
void bp_import_dialog_show_message (BpImportDialog *dialog,
                                    const char     *problem);

G_END_DECLS
