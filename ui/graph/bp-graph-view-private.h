/* bp-graph-view-private.h: what the parts of the graph view share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph-view.h"

G_BEGIN_DECLS

/** A graph of more nodes is not drawn: nobody could read it, and all nodes are widgets. */
#define BP_GRAPH_VIEW_MAX_NODES 2000

/** How the zoom is chosen. */
typedef enum {
  BP_ZOOM_AUTO, /* all of the graph, unless its text could not be read then */
  BP_ZOOM_FIT,  /* all of the graph */
  BP_ZOOM_FREE, /* by the user */
} BpZoomMode;

/**
 * BpGraphView:
 * @nodes: (element-type GtkWidget): the children, by node; those within folded layers are hidden
 * @folds: (element-type GtkWidget): the buttons that open and close layers, by layer
 * @note: what is shown instead of a graph that is too large
 * @edges: (element-type GskRenderNode): what lies below the nodes: the caption of the evaluation branch, then each
 *   edge; NULL for what is to be drawn
 * @inspected: the node that @inspector shows
 * @followed: where the run stood when its step was last brought into view
 * @followed_layer: the layer that a lecture last opened
 * @menu: (nullable): of a layer, once it was asked for
 * @width, @height: the view that the graph is laid out for
 * @mode: how the zoom is chosen
 * @starts: whether the place is to be chosen too, because the graph is another
 * @x, @y: where the drawing's origin is in the view
 */
struct _BpGraphView {
  GtkWidget       parent_instance;

  GSimpleActionGroup *actions;
  GtkWidget      *inspector;
  GtkWidget      *note;
  GtkWidget      *menu;

  BpRun          *run;
  BpGraphDrawing *drawing;
  GPtrArray      *nodes;
  GPtrArray      *folds;
  GPtrArray      *edges;
  guint           inspected;
  BpCursor        followed;
  guint           followed_layer;
  gboolean        lecture;
  BpPaletteKind   palette_kind;

  BpZoomMode      mode;
  gboolean        starts;
  int             width;  /* of the view that the layout was chosen for; 0: to be chosen again */
  int             height;
  double          zoom;
  double          x;
  double          y;
  double          pointer_x;
  double          pointer_y;
  gboolean        drags;
  double          drag_x;
  double          drag_y;
  double          pinch_zoom;
};

/** What bp-graph-view-nodes.c does when class and object are made. */
void bp_graph_view_class_init_nodes (GtkWidgetClass *widget_class);

void bp_graph_view_init_nodes (BpGraphView *self);

/** Takes over what the run shows now: the nodes there are, their numbers, which is selected. */
void bp_graph_view_follow_run (BpGraphView *self);

/** Removes all nodes. */
void bp_graph_view_clear_nodes (BpGraphView *self);

/** Shows the inspected node's numbers again. */
void bp_graph_view_update_inspector (BpGraphView *self);

/** Lets the inspector point to its node. */
void bp_graph_view_point_inspector (BpGraphView *self);

/* Fitting: bp-graph-view-fit.c */

/** Has the graph laid out for the view: larger type where there is room for it without more rows, less to read where it
 *  makes all of it fit; matrices go only where not even the height fits with them. */
void bp_graph_view_choose_layout (BpGraphView *self,
                                  int          width,
                                  int          height);

/** The zoom that shows all of it, unless text would be too small and the user did not ask for that. */
double bp_graph_view_choose_zoom (BpGraphView *self,
                                  int          width,
                                  int          height);

/* Folding: bp-graph-view-folds.c */

/** Adds the actions. */
void bp_graph_view_init_folds (BpGraphView *self);

/** Makes a button for each layer, and hides the nodes that are shown elsewhere. */
void bp_graph_view_create_folds (BpGraphView *self);

void bp_graph_view_clear_folds (BpGraphView *self);

/** Puts the buttons where the layout has their layers. */
void bp_graph_view_allocate_folds (BpGraphView *self);

void bp_graph_view_snapshot_folds (BpGraphView *self,
                                   GtkSnapshot *snapshot);

/** In a lecture the layer that the run computes is open, and no other. Returns: whether that changed what is open */
gboolean bp_graph_view_follow_layer (BpGraphView *self);

/** Opens the folded layer that @node stands for. Returns: FALSE where it stands for none */
gboolean bp_graph_view_toggle_layer (BpGraphView *self,
                                     guint        node);

/** What of @bounds is in the view, or the edge that is nearest. */
GdkRectangle bp_graph_view_clip (BpGraphView           *self,
                                 const graphene_rect_t *bounds);

/** Has the menu of the layer of @node pop up at it. Returns: FALSE where it has none */
gboolean bp_graph_view_show_layer_menu (BpGraphView *self,
                                        guint        node);

/* Numbers changed by hand: bp-graph-view-number.c */

/** Installs the keys. */
void bp_graph_view_class_init_number (GtkWidgetClass *widget_class);

/** Lets the inspector change the number of its node. */
void bp_graph_view_init_number (BpGraphView *self);

/** Shows that number again. */
void bp_graph_view_update_number (BpGraphView *self);

/** Lets the number of @node, one of the children, be dragged. */
void bp_graph_view_add_drag (BpGraphView *self,
                             GtkWidget   *node);

/** Shows what lies below the nodes: bp-graph-view-edges.c */
void bp_graph_view_snapshot_edges (BpGraphView *self,
                                   GtkSnapshot *snapshot);

/** Has all edges drawn again. */
void bp_graph_view_drop_edges (BpGraphView *self);

/** Has those edges drawn again that the last update changed. */
void bp_graph_view_drop_changed_edges (BpGraphView *self);

#define BP_ZOOM_STEP 1.2

/** Installs the callbacks that move and zoom: bp-graph-view-pointer.c */
void bp_graph_view_class_init_pointer (GtkWidgetClass *widget_class);

/** Installs the actions: bp-graph-view-zoom.c */
void bp_graph_view_init_zoom (BpGraphView *self);

/** Zooms so that what is at (@x, @y) of the view stays there. */
void bp_graph_view_zoom_at (BpGraphView *self,
                            double       zoom,
                            double       x,
                            double       y);

/** Puts the drawing's origin there, as far as its ends allow. Returns: whether the graph moved */
gboolean bp_graph_view_move_to (BpGraphView *self,
                                double       x,
                                double       y);

/** Chooses zoom and place for a view of @width by @height pixels. */
void bp_graph_view_place (BpGraphView *self,
                          int          width,
                          int          height);

/** Whether all of the graph is in view. */
gboolean bp_graph_view_is_whole (BpGraphView *self);

/** Has zoom and place chosen anew, for a graph that is another or looks different. */
void bp_graph_view_start_over (BpGraphView *self);

/** Moves the graph, if it is larger than the view, so that @node can be seen. */
void bp_graph_view_reveal (BpGraphView *self,
                           guint        node);

/** The same for the step that the run is at: what it computes and, as far as there is room, what that goes to. */
void bp_graph_view_reveal_step (BpGraphView *self);

/** The graph moved or changed: allocate the children and draw the edges again. */
void bp_graph_view_invalidate (BpGraphView *self);

G_END_DECLS
