/* window-fixture.h: the application with a window for tests, and what must be gone with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/widget-search.h"
#include "bp-application.h"
#include "dialogs/bp-preferences.h"
#include "window/bp-window.h"

/** What run_tests() runs the tests with. */
extern GtkApplication *application;

/** Where choose() says to write or read; NULL: it is cancelled. */
extern char *chosen_path;

/** The name that was last suggested to choose(). */
extern char *suggested_name;

/** What a test of add_window_test() works on. */
typedef struct {
  BpWindow *window;
  BpRun    *run;
} Fixture;

/** A cursor in the middle of an iteration, where there are numbers of all kinds to show. */
#define IN_THE_MIDDLE ((BpCursor) { 24, 6 })

/** An application of its own, registered. Returns: (transfer full) */
GtkApplication *application_new (void);

/** Opens a window of the application and waits until it is drawn. */
BpWindow *open_window (void);

/** Destroys a window with the dialogs over it; nothing keeps it. */
void close_window (BpWindow *window);

/** The trainer of the window's run. */
BpTrainer *get_trainer (Fixture *fixture);

/** The name of the experiment that is open. */
const char *get_name (Fixture *fixture);

/** Activates an action, such as "win.play". */
void activate (Fixture    *fixture,
               const char *action);

/** Whether an action of the window, such as "play", can be activated. */
gboolean is_enabled (Fixture    *fixture,
                     const char *name);

/** The visible dialog of @type over @window; NULL when there is none. */
gpointer find_over (BpWindow *window,
                    GType     type);

/** Stands in for the desktop's dialog. */
void choose (GtkWindow   *parent,
             const char  *name,
             BpFileChosen chosen,
             gpointer     data);

/** Whether a toast in @root has @text in it; while a run plays, when the main loop may never come to rest. */
gboolean shows_toast (GtkWidget  *root,
                      const char *text);

/** The same when what is pending is done. */
gboolean has_toast (GtkWidget  *root,
                    const char *text);

/** Waits for a file that is being read. */
void wait_until_opened (BpWindow *window);

/** Opens a file and waits for it. Returns: whether it is open now */
gboolean open_in (BpWindow *window,
                  GFile    *file);

/** Adds a test that has a window, whose run stands at @start. Afterwards nothing keeps the fixture's window and run. */
void add_window_test (const char *path,
                      BpCursor    start,
                      void (*test) (Fixture *fixture));

/** Runs the tests with an application; in main(), after gtk_test_init(). */
int run_tests (void);
