/* bp-op-derivatives.h: the ops with inputs and their derivatives, one row each
 *
 * In a row of an elementwise op a and b are elements of the inputs and y is the element of the output: the value first,
 * then the local derivatives ∂y/∂a and ∂y/∂b, then the same as formulas of A, B and Y (bp-explain-op.c has the words
 * that they are written in), and a sentence. All that these ops do is made from their rows: the tensor loops, the
 * scalar instructions, bp_op_local_derivative() and the explanations. Ops on whole tensors are functions of their own,
 * and their rows have the formulas.
 *
 *   OP1 (ID, name, symbol, y, ∂y/∂a, formulas…, sentence)          one input
 *   OP1_FLAT (ID, name, symbol, y, formulas…, sentence)            one input that no gradient passes to
 *   OP1_CALL (ID, name, symbol, ∂y/∂a, formulas…, sentence)        one input and attributes; its value by a function
 *   OP2 (ID, name, arguments, symbol, y, ∂y/∂a, ∂y/∂b, formulas…, sentence)
 *   OP2_EQUAL                                                      OP2 whose inputs have to be of equal shape
 *   OP2_FLAT (ID, name, symbol, y, formula, sentence)              two inputs that no gradient passes to
 *   OP3_CALL (ID, name, arguments, symbol, ∂y/∂b, ∂y/∂c, formulas…, sentence)
 *                                                                  three inputs; its value by a function
 *   TENSOR1 (ID, name, kernel, shape, symbol, formulas…, sentence)
 *   TENSOR1_FLAT (ID, name, shape, symbol, formula, sentence)
 *   TENSOR2 (ID, name, kernel, shape, arguments, symbol, formulas…, sentence)
 *
 * At kinks the derivatives are PyTorch's. Formulas propagate NaN. Comparisons are in the order for which gcc and clang
 * make no branches, which numbers would make hard to predict. The including file defines the macros; OP2_EQUAL,
 * OP1_CALL, OP3_CALL, TENSOR1 and TENSOR2 are optional. They are undefined at the end of this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#ifndef OP2_EQUAL
#define OP2_EQUAL OP2
#endif

#ifndef OP1_CALL
#define OP1_CALL(...)
#endif

#ifndef OP3_CALL
#define OP3_CALL(...)
#endif

#ifndef TENSOR1
#define TENSOR1(...)
#define TENSOR1_FLAT(...)
#define TENSOR2(...)
#endif

OP2 (ADD, add, NULL, NULL, "+",
     a + b,
     1, 1,
     SUM (A, B),
     N (1), N (1),
     N_("Addition passes the gradient on to both inputs unchanged."))

OP2 (SUBTRACT, subtract, NULL, NULL, "−",
     a - b,
     1, -1,
     DIFFERENCE (A, B),
     N (1), N (-1),
     N_("Subtraction passes the gradient on unchanged to its first input, and with its sign flipped to its "
        "second."))

OP2 (MULTIPLY, multiply, NULL, NULL, "×",
     a * b,
     b, a,
     PRODUCT (A, B),
     B, A,
     N_("Multiplication passes the gradient on to each factor, multiplied by the other factor."))

OP2 (DIVIDE, divide, NULL, NULL, "÷",
     a / b,
     1 / b, -y / b,
     QUOTIENT (A, B),
     QUOTIENT (N (1), B), MINUS (QUOTIENT (Y, B)),
     N_("Division passes the gradient on divided by the denominator; what reaches the denominator is also multiplied "
        "by minus the quotient."))

OP2 (POW, pow, NULL, NULL, "xⁿ",
     bp_pow (a, b),
     b == 0 ? 0 : b * bp_pow (a, b - 1), a == 0 && b >= 0 ? 0 : y * bp_log (a),
     POWER (A, B),
     PRODUCT (B, POWER (A, DIFFERENCE (B, N (1)))), PRODUCT (Y, CALL (LOG, A)),
     N_("A power passes the gradient on to its base times the exponent times the base to the exponent less one, and to "
        "its exponent times the power times the logarithm of the base."))

OP2 (MAXIMUM, maximum, NULL, NULL, "max",
     a != a ? a : b < a ? a : b,
     0.5 * ((a > b) + (a >= b)), 0.5 * ((a < b) + (a <= b)),
     CALL_2 (MAX, A, B),
     GREATER (A, B), GREATER (B, A),
     N_("The maximum passes the gradient on to the larger input alone; equal inputs get half each."))

OP2 (MINIMUM, minimum, NULL, NULL, "min",
     a != a ? a : a < b ? a : b,
     0.5 * ((a < b) + (a <= b)), 0.5 * ((a > b) + (a >= b)),
     CALL_2 (MIN, A, B),
     GREATER (B, A), GREATER (A, B),
     N_("The minimum passes the gradient on to the smaller input alone; equal inputs get half each."))

/* Stable for logits of any size: tf.nn.sigmoid_cross_entropy_with_logits, "the formula used to ensure stability". */
OP2_EQUAL (SIGMOID_CROSS_ENTROPY, sigmoid_cross_entropy_with_logits, "labels", "logits", "σ+CE",
           (b > 0 ? b : 0) - b * a + bp_log1p (bp_exp_negative (-fabs (b))),
           -b, bp_sigmoid (b) - a,
           SUM (DIFFERENCE (CALL_2 (MAX, B, N (0)), PRODUCT (B, A)),
                CALL (LOG, SUM (N (1), CALL (EXP, MINUS (CALL (ABS, B)))))),
           MINUS (B), DIFFERENCE (CALL (SIGMOID, B), A),
           N_("Sigmoid and cross entropy together have a simple derivative: the predicted probability minus the "
              "label."))

