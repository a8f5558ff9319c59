/* bp-explain.h: what just happened, in symbols, numbers and words
 *
 * Formulas and texts about a trainer's cursor or about any node at that cursor. Every number shown is the session's,
 * and the arithmetic of the numbers as they are shown gives the result that is shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "explain/bp-formula.h"
#include "session/bp-nudge.h"
#include "training/bp-trainer.h"

G_BEGIN_DECLS

/**
 * BpExplanation:
 * @phase: the phase that it speaks of, for its colour
 * @node: the node that it speaks of, or BP_NODE_NONE
 * @where: "Backward 4 of 4 · multiply → A"
 * @symbols: the rule in symbols: "∂L/∂A = ∂L/∂d · ∂d/∂p · ∂p/∂A = 2d · 1 · x"; NULL where there is none
 * @numbers: the same with numbers: "2·(−2.0107) · 1 · 1.0432 ≈ −4.195"; NULL where there is none
 * @update: "next: A ← A − η·∂L/∂A = 7.657 − 0.02·(−4.195) ≈ 7.741"; NULL where it is not known yet
 * @second_update: the same of a second variable that the step has reached; NULL where there is none. Of a nudge both
 *   are what the gradient says of the change of the loss, and the difference
 * @meaning: one sentence, or one for each of two nodes reached at once; where two vectors become a matrix, that they
 *   do (bp-stretch.h)
 * @legend: what the letters in the formulas stand for: "L = loss,  d = residual"; NULL where there is nothing to say
 *
 * Free with bp_explanation_free().
 */
typedef struct {
  BpPhase    phase;
  guint      node;
  char      *where;
  BpFormula *symbols;
  BpFormula *numbers;
  BpFormula *update;
  BpFormula *second_update;
  char      *meaning;
  char      *legend;
} BpExplanation;

/**
 * bp_explain:
 * @node: the node to explain at the cursor, or BP_NODE_NONE for the instruction executed last
 * @element: which of its elements the numbers are of, or BP_ELEMENT_NONE for the first
 *
 * Returns: (transfer full)
 */
BpExplanation *bp_explain (BpTrainer *trainer,
                           guint      node,
                           gssize     element);

void bp_explanation_free (BpExplanation *explanation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpExplanation, bp_explanation_free)

/** Replaces by "?" what would give away a gradient that is to be predicted. */
void bp_explanation_hide_numbers (BpExplanation *explanation);

/** The update to come, a line for each of two variables. Returns: (transfer full) (nullable) */
char *bp_explanation_get_update (const BpExplanation *explanation);

/** Symbols and numbers on one line: "d = p − y = 7.99 − 10 = −2.01". Returns: (transfer full) (nullable) */
char *bp_explanation_get_formula (const BpExplanation *explanation);

/**
 * bp_explanation_split_formula:
 * @upper: (out) (transfer full) (nullable): the symbols
 * @lower: (out) (transfer full) (nullable): the numbers, with the relation that continues the symbols
 *
 * The same on two lines. Returns: FALSE where there is only one part, and then no text
 */
gboolean bp_explanation_split_formula (const BpExplanation *explanation,
                                       char               **upper,
                                       char               **lower);

/**
 * bp_explanation_dup_rows:
 *
 * The same on as many rows as it has relations. A row is a pair of strings: the left side, or "" if it is the one
 * above; then the relation and the right side. "∂L/∂d", "= 2d", "", "= 2·(−2.01)", "", "= −4.02".
 *
 * Returns: (transfer full) (array zero-terminated=1)
 */
char **bp_explanation_dup_rows (const BpExplanation *explanation);

/** What bp_explanation_get_update() says, in such rows. Returns: (transfer full) (array zero-terminated=1) */
char **bp_explanation_dup_update_rows (const BpExplanation *explanation);

/** The explanation as plain text of a few lines. Returns: (transfer full) */
char *bp_explanation_to_text (const BpExplanation *explanation);

/** The explanation as LaTeX that compiles with amsmath in a plain article. Returns: (transfer full) */
char *bp_explanation_to_latex (const BpExplanation *explanation);

/**
 * bp_explain_check:
 * @element: which element of @node
 * @check: (out caller-allocates)
 *
 * Compares the gradient of @node at the cursor with the slope of the loss. If gradients of variables add up, it
 * compares the gradient of this iteration alone, not the sum that the session has.
 *
 * Returns: FALSE while the gradient is not complete
 */
gboolean bp_explain_check (BpTrainer      *trainer,
                           guint           node,
                           gsize           element,
                           BpElementCheck *check);

/**
 * bp_element_check_describe:
 * @check: of bp_explain_check()
 * @gradient: what the session has, which may hold gradients of earlier iterations too
 *
 * A line to stand beside the gradient: "central difference −25.1 ✓". Returns: (transfer full)
 */
char *bp_element_check_describe (const BpElementCheck *check,
                                 double                gradient);

/**
 * bp_explain_local_derivative:
 * @node: an op
 * @input: which of its inputs
 * @symbols: (out) (optional) (transfer full): "∂d/∂p = 1", with short names
 * @numbers: (out) (optional) (transfer full) (nullable): "2·(−2.01) = −4.02", or "≈ 1.043" where it is just a number;
 *   NULL where it would repeat the symbols, and while nothing is computed
 *
 * The local derivative on the edge from an input to @node, as the graph view shows it.
 * Returns: FALSE for edges without one (data, constants, tensors have only symbols)
 */
gboolean bp_explain_local_derivative (BpTrainer  *trainer,
                                      guint       node,
                                      guint       input,
                                      BpFormula **symbols,
                                      BpFormula **numbers);

/**
 * bp_explain_divergence:
 *
 * Why the run cannot go on, with its numbers: "2ηx² = 2.1 > 2: on the whole, errors grow from step to step".
 * Returns: (transfer full) (nullable): NULL unless the trainer's status is BP_STATUS_DIVERGED
 */
char *bp_explain_divergence (BpTrainer *trainer);

/** Whether a run that cannot go on was led there by its steps downhill: with the initial values the data fed last give
 *  finite numbers. Then a smaller learning rate may help. */
gboolean bp_explain_blames_steps (BpTrainer *trainer);

/**
 * bp_explain_nudge:
 * @nudge: of the numbers that @trainer shows
 * @is_hidden: whether gradients are to be predicted
 *
 * What the nudge changes the loss by; if the gradient is complete, also what ∂L/∂node·ε says it would, and the
 * difference. Returns: (transfer full)
 */
BpExplanation *bp_explain_nudge (BpTrainer     *trainer,
                                 const BpNudge *nudge,
                                 gboolean       is_hidden);

/** What @op with @attributes makes of its @inputs: "a·b". Returns: (transfer full) */
BpFormula *bp_explain_op_formula (BpOp                  op,
                                  const BpOpAttributes *attributes,
                                  BpFormula * const    *inputs);

/** The short symbol of a node in formulas: "L" for the loss, a variable's and a short name itself, else the first
 *  letter that is free: "p", "d". Returns: (transfer full) */
char *bp_explain_symbol (BpGraph *graph,
                         guint    node);

/** Returns: (transfer none): one sentence on what the value of @op is, in the user's language; "" of an op that depends
 *  on its node */
const char *bp_explain_get_op_meaning (BpOp op);

G_END_DECLS
