/* bp-palette-style.c: the palette for the style of the desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-palette-style.h"

BpPaletteKind
bp_palette_get_kind (AdwStyleManager *manager)
{
  g_return_val_if_fail (ADW_IS_STYLE_MANAGER (manager), BP_PALETTE_LIGHT);

  if (adw_style_manager_get_high_contrast (manager))
    return adw_style_manager_get_dark (manager) ? BP_PALETTE_DARK_CONTRAST : BP_PALETTE_LIGHT_CONTRAST;

  return adw_style_manager_get_dark (manager) ? BP_PALETTE_DARK : BP_PALETTE_LIGHT;
}
