/* bp-nearest.h: "did you mean …?" (private)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_nearest_find:
 * @word: what was written
 * @candidates: (array zero-terminated=1): what exists
 *
 * The candidate with the least edit distance to @word (insertions, deletions, replacements and exchanges of neighbours,
 * letter case aside), when that is at most a third of @word's length, or 1, and less than the whole.
 *
 * Returns: (transfer none) (nullable): NULL when none is like it
 */
const char *bp_nearest_find (const char         *word,
                             const char * const *candidates);

/**
 * bp_nearest_set_error:
 * @sentence: what is unknown, such as "unknown name “y_targt”"
 *
 * Sets BP_ERROR_UNKNOWN: @sentence and the nearest of @candidates, or where none is near all of them if they are few.
 */
void bp_nearest_set_error (GError            **error,
                           const char         *sentence,
                           const char         *word,
                           const char * const *candidates);

G_END_DECLS
