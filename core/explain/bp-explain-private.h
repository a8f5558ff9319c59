/* bp-explain-private.h: what the files of the explanations share
 *
 * Formulas are trees (bp-formula.h). bp-explain-symbol.c and bp-explain-legend.c have the symbols, bp-explain-scene.c
 * the numbers at the cursor, bp-explain-op.c the formulas of the ops, bp-explain-use.c and bp-explain-local.c the local
 * derivatives, bp-explain-chain.c and bp-explain-sum.c what reaches a node, bp-explain-forward.c and bp-explain-terms.c
 * how a value came about, bp-explain-layer.c of all of a layer, bp-explain-update.c what the optimizer does,
 * bp-explain-meaning.c the sentences, with bp-explain-passing.c for those about gradients and bp-explain-landing.c for
 * those about updates, bp-explain-trial.c what they measure, bp-explain-nudge.c all about a nudge, bp-explain-domain.c
 * and bp-explain-divergence.c why a run cannot go on and bp-explain-latex.c a document's worth of LaTeX.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "explain/bp-explain.h"
#include "graph/bp-layers.h"
#include "graph/bp-op-kernels.h"
#include "training/bp-evaluator.h"

G_BEGIN_DECLS

/** No formula is longer than this many characters as text; what is longer is elided in the middle. */
#define BP_EXPLAIN_MAX_CHARS 110

/* Symbols */

/** A node whose symbol is a letter. */
typedef struct {
  guint node;
  char  letter;
} BpSymbol;

/** Returns: (transfer full) (element-type BpSymbol): the nodes with a letter other than their name, the loss apart */
GArray *bp_explain_list_letters (BpGraph *graph);

/* The numbers at the cursor */

/**
 * BpScene:
 * @loss: the loss's node
 * @iteration: the iteration shown, from 1; 0 when nothing is
 * @n_executed: how many of its instructions are executed
 * @previous: (nullable): the parameters that its values and gradients come from
 * @settings: the settings of that iteration, with the learning rate that its schedule makes
 * @n_updates: which update it has since its optimizer's state was cleared, from 1
 * @letters: (element-type BpSymbol): the letters already assigned to nodes
 * @chosen: the node of which an element was chosen, or BP_NODE_NONE
 * @element: that element
 */
typedef struct {
  BpTrainer    *trainer;
  BpGraph      *graph;
  BpSession    *session;
  guint         loss;
  gint64        iteration;
  guint         n_executed;
  const double *previous;
  BpSettings    settings;
  gint64        n_updates;
  GArray       *letters;
  guint         chosen;
  gsize         element;
} BpScene;

void bp_scene_init (BpScene   *scene,
                    BpTrainer *trainer);

void bp_scene_clear (BpScene *scene);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpScene, bp_scene_clear)

/** The node's symbol; of a constant without a name its number. Returns: (transfer full) */
BpFormula *bp_explain_symbol_in (const BpScene *scene,
                                 guint          node);

/** The optimizer's @letter, with a hat where its bias is corrected, and with an index where a node has its name.
 *  Returns: (transfer full) */
BpFormula *bp_explain_optimizer_symbol (const BpScene *scene,
                                        const char    *letter,
                                        gboolean       is_corrected);

/** ∂of/∂by. Returns: (transfer full) */
BpFormula *bp_explain_partial (const BpScene *scene,
                               guint          of,
                               guint          by);

/** The value of an element that the iteration shown computed with: for a variable that before its update. */
double bp_scene_get_value (const BpScene *scene,
                           guint          node,
                           gsize          element);

/** ∂L/∂node of an element. */
double bp_scene_get_gradient (const BpScene *scene,
                              guint          node,
                              gsize          element);

/** Whether the whole of ∂L/∂node is computed. */
gboolean bp_scene_has_gradient (const BpScene *scene,
                                guint          node);

/** Whether the optimizer has changed @variable in the iteration shown. */
gboolean bp_scene_is_updated (const BpScene *scene,
                              guint          variable);

/** Where @variable begins in the parameter vector. */
gsize bp_scene_get_offset (const BpScene *scene,
                           guint          variable);

/** Whether @node has more than one element. */
gboolean bp_scene_is_tensor (const BpScene *scene,
                             guint          node);

/** The element whose numbers are shown: the chosen one, of other nodes the first. */
gsize bp_scene_get_element (const BpScene *scene,
                            guint          node);

/** The index of the element of a tensor whose numbers are shown: "[0,0]". Returns: (transfer full) (nullable): NULL for
 *  a node of one element */
char *bp_scene_dup_index (const BpScene *scene,
                          guint          node);

/** The element of @input that goes into @element of an elementwise node. */
gsize bp_scene_get_input_element (const BpScene *scene,
                                  guint          node,
                                  guint          input,
                                  gsize          element);

/** Inputs and output of an elementwise op at one of its elements; inputs that it has not are 0. */
typedef struct {
  double a;
  double b;
  double c;
  double y;
} BpOperands;

BpOperands bp_scene_get_operands (const BpScene *scene,
                                  guint          node,
                                  gsize          element);

/* Uses: the nodes that a gradient comes from */

