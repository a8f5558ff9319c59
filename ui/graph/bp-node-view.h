/* bp-node-view.h: one node of the graph view
 *
 * A button that lies exactly over its node's picture and draws it, so that a node can be focused, pressed and read out:
 * "A, variable, value 9.97, gradient −0.3". Pressed once it is selected; pressed again it asks to be inspected,
 * and pressed by keys once more, to be entered.
 *
 * Signals:
 *   ::select    it should be the selected node
 *   ::inspect   it should show its elements, or hide them
 *   ::enter     it should open, where it is a folded layer, or show its elements, or give them the focus where it does
 *   ::menu      it should show its menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "graph/bp-graph-draw.h"

G_BEGIN_DECLS

#define BP_TYPE_NODE_VIEW (bp_node_view_get_type ())
G_DECLARE_FINAL_TYPE (BpNodeView, bp_node_view, BP, NODE_VIEW, GtkWidget)

/** @drawing: (transfer none): must outlive the view */
GtkWidget *bp_node_view_new (BpGraphDrawing *drawing,
                             guint           node);

guint bp_node_view_get_node (BpNodeView *self);

/** Returns: the element whose cell is at (@x, @y), or BP_ELEMENT_NONE */
gssize bp_node_view_get_element (BpNodeView *self,
                                 double      x,
                                 double      y);

/** Adds a gesture of what is pressed, beside the click that selects. @drag: (transfer full) */
void bp_node_view_add_drag (BpNodeView *self,
                            GtkGesture *drag);

/** Draws the node again and says what it shows now. */
void bp_node_view_update (BpNodeView *self);

/**
 * bp_node_view_set_place:
 * @zoom: its size divided by that of its node's box
 * @x, @y: where the box begins, a part of a pixel: the widget is at whole pixels, where renderers that keep what is
 *   drawn show it sharp
 */
void bp_node_view_set_place (BpNodeView *self,
                             double      zoom,
                             double      x,
                             double      y);

/** Whether it is the selected one: a ring around it says so. */
gboolean bp_node_view_get_selected (BpNodeView *self);

void bp_node_view_set_selected (BpNodeView *self,
                                gboolean    selected);

/** What a screen reader says of a node. Returns: (transfer full) */
char *bp_node_state_describe (const BpNodeState *state);

G_END_DECLS
