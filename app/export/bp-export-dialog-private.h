/* bp-export-dialog-private.h: what the parts of the export dialog share
 *
 * bp-export-dialog.c chooses, bp-export-fields.c has the numbers, bp-export-write.c writes the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "export/bp-export-choice.h"
#include "export/bp-export-dialog.h"
#include "figures/bp-export-preview.h"
#include "widgets/bp-field.h"

G_BEGIN_DECLS

/** The numbers that can be typed. */
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
  GtkWindow       *window; /* NULL once it is gone */
  BpRun           *run;
  BpExportFigureFunc get_figure;
  BpExportChoice   choice;
  GArray          *formats; /* that the rows of format_row stand for */
  BpFileChooser    chooser;
  GCancellable    *cancellable; /* of the sequence that is rendered, else NULL */
  char            *path; /* where it goes */
  guint            update; /* source that shows what has changed */
  gboolean         updating; /* rows change by themselves, not by the user */
};

/** Says that the file is written, and closes. */
void bp_export_dialog_finish (BpExportDialog *dialog,
                              const char     *text);

/** What is to be exported, with what the window shows of it. */
void bp_export_dialog_get_options (BpExportDialog    *dialog,
                                   BpSequenceOptions *options);

/** Whether @choice can be exported; if not, a sentence says why. */
gboolean bp_export_dialog_check (BpExportDialog       *dialog,
                                 const BpExportChoice *choice,
                                 GError              **error);

/** Shows soon what has changed. */
void bp_export_dialog_queue_update (BpExportDialog *dialog);

/* Numbers */

/** Makes the fields. */
void bp_export_fields_install (BpExportDialog *dialog);

/** Shows the numbers of the choice, and only the fields that make a difference. */
void bp_export_fields_update (BpExportDialog *dialog);

/** Returns: (nullable): a field that is shown with something in it that was refused */
BpField *bp_export_fields_get_refused (BpExportDialog *dialog);

/* Writing */

/** Asks for a file and writes it. */
void bp_export_dialog_export (BpExportDialog *dialog);

/** Ends the sequence that is rendered. */
void bp_export_dialog_stop (BpExportDialog *dialog);

G_END_DECLS
