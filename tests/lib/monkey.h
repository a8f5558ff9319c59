/* monkey.h: whose actions test-monkey.c has, and what must hold whatever they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/window-fixture.h"

/** How long a frame takes by a clock of our own. */
#define FRAME (G_USEC_PER_SEC / 60)

/** One who does things in a window. @random is what they do, @time what the clock shows. */
typedef struct {
  BpWindow *window;
  BpRun    *run;
  GRand    *random;
  gint64    time;
} Monkey;

/** A window to play with, and the actions of @seed. */
void monkey_set_up (Monkey *monkey,
                    guint32 seed);

/** Nothing keeps the window. */
void monkey_tear_down (Monkey *monkey);

/** A number of the environment, which says what to do again. */
guint64 monkey_get_setting (const char *name,
                            guint64     otherwise);

/** A random number below @n. */
guint below (Monkey *monkey,
             guint   n);

/** Lets the run go as far as it was told to. */
void arrive (BpRun  *run,
             gint64 *time);

/** That a run afresh with the same settings has the same numbers at the cursor. */
void compare_with_fresh_run (Monkey *monkey);

/** Closes all over the window; the question about unsaved changes is answered. */
void close_dialogs (Monkey *monkey);

/** A BpFileChooser that cancels. */
void choose_nothing (GtkWindow   *parent,
                     const char  *name,
                     BpFileChosen chosen,
                     gpointer     data);

/** A BpFileChooser for runs; it always says the same file. */
void choose_saved (GtkWindow   *parent,
                   const char  *name,
                   BpFileChosen chosen,
                   gpointer     data);

/** The same for figures. */
void choose_exported (GtkWindow   *parent,
                      const char  *name,
                      BpFileChosen chosen,
                      gpointer     data);
