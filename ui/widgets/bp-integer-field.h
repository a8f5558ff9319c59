/* bp-integer-field.h: a field that holds a whole number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/bp-field.h"

G_BEGIN_DECLS

/** Shows @value, and lets the buttons be pressed that lead to another value within [@minimum, @maximum]. */
void bp_integer_field_show (BpField *field,
                            gint64   value,
                            gint64   minimum,
                            gint64   maximum);

/**
 * bp_integer_field_step:
 *
 * The number that a press of a button leads to, within [@minimum, @maximum]. A step is a unit of the second digit,
 * so that a few presses change large numbers too (100 to 110, 1400 to 1500, 14 to 15), and back the same way.
 */
gint64 bp_integer_field_step (gint64 value,
                              int    direction,
                              gint64 minimum,
                              gint64 maximum);

G_END_DECLS