/**
 * BpUse:
 * @node: an op that the gradient comes from
 * @input: which of its inputs is meant
 * @element: which element of that input
 * @both: whether its last two inputs are the same node, which an elementwise op sees as one use, of the first of them
 */
typedef struct {
  guint    node;
  guint    input;
  gsize    element;
  gboolean both;
} BpUse;

/**
 * bp_explain_find_uses:
 * @op: the op whose uses of @node are meant, or BP_NODE_NONE for all ops
 *
 * Returns: (transfer full) (element-type BpUse): the ops that pass a gradient to @node, in the order in which they do,
 * each with the element of @node whose numbers are shown; an op is there twice where it squares a matrix
 */
GArray *bp_explain_find_uses (const BpScene *scene,
                              guint          node,
                              guint          op);

/** Sets @use to the first element of input @input of @node. Returns: FALSE if no gradient passes, or if input 0 already
 *  stands for both */
gboolean bp_explain_init_use (BpUse   *use,
                              BpGraph *graph,
                              guint    node,
                              guint    input);

/** How many elements of the op depend on the element of the input. */
gsize bp_explain_count_terms (const BpScene *scene,
                              const BpUse   *use);

/** The @term-th of them. */
gsize bp_explain_get_term (const BpScene *scene,
                           const BpUse   *use,
                           gsize          term);

/** The local derivative of element @output of the op by the element of the input. */
double bp_explain_get_derivative (const BpScene *scene,
                                  const BpUse   *use,
                                  gsize          output);

/** What an element of @node, a sum or mean or the like, is made from. */
BpReduction bp_explain_get_reduction (const BpScene *scene,
                                      guint          node);

/** The element of the input that goes into element @output of an op that reduces, moves or reshapes; the first of
 *  several. */
gsize bp_explain_get_source (const BpScene *scene,
                             guint          node,
                             gsize          output);

/** The element of matrix @input that is a factor of term @term of element @output of a matrix product. */
gsize bp_explain_get_factor (const BpScene *scene,
                             guint          node,
                             guint          input,
                             gsize          output,
                             gsize          term);

/** The local derivative in symbols. Returns: (transfer full) */
BpFormula *bp_explain_derivative_symbols (const BpScene *scene,
                                          const BpUse   *use);

/** The same with the numbers of one element. Returns: (transfer full) */
BpFormula *bp_explain_derivative_numbers (const BpScene *scene,
                                          const BpUse   *use,
                                          gsize          output);

/* The formulas of the table of ops */

/** The local derivative of @op by input @input, where @y is the value. Returns: (transfer full) */
BpFormula *bp_explain_op_derivative (BpOp                  op,
                                     const BpOpAttributes *attributes,
                                     guint                 input,
                                     BpFormula * const    *inputs,
                                     const BpFormula      *y);

/* Sums over uses */

/** What earlier iterations left in the gradient of a variable, of the element shown, where gradients are not cleared;
 *  else 0. */
double bp_explain_get_kept (const BpScene *scene,
                            guint          node,
                            const GArray  *uses);

/** "∂L/∂z = ∂L/∂a·∂a/∂z + ∂L/∂b·∂b/∂z". Returns: (transfer full) */
BpFormula *bp_explain_sum_symbols (const BpScene *scene,
                                   guint          node,
                                   const GArray  *uses,
                                   BpRelation     relation);

/** The same in numbers for the element shown. The first term is @kept unless it is 0, the result @sum. If @labelled is
 *  a tensor and not BP_NODE_NONE, the equation has the index of its element. Returns: (transfer full) */
BpFormula *bp_explain_sum_numbers (const BpScene *scene,
                                   const GArray  *uses,
                                   guint          labelled,
                                   double         kept,
                                   double         sum,
                                   guint          max_chars);

/* The formulas; each pair is (transfer full). An output without a formula is left as it is. */

/** What has reached @node: the chain rule from the loss, or the sum over the ops that use it. */
void bp_explain_gradient (const BpScene *scene,
                          guint          node,
                          BpFormula    **symbols,
                          BpFormula    **numbers);

/** What @op passes on to its inputs. */
void bp_explain_backward (const BpScene *scene,
                          guint          op,
                          BpFormula    **symbols,
                          BpFormula    **numbers);

/** How the value of an op came about. */
void bp_explain_forward (const BpScene *scene,
                         guint          node,
                         BpFormula    **symbols,
                         BpFormula    **numbers);

/** The element shown of an op that is not elementwise, in numbers: "[0,0]: 2·3 + 1·4 = 10". Returns: (transfer full) */
BpFormula *bp_explain_terms (const BpScene *scene,
                             guint          node);

/** How the output of a dense layer came about from what came in, in one formula. Returns: FALSE where @node is no such
 *  output, or the formula would be too long */
gboolean bp_explain_layer (const BpScene  *scene,
                           guint           node,
                           BpFormula     **symbols,
                           BpFormula     **numbers);

/** The values of the placeholders. Returns: (transfer full) (nullable) */
BpFormula *bp_explain_feed (const BpScene *scene);

