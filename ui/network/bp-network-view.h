/* bp-network-view.h: the network of a run as neurons and weights
 *
 * Each neuron is a button that can be focused, pressed and read out; pressed it is chosen, so that card and plots speak
 * of it, and pressed again its weights are, one after the other. A press on a line chooses that weight. Alt+↑ and
 * Alt+↓ go through the samples of the batch. A column that is too long has a button for its other neurons.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "network/bp-network-draw.h"
#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_NETWORK_VIEW (bp_network_view_get_type ())
G_DECLARE_FINAL_TYPE (BpNetworkView, bp_network_view, BP, NETWORK_VIEW, GtkWidget)

/** The run that is shown. @run: (nullable) */
void bp_network_view_set_run (BpNetworkView *self,
                              BpRun         *run);

/** Property "mode" (uint): a BpNetworkMode. */
BpNetworkMode bp_network_view_get_mode (BpNetworkView *self);

void bp_network_view_set_mode (BpNetworkView *self,
                               BpNetworkMode  mode);

/** Returns: (transfer none): what is shown */
const BpNetwork *bp_network_view_get_network (BpNetworkView *self);

/** The sample of the batch that the numbers are of. */
gsize bp_network_view_get_row (BpNetworkView *self);

/** Returns: (transfer none) (nullable): the button of @neuron */
GtkWidget *bp_network_view_get_button (BpNetworkView *self,
                                       guint          neuron);

G_END_DECLS
