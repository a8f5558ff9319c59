/* heavy-experiments.h: experiments that a window can only stay alive with if nothing waits for them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/** A product of two matrices of @n² variables each. */
char *write_matrices (guint n);

/** As many variables, and a node that adds each. */
char *write_variables (guint n);

/** A network whose inputs are a variable that is not trained, as large as a batch. */
char *write_network (guint n);

/** A network over so many columns of data. */
char *write_columns (guint n);

/** A model that is long instead of wide. */
char *write_chain (guint n);

/** Targets [n] against predictions [n, 1]: of all the data at once a difference of [10000, 10000]. */
char *write_trap (guint n);
