/* bp-formula.h: a formula as a tree
 *
 * Explanations are made of these trees: from the graph and the session, and never parsed back from text. Printers turn
 * a tree into text and LaTeX; walks evaluate it, say whether it is exact and collect its symbols.
 *
 *   BpFormula *base = bp_formula_new_number (-2.01);
 *   BpFormula *square = bp_formula_new_binary (BP_FORMULA_POWER, base, bp_formula_new_number (2));
 *   g_autoptr (BpFormula) line = bp_formula_new_result (square, 4.0401);
 *   g_autofree char *text = bp_formula_to_text (line);      "(−2.01)² ≈ 4.04"
 *
 * Functions that take a formula as a part of a new one take ownership of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  BP_FORMULA_NUMBER,    /* @value, shown with @digits significant digits */
  BP_FORMULA_HIDDEN,    /* "?": a number to be predicted */
  BP_FORMULA_SYMBOL,    /* @text and @latex, of @node where it stands for one */
  BP_FORMULA_WORDS,     /* @text, upright */
  BP_FORMULA_PARTIAL,   /* ∂first/∂second */
  BP_FORMULA_ELEMENT,   /* first[0,1], the index as @text, or first[second] */
  BP_FORMULA_SUM,       /* terms; negative ones are subtracted */
  BP_FORMULA_NEGATIVE,  /* −first */
  BP_FORMULA_PRODUCT,   /* factors */
  BP_FORMULA_CHAIN,     /* factors, set apart: the chain rule */
  BP_FORMULA_QUOTIENT,  /* first / second */
  BP_FORMULA_POWER,     /* first to the power of second */
  BP_FORMULA_CALL,      /* @function of its arguments */
  BP_FORMULA_GREATER,   /* [first > second]: 1 where it holds, else 0; the same of the next four */
  BP_FORMULA_GREATER_EQUAL,
  BP_FORMULA_LESS_EQUAL,
  BP_FORMULA_SAME,
  BP_FORMULA_DIFFERENT,
  BP_FORMULA_TOTAL,     /* Σ first, over the elements of a tensor or a batch */
  BP_FORMULA_ELLIPSIS,  /* "⋯": terms or factors left out, of @value together */
  BP_FORMULA_TUPLE,     /* (first, second, …) */
  BP_FORMULA_EQUATION,  /* sides, with a relation before each */
  BP_FORMULA_LIST,      /* equations on one line */
  BP_FORMULA_LINE,      /* words and formulas one after the other */
} BpFormulaKind;

typedef enum {
  BP_FUNCTION_ABS,
  BP_FUNCTION_ARGMAX,
  BP_FUNCTION_ARGMIN,
  BP_FUNCTION_CONCAT,
  BP_FUNCTION_COS,
  BP_FUNCTION_DIAGONAL,
  BP_FUNCTION_EXP,
  BP_FUNCTION_LOG,
  BP_FUNCTION_MAX,
  BP_FUNCTION_MIN,
  BP_FUNCTION_NORMAL_DENSITY,
  BP_FUNCTION_NORMAL_SHARE,
  BP_FUNCTION_ONE_HOT,
  BP_FUNCTION_ROUND,
  BP_FUNCTION_SIGMOID,
  BP_FUNCTION_SIGN,
  BP_FUNCTION_SIN,
  BP_FUNCTION_SOFTMAX,
  BP_FUNCTION_SQRT,
  BP_FUNCTION_STACK,
  BP_FUNCTION_TANH,
  BP_FUNCTION_TRANSPOSE,
  BP_FUNCTION_WHERE,
  BP_N_FUNCTIONS
} BpFunction;

typedef enum {
  BP_RELATION_NONE,
  BP_RELATION_EQUAL,
  BP_RELATION_APPROXIMATE,
  BP_RELATION_BECOMES,   /* ← */
  BP_RELATION_INCREASES, /* += */
} BpRelation;

#define BP_FORMULA_MAX_SIDES 6

typedef struct _BpFormula BpFormula;

/**
 * BpFormula:
 * @children: (element-type BpFormula): what it is made of
 * @value: the number; of an ellipsis what is left out, or among the arguments of argmax its result
 * @digits: significant digits that a number is shown with
 * @is_exact: of a number, whether it is what the mathematics gives rather than a function's rounded result; of an
 *   ellipsis, whether all that is left out is exact
 * @node: the node of a symbol, or G_MAXUINT
 * @text: of a symbol, words or the index of an element; of an equation the index of the element it speaks of, or NULL
 * @relations: what stands before each side of an equation; the first side has none unless the equation continues
 *   another
 *
 * Plain data, to be read by functions that walk a tree. Only the functions here make or change a formula.
 */
struct _BpFormula {
  BpFormulaKind  kind;
  GPtrArray     *children;
  double         value;
  guint          digits;
  gboolean       is_exact;
  guint          node;
  char          *text;
  char          *latex;
  BpFunction     function;
  BpRelation     relations[BP_FORMULA_MAX_SIDES];
};

