/* graph-view-fixture.h: a window with a graph view for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph-view.h"
#include "lib/widget-search.h"

/** A window with the graph of a run. */
typedef struct {
  BpRun       *run;
  GtkWidget   *window;
  BpGraphView *view;
} Fixture;

/** Shows a built-in experiment in a window of that size. */
Fixture open_window (const char *name,
                     int         width,
                     int         height);

/** Closes the window; nothing keeps the run. */
void close_window (Fixture *fixture);

/** What the view shows. */
BpTrainer *get_trainer (Fixture *fixture);

/** The widget of a node, which must exist. */
GtkWidget *get_node (Fixture    *fixture,
                     const char *name);

/** Counts how often a signal is emitted. Returns: (transfer none): the count, which goes with the handler */
guint *watch (gpointer    object,
              const char *signal);

/** That no nodes overlap and, with @inside, that all are in the view. */
void check_allocations (Fixture *fixture,
                        gboolean inside);
