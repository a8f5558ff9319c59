/* bp-graph-draw-numbers.c: the numbers of a node as text, with fewer digits where there is little room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

#define RANGE_DIGITS 3

void
bp_numbers_take_range (BpNumbers    *numbers,
                       const double *values,
                       gsize         n_values)
{
  *numbers = (BpNumbers){ values[0], values[0], n_values > 1 };
  for (gsize i = 0; i < n_values; i++)
    {
      if (isnan (values[i]))
        {
          *numbers = (BpNumbers){ values[i], values[i], FALSE };
          return;
        }
      numbers->least = MIN (numbers->least, values[i]);
      numbers->greatest = MAX (numbers->greatest, values[i]);
    }
}

void
bp_numbers_take_rms (BpNumbers    *numbers,
                     const double *values,
                     gsize         n_values)
{
  double greatest = 0;
  double sum = 0;

  for (gsize i = 0; i < n_values; i++)
    greatest = isnan (values[i]) ? values[i] : MAX (greatest, fabs (values[i]));
  if (greatest > 0 && isfinite (greatest))
    {
      for (gsize i = 0; i < n_values; i++)
        sum += values[i] / greatest * (values[i] / greatest);
      greatest *= sqrt (sum / (double) n_values);
    }
  *numbers = (BpNumbers){ greatest, greatest, FALSE };
}

/* With @missing digits fewer than there is room for at best. */
static char *
format (const BpNumbers *numbers,
        guint            missing)
{
  g_autofree char *least = NULL;
  g_autofree char *greatest = NULL;

  if (!numbers->is_range)
    return bp_number_format_digits (numbers->least, BP_NUMBER_DIGITS - missing);
  /* Translators: the value of every element of an array */
  if (numbers->least == numbers->greatest)
    return g_strdup_printf (_("all %s"),
                            least = bp_number_format_digits (numbers->least, BP_NUMBER_DIGITS - missing));
  least = bp_number_format_digits (numbers->least, RANGE_DIGITS - missing);
  greatest = bp_number_format_digits (numbers->greatest, RANGE_DIGITS - missing);

  return g_strdup_printf ("%s … %s", least, greatest);
}

char *
bp_numbers_format (const BpNumbers *numbers)
{
  return format (numbers, 0);
}

/* "|·| ≤ 0.0023": a bound of all, rounded up. */
static char *
format_bound (const BpNumbers *numbers)
{
  const double     size = MAX (fabs (numbers->least), fabs (numbers->greatest));
  const double     rounded = bp_number_round (size, 2);
  g_autofree char *bound = bp_number_format_digits (rounded < size ? 1.05 * size : size, 2);

  return g_strconcat ("|·| ≤ ", bound, NULL);
}

/* The text with one digit less than before, at last the bound of a range. Returns: (transfer full) (nullable) */
static char *
shorten (const BpNumbers *numbers,
         guint            missing)
{
  const gboolean is_pair = numbers->is_range && numbers->least != numbers->greatest;
  const guint    n_digits = is_pair ? RANGE_DIGITS : BP_NUMBER_DIGITS;

  if (missing < n_digits)
    return format (numbers, missing);

  return missing == n_digits && is_pair ? format_bound (numbers) : NULL;
}

double
bp_graph_pen_show_numbers (BpGraphPen      *pen,
                           BpTextStyle      style,
                           BpColor          color,
                           const char      *text,
                           const BpNumbers *numbers,
                           double           x,
                           double           baseline,
                           double           max_width)
{
  const double     scale = bp_text_style_get_least_scale (style);
  g_autofree char *shorter = NULL;
  double           width;

  if (!bp_graph_pen_has_text (pen, style))
    return 0;

  width = bp_graph_drawing_measure (pen->drawing, style, text);
  for (guint missing = 1; width * scale > max_width; missing++)
    {
      g_free (shorter);
      shorter = shorten (numbers, missing);
      if (shorter == NULL)
        break;
      width = bp_graph_drawing_measure (pen->drawing, style, shorter);
    }

  return bp_graph_pen_show_measured (pen, style, color, width, x, baseline, max_width, 0);
}
