/* bp-palette.h: the colours of all drawings
 *
 * Three hues have the same meaning everywhere: forward value, gradient, parameter and its update. Colour is never the
 * only sign: each meaning also has a line style and a side of the edge.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

typedef enum {
  BP_COLOR_VALUE,           /* forward, solid, above */
  BP_COLOR_GRADIENT,        /* backward, dashed, below, ∂ */
  BP_COLOR_PARAMETER,       /* variables and their update */
  BP_COLOR_TEXT,
  BP_COLOR_DIM,             /* secondary text, at least 4.5 : 1 on the surface */
  BP_COLOR_GRID,            /* grid lines, borders */
  BP_COLOR_SURFACE,         /* behind graph and plots */
  BP_COLOR_NODE,            /* fill of an op */
  BP_COLOR_DATA,            /* fill of a placeholder or constant */
  BP_COLOR_VALUE_FILL,      /* faint fills of the three hues */
  BP_COLOR_GRADIENT_FILL,
  BP_COLOR_PARAMETER_FILL,
  BP_COLOR_RUN_1,           /* reference runs, with a marker each */
  BP_COLOR_RUN_2,
  BP_COLOR_RUN_3,
  BP_COLOR_LAYER_1,         /* the hue of gradients from the first layer to the last, with a marker each */
  BP_COLOR_LAYER_2,
  BP_COLOR_LAYER_3,
  BP_COLOR_LAYER_4,
  BP_COLOR_LAYER_5,
  BP_N_COLORS
} BpColor;

typedef enum {
  BP_PALETTE_LIGHT,
  BP_PALETTE_DARK,
  BP_PALETTE_LIGHT_CONTRAST,
  BP_PALETTE_DARK_CONTRAST,
  BP_N_PALETTES
} BpPaletteKind;

typedef struct {
  GdkRGBA colors[BP_N_COLORS];
} BpPalette;

/** Returns: (transfer none): the palette of @kind */
const BpPalette *bp_palette_get (BpPaletteKind kind);

/** Returns: the contrast ratio of two opaque colours as WCAG 2.1 defines it, 1 … 21 */
double bp_palette_get_contrast (const GdkRGBA *a,
                                const GdkRGBA *b);

G_END_DECLS