OP2 (LEAKY_RELU, leaky_relu, NULL, "alpha", "leaky",
     (a > 0 ? a : 0) + b * (a > 0 ? 0 : a),
     a > 0 ? 1 : b, a > 0 ? 0 : a,
     SUM (CALL_2 (MAX, A, N (0)), PRODUCT (B, CALL_2 (MIN, A, N (0)))),
     SUM (GREATER (A, N (0)), PRODUCT (B, DIFFERENCE (N (1), GREATER (A, N (0))))), CALL_2 (MIN, A, N (0)),
     N_("Leaky ReLU passes the gradient on to x unchanged where x is positive and times alpha elsewhere, and to alpha "
        "times x where x is not positive."))

OP2 (DROPOUT, dropout, NULL, NULL, "dropout",
     a * b,
     b, a,
     PRODUCT (A, B),
     B, A,
     N_("Dropout passes the gradient on times the mask: nothing to elements that are dropped, and to the others times "
        "1/(1 − rate)."))

OP2_FLAT (GREATER, greater, ">",
          a > b,
          GREATER (A, B),
          N_("A comparison is flat but for its jump, so its derivative is taken as 0 and no gradient passes."))

OP2_FLAT (LESS, less, "<",
          a < b,
          GREATER (B, A),
          N_("A comparison is flat but for its jump, so its derivative is taken as 0 and no gradient passes."))

OP2_FLAT (GREATER_EQUAL, greater_equal, "≥",
          a >= b,
          CONDITION (GREATER_EQUAL, A, B),
          N_("A comparison is flat but for its jump, so its derivative is taken as 0 and no gradient passes."))

OP2_FLAT (LESS_EQUAL, less_equal, "≤",
          a <= b,
          CONDITION (LESS_EQUAL, A, B),
          N_("A comparison is flat but for its jump, so its derivative is taken as 0 and no gradient passes."))

OP2_FLAT (EQUAL, equal, "=",
          a == b,
          CONDITION (SAME, A, B),
          N_("A comparison is flat but for its jump, so its derivative is taken as 0 and no gradient passes."))

OP2_FLAT (NOT_EQUAL, not_equal, "≠",
          a != b,
          CONDITION (DIFFERENT, A, B),
          N_("A comparison is flat but for its jump, so its derivative is taken as 0 and no gradient passes."))

OP1 (NEGATIVE, negative, "−x",
     -a,
     -1,
     MINUS (A),
     N (-1),
     N_("Negation passes the gradient on with its sign flipped."))

OP1 (SQUARE, square, "x²",
     a * a,
     2 * a,
     POWER (A, N (2)),
     PRODUCT (N (2), A),
     N_("Squaring passes the gradient on times twice its input: the farther that is from 0, the stronger the pull."))

