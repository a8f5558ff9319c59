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

/** What stands for a number that is computed and to be predicted before it is shown. */
#define BP_NUMBER_HIDDEN "?"

/**
 * The most characters (not bytes) that bp_number_format() returns: "−1.235·10⁻³⁰⁸", the width to reserve for a number.
 * Numbers whose magnitude is 0 or 10⁻⁹ … 10⁹ take at most 11 ("−1.235·10⁻⁷").
 */
#define BP_NUMBER_MAX_CHARS 13

/** The significant digits that bp_number_format() shows, and the most that a double has. */
#define BP_NUMBER_DIGITS 4
#define BP_NUMBER_MAX_DIGITS 17

/**
 * bp_number_format:
 *
 * @value to 4 significant digits without trailing zeros: "7.657", "−0.02", "10", "12350". Where the rounded number
 * is less than 10⁻⁴ or at least 10⁵, "1.2·10⁻⁷" and "10⁻⁸"; further "∞", "−∞", and "NaN" for not a number. −0 is "0".
 *
 * Returns: (transfer full)
 */
char *bp_number_format (double value);

/** The same with @digits significant digits, 1 … BP_NUMBER_MAX_DIGITS. */
char *bp_number_format_digits (double value,
                               guint  digits);

/** Appends a whole number in superscript characters: "⁻⁷". */
void bp_number_append_superscript (GString *string,
                                   int      number);

/** The same for LaTeX's math mode: "-0.02", "1.2 \\cdot 10^{-7}", "\\infty". */
char *bp_number_format_latex (double value,
                              guint  digits);

/** What is shown with @digits significant digits, read back: 0.3333 for 1/3 with four. */
double bp_number_round (double value,
                        guint  digits);

/** Whether what bp_number_format() shows reads back as @value ("0.02" does); if not, "≈" belongs before it. */
gboolean bp_number_is_exact (double value);

/** Appends @value as files have it: %.17g with a decimal point in every locale; "nan", "inf", "-inf". */
void bp_number_append_exact (GString *string,
                             double   value);

/**
 * bp_number_to_shortest:
 *
 * @value in the fewest digits that read back as it, as experiment files have it: "0.02", "1e-8".
 *
 * Returns: (transfer full)
 */
char *bp_number_to_shortest (double value);

/**
 * bp_number_scan:
 * @value: (out): the number; infinite when it is too large for a double
 *
 * Reads the decimal number that @text starts with, without blanks before it: "0.02, 1)" gives 0.02. "nan", "inf" and
 * hexadecimal numbers are none.
 *
 * Returns: (nullable): what follows the number; NULL when there is none
 */
const char *bp_number_scan (const char *text,
                            double     *value);

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

/** The same for a whole number of 64 bits without a sign and without blanks, as seeds are. */
gboolean bp_number_parse_unsigned (const char *text,
                                   guint64    *value,
                                   GError    **error);

/** Sets an error if @text begins with a number such as "0,05", which says what was meant. Returns: whether it does */
gboolean bp_number_set_comma_error (const char *text,
                                    GError    **error);

G_END_DECLS
