/* bp-op.h: THE table of ops
 *
 * A row holds everything one op is: its name and symbol, arity, shape rule, forward, backward and how it explains
 * itself. Elementwise ops take their rows from the formulas in bp-op-derivatives.h, where value and local derivatives
 * stand side by side; the others are pairs of functions in bp-op-matrix.c, bp-op-reduction.c and bp-op-loss.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-shape.h"

G_BEGIN_DECLS

#define BP_MAX_INPUTS 3

/** Written -1. */
#define BP_OPEN_SIZE 0

typedef enum {
  /* Leaves */
  BP_OP_CONSTANT,
  BP_OP_PLACEHOLDER,
  BP_OP_VARIABLE,
  BP_OP_MASK,                  /* of dropout: what it multiplies by */
  /* Elementwise, two inputs, broadcasting */
  BP_OP_ADD,
  BP_OP_SUBTRACT,
  BP_OP_MULTIPLY,
  BP_OP_DIVIDE,
  BP_OP_POW,
  BP_OP_MAXIMUM,
  BP_OP_MINIMUM,
  BP_OP_SIGMOID_CROSS_ENTROPY, /* inputs: labels, logits */
  BP_OP_LEAKY_RELU,            /* inputs: x, alpha */
  BP_OP_DROPOUT,               /* inputs: x, its mask */
  BP_OP_GREATER,               /* 1 where it holds, else 0, as the next five */
  BP_OP_LESS,
  BP_OP_GREATER_EQUAL,
  BP_OP_LESS_EQUAL,
  BP_OP_EQUAL,
  BP_OP_NOT_EQUAL,
  /* Elementwise, one input */
  BP_OP_NEGATIVE,
  BP_OP_SQUARE,
  BP_OP_SQRT,
  BP_OP_EXP,
  BP_OP_LOG,
  BP_OP_LOG1P,
  BP_OP_ABS,
  BP_OP_SIN,
  BP_OP_COS,
  BP_OP_SIGMOID,
  BP_OP_TANH,
  BP_OP_RELU,
  BP_OP_SOFTPLUS,
  BP_OP_ELU,
  BP_OP_GELU,
  BP_OP_SILU,
  BP_OP_IDENTITY,
  BP_OP_ROUND,
  BP_OP_SIGN,
  BP_OP_STOP_GRADIENT,
  BP_OP_CLIP_BY_VALUE,
  /* Elementwise, three inputs */
  BP_OP_WHERE,                 /* inputs: condition, x, y */
  /* Matrix and shape */
  BP_OP_MATMUL,
  BP_OP_TRANSPOSE,
  BP_OP_EXPAND_DIMS,
  BP_OP_RESHAPE,
  BP_OP_CONCAT,
  BP_OP_STACK,
  BP_OP_ONE_HOT,
  /* Reductions and losses over an axis */
  BP_OP_REDUCE_SUM,
  BP_OP_REDUCE_MEAN,
  BP_OP_REDUCE_MAX,
  BP_OP_REDUCE_MIN,
  BP_OP_ARGMAX,
  BP_OP_L2_LOSS,
  BP_OP_SOFTMAX,     /* over the last axis, as the next two */
  BP_OP_LOG_SOFTMAX,
  BP_OP_SOFTMAX_CROSS_ENTROPY, /* inputs: labels, logits */
  BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY, /* inputs: labels, which are classes, and logits */
  BP_N_OPS
} BpOp;

/**
 * BpOpAttributes:
 * @axis: for expand_dims and stack (−rank−1 … rank), the reductions, argmax and concat (−rank … rank−1)
 * @has_axis: whether @axis was given; a reduction without one reduces all dimensions to a scalar []
 * @shape: for reshape: the target, in which one size of BP_OPEN_SIZE stands for what is left over; for a leaf: its
 *   shape
 * @value: for a constant that is a scalar []: its number; for a mask: the share of its elements that are 0
 * @values: (nullable): for a constant that is no scalar: its elements, row-major; of a node they live as long as it
 * @least: for clip_by_value: what smaller numbers become
 * @greatest: for clip_by_value: what larger numbers become, at least @least
 * @depth: for one_hot: the number of classes
 *
 * What an op needs besides its inputs; fields that an op does not use are zero.
 */
