/* bp-window-actions.h: what can be done in a window, and the keys that do it
 *
 * Keys that also mean something where text is typed (arrows, Space, Home, Ctrl+Z, …) step through the run everywhere
 * else: not while an entry has the focus, and not in an open menu. They win over everything else, so that a clicker and
 * the keys of a lecturer always do the same, wherever the mouse was last; a focused slider moves by Up and Down, a
 * focused button is pressed by Enter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "window/bp-window.h"

G_BEGIN_DECLS

/**
 * BpActionKeys:
 * @action: "win.node-forward"
 * @keys: (array zero-terminated=1): accelerators; the first is the one shown
 * @in_text: whether they do the same while an entry has the focus
 */
typedef struct {
  const char *action;
  const char *keys[5];
  gboolean    in_text;
} BpActionKeys;

/** Every action that has keys. @n_actions: (out): how many. Returns: (transfer none) */
const BpActionKeys *bp_window_actions_get_keys (gsize *n_actions);

/** Adds the window's actions and keys; call once its run is set. */
void bp_window_actions_install (BpWindow *window);

/**
 * bp_window_actions_remove:
 *
 * Takes away the actions that hold the run: GTK's tooltip keeps the actions of the window it was last in, also when
 * that is gone.
 */
void bp_window_actions_remove (BpWindow *window);

/** Sets whether the action @name of the window can be activated. */
void bp_window_set_enabled (BpWindow   *window,
                            const char *name,
                            gboolean    enabled);

/** Gives @application the keys that hold in all of a window. */
void bp_window_actions_set_accels (GtkApplication *application);

G_END_DECLS
