/* session-fixture.h: sessions of small graphs for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "session/bp-session.h"
#include "lib/graph-fixture.h"

/** Adds a node with attributes. Returns: the node */
guint add_with (BpGraph              *graph,
                BpOp                  op,
                guint                 a,
                guint                 b,
                const BpOpAttributes *attributes);

/** Adds a node. Returns: the node */
guint add (BpGraph *graph,
           BpOp     op,
           guint    a,
           guint    b);

/** A session whose graph has that loss. Returns: (transfer full) */
BpSession *session_new (BpGraph *graph,
                        guint    loss);

/** Feeds one number. */
void feed (BpSession *session,
           guint      node,
           double     value);

/** The first number of its gradient. */
double gradient_of (BpSession *session,
                    guint      node);

/** Executes the instructions of a phase one by one. */
void step (BpSession *session,
           BpPhase    phase);

/** Executes backward one by one; with @keep_parameters without overwriting gradients of parameters. */
void step_backward (BpSession *session,
                    gboolean   keep_parameters);

/** All values or gradients; @n: (out): their size in bytes. Returns: (transfer full) */
double *copy_numbers (BpSession *session,
                      gboolean   gradients,
                      gsize     *n);

/** That all values or gradients have the bits of a copy. */
void assert_same_bits (BpSession    *session,
                       gboolean      gradients,
                       const double *expected);

/** backward() and stepping give the same bits, after whatever was there before. */
void check_backward (BpSession *session);

/** That every gradient is what central differences say. */
void check_gradients (BpSession *session,
                      double     tolerance);