void bp_formula_free (BpFormula *formula);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpFormula, bp_formula_free)

BpFormula *bp_formula_copy (const BpFormula *formula);

/* Making */

/** A number of the session or the settings, with four significant digits until bp_formula_new_result() needs more. */
BpFormula *bp_formula_new_number (double value);

BpFormula *bp_formula_new_hidden (void);

/** Hides the results in @formula, an equation or a list of them: "[0,1]: ?", "∂L/∂A = ?", "= ?". */
void bp_formula_hide (BpFormula *formula);

/** A symbol that stands for @node, or for no node where that is G_MAXUINT: "η" and "\\eta". */
BpFormula *bp_formula_new_symbol (guint       node,
                                  const char *text,
                                  const char *latex);

BpFormula *bp_formula_new_words (const char *text);

/** The element of @tensor with @index as "[0,1]". */
BpFormula *bp_formula_new_element (BpFormula  *tensor,
                                   const char *index);

/** What is left out of a sum or product: @value altogether, and whether that is exact. */
BpFormula *bp_formula_new_ellipsis (double   value,
                                    gboolean is_exact);

/** A formula without parts yet: a sum, product, chain, tuple, list or line. */
BpFormula *bp_formula_new_empty (BpFormulaKind kind);

/** Adds a part at the end. */
void bp_formula_append (BpFormula *formula,
                        BpFormula *part);

/** Gives the ellipsis in @sum, if there is one, what the other terms lack to @total. */
void bp_formula_complete (BpFormula *sum,
                          double     total);

/** The sum, product or chain of the parts of @formula; a single part is returned itself. */
BpFormula *bp_formula_simplify (BpFormula *formula);

/** A formula of one part or two; @kind has to be one with as many parts. */
BpFormula *bp_formula_new_unary (BpFormulaKind  kind,
                                 BpFormula     *first);

BpFormula *bp_formula_new_binary (BpFormulaKind  kind,
                                  BpFormula     *first,
                                  BpFormula     *second);

/** @second is NULL for a function of one argument. */
BpFormula *bp_formula_new_call (BpFunction  function,
                                BpFormula  *first,
                                BpFormula  *second);

/* Equations */

/** An equation that begins with @side. */
BpFormula *bp_formula_new_equation (BpFormula *side);

void bp_formula_append_side (BpFormula  *equation,
                             BpRelation  relation,
                             BpFormula  *side);

/**
 * bp_formula_new_result:
 * @terms: the right side in numbers
 * @result: what it is
 *
 * "2·(−2.01) ≈ −4.021". The numbers get as many digits as it takes for their own arithmetic to give the result as it is
 * shown, at least four. The relation is "=" only where every number is shown whole and the arithmetic is exact. Terms
 * that show nothing but the result are left out: "≈ 1.043".
 */
BpFormula *bp_formula_new_result (BpFormula *terms,
                                  double     result);

/** Continues @equation with the sides of @more, and the relation "=" where @more begins without one. */
void bp_formula_continue (BpFormula *equation,
                          BpFormula *more);

/** Whether @equation is but a result, "= 1", or continues another rather than having a left side of its own. */
gboolean bp_formula_continues (const BpFormula *equation);

/** The sides of @equation from number @first on, as an equation that continues another: "= 1 − h²". */
BpFormula *bp_formula_dup_sides (const BpFormula *equation,
                                 guint            first);

/** The last side of an equation; NULL for anything else. */
const BpFormula *bp_formula_get_result (const BpFormula *equation);

/* Walks */

/**
 * bp_formula_evaluate:
 * @shown: whether numbers count as they are shown rather than as they are
 *
 * Returns: what the arithmetic of a formula in numbers gives; NaN where it has symbols
 */
double bp_formula_evaluate (const BpFormula *formula,
                            gboolean         shown);

/** Whether the numbers of @formula are shown whole and its arithmetic loses nothing: 0.5·3 but not √2 or 1 + 10⁻²⁰. */
gboolean bp_formula_is_exact (const BpFormula *formula);

/** Whether @formula has a symbol of @node. */
gboolean bp_formula_mentions (const BpFormula *formula,
                              guint            node);

/** Whether both are the same tree. */
gboolean bp_formula_equal (const BpFormula *a,
                           const BpFormula *b);

/* How functions and relations are written, as text or for LaTeX */

/** NULL for a function that is no name before its arguments. */
const char *bp_formula_get_function_name (BpFunction function,
                                          gboolean   latex);

const char *bp_formula_get_relation_sign (BpRelation relation,
                                          gboolean   latex);

/* Printers. Returns: (transfer full) */

char *bp_formula_to_text (const BpFormula *formula);

/** For LaTeX's math mode, with amsmath. */
char *bp_formula_to_latex (const BpFormula *formula);

/** How many characters the text has. */
guint bp_formula_get_length (const BpFormula *formula);

/** Any text for LaTeX outside of math mode: special characters and the signs of formulas. */
char *bp_text_to_latex (const char *text);

G_END_DECLS
