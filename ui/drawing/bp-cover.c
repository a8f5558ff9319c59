/* bp-cover.c: an invisible render node that makes the changed region one rectangle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-cover.h"

void
bp_cover_add (BpCover               *cover,
              const graphene_rect_t *bounds)
{
  if (cover->has_changed)
    graphene_rect_union (&cover->changed, bounds, &cover->changed);
  else
    cover->changed = *bounds;
  cover->has_changed = TRUE;
}

/* Two transparent colours alternate, because GTK takes two colour nodes of the same colour and bounds as equal. */
void
bp_cover_snapshot (BpCover     *cover,
                   GtkSnapshot *snapshot)
{
  if (cover->has_changed)
    {
      cover->is_odd = !cover->is_odd;
      g_clear_pointer (&cover->node, gsk_render_node_unref);
      cover->node = gsk_color_node_new (&(GdkRGBA) { cover->is_odd ? 1 : 0, 0, 0, 0 }, &cover->changed);
      cover->has_changed = FALSE;
    }
  if (cover->node != NULL)
    gtk_snapshot_append_node (snapshot, cover->node);
}

void
bp_cover_clear (BpCover *cover)
{
  g_clear_pointer (&cover->node, gsk_render_node_unref);
  cover->has_changed = FALSE;
}
