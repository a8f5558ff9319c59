/* random-experiment.h: experiments that nobody would write, for what has to bear all that can be written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/**
 * random_experiment_write:
 * @choices: (array length=n_choices): each byte is one choice; after the last the simplest is chosen
 *
 * A saved run of few numbers and at most 30 iterations: several ops, values that overflow or are undefined, changes of
 * all settings on the way, a cursor that need not be there, and reference runs. Most are valid.
 *
 * Returns: (transfer full): the text of the file
 */
char *random_experiment_write (const guint8 *choices,
                               gsize         n_choices);

/** The one that @seed stands for. Returns: (transfer full) */
char *random_experiment_write_seed (guint32 seed);
