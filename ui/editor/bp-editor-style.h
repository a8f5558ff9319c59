/* bp-editor-style.h: how the text of an experiment is highlighted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtksourceview/gtksource.h>

#include "drawing/bp-palette.h"

G_BEGIN_DECLS

/** Returns: (transfer none) (nullable): the language of experiment files */
GtkSourceLanguage *bp_editor_style_get_language (void);

/** Returns: (transfer none) (nullable): the colours of @kind, all of them from the palette; NULL where there is no
 *  temporary folder, by which alone GtkSourceView takes them */
GtkSourceStyleScheme *bp_editor_style_get_scheme (BpPaletteKind kind);

G_END_DECLS
