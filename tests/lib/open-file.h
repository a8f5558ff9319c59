/* open-file.h: opens a file in a window, as tests want it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "window/bp-window.h"

/** Waits for a file that is being read. */
static inline void
wait_until_opened (BpWindow *window)
{
  while (bp_window_get_opening (window))
    g_main_context_iteration (NULL, TRUE);
}

/** Opens a file and waits for it. Returns: whether it is open now */
static inline gboolean
open_in (BpWindow *window,
         GFile    *file)
{
  BpTrainer *before = bp_run_get_trainer (bp_window_get_run (window));

  bp_window_open_file (window, file);
  wait_until_opened (window);

  return bp_run_get_trainer (bp_window_get_run (window)) != before;
}
