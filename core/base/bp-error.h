/* bp-error.h: the one error domain of the library
 *
 * Every GError of core/ is of domain BP_ERROR. Its message is a sentence for the user: what is wrong, where
 * (file, line, key, column where there is a text to point at) and what was expected. Where it is, is there as data too.
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
 * @line: the line of the file, from 1; 0 where it is not known
 * @column: the character of that line, from 1, at which what is wrong starts; without a line that of the text that was
 *   read, such as an expression; 0 where the whole is wrong
 * @section: (nullable): the section of the file, "Model"
 * @key: (nullable): the key in it; NULL where the section as a whole is wrong
 *
 * What part of a text an error is about.
 */
typedef struct {
  guint line;
  guint column;
  char *section;
  char *key;
} BpErrorPosition;

/** Returns: (transfer none): where @error is, which has the domain BP_ERROR */
const BpErrorPosition *bp_error_get_position (const GError *error);

/**
 * bp_error_set_column:
 * @error: (nullable): as all of these, an error that was set, if its caller wants one
 * @column: from 1, in characters
 *
 * The message begins with "column 5: ". Returns: FALSE, as all of these
 */
gboolean bp_error_set_column (GError **error,
                              gsize    column);

/**
 * bp_error_set_key:
 *
 * The message begins with "[Model] loss: ", or with "[Model] loss, column 5: " where it has a column, which is then one
 * of the value; otherwise the key is wrong, or without a @key the section. An error that is in a key already is now in
 * this one.
 */
gboolean bp_error_set_key (GError    **error,
                           const char *section,
                           const char *key);

/** The same, and what is wrong is the value: the whole of it where the error has no column. */
gboolean bp_error_set_value (GError    **error,
                             const char *section,
                             const char *key);

/**
 * bp_error_set_line:
 * @line: 0 if it is not known
 * @column: where in the line the text starts that has the error's column, or what is wrong
 * @section: (nullable): as @key, for an error that does not know its own
 *
 * The message begins with "regression.experiment:5: ".
 */
gboolean bp_error_set_line (GError    **error,
                            const char *origin,
                            guint       line,
                            guint       column,
                            const char *section,
                            const char *key);

G_END_DECLS
