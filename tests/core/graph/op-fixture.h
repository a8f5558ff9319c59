/* op-fixture.h: one node on its own, without a graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-op.h"

/** One node: its numbers, and a gradient that flows in. */
typedef struct {
  const BpOpClass *class;
  BpOpAttributes   attributes;
  BpShape          shapes[BP_MAX_INPUTS];
  BpShape          shape;
  gsize            n_inputs[BP_MAX_INPUTS];
  gsize            n;
  double          *inputs[BP_MAX_INPUTS];
  double          *input_gradients[BP_MAX_INPUTS];
  double          *output;
  double          *gradient;
  BpOpArguments    arguments;
} Node;

/** The limits of a clip_by_value that is given none. */
extern const BpOpAttributes limits;

/** The shape that @text writes. */
BpShape parse (const char *text);

/** The shape of @op with inputs of the shapes @a and @b, or NULL. */
gboolean infer (BpOp                  op,
                const BpOpAttributes *attributes,
                const char           *a,
                const char           *b,
                BpShape              *shape,
                GError              **error);

/** Returns: (transfer full) (nullable): NULL when the shapes do not fit */
Node *node_new (BpOp                  op,
                const BpOpAttributes *attributes,
                const char           *a,
                const char           *b);

/** Frees @node. */
void node_free (Node *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Node, node_free)

/** Whether the op is elementwise with at most two inputs; those of three have tests of their own, test-op-select.c. */
gboolean is_tested (BpOp op);

/** Inputs away from kinks and poles: bases positive, nothing near 0, and the two of a maximum never near each other. */
double draw_input (BpOp   op,
                   guint  input,
                   GRand *rand);

/** Draws the inputs of @node, and the gradient that flows in. */
void node_fill (Node  *node,
                BpOp   op,
                GRand *rand);

/** That @a and @b are equal within @tolerance, relative where they are large. */
void assert_near (double a,
                  double b,
                  double tolerance);