/** The optimizer's formula for @variable, and what it gave. */
void bp_explain_update (const BpScene *scene,
                        guint          variable,
                        BpFormula    **symbols,
                        BpFormula    **numbers);

/** What the update will do to @variable, or has done. Returns: (transfer full) (nullable): NULL while the gradient is
 *  not complete */
BpFormula *bp_explain_next_update (const BpScene *scene,
                                   guint          variable);

/** What g stands for in the formula of the optimizer, for one variable or two, and where η comes from. Returns:
 *  (transfer full) (nullable): NULL where there is neither */
char *bp_explain_update_legend (const BpScene *scene,
                                const guint   *variables,
                                guint          n_variables);

/**
 * bp_explain_legend:
 * @formulas: (array length=n_formulas): NULL for those that are not there
 *
 * What the symbols in @formulas stand for: "L = loss,  p = my_output". Returns: (transfer full) (nullable)
 */
char *bp_explain_legend (const BpScene           *scene,
                         const BpFormula * const *formulas,
                         guint                    n_formulas);

/* What the loss does elsewhere */

/**
 * BpTrial:
 * @evaluator: of the data of the iteration shown
 * @parameters: where to evaluate
 * @gradient: room for the gradient there
 *
 * The data of the iteration shown, computed again with other parameters.
 */
typedef struct {
  const BpScene *scene;
  BpEvaluator   *evaluator;
  double        *parameters;
  double        *gradient;
  gsize          parameter;
} BpTrial;

/** Begins with the parameters from before the update. Returns: FALSE where nothing is fed yet, or @n_evaluations
 *  would take too long */
gboolean bp_trial_init (BpTrial       *trial,
                        const BpScene *scene,
                        double         n_evaluations);

void bp_trial_clear (BpTrial *trial);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpTrial, bp_trial_clear)

/** How often bp_trial_get_course() evaluates the loss at most; bp_trial_measure_slope(): BP_SLOPE_MAX_CALLS times. */
#define BP_TRIAL_COURSE 400

/** The slope of the loss by one element of the parameter vector, through stop_gradient too. */
void bp_trial_measure_slope (BpTrial *trial,
                             gsize    parameter,
                             BpSlope *slope);

/** Whether the loss rises (1) or falls (−1) where the step of the iteration shown begins and where it ends; 0 where it
 *  does neither, or it is unknown. */
typedef struct {
  int start;
  int end;
} BpCourse;

BpCourse bp_trial_get_course (BpTrial *trial);

/* Sentences */

/** What @op does to the gradients that it passes on to @targets. Returns: (transfer full) */
char *bp_explain_passing (const BpScene *scene,
                          guint          op,
                          const guint   *targets,
                          guint          n_targets);

/** What is special about @op with the numbers it has, forward and backward alike. Returns: (transfer full)
 *  (nullable) */
char *bp_explain_special_op (const BpScene *scene,
                             guint          op);

/** Whether all of ∂L/∂node is 0. */
gboolean bp_scene_is_zero (const BpScene *scene,
                           guint          node);

/** Whether the gradient of a variable has more in it than this iteration's. */
gboolean bp_scene_is_kept (const BpScene *scene,
                           guint          variable);

/** An op that passes no gradient and stands on a way from @node to the loss, or BP_NODE_NONE. */
guint bp_scene_find_block (const BpScene *scene,
                           guint          node);

/** Whether the value of the loss depends on @node, by whatever ops. */
gboolean bp_scene_reaches_loss (const BpScene *scene,
                                guint          node);

/** What the update of @variable does. Returns: (transfer full) */
char *bp_explain_landing (const BpScene *scene,
                          guint          variable);

/** "A was 1, is now 2": what an update made of the variable, or element of one, that @name stands for. If both values
 *  look equal at four digits, says the change. Returns: (transfer full) */
char *bp_explain_change (const char *name,
                         double      old_value,
                         double      new_value);

/* Numbers that are not finite */

/** Why an op has no finite result: @text is NULL where the op does not tell. @is_growth: it is a number that grew too
 *  large, as steps that are too long make it */
typedef struct {
  char    *text;
  gboolean is_growth;
} BpCause;

/** Why the op of @instruction gives no finite number, from the first element that tells. */
BpCause bp_explain_domain (const BpScene       *scene,
                           const BpInstruction *instruction);

/** A sentence that names the result of @instruction that would not be finite. Returns: (transfer full) */
char *bp_explain_overflow (const BpScene       *scene,
                           const BpInstruction *instruction);

/** Looks for a number that is not finite. Returns: FALSE where there is none, else TRUE and whether it @is_nan */
gboolean bp_explain_find_wrong (const double *values,
                                gsize         n,
                                gboolean     *is_nan);

/** One sentence. @instruction: (nullable): what was executed, or NULL to speak of @node as it stands. Returns:
 *  (transfer full) */
char *bp_explain_meaning (const BpScene       *scene,
                          const BpInstruction *instruction,
                          guint                node);

/** The distinct inputs of @op that it passes a gradient to. Returns: how many */
guint bp_explain_get_targets (BpGraph *graph,
                              guint    op,
                              guint    targets[BP_MAX_INPUTS]);

G_END_DECLS
