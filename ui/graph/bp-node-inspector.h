/* bp-node-inspector.h: a popover with the elements of a node's value and gradient, and its local derivatives
 *
 * It does not take the focus by itself, and what it shows follows the run: it can stay open while one steps. An element
 * of a tensor can be chosen in it.
 *
 * Signals:
 *   ::choose    (gint64 element): card and plots should show it; BP_ELEMENT_NONE for none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "drawing/bp-palette.h"
#include "tensor/bp-tensor-view.h"
#include "training/bp-trainer.h"
#include "widgets/bp-field.h"

G_BEGIN_DECLS

#define BP_TYPE_NODE_INSPECTOR (bp_node_inspector_get_type ())
G_DECLARE_FINAL_TYPE (BpNodeInspector, bp_node_inspector, BP, NODE_INSPECTOR, GtkPopover)

GtkWidget *bp_node_inspector_new (void);

/**
 * bp_node_inspector_update:
 * @element: the chosen element of @node, or BP_ELEMENT_NONE
 *
 * Shows what @node of @trainer holds now; its value only if @hides_value is FALSE, its gradient and local derivatives
 * only if @hides_gradient is.
 */
void bp_node_inspector_update (BpNodeInspector *self,
                               BpTrainer       *trainer,
                               guint            node,
                               gssize           element,
                               gboolean         hides_value,
                               gboolean         hides_gradient,
                               const BpPalette *palette);

/** The field for a number that is changed by hand, which is not shown until somebody shows it. */
BpField *bp_node_inspector_get_field (BpNodeInspector *self);

/** The elements of the value. */
BpTensorView *bp_node_inspector_get_elements (BpNodeInspector *self);

/** Moves the focus to the elements, to choose one by keys. Returns: FALSE where there are not several */
gboolean bp_node_inspector_enter (BpNodeInspector *self);

/** Returns: (transfer full): op, shape, value and gradient of @node in three lines; @hides_value and @hides_gradient as
 *  for bp_node_inspector_update() */
char *bp_node_inspector_describe (BpTrainer *trainer,
                                  guint      node,
                                  gboolean   hides_value,
                                  gboolean   hides_gradient);

G_END_DECLS