OP1 (SQRT, sqrt, "√x",
     sqrt (a),
     0.5 / y,
     CALL (SQRT, A),
     QUOTIENT (N (1), PRODUCT (N (2), Y)),
     N_("The square root passes the gradient on divided by twice the root: near 0 it becomes very large."))

OP1 (EXP, exp, "eˣ",
     bp_exp (a),
     y,
     CALL (EXP, A),
     Y,
     N_("The exponential is its own derivative: it passes the gradient on times its own value."))

OP1 (LOG, log, "log",
     bp_log (a),
     1 / a,
     CALL (LOG, A),
     QUOTIENT (N (1), A),
     N_("The logarithm passes the gradient on divided by its input: near 0 it becomes very large."))

OP1 (LOG1P, log1p, "log1p",
     bp_log_1_plus (a),
     1 / (1 + a),
     CALL (LOG, SUM (N (1), A)),
     QUOTIENT (N (1), SUM (N (1), A)),
     N_("The logarithm of 1 plus its input passes the gradient on divided by that sum: where the input is near −1 it "
        "becomes very large."))

OP1 (ABS, abs, "|x|",
     fabs (a),
     (a > 0) - (a < 0),
     CALL (ABS, A),
     CALL (SIGN, A),
     N_("The absolute value passes the gradient on with the sign of its input, however large the input is; at 0 "
        "nothing passes."))

OP1 (SIN, sin, "sin",
     bp_sin (a),
     bp_cos (a),
     CALL (SIN, A),
     CALL (COS, A),
     N_("The sine passes the gradient on times the cosine of its input."))

OP1 (COS, cos, "cos",
     bp_cos (a),
     -bp_sin (a),
     CALL (COS, A),
     MINUS (CALL (SIN, A)),
     N_("The cosine passes the gradient on times minus the sine of its input."))

OP1 (SIGMOID, sigmoid, "σ",
     bp_sigmoid (a),
     y * (1 - y),
     CALL (SIGMOID, A),
     PRODUCT (Y, DIFFERENCE (N (1), Y)),
     N_("The sigmoid passes on at most a quarter of the gradient; where it is close to 0 or 1 it is saturated and "
        "hardly any passes."))

OP1 (TANH, tanh, "tanh",
     bp_tanh (a),
     1 - y * y,
     CALL (TANH, A),
     DIFFERENCE (N (1), POWER (Y, N (2))),
     N_("The hyperbolic tangent passes on the whole gradient at 0; where it is close to −1 or 1 it is saturated "
        "and hardly any passes."))

OP1 (RELU, relu, "ReLU",
     a <= 0 ? 0 : a,
     a <= 0 || a != a ? 0 : 1,
     CALL_2 (MAX, A, N (0)),
     GREATER (A, N (0)),
     N_("ReLU passes the gradient on unchanged where its input is positive, and nothing elsewhere."))

OP1 (SOFTPLUS, softplus, "softplus",
     (a > 0 ? a : 0) + bp_log1p (bp_exp_negative (-fabs (a))),
     bp_sigmoid (a),
     CALL (LOG, SUM (N (1), CALL (EXP, A))),
     CALL (SIGMOID, A),
     N_("Softplus passes the gradient on times the sigmoid of its input, a smooth switch between nothing and all."))

OP1 (ELU, elu, "ELU",
     (a <= 0 ? 0 : a) + bp_exp_less_1 (a > 0 ? 0 : a),
     bp_exp_negative (a > 0 ? 0 : a),
     DIFFERENCE (SUM (CALL_2 (MAX, A, N (0)), CALL (EXP, CALL_2 (MIN, A, N (0)))), N (1)),
     CALL (EXP, CALL_2 (MIN, A, N (0))),
     N_("ELU passes the gradient on unchanged where its input is positive, and times the exponential of its input "
        "elsewhere: far below 0 hardly any passes."))

OP1 (GELU, gelu, "GELU",
     a * bp_normal_share (a),
     bp_normal_share (a) + a * bp_normal_density (a),
     PRODUCT (A, CALL (NORMAL_SHARE, A)),
     SUM (CALL (NORMAL_SHARE, A), PRODUCT (A, CALL (NORMAL_DENSITY, A))),
     N_("GELU passes the gradient on times Φ of its input plus the input times φ of it, where Φ is the share of a "
        "standard normal distribution below a number and φ its density there."))

