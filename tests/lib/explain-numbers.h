/* explain-numbers.h: that the formulas of an explanation, in symbols and in numbers, give what the session has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "explain/bp-explain.h"

/** The value of @node that the iteration shown computed with. */
double get_value (BpTrainer *trainer,
                  guint      node);

/** A FormulaLookup of get_value(). @data: what begins with a BpTrainer * */
double look_up (guint    node,
                gpointer data);

/** Whether @a and @b are equal but for roundings. */
gboolean agree (double a,
                double b);

/** Side @index of an equation, or child of another formula; negative from behind. */
const BpFormula *get_side (const BpFormula *equation,
                           int              index);

/** That there is a @formula, and that it is an equation. */
void assert_is_equation (const BpFormula *formula);

/** "3 − 0.5·6 = 0": the arithmetic is true, the relation too, and the result is @expected as it is shown. */
void check_equation (const BpFormula *equation,
                     double           expected);

/** The last side of @symbols, evaluated with the values of the nodes. */
void check_symbols (BpTrainer       *trainer,
                    const BpFormula *symbols,
                    double           expected);

/** Whether all nodes of @graph have one element. */
gboolean all_scalar (BpGraph *graph);

/** What of @op the evaluator of formulas does not know in symbols. */
gboolean has_plain_formula (BpOp op);

/** A gradient that is complete: the numbers, the symbols and the central difference agree with it. */
void check_gradient (BpTrainer           *trainer,
                     const BpExplanation *explanation,
                     guint                node);
