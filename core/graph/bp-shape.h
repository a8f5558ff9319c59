/* bp-shape.h: shapes of rank 0 to 4 and how they broadcast
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BP_MAX_RANK 4

/** The most elements one node may have (2 GiB of values); a larger shape is an error, never an abort. */
#define BP_MAX_ELEMENTS (G_GUINT64_CONSTANT (1) << 28)

/**
 * BpShape:
 * @rank: number of dimensions, 0 for a scalar
 * @dims: their sizes, outermost first; row-major; entries from @rank on are 1
 */
typedef struct {
  guint32 rank;
  guint32 dims[BP_MAX_RANK];
} BpShape;

/**
 * bp_shape_init:
 * @shape: (out): the shape
 * @rank: number of dimensions
 * @dims: (array length=rank): their sizes, each at least 1
 *
 * Makes a shape. Fails with BP_ERROR_SHAPE when the rank exceeds BP_MAX_RANK, a size is 0 or the product
 * exceeds BP_MAX_ELEMENTS; @shape is then untouched.
 */
gboolean bp_shape_init (BpShape       *shape,
                        guint          rank,
                        const guint64 *dims,
                        GError       **error);

/** Number of elements: the product of the sizes, 1 for a scalar. */
gsize bp_shape_get_n_elements (const BpShape *shape);

gboolean bp_shape_equal (const BpShape *a,
                         const BpShape *b);

/**
 * bp_shape_broadcast:
 *
 * The shape of an elementwise operation on @a and @b by NumPy's rule: aligned at the last dimension, a size of 1
 * stretches. Fails with BP_ERROR_SHAPE naming both shapes.
 */
gboolean bp_shape_broadcast (const BpShape *a,
                             const BpShape *b,
                             BpShape       *result,
                             GError       **error);

/** The element of @shape that stands at element @index of @stretched, which @shape broadcasts to. */
gsize bp_shape_shrink_index (const BpShape *shape,
                             const BpShape *stretched,
                             gsize          index);

/**
 * bp_shape_find_expansion:
 * @axis: (out): where @shape lacks a dimension of size 1; of several axes the last, since samples come first
 *
 * Returns: whether expand_dims at one axis makes @shape equal to @target
 */
gboolean bp_shape_find_expansion (const BpShape *shape,
                                  const BpShape *target,
                                  guint         *axis);

/**
 * bp_shape_parse:
 * @text: "[2, 3]", "[1]" or "[]"; blanks are allowed anywhere
 *
 * Reads a shape as bp_shape_to_string() writes it.
 */
gboolean bp_shape_parse (const char *text,
                         BpShape    *shape,
                         GError    **error);

/** Returns: (transfer full): "[2, 3]"; "[]" for a scalar */
char *bp_shape_to_string (const BpShape *shape);

/**
 * bp_shape_index_to_string:
 *
 * Returns: (transfer full): the indices of flat element @index as "[0,1]", with no blanks (column names of a trace)
 */
char *bp_shape_index_to_string (const BpShape *shape,
                                gsize          index);

G_END_DECLS
