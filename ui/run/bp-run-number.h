/* bp-run-number.h: a number that somebody changes by hand: where an element of a variable starts, or what is fed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "run/bp-run.h"

G_BEGIN_DECLS

/**
 * BpRunNumber:
 * @node, @element: a variable or a placeholder, and which of its elements
 * @value: what stands there; of a variable whose number is hidden, where it starts
 * @is_start: whether it is of a variable
 * @start: where that starts
 * @step: a round number to change it by: 1 of a class
 * @greatest: INFINITY, or the greatest number that it can become, and 0 is the least
 * @is_class: whether it is a whole number
 *
 * The rest says what bp_run_set_number() changes: a parameter, or of what is fed the column of which sample in the
 * batch of which iteration; @n_edits is that of the run.
 */
typedef struct {
  guint    node;
  gsize    element;
  double   value;
  gboolean is_start;
  double   start;
  double   step;
  double   greatest;
  gboolean is_class;
  gsize    parameter;
  guint    column;
  gsize    index;
  gsize    batch_size;
  gint64   iteration;
  BpCursor cursor;
  guint    n_edits;
} BpRunNumber;

/**
 * bp_run_find_number:
 * @element: BP_ELEMENT_NONE stands for the only one
 *
 * Finds out whether it can be changed by hand. Fails with a sentence for the user where it cannot.
 */
gboolean bp_run_find_number (BpRun       *run,
                             guint        node,
                             gssize       element,
                             BpRunNumber *number,
                             GError     **error);

/** Returns: @value as a multiple of a tenth of @number's step, and one that it can become */
double bp_run_number_round (const BpRunNumber *number,
                            double             value);

/** Whether a change of @number is computed within a frame. */
gboolean bp_run_number_is_fast (BpRun             *run,
                                const BpRunNumber *number);

/**
 * bp_run_set_number:
 *
 * A variable starts with @value there, as bp_run_set_starts() does it. What is fed makes a typed sample of [Batches],
 * and the run is computed again to where it was. What the run was is kept, and it can be undone. Fails with a sentence
 * for the user; the run is unchanged then, as it is where something else has changed it since @number was found.
 */
gboolean bp_run_set_number (BpRun       *run,
                            BpRunNumber *number,
                            double       value,
                            BpRunStroke  stroke,
                            GError     **error);

/** Says in ::message what @number is now, and how it is taken back. */
void bp_run_say_number (BpRun             *run,
                        const BpRunNumber *number);

G_END_DECLS
