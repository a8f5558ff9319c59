/* bp-icon-label.h: an icon and a word, of which the word goes when there is no room
 *
 * Its least width is the icon's, its natural width that of both. As the child of buttons it lets a whole bar shrink
 * to icons.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BP_TYPE_ICON_LABEL (bp_icon_label_get_type ())
G_DECLARE_FINAL_TYPE (BpIconLabel, bp_icon_label, BP, ICON_LABEL, GtkWidget)

/** Property "icon-name" (string). */
const char *bp_icon_label_get_icon_name (BpIconLabel *icon_label);

void bp_icon_label_set_icon_name (BpIconLabel *icon_label,
                                  const char  *icon_name);

/** Property "label" (string). */
const char *bp_icon_label_get_label (BpIconLabel *icon_label);

void bp_icon_label_set_label (BpIconLabel *icon_label,
                              const char  *label);

/** Property "width-chars" (int): least room for the word, so that another one moves nothing. */
int bp_icon_label_get_width_chars (BpIconLabel *icon_label);

void bp_icon_label_set_width_chars (BpIconLabel *icon_label,
                                    int          width_chars);

/** Property "icon-last" (boolean): whether the icon follows the word. */
gboolean bp_icon_label_get_icon_last (BpIconLabel *icon_label);

void bp_icon_label_set_icon_last (BpIconLabel *icon_label,
                                  gboolean     icon_last);

G_END_DECLS
