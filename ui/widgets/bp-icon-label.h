/* bp-icon-label.h: an icon and a word, which is hidden when there is no room
 *
 * The minimum width is the icon's and the natural width that of both, so that a bar of buttons with these children can
 * shrink to icons.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BP_TYPE_ICON_LABEL (bp_icon_label_get_type ())
G_DECLARE_FINAL_TYPE (BpIconLabel, bp_icon_label, BP, ICON_LABEL, GtkWidget)

/**
 * Properties, for templates; they can only be written:
 *
 *   "icon-name" (string), "label" (string)
 *   "width-chars" (int): characters reserved for the word, so that another word moves no neighbour; −1 for none
 *   "icon-last" (boolean, construct only): whether the icon follows the word
 */
void bp_icon_label_set_icon_name (BpIconLabel *icon_label,
                                  const char  *icon_name);

void bp_icon_label_set_label (BpIconLabel *icon_label,
                              const char  *label);

G_END_DECLS
