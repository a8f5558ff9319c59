/* figure-content-fixture.h: what a file has of a figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/** A text of a figure. @begins: whether @x is where it begins */
typedef struct {
  char    *role;
  char    *text;
  gboolean begins;
  double   x;
  double   y;
} Text;

/** The texts, names and marks of a file, and, while it is read, what the next text is. */
typedef struct {
  GPtrArray  *texts;
  GHashTable *ids;
  guint       n_fills;
  guint       n_strokes;
  guint       n_clips;
  char       *role;
  gboolean    begins;
  double      x;
  double      y;
} Content;

/** Frees what is in @content. */
void content_clear (Content *content);

/** What an SVG has; content_clear() frees it. */
void read_svg (Content    *content,
               const char *svg);

/** What a TikZ picture has; content_clear() frees it. */
void read_tikz (Content    *content,
                const char *tex);
