/* formula-value.h: what a formula amounts to, by an evaluator that shares no code with the program's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "explain/bp-formula.h"

/** The value of a symbol's node. */
typedef double (* FormulaLookup) (guint    node,
                                  gpointer data);

/** The value of a partial derivative, or of a symbol that stands for no node: "η". */
typedef double (* FormulaLookupOther) (const BpFormula *formula,
                                       gpointer         data);

typedef struct {
  gboolean           shown; /* numbers count as they are shown */
  FormulaLookup      lookup;
  gpointer           data;
  FormulaLookupOther lookup_other;
} FormulaEvaluator;

/** What @formula amounts to; NaN where something in it has no value. */
double formula_value (const FormulaEvaluator *evaluator,
                      const BpFormula        *formula);
