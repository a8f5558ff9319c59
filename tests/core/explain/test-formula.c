/* test-formula.c: formulas as trees: how they print, what they amount to, and how many digits they take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "explain/bp-formula.h"

#define N(value) bp_formula_new_number (value)
#define X bp_formula_new_symbol (7, "x", "x")
#define SUM(a, b) bp_formula_new_binary (BP_FORMULA_SUM, a, b)
#define MINUS(a) bp_formula_new_unary (BP_FORMULA_NEGATIVE, a)
#define PRODUCT(a, b) bp_formula_new_binary (BP_FORMULA_PRODUCT, a, b)
#define CHAIN(a, b) bp_formula_new_binary (BP_FORMULA_CHAIN, a, b)
#define QUOTIENT(a, b) bp_formula_new_binary (BP_FORMULA_QUOTIENT, a, b)
#define POWER(a, b) bp_formula_new_binary (BP_FORMULA_POWER, a, b)
#define CALL(name, a) bp_formula_new_call (BP_FUNCTION_##name, a, NULL)

/* Takes @formula. */
static void
assert_prints (BpFormula  *formula,
               const char *expected_text,
               const char *expected_latex)
{
  g_autofree char *text = bp_formula_to_text (formula);
  g_autofree char *latex = bp_formula_to_latex (formula);
  g_autoptr (BpFormula) copy = bp_formula_copy (formula);

  g_assert_cmpstr (text, ==, expected_text);
  g_assert_cmpstr (latex, ==, expected_latex);
  g_assert_true (bp_formula_equal (copy, formula));
  bp_formula_free (formula);
}

static void
test_parentheses (void)
{
  assert_prints (SUM (N (-2), N (3)), "−2 + 3", "-2 + 3");
  assert_prints (SUM (N (3), N (-2)), "3 + (−2)", "3 + (-2)");
  assert_prints (SUM (N (3), MINUS (N (-2))), "3 − (−2)", "3 - (-2)");
  assert_prints (SUM (N (3), MINUS (N (-2e-5))), "3 − (−2·10⁻⁵)", "3 - (-2 \\cdot 10^{-5})");
  assert_prints (SUM (N (3), MINUS (SUM (X, N (1)))), "3 − (x + 1)", "3 - (x + 1)");
  assert_prints (PRODUCT (N (-2), N (-3)), "−2·(−3)", "-2 \\cdot (-3)");
  assert_prints (PRODUCT (SUM (X, N (1)), X), "(x + 1)·x", "(x + 1) \\cdot x");
  assert_prints (SUM (N (1), PRODUCT (N (-2), N (3))), "1 + (−2)·3", "1 + (-2) \\cdot 3");
  assert_prints (CHAIN (N (1), MINUS (CALL (SIN, X))), "1 · (−sin(x))", "1 \\cdot (-\\sin(x))");
  assert_prints (PRODUCT (N (2), X), "2x", "2 \\cdot x");
  assert_prints (PRODUCT (N (2), N (1.5e-7)), "2·(1.5·10⁻⁷)", "2 \\cdot (1.5 \\cdot 10^{-7})");
  assert_prints (SUM (N (2), N (1.5e-7)), "2 + 1.5·10⁻⁷", "2 + 1.5 \\cdot 10^{-7}");
  assert_prints (POWER (N (-2), N (2)), "(−2)²", "{(-2)}^2");
  assert_prints (POWER (X, SUM (X, MINUS (N (1)))), "x^(x − 1)", "{x}^{x - 1}");
  assert_prints (QUOTIENT (N (1), PRODUCT (N (2), X)), "1/(2x)", "\\frac{1}{2 \\cdot x}");
  assert_prints (MINUS (QUOTIENT (X, POWER (X, N (2)))), "−x/x²", "-\\frac{x}{{x}^2}");
  assert_prints (PRODUCT (SUM (N (1), QUOTIENT (X, N (2))), X), "(1 + x/2)·x",
                 "\\left(1 + \\frac{x}{2}\\right) \\cdot x");
  assert_prints (CALL (SQRT, N (2)), "√2", "\\sqrt{2}");
  assert_prints (CALL (SQRT, SUM (X, N (1))), "√(x + 1)", "\\sqrt{x + 1}");
  assert_prints (CALL (EXP, MINUS (CALL (ABS, X))), "exp(−|x|)", "e^{-|x|}");
  assert_prints (bp_formula_new_call (BP_FUNCTION_MAX, X, N (-1)), "max(x, −1)", "\\max(x, -1)");
  assert_prints (CALL (TRANSPOSE, X), "xᵀ", "{x}^{\\top}");
  assert_prints (bp_formula_new_unary (BP_FORMULA_TOTAL, PRODUCT (X, X)), "Σ x·x", "\\sum x \\cdot x");
  assert_prints (bp_formula_new_binary (BP_FORMULA_PARTIAL, X, X), "∂x/∂x", "\\frac{\\partial x}{\\partial x}");
}

