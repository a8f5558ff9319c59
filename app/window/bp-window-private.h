/* bp-window-private.h: what the parts of the window share
 *
 * bp-window.c puts the views together and plays, bp-window-files.c opens, bp-window-new.c makes experiments,
 * bp-window-save.c saves, bp-window-actions.c has the actions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "window/bp-document.h"
#include "editor/bp-editor.h"
#include "run/bp-job.h"
#include "window/bp-lecture.h"
#include "plots/bp-plot-panes.h"
#include "window/bp-presets.h"
#include "panels/bp-transport.h"
#include "window/bp-window.h"

G_BEGIN_DECLS

/** What a window is like while it is neither maximized nor projected. */
typedef struct {
  int      width;
  int      height;
  gboolean maximized;
  double   graph_share; /* of the height of graph and plots; 0: never moved */
  int      panel_width; /* −1: never moved */
} BpWindowState;

/** The data file of the run, which is watched. */
typedef struct _BpWindowData BpWindowData;

struct _BpWindow {
  AdwApplicationWindow parent;

  BpTransport         *transport;
  AdwToastOverlay     *toast_overlay;
  GtkWidget           *header_bar;
  GtkToggleButton     *panel_button;
  GtkWidget           *export_button;
  GtkWidget           *side_panel;
  GtkWidget           *side_switch;
  GtkStack            *side_stack;   /* "settings" and "text" */
  AdwBin              *text_bin;
  GtkWidget           *text_buttons;
  GtkLabel            *text_chip;    /* says whose the run is while the text has an error */
  GtkWidget           *side_view;
  GtkWidget           *views;
  GtkWidget           *graph_view;
  GtkWidget           *network_bar;
  GtkWidget           *network_box;
  GtkWidget           *network_view;
  GtkWidget           *zoom_buttons;
  GtkWidget           *explain_card;
  GtkWidget           *timeline;
  GtkWidget           *graph_title;
  GtkWidget           *status_row;
  GtkWidget           *old_legend;
  GtkLabel            *old_label;
  GtkLabel            *value_label;
  GtkLabel            *gradient_label;
  GtkWidget           *upper;
  GtkWidget           *lower;
  GtkWidget           *lower_part;
  GtkWidget           *experiment_chooser;
  GtkWidget           *training_panel;
  GtkWidget           *lecture_status;
  GtkWidget           *lecture_bar;
  GtkWidget           *lecture_chooser; /* NULL until the window has been projected, as the other two */
  GtkWidget           *lecture_scale;
  GtkWidget           *lecture_compare;
  GtkWidget           *blank;
  BpPlotPanes         *plot_panes;
  GtkPaned            *panel_pane;
  GtkPaned            *graph_pane;
  GtkMenuButton       *main_button;
  GMenuModel          *main_menu;
  GtkMenuButton       *compare_button;
  GMenuModel          *compare_menu;
  GMenu               *plot_menu;
  GMenu               *presets;
  GMenu               *file_section;
  GtkWidget           *hint;
  GtkLabel            *hint_label;
  GtkWidget           *computing;
  GtkLabel            *computing_label;
  GtkProgressBar      *computing_bar;

  BpRun               *run;
  BpDocument          *document;
  const BpPreset      *preset; /* that the hint speaks of; NULL: of none */
  BpLecture           *lecture;
  BpWindowData        *data;
  BpFileChooser        open_chooser;
  BpFileChooser        save_chooser;
  BpFileChooser        table_chooser;
  BpFileChooser        save_table_chooser;
  GMenu               *recent;
  GtkWidget           *figure_menu;
  AdwToast            *copied_toast; /* NULL once it is gone */
  guint                computing_delay; /* source that shows what is opened, or how far kept runs are */
  BpJob               *opening;         /* that reads a file, else NULL */
  GFile               *opened_file;
  char                *given_up; /* content of the document that this file may replace unasked */
  GArray              *conditional;  /* of the actions that are not always enabled */
  GtkWidget           *focus_before; /* what has the focus, or had it before a menu; NULL: nothing */
  guint                tick;
  gint64               advanced; /* when the tick of this frame was done, 0 where there was none */
  GSettings           *settings; /* NULL where the schema is not installed */
  BpWindowState        state;
  int                  given_width; /* the size that fits the screen */
  int                  given_height;
  guint                save; /* source that writes it */

  BpEditor            *editor;       /* NULL until the text was first shown */
  BpJob               *reading_text; /* that reads the text of the editor, else NULL */
  gboolean             reads_again;  /* the text has changed meanwhile */
  gint64               text_edits;   /* those of the run that the editor's text has */
  char                *recovery_copy; /* file with a copy of the text; NULL while it is saved */
  int                  settings_width; /* of the panel while the text is shown; −1: never moved */
};

/**
 * BpWindowAction:
 * @name: "undo" of "win.undo"
 * @activate: void (*) (BpWindow *window, GVariant *parameter), or of a @run, void (*) (BpRun *run)
 * @is_enabled: (nullable): whether it can be activated; NULL: always
 * @parameter: (nullable): the type of its parameter
 * @of_run: whether it is the run that @activate takes
 */
