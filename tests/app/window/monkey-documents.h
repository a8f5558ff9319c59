/* monkey-documents.h: what test-monkey.c opens and saves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/monkey.h"

/** Long runs take long to be run afresh. */
#define MAX_ITERATIONS 300

/** Activates an action with a parameter. */
void activate_with (Monkey     *monkey,
                    const char *name,
                    const char *parameter);

/** Activates an action if it has no parameter. */
void activate_plain (Monkey     *monkey,
                     const char *name);

/** Opens a built-in experiment. */
void open_builtin (Monkey *monkey);

/** Opens a run that nobody would write. */
void open_random (Monkey *monkey);

/** Saves the run, or cancels. */
void save_run (Monkey *monkey);

/** Opens what was saved, or what cannot be opened. */
void open_recent (Monkey *monkey);

/** Saves the run, and asserts that what is opened again is the same. */
void reopen (Monkey *monkey);

/** Opens a run to compare with. */
void open_preset (Monkey *monkey);
