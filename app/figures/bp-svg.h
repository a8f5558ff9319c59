/* bp-svg.h: short SVG
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_svg_shorten:
 * @svg: (array length=length): a drawing as cairo writes it
 *
 * The same drawing in about two thirds of the bytes: two decimals instead of six, where a pixel is one; paths relative
 * from point to point; without blanks and what is the default; and names numbered from 1, since cairo counts surfaces
 * through the whole life of a program and repeats are to be equal. Transformations and dashes stay as they are,
 * since what they lose would add up.
 *
 * Returns: (transfer full): NULL on error, which cairo's SVG does not give
 */
char *bp_svg_shorten (const char *svg,
                      gsize       length,
                      GError    **error);

/**
 * bp_svg_shorten_path:
 * @data: the attribute d of a path of M, L, C and Z, as cairo writes them
 *
 * Every point is within 0.005 of where it was, however many there are. Returns: (transfer full): @data itself where it
 * has anything else
 */
char *bp_svg_shorten_path (const char *data);

G_END_DECLS
