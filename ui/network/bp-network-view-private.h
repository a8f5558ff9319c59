/* bp-network-view-private.h: what the files of the view share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "network/bp-network-view.h"

G_BEGIN_DECLS

/**
 * BpNetworkView:
 * @buttons: (element-type GtkWidget): by neuron; what they look like is drawn here
 * @turns: (element-type GtkWidget): by column: the button for its other neurons
 * @labels: (element-type utf8): by neuron: what was last said of it
 */
struct _BpNetworkView {
  GtkWidget     parent_instance;

  BpRun        *run;
  BpNetwork    *network;
  GPtrArray    *buttons;
  GPtrArray    *turns;
  GPtrArray    *labels;
  BpNetworkMode mode;
  gsize         row;
};

/** Installs the keys: bp-network-view-choice.c */
void bp_network_view_class_init_choice (GtkWidgetClass *widget_class);

/** Installs what follows the pointer. */
void bp_network_view_init_choice (BpNetworkView *self);

/** Takes over what the run shows now, while the view is to be seen. */
void bp_network_view_follow_run (BpNetworkView *self);

/** Removes all of @buttons. */
void bp_network_view_clear_buttons (GPtrArray *buttons);

G_END_DECLS
