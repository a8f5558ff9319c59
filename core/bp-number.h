/* bp-number.h: numbers as people read them
 *
 * Four significant digits, U+2212 as the minus, "–" for what is not computed. Files never use this: they have %.17g.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What stands for a number that is not computed: U+2013. */
#define BP_NUMBER_NONE "\342\200\223"

/** The most characters (not bytes) that bp_number_format() returns: the width to reserve for a number. */
#define BP_NUMBER_MAX_CHARS 9

/**
 * bp_number_format:
 *
 * @value to 4 significant digits without trailing zeros: "7.657", "−0.02", "10", "1.2·10⁻⁷" beyond 10⁻⁴ … 10⁵,
 * "∞", "−∞", and "NaN" for not a number.
 *
 * Returns: (transfer full)
 */
char *bp_number_format (double value);

/** The same with @digits significant digits, 1 … 17. */
char *bp_number_format_digits (double value,
                               guint  digits);

/** The same for LaTeX's math mode: "-0.02", "1.2 \\cdot 10^{-7}", "\\infty". */
char *bp_number_format_latex (double value);

/** As bp_number_format(), in parentheses when negative, to stand as a factor: "(−2.01)". */
char *bp_number_format_factor (double value);

/** Whether bp_number_format() shows @value exactly; where it does not, "≈" belongs before it. */
gboolean bp_number_is_exact (double value);

/** Appends @value as files have it: %.17g with a decimal point in every locale; "nan", "inf", "-inf". */
void bp_number_append_exact (GString *string,
                             double   value);

/** The shortest text that reads back as @value ("0.02"), as experiment files have it. Returns: (transfer full) */
char *bp_number_to_shortest (double value);

/**
 * bp_number_parse:
 *
 * Reads a finite number; the whole of @text must be one, blanks around it aside, with a decimal point in every locale.
 * Fails with BP_ERROR_VALUE, quoting @text.
 */
gboolean bp_number_parse (const char *text,
                          double     *value,
                          GError    **error);

/** The same for a whole number within [minimum, maximum]. */
gboolean bp_number_parse_integer (const char *text,
                                  gint64      minimum,
                                  gint64      maximum,
                                  gint64     *value,
                                  GError    **error);

G_END_DECLS
