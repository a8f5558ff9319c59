/* bp-nearest.h: finds the name that the user probably meant (private)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_nearest_find:
 * @word: what the user wrote
 * @candidates: (array zero-terminated=1): the names that exist
 *
 * Finds the candidate with the least edit distance to @word: insertions, deletions, replacements and exchanges of
 * neighbours, ignoring case. The distance may be a third of @word's length, or 1, but not the whole length.
 *
 * Returns: (transfer none) (nullable): NULL if none is near enough
 */
const char *bp_nearest_find (const char         *word,
                             const char * const *candidates);

/**
 * bp_nearest_set_error:
 * @sentence: says what is unknown, such as "unknown name “y_targt”"
 *
 * Sets BP_ERROR_UNKNOWN: @sentence with the nearest of @candidates; if none is near, with all of them unless they are
 * many.
 */
void bp_nearest_set_error (GError            **error,
                           const char         *sentence,
                           const char         *word,
                           const char * const *candidates);

G_END_DECLS
