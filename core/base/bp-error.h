/* bp-error.h: the one error domain of the library
 *
 * Every GError of core/ has the domain BP_ERROR. Its message is a sentence for the user: what is wrong, where (file,
 * line, key, column if it is in a text) and what was expected. The position in the text is there as data, too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BP_ERROR (bp_error_quark ())

/**
 * BpError:
 * @BP_ERROR_SYNTAX: a text does not follow its grammar
 * @BP_ERROR_UNKNOWN: a name, op, key or option that does not exist
 * @BP_ERROR_SHAPE: shapes that do not fit together, or a size that overflows
 * @BP_ERROR_VALUE: a number that is missing, malformed or out of range
 * @BP_ERROR_FILE: a file that cannot be read or is empty
 * @BP_ERROR_MEMORY: more memory than there is
 */
typedef enum {
  BP_ERROR_SYNTAX,
  BP_ERROR_UNKNOWN,
  BP_ERROR_SHAPE,
  BP_ERROR_VALUE,
  BP_ERROR_FILE,
  BP_ERROR_MEMORY,
} BpError;

GQuark bp_error_quark (void);

/**
 * BpErrorPosition:
 * @line: the line of the file, from 1; 0 if it is not known
 * @column: the first wrong character of that line, from 1, or without a line that of the text that was read, such as an
 *   expression; 0 if the whole text is wrong
 * @section: (nullable): the section of the file, such as "Model"
 * @key: (nullable): the key in the section; NULL if the whole section is wrong
 * @suggestion: (nullable): what was probably meant in place of the word at the column
 *
 * The position of an error in a text.
 */
typedef struct {
  guint line;
  guint column;
  char *section;
  char *key;
  char *suggestion;
} BpErrorPosition;

/** Returns: (transfer none): the position of @error, whose domain must be BP_ERROR */
const BpErrorPosition *bp_error_get_position (const GError *error);

/** Returns: (transfer none): the message of @error without what the functions here add before it */
const char *bp_error_get_sentence (const GError *error);

/** Says what was probably meant in place of the word at the error's column. @error: as for bp_error_set_column() */
void bp_error_set_suggestion (GError    **error,
                              const char *suggestion);

/**
 * bp_error_set_column:
 * @error: (inout) (nullable): an error that is set already; if the caller passed NULL, nothing happens
 * @column: the column in characters, from 1
 *
 * Sets the column, and adds "column 5: " before the message. Returns: FALSE, as the next three functions do
 */
gboolean bp_error_set_column (GError **error,
                              gsize    column);

/**
 * bp_error_set_key:
 *
 * Sets section and key, and adds "[Model] loss: " before the message, or "[Model] loss, column 5: " if there is a
 * column, which is then a column of the value. Without a column the key is wrong, and without a @key the section. They
 * replace another section and key.
 */
gboolean bp_error_set_key (GError    **error,
                           const char *section,
                           const char *key);

/** As bp_error_set_key(), but without a column the whole value is wrong. */
gboolean bp_error_set_value (GError    **error,
                             const char *section,
                             const char *key);

/**
 * bp_error_set_line:
 * @origin: the name of the file
 * @line: the line; 0 if it is not known
 * @column: the column of the line at which the text starts that the error's column counts in; without a column, that of
 *   the error
 * @section: (nullable): the section, and with @key the key, of an error that has none
 *
 * Sets the line, and adds "regression.experiment:5: " before the message.
 */
gboolean bp_error_set_line (GError    **error,
                            const char *origin,
                            guint       line,
                            guint       column,
                            const char *section,
                            const char *key);

G_END_DECLS
