/* bp-export-preview.h: the figure that would be exported, as large as there is room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "figures/bp-figure.h"

G_BEGIN_DECLS

#define BP_TYPE_EXPORT_PREVIEW (bp_export_preview_get_type ())
G_DECLARE_FINAL_TYPE (BpExportPreview, bp_export_preview, BP, EXPORT_PREVIEW, GtkWidget)

/** Draws the figure once; from then on that is shown, at any size and whatever becomes of the trainer. */
void bp_export_preview_take (BpExportPreview       *preview,
                             BpTrainer             *trainer,
                             const BpFigureOptions *options);

/** The size of the figure in its own pixels; 0 before any was taken. */
void bp_export_preview_get_size (BpExportPreview *preview,
                                 double          *width,
                                 double          *height);

/** How many pixels of the screen show one of the figure's; never more than 1. */
double bp_export_preview_get_scale (BpExportPreview *preview);

G_END_DECLS
