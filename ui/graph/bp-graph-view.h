/* bp-graph-view.h: the computation graph of a run
 *
 * Each node is a child that can be focused, pressed and read out. Tab goes through the nodes in the order in which
 * they are computed and selects them, and through the buttons of layers; Escape selects none; arrow keys are left to
 * the window. A node that is pressed again, or with the Menu key, shows its elements in a popover.
 *
 * All of the graph is shown, in rows where it is wide, unless its text were too small to read then, until the user
 * zooms: Ctrl and the wheel, a pinch, or the actions graph.zoom-in, graph.zoom-out and graph.zoom-fit (Ctrl++, Ctrl+−,
 * Ctrl+0 anywhere in the window). Scrolling and dragging the background move it. While it is larger than the view, it
 * follows the step that the run is at, but stands still under a click. Nothing is drawn that did not change.
 *
 * A dense layer of a network is one box, with a button that opens it to a group of its nodes, and closes that. Return
 * on the box opens it too; its menu, and the actions graph.open-all and graph.fold-all, are for the rest. In a lecture
 * the layer that the run computes is open, the others are boxes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "graph/bp-graph-draw.h"
#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_GRAPH_VIEW (bp_graph_view_get_type ())
G_DECLARE_FINAL_TYPE (BpGraphView, bp_graph_view, BP, GRAPH_VIEW, GtkWidget)

/** The run that is shown. @run: (nullable) */
void bp_graph_view_set_run (BpGraphView *self,
                            BpRun       *run);

/** In a lecture: large type and thick strokes. */
gboolean bp_graph_view_get_lecture (BpGraphView *self);

void bp_graph_view_set_lecture (BpGraphView *self,
                                gboolean     lecture);

/** Pixels for one of the drawing's. */
double bp_graph_view_get_zoom (BpGraphView *self);

/** The actions "zoom-in", "zoom-out" and "zoom-fit", for an ancestor that has buttons for them and inserts the group as
 *  "graph". Returns: (transfer none) */
GActionGroup *bp_graph_view_get_actions (BpGraphView *self);

/** Follows the desktop's style. */
BpPaletteKind bp_graph_view_get_palette_kind (BpGraphView *self);

/** Which dense layers are open; a network begins with all folded. */
BpOpenLayers bp_graph_view_get_open (BpGraphView *self);

void bp_graph_view_set_open (BpGraphView *self,
                             BpOpenLayers open);

/** Returns: (transfer none) (nullable): the child that shows @node */
GtkWidget *bp_graph_view_get_node (BpGraphView *self,
                                   guint        node);

/** Shows the elements of @node in a popover; BP_NODE_NONE closes it. */
void bp_graph_view_inspect (BpGraphView *self,
                            guint        node);

/** Returns: the node whose elements are shown, or BP_NODE_NONE */
guint bp_graph_view_get_inspected (BpGraphView *self);

G_END_DECLS
