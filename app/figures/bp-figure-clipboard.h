/* bp-figure-clipboard.h: figures for the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gdk/gdk.h>

#include "figures/bp-figure.h"

G_BEGIN_DECLS

/**
 * bp_figure_create_content:
 *
 * The figure as an SVG and a PNG at once, whatever @options say of its format: who pastes takes the one they know. What
 * is pasted shows the trainer where it stands now. Fails as bp_figure_render() does.
 *
 * Returns: (transfer full): for gdk_clipboard_set_content()
 */
GdkContentProvider *bp_figure_create_content (BpTrainer             *trainer,
                                              const BpFigureOptions *options,
                                              GError               **error);

G_END_DECLS
