/* bp-network-bar.h: Graph | Neurons, and what goes with each
 *
 * A row of switches for what a network is shown as. Where the run's model has no layers it is not visible, and the page
 * is the graph.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "network/bp-network.h"
#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_NETWORK_BAR (bp_network_bar_get_type ())
G_DECLARE_FINAL_TYPE (BpNetworkBar, bp_network_bar, BP, NETWORK_BAR, GtkBox)

/** The run that it watches. @run: (nullable) */
void bp_network_bar_set_run (BpNetworkBar *self,
                             BpRun        *run);

/** Property "page" (string): "graph" or "neurons", which a model without layers has not. Property "neurons" (boolean)
 *  is the same for an action. */
const char *bp_network_bar_get_page (BpNetworkBar *self);

void bp_network_bar_set_page (BpNetworkBar *self,
                              const char   *page);

/** Property "mode" (uint, read-only): the BpNetworkMode that is switched on. */
BpNetworkMode bp_network_bar_get_mode (BpNetworkBar *self);

G_END_DECLS
