/* bp-error.c: the error domain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"

G_DEFINE_QUARK (bp-error-quark, bp_error)
