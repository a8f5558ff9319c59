/* bp-palette-style.h: the palette for the style of the desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "drawing/bp-palette.h"

G_BEGIN_DECLS

/** Returns: the palette for the style of @manager, which notifies "dark" and "high-contrast" when that changes */
BpPaletteKind bp_palette_get_kind (AdwStyleManager *manager);

G_END_DECLS
