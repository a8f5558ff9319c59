/* truth-visit.h: the derivatives of ops that are not elementwise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/truth-model.h"

/** Which element of the result @element of an input of shape @in goes into. */
gsize truth_reduced (const BpShape        *in,
                     const BpOpAttributes *attributes,
                     gsize                 element);

/** Calls @visit with each pair of an output and the element of input @i that goes into it, and its derivative. */
typedef void (*TruthVisit) (Truth *truth,
                            guint  node,
                            gsize  output,
                            guint  input,
                            gsize  element,
                            Real   derivative);

/** The logarithm of the sum of the exponentials of @z. */
Real truth_log_sum (const Real *logits,
                    gsize       n);

/** Whether no element of the same group is larger, or smaller, or equal and before it. */
gboolean truth_wins (const Truth *truth,
                     guint        node,
                     gsize        element);

/** Whether @op is softmax or its logarithm. */
gboolean truth_is_softmax (BpOp op);

/** Visits all that goes into @node from input @i. */
void truth_visit (Truth     *truth,
                  guint      node,
                  guint      i,
                  TruthVisit visit);

/** The derivative of a node of one element by an input of one element. */
Real truth_single (const Truth *truth,
                   guint        node,
                   guint        i);