OP1 (SILU, silu, "SiLU",
     a * bp_sigmoid (a),
     bp_sigmoid (a) + y * bp_sigmoid (-a),
     PRODUCT (A, CALL (SIGMOID, A)),
     SUM (CALL (SIGMOID, A), PRODUCT (Y, CALL (SIGMOID, MINUS (A)))),
     N_("SiLU passes the gradient on times a smooth switch: almost 0 far below zero, almost 1 far above, and in "
        "between the sigmoid of its input plus its value times the sigmoid of minus its input."))

OP1 (IDENTITY, identity, "=",
     a,
     1,
     A,
     N (1),
     N_("It is the same value under another name, so the gradient goes back unchanged."))

/* Halves go to the even neighbour, as in NumPy and TensorFlow. */
OP1_FLAT (ROUND, round, "round",
          rint (a),
          CALL (ROUND, A),
          N (0),
          N_("Rounding is flat between its jumps, so its derivative is 0 and no gradient passes."))

OP1_FLAT (SIGN, sign, "sign",
          a != a ? a : (a > 0) - (a < 0),
          CALL (SIGN, A),
          N (0),
          N_("The sign is flat but for its jump at 0, so its derivative is taken as 0 and no gradient passes."))

OP1_FLAT (STOP_GRADIENT, stop_gradient, "stop",
          a,
          A,
          N (0),
          N_("The value passes and the gradient does not: what lies before this node counts as constant."))

/* What is within the limits comes out as it was. */
OP1_CALL (CLIP_BY_VALUE, clip_by_value, "clip",
          y == a,
          CALL_2 (MIN, CALL_2 (MAX, A, LEAST), GREATEST),
          DIFFERENCE (DIFFERENCE (N (1), GREATER (LEAST, A)), GREATER (A, GREATEST)),
          N_("Clipping passes the gradient on unchanged where its input is within the limits, and nothing outside of "
             "them."))

OP3_CALL (WHERE, where, "condition", "x", "y", "where",
          a != 0, a == 0,
          WHERE (A, B, C),
          N (0), A, DIFFERENCE (N (1), A),
          N_("Where the condition holds, x gets the gradient, elsewhere y; the condition itself gets none."))

TENSOR2 (MATMUL, matmul, matmul, bp_op_matmul_shape, NULL, NULL, "·",
         PRODUCT (A, B),
         CALL (TRANSPOSE, B), CALL (TRANSPOSE, A),
         N_("A matrix product passes the gradient on times the other matrix, transposed: from the right to the first "
            "input, from the left to the second."))

TENSOR1 (TRANSPOSE, transpose, transpose, bp_op_transpose_shape, "ᵀ",
         CALL (TRANSPOSE, A),
         N (1),
         N_("Transposing only moves numbers, so the gradient is transposed back."))

TENSOR1 (EXPAND_DIMS, expand_dims, copy, bp_op_expand_dims_shape, "[·]",
         A,
         N (1),
         N_("Another dimension of size 1 changes no number, so the gradient goes back unchanged in the shape of the "
            "input."))

TENSOR1 (RESHAPE, reshape, copy, bp_op_reshape_shape, "[…]",
         A,
         N (1),
         N_("Another shape changes no number, so the gradient goes back unchanged in the shape of the input."))

TENSOR2 (CONCAT, concat, join, bp_op_concat_shape, NULL, NULL, "concat",
         CALL_2 (CONCAT, A, B),
         N (1), N (1),
         N_("Joining only moves numbers, so each input gets back its own part of the gradient."))

TENSOR2 (STACK, stack, join, bp_op_stack_shape, NULL, NULL, "stack",
         CALL_2 (STACK, A, B),
         N (1), N (1),
         N_("Stacking only moves numbers, so each input gets back its own part of the gradient."))

TENSOR1_FLAT (ONE_HOT, one_hot, bp_op_one_hot_shape, "1-hot",
              CALL (ONE_HOT, A),
              N_("A class is a whole number, which cannot change a little, so no gradient passes."))

