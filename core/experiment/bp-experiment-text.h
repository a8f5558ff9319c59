/* bp-experiment-text.h: changes in the text of an experiment file, which stays as somebody wrote it
 *
 * bp_experiment_to_data() writes a file anew. Here only those lines change whose keys have other values; comments,
 * order, blanks, line ends and whatever cannot be understood stay to the byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_experiment_text_put:
 * @text: the text of an experiment file, which may have mistakes
 * @before: bp_experiment_to_data() of the experiment that @text is of
 * @after: the same of the experiment that it is to be of
 *
 * A key whose value differs is written in its line, or in a new line below that of the key before; a new section comes
 * to the end; a key that is no more loses its line.
 *
 * Returns: (transfer full): the changed text; @text itself where nothing differs
 */
char *bp_experiment_text_put (const char *text,
                              const char *before,
                              const char *after);

/**
 * bp_experiment_text_get_base:
 * @text: the text of an experiment file
 * @data: bp_experiment_to_data() of its experiment
 *
 * What is written for an experiment leaves out changes of settings that change nothing. They would as soon as another
 * setting is another one, and so they have to be known as what was there before.
 *
 * Returns: (transfer full): @data with the lines of [Changes] as they are in @text, the @before of what is put in @text
 */
char *bp_experiment_text_get_base (const char *text,
                                   const char *data);

/**
 * bp_experiment_text_strip:
 * @saved: (out) (optional) (transfer full): the rest
 *
 * Returns: (transfer full): @text without the sections that saving a run adds, and the blank line before each
 */
char *bp_experiment_text_strip (const char *text,
                                char      **saved);

/** Returns: the line of the first section of @text that saving a run adds, from 1; 0 if it has none */
guint bp_experiment_text_get_saved_line (const char *text);

/** Appends @lines, which end in "\n", with the line end that @text mostly has. */
void bp_experiment_text_append (GString    *text,
                                const char *lines);

G_END_DECLS
