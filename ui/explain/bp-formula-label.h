/* bp-formula-label.h: a formula or sentence on one line of fixed height, smaller where it is long
 *
 * Symbols and numbers stand on one line as long as that fits, perhaps a little smaller; else below each other, half as
 * high. What is too long even so is elided in the middle and shown whole in a tooltip. The size asked for does not
 * depend on the text, so that nothing moves when it changes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BP_TYPE_FORMULA_LABEL (bp_formula_label_get_type ())
G_DECLARE_FINAL_TYPE (BpFormulaLabel, bp_formula_label, BP, FORMULA_LABEL, GtkWidget)

/**
 * bp_formula_label_set_text:
 * @whole: (nullable): the text on one line; NULL where its parts have a line each, however much room there is
 * @upper: (nullable): its first part where it takes two lines; NULL when there is only one part
 * @lower: (nullable): its second part
 */
void bp_formula_label_set_text (BpFormulaLabel  *formula,
                          const char *whole,
                          const char *upper,
                          const char *lower);

/** Returns: (transfer none): the text on one line, "" for none */
const char *bp_formula_label_get_text (BpFormulaLabel *formula);

G_END_DECLS
