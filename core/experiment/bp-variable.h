/* bp-variable.h: where the elements of a variable start
 *
 *   A=normal(0, 1)                        drawn
 *   W=he_normal() [8, 4]                  drawn, with a spread that the shape says
 *   W=[[0.15, 0.25], [0.20, 0.30]]        given
 *   W=normal(0, 1) [2, 2]; [0,1]=3        drawn but for one element
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-dataset.h"
#include "graph/bp-shape.h"

G_BEGIN_DECLS

/**
 * BpVariable:
 * @initial: what its elements are drawn from: draw i of stream "variable/NAME" of the seed is element i
 * @shape: its shape
 * @given: (nullable): for each element what it starts at instead, NaN where it is drawn
 */
typedef struct {
  char          *name;
  BpDistribution initial;
  BpShape        shape;
  double        *given;
} BpVariable;

/** Returns: (transfer full): a variable [1] that starts at 0 */
BpVariable *bp_variable_new (const char *name);

BpVariable *bp_variable_copy (const BpVariable *variable);

void bp_variable_free (BpVariable *variable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpVariable, bp_variable_free)

/**
 * bp_variable_parse:
 * @text: a distribution or given values, then a shape, then elements that start elsewhere
 *
 * Reads shape and start, as they stand in a file. The message of an error says the column in @text.
 */
gboolean bp_variable_parse (BpVariable *variable,
                            const char *text,
                            GError    **error);

/** The same for a variable that keeps its shape, which @text need not have; as before on failure. */
gboolean bp_variable_set_start (BpVariable *variable,
                                const char *text,
                                GError    **error);

/** Makes the element at @index, such as "[0,1]", start at @value. Fails where there is none. */
gboolean bp_variable_set_element (BpVariable *variable,
                                  const char *index,
                                  double      value,
                                  GError    **error);

/** Returns: (transfer full): the start as bp_variable_set_start() reads it */
char *bp_variable_get_start (const BpVariable *variable);

/** Returns: (transfer full): shape and start as bp_variable_parse() reads them */
char *bp_variable_to_string (const BpVariable *variable);

/**
 * bp_variable_draw:
 * @key: of the stream
 *
 * Where @element starts. glorot_uniform() is uniform within ±√(6/(f + g)), he_uniform() within ±√(6/f), where f and g
 * are the numbers of inputs and outputs; glorot_normal() and he_normal() are normal with variance 2/(f + g) and 2/f and
 * without what is farther from 0 than two standard deviations before the cut. A matrix [m, n] has f = m and g = n, a
 * vector [n] f = g = n, and more dimensions before the last two multiply both. All of it as in
 * tf.keras.initializers.VarianceScaling (TensorFlow 2, keras/initializers/random_initializers.py).
 */
double bp_variable_draw (const BpVariable *variable,
                         guint64           key,
                         gsize             element);

G_END_DECLS