TENSOR1 (REDUCE_SUM, reduce_sum, reduce_sum, bp_op_reduce_shape, "Σ",
         TOTAL (A),
         N (1),
         N_("A sum passes the gradient on unchanged to each of its terms."))

TENSOR1 (REDUCE_MEAN, reduce_mean, reduce_mean, bp_op_reduce_shape, "mean",
         QUOTIENT (TOTAL (A), COUNT),
         QUOTIENT (N (1), COUNT),
         N_("A mean passes the gradient on to each of its terms, divided by their number."))

TENSOR1 (REDUCE_MAX, reduce_max, reduce_max, bp_op_reduce_shape, "max",
         CALL (MAX, A),
         CALL (ONE_HOT, CALL (ARGMAX, A)),
         N_("The largest element gets the whole gradient, the first one where several are equal; the others get "
            "none."))

TENSOR1 (REDUCE_MIN, reduce_min, reduce_min, bp_op_reduce_shape, "min",
         CALL (MIN, A),
         CALL (ONE_HOT, CALL (ARGMIN, A)),
         N_("The smallest element gets the whole gradient, the first one where several are equal; the others get "
            "none."))

TENSOR1_FLAT (ARGMAX, argmax, bp_op_reduce_shape, "argmax",
              CALL (ARGMAX, A),
              N_("The position of the largest element is a whole number, flat but for its jumps, so no gradient "
                 "passes."))

TENSOR1 (L2_LOSS, l2_loss, l2_loss, bp_op_reduce_shape, "½Σx²",
         QUOTIENT (TOTAL (POWER (A, N (2))), N (2)),
         A,
         N_("The L2 loss passes the gradient on to each element times the element itself: the farther that is from 0, "
            "the stronger the pull."))

TENSOR1 (SOFTMAX, softmax, softmax, bp_op_softmax_shape, "softmax",
         CALL (SOFTMAX, A),
         DIFFERENCE (CALL (DIAGONAL, Y), PRODUCT (Y, CALL (TRANSPOSE, Y))),
         N_("Softmax passes on to each element its probability times what the gradient is above the average of the "
            "row, which the probabilities weight."))

TENSOR1 (LOG_SOFTMAX, log_softmax, log_softmax, bp_op_softmax_shape, "log softmax",
         CALL (LOG, CALL (SOFTMAX, A)),
         DIFFERENCE (CALL (DIAGONAL, N (1)), PRODUCT (N (1), CALL (TRANSPOSE, CALL (SOFTMAX, A)))),
         N_("The logarithm of softmax passes on to each element its gradient less its probability times the sum of the "
            "row's gradients."))

TENSOR2 (SOFTMAX_CROSS_ENTROPY, softmax_cross_entropy_with_logits, softmax_cross_entropy,
         bp_op_softmax_cross_entropy_shape, "labels", "logits", "softmax+CE",
         TOTAL (PRODUCT (A, DIFFERENCE (CALL (LOG, TOTAL (CALL (EXP, B))), B))),
         DIFFERENCE (CALL (LOG, TOTAL (CALL (EXP, B))), B),
         DIFFERENCE (PRODUCT (CALL (SOFTMAX, B), TOTAL (A)), A),
         N_("Softmax and cross entropy together have a simple derivative: the predicted probabilities minus the "
            "labels, where the labels sum to 1."))

TENSOR2 (SPARSE_SOFTMAX_CROSS_ENTROPY, sparse_softmax_cross_entropy_with_logits, sparse_softmax_cross_entropy,
         bp_op_sparse_softmax_cross_entropy_shape, "labels", "logits", "softmax+CE",
         DIFFERENCE (CALL (LOG, TOTAL (CALL (EXP, B))), ENTRY (B, A)),
         N (0), DIFFERENCE (CALL (SOFTMAX, B), CALL (ONE_HOT, A)),
         N_("Softmax and cross entropy together have a simple derivative: the predicted probabilities, less 1 for the "
            "class that is right."))

#undef OP1
#undef OP1_FLAT
#undef OP1_CALL
#undef OP2
#undef OP2_FLAT
#undef OP3_CALL
#undef TENSOR1
#undef TENSOR1_FLAT
#undef TENSOR2
#undef OP2_EQUAL
