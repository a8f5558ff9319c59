/* truth-walk.h: a run followed with arithmetic of its own, and the formulas of its explanations compared with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "explain/bp-explain.h"
#include "lib/truth-model.h"

/** What is counted. */
typedef enum {
  KIND_NUMBER,
  KIND_FORWARD,
  KIND_LOCAL,
  KIND_CHAIN,
  KIND_UPDATE,
  KIND_CHANGE,
  KIND_WHERE,
  KIND_LEGEND,
  KIND_FEED,
  KIND_MEANING,
  KIND_ZERO,
  KIND_LANDING,
  KIND_STATUS,
  KIND_DIVERGENCE,
  KIND_ELEMENT,
  N_KINDS
} Kind;

extern const char * const kind_names[N_KINDS];

typedef struct {
  BpTrainer  *trainer;
  BpGraph    *graph;
  const char *text;   /* of the experiment */
  guint      *counts;
  Truth      *truth;  /* of the iteration shown, with the parameters from before its update */
  Real      **slots;  /* of each node that is a variable, two for each element, before the update */
  Real      **slots_after;
  Real      **after;  /* the variables after it */
  Real      **kept;   /* gradients of earlier iterations, where they are kept */
  gint64      iteration;
  GHashTable *symbols; /* of the explanation looked at: symbol → node + 1 */
  guint       variable; /* whose update is read */
  gsize       element;  /* of the node looked at */
  gboolean    is_lost; /* since numbers became so large that roundings do */
  gboolean    is_after; /* whether slots count as they are after it */
} Walk;

#define walk_fail(walk, ...) G_STMT_START { \
  g_autofree char *walk_message = g_strdup_printf (__VA_ARGS__); \
  g_error ("%s\nin iteration %d, %u of\n%s", walk_message, (int) (walk)->iteration, \
           bp_trainer_get_cursor ((walk)->trainer).instruction, (walk)->text); \
} G_STMT_END

/** Whether training changes @node. */
gboolean is_variable (const Walk *walk,
                      guint       node);

/** Whether all nodes have one element. */
gboolean is_scalar_graph (const Walk *walk);

/** A walk that follows @trainer, an experiment of @text, and counts what it compares. */
void walk_init (Walk       *walk,
                BpTrainer  *trainer,
                const char *text,
                guint      *counts);

/** Frees what @walk computed. */
void walk_clear (Walk *walk);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/** The learning rate of the iteration shown. */
Real walk_get_rate (const Walk *walk);

/** The gradient that the optimizer sees. */
Real get_gradient_seen (const Walk *walk,
                        guint       variable,
                        gsize       element);

/** Takes over what the iteration begins with: parameters, placeholders, masks, optimizer state. */
void begin_iteration (Walk *walk);

/** The largest number on the way: what rounding is a part of. */
Real get_scale (const Walk *walk);

/** Computes an iteration anew when its samples have just been fed. */
void walk_follow (Walk *walk);

/** Whether @a and @b are equal but for roundings. */
gboolean agrees (const Walk *walk,
                 Real        a,
                 Real        b);

/** Whether @node has all contributions to its gradient. */
gboolean is_complete (const Walk *walk,
                      guint       node);

/** That the session has the values and gradients that were computed here. */
void walk_compare_numbers (Walk *walk);
