/* truth-symbols.h: the formulas of explanations, read and compared with the numbers of a walk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/truth-walk.h"

/** The node that @symbol stands for, by the legend or its name, or BP_NODE_NONE. */
guint find_symbol (const Walk *walk,
                   const char *symbol);

/** "L = loss,  p = my_output": what the legend says, each once. */
void read_legend (Walk       *walk,
                  const char *legend);

/** The optimizer's letters have an index where a node has their name. */
char *drop_index (const char *symbol);

/** The arithmetic of what is shown gives the result that is shown, which is @value rounded; "=" means just that. */
void check_shown (Walk       *walk,
                  const char *text,
                  double      value);

/** Each of the first sides, which are in symbols, is @value, of a graph of single numbers. */
void check_symbols (Walk       *walk,
                    const char *text,
                    guint       n_sides,
                    Real        value);
