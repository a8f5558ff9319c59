/* bp-op-formulas.h: the elementwise ops, one row each
 *
 * In a row a and b are elements of the inputs and y is the element of the output: the value first, then the local
 * derivatives ∂y/∂a and ∂y/∂b, then the same in symbols, in LaTeX, and a sentence. All that these ops do is made from
 * their rows: the tensor loops, the scalar instructions, bp_op_local_derivative() and the texts.
 *
 *   OP1 (ID, name, symbol, y, ∂y/∂a, texts…)          one input
 *   OP1_FLAT (ID, name, symbol, y, texts…)            one input that no gradient passes to
 *   OP2 (ID, name, arguments, symbol, y, ∂y/∂a, ∂y/∂b, texts…)
 *   OP2_EQUAL                                         OP2 whose inputs have to be of equal shape
 *
 * At kinks the derivatives are PyTorch's. Formulas keep NaN, so that a number that stops being one is seen. Comparisons
 * stand in the order in which gcc and clang make no branches of them, which numbers would make hard to predict.
 * Whoever includes this file defines the macros, that of equal rows only to tell them apart; they are undefined at its
 * end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#ifndef OP2_EQUAL
#define OP2_EQUAL OP2
#endif

OP2 (ADD, add, NULL, NULL, "+",
     a + b,
     1, 1,
     "%a + %b", "1", "1",
     "%a + %b", "1", "1",
     N_("Addition passes the gradient on to both inputs unchanged."))

OP2 (SUBTRACT, subtract, NULL, NULL, "−",
     a - b,
     1, -1,
     "%a − %b", "1", "−1",
     "%a - %b", "1", "-1",
     N_("Subtraction passes the gradient on unchanged to its first input, and with its sign turned to its "
        "second."))

OP2 (MULTIPLY, multiply, NULL, NULL, "×",
     a * b,
     b, a,
     "%a·%b", "%b", "%a",
     "%a \\cdot %b", "%b", "%a",
     N_("Multiplication passes the gradient on to each factor, multiplied by the other factor."))

OP2 (DIVIDE, divide, NULL, NULL, "÷",
     a / b,
     1 / b, -y / b,
     "%a / %b", "1 / %b", "−%y / %b",
     "\\frac{%a}{%b}", "\\frac{1}{%b}", "-\\frac{%y}{%b}",
     N_("Division passes the gradient on divided by the denominator; what reaches the denominator is also multiplied "
        "by minus the quotient."))

OP2 (POW, pow, NULL, NULL, "xⁿ",
     bp_pow (a, b),
     b == 0 ? 0 : b * bp_pow (a, b - 1), a == 0 && b >= 0 ? 0 : y * bp_log (a),
     "%a^%b", "%b·%a^(%b − 1)", "%y·log(%a)",
     "{%a}^{%b}", "%b \\cdot {%a}^{%b - 1}", "%y \\cdot \\log(%a)",
     N_("A power passes the gradient on to its base times the exponent times the base to the exponent less one, and to "
        "its exponent times the power times the logarithm of the base."))

OP2 (MAXIMUM, maximum, NULL, NULL, "max",
     a != a ? a : b < a ? a : b,
     0.5 * ((a > b) + (a >= b)), 0.5 * ((a < b) + (a <= b)),
     "max(%a, %b)", "[%a > %b]", "[%b > %a]",
     "\\max(%a, %b)", "[%a > %b]", "[%b > %a]",
     N_("The maximum passes the gradient on to the larger input alone; equal inputs get half each."))

OP2 (MINIMUM, minimum, NULL, NULL, "min",
     a != a ? a : a < b ? a : b,
     0.5 * ((a < b) + (a <= b)), 0.5 * ((a > b) + (a >= b)),
     "min(%a, %b)", "[%a < %b]", "[%b < %a]",
     "\\min(%a, %b)", "[%a < %b]", "[%b < %a]",
     N_("The minimum passes the gradient on to the smaller input alone; equal inputs get half each."))

/* Stable for logits of any size: tf.nn.sigmoid_cross_entropy_with_logits, "the formula used to ensure stability". */
OP2_EQUAL (SIGMOID_CROSS_ENTROPY, sigmoid_cross_entropy_with_logits, "labels", "logits", "σ+CE",
           (b > 0 ? b : 0) - b * a + bp_log1p (bp_exp_negative (-fabs (b))),
           -b, bp_sigmoid (b) - a,
           "max(%b, 0) − %b·%a + log(1 + exp(−|%b|))", "−%b", "σ(%b) − %a",
           "\\max(%b, 0) - %b \\cdot %a + \\log(1 + e^{-|%b|})", "-%b", "\\sigma(%b) - %a",
           N_("Sigmoid and cross entropy together have a simple derivative: the predicted probability minus the "
              "label."))

