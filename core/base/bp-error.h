/* bp-error.h: the one error domain of the library
 *
 * Every GError of core/ is of domain BP_ERROR. Its message is a sentence for the user: what is wrong, where
 * (file, line, key, column where there is a text to point at) and what was expected.
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

G_END_DECLS
