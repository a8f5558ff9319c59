/* monkey-screen.h: what test-monkey.c touches in the window, and what the window says then
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/monkey.h"

/** Touches one of the widgets that somebody can reach. */
void poke (Monkey *monkey);

/**
 * That card and plots say what they say of the same run afresh, with the future that is recorded.
 *
 * Nothing is compared while gradients are to be predicted.
 */
void compare_screen (Monkey *monkey);
