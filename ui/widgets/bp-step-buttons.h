/* bp-step-buttons.h: two buttons that make a value smaller or larger
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BP_TYPE_STEP_BUTTONS (bp_step_buttons_get_type ())
G_DECLARE_FINAL_TYPE (BpStepButtons, bp_step_buttons, BP, STEP_BUTTONS, GtkBox)

/** Signal "step" (int direction): -1 when the button for less was pressed, 1 when the one for more. */
BpStepButtons *bp_step_buttons_new (void);

/** Sets the name of the value, for the buttons' tooltips and accessible names. */
void bp_step_buttons_set_title (BpStepButtons *buttons,
                                const char    *title);

/** Sets which of the two buttons are sensitive. */
void bp_step_buttons_set_can_step (BpStepButtons *buttons,
                                   gboolean       less,
                                   gboolean       more);

G_END_DECLS
