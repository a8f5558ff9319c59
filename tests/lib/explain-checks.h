/* explain-checks.h: what must be true of every explanation, whatever it explains
 *
 * The arithmetic of the numbers that are shown is done again by an evaluator of the test's own: it must give the result
 * that is shown, and with all digits that of the session. Formulas in symbols are evaluated with the session's values
 * in the place of the symbols.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "explain/bp-explain.h"

/** That the symbols of all nodes of @graph are short, and each of one node alone. */
void check_unique_symbols (BpGraph *graph);

/** What is said of the instruction executed last. */
void check_cursor (BpTrainer *trainer);

/** All that is said in @n_iterations, at each step and of each node. */
void check_iterations (BpTrainer *trainer,
                       gint64     n_iterations);
