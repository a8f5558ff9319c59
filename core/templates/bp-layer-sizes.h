/* bp-layer-sizes.h: the layers of a network as people write them: 2-8-8-1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The most layers, inputs and outputs among them, and the most neurons of one. */
#define BP_MAX_LAYER_SIZES 12
#define BP_MAX_LAYER_SIZE 1000

/**
 * bp_layer_sizes_parse:
 * @text: "2-8-8-1"; blanks, commas and arrows may stand between the numbers as well
 * @least: how many numbers there have to be at least: 2 for a whole network, 0 for hidden layers alone
 *
 * Fails with BP_ERROR_SYNTAX or BP_ERROR_VALUE and a sentence that says what is wrong.
 *
 * Returns: (transfer full) (element-type guint)
 */
GArray *bp_layer_sizes_parse (const char *text,
                              guint       least,
                              GError    **error);

/** Returns: (transfer full): "2-8-8-1", or with " → " as @between "2 → 8 → 8 → 1" */
char *bp_layer_sizes_to_string (const GArray *sizes,
                                const char   *between);

/** Returns: (transfer full): "2 inputs, two hidden layers of 8 neurons, 1 output" */
char *bp_layer_sizes_describe (const GArray *sizes);

/** Returns: how many weights and biases a network of at least two layers has */
gsize bp_layer_sizes_count_parameters (const GArray *sizes);

G_END_DECLS
