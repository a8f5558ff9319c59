/* bp-window-private.h: what the parts of the window share
 *
 * bp-window.c puts the views together and plays, bp-window-files.c opens and saves, bp-window-actions.c has the actions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-document.h"
#include "bp-lecture.h"
#include "bp-plot-panes.h"
#include "bp-transport.h"
#include "bp-window.h"

G_BEGIN_DECLS

struct _BpWindow {
  AdwApplicationWindow parent;

  BpTransport         *transport;
  AdwToastOverlay     *toast_overlay;
  GtkWidget           *header_bar;
  GtkWidget           *side_panel;
  GtkWidget           *views;
  GtkWidget           *graph_view;
  GtkWidget           *explain_card;
  GtkWidget           *timeline;
  GtkRevealer         *lecture_controls;
  GtkWidget           *blank;
  BpPlotPanes         *plot_panes;

  BpRun               *run;
  BpDocument          *document;
  BpLecture           *lecture;
  BpFileChooser        open_chooser;
  BpFileChooser        save_chooser;
  guint                tick;
};

void bp_window_update_title (BpWindow *window);

/** Makes files dropped on the window open in it. */
void bp_window_files_install (BpWindow *window);

/** Asks about unsaved changes before the window closes. Returns: whether it stays open for now */
gboolean bp_window_close_request (GtkWindow *window);

G_END_DECLS
