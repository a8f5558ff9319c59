/* bp-template-preview.h: what a template makes: its plot before any training, and its text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "plots/bp-plots.h"

G_BEGIN_DECLS

#define BP_TYPE_TEMPLATE_PREVIEW (bp_template_preview_get_type ())
G_DECLARE_FINAL_TYPE (BpTemplatePreview, bp_template_preview, BP, TEMPLATE_PREVIEW, GtkWidget)

/**
 * bp_template_preview_show:
 * @text: (nullable): of the experiment; NULL where something is wrong with the choices
 * @kind: the plot that says most about it
 * @layers: (nullable) (element-type guint): of a network
 */
void bp_template_preview_show (BpTemplatePreview *preview,
                               const char        *text,
                               BpPlotKind         kind,
                               const GArray      *layers);

G_END_DECLS
