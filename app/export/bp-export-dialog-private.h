/* bp-export-dialog-private.h: what the files of the export dialog share
 *
 * bp-export-dialog.c has the choice and the preview, bp-export-fields.c the number fields, bp-export-write.c writes the
 * file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "export/bp-export-choice.h"
#include "export/bp-export-dialog.h"
#include "figures/bp-export-preview.h"
#include "widgets/bp-field.h"

G_BEGIN_DECLS

/** The number fields. */
typedef enum {
  BP_EXPORT_FIRST,
  BP_EXPORT_LAST,
  BP_EXPORT_EVERY,
  BP_EXPORT_DELAY,
  BP_EXPORT_WIDTH,
  BP_EXPORT_HEIGHT,
  BP_EXPORT_FONT_SIZE,
  BP_EXPORT_SCALE,
  BP_N_EXPORT_FIELDS
} BpExportField;

struct _BpExportDialog {
  AdwWindow        parent;

  AdwComboRow     *figure_row;
  AdwComboRow     *what_row;
  AdwComboRow     *format_row;
  GtkWidget       *sequence_list;
  AdwComboRow     *step_row;
  GtkLabel        *count_label;
  GtkWidget       *look_list;
  AdwComboRow     *theme_row;
  AdwComboRow     *unit_row;
  AdwActionRow    *caption_row;
  GtkSwitch       *caption_switch;
  GtkLabel        *message_label;
  BpExportPreview *preview;
  GtkLabel        *size_label;
  GtkWidget       *content;
  GtkWidget       *progress_box;
  GtkProgressBar  *progress_bar;
  GtkWidget       *cancel_button;
  GtkWidget       *export_button;
  AdwToastOverlay *toast_overlay;

  BpField         *fields[BP_N_EXPORT_FIELDS];
  GtkWindow       *window; /* weak pointer */
  BpRun           *run;
  BpExportFigureFunc get_figure;
  BpExportChoice   choice;
  GArray          *formats; /* the format of each row of format_row */
  BpFileChooser    chooser;
  BpJob           *job; /* NULL while no sequence is rendered */
  char            *path; /* of the exported file */
  guint            update; /* source that updates the widgets */
  gboolean         updating; /* whether the program changes the rows, not the user */
};

/** Emits ::exported with @text, and closes. */
void bp_export_dialog_finish (BpExportDialog *dialog,
                              const char     *text);

/** Gets the options of the export; those that the window decides are as it shows the figure. */
void bp_export_dialog_get_options (BpExportDialog    *dialog,
                                   BpSequenceOptions *options);

/** Checks @choice; fails with a sentence for the user. */
gboolean bp_export_dialog_check (BpExportDialog       *dialog,
                                 const BpExportChoice *choice,
                                 GError              **error);

/** Updates the widgets when the main loop is idle. */
void bp_export_dialog_queue_update (BpExportDialog *dialog);

/* Number fields */

/** Creates the fields. */
void bp_export_fields_install (BpExportDialog *dialog);

/** Shows the numbers of the choice, and hides the fields that do not affect it. */
void bp_export_fields_update (BpExportDialog *dialog);

/** Returns: (nullable): a visible field with a refused text */
BpField *bp_export_fields_get_refused (BpExportDialog *dialog);

/* Writing */

/** Asks for a file and writes the figure or the sequence to it. */
void bp_export_dialog_export (BpExportDialog *dialog);

/** Cancels the rendering of a sequence, if any. */
void bp_export_dialog_stop (BpExportDialog *dialog);

G_END_DECLS