typedef struct {
  const char *name;
  GCallback   activate;
  gboolean (* is_enabled) (BpRun *run);
  const char *parameter;
  gboolean    of_run;
} BpWindowAction;

/** Adds @rows (array length=n_rows), whose conditions are looked at when the run changes. */
void bp_window_add_actions (BpWindow             *window,
                            const BpWindowAction *rows,
                            guint                 n_rows);

/** Adds the property @name of @object as an action. */
void bp_window_add_property_action (BpWindow   *window,
                                    const char *name,
                                    gpointer    object);

/** Adds the actions of comparing, presets and predicting; call once the run is set. */
void bp_window_compare_install (BpWindow *window);

/** Says which file is opened, or how far the computing of kept runs is, with a button that stops it; call once the run
 *  is set. */
void bp_window_computing_install (BpWindow *window);

/** Says it anew. */
void bp_window_computing_update (BpWindow *window);

/** Gives up a file that is being read. */
void bp_window_stop_opening (BpWindow *window);

/** Takes away the action that holds the run. */
void bp_window_compare_remove (BpWindow *window);

/** Opens @preset in place of what runs, after asking about unsaved changes. */
void bp_window_open_preset (BpWindow       *window,
                            const BpPreset *preset);

/** Says what to look at in @preset. */
void bp_window_show_preset (BpWindow       *window,
                            const BpPreset *preset);

/** Adds the actions of the text; call once the document is there. */
void bp_window_editor_install (BpWindow *window);

void bp_window_editor_remove (BpWindow *window);

/** Shows another document: its title and, if the text is shown, its text. */
void bp_window_show_document (BpWindow *window);

/** Shows the text, with the cursor at what is wrong in it. */
void bp_window_show_text_error (BpWindow     *window,
                                const GError *error);

/** Reads the document's text: shows it, and its first mistake or its run. */
void bp_window_read_text (BpWindow *window);

/** Writes or removes the copy of the text, as it is saved or not. */
void bp_window_recovery_update (BpWindow *window);

void bp_window_recovery_remove (BpWindow *window);

/** Whether the text of the experiment is shown beside the graph. */
gboolean bp_window_shows_text (BpWindow *window);

/** Begins with what the last window left; call once the parts are there, before the window is shown. */
void bp_window_settings_install (BpWindow *window);

/** Remembers the window for the next one. */
void bp_window_settings_remove (BpWindow *window);

/** Adds the actions and the menu that say which plots are shown; call once the run is set. */
void bp_window_plots_install (BpWindow *window);

/** Takes away the actions that hold the plots. */
void bp_window_plots_remove (BpWindow *window);

/** Adds the actions of exporting and copying, and the menu of a figure. */
void bp_window_export_install (BpWindow *window);

/** Takes the menu of a figure away. */
void bp_window_export_remove (BpWindow *window);

/** Adds the files opened or saved last to the main menu, once that is opened. */
void bp_window_recent_install (BpWindow *window);

/** Opens @file in place of what runs, after asking about unsaved changes. */
void bp_window_replace_with_file (BpWindow *window,
                                  GFile    *file);

void bp_window_update_title (BpWindow *window);

/** Closes the menus in @widget before views move: GTK 4.8 would place one that is open at its button, moved but as wide
 *  as before, maybe outside of all monitors. */
void bp_window_close_menus (GtkWidget *widget);

/** Shows panel and views as the width, lecture mode and the panel's page have it. */
void bp_window_update_narrow (BpWindow *window);

/** Whether the run is under way, which what would end it by the way says in a toast rather than to do so. */
gboolean bp_window_refuse_under_way (BpWindow *window);

/** What happens once unsaved changes are saved or given up. */
typedef void (*BpWindowContinue) (BpWindow *window,
                                  gpointer  data);

/** Does @go_on at once, or after asking about unsaved changes, or not at all; then frees @data by @free_data
 *  (nullable). */
void bp_window_go_on_when_saved (BpWindow        *window,
                                 BpWindowContinue go_on,
                                 gpointer         data,
                                 GDestroyNotify   free_data);

/** Says in a dialog what could not be done. */
void bp_window_show_error (BpWindow   *window,
                           const char *heading,
                           const char *message);

/** Adds @file to those opened or saved last. */
void bp_window_add_recent (GFile *file);

/** Whether @file is a table by its name, and no experiment. */
gboolean bp_window_is_table (GFile *file);

/** Asks what the columns of the table @file are for, and opens the experiment that comes of it. */
void bp_window_import (BpWindow *window,
                       GFile    *file);

/** Asks whether to read the data file again once another program has changed it; call once the run is set. */
BpWindowData *bp_window_data_new (BpWindow *window);

void bp_window_data_free (BpWindowData *data);

/** Adds the actions of new experiments. */
void bp_window_new_install (BpWindow *window);

/** Makes files dropped on the window open in it. */
void bp_window_files_install (BpWindow *window);

/** Asks about unsaved changes before the window closes. Returns: whether it stays open for now */
gboolean bp_window_close_request (GtkWindow *window);

G_END_DECLS