/* Takes @terms. */
static void
assert_result (BpFormula  *terms,
               double      result,
               const char *expected)
{
  g_autoptr (BpFormula) equation = bp_formula_new_result (terms, result);
  g_autofree char *text = bp_formula_to_text (equation);

  g_assert_cmpstr (text, ==, expected);
}

/* The numbers that are shown give the result that is shown. */
static void
test_digits (void)
{
  const double third = 1.0 / 3, saturated = 0.9999877;

  assert_result (PRODUCT (N (0.5), N (3)), 1.5, "0.5·3 = 1.5");
  assert_result (PRODUCT (N (third), N (3)), third * 3, "0.33333·3 ≈ 1");
  assert_result (PRODUCT (N (0), N (third)), 0, "0·0.3333 = 0");
  assert_result (SUM (N (1), MINUS (POWER (N (saturated), N (2)))), 1 - saturated * saturated,
                 "1 − 0.9999877² ≈ 2.46·10⁻⁵");
  assert_result (SUM (N (0.1), MINUS (N (0.099999997))), 0.1 - 0.099999997, "0.1 − 0.099999997 ≈ 3·10⁻⁹");
  assert_result (SUM (N (1), N (1e-20)), 1, "1 + 10⁻²⁰ ≈ 1");
  assert_result (CALL (SIGMOID, N (40)), 1, "σ(40) ≈ 1");
  assert_result (CALL (SIGMOID, N (0)), 0.5, "σ(0) = 0.5");
  assert_result (CALL (LOG, SUM (N (1), CALL (EXP, N (1000)))), 1000, "log(1 + exp(1000)) ≈ 1000");
  assert_result (N (2), 2, "= 2");
  assert_result (N (third), third, "≈ 0.3333");
}

static void
test_walks (void)
{
  g_autoptr (BpFormula) formula = SUM (PRODUCT (N (2), N (1.0 / 3)), MINUS (CALL (EXP, N (0))));
  g_autoptr (BpFormula) symbolic = POWER (X, N (2));

  g_assert_cmpfloat (bp_formula_evaluate (formula, FALSE), ==, 2 * (1.0 / 3) - 1);
  g_assert_cmpfloat_with_epsilon (bp_formula_evaluate (formula, TRUE), 2 * 0.3333 - 1, 1e-15);
  g_assert_true (isnan (bp_formula_evaluate (symbolic, FALSE)));
  g_assert_true (bp_formula_mentions (symbolic, 7));
  g_assert_false (bp_formula_mentions (symbolic, 8));
  g_assert_false (bp_formula_equal (formula, symbolic));
}

/* What is left out of a sum is what the other terms lack. */
static void
test_ellipsis (void)
{
  BpFormula *sum = bp_formula_new_empty (BP_FORMULA_SUM);

  bp_formula_append (sum, N (1));
  bp_formula_append (sum, bp_formula_new_ellipsis (0, TRUE));
  bp_formula_append (sum, N (4));
  bp_formula_complete (sum, 10);
  g_assert_cmpfloat (bp_formula_evaluate (sum, FALSE), ==, 10);
  assert_result (sum, 10, "1 + ⋯ + 4 = 10");
}

static void
test_equations (void)
{
  g_autoptr (BpFormula) equation = bp_formula_new_equation (X);
  g_autoptr (BpFormula) right = NULL;
  g_autofree char *text = NULL;
  g_autofree char *latex = NULL;
  g_autofree char *right_text = NULL;

  bp_formula_append_side (equation, BP_RELATION_BECOMES, SUM (X, MINUS (N (1))));
  bp_formula_continue (equation, bp_formula_new_result (SUM (N (3), MINUS (N (1))), 2));
  text = bp_formula_to_text (equation);
  latex = bp_formula_to_latex (equation);
  right = bp_formula_dup_sides (equation, 2);
  right_text = bp_formula_to_text (right);
  g_assert_cmpstr (text, ==, "x ← x − 1 = 3 − 1 = 2");
  g_assert_cmpstr (latex, ==, "x \\leftarrow x - 1 = 3 - 1 = 2");
  g_assert_cmpstr (right_text, ==, "= 3 − 1 = 2");
  g_assert_false (bp_formula_continues (equation));
  g_assert_true (bp_formula_continues (right));
  g_assert_cmpfloat (bp_formula_get_result (equation)->value, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/formula/parentheses", test_parentheses);
  g_test_add_func ("/formula/digits", test_digits);
  g_test_add_func ("/formula/walks", test_walks);
  g_test_add_func ("/formula/ellipsis", test_ellipsis);
  g_test_add_func ("/formula/equations", test_equations);

  return g_test_run ();
}