typedef struct {
  gint     axis;
  gboolean has_axis;
  BpShape  shape;
  double   value;
  const double *values;
  double   least;
  double   greatest;
  guint32  depth;
} BpOpAttributes;

/**
 * BpBroadcast:
 * @n: how many elements of the output are a run
 * @step: by how much each input advances along it, 0 or 1
 * @n_outer: how many dimensions are outside the runs
 * @size: their sizes, innermost first
 * @stride: by how much each input advances along them
 *
 * How an elementwise op of several inputs walks over its output: dimensions along which all inputs go on in the same
 * way are one.
 */
typedef struct {
  guint32 n;
  guint32 step[BP_MAX_INPUTS];
  guint32 n_outer;
  guint32 size[BP_MAX_RANK - 1];
  guint32 stride[BP_MAX_RANK - 1][BP_MAX_INPUTS];
} BpBroadcast;

/**
 * BpOpArguments:
 * @attributes: of the node
 * @shape: of the output
 * @input_shapes: of the inputs
 * @inputs: values of the inputs
 * @output: value of the node; written by forward, read by backward
 * @gradient: ∂L/∂output; read by backward
 * @input_gradients: ∂L/∂input, accumulated into by backward; NULL for an input whose gradient nobody needs
 * @broadcast: for an elementwise op of several inputs: made of the shapes by bp_op_plan()
 *
 * What a forward or backward function of one node sees.
 */
typedef struct {
  const BpOpAttributes *attributes;
  const BpShape        *shape;
  const BpShape        *input_shapes[BP_MAX_INPUTS];
  const double         *inputs[BP_MAX_INPUTS];
  double               *output;
  const double         *gradient;
  double               *input_gradients[BP_MAX_INPUTS];
  BpBroadcast           broadcast;
} BpOpArguments;

/** Makes what does not depend on numbers, once the shapes are set. */
void bp_op_plan (BpOpArguments *arguments);

/**
 * BpOpClass:
 * @name: the function's name in expressions: TensorFlow's name for it
 * @symbol: what the graph view shows, such as "×" or "x²"
 * @n_inputs: its arity, 0 … BP_MAX_INPUTS
 * @arguments: names of the inputs for keyword arguments, "labels" and "logits" for the cross entropies; else NULL
 * @elementwise: whether the value of an element depends on the inputs' same element alone
 * @infer_shape: the shape of the output; fails with BP_ERROR_SHAPE and a sentence that names the shapes
 * @forward: computes the value
 * @backward: accumulates the inputs' gradients; NULL where the derivative is zero or there are no inputs
 * @meaning: one true sentence on what backward does here, for a lecture's audience (translatable)
 */
typedef struct {
  const char *name;
  const char *symbol;
  guint       n_inputs;
  const char *arguments[BP_MAX_INPUTS];
  gboolean    elementwise;
  gboolean  (*infer_shape) (const BpOpAttributes  *attributes,
                            const BpShape * const *inputs,
                            BpShape               *shape,
                            GError               **error);
  void      (*forward)     (const BpOpArguments   *arguments);
  void      (*backward)    (const BpOpArguments   *arguments);
  const char *meaning;
} BpOpClass;

/** The row of @op. */
const BpOpClass *bp_op_get_class (BpOp op);

/** Finds an op by its name in expressions. Returns: FALSE when there is none, or for a leaf */
gboolean bp_op_find (const char *name,
                     BpOp       *op);

/**
 * bp_op_local_derivative:
 * @op: an elementwise op
 * @input: which input
 * @a: value of the first input
 * @b: value of the second input, ignored for one input; a third one is in no derivative
 * @y: value of the output
 *
 * ∂y/∂input for one element, from the same formula that backward uses.
 */
double bp_op_local_derivative (BpOp   op,
                               guint  input,
                               double a,
                               double b,
                               double y);

/** −log softmax(z)ᵢ of @n logits z: what the cross entropy multiplies label i by. */
double bp_op_minus_log_softmax (const double *logits,
                                gsize         n,
                                gsize         i);

/** Whether @value is one of @n_classes classes: a whole number from 0 on. */
gboolean bp_op_is_class (double value,
                         gsize  n_classes);

G_END_DECLS
