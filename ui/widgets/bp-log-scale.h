/* bp-log-scale.h: a logarithmic slider that marks a safe range
 *
 * The trough is dark from its start to a limit; the ends are labelled 10ⁿ and the limit in words. Left and Right belong
 * to stepping through the run, so the keys are Up and Down.
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
 * Property "value" (double). A move by the user rounds it to three significant digits. bp_log_scale_set_value() keeps
 * all digits; the slider shows a value outside its range at the nearer end.
 */
double bp_log_scale_get_value (BpLogScale *scale);

void bp_log_scale_set_value (BpLogScale *scale,
                             double      value);

/**
 * bp_log_scale_set_limit:
 * @limit: where the dark part ends; NaN for none, infinity for all
 * @caption: what the label at @limit says; "" for none
 */
void bp_log_scale_set_limit (BpLogScale *scale,
                             double      limit,
                             const char *caption);

/** The slider; its value is log₁₀ of "value". Returns: (transfer none) */
GtkScale *bp_log_scale_get_scale (BpLogScale *scale);

G_END_DECLS
