/* bp-field.h: a named value that can be typed, and that is refused in words
 *
 * A title and an entry, with buttons for less and more where that makes sense. What is typed is in force once Enter is
 * pressed or the entry is left; a value that is refused stays to be mended, with the reason under it, and the value in
 * force stays what it was. Escape brings that back.
 *
 * Signals:
 *   ::apply   gboolean (BpField *field, const char *text, GError **error): the user wants @text to be the value; the
 *             handler puts it in force and returns TRUE, or returns FALSE with a sentence for the user in @error
 *   ::step    void (BpField *field, int direction): the user wants more (1) or less (−1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BP_TYPE_FIELD (bp_field_get_type ())
G_DECLARE_FINAL_TYPE (BpField, bp_field, BP, FIELD, GtkWidget)

/** Property "title" (string): what the value is called; also the accessible name of the entry. */
GtkWidget *bp_field_new (const char *title);

const char *bp_field_get_title (BpField *field);

void bp_field_set_title (BpField    *field,
                         const char *title);

/** Property "text" (string): the value in force. What the user is typing is left alone unless that changes. */
const char *bp_field_get_text (BpField *field);

void bp_field_set_text (BpField    *field,
                        const char *text);

/** Property "steps" (boolean): whether there are buttons (and the keys Up and Down) for ::step. */
gboolean bp_field_get_steps (BpField *field);

void bp_field_set_steps (BpField *field,
                         gboolean steps);

/** Which of the two buttons can be pressed. */
void bp_field_set_can_step (BpField *field,
                            gboolean less,
                            gboolean more);

/** Property "stacked" (boolean): whether the entry stands below the title, for long texts. */
gboolean bp_field_get_stacked (BpField *field);

void bp_field_set_stacked (BpField *field,
                           gboolean stacked);

/** Property "suffix" (GtkWidget, nullable): a widget after the entry. */
GtkWidget *bp_field_get_suffix (BpField *field);

void bp_field_set_suffix (BpField   *field,
                          GtkWidget *suffix);

/** Says under the entry why a value was refused, and what is still in force. */
void bp_field_refuse (BpField      *field,
                      const GError *error);

/** Property "refused" (boolean, read-only): whether what stands in the entry was refused. */
gboolean bp_field_get_refused (BpField *field);

/** The entry, to read or drive in tests. Returns: (transfer none) */
GtkEntry *bp_field_get_entry (BpField *field);

/** The sentence under the entry, "" when there is none. Returns: (transfer none) */
const char *bp_field_get_message (BpField *field);

G_END_DECLS
