/* bp-work.h: the cost of a computation, and its budget
 *
 * Costs are counted in operations and not in time, so that a budget allows the same computations on every machine. An
 * operation is about a nanosecond: a multiplication with its addition in a matrix product, an element of a sum.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

G_BEGIN_DECLS

/**
 * BpWork:
 * @limit: how many operations it may take
 * @done: how many were asked for so far, refused ones included
 * @is_cancelled: whether to give up
 * @n_parts: of how many parts it consists, 0 for one
 * @n_done: how many of them are done
 * @n_thousandths: how far the next is
 *
 * The budget of a computation, and how far it is. Another thread may set @is_cancelled and read the fields after it,
 * all atomically.
 */
typedef struct {
  double limit;
  double done;
  gint   is_cancelled;
  gint   n_parts;
  gint   n_done;
  gint   n_thousandths;
} BpWork;

#define BP_WORK_INIT(limit) ((BpWork) { (limit), 0, 0, 0, 0, 0 })

/**
 * bp_work_spend:
 * @work: (nullable): NULL where there is no limit
 *
 * Asks for @operations more, before they are done.
 *
 * Returns: FALSE beyond the limit or after cancelling; then it stays FALSE
 */
gboolean bp_work_spend (BpWork *work,
                        double  operations);

/** Whether more than the limit was asked for. */
gboolean bp_work_is_exceeded (const BpWork *work);

/** How much of it is done, 0 … 1. */
double bp_work_get_progress (const BpWork *work);

/** How many operations forward of @node takes. */
double bp_work_get_node_cost (BpGraph *graph,
                              guint    node);

/** How many operations forward of all of @graph takes; backward takes about twice as many. */
double bp_work_get_cost (BpGraph *graph);

/** Number of elements of all nodes of @graph together. */
double bp_work_get_n_elements (BpGraph *graph);

G_END_DECLS
