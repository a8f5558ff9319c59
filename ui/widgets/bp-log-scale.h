/* bp-log-scale.h: a logarithmic slider that marks a safe range
 *
 * The trough is dark from its start to a limit. Labels show the ends as powers of ten and the limit as a caption. The
 * keys are Up and Down, because Left and Right step through the run.
 *
 * Signals:
 *   ::value-changed   the user or the program set another value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BP_TYPE_LOG_SCALE (bp_log_scale_get_type ())
G_DECLARE_FINAL_TYPE (BpLogScale, bp_log_scale, BP, LOG_SCALE, GtkWidget)

/**
 * Property "setting" (string, construct only): the key of the setting (bp-setting.h) whose limits are the ends of the
 * slider.
 *
 * The value, not its logarithm. A move by the user rounds it to three significant digits. bp_log_scale_set_value()
 * keeps all digits; the slider shows a value outside its range at the nearer end.
 */
double bp_log_scale_get_value (BpLogScale *scale);

void bp_log_scale_set_value (BpLogScale *scale,
                             double      value);

/**
 * bp_log_scale_set_limit:
 * @limit: the end of the dark part; NaN for none, infinity for all of the trough
 * @caption: the label at @limit; "" for none
 */
void bp_log_scale_set_limit (BpLogScale *scale,
                             double      limit,
                             const char *caption);

/** Leaves out the labels of the ends, for a slider that is short. */
void bp_log_scale_hide_ends (BpLogScale *scale);

/** The slider; its value is log₁₀ of "value". Returns: (transfer none) */
GtkScale *bp_log_scale_get_scale (BpLogScale *scale);

G_END_DECLS
