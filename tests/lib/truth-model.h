/* truth-model.h: a graph computed once more, in long double and in words of its own
 *
 * Of the program it takes what a reader sees of a graph: ops, inputs, shapes, numbers of constants. Values,
 * derivatives, gradients and slopes are worked out here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

typedef long double Real;

typedef struct {
  BpGraph *graph;
  Real   **value;
  Real   **gradient;
  gboolean *needs;   /* whether a variable reaches the node by ops that pass gradients */
  gboolean *reaches; /* whether the node reaches the loss */
  gboolean *passed;  /* whether a gradient reaches the node from the loss */
} Truth;

/** The number of elements of @node. */
gsize truth_size (const Truth *truth,
                  guint        node);

/** Input @i of @node. */
guint truth_input (const Truth *truth,
                   guint        node,
                   guint        i);

/** Values and gradients of @graph, all 0 but for its constants. Returns: (transfer full) */
Truth *truth_new (BpGraph *graph);

/** Frees @truth. */
void truth_free (Truth *truth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Truth, truth_free)

/** Sets the value of @node. */
void truth_set (Truth        *truth,
                guint         node,
                const double *values);

/** The element of @in that goes into element @element of @out, aligned at the last dimension. */
gsize truth_align (const BpShape *out,
                   const BpShape *in,
                   gsize          element);

/** Whether @op computes each element from the elements of its inputs that stand there. */
gboolean truth_is_elementwise (BpOp op);

/** -1 below the lower limit of a clip, 1 above the upper one, else 0. */
int truth_side (const Truth *truth,
                guint        node,
                Real         a);

/** What goes into @element of @node from input @i; 0 without such an input. */
Real truth_operand (const Truth *truth,
                    guint        node,
                    guint        i,
                    gsize        element);

/** The local derivative of an element of an elementwise op. */
Real truth_local (const Truth *truth,
                  guint        node,
                  guint        i,
                  gsize        element);

/** Computes the values of all nodes from those of the leaves. */
void truth_forward (Truth *truth);

/** Computes the gradients of all nodes from their values. */
void truth_backward (Truth *truth);

/** The loss of the values that are set. */
Real truth_loss (Truth *truth);
