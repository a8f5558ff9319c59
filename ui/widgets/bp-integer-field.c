/* bp-integer-field.c: a BpField for an integer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/bp-integer-field.h"

void
bp_integer_field_show (BpField *field,
                       gint64   value,
                       gint64   minimum,
                       gint64   maximum)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  bp_field_set_text (field, text);
  bp_field_set_can_step (field, value > minimum, value < maximum);
}

gint64
bp_integer_field_step (gint64 value,
                       int    direction,
                       gint64 minimum,
                       gint64 maximum)
{
  gint64 magnitude = direction > 0 ? value : value - 1; /* from 100 down to 99, as from 99 up to 100 */
  gint64 unit = 1;

  while (magnitude >= 100 * unit)
    unit *= 10;

  return CLAMP (value + direction * unit, minimum, maximum);
}
