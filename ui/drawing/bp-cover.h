/* bp-cover.h: an invisible render node that makes the changed region one rectangle
 *
 * GTK compares the render nodes of a frame with those of the last frame to get the region that changed. When that has
 * more than 30 rectangles, GTK draws the whole window again. A cover is an invisible node below other nodes, replaced
 * whenever they are. Its bounds contain theirs, so the region is one rectangle.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** All zero at first. */
typedef struct {
  GskRenderNode  *node;
  graphene_rect_t changed;
  gboolean        has_changed;
  gboolean        is_odd;
} BpCover;

/** Adds @bounds to what the next snapshot changes. */
void bp_cover_add (BpCover               *cover,
                   const graphene_rect_t *bounds);

/** Appends the cover; to be called before the nodes above it are appended. */
void bp_cover_snapshot (BpCover     *cover,
                        GtkSnapshot *snapshot);

void bp_cover_clear (BpCover *cover);

G_END_DECLS
