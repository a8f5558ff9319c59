/* bp-formula-rows.h: a formula broken before each relation, or a sentence
 *
 * The relations stand below each other, the last row is bold. Rows that are too wide get smaller together, and are
 * wrapped only where that is not enough.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BP_TYPE_FORMULA_ROWS (bp_formula_rows_get_type ())
G_DECLARE_FINAL_TYPE (BpFormulaRows, bp_formula_rows, BP, FORMULA_ROWS, GtkWidget)

/** Two texts for each row, as bp_explanation_dup_rows() has them. */
void bp_formula_rows_set_rows (BpFormulaRows       *self,
                               const char * const  *rows);

/** The scale of the type, 1 where it fits. */
double bp_formula_rows_get_scale (BpFormulaRows *self);

G_END_DECLS
