/* bp-palette.c: the colours of all drawings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-palette.h"

#include <math.h>

#define RGB(hex)                                                                                                       \
  {                                                                                                                    \
    (((hex) >> 16) & 0xff) / 255.0f, (((hex) >> 8) & 0xff) / 255.0f, ((hex) & 0xff) / 255.0f, 1.0f                     \
  }

static const BpPalette palettes[BP_N_PALETTES] = {
  [BP_PALETTE_LIGHT] = { {
    [BP_COLOR_VALUE] = RGB (0x0072b2),
    [BP_COLOR_GRADIENT] = RGB (0xb84f00),
    [BP_COLOR_PARAMETER] = RGB (0x007a5a),
    [BP_COLOR_TEXT] = RGB (0x1e1e1e),
    [BP_COLOR_DIM] = RGB (0x5e5c64),
    [BP_COLOR_GRID] = RGB (0xd5d5d9),
    [BP_COLOR_SURFACE] = RGB (0xffffff),
    [BP_COLOR_NODE] = RGB (0xffffff),
    [BP_COLOR_DATA] = RGB (0xf7f7f8),
    [BP_COLOR_VALUE_FILL] = RGB (0xedf5fb),
    [BP_COLOR_GRADIENT_FILL] = RGB (0xfdf1e7),
    [BP_COLOR_PARAMETER_FILL] = RGB (0xebf7f2),
    [BP_COLOR_RUN_1] = RGB (0x5b1fa6),
    [BP_COLOR_RUN_2] = RGB (0xd81b90),
    [BP_COLOR_RUN_3] = RGB (0x5c3a00),
    [BP_COLOR_LAYER_1] = RGB (0xdb7a33),
    [BP_COLOR_LAYER_2] = RGB (0xca6519),
    [BP_COLOR_LAYER_3] = RGB (0xb84f00),
    [BP_COLOR_LAYER_4] = RGB (0x923e00),
    [BP_COLOR_LAYER_5] = RGB (0x6b2c00),
  } },
  [BP_PALETTE_DARK] = { {
    [BP_COLOR_VALUE] = RGB (0x56b4e9),
    [BP_COLOR_GRADIENT] = RGB (0xe69f00),
    [BP_COLOR_PARAMETER] = RGB (0x4cc9a0),
    [BP_COLOR_TEXT] = RGB (0xffffff),
    [BP_COLOR_DIM] = RGB (0xb4b3b9),
    [BP_COLOR_GRID] = RGB (0x4d4d54),
    [BP_COLOR_SURFACE] = RGB (0x2f2f33),
    [BP_COLOR_NODE] = RGB (0x2f2f33),
    [BP_COLOR_DATA] = RGB (0x222226),
    [BP_COLOR_VALUE_FILL] = RGB (0x1f3648),
    [BP_COLOR_GRADIENT_FILL] = RGB (0x453419),
    [BP_COLOR_PARAMETER_FILL] = RGB (0x1f3f36),
    [BP_COLOR_RUN_1] = RGB (0xab7eff),
    [BP_COLOR_RUN_2] = RGB (0xff5fb0),
    [BP_COLOR_RUN_3] = RGB (0xfff27a),
    [BP_COLOR_LAYER_1] = RGB (0xb67d00),
    [BP_COLOR_LAYER_2] = RGB (0xce8e00),
    [BP_COLOR_LAYER_3] = RGB (0xe69f00),
    [BP_COLOR_LAYER_4] = RGB (0xf3bc6d),
    [BP_COLOR_LAYER_5] = RGB (0xffd98a),
  } },
  [BP_PALETTE_LIGHT_CONTRAST] = { {
    [BP_COLOR_VALUE] = RGB (0x004f80),
    [BP_COLOR_GRADIENT] = RGB (0x853600),
    [BP_COLOR_PARAMETER] = RGB (0x005a41),
    [BP_COLOR_TEXT] = RGB (0x000000),
    [BP_COLOR_DIM] = RGB (0x3d3c42),
    [BP_COLOR_GRID] = RGB (0x77767b),
    [BP_COLOR_SURFACE] = RGB (0xffffff),
    [BP_COLOR_NODE] = RGB (0xffffff),
    [BP_COLOR_DATA] = RGB (0xf4f4f6),
    [BP_COLOR_VALUE_FILL] = RGB (0xe6f2fb),
    [BP_COLOR_GRADIENT_FILL] = RGB (0xfdeede),
    [BP_COLOR_PARAMETER_FILL] = RGB (0xe3f5ed),
    [BP_COLOR_RUN_1] = RGB (0x4a1490),
    [BP_COLOR_RUN_2] = RGB (0xa8106c),
    [BP_COLOR_RUN_3] = RGB (0x4a2e00),
    [BP_COLOR_LAYER_1] = RGB (0xb35a14),
    [BP_COLOR_LAYER_2] = RGB (0x9c4a0a),
    [BP_COLOR_LAYER_3] = RGB (0x853600),
    [BP_COLOR_LAYER_4] = RGB (0x662a00),
    [BP_COLOR_LAYER_5] = RGB (0x471d00),
  } },
  [BP_PALETTE_DARK_CONTRAST] = { {
    [BP_COLOR_VALUE] = RGB (0x8fd0f7),
    [BP_COLOR_GRADIENT] = RGB (0xffbe3d),
    [BP_COLOR_PARAMETER] = RGB (0x7fe3c2),
    [BP_COLOR_TEXT] = RGB (0xffffff),
    [BP_COLOR_DIM] = RGB (0xdcdbe0),
    [BP_COLOR_GRID] = RGB (0xa0a0a8),
    [BP_COLOR_SURFACE] = RGB (0x161618),
    [BP_COLOR_NODE] = RGB (0x161618),
    [BP_COLOR_DATA] = RGB (0x000000),
    [BP_COLOR_VALUE_FILL] = RGB (0x10283a),
    [BP_COLOR_GRADIENT_FILL] = RGB (0x33240a),
    [BP_COLOR_PARAMETER_FILL] = RGB (0x0d3327),
    [BP_COLOR_RUN_1] = RGB (0xc9a8ff),
    [BP_COLOR_RUN_2] = RGB (0xff9ad0),
    [BP_COLOR_RUN_3] = RGB (0xfff27a),
    [BP_COLOR_LAYER_1] = RGB (0xd99a1f),
    [BP_COLOR_LAYER_2] = RGB (0xecac2e),
    [BP_COLOR_LAYER_3] = RGB (0xffbe3d),
    [BP_COLOR_LAYER_4] = RGB (0xffd47f),
    [BP_COLOR_LAYER_5] = RGB (0xffe9bb),
  } },
};

const BpPalette *
bp_palette_get (BpPaletteKind kind)
{
  g_return_val_if_fail (kind < BP_N_PALETTES, &palettes[BP_PALETTE_LIGHT]);

  return &palettes[kind];
}

/* The linear part of "relative luminance" in WCAG 2.1, for a channel of sRGB. */
static double
linearize (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * linearize ((double) color->red)
         + 0.7152 * linearize ((double) color->green)
         + 0.0722 * linearize ((double) color->blue);
}

double
bp_palette_get_contrast (const GdkRGBA *a,
                         const GdkRGBA *b)
{
  double first = get_luminance (a);
  double second = get_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}