OP1 (NEGATIVE, negative, "−x",
     -a,
     -1,
     "−%a", "−1",
     "-%a", "-1",
     N_("Negation passes the gradient on with its sign turned."))

OP1 (SQUARE, square, "x²",
     a * a,
     2 * a,
     "%a²", "2·%a",
     "{%a}^2", "2 \\cdot %a",
     N_("Squaring passes the gradient on times twice its input: the larger the error, the stronger the pull."))

OP1 (SQRT, sqrt, "√x",
     sqrt (a),
     0.5 / y,
     "√%a", "1 / (2·%y)",
     "\\sqrt{%a}", "\\frac{1}{2 \\cdot %y}",
     N_("The square root passes the gradient on divided by twice the root: near 0 it becomes very large."))

OP1 (EXP, exp, "eˣ",
     bp_exp (a),
     y,
     "exp(%a)", "%y",
     "e^{%a}", "%y",
     N_("The exponential is its own derivative: it passes the gradient on times its own value."))

OP1 (LOG, log, "log",
     bp_log (a),
     1 / a,
     "log(%a)", "1 / %a",
     "\\log(%a)", "\\frac{1}{%a}",
     N_("The logarithm passes the gradient on divided by its input: near 0 it becomes very large."))

OP1 (ABS, abs, "|x|",
     fabs (a),
     (a > 0) - (a < 0),
     "|%a|", "sign(%a)",
     "|%a|", "\\operatorname{sign}(%a)",
     N_("The absolute value passes the gradient on with the sign of its input, however large the input is; at 0 "
        "nothing passes."))

OP1 (SIN, sin, "sin",
     bp_sin (a),
     bp_cos (a),
     "sin(%a)", "cos(%a)",
     "\\sin(%a)", "\\cos(%a)",
     N_("The sine passes the gradient on times the cosine of its input."))

OP1 (COS, cos, "cos",
     bp_cos (a),
     -bp_sin (a),
     "cos(%a)", "−sin(%a)",
     "\\cos(%a)", "-\\sin(%a)",
     N_("The cosine passes the gradient on times minus the sine of its input."))

OP1 (SIGMOID, sigmoid, "σ",
     bp_sigmoid (a),
     y * (1 - y),
     "σ(%a)", "%y·(1 − %y)",
     "\\sigma(%a)", "%y \\cdot (1 - %y)",
     N_("The sigmoid passes on at most a quarter of the gradient; where it is close to 0 or 1 it is saturated and "
        "hardly any passes."))

OP1 (TANH, tanh, "tanh",
     bp_tanh (a),
     1 - y * y,
     "tanh(%a)", "1 − %y²",
     "\\tanh(%a)", "1 - {%y}^2",
     N_("The hyperbolic tangent passes on the whole gradient at 0; where it is close to −1 or 1 it is saturated "
        "and hardly any passes."))

OP1 (RELU, relu, "ReLU",
     a <= 0 ? 0 : a,
     a <= 0 || a != a ? 0 : 1,
     "max(%a, 0)", "[%a > 0]",
     "\\max(%a, 0)", "[%a > 0]",
     N_("ReLU passes the gradient on unchanged where its input is positive, and nothing elsewhere."))

OP1 (SOFTPLUS, softplus, "softplus",
     (a > 0 ? a : 0) + bp_log1p (bp_exp_negative (-fabs (a))),
     bp_sigmoid (a),
     "log(1 + exp(%a))", "σ(%a)",
     "\\log(1 + e^{%a})", "\\sigma(%a)",
     N_("Softplus passes the gradient on times the sigmoid of its input, a smooth switch between nothing and all."))

/* Halves go to the even neighbour, as in NumPy and TensorFlow. */
OP1_FLAT (ROUND, round, "round",
          rint (a),
          "round(%a)", "0",
          "\\operatorname{round}(%a)", "0",
          N_("Rounding is flat between its jumps, so its derivative is 0 and no gradient passes."))

OP1_FLAT (STOP_GRADIENT, stop_gradient, "stop",
          a,
          "%a", "0",
          "%a", "0",
          N_("The value passes and the gradient does not: what lies before this node counts as constant."))

#undef OP1
#undef OP1_FLAT
#undef OP2
#undef OP2_EQUAL
