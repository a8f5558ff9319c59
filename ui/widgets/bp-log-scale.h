/* bp-log-scale.h: a slider over powers of ten, with the part that is safe marked
 *
 * The trough is dark from its start to one limit and light from there to a second; the ends are labelled 10ⁿ and the
 * greater limit in words. Left and Right belong to stepping through the run, so the keys are Up and Down.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BP_TYPE_LOG_SCALE (bp_log_scale_get_type ())
G_DECLARE_FINAL_TYPE (BpLogScale, bp_log_scale, BP, LOG_SCALE, GtkWidget)

/** A slider from 10^@min_exponent to 10^@max_exponent. */
GtkWidget *bp_log_scale_new (int min_exponent,
                             int max_exponent);

/**
 * Property "value" (double): what the slider stands at. The user's moves give three significant digits; a value set
 * from outside is kept as it is, and the slider stands at its end for one beyond its range.
 */
double bp_log_scale_get_value (BpLogScale *scale);

void bp_log_scale_set_value (BpLogScale *scale,
                             double      value);

/**
 * bp_log_scale_set_limits:
 * @inner: where the dark part ends; NaN or 0 for none
 * @outer: where the light part ends; NaN or 0 for none
 * @caption: what the label at @outer says; "" for none
 */
void bp_log_scale_set_limits (BpLogScale *scale,
                              double      inner,
                              double      outer,
                              const char *caption);

/** The slider; its value is log₁₀ of "value". Returns: (transfer none) */
GtkScale *bp_log_scale_get_scale (BpLogScale *scale);

G_END_DECLS
