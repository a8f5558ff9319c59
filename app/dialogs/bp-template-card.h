/* bp-template-card.h: the templates with a small picture each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "templates/bp-template.h"

G_BEGIN_DECLS

/** Returns: (transfer floating): a GtkFlowBoxChild with a picture of what @kind is about, in the colours of the
 *  desktop's style, and its title and description */
GtkWidget *bp_template_card_new (BpTemplateKind kind);

G_END_DECLS
