/* bp-number.h: formats numbers for people, and reads and writes those of files
 *
 * A number for people has four significant digits and U+2212 as the minus; "–" means not computed. Files have %.17g or
 * the shortest digits that read back as the same double.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Shown for a number that is not computed: U+2013. */
#define BP_NUMBER_NONE "\342\200\223"

/** Shown for a number that the learner has to predict before it is shown. */
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
 * is less than 10⁻⁴ or at least 10⁵, "1.2·10⁻⁷" and "10⁻⁸"; further "∞", "−∞" and "NaN". The number −0 is
 * shown as "0".
 *
 * Returns: (transfer full)
 */
char *bp_number_format (double value);

/** As bp_number_format() with @digits significant digits, 1 … BP_NUMBER_MAX_DIGITS. */
char *bp_number_format_digits (double value,
                               guint  digits);

/** Appends an integer in superscript characters: "⁻⁷". */
void bp_number_append_superscript (GString *string,
                                   int      number);

/** The same for LaTeX's math mode: "-0.02", "1.2 \\cdot 10^{-7}", "\\infty". */
char *bp_number_format_latex (double value,
                              guint  digits);

/** Returns: @value rounded to @digits significant digits: 0.3333 for 1/3 and four */
double bp_number_round (double value,
                        guint  digits);

/** Returns: whether the text of bp_number_format() is exactly @value, as "0.02" is; if not, "≈" belongs before it */
gboolean bp_number_is_exact (double value);

/** Appends @value as %.17g with a decimal point in every locale; "nan", "inf", "-inf". */
void bp_number_append_exact (GString *string,
                             double   value);

/**
 * bp_number_to_shortest:
 *
 * Returns: (transfer full): @value in the fewest digits that read back as the same double: "0.02", "1e-8"
 */
char *bp_number_to_shortest (double value);

/**
 * bp_number_scan:
 * @value: (out): the number; infinite if it is too large for a double
 *
 * Reads the decimal number at the start of @text, without blanks before it: "0.02, 1)" gives 0.02. It reads no "nan",
 * no "inf" and no hexadecimal number.
 *
 * Returns: (transfer none) (nullable): the text after the number; NULL if there is no number
 */
const char *bp_number_scan (const char *text,
                            double     *value);

/**
 * bp_number_parse:
 *
 * Reads a finite number with a decimal point in every locale. @text must not contain anything else but blanks. Fails
 * with BP_ERROR_VALUE, quoting @text.
 */
gboolean bp_number_parse (const char *text,
                          double     *value,
                          GError    **error);

/** As bp_number_parse() for an integer within [@minimum, @maximum]. */
gboolean bp_number_parse_integer (const char *text,
                                  gint64      minimum,
                                  gint64      maximum,
                                  gint64     *value,
                                  GError    **error);

/** As bp_number_parse() for an unsigned integer of 64 bits, such as a seed, without a sign or blanks. */
gboolean bp_number_parse_unsigned (const char *text,
                                   guint64    *value,
                                   GError    **error);

/** Sets an error that suggests "0.05" if @text starts with a number such as "0,05". Returns: whether it does */
gboolean bp_number_set_comma_error (const char *text,
                                    GError    **error);

G_END_DECLS
