/* bp-palette-style.h: which palette the desktop asks for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "drawing/bp-palette.h"

G_BEGIN_DECLS

/** Dark or light, with high contrast or without, as @manager has it now; its notify::dark and ::high-contrast say
 * when. */
BpPaletteKind bp_palette_get_kind (AdwStyleManager *manager);

G_END_DECLS
