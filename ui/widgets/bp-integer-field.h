/* bp-integer-field.h: a BpField for an integer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/bp-field.h"

G_BEGIN_DECLS

/** Shows @value, and enables less above @minimum and more below @maximum. */
void bp_integer_field_show (BpField *field,
                            gint64   value,
                            gint64   minimum,
                            gint64   maximum);

/**
 * bp_integer_field_step:
 *
 * Returns: @value after a step of less (@direction −1) or more (1), within [@minimum, @maximum]. A step is one unit of
 * the second significant digit, so that a few presses change large numbers too (14 to 15, 100 to 110, 1400 to 1500).
 * A step back leads to the same number again.
 */
gint64 bp_integer_field_step (gint64 value,
                              int    direction,
                              gint64 minimum,
                              gint64 maximum);

G_END_DECLS
