/* bp-cover.h: one rectangle that holds all that changed
 *
 * GTK compares the render nodes of a frame with those of the last to find out what changed, as a region. Where that
 * is cut into more than 30 rectangles it gives up and shows the whole window anew. A cover is an invisible node below
 * others that is another one whenever they are: what changes is then one rectangle that holds them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Starts as all zero. */
typedef struct {
  GskRenderNode  *node;
  graphene_rect_t changed;
  gboolean        has_changed;
  gboolean        is_odd;
} BpCover;

/** What is drawn in @bounds changes with the next snapshot. */
void bp_cover_add (BpCover               *cover,
                   const graphene_rect_t *bounds);

/** Appends the cover, to be called before what it lies below. */
void bp_cover_snapshot (BpCover     *cover,
                        GtkSnapshot *snapshot);

void bp_cover_clear (BpCover *cover);

G_END_DECLS
