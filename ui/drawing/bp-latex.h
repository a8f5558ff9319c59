/* bp-latex.h: texts, numbers and colours for LaTeX
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-palette.h"

G_BEGIN_DECLS

/** Appends text outside of math mode; letters that pdflatex does not know are left to engines that do. */
void bp_latex_append_text (GString    *tex,
                           const char *text);

/** Appends a formula or number in math mode, with its dollars: "∂p/∂A = x", "−1.2·10⁻⁷"; words are set as words. */
void bp_latex_append_math (GString    *tex,
                           const char *text);

/** Appends a number to 7 digits with a decimal point, as coordinates are. */
void bp_latex_append_number (GString *tex,
                             double   value);

/** Appends the name that bp_latex_append_colors() gives to @color. */
void bp_latex_append_color (GString *tex,
                            BpColor  color);

/** Defines all colours of @palette, but those that the document has defined. */
void bp_latex_append_colors (GString         *tex,
                             const BpPalette *palette);

G_END_DECLS
