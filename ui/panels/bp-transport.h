/* bp-transport.h: the buttons that move through the run
 *
 * Reset, steps back and forward, play, and the speed. The buttons activate the window's actions ("win.reset", …);
 * all of them show their words or, when there is no room, all their icons alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_TRANSPORT (bp_transport_get_type ())
G_DECLARE_FINAL_TYPE (BpTransport, bp_transport, BP, TRANSPORT, GtkWidget)

GtkWidget *bp_transport_new (BpRun *run);

/** The run that it watches. @run: (nullable) */
void bp_transport_set_run (BpTransport *transport,
                           BpRun       *run);

/** Leaves out the button for the start, which has a key: there is more in the same row. */
void bp_transport_set_brief (BpTransport *transport);

/** How the menu button shows a speed: "10 steps/s", "full speed" for 0. Returns: (transfer full) */
char *bp_transport_format_speed (double speed);

G_END_DECLS
